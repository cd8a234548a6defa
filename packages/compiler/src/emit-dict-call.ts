import type { Value } from '@tsjit/ir'
import type { Call, Expression } from '@tsjit/parser'
import { DictType, isSubtype, StringType, TensorT, type Type, typeEquals, type UnionType } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { insertString } from './constants.ts'
import { collectDict } from './emit-comprehension.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import { asSimple, type SugaredValue } from './sugared-values/sugared-value.ts'

/** `dict()`, `dict(mapping)`, `dict(pairs)`, `dict(a=1)`, and mixtures. */
export function emitDictCall(emitter: FunctionEmitter, call: Call, hint: Type | undefined): SugaredValue {
  const { graph } = emitter
  const { range } = call
  const annotated = hint?.kind === 'Union' ? hint : undefined
  const wanted = dictHint(hint, call)
  const finish = (value: Value): SugaredValue =>
    new SimpleValue(annotated ? graph.insert('prim::unchecked_cast', [value], [annotated], range).output : value)
  let [source] = call.args as readonly (Expression | undefined)[]
  if (source && source.type !== 'List') {
    const simple = asSimple(
      emitSugared(emitter, source, source.type === 'Dict' || source.type === 'DictComprehension' ? wanted : undefined),
    )
    if (simple?.type.kind === 'Dict') {
      const value = emitBuiltin(emitter, 'aten::dict', { args: [{ value: simple, range }], kwargs: [] }, range)
      addKeywords(emitter, call, value)
      return finish(value)
    }
  } else if (source?.type === 'List' && source.elements.length === 0) source = undefined
  if (!source && call.keywords.length === 0) {
    const type = wanted ?? new DictType(StringType, TensorT)
    return finish(graph.insert('prim::DictConstruct', [], [type], range).output)
  }

  // Everything else goes through a list of pairs; keywords join it where it is written out.
  const literal = source === undefined || source.type === 'List'
  let pairs: Expression | undefined = source
  if (literal) {
    const elements: Expression[] = source?.type === 'List' ? [...source.elements] : []
    for (const { name, value } of call.keywords) {
      elements.push({ type: 'Tuple', elements: [{ type: 'String', value: name ?? '', range }, value], parenthesized: true, range })
    }
    pairs = { type: 'List', elements, range }
  }
  const overName = emitter.temporaryName('$_iter')
  const names = ['$_key', '$_value'].map((prefix): Expression => ({ type: 'Name', name: emitter.temporaryName(prefix), range }))
  emitter.environment.setSugared(overName, emitSugared(emitter, pairs!), range)
  const value = collectDict(
    emitter,
    { type: 'Tuple', elements: names, parenthesized: true, range },
    () => emitter.environment.get(overName, range),
    () => [emitExpression(emitter, names[0]), emitExpression(emitter, names[1])],
    wanted,
    range,
  )
  if (!literal) addKeywords(emitter, call, value)
  return finish(value)
}

function dictHint(hint: Type | undefined, call: Call): DictType | undefined {
  if (!hint) return undefined
  if (hint.kind === 'Dict') return hint as DictType
  const members = hint.kind === 'Union' ? (hint as UnionType).members : hint.kind === 'Optional' ? hint.contained() : []
  const candidates = members.filter((member) => member.kind === 'Dict')
  if (candidates.length > 1) {
    fail(
      'TSJ_TYPE',
      `There are multiple candidate Dict types in the Union type annotation \`${hint.annotation()}\`, and full type inference is not yet supported for the \`dict()\` constructor.`,
      call.range,
    )
  }
  return candidates[0] as DictType | undefined
}

function addKeywords(emitter: FunctionEmitter, call: Call, dict: Value): void {
  const type = dict.type as DictType
  for (const { name, value: expression, range } of call.keywords) {
    const key = insertString(emitter.graph, name ?? '', range)
    const value = emitExpression(emitter, expression)
    if (!typeEquals(type.key, StringType)) {
      fail('TSJ_TYPE', `Generated key type str did not match the annotated key type, which was ${type.key.annotation()}\n`, range)
    }
    if (!isSubtype(value.type, type.value)) {
      fail(
        'TSJ_TYPE',
        `Generated value type ${value.type.annotation()} did not match the annotated value type, which was ${type.value.annotation()}\n`,
        range,
      )
    }
    emitBuiltin(emitter, 'aten::_set_item', { args: [{ value: dict }, { value: key }, { value }], kwargs: [] }, range)
  }
}
