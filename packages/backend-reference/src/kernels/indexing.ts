/** Reading and writing at given places: index, index_put, index_select, gather, scatter, take, put, masked_*, nonzero. */
import {
  type Dispatcher,
  dtypeTitle,
  expandStrides,
  fromNumbers,
  indexError,
  type Kernel,
  type KernelTable,
  normalizeDim,
  readNumbers,
  type ScalarValue,
  sameSizes,
  Tensor,
} from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import { type Addressed, addressElements, alongDim, broadcastTogether, nonzeroLists } from '../advanced-index.ts'
import { checkScalar, convertTensor, copyInto, fullOf, itemOf } from '../conversion.ts'
import { moveElements, positionsOf, positionsPerDim } from '../element-moves.ts'
import { mapComplex, mapNumbers } from '../pointwise.ts'
import { accumulateAt, type Combine } from '../scatter-combine.ts'

type Indices = readonly (Tensor | null)[]

function index(d: Dispatcher, self: Tensor, indices: Indices): Tensor {
  const addressed = addressElements(self, indices)
  const result = d.empty(addressed.shape, self.dtype, self.device, addressed.strides)
  moveElements(result, addressed.strides && positionsOf(result), self, addressed.positions, result.numel)
  return result
}

/** Values as a contiguous tensor of self's dtype, one for each addressed element. */
function spread(d: Dispatcher, self: Tensor, values: Tensor, shape: readonly number[]): { tensor: Tensor; positions: Float64Array } {
  const converted = values.dtype === self.dtype ? values : convertTensor(d, values, self.dtype)
  let { shape: own, strides } = converted
  while (own.length > shape.length && own[0] === 1) {
    own = own.slice(1)
    strides = strides.slice(1)
  }
  try {
    return { tensor: converted, positions: positionsOf({ shape, strides: expandStrides(own, strides, shape), offset: converted.offset }) }
  } catch (cause) {
    throw new RuntimeError(
      'TSJ_SHAPE_BROADCAST',
      `shape mismatch: value tensor of shape [${values.shape.join(', ')}] cannot be broadcast to indexing result of shape [${shape.join(', ')}]`,
      { cause },
    )
  }
}

/** One number where a single mask is true: PyTorch makes that a masked_fill_, which converts it. */
function isMaskedFill(indices: Indices, values: Tensor, accumulate: boolean): boolean {
  const [mask, ...others] = indices.filter((index) => index !== null)
  return !accumulate && values.numel === 1 && mask !== undefined && others.length === 0 && (mask.dtype === 'bool' || mask.dtype === 'uint8')
}

function indexPut(d: Dispatcher, self: Tensor, indices: Indices, values: Tensor, accumulate: boolean): Tensor {
  if (isMaskedFill(indices, values, accumulate)) values = convertTensor(d, values, self.dtype)
  if (values.dtype !== self.dtype && !(values.ndim === 0 && values.isWrappedNumber)) {
    throw new RuntimeError(
      'TSJ_INDEX_PUT_DTYPE',
      `Index put requires the source and destination dtypes match, got ${dtypeTitle(self.dtype)} for the destination and ${dtypeTitle(values.dtype)} for the source.`,
    )
  }
  const { shape, positions }: Addressed = addressElements(self, indices)
  const source = spread(d, self, values.storage === self.storage ? d.call('aten::clone', values) : values, shape)
  if (accumulate) accumulateAt(self, positions, source.tensor, source.positions, 'sum')
  else moveElements(self, positions, source.tensor, source.positions, positions.length)
  return self
}

/** The memory format of clone. */
const rowMajor = 0

/** Into a copy that keeps the strides, as index_put, index_fill and put do; the others copy row-major. */
const copyThen =
  (inPlace: Kernel, keepsStrides = false): Kernel =>
  (d, self, ...args) =>
    inPlace(d, d.call('aten::clone', self, keepsStrides ? null : rowMajor), ...args)

/** Index lists of index_select and its kin: one dimension, or a single number. */
function listOf(index: Tensor, self: Tensor, dim: number, name: string): ArrayLike<number> {
  const size = sizeAt(self, dim)
  if (index.ndim > 1) throw indexError('TSJ_SHAPE_INDEX', `${name}(): Index is supposed to be a vector`)
  if (index.dtype !== 'int64' && index.dtype !== 'int32')
    throw new RuntimeError('TSJ_INDEX_DTYPE', `${name}(): Expected dtype int32 or int64 for index`)
  const values = readNumbers(index)
  // where the slices are empty, what writes them does not look either
  if (self.numel === 0 && size > 0 && name !== 'index_select') return values
  for (let i = 0; i < values.length; i++) {
    if (values[i] < (name === 'index_fill_' ? -size : 0) || values[i] >= size) throw outOfRange(values[i], self, dim, name)
  }
  return values
}

