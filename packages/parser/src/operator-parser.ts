import { SourceRange } from '@tsjit/types'
import type * as A from './ast.ts'
import * as P from './operators.ts'
import * as T from './token.ts'
import { maxNesting, TokenCursor } from './token-cursor.ts'

/** Set in `operators` beside the kind of an operator that stands before its operand. */
const prefixFlag = 256

type OpenCompare = { type: 'Compare'; left: A.Expression; rest: A.Compare['rest'][number][]; range: SourceRange }

/** Chains of operators, over explicit stacks, so that they cost no stack frames however long they are. */
export abstract class OperatorParser extends TokenCursor {
  private readonly operands: A.Expression[] = []
  private readonly operandStarts: number[] = []
  /** Whether an operand is a comparison that a further comparison operator continues. */
  private readonly operandOpen: boolean[] = []
  private readonly operators: number[] = []
  private readonly operatorStarts: number[] = []
  private readonly operatorEnds: number[] = []
  /** How many prefix operators and `**` wait for their right operand. */
  private waiting = 0

  /** An atom with the attributes, calls and subscripts behind it. */
  protected abstract parsePrimary(): A.Expression

  /** Operators of at least the precedence `lowest`. */
  protected parseOperators(lowest: number): A.Expression {
    let start = this.starts[this.at]
    let operand: A.Expression | undefined
    if (P.isPrefix[this.kind] === 0) {
      operand = this.parsePrimary()
      const level = P.precedence[this.kind]
      if (level === 0 || level < lowest) return operand
    }
    const base = this.operators.length
    for (;;) {
      if (operand === undefined) {
        while (P.isPrefix[this.kind] !== 0) this.pushPrefix(base, lowest)
        start = this.starts[this.at]
        operand = this.parsePrimary()
      }
      this.operands.push(operand)
      this.operandStarts.push(start)
      this.operandOpen.push(false)
      operand = undefined
      const level = P.precedence[this.kind]
      if (level === 0 || level < lowest) break
      while (this.operators.length > base) {
        const top = this.topPrecedence()
        if (top < level || (top === level && level === P.precedenceOfPower)) break
        this.reduce()
      }
      this.pushInfix(level)
    }
    while (this.operators.length > base) this.reduce()
    this.operandStarts.pop()
    this.operandOpen.pop()
    return this.operands.pop()!
  }

  private topPrecedence(): number {
    const top = this.operators[this.operators.length - 1]
    if (top < prefixFlag) return P.precedence[top]
    return top === prefixFlag + T.NOT ? P.precedenceOfNot : P.precedenceOfUnary
  }

  private pushPrefix(base: number, lowest: number): void {
    const { kind } = this
    if (kind === T.NOT && (lowest > P.precedenceOfNot || (this.operators.length > base && this.topPrecedence() > P.precedenceOfNot))) {
      throw this.expected('expression', "put 'not' and its operand in parentheses")
    }
    this.pushOperator(kind + prefixFlag)
    this.advance()
  }

  private pushInfix(level: number): void {
    const { kind } = this
    this.pushOperator(kind)
    this.advance()
    if (level !== P.precedenceOfCompare) return
    const top = this.operators.length - 1
    if (kind === T.NOT) {
      this.operatorEnds[top] = this.ends[this.at]
      this.expect(T.IN)
    } else if (kind === T.IS && this.kind === T.NOT) {
      this.operatorEnds[top] = this.ends[this.at]
      this.advance()
    }
  }

  private pushOperator(operator: number): void {
    // only these can pile up without nesting that `depth` counts: at most one operator of each other precedence waits per level
    if (operator >= prefixFlag || operator === T.POWER) {
      if (this.depth + ++this.waiting > maxNesting) throw this.tooDeep()
    }
    this.operators.push(operator)
    this.operatorStarts.push(this.starts[this.at])
    this.operatorEnds.push(this.ends[this.at])
  }

  /** Applies the topmost operator to the operands above it. */
  private reduce(): void {
    const { operands, operandStarts } = this
    const operator = this.operators.pop()!
    const start = this.operatorStarts.pop()!
    const end = this.operatorEnds.pop()!
    const last = operands.length - 1
    if (operator >= prefixFlag || operator === T.POWER) this.waiting--
    if (operator >= prefixFlag) {
      operands[last] = {
        type: 'Unary',
        range: this.rangeFrom(start),
        operator: P.unaryOperators[operator - prefixFlag],
        operand: operands[last],
      }
      operandStarts[last] = start
      this.operandOpen[last] = false
      return
    }
    const right = operands.pop()!
    operandStarts.pop()
    this.operandOpen.pop()
    const left = operands[last - 1]
    const range = this.rangeFrom(operandStarts[last - 1])
    const level = P.precedence[operator]
    if (level === P.precedenceOfCompare) {
      const comparison = { operator: this.compareOperator(operator, start, end), right, range: new SourceRange(this.source, start, end) }
      if (this.operandOpen[last - 1]) {
        const chain = left as OpenCompare
        chain.rest.push(comparison)
        chain.range = range
      } else {
        operands[last - 1] = { type: 'Compare', range, left, rest: [comparison] }
        this.operandOpen[last - 1] = true
      }
      return
    }
    this.operandOpen[last - 1] = false
    operands[last - 1] =
      level < P.precedenceOfNot
        ? { type: 'BoolOp', range, operator: operator === T.OR ? 'or' : 'and', left, right }
        : {
            type: 'Binary',
            range,
            operator: P.binaryOperators[operator],
            left,
            right,
            operatorRange: new SourceRange(this.source, start, end),
          }
  }

  private compareOperator(kind: number, start: number, end: number): A.CompareOperator {
    return kind === T.IS && end - start > 2 ? 'is not' : P.compareOperators[kind]
  }
}
