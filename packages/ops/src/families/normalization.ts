/** Normalisations in terms of their `native_` forms. */
import { RuntimeError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const size = (shape: readonly number[]): number => shape.reduce((n, s) => n * s, 1)
const fail = (text: string): never => {
  throw new RuntimeError('TSJ_SHAPE_CHANNELS', text)
}

function groupNorm(op: Dispatch, input: TensorLike, groups: number, weight: unknown, bias: unknown, eps: number): unknown {
  if (input.ndim < 2) fail(`Expected at least 2 dimensions for input tensor but received ${input.ndim}`)
  if (groups <= 0) fail(`Expected num groups to be greater than 0, got ${groups}`)
  const [batch, channels, ...rest] = input.shape
  return op.call('aten::native_group_norm', op.call('aten::contiguous', input), weight, bias, batch, channels, size(rest), groups, eps)[0]
}

/** Every channel of every sample is normalised by itself: a batch norm of batch times as many channels. */
function instanceNorm(
  op: Dispatch,
  input: TensorLike,
  weight: unknown,
  bias: unknown,
  mean: unknown,
  variance: unknown,
  useInputStats: boolean,
  momentum: number,
  eps: number,
): unknown {
  if (!useInputStats && (mean === null || variance === null))
    fail('Expected running_mean and running_var to be defined when use_input_stats is false')
  const [batch, channels, ...rest] = input.shape
  const repeat = (t: unknown): unknown => (t === null ? null : op.call('aten::repeat', t, [batch]))
  const flat = op.call('aten::reshape', op.call('aten::contiguous', input), [1, batch * channels, ...rest])
  const [means, variances] = [repeat(mean), repeat(variance)]
  const [out] = op.call('aten::native_batch_norm', flat, repeat(weight), repeat(bias), means, variances, useInputStats, momentum, eps)
  if (useInputStats) {
    for (const [running, repeated] of [
      [mean, means],
      [variance, variances],
    ]) {
      if (running !== null)
        op.call('aten::copy_', running, op.call('aten::mean.dim', op.call('aten::view', repeated, [batch, channels]), [0], false, null))
    }
  }
  return op.call('aten::view', out, input.shape)
}

const nativeBatchNorm = (
  op: Dispatch,
  input: unknown,
  weight: unknown,
  bias: unknown,
  mean: unknown,
  variance: unknown,
  training: boolean,
  momentum: number,
  eps: number,
): any[] => op.call('aten::native_batch_norm', input, weight, bias, mean, variance, training, momentum, eps)

const noReserve = (op: Dispatch): unknown => op.call('aten::empty.memory_format', [0], 0)

export const normalizationDecompositions: DecompositionTable = {
  'aten::batch_norm': (op, input, weight, bias, mean, variance, training, momentum, eps) =>
    input.numel === 0
      ? op.call('aten::clone', input)
      : nativeBatchNorm(op, input, weight, bias, mean, variance, training, momentum, eps)[0],
  'aten::_batch_norm_impl_index': (op, input, weight, bias, mean, variance, training, momentum, eps) => [
    ...nativeBatchNorm(op, input, weight, bias, mean, variance, training, momentum, eps),
    noReserve(op),
    0,
  ],
  'aten::_native_batch_norm_legit_no_training': (op, input, weight, bias, mean, variance, momentum, eps) =>
    nativeBatchNorm(op, input, weight, bias, mean, variance, false, momentum, eps),
  'aten::_native_batch_norm_legit_functional': (op, input, weight, bias, mean, variance, training, momentum, eps) => {
    const [newMean, newVariance] = [op.call('aten::clone', mean), op.call('aten::clone', variance)]
    return [...nativeBatchNorm(op, input, weight, bias, newMean, newVariance, training, momentum, eps), newMean, newVariance]
  },
  'aten::_batch_norm_with_update': (op, input, weight, bias, mean, variance, momentum, eps) => [
    ...nativeBatchNorm(op, input, weight, bias, mean, variance, true, momentum, eps),
    noReserve(op),
  ],
  'aten::_batch_norm_with_update_functional': (op, input, weight, bias, mean, variance, momentum, eps) => {
    const [newMean, newVariance] = [op.call('aten::clone', mean), op.call('aten::clone', variance)]
    return [...nativeBatchNorm(op, input, weight, bias, newMean, newVariance, true, momentum, eps), noReserve(op), newMean, newVariance]
  },
  'aten::_batch_norm_no_update': (op, input, weight, bias, mean, variance, momentum, eps) => [
    ...nativeBatchNorm(op, input, weight, bias, mean, variance, false, momentum, eps),
    noReserve(op),
  ],
  'aten::instance_norm': instanceNorm,
  'aten::layer_norm': (op, input, shape, weight, bias, eps) => op.call('aten::native_layer_norm', input, shape, weight, bias, eps)[0],
  'aten::group_norm': groupNorm,
  'aten::rms_norm': (op, input, shape, weight, eps) => op.call('aten::_fused_rms_norm', input, shape, weight, eps)[0],
  'aten::norm_except_dim': (op, v: TensorLike, pow: number, dim: number) => {
    if (dim === -1) return op.call('aten::norm.Scalar', v, op.int(pow))
    const others = v.shape.map((_, i) => i).filter((i) => i !== dim)
    return op.call('aten::norm.ScalarOpt_dim', v, op.int(pow), others, true)
  },
  'aten::_weight_norm': (op, v: TensorLike, g, dim: number) => {
    if (dim === 0 || dim === v.ndim - 1) return op.call('aten::_weight_norm_interface', v, g, dim)[0]
    return op.call('aten::mul.Tensor', v, op.call('aten::div.Tensor', g, op.call('aten::norm_except_dim', v, 2, dim)))
  },
}
