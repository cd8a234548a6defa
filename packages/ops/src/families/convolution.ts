/** The many spellings of convolution, in terms of `aten::convolution`. */
import { RuntimeError } from '@tsjit/types'
import type { Decomposition, DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const zeros = (n: number): number[] => new Array<number>(n).fill(0)

function forward(spatial: number): Decomposition {
  return (op, input: TensorLike, weight: TensorLike, bias, stride: number[], padding: number[], dilation: number[], groups: number) => {
    checkRank(input, spatial, `conv${spatial}d`)
    return op.call('aten::convolution', input, weight, bias, stride, padding, dilation, false, zeros(spatial), groups)
  }
}

function transposed(spatial: number): Decomposition {
  return (
    op,
    input: TensorLike,
    weight: TensorLike,
    bias,
    stride: number[],
    padding: number[],
    outputPadding: number[],
    groups: number,
    dilation: number[],
  ) => {
    checkRank(input, spatial, `conv_transpose${spatial}d`)
    return op.call('aten::convolution', input, weight, bias, stride, padding, dilation, true, outputPadding, groups)
  }
}

function checkRank(input: TensorLike, spatial: number, name: string): void {
  if (input.ndim === spatial + 1 || input.ndim === spatial + 2) return
  throw new RuntimeError(
    'TSJ_SHAPE_INPUT',
    `Expected ${spatial + 1}D (unbatched) or ${spatial + 2}D (batched) input to ${name}, but got input of size: [${input.shape.join(', ')}]`,
  )
}

/** `padding` as a word: 'valid' is none, 'same' keeps the size; where that needs an uneven number, the end gets the one more. */
function byMode(
  op: Dispatch,
  input: TensorLike,
  weight: TensorLike,
  bias: unknown,
  stride: number[],
  padding: string,
  dilation: number[],
  groups: number,
): unknown {
  const spatial = weight.ndim - 2
  const call = (x: unknown, pads: number[]): unknown =>
    op.call('aten::convolution', x, weight, bias, stride, pads, dilation, false, zeros(spatial), groups)
  if (padding === 'valid') return call(input, zeros(spatial))
  if (padding !== 'same') throw new RuntimeError('TSJ_PADDING_MODE', `Invalid padding string: '${padding}'`)
  if (stride.some((n) => n !== 1)) throw new RuntimeError('TSJ_PADDING_MODE', "padding='same' is not supported for strided convolutions")
  const totals = weight.shape.slice(2).map((k, i) => (dilation.length === 1 ? dilation[0] : dilation[i]) * (k - 1))
  const before = totals.map((n) => Math.floor(n / 2))
  if (totals.every((n) => n % 2 === 0)) return call(input, before)
  const extra: number[] = []
  for (let i = spatial - 1; i >= 0; i--) extra.push(0, totals[i] % 2)
  return call(op.call('aten::constant_pad_nd', input, extra, op.int(0)), before)
}

function padded(spatial: number): Decomposition {
  return (op, input: TensorLike, weight: TensorLike, bias, stride: number[], padding: string, dilation: number[], groups: number) => {
    checkRank(input, spatial, `conv${spatial}d`)
    return byMode(op, input, weight, bias, stride, padding, dilation, groups)
  }
}

export const convolutionDecompositions: DecompositionTable = {
  'aten::conv1d': forward(1),
  'aten::conv2d': forward(2),
  'aten::conv3d': forward(3),
  'aten::conv1d.padding': padded(1),
  'aten::conv2d.padding': padded(2),
  'aten::conv3d.padding': padded(3),
  'aten::conv_transpose1d': transposed(1),
  'aten::conv_transpose2d.input': transposed(2),
  'aten::conv_transpose3d.input': transposed(3),
  'aten::_convolution_mode': byMode as Decomposition,
  'aten::_convolution': (op, input, weight, bias, stride, padding, dilation, isTransposed, outputPadding, groups) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, isTransposed, outputPadding, groups),
  'aten::_convolution.deprecated': (op, input, weight, bias, stride, padding, dilation, isTransposed, outputPadding, groups) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, isTransposed, outputPadding, groups),
  'aten::convolution_overrideable': (op, ...args) => op.call('aten::convolution', ...args),
  'aten::thnn_conv2d': (op, input, weight, _size, bias, stride, padding) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, [1, 1], false, [0, 0], 1),
  'aten::_slow_conv2d_forward': (op, input, weight, _size, bias, stride, padding) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, [1, 1], false, [0, 0], 1),
  'aten::slow_conv3d': (op, input, weight, _size, bias, stride, padding) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, [1, 1, 1], false, [0, 0, 0], 1),
  'aten::slow_conv3d_forward': (op, input, weight, _size, bias, stride, padding) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, [1, 1, 1], false, [0, 0, 0], 1),
  'aten::slow_conv_dilated2d': (op, input, weight, _size, bias, stride, padding, dilation) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, false, [0, 0], 1),
  'aten::slow_conv_dilated3d': (op, input, weight, _size, bias, stride, padding, dilation) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, false, [0, 0, 0], 1),
  'aten::slow_conv_transpose2d': (op, input, weight, _size, bias, stride, padding, outputPadding, dilation) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, true, outputPadding, 1),
  'aten::slow_conv_transpose3d': (op, input, weight, _size, bias, stride, padding, outputPadding, dilation) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, true, outputPadding, 1),
  'aten::_conv_depthwise2d': (op, input, weight, _size, bias, stride, padding, dilation) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, false, [0, 0], input.shape[input.ndim - 3]),
  'aten::conv_depthwise3d': (op, input, weight, _size, bias, stride, padding, dilation) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, dilation, false, [0, 0, 0], input.shape[input.ndim - 4]),
  'aten::_nnpack_spatial_convolution': (op, input, weight, bias, padding, stride) =>
    op.call('aten::convolution', input, weight, bias, stride, padding, [1, 1], false, [0, 0], 1),
  'aten::_nnpack_available': () => false,
  // input [time, batch, in], weight [kernel, in, out]
  'aten::conv_tbc': (op, input, weight, bias, pad: number) => {
    const result = op.call(
      'aten::convolution',
      op.call('aten::permute', input, [1, 2, 0]),
      op.call('aten::permute', weight, [2, 1, 0]),
      bias,
      [1],
      [pad],
      [1],
      false,
      [0],
      1,
    )
    return op.call('aten::contiguous', op.call('aten::permute', result, [2, 0, 1]))
  },
}
