import type { Value } from '@tsjit/ir'
import type { Call, Expression } from '@tsjit/parser'
import { IntType, isSubtype, ListType, TensorT, TupleType, type Type, typeEquals, type UnionType } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { insertInt, insertNone, maxInt } from './constants.ts'
import { tryConvertToType, unpackTuple } from './conversions.ts'
import { emitKeywords } from './emit-call.ts'
import { collectList } from './emit-comprehension.ts'
import { emitHasAttr } from './emit-condition.ts'
import { emitDictCall } from './emit-dict-call.ts'
import { emitArguments, emitExpression, emitSugared } from './emit-expression.ts'
import { emitFork } from './emit-fork.ts'
import { emitIsInstance } from './emit-isinstance.ts'
import { emitDefaultObject } from './emit-object.ts'
import { emitRpc } from './emit-rpc.ts'
import { emitIndex } from './emit-subscript.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { ClassValue } from './sugared-values/class.ts'
import { IterableTree, RangeValue } from './sugared-values/iterables.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import type { SpecialForm, SpecialFormValue } from './sugared-values/special-form.ts'
import { asSimple, type SugaredValue } from './sugared-values/sugared-value.ts'
import { typeFromExpression } from './type-annotations.ts'

type EmitForm = (emitter: FunctionEmitter, call: Call, hint: Type | undefined, form: SpecialFormValue) => SugaredValue

/** One row a form: calls whose arguments follow rules of their own. */
const forms: Record<SpecialForm, EmitForm> = {
  fork: (emitter, call) => emitFork(emitter, call, 'prim::fork'),
  awaitable: (emitter, call) => emitFork(emitter, call, 'prim::awaitable'),
  rpc_async: (emitter, call) => emitRpc(emitter, call, 'rpc_async'),
  rpc_sync: (emitter, call) => emitRpc(emitter, call, 'rpc_sync'),
  rpc_remote: (emitter, call) => emitRpc(emitter, call, 'rpc_remote'),
  annotate: emitAnnotate,
  unchecked_cast: emitUncheckedCast,
  uninitialized: (emitter, call) => {
    expectArguments(call, 1)
    const type = typeFromExpression(call.args[0], emitter.resolver)
    return new SimpleValue(emitter.graph.insert('prim::Uninitialized', [], [type], call.range).output)
  },
  getattr: emitGetAttr,
  hasattr: (emitter, call) => {
    expectArguments(call, 2)
    return new SimpleValue(emitHasAttr(emitter, call.args[0], call.args[1]).value)
  },
  isinstance: (emitter, call) => {
    expectArguments(call, 2)
    return new SimpleValue(emitIsInstance(emitter, call.args[0], call.args[1]).value)
  },
  tuple: (emitter, call) => {
    expectArguments(call, 1)
    const values = emitSugared(emitter, call.args[0])
      .asTuple(emitter, call.range)
      .map((part) => part.asValue(emitter, call.range))
    return new SimpleValue(
      emitter.graph.insert('prim::TupleConstruct', values, [new TupleType(values.map(({ type }) => type))], call.range).output,
    )
  },
  list: emitList,
  dict: emitDictCall,
  range: (emitter, call) =>
    new RangeValue(
      emitter,
      call.range,
      emitArguments(emitter, call.args).map(({ value }) => value),
    ),
  enumerate: emitEnumerate,
  zip: (emitter, call) => {
    if (call.args.length === 0) fail('TSJ_ARGUMENTS', 'zip expected at least 1 arguments, got 0', call.range)
    const tree = new IterableTree()
    for (const arg of call.args) tree.add(emitSugared(emitter, arg).iter(emitter, call.range), call.range)
    return tree
  },
  tolist: (emitter, call, hint) => {
    const self = emitSugared(emitter, receiver(call)).asValue(emitter, call.range)
    if (!hint) return fail('TSJ_TYPE', 'Expected type hint for result of tolist()', call.range)
    return new SimpleValue(emitToList(emitter, self, hint, call))
  },
  getitem: (emitter, call) => {
    const self = emitSugared(emitter, receiver(call)).asValue(emitter, call.range)
    if (call.args.length !== 1) fail('TSJ_ARGUMENTS', `__getitem__ expected exactly 1 arguments, got ${call.args.length}`, call.range)
    const index = emitExpression(emitter, call.args[0])
    const indices = index.type.kind === 'Tuple' ? unpackTuple(emitter.graph, index, call.range) : [index]
    return new SimpleValue(emitIndex(emitter, call.range, self, indices))
  },
  __new__: (emitter, call) => {
    if (call.args.length !== 1) fail('TSJ_ARGUMENTS', 'Only one argument to __new__ allowed', call.range)
    const target = emitSugared(emitter, call.args[0])
    if (!(target instanceof ClassValue)) {
      return fail('TSJ_TYPE', `Expected class value as argument to __new__, got ${target.kind} instead`, call.range)
    }
    return new SimpleValue(emitDefaultObject(emitter, target.type, call.range))
  },
  LegacyTypedConstructor: emitLegacyConstructor,
}