/** What PyTorch says hangs on the operator, and index_add_'s class on the rank. */
function outOfRange(index: number, self: Tensor, dim: number, name: string): RuntimeError {
  const named = `index ${index} is out of bounds for dimension ${self.ndim === 0 ? 0 : normalizeDim(dim, self.ndim)} with size ${sizeAt(self, dim)}`
  if (name === 'index_copy_') return indexError('TSJ_INDEX_RANGE', `index_copy_(): ${named}`)
  if (name === 'index_fill_') return indexError('TSJ_INDEX_RANGE', named)
  if (name === 'index_add_' && self.ndim > 1) return new RuntimeError('TSJ_INDEX_RANGE', named)
  return indexError('TSJ_INDEX_RANGE', 'index out of range in self')
}

/** Storage positions of the slices `index` names along `dim`. */
function slicePositions(self: Tensor, dim: number, list: ArrayLike<number>): Float64Array {
  if (self.ndim === 0) return Float64Array.from(list, () => self.offset)
  const at = normalizeDim(dim, self.ndim)
  const parts = self.shape.map((size, i) => {
    const stride = self.strides[i]
    return i === at
      ? Float64Array.from(list, (k) => (k < 0 ? k + size : k) * stride)
      : Float64Array.from({ length: size }, (_, k) => k * stride)
  })
  return positionsPerDim(parts, self.offset)
}

function sizeAt(self: Tensor, dim: number): number {
  return self.ndim === 0 ? 1 : self.shape[normalizeDim(dim, self.ndim)]
}

function sliceShape(self: Tensor, dim: number, length: number): number[] {
  if (self.ndim === 0) return []
  const at = normalizeDim(dim, self.ndim)
  return self.shape.map((size, i) => (i === at ? length : size))
}

function indexSelect(d: Dispatcher, self: Tensor, dim: number, index: Tensor): Tensor {
  const list = listOf(index, self, dim, 'index_select')
  const result = d.empty(sliceShape(self, dim, list.length), self.dtype, self.device)
  moveElements(result, undefined, self, slicePositions(self, dim, list), result.numel)
  return result
}

/** index_add_, index_copy_ and index_reduce_: slices of `source` into the named slices of `self`. */
function intoSlices(name: string, combine: Combine | 'copy') {
  return (_: Dispatcher, self: Tensor, dim: number, index: Tensor, source: Tensor, includeSelf = true): Tensor => {
    if (self.dtype !== source.dtype) {
      throw new RuntimeError(
        'TSJ_INDEX_DTYPE',
        `${name}(): self (${dtypeTitle(self.dtype)}) and source (${dtypeTitle(source.dtype)}) must have the same scalar type`,
      )
    }
    const list = listOf(index, self, dim, name)
    const wanted = sliceShape(self, dim, list.length)
    if (self.ndim > 0 && source.ndim > 0 && !sameSizes(source.shape, wanted)) {
      throw new RuntimeError(
        'TSJ_SHAPE_INDEX',
        `${name}(): source's shape [${source.shape.join(', ')}] must be [${wanted.join(', ')}] to fill ${list.length} slices of self along dimension ${dim}`,
      )
    }
    const positions = slicePositions(self, dim, list)
    const from = positionsOf(source)
    if (combine === 'copy') moveElements(self, positions, source, from, positions.length)
    else accumulateAt(self, positions, source, from, combine, includeSelf)
    return self
  }
}

const indexAddInto = intoSlices('index_add_', 'sum')
const indexCopy = intoSlices('index_copy_', 'copy')

function indexAdd(d: Dispatcher, self: Tensor, dim: number, index: Tensor, source: Tensor, alpha: ScalarValue): Tensor {
  const scaled: Tensor = d.call('aten::mul.Scalar', source, alpha)
  // a bool times a number is an int: what is added keeps the source's dtype
  return indexAddInto(d, self, dim, index, scaled.dtype === source.dtype ? scaled : convertTensor(d, scaled, source.dtype))
}

