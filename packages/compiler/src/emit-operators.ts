import type { Value } from '@tsjit/ir'
import type { Binary, BinaryOperator, Compare, CompareOperator, Expression, Unary } from '@tsjit/parser'
import { type SourceRange, StringType, TupleType } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { foldNode } from './cleanup/constant-folding.ts'
import { constantOf, insertConstant } from './constants.ts'
import { unpackTuple } from './conversions.ts'
import { emitCondition } from './emit-condition.ts'
import { emitExpression } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { BuiltinFunctionValue, MagicMethodValue } from './sugared-values/builtin.ts'
import { asSimple } from './sugared-values/sugared-value.ts'

const binaryOperators: Record<BinaryOperator, readonly [symbol: string, method: string]> = {
  '+': ['aten::add', '__add__'],
  '-': ['aten::sub', '__sub__'],
  '*': ['aten::mul', '__mul__'],
  '/': ['aten::div', '__truediv__'],
  '//': ['aten::floordiv', '__floordiv__'],
  '%': ['aten::remainder', '__mod__'],
  '**': ['aten::pow', '__pow__'],
  '@': ['aten::matmul', '__matmul__'],
  '&': ['aten::__and__', '__and__'],
  '|': ['aten::__or__', '__or__'],
  '^': ['aten::__xor__', '__xor__'],
  '<<': ['aten::__lshift__', '__lshift__'],
  '>>': ['aten::__rshift__', '__rshift__'],
}

const compareOperators: Record<Exclude<CompareOperator, 'is' | 'is not' | 'not in'>, readonly [symbol: string, method: string]> = {
  '<': ['aten::lt', '__lt__'],
  '>': ['aten::gt', '__gt__'],
  '<=': ['aten::le', '__le__'],
  '>=': ['aten::ge', '__ge__'],
  '==': ['aten::eq', '__eq__'],
  '!=': ['aten::ne', '__ne__'],
  in: ['aten::__contains__', '__contains__'],
}

export function emitBinary(emitter: FunctionEmitter, expression: Binary): Value {
  // `a + b + …` leans to the left: a loop, so that long sums need no stack.
  const spine: Binary[] = []
  let leftmost: Expression = expression
  while (leftmost.type === 'Binary') {
    spine.push(leftmost)
    leftmost = leftmost.left
  }
  let value = emitExpression(emitter, leftmost)
  for (const step of spine.reverse()) value = emitBinaryOperation(emitter, step, value)
  return value
}

function emitBinaryOperation(emitter: FunctionEmitter, { operator, right, range }: Binary, leftValue: Value): Value {
  const { graph } = emitter
  const rightValue = emitExpression(emitter, right)
  if (operator === '%' && leftValue.type === StringType) {
    return emitBuiltin(emitter, 'aten::percentFormat', { args: [{ value: leftValue }, { value: rightValue }], kwargs: [] }, range)
  }
  if (operator === '+' && leftValue.type.kind === 'Tuple' && rightValue.type.kind === 'Tuple') {
    const parts = [...unpackTuple(graph, leftValue, range), ...unpackTuple(graph, rightValue, range)]
    return graph.insert('prim::TupleConstruct', parts, [new TupleType(parts.map(({ type }) => type))], range).output
  }
  const [symbol, method] = binaryOperators[operator]
  return applyOperator(emitter, symbol, operator === '//' || operator === '@' ? undefined : method, [leftValue, rightValue], range)
}

function applyOperator(
  emitter: FunctionEmitter,
  symbol: string,
  method: string | undefined,
  values: readonly Value[],
  range: SourceRange,
): Value {
  const args = values.map((value) => ({ value, range }))
  const builtin = new BuiltinFunctionValue(symbol)
  const callee = method === undefined ? builtin : new MagicMethodValue(method, builtin)
  return asSimple(callee.call(emitter, range, args, []))!
}

export function emitCompare(emitter: FunctionEmitter, expression: Compare): Value {
  const { left, rest, range } = expression
  if (rest.length > 1) {
    // `a < b < c` is `a < b and b < c`.
    const parts = rest.map(
      ({ operator, right, range: at }, i): Compare => ({
        type: 'Compare',
        left: i === 0 ? left : rest[i - 1].right,
        rest: [{ operator, right, range: at }],
        range: at,
      }),
    )
    const all = parts.reduce<Expression>(
      (before, part, i) => (i === 0 ? part : { type: 'BoolOp', operator: 'and', left: before, right: part, range }),
      parts[0],
    )
    return emitCondition(emitter, all).value
  }
  const [{ operator, right }] = rest
  switch (operator) {
    case 'is':
    case 'is not':
      return emitCondition(emitter, expression).value
    case 'not in':
      return emitCondition(emitter, {
        type: 'Unary',
        operator: 'not',
        range,
        operand: { type: 'Compare', left, rest: [{ operator: 'in', right, range }], range },
      }).value
  }
  const values = [emitExpression(emitter, left), emitExpression(emitter, right)]
  // `x in list` asks the list.
  if (operator === 'in') values.reverse()
  const [symbol, method] = compareOperators[operator]
  return applyOperator(emitter, symbol, method, values, range)
}

export function emitUnary(emitter: FunctionEmitter, { operator, operand, range }: Unary): Value {
  if (operator === '+') return fail('TSJ_UNSUPPORTED', 'unsupported unary operator: +', range)
  if (operator === '-' && emitter.options.foldNegativeLiterals && operand.type === 'Number' && operand.kind !== 'complex') {
    const { value, kind } = operand
    return emitExpression(emitter, { ...operand, value: kind === 'int' ? negated(value) : -Number(value), range })
  }
  const [symbol, method] = operator === '-' ? (['aten::neg', '__neg__'] as const) : (['aten::bitwise_not', '__invert__'] as const)
  const value = applyOperator(emitter, symbol, method, [emitExpression(emitter, operand)], range)
  if (value.node.kind !== symbol || !value.node.inputs.every((input) => constantOf(input))) return value
  const folded = foldNode(value.node)
  return folded ? insertConstant(emitter.graph, folded[0], range) : value
}

function negated(value: number | bigint): number | bigint {
  if (typeof value === 'bigint') return -value
  return value === 0 ? 0 : -value
}