export function emitSpecialForm(emitter: FunctionEmitter, form: SpecialFormValue, call: Call, hint: Type | undefined): SugaredValue {
  return forms[form.form](emitter, call, hint, form)
}

export function expectArguments(call: Call, least: number, most = least): void {
  const name = call.callee.type === 'Name' || call.callee.type === 'Attribute' ? call.callee.name : 'this function'
  const count = call.args.length
  if (count < least || count > most) {
    const text = least === most ? `exactly ${least} arguments` : `to have number of arguments between ${least} and ${most}`
    fail('TSJ_ARGUMENTS', `${name} expected ${text} but found ${count}`, call.range)
  }
  if (call.keywords.length > 0) fail('TSJ_ARGUMENTS', `${name} takes no keyword arguments`, call.range)
}

function receiver(call: Call): Expression {
  return call.callee.type === 'Attribute'
    ? call.callee.value
    : fail('TSJ_UNSUPPORTED', 'this method cannot be called through a variable', call.range)
}

function emitAnnotate(emitter: FunctionEmitter, call: Call): SugaredValue {
  expectArguments(call, 2)
  const type = typeFromExpression(call.args[0], emitter.resolver)
  const value = tryConvertToType(emitter.graph, emitExpression(emitter, call.args[1], type), type, true, call.range)
  if (!isSubtype(value.type, type)) {
    fail('TSJ_TYPE', `expected an expression of type ${type.annotation()} but found ${value.type.annotation()}\n`, call.args[0].range)
  }
  // A None that is annotated remembers what it could have been.
  const canBeNone =
    type.kind === 'Optional' || (type.kind === 'Union' && (type as UnionType).members.some((member) => member.kind === 'None'))
  if (canBeNone && value.type.kind === 'None') return new SimpleValue(insertNone(emitter.graph, call.range, type))
  return new SimpleValue(value)
}

function emitUncheckedCast(emitter: FunctionEmitter, call: Call): SugaredValue {
  expectArguments(call, 2)
  const type = typeFromExpression(call.args[0], emitter.resolver)
  const value = emitExpression(emitter, call.args[1])
  // Refinements have put a cast there already when the archive was written.
  if (value.node.kind === 'prim::unchecked_cast' && typeEquals(value.type, type)) return new SimpleValue(value)
  return new SimpleValue(emitter.graph.insert('prim::unchecked_cast', [value], [type], call.range).output)
}

function emitGetAttr(emitter: FunctionEmitter, call: Call): SugaredValue {
  expectArguments(call, 2, 3)
  const object = emitSugared(emitter, call.args[0])
  const name = call.args[1]
  if (name.type !== 'String') return fail('TSJ_TYPE', "getattr's second argument must be a string literal", call.range)
  if (call.args.length === 2 || object.hasAttr(emitter, call.range, name.value)) return object.attr(emitter, call.range, name.value)
  return emitSugared(emitter, call.args[2])
}

function emitEnumerate(emitter: FunctionEmitter, call: Call): SugaredValue {
  const { args, keywords, range } = call
  if (args.length === 0) fail('TSJ_ARGUMENTS', 'enumerate expected at least 1 arguments, got 0', range)
  const count = args.length + keywords.length
  if (count > 2) fail('TSJ_ARGUMENTS', `enumerate expected at most 2 arguments, got ${count}`, range)
  if (keywords.length === 1 && keywords[0].name !== 'start') {
    fail('TSJ_ARGUMENTS', `enumerate expected kwarg name 'start', got '${keywords[0].name}'`, range)
  }
  const startExpression = args[1] ?? keywords[0]?.value
  const inputs: Value[] = startExpression ? [emitExpression(emitter, startExpression)] : []
  inputs.push(emitter.literal({ type: IntType, value: maxInt }, range))
  const iterable = emitSugared(emitter, args[0]).iter(emitter, range)
  const tree = new IterableTree()
  tree.add(new RangeValue(emitter, range, inputs, iterable.staticLength()), range)
  tree.add(iterable, range)
  return tree
}

