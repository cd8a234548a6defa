/** Orders and counts: sort, topk, unique, searchsorted, bincount, histc, isin. */
import {
  type Dispatcher,
  dtypeTitle,
  fromNumbers,
  type KernelTable,
  readNumbers,
  resultType,
  type ScalarValue,
  Tensor,
  writeNumbers,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { convertTensor } from '../conversion.ts'
import { moveElements, positionsOf } from '../element-moves.ts'
import { numberOf } from '../pointwise.ts'
import { reducedDims, rowLayout, writeRows } from '../rows.ts'
import { introSort, nthElement, partialSort } from '../selection-order.ts'
import { exactRows, orderOf, rising, sortedPositions } from './extremes.ts'

/** Positions of a row of which the first are wanted. */
type Ranking = (values: ArrayLike<any>, start: number, length: number) => ArrayLike<number>

/** The first `k` of each row as `rank` puts them, with their positions. */
function ranked(d: Dispatcher, self: Tensor, dim: number, k: number, rank: Ranking, strides?: readonly number[]): [Tensor, Tensor] {
  const dims = reducedDims(self, [dim])
  const { values, count, length } = exactRows(self, dims)
  const shape = self.ndim === 0 ? [] : self.shape.map((size, i) => (i === dims[0] ? k : size))
  const result = d.empty(shape, self.dtype, self.device, strides)
  const indices = d.empty(shape, 'int64', self.device, strides)
  const at = positionsOf(rowLayout(self, dims))
  const order = new Float64Array(count * k)
  const from = new Float64Array(count * k)
  for (let row = 0; row < count; row++) {
    const sorted = rank(values, row * length, length)
    for (let i = 0; i < k; i++) {
      order[row * k + i] = sorted[i]
      from[row * k + i] = at[row * length + sorted[i]]
    }
  }
  moveElements(result, positionsOf(rowLayout(result, dims)), self, from, from.length)
  writeRows(indices, dims, order)
  return [result, indices]
}

/** Equal values keep their order where `stable`, else stand where PyTorch's sort leaves them. */
function sort(d: Dispatcher, self: Tensor, dim: number, descending: boolean, stable: boolean | null): [Tensor, Tensor] {
  if (dtypeInfo(self.dtype).isComplex)
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', ' Sort currently does not support complex dtypes on CPU')
  const like: Tensor = d.call('aten::empty_like', self)
  const [at] = reducedDims(self, [dim])
  // PyTorch sorts long vectors of integers by radix, which is stable
  const byRadix = self.ndim === 1 && !descending && self.numel >= 32768 && dtypeInfo(self.dtype).isInteger && self.dtype !== 'bool'
  const rank: Ranking = (values, start, length) => {
    if (stable || byRadix) return sortedPositions(values, start, length, descending)
    const order = rising(length)
    introSort(order, orderOf(values, start, descending))
    return order
  }
  return ranked(d, self, dim, self.ndim === 0 ? 1 : self.shape[at], rank, like.strides)
}

function topk(d: Dispatcher, self: Tensor, k: number, dim: number, largest: boolean, inOrder: boolean): [Tensor, Tensor] {
  const dims = reducedDims(self, [dim])
  const size = self.ndim === 0 ? 1 : self.shape[dims[0]]
  if (k < 0 || k > size) throw new RuntimeError('TSJ_SHAPE_TOPK', 'selected index k out of range')
  return ranked(d, self, dim, k, (values, start, length) => {
    const order = rising(length)
    if (k === 0) return order
    const before = orderOf(values, start, largest)
    if (64 * k <= length) partialSort(order, before, 0, k, length)
    else {
      nthElement(order, before, k - 1)
      if (inOrder) introSort(order, before, 0, k - 1)
    }
    return order
  })
}

interface Groups {
  /** For each distinct value, in order: an index where it occurs. */
  readonly first: number[]
  readonly inverse: Float64Array
  readonly counts: number[]
}

function groupsOf(order: readonly number[], same: (i: number, j: number) => boolean): Groups {
  const first: number[] = []
  const counts: number[] = []
  const inverse = new Float64Array(order.length)
  order.forEach((index, k) => {
    if (k === 0 || !same(order[k - 1], index)) {
      first.push(index)
      counts.push(0)
    }
    counts[counts.length - 1]++
    inverse[index] = first.length - 1
  })
  return { first, inverse, counts }
}

function uniqueFlat(d: Dispatcher, self: Tensor, sorted: boolean, withInverse: boolean, withCounts: boolean): Tensor[] {
  const { values, length } = exactRows(self, reducedDims(self, null))
  const order = sorted ? sortedPositions(values, 0, length) : Array.from({ length }, (_, i) => i)
  const groups = groupsOf(order, (i, j) => values[i] === values[j])
  const at = positionsOf(self)
  const unique = d.empty([groups.first.length], self.dtype, self.device)
  moveElements(
    unique,
    undefined,
    self,
    Float64Array.from(groups.first, (i) => at[i]),
    groups.first.length,
  )
  return [
    unique,
    withInverse ? fromNumbers(d, groups.inverse, self.shape, 'int64', self.device) : d.empty([0], 'int64', self.device),
    withCounts ? fromNumbers(d, groups.counts, [groups.counts.length], 'int64', self.device) : d.empty([0], 'int64', self.device),
  ]
}

/** Distinct slices along a dimension. */
function uniqueSlices(d: Dispatcher, self: Tensor, dim: number, sorted: boolean): Tensor[] {
  const [at] = reducedDims(self, [dim])
  const others = self.shape.map((_, i) => i).filter((i) => i !== at)
  const { values, count, length } = exactRows(self, others)
  const compare = (i: number, j: number): number => {
    for (let k = 0; k < length; k++) {
      const a = values[i * length + k]
      const b = values[j * length + k]
      if (a !== b) return a < b ? -1 : 1
    }
    return 0
  }
  const order = Array.from({ length: count }, (_, i) => i)
  if (sorted) order.sort(compare)
  const groups = groupsOf(order, (i, j) => compare(i, j) === 0)
  const picks = fromNumbers(d, groups.first, [groups.first.length], 'int64', self.device)
  return [
    d.call('aten::index_select', self, at, picks),
    fromNumbers(d, groups.inverse, [count], 'int64', self.device),
    fromNumbers(d, groups.counts, [groups.counts.length], 'int64', self.device),
  ]
}

function lowerBound(values: ArrayLike<number>, start: number, end: number, wanted: number, right: boolean): number {
  let low = start
  let high = end
  while (low < high) {
    const middle = (low + high) >> 1
    // NaN counts as larger than all
    const goRight = right
      ? !(values[middle] > wanted) && !(Number.isNaN(values[middle]) && !Number.isNaN(wanted))
      : values[middle] < wanted || (Number.isNaN(wanted) && !Number.isNaN(values[middle]))
    if (goRight) low = middle + 1
    else high = middle
  }
  return low - start
}

function searchsorted(
  d: Dispatcher,
  sequence: Tensor,
  self: Tensor | ScalarValue,
  int32: boolean,
  right: boolean,
  side: string | null,
  sorter: Tensor | null,
): Tensor {
  if (side !== null && side !== 'left' && side !== 'right')
    throw new RuntimeError('TSJ_SIDE', `torch.searchsorted(): side can only be 'left' or 'right' but got ${side}`)
  if (side === 'left' && right)
    throw new RuntimeError(
      'TSJ_SIDE',
      "torch.searchsorted(): side and right can't be set to opposites, got side of left while right was True",
    )
  const toRight = right || side === 'right'
  const output: DType = int32 ? 'int32' : 'int64'
  const sorted = sorter ? (d.call('aten::gather', sequence, -1, sorter) as Tensor) : sequence
  const values = readNumbers(sorted)
  const length = sorted.ndim ? sorted.shape[sorted.ndim - 1] : 1
  if (!(self instanceof Tensor))
    return fromNumbers(d, [lowerBound(values, 0, length, numberOf(self), toRight)], [], output, sequence.device)
  const wanted = readNumbers(self)
  const shared = sorted.ndim === 1
  if (!shared && (self.ndim !== sorted.ndim || self.shape.some((size, i) => i < self.ndim - 1 && size !== sorted.shape[i]))) {
    throw new RuntimeError(
      'TSJ_SHAPE_SEARCHSORTED',
      `torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1 dimensions of boundaries tensor and input value tensor must match, but we got boundaries tensor [${sorted.shape.join(', ')}] and input value tensor [${self.shape.join(', ')}]`,
    )
  }
  const each = self.ndim ? self.shape[self.ndim - 1] : 1
  const result = Float64Array.from(wanted as ArrayLike<number>, (value, i) => {
    const start = shared ? 0 : Math.floor(i / each) * length
    return lowerBound(values, start, start + length, value, toRight)
  })
  return fromNumbers(d, result, self.shape, output, self.device)
}

function bincount(d: Dispatcher, self: Tensor, weights: Tensor | null, minlength: number): Tensor {
  if (self.ndim !== 1) throw new RuntimeError('TSJ_SHAPE_BINCOUNT', 'bincount only supports 1-d non-negative integral inputs.')
  const values = readNumbers(self)
  if (minlength < 0) throw new RuntimeError('TSJ_SHAPE_BINCOUNT', 'minlength should be >= 0')
  let size = minlength
  for (let i = 0; i < values.length; i++) {
    if (values[i] < 0) throw new RuntimeError('TSJ_SHAPE_BINCOUNT', 'bincount only supports 1-d non-negative integral inputs.')
    size = Math.max(size, values[i] + 1)
  }
  if (weights && weights.numel !== self.numel)
    throw new RuntimeError('TSJ_SHAPE_BINCOUNT', 'weights should be 1-d and have the same length as input')
  const totals = new Float64Array(size)
  const factors = weights && readNumbers(weights)
  for (let i = 0; i < values.length; i++) totals[values[i]] += factors ? factors[i] : 1
  const dtype: DType = !weights ? 'int64' : weights.dtype === 'float32' ? 'float32' : 'float64'
  return fromNumbers(d, totals, [size], dtype, self.device)
}

/** Where each of `size` rows begins in sorted row indices: `size + 1` numbers. */
function rowPointers(d: Dispatcher, rows: Tensor, size: number, int32: boolean): Tensor {
  if (rows.ndim !== 1) throw new RuntimeError('TSJ_SHAPE_INDEX', `Input is supposed to be a vector, but got ${rows.ndim} dimension(s).`)
  const indices = readNumbers(rows)
  const starts = new Float64Array(size + 1)
  let row = 0
  for (let i = 0; i < indices.length; i++) for (; row < Math.min(indices[i], size); row++) starts[row + 1] = i
  for (; row < size; row++) starts[row + 1] = indices.length
  return fromNumbers(d, starts, [size + 1], int32 ? 'int32' : 'int64', rows.device)
}

function histc(d: Dispatcher, self: Tensor, bins: number, min: ScalarValue, max: ScalarValue): Tensor {
  if (!dtypeInfo(self.dtype).isFloat)
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"histc" not implemented for '${dtypeTitle(self.dtype)}'`)
  if (bins <= 0) throw new RuntimeError('TSJ_HISTC', 'bins must be > 0')
  const values = readNumbers(self)
  let low = numberOf(min)
  let high = numberOf(max)
  if (low === high && values.length) {
    low = Number.POSITIVE_INFINITY
    high = Number.NEGATIVE_INFINITY
    for (let i = 0; i < values.length; i++) {
      low = Math.min(low, values[i])
      high = Math.max(high, values[i])
    }
  }
  if (low === high) {
    low -= 1
    high += 1
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) throw new RuntimeError('TSJ_HISTC', `range of [${low}, ${high}] is not finite`)
  if (low > high) throw new RuntimeError('TSJ_HISTC', 'max must be larger than min')
  const counts = new Float64Array(bins)
  for (let i = 0; i < values.length; i++) {
    const value = values[i]
    if (!(value >= low && value <= high)) continue
    counts[Math.min(Math.floor(((value - low) * bins) / (high - low)), bins - 1)]++
  }
  return fromNumbers(d, counts, [bins], self.dtype, self.device)
}

function isin(d: Dispatcher, elements: Tensor | ScalarValue, tests: Tensor | ScalarValue, _unique: boolean, invert: boolean): Tensor {
  const dtype = resultType([elements, tests], d.defaultDType)
  const read = (operand: Tensor | ScalarValue): number[] =>
    operand instanceof Tensor
      ? Array.from(readNumbers(operand.dtype === dtype ? operand : convertTensor(d, operand, dtype)))
      : [numberOf(operand)]
  const known = new Set(read(tests))
  const result = d.empty(elements instanceof Tensor ? elements.shape : [], 'bool')
  writeNumbers(
    result,
    read(elements).map((value) => Number((known.has(value) && !Number.isNaN(value)) !== invert)),
  )
  return result
}

function argsort(d: Dispatcher, self: Tensor, dim: number, descending: boolean, stable = false): Tensor {
  return sort(d, self, dim, descending, stable)[1]
}

/** Renormalises slices along `dim` whose p-norm is larger than `maxnorm`. */
function renorm(d: Dispatcher, self: Tensor, p: ScalarValue, dim: number, maxnorm: ScalarValue): Tensor {
  const [at] = reducedDims(self, [dim])
  const others = self.shape.map((_, i) => i).filter((i) => i !== at)
  const norms: Tensor = d.call('aten::linalg_vector_norm', self, p, others, true)
  const limit = numberOf(maxnorm)
  const factors = d.empty(norms.shape, norms.dtype, self.device)
  writeNumbers(
    factors,
    Float64Array.from(readNumbers(norms) as ArrayLike<number>, (norm) => (norm > limit ? limit / (norm + 1e-7) : 1)),
  )
  return d.call('aten::mul.Tensor', self, factors)
}

function segmentReduce(
  d: Dispatcher,
  data: Tensor,
  reduce: string,
  lengths: Tensor | null,
  _indices: unknown,
  offsets: Tensor | null,
  axis: number,
  _unsafe: boolean,
  initial: ScalarValue | null,
): Tensor {
  const spec = lengths ?? offsets
  if (!spec) throw new RuntimeError('TSJ_SEGMENT_REDUCE', 'segment_reduce(): Either lengths or offsets must be defined.')
  const at = axis < 0 ? axis + data.ndim : axis
  const outer = data.shape.slice(0, at).reduce((a, b) => a * b, 1)
  const inner = data.shape.slice(at + 1).reduce((a, b) => a * b, 1)
  const size = data.shape[at]
  const per = spec.shape[at]
  const segments = lengths ? per : per - 1
  const marks = readNumbers(spec)
  const values = readNumbers(data)
  const result = new Float64Array(outer * segments * inner)
  const start =
    initial === null
      ? reduce === 'max'
        ? Number.NEGATIVE_INFINITY
        : reduce === 'min'
          ? Number.POSITIVE_INFINITY
          : reduce === 'prod'
            ? 1
            : 0
      : numberOf(initial)
  for (let o = 0; o < outer; o++) {
    let from = 0
    for (let s = 0; s < segments; s++) {
      if (!lengths) from = marks[o * per + s]
      const count = lengths ? marks[o * per + s] : marks[o * per + s + 1] - from
      for (let i = 0; i < inner; i++) {
        let total = start
        for (let k = from; k < from + count; k++) {
          const value = values[(o * size + k) * inner + i]
          if (reduce === 'max') total = Number.isNaN(value) || value > total ? value : total
          else if (reduce === 'min') total = Number.isNaN(value) || value < total ? value : total
          else total = reduce === 'prod' ? total * value : total + value
        }
        if (reduce === 'mean')
          total = count === 0 && initial === null ? Number.NaN : count > 0 && !Number.isNaN(total) ? total / count : total
        result[(o * segments + s) * inner + i] = total
      }
      from += count
    }
  }
  return fromNumbers(d, result, [...data.shape.slice(0, at), segments, ...data.shape.slice(at + 1)], data.dtype, data.device)
}

export const sortingKernels: KernelTable = {
  'aten::sort(Tensor self, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)': (d, self, dim, descending) =>
    sort(d, self, dim, descending, false),
  'aten::sort.stable(Tensor self, *, bool? stable, int dim=-1, bool descending=False) -> (Tensor values, Tensor indices)': (
    d,
    self,
    stable,
    dim,
    descending,
  ) => sort(d, self, dim, descending, stable),
  'aten::argsort(Tensor self, int dim=-1, bool descending=False) -> Tensor': argsort,
  'aten::argsort.stable(Tensor self, *, bool stable, int dim=-1, bool descending=False) -> Tensor': (d, self, stable, dim, descending) =>
    argsort(d, self, dim, descending, stable),
  'aten::msort(Tensor self) -> Tensor': (d, self) => sort(d, self, 0, false, false)[0],
  'aten::topk(Tensor self, SymInt k, int dim=-1, bool largest=True, bool sorted=True) -> (Tensor values, Tensor indices)': (
    d,
    self,
    k,
    dim,
    largest,
    inOrder,
  ) => topk(d, self, k, dim, largest, inOrder),
  'aten::_unique(Tensor self, bool sorted=True, bool return_inverse=False) -> (Tensor, Tensor)': (d, self, _sorted, inverse) =>
    uniqueFlat(d, self, true, inverse, false).slice(0, 2),
  'aten::_unique2(Tensor self, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)': (
    d,
    self,
    _sorted,
    inverse,
    counts,
  ) => uniqueFlat(d, self, true, inverse, counts),
  'aten::unique_dim(Tensor self, int dim, bool sorted=True, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)':
    (d, self, dim) => uniqueSlices(d, self, dim, true),
  'aten::unique_dim_consecutive(Tensor self, int dim, bool return_inverse=False, bool return_counts=False) -> (Tensor, Tensor, Tensor)': (
    d,
    self,
    dim,
  ) => uniqueSlices(d, self, dim, false),
  'aten::unique_consecutive(Tensor self, bool return_inverse=False, bool return_counts=False, int? dim=None) -> (Tensor, Tensor, Tensor)': (
    d,
    self,
    inverse,
    counts,
    dim,
  ) => (dim === null ? uniqueFlat(d, self, false, inverse, counts) : uniqueSlices(d, self, dim, false)),
  'aten::searchsorted.Tensor(Tensor sorted_sequence, Tensor self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor':
    searchsorted,
  'aten::searchsorted.Scalar(Tensor sorted_sequence, Scalar self, *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None) -> Tensor':
    searchsorted,
  'aten::bucketize.Tensor(Tensor self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor': (
    d,
    self,
    boundaries,
    int32,
    right,
  ) => searchsorted(d, boundaries, self, int32, right, null, null),
  'aten::bucketize.Scalar(Scalar self, Tensor boundaries, *, bool out_int32=False, bool right=False) -> Tensor': (
    d,
    self,
    boundaries,
    int32,
    right,
  ) => searchsorted(d, boundaries, self, int32, right, null, null),
  'aten::_convert_indices_from_coo_to_csr(Tensor self, int size, *, bool out_int32=False) -> Tensor': rowPointers,
  'aten::bincount(Tensor self, Tensor? weights=None, SymInt minlength=0) -> Tensor': bincount,
  'aten::histc(Tensor self, int bins=100, Scalar min=0, Scalar max=0) -> Tensor': histc,
  'aten::isin.Tensor_Tensor(Tensor elements, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor': isin,
  'aten::isin.Tensor_Scalar(Tensor elements, Scalar test_element, *, bool assume_unique=False, bool invert=False) -> Tensor': isin,
  'aten::isin.Scalar_Tensor(Scalar element, Tensor test_elements, *, bool assume_unique=False, bool invert=False) -> Tensor': isin,
  'aten::renorm(Tensor self, Scalar p, int dim, Scalar maxnorm) -> Tensor': renorm,
  'aten::segment_reduce(Tensor data, str reduce, *, Tensor? lengths=None, Tensor? indices=None, Tensor? offsets=None, int axis=0, bool unsafe=False, Scalar? initial=None) -> Tensor':
    segmentReduce,
}
