/** Largest and smallest: max, min, argmax, amax, aminmax, cummax, median, mode, kthvalue. NaN wins over every number. */
import { type Dispatcher, fromNumbers, type Kernel, type KernelTable, type Tensor } from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import { moveElements, positionsOf } from '../element-moves.ts'
import { bigIntRows, numberRows, reducedDims, reducedShape, rowLayout, writeRows } from '../rows.ts'
import { type Before, introSort, quickSelect } from '../selection-order.ts'

type Values = ArrayLike<any>

/** Numbers, or bigints where numbers would not be exact. */
export function exactRows(self: Tensor, dims: readonly number[]): { values: Values; count: number; length: number } {
  if (dtypeInfo(self.dtype).isComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', 'complex numbers have no order')
  const rows = numberRows(self, dims)
  if (self.dtype !== 'int64' && self.dtype !== 'uint64') return rows
  for (let i = 0; i < rows.values.length; i++) if (!Number.isSafeInteger(rows.values[i])) return bigIntRows(self, dims)
  return rows
}

/** Where in a row the first largest (or smallest) is; the first NaN if there is one. */
export function extremeAt(values: Values, start: number, length: number, largest: boolean): number {
  let at = start
  for (let i = start; i < start + length; i++) {
    const value = values[i]
    if (Number.isNaN(value)) return i - start
    if (largest ? value > values[at] : value < values[at]) at = i
  }
  return at - start
}

/** Throws TSJ_SHAPE_EMPTY where there is nothing to choose from. */
export function requireElements(self: Tensor, dims: readonly number[], name: string, prefix = `${name}():`): void {
  if (self.numel > 0) return
  if (dims.length === self.ndim && self.ndim > 0 && dims.some((dim) => self.shape[dim] === 0)) {
    throw new RuntimeError(
      'TSJ_SHAPE_EMPTY',
      `${prefix} Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`,
    )
  }
  const bad = dims.find((dim) => self.shape[dim] === 0)
  if (bad !== undefined) {
    const error = new RuntimeError('TSJ_SHAPE_EMPTY', `${prefix} Expected reduction dim ${bad} to have non-zero size.`)
    error.pythonClass = 'IndexError'
    throw error
  }
}

function positions(
  d: Dispatcher,
  self: Tensor,
  dims: readonly number[],
  keepdim: boolean,
  find: (values: Values, start: number, length: number) => number,
): Tensor {
  const { values, count, length } = exactRows(self, dims)
  const result = new Float64Array(count)
  for (let row = 0; row < count; row++) result[row] = find(values, row * length, length)
  return fromNumbers(d, result, reducedShape(self, dims, keepdim), 'int64', self.device)
}

/** The elements at one position of each row, with those positions. */
export function pickAt(
  d: Dispatcher,
  self: Tensor,
  dims: readonly number[],
  keepdim: boolean,
  find: (values: Values, start: number, length: number) => number,
): [values: Tensor, indices: Tensor] {
  const { values, count, length } = exactRows(self, dims)
  const at = positionsOf(rowLayout(self, dims))
  const indices = new Float64Array(count)
  const from = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    indices[row] = find(values, row * length, length)
    from[row] = at[row * length + indices[row]]
  }
  const shape = reducedShape(self, dims, keepdim)
  const picked = d.empty(shape, self.dtype, self.device)
  moveElements(picked, undefined, self, from, count)
  return [picked, fromNumbers(d, indices, shape, 'int64', self.device)]
}

const find = (largest: boolean) => (values: Values, start: number, length: number) => extremeAt(values, start, length, largest)

function arg(name: string, largest: boolean): Kernel {
  return (d, self: Tensor, dim: number | null, keepdim: boolean) => {
    const dims = reducedDims(self, dim)
    requireElements(self, dims, name)
    return positions(d, self, dims, keepdim, find(largest))
  }
}

function whole(name: string, largest: boolean): Kernel {
  return (d, self: Tensor) => {
    const dims = reducedDims(self, null)
    requireElements(self, dims, name)
    return pickAt(d, self, dims, false, find(largest))[0]
  }
}

function alongDim(name: string, largest: boolean): Kernel {
  return (d, self: Tensor, dim: number, keepdim: boolean) => {
    const dims = reducedDims(self, [dim])
    requireElements(self, dims, name)
    return pickAt(d, self, dims, keepdim, find(largest))
  }
}

function alongDims(name: string, largest: boolean): Kernel {
  return (d, self: Tensor, dim: number[], keepdim: boolean) => {
    const dims = reducedDims(self, dim)
    requireElements(self, dims, name)
    return pickAt(d, self, dims, keepdim, find(largest))[0]
  }
}

/** Running extremes; equal values move the index on. */
function cumulative(largest: boolean): Kernel {
  return (d, self: Tensor, dim: number) => {
    const dims = reducedDims(self, [dim])
    const { values, count, length } = exactRows(self, dims)
    const indices = new Float64Array(count * length)
    for (let row = 0; row < count; row++) {
      let at = 0
      for (let i = 0; i < length; i++) {
        const best = values[row * length + at]
        const value = values[row * length + i]
        if (Number.isNaN(value) || (!Number.isNaN(best) && (largest ? value >= best : value <= best))) at = i
        indices[row * length + i] = at
      }
    }
    const result = d.empty(self.shape, 'int64', self.device)
    writeRows(result, dims, indices)
    return [self.ndim === 0 ? d.call('aten::clone', self) : d.call('aten::gather', self, dim, result), result]
  }
}

