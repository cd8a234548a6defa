import type { BinaryOperator, Expression, Statement } from '@tsjit/parser'
import { ExpressionReader } from './expressions.ts'

const assignments = new Set(['+=', '-=', '*=', '/=', '%=', '**=', '&=', '|=', '^=', '<<=', '>>='])

/** JavaScript's statements as Python's. */
export class StatementReader extends ExpressionReader {
  /** The statements of `{ … }`. */
  block(): Statement[] {
    this.expect('{')
    const body: Statement[] = []
    while (!this.is('}')) {
      if (this.token.kind === 'end') this.wrong("expected '}' but found the end")
      body.push(...this.statement())
    }
    this.expect('}')
    return body
  }

  private body(): Statement[] {
    return this.is('{') ? this.block() : this.statement()
  }

  private statement(): Statement[] {
    const { start, text, kind } = this.token
    if (this.eat(';')) return []
    if (this.is('{')) return this.block()
    if (kind === 'name') {
      switch (text) {
        case 'if':
          return [this.readIf()]
        case 'while': {
          this.next()
          this.expect('(')
          const test = this.expression()
          this.expect(')')
          return [{ type: 'While', test, body: this.body(), otherwise: [], range: this.range(start) }]
        }
        case 'for':
          return this.readFor()
        case 'return': {
          this.next()
          const value = this.endsHere() ? undefined : this.expression()
          this.end()
          return [{ type: 'Return', ...(value ? { value } : {}), range: this.range(start) }]
        }
        case 'throw': {
          this.next()
          const value = this.expression()
          this.end()
          return [{ type: 'Raise', value, range: this.range(start) }]
        }
        case 'break':
        case 'continue':
          this.next()
          if (!this.endsHere()) this.unsupported('a label', start)
          this.end()
          return [{ type: text === 'break' ? 'Break' : 'Continue', range: this.range(start) }]
        case 'let':
        case 'const':
        case 'var': {
          const declared = this.declaration()
          this.end()
          return declared
        }
        case 'do':
        case 'switch':
        case 'try':
        case 'with':
        case 'function':
        case 'class':
        case 'import':
          return this.unsupported(`'${text}'`, start)
      }
    }
    const read = this.simple()
    this.end()
    return [read]
  }

  private endsHere(): boolean {
    return this.is(';') || this.is('}') || this.token.kind === 'end' || this.token.afterLine
  }
  private end(): void {
    if (this.eat(';') || this.endsHere()) return
    this.wrong(`expected the end of the statement but found '${this.token.text}'`)
  }

  private readIf(): Statement {
    const { start } = this.token
    this.expect('if')
    this.expect('(')
    const test = this.expression()
    this.expect(')')
    const then = this.body()
    const otherwise = this.eat('else') ? this.body() : []
    return { type: 'If', test, then, otherwise, range: this.range(start) }
  }

  /** `let a = 1, b = 2`; `const [x, y] = pair`; `let c` alone says nothing. */
  private declaration(): Statement[] {
    this.next()
    const result: Statement[] = []
    do {
      const { start } = this.token
      const target = this.target()
      // assigned later, on all paths to its uses
      if (!this.eat('=')) continue
      const value = asTuple(target, this.expression())
      result.push({ type: 'Assign', targets: [target], value, range: this.range(start) })
    } while (this.eat(','))
    return result
  }

  private target(): Expression {
    const { start } = this.token
    if (!this.eat('[')) {
      if (this.is('{')) return this.unsupported('taking an object apart', start)
      const { text } = this.name()
      return { type: 'Name', name: text, range: this.range(start) }
    }
    const elements: Expression[] = []
    while (!this.is(']')) {
      const at = this.token.start
      elements.push(this.eat('...') ? { type: 'Starred', value: this.target(), range: this.range(at) } : this.target())
      if (!this.eat(',')) break
    }
    this.expect(']')
    return { type: 'Tuple', elements, parenthesized: false, range: this.range(start) }
  }

  /** An assignment, `i++`, or an expression by itself. */
  private simple(): Statement {
    const { start, text } = this.token
    if (this.token.kind === 'punctuation' && (text === '++' || text === '--')) {
      this.next()
      return this.step(this.expression(), text, start)
    }
    const value = this.expression()
    const operator = this.token.text
    if (this.token.kind === 'punctuation' && (operator === '++' || operator === '--')) {
      this.next()
      return this.step(value, operator, start)
    }
    if (this.eat('=')) {
      const target: Expression = value.type === 'List' ? { ...value, type: 'Tuple', parenthesized: false } : value
      if (!['Name', 'Attribute', 'Subscript', 'Tuple'].includes(target.type)) this.unsupported('assigning to this', start)
      return { type: 'Assign', targets: [target], value: asTuple(target, this.expression()), range: this.range(start) }
    }
    if (this.token.kind === 'punctuation' && assignments.has(operator)) {
      this.next()
      const right = this.expression()
      return {
        type: 'AugmentedAssign',
        target: value,
        operator: operator.slice(0, -1) as BinaryOperator,
        value: right,
        range: this.range(start),
      }
    }
    if (this.is('&&=') || this.is('||=') || this.is('??=')) this.unsupported(`'${operator}'`, start)
    return { type: 'ExpressionStatement', value, range: this.range(start) }
  }
  private step(target: Expression, operator: string, start: number): Statement {
    const range = this.range(start)
    const one: Expression = { type: 'Number', kind: 'int', value: 1, text: '1', range }
    return { type: 'AugmentedAssign', target, operator: operator === '++' ? '+' : '-', value: one, range }
  }

