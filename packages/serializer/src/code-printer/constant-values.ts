import type { Value } from '@tsjit/ir'
import { Complex, Device } from '@tsjit/runtime'
import type { Type } from '@tsjit/types'

/** A value with the type that says how it is spelled and saved. */
export interface TypedValue {
  readonly type: Type
  readonly value: unknown
}

/** The value of a `prim::Constant` as a runtime value; undefined where the value is no constant, or a function. */
export function constantOfValue({ node, type }: Value): TypedValue | undefined {
  if (node.kind !== 'prim::Constant' || type.kind === 'Function') return undefined
  const attribute = node.attributes.get('value')
  if (!attribute) return { type, value: null }
  const plain = type.kind === 'Optional' ? type.contained()[0] : type
  const { value } = attribute
  if (plain.kind === 'bool' && attribute.kind === 'i') return { type, value: Number(value) !== 0 }
  if (plain.kind === 'Device' && typeof value === 'string') return { type, value: Device.parse(value) }
  if (attribute.kind === 'c' && !(value instanceof Complex)) return { type, value: new Complex(attribute.value.re, attribute.value.im) }
  if (attribute.kind === 'is' && plain.kind === 'List' && plain.contained()[0].kind === 'bool') {
    return { type, value: attribute.value.map((item) => Number(item) !== 0) }
  }
  return { type, value }
}

/** Whether the value is None whatever happens. */
export function mustBeNone(value: Value): boolean {
  if (value.type.kind === 'None') return true
  return value.node.kind === 'prim::Constant' && !value.node.attributes.has('value') && value.type.kind === 'Optional'
}
