import type { FunctionSchema } from './schema.ts'
import type { SourceRange } from './source-range.ts'

/**
 * The types of TorchScript. Singletons stand for the plain ones; structural types compare with `typeEquals`.
 * `toString()` is the text of graphs (`int[]`, `Tensor?`), `annotation()` the text of source code (`List[int]`).
 */
export abstract class Type {
  abstract readonly kind: TypeKind
  abstract toString(): string
  annotation(): string {
    return this.toString()
  }
  /** The types directly inside (elements, keys and values, members). */
  contained(): readonly Type[] {
    return []
  }
}

export type TypeKind =
  | 'Any'
  | 'Tensor'
  | 'int'
  | 'float'
  | 'bool'
  | 'complex'
  | 'Scalar'
  | 'str'
  | 'None'
  | 'Device'
  | 'Generator'
  | 'Stream'
  | 'Storage'
  | 'Capsule'
  | 'List'
  | 'Dict'
  | 'Tuple'
  | 'Optional'
  | 'Union'
  | 'Future'
  | 'RRef'
  | 'Await'
  | 'Class'
  | 'Interface'
  | 'Enum'
  | 'Function'
  | 'Var'
  | 'AnyList'
  | 'AnyTuple'
  | 'AnyClass'
  | 'AnyEnum'
  | 'Module'

class PlainType extends Type {
  constructor(
    readonly kind: TypeKind,
    private readonly text: string,
    private readonly source = text,
  ) {
    super()
  }
  toString(): string {
    return this.text
  }
  override annotation(): string {
    return this.source
  }
}

export const AnyType: Type = new PlainType('Any', 'Any')
export const IntType: Type = new PlainType('int', 'int')
export const FloatType: Type = new PlainType('float', 'float')
export const BoolType: Type = new PlainType('bool', 'bool')
export const ComplexType: Type = new PlainType('complex', 'complex')
/** int, float, bool or complex: what PyTorch calls NumberType. */
export const ScalarType: Type = new PlainType('Scalar', 'Scalar', 'number')
export const StringType: Type = new PlainType('str', 'str')
export const NoneType: Type = new PlainType('None', 'NoneType')
export const DeviceType: Type = new PlainType('Device', 'Device')
export const GeneratorType: Type = new PlainType('Generator', 'Generator')
export const StreamType: Type = new PlainType('Stream', 'Stream')
export const StorageType: Type = new PlainType('Storage', 'Storage')
export const CapsuleType: Type = new PlainType('Capsule', 'Capsule')
export const AnyListType: Type = new PlainType('AnyList', 'list')
export const AnyTupleType: Type = new PlainType('AnyTuple', 'tuple')
export const AnyClassType: Type = new PlainType('AnyClass', 'AnyClassType')
export const AnyEnumType: Type = new PlainType('AnyEnum', 'AnyEnumType')

/** What a graph may know of a tensor (from `parseIR` or tracing); programs see plain `Tensor`. */
export class TensorType extends Type {
  readonly kind = 'Tensor'
  constructor(
    readonly dtype?: string,
    /** Sizes, `null` where unknown; absent where the rank is unknown. */
    readonly sizes?: readonly (number | null)[],
    readonly strides?: readonly (number | null)[],
    readonly device?: string,
    readonly requiresGrad?: boolean,
  ) {
    super()
  }
  toString(): string {
    return 'Tensor'
  }
}
export const TensorT: TensorType = new TensorType()

export class ListType extends Type {
  readonly kind = 'List'
  constructor(readonly element: Type) {
    super()
  }
  toString(): string {
    return `${this.element}[]`
  }
  override annotation(): string {
    return `List[${this.element.annotation()}]`
  }
  override contained(): readonly Type[] {
    return [this.element]
  }
}

export class DictType extends Type {
  readonly kind = 'Dict'
  constructor(
    readonly key: Type,
    readonly value: Type,
  ) {
    super()
  }
  toString(): string {
    return `Dict(${this.key}, ${this.value})`
  }
  override annotation(): string {
    return `Dict[${this.key.annotation()}, ${this.value.annotation()}]`
  }
  override contained(): readonly Type[] {
    return [this.key, this.value]
  }
}

/** A tuple; a NamedTuple where `name` (qualified) and `fields` are given. */
/** The default of a NamedTuple's field, as PyTorch prints it. */
export function fieldDefaultText(value: unknown, type: Type): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number' && type.kind === 'float' && Number.isInteger(value)) return `${value}.`
  if (Array.isArray(value)) return `[${value.map((item) => fieldDefaultText(item, type.contained()[0] ?? type)).join(', ')}]`
  return String(value)
}

export class TupleType extends Type {
  readonly kind = 'Tuple'
  constructor(
    readonly elements: readonly Type[],
    readonly name?: string,
    readonly fields?: readonly string[],
    /** Default values of the last fields of a NamedTuple. */
    readonly defaults?: readonly unknown[],
  ) {
    super()
  }
  toString(): string {
    if (this.name !== undefined && this.fields !== undefined) {
      const first = this.elements.length - (this.defaults?.length ?? 0)
      const part = (field: string, i: number): string => {
        const text = `${field} : ${this.elements[i]}`
        return i < first ? text : `${text} = ${fieldDefaultText(this.defaults![i - first], this.elements[i])}`
      }
      return `NamedTuple(${this.fields!.map(part).join(', ')})`
    }
    return `(${this.elements.join(', ')})`
  }
  override annotation(): string {
    if (this.name !== undefined) return this.name
    if (this.elements.length === 0) return 'Tuple[()]'
    return `Tuple[${this.elements.map((type) => type.annotation()).join(', ')}]`
  }
  override contained(): readonly Type[] {
    return this.elements
  }
}

