/** Arithmetic on sizes and strides: dimension numbers, broadcasting, views, memory formats. */
import { RuntimeError } from '@tsjit/types'
import { isContiguous } from './tensor.ts'

/** PyTorch's `MemoryFormat` numbers. */
export const memoryFormat = { contiguous: 0, preserve: 1, channelsLast: 2, channelsLast3d: 3 } as const

/** An error that Python raises as IndexError. */
export function indexError(code: string, message: string, hint?: string): RuntimeError {
  const error = new RuntimeError(code, message, { hint })
  error.pythonClass = 'IndexError'
  return error
}

export function shapeError(code: string, message: string, hint?: string): RuntimeError {
  return new RuntimeError(code, message, { hint })
}

/** A dimension number counted from the front. A 0-dim tensor counts as having one. Throws TSJ_SHAPE_DIM. */
export function normalizeDim(dim: number, ndim: number): number {
  const range = Math.max(ndim, 1)
  if (dim < -range || dim >= range) {
    throw indexError('TSJ_SHAPE_DIM', `Dimension out of range (expected to be in range of [${-range}, ${range - 1}], but got ${dim})`)
  }
  return dim < 0 ? dim + range : dim
}

/** Several dimension numbers, each at most once. Throws TSJ_SHAPE_DIM_TWICE. */
export function normalizeDims(dims: readonly number[], ndim: number): number[] {
  const result = dims.map((dim) => normalizeDim(dim, ndim))
  const seen = new Set<number>()
  for (const dim of result) {
    if (seen.has(dim)) throw shapeError('TSJ_SHAPE_DIM_TWICE', `dim ${dim} appears multiple times in the list of dims`)
    seen.add(dim)
  }
  return result
}

export function numelOf(shape: readonly number[]): number {
  let count = 1
  for (const size of shape) count *= size
  return count
}

export function sameSizes(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, i) => size === b[i])
}

export const formatSizes = (shape: readonly number[]): string => `[${shape.join(', ')}]`

/** The shape that two shapes broadcast to. Throws TSJ_SHAPE_BROADCAST. */
export function broadcastPair(a: readonly number[], b: readonly number[]): number[] {
  const ndim = Math.max(a.length, b.length)
  const result = new Array<number>(ndim)
  for (let i = 1; i <= ndim; i++) {
    const x = i <= a.length ? a[a.length - i] : 1
    const y = i <= b.length ? b[b.length - i] : 1
    if (x !== y && x !== 1 && y !== 1) {
      throw shapeError(
        'TSJ_SHAPE_BROADCAST',
        `The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${ndim - i}`,
      )
    }
    result[ndim - i] = x === 1 ? y : x
  }
  return result
}

/** The shape that all broadcast to. */
export function broadcastShapes(shapes: readonly (readonly number[])[]): number[] {
  let result: readonly number[] = shapes[0] ?? []
  for (let i = 1; i < shapes.length; i++) if (!sameSizes(result, shapes[i])) result = broadcastPair(result, shapes[i])
  return [...result]
}

/** Strides under which a tensor looks as if it had `shape`: 0 where it is repeated. Throws TSJ_SHAPE_EXPAND. */
export function expandStrides(from: readonly number[], strides: readonly number[], shape: readonly number[]): number[] {
  const lead = shape.length - from.length
  return shape.map((size, i) => {
    const own = i < lead ? 1 : from[i - lead]
    if (own === size) return i < lead ? 0 : strides[i - lead]
    if (own !== 1) {
      throw shapeError(
        'TSJ_SHAPE_EXPAND',
        `The expanded size of the tensor (${size}) must match the existing size (${own}) at non-singleton dimension ${i}.  Target sizes: ${formatSizes(shape)}.  Tensor sizes: ${formatSizes(from)}`,
      )
    }
    return 0
  })
}