function indexReduce(
  d: Dispatcher,
  self: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor,
  reduce: string,
  includeSelf: boolean,
): Tensor {
  return intoSlices('index_reduce_', combineOf(reduce, 'index_reduce_'))(d, self, dim, index, source, includeSelf)
}

function indexFill(d: Dispatcher, self: Tensor, dim: number, index: Tensor, value: ScalarValue | Tensor): Tensor {
  if (value instanceof Tensor && value.ndim !== 0) {
    throw new RuntimeError(
      'TSJ_SHAPE_INDEX',
      `index_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.ndim} dimension(s).`,
    )
  }
  const filler = fullOf(d, [1], value instanceof Tensor ? itemOf(value) : value, self.dtype, self.device)
  const positions = slicePositions(self, dim, listOf(index, self, dim, 'index_fill_'))
  moveElements(self, positions, filler, new Float64Array(positions.length), positions.length)
  return self
}

function gather(d: Dispatcher, self: Tensor, dim: number, index: Tensor): Tensor {
  const result = d.empty(index.shape, self.dtype, self.device)
  moveElements(result, undefined, self, alongDim(self, dim, index, 'gather'), result.numel)
  return result
}

function combineOf(reduce: string, name: string): Combine {
  const combines: Record<string, Combine> = {
    sum: 'sum',
    add: 'sum',
    prod: 'prod',
    multiply: 'prod',
    mean: 'mean',
    amax: 'amax',
    amin: 'amin',
  }
  const found = combines[reduce]
  if (!found) throw new RuntimeError('TSJ_REDUCE', `${name}: reduce argument must be either sum, prod, mean, amax or amin, got ${reduce}`)
  return found
}

/** scatter_: elements of `source` (or a Scalar) to where `index` points along `dim`. */
function scatter(
  d: Dispatcher,
  self: Tensor,
  dim: number,
  index: Tensor,
  source: Tensor | ScalarValue,
  combine: Combine | undefined,
  includeSelf = true,
): Tensor {
  const positions = alongDim(self, dim, index, 'scatter')
  if (positions.length === 0) return self
  if (!(source instanceof Tensor)) {
    const filler = fullOf(d, [1], source, self.dtype, self.device)
    const from = new Float64Array(positions.length)
    if (combine) accumulateAt(self, positions, filler, from, combine, includeSelf)
    else moveElements(self, positions, filler, from, positions.length)
    return self
  }
  if (source.dtype !== self.dtype) throw new RuntimeError('TSJ_INDEX_DTYPE', 'scatter(): Expected self.dtype to be equal to src.dtype')
  const shape = index.ndim === 0 ? [1] : index.shape
  const sourceShape = source.ndim === 0 ? [1] : source.shape
  if (shape.length !== sourceShape.length || shape.some((size, i) => size > sourceShape[i])) {
    throw new RuntimeError(
      'TSJ_SHAPE_INDEX',
      `Expected index [${shape.join(', ')}] to be no larger than src [${sourceShape.join(', ')}] in every dimension`,
    )
  }
  const from = positionsOf({ shape, strides: source.ndim === 0 ? [1] : source.strides, offset: source.offset })
  if (combine) accumulateAt(self, positions, source, from, combine, includeSelf)
  else moveElements(self, positions, source, from, positions.length)
  return self
}

const scatterPlain: Kernel = (d, self, dim, index, source) => scatter(d, self, dim, index, source, undefined)
const scatterReduce: Kernel = (d, self, dim, index, source, reduce: string) => {
  if (reduce !== 'add' && reduce !== 'multiply') throw new RuntimeError('TSJ_REDUCE', 'reduce argument must be either add or multiply.')
  return scatter(d, self, dim, index, source, combineOf(reduce, 'scatter'))
}
const scatterAdd: Kernel = (d, self, dim, index, source) => scatter(d, self, dim, index, source, 'sum')
const scatterReduceTwo: Kernel = (d, self, dim, index, source, reduce, includeSelf) =>
  scatter(d, self, dim, index, source, combineOf(reduce, 'scatter_reduce'), includeSelf)

function flatPositions(self: Tensor, index: Tensor): Float64Array {
  const all = positionsOf(self)
  const values = readNumbers(index)
  return Float64Array.from(values as ArrayLike<number>, (value) => {
    if (value < -all.length || value >= all.length)
      throw indexError('TSJ_INDEX_RANGE', `out of range: tried to access index ${value} on a tensor of ${all.length} elements.`)
    return all[value < 0 ? value + all.length : value]
  })
}

