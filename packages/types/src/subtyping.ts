import {
  type ClassType,
  ComplexType,
  FloatType,
  type InterfaceType,
  IntType,
  NoneType,
  OptionalType,
  ScalarType,
  TupleType,
  type Type,
  type TypeKind,
  typeEquals,
  UnionType,
} from './type.ts'

/**
 * Whether a value of type `a` can stand where `b` is asked for: PyTorch's `isSubtypeOf`.
 * Lists and dicts are invariant, tuples covariant, `T <: Optional[T] <: Any`, numbers `<: Scalar`.
 */
export function isSubtype(a: Type, b: Type): boolean {
  if (a === b || b.kind === 'Any') return true
  if (a.kind === 'Union' && b.kind !== 'Optional' && b.kind !== 'Union')
    return (a as UnionType).members.every((member) => isSubtype(member, b))
  switch (b.kind) {
    case 'Optional': {
      const element = (b as OptionalType).element
      if (a.kind === 'None') return true
      if (a.kind === 'Optional') return isSubtype((a as OptionalType).element, element)
      if (a.kind === 'Union') return (a as UnionType).members.every((member) => isSubtype(member, b))
      return isSubtype(a, element)
    }
    case 'Union': {
      const members = (b as UnionType).members
      if (a.kind === 'Union') return (a as UnionType).members.every((member) => isSubtype(member, b))
      if (a.kind === 'Optional') return isSubtype(NoneType, b) && isSubtype((a as OptionalType).element, b)
      if (a.kind === 'Scalar') return [IntType, FloatType, ComplexType].every((t) => members.some((m) => isSubtype(t, m)))
      return members.some((member) => isSubtype(a, member))
    }
    case 'Scalar':
      return a.kind === 'int' || a.kind === 'float' || a.kind === 'complex' || a.kind === 'Scalar'
    case 'AnyList':
      return a.kind === 'List' || a.kind === 'AnyList'
    case 'AnyTuple':
      return a.kind === 'Tuple' || a.kind === 'AnyTuple'
    case 'AnyClass':
      return a.kind === 'Class' || a.kind === 'AnyClass'
    case 'AnyEnum':
      return a.kind === 'Enum' || a.kind === 'AnyEnum'
    case 'List':
      // Schemas do not tell the classes that C++ binds apart.
      if (b.contained()[0].kind === 'AnyClass' && a.kind === 'List') return isSubtype(a.contained()[0], b.contained()[0])
      break
    case 'Tensor':
      return a.kind === 'Tensor'
    case 'Tuple': {
      if (a.kind !== 'Tuple') return false
      const left = a as TupleType
      const right = b as TupleType
      if (right.name !== undefined && left.name !== right.name) return false
      return left.elements.length === right.elements.length && left.elements.every((type, i) => isSubtype(type, right.elements[i]))
    }
    case 'Future':
    case 'Await':
      return a.kind === b.kind && isSubtype(a.contained()[0], b.contained()[0])
    case 'Interface':
      return implementsInterface(a, b as InterfaceType)
  }
  return typeEquals(a, b)
}

function implementsInterface(a: Type, wanted: InterfaceType): boolean {
  if (a.kind === 'Interface') {
    const has = a as InterfaceType
    if (has.name === wanted.name) return true
    return [...wanted.methods].every(([name, schema]) => {
      const own = has.methods.get(name)
      return own !== undefined && schemaFits(own, schema)
    })
  }
  if (a.kind !== 'Class' || (a as ClassType).isModule !== wanted.isModule) return false
  return [...wanted.methods].every(([name, schema]) => {
    const own = (a as ClassType).methods.get(name)
    return own !== undefined && schemaFits(own.schema, schema)
  })
}

type SchemaShape = { readonly args: readonly { name: string; type: Type }[]; readonly returns: readonly { type: Type }[] }

/** Arguments contravariant, returns covariant, self left out, names equal. */
function schemaFits(own: SchemaShape, wanted: SchemaShape): boolean {
  if (own.args.length !== wanted.args.length || own.returns.length !== wanted.returns.length) return false
  return (
    own.args.every((arg, i) => i === 0 || (arg.name === wanted.args[i].name && isSubtype(wanted.args[i].type, arg.type))) &&
    own.returns.every((ret, i) => isSubtype(ret.type, wanted.returns[i].type))
  )
}

