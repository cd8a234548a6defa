/** Joining, repeating and rearranging elements: cat, roll, flip, pad, tril and triu. */
import {
  channelsLastStrides,
  copyStrided,
  type Dispatcher,
  isChannelsLastLike,
  type Kernel,
  type KernelTable,
  normalizeDim,
  normalizeDims,
  readNumbers,
  resultType,
  type ScalarValue,
  Tensor,
  writeNumbers,
} from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { copyInto, fillScalar } from '../conversion.ts'
import { moveElements, pickPerDim, positionsOf } from '../element-moves.ts'

const isLegacyEmpty = (tensor: Tensor) => tensor.ndim === 1 && tensor.shape[0] === 0

function catStrides(tensors: readonly Tensor[], shape: readonly number[]): number[] | undefined {
  for (const ndim of [4, 5] as const) {
    if (shape.length === ndim && tensors.every((tensor) => isChannelsLastLike(tensor.shape, tensor.strides, ndim)))
      return channelsLastStrides(shape)
  }
  return undefined
}

function cat(d: Dispatcher, tensors: readonly Tensor[], dim: number): Tensor {
  if (tensors.length === 0) throw new RuntimeError('TSJ_SHAPE_CAT', 'torch.cat(): expected a non-empty list of Tensors')
  const zero = tensors.findIndex((tensor) => tensor.ndim === 0)
  if (zero >= 0) throw new RuntimeError('TSJ_SHAPE_CAT', `zero-dimensional tensor (at position ${zero}) cannot be concatenated`)
  const dtype = resultType(tensors, d.defaultDType)
  const parts = tensors.filter((tensor) => !isLegacyEmpty(tensor))
  if (parts.length === 0) return d.empty([0], dtype, tensors[0].device)
  const [first] = parts
  const at = normalizeDim(dim, first.ndim)
  let total = 0
  parts.forEach((part) => {
    if (part.ndim !== first.ndim)
      throw new RuntimeError('TSJ_SHAPE_CAT', `Tensors must have same number of dimensions: got ${first.ndim} and ${part.ndim}`)
    part.shape.forEach((size, i) => {
      if (i !== at && size !== first.shape[i]) {
        throw new RuntimeError(
          'TSJ_SHAPE_CAT',
          `Sizes of tensors must match except in dimension ${at}. Expected size ${first.shape[i]} but got size ${size} for tensor number ${tensors.indexOf(part)} in the list.`,
        )
      }
    })
    total += part.shape[at]
  })
  const shape = first.shape.map((size, i) => (i === at ? total : size))
  const result = d.empty(shape, dtype, first.device, catStrides(parts, shape))
  let start = 0
  for (const part of parts) {
    const target = new Tensor(result.storage, dtype, part.shape, result.strides, start * result.strides[at])
    if (part.dtype === dtype)
      copyStrided(
        part.shape,
        target.itemSize,
        { buffer: part.storage.buffer, offset: part.offset, strides: part.strides },
        { buffer: target.storage.buffer, offset: target.offset, strides: target.strides },
      )
    else copyInto(target, part)
    start += part.shape[at]
  }
  return result
}

function stack(d: Dispatcher, tensors: readonly Tensor[], dim: number): Tensor {
  if (tensors.length === 0) throw new RuntimeError('TSJ_SHAPE_STACK', 'stack expects a non-empty TensorList')
  const { shape } = tensors[0]
  tensors.forEach((tensor, i) => {
    if (tensor.ndim !== shape.length || tensor.shape.some((size, k) => size !== shape[k])) {
      throw new RuntimeError(
        'TSJ_SHAPE_STACK',
        `stack expects each tensor to be equal size, but got [${shape.join(', ')}] at entry 0 and [${tensor.shape.join(', ')}] at entry ${i}`,
      )
    }
  })
  const at = normalizeDim(dim, shape.length + 1)
  const dtype = resultType(tensors, d.defaultDType)
  const size = [...shape.slice(0, at), tensors.length, ...shape.slice(at)]
  const result = d.empty(size, dtype, tensors[0].device)
  const without = (list: readonly number[]) => list.filter((_, i) => i !== at)
  for (const [i, tensor] of tensors.entries())
    copyInto(new Tensor(result.storage, dtype, shape, without(result.strides), i * result.strides[at]), tensor)
  return result
}

