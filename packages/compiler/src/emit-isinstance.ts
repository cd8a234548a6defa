import type { Expression } from '@tsjit/parser'
import {
  AnyType,
  BoolType,
  ComplexType,
  FloatType,
  IntType,
  isSubtype,
  NoneType,
  type OptionalType,
  sortTypes,
  type Type,
  typeEquals,
  type UnionType,
  unifyTypes,
} from '@tsjit/types'
import { type Condition, knownCondition } from './emit-condition.ts'
import { emitExpression } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { type Refinement, RefinementSet } from './refinements.ts'
import { typeFromExpression } from './type-annotations.ts'
import { unifyTypeList } from './type-variables.ts'

/** `isinstance(x, T)` or `isinstance(x, (T, U))`: decided at compile time where the static type tells. */
export function emitIsInstance(emitter: FunctionEmitter, object: Expression, classes: Expression): Condition {
  const value = emitExpression(emitter, object)
  const wanted: Type[] = []
  const gather = (expression: Expression): void => {
    if (expression.type === 'Tuple') expression.elements.forEach(gather)
    else wanted.push(typeFromExpression(expression, emitter.resolver))
  }
  gather(classes)
  const given = flatten([value.type])
  const asked = flatten(wanted)

  const positive: Type[] = []
  const negative: Type[] = []
  let always = true
  for (const type of given) {
    if (type.kind === 'Any') {
      positive.push(...asked)
      negative.push(AnyType)
      if (positive.length !== 1 || positive[0].kind !== 'Any') always = false
      break
    }
    let refined: Type | undefined
    for (const other of asked) {
      const smaller = isSubtype(type, other) ? type : isSubtype(other, type) ? other : undefined
      if (!smaller) continue
      if (typeEquals(smaller, type)) refined = type
      else refined = refined ? (unifyTypes(refined, other) ?? other) : other
    }
    if (refined) {
      positive.push(refined)
      if (!typeEquals(refined, type)) {
        // A member that only partly fits may still be itself where the check fails.
        negative.push(type)
        always = false
      }
    } else {
      negative.push(type)
      always = false
    }
  }
  const refine = (types: readonly Type[]): Refinement[] => {
    const type = types.length > 0 ? unifyTypeList(types, true) : undefined
    return object.type === 'Name' && type ? [{ name: object.name, type }] : []
  }
  const refinements = new RefinementSet(refine(positive), refine(negative))
  if (always) return knownCondition(emitter, true, object.range, refinements)
  if (positive.length === 0) return knownCondition(emitter, false, object.range, refinements)
  const node = emitter.graph.insert('prim::isinstance', [value], [BoolType], object.range)
  node.setAttribute('types', { kind: 'tys', value: asked })
  return { value: node.output, refinements, known: undefined }
}

/** Unions, optionals and numbers as the types they hold, sorted, without those that others include (`standardizeVectorForUnion`). */
function flatten(types: readonly Type[]): Type[] {
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
  const kept = flat.filter((type) => !flat.some((other) => other !== type && isSubtype(type, other)))
  return sortTypes(kept)
}
