/** Views that give lists: split, chunk, unbind, tensor_split. */
import type { Kernel } from './backend.ts'
import type { Dispatcher } from './dispatcher.ts'
import { readNumbers } from './elements.ts'
import { formatSizes, normalizeDim, shapeError } from './shape.ts'
import type { Tensor } from './tensor.ts'
import { narrow, select, slice } from './views.ts'

export function split(self: Tensor, size: number, dim: number): Tensor[] {
  if (self.ndim === 0) throw shapeError('TSJ_SHAPE_SPLIT', 'split expects at least a 1-dimensional tensor')
  if (size < 0) throw shapeError('TSJ_SHAPE_SPLIT', `split expects split_size be non-negative, but got split_size=${size}`)
  const at = normalizeDim(dim, self.ndim)
  const extent = self.shape[at]
  if (size === 0 && extent !== 0)
    throw shapeError('TSJ_SHAPE_SPLIT', `split_size can only be 0 if dimension size is 0, but got dimension size of ${extent}`)
  const count = size === 0 ? 1 : Math.max(Math.ceil(extent / size), 1)
  return Array.from({ length: count }, (_, i) => slice(self, at, i * size, Math.min((i + 1) * size, extent), 1))
}

export function splitWithSizes(self: Tensor, sizes: readonly number[], dim: number): Tensor[] {
  if (self.ndim === 0) throw shapeError('TSJ_SHAPE_SPLIT', 'split expects at least a 1-dimensional tensor')
  const at = normalizeDim(dim, self.ndim)
  const extent = self.shape[at]
  let start = 0
  const parts = sizes.map((size) => {
    if (size < 0) {
      throw shapeError(
        'TSJ_SHAPE_SPLIT',
        `split_with_sizes expects split_sizes have only non-negative entries, but got split_sizes=${formatSizes(sizes)}`,
      )
    }
    start += size
    return [start - size, size] as const
  })
  if (start !== extent) {
    throw shapeError(
      'TSJ_SHAPE_SPLIT',
      `split_with_sizes expects split_sizes to sum exactly to ${extent} (input tensor's size at dimension ${at}), but got split_sizes=${formatSizes(sizes)}`,
    )
  }
  return parts.map(([from, size]) => narrow(self, at, from, size))
}

export function chunk(self: Tensor, chunks: number, dim: number): Tensor[] {
  if (self.ndim === 0) throw shapeError('TSJ_SHAPE_CHUNK', 'chunk expects at least a 1-dimensional tensor')
  if (chunks <= 0) throw shapeError('TSJ_SHAPE_CHUNK', `chunk expects \`chunks\` to be greater than 0, got: ${chunks}`)
  const at = normalizeDim(dim, self.ndim)
  const extent = self.shape[at]
  const size = Math.ceil(extent / chunks)
  if (size === 0) return Array.from({ length: chunks }, () => slice(self, at, 0, 0, 1))
  return split(self, size, at)
}

export function unbind(self: Tensor, dim: number): Tensor[] {
  if (self.ndim === 0) throw shapeError('TSJ_SHAPE_UNBIND', 'Dimension specified as 0 but tensor has no dimensions')
  const at = normalizeDim(dim, self.ndim)
  return Array.from({ length: self.shape[at] }, (_, i) => select(self, at, i))
}

function tensorSplitSections(self: Tensor, sections: number, dim: number): Tensor[] {
  if (self.ndim === 0)
    throw shapeError('TSJ_SHAPE_SPLIT', 'tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims')
  const at = normalizeDim(dim, self.ndim)
  if (sections <= 0) throw shapeError('TSJ_SHAPE_SPLIT', `number of sections must be larger than 0, got ${sections}`)
  const extent = self.shape[at]
  const small = Math.floor(extent / sections)
  const larger = extent % sections
  let start = 0
  return Array.from({ length: sections }, (_, i) => {
    const size = i < larger ? small + 1 : small
    start += size
    return slice(self, at, start - size, start, 1)
  })
}

