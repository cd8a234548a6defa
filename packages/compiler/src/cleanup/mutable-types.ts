import type { Type } from '@tsjit/types'

const mutableKinds = new Set([
  'Tensor',
  'List',
  'Dict',
  'Class',
  'Interface',
  'Any',
  'AnyList',
  'AnyTuple',
  'AnyClass',
  'Future',
  'Await',
  'RRef',
  'Var',
  'Storage',
  'Generator',
])

/** Whether values of this type can be changed in place, or hold one that can. */
export function isMutableType(type: Type): boolean {
  if (mutableKinds.has(type.kind)) return true
  switch (type.kind) {
    case 'Optional':
    case 'Union':
    case 'Tuple':
      return type.contained().some(isMutableType)
  }
  return false
}