function emitList(emitter: FunctionEmitter, call: Call, hint: Type | undefined): SugaredValue {
  const { range } = call
  if (call.args.length === 0) {
    const type = hint ?? new ListType(TensorT)
    if (type.kind !== 'List') fail('TSJ_TYPE', `Expected list type annotation for list(), found ${type.annotation()}`, range)
    return new SimpleValue(emitter.graph.insert('prim::ListConstruct', [], [type], range).output)
  }
  expectArguments(call, 1)
  const over = emitSugared(emitter, call.args[0])
  const simple = asSimple(over)
  if (simple && (simple.type.kind === 'List' || simple.type.kind === 'str')) {
    return new SimpleValue(emitBuiltin(emitter, 'aten::list', { args: [{ value: simple, range }], kwargs: [] }, range))
  }
  const overName = emitter.temporaryName('$_iter')
  emitter.environment.setSugared(overName, over, range)
  const element: Expression = { type: 'Name', name: emitter.temporaryName('$_elem'), range }
  const list = collectList(
    emitter,
    element,
    () => emitter.environment.get(overName, range),
    () => emitExpression(emitter, element),
    hint,
    range,
  )
  return new SimpleValue(list)
}

const toListElements: Readonly<Record<string, number>> = { int: 0, float: 1, bool: 2, complex: 3 }

/** `prim::tolist(tensor, dim, elementType)`, where `dim` is the depth of the wanted list. */
function emitToList(emitter: FunctionEmitter, self: Value, type: Type, call: Call): Value {
  const { graph } = emitter
  let dim = 0
  let element = type
  for (; element.kind === 'List'; dim++) element = (element as ListType).element
  const code = Object.hasOwn(toListElements, element.kind) ? toListElements[element.kind] : undefined
  if (code === undefined) {
    return fail(
      'TSJ_TYPE',
      `${element.annotation()} is not one of the supported element types for tolist: int, float, complex, bool`,
      call.range,
    )
  }
  const inputs = [self, insertInt(graph, dim, call.range), insertInt(graph, code, call.range)]
  return graph.insert('prim::tolist', inputs, [type], call.range).output
}

/** `torch.FloatTensor(2, 3)` and its like: the two ways that TorchScript knows. */
function emitLegacyConstructor(emitter: FunctionEmitter, call: Call, _hint: Type | undefined, form: SpecialFormValue): SugaredValue {
  const { range } = call
  const { graph } = emitter
  const args = emitArguments(emitter, call.args).map(({ value }) => value)
  const keywords = emitKeywords(emitter, call)
  const message =
    "Legacy Tensor Constructor only supports two schemas in TorchScript: \n'new(IntArrayRef size, *, Device? device=None)',\n'new(PyObject* data, *, Device? device=None)\n'"
  if (keywords.length > 1) fail('TSJ_ARGUMENTS', `${message}Got multiple kwargs\n`, range)
  if (keywords.length === 1 && keywords[0].name !== 'device') fail('TSJ_ARGUMENTS', `${message}Got kwarg ${keywords[0].name}`, range)
  const kwargs = [{ value: insertInt(graph, form.dtype ?? 6, range), name: 'dtype' }]
  const intList = (): Value => graph.insert('prim::ListConstruct', args, [new ListType(IntType)], range).output
  const build = (symbol: string, value: Value): SugaredValue =>
    new SimpleValue(emitBuiltin(emitter, symbol, { args: [{ value }], kwargs }, range))
  if (args.length === 0) return build('aten::tensor', intList())
  if (args.every(({ type }) => type.kind === 'int')) return build('aten::empty', intList())
  if (args.length === 1) return build('aten::tensor', args[0])
  return fail('TSJ_ARGUMENTS', `${message}Got multiple positional arguments that were not all integers`, range)
}