/** Which of two positions in a row comes first: ascending, NaN last; or descending, NaN first. */
export function orderOf(values: Values, start: number, descending: boolean): Before {
  const below = (a: number, b: number): boolean => {
    const x = values[start + a]
    const y = values[start + b]
    // biome-ignore lint/suspicious/noSelfCompare: bigints have no isNaN
    return x < y || (y !== y && x === x)
  }
  return descending ? (a, b) => below(b, a) : below
}

export const rising = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => i)

/** Positions of a row in ascending order of value, NaN last; stable. */
export function sortedPositions(values: Values, start: number, length: number, descending = false): number[] {
  const order = Array.from({ length }, (_, i) => i)
  const compare = (i: number, j: number): number => {
    const a = values[start + i]
    const b = values[start + j]
    if (a === b) return 0
    const nanA = Number.isNaN(a)
    const nanB = Number.isNaN(b)
    if (nanA || nanB) return nanA && nanB ? 0 : nanA ? 1 : -1
    return a < b ? -1 : 1
  }
  return order.sort(descending ? (i, j) => compare(j, i) : compare)
}

/** The lower median. `skip` leaves NaN out; otherwise a NaN is the median. */
function medianAt(skip: boolean) {
  return (values: Values, start: number, length: number): number => {
    const order = sortedPositions(values, start, length)
    let numbers = length
    while (numbers > 0 && Number.isNaN(values[start + order[numbers - 1]])) numbers--
    if (numbers < length && !skip) return order.slice(numbers).sort((a, b) => a - b)[0]
    if (numbers === 0) return 0
    return order[(numbers - 1) >> 1]
  }
}

function median(skip: boolean): { all: Kernel; dim: Kernel } {
  return {
    all: (d, self: Tensor) => {
      if (self.numel === 0) return d.call('aten::full', [], d.float(Number.NaN), dtypeInfo(self.dtype).code)
      return pickAt(d, self, reducedDims(self, null), false, medianAt(skip))[0]
    },
    dim: (d, self: Tensor, dim: number, keepdim: boolean) => {
      const dims = reducedDims(self, [dim])
      requireElements(self, dims, 'median')
      return pickAt(d, self, dims, keepdim, medianAt(skip))
    },
  }
}

/** The smallest of the most frequent values, and where the sort leaves it last. */
function modeAt(values: Values, start: number, length: number): number {
  const order = rising(length)
  introSort(order, (i, j) => values[start + i] < values[start + j])
  let best = order[0]
  let bestCount = 0
  for (let i = 0; i < length; ) {
    let j = i
    while (j < length && values[start + order[j]] === values[start + order[i]]) j++
    if (j === i) j++
    if (j - i > bestCount) {
      bestCount = j - i
      best = order[j - 1]
    }
    i = j
  }
  return best
}

function kthvalue(d: Dispatcher, self: Tensor, k: number, dim: number, keepdim: boolean): [Tensor, Tensor] {
  const dims = reducedDims(self, [dim])
  const size = self.ndim === 0 ? 1 : self.shape[dims[0]]
  if (k < 1 || k > size)
    throw new RuntimeError('TSJ_SHAPE_KTHVALUE', `kthvalue(): selected number k out of range for dimension ${dims[0] ?? 0}`)
  return pickAt(d, self, dims, keepdim, (values, start, length) => {
    const order = rising(length)
    quickSelect(order, orderOf(values, start, false), k - 1)
    return order[k - 1]
  })
}

function aminmax(d: Dispatcher, self: Tensor, dim: number | null, keepdim: boolean): [Tensor, Tensor] {
  const dims = reducedDims(self, dim)
  requireElements(self, dims, 'aminmax')
  return [pickAt(d, self, dims, keepdim, find(false))[0], pickAt(d, self, dims, keepdim, find(true))[0]]
}

const plainMedian = median(false)
const nanMedian = median(true)

export const extremeKernels: KernelTable = {
  'aten::max(Tensor self) -> Tensor': whole('max', true),
  'aten::min(Tensor self) -> Tensor': whole('min', false),
  'aten::max.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)': alongDim('max', true),
  'aten::min.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)': alongDim('min', false),
  'aten::amax(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor': alongDims('amax', true),
  'aten::amin(Tensor self, int[1] dim=[], bool keepdim=False) -> Tensor': alongDims('amin', false),
  'aten::aminmax(Tensor self, *, int? dim=None, bool keepdim=False) -> (Tensor min, Tensor max)': aminmax,
  'aten::argmax(Tensor self, int? dim=None, bool keepdim=False) -> Tensor': arg('argmax', true),
  'aten::argmin(Tensor self, int? dim=None, bool keepdim=False) -> Tensor': arg('argmin', false),
  'aten::cummax(Tensor self, int dim) -> (Tensor values, Tensor indices)': cumulative(true),
  'aten::cummin(Tensor self, int dim) -> (Tensor values, Tensor indices)': cumulative(false),
  'aten::median(Tensor self) -> Tensor': plainMedian.all,
  'aten::median.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)': plainMedian.dim,
  'aten::nanmedian(Tensor self) -> Tensor': nanMedian.all,
  'aten::nanmedian.dim(Tensor self, int dim, bool keepdim=False) -> (Tensor values, Tensor indices)': nanMedian.dim,
  'aten::mode(Tensor self, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)': (d, self: Tensor, dim, keepdim) =>
    pickAt(d, self, reducedDims(self, [dim]), keepdim, modeAt),
  'aten::kthvalue(Tensor self, SymInt k, int dim=-1, bool keepdim=False) -> (Tensor values, Tensor indices)': kthvalue,
}
