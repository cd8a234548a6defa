/** `grid_sampler`: values of an input at given places, in [-1, 1] from edge to edge, by linear, nearest or cubic interpolation. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { check, fromNumbers, isFloating, notImplemented, output, product, readNumbers, shapeText } from './nn-host.ts'

const nearestMode = 1
const bicubicMode = 2

/** 0: zeros outside, 1: the border's value, 2: reflected. */
type Padding = 0 | 1 | 2

function unnormalize(x: number, size: number, alignCorners: boolean): number {
  return alignCorners ? ((x + 1) / 2) * (size - 1) : ((x + 1) * size - 1) / 2
}

function reflect(x: number, twiceLow: number, twiceHigh: number): number {
  if (twiceLow === twiceHigh) return 0
  const low = twiceLow / 2
  const span = (twiceHigh - twiceLow) / 2
  const distance = Math.abs(x - low)
  const extra = distance % span
  return Math.floor(distance / span) % 2 === 0 ? extra + low : span - extra + low
}

const clip = (x: number, size: number): number => Math.min(size - 1, Math.max(x, 0))

/** A place moved inside as the padding says. */
function padded(x: number, size: number, padding: Padding, alignCorners: boolean): number {
  if (padding === 1) return clip(x, size)
  if (padding === 2) return clip(alignCorners ? reflect(x, 0, 2 * (size - 1)) : reflect(x, -1, 2 * size - 1), size)
  return x
}

function cubicWeights(t: number): number[] {
  const a = -0.75
  const near = (x: number): number => ((a + 2) * x - (a + 3)) * x * x + 1
  const far = (x: number): number => ((a * x - 5 * a) * x + 8 * a) * x - 4 * a
  return [far(t + 1), near(t), near(1 - t), far(2 - t)]
}

/** The taps along one dimension: cells and weights. Cells outside have no value. */
function tapsAt(x: number, size: number, mode: number, padding: Padding, alignCorners: boolean): [cells: number[], weights: number[]] {
  // NaN and what no cell can be near to fall outside, or to the border's start
  const place = unnormalize(x, size, alignCorners)
  if (mode === bicubicMode) {
    const low = Math.floor(place)
    const cells = [-1, 0, 1, 2].map((k) => Math.trunc(padded(low + k, size, padding, alignCorners)))
    return [cells, cubicWeights(place - low)]
  }
  const inside = padded(place, size, padding, alignCorners)
  if (mode === nearestMode) return [[roundHalfEven(inside)], [1]]
  const low = Math.floor(inside)
  return [
    [low, low + 1],
    [low + 1 - inside, inside - low],
  ]
}

function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

function gridSampler(spatial: number) {
  return (d: Dispatcher, input: Tensor, grid: Tensor, mode: number, padding: number, alignCorners: boolean): Tensor => {
    check(
      input.ndim === spatial + 2 && grid.ndim === spatial + 2,
      () =>
        `grid_sampler(): expected ${spatial + 2}D input and grid with same number of dimensions, but got input with sizes ${shapeText(input.shape)} and grid with sizes ${shapeText(grid.shape)}`,
      'TSJ_SHAPE_INPUT',
    )
    check(
      input.shape[0] === grid.shape[0],
      () =>
        `grid_sampler(): expected grid and input to have same batch size, but got input with sizes ${shapeText(input.shape)} and grid with sizes ${shapeText(grid.shape)}`,
      'TSJ_SHAPE_INPUT',
    )
    check(
      grid.shape[spatial + 1] === spatial,
      () => `grid_sampler(): expected grid to have size ${spatial} in last dimension, but got grid with sizes ${shapeText(grid.shape)}`,
      'TSJ_SHAPE_INPUT',
    )
    check(!(spatial === 3 && mode === bicubicMode), () => 'grid_sampler(): bicubic interpolation only supports 4D input', 'TSJ_MODE')
    if (!isFloating(input)) throw notImplemented('grid_sampler', input.dtype)
    const [batch, channels] = input.shape
    const size = input.shape.slice(2)
    const outSize = grid.shape.slice(1, -1)
    const [plane, outPlane] = [product(size), product(outSize)]
    const values = readNumbers(input)
    const places = readNumbers(grid)
    const result = output(d, [batch, channels, ...outSize], input.dtype, input.device)
    for (let n = 0; n < batch; n++) {
      for (let p = 0; p < outPlane; p++) {
        // the grid's last dimension begins with x, which goes along the input's last dimension
        const taps = size.map((length, dim) =>
          tapsAt(places[(n * outPlane + p) * spatial + spatial - 1 - dim], length, mode, padding as Padding, alignCorners),
        )
        for (let c = 0; c < channels; c++)
          result.data[(n * channels + c) * outPlane + p] = gatherTaps(values, (n * channels + c) * plane, size, taps)
      }
    }
    return result.finish()
  }
}

function gatherTaps(
  values: ArrayLike<number>,
  base: number,
  size: readonly number[],
  taps: [number[], number[]][],
  dim = 0,
  offset = 0,
): number {
  const [cells, weights] = taps[dim]
  let sum = 0
  for (let i = 0; i < cells.length; i++) {
    const cell = cells[i]
    if (!(cell >= 0 && cell < size[dim])) continue
    const at = offset * size[dim] + cell
    sum += weights[i] * (dim === size.length - 1 ? values[base + at] : gatherTaps(values, base, size, taps, dim + 1, at))
  }
  return sum
}

/** The grid that an affine map of [-1, 1] gives. */
function affineGrid(d: Dispatcher, theta: Tensor, size: number[], alignCorners: boolean): Tensor {
  check(
    size.length === 4 || size.length === 5,
    () => `AffineGridGenerator needs 4d (spatial) or 5d (volumetric) inputs.`,
    'TSJ_SHAPE_INPUT',
  )
  const [batch, , ...spatial] = size
  const dims = spatial.length
  const matrix = readNumbers(theta)
  const axis = spatial.map((n) =>
    Float64Array.from({ length: n }, (_, i) => (n <= 1 ? 0 : (-1 + (2 * i) / (n - 1)) * (alignCorners ? 1 : (n - 1) / n))),
  )
  const plane = product(spatial)
  const result = new Float64Array(batch * plane * dims)
  const at = new Float64Array(dims + 1)
  at[dims] = 1
  for (let n = 0; n < batch; n++) {
    for (let p = 0; p < plane; p++) {
      for (let i = 0, rest = p; i < dims; i++) {
        const dim = dims - 1 - i
        at[i] = axis[dim][rest % spatial[dim]]
        rest = Math.floor(rest / spatial[dim])
      }
      for (let row = 0; row < dims; row++) {
        let sum = 0
        for (let k = 0; k <= dims; k++) sum += matrix[(n * dims + row) * (dims + 1) + k] * at[k]
        result[(n * plane + p) * dims + row] = sum
      }
    }
  }
  return fromNumbers(d, result, [batch, ...spatial, dims], theta.dtype, theta.device)
}

export const gridKernels: KernelTable = {
  'aten::grid_sampler_2d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor':
    gridSampler(2),
  'aten::_grid_sampler_2d_cpu_fallback(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor':
    gridSampler(2),
  'aten::grid_sampler_3d(Tensor input, Tensor grid, int interpolation_mode, int padding_mode, bool align_corners) -> Tensor':
    gridSampler(3),
  'aten::affine_grid_generator(Tensor theta, SymInt[] size, bool align_corners) -> Tensor': affineGrid,
}
