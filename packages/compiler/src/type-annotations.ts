import { type Expression, parseExpression } from '@tsjit/parser'
import {
  AnyClassType,
  AnyEnumType,
  AnyListType,
  AnyTupleType,
  AnyType,
  AwaitType,
  BoolType,
  CapsuleType,
  ComplexType,
  DeviceType,
  DictType,
  FloatType,
  FutureType,
  GeneratorType,
  IntType,
  ListType,
  NoneType,
  OptionalType,
  RRefType,
  ScalarType,
  Source,
  type SourceRange,
  StorageType,
  StreamType,
  StringType,
  TensorT,
  TsjitError,
  TupleType,
  type Type,
  unionOf,
} from '@tsjit/types'
import { fail } from './errors.ts'

type TypeResolver = {
  resolveType(name: string, range: SourceRange | undefined): Type | undefined
  /** What a name that is subscripted in an annotation stands for, by the name that PyTorch has for it. */
  resolveConstructor?(name: string): string | undefined
  /** Throws what PyTorch says of an annotation for which Python's own object has no type. */
  refuseAnnotation?(annotation: Expression): void
}

/** Names of types in annotations; `annotation()` of a type prints them. */
const plainTypes: Readonly<Record<string, Type>> = {
  Tensor: TensorT,
  int: IntType,
  float: FloatType,
  bool: BoolType,
  complex: ComplexType,
  str: StringType,
  Device: DeviceType,
  Generator: GeneratorType,
  number: ScalarType,
  Scalar: ScalarType,
  None: NoneType,
  NoneType,
  Any: AnyType,
  Capsule: CapsuleType,
  Stream: StreamType,
  Storage: StorageType,
  list: AnyListType,
  tuple: AnyTupleType,
  AnyListType,
  AnyTupleType,
  AnyClassType,
  AnyEnumType,
  'torch.Tensor': TensorT,
  'torch.device': DeviceType,
  'torch.dtype': IntType,
  'torch.qscheme': IntType,
  'torch.SymInt': IntType,
  'torch.Generator': GeneratorType,
  'torch.Stream': StreamType,
  'torch.LongTensor': TensorT,
  'torch.FloatTensor': TensorT,
  'torch.nn.Parameter': TensorT,
  'typing.Any': AnyType,
}

/** Names of types that are names of anything in Python. */
const shadowable = new Set(['Device', 'Generator', 'number', 'Scalar', 'Capsule', 'Stream', 'Storage'])

type Constructor = (types: Type[], range: SourceRange) => Type

function single(make: (type: Type) => Type): Constructor {
  return (types, range) => {
    if (types.length !== 1) fail('TSJ_UNKNOWN_TYPE', ` expected exactly one element type but found ${types.length}`, range)
    return make(types[0])
  }
}
const dict: Constructor = (types, range) => {
  if (types.length !== 2) fail('TSJ_UNKNOWN_TYPE', ` expected exactly 2 element types but found ${types.length}`, range)
  if (!keyKinds.has(types[0].kind)) {
    fail(
      'TSJ_UNKNOWN_TYPE',
      `Cannot create dict for key type '${types[0]}', only int, float, complex, Tensor, device and string keys are supported`,
      range,
    )
  }
  return new DictType(types[0], types[1])
}
const keyKinds = new Set(['Any', 'int', 'bool', 'float', 'complex', 'str', 'Tensor', 'Device'])
const tuple: Constructor = (types) => new TupleType(types)
const list = single((type) => new ListType(type))

const constructors: Readonly<Record<string, Constructor>> = {
  List: list,
  list,
  Tuple: tuple,
  tuple,
  Dict: dict,
  dict,
  Optional: single((type) =>
    type.kind === 'Optional' || type.kind === 'None' ? type : type.kind === 'Union' ? unionOf([type, NoneType]) : new OptionalType(type),
  ),
  Union: (types) => unionOf(types),
  Future: single((type) => new FutureType(type)),
  'torch.jit.Future': single((type) => new FutureType(type)),
  'torch.futures.Future': single((type) => new FutureType(type)),
  Await: single((type) => new AwaitType(type)),
  'torch.jit._Await': single((type) => new AwaitType(type)),
  RRef: single((type) => new RRefType(type)),
  Final: single((type) => type),
  Parameter: single((type) => type),
}

function constructorNamed(name: string): Constructor | undefined {
  const plain = stripTyping(name)
  return Object.hasOwn(constructors, plain) ? constructors[plain] : undefined
}

/** The type that an annotation names. Throws TSJ_UNKNOWN_TYPE. */
export function typeFromExpression(expression: Expression, resolver: TypeResolver): Type {
  if (!resolver.refuseAnnotation) return readType(expression, resolver)
  let type: Type
  try {
    type = readType(expression, resolver)
  } catch (error) {
    const isUnknown = error instanceof TsjitError && error.code === 'TSJ_UNKNOWN_TYPE' && !error.reason.startsWith('Attempted to use')
    if (isUnknown) resolver.refuseAnnotation(expression)
    throw error
  }
  if (hasBareContainer(type)) resolver.refuseAnnotation(expression)
  return type
}

/** `Optional[list]`: a list by itself is a type, a choice with it is none. */
function hasBareContainer(type: Type): boolean {
  const isChoice = type.kind === 'Optional' || type.kind === 'Union'
  return type.contained().some((part) => (isChoice && (part === AnyListType || part === AnyTupleType)) || hasBareContainer(part))
}

