import { dtypeInfo, RuntimeError } from '@tsjit/types'
import { Tensor } from './tensor.ts'
import { eagerCall, eagerDispatcher } from './tensor-methods.ts'
import { activeTrace, NumberOfTensor } from './tracing.ts'
import { scalarFloat, scalarInt } from './value.ts'

/** `start:stop:step`; null where Python leaves a part out. */
export class Slice {
  constructor(
    readonly start: number | null = null,
    readonly stop: number | null = null,
    readonly step: number | null = null,
  ) {}
}

/** `x[start:stop:step]` as an index of `x.index(...)`. */
export function slice(start: number | null = null, stop: number | null = null, step: number | null = null): Slice {
  return new Slice(start, stop, step)
}

/**
 * One item of an index expression: an int, a slice (also as text, `'1:3'`, `'::2'`), `'...'`, null (a new dimension of 1), a boolean, a tensor of indices or
 * of booleans, an array of ints.
 */
export type IndexItem = number | Slice | string | null | boolean | Tensor | readonly number[]

/** `self[items]`: a view where all items are ints, slices, `...` and null; else a copy. Throws TSJ_INDEX_SYNTAX, TSJ_INDEX_COUNT. */
export function indexTensor(self: Tensor, items: readonly IndexItem[]): Tensor {
  const { viewed, indices } = applyViews(self, items)
  return indices.some((index) => index !== null) ? eagerCall('aten::index.Tensor', viewed, indices) : viewed
}

/** `self[items] = value`. */
export function assignIndex(self: Tensor, items: readonly IndexItem[], value: Tensor | number | boolean): Tensor {
  const { viewed, indices } = applyViews(self, items)
  const source =
    value instanceof Tensor
      ? value
      : fromProgram(() => eagerCall('aten::full', [], scalar(value), dtypeInfo(self.dtype).code, null, self.device))
  if (indices.some((index) => index !== null)) {
    const typed = source.dtype === self.dtype ? source : eagerCall('aten::to.other', source, self)
    eagerCall('aten::index_put_', viewed, indices, typed)
  } else if (source.ndim === 0 && viewed.ndim > 0) eagerCall('aten::fill_.Tensor', viewed, source)
  else eagerCall('aten::copy_', viewed, source)
  return self
}

/** Makes a tensor of the program's own values, which is a constant to a tracer. */
function fromProgram(make: () => Tensor): Tensor {
  const trace = activeTrace()
  return trace ? trace.pause(make) : make()
}

/** One end of a slice; a tracer sees whole slices written out, as PyTorch's does. */
function bound(value: number | null, open: number | bigint): unknown {
  const trace = activeTrace()
  if (value === null) return trace ? open : null
  return (value as unknown) instanceof Tensor ? numberOf(value as unknown as Tensor) : value
}

function numberOf(tensor: Tensor): unknown {
  const trace = activeTrace()
  const value = trace ? trace.pause(() => Number(tensor.item())) : Number(tensor.item())
  return trace ? new NumberOfTensor(tensor, value) : value
}

const maxInt = 9223372036854775807n

function scalar(value: number | boolean): unknown {
  return typeof value === 'boolean' ? value : Number.isInteger(value) ? scalarInt(value) : scalarFloat(value)
}

function consumed(item: IndexItem): number {
  if (item === null || item === '...' || typeof item === 'boolean') return 0
  return item instanceof Tensor && (item.dtype === 'bool' || item.dtype === 'uint8') ? item.ndim : 1
}

function applyViews(self: Tensor, items: readonly IndexItem[]): { viewed: Tensor; indices: (Tensor | null)[] } {
  const taken = items.reduce<number>((count, item) => count + consumed(item), 0)
  if (taken > self.ndim) throw new RuntimeError('TSJ_INDEX_COUNT', `too many indices for tensor of dimension ${self.ndim}`)
  if (items.filter((item) => item === '...').length > 1)
    throw new RuntimeError('TSJ_INDEX_SYNTAX', "an index can only have a single ellipsis ('...')")
  let viewed = self
  let dim = 0
  const indices: (Tensor | null)[] = []
  const put = (index: Tensor) => {
    while (indices.length < dim) indices.push(null)
    indices.push(index)
  }
  for (const item of items) {
    if (typeof item === 'number') viewed = eagerCall('aten::select.int', viewed, dim, item)
    else if (item === null) viewed = eagerCall('aten::unsqueeze', viewed, dim++)
    else if (item === '...') dim += self.ndim - taken
    else if (typeof item === 'string' || item instanceof Slice) {
      const { start, stop, step } = typeof item === 'string' ? parseSlice(item) : item
      if ((step ?? 1) <= 0) throw new RuntimeError('TSJ_INDEX_SYNTAX', 'step must be greater than zero')
      viewed = eagerCall('aten::slice.Tensor', viewed, dim++, bound(start, 0), bound(stop, maxInt), step ?? 1)
    } else if (item instanceof Tensor && item.ndim === 0 && isIndex(item) && activeTrace()) {
      viewed = eagerCall('aten::select.int', viewed, dim, numberOf(item))
    } else if (typeof item === 'boolean') {
      viewed = eagerCall('aten::unsqueeze', viewed, dim)
      put(eagerCall('aten::full', [1], item, 11))
      dim++
    } else {
      const index: Tensor = item instanceof Tensor ? item : listed(item as readonly number[], self)
      put(index)
      dim += index.dtype === 'bool' || index.dtype === 'uint8' ? Math.max(index.ndim, 1) : 1
    }
  }
  return { viewed, indices: indices.slice(0, lastIndex(indices) + 1) }
}

function lastIndex(indices: readonly (Tensor | null)[]): number {
  return indices.findLastIndex((index) => index !== null)
}

const isIndex = ({ dtype }: Tensor): boolean => dtype !== 'bool' && dtype !== 'uint8' && dtypeInfo(dtype).isInteger

/** A list of ints as an index. PyTorch moves it to the indexed tensor's device, which a tracer sees. */
function listed(values: readonly number[], self: Tensor): Tensor {
  const index = fromProgram(() => intTensor(values))
  return activeTrace() ? eagerDispatcher().call('aten::to.device', index, self.device, dtypeInfo('int64').code, false, false, null) : index
}

function intTensor(values: readonly number[]): Tensor {
  const tensor = eagerDispatcher().empty([values.length], 'int64')
  ;(tensor.data() as BigInt64Array).set(values.map(BigInt))
  return tensor
}

function parseSlice(text: string): Slice {
  const parts = text.split(':')
  if (parts.length < 2 || parts.length > 3 || parts.some((part) => !/^\s*(-?\d+)?\s*$/.test(part)))
    throw new RuntimeError('TSJ_INDEX_SYNTAX', `'${text}' is no slice`, { hint: "write 'start:stop' or 'start:stop:step', or '...'" })
  const [start, stop, step] = parts.map((part) => (part.trim() === '' ? null : Number(part)))
  return new Slice(start, stop, step ?? null)
}
