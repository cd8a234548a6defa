import type { AttributeValue, Node, Value } from '@tsjit/ir'
import { operatorByKey } from '@tsjit/ops'
import { BoolType, IntType, NoneType, type OptionalType, type SourceRange, TensorT, type Type, type UnionType } from '@tsjit/types'

export function isConstant(value: Value): boolean {
  return value.node.kind === 'prim::Constant'
}

/** The int that a constant holds; undefined where it is no constant int. */
export function constantInt(value: Value): number | undefined {
  if (!isConstant(value) || value.type.kind !== 'int') return undefined
  const found = value.node.attribute('value', 'i')
  return typeof found === 'number' ? found : undefined
}

export function constantBool(value: Value): boolean | undefined {
  if (!isConstant(value) || value.type.kind !== 'bool') return undefined
  const found = value.node.attributes.get('value')
  return found && found.kind === 'i' ? Boolean(found.value) : undefined
}

/** Whether the value is None whatever happens. */
export function mustBeNone(value: Value): boolean {
  if (value.type.kind === 'None') return true
  return isConstant(value) && value.node.attributes.size === 0 && value.type.kind === 'Optional'
}

export function mustNotBeNone(value: Value): boolean {
  return !canHoldNone(value.type)
}

/** What `left is right` says where that is certain because one of them is None. */
export function isSameNone(left: Value, right: Value): boolean | undefined {
  if (mustBeNone(left) && mustBeNone(right)) return true
  return (mustBeNone(left) && mustNotBeNone(right)) || (mustBeNone(right) && mustNotBeNone(left)) ? false : undefined
}

function canHoldNone(type: Type): boolean {
  switch (type.kind) {
    case 'None':
    case 'Optional':
    case 'Any':
    case 'Var':
      return true
    case 'Union':
      return (type as UnionType).members.some(canHoldNone)
  }
  return false
}

/** A constant made in front of `before`. */
export function insertConstantBefore(before: Node, type: Type, attribute: AttributeValue | undefined, range?: SourceRange): Value {
  const { graph } = before
  return graph.withInsertPoint(before, () => graph.insertConstant(type, attribute, range))
}

export function insertBool(before: Node, value: boolean): Value {
  return insertConstantBefore(before, BoolType, { kind: 'i', value: Number(value) }, before.sourceRange)
}
export function insertInt(before: Node, value: number | bigint): Value {
  return insertConstantBefore(before, IntType, { kind: 'i', value }, before.sourceRange)
}

/** A call of the operator `key`, all arguments given, in front of `before`, from whose place in the source it comes. */
export function insertOperator(before: Node, key: string, inputs: readonly Value[]): Value {
  const operator = operatorByKey(key)
  if (!operator) throw new Error(`operator '${key}' is not in the table`)
  const { graph } = before
  const node = graph.withInsertPoint(before, () =>
    graph.insert(
      operator.schema.name,
      inputs,
      operator.schema.returns.map((result) => result.type),
      before.sourceRange,
    ),
  )
  node.schema = operator.schema
  node.callStack = before.callStack
  return node.output
}

/**
 * A constant's value as programs hold it: numbers, booleans, strings, null; lists, tensors and the like as the attribute holds them.
 * Devices and complex numbers are the caller's: they come as the attribute has them.
 */
export function plainConstant(node: Node): unknown {
  const attribute = node.attributes.get('value')
  if (!attribute) return node.outputs[0].type.kind === 'Function' ? undefined : null
  const { type } = node.outputs[0]
  if (attribute.kind === 'i' && (type.kind === 'bool' || (type.kind === 'Optional' && (type as OptionalType).element.kind === 'bool')))
    return Boolean(attribute.value)
  return attribute.value
}

/** The attribute that holds a plain value under a static type: 'none' for None, undefined where it takes more than plain kinds. */
export function plainAttribute(value: unknown, type: Type): AttributeValue | 'none' | undefined {
  if (value === null) return 'none'
  const inner = type.kind === 'Optional' ? (type as OptionalType).element : type
  switch (inner.kind) {
    case 'int':
      return typeof value === 'number' || typeof value === 'bigint' ? { kind: 'i', value } : undefined
    case 'bool':
      return typeof value === 'boolean' ? { kind: 'i', value: Number(value) } : undefined
    case 'float':
      return typeof value === 'number' ? { kind: 'f', value } : undefined
    case 'str':
      return typeof value === 'string' ? { kind: 's', value } : undefined
    case 'Tensor':
      return typeof value === 'object' ? { kind: 't', value } : undefined
    case 'List':
    case 'Tuple':
      return Array.isArray(value) ? { kind: 'ival', value } : undefined
    case 'Dict':
      return value instanceof Map ? { kind: 'ival', value } : undefined
  }
  return undefined
}

/** The type that a constant made of `type`'s value prints with. */
export function constantType(attribute: AttributeValue | 'none', type: Type): Type {
  if (attribute === 'none') return type.kind === 'Optional' || type.kind === 'Union' || type.kind === 'Any' ? type : NoneType
  return attribute.kind === 't' && type.kind === 'Optional' ? TensorT : type.kind === 'Optional' ? (type as OptionalType).element : type
}

const identities = new WeakMap<object, number>()
let nextIdentity = 0

/** Equal keys mean equal attributes; tensors and other objects are equal where they are the same object. */
export function attributeKey(attribute: AttributeValue): string {
  const { kind, value } = attribute
  switch (kind) {
    case 'i':
    case 'f':
      return `${kind}${Object.is(value, -0) ? '-0' : String(value)}`
    case 's':
      return `s${JSON.stringify(value)}`
    case 'is':
    case 'fs':
    case 'ss':
      return `${kind}${JSON.stringify(value, (_, item) => (typeof item === 'bigint' ? `${item}n` : Object.is(item, -0) ? '-0' : typeof item === 'number' ? String(item) : item))}`
    case 'c':
      return `c${value.re},${value.im}`
    case 'ty':
      return `ty${typeKey(value)}`
    case 'tys':
      return `tys${value.map(typeKey).join(';')}`
    case 'ts':
      return `ts${value.map(identity).join(';')}`
    case 't':
    case 'g':
      return `${kind}${identity(value)}`
    case 'ival':
      return `ival${valueKey(value)}`
  }
}

/** Lists of plain values compare by content. */
function valueKey(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return value.length > 64 ? identity(value) : `[${value.map(valueKey).join(',')}]`
  if (typeof value === 'bigint') return `${value}n`
  if (Object.is(value, -0)) return '-0'
  return typeof value === 'object' ? identity(value) : String(value)
}

function identity(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value)
  let id = identities.get(value)
  if (id === undefined) {
    id = nextIdentity++
    identities.set(value, id)
  }
  return `#${id}`
}

/** Class types of one name may be different types (two archives): they count by object. */
export function typeKey(type: Type): string {
  switch (type.kind) {
    case 'Class':
    case 'Interface':
    case 'Enum':
    case 'Function':
      return `${type}${identity(type)}`
  }
  const inner = type.contained()
  if (inner.length === 0) return type.toString()
  const name = type.kind === 'Tuple' ? ((type as { name?: string }).name ?? '') : ''
  return `${type.kind}${name}<${inner.map(typeKey).join(',')}>`
}

/** Equal keys mean nodes that compute the same from the same inputs. */
export function nodeKey(node: Node, inputs: string): string {
  let key = `${node.kind}|${node.schema?.overload ?? ''}|${inputs}|`
  for (const [name, attribute] of node.attributes) key += `${name}=${attributeKey(attribute)};`
  for (const output of node.outputs) key += `|${typeKey(output.type)}`
  return key
}
