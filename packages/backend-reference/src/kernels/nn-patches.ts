/** `im2col` (unfold) and `col2im` (fold): patches of an image as columns, and columns added up into an image. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { check, fromComplex, isComplex, output, readComplex, readNumbers, shapeText, spread } from './nn-host.ts'

interface Patches {
  readonly batch: number
  readonly channels: number
  readonly size: readonly number[]
  readonly kernel: readonly number[]
  readonly dilation: readonly number[]
  readonly padding: readonly number[]
  readonly stride: readonly number[]
  readonly blocks: readonly number[]
}

function patchesOf(
  batch: number,
  channels: number,
  size: readonly number[],
  kernel: number[],
  dilation: number[],
  padding: number[],
  stride: number[],
): Patches {
  const [k, l, p, s] = [kernel, dilation, padding, stride].map((list) => spread(list, 2))
  for (const [name, list] of [
    ['kernel_size', k],
    ['dilation', l],
    ['stride', s],
  ] as const) {
    check(
      list.every((n) => n > 0),
      () => `${name.replace('_size', ' size')} should be greater than zero, but got ${name}_height: ${list[0]} ${name}_width: ${list[1]}`,
      'TSJ_SHAPE_WINDOW',
    )
  }
  const blocks = size.map((n, i) => Math.floor((n + 2 * p[i] - (l[i] * (k[i] - 1) + 1)) / s[i]) + 1)
  return { batch, channels, size, kernel: k, dilation: l, padding: p, stride: s, blocks }
}

/** Calls `visit(column, pixel)` for every element of the columns whose pixel is inside. */
function eachPixel(
  { batch, channels, size, kernel, dilation, padding, stride, blocks }: Patches,
  visit: (column: number, pixel: number) => void,
): void {
  let column = 0
  for (let plane = 0; plane < batch * channels; plane++) {
    for (let a = 0; a < kernel[0]; a++) {
      for (let b = 0; b < kernel[1]; b++) {
        for (let i = 0; i < blocks[0]; i++) {
          const y = i * stride[0] - padding[0] + a * dilation[0]
          for (let j = 0; j < blocks[1]; j++, column++) {
            const x = j * stride[1] - padding[1] + b * dilation[1]
            if (y >= 0 && y < size[0] && x >= 0 && x < size[1]) visit(column, (plane * size[0] + y) * size[1] + x)
          }
        }
      }
    }
  }
}

function im2col(d: Dispatcher, input: Tensor, kernel: number[], dilation: number[], padding: number[], stride: number[]): Tensor {
  check(
    input.ndim === 3 || input.ndim === 4,
    () =>
      `Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: ${shapeText(input.shape)}`,
    'TSJ_SHAPE_INPUT',
  )
  const [channels, ...size] = input.shape.slice(-3)
  const patches = patchesOf(input.ndim === 4 ? input.shape[0] : 1, channels, size, kernel, dilation, padding, stride)
  check(
    patches.blocks.every((n) => n >= 1),
    () =>
      `Given input with spatial size (${size.join(', ')}), kernel_size=(${patches.kernel.join(', ')}), dilation=(${patches.dilation.join(', ')}), padding=(${patches.padding.join(', ')}), calculated shape of the array of sliding blocks as (${patches.blocks.join(', ')}), but its components must be at least one.`,
    'TSJ_SHAPE_WINDOW',
  )
  const shape = [...input.shape.slice(0, -3), channels * patches.kernel[0] * patches.kernel[1], patches.blocks[0] * patches.blocks[1]]
  return mapPixels(d, input, shape, patches, (from, to, width) => (column, pixel) => {
    for (let k = 0; k < width; k++) to[column * width + k] = from[pixel * width + k]
  })
}

function col2im(
  d: Dispatcher,
  input: Tensor,
  outputSize: number[],
  kernel: number[],
  dilation: number[],
  padding: number[],
  stride: number[],
): Tensor {
  check(
    input.ndim === 2 || input.ndim === 3,
    () =>
      `Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, but got: ${shapeText(input.shape)}`,
    'TSJ_SHAPE_INPUT',
  )
  const size = spread(outputSize, 2)
  const [rows, columns] = input.shape.slice(-2)
  const window = spread(kernel, 2).reduce((n, k) => n * k, 1)
  check(
    rows % window === 0,
    () =>
      `Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got input.size(1)=${rows} and kernel_size=(${spread(kernel, 2).join(', ')}).`,
    'TSJ_SHAPE_WINDOW',
  )
  const patches = patchesOf(input.ndim === 3 ? input.shape[0] : 1, rows / window, size, kernel, dilation, padding, stride)
  const expected = patches.blocks[0] * patches.blocks[1]
  check(
    columns === expected,
    () =>
      `Given output_size=(${size.join(', ')}), kernel_size=(${patches.kernel.join(', ')}), dilation=(${patches.dilation.join(', ')}), padding=(${patches.padding.join(', ')}), stride=(${patches.stride.join(', ')}), expected size of input's dimension 2 to match the calculated number of sliding blocks ${patches.blocks.join(' * ')} = ${expected}, but got input.size(2)=${columns}.`,
    'TSJ_SHAPE_WINDOW',
  )
  const shape = [...input.shape.slice(0, -2), rows / window, ...size]
  return mapPixels(d, input, shape, patches, (from, to, width) => (column, pixel) => {
    for (let k = 0; k < width; k++) to[pixel * width + k] += from[column * width + k]
  })
}

type Move = (from: ArrayLike<number>, to: { [i: number]: number }, width: number) => (column: number, pixel: number) => void

function mapPixels(d: Dispatcher, input: Tensor, shape: readonly number[], patches: Patches, move: Move): Tensor {
  if (isComplex(input)) {
    const values = new Float64Array(2 * shape.reduce((n, s) => n * s, 1))
    eachPixel(patches, move(readComplex(input), values, 2))
    return fromComplex(d, values, shape, input.dtype, input.device)
  }
  const result = output(d, shape, input.dtype, input.device)
  eachPixel(patches, move(readNumbers(input), result.data, 1))
  return result.finish()
}

export const nnPatchesKernels: KernelTable = {
  'aten::im2col(Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor': im2col,
  'aten::col2im(Tensor self, SymInt[2] output_size, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride) -> Tensor': col2im,
}