function take(d: Dispatcher, self: Tensor, index: Tensor): Tensor {
  if (index.dtype !== 'int64')
    throw new RuntimeError('TSJ_INDEX_DTYPE', `take(): Expected a long tensor for index, but got ${dtypeTitle(index.dtype)}`)
  if (self.numel === 0 && index.numel > 0) throw indexError('TSJ_INDEX_RANGE', 'take(): tried to take from an empty tensor')
  const result = d.empty(index.shape, self.dtype, self.device)
  moveElements(result, undefined, self, flatPositions(self, index), result.numel)
  return result
}

function put(_: Dispatcher, self: Tensor, index: Tensor, source: Tensor, accumulate: boolean): Tensor {
  if (index.numel !== source.numel) {
    throw new RuntimeError(
      'TSJ_SHAPE_INDEX',
      `put_(): Expected source and index to have the same number of elements, but got source.numel() = ${source.numel}, index.numel() = ${index.numel}`,
    )
  }
  const positions = flatPositions(self, index)
  if (accumulate) accumulateAt(self, positions, source, positionsOf(source), 'sum')
  else moveElements(self, positions, source, positionsOf(source), positions.length)
  return self
}

function requireMask(mask: Tensor, name: string): void {
  if (mask.dtype !== 'bool' && mask.dtype !== 'uint8')
    throw new RuntimeError('TSJ_MASK_DTYPE', `${name} only supports boolean masks, but got mask with dtype ${dtypeTitle(mask.dtype)}`)
}

function truePositions(self: Tensor, mask: Tensor): Float64Array {
  const all = positionsOf(self)
  const values = readNumbers(mask)
  return all.filter((_, i) => values[i] !== 0)
}

/** `self` (broadcast with `mask`) with `value` where the mask is true. */
function filled(d: Dispatcher, self: Tensor, mask: Tensor, value: ScalarValue | Tensor): Tensor {
  requireMask(mask, 'masked_fill_')
  if (value instanceof Tensor && value.ndim !== 0) {
    throw new RuntimeError(
      'TSJ_SHAPE_MASK',
      `masked_fill_ only supports a 0-dimensional value tensor, but got tensor with ${value.ndim} dimension(s).`,
    )
  }
  const scalar = value instanceof Tensor ? itemOf(value) : value
  checkScalar(scalar, self.dtype)
  const { dtype } = self
  if (dtypeInfo(dtype).isComplex) return mapComplex(d, [self, mask, scalar], dtype, (re, im, m, _, vr, vi) => (m ? [vr, vi] : [re, im]))
  return mapNumbers(d, [self, mask, scalar], { compute: dtype, output: dtype, bigint: (x, m, v) => (m ? v : x) }, (x, m, v) => (m ? v : x))
}

function maskedFillInto(d: Dispatcher, self: Tensor, mask: Tensor, value: ScalarValue | Tensor): Tensor {
  const result = filled(d, self, mask, value)
  if (!sameSizes(result.shape, self.shape)) {
    throw new RuntimeError(
      'TSJ_SHAPE_OUTPUT',
      `output with shape [${self.shape.join(', ')}] doesn't match the broadcast shape [${result.shape.join(', ')}]`,
    )
  }
  copyInto(self, result)
  return self
}

function maskedSelect(d: Dispatcher, self: Tensor, mask: Tensor): Tensor {
  if (mask.dtype !== 'bool')
    throw new RuntimeError('TSJ_MASK_DTYPE', `masked_select: expected BoolTensor for mask, but got ${dtypeTitle(mask.dtype)}`)
  const [wide, wideMask] = broadcastTogether(d, [self, mask])
  const positions = truePositions(wide, wideMask)
  const result = d.empty([positions.length], self.dtype, self.device)
  moveElements(result, undefined, wide, positions, positions.length)
  return result
}

function maskedScatter(d: Dispatcher, self: Tensor, mask: Tensor, source: Tensor): Tensor {
  requireMask(mask, 'masked_scatter_')
  if (source.dtype !== self.dtype) {
    throw new RuntimeError(
      'TSJ_INDEX_DTYPE',
      `masked_scatter_: expected self and source to have same dtypes but got ${dtypeTitle(self.dtype)} and ${dtypeTitle(source.dtype)}`,
    )
  }
  const positions = truePositions(self, d.call('aten::expand', mask, self.shape))
  if (positions.length > source.numel) throw new RuntimeError('TSJ_SHAPE_MASK', 'Number of elements of source < number of ones in mask')
  moveElements(self, positions, source, positionsOf(source), positions.length)
  return self
}