/** A size list with its -1 filled in. Throws TSJ_SHAPE_VIEW_SIZE. */
export function inferSize(shape: readonly number[], numel: number): number[] {
  let known = 1
  let inferred = -1
  shape.forEach((size, i) => {
    if (size === -1) {
      if (inferred >= 0) throw shapeError('TSJ_SHAPE_VIEW_SIZE', 'only one dimension can be inferred')
      inferred = i
    } else if (size < 0) throw shapeError('TSJ_SHAPE_VIEW_SIZE', `invalid shape dimension ${size}`)
    else known *= size
  })
  const result = [...shape]
  if (inferred >= 0 && known > 0 && numel % known === 0) {
    result[inferred] = numel / known
    return result
  }
  if (inferred >= 0 && known === 0 && numel === 0) {
    throw shapeError(
      'TSJ_SHAPE_VIEW_SIZE',
      `cannot reshape tensor of 0 elements into shape ${formatSizes(shape)} because the unspecified dimension size -1 can be any value and is ambiguous`,
    )
  }
  if (inferred < 0 && known === numel) return result
  throw shapeError('TSJ_SHAPE_VIEW_SIZE', `shape '${formatSizes(shape)}' is invalid for input of size ${numel}`)
}

/** Strides that show the same memory under another shape of the same numel, or undefined where no strides do. */
export function viewStrides(oldShape: readonly number[], oldStrides: readonly number[], shape: readonly number[]): number[] | undefined {
  if (oldShape.length === 0) return new Array<number>(shape.length).fill(1)
  const numel = numelOf(oldShape)
  if (numel === 0 && sameSizes(oldShape, shape)) return [...oldStrides]
  const result = new Array<number>(shape.length)
  if (numel === 0) {
    for (let i = shape.length - 1; i >= 0; i--) result[i] = i === shape.length - 1 ? 1 : Math.max(shape[i + 1], 1) * result[i + 1]
    return result
  }
  let view = shape.length - 1
  let base = oldStrides[oldStrides.length - 1]
  let chunk = 1
  let viewed = 1
  for (let dim = oldShape.length - 1; dim >= 0; dim--) {
    chunk *= oldShape[dim]
    // a chunk ends where the next dimension does not continue it in memory
    if (dim === 0 || (oldShape[dim - 1] !== 1 && oldStrides[dim - 1] !== chunk * base)) {
      while (view >= 0 && (viewed < chunk || shape[view] === 1)) {
        result[view] = viewed * base
        viewed *= shape[view]
        view--
      }
      if (viewed !== chunk) return undefined
      if (dim > 0) {
        base = oldStrides[dim - 1]
        chunk = 1
        viewed = 1
      }
    }
  }
  return view === -1 ? result : undefined
}

/** Whether the elements fill their memory without holes or overlap, in whatever order. */
export function isNonOverlappingAndDense(shape: readonly number[], strides: readonly number[]): boolean {
  if (isContiguous(shape, strides)) return true
  const dims = shape.map((_, i) => i).filter((i) => shape[i] !== 1)
  dims.sort((i, j) => strides[i] - strides[j])
  let expected = 1
  for (const dim of dims) {
    if (shape[dim] === 0) return true
    if (strides[dim] !== expected) return false
    expected *= shape[dim]
  }
  return true
}

/** Strides of the channels-last formats for a 4-dim (2d) or 5-dim (3d) shape. */
export function channelsLastStrides(shape: readonly number[]): number[] {
  const order = [
    1,
    ...shape
      .map((_, i) => i)
      .slice(2)
      .reverse(),
    0,
  ]
  const strides = new Array<number>(shape.length)
  let step = 1
  for (const dim of order) {
    strides[dim] = step
    step *= dim === 0 ? shape[0] : Math.max(shape[dim], 1)
  }
  return strides
}

/** Whether the strides are exactly those of channels-last, but for dimensions of size 1. */
export function isChannelsLastContiguous(shape: readonly number[], strides: readonly number[], ndim: 4 | 5): boolean {
  if (shape.length !== ndim) return false
  let expected = 1
  for (const dim of ndim === 4 ? [1, 3, 2, 0] : [1, 4, 3, 2, 0]) {
    if (shape[dim] !== 1) {
      if (strides[dim] !== expected) return false
      expected *= shape[dim]
    }
  }
  return true
}

