import { plainShape, scalarFloat, type Tensor } from '@tsjit/runtime'
import { op } from '../operator.ts'

/** `input / max(norm, eps)` along a dimension. */
export function normalize(input: Tensor, { p = 2, dim = 1, eps = 1e-12 }: { p?: number; dim?: number; eps?: number } = {}): Tensor {
  const norm: Tensor = op('norm', input, scalarFloat(p), [dim], true)
  return input.div(norm.clamp_min(eps).expand_as(input))
}

/** Divides by a power of the mean square over neighbouring channels: (N, C, *). */
export function localResponseNorm(input: Tensor, size: number, alpha = 1e-4, beta = 0.75, k = 1): Tensor {
  if (plainShape(input).includes(0)) return input
  let squares = input.mul(input)
  const before = Math.floor(size / 2)
  const after = Math.floor((size - 1) / 2)
  if (input.ndim === 3) {
    squares = squares.unsqueeze(1)
    squares = op('pad', squares, [0, 0, before, after])
    squares = op('avg_pool2d', squares, [size, 1], 1).squeeze(1)
  } else {
    const sizes = input.shape
    squares = squares.view(sizes[0], 1, sizes[1], sizes[2], -1)
    squares = op('pad', squares, [0, 0, 0, 0, before, after])
    squares = op('avg_pool3d', squares, [size, 1, 1], 1).squeeze(1)
    squares = squares.view([...sizes])
  }
  return input.div(squares.mul(alpha).add(k).pow(beta))
}
