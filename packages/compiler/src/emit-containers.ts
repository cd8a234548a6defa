import type { Value } from '@tsjit/ir'
import type { DictExpression, ListExpression } from '@tsjit/parser'
import {
  DictType,
  isSubtype,
  ListType,
  type SourceRange,
  StringType,
  TensorT,
  type Type,
  typeEquals,
  type UnionType,
  unifyTypes,
} from '@tsjit/types'
import { emitArguments, emitExpression } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { unifyTypeList } from './type-variables.ts'

/** A container's type hint with unions and optionals looked through: one type, or several candidates of a union. */
export interface ContainerHint {
  readonly type: Type | undefined
  readonly candidates: readonly Type[]
  /** The union (or optional) that the result is cast to. */
  readonly annotated: Type | undefined
}

/** Narrows `hint` to its lists or dicts. Throws TSJ_TYPE where it has none. */
export function containerHint(hint: Type | undefined, kind: 'List' | 'Dict', range: SourceRange): ContainerHint {
  if (!hint) return { type: undefined, candidates: [], annotated: undefined }
  let type = hint
  if (hint.kind === 'Union') {
    const candidates = (hint as UnionType).members.filter((member) => member.kind === kind)
    if (candidates.length === 0) {
      fail('TSJ_TYPE', `Expected an Union type annotation with an inner ${kind} type, but got ${hint.annotation()}`, range)
    }
    if (candidates.length > 1) return { type: hint, candidates, annotated: hint }
    type = candidates[0]
  } else if (hint.kind === 'Optional') type = hint.contained()[0]
  if (type.kind !== kind && type.kind !== 'Any')
    fail('TSJ_TYPE', `Expected an annotation of type ${kind} but got ${hint.annotation()}`, range)
  return {
    type: type.kind === 'Any' ? undefined : type,
    candidates: [],
    annotated: hint.kind === 'Union' || hint.kind === 'Optional' ? hint : undefined,
  }
}

function listOfCandidates(candidates: readonly Type[]): string {
  return candidates.map((type) => type.annotation()).join(candidates.length > 2 ? ', ' : ' or ')
}

/** The list of the candidates whose elements can hold `element`. */
export function chooseList(candidates: readonly Type[], element: Type, annotated: Type, range: SourceRange): ListType {
  let chosen: Type | undefined
  for (const candidate of candidates) {
    const inner = (candidate as ListType).element
    if (isSubtype(element, inner)) chosen = chosen ? (unifyTypes(chosen, inner) ?? chosen) : inner
  }
  if (!chosen) {
    fail(
      'TSJ_TYPE',
      `Union type annotation \`${annotated.annotation()}\` can hold ${listOfCandidates(candidates)}, but none of those types match the types of the given list elements, which were unified to ${element.annotation()}`,
      range,
    )
  }
  return new ListType(chosen!)
}

export function chooseDict(candidates: readonly Type[], key: Type, value: Type, annotated: Type, range: SourceRange): DictType {
  let chosen: DictType | undefined
  for (const candidate of candidates as readonly DictType[]) {
    if (!isSubtype(key, candidate.key) || !isSubtype(value, candidate.value)) continue
    if (!chosen || (isSubtype(chosen.key, candidate.key) && isSubtype(chosen.value, candidate.value))) chosen = candidate
  }
  if (!chosen) {
    fail(
      'TSJ_TYPE',
      `Union type annotation \`${annotated.annotation()}\` can hold ${listOfCandidates(candidates)}, but none of those dict types can hold the types of the given keys and values, which were unified to Dict[${key.annotation()}, ${value.annotation()}`,
      range,
    )
  }
  return chosen!
}

function castTo(emitter: FunctionEmitter, value: Value, annotated: Type | undefined, range: SourceRange): Value {
  return annotated ? emitter.graph.insert('prim::unchecked_cast', [value], [annotated], range).output : value
}

