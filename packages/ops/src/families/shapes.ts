/** Operators that only rearrange: flatten, stacks, tile, meshgrid, pads, diagonals. */
import { RuntimeError, type TsjitError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

type Tensors = readonly TensorLike[]

const longCode = 4

function wrapDim(dim: number, ndim: number): number {
  const range = Math.max(ndim, 1)
  if (dim < -range || dim >= range) throw dimError(dim, range)
  return dim < 0 ? dim + range : dim
}

function dimError(dim: number, range: number): TsjitError {
  const error = new RuntimeError(
    'TSJ_SHAPE_DIM',
    `Dimension out of range (expected to be in range of [${-range}, ${range - 1}], but got ${dim})`,
  )
  error.pythonClass = 'IndexError'
  return error
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1)

function flatten(op: Dispatch, self: TensorLike, startDim: number, endDim: number): unknown {
  const start = wrapDim(startDim, self.ndim)
  const end = wrapDim(endDim, self.ndim)
  if (start > end) throw new RuntimeError('TSJ_SHAPE_FLATTEN', 'flatten() has invalid args: start_dim cannot come after end_dim')
  if (self.ndim === 0) return op.call('aten::reshape', self, [1])
  if (start === end) return self
  return op.call('aten::reshape', self, [
    ...self.shape.slice(0, start),
    product(self.shape.slice(start, end + 1)),
    ...self.shape.slice(end + 1),
  ])
}

function unflatten(op: Dispatch, self: TensorLike, dim: number, sizes: readonly number[]): unknown {
  const at = wrapDim(dim, self.ndim)
  if (sizes.length === 0) throw new RuntimeError('TSJ_SHAPE_UNFLATTEN', 'unflatten: sizes must be non-empty')
  const known = product(sizes.filter((size) => size !== -1))
  const inferred = sizes.filter((size) => size === -1).length
  if (inferred > 1) throw new RuntimeError('TSJ_SHAPE_UNFLATTEN', 'only one dimension can be inferred')
  if (inferred ? known === 0 || self.shape[at] % known !== 0 : known !== self.shape[at]) {
    throw new RuntimeError(
      'TSJ_SHAPE_UNFLATTEN',
      `unflatten: Provided sizes [${sizes.join(', ')}] don't multiply up to the size of dim ${at} (${self.shape[at]}) in the input tensor`,
    )
  }
  const full = sizes.map((size) => (size === -1 ? self.shape[at] / known : size))
  return op.call('aten::view', self, [...self.shape.slice(0, at), ...full, ...self.shape.slice(at + 1)])
}

const viewed = (op: Dispatch, self: TensorLike, shape: readonly number[]) => op.call('aten::reshape', self, shape) as TensorLike

function atLeast1d(op: Dispatch, self: TensorLike): TensorLike {
  return self.ndim === 0 ? viewed(op, self, [1]) : self
}
function atLeast2d(op: Dispatch, self: TensorLike): TensorLike {
  if (self.ndim === 0) return viewed(op, self, [1, 1])
  return self.ndim === 1 ? (op.call('aten::unsqueeze', self, 0) as TensorLike) : self
}
function atLeast3d(op: Dispatch, self: TensorLike): TensorLike {
  if (self.ndim === 0) return viewed(op, self, [1, 1, 1])
  if (self.ndim === 1) return op.call('aten::unsqueeze', op.call('aten::unsqueeze', self, 0), -1)
  return self.ndim === 2 ? (op.call('aten::unsqueeze', self, -1) as TensorLike) : self
}

const each = (f: (op: Dispatch, self: TensorLike) => TensorLike) => (op: Dispatch, tensors: Tensors) =>
  tensors.map((tensor) => f(op, tensor))

function hstack(op: Dispatch, tensors: Tensors): unknown {
  if (tensors.length === 0) throw new RuntimeError('TSJ_SHAPE_CAT', 'hstack expects a non-empty TensorList')
  const wide = tensors.map((tensor) => atLeast1d(op, tensor))
  return op.call('aten::cat', wide, wide[0].ndim === 1 ? 0 : 1)
}

function columnStack(op: Dispatch, tensors: Tensors): unknown {
  return hstack(
    op,
    tensors.map((tensor) => (tensor.ndim <= 1 ? viewed(op, tensor, [tensor.numel, 1]) : tensor)),
  )
}

function tile(op: Dispatch, self: TensorLike, dims: readonly number[]): unknown {
  return op.call('aten::repeat', self, [...new Array<number>(Math.max(self.ndim - dims.length, 0)).fill(1), ...dims])
}

function broadcastTensors(op: Dispatch, tensors: Tensors): unknown {
  const ndim = Math.max(0, ...tensors.map((tensor) => tensor.ndim))
  const shape = new Array<number>(ndim).fill(1)
  for (const tensor of tensors) {
    tensor.shape.forEach((size, i) => {
      const at = ndim - tensor.ndim + i
      if (size !== 1 && shape[at] !== 1 && shape[at] !== size) {
        throw new RuntimeError(
          'TSJ_SHAPE_BROADCAST',
          `The size of tensor a (${shape[at]}) must match the size of tensor b (${size}) at non-singleton dimension ${at}`,
        )
      }
      if (size !== 1) shape[at] = size
    })
  }
  return tensors.map((tensor) => op.call('aten::expand', tensor, shape))
}

function meshgrid(op: Dispatch, tensors: Tensors, indexing: string): unknown {
  if (tensors.length === 0) throw new RuntimeError('TSJ_MESHGRID', 'meshgrid expects a non-empty TensorList')
  tensors.forEach((tensor) => {
    if (tensor.ndim > 1)
      throw new RuntimeError(
        'TSJ_MESHGRID',
        `torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: [${tensor.shape.join(', ')}]`,
      )
    if (tensor.dtype !== tensors[0].dtype)
      throw new RuntimeError('TSJ_MESHGRID', 'torch.meshgrid expects all tensors to have the same dtype')
  })
  if (indexing !== 'ij' && indexing !== 'xy')
    throw new RuntimeError('TSJ_MESHGRID', `torch.meshgrid: indexing must be one of "xy" or "ij", but received: ${indexing}`)
  const swap = indexing === 'xy' && tensors.length >= 2
  const axes = swap ? [tensors[1], tensors[0], ...tensors.slice(2)] : tensors
  const shape = axes.map((tensor) => tensor.numel)
  const grids = axes.map((tensor, i) =>
    op.call(
      'aten::expand',
      viewed(
        op,
        tensor,
        shape.map((_, k) => (k === i ? tensor.numel : 1)),
      ),
      shape,
    ),
  )
  if (!swap) return grids
  const [first, second, ...rest] = grids
  return [second, first, ...rest]
}

function cartesianProd(op: Dispatch, tensors: Tensors): unknown {
  tensors.forEach((tensor) => {
    if (tensor.ndim !== 1) throw new RuntimeError('TSJ_SHAPE_CARTESIAN', `Expect a 1D vector, but got shape [${tensor.shape.join(', ')}]`)
  })
  if (tensors.length === 1) return tensors[0]
  const grids = meshgrid(op, tensors, 'ij') as Tensors
  return op.call(
    'aten::stack',
    grids.map((grid) => op.call('aten::flatten.using_ints', grid)),
    1,
  )
}

function combinations(op: Dispatch, self: TensorLike, r: number, withReplacement: boolean): unknown {
  if (self.ndim !== 1) throw new RuntimeError('TSJ_SHAPE_COMBINATIONS', `Expect a 1D vector, but got shape [${self.shape.join(', ')}]`)
  if (r < 0) throw new RuntimeError('TSJ_SHAPE_COMBINATIONS', `Expect a non-negative number, but got ${r}`)
  if (r === 0) return op.call('aten::new_empty', self, [0])
  const range = op.call('aten::arange', op.int(self.numel), longCode)
  const grids = meshgrid(op, new Array(r).fill(range), 'ij') as Tensors
  let mask: unknown
  for (let i = 0; i < r - 1; i++) {
    const inOrder = op.call(withReplacement ? 'aten::le.Tensor' : 'aten::lt.Tensor', grids[i], grids[i + 1])
    mask = mask === undefined ? inOrder : op.call('aten::logical_and', mask, inOrder)
  }
  const values = meshgrid(op, new Array(r).fill(self), 'ij') as Tensors
  const columns = values.map((grid) => (mask === undefined ? grid : op.call('aten::masked_select', grid, mask)))
  return op.call('aten::stack', columns, 1)
}

function blockDiag(op: Dispatch, tensors: Tensors): unknown {
  if (tensors.length === 0) return op.call('aten::empty.memory_format', [1, 0])
  const blocks = tensors.map((tensor, i) => {
    if (tensor.ndim > 2)
      throw new RuntimeError(
        'TSJ_SHAPE_BLOCK_DIAG',
        `torch.block_diag: Input tensors must have 2 or fewer dimensions. Input ${i} has ${tensor.ndim} dimensions`,
      )
    return atLeast2d(op, tensor)
  })
  const width = blocks.reduce((sum, block) => sum + block.shape[1], 0)
  let left = 0
  const rows = blocks.map((block) => {
    const row = op.call('aten::constant_pad_nd', block, [left, width - left - block.shape[1]])
    left += block.shape[1]
    return row
  })
  return op.call('aten::cat', rows, 0)
}

function diagEmbed(op: Dispatch, self: TensorLike, offset: number, dim1: number, dim2: number): unknown {
  const ndim = self.ndim + 1
  const a = wrapDim(dim1, ndim)
  const b = wrapDim(dim2, ndim)
  if (a === b) throw new RuntimeError('TSJ_SHAPE_DIAGONAL', `diagonal dimensions cannot be identical ${dim1}, ${dim2}`)
  const length = Math.abs(offset) + self.shape[self.ndim - 1]
  const shape = [...self.shape.slice(0, -1)]
  shape.splice(Math.min(a, b), 0, length)
  shape.splice(Math.max(a, b), 0, length)
  const result = op.call('aten::new_zeros', self, shape)
  op.call('aten::copy_', op.call('aten::diagonal', result, offset, a, b), self)
  return result
}

function diag(op: Dispatch, self: TensorLike, offset: number): unknown {
  if (self.ndim === 1) return diagEmbed(op, self, offset, 0, 1)
  if (self.ndim !== 2) throw new RuntimeError('TSJ_SHAPE_DIAGONAL', `diag(): Supports 1D or 2D tensors. Got ${self.ndim}D`)
  return op.call('aten::diagonal_copy', self, offset)
}

function rot90(op: Dispatch, self: TensorLike, k: number, dims: readonly number[]): unknown {
  if (dims.length !== 2) throw new RuntimeError('TSJ_SHAPE_ROT90', `expected total rotation dims == 2, but got dims = ${dims.length}`)
  if (self.ndim < 2) throw new RuntimeError('TSJ_SHAPE_ROT90', `expected total dims >= 2, but got total dims = ${self.ndim}`)
  const [a, b] = dims.map((dim) => wrapDim(dim, self.ndim))
  if (a === b)
    throw new RuntimeError('TSJ_SHAPE_ROT90', `expected rotation dims to be different, but got dim0 = ${dims[0]} and dim1 = ${dims[1]}`)
  const turns = ((k % 4) + 4) % 4
  if (turns === 1) return op.call('aten::transpose.int', op.call('aten::flip', self, [b]), a, b)
  if (turns === 2) return op.call('aten::flip', self, [a, b])
  if (turns === 3) return op.call('aten::transpose.int', op.call('aten::flip', self, [a]), a, b)
  return op.call('aten::clone', self, 0)
}

function pad(op: Dispatch, self: TensorLike, sizes: readonly number[], mode: string, value: number | null): unknown {
  if (sizes.length % 2) throw new RuntimeError('TSJ_SHAPE_PAD', `Padding length must be divisible by 2`)
  if (sizes.length > 2 * self.ndim)
    throw new RuntimeError(
      'TSJ_SHAPE_PAD',
      `Padding length should be less than or equal to two times the input dimension but got padding length ${sizes.length} and input of dimension ${self.ndim}`,
    )
  if (mode === 'constant') return op.call('aten::constant_pad_nd', self, sizes, op.float(value ?? 0))
  if (value !== null && value !== 0) throw new RuntimeError('TSJ_PAD_MODE', `Padding mode "${mode}" doesn't take in value argument`)
  const dims = sizes.length / 2
  if (self.ndim === dims + 1 || self.ndim === dims + 2) {
    if (mode === 'reflect') return op.call(`aten::reflection_pad${dims}d`, self, sizes)
    if (mode === 'replicate') return op.call(`aten::replication_pad${dims}d`, self, sizes)
    if (mode === 'circular') return op.call('aten::_pad_circular', self, sizes)
    throw new RuntimeError('TSJ_PAD_MODE', `Unrecognised padding mode ${mode}`)
  }
  throw new RuntimeError('TSJ_PAD_MODE', 'Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now')
}

function repeatInterleave(op: Dispatch, self: TensorLike, repeats: TensorLike, dim: number | null): unknown {
  const input = dim === null ? (op.call('aten::flatten.using_ints', self) as TensorLike) : self
  const at = dim ?? 0
  const size = input.ndim === 0 ? 1 : input.shape[wrapDim(at, input.ndim)]
  if (repeats.ndim > 1 || (repeats.ndim === 1 && repeats.shape[0] !== size && repeats.shape[0] !== 1)) {
    throw new RuntimeError('TSJ_SHAPE_REPEAT', 'repeats must have the same size as input along dim')
  }
  const counts = repeats.numel === 1 ? op.call('aten::expand', op.call('aten::reshape', repeats, [1]), [size]) : repeats
  return op.call('aten::index_select', input, at, op.call('aten::repeat_interleave.Tensor', counts))
}

function repeatInterleaveInt(op: Dispatch, self: TensorLike, repeats: number, dim: number | null): unknown {
  const input = dim === null ? (op.call('aten::flatten.using_ints', self) as TensorLike) : self
  if (input.ndim === 0) return op.call('aten::expand', input, [repeats])
  if (repeats < 0) throw new RuntimeError('TSJ_SHAPE_REPEAT', 'Repeats must be non-negative')
  const at = wrapDim(dim ?? 0, input.ndim)
  const wide = op.call('aten::unsqueeze', input, at + 1) as TensorLike
  const expanded = op.call(
    'aten::expand',
    wide,
    wide.shape.map((size, i) => (i === at + 1 ? repeats : size)),
  )
  return op.call('aten::flatten.using_ints', op.call('aten::clone', expanded, 0), at, at + 1)
}

function takeAlongDim(op: Dispatch, self: TensorLike, indices: TensorLike, dim: number | null): unknown {
  if (dim === null) return op.call('aten::gather', op.call('aten::reshape', self, [-1]), 0, op.call('aten::reshape', indices, [-1]))
  if (self.ndim !== indices.ndim) {
    throw new RuntimeError(
      'TSJ_SHAPE_TAKE',
      `torch.take_along_dim(): input and indices should have the same number of dimensions, but got ${self.ndim} dimensions for input, and ${indices.ndim} dimensions for indices`,
    )
  }
  const at = wrapDim(dim, self.ndim)
  // along a dimension, and only there, indices wrap around
  const wrapped: any = self.shape[at] === 0 ? indices : op.call('aten::remainder.Scalar', indices, op.int(self.shape[at]))
  const shape = self.shape.map((size, i) => (i === at ? 1 : size === 1 ? indices.shape[i] : size))
  const selfShape = shape.map((size, i) => (i === at ? self.shape[at] : size))
  const indexShape = shape.map((size, i) => (i === at ? indices.shape[at] : size))
  return op.call('aten::gather', op.call('aten::expand', self, selfShape), at, op.call('aten::expand', wrapped, indexShape))
}

function narrowTensor(op: Dispatch, self: TensorLike, dim: number, start: TensorLike, length: number): unknown {
  if (start.ndim !== 0) throw new RuntimeError('TSJ_SHAPE_NARROW', 'start must be an 0-dim integral Tensor.')
  return op.call('aten::narrow', self, dim, op.call('aten::Int.Tensor', start), length)
}

function oneHot(op: Dispatch, self: TensorLike, classes: number): unknown {
  if (self.dtype !== 'int64') throw new RuntimeError('TSJ_ONE_HOT', `one_hot is only applicable to index tensor of type LongTensor.`)
  if (self.numel === 0) {
    if (classes <= 0) throw new RuntimeError('TSJ_ONE_HOT', 'Can not infer total number of classes from empty tensor.')
    return op.call('aten::new_empty', self, [...self.shape, classes])
  }
  if (Number(op.call('aten::Int.Tensor', op.call('aten::min', self))) < 0)
    throw new RuntimeError('TSJ_ONE_HOT', 'Class values must be non-negative.')
  const largest = Number(op.call('aten::Int.Tensor', op.call('aten::max', self)))
  if (classes !== -1 && classes <= largest) throw new RuntimeError('TSJ_ONE_HOT', 'Class values must be smaller than num_classes.')
  const count = classes === -1 ? largest + 1 : classes
  const result = op.call('aten::new_zeros', self, [...self.shape, count])
  return op.call('aten::scatter_.value', result, -1, op.call('aten::unsqueeze', self, -1), op.int(1))
}

function sumToSize(op: Dispatch, self: TensorLike, size: readonly number[]): unknown {
  if (size.length === 0) return op.call('aten::sum', self)
  const lead = self.ndim - size.length
  if (lead < 0 || size.some((extent, i) => extent !== 1 && extent !== self.shape[lead + i])) {
    throw new RuntimeError('TSJ_SHAPE_SUM_TO_SIZE', `size {[${size.join(', ')}]} is not expandable to size {[${self.shape.join(', ')}]}.`)
  }
  const dims = self.shape.flatMap((extent, i) => (i < lead || (size[i - lead] === 1 && extent !== 1) ? [i] : []))
  if (dims.length === 0) return op.call('aten::alias', self)
  return op.call('aten::view', op.call('aten::sum.dim_IntList', self, dims, true), size)
}

function chunkCat(op: Dispatch, tensors: Tensors, dim: number, chunks: number): unknown {
  const parts = tensors.map((tensor) => {
    const at = wrapDim(dim, tensor.ndim)
    const size = tensor.shape[at]
    const padded = Math.ceil(size / chunks) * chunks
    const pads = new Array<number>(2 * (tensor.ndim - at)).fill(0)
    pads[pads.length - 1] = padded - size
    const wide = padded === size ? tensor : op.call('aten::constant_pad_nd', tensor, pads)
    return op.call('aten::reshape', wide, [...tensor.shape.slice(0, at), chunks, -1])
  })
  return op.call('aten::cat', parts, wrapDim(dim, tensors[0].ndim) + 1)
}

const stackAlong =
  (dim: number, widen: (op: Dispatch, self: TensorLike) => TensorLike, name: string) => (op: Dispatch, tensors: Tensors) => {
    if (tensors.length === 0) throw new RuntimeError('TSJ_SHAPE_CAT', `${name} expects a non-empty TensorList`)
    return op.call(
      'aten::cat',
      tensors.map((tensor) => widen(op, tensor)),
      dim,
    )
  }

function conjugateTranspose(name: string) {
  return (op: Dispatch, self: TensorLike): unknown => {
    if (self.ndim === 0) return self
    if (name === 'adjoint' ? self.ndim < 2 : name === 'H' ? self.ndim !== 2 : self.ndim < 2) {
      throw new RuntimeError(
        'TSJ_SHAPE_MT',
        `tensor.${name} is only supported on matrices${name === 'H' ? '' : ' or batches of matrices'}. Got ${self.ndim}-D tensor.`,
      )
    }
    return op.call('aten::conj', op.call('aten::transpose.int', self, -2, -1))
  }
}

function padSequence(op: Dispatch, sequences: Tensors, batchFirst: boolean, value: number, side: string): unknown {
  if (sequences.length === 0) throw new RuntimeError('TSJ_SHAPE_PAD', 'received an empty list of sequences')
  if (side !== 'left' && side !== 'right')
    throw new RuntimeError('TSJ_PAD_MODE', `Expected padding_side to be one of left or right, but got ${side}.`)
  const longest = Math.max(...sequences.map((sequence) => sequence.shape[0]))
  const padded = sequences.map((sequence) => {
    const missing = longest - sequence.shape[0]
    const pads = new Array<number>(2 * sequence.ndim).fill(0)
    pads[2 * sequence.ndim - (side === 'left' ? 2 : 1)] = missing
    return op.call('aten::constant_pad_nd', sequence, pads, op.float(value))
  })
  return op.call('aten::stack', padded, batchFirst ? 0 : 1)
}

export const shapeDecompositions: DecompositionTable = {
  'aten::flatten.using_ints': flatten,
  'aten::unflatten.int': unflatten,
  'aten::atleast_1d': atLeast1d,
  'aten::atleast_1d.Sequence': each(atLeast1d),
  'aten::atleast_2d': atLeast2d,
  'aten::atleast_2d.Sequence': each(atLeast2d),
  'aten::atleast_3d': atLeast3d,
  'aten::atleast_3d.Sequence': each(atLeast3d),
  'aten::hstack': hstack,
  'aten::vstack': stackAlong(0, atLeast2d, 'vstack'),
  'aten::dstack': stackAlong(2, atLeast3d, 'dstack'),
  'aten::column_stack': columnStack,
  'aten::tile': tile,
  'aten::broadcast_tensors': broadcastTensors,
  'aten::meshgrid': (op, tensors) => meshgrid(op, tensors, 'ij'),
  'aten::meshgrid.indexing': meshgrid,
  'aten::cartesian_prod': cartesianProd,
  'aten::combinations': combinations,
  'aten::block_diag': blockDiag,
  'aten::diag': diag,
  'aten::diag_embed': diagEmbed,
  'aten::diagflat': (op, self, offset) => diagEmbed(op, op.call('aten::reshape', self, [-1]), offset, 0, 1),
  'aten::rot90': rot90,
  'aten::fliplr': (op, self: TensorLike) => {
    if (self.ndim < 2) throw new RuntimeError('TSJ_SHAPE_FLIP', 'Input must be >= 2-d.')
    return op.call('aten::flip', self, [1])
  },
  'aten::flipud': (op, self: TensorLike) => {
    if (self.ndim < 1) throw new RuntimeError('TSJ_SHAPE_FLIP', 'Input must be >= 1-d.')
    return op.call('aten::flip', self, [0])
  },
  'aten::pad': pad,
  'aten::pad_sequence': padSequence,
  'aten::_pad_enum': (op, self, sizes, mode: number, value) =>
    pad(op, self, sizes, ['constant', 'reflect', 'replicate', 'circular'][mode] ?? String(mode), value),
  'aten::repeat_interleave.self_Tensor': repeatInterleave,
  'aten::repeat_interleave.self_int': repeatInterleaveInt,
  'aten::take_along_dim': takeAlongDim,
  'aten::narrow.Tensor': narrowTensor,
  'aten::narrow_copy': (op, self, dim, start, length) => op.call('aten::clone', op.call('aten::narrow', self, dim, start, length), 0),
  'aten::argwhere': (op, self) => op.call('aten::nonzero', self),
  'aten::nonzero_numpy': (op, self: TensorLike) =>
    op.call('aten::unbind.int', op.call('aten::nonzero', self.ndim ? self : op.call('aten::unsqueeze', self, 0)), 1),
  'aten::where': (op, condition: TensorLike) => op.call('aten::nonzero_numpy', condition),
  'aten::one_hot': oneHot,
  'aten::sum_to_size': sumToSize,
  'aten::_chunk_cat': chunkCat,
  'aten::mH': conjugateTranspose('mH'),
  'aten::mH.a': conjugateTranspose('mH'),
  'aten::matrix_H': conjugateTranspose('H'),
  'aten::matrix_H.a': conjugateTranspose('H'),
  'aten::adjoint': conjugateTranspose('adjoint'),
  'aten::chalf': (op, self, format) => op.call('aten::to.dtype', self, 8, false, false, format),
  'aten::fill_diagonal_': (op, self: TensorLike, value) => {
    op.call('aten::fill_.Scalar', op.call('aten::diagonal', self), value)
    return self
  },
}
