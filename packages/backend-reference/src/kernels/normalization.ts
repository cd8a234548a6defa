/** Batch, layer, group and RMS normalisation. Statistics are summed in double precision. */

import { type Dispatcher, type KernelTable, suggestedMemoryFormat, type Tensor, writeNumbers } from '@tsjit/runtime/backend'
import type { DType } from '@tsjit/types'
import { check, fromNumbers, isComplex, isFloating, notImplemented, output, product, readNumbers, shapeText } from './nn-host.ts'

interface Normalized {
  readonly out: Tensor
  readonly mean: Float64Array
  readonly rstd: Float64Array
  /** Biased. */
  readonly variance: Float64Array
}

/** Statistics of float16 and bfloat16 are kept in float32 where the affine parameters are. */
function statisticsDType(input: Tensor, weight: Tensor | null): DType {
  return weight && weight.dtype !== input.dtype ? weight.dtype : input.dtype
}

/** Mean and biased variance of channel `c` of [batch, channels, plane]. */
function channelMoments(
  values: ArrayLike<number>,
  batch: number,
  channels: number,
  plane: number,
  c: number,
  near: (x: number) => number,
): [mean: number, variance: number] {
  const count = batch * plane
  let sum = 0
  for (let n = 0; n < batch; n++) for (let i = 0, at = (n * channels + c) * plane; i < plane; i++, at++) sum += values[at]
  const mean = near(sum / count)
  let squares = 0
  for (let n = 0; n < batch; n++) {
    for (let i = 0, at = (n * channels + c) * plane; i < plane; i++, at++) {
      const off = values[at] - mean
      squares += off * off
    }
  }
  return [mean, near(near(squares) / count)]
}

/** Normalises channels with given or with their own statistics. */
function batchNorm(
  d: Dispatcher,
  input: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  mean: ArrayLike<number> | undefined,
  variance: ArrayLike<number> | undefined,
  eps: number,
  kept?: DType,
): Normalized {
  if (!isFloating(input)) throw notImplemented('batch_norm', input.dtype)
  // PyTorch keeps a batch's own statistics in tensors of this dtype, and so rounds them, before it normalises by them
  const near =
    kept === 'bfloat16' || kept === 'float16'
      ? (x: number): number => readNumbers(fromNumbers(d, [x], [1], kept, input.device))[0]
      : (x: number): number => x
  const batch = input.shape[0]
  const channels = input.shape[1] ?? 1
  const plane = product(input.shape.slice(2))
  const values = readNumbers(input)
  const result = output(d, input.shape, input.dtype, input.device)
  const scale = weight && readNumbers(weight)
  const shift = bias && readNumbers(bias)
  const stats = { mean: new Float64Array(channels), rstd: new Float64Array(channels), variance: new Float64Array(channels) }
  for (let c = 0; c < channels; c++) {
    const [m, v] = mean && variance ? [mean[c], variance[c]] : channelMoments(values, batch, channels, plane, c, near)
    const rstd = near(1 / Math.sqrt(v + eps))
    stats.mean[c] = m
    stats.variance[c] = v
    stats.rstd[c] = rstd
    const factor = rstd * (scale ? scale[c] : 1)
    const start = (shift ? shift[c] : 0) - m * factor
    for (let n = 0; n < batch; n++)
      for (let i = 0, at = (n * channels + c) * plane; i < plane; i++, at++) result.data[at] = values[at] * factor + start
  }
  return { out: result.finish(), ...stats }
}

function checkBatchNorm(input: Tensor, weight: Tensor | null, bias: Tensor | null, mean: Tensor | null, variance: Tensor | null): void {
  check(input.ndim >= 1, () => 'batch_norm: expected input with at least one dimension', 'TSJ_SHAPE_INPUT')
  const channels = input.shape[1] ?? 1
  for (const [name, t] of [
    ['running_mean', mean],
    ['running_var', variance],
    ['weight', weight],
    ['bias', bias],
  ] as const) {
    check(t === null || t.numel === channels, () => `${name} should contain ${channels} elements not ${t!.numel}`, 'TSJ_SHAPE_CHANNELS')
  }
}