export function emitListLiteral(emitter: FunctionEmitter, { elements, range }: ListExpression, hint: Type | undefined): Value {
  const { graph } = emitter
  const values = emitArguments(emitter, elements).map(({ value }) => value)
  // An empty list without a type may become any list that a call asks for; else it is a list of tensors.
  if (values.length === 0 && !hint) return graph.insert('prim::EmptyListLiteral', [], [new ListType(TensorT)], range).output
  const wanted = containerHint(hint, 'List', range)
  let element: Type = wanted.type?.kind === 'List' ? (wanted.type as ListType).element : TensorT
  if (values.length === 0) {
    if (wanted.candidates.length > 0) {
      fail(
        'TSJ_TYPE',
        `Cannot assign an empty list to a variable annotated to be type ${hint!.annotation()} because there are multiple possible List type candidates in the Union annotation`,
        range,
      )
    }
  } else {
    const inner = wanted.type?.kind === 'List' ? (wanted.type as ListType).element : undefined
    const unified = unifyTypeList(
      values.map(({ type }) => type),
      true,
      inner,
    )!
    if (wanted.candidates.length > 0) element = chooseList(wanted.candidates, unified, hint!, range).element
    else if (inner) {
      if (!isSubtype(unified, inner)) {
        fail(
          'TSJ_TYPE',
          `List type annotation \`${wanted.type!.annotation()}\` did not match the types of the given list elements, which were unified to ${unified.annotation()}`,
          range,
        )
      }
    } else element = unified
  }
  const list = graph.insert('prim::ListConstruct', values, [new ListType(element)], range).output
  return castTo(emitter, list, wanted.annotated, range)
}

export function emitDictLiteral(emitter: FunctionEmitter, { keys, values, range }: DictExpression, hint: Type | undefined): Value {
  const keyValues: Value[] = []
  const valueValues: Value[] = []
  let valueType: Type | undefined
  keys.forEach((key, i) => {
    if (!key) fail('TSJ_UNSUPPORTED', 'Dict expansion (e.g. `{**dict}`) is not supported', values[i].range)
    keyValues.push(emitExpression(emitter, key))
    valueValues.push(emitExpression(emitter, values[i]))
    if (i === 0) valueType = valueValues[0].type
    else {
      if (keyValues[i - 1].type.kind !== keyValues[i].type.kind) {
        fail(
          'TSJ_TYPE',
          `Dict keys must contain only a single type. Expected: ${keyValues[i - 1].type.annotation()} but found ${keyValues[i].type.annotation()} instead`,
          key.range,
        )
      }
      valueType = unifyTypes(valueType!, valueValues[i].type, true)
    }
  })
  const wanted = containerHint(hint, 'Dict', range)
  let type = wanted.type as DictType | undefined
  if (wanted.candidates.length > 0) {
    if (keyValues.length === 0) {
      fail(
        'TSJ_TYPE',
        `Cannot assign an empty dict to a variable annotated to be type ${hint!.annotation()} because there are multiple possible Dict type candidates in the Union annotation`,
        range,
      )
    }
    type = chooseDict(wanted.candidates, keyValues[0].type, valueType!, hint!, range)
  }
  type ??= keyValues.length === 0 ? new DictType(StringType, TensorT) : new DictType(keyValues[0].type, valueType!)
  if (keyValues.length > 0) {
    if (!typeEquals(type.key, keyValues[0].type)) {
      fail(
        'TSJ_TYPE',
        `Type annotation was inferred to be ${type.annotation()}but the type of keys given by the dict literal is ${keyValues[0].type.annotation()}`,
        range,
      )
    }
    if (!isSubtype(valueType!, type.value)) {
      fail(
        'TSJ_TYPE',
        `Type annotation was inferred to be \`${type.annotation()}\`, but the type of values given by the dict literal is ${valueType!.annotation()}`,
        range,
      )
    }
  }
  const inputs = keyValues.flatMap((key, i) => [key, valueValues[i]])
  return castTo(emitter, emitter.graph.insert('prim::DictConstruct', inputs, [type], range).output, wanted.annotated, range)
}
