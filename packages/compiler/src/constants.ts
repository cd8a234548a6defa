import type { AttributeValue, Graph, Value } from '@tsjit/ir'
import {
  BoolType,
  type Callable,
  ComplexType,
  DeviceType,
  FloatType,
  FunctionType,
  IntType,
  NoneType,
  type OptionalType,
  StringType,
  TupleType,
  type Type,
} from '@tsjit/types'

/**
 * A constant as the compiler sees it. Values are plain: number or bigint (int), number (float), boolean, string, null, `{ re, im }`,
 * arrays (lists and tuples), the device's name for a Device, `{ name, value }` for an enum member. Tensors and entries of an archive's
 * constant table are opaque.
 */
export interface ConstantValue {
  readonly type: Type
  readonly value: unknown
}

export const maxInt = 9223372036854775807n

/** The value of a `prim::Constant`, or undefined where `value` is something else (or a function). */
export function constantOf(value: Value): ConstantValue | undefined {
  const { node, type } = value
  if (node.kind !== 'prim::Constant' || type.kind === 'Function') return undefined
  const attribute = node.attributes.get('value')
  if (!attribute) return { type, value: null }
  return { type, value: type.kind === 'bool' && attribute.kind === 'i' ? attribute.value !== 0 : attribute.value }
}

export function constantInt(value: Value): number | bigint | undefined {
  const found = constantOf(value)
  return found?.type.kind === 'int' ? (found.value as number | bigint) : undefined
}

const trueAttribute: AttributeValue = { kind: 'i', value: 1 }
const falseAttribute: AttributeValue = { kind: 'i', value: 0 }

/** The attribute that holds a plain value of this type, or undefined for None. */
function attributeFor(type: Type, value: unknown): AttributeValue | undefined {
  if (value === null || value === undefined) return undefined
  switch (type.kind) {
    case 'int':
      return { kind: 'i', value: normalInt(value as number | bigint) }
    case 'bool':
      return value ? trueAttribute : falseAttribute
    case 'float':
      return { kind: 'f', value: value as number }
    case 'complex':
      return { kind: 'c', value: value as { re: number; im: number } }
    case 'str':
    case 'Device':
      return { kind: 's', value: value as string }
    case 'Tensor':
      return { kind: 't', value }
    default:
      return { kind: 'ival', value }
  }
}

function normalInt(value: number | bigint): number | bigint {
  return typeof value === 'bigint' && value >= BigInt(Number.MIN_SAFE_INTEGER) && value <= BigInt(Number.MAX_SAFE_INTEGER)
    ? Number(value)
    : value
}

/** The type of a plain value where a schema's default or a folded result does not say more than `hint`. */
export function typeOfPlain(hint: Type, value: unknown): Type {
  if (value === null || value === undefined) return NoneType
  const type = hint.kind === 'Optional' ? (hint as OptionalType).element : hint
  if (typeof value === 'boolean') return BoolType
  if (typeof value === 'bigint') return IntType
  if (typeof value === 'string') return type.kind === 'Device' ? DeviceType : StringType
  if (typeof value === 'number') {
    if (type.kind === 'float' || type.kind === 'int') return type
    return Number.isInteger(value) ? IntType : FloatType
  }
  if (Array.isArray(value))
    return type.kind === 'List' || type.kind === 'Tuple' ? type : new TupleType(value.map((v) => typeOfPlain(hint, v)))
  if (typeof value === 'object' && 're' in value) return ComplexType
  return type
}

export function insertConstant(graph: Graph, constant: ConstantValue, range: Parameters<Graph['insertConstant']>[2]): Value {
  return graph.insertConstant(constant.type, attributeFor(constant.type, constant.value), range)
}

export const insertInt = (graph: Graph, value: number | bigint, range?: Parameters<Graph['insertConstant']>[2]): Value =>
  insertConstant(graph, { type: IntType, value }, range)
export const insertBool = (graph: Graph, value: boolean, range?: Parameters<Graph['insertConstant']>[2]): Value =>
  insertConstant(graph, { type: BoolType, value }, range)
export const insertString = (graph: Graph, value: string, range?: Parameters<Graph['insertConstant']>[2]): Value =>
  insertConstant(graph, { type: StringType, value }, range)
export const insertNone = (graph: Graph, range?: Parameters<Graph['insertConstant']>[2], type: Type = NoneType): Value =>
  graph.insertConstant(type, undefined, range)

/** `prim::Constant[name="f"]` of type Function: what `prim::CallFunction` calls. */
export function insertFunction(graph: Graph, callee: Callable, range: Parameters<Graph['insertConstant']>[2]): Value {
  const node = graph.insert('prim::Constant', [], [new FunctionType(callee)], range)
  node.setAttribute('name', { kind: 's', value: callee.name.slice(callee.name.lastIndexOf('.') + 1) })
  return node.output
}
