import {
  AnyClassType,
  AnyEnumType,
  AnyListType,
  AnyTupleType,
  AnyType,
  AwaitType,
  BoolType,
  CapsuleType,
  ClassType,
  ComplexType,
  DeviceType,
  DictType,
  EnumType,
  FloatType,
  FutureType,
  GeneratorType,
  InterfaceType,
  IntType,
  ListType,
  NoneType,
  OptionalType,
  RRefType,
  ScalarType,
  StorageType,
  StreamType,
  StringType,
  scalarTypeNames,
  TensorT,
  TensorType,
  TupleType,
  type Type,
  UnionType,
  VarType,
} from '@tsjit/types'
import type { TextCursor } from './text-cursor.ts'

const plain: Readonly<Record<string, Type>> = {
  Any: AnyType,
  AnyClassType,
  AnyEnumType,
  list: AnyListType,
  tuple: AnyTupleType,
  bool: BoolType,
  int: IntType,
  float: FloatType,
  complex: ComplexType,
  Scalar: ScalarType,
  number: ScalarType,
  str: StringType,
  NoneType,
  None: NoneType,
  Device: DeviceType,
  Generator: GeneratorType,
  Stream: StreamType,
  Storage: StorageType,
  Capsule: CapsuleType,
}

const dtypes = new Map(Object.entries(scalarTypeNames).map(([dtype, name]) => [name, dtype]))

/** Finds a class, enum, interface or named tuple by the name that the text gives. */
export type TypeResolver = (name: string) => Type | undefined

/** Reads types as `graphTypeText` prints them. Names that nothing resolves become empty classes. */
export class TypeReader {
  private readonly made = new Map<string, Type>()
  constructor(
    private readonly cursor: TextCursor,
    private readonly resolve: TypeResolver | undefined,
  ) {}

  type(): Type {
    let type = this.base()
    for (;;) {
      if (this.cursor.take('[]')) type = new ListType(type)
      else if (this.cursor.take('?')) type = new OptionalType(type)
      else return type
    }
  }

  private base(): Type {
    const { cursor } = this
    if (cursor.take('(')) return new TupleType(cursor.list(')', () => this.type()))
    const name = cursor.demand(/[A-Za-z_][\w.]*/y, 'a type')
    switch (name) {
      case 'NamedTuple':
        return this.namedTuple()
      case 'Dict': {
        cursor.expect('(')
        const [key, value] = cursor.list(')', () => this.type())
        return new DictType(key, value)
      }
      case 'Union':
        cursor.expect('(')
        return new UnionType(cursor.list(')', () => this.type()))
      case 'Future':
      case 'RRef':
      case 'Await': {
        const end = cursor.take('[') ? ']' : ')'
        if (end === ')') cursor.expect('(')
        const element = this.type()
        cursor.expect(end)
        return name === 'Future' ? new FutureType(element) : name === 'RRef' ? new RRefType(element) : new AwaitType(element)
      }
      case 'Enum':
        return this.bracketed(name, (inner) => new EnumType(inner, IntType, []))
      case 'InterfaceType':
        return this.bracketed(name, (inner) => new InterfaceType(inner, true))
      case 'Function':
        return this.named('Function', () => new VarType('Function'))
    }
    return (
      plain[name] ?? this.tensor(name) ?? this.named(name, () => (/^[a-z]\w*$/.test(name) ? new VarType(name) : new ClassType(name, true)))
    )
  }

  private bracketed(kind: string, make: (name: string) => Type): Type {
    this.cursor.expect('<')
    const name = this.cursor.demand(/[\w.]+/y, 'a name')
    this.cursor.expect('>')
    return this.named(name, () => make(name), kind)
  }

  private named(name: string, make: () => Type, kind = ''): Type {
    const key = `${kind}<${name}`
    let type = this.made.get(key)
    if (!type) {
      type = this.resolve?.(name) ?? make()
      this.made.set(key, type)
    }
    return type
  }

  private namedTuple(): Type {
    const { cursor } = this
    cursor.expect('(')
    const fields: string[] = []
    const defaults: unknown[] = []
    const elements = cursor.list(')', () => {
      fields.push(cursor.demand(/\w+/y, 'a field name'))
      cursor.expect(':')
      const type = this.type()
      if (cursor.take('= ')) defaults.push(fieldDefault(cursor.demand(/\[[^\]]*\]|[^,()]+/y, 'the default of a field')))
      return type
    })
    return new TupleType(elements, 'NamedTuple', fields, ...(defaults.length > 0 ? [defaults] : []))
  }

  private tensor(name: string): Type | undefined {
    const unranked = name.endsWith('Tensor') && name !== 'Tensor'
    const dtype = dtypes.get(unranked ? name.slice(0, -6) : name)
    if (dtype === undefined && name !== 'Tensor') return undefined
    const { cursor } = this
    if (cursor.text[cursor.at] !== '(') return dtype === undefined ? TensorT : new TensorType(dtype, unranked ? undefined : [])
    cursor.expect('(')
    const sizes: (number | null)[] = []
    let strides: number[] | undefined
    let device: string | undefined
    let requiresGrad: boolean | undefined
    let hasSizes = !unranked && name !== 'Tensor'
    cursor.list(')', () => {
      if (cursor.take('strides=[')) strides = cursor.list(']', () => Number(cursor.demand(/-?\d+/y, 'a stride')))
      else if (cursor.take('requires_grad=')) requiresGrad = cursor.demand(/[01]/y, '0 or 1') === '1'
      else if (cursor.take('device=')) device = cursor.demand(/[\w:]+/y, 'a device')
      else {
        hasSizes = true
        const size = cursor.demand(/\*|-?\d+|SS\(-?\d+\)/y, 'a size')
        sizes.push(/^-?\d+$/.test(size) ? Number(size) : null)
      }
    })
    return new TensorType(dtype, hasSizes ? sizes : undefined, strides, device, requiresGrad)
  }
}

/** The default of a NamedTuple's field as its type prints it. */
function fieldDefault(text: string): unknown {
  if (text === 'None') return null
  if (text === 'True' || text === 'False') return text === 'True'
  if (text.startsWith('[')) return text.slice(1, -1).split(', ').filter(Boolean).map(fieldDefault)
  return /^-?\d/.test(text) ? Number(text) : text
}
