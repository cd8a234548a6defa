import type { SegmentType } from '@tsjit/runtime'
import type { Type } from '@tsjit/types'

const plain: Partial<Record<Type['kind'], SegmentType>> = {
  Tensor: 'tensor',
  int: 'int',
  float: 'float',
  bool: 'bool',
  Scalar: 'scalar',
  complex: 'complex',
  str: 'str',
  None: 'none',
  Device: 'device',
  Generator: 'generator',
  Tuple: 'tuple',
}
const listed = new Set<SegmentType>(['int', 'float', 'bool', 'tensor', 'scalar', 'str'])
const optional = new Set<SegmentType>([
  'tensor',
  'int',
  'float',
  'bool',
  'scalar',
  'str',
  'device',
  'int[]',
  'float[]',
  'tensor[]',
  'generator',
])

/** How a value of a static type crosses into a backend. */
export function segmentType(type: Type): SegmentType {
  if (type.kind === 'List') {
    const element = type.contained()[0]
    if (element.kind === 'Optional' && element.contained()[0].kind === 'Tensor') return 'tensor?[]'
    const inner = segmentType(element)
    return listed.has(inner) ? (`${inner}[]` as SegmentType) : 'other'
  }
  if (type.kind === 'Optional') {
    const inner = segmentType(type.contained()[0])
    return optional.has(inner) ? (`${inner}?` as SegmentType) : 'other'
  }
  return plain[type.kind] ?? 'other'
}
