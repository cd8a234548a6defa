import type { Expression } from '@tsjit/parser'
import {
  BoolType,
  ComplexType,
  type DictType,
  type EnumType,
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
      // `__torch__.Colour.RED`
      if (target?.kind === 'Enum' && name?.slice(0, name.lastIndexOf('.')) === (target as EnumType).name) {
        const member = (target as EnumType).members.find(([known]) => known === expression.name)
        if (member) return { type: target, value: { name: member[0], value: member[1] } }
      }
      break
    }
    case 'Binary': {
      // `3.+4.j`
      const [left, right] = [evaluateLiteral(expression.left, wanted, resolver), evaluateLiteral(expression.right, wanted, resolver)]
      if (right.type.kind !== 'complex' || (expression.operator !== '+' && expression.operator !== '-')) break
      if (typeof left.value !== 'number') break
      const { im } = right.value as { readonly im: number }
      return { type: ComplexType, value: { re: left.value, im: expression.operator === '-' ? -im : im } }
    }
    case 'Call':
      // `__torch__.Point(1, 2)`
      if (
        target?.kind === 'Tuple' &&
        (target as TupleType).name !== undefined &&
        qualifiedName(expression.callee) === (target as TupleType).name
      ) {
        const { elements } = target as TupleType
        if (expression.args.length !== elements.length || expression.keywords.length > 0) break
        return { type: target, value: expression.args.map((argument, i) => evaluateLiteral(argument, elements[i], resolver).value) }
      }
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
