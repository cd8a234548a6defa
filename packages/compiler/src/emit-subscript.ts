import type { Value } from '@tsjit/ir'
import type { Expression, Slice, Subscript } from '@tsjit/parser'
import { IntType, isSubtype, ListType, NoneType, OptionalType, type SourceRange, TensorT, TupleType, type Type } from '@tsjit/types'
import { emitBuiltin } from './builtin-calls.ts'
import { constantInt, insertInt, insertNone } from './constants.ts'
import { convertibleToList } from './conversions.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import { SliceValue } from './sugared-values/slice.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

type Index = Expression | Slice

const optionalTensor = new OptionalType(TensorT)
const longDType = 4

const isEllipsis = (index: Index): boolean => index.type === 'Constant' && index.value === 'Ellipsis'

/** `x[…]`: items, slices, and NumPy's indexing of tensors. */
export function emitSubscript(emitter: FunctionEmitter, subscript: Subscript, hint: Type | undefined): SugaredValue {
  const { indices, range } = subscript
  const base = emitSugared(emitter, subscript.value)
  const valueRange = subscript.value.range
  if (indices.length !== 1) return new SimpleValue(emitMultidimensional(emitter, range, base.asValue(emitter, valueRange), indices))
  const [index] = indices
  if (index.type === 'Slice') {
    // A slice of a module container is a tuple of its modules.
    if (base.kind === 'module') return new SimpleValue(emitSlice(emitter, range, moduleTuple(emitter, base, valueRange), undefined, index))
    const value = base.asValue(emitter, valueRange)
    const dim = value.type.kind === 'Tensor' ? insertInt(emitter.graph, 0, range) : undefined
    return new SimpleValue(emitSlice(emitter, range, value, dim, index))
  }
  const sugared = emitSugared(emitter, index)
  const value = base.asValue(emitter, valueRange)
  if (sugared instanceof SliceValue) {
    const dim = value.type.kind === 'Tensor' ? insertInt(emitter.graph, 0, range) : undefined
    return new SimpleValue(emitSliceValue(emitter, range, value, dim, sugared))
  }
  if (value.type.kind === 'Tensor') return new SimpleValue(emitMultidimensional(emitter, range, value, indices, sugared))
  const key = sugared.asValue(emitter, index.range)
  if (value.type.kind === 'Tuple') return new SimpleValue(emitTupleIndex(emitter, range, value, key))
  return base.getItem(emitter, range, key, hint)
}

function call(emitter: FunctionEmitter, symbol: string, values: readonly Value[], range: SourceRange): Value {
  return emitBuiltin(emitter, symbol, { args: values.map((value) => ({ value, range })), kwargs: [] }, range)
}

function moduleTuple(emitter: FunctionEmitter, modules: SugaredValue, range: SourceRange): Value {
  const values = modules.asTuple(emitter, range).map((module) => module.asValue(emitter, range))
  return emitter.graph.insert('prim::TupleConstruct', values, [new TupleType(values.map(({ type }) => type))], range).output
}

function emitSlice(emitter: FunctionEmitter, range: SourceRange, value: Value, dim: Value | undefined, slice: Slice): Value {
  const start = slice.start && emitExpression(emitter, slice.start)
  const end = slice.stop && emitExpression(emitter, slice.stop)
  let step = slice.step && emitExpression(emitter, slice.step)
  const { graph } = emitter
  if (value.type.kind === 'Tuple') return emitTupleSlice(emitter, range, value, start, end, step)
  step ??= insertInt(graph, 1, range)
  const none = (given: Value | undefined): Value => given ?? insertNone(graph, range)
  return call(emitter, 'aten::slice', [value, ...(dim ? [dim] : []), none(start), none(end), step], range)
}

function emitSliceValue(emitter: FunctionEmitter, range: SourceRange, value: Value, dim: Value | undefined, slice: SliceValue): Value {
  const { start, stop, step } = slice
  if (value.type.kind === 'Tuple') return emitTupleSlice(emitter, range, value, start, stop, step)
  return call(emitter, 'aten::slice', [value, ...(dim ? [dim] : []), start, stop, step], range)
}

