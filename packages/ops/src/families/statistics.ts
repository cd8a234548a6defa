/** Statistics and numerical calculus made of sums, sorts and differences. */
import { RuntimeError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const at = (dim: number, ndim: number): number => (dim < 0 ? dim + Math.max(ndim, 1) : dim)

/** self[…, start:end, …] along a dimension. */
const cut = (op: Dispatch, self: TensorLike, dim: number, start: number, end: number | null) =>
  op.call('aten::slice.Tensor', self, dim, start, end, 1) as TensorLike

function diff(op: Dispatch, self: TensorLike, n: number, dim: number, prepend: TensorLike | null, append: TensorLike | null): unknown {
  if (self.ndim === 0) throw new RuntimeError('TSJ_SHAPE_DIFF', 'diff expects input to be at least one-dimensional')
  if (n < 0) throw new RuntimeError('TSJ_SHAPE_DIFF', `order must be non-negative but got ${n}`)
  const parts = [prepend, self, append].filter((part) => part !== null)
  let result: TensorLike = parts.length > 1 ? op.call('aten::cat', parts, dim) : self
  if (n === 0) return op.call('aten::clone', result)
  const axis = at(dim, self.ndim)
  for (let i = 0; i < Math.min(n, result.shape[axis] + i); i++) {
    if (result.shape[axis] === 0) break
    const high = cut(op, result, axis, 1, null)
    const low = cut(op, result, axis, 0, result.shape[axis] - 1)
    result = op.call(result.dtype === 'bool' ? 'aten::logical_xor' : 'aten::sub.Tensor', high, low)
  }
  return result
}

/** Areas between neighbouring samples: (y[i] + y[i+1]) * width / 2, before summing. */
function trapezoids(op: Dispatch, y: TensorLike, dim: number, width: TensorLike | unknown, isTensor: boolean): unknown {
  const axis = at(dim, y.ndim)
  const pairs = op.call('aten::add.Tensor', cut(op, y, axis, 1, null), cut(op, y, axis, 0, Math.max(y.shape[axis] - 1, 0)))
  return op.call('aten::div.Scalar', op.call(isTensor ? 'aten::mul.Tensor' : 'aten::mul.Scalar', pairs, width), op.float(2))
}

/** Distances between samples, shaped so that they broadcast against y's pairs. */
function spacing(op: Dispatch, y: TensorLike, x: TensorLike, dim: number): TensorLike {
  const axis = at(dim, y.ndim)
  let points = x
  if (x.ndim === 1 && y.ndim > 1)
    points = op.call(
      'aten::view',
      x,
      y.shape.map((_, i) => (i === axis ? x.shape[0] : 1)),
    )
  else if (x.ndim < y.ndim) points = op.call('aten::view', x, [...new Array<number>(y.ndim - x.ndim).fill(1), ...x.shape])
  return op.call('aten::sub.Tensor', cut(op, points, axis, 1, null), cut(op, points, axis, 0, -1))
}

const zerosWithout = (op: Dispatch, y: TensorLike, axis: number) =>
  op.call(
    'aten::new_zeros',
    y,
    y.shape.filter((_, i) => i !== axis),
  )

function trapezoidX(op: Dispatch, y: TensorLike, x: TensorLike, dim: number): unknown {
  if (y.dtype === 'bool' || x.dtype === 'bool')
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', 'trapezoid: received a bool input for `x` or `y`, but bool is not supported')
  const axis = at(dim, y.ndim)
  if (y.shape[axis] === 0) return zerosWithout(op, y, axis)
  return op.call('aten::sum.dim_IntList', trapezoids(op, y, dim, spacing(op, y, x, dim), true), [axis])
}

function trapezoidDx(op: Dispatch, y: TensorLike, dx: unknown, dim: number): unknown {
  if (y.dtype === 'bool')
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', 'trapezoid: received a bool input for `y`, but bool is not supported')
  const axis = at(dim, y.ndim)
  if (y.shape[axis] === 0) return zerosWithout(op, y, axis)
  return op.call('aten::sum.dim_IntList', trapezoids(op, y, dim, dx, false), [axis])
}

const interpolations = ['linear', 'lower', 'higher', 'midpoint', 'nearest']

function quantile(
  op: Dispatch,
  self: TensorLike,
  q: TensorLike,
  dim: number | null,
  keepdim: boolean,
  interpolation: string,
  ignoreNan: boolean,
): unknown {
  if (q.ndim > 1) throw new RuntimeError('TSJ_QUANTILE', 'quantile() q must be a scalar or 1D tensor')
  if (self.numel === 0) throw new RuntimeError('TSJ_QUANTILE', 'quantile() input tensor must be non-empty')
  if (self.dtype !== 'float32' && self.dtype !== 'float64')
    throw new RuntimeError('TSJ_QUANTILE', 'quantile() input tensor must be either float or double dtype')
  if (self.dtype !== q.dtype) throw new RuntimeError('TSJ_QUANTILE', 'quantile() q tensor must be same dtype as the input tensor')
  if (!interpolations.includes(interpolation)) {
    throw new RuntimeError(
      'TSJ_QUANTILE',
      `quantile() interpolation must be one of linear, lower, higher, midpoint or nearest, but got ${interpolation}`,
    )
  }
  const axis = dim === null ? 0 : at(dim, self.ndim)
  // the dimension goes last, sorted
  let sorted: TensorLike =
    dim === null
      ? op.call('aten::flatten.using_ints', self)
      : self.ndim
        ? op.call('aten::transpose.int', op.call('aten::unsqueeze', self, -1), axis, -1)
        : self
  sorted = op.call('aten::sort', sorted)[0]
  const last = sorted.shape[sorted.ndim - 1] ?? 1
  let rank: TensorLike
  if (ignoreNan) {
    const count = op.call('aten::sum.dim_IntList', op.call('aten::logical_not', op.call('aten::isnan', sorted)), [-1], true)
    rank = op.call('aten::mul.Tensor', q, op.call('aten::sub.Scalar', count, op.int(1)))
    rank = op.call('aten::masked_fill.Scalar', rank, op.call('aten::lt.Scalar', rank, op.int(0)), op.int(0))
  } else {
    const scaled = op.call('aten::mul.Scalar', q, op.int(last - 1))
    const hasNan = op.call('aten::any.dim', op.call('aten::isnan', sorted), -1, true)
    rank = op.call('aten::where.ScalarSelf', hasNan, op.float(last - 1), scaled)
  }
  if (interpolation === 'lower') rank = op.call('aten::floor', rank)
  else if (interpolation === 'higher') rank = op.call('aten::ceil', rank)
  else if (interpolation === 'nearest') rank = op.call('aten::round', rank)
  const longCode = 4
  const below = op.call('aten::to.dtype', rank, longCode)
  let values: TensorLike = op.call('aten::take_along_dim', sorted, below, sorted.ndim ? -1 : null)
  if (interpolation === 'linear' || interpolation === 'midpoint') {
    const above = op.call('aten::to.dtype', op.call('aten::ceil', rank), longCode)
    const upper = op.call('aten::take_along_dim', sorted, above, sorted.ndim ? -1 : null)
    const weights =
      interpolation === 'midpoint'
        ? op.call('aten::full_like', rank, op.float(0.5))
        : op.call('aten::sub.Tensor', rank, op.call('aten::to.dtype', below, self.dtype === 'float64' ? 7 : 6))
    values = op.call('aten::lerp.Tensor', values, upper, weights)
  }
  return quantileShape(op, self, values, q, dim === null ? null : axis, keepdim)
}

/** Puts the quantiles first, and the reduced dimension where keepdim wants it. */
function quantileShape(op: Dispatch, self: TensorLike, values: TensorLike, q: TensorLike, axis: number | null, keepdim: boolean): unknown {
  let result = values
  if (axis === null || self.ndim === 0) {
    if (keepdim) result = op.call('aten::reshape', result, [...new Array<number>(self.ndim).fill(1), q.numel])
  } else {
    // values: self's dimensions with size 1 at the axis, then the quantiles
    if (!keepdim) result = op.call('aten::squeeze.dim', result, axis)
  }
  if (q.ndim === 0) return op.call('aten::squeeze.dim', result, -1)
  return op.call('aten::movedim.int', result, -1, 0)
}

function scalarQuantile(ignoreNan: boolean) {
  return (op: Dispatch, self: TensorLike, q: number, dim: number | null, keepdim: boolean, interpolation: string): unknown => {
    if (!(q >= 0 && q <= 1)) throw new RuntimeError('TSJ_QUANTILE', `quantile() q must be in the range [0, 1] but got ${q}`)
    const tensor = op.call('aten::scalar_tensor', op.float(q), self.dtype === 'float64' ? 7 : 6) as TensorLike
    return quantile(op, self, tensor, dim, keepdim, interpolation, ignoreNan)
  }
}

function nanmean(op: Dispatch, self: TensorLike, dim: readonly number[] | null, keepdim: boolean, dtype: number | null): unknown {
  const valid = op.call('aten::logical_not', op.call('aten::isnan', self))
  const count = op.call('aten::sum.dim_IntList', valid, dim, keepdim)
  return op.call('aten::div.Tensor', op.call('aten::nansum', self, dim, keepdim, dtype), count)
}

/** One-sided at the ends, weighted central inside, for any spacing. */
function gradientAlong(
  op: Dispatch,
  self: TensorLike,
  axis: number,
  space: TensorLike | unknown,
  coordinates: boolean,
  edgeOrder: number,
): unknown {
  const n = self.shape[axis]
  if (n < edgeOrder + 1)
    throw new RuntimeError('TSJ_SHAPE_GRADIENT', `torch.gradient expected each dimension size to be at least ${edgeOrder + 1}`)
  const difference = (a: TensorLike, b: TensorLike) => op.call('aten::sub.Tensor', a, b) as TensorLike
  const y = (start: number, end: number | null) => cut(op, self, axis, start, end)
  const divide = (a: unknown, b: unknown) => op.call(coordinates ? 'aten::div.Tensor' : 'aten::div.Scalar', a, b)
  const shape = self.shape.map((_, i) => (i === axis ? -1 : 1))
  const steps = coordinates ? (op.call('aten::view', op.call('aten::diff', space), shape) as TensorLike) : undefined
  const slopes = divide(difference(y(1, null), y(0, n - 1)), steps ?? space) as TensorLike
  const first = cut(op, slopes, axis, 0, 1)
  const final = cut(op, slopes, axis, n - 2, n - 1)
  if (n === 2) return op.call('aten::cat', [first, final], axis)
  const left = cut(op, slopes, axis, 0, n - 2)
  const right = cut(op, slopes, axis, 1, n - 1)
  if (!steps) {
    const inner = op.call('aten::div.Scalar', op.call('aten::add.Tensor', left, right), op.float(2))
    const edge = (a: TensorLike, b: TensorLike) =>
      edgeOrder === 1
        ? a
        : op.call('aten::sub.Tensor', op.call('aten::mul.Scalar', a, op.float(1.5)), op.call('aten::mul.Scalar', b, op.float(0.5)))
    return op.call('aten::cat', [edge(first, cut(op, slopes, axis, 1, 2)), inner, edge(final, cut(op, slopes, axis, n - 3, n - 2))], axis)
  }
  const h1 = cut(op, steps, axis, 0, n - 2)
  const h2 = cut(op, steps, axis, 1, n - 1)
  const sum = op.call('aten::add.Tensor', h1, h2)
  const inner = op.call(
    'aten::div.Tensor',
    op.call('aten::add.Tensor', op.call('aten::mul.Tensor', left, h2), op.call('aten::mul.Tensor', right, h1)),
    sum,
  )
  const edge = (near: TensorLike, far: TensorLike, a: TensorLike, b: TensorLike) => {
    if (edgeOrder === 1) return near
    const bend = op.call(
      'aten::div.Tensor',
      op.call('aten::mul.Tensor', op.call('aten::sub.Tensor', near, far), a),
      op.call('aten::add.Tensor', a, b),
    )
    return op.call('aten::add.Tensor', near, bend)
  }
  const step = (start: number) => cut(op, steps, axis, start, start + 1)
  return op.call(
    'aten::cat',
    [
      edge(first, cut(op, slopes, axis, 1, 2), step(0), step(1)),
      inner,
      edge(final, cut(op, slopes, axis, n - 3, n - 2), step(n - 2), step(n - 3)),
    ],
    axis,
  )
}

type Spacing = (op: Dispatch, index: number) => { value: unknown; coordinates: boolean }

function gradient(op: Dispatch, self: TensorLike, dims: readonly number[] | number | null, edgeOrder: number, spacingOf: Spacing): unknown {
  if (edgeOrder !== 1 && edgeOrder !== 2)
    throw new RuntimeError('TSJ_GRADIENT', 'torch.gradient only supports edge_order=1 and edge_order=2.')
  const list = dims === null ? self.shape.map((_, i) => i) : typeof dims === 'number' ? [dims] : dims
  const input: TensorLike = self.dtype.startsWith('int') || self.dtype.startsWith('uint') ? op.call('aten::to.dtype', self, 6) : self
  return list.map((dim, i) => {
    const { value, coordinates } = spacingOf(op, i)
    return gradientAlong(op, input, at(dim, self.ndim), value, coordinates, edgeOrder)
  })
}

const unit: Spacing = (op) => ({ value: op.float(1), coordinates: false })
const scalarSpacing =
  (space: unknown): Spacing =>
  (op, i) => ({ value: Array.isArray(space) ? space[i] : (space ?? op.float(1)), coordinates: false })
const tensorSpacing =
  (space: readonly TensorLike[]): Spacing =>
  (_, i) => ({ value: space[i], coordinates: true })

function mvlgamma(op: Dispatch, self: TensorLike, p: number): unknown {
  if (p < 1) throw new RuntimeError('TSJ_MVLGAMMA', 'p has to be greater than or equal to 1')
  let total: unknown
  for (let j = 0; j < p; j++) {
    const term = op.call('aten::lgamma', op.call('aten::sub.Scalar', self, op.float(j / 2)))
    total = total === undefined ? term : op.call('aten::add.Tensor', total, term)
  }
  return op.call('aten::add.Scalar', total, op.float((p * (p - 1) * Math.log(Math.PI)) / 4))
}

function softmaxBackward(op: Dispatch, grad: TensorLike, output: TensorLike, dim: number, inputDType: number): unknown {
  const half = output.dtype === 'float16' || output.dtype === 'bfloat16'
  const floatCode = 6
  const widen = (tensor: TensorLike): unknown => (half ? op.call('aten::to.dtype', tensor, floatCode) : tensor)
  const y = widen(output)
  const product = op.call('aten::mul.Tensor', widen(grad), y)
  const result = op.call(
    'aten::sub.Tensor',
    product,
    op.call('aten::mul.Tensor', y, op.call('aten::sum.dim_IntList', product, [dim], true)),
  )
  return half ? op.call('aten::to.dtype', result, inputDType) : result
}

export const statisticsDecompositions: DecompositionTable = {
  'aten::diff': diff,
  'aten::trapezoid.x': trapezoidX,
  'aten::trapezoid.dx': trapezoidDx,
  'aten::trapz.dx': (op, y, dx: number, dim) => trapezoidDx(op, y, op.float(dx), dim),
  'aten::cumulative_trapezoid.x': (op, y, x, dim) => op.call('aten::cumsum', trapezoids(op, y, dim, spacing(op, y, x, dim), true), dim),
  'aten::cumulative_trapezoid.dx': (op, y, dx, dim) => op.call('aten::cumsum', trapezoids(op, y, dim, dx, false), dim),
  'aten::quantile': (op, self, q, dim, keepdim, interpolation) => quantile(op, self, q, dim, keepdim, interpolation, false),
  'aten::quantile.scalar': scalarQuantile(false),
  'aten::nanquantile': (op, self, q, dim, keepdim, interpolation) => quantile(op, self, q, dim, keepdim, interpolation, true),
  'aten::nanquantile.scalar': scalarQuantile(true),
  'aten::nanmean': nanmean,
  'aten::gradient.scalarint': (op, self, space, dim, order) => gradient(op, self, dim, order, scalarSpacing(space)),
  'aten::gradient.scalararray': (op, self, space, dim, order) => gradient(op, self, dim, order, scalarSpacing(space)),
  'aten::gradient.array': (op, self, dim, order) => gradient(op, self, dim, order, unit),
  'aten::gradient.scalarrayint': (op, self, space, dim, order) => gradient(op, self, dim, order, scalarSpacing(space)),
  'aten::gradient.scalarrayarray': (op, self, space, dim, order) => gradient(op, self, dim, order, scalarSpacing(space)),
  'aten::gradient.tensorarrayint': (op, self, space, dim, order) => gradient(op, self, dim, order, tensorSpacing(space)),
  'aten::gradient.tensorarray': (op, self, space, dim, order) => gradient(op, self, dim, order, tensorSpacing(space)),
  'aten::mvlgamma': mvlgamma,
  'aten::_softmax_backward_data': softmaxBackward,
  'aten::native_dropout_backward': (op, grad, mask, scale: number) =>
    op.call('aten::mul.Scalar', op.call('aten::mul.Tensor', grad, mask), op.float(scale)),
}