/** Exponential averages of the channel statistics, written into the running tensors; the variance unbiased. */
function updateRunning(input: Tensor, stats: Normalized, mean: Tensor | null, variance: Tensor | null, momentum: number): void {
  const count = input.numel / (input.shape[1] ?? 1)
  const blend = (running: Tensor, fresh: (c: number) => number): void => {
    const old = readNumbers(running)
    writeNumbers(
      running,
      Float64Array.from(old, (value, c) => (1 - momentum) * value + momentum * fresh(c)),
    )
  }
  if (mean) blend(mean, (c) => stats.mean[c])
  if (variance) blend(variance, (c) => (stats.variance[c] * count) / (count - 1))
}

function nativeBatchNorm(
  d: Dispatcher,
  input: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  training: boolean,
  momentum: number,
  eps: number,
): [Tensor, Tensor, Tensor] {
  checkBatchNorm(input, weight, bias, runningMean, runningVar)
  const dtype = statisticsDType(input, weight)
  if (!training) {
    check(
      runningMean !== null && runningVar !== null,
      () => 'running_mean and running_var must be defined in evaluation mode',
      'TSJ_SHAPE_CHANNELS',
    )
    const plain = batchNorm(d, input, weight, bias, readNumbers(runningMean), readNumbers(runningVar), eps).out
    const format = suggestedMemoryFormat(input.shape, input.strides)
    const out: Tensor = format === 0 ? plain : d.call('aten::contiguous', plain, format)
    const empty = (): Tensor => d.empty([0], dtype, input.device)
    return [out, empty(), empty()]
  }
  const stats = batchNorm(d, input, weight, bias, undefined, undefined, eps, dtype)
  updateRunning(input, stats, runningMean, runningVar, momentum)
  const save = (values: Float64Array): Tensor => fromNumbers(d, values, [values.length], dtype, input.device)
  return [stats.out, save(stats.mean), save(stats.rstd)]
}

/** Rows of `size` elements to mean 0 and variance 1. */
function normalizeRows(
  values: ArrayLike<number>,
  size: number,
  eps: number,
  target: { [i: number]: number },
): { mean: Float64Array; rstd: Float64Array } {
  const rows = size === 0 ? 0 : values.length / size
  const mean = new Float64Array(rows)
  const rstd = new Float64Array(rows)
  for (let r = 0; r < rows; r++) {
    const base = r * size
    let sum = 0
    for (let i = 0; i < size; i++) sum += values[base + i]
    const m = sum / size
    let squares = 0
    for (let i = 0; i < size; i++) {
      const off = values[base + i] - m
      squares += off * off
    }
    const inverse = 1 / Math.sqrt(squares / size + eps)
    for (let i = 0; i < size; i++) target[base + i] = (values[base + i] - m) * inverse
    mean[r] = m
    rstd[r] = inverse
  }
  return { mean, rstd }
}

function checkNormalizedShape(input: Tensor, shape: readonly number[], weight: Tensor | null, bias: Tensor | null): void {
  const same = (t: Tensor): boolean => t.ndim === shape.length && t.shape.every((n, i) => n === shape[i])
  check(
    shape.length >= 1,
    () =>
      `Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one element, but got normalized_shape = ${shapeText(shape)}`,
    'TSJ_SHAPE_NORMALIZED',
  )
  for (const [name, t] of [
    ['weight', weight],
    ['bias', bias],
  ] as const) {
    check(
      t === null || same(t),
      () =>
        `Expected ${name} to be of same shape as normalized_shape, but got ${name} of shape ${shapeText(t!.shape)} and normalized_shape = ${shapeText(shape)}`,
      'TSJ_SHAPE_NORMALIZED',
    )
  }
  check(
    input.ndim >= shape.length && shape.every((n, i) => n === input.shape[input.ndim - shape.length + i]),
    () =>
      `Given normalized_shape=${shapeText(shape)}, expected input with shape [*${shape.map((n) => `, ${n}`).join('')}], but got input of size${shapeText(input.shape)}`,
    'TSJ_SHAPE_NORMALIZED',
  )
}