function repeat(d: Dispatcher, self: Tensor, repeats: readonly number[]): Tensor {
  const lead = repeats.length - self.ndim
  if (lead < 0)
    throw new RuntimeError('TSJ_SHAPE_REPEAT', 'Number of dimensions of repeat dims can not be smaller than number of dimensions of tensor')
  if (repeats.some((times) => times < 0))
    throw new RuntimeError('TSJ_SHAPE_REPEAT', `Trying to create tensor with negative dimension ${Math.min(...repeats)}`)
  const shape = [...new Array<number>(lead).fill(1), ...self.shape]
  const strides = [...new Array<number>(lead).fill(0), ...self.strides]
  const wide = new Tensor(self.storage, self.dtype, shape, strides, self.offset)
  return pickPerDim(
    d,
    wide,
    shape.map((size, i) => Float64Array.from({ length: size * repeats[i] }, (_, k) => k % size)),
  )
}

function flip(d: Dispatcher, self: Tensor, dims: readonly number[]): Tensor {
  const flipped = new Set(normalizeDims(dims, self.ndim))
  const positions = positionsOf({
    shape: self.shape,
    strides: self.strides.map((stride, i) => (flipped.has(i) ? -stride : stride)),
    offset: self.offset + self.shape.reduce((sum, size, i) => sum + (flipped.has(i) ? (size - 1) * self.strides[i] : 0), 0),
  })
  const result: Tensor = d.call('aten::empty_like', self)
  if (result.numel) moveElements(result, positionsOf(result), self, positions, result.numel)
  return result
}

function roll(d: Dispatcher, self: Tensor, shifts: readonly number[], dims: readonly number[]): Tensor {
  if (shifts.length === 0) throw new RuntimeError('TSJ_SHAPE_ROLL', '`shifts` required')
  if (dims.length === 0 && shifts.length === 1) {
    const flat = roll(d, d.call('aten::reshape', self, [-1]), shifts, [0])
    return d.call('aten::view', flat, self.shape)
  }
  if (shifts.length !== dims.length)
    throw new RuntimeError('TSJ_SHAPE_ROLL', `shifts and dimensions must align. shifts: ${shifts.length}, dims:${dims.length}`)
  const total = new Array<number>(self.ndim).fill(0)
  for (const [i, dim] of dims.entries()) total[normalizeDim(dim, self.ndim)] += shifts[i]
  return pickPerDim(
    d,
    self,
    self.shape.map((size, dim) =>
      total[dim] === 0 ? undefined : Float64Array.from({ length: size }, (_, i) => (((i - total[dim]) % size) + size) % size),
    ),
  )
}

/** Pairs (left, right) from the last dimension on. */
function padPairs(self: Tensor, pad: readonly number[]): (readonly [number, number])[] {
  const pairs = self.shape.map(() => [0, 0] as readonly [number, number])
  for (let i = 0; 2 * i < pad.length; i++) pairs[self.ndim - 1 - i] = [pad[2 * i], pad[2 * i + 1]]
  return pairs
}

