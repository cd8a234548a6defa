/**
 * How the neural network and linear algebra kernels see tensors: as contiguous arrays of numbers in the precision in which they
 * compute (float32 for float16, bfloat16 and float32; float64 for float64 and the integers), or as interleaved complex doubles.
 */

import {
  contiguousStrides,
  type Device,
  type Dispatcher,
  dtypeTitle,
  expandStrides,
  readNumbers as readElements,
  Tensor,
  writeNumbers,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'

export {
  broadcastPair as broadcastShapes,
  dtypeTitle as dtypeName,
  formatSizes as shapeText,
  fromComplex,
  fromNumbers,
  normalizeDim as wrapDim,
  numelOf as product,
  readComplex,
} from '@tsjit/runtime/backend'

import type { NumberArray } from './nn-gemm.ts'

export type { NumberArray } from './nn-gemm.ts'

/** The elements as numbers, in row-major order. May be the tensor's own memory: only to be read. Complex tensors are refused. */
export function readNumbers(t: Tensor, what = 'this operator'): NumberArray {
  if (dtypeInfo(t.dtype).isComplex) throw notImplemented(what, t.dtype)
  const values = readElements(t)
  return values instanceof Float32Array || values instanceof Float64Array ? values : Float64Array.from(values)
}

/** Always a copy, always doubles. */
export function readDoubles(t: Tensor, what?: string): Float64Array {
  return Float64Array.from(readNumbers(t, what))
}

/** Indices (int64, int32 and the like) as numbers. */
export function readIndices(t: Tensor): NumberArray {
  return readNumbers(t)
}

/** A strided look at a tensor of float32 or float64 without copying; others are decoded to a contiguous array first. */
export function look(t: Tensor): { data: NumberArray; strides: readonly number[] } {
  if (t.dtype === 'float32' || t.dtype === 'float64') return { data: t.data() as NumberArray, strides: t.strides }
  return { data: readNumbers(t), strides: contiguousStrides(t.shape) }
}

/** A result in the making: write `data`, then take `finish()`. */
export interface Output {
  readonly data: NumberArray
  finish(): Tensor
}

/** A contiguous result, filled with zeros. Integers wrap, floats round. */
export function output(d: Dispatcher, shape: readonly number[], dtype: DType, device: Device): Output {
  const tensor = d.empty(shape, dtype, device)
  const n = tensor.numel
  if (dtype === 'float32' || dtype === 'float64') {
    const data = (tensor.data() as NumberArray).subarray(0, n)
    data.fill(0)
    return { data, finish: () => tensor }
  }
  const data = dtype === 'float16' || dtype === 'bfloat16' ? new Float32Array(n) : new Float64Array(n)
  return {
    data,
    finish() {
      writeNumbers(tensor, data)
      return tensor
    },
  }
}

/** The value type of a complex dtype, else itself. */
export function realDType(dtype: DType): DType {
  return dtype === 'complex128' ? 'float64' : dtype === 'complex64' ? 'float32' : dtype === 'complex32' ? 'float16' : dtype
}

export function complexDType(dtype: DType): DType {
  return dtype === 'float64' || dtype === 'complex128'
    ? 'complex128'
    : dtype === 'float16' || dtype === 'complex32'
      ? 'complex32'
      : 'complex64'
}

export function isComplex(t: Tensor): boolean {
  return dtypeInfo(t.dtype).isComplex
}

export function isFloating(t: Tensor): boolean {
  return dtypeInfo(t.dtype).isFloat
}

/** `"mul_cpu" not implemented for 'Bool'` */
export function notImplemented(what: string, dtype: DType): RuntimeError {
  return new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"${what}" not implemented for '${dtypeTitle(dtype)}'`)
}

/** Throws a shape error with PyTorch's words where `condition` fails. */
export function check(condition: unknown, message: () => string, code = 'TSJ_SHAPE_MISMATCH'): asserts condition {
  if (!condition) throw new RuntimeError(code, message())
}

/** The same tensor seen as having another shape, dims of size 1 repeated. */
export function expandTo(t: Tensor, shape: readonly number[]): Tensor {
  return new Tensor(t.storage, t.dtype, shape, expandStrides(t.shape, t.strides, shape), t.offset)
}

/** A list argument for so many spatial dimensions: one entry stands for all. */
export function spread(list: readonly number[], count: number): number[] {
  return list.length === 1 ? new Array<number>(count).fill(list[0]) : [...list]
}
