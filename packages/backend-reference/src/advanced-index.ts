/** What `x[a, b, mask]` addresses: positions in the storage of `x` for broadcast index tensors. */
import {
  broadcastShapes,
  type Dispatcher,
  denseStridesInOrderOf,
  dtypeTitle,
  expandStrides,
  indexError,
  normalizeDim,
  planElementwise,
  readNumbers,
  sameSizes,
  type Tensor,
} from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import { positionsPerDim } from './element-moves.ts'

export interface Addressed {
  readonly shape: number[]
  /** Of a new result: undefined means contiguous. */
  readonly strides: number[] | undefined
  /** Storage positions of the addressed elements, in row-major order of `shape`. */
  readonly positions: Float64Array
}

/** The places where a mask is true, as one list a dimension. */
export function nonzeroLists(mask: Tensor): Float64Array[] {
  const values = readNumbers(mask)
  const found: number[] = []
  for (let i = 0; i < values.length; i++) if (values[i] !== 0) found.push(i)
  const lists = mask.shape.map(() => new Float64Array(found.length))
  found.forEach((flat, k) => {
    let rest = flat
    for (let dim = mask.ndim - 1; dim >= 0; dim--) {
      lists[dim][k] = rest % mask.shape[dim]
      rest = Math.floor(rest / mask.shape[dim])
    }
  })
  return lists
}

interface IndexList {
  readonly shape: readonly number[]
  readonly values: ArrayLike<number>
}

/** Masks become lists of positions, one a dimension that they cover. */
function expandMasks(self: Tensor, indices: readonly (Tensor | null)[]): (IndexList | null)[] {
  const result: (IndexList | null)[] = []
  for (const index of indices) {
    if (!index) result.push(null)
    else if (index.dtype === 'bool' || index.dtype === 'uint8') {
      index.shape.forEach((size, i) => {
        const at = result.length + i
        if (size !== self.shape[at]) {
          throw indexError(
            'TSJ_SHAPE_MASK',
            `The shape of the mask [${index.shape.join(', ')}] at index ${i} does not match the shape of the indexed tensor [${self.shape.join(', ')}] at index ${at}`,
          )
        }
      })
      for (const values of nonzeroLists(index)) result.push({ shape: [values.length], values })
    } else {
      if (index.dtype !== 'int64' && index.dtype !== 'int32') {
        throw indexError(
          'TSJ_INDEX_DTYPE',
          `tensors used as indices must be long, int, byte or bool tensors, not ${dtypeTitle(index.dtype)}`,
        )
      }
      result.push({ shape: index.shape, values: readNumbers(index) })
    }
  }
  if (result.length > self.ndim) {
    throw indexError('TSJ_SHAPE_INDEX', `too many indices for tensor of dimension ${self.ndim} (got ${result.length})`)
  }
  while (result.length < self.ndim) result.push(null)
  return result
}

/** Throws TSJ_INDEX_RANGE where an index is out of bounds, TSJ_SHAPE_BROADCAST where index shapes do not fit together. */
export function addressElements(self: Tensor, indices: readonly (Tensor | null)[]): Addressed {
  const lists = expandMasks(self, indices)
  const used = lists.flatMap((list, dim) => (list ? [dim] : []))
  let indexShape: number[]
  try {
    indexShape = broadcastShapes(used.map((dim) => lists[dim]!.shape))
  } catch (cause) {
    const shapes = used.map((dim) => `[${lists[dim]!.shape.join(', ')}]`).join(', ')
    const error = new RuntimeError(
      'TSJ_SHAPE_BROADCAST',
      `shape mismatch: indexing tensors could not be broadcast together with shapes ${shapes}`,
      { cause },
    )
    error.pythonClass = 'IndexError'
    throw error
  }
  const count = indexShape.reduce((product, size) => product * size, 1)
  const combined = new Float64Array(count)
  // PyTorch does not look at indices where nothing is addressed
  const isEmpty = self.shape.some((size, dim) => size === 0 && !lists[dim])
  if (!isEmpty) for (const dim of used) addIndex(combined, lists[dim]!, indexShape, self, dim)
  // adjacent indices put their shape in their place, scattered ones in front
  const adjacent = used.every((dim, i) => i === 0 || dim === used[i - 1] + 1)
  const before = adjacent ? lists.flatMap((list, dim) => (!list && dim < used[0] ? [dim] : [])) : []
  const after = lists.flatMap((list, dim) => (!list && !before.includes(dim) ? [dim] : []))
  const steps = (dim: number) => Float64Array.from({ length: self.shape[dim] }, (_, i) => i * self.strides[dim])
  const shape = [...before.map((dim) => self.shape[dim]), ...indexShape, ...after.map((dim) => self.shape[dim])]
  const positions = positionsPerDim([...before.map(steps), combined, ...after.map(steps)], self.offset)
  const indexStrides = [...before.map((dim) => self.strides[dim]), ...indexShape.map(() => 0), ...after.map((dim) => self.strides[dim])]
  return { shape, strides: denseStridesInOrderOf([{ strides: indexStrides }], shape), positions }
}