function constantPad(d: Dispatcher, self: Tensor, pad: readonly number[], value: ScalarValue): Tensor {
  if (pad.length % 2) throw new RuntimeError('TSJ_SHAPE_PAD', `Length of pad must be even but instead it equals ${pad.length}`)
  if (pad.length > 2 * self.ndim) {
    throw new RuntimeError(
      'TSJ_SHAPE_PAD',
      `Length of pad should be no more than twice the number of dimensions of the input. Pad length is ${pad.length} while the input has ${self.ndim} dimensions.`,
    )
  }
  const pairs = padPairs(self, pad)
  const shape = self.shape.map((size, i) => {
    const padded = size + pairs[i][0] + pairs[i][1]
    if (padded < 0) {
      throw new RuntimeError(
        'TSJ_SHAPE_PAD',
        `The input size ${size}, plus negative padding ${pairs[i][0]} and ${pairs[i][1]} resulted in a negative output size, which is invalid. Check dimension ${i} of your input.`,
      )
    }
    return padded
  })
  const result = d.empty(
    shape,
    self.dtype,
    self.device,
    isChannelsLastLike(self.shape, self.strides, 4) ? channelsLastStrides(shape) : undefined,
  )
  fillScalar(result, value)
  // the part of the input that is not cut off
  const from = pairs.map(([left]) => Math.max(-left, 0))
  const size = self.shape.map((extent, i) => extent - from[i] - Math.max(-pairs[i][1], 0))
  if (size.some((extent) => extent <= 0)) return result
  const inner = new Tensor(
    result.storage,
    self.dtype,
    size,
    result.strides,
    result.strides.reduce((sum, stride, i) => sum + stride * Math.max(pairs[i][0], 0), 0),
  )
  copyInto(
    inner,
    new Tensor(
      self.storage,
      self.dtype,
      size,
      self.strides,
      self.offset + self.strides.reduce((sum, stride, i) => sum + stride * from[i], 0),
    ),
  )
  return result
}

type PadMode = 'reflect' | 'replicate' | 'circular'

function padIndex(mode: 'reflect' | 'replicate', i: number, size: number): number {
  if (mode === 'replicate') return Math.min(Math.max(i, 0), size - 1)
  const period = 2 * (size - 1)
  const within = ((i % period) + period) % period
  return within < size ? within : period - within
}

/** Pads the last `pad.length / 2` dimensions from the tensor's own elements. Throws TSJ_SHAPE_PAD. */
export function padFromSelf(d: Dispatcher, self: Tensor, pad: readonly number[], mode: PadMode): Tensor {
  const spatial = pad.length / 2
  if (self.ndim !== spatial + 1 && self.ndim !== spatial + 2) {
    throw new RuntimeError(
      'TSJ_SHAPE_PAD',
      `Expected ${spatial + 1}D or ${spatial + 2}D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but got: [${self.shape.join(', ')}]`,
    )
  }
  const pairs = padPairs(self, pad)
  const lists = self.shape.map((size, dim) => {
    const [left, right] = pairs[dim]
    if (left === 0 && right === 0) return undefined
    if (mode === 'reflect' && (left >= size || right >= size)) {
      throw new RuntimeError(
        'TSJ_SHAPE_PAD',
        `Argument #4: Padding size should be less than the corresponding input dimension, but got: padding (${left}, ${right}) at dimension ${dim} of input [${self.shape.join(', ')}]`,
      )
    }
    if (mode === 'circular' && (left > size || right > size))
      throw new RuntimeError('TSJ_SHAPE_PAD', 'Padding value causes wrapping around more than once.')
    const length = size + left + right
    if (length < 1) throw new RuntimeError('TSJ_SHAPE_PAD', `input (size: ${size}) is too small. Calculated output size: ${length}`)
    if (mode !== 'circular') return Float64Array.from({ length }, (_, i) => padIndex(mode, i - left, size))
    // negative padding cuts first: what is left of the input is repeated
    const start = Math.max(-left, 0)
    const kept = size - start - Math.max(-right, 0)
    if (kept < 1)
      throw new RuntimeError(
        'TSJ_SHAPE_PAD',
        `circular padding (${left}, ${right}) leaves nothing of dimension ${dim} of size ${size} to repeat`,
      )
    return Float64Array.from({ length }, (_, i) => start + ((((i - Math.max(left, 0)) % kept) + kept) % kept))
  })
  const result = pickPerDim(d, self, lists)
  return isChannelsLastLike(self.shape, self.strides, 4) && mode !== 'circular' ? d.call('aten::contiguous', result, 2) : result
}