export class OptionalType extends Type {
  readonly kind = 'Optional'
  constructor(readonly element: Type) {
    super()
  }
  toString(): string {
    return `${this.element}?`
  }
  override annotation(): string {
    return `Optional[${this.element.annotation()}]`
  }
  override contained(): readonly Type[] {
    return [this.element]
  }
}

/** A union of at least two members; a union of one type and None is an `OptionalType` instead. Build it with `unionOf`. */
export class UnionType extends Type {
  readonly kind = 'Union'
  constructor(readonly members: readonly Type[]) {
    super()
  }
  toString(): string {
    return `Union(${this.members.join(', ')})`
  }
  override annotation(): string {
    return `Union[${this.members.map((type) => type.annotation()).join(', ')}]`
  }
  override contained(): readonly Type[] {
    return this.members
  }
}

export class FutureType extends Type {
  readonly kind = 'Future'
  constructor(readonly element: Type) {
    super()
  }
  toString(): string {
    return `Future(${this.element})`
  }
  override annotation(): string {
    return `Future[${this.element.annotation()}]`
  }
  override contained(): readonly Type[] {
    return [this.element]
  }
}

export class AwaitType extends Type {
  readonly kind = 'Await'
  constructor(readonly element: Type) {
    super()
  }
  toString(): string {
    return `Await(${this.element})`
  }
  override annotation(): string {
    return `Await[${this.element.annotation()}]`
  }
  override contained(): readonly Type[] {
    return [this.element]
  }
}

export class RRefType extends Type {
  readonly kind = 'RRef'
  constructor(readonly element: Type) {
    super()
  }
  toString(): string {
    return `RRef(${this.element})`
  }
  override annotation(): string {
    return `RRef[${this.element.annotation()}]`
  }
  override contained(): readonly Type[] {
    return [this.element]
  }
}

/** A type variable of a schema (`t` in `t[] self`). */
export class VarType extends Type {
  readonly kind = 'Var'
  constructor(readonly name: string) {
    super()
  }
  toString(): string {
    return this.name
  }
}

/** Something callable by name: IR's GraphFunction implements it; types know no graphs. */
export interface Callable {
  /** The qualified name. */
  readonly name: string
  readonly schema: FunctionSchema
}

export class FunctionType extends Type {
  readonly kind = 'Function'
  constructor(readonly callee: Callable) {
    super()
  }
  toString(): string {
    return 'Function'
  }
}

export interface Attribute {
  readonly name: string
  readonly type: Type
  readonly isParameter: boolean
  readonly isBuffer: boolean
}

/** A script class or module class. Attribute order is slot order. */
export class ClassType extends Type {
  readonly kind = 'Class'
  readonly attributes: Attribute[] = []
  readonly methods = new Map<string, Callable>()
  readonly staticMethods = new Map<string, Callable>()
  /** Class constants (`__constants__`, `Final`), as runtime values. */
  readonly constants = new Map<string, { type: Type; value: unknown }>()
  readonly properties = new Map<string, { getter: Callable; setter?: Callable }>()
  readonly forwardHooks: Callable[] = []
  readonly forwardPreHooks: Callable[] = []
  private readonly slots = new Map<string, number>()

  constructor(
    /** The qualified name, `__torch__.Net`. */
    readonly name: string,
    readonly isModule: boolean,
    readonly range?: SourceRange,
  ) {
    super()
  }
  /** Adds an attribute and returns its slot. */
  addAttribute(name: string, type: Type, { isParameter = false, isBuffer = false } = {}): number {
    const slot = this.attributes.length
    this.attributes.push({ name, type, isParameter, isBuffer })
    this.slots.set(name, slot)
    return slot
  }
  slotOf(name: string): number | undefined {
    return this.slots.get(name)
  }
  attribute(name: string): Attribute | undefined {
    const slot = this.slots.get(name)
    return slot === undefined ? undefined : this.attributes[slot]
  }
  toString(): string {
    return this.name
  }
}

export class InterfaceType extends Type {
  readonly kind = 'Interface'
  readonly methods = new Map<string, FunctionSchema>()
  constructor(
    readonly name: string,
    readonly isModule: boolean,
  ) {
    super()
  }
  toString(): string {
    return `InterfaceType<${this.name.slice(this.name.lastIndexOf('.') + 1)}>`
  }
  override annotation(): string {
    return this.name
  }
}

export class EnumType extends Type {
  readonly kind = 'Enum'
  constructor(
    readonly name: string,
    readonly valueType: Type,
    /** Member names and values (numbers or strings by `valueType`), in order. */
    readonly members: readonly (readonly [string, unknown])[],
  ) {
    super()
  }
  toString(): string {
    return `Enum<${this.name}>`
  }
  override annotation(): string {
    return this.name
  }
}

/** Structural equality; classes, interfaces and enums are equal when they are the same object or, across units, the same name. */
export function typeEquals(a: Type, b: Type): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  switch (a.kind) {
    case 'Class':
    case 'Interface':
    case 'Enum':
      return (a as ClassType).name === (b as ClassType).name
    case 'Var':
      return (a as VarType).name === (b as VarType).name
    case 'Function':
      return (a as FunctionType).callee === (b as FunctionType).callee
    case 'Tuple':
      if ((a as TupleType).name !== (b as TupleType).name) return false
      break
    case 'Union': {
      const left = a as UnionType
      const right = b as UnionType
      return left.members.length === right.members.length && left.members.every((m) => right.members.some((n) => typeEquals(m, n)))
    }
  }
  const left = a.contained()
  const right = b.contained()
  return left.length === right.length && left.every((type, i) => typeEquals(type, right[i]))
}
