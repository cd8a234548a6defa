import type { Node } from '@tsjit/ir'
import { Boxed, Complex, Device, EnumValue, enumValue, isTagged } from '@tsjit/runtime'
import { type EnumType, FloatType, IntType, type Type } from '@tsjit/types'

/** The runtime value of a `prim::Constant` under its output's static type. */
export function constantValue(node: Node): unknown {
  const attribute = node.attributes.get('value')
  if (!attribute) return null
  const { type } = node.output
  const plain = type.kind === 'Optional' ? type.contained()[0] : type
  const tagged = isTagged(type)
  switch (attribute.kind) {
    case 'i':
      if (plain.kind === 'bool') return Number(attribute.value) !== 0
      if (tagged) return new Boxed(IntType, attribute.value)
      return attribute.value
    case 'f':
      return tagged ? new Boxed(FloatType, attribute.value) : attribute.value
    case 'c':
      return attribute.value instanceof Complex ? attribute.value : new Complex(attribute.value.re, attribute.value.im)
    case 's':
      return plain.kind === 'Device' ? Device.parse(attribute.value) : attribute.value
    case 'is':
      return elementOf(plain)?.kind === 'bool' ? attribute.value.map((value) => Number(value) !== 0) : [...attribute.value]
    case 'fs':
    case 'ss':
    case 'ts':
      return [...attribute.value]
    case 'ival':
      if (plain.kind === 'Enum') return member(plain as EnumType, attribute.value)
      if (plain.kind === 'List' && plain.contained()[0].kind === 'Enum')
        return (attribute.value as unknown[]).map((item) => member(plain.contained()[0] as EnumType, item))
      return plain.kind === 'Device' && typeof attribute.value === 'string' ? Device.parse(attribute.value) : attribute.value
    default:
      return attribute.value
  }
}

function elementOf(type: Type): Type | undefined {
  return type.kind === 'List' ? type.contained()[0] : undefined
}

/** Whether a value may be shared between runs: what nothing can write to. */
export function isImmutable(value: unknown): boolean {
  return typeof value !== 'object' || value === null || value instanceof Complex || value instanceof Device
}

/** The one object of an enum's member; compilers know it by its name. */
function member(type: EnumType, value: unknown): unknown {
  return value instanceof EnumValue ? value : (enumValue(type, (value as { name: string }).name) ?? value)
}