  private readFor(): Statement[] {
    const { start } = this.token
    this.expect('for')
    if (this.is('await')) this.unsupported("'for await'", start)
    this.expect('(')
    const mark = this.mark()
    if (this.eat('const') || this.eat('let') || this.eat('var')) {
      const target = this.target()
      if (this.is('in')) this.unsupported("'for … in'", start, "use 'for … of'")
      if (this.eat('of')) {
        const iterable = this.expression()
        this.expect(')')
        return [{ type: 'For', target, iterable, body: this.body(), otherwise: [], range: this.range(start) }]
      }
      this.reset(mark)
    }
    const first = this.is(';') ? [] : this.is('let') || this.is('var') || this.is('const') ? this.declaration() : [this.simple()]
    this.expect(';')
    const testStart = this.token.start
    const test: Expression = this.is(';') ? { type: 'Constant', value: true, range: this.range(testStart) } : this.expression()
    this.expect(';')
    const last = this.is(')') ? [] : [this.simple()]
    this.expect(')')
    const body = this.body()
    const range = this.range(start)
    const counted = countedLoop(first, test, last, body)
    if (counted) return [{ ...counted, range }]
    if (containsContinue(body))
      this.unsupported("'continue' in this kind of 'for'", start, "count with 'for (let i = a; i < b; i++)', or use 'while'")
    return [...first, { type: 'While', test, body: [...body, ...last], otherwise: [], range }]
  }
}

/** `[a, b] = [b, a]` has no list: elements may have different types. */
function asTuple(target: Expression, value: Expression): Expression {
  return target.type === 'Tuple' && value.type === 'List' ? { ...value, type: 'Tuple', parenthesized: true } : value
}

type ForStatement = Extract<Statement, { type: 'For' }>

/** `for (let i = a; i < b; i += c)` whose body leaves `i` alone: a loop over a range. */
function countedLoop(
  first: readonly Statement[],
  test: Expression,
  last: readonly Statement[],
  body: readonly Statement[],
): ForStatement | undefined {
  const [init] = first
  const [step] = last
  if (first.length !== 1 || init.type !== 'Assign' || init.targets[0].type !== 'Name' || !init.value) return undefined
  const { name } = init.targets[0]
  if (
    last.length !== 1 ||
    step.type !== 'AugmentedAssign' ||
    step.target.type !== 'Name' ||
    step.target.name !== name ||
    step.operator !== '+'
  )
    return undefined
  if (step.value.type !== 'Number' || step.value.kind !== 'int') return undefined
  if (
    test.type !== 'Compare' ||
    test.left.type !== 'Name' ||
    test.left.name !== name ||
    test.rest.length !== 1 ||
    test.rest[0].operator !== '<'
  )
    return undefined
  const bound = test.rest[0].right
  // Python takes the bound once, JavaScript each time: it must not change.
  if (assigns(body, name) || !isSteady(bound, body)) return undefined
  const { range } = init
  const isOne = step.value.value === 1
  const isZero = init.value.type === 'Number' && init.value.value === 0 && init.value.kind === 'int'
  const args = isOne ? (isZero ? [bound] : [init.value, bound]) : [init.value, bound, step.value]
  const iterable: Expression = { type: 'Call', callee: { type: 'Name', name: 'range', range }, args, keywords: [], range }
  return { type: 'For', target: init.targets[0], iterable, body, otherwise: [], range }
}

function walk(node: unknown, visit: (node: { readonly type?: string }) => boolean | undefined): boolean {
  if (Array.isArray(node)) return node.some((item) => walk(item, visit))
  if (typeof node !== 'object' || node === null || 'source' in node) return false
  if (visit(node as { type?: string })) return true
  return Object.entries(node).some(
    ([key, value]) => key !== 'range' && key !== 'nameRange' && key !== 'operatorRange' && walk(value, visit),
  )
}

function assigns(body: readonly Statement[], name: string): boolean {
  const isName = (target: Expression): boolean =>
    target.type === 'Name' ? target.name === name : target.type === 'Tuple' && target.elements.some(isName)
  return walk(body, (node) => {
    const statement = node as Statement
    if (statement.type === 'Assign') return statement.targets.some(isName)
    if (statement.type === 'AugmentedAssign' || statement.type === 'For') return isName(statement.target)
    return undefined
  })
}

/** A number, or a name that the loop does not assign; also `len` and sizes of names that no method of the loop touches. */
function isSteady(bound: Expression, body: readonly Statement[]): boolean {
  if (bound.type === 'Number') return true
  if (bound.type === 'Name') return !assigns(body, bound.name)
  if (bound.type === 'Binary') return isSteady(bound.left, body) && isSteady(bound.right, body)
  if (bound.type !== 'Call') return false
  const over =
    bound.callee.type === 'Attribute' && bound.callee.name === 'size'
      ? bound.callee.value
      : bound.callee.type === 'Name' && bound.callee.name === 'len'
        ? bound.args[0]
        : undefined
  if (over?.type !== 'Name' || assigns(body, over.name)) return false
  const grows = new Set(['append', 'pop', 'insert', 'extend', 'clear', 'remove'])
  return !walk(body, (node) => {
    const call = node as Expression
    return call.type === 'Attribute' && grows.has(call.name) && call.value.type === 'Name' && call.value.name === over.name
  })
}

function containsContinue(body: readonly Statement[]): boolean {
  return body.some((statement) => {
    if (statement.type === 'Continue') return true
    return statement.type === 'If' && (containsContinue(statement.then) || containsContinue(statement.otherwise))
  })
}
