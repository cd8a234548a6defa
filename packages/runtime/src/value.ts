import { BoolType, type ClassType, ComplexType, type EnumType, FloatType, IntType, type Type } from '@tsjit/types'

/**
 * What a program's values are in JavaScript; the static type of the graph says which:
 *
 *   int      number while a safe integer, else bigint (normalise with `normInt`)      float    number
 *   bool     boolean      str  string      None  null      complex  Complex           Device   Device
 *   dtype, layout, memory_format   int                                               Tensor   Tensor
 *   List, Tuple (NamedTuple too)  Array                   Dict     Map (insertion order; keys are the values themselves)
 *   class, module   ScriptObject     Enum  EnumValue      Future   ScriptFuture       Generator  Generator
 *
 * Where the static type does not tell (`Any`, `Scalar`, unions other than Optional of one of the above) ints, floats, lists, tuples
 * and dicts are wrapped in `Boxed` with their type; everything else describes itself.
 */
export class Boxed {
  constructor(
    readonly type: Type,
    readonly value: unknown,
  ) {}
}

export class Complex {
  constructor(
    readonly re: number,
    readonly im: number,
  ) {}
  equals(other: Complex): boolean {
    return this.re === other.re && this.im === other.im
  }
}

/** An instance of a script class or module. `slots` follow `type.attributes`. */
export class ScriptObject {
  readonly slots: unknown[]
  /** Counts attribute writes from outside the program, so that code specialised on attributes notices. */
  epoch = 0
  constructor(
    readonly type: ClassType,
    slots?: unknown[],
  ) {
    this.slots = slots ?? new Array<unknown>(type.attributes.length).fill(undefined)
  }
  getAttribute(name: string): unknown {
    const slot = this.type.slotOf(name)
    return slot === undefined ? undefined : this.slots[slot]
  }
  setAttribute(name: string, value: unknown): void {
    const slot = this.type.slotOf(name)
    if (slot === undefined) throw new RangeError(`'${this.type.name}' has no attribute '${name}'`)
    this.slots[slot] = value
    this.epoch++
  }
}

/** A member of an enum; one object a member (see `enumValue`). */
export class EnumValue {
  constructor(
    readonly type: EnumType,
    readonly name: string,
    readonly value: unknown,
  ) {}
}

const enumValues = new WeakMap<EnumType, Map<string, EnumValue>>()

export function enumValue(type: EnumType, name: string): EnumValue | undefined {
  let members = enumValues.get(type)
  if (!members) {
    members = new Map(type.members.map(([member, value]) => [member, new EnumValue(type, member, value)]))
    enumValues.set(type, members)
  }
  return members.get(name)
}

/** The result of `fork`: runs when first waited for, or at once; either way the program sees the same values. */
export class ScriptFuture {
  private state: 'pending' | 'done' | 'failed' = 'pending'
  private result: unknown
  constructor(private compute: (() => unknown) | undefined) {}
  static completed(value: unknown): ScriptFuture {
    const future = new ScriptFuture(undefined)
    future.state = 'done'
    future.result = value
    return future
  }
  get isDone(): boolean {
    return this.state !== 'pending'
  }
  wait(): unknown {
    if (this.state === 'pending') {
      const compute = this.compute!
      this.compute = undefined
      try {
        this.result = compute()
        this.state = 'done'
      } catch (error) {
        this.result = error
        this.state = 'failed'
      }
    }
    if (this.state === 'failed') throw this.result
    return this.result
  }
}

/** An int in its normal form: a number while it is safe, wrapped to 64 bits. */
export function normInt(value: number | bigint): number | bigint {
  if (typeof value === 'number') {
    if (Number.isSafeInteger(value)) return value
    value = BigInt(value)
  }
  const wrapped = BigInt.asIntN(64, value)
  return wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : wrapped
}

export const scalarInt = (value: number | bigint): Boxed => new Boxed(IntType, value)
export const scalarFloat = (value: number): Boxed => new Boxed(FloatType, value)

/** A Scalar as the kernels see it: `Boxed` int or float, boolean, or Complex. */
export type ScalarValue = Boxed | boolean | Complex

export function scalarType(value: ScalarValue): Type {
  if (value instanceof Boxed) return value.type
  return typeof value === 'boolean' ? BoolType : ComplexType
}

/** The number behind a Scalar: bool as 0 or 1, complex by its real part, ints beyond 2^53 rounded. */
export function scalarToNumber(value: ScalarValue | number | bigint): number {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Boxed) return Number(value.value as number | bigint)
  return typeof value === 'boolean' ? Number(value) : value.re
}

/** Whether values of this static type are wrapped (`Boxed`) where they are ints, floats, lists, tuples or dicts. */
export function isTagged(type: Type): boolean {
  switch (type.kind) {
    case 'Any':
    case 'Scalar':
    case 'Union':
    case 'AnyList':
    case 'AnyTuple':
      return true
    case 'Optional':
      return isTagged(type.contained()[0])
    default:
      return false
  }
}

const boxedKinds = new Set(['int', 'float', 'List', 'Tuple', 'Dict', 'Future'])

/**
 * The value as it looks under static type `to`, coming from static type `from`: boxes and unboxes, and goes into tuples and
 * optionals whose element types differ. Identity in most cases: `coercion` says so ahead of time.
 */
export function coerce(value: unknown, from: Type, to: Type): unknown {
  const convert = coercion(from, to)
  return convert ? convert(value) : value
}

/** The conversion from `from` to `to`, or undefined where the representation is the same. */
export function coercion(from: Type, to: Type): ((value: unknown) => unknown) | undefined {
  if (from === to) return undefined
  if (from.kind === 'Optional') {
    const inner = coercion(from.contained()[0], to.kind === 'Optional' ? to.contained()[0] : to)
    return inner && ((value) => (value === null ? null : inner(value)))
  }
  if (to.kind === 'Optional') return from.kind === 'None' ? undefined : coercion(from, to.contained()[0])
  const fromTagged = isTagged(from)
  const toTagged = isTagged(to)
  if (fromTagged && toTagged) return undefined
  if (toTagged) return boxedKinds.has(from.kind) ? (value) => (value instanceof Boxed ? value : new Boxed(from, value)) : undefined
  if (fromTagged) {
    return (value) => {
      if (!(value instanceof Boxed)) return value
      const inner = coercion(value.type, to)
      return inner ? inner(value.value) : value.value
    }
  }
  if (from.kind === 'Tuple' && to.kind === 'Tuple') {
    const inner = from.contained().map((type, i) => coercion(type, to.contained()[i]))
    if (inner.every((convert) => convert === undefined)) return undefined
    return (value) => (value as unknown[]).map((element, i) => (inner[i] ? inner[i](element) : element))
  }
  if ((from.kind === 'Future' && to.kind === 'Future') || (from.kind === 'Await' && to.kind === 'Await')) {
    const inner = coercion(from.contained()[0], to.contained()[0])
    return inner && ((value) => new ScriptFuture(() => inner((value as ScriptFuture).wait())))
  }
  return undefined
}
