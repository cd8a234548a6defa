/** Moves elements to and from listed positions, whatever the dtype. */
import { type Dispatcher, type Layout, numelOf, type Tensor } from '@tsjit/runtime/backend'

export type Positions = ArrayLike<number>

interface Words {
  readonly array: Uint8Array | Uint16Array | Uint32Array
  /** Words an element. */
  readonly count: number
}

function wordsOf(tensor: Tensor): Words {
  const { itemSize } = tensor
  const { buffer } = tensor.storage
  const unit = Math.min(itemSize, 4)
  const Class = unit === 4 ? Uint32Array : unit === 2 ? Uint16Array : Uint8Array
  return { array: new Class(buffer as ArrayBuffer, 0, Math.floor(buffer.byteLength / unit)), count: itemSize / unit }
}

/** target[targetAt[i]] = source[sourceAt[i]] for storage positions in elements; undefined means 0, 1, 2… Dtypes must be the same. */
export function moveElements(
  target: Tensor,
  targetAt: Positions | undefined,
  source: Tensor,
  sourceAt: Positions | undefined,
  count: number,
): void {
  target.storage.version++
  const to = wordsOf(target)
  const from = wordsOf(source)
  const words = to.count
  const a = from.array
  const b = to.array
  if (words === 1) {
    for (let i = 0; i < count; i++) b[targetAt ? targetAt[i] : i] = a[sourceAt ? sourceAt[i] : i]
    return
  }
  for (let i = 0; i < count; i++) {
    const p = (sourceAt ? sourceAt[i] : i) * words
    const q = (targetAt ? targetAt[i] : i) * words
    for (let w = 0; w < words; w++) b[q + w] = a[p + w]
  }
}

/** The storage position of every element, in logical order. */
export function positionsOf({ shape, strides, offset }: Layout): Float64Array {
  return positionsPerDim(
    shape.map((size, dim) => Float64Array.from({ length: size }, (_, i) => i * strides[dim])),
    offset,
  )
}

/** Sums of one entry a dimension, for all combinations in row-major order. */
export function positionsPerDim(parts: readonly Positions[], offset: number): Float64Array {
  let result = Float64Array.of(offset)
  for (const part of parts) {
    const next = new Float64Array(result.length * part.length)
    let at = 0
    for (let i = 0; i < result.length; i++) {
      const base = result[i]
      for (let j = 0; j < part.length; j++) next[at++] = base + part[j]
    }
    result = next
  }
  return result
}

/** A contiguous tensor of the elements at `lists[dim]` along each dimension; undefined takes the whole dimension. */
export function pickPerDim(d: Dispatcher, self: Tensor, lists: readonly (Positions | undefined)[]): Tensor {
  const shape = self.shape.map((size, dim) => lists[dim]?.length ?? size)
  const result = d.empty(shape, self.dtype, self.device)
  const count = numelOf(shape)
  if (count === 0) return result
  const parts = self.shape.map((size, dim) => {
    const list = lists[dim]
    const stride = self.strides[dim]
    return Float64Array.from({ length: list?.length ?? size }, (_, i) => (list ? list[i] : i) * stride)
  })
  moveElements(result, undefined, self, positionsPerDim(parts, self.offset), count)
  return result
}