function addIndex(combined: Float64Array, list: IndexList, indexShape: readonly number[], self: Tensor, dim: number): void {
  const size = self.shape[dim]
  const stride = self.strides[dim]
  const own = list.shape
  const flat = sameSizes(own, indexShape) ? undefined : broadcastPositions(own, indexShape)
  for (let i = 0; i < combined.length; i++) {
    const index = list.values[flat ? flat[i] : i]
    if (size === 0) throw indexError('TSJ_INDEX_RANGE', 'index is out of bounds for dimension with size 0')
    if (index < -size || index >= size) {
      throw indexError('TSJ_INDEX_RANGE', `index ${index} is out of bounds for dimension ${dim} with size ${size}`)
    }
    combined[i] += (index < 0 ? index + size : index) * stride
  }
}

/** For each element of `shape`, which element of a contiguous tensor of shape `own` it repeats. */
export function broadcastPositions(own: readonly number[], shape: readonly number[]): Float64Array {
  const strides: number[] = new Array(own.length)
  let step = 1
  for (let i = own.length - 1; i >= 0; i--) {
    strides[i] = step
    step *= own[i]
  }
  const expanded = expandStrides(own, strides, shape)
  return positionsPerDim(
    shape.map((size, dim) => Float64Array.from({ length: size }, (_, i) => i * expanded[dim])),
    0,
  )
}

/** Storage positions in `self` that `index` addresses along `dim` (gather, scatter): one for each element of `index`. */
export function alongDim(self: Tensor, dim: number, index: Tensor, name: string): Float64Array {
  if (!dtypeInfo(index.dtype).isInteger) throw new RuntimeError('TSJ_INDEX_DTYPE', `${name}(): Expected dtype int32/int64 for index`)
  if (index.numel === 0) return new Float64Array(0)
  const shape = self.ndim === 0 ? [1] : self.shape
  const strides = self.ndim === 0 ? [1] : self.strides
  const indexShape = index.ndim === 0 ? [1] : index.shape
  if (indexShape.length !== shape.length) {
    throw new RuntimeError(
      'TSJ_SHAPE_INDEX',
      `Index tensor must have the same number of dimensions as ${name === 'gather' ? 'input' : 'self'} tensor`,
    )
  }
  const at = normalizeDim(dim, shape.length)
  indexShape.forEach((size, i) => {
    if (i !== at && size > shape[i]) {
      throw new RuntimeError(
        'TSJ_SHAPE_INDEX',
        `Size does not match at dimension ${i} expected index [${indexShape.join(', ')}] to be no larger than self [${shape.join(', ')}] apart from dimension ${at}`,
      )
    }
  })
  const positions = positionsPerDim(
    indexShape.map((size, i) => Float64Array.from({ length: size }, (_, k) => (i === at ? 0 : k * strides[i]))),
    self.offset,
  )
  const values = readNumbers(index)
  const size = shape[at]
  for (let i = 0; i < positions.length; i++) {
    if (values[i] < 0 || values[i] >= size)
      throw new RuntimeError('TSJ_INDEX_RANGE', `index ${values[i]} is out of bounds for dimension ${at} with size ${size}`)
    positions[i] += values[i] * strides[at]
  }
  return positions
}

/** Masks and values of masked operators broadcast together. */
export function broadcastTogether(d: Dispatcher, tensors: readonly Tensor[]): Tensor[] {
  const { shape } = planElementwise(tensors)
  return tensors.map((tensor) => (sameSizes(tensor.shape, shape) ? tensor : (d.call('aten::expand', tensor, shape) as Tensor)))
}
