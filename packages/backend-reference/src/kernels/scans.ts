/** Cumulative sums and products, softmax. */
import {
  type Dispatcher,
  dtypeArgument,
  dtypeTitle,
  type Kernel,
  type KernelTable,
  type Numbers,
  type Tensor,
  writeBigInts,
  writeComplex,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import * as complex from '../complex-math.ts'
import { convertTensor } from '../conversion.ts'
import type { Pair } from '../pointwise.ts'
import { bigIntRows, complexRows, numberRows, reducedDims, rowView, writeRows } from '../rows.ts'

type RowScan = (input: Numbers, output: Float64Array, start: number, length: number) => void

/** Applies `scan` to every row along one dimension; the result is contiguous. */
export function scanRows(d: Dispatcher, self: Tensor, dim: number, output: DType, scan: RowScan): Tensor {
  const dims = reducedDims(self, [dim])
  const { values, count, length } = numberRows(self, dims)
  const results = new Float64Array(count * length)
  for (let row = 0; row < count; row++) scan(values, results, row * length, length)
  const result = d.empty(self.shape, output, self.device)
  writeRows(result, dims, results)
  return result
}

function scanComplex(d: Dispatcher, self: Tensor, dim: number, f: (ar: number, ai: number, br: number, bi: number) => Pair): Tensor {
  const dims = reducedDims(self, [dim])
  const { values, count, length } = complexRows(self, dims)
  const results = values.slice()
  for (let row = 0; row < count; row++) {
    for (let i = 2 * (row * length + 1); i < 2 * (row + 1) * length; i += 2) {
      ;[results[i], results[i + 1]] = f(results[i - 2], results[i - 1], values[i], values[i + 1])
    }
  }
  const result = d.empty(self.shape, self.dtype, self.device)
  writeComplex(rowView(result, dims), results)
  return result
}

function scanBigInts(d: Dispatcher, self: Tensor, dim: number, f: (a: bigint, b: bigint) => bigint): Tensor {
  const dims = reducedDims(self, [dim])
  const { values, count, length } = bigIntRows(self, dims)
  const results = BigInt64Array.from(values as BigInt64Array)
  for (let row = 0; row < count; row++) {
    for (let i = row * length + 1; i < (row + 1) * length; i++) results[i] = f(results[i - 1], results[i])
  }
  const result = d.empty(self.shape, self.dtype, self.device)
  writeBigInts(rowView(result, dims), results)
  return result
}

function cumulative(f: (a: any, b: any) => any, onComplex: (ar: number, ai: number, br: number, bi: number) => Pair): Kernel {
  return (d, self: Tensor, dim: number, code: number | null) => {
    const dtype = dtypeArgument(code, dtypeInfo(self.dtype).isInteger || self.dtype === 'bool' ? 'int64' : self.dtype)
    const input = dtype === self.dtype ? self : convertTensor(d, self, dtype)
    if (dtypeInfo(dtype).isComplex) return scanComplex(d, input, dim, onComplex)
    if (dtypeInfo(dtype).isInteger) return scanBigInts(d, input, dim, f)
    return scanRows(d, input, dim, dtype, (values, output, start, length) => {
      if (length === 0) return
      let total = values[start]
      output[start] = total
      for (let i = start + 1; i < start + length; i++) output[i] = total = f(total, values[i])
    })
  }
}

const logcumsumexp: Kernel = (d, self: Tensor, dim: number) => {
  if (dtypeInfo(self.dtype).isComplex) {
    return scanComplex(d, self, dim, (ar, ai, br, bi) => {
      const [xr, xi, yr, yi] = ar >= br ? [ar, ai, br, bi] : [br, bi, ar, ai]
      const [er, ei] = complex.exp(yr - xr, yi - xi)
      const [lr, li] = complex.log1p(er, ei)
      return [xr + lr, xi + li]
    })
  }
  return scanRows(d, self, dim, self.dtype, (values, output, start, length) => {
    let total = Number.NEGATIVE_INFINITY
    for (let i = start; i < start + length; i++) {
      const x = values[i]
      const high = Math.max(total, x)
      const low = Math.min(total, x)
      total = !Number.isFinite(low) && low === high ? high : high + Math.log1p(Math.exp(low - high))
      output[i] = total
    }
  })
}

const softmaxRow: RowScan = (values, output, start, length) => {
  let top = Number.NEGATIVE_INFINITY
  for (let i = start; i < start + length; i++) if (values[i] > top) top = values[i]
  let total = 0
  for (let i = start; i < start + length; i++) total += output[i] = Math.exp(values[i] - top)
  for (let i = start; i < start + length; i++) output[i] /= total
}

const logSoftmaxRow: RowScan = (values, output, start, length) => {
  let top = Number.NEGATIVE_INFINITY
  for (let i = start; i < start + length; i++) if (values[i] > top) top = values[i]
  let total = 0
  for (let i = start; i < start + length; i++) total += Math.exp(values[i] - top)
  const shift = top + Math.log(total)
  for (let i = start; i < start + length; i++) output[i] = values[i] - shift
}

/** Rows of -inf alone become zeros. */
const safeSoftmaxRow: RowScan = (values, output, start, length) => {
  for (let i = start; i < start + length; i++) {
    if (values[i] !== Number.NEGATIVE_INFINITY) {
      softmaxRow(values, output, start, length)
      return
    }
  }
}

function softmax(name: string, row: RowScan): Kernel {
  return (d, self: Tensor, dim: number, code: number | null) => {
    const dtype = dtypeArgument(code, self.dtype)
    if (!dtypeInfo(dtype).isFloat)
      throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"${name}_lastdim_kernel_impl" not implemented for '${dtypeTitle(dtype)}'`)
    const input = dtype === self.dtype || dtypeInfo(self.dtype).isFloat ? self : convertTensor(d, self, dtype)
    return scanRows(d, input, dim, dtype, row)
  }
}

function softmaxCore(name: string, row: RowScan): Kernel {
  const kernel = softmax(name, row)
  return (d, self, dim, toFloat) => kernel(d, self, dim, toFloat ? dtypeInfo('float32').code : null)
}

export const scanKernels: KernelTable = {
  'aten::cumsum(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor': cumulative(
    (a, b) => a + b,
    (ar, ai, br, bi) => [ar + br, ai + bi],
  ),
  'aten::cumprod(Tensor self, int dim, *, ScalarType? dtype=None) -> Tensor': cumulative((a, b) => a * b, complex.multiply),
  'aten::logcumsumexp(Tensor self, int dim) -> Tensor': logcumsumexp,
  'aten::softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor': softmax('softmax', softmaxRow),
  'aten::log_softmax.int(Tensor self, int dim, ScalarType? dtype=None) -> Tensor': softmax('log_softmax', logSoftmaxRow),
  'aten::_softmax(Tensor self, int dim, bool half_to_float) -> Tensor': softmaxCore('softmax', softmaxRow),
  'aten::_log_softmax(Tensor self, int dim, bool half_to_float) -> Tensor': softmaxCore('log_softmax', logSoftmaxRow),
  'aten::_safe_softmax(Tensor self, int dim, ScalarType? dtype=None) -> Tensor': softmax('softmax', safeSoftmaxRow),
}
