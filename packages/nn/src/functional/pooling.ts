import { callOperator, plainShape, scalarFloat, type Tensor } from '@tsjit/runtime'
import { op } from '../operator.ts'
import { type Size, tuple } from '../options.ts'

export interface MaxPoolArguments {
  readonly stride?: Size | null
  readonly padding?: Size
  readonly dilation?: Size
  readonly ceil_mode?: boolean
  readonly return_indices?: boolean
}

/** Over the last `spatial` dimensions; with `return_indices` [values, indices]. */
export function maxPool(spatial: number, input: Tensor, kernelSize: Size, options: MaxPoolArguments = {}): any {
  const { stride, padding = 0, dilation = 1, ceil_mode = false, return_indices = false } = options
  const name = `max_pool${spatial}d${return_indices ? '_with_indices' : ''}`
  return callOperator(name, [input, kernelSize, stride ?? kernelSize, padding, dilation, ceil_mode])
}

/** The inverse of `maxPool`: values go back where they came from, the rest is zero. */
export function maxUnpool(
  spatial: 1 | 2 | 3,
  input: Tensor,
  indices: Tensor,
  kernelSize: Size,
  stride: Size | null = null,
  padding: Size = 0,
  outputSize?: readonly number[],
): Tensor {
  const kernel = tuple(kernelSize, spatial)
  const step = tuple(stride ?? kernelSize, spatial)
  const around = tuple(padding, spatial)
  const sizes = plainShape(input).slice(-spatial)
  const size = outputSize?.slice(-spatial) ?? sizes.map((extent, i) => (extent - 1) * step[i] + kernel[i] - 2 * around[i])
  if (spatial === 1) return op('max_unpool2d', input.unsqueeze(-1), indices.unsqueeze(-1), [...size, 1]).squeeze(-1)
  if (spatial === 2) return op('max_unpool2d', input, indices, size)
  return op('max_unpool3d', input, indices, size, step, around)
}

/** The p-norm over windows. */
export function lpPool(
  spatial: 1 | 2 | 3,
  input: Tensor,
  normType: number,
  kernelSize: Size,
  stride: Size | null = null,
  ceilMode = false,
): Tensor {
  const kernel = tuple(kernelSize, spatial)
  if (normType === Number.POSITIVE_INFINITY) return maxPool(spatial, input.abs(), kernelSize, { stride, ceil_mode: ceilMode })
  if (normType === Number.NEGATIVE_INFINITY) return maxPool(spatial, input.abs().neg(), kernelSize, { stride, ceil_mode: ceilMode }).neg()
  const powered = input.pow(scalarFloat(normType))
  const mean = op(`avg_pool${spatial}d`, powered, kernel, stride === null ? [] : stride, 0, ceilMode)
  const volume = kernel.reduce((a, b) => a * b, 1)
  const sum = mean.sign().mul(op('relu', mean.abs()))
  return sum.mul(volume).pow(1 / normType)
}