function tensorSplitIndices(self: Tensor, indices: readonly number[], dim: number): Tensor[] {
  if (self.ndim === 0)
    throw shapeError('TSJ_SHAPE_SPLIT', 'tensor_split expected at least a 1-dimensional tensor, but got a tensor with 0 dims')
  const at = normalizeDim(dim, self.ndim)
  let start = 0
  const parts = indices.map((end) => {
    const part = slice(self, at, start, end, 1)
    start = end
    return part
  })
  return [...parts, slice(self, at, start, self.shape[at], 1)]
}

function tensorSplitTensor(self: Tensor, at: Tensor, dim: number): Tensor[] {
  if (at.ndim > 1)
    throw shapeError(
      'TSJ_SHAPE_SPLIT',
      `tensor_split expected tensor_indices_or_sections to be a zero-dimensional or one-dimensional tensor, but got a tensor with ${at.ndim} dims`,
    )
  if (at.dtype !== 'int64')
    throw shapeError('TSJ_SHAPE_SPLIT', `tensor_split expected tensor_indices_or_sections to have dtype of long, but got ${at.dtype}`)
  const values = Array.from(readNumbers(at))
  return at.ndim === 0 ? tensorSplitSections(self, values[0], dim) : tensorSplitIndices(self, values, dim)
}

/** hsplit, vsplit, dsplit: tensor_split along a fixed dimension, into equal parts. */
function fixedSplit(name: string, minDims: number, dimOf: (self: Tensor) => number) {
  const check = (self: Tensor) => {
    if (self.ndim < minDims)
      throw shapeError(
        'TSJ_SHAPE_SPLIT',
        `torch.${name} requires a tensor with at least ${minDims} dimension${minDims > 1 ? 's' : ''}, but got a tensor with ${self.ndim} dimensions!`,
      )
  }
  return {
    [`aten::${name}.int`]: (_: Dispatcher, self: Tensor, sections: number) => {
      check(self)
      const dim = dimOf(self)
      if (sections === 0 || self.shape[dim] % sections) {
        throw shapeError(
          'TSJ_SHAPE_SPLIT',
          `torch.${name} attempted to split along dimension ${dim}, but the size of the dimension ${self.shape[dim]} is not divisible by the split_size ${sections}!`,
        )
      }
      return tensorSplitSections(self, sections, dim)
    },
    [`aten::${name}.array`]: (_: Dispatcher, self: Tensor, indices: number[]) => {
      check(self)
      return tensorSplitIndices(self, indices, dimOf(self))
    },
  }
}

export const splitKernels: Readonly<Record<string, Kernel>> = {
  'aten::split.Tensor': (_, self, size, dim) => split(self, size, dim),
  'aten::split.sizes': (_, self, sizes, dim) => splitWithSizes(self, sizes, dim),
  'aten::split': (_, self, sizes, dim) => splitWithSizes(self, sizes, dim),
  'aten::split_with_sizes': (_, self, sizes, dim) => splitWithSizes(self, sizes, dim),
  'aten::unsafe_split.Tensor': (_, self, size, dim) => split(self, size, dim),
  'aten::unsafe_split_with_sizes': (_, self, sizes, dim) => splitWithSizes(self, sizes, dim),
  'aten::chunk': (_, self, chunks, dim) => chunk(self, chunks, dim),
  'aten::unsafe_chunk': (_, self, chunks, dim) => chunk(self, chunks, dim),
  'aten::unbind.int': (_, self, dim) => unbind(self, dim),
  'aten::tensor_split.sections': (_, self, sections, dim) => tensorSplitSections(self, sections, dim),
  'aten::tensor_split.indices': (_, self, indices, dim) => tensorSplitIndices(self, indices, dim),
  'aten::tensor_split.tensor_indices_or_sections': (_, self, at, dim) => tensorSplitTensor(self, at, dim),
  ...fixedSplit('hsplit', 1, (self) => (self.ndim === 1 ? 0 : 1)),
  ...fixedSplit('vsplit', 2, () => 0),
  ...fixedSplit('dsplit', 3, () => 2),
}
