/** Operators that show a tensor's memory under other sizes and strides. Nothing is computed; results share the storage. */
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import type { Kernel } from './backend.ts'
import type { Dispatcher } from './dispatcher.ts'
import { dtypeArgument, toComplexDType, toValueDType } from './promotion.ts'
import {
  expandStrides,
  formatSizes,
  indexError,
  inferSize,
  normalizeDim,
  normalizeDims,
  numelOf,
  sameSizes,
  shapeError,
  viewStrides,
} from './shape.ts'
import { Tensor } from './tensor.ts'

/** A tensor over the same storage. */
export function viewOf(self: Tensor, shape: readonly number[], strides: readonly number[], offset = self.offset): Tensor {
  const result = new Tensor(self.storage, self.dtype, shape, strides, offset)
  result.requiresGrad = self.requiresGrad
  return result
}

/** `view`. Throws TSJ_SHAPE_VIEW where strides do not allow it. */
export function view(self: Tensor, size: readonly number[]): Tensor {
  const shape = inferSize(size, self.numel)
  const strides = viewStrides(self.shape, self.strides, shape)
  if (!strides) {
    throw shapeError(
      'TSJ_SHAPE_VIEW',
      "view size is not compatible with input tensor's size and stride (at least one dimension spans across two contiguous subspaces). Use .reshape(...) instead.",
    )
  }
  return viewOf(self, shape, strides)
}

/** `reshape`: a view where strides allow it, else a contiguous copy. */
export function reshape(dispatcher: Dispatcher, self: Tensor, size: readonly number[]): Tensor {
  const shape = inferSize(size, self.numel)
  const strides = viewStrides(self.shape, self.strides, shape)
  if (strides) return viewOf(self, shape, strides)
  return view(dispatcher.call('aten::clone', self, 0), shape)
}

export function select(self: Tensor, dim: number, index: number): Tensor {
  if (self.ndim === 0) throw indexError('TSJ_SHAPE_SELECT', 'select() cannot be applied to a 0-dim tensor.')
  const at = normalizeDim(dim, self.ndim)
  const size = self.shape[at]
  if (index < -size || index >= size) {
    throw indexError(
      'TSJ_SHAPE_INDEX',
      `select(): index ${index} out of range for tensor of size ${formatSizes(self.shape)} at dimension ${at}`,
    )
  }
  const position = index < 0 ? index + size : index
  return viewOf(self, without(self.shape, at), without(self.strides, at), self.offset + position * self.strides[at])
}

export function slice(self: Tensor, dim: number, start: number | null, end: number | null, step: number): Tensor {
  if (self.ndim === 0) throw indexError('TSJ_SHAPE_SLICE', 'slice() cannot be applied to a 0-dim tensor.')
  const at = normalizeDim(dim, self.ndim)
  if (step <= 0) throw shapeError('TSJ_SHAPE_SLICE', 'slice step must be positive')
  const size = self.shape[at]
  const clamp = (value: number, low: number) => Math.min(Math.max(value < 0 ? value + size : value, low), size)
  const from = clamp(Number(start ?? 0), 0)
  const to = end === null ? size : Math.max(clamp(Number(end), 0), from)
  const shape = [...self.shape]
  const strides = [...self.strides]
  shape[at] = Math.ceil((to - from) / step)
  strides[at] *= step
  return viewOf(self, shape, strides, self.offset + from * self.strides[at])
}

export function narrow(self: Tensor, dim: number, start: number, length: number): Tensor {
  if (self.ndim === 0) throw shapeError('TSJ_SHAPE_NARROW', 'narrow() cannot be applied to a 0-dim tensor.')
  const at = normalizeDim(dim, self.ndim)
  if (length < 0) throw shapeError('TSJ_SHAPE_NARROW', 'narrow(): length must be non-negative.')
  const size = self.shape[at]
  if (start < -size || start > size)
    throw indexError('TSJ_SHAPE_NARROW', `start out of range (expected to be in range of [${-size}, ${size}], but got ${start})`)
  const from = start < 0 ? start + size : start
  if (from + length > size) throw shapeError('TSJ_SHAPE_NARROW', `start (${from}) + length (${length}) exceeds dimension size (${size}).`)
  return slice(self, at, from, from + length, 1)
}

