import { ArchiveError } from '@tsjit/types'

/*
 * What a pickle holds, in JavaScript:
 *   None null · bool boolean · int number where it is a safe integer, else bigint · float PyFloat · complex PyComplex · str string
 *   bytes and bytearray Uint8Array · list Array · tuple PyTuple · dict PyDict · set and frozenset PySet · instance PyObject
 * and whatever the globals of the caller's list make.
 */

/** A float: kept apart from int, which is a bare number. */
export class PyFloat {
  constructor(readonly value: number) {}
}

export class PyComplex {
  constructor(
    readonly real: number,
    readonly imag: number,
  ) {}
}

export class PyTuple<T = unknown> {
  constructor(readonly items: readonly T[]) {}
  get length(): number {
    return this.items.length
  }
}

/** Lets `charge` limit the work of hashing: tuples that share their parts can be exponentially larger than their pickle. */
export interface KeyBudget {
  charge(amount: number): void
  error(code: string, reason: string): Error
}

const ownBudget: KeyBudget = {
  charge() {},
  error: (code, reason) => new ArchiveError(code, reason),
}

interface DictEntry<V> {
  readonly key: unknown
  value: V
}

/** A dict in order of insertion. Keys are equal as in Python: `1`, `1.0` and `True` are one key. */
export class PyDict<V = unknown> {
  private readonly map = new KeyedMap<DictEntry<V>>()
  /** What BUILD set on the dict itself (an `OrderedDict`'s attributes, such as a state dict's `_metadata`). */
  attributes: unknown = undefined

  constructor(entries: Iterable<readonly [unknown, V]> = []) {
    for (const [key, value] of entries) this.set(key, value)
  }
  get size(): number {
    return this.map.size
  }
  get(key: unknown): V | undefined {
    return this.map.get(key)?.value
  }
  has(key: unknown): boolean {
    return this.map.get(key) !== undefined
  }
  /** Sets a value; the first of equal keys stays, as in Python. Throws TSJ_PICKLE_UNHASHABLE for lists, dicts and sets as keys. */
  set(key: unknown, value: V, budget: KeyBudget = ownBudget): this {
    const entry = this.map.get(key, budget)
    if (entry) entry.value = value
    else this.map.set(key, { key, value }, budget)
    return this
  }
  *entries(): IterableIterator<[unknown, V]> {
    for (const { key, value } of this.map.values()) yield [key, value]
  }
  *keys(): IterableIterator<unknown> {
    for (const { key } of this.map.values()) yield key
  }
  *values(): IterableIterator<V> {
    for (const { value } of this.map.values()) yield value
  }
  [Symbol.iterator](): IterableIterator<[unknown, V]> {
    return this.entries()
  }
}

/** A set or frozenset, in order of insertion. */
export class PySet {
  private readonly map = new KeyedMap<{ item: unknown }>()
  constructor(
    items: Iterable<unknown> = [],
    readonly frozen = false,
    budget: KeyBudget = ownBudget,
  ) {
    for (const item of items) this.add(item, budget)
  }
  get size(): number {
    return this.map.size
  }
  has(item: unknown): boolean {
    return this.map.get(item) !== undefined
  }
  add(item: unknown, budget: KeyBudget = ownBudget): void {
    if (!this.map.get(item, budget)) this.map.set(item, { item }, budget)
  }
  *[Symbol.iterator](): IterableIterator<unknown> {
    for (const { item } of this.map.values()) yield item
  }
}

/** The name of a class or function. */
export interface GlobalName {
  readonly module: string
  readonly name: string
}

/** An instance that NEWOBJ made: never the class's own code, only its name, the arguments and the state that BUILD set. */
export class PyObject {
  /** What BUILD set; undefined where no BUILD came. */
  state: unknown = undefined
  readonly class: GlobalName
  constructor(
    type: GlobalName,
    readonly args: readonly unknown[] = [],
    readonly keywords: PyDict | undefined = undefined,
  ) {
    this.class = type
  }
}

/** A map by Python equality. */
class KeyedMap<E> {
  private readonly all = new Map<unknown, E>()
  get size(): number {
    return this.all.size
  }
  get(key: unknown, budget: KeyBudget = ownBudget): E | undefined {
    return this.all.get(hashKey(key, budget))
  }
  set(key: unknown, entry: E, budget: KeyBudget): void {
    this.all.set(hashKey(key, budget), entry)
  }
  values(): IterableIterator<E> {
    return this.all.values()
  }
}

const mostComposite = 1 << 16

/**
 * A JavaScript value that is the same (as a Map's key) for equal Python values. Strings, `null`, numbers and bigints stand for
 * themselves, with floats and booleans made the int they equal; tuples and bytes become a text of their content behind a NUL and `c`
 * (strings that begin with a NUL get a NUL and `s`, so that the two never meet); other objects are equal to themselves alone.
 */
function hashKey(key: unknown, budget: KeyBudget): unknown {
  switch (typeof key) {
    case 'string':
      return key.startsWith('\0') ? `\0s${key}` : key
    case 'number':
      return key
    case 'bigint':
      return numberKey(key)
    case 'boolean':
      return key ? 1 : 0
  }
  if (key === null) return null
  if (key instanceof PyFloat) return Number.isNaN(key.value) ? key : numberKey(key.value)
  if (key instanceof PyTuple || key instanceof Uint8Array) {
    return `\0c${compositeText(key, { left: mostComposite }, budget)}`
  }
  if (key instanceof PyDict || key instanceof PySet || Array.isArray(key)) {
    if (!(key instanceof PySet && key.frozen)) {
      throw budget.error(
        'TSJ_PICKLE_UNHASHABLE',
        `a ${Array.isArray(key) ? 'list' : key instanceof PyDict ? 'dict' : 'set'} cannot be a key`,
      )
    }
  }
  return key
}

function numberKey(value: number | bigint): number | bigint {
  if (typeof value === 'bigint') {
    const narrow = Number(value)
    return Number.isSafeInteger(narrow) ? narrow : value
  }
  if (Number.isInteger(value) && !Number.isSafeInteger(value)) return BigInt(value)
  return value === 0 ? 0 : value
}

function compositeText(key: unknown, room: { left: number }, budget: KeyBudget): string {
  const spend = (text: string): string => {
    room.left -= text.length
    if (room.left < 0) throw budget.error('TSJ_PICKLE_LIMIT', `a key is larger than ${mostComposite} characters`)
    budget.charge(text.length)
    return text
  }
  if (key instanceof PyTuple) {
    spend('()')
    return `(${key.items.map((item) => compositeText(item, room, budget)).join(',')})`
  }
  if (key instanceof Uint8Array) {
    if (key.byteLength * 2 > room.left) room.left = 0
    return spend(`b${room.left > 0 ? Buffer.from(key.buffer, key.byteOffset, key.byteLength).toString('hex') : ' '}`)
  }
  const plain = hashKey(key, budget)
  if (typeof plain === 'string') {
    if (plain.length > room.left) room.left = 0
    return spend(`s${room.left > 0 ? JSON.stringify(plain) : ' '}`)
  }
  if (plain === null) return spend('N')
  if (typeof plain === 'number' || typeof plain === 'bigint') return spend(`n${plain}`)
  return spend(`o${identity(plain as object)}`)
}

const identities = new WeakMap<object, number>()
let nextIdentity = 0

function identity(object: object): number {
  let number = identities.get(object)
  if (number === undefined) identities.set(object, (number = nextIdentity++))
  return number
}
