import type { Value } from '@tsjit/ir'
import type { Expression, Starred } from '@tsjit/parser'
import { AnyType, ComplexType, FloatType, IntType, type SourceRange, TupleType, type Type } from '@tsjit/types'
import { insertBool, insertNone, insertString, maxInt } from './constants.ts'
import { emitCall } from './emit-call.ts'
import { emitDictComprehension, emitListComprehension } from './emit-comprehension.ts'
import { emitCondition } from './emit-condition.ts'
import { emitDictLiteral, emitListLiteral } from './emit-containers.ts'
import { emitFString } from './emit-fstring.ts'
import { emitConditional } from './emit-if.ts'
import { emitBinary, emitCompare, emitUnary } from './emit-operators.ts'
import { emitSubscript } from './emit-subscript.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import type { ActualArgument } from './schema-matching.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

/**
 * An expression as a value. `hint` is the type that is expected of it (of `x: List[int] = []`); whoever asks checks that the result
 * fits.
 */
export function emitExpression(emitter: FunctionEmitter, expression: Expression, hint?: Type): Value {
  const value = emitSugared(emitter, expression, hint).asValue(emitter, expression.range)
  // Nothing unifies to Any by itself, so what is declared as Any becomes it here.
  if (hint === AnyType && value.type !== AnyType) {
    return emitter.graph.insert('prim::unchecked_cast', [value], [AnyType], expression.range).output
  }
  return value
}

/** An expression as whatever it stands for. `binders`: see `SugaredValue.call`. */
export function emitSugared(emitter: FunctionEmitter, expression: Expression, hint?: Type, binders = 1): SugaredValue {
  switch (expression.type) {
    case 'Name':
      return emitter.environment.get(expression.name, expression.range)
    case 'Attribute':
      return emitSugared(emitter, expression.value).attr(emitter, expression.range, expression.name)
    case 'Call':
      return emitCall(emitter, expression, hint, binders)
    case 'Subscript':
      return emitSubscript(emitter, expression, hint)
    default:
      return new SimpleValue(emitSimple(emitter, expression, hint))
  }
}

function checkedInt(value: number | bigint, range: SourceRange): number | bigint {
  if (typeof value === 'bigint' && value > maxInt) {
    fail('TSJ_SYNTAX_USE', 'Integral constant out of range (must fit in a signed 64 bit integer)', range)
  }
  return value
}

function emitSimple(emitter: FunctionEmitter, expression: Expression, hint: Type | undefined): Value {
  const { graph } = emitter
  const { range } = expression
  switch (expression.type) {
    case 'Number':
      switch (expression.kind) {
        case 'int':
          return emitter.literal({ type: IntType, value: checkedInt(expression.value, range) }, range)
        case 'float':
          return emitter.literal({ type: FloatType, value: Number(expression.value) }, range)
        case 'complex':
          return emitter.literal({ type: ComplexType, value: { re: 0, im: Number(expression.value) } }, range)
      }
      break
    case 'String':
      return insertString(graph, expression.value, range)
    case 'FString':
      return emitFString(emitter, expression)
    case 'Constant':
      if (expression.value === 'Ellipsis') return fail('TSJ_UNSUPPORTED', 'Cannot emit expr for: (dots)', range)
      if (expression.value === null) return insertNone(graph, range)
      return insertBool(graph, expression.value, range)
    case 'Binary':
      return emitBinary(emitter, expression)
    case 'Compare':
      return emitCompare(emitter, expression)
    case 'BoolOp':
      return emitCondition(emitter, expression).value
    case 'Unary':
      return expression.operator === 'not' ? emitCondition(emitter, expression).value : emitUnary(emitter, expression)
    case 'Conditional':
      return emitConditional(emitter, expression, hint)
    case 'List':
      return emitListLiteral(emitter, expression, hint)
    case 'Tuple': {
      const values = emitArguments(emitter, expression.elements).map(({ value }) => value)
      return graph.insert('prim::TupleConstruct', values, [new TupleType(values.map(({ type }) => type))], range).output
    }
    case 'Dict':
      return emitDictLiteral(emitter, expression, hint)
    case 'ListComprehension':
      if (expression.kind === 'set') return fail('TSJ_UNSUPPORTED', `${expression.kind} comprehensions are not supported`, range)
      return emitListComprehension(emitter, expression, hint)
    case 'DictComprehension':
      return emitDictComprehension(emitter, expression, hint)
    case 'Starred':
      return fail('TSJ_UNSUPPORTED', 'Unexpected starred expansion. File a bug report', range)
    case 'Set':
      return fail('TSJ_UNSUPPORTED', 'sets are not supported', range)
    case 'Lambda':
      return fail('TSJ_UNSUPPORTED', 'lambda expressions are not supported', range)
    case 'Unsupported':
      return fail('TSJ_UNSUPPORTED', `${expression.what} expressions are not supported`, range)
  }
  return fail('TSJ_UNSUPPORTED', `this expression is not supported here`, range)
}

/** Positional arguments, with starred ones spread. */
export function emitArguments(emitter: FunctionEmitter, expressions: readonly Expression[]): ActualArgument[] {
  const result: ActualArgument[] = []
  for (const expression of expressions) {
    if (expression.type !== 'Starred') {
      result.push({ value: emitExpression(emitter, expression), range: expression.range })
      continue
    }
    const { value, range } = expression as Starred
    for (const part of emitSugared(emitter, value).asTuple(emitter, range)) result.push({ value: part.asValue(emitter, range), range })
  }
  return result
}