export function permute(self: Tensor, dims: readonly number[]): Tensor {
  if (dims.length !== self.ndim) {
    throw shapeError(
      'TSJ_SHAPE_PERMUTE',
      `permute(sparse_coo): number of dimensions in the tensor input does not match the length of the desired ordering of dimensions i.e. input.dim() = ${self.ndim} is not equal to len(dims) = ${dims.length}`.replace(
        'permute(sparse_coo)',
        'permute',
      ),
    )
  }
  const seen = new Set<number>()
  const order = dims.map((dim) => normalizeDim(dim, self.ndim))
  for (const dim of order) {
    if (seen.has(dim)) throw shapeError('TSJ_SHAPE_PERMUTE', 'permute(): duplicate dims are not allowed.')
    seen.add(dim)
  }
  return viewOf(
    self,
    order.map((dim) => self.shape[dim]),
    order.map((dim) => self.strides[dim]),
  )
}

export function transpose(self: Tensor, dim0: number, dim1: number): Tensor {
  const a = normalizeDim(dim0, self.ndim)
  const b = normalizeDim(dim1, self.ndim)
  if (a === b) return viewOf(self, self.shape, self.strides)
  const order = self.shape.map((_, i) => (i === a ? b : i === b ? a : i))
  return permute(self, order)
}

export function transpose2d(self: Tensor): Tensor {
  if (self.ndim > 2) throw shapeError('TSJ_SHAPE_T', `t() expects a tensor with <= 2 dimensions, but self is ${self.ndim}D`)
  return self.ndim < 2 ? viewOf(self, self.shape, self.strides) : transpose(self, 0, 1)
}

function reversed(self: Tensor): Tensor {
  return permute(
    self,
    self.shape.map((_, i) => self.ndim - 1 - i),
  )
}

function matrixTranspose(name: string): (dispatcher: Dispatcher, self: Tensor) => Tensor {
  return (_, self) => {
    if (self.ndim === 0) return viewOf(self, self.shape, self.strides)
    if (self.ndim < 2)
      throw shapeError('TSJ_SHAPE_MT', `tensor.${name} is only supported on matrices or batches of matrices. Got ${self.ndim}-D tensor.`)
    return transpose(self, -2, -1)
  }
}

export function squeeze(self: Tensor, dims?: readonly number[]): Tensor {
  const wanted = dims && new Set(normalizeDims(dims, self.ndim))
  const kept = self.shape.map((_, i) => i).filter((i) => self.shape[i] !== 1 || (wanted && !wanted.has(i)))
  return viewOf(
    self,
    kept.map((i) => self.shape[i]),
    kept.map((i) => self.strides[i]),
  )
}

export function unsqueeze(self: Tensor, dim: number): Tensor {
  const at = normalizeDim(dim, self.ndim + 1)
  const shape = [...self.shape]
  const strides = [...self.strides]
  const stride = at < self.ndim ? self.shape[at] * self.strides[at] : 1
  shape.splice(at, 0, 1)
  strides.splice(at, 0, stride)
  return viewOf(self, shape, strides)
}

export function expand(self: Tensor, size: readonly number[]): Tensor {
  const lead = size.length - self.ndim
  if (lead < 0) {
    throw shapeError(
      'TSJ_SHAPE_EXPAND',
      `expand(torch.FloatTensor{${formatSizes(self.shape)}}, size=${formatSizes(size)}): the number of sizes provided (${size.length}) must be greater or equal to the number of dimensions in the tensor (${self.ndim})`,
    )
  }
  const shape = size.map((wanted, i) => {
    if (wanted !== -1) {
      if (wanted < 0) throw shapeError('TSJ_SHAPE_EXPAND', `Invalid expanded size ${wanted}`)
      return wanted
    }
    if (i < lead) {
      throw shapeError('TSJ_SHAPE_EXPAND', `The expanded size of the tensor (-1) isn't allowed in a leading, non-existing dimension ${i}`)
    }
    return self.shape[i - lead]
  })
  const strides = expandStrides(self.shape, self.strides, shape)
  for (let i = 0; i < lead; i++) if (shape[i] === 1) strides[i] = i + 1 < shape.length ? 0 : strides[i]
  return viewOf(self, shape, strides)
}

