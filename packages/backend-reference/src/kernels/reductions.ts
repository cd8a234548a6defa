/** Sums, products, means, norms, variances, logical reductions. Floats accumulate in float64, integers exactly. */
import {
  type Dispatcher,
  dtypeArgument,
  dtypeTitle,
  fromBigInts,
  fromComplex,
  fromNumbers,
  type Kernel,
  type KernelTable,
  type Numbers,
  type ScalarValue,
  Tensor,
  toValueDType,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { multiply } from '../complex-math.ts'
import { convertTensor } from '../conversion.ts'
import { numberOf, type Pair } from '../pointwise.ts'
import { bigIntRows, complexRows, numberRows, reducedDims, reducedShape } from '../rows.ts'
import { requireElements } from './extremes.ts'

type Dims = readonly number[] | number | null | undefined
type RowFunction = (values: Numbers, start: number, length: number) => number

/** One number a row. */
export function reduceRows(d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean, output: DType, f: RowFunction): Tensor {
  const axes = reducedDims(self, dims)
  const { values, count, length } = numberRows(self, axes)
  const results = new Float64Array(count)
  for (let row = 0; row < count; row++) results[row] = f(values, row * length, length)
  return fromNumbers(d, results, reducedShape(self, axes, keepdim), output, self.device)
}

function reduceBigInts(
  d: Dispatcher,
  self: Tensor,
  dims: Dims,
  keepdim: boolean,
  output: DType,
  start: bigint,
  f: (a: bigint, b: bigint) => bigint,
): Tensor {
  const axes = reducedDims(self, dims)
  const { values, count, length } = bigIntRows(self, axes)
  const results: bigint[] = []
  for (let row = 0; row < count; row++) {
    let total = start
    for (let i = 0; i < length; i++) total = BigInt.asIntN(64, f(total, values[row * length + i]))
    results.push(total)
  }
  return fromBigInts(d, results, reducedShape(self, axes, keepdim), output, self.device)
}

function reduceComplex(
  d: Dispatcher,
  self: Tensor,
  dims: Dims,
  keepdim: boolean,
  output: DType,
  f: (values: Float64Array, start: number, length: number) => Pair,
): Tensor {
  const axes = reducedDims(self, dims)
  const { values, count, length } = complexRows(self, axes)
  const results = new Float64Array(2 * count)
  for (let row = 0; row < count; row++) {
    const [re, im] = f(values, 2 * row * length, length)
    results[2 * row] = re
    results[2 * row + 1] = im
  }
  return fromComplex(d, results, reducedShape(self, axes, keepdim), output, self.device)
}

const isWhole = (dtype: DType) => dtypeInfo(dtype).isInteger || dtype === 'bool'

/** The tensor in the dtype that a reduction is asked to compute in. */
function inDType(d: Dispatcher, self: Tensor, code: number | null, integers: DType): Tensor {
  const dtype = dtypeArgument(code, isWhole(self.dtype) ? integers : self.dtype)
  return dtype === self.dtype ? self : convertTensor(d, self, dtype)
}

const sumRow: RowFunction = (values, start, length) => {
  let total = 0
  for (let i = start, end = start + length; i < end; i++) total += values[i]
  return total
}

const prodRow: RowFunction = (values, start, length) => {
  let total = 1
  for (let i = start, end = start + length; i < end; i++) total *= values[i]
  return total
}

/** Whether every partial result of integers stays exact as a number. */
function staysSafe(self: Tensor, dims: Dims, product: boolean): boolean {
  const { values, count, length } = numberRows(self, reducedDims(self, dims))
  for (let row = 0; row < count; row++) {
    let size = product ? 1 : 0
    for (let i = row * length; i < (row + 1) * length; i++) {
      const magnitude = Math.abs(values[i])
      if (product) size *= Math.max(magnitude, 1)
      else size += magnitude
    }
    if (!(size <= 9007199254740991)) return false
  }
  return true
}

const complexSum = (values: Float64Array, start: number, length: number): Pair => {
  let re = 0
  let im = 0
  for (let i = start; i < start + 2 * length; i += 2) {
    re += values[i]
    im += values[i + 1]
  }
  return [re, im]
}

export function sum(d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean, code: number | null): Tensor {
  const input = inDType(d, self, code, 'int64')
  const { dtype } = input
  if (dtypeInfo(dtype).isComplex) return reduceComplex(d, input, dims, keepdim, dtype, complexSum)
  if (dtypeInfo(dtype).isInteger && !staysSafe(input, dims, false))
    return reduceBigInts(d, input, dims, keepdim, dtype, 0n, (a, b) => a + b)
  return reduceRows(d, input, dims, keepdim, dtype, sumRow)
}

function prod(d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean, code: number | null): Tensor {
  const input = inDType(d, self, code, 'int64')
  const { dtype } = input
  if (dtypeInfo(dtype).isComplex) {
    return reduceComplex(d, input, dims, keepdim, dtype, (values, start, length) => {
      let total: Pair = [1, 0]
      for (let i = start; i < start + 2 * length; i += 2) total = multiply(total[0], total[1], values[i], values[i + 1])
      return total
    })
  }
  if (dtypeInfo(dtype).isInteger && !staysSafe(input, dims, true)) return reduceBigInts(d, input, dims, keepdim, dtype, 1n, (a, b) => a * b)
  return reduceRows(d, input, dims, keepdim, dtype, prodRow)
}

export function mean(d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean, code: number | null): Tensor {
  const dtype = dtypeArgument(code, self.dtype)
  if (isWhole(dtype)) {
    const what = code === null ? 'Input dtype' : 'Output dtype'
    throw new RuntimeError(
      'TSJ_MEAN_DTYPE',
      `mean(): could not infer output dtype. ${what} must be either a floating point or complex dtype. Got: ${dtypeTitle(dtype)}`,
    )
  }
  const input = inDType(d, self, code, 'int64')
  if (dtypeInfo(dtype).isComplex) {
    return reduceComplex(d, input, dims, keepdim, dtype, (values, start, length) => {
      const [re, im] = complexSum(values, start, length)
      return [re / length, im / length]
    })
  }
  return reduceRows(d, input, dims, keepdim, dtype, (values, start, length) => sumRow(values, start, length) / length)
}

const isNan = Number.isNaN

function nansum(d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean, code: number | null): Tensor {
  if (dtypeInfo(self.dtype).isComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', 'nansum on CPU does not support complex inputs')
  if (isWhole(self.dtype)) return sum(d, self, dims, keepdim, code)
  const input = inDType(d, self, code, 'int64')
  return reduceRows(d, input, dims, keepdim, input.dtype, (values, start, length) => {
    let total = 0
    for (let i = start; i < start + length; i++) if (!isNan(values[i])) total += values[i]
    return total
  })
}

/** Variance of a row by two passes. */
function varianceRow(values: Numbers, start: number, length: number, correction: number): number {
  const center = sumRow(values, start, length) / length
  let total = 0
  for (let i = start; i < start + length; i++) total += (values[i] - center) ** 2
  return total / Math.max(length - correction, 0)
}

function variance(d: Dispatcher, self: Tensor, dims: Dims, correction: number, keepdim: boolean, root: boolean): Tensor {
  const { isFloat, isComplex } = dtypeInfo(self.dtype)
  if (!isFloat && !isComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', 'std and var only support floating point and complex dtypes')
  const finish = root ? Math.sqrt : (x: number) => x
  if (!isComplex)
    return reduceRows(d, self, dims, keepdim, self.dtype, (values, start, length) => finish(varianceRow(values, start, length, correction)))
  const axes = reducedDims(self, dims)
  const { values, count, length } = complexRows(self, axes)
  const results = new Float64Array(count)
  for (let row = 0; row < count; row++) {
    const [re, im] = complexSum(values, 2 * row * length, length)
    let total = 0
    for (let i = 2 * row * length; i < 2 * (row + 1) * length; i += 2)
      total += (values[i] - re / length) ** 2 + (values[i + 1] - im / length) ** 2
    results[row] = finish(total / Math.max(length - correction, 0))
  }
  return fromNumbers(d, results, reducedShape(self, axes, keepdim), toValueDType(self.dtype), self.device)
}

const correctionOf = (value: ScalarValue | null): number => (value === null ? 1 : numberOf(value))

function varianceKernels(root: boolean): { all: Kernel; dim: Kernel; correction: Kernel } {
  return {
    all: (d, self, unbiased) => variance(d, self, null, Number(unbiased), false, root),
    dim: (d, self, dims, unbiased, keepdim) => variance(d, self, dims, Number(unbiased), keepdim, root),
    correction: (d, self, dims, correction, keepdim) => variance(d, self, dims, correctionOf(correction), keepdim, root),
  }
}

const std = varianceKernels(true)
const variances = varianceKernels(false)
const withMean =
  (kernel: Kernel, dimsAt: (args: unknown[]) => [Dims, boolean]): Kernel =>
  (d, self, ...args) => {
    const [dims, keepdim] = dimsAt(args)
    return [kernel(d, self, ...args), mean(d, self, dims, keepdim, null)]
  }

/** The p-norm of rows of magnitudes. */
export function normRow(p: number): RowFunction {
  return (values, start, length) => {
    const end = start + length
    let total = 0
    if (p === Number.POSITIVE_INFINITY || p === Number.NEGATIVE_INFINITY) {
      total = p > 0 ? 0 : Number.POSITIVE_INFINITY
      for (let i = start; i < end; i++) {
        const size = Math.abs(values[i])
        if (isNan(size)) return size
        if (p > 0 ? size > total : size < total) total = size
      }
      return total
    }
    if (p === 0) for (let i = start; i < end; i++) total += values[i] === 0 ? 0 : 1
    else if (p === 1) for (let i = start; i < end; i++) total += Math.abs(values[i])
    else if (p === 2) for (let i = start; i < end; i++) total += values[i] * values[i]
    else for (let i = start; i < end; i++) total += Math.abs(values[i]) ** p
    return p === 0 || p === 1 ? total : p === 2 ? Math.sqrt(total) : total ** (1 / p)
  }
}

export function vectorNorm(d: Dispatcher, self: Tensor, p: ScalarValue | null, dims: Dims, keepdim: boolean, code: number | null): Tensor {
  const { isFloat, isComplex } = dtypeInfo(self.dtype)
  if (!isFloat && !isComplex) {
    throw new RuntimeError(
      'TSJ_DTYPE_UNSUPPORTED',
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${dtypeTitle(self.dtype)}`,
    )
  }
  const output = toValueDType(dtypeArgument(code, self.dtype))
  let input = code === null ? self : convertTensor(d, self, dtypeArgument(code, self.dtype))
  if (dtypeInfo(input.dtype).isComplex) input = d.call('aten::abs', input)
  const order = p === null ? 2 : numberOf(p)
  if (input.numel === 0 && order === Number.POSITIVE_INFINITY && reducedDims(input, dims).some((dim) => input.shape[dim] === 0) && !dims) {
    throw new RuntimeError(
      'TSJ_SHAPE_EMPTY',
      `linalg.vector_norm cannot compute the ${order} norm on an empty tensor because the operation does not have an identity`,
    )
  }
  return reduceRows(d, input, dims, keepdim, output, normRow(order))
}

/** `all` and `any`: uint8 stays uint8. */
function logical(all: boolean) {
  return (d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean): Tensor => {
    const output: DType = self.dtype === 'uint8' ? 'uint8' : 'bool'
    const input = dtypeInfo(self.dtype).isComplex ? (d.call('aten::ne.Scalar', self, d.int(0)) as Tensor) : self
    return reduceRows(d, input, dims, keepdim, output, (values, start, length) => {
      for (let i = start; i < start + length; i++) if ((values[i] !== 0) !== all) return all ? 0 : 1
      return all ? 1 : 0
    })
  }
}

const all = logical(true)
const any = logical(false)

function countNonzero(d: Dispatcher, self: Tensor, dims: Dims): Tensor {
  const input = dtypeInfo(self.dtype).isComplex ? (d.call('aten::ne.Scalar', self, d.int(0)) as Tensor) : self
  return reduceRows(d, input, dims, false, 'int64', (values, start, length) => {
    let total = 0
    for (let i = start; i < start + length; i++) if (values[i] !== 0) total++
    return total
  })
}

function logsumexp(d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean): Tensor {
  const output = isWhole(self.dtype) ? d.defaultDType : self.dtype
  if (dtypeInfo(output).isComplex) {
    if (self.numel === 0)
      return d.call('aten::log', d.call('aten::sum.dim_IntList', d.call('aten::exp', self), reducedDims(self, dims), keepdim))
    const largest: Tensor = d.call('aten::amax', d.call('aten::real', self), reducedDims(self, dims), true)
    const shift: Tensor = d.call('aten::masked_fill.Scalar', largest, d.call('aten::isinf', largest), d.int(0))
    const sums: Tensor = d.call(
      'aten::sum.dim_IntList',
      d.call('aten::exp', d.call('aten::sub.Tensor', self, shift)),
      reducedDims(self, dims),
      keepdim,
    )
    return d.call('aten::add.Tensor', d.call('aten::log', sums), keepdim ? shift : d.call('aten::reshape', shift, sums.shape))
  }
  return reduceRows(d, self, dims, keepdim, output, (values, start, length) => {
    let top = Number.NEGATIVE_INFINITY
    for (let i = start; i < start + length; i++) if (values[i] > top || isNan(values[i])) top = values[i]
    const shift = Number.isFinite(top) ? top : 0
    let total = 0
    for (let i = start; i < start + length; i++) total += Math.exp(values[i] - shift)
    return Math.log(total) + shift
  })
}

/** The exclusive or of the elements' bits: whole numbers as int64, others as float64. Throws TSJ_DTYPE_UNSUPPORTED, TSJ_SHAPE_EMPTY. */
function hash(d: Dispatcher, self: Tensor, dims: Dims, keepdim: boolean, mode: number): Tensor {
  if (mode !== 0) throw new RuntimeError('TSJ_HASH_MODE', `Unknown hash_tensor mode: ${mode}`)
  const { isComplex, isInteger } = dtypeInfo(self.dtype)
  if (isComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"xor_sum_cpu" not implemented for '${dtypeTitle(self.dtype)}'`)
  const along = reducedDims(self, dims)
  requireElements(self, along, 'hash_tensor', 'hash_tensor:')
  const exact: Tensor = convertTensor(d, self, isInteger || self.dtype === 'bool' ? 'int64' : 'float64')
  const { values, count, length } = bigIntRows(new Tensor(exact.storage, 'int64', exact.shape, exact.strides, exact.offset), along)
  const result = d.empty(reducedShape(self, along, keepdim), 'uint64', self.device)
  const hashes = result.data() as BigUint64Array
  for (let row = 0; row < count; row++) {
    let bits = 0n
    for (let i = row * length; i < (row + 1) * length; i++) bits ^= values[i]
    hashes[row] = BigInt.asUintN(64, bits)
  }
  return result
}

function trace(d: Dispatcher, self: Tensor): Tensor {
  if (self.ndim !== 2) throw new RuntimeError('TSJ_SHAPE_TRACE', 'trace: expected a matrix')
  return sum(d, d.call('aten::diagonal', self), null, false, null)
}

const dimsFirst = (args: unknown[]): [Dims, boolean] => [args[0] as Dims, args[2] as boolean]

export const reductionKernels: KernelTable = {
  'aten::sum(Tensor self, *, ScalarType? dtype=None) -> Tensor': (d, self, dtype) => sum(d, self, null, false, dtype),
  'aten::sum.dim_IntList(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor': (
    d,
    self,
    dims,
    keepdim,
    dtype,
  ) => sum(d, self, dims, keepdim, dtype),
  'aten::nansum(Tensor self, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor': (d, self, dims, keepdim, dtype) =>
    nansum(d, self, dims, keepdim, dtype),
  'aten::prod(Tensor self, *, ScalarType? dtype=None) -> Tensor': (d, self, dtype) => prod(d, self, null, false, dtype),
  'aten::prod.dim_int(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor': (d, self, dim, keepdim, dtype) =>
    prod(d, self, [dim], keepdim, dtype),
  'aten::mean(Tensor self, *, ScalarType? dtype=None) -> Tensor': (d, self, dtype) => mean(d, self, null, false, dtype),
  'aten::mean.dim(Tensor self, int[1]? dim, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor': (d, self, dims, keepdim, dtype) =>
    mean(d, self, dims, keepdim, dtype),
  'aten::std(Tensor self, bool unbiased=True) -> Tensor': std.all,
  'aten::std.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor': std.dim,
  'aten::std.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor': std.correction,
  'aten::var(Tensor self, bool unbiased=True) -> Tensor': variances.all,
  'aten::var.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> Tensor': variances.dim,
  'aten::var.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> Tensor': variances.correction,
  'aten::std_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)': withMean(std.all, () => [null, false]),
  'aten::std_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)': withMean(std.dim, dimsFirst),
  'aten::std_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)': withMean(
    std.correction,
    dimsFirst,
  ),
  'aten::var_mean(Tensor self, bool unbiased=True) -> (Tensor, Tensor)': withMean(variances.all, () => [null, false]),
  'aten::var_mean.dim(Tensor self, int[1]? dim, bool unbiased=True, bool keepdim=False) -> (Tensor, Tensor)': withMean(
    variances.dim,
    dimsFirst,
  ),
  'aten::var_mean.correction(Tensor self, int[1]? dim=None, *, Scalar? correction=None, bool keepdim=False) -> (Tensor, Tensor)': withMean(
    variances.correction,
    dimsFirst,
  ),
  'aten::linalg_vector_norm(Tensor self, Scalar ord=2, int[1]? dim=None, bool keepdim=False, *, ScalarType? dtype=None) -> Tensor':
    vectorNorm,
  'aten::norm.Scalar(Tensor self, Scalar p=2) -> Tensor': (d, self, p) => vectorNorm(d, self, p, null, false, null),
  'aten::norm.ScalarOpt_dim(Tensor self, Scalar? p, int[1] dim, bool keepdim=False) -> Tensor': (d, self, p, dims, keepdim) =>
    vectorNorm(d, self, p, dims, keepdim, null),
  'aten::norm.ScalarOpt_dim_dtype(Tensor self, Scalar? p, int[1] dim, bool keepdim, *, ScalarType dtype) -> Tensor': (
    d,
    self,
    p,
    dims,
    keepdim,
    dtype,
  ) => vectorNorm(d, self, p, dims, keepdim, dtype),
  'aten::norm.ScalarOpt_dtype(Tensor self, Scalar? p, *, ScalarType dtype) -> Tensor': (d, self, p, dtype) =>
    vectorNorm(d, self, p, null, false, dtype),
  'aten::frobenius_norm.dim(Tensor self, int[1] dim, bool keepdim=False) -> Tensor': (d, self, dims, keepdim) =>
    vectorNorm(d, self, d.int(2), dims, keepdim, null),
  'aten::all(Tensor self) -> Tensor': (d, self) => all(d, self, null, false),
  'aten::all.dim(Tensor self, int dim, bool keepdim=False) -> Tensor': (d, self, dim, keepdim) => all(d, self, [dim], keepdim),
  'aten::all.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor': (d, self, dims, keepdim) => all(d, self, dims, keepdim),
  'aten::any(Tensor self) -> Tensor': (d, self) => any(d, self, null, false),
  'aten::any.dim(Tensor self, int dim, bool keepdim=False) -> Tensor': (d, self, dim, keepdim) => any(d, self, [dim], keepdim),
  'aten::any.dims(Tensor self, int[]? dim=None, bool keepdim=False) -> Tensor': (d, self, dims, keepdim) => any(d, self, dims, keepdim),
  'aten::_is_all_true(Tensor self) -> Tensor': (d, self) => all(d, self, null, false),
  'aten::_is_any_true(Tensor self) -> Tensor': (d, self) => any(d, self, null, false),
  'aten::count_nonzero(Tensor self, int? dim=None) -> Tensor': (d, self, dim) => countNonzero(d, self, dim),
  'aten::count_nonzero.dim_IntList(Tensor self, int[] dim) -> Tensor': (d, self, dims) => countNonzero(d, self, dims),
  'aten::logsumexp(Tensor self, int[1] dim, bool keepdim=False) -> Tensor': logsumexp,
  'aten::hash_tensor(Tensor self, int[1] dim=[], *, bool keepdim=False, int mode=0) -> Tensor': hash,
  'aten::trace(Tensor self) -> Tensor': trace,
}