/** A union in normal form: flattened, without members that others include; one member and None become `Optional`. */
export function unionOf(types: readonly Type[]): Type {
  const flat: Type[] = []
  const add = (type: Type): void => {
    if (type.kind === 'Union') (type as UnionType).members.forEach(add)
    else if (type.kind === 'Optional') {
      add((type as OptionalType).element)
      add(NoneType)
    } else if (type.kind === 'Scalar') [IntType, FloatType, ComplexType].forEach(add)
    else if (!flat.some((have) => typeEquals(have, type))) flat.push(type)
  }
  types.forEach(add)
  const kept = flat.filter((type, i) => !flat.some((other, j) => j !== i && isSubtype(type, other) && !(isSubtype(other, type) && j > i)))
  if (kept.length === 1) return kept[0]
  if (kept.length === 2 && kept.some((type) => type.kind === 'None')) return new OptionalType(kept.find((type) => type.kind !== 'None')!)
  const isNumber = (type: Type): boolean => type === IntType || type === FloatType || type === ComplexType
  if (kept.length === 3 && kept.every(isNumber)) return ScalarType
  if (kept.length === 4 && kept.filter(isNumber).length === 3 && kept.some((t) => t.kind === 'None')) return new OptionalType(ScalarType)
  return new UnionType(sortTypes(kept))
}

/** The order of PyTorch's type kinds, in which it keeps the members of unions. */
const kindOrder: readonly TypeKind[] = [
  'Any',
  'Enum',
  'AnyEnum',
  'Tensor',
  'Storage',
  'Tuple',
  'List',
  'Dict',
  'Scalar',
  'float',
  'complex',
  'Future',
  'Await',
  'RRef',
  'int',
  'None',
  'str',
  'Generator',
  'bool',
  'Optional',
  'Var',
  'Device',
  'Stream',
  'Function',
  'Class',
  'Capsule',
  'Interface',
  'AnyList',
  'AnyTuple',
  'AnyClass',
  'Union',
]

export function sortTypes(types: readonly Type[]): Type[] {
  return [...types].sort((a, b) => kindOrder.indexOf(a.kind) - kindOrder.indexOf(b.kind) || (String(a) < String(b) ? -1 : 1))
}

/** The smallest common supertype that PyTorch's `unifyTypes` gives, or undefined where there is none. */
export function unifyTypes(a: Type, b: Type, defaultToUnion = false, hint?: Type): Type | undefined {
  const found = unifyImplementation(a, b, defaultToUnion)
  if (found) return found
  if (defaultToUnion) return hint && isSubtype(a, hint) && isSubtype(b, hint) ? hint : unionOf([a, b])
  return undefined
}

function unifyImplementation(a: Type, b: Type, defaultToUnion: boolean): Type | undefined {
  if (isSubtype(a, b)) return b
  if (isSubtype(b, a)) return a
  if (a.kind === 'Tensor' && b.kind === 'Tensor') return a
  if (a.kind === 'None' && b.kind !== 'None') return optionalOf(b)
  if (b.kind === 'None' && a.kind !== 'None') return optionalOf(a)
  if (a.kind === 'Optional' || b.kind === 'Optional') {
    const left = a.kind === 'Optional' ? (a as OptionalType).element : a
    const right = b.kind === 'Optional' ? (b as OptionalType).element : b
    const inner = unifyImplementation(left, right, defaultToUnion)
    return inner && optionalOf(inner)
  }
  if (a.kind === 'Tuple' && b.kind === 'Tuple') {
    const left = a as TupleType
    const right = b as TupleType
    if (left.elements.length !== right.elements.length) return undefined
    const elements: Type[] = []
    for (let i = 0; i < left.elements.length; i++) {
      const element = unifyTypes(left.elements[i], right.elements[i], defaultToUnion)
      if (!element) return undefined
      elements.push(element)
    }
    return new TupleType(elements)
  }
  return undefined
}

export function optionalOf(type: Type): Type {
  if (type.kind === 'Optional' || type.kind === 'None' || type.kind === 'Any') return type
  if (type.kind === 'Union') return unionOf([type, NoneType])
  return new OptionalType(type)
}
