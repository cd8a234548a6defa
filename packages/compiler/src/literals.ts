import type { Expression } from '@tsjit/parser'
import {
  BoolType,
  ComplexType,
  type DictType,
  FloatType,
  IntType,
  ListType,
  NoneType,
  type OptionalType,
  type SourceRange,
  StringType,
  TupleType,
  type Type,
} from '@tsjit/types'
import type { ConstantValue } from './constants.ts'
import { fail } from './errors.ts'
import { qualifiedName } from './type-annotations.ts'

/** Where `CONSTANTS.c0` comes from. */
export interface ConstantResolver {
  resolveConstant?(name: string, range: SourceRange): ConstantValue | undefined
}

/**
 * The value of an expression that must be known at compile time: a parameter's default, a class constant, a member of an enum.
 * `wanted` gives empty lists their type and turns ints into floats. Throws TSJ_UNSUPPORTED.
 */
export function evaluateLiteral(expression: Expression, wanted?: Type, resolver?: ConstantResolver): ConstantValue {
  const target = wanted?.kind === 'Optional' ? (wanted as OptionalType).element : wanted
  switch (expression.type) {
    case 'Number':
      if (expression.kind === 'complex') return { type: ComplexType, value: { re: 0, im: Number(expression.value) } }
      if (expression.kind === 'float' || target?.kind === 'float') return { type: FloatType, value: Number(expression.value) }
      return { type: IntType, value: expression.value }
    case 'String':
      return { type: target?.kind === 'Device' ? target : StringType, value: expression.value }
    case 'Constant':
      if (expression.value === null) return { type: NoneType, value: null }
      if (typeof expression.value === 'boolean') return { type: BoolType, value: expression.value }
      break
    case 'Name':
      if (expression.name === 'inf') return { type: FloatType, value: Number.POSITIVE_INFINITY }
      if (expression.name === 'nan') return { type: FloatType, value: Number.NaN }
      break
    case 'Unary':
      if (expression.operator === '-' || expression.operator === '+') {
        const { type, value } = evaluateLiteral(expression.operand, wanted, resolver)
        if (expression.operator === '+') return { type, value }
        if (typeof value === 'number' || typeof value === 'bigint') return { type, value: value === 0 && type.kind === 'int' ? 0 : -value }
        if (type.kind === 'complex') return { type, value: { re: -(value as { re: number }).re, im: -(value as { im: number }).im } }
      }
      break
    case 'Tuple':
    case 'List': {
      const inside = target?.contained() ?? []
      const elements = expression.elements.map((element, i) =>
        evaluateLiteral(element, target?.kind === 'Tuple' ? inside[i] : inside[0], resolver),
      )
      const value = elements.map((element) => element.value)
      if (target?.kind === 'List' || target?.kind === 'Tuple') return { type: target, value }
      if (expression.type === 'Tuple') return { type: new TupleType(elements.map(({ type }) => type)), value }
      return { type: new ListType(elements[0]?.type ?? IntType), value }
    }
    case 'Dict': {
      if (target?.kind !== 'Dict') break
      const { key, value } = target as DictType
      const entries = expression.keys.map(
        (k, i) =>
          [k ? evaluateLiteral(k, key, resolver).value : null, evaluateLiteral(expression.values[i], value, resolver).value] as const,
      )
      return { type: target, value: new Map(entries) }
    }
    case 'Attribute': {
      const name = qualifiedName(expression)
      const found = name === undefined ? undefined : resolver?.resolveConstant?.(name, expression.range)
      if (found) return found
      break
    }
    case 'Call':
      if (expression.callee.type === 'Name' && expression.callee.name === 'annotate' && expression.args.length === 2) {
        return evaluateLiteral(expression.args[1], wanted, resolver)
      }
      if (expression.callee.type === 'Attribute' && expression.callee.name === 'device' && expression.args.length === 1) {
        return evaluateLiteral(expression.args[0], wanted, resolver)
      }
      break
  }
  return fail(
    'TSJ_UNSUPPORTED',
    'expected a value that is known at compile time (a number, string, None, or lists and tuples of them)',
    expression.range,
  )
}
