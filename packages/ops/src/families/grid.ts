/** `grid_sampler` and the shuffles between channels and pixels. */
import { RuntimeError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const demand = (condition: boolean, text: string): void => {
  if (!condition) throw new RuntimeError('TSJ_SHAPE_SHUFFLE', text)
}

function pixelShuffle(op: Dispatch, x: TensorLike, factor: number): unknown {
  demand(x.ndim >= 3, `pixel_shuffle expects input to have at least 3 dimensions, but got input with ${x.ndim} dimension(s)`)
  demand(factor > 0, `pixel_shuffle expects a positive upscale_factor, but got ${factor}`)
  const lead = x.shape.slice(0, -3)
  const [c, h, w] = x.shape.slice(-3)
  demand(
    c % (factor * factor) === 0,
    `pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of upscale_factor, but input.size(-3)=${c} is not divisible by ${factor * factor}`,
  )
  const n = lead.length
  const parts = op.call('aten::reshape', x, [...lead, c / (factor * factor), factor, factor, h, w])
  const order = [...lead.map((_, i) => i), n, n + 3, n + 1, n + 4, n + 2]
  return op.call('aten::reshape', op.call('aten::clone', op.call('aten::permute', parts, order), 0), [
    ...lead,
    c / (factor * factor),
    h * factor,
    w * factor,
  ])
}

function pixelUnshuffle(op: Dispatch, x: TensorLike, factor: number): unknown {
  demand(x.ndim >= 3, `pixel_unshuffle expects input to have at least 3 dimensions, but got input with ${x.ndim} dimension(s)`)
  demand(factor > 0, `pixel_unshuffle expects a positive downscale_factor, but got ${factor}`)
  const lead = x.shape.slice(0, -3)
  const [c, h, w] = x.shape.slice(-3)
  demand(
    h % factor === 0,
    `pixel_unshuffle expects height to be divisible by downscale_factor, but input.size(-2)=${h} is not divisible by ${factor}`,
  )
  demand(
    w % factor === 0,
    `pixel_unshuffle expects width to be divisible by downscale_factor, but input.size(-1)=${w} is not divisible by ${factor}`,
  )
  const n = lead.length
  const parts = op.call('aten::reshape', x, [...lead, c, h / factor, factor, w / factor, factor])
  const order = [...lead.map((_, i) => i), n, n + 2, n + 4, n + 1, n + 3]
  return op.call('aten::reshape', op.call('aten::clone', op.call('aten::permute', parts, order), 0), [
    ...lead,
    c * factor * factor,
    h / factor,
    w / factor,
  ])
}

function channelShuffle(op: Dispatch, x: TensorLike, groups: number): unknown {
  demand(x.ndim > 2, `channel_shuffle expects input with > 2 dims, but got input with sizes [${x.shape.join(', ')}]`)
  demand(groups > 0, `Number of groups to divide channels in must be positive. Value of groups:${groups}`)
  const [n, c, ...rest] = x.shape
  demand(c % groups === 0, `Number of channels must be divisible by groups. Got ${c} channels and ${groups} groups.`)
  const parts = op.call('aten::reshape', x, [n, groups, c / groups, ...rest])
  return op.call('aten::reshape', op.call('aten::clone', op.call('aten::transpose.int', parts, 1, 2), 0), [n, c, ...rest])
}

export const gridDecompositions: DecompositionTable = {
  'aten::grid_sampler': (op, input: TensorLike, grid, mode, padding, alignCorners) =>
    op.call(input.ndim === 5 ? 'aten::grid_sampler_3d' : 'aten::grid_sampler_2d', input, grid, mode, padding, alignCorners),
  'aten::pixel_shuffle': pixelShuffle,
  'aten::pixel_unshuffle': pixelUnshuffle,
  'aten::channel_shuffle': channelShuffle,
  'aten::native_channel_shuffle': channelShuffle,
}