function triangle(lower: boolean): Kernel {
  return (d, self: Tensor, diagonal: number) => {
    if (self.ndim < 2)
      throw new RuntimeError('TSJ_SHAPE_TRIANGLE', `${lower ? 'tril' : 'triu'}: input tensor must have at least 2 dimensions`)
    const result: Tensor = d.call('aten::clone', self, 0)
    const [rows, cols] = self.shape.slice(-2)
    const drop: number[] = []
    for (let i = 0; i < rows; i++) for (let j = 0; j < cols; j++) if (lower ? j - i > diagonal : j - i < diagonal) drop.push(i * cols + j)
    const batches = rows * cols === 0 ? 0 : result.numel / (rows * cols)
    const zero = d.empty([1], self.dtype, self.device)
    writeNumbers(zero, [0])
    const positions = new Float64Array(batches * drop.length)
    for (let b = 0; b < batches; b++) for (let k = 0; k < drop.length; k++) positions[b * drop.length + k] = b * rows * cols + drop[k]
    moveElements(result, positions, zero, new Float64Array(positions.length), positions.length)
    return result
  }
}

const padded =
  (mode: PadMode): Kernel =>
  (d, self, pad) =>
    padFromSelf(d, self, pad, mode)

/** repeats[i] times i, for all i. */
function repeatInterleave(d: Dispatcher, repeats: Tensor): Tensor {
  if (repeats.ndim !== 1) throw new RuntimeError('TSJ_SHAPE_REPEAT', 'repeat_interleave only accept 1D vector as repeat')
  const counts = Array.from(readNumbers(repeats))
  if (counts.some((count) => count < 0)) throw new RuntimeError('TSJ_SHAPE_REPEAT', 'repeats can not be negative')
  const values = counts.flatMap((count, i) => new Array<number>(count).fill(i))
  const result = d.empty([values.length], repeats.dtype, repeats.device)
  writeNumbers(result, values)
  return result
}

export const shapingKernels: KernelTable = {
  'aten::cat(Tensor[] tensors, int dim=0) -> Tensor': cat,
  'aten::stack(Tensor[] tensors, int dim=0) -> Tensor': stack,
  'aten::_stack(Tensor[] tensors, int dim=0) -> Tensor': stack,
  'aten::repeat(Tensor self, SymInt[] repeats) -> Tensor': repeat,
  'aten::repeat_interleave.Tensor(Tensor repeats, *, SymInt? output_size=None) -> Tensor': repeatInterleave,
  'aten::flip(Tensor self, int[] dims) -> Tensor': flip,
  'aten::roll(Tensor self, SymInt[1] shifts, int[1] dims=[]) -> Tensor': roll,
  'aten::constant_pad_nd(Tensor self, SymInt[] pad, Scalar value=0) -> Tensor': constantPad,
  'aten::reflection_pad1d(Tensor self, SymInt[2] padding) -> Tensor': padded('reflect'),
  'aten::reflection_pad2d(Tensor self, SymInt[4] padding) -> Tensor': padded('reflect'),
  'aten::reflection_pad3d(Tensor self, SymInt[6] padding) -> Tensor': padded('reflect'),
  'aten::replication_pad1d(Tensor self, SymInt[2] padding) -> Tensor': padded('replicate'),
  'aten::replication_pad2d(Tensor self, SymInt[4] padding) -> Tensor': padded('replicate'),
  'aten::replication_pad3d(Tensor self, SymInt[6] padding) -> Tensor': padded('replicate'),
  'aten::_pad_circular(Tensor self, SymInt[] pad) -> Tensor': padded('circular'),
  'aten::tril(Tensor self, SymInt diagonal=0) -> Tensor': triangle(true),
  'aten::triu(Tensor self, SymInt diagonal=0) -> Tensor': triangle(false),
}