/** Whether the strides look like channels-last (PyTorch's test for what format an output should get). */
export function isChannelsLastLike(shape: readonly number[], strides: readonly number[], ndim: 4 | 5): boolean {
  if (shape.length !== ndim || strides[1] === 0) return false
  let min = 0
  for (const dim of ndim === 4 ? [1, 3, 2, 0] : [1, 4, 3, 2, 0]) {
    if (shape[dim] === 0 || strides[dim] < min) return false
    // N1HW and N11W with contiguous strides stay contiguous
    if (dim === 0 && min === strides[1]) return false
    min = strides[dim]
    if (shape[dim] > 1) min *= shape[dim]
  }
  return true
}

/** What `memory_format` a tensor suggests for results computed from it. */
export function suggestedMemoryFormat(shape: readonly number[], strides: readonly number[]): 0 | 2 | 3 {
  if (isChannelsLastLike(shape, strides, 4)) return memoryFormat.channelsLast
  if (isChannelsLastLike(shape, strides, 5)) return memoryFormat.channelsLast3d
  return memoryFormat.contiguous
}

/** Strides for a new tensor of this shape in a memory format (not preserve). Throws TSJ_SHAPE_MEMORY_FORMAT. */
export function stridesForFormat(shape: readonly number[], format: number): number[] | undefined {
  if (format === memoryFormat.contiguous) return undefined
  const wanted = format === memoryFormat.channelsLast ? 4 : format === memoryFormat.channelsLast3d ? 5 : 0
  if (wanted === 0) throw shapeError('TSJ_SHAPE_MEMORY_FORMAT', `unsupported memory format ${format}`)
  if (shape.length !== wanted) {
    throw shapeError('TSJ_SHAPE_MEMORY_FORMAT', `required rank ${wanted} tensor to use channels_last${wanted === 5 ? '_3d' : ''} format`)
  }
  return channelsLastStrides(shape)
}

/**
 * Strides of a fresh tensor that keeps the given tensor's order of dimensions in memory (`torch.preserve_format`): its own where it is
 * dense, else dense ones in the same order.
 */
export function preservedStrides(shape: readonly number[], strides: readonly number[]): number[] | undefined {
  if (isContiguous(shape, strides)) return undefined
  if (isNonOverlappingAndDense(shape, strides)) return [...strides]
  return denseStridesInOrderOf([{ strides }], shape)
}

/**
 * Dense strides for the result of an operation over operands (strides expanded to `shape`): dimensions are ordered as in memory of the
 * operands, the first operand deciding first; undefined means contiguous. PyTorch's TensorIterator, `reorder_dimensions`.
 */
export function denseStridesInOrderOf(
  operands: readonly { readonly strides: readonly number[] }[],
  shape: readonly number[],
): number[] | undefined {
  const ndim = shape.length
  if (ndim < 2) return undefined
  // innermost first
  const order = Array.from({ length: ndim }, (_, i) => ndim - 1 - i)
  const shouldSwap = (dim0: number, dim1: number): number => {
    for (const { strides } of operands) {
      const stride0 = strides[dim0]
      const stride1 = strides[dim1]
      if (stride0 === 0 || stride1 === 0) continue
      if (stride0 < stride1) return -1
      if (stride0 > stride1) return 1
      if (shape[dim0] > shape[dim1]) return 1
    }
    return 0
  }
  for (let i = 1; i < ndim; i++) {
    let dim1 = i
    for (let dim0 = i - 1; dim0 >= 0; dim0--) {
      const comparison = shouldSwap(order[dim0], order[dim1])
      if (comparison > 0) {
        const other = order[dim0]
        order[dim0] = order[dim1]
        order[dim1] = other
        dim1 = dim0
      } else if (comparison < 0) break
    }
  }
  if (order.every((dim, i) => dim === ndim - 1 - i)) return undefined
  const strides = new Array<number>(ndim)
  let step = 1
  for (const dim of order) {
    strides[dim] = step
    step *= shape[dim]
  }
  return strides
}
