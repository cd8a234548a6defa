/**
 * Resizing (`upsample_*`). Every mode is separable: along each dimension an output element is a weighted sum of a few input elements,
 * so one table of indices and weights a dimension says all. Positions are computed in float32 except for float64 tensors, as
 * PyTorch does, since they decide between neighbours.
 */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { check, isFloating, notImplemented, output, product, readNumbers, shapeText } from './nn-host.ts'

interface Taps {
  /** Of each output element: its first entry in the lists. */
  readonly starts: Int32Array
  readonly indices: number[]
  readonly weights: number[]
}

type Round = (x: number) => number
type Rule = (size: number, out: number, scale: number | null, alignCorners: boolean, round: Round) => Taps

function taps(out: number, fill: (i: number, add: (index: number, weight: number) => void) => void): Taps {
  const starts = new Int32Array(out + 1)
  const indices: number[] = []
  const weights: number[] = []
  for (let i = 0; i < out; i++) {
    fill(i, (index, weight) => {
      indices.push(index)
      weights.push(weight)
    })
    starts[i + 1] = indices.length
  }
  return { starts, indices, weights }
}

/** Input elements an output element. */
function ratio(size: number, out: number, scale: number | null, alignCorners: boolean, round: Round): number {
  if (alignCorners) return out > 1 ? round((size - 1) / (out - 1)) : 0
  return scale !== null && scale > 0 ? round(1 / scale) : round(size / out)
}

const nearest: Rule = (size, out, scale) => {
  const step = Math.fround(scale !== null && scale > 0 ? 1 / scale : size / out)
  return taps(out, (i, add) => add(out === size ? i : out === 2 * size ? i >> 1 : Math.min(Math.floor(Math.fround(i * step)), size - 1), 1))
}

const nearestExact: Rule = (size, out, scale) => {
  const step = Math.fround(scale !== null && scale > 0 ? 1 / scale : size / out)
  return taps(out, (i, add) => add(Math.min(Math.floor(Math.fround((i + 0.5) * step)), size - 1), 1))
}

const linear: Rule = (size, out, scale, alignCorners, round) => {
  const step = ratio(size, out, scale, alignCorners, round)
  return taps(out, (i, add) => {
    if (size === out) return add(i, 1)
    const position = alignCorners ? round(step * i) : Math.max(0, round(round(step * (i + 0.5)) - 0.5))
    const low = Math.min(Math.floor(position), size - 1)
    const rest = Math.min(Math.max(round(position - low), 0), 1)
    add(low, round(1 - rest))
    add(low < size - 1 ? low + 1 : low, rest)
  })
}

/** Keys' cubic convolution. */
function cubicWeight(x: number, a: number): number {
  const t = Math.abs(x)
  if (t <= 1) return ((a + 2) * t - (a + 3)) * t * t + 1
  return t < 2 ? ((a * t - 5 * a) * t + 8 * a) * t - 4 * a : 0
}

const cubic: Rule = (size, out, scale, alignCorners, round) => {
  const step = ratio(size, out, scale, alignCorners, round)
  return taps(out, (i, add) => {
    const position = alignCorners ? round(step * i) : round(round(step * (i + 0.5)) - 0.5)
    const low = Math.min(Math.floor(position), size - 1)
    const t = Math.min(Math.max(round(position - low), 0), 1)
    for (let k = -1; k <= 2; k++) add(Math.min(Math.max(low + k, 0), size - 1), cubicWeight(t - k, -0.75))
  })
}

/** Anti-aliased: when it shrinks, the filter grows with the ratio, and its weights are scaled to sum to 1. */
function antialiased(width: number, filter: (x: number) => number): Rule {
  return (size, out, scale, alignCorners, round) => {
    const step = ratio(size, out, scale, alignCorners, round)
    const support = step >= 1 ? width * 0.5 * step : width * 0.5
    const shrink = step >= 1 ? 1 / step : 1
    return taps(out, (i, add) => {
      const center = step * (i + 0.5)
      const first = Math.max(Math.trunc(center - support + 0.5), 0)
      const last = Math.min(Math.trunc(center + support + 0.5), size)
      const weights = Array.from({ length: Math.max(last - first, 0) }, (_, j) => filter((j + first - center + 0.5) * shrink))
      const total = weights.reduce((sum, w) => sum + w, 0)
      weights.forEach((w, j) => add(first + j, total === 0 ? w : w / total))
    })
  }
}

const linearAA = antialiased(2, (x) => Math.max(0, 1 - Math.abs(x)))
const cubicAA = antialiased(4, (x) => cubicWeight(x, -0.5))
const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const lanczosAA = antialiased(6, (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0))

/** One dimension: [outer, size, inner] to [outer, out, inner]. */
function resample(
  values: ArrayLike<number>,
  outer: number,
  size: number,
  inner: number,
  { starts, indices, weights }: Taps,
  result: Float64Array,
): Float64Array {
  const out = starts.length - 1
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < out; i++) {
      const to = (o * out + i) * inner
      for (let t = starts[i]; t < starts[i + 1]; t++) {
        const from = (o * size + indices[t]) * inner
        const weight = weights[t]
        for (let k = 0; k < inner; k++) result[to + k] += weight * values[from + k]
      }
    }
  }
  return result
}

