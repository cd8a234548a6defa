/** Tensors as rows: the dimensions that an operation works along are put last and read together. */
import {
  type Layout,
  type Numbers,
  normalizeDims,
  numelOf,
  readBigInts,
  readComplex,
  readNumbers,
  Tensor,
  writeNumbers,
} from '@tsjit/runtime/backend'

export interface Rows<T> {
  readonly values: T
  /** How many rows. */
  readonly count: number
  /** Elements a row. */
  readonly length: number
}

/** The dimensions of a reduction: an empty or missing list means all. Sorted. */
export function reducedDims(self: Tensor, dims: readonly number[] | number | null | undefined): number[] {
  const list = typeof dims === 'number' ? [dims] : dims
  if (!list || list.length === 0) return self.shape.map((_, i) => i)
  const normal = normalizeDims(list, self.ndim)
  return self.ndim === 0 ? [] : normal.sort((a, b) => a - b)
}

/** The sizes after a reduction. */
export function reducedShape(self: Tensor, dims: readonly number[], keepdim: boolean): number[] {
  if (keepdim) return self.shape.map((size, i) => (dims.includes(i) ? 1 : size))
  return self.shape.filter((_, i) => !dims.includes(i))
}

/** The tensor's layout with `dims` last. */
export function rowLayout(self: Tensor, dims: readonly number[]): Layout {
  const order = [...self.shape.map((_, i) => i).filter((i) => !dims.includes(i)), ...dims]
  return { shape: order.map((i) => self.shape[i]), strides: order.map((i) => self.strides[i]), offset: self.offset }
}

function extent(self: Tensor, dims: readonly number[]): { count: number; length: number } {
  const length = numelOf(dims.map((i) => self.shape[i]))
  return { length, count: numelOf(self.shape.filter((_, i) => !dims.includes(i))) }
}

export function numberRows(self: Tensor, dims: readonly number[]): Rows<Numbers> {
  return { values: readNumbers(self, rowLayout(self, dims)), ...extent(self, dims) }
}

export function bigIntRows(self: Tensor, dims: readonly number[]): Rows<BigInt64Array | BigUint64Array> {
  return { values: readBigInts(self, rowLayout(self, dims)), ...extent(self, dims) }
}

/** Interleaved pairs: a row has twice `length` numbers. */
export function complexRows(self: Tensor, dims: readonly number[]): Rows<Float64Array> {
  return { values: readComplex(self, rowLayout(self, dims)), ...extent(self, dims) }
}

/** The tensor seen with `dims` last: writing to it in logical order writes rows. */
export function rowView(self: Tensor, dims: readonly number[]): Tensor {
  const { shape, strides, offset } = rowLayout(self, dims)
  return new Tensor(self.storage, self.dtype, shape, strides, offset)
}

export function writeRows(self: Tensor, dims: readonly number[], values: ArrayLike<number>): void {
  writeNumbers(rowView(self, dims), values)
}
