import { RuntimeError } from '@tsjit/types'
import { Tensor } from './tensor.ts'
import { eagerDispatcher } from './tensor-methods.ts'
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
  return indices.some((index) => index !== null) ? eagerDispatcher().call('aten::index.Tensor', viewed, indices) : viewed
}

/** `self[items] = value`. */
export function assignIndex(self: Tensor, items: readonly IndexItem[], value: Tensor | number | boolean): Tensor {
  const d = eagerDispatcher()
  const { viewed, indices } = applyViews(self, items)
  const source = value instanceof Tensor ? value : d.call('aten::full', [], scalar(value), null, null, self.device)
  const typed = source.dtype === self.dtype ? source : d.call('aten::to.other', source, self)
  if (indices.some((index) => index !== null)) d.call('aten::index_put_', viewed, indices, typed)
  else d.call('aten::copy_', viewed, typed)
  return self
}

function scalar(value: number | boolean): unknown {
  return typeof value === 'boolean' ? value : Number.isInteger(value) ? scalarInt(value) : scalarFloat(value)
}

function consumed(item: IndexItem): number {
  if (item === null || item === '...' || typeof item === 'boolean') return 0
  return item instanceof Tensor && (item.dtype === 'bool' || item.dtype === 'uint8') ? item.ndim : 1
}

function applyViews(self: Tensor, items: readonly IndexItem[]): { viewed: Tensor; indices: (Tensor | null)[] } {
  const d = eagerDispatcher()
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
    if (typeof item === 'number') viewed = d.call('aten::select.int', viewed, dim, item)
    else if (item === null) viewed = d.call('aten::unsqueeze', viewed, dim++)
    else if (item === '...') dim += self.ndim - taken
    else if (typeof item === 'string' || item instanceof Slice) {
      const { start, stop, step } = typeof item === 'string' ? parseSlice(item) : item
      if ((step ?? 1) <= 0) throw new RuntimeError('TSJ_INDEX_SYNTAX', 'step must be greater than zero')
      viewed = d.call('aten::slice.Tensor', viewed, dim++, start, stop, step ?? 1)
    } else if (typeof item === 'boolean') {
      viewed = d.call('aten::unsqueeze', viewed, dim)
      put(d.call('aten::full', [1], item, 11))
      dim++
    } else {
      const index: Tensor = item instanceof Tensor ? item : intTensor(item as readonly number[])
      put(index)
      dim += index.dtype === 'bool' || index.dtype === 'uint8' ? Math.max(index.ndim, 1) : 1
    }
  }
  return { viewed, indices: indices.slice(0, lastIndex(indices) + 1) }
}

function lastIndex(indices: readonly (Tensor | null)[]): number {
  return indices.findLastIndex((index) => index !== null)
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