export function asStrided(self: Tensor, shape: readonly number[], strides: readonly number[], offset: number | null): Tensor {
  if (shape.length !== strides.length) throw shapeError('TSJ_SHAPE_AS_STRIDED', 'mismatch in length of strides and shape')
  if (strides.some((stride) => stride < 0))
    throw shapeError(
      'TSJ_SHAPE_AS_STRIDED',
      `as_strided: Negative strides are not supported at the moment, got strides: ${formatSizes(strides)}`,
    )
  if (shape.some((size) => size < 0))
    throw shapeError('TSJ_SHAPE_AS_STRIDED', `as_strided: sizes must not be negative, got ${formatSizes(shape)}`)
  const start = offset ?? self.offset
  if (start < 0) throw shapeError('TSJ_SHAPE_AS_STRIDED', `Tensor: invalid storage offset ${start}`)
  checkBounds(self, shape, strides, start)
  return viewOf(self, shape, strides, start)
}

/** Throws TSJ_SHAPE_STORAGE where sizes and strides reach beyond the storage. */
export function checkBounds(self: Tensor, shape: readonly number[], strides: readonly number[], offset: number): void {
  if (numelOf(shape) === 0) return
  const last = shape.reduce((sum, size, i) => sum + (size - 1) * strides[i], offset)
  const needed = (last + 1) * self.itemSize
  if (needed > self.storage.byteLength) {
    throw shapeError(
      'TSJ_SHAPE_STORAGE',
      `setStorage: sizes ${formatSizes(shape)}, strides ${formatSizes(strides)}, storage offset ${offset}, and itemsize ${self.itemSize} requiring a storage size of ${needed} are out of bounds for storage of size ${self.storage.byteLength}`,
    )
  }
}

function diagonal(self: Tensor, offset: number, dim1: number, dim2: number): Tensor {
  const a = normalizeDim(dim1, self.ndim)
  const b = normalizeDim(dim2, self.ndim)
  if (a === b || self.ndim < 2) throw shapeError('TSJ_SHAPE_DIAGONAL', `diagonal dimensions cannot be identical ${dim1}, ${dim2}`)
  const size = Math.max(offset >= 0 ? Math.min(self.shape[a], self.shape[b] - offset) : Math.min(self.shape[a] + offset, self.shape[b]), 0)
  const start = size === 0 ? self.offset : self.offset + (offset >= 0 ? offset * self.strides[b] : -offset * self.strides[a])
  const kept = self.shape.map((_, i) => i).filter((i) => i !== a && i !== b)
  return viewOf(
    self,
    [...kept.map((i) => self.shape[i]), size],
    [...kept.map((i) => self.strides[i]), self.strides[a] + self.strides[b]],
    start,
  )
}

function unfold(self: Tensor, dimension: number, size: number, step: number): Tensor {
  const dim = normalizeDim(dimension, self.ndim)
  const extent = self.ndim === 0 ? 1 : self.shape[dim]
  if (size < 0 || size > extent)
    throw shapeError('TSJ_SHAPE_UNFOLD', `maximum size for tensor at dimension ${dim} is ${extent} but size is ${size}`)
  if (step <= 0) throw shapeError('TSJ_SHAPE_UNFOLD', `step is ${step} but must be > 0`)
  const shape = [...self.shape]
  const strides = [...self.strides]
  const stride = self.ndim === 0 ? 1 : strides[dim]
  if (self.ndim > 0) {
    shape[dim] = Math.floor((extent - size) / step) + 1
    strides[dim] = step * stride
  }
  return viewOf(self, [...shape, size], [...strides, stride])
}

function movedim(self: Tensor, source: readonly number[], destination: readonly number[]): Tensor {
  if (source.length !== destination.length) {
    throw shapeError(
      'TSJ_SHAPE_MOVEDIM',
      `movedim: Invalid source or destination dims: source (${formatSizes(source)} dims) should contain the same number of dims as destination (${formatSizes(destination)} dims)`,
    )
  }
  const from = normalizeDims(source, self.ndim)
  const to = normalizeDims(destination, self.ndim)
  const order = new Array<number>(self.ndim).fill(-1)
  to.forEach((dim, i) => {
    order[dim] = from[i]
  })
  const rest = self.shape.map((_, i) => i).filter((i) => !from.includes(i))
  return permute(
    self,
    order.map((dim) => (dim < 0 ? rest.shift()! : dim)),
  )
}