function nonzero(d: Dispatcher, self: Tensor): Tensor {
  const lists = nonzeroLists(self.dtype.startsWith('complex') ? d.call('aten::ne.Scalar', self, d.int(0)) : self)
  const count = self.ndim ? lists[0].length : Number(readNumbers(self)[0] !== 0)
  const values = new Float64Array(count * self.ndim)
  for (const [dim, list] of lists.entries()) for (let k = 0; k < count; k++) values[k * self.ndim + dim] = list[k]
  // column by column, as PyTorch lays it out
  const result = d.empty([count, self.ndim], 'int64', self.device, count && self.ndim ? [1, count] : undefined)
  const filled = fromNumbers(d, values, [count, self.ndim], 'int64', self.device)
  return d.call('aten::copy_', result, filled)
}

/** Indices pulled into bounds: what is outside is masked afterwards. */
function clampIndices(d: Dispatcher, self: Tensor, indices: Indices): Indices {
  return indices.map((list, dim) => list && (d.call('aten::clamp', list, d.int(-self.shape[dim]), d.int(self.shape[dim] - 1)) as Tensor))
}

const indexKernel: Kernel = (d, self, indices) => index(d, self, indices)
const putKernel: Kernel = (d, self, indices, values, accumulate) => indexPut(d, self, indices, values, accumulate)
const putCopy = copyThen(putKernel, true)

