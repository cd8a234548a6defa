import {
  AwaitType,
  DictType,
  FutureType,
  ListType,
  OptionalType,
  RRefType,
  TupleType,
  type Type,
  type UnionType,
  unifyTypes,
  unionOf,
  type VarType,
} from '@tsjit/types'

/** What the type variables of a schema stand for in one call. */
export type TypeBindings = Map<string, Type>

const freeVariables = new WeakMap<Type, boolean>()

export function hasFreeVariables(type: Type): boolean {
  if (type.kind === 'Var') return true
  const inside = type.contained()
  if (inside.length === 0) return false
  let known = freeVariables.get(type)
  if (known === undefined) {
    known = inside.some(hasFreeVariables)
    freeVariables.set(type, known)
  }
  return known
}

/** Binds the variables of `formal` so that `actual` fits. Returns undefined on success, else PyTorch's reason. */
export function matchTypeVariables(formal: Type, actual: Type, bindings: TypeBindings): string | undefined {
  if (!hasFreeVariables(formal)) return undefined
  switch (formal.kind) {
    case 'Var': {
      const { name } = formal as VarType
      const bound = bindings.get(name)
      if (!bound) {
        bindings.set(name, actual)
        return undefined
      }
      // The binding stays even where `actual` is the wider type: the subtype check of the argument reports that.
      if (unifyTypes(bound, actual)) return undefined
      return `Type variable '${name}' previously matched to type ${bound.annotation()} is matched to type ${actual.annotation()}`
    }
    case 'List': {
      const { element } = formal as ListType
      if (actual.kind === 'List') {
        const reason = matchTypeVariables(element, (actual as ListType).element, bindings)
        return reason && `Can't match ${formal.annotation()} to ${actual.annotation()}: ${reason}`
      }
      if (actual.kind === 'Tuple') {
        const unified = unifyTypeList((actual as TupleType).elements)
        if (unified) return matchTypeVariables(element, unified, bindings)
      }
      return `Cannot match ${formal.annotation()} to ${actual.annotation()}`
    }
    case 'Tuple': {
      if (actual.kind !== 'Tuple') return `Cannot match a tuple to ${actual.annotation()}`
      const wanted = formal.contained()
      const given = actual.contained()
      if (wanted.length !== given.length) return 'Cannot match tuples of mismatched size'
      for (let i = 0; i < wanted.length; i++) {
        const reason = matchTypeVariables(wanted[i], given[i], bindings)
        if (reason) return reason
      }
      return undefined
    }
    case 'Future':
    case 'Await':
    case 'RRef':
      if (actual.kind !== formal.kind) return `Cannot match a ${formal.kind.toLowerCase()} to ${actual.annotation()}`
      return matchTypeVariables(formal.contained()[0], actual.contained()[0], bindings)
    case 'Optional': {
      const { element } = formal as OptionalType
      if (actual.kind === 'Optional') return matchTypeVariables(element, (actual as OptionalType).element, bindings)
      // None is an optional of an unknown type: it matches, and binds nothing.
      return actual.kind === 'None' ? undefined : matchTypeVariables(element, actual, bindings)
    }
    case 'Dict': {
      if (actual.kind !== 'Dict') return `Cannot match a dict to ${actual.annotation()}`
      const wanted = formal as DictType
      const given = actual as DictType
      return matchTypeVariables(wanted.key, given.key, bindings) ?? matchTypeVariables(wanted.value, given.value, bindings)
    }
    default:
      return `Unhandled free variable container: ${formal.annotation()}`
  }
}

/** `type` with its variables replaced, or undefined where one is unbound. */
export function evaluateTypeVariables(type: Type, bindings: TypeBindings): Type | undefined {
  if (!hasFreeVariables(type)) return type
  if (type.kind === 'Var') return bindings.get((type as VarType).name)
  const inside = type.contained().map((part) => evaluateTypeVariables(part, bindings))
  if (inside.some((part) => part === undefined)) return undefined
  const parts = inside as Type[]
  switch (type.kind) {
    case 'List':
      return new ListType(parts[0])
    case 'Dict':
      return new DictType(parts[0], parts[1])
    case 'Tuple':
      return new TupleType(parts, (type as TupleType).name, (type as TupleType).fields)
    case 'Optional':
      return parts[0].kind === 'Optional' || parts[0].kind === 'None' || parts[0].kind === 'Any' ? parts[0] : new OptionalType(parts[0])
    case 'Future':
      return new FutureType(parts[0])
    case 'Await':
      return new AwaitType(parts[0])
    case 'RRef':
      return new RRefType(parts[0])
    case 'Union':
      return unionOf(parts as unknown as UnionType['members'])
    default:
      return undefined
  }
}

/** The common supertype of several types, or undefined. */
export function unifyTypeList(types: readonly Type[], defaultToUnion = false, hint?: Type): Type | undefined {
  let result = types[0]
  for (let i = 1; i < types.length; i++) {
    const next = unifyTypes(result, types[i], defaultToUnion, hint)
    if (!next) return undefined
    result = next
  }
  return result
}
