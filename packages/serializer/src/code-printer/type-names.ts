import type { FunctionType, TupleType, Type } from '@tsjit/types'
import { typeEquals } from '@tsjit/types'

const manglePrefix = '___torch_mangle_'

/** The qualified name of a class, interface, enum, NamedTuple or function. */
export function qualifiedName(type: Type): string {
  return type.kind === 'Function' ? (type as FunctionType).callee.name : (type as TupleType).name!
}

/** Whether two types with the same name are one. Classes are by identity: modules from different sources may have namesakes. */
export function sameNamedType(a: Type, b: Type): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  if (a.kind === 'Function') return (a as FunctionType).callee === (b as FunctionType).callee
  return a.kind === 'Tuple' && typeEquals(a, b)
}

/** Gives every named type of an archive a name of its own: a namesake gets `___torch_mangle_N` in front of its last part. */
export class TypeNames {
  private readonly known = new Map<string, { readonly type: Type; readonly name: string }[]>()
  private readonly used = new Set<string>()
  private nextMangle = 0

  readonly nameOf = (type: Type): string => {
    const own = qualifiedName(type)
    const namesakes = this.known.get(own) ?? []
    const found = namesakes.find((known) => sameNamedType(known.type, type))
    if (found) return found.name
    let name = own
    while (this.used.has(name)) name = this.mangle(own)
    this.used.add(name)
    this.known.set(own, [...namesakes, { type, name }])
    return name
  }

  private mangle(name: string): string {
    const index = this.nextMangle++
    const atoms = name.split('.')
    const at = atoms.findIndex((atom) => atom.includes(manglePrefix))
    if (at < 0) atoms.splice(-1, 0, `${manglePrefix}${index}`)
    else atoms[at] = `${atoms[at].slice(0, atoms[at].indexOf(manglePrefix))}${manglePrefix}${index}`
    return atoms.join('.')
  }
}