export function viewAsReal(self: Tensor): Tensor {
  if (!dtypeInfo(self.dtype).isComplex) throw shapeError('TSJ_SHAPE_VIEW_AS_REAL', 'view_as_real is only supported for complex tensors')
  return new Tensor(
    self.storage,
    toValueDType(self.dtype),
    [...self.shape, 2],
    [...self.strides.map((stride) => 2 * stride), 1],
    2 * self.offset,
  )
}

export function viewAsComplex(self: Tensor): Tensor {
  if (!['float16', 'float32', 'float64'].includes(self.dtype)) {
    throw shapeError(
      'TSJ_SHAPE_VIEW_AS_COMPLEX',
      `view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: ${self.dtype}`,
    )
  }
  const last = self.ndim - 1
  if (last < 0) throw shapeError('TSJ_SHAPE_VIEW_AS_COMPLEX', 'Input tensor must have one or more dimensions')
  if (self.shape[last] !== 2) throw shapeError('TSJ_SHAPE_VIEW_AS_COMPLEX', 'Tensor must have a last dimension of size 2')
  if (self.strides[last] !== 1) throw shapeError('TSJ_SHAPE_VIEW_AS_COMPLEX', 'Tensor must have a last dimension with stride 1')
  const strides = self.strides.slice(0, last)
  if (strides.some((stride) => stride % 2))
    throw shapeError('TSJ_SHAPE_VIEW_AS_COMPLEX', 'Tensor must have a stride divisible by 2 for all but last dimension')
  if (self.offset % 2) throw shapeError('TSJ_SHAPE_VIEW_AS_COMPLEX', 'Tensor must have a storage_offset divisible by 2')
  return new Tensor(
    self.storage,
    toComplexDType(self.dtype),
    self.shape.slice(0, last),
    strides.map((stride) => stride / 2),
    self.offset / 2,
  )
}

function viewDType(self: Tensor, code: number): Tensor {
  const dtype = dtypeArgument(code, self.dtype)
  const from = self.itemSize
  const to = dtypeInfo(dtype).itemSize
  if (from === to) return new Tensor(self.storage, dtype, self.shape, self.strides, self.offset)
  const last = self.ndim - 1
  if (last < 0)
    throw shapeError('TSJ_SHAPE_VIEW_DTYPE', `self.dim() cannot be 0 to view ${self.dtype} as ${dtype} (different element sizes)`)
  if (self.strides[last] !== 1) {
    throw shapeError(
      'TSJ_SHAPE_VIEW_DTYPE',
      `self.stride(-1) must be 1 to view ${self.dtype} as ${dtype} (different element sizes), but got ${self.strides[last]}`,
    )
  }
  const ratio = from / to
  const scaled = [...self.strides.slice(0, last).map((stride) => stride * ratio), 1]
  const shape = [...self.shape.slice(0, last), self.shape[last] * ratio]
  if ([...scaled, ...shape, self.offset * ratio].some((value) => !Number.isInteger(value))) {
    throw shapeError(
      'TSJ_SHAPE_VIEW_DTYPE',
      `self.size(-1), strides and storage offset must be divisible by ${to / from} to view ${self.dtype} as ${dtype} (different element sizes)`,
    )
  }
  return new Tensor(self.storage, dtype, shape, scaled, self.offset * ratio)
}

function real(self: Tensor): Tensor {
  return dtypeInfo(self.dtype).isComplex ? select(viewAsReal(self), -1, 0) : self
}

function imag(self: Tensor): Tensor {
  if (!dtypeInfo(self.dtype).isComplex)
    throw new RuntimeError('TSJ_SHAPE_IMAG', 'imag is not implemented for tensors with non-complex dtypes.')
  return select(viewAsReal(self), -1, 1)
}