function emitTupleIndex(emitter: FunctionEmitter, range: SourceRange, tuple: Value, index: Value): Value {
  const { elements } = tuple.type as TupleType
  if (index.type.kind !== 'int') fail('TSJ_TYPE', 'tuple index must be an integer', range)
  const known = constantInt(index)
  let type: Type
  if (known === undefined) {
    if (elements.length === 0 || !convertibleToList(tuple.type, new ListType(elements[0]))) {
      fail(
        'TSJ_TYPE',
        `Cannot index into a ${tuple.type.annotation()} with a non-integer literal because we cannot resolve the output type`,
        range,
      )
    }
    type = elements[0]
  } else {
    const at = Number(known) < 0 ? elements.length + Number(known) : Number(known)
    if (at < 0 || at >= elements.length) {
      fail('TSJ_TYPE', `Tuple index out of range. Tuple is length ${elements.length} and index is ${known}`, range)
    }
    type = elements[at]
  }
  return emitter.graph.insert('prim::TupleIndex', [tuple, index], [type], range).output
}

function emitTupleSlice(emitter: FunctionEmitter, range: SourceRange, tuple: Value, start?: Value, end?: Value, step?: Value): Value {
  const { graph } = emitter
  const { elements } = tuple.type as TupleType
  const known = (value: Value | undefined): number | undefined => {
    if (!value) return undefined
    const found = constantInt(value)
    if (found === undefined) fail('TSJ_TYPE', 'tuple slice indices must be integer constants', range)
    return Number(found)
  }
  const chosen = sliceIndices(elements.length, known(start), known(end), known(step) ?? 1, range)
  const values = chosen.map((i) => {
    const index = insertInt(graph, i, range)
    return graph.insert('prim::TupleIndex', [tuple, index], [elements[i]], range).output
  })
  return graph.insert('prim::TupleConstruct', values, [new TupleType(values.map(({ type }) => type))], range).output
}

/** Python's rule for `[start:end:step]` over a known length. */
function sliceIndices(length: number, start: number | undefined, end: number | undefined, step: number, range: SourceRange): number[] {
  if (step === 0) fail('TSJ_TYPE', 'List slice should have non-zero step', range)
  const clamp = (at: number, low: number, high: number): number => Math.min(Math.max(at < 0 ? at + length : at, low), high)
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1]
  const from = start === undefined ? (step > 0 ? 0 : length - 1) : clamp(start, low, high)
  const to = end === undefined ? (step > 0 ? length : -1) : clamp(end, low, high)
  const result: number[] = []
  for (let i = from; step > 0 ? i < to : i > to; i += step) result.push(i)
  return result
}

/** The tensor after its int, slice and None indices, and the tensor indices that are left, by dimension. */
export interface Indexed {
  readonly sliced: Value
  readonly tensorIndices: readonly Value[]
}

/**
 * Emits select, slice and unsqueeze for the indices that are ints, slices and None, left to right up to an ellipsis, then right to
 * left behind it. Tensor (and list) indices are returned, `None` for dimensions that have none.
 */