function nativeLayerNorm(
  d: Dispatcher,
  input: Tensor,
  shape: number[],
  weight: Tensor | null,
  bias: Tensor | null,
  eps: number,
): [Tensor, Tensor, Tensor] {
  checkNormalizedShape(input, shape, weight, bias)
  if (!isFloating(input)) throw notImplemented('LayerNormKernelImpl', input.dtype)
  const size = product(shape)
  const result = output(d, input.shape, input.dtype, input.device)
  // between normalising and scaling nothing is rounded
  const rows = new Float64Array(input.numel)
  const { mean, rstd } = normalizeRows(readNumbers(input), size, eps, rows)
  const scale = weight && readNumbers(weight)
  const shift = bias && readNumbers(bias)
  for (let i = 0, j = 0; i < rows.length; i++, j = j + 1 === size ? 0 : j + 1)
    result.data[i] = rows[i] * (scale ? scale[j] : 1) + (shift ? shift[j] : 0)
  const lead = input.shape.slice(0, input.ndim - shape.length)
  const kept = [...lead, ...shape.map(() => 1)]
  const dtype = statisticsDType(input, weight)
  const stat = (values: Float64Array): Tensor =>
    fromNumbers(d, values.length === product(kept) ? values : new Float64Array(product(kept)), kept, dtype, input.device)
  return [result.finish(), stat(mean), stat(rstd)]
}

function nativeGroupNorm(
  d: Dispatcher,
  input: Tensor,
  weight: Tensor | null,
  bias: Tensor | null,
  batch: number,
  channels: number,
  plane: number,
  groups: number,
  eps: number,
): [Tensor, Tensor, Tensor] {
  check(
    channels % groups === 0,
    () =>
      `Expected number of channels in input to be divisible by num_groups, but got input of shape ${shapeText(input.shape)} and num_groups=${groups}`,
    'TSJ_SHAPE_GROUPS',
  )
  for (const [name, t] of [
    ['weight', weight],
    ['bias', bias],
  ] as const) {
    check(
      t === null || (t.ndim === 1 && t.numel === channels),
      () =>
        `Expected ${name} to be a vector of size equal to the number of channels in input, but got ${name} of shape ${shapeText(t!.shape)} and input of shape ${shapeText(input.shape)}`,
      'TSJ_SHAPE_CHANNELS',
    )
  }
  if (!isFloating(input)) throw notImplemented('GroupNormKernelImpl', input.dtype)
  const rows = new Float64Array(input.numel)
  const { mean, rstd } = normalizeRows(readNumbers(input), (channels / groups) * plane, eps, rows)
  const result = output(d, input.shape, input.dtype, input.device)
  const scale = weight && readNumbers(weight)
  const shift = bias && readNumbers(bias)
  for (let i = 0; i < rows.length; i++) {
    const c = Math.floor(i / plane) % channels
    result.data[i] = rows[i] * (scale ? scale[c] : 1) + (shift ? shift[c] : 0)
  }
  const dtype = statisticsDType(input, weight)
  const stat = (values: Float64Array): Tensor =>
    fromNumbers(d, values.length ? values : new Float64Array(batch * groups), [batch, groups], dtype, input.device)
  return [result.finish(), stat(mean), stat(rstd)]
}

const machineEpsilon: Partial<Record<DType, number>> = { float64: 2 ** -52, float32: 2 ** -23, float16: 2 ** -23, bfloat16: 2 ** -23 }

function rmsNorm(d: Dispatcher, input: Tensor, shape: number[], weight: Tensor | null, eps: number | null): [Tensor, Tensor] {
  checkNormalizedShape(input, shape, weight, null)
  const size = product(shape)
  if (isComplex(input)) return complexRmsNorm(d, input, shape, weight, eps)
  const values = readNumbers(input)
  const scale = weight && readNumbers(weight)
  const result = output(d, input.shape, input.dtype, input.device)
  const rows = size === 0 ? 0 : values.length / size
  const inverse = new Float64Array(rows)
  for (let r = 0; r < rows; r++) {
    let squares = 0
    for (let i = r * size; i < (r + 1) * size; i++) squares += values[i] * values[i]
    inverse[r] = 1 / Math.sqrt(squares / size + (eps ?? machineEpsilon[input.dtype] ?? 2 ** -23))
    for (let i = 0; i < size; i++) result.data[r * size + i] = values[r * size + i] * inverse[r] * (scale ? scale[i] : 1)
  }
  const kept = [...input.shape.slice(0, input.ndim - shape.length), ...shape.map(() => 1)]
  return [result.finish(), fromNumbers(d, inverse, kept, input.dtype === 'float64' ? 'float64' : 'float32', input.device)]
}