function detach(self: Tensor): Tensor {
  return new Tensor(self.storage, self.dtype, self.shape, self.strides, self.offset)
}

function without(list: readonly number[], at: number): number[] {
  return list.filter((_, i) => i !== at)
}

const alias = (_: Dispatcher, self: Tensor) => viewOf(self, self.shape, self.strides)
const same = (_: Dispatcher, self: Tensor) => self

export const viewKernels: Readonly<Record<string, Kernel>> = {
  'aten::view': (_, self, size) => view(self, size),
  'aten::_unsafe_view': (_, self, size) => view(self, size),
  'aten::_reshape_alias': (_, self, size, stride) => viewOf(self, size, stride),
  'aten::reshape': reshape,
  'aten::reshape_as': (dispatcher, self, other) => reshape(dispatcher, self, other.shape),
  'aten::ravel': (dispatcher, self) => view(self.isContiguous ? self : dispatcher.call('aten::clone', self, 0), [-1]),
  'aten::view_as': (_, self, other) => view(self, other.shape),
  'aten::view.dtype': (_, self, dtype) => viewDType(self, dtype),
  'aten::as_strided': (_, self, size, stride, offset) => asStrided(self, size, stride, offset),
  'aten::select.int': (_, self, dim, index) => select(self, dim, index),
  'aten::slice.Tensor': (_, self, dim, start, end, step) => slice(self, dim, start, end, step),
  'aten::narrow': (_, self, dim, start, length) => narrow(self, dim, start, length),
  'aten::permute': (_, self, dims) => permute(self, dims),
  'aten::transpose.int': (_, self, dim0, dim1) => transpose(self, dim0, dim1),
  'aten::swapaxes': (_, self, dim0, dim1) => transpose(self, dim0, dim1),
  'aten::swapdims': (_, self, dim0, dim1) => transpose(self, dim0, dim1),
  'aten::t': (_, self) => transpose2d(self),
  'aten::numpy_T': (_, self) => reversed(self),
  'aten::numpy_T.a': (_, self) => reversed(self),
  'aten::mT': matrixTranspose('mT'),
  'aten::mT.a': matrixTranspose('mT'),
  'aten::squeeze': (_, self) => squeeze(self),
  'aten::squeeze.dim': (_, self, dim) => squeeze(self, [dim]),
  'aten::squeeze.dims': (_, self, dims) => squeeze(self, dims),
  'aten::unsqueeze': (_, self, dim) => unsqueeze(self, dim),
  'aten::expand': (_, self, size) => expand(self, size),
  'aten::expand_as': (_, self, other) => expand(self, other.shape),
  'aten::broadcast_to': (_, self, size) => expand(self, size),
  'aten::diagonal': (_, self, offset, dim1, dim2) => diagonal(self, offset, dim1, dim2),
  'aten::linalg_diagonal': (_, self, offset, dim1, dim2) => diagonal(self, offset, dim1, dim2),
  'aten::unfold': (_, self, dimension, size, step) => unfold(self, dimension, size, step),
  'aten::movedim.int': (_, self, source, destination) => movedim(self, [source], [destination]),
  'aten::movedim.intlist': (_, self, source, destination) => movedim(self, source, destination),
  'aten::moveaxis.int': (_, self, source, destination) => movedim(self, [source], [destination]),
  'aten::moveaxis.intlist': (_, self, source, destination) => movedim(self, source, destination),
  'aten::view_as_real': (_, self) => viewAsReal(self),
  'aten::view_as_complex': (_, self) => viewAsComplex(self),
  'aten::real': (_, self) => real(self),
  'aten::imag': (_, self) => imag(self),
  'aten::detach': (_, self) => detach(self),
  'prim::data': (_, self) => detach(self),
  'aten::data': (_, self) => detach(self),
  'aten::alias': alias,
  'aten::lift_fresh': same,
  'aten::lift': same,
  // conjugates and negatives are computed at once, so that there is never anything to resolve
  'aten::resolve_conj': same,
  'aten::resolve_neg': same,
  'aten::pin_memory': same,
}

/** Whether two tensors have the same sizes. */
export function isSameSize(a: Tensor, b: Tensor): boolean {
  return sameSizes(a.shape, b.shape)
}