export function emitIntAndSliceIndexing(
  emitter: FunctionEmitter,
  range: SourceRange,
  value: Value,
  indices: readonly Index[],
  /** The only index, where it has been emitted. */
  emitted?: SugaredValue,
): Indexed {
  const dims = new Array<number>(indices.length).fill(0)
  const values = new Array<Value | undefined>(indices.length)
  const slices = new Array<SliceValue | undefined>(indices.length)
  const place = (at: number, dim: number, reverse: boolean): number => {
    dims[at] = dim
    const index = indices[at]
    if (index.type === 'Slice') return reverse ? dim - 1 : dim + 1
    // PyTorch emits an index to see what it is, and again to use it: what it does happens as often.
    const again = hasCall(index)
    const first = emitted && !again ? emitted : emitSugared(emitter, index, isNone(index) ? NoneType : undefined)
    if (first instanceof SliceValue) {
      slices[at] = first
      return reverse ? dim - 1 : dim + 1
    }
    let key = again ? emitExpression(emitter, index) : first.asValue(emitter, index.range)
    if (key.type.kind === 'List') {
      const dtype = insertInt(emitter.graph, longDType, range)
      key = emitBuiltin(emitter, 'aten::tensor', { args: [{ value: key }], kwargs: [{ value: dtype, name: 'dtype' }] }, range)
    }
    values[at] = key
    if (key.type.kind === 'None') return reverse ? dim : dim + 1
    if (key.type === IntType) return reverse ? dim - 1 : dim
    if (isSubtype(key.type, optionalTensor)) {
      if (reverse) fail('TSJ_UNSUPPORTED', 'Ellipses followed by tensor indexing is currently not supported', range)
      return dim + 1
    }
    return fail(
      'TSJ_TYPE',
      `Unsupported operation: indexing tensor with unsupported index type '${key.type.annotation()}'. Only ints, slices, lists and tensors are supported`,
      range,
    )
  }
  let at = 0
  for (let dim = 0; at < indices.length && !isEllipsis(indices[at]); at++) dim = place(at, dim, false)
  for (let back = indices.length - 1, dim = -1; back > at; back--) {
    if (isEllipsis(indices[back])) fail('TSJ_UNSUPPORTED', "An index can only have a single ellipsis ('...')", range)
    dim = place(back, dim, true)
  }

  let sliced = value
  const tensors: (Value | undefined)[] = []
  indices.forEach((index, i) => {
    const key = values[i]
    const dim = (): Value => insertInt(emitter.graph, dims[i], range)
    if (!key) {
      const slice = slices[i]
      if (index.type === 'Slice') sliced = emitSlice(emitter, range, sliced, dim(), index)
      else if (slice) sliced = emitSliceValue(emitter, range, sliced, dim(), slice)
    } else if (key.type.kind === 'None') sliced = call(emitter, 'aten::unsqueeze', [sliced, dim()], range)
    else if (key.type === IntType) sliced = call(emitter, 'aten::select', [sliced, dim(), key], range)
    else tensors[dims[i]] = key
  })
  const tensorIndices = Array.from(tensors, (index) => index ?? insertNone(emitter.graph, range))
  return { sliced, tensorIndices }
}

const isNone = (index: Index): boolean => index.type === 'Constant' && index.value === null

function hasCall(expression: Index): boolean {
  switch (expression.type) {
    case 'Call':
      return true
    case 'Attribute':
      return hasCall(expression.value)
    case 'Subscript':
      return hasCall(expression.value) || expression.indices.some(hasCall)
    case 'List':
    case 'Tuple':
      return expression.elements.some(hasCall)
    case 'Unary':
      return hasCall(expression.operand)
    case 'Binary':
      return hasCall(expression.left) || hasCall(expression.right)
    case 'Compare':
      return hasCall(expression.left) || expression.rest.some(({ right }) => hasCall(right))
  }
  return false
}

function emitMultidimensional(
  emitter: FunctionEmitter,
  range: SourceRange,
  value: Value,
  indices: readonly Index[],
  emitted?: SugaredValue,
): Value {
  if (value.type.kind !== 'Tensor') {
    fail('TSJ_TYPE', 'Unsupported operation: attempted to use multidimensional indexing on a non-tensor type', range)
  }
  const { sliced, tensorIndices } = emitIntAndSliceIndexing(emitter, range, value, indices, emitted)
  return tensorIndices.length === 0 ? sliced : emitIndex(emitter, range, sliced, tensorIndices)
}

/** `aten::index` with a list of optional tensors. */
export function emitIndex(emitter: FunctionEmitter, range: SourceRange, value: Value, indices: readonly Value[]): Value {
  const list = emitter.graph.insert('prim::ListConstruct', indices, [new ListType(optionalTensor)], range).output
  return call(emitter, 'aten::index', [value, list], range)
}