function upsample(spatial: number, name: string, rule: Rule) {
  return (d: Dispatcher, input: Tensor, outSize: readonly number[], alignCorners: boolean, scales: readonly (number | null)[]): Tensor => {
    const out = outSize.length === 1 ? new Array<number>(spatial).fill(outSize[0]) : outSize
    check(out.length === spatial, () => `It is expected output_size equals to ${spatial}, but got size ${out.length}`, 'TSJ_SHAPE_WINDOW')
    check(
      input.ndim === spatial + 2,
      () => `It is expected input_size equals to ${spatial + 2}, but got size ${input.ndim}`,
      'TSJ_SHAPE_INPUT',
    )
    const size = input.shape.slice(2)
    const spoken = (list: readonly number[]): string => list.map((n, i) => `${['D', 'H', 'W'][3 - spatial + i]}: ${n}`).join(', ')
    check(
      [...size, ...out].every((n) => n > 0),
      () => `Input and output sizes should be greater than 0, but got input (${spoken(size)}) output (${spoken(out)})`,
      'TSJ_SHAPE_WINDOW',
    )
    check(
      input.shape[1] > 0,
      () => `Non-empty ${spatial + 2}D data tensor expected but got a tensor with sizes ${shapeText(input.shape)}`,
      'TSJ_SHAPE_INPUT',
    )
    if (!isFloating(input) && input.dtype !== 'uint8') throw notImplemented(name, input.dtype)
    const round = input.dtype === 'float64' ? (x: number) => x : Math.fround
    const current = [...input.shape]
    let values: ArrayLike<number> = readNumbers(input)
    for (let i = spatial - 1; i >= 0; i--) {
      const outer = product(current.slice(0, 2 + i))
      const inner = product(current.slice(3 + i))
      values = resample(
        values,
        outer,
        size[i],
        inner,
        rule(size[i], out[i], scales[i], alignCorners, round),
        new Float64Array(outer * out[i] * inner),
      )
      current[2 + i] = out[i]
    }
    const result = output(d, current, input.dtype, input.device)
    if (input.dtype === 'uint8')
      for (let i = 0; i < values.length; i++) result.data[i] = Math.min(Math.max(Math.floor(values[i] + 0.5), 0), 255)
    else result.data.set(values)
    return result.finish()
  }
}

const plain =
  (run: ReturnType<typeof upsample>) =>
  (d: Dispatcher, input: Tensor, size: number[], ...scales: (number | null)[]) =>
    run(d, input, size, false, scales)
const aligned =
  (run: ReturnType<typeof upsample>) =>
  (d: Dispatcher, input: Tensor, size: number[], alignCorners: boolean, ...scales: (number | null)[]) =>
    run(d, input, size, alignCorners, scales)

export const interpolationKernels: KernelTable = {
  'aten::upsample_nearest1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor': plain(
    upsample(1, 'compute_indices_weights_nearest', nearest),
  ),
  'aten::upsample_nearest2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor': plain(
    upsample(2, 'compute_indices_weights_nearest', nearest),
  ),
  'aten::upsample_nearest3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor':
    plain(upsample(3, 'compute_indices_weights_nearest', nearest)),
  'aten::_upsample_nearest_exact1d(Tensor self, SymInt[1] output_size, float? scales=None) -> Tensor': plain(
    upsample(1, 'compute_indices_weights_nearest', nearestExact),
  ),
  'aten::_upsample_nearest_exact2d(Tensor self, SymInt[2] output_size, float? scales_h=None, float? scales_w=None) -> Tensor': plain(
    upsample(2, 'compute_indices_weights_nearest', nearestExact),
  ),
  'aten::_upsample_nearest_exact3d(Tensor self, SymInt[3] output_size, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor':
    plain(upsample(3, 'compute_indices_weights_nearest', nearestExact)),
  'aten::upsample_linear1d(Tensor self, SymInt[1] output_size, bool align_corners, float? scales=None) -> Tensor': aligned(
    upsample(1, 'compute_indices_weights_linear', linear),
  ),
  'aten::upsample_bilinear2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor':
    aligned(upsample(2, 'compute_indices_weights_linear', linear)),
  'aten::upsample_trilinear3d(Tensor self, SymInt[3] output_size, bool align_corners, float? scales_d=None, float? scales_h=None, float? scales_w=None) -> Tensor':
    aligned(upsample(3, 'compute_indices_weights_linear', linear)),
  'aten::upsample_bicubic2d(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor':
    aligned(upsample(2, 'compute_indices_weights_cubic', cubic)),
  'aten::_upsample_bilinear2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor':
    aligned(upsample(2, 'upsample_antialias', linearAA)),
  'aten::_upsample_bicubic2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor':
    aligned(upsample(2, 'upsample_antialias', cubicAA)),
  'aten::_upsample_lanczos2d_aa(Tensor self, SymInt[2] output_size, bool align_corners, float? scales_h=None, float? scales_w=None) -> Tensor':
    aligned(upsample(2, 'upsample_antialias', lanczosAA)),
}