export const indexingKernels: KernelTable = {
  'aten::index.Tensor(Tensor self, Tensor?[] indices) -> Tensor': indexKernel,
  'aten::index.Tensor_hacked_twin(Tensor self, Tensor[] indices) -> Tensor': indexKernel,
  'aten::_unsafe_index.Tensor(Tensor self, Tensor?[] indices) -> Tensor': indexKernel,
  'aten::_unsafe_index.Tensor_hacked_twin(Tensor self, Tensor[] indices) -> Tensor': indexKernel,
  'aten::index_put_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)': putKernel,
  'aten::index_put_.hacked_twin(Tensor(a!) self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor(a!)': putKernel,
  'aten::_index_put_impl_(Tensor(a!) self, Tensor?[] indices, Tensor values, bool accumulate=False, bool unsafe=False) -> Tensor(a!)':
    putKernel,
  'aten::_index_put_impl_.hacked_twin(Tensor(a!) self, Tensor[] indices, Tensor values, bool accumulate=False, bool unsafe=False) -> Tensor(a!)':
    putKernel,
  'aten::index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor': putCopy,
  'aten::index_put.hacked_twin(Tensor self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor': putCopy,
  'aten::_unsafe_index_put(Tensor self, Tensor?[] indices, Tensor values, bool accumulate=False) -> Tensor': putCopy,
  'aten::_unsafe_index_put.hacked_twin(Tensor self, Tensor[] indices, Tensor values, bool accumulate=False) -> Tensor': putCopy,
  'aten::index_select(Tensor self, int dim, Tensor index) -> Tensor': indexSelect,
  'aten::index_add_(Tensor(a!) self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor(a!)': indexAdd,
  'aten::index_add(Tensor self, int dim, Tensor index, Tensor source, *, Scalar alpha=1) -> Tensor': copyThen(indexAdd),
  'aten::index_copy_(Tensor(a!) self, int dim, Tensor index, Tensor source) -> Tensor(a!)': (d, self, dim, index, source) =>
    indexCopy(d, self, dim, index, source),
  'aten::index_copy(Tensor self, int dim, Tensor index, Tensor source) -> Tensor': copyThen((d, self, dim, index, source) =>
    indexCopy(d, self, dim, index, source),
  ),
  'aten::index_reduce_(Tensor(a!) self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor(a!)':
    indexReduce,
  'aten::index_reduce(Tensor self, int dim, Tensor index, Tensor source, str reduce, *, bool include_self=True) -> Tensor':
    copyThen(indexReduce),
  'aten::index_fill_.int_Scalar(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)': indexFill,
  'aten::index_fill_.int_Tensor(Tensor(a!) self, int dim, Tensor index, Tensor value) -> Tensor(a!)': indexFill,
  'aten::index_fill.int_Scalar(Tensor self, int dim, Tensor index, Scalar value) -> Tensor': copyThen(indexFill, true),
  'aten::index_fill.int_Tensor(Tensor self, int dim, Tensor index, Tensor value) -> Tensor': copyThen(indexFill, true),
  'aten::gather(Tensor self, int dim, Tensor index, *, bool sparse_grad=False) -> Tensor': gather,
  'aten::scatter_.src(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)': scatterPlain,
  'aten::scatter_.value(Tensor(a!) self, int dim, Tensor index, Scalar value) -> Tensor(a!)': scatterPlain,
  'aten::scatter_.reduce(Tensor(a!) self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor(a!)': scatterReduce,
  'aten::scatter_.value_reduce(Tensor(a!) self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor(a!)': scatterReduce,
  'aten::scatter.src(Tensor self, int dim, Tensor index, Tensor src) -> Tensor': copyThen(scatterPlain),
  'aten::scatter.value(Tensor self, int dim, Tensor index, Scalar value) -> Tensor': copyThen(scatterPlain),
  'aten::scatter.reduce(Tensor self, int dim, Tensor index, Tensor src, *, str reduce) -> Tensor': copyThen(scatterReduce),
  'aten::scatter.value_reduce(Tensor self, int dim, Tensor index, Scalar value, *, str reduce) -> Tensor': copyThen(scatterReduce),
  'aten::scatter_add_(Tensor(a!) self, int dim, Tensor index, Tensor src) -> Tensor(a!)': scatterAdd,
  'aten::scatter_add(Tensor self, int dim, Tensor index, Tensor src) -> Tensor': copyThen(scatterAdd),
  'aten::scatter_reduce_.two(Tensor(a!) self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor(a!)':
    scatterReduceTwo,
  'aten::scatter_reduce.two(Tensor self, int dim, Tensor index, Tensor src, str reduce, *, bool include_self=True) -> Tensor':
    copyThen(scatterReduceTwo),
  'aten::take(Tensor self, Tensor index) -> Tensor': take,
  'aten::put_(Tensor(a!) self, Tensor index, Tensor source, bool accumulate=False) -> Tensor(a!)': put,
  'aten::put(Tensor self, Tensor index, Tensor source, bool accumulate=False) -> Tensor': copyThen(put, true),
  'aten::masked_fill_.Scalar(Tensor(a!) self, Tensor mask, Scalar value) -> Tensor(a!)': maskedFillInto,
  'aten::masked_fill_.Tensor(Tensor(a!) self, Tensor mask, Tensor value) -> Tensor(a!)': maskedFillInto,
  'aten::masked_fill.Scalar(Tensor self, Tensor mask, Scalar value) -> Tensor': filled,
  'aten::masked_fill.Tensor(Tensor self, Tensor mask, Tensor value) -> Tensor': filled,
  'aten::masked_select(Tensor self, Tensor mask) -> Tensor': maskedSelect,
  'aten::masked_scatter_(Tensor(a!) self, Tensor mask, Tensor source) -> Tensor(a!)': maskedScatter,
  'aten::masked_scatter(Tensor self, Tensor mask, Tensor source) -> Tensor': (d, self, mask, source) => {
    const [wide] = broadcastTogether(d, [self, mask])
    return maskedScatter(d, d.call('aten::clone', wide, 0), mask, source)
  },
  'aten::nonzero(Tensor self) -> Tensor': nonzero,
  'aten::_unsafe_masked_index(Tensor self, Tensor mask, Tensor?[] indices, Scalar fill) -> Tensor': (
    d,
    self: Tensor,
    mask: Tensor,
    indices: Indices,
    fill,
  ) => {
    const clamped = clampIndices(d, self, indices)
    const picked = index(d, self, clamped)
    return maskedFillInto(d, picked, d.call('aten::logical_not', mask), fill)
  },
  'aten::_unsafe_masked_index_put_accumulate(Tensor self, Tensor mask, Tensor?[] indices, Tensor values) -> Tensor': (
    d,
    self: Tensor,
    mask: Tensor,
    indices: Indices,
    values: Tensor,
  ) => putCopy(d, self, clampIndices(d, self, indices), filled(d, values, d.call('aten::logical_not', mask), d.int(0)), true),
  'aten::nonzero_static(Tensor self, *, SymInt size, int fill_value=-1) -> Tensor': (d, self: Tensor, size: number, fill: number) => {
    const found: Tensor = d.call('aten::contiguous', nonzero(d, self))
    const values = Float64Array.from({ length: size * self.ndim }, (_, i) => (i < found.numel ? readNumbers(found)[i] : fill))
    return fromNumbers(d, values, [size, self.ndim], 'int64', self.device)
  },
}