function readType(expression: Expression, resolver: TypeResolver): Type {
  switch (expression.type) {
    case 'Subscript': {
      const name = qualifiedName(expression.value)
      if (name === undefined) return fail('TSJ_UNKNOWN_TYPE', 'Subscripted type must be a type identifier', expression.value.range)
      const make = constructorNamed(name) ?? constructorNamed(resolver.resolveConstructor?.(name) ?? '')
      if (!make) return fail('TSJ_UNKNOWN_TYPE', `Unknown type constructor ${name}`, expression.range)
      const [first] = expression.indices
      if (expression.indices.length === 1 && first.type === 'Tuple') {
        return make(
          first.elements.map((element) => readType(element, resolver)),
          expression.range,
        )
      }
      return make(
        expression.indices.flatMap((index) => {
          if (index.type === 'Slice') return fail('TSJ_UNKNOWN_TYPE', 'a slice cannot be used in a type expression', index.range)
          if (index.type === 'Tuple' && !index.parenthesized) return index.elements.map((element) => readType(element, resolver))
          return [readType(index, resolver)]
        }),
        expression.range,
      )
    }
    case 'Constant':
      if (expression.value === null) return NoneType
      break
    case 'Binary':
      if (expression.operator === '|') return unionOf([readType(expression.left, resolver), readType(expression.right, resolver)])
      break
    case 'String': {
      const found = resolver.resolveType(expression.value, expression.range)
      if (found) return found
      return typeFromText(expression.value, resolver, expression.range)
    }
    case 'Name':
    case 'Attribute': {
      const name = qualifiedName(expression)
      if (name === undefined) break
      const plain = stripTyping(name)
      const known = Object.hasOwn(plainTypes, plain) ? plainTypes[plain] : undefined
      if (known && !shadowable.has(plain)) return known
      const found = resolver.resolveType(name, expression.range) ?? known
      if (found) return found
      if (plain === 'List') return AnyListType
      if (plain === 'Tuple') return AnyTupleType
      return fail('TSJ_UNKNOWN_TYPE', `Unknown type name '${name}'`, expression.range)
    }
  }
  return fail('TSJ_UNKNOWN_TYPE', `Expression of type ${kindName(expression)} cannot be used in a type expression`, expression.range)
}

/** A type written as text: Python evaluates it, so the names that only schemas have mean nothing there. */
function typeFromText(text: string, resolver: TypeResolver, range: SourceRange): Type {
  const unknown = (): never => fail('TSJ_UNKNOWN_TYPE', `Unknown type name '${text}'`, range)
  // Its resolver knows names and subscripts alone, where the file's own syntax is read by TorchScript.
  if (/[^\w.\s[\],()]|\b(number|Scalar|BroadcastingList\d)\b/.test(text)) return unknown()
  try {
    return readType(parseExpression(new Source(text, '<annotation>')), resolver)
  } catch (error) {
    if (error instanceof TsjitError && (error.code === 'TSJ_UNKNOWN_TYPE' || error.code.startsWith('TSJ_PARSE'))) return unknown()
    throw error
  }
}

/** PyTorch's names of kinds of expressions. */
function kindName(expression: Expression): string {
  if (expression.type === 'Constant') return expression.value === 'Ellipsis' ? 'dots' : String(expression.value)
  const names: Partial<Record<Expression['type'], string>> = {
    Conditional: 'if',
    Number: 'const',
    Call: 'apply',
    List: 'list-literal',
    Tuple: 'tuple-literal',
    Dict: 'dict-literal',
    FString: 'apply',
    Attribute: '.',
  }
  if (expression.type === 'Binary' || expression.type === 'Unary' || expression.type === 'BoolOp') return expression.operator
  return names[expression.type] ?? expression.type.toLowerCase()
}

/** `Final` is a word of class bodies: what is annotated in a function has no such type. */
export function refuseFinal(annotation: Expression): void {
  if (annotation.type !== 'Subscript') return
  const name = qualifiedName(annotation.value)
  if (name?.split('.').pop() === 'Final') fail('TSJ_UNKNOWN_TYPE', `Unknown type constructor ${name}`, annotation.range)
}

/** `BroadcastingList2[int]` (and `_size_2_t`): a list for which a single element may stand. Only parameters have it. */
export function broadcastingList(expression: Expression): { type: Type; size: number } | undefined {
  if (expression.type === 'Name') {
    const size = /^_size_(\d)_t$/.exec(expression.name)
    return size ? { type: new ListType(IntType), size: Number(size[1]) } : undefined
  }
  if (expression.type !== 'Subscript' || expression.value.type !== 'Name' || expression.indices.length !== 1) return undefined
  const [inner] = expression.indices
  if (inner.type === 'Slice') return undefined
  if (expression.value.name === 'Optional') {
    const list = broadcastingList(inner)
    return list && { type: new OptionalType(list.type), size: list.size }
  }
  const name = /^BroadcastingList(\d+)$/.exec(expression.value.name)
  if (!name) return undefined
  if (inner.type !== 'Name' || (inner.name !== 'int' && inner.name !== 'float')) {
    fail('TSJ_UNKNOWN_TYPE', 'Broadcastable lists only supported for int or float', expression.range)
  }
  return { type: new ListType((inner as { name: string }).name === 'int' ? IntType : FloatType), size: Number(name[1]) }
}

/** `a.b.c` as text, or undefined where the expression is something else. */
export function qualifiedName(expression: Expression): string | undefined {
  const parts: string[] = []
  let at = expression
  while (at.type === 'Attribute') {
    parts.push(at.name)
    at = at.value
  }
  return at.type === 'Name' ? [at.name, ...parts.reverse()].join('.') : undefined
}

function stripTyping(name: string): string {
  return name.startsWith('typing.') ? name.slice(7) : name
}