/** Complex numbers are squared as they are, not by their size. */
function complexRmsNorm(
  d: Dispatcher,
  input: Tensor,
  shape: readonly number[],
  weight: Tensor | null,
  eps: number | null,
): [Tensor, Tensor] {
  const dims = shape.map((_, i) => input.ndim - shape.length + i)
  const mean = d.call('aten::mean.dim', d.call('aten::mul.Tensor', input, input), dims, true, null)
  const added = d.call('aten::add.Scalar', mean, d.float(eps ?? (input.dtype === 'complex128' ? 2 ** -52 : 2 ** -23)))
  const inverse = d.call('aten::rsqrt', added)
  const scaled = d.call('aten::mul.Tensor', input, inverse)
  return [weight ? d.call('aten::mul.Tensor', scaled, weight) : scaled, inverse]
}

/** v scaled so that its norm over all dims but `dim` (the first or the last) is g. */
function weightNorm(d: Dispatcher, v: Tensor, g: Tensor, dim: number): [Tensor, Tensor] {
  check(dim === 0 || dim === v.ndim - 1, () => 'fused kernels can only be applied for first or last dim', 'TSJ_SHAPE_DIM')
  const values = readNumbers(v)
  const gain = readNumbers(g)
  const count = v.shape[dim]
  const inner = dim === 0 ? v.numel / Math.max(count, 1) : 1
  const norms = new Float64Array(count)
  for (let i = 0; i < values.length; i++) norms[Math.floor(i / inner) % count] += values[i] * values[i]
  for (let c = 0; c < count; c++) norms[c] = Math.sqrt(norms[c])
  const result = output(d, v.shape, v.dtype, v.device)
  for (let i = 0; i < values.length; i++) {
    const c = Math.floor(i / inner) % count
    result.data[i] = (values[i] * gain[c]) / norms[c]
  }
  return [result.finish(), fromNumbers(d, norms, g.shape, v.dtype === 'float64' ? 'float64' : 'float32', v.device)]
}

export const normalizationKernels: KernelTable = {
  'aten::native_batch_norm(Tensor input, Tensor? weight, Tensor? bias, Tensor? running_mean, Tensor? running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)':
    nativeBatchNorm,
  'aten::_native_batch_norm_legit(Tensor input, Tensor? weight, Tensor? bias, Tensor(a!) running_mean, Tensor(b!) running_var, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)':
    nativeBatchNorm,
  'aten::_native_batch_norm_legit.no_stats(Tensor input, Tensor? weight, Tensor? bias, bool training, float momentum, float eps) -> (Tensor, Tensor, Tensor)':
    (d, input, weight, bias, training, momentum, eps) => nativeBatchNorm(d, input, weight, bias, null, null, training, momentum, eps),
  'aten::native_layer_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight, Tensor? bias, float eps) -> (Tensor, Tensor, Tensor)':
    nativeLayerNorm,
  'aten::native_group_norm(Tensor input, Tensor? weight, Tensor? bias, SymInt N, SymInt C, SymInt HxW, int group, float eps) -> (Tensor, Tensor, Tensor)':
    nativeGroupNorm,
  'aten::_fused_rms_norm(Tensor input, int[] normalized_shape, Tensor? weight, float? eps) -> (Tensor, Tensor)': rmsNorm,
  'aten::rms_norm(Tensor input, SymInt[] normalized_shape, Tensor? weight=None, float? eps=None) -> Tensor': (
    d,
    input,
    shape,
    weight,
    eps,
  ) => rmsNorm(d, input, shape, weight, eps)[0],
  'aten::_weight_norm_interface(Tensor v, Tensor g, int dim=0) -> (Tensor, Tensor)': weightNorm,
}
