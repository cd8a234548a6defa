/** Histograms in one and several dimensions. */
import { type Dispatcher, fromNumbers, type KernelTable, numelOf, readNumbers, type Tensor } from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'

/** Which bin a value falls into: the last includes its upper edge; -1 is outside. */
function binOf(edges: ArrayLike<number>, value: number): number {
  const last = edges.length - 1
  if (!(value >= edges[0] && value <= edges[last])) return -1
  let low = 0
  let high = last
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (edges[middle] <= value) low = middle
    else high = middle
  }
  return low
}

function evenEdges(low: number, high: number, bins: number, near: (x: number) => number): Float64Array {
  const step = near((high - low) / bins)
  return Float64Array.from({ length: bins + 1 }, (_, i) => near(i < (bins + 1) / 2 ? low + step * i : high - step * (bins - i)))
}

interface Points {
  readonly values: ArrayLike<number>
  readonly count: number
  readonly dims: number
}

function rangeOf({ values, count, dims }: Points, dim: number, range: readonly number[] | null): [number, number] {
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  if (range) [low, high] = [range[2 * dim], range[2 * dim + 1]]
  else {
    for (let i = 0; i < count; i++) {
      low = Math.min(low, values[i * dims + dim])
      high = Math.max(high, values[i * dims + dim])
    }
    if (count === 0) [low, high] = [0, 1]
  }
  if (!Number.isFinite(low) || !Number.isFinite(high)) throw new RuntimeError('TSJ_HISTOGRAM', `range of [${low}, ${high}] is not finite`)
  if (low > high) throw new RuntimeError('TSJ_HISTOGRAM', `min should not exceed max, but got min ${low} max ${high} for dimension ${dim}`)
  return low === high ? [low - 0.5, high + 0.5] : [low, high]
}

function count(
  points: Points,
  edges: readonly ArrayLike<number>[],
  weight: Tensor | null,
  density: boolean,
  near: (x: number) => number,
): Float64Array {
  const sizes = edges.map((list) => list.length - 1)
  const totals = new Float64Array(sizes.reduce((a, b) => a * b, 1))
  const weights = weight && readNumbers(weight)
  for (let i = 0; i < points.count; i++) {
    let flat = 0
    for (let dim = 0; dim < points.dims && flat >= 0; dim++) {
      const bin = binOf(edges[dim], points.values[i * points.dims + dim])
      flat = bin < 0 ? -1 : flat * sizes[dim] + bin
    }
    if (flat >= 0) totals[flat] += weights ? weights[i] : 1
  }
  if (!density) return totals
  const sum = totals.reduce((a, b) => a + b, 0)
  return totals.map((total, flat) => {
    let volume = 1
    let rest = flat
    for (let dim = sizes.length - 1; dim >= 0; dim--) {
      const bin = rest % sizes[dim]
      rest = Math.floor(rest / sizes[dim])
      volume *= near(edges[dim][bin + 1] - edges[dim][bin])
    }
    return total / sum / volume
  })
}

function build(
  d: Dispatcher,
  self: Tensor,
  points: Points,
  edges: readonly ArrayLike<number>[],
  weight: Tensor | null,
  density: boolean,
): [Tensor, Tensor[]] {
  if (self.dtype !== 'float32' && self.dtype !== 'float64')
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"histogram_cpu" not implemented for '${self.dtype}'`)
  const near = self.dtype === 'float32' ? Math.fround : (x: number) => x
  const totals = count(points, edges, weight, density, near)
  const hist = fromNumbers(
    d,
    totals,
    edges.map((list) => list.length - 1),
    self.dtype,
    self.device,
  )
  return [hist, edges.map((list) => fromNumbers(d, list, [list.length], self.dtype, self.device))]
}

const nearOf = (self: Tensor) => (self.dtype === 'float32' ? Math.fround : (x: number) => x)
const flat = (self: Tensor): Points => ({ values: readNumbers(self), count: self.numel, dims: 1 })

function points(self: Tensor): Points {
  if (self.ndim < 2)
    throw new RuntimeError('TSJ_SHAPE_HISTOGRAM', `torch.histogramdd: input tensor should have at least 2 dimensions, but got ${self.ndim}`)
  const dims = self.shape[self.ndim - 1]
  return { values: readNumbers(self), count: numelOf(self.shape.slice(0, -1)), dims }
}

function byCount(
  d: Dispatcher,
  self: Tensor,
  all: Points,
  bins: readonly number[],
  range: readonly number[] | null,
  weight: Tensor | null,
  density: boolean,
): [Tensor, Tensor[]] {
  const near = nearOf(self)
  return build(
    d,
    self,
    all,
    bins.map((size, dim) => evenEdges(...rangeOf(all, dim, range), size, near)),
    weight,
    density,
  )
}

export const histogramKernels: KernelTable = {
  'aten::histogram.bins_tensor(Tensor self, Tensor bins, *, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)': (
    d,
    self,
    bins: Tensor,
    weight,
    density,
  ) => {
    const [hist, edges] = build(d, self, flat(self), [readNumbers(bins)], weight, density)
    return [hist, edges[0]]
  },
  'aten::histogram.bin_ct(Tensor self, int bins=100, *, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor bin_edges)':
    (d, self, bins: number, range, weight, density) => {
      const [hist, edges] = byCount(d, self, flat(self), [bins], range, weight, density)
      return [hist, edges[0]]
    },
  'aten::histogramdd(Tensor self, int[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)':
    (d, self, bins: number[], range, weight, density) => byCount(d, self, points(self), bins, range, weight, density),
  'aten::histogramdd.int_bins(Tensor self, int bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)':
    (d, self: Tensor, bins: number, range, weight, density) =>
      byCount(d, self, points(self), new Array(self.shape[self.ndim - 1]).fill(bins), range, weight, density),
  'aten::histogramdd.TensorList_bins(Tensor self, Tensor[] bins, float[]? range=None, Tensor? weight=None, bool density=False) -> (Tensor hist, Tensor[] bin_edges)':
    (d, self, bins: Tensor[], _range, weight, density) =>
      build(
        d,
        self,
        points(self),
        bins.map((list) => readNumbers(list)),
        weight,
        density,
      ),
}
