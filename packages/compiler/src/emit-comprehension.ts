import type { Value } from '@tsjit/ir'
import type { DictComprehension, Expression, ListComprehension } from '@tsjit/parser'
import { DictType, isSubtype, ListType, type SourceRange, StringType, TensorT, type Type, typeEquals, unifyTypes } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { chooseDict, chooseList, containerHint } from './emit-containers.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import { emitForLoop } from './emit-loop.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

type Generators = ListComprehension['generators']

function onlyGenerator(generators: Generators, what: string, range: SourceRange): Generators[number] {
  if (generators.length !== 1) fail('TSJ_UNSUPPORTED', `Only a single generator is currently supported in ${what} comprehensions`, range)
  if (generators[0].conditions.length > 0)
    fail('TSJ_UNSUPPORTED', `Comprehension ifs are not supported yet`, generators[0].conditions[0].range)
  return generators[0]
}

/** Emits the loop in a scope of its own, which the conversion to SSA dissolves. */
function inScope(emitter: FunctionEmitter, over: () => SugaredValue, target: Expression, range: SourceRange, body: () => void): void {
  const scope = emitter.graph.insert('prim::ComprehensionScope', [], [], range).addBlock()
  emitter.inBlock(scope, () => emitForLoop(emitter, target, over(), body, range))
}

export function emitListComprehension(emitter: FunctionEmitter, comprehension: ListComprehension, hint: Type | undefined): Value {
  const { range } = comprehension
  const { target, iterable } = onlyGenerator(comprehension.generators, 'list', range)
  return collectList(
    emitter,
    target,
    () => emitSugared(emitter, iterable),
    () => emitExpression(emitter, comprehension.element),
    hint,
    range,
  )
}

/** `[element for target in over]`, by appending. */
export function collectList(
  emitter: FunctionEmitter,
  target: Expression,
  over: () => SugaredValue,
  element: () => Value,
  hint: Type | undefined,
  range: SourceRange,
): Value {
  const { graph } = emitter
  const list = graph.insert('prim::ListConstruct', [], [new ListType(TensorT)], range).output
  const wanted = containerHint(hint, 'List', range)
  let type = wanted.candidates.length > 0 ? undefined : (wanted.type as ListType | undefined)
  if (type) list.setType(type)
  inScope(emitter, over, target, range, () => {
    const value = element()
    const before = type?.element ?? value.type
    const unified = unifyTypes(before, value.type, true, type?.element)!
    if (wanted.candidates.length > 0) type = chooseList(wanted.candidates, unified, hint!, range)
    else if (!type) type = new ListType(unified)
    else if (!isSubtype(unified, type.element)) {
      fail(
        'TSJ_TYPE',
        `List type annotation \`${type.annotation()}\` did not match the types of the given list elements, which were unified to ${unified.annotation()}`,
        range,
      )
    }
    list.setType(type)
    value.setType(type.element)
    emitBuiltin(emitter, 'aten::append', { args: [{ value }], kwargs: [], self: { value: list } }, range)
  })
  return list
}

export function emitDictComprehension(emitter: FunctionEmitter, comprehension: DictComprehension, hint: Type | undefined): Value {
  const { range } = comprehension
  const { target, iterable } = onlyGenerator(comprehension.generators, 'dict', range)
  const entry = (): [Value, Value] => [emitExpression(emitter, comprehension.key), emitExpression(emitter, comprehension.value)]
  return collectDict(emitter, target, () => emitSugared(emitter, iterable), entry, hint, range)
}

/** `{key: value for target in over}`, by setting items. */
export function collectDict(
  emitter: FunctionEmitter,
  target: Expression,
  over: () => SugaredValue,
  entry: () => [Value, Value],
  hint: Type | undefined,
  range: SourceRange,
): Value {
  const { graph } = emitter
  const dict = graph.insert('prim::DictConstruct', [], [new DictType(StringType, TensorT)], range).output
  const wanted = containerHint(hint, 'Dict', range)
  const type = wanted.candidates.length > 0 ? undefined : (wanted.type as DictType | undefined)
  if (type) dict.setType(type)
  let keyType: Type | undefined
  let valueType: Type | undefined
  inScope(emitter, over, target, range, () => {
    const [key, value] = entry()
    if (key.type.kind === 'Union') {
      fail(
        'TSJ_TYPE',
        `Dicts may only contain homogeneous keys, but the type of the first generated key was ${key.type.annotation()}`,
        range,
      )
    }
    if (keyType && !typeEquals(keyType, key.type)) {
      fail(
        'TSJ_TYPE',
        `Dicts may only contain homogeneous keys. Expected dict comprehension to generate type ${keyType.annotation()}, but got ${key.type.annotation()}`,
        range,
      )
    }
    keyType = key.type
    valueType = unifyTypes(valueType ?? value.type, value.type, true, type?.value)!
    if (type && !hintFits(type, key.type, value.type)) {
      const wrong = isSubtype(key.type, type.key) ? ['value', value.type] : ['key', key.type]
      fail(
        'TSJ_TYPE',
        `Dict type annotation \`${type.annotation()}\` did not match the type of an actual ${wrong[0]} type \`${(wrong[1] as Type).annotation()}\`\n`,
        range,
      )
    }
    const now =
      type ??
      (wanted.candidates.length > 0 ? chooseDict(wanted.candidates, keyType, valueType, hint!, range) : new DictType(keyType, valueType))
    dict.setType(now)
    if (hint) {
      key.setType(now.key)
      value.setType(now.value)
    }
    emitBuiltin(emitter, 'aten::_set_item', { args: [{ value: dict }, { value: key }, { value }], kwargs: [] }, range)
  })
  if (hint?.kind === 'Union') return graph.insert('prim::unchecked_cast', [dict], [hint], range).output
  return dict
}

function hintFits(type: DictType, key: Type, value: Type): boolean {
  return isSubtype(key, type.key) && isSubtype(value, type.value)
}
