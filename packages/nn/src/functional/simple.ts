import { callOperator, type Tensor } from '@tsjit/runtime'
import { implicitDim } from '../layers/activation.ts'
import { op } from '../operator.ts'
import type { Size } from '../options.ts'

/** Rows of a table by their indices. */
export function embedding(input: Tensor, weight: Tensor, { padding_idx = null }: { padding_idx?: number | null } = {}): Tensor {
  return op('embedding', weight, input, padding_idx ?? -1)
}
export function dropout(input: Tensor, p = 0.5, training = true): Tensor {
  return op('dropout', input, p, training)
}
export function softmax(input: Tensor, dim: number | null = null): Tensor {
  return input.softmax(dim ?? implicitDim(input.ndim))
}
export function log_softmax(input: Tensor, dim: number | null = null): Tensor {
  return input.log_softmax(dim ?? implicitDim(input.ndim))
}
export function logsigmoid(input: Tensor): Tensor {
  return op('log_sigmoid', input)
}
export function softsign(input: Tensor): Tensor {
  return input.div(input.abs().add(1))
}
export function tanhshrink(input: Tensor): Tensor {
  return input.sub(input.tanh())
}
export function batch_norm(
  input: Tensor,
  runningMean: Tensor | null,
  runningVar: Tensor | null,
  options: { weight?: Tensor | null; bias?: Tensor | null; training?: boolean; momentum?: number; eps?: number } = {},
): Tensor {
  const { weight = null, bias = null, training = false, momentum = 0.1, eps = 1e-5 } = options
  return op('batch_norm', input, weight, bias, runningMean, runningVar, training, momentum, eps, true)
}
export interface PoolOptions {
  readonly stride?: Size | null
  readonly padding?: Size
  readonly dilation?: Size
  readonly ceil_mode?: boolean
}
const maxPoolOf =
  (spatial: number) =>
  (input: Tensor, kernelSize: Size, { stride, padding = 0, dilation = 1, ceil_mode = false }: PoolOptions = {}): Tensor =>
    callOperator(`max_pool${spatial}d`, [input, kernelSize, stride ?? [], padding, dilation, ceil_mode])
export const max_pool1d = maxPoolOf(1)
export const max_pool2d = maxPoolOf(2)
export const max_pool3d = maxPoolOf(3)
