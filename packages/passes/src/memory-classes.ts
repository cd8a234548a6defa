import { AnyType, type Type } from '@tsjit/types'
import { isMutableType } from './node-properties.ts'

/** Memory that values may share: a union-find node. `fields` are the classes of what it holds; `*` stands for all where they are not told apart. */
export interface MemoryClass {
  parent: MemoryClass | undefined
  rank: number
  readonly type: Type
  fields: Map<string, MemoryClass> | undefined
  /** Known outside the graph: lives on after it ran. */
  isWild: boolean
  /** Though known outside, not what inputs or attributes that are not told apart may be: constants. */
  isDistinct: boolean
}

/** Disjoint sets of memory with fields; uniting two classes unites what they hold. */
export class MemoryClasses {
  private readonly wild = new Map<string, MemoryClass>()
  private any: MemoryClass | undefined

  make(type: Type): MemoryClass {
    return { parent: undefined, rank: 0, type, fields: undefined, isWild: false, isDistinct: false }
  }

  find(memory: MemoryClass): MemoryClass {
    let root = memory
    while (root.parent) root = root.parent
    while (memory.parent) {
      const next: MemoryClass = memory.parent
      memory.parent = root
      memory = next
    }
    return root
  }

  unite(first: MemoryClass, second: MemoryClass): void {
    const pending: [MemoryClass, MemoryClass][] = [[first, second]]
    for (let pair = pending.pop(); pair; pair = pending.pop()) {
      let [a, b] = [this.find(pair[0]), this.find(pair[1])]
      if (a === b) continue
      if (a.rank < b.rank) [a, b] = [b, a]
      if (a.rank === b.rank) a.rank++
      b.parent = a
      const becameWild = a.isWild !== b.isWild
      a.isDistinct = (a.isWild || b.isWild) && (!a.isWild || a.isDistinct) && (!b.isWild || b.isDistinct)
      a.isWild ||= b.isWild
      if (!a.fields) a.fields = b.fields
      else if (b.fields) {
        const collapsed = a.fields.get('*') ?? b.fields.get('*')
        for (const [key, held] of b.fields) {
          const same = a.fields.get(key)
          if (same) pending.push([same, held])
          else a.fields.set(key, held)
        }
        if (collapsed) for (const held of a.fields.values()) pending.push([collapsed, held])
      }
      b.fields = undefined
      if (becameWild && a.fields) for (const held of [...a.fields.values()]) this.makeWild(held)
      if (becameWild && !a.isDistinct && this.typeKey(a.type) !== this.typeKey(b.type)) {
        for (const type of [a.type, b.type]) pending.push([a, this.wildcard(type)])
      }
    }
  }

  /** What `memory` holds under `key`, of the given type. Asking for `*` makes all fields one. */
  field(memory: MemoryClass, key: string, type: Type): MemoryClass {
    const own = this.find(memory)
    own.fields ??= new Map()
    const all = own.fields.get('*')
    if (all) return this.find(all)
    const known = own.fields.get(key)
    if (known) return this.find(known)
    const made = this.make(type)
    own.fields.set(key, made)
    if (key === '*') for (const held of [...own.fields.values()]) this.unite(made, held)
    if (own.isWild) this.makeWild(made)
    return this.find(made)
  }

  makeWild(memory: MemoryClass): void {
    const own = this.find(memory)
    if (own.isWild && !own.isDistinct) return
    own.isWild = true
    own.isDistinct = false
    if (own.fields) for (const held of [...own.fields.values()]) this.makeWild(held)
    this.unite(own, this.wildcard(own.type))
  }

  /** The class of everything from outside that has no identity and may be the same as `memory`. */
  wildcardOf(memory: MemoryClass): MemoryClass {
    return this.wildcard(memory.type)
  }

  mayBeSame(a: MemoryClass, b: MemoryClass): boolean {
    if (a === b) return true
    if (!a.isWild || !b.isWild || a.isDistinct || b.isDistinct) return false
    return a === this.wildcardOf(b) || b === this.wildcardOf(a)
  }

  /** One class for all memory that anything outside may reach. From here on all wildcards are it. */
  everythingWild(): MemoryClass {
    if (!this.any) {
      this.any = this.make(AnyType)
      this.any.isWild = true
      this.any.fields = new Map([['*', this.any]]) // it holds itself
      for (const one of this.wild.values()) this.unite(this.any, one)
    }
    return this.find(this.any)
  }

  /** The class and all that it holds, directly or not. */
  reachable(memory: MemoryClass): Set<MemoryClass> {
    const found = new Set<MemoryClass>()
    const pending = [this.find(memory)]
    for (let one = pending.pop(); one; one = pending.pop()) {
      if (found.has(one)) continue
      found.add(one)
      if (one.fields) for (const held of one.fields.values()) pending.push(this.find(held))
    }
    return found
  }

  private wildcard(type: Type): MemoryClass {
    const key = this.typeKey(type)
    if (this.any || key === '?') return this.everythingWild()
    let found = this.wild.get(key)
    if (!found) {
      found = this.make(type)
      found.isWild = true
      this.wild.set(key, found)
    }
    return this.find(found)
  }

  /** Types whose values may be the same object have the same key; `?` where that may be any. */
  private typeKey(type: Type): string {
    switch (type.kind) {
      case 'Tensor':
        return 'Tensor'
      case 'Optional':
        return this.typeKey(type.contained()[0])
      case 'Class':
      case 'Interface':
      case 'AnyClass':
      case 'Module':
        return 'object'
      case 'Any':
      case 'Union':
      case 'AnyList':
      case 'AnyTuple':
      case 'Var':
        return '?'
      case 'List':
      case 'Dict':
      case 'Tuple':
        return `${type.kind}<${type
          .contained()
          .map((inner) => (isMutableType(inner) ? this.typeKey(inner) : inner.toString()))
          .join(',')}>`
    }
    return type.toString()
  }
}
