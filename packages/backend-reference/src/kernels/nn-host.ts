/**
 * How the neural network and linear algebra kernels see tensors: as contiguous arrays of numbers in the precision in which they
 * compute (float32 for float16, bfloat16 and float32; float64 for float64 and the integers), or as interleaved complex doubles.
 */
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { contiguousStrides, type Device, type Dispatcher, readNumbers as readElements, Tensor, writeNumbers } from '@tsjit/runtime/backend'

export { fromComplex, fromNumbers, readComplex } from '@tsjit/runtime/backend'
import type { NumberArray } from './nn-gemm.ts'

export { type NumberArray } from './nn-gemm.ts'

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
  return dtype === 'float64' || dtype === 'complex128' ? 'complex128' : dtype === 'float16' || dtype === 'complex32' ? 'complex32' : 'complex64'
}

export function isComplex(t: Tensor): boolean {
  return dtypeInfo(t.dtype).isComplex
}

export function isFloating(t: Tensor): boolean {
  return dtypeInfo(t.dtype).isFloat
}

/** PyTorch's C++ names for dtypes, as its messages spell them. */
const spoken: Partial<Record<DType, string>> = {
  uint8: 'Byte', int8: 'Char', int16: 'Short', int32: 'Int', int64: 'Long', float16: 'Half', float32: 'Float', float64: 'Double',
  complex32: 'ComplexHalf', complex64: 'ComplexFloat', complex128: 'ComplexDouble', bool: 'Bool', bfloat16: 'BFloat16',
}

export function dtypeName(dtype: DType): string {
  return spoken[dtype] ?? dtype
}

/** `"mul_cpu" not implemented for 'Bool'` */
export function notImplemented(what: string, dtype: DType): RuntimeError {
  return new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"${what}" not implemented for '${dtypeName(dtype)}'`)
}

/** Throws a shape error with PyTorch's words where `condition` fails. */
export function check(condition: unknown, message: () => string, code = 'TSJ_SHAPE_MISMATCH'): asserts condition {
  if (!condition) throw new RuntimeError(code, message())
}

export function shapeText(shape: readonly number[]): string {
  return `[${shape.join(', ')}]`
}

export function product(sizes: readonly number[]): number {
  let n = 1
  for (const size of sizes) n *= size
  return n
}

/** A non-negative dimension. Throws as PyTorch does. */
export function wrapDim(dim: number, rank: number): number {
  const range = Math.max(rank, 1)
  if (dim < -range || dim >= range) {
    throw new RuntimeError('TSJ_DIM_RANGE', `Dimension out of range (expected to be in range of [${-range}, ${range - 1}], but got ${dim})`)
  }
  return dim < 0 ? dim + range : dim
}

/** The shape that two shapes broadcast to. */
export function broadcastShapes(a: readonly number[], b: readonly number[]): number[] {
  const rank = Math.max(a.length, b.length)
  const out = new Array<number>(rank)
  for (let i = 0; i < rank; i++) {
    const x = a[a.length - rank + i] ?? 1
    const y = b[b.length - rank + i] ?? 1
    if (x !== y && x !== 1 && y !== 1) {
      throw new RuntimeError('TSJ_SHAPE_BROADCAST', `The size of tensor a (${x}) must match the size of tensor b (${y}) at non-singleton dimension ${i}`)
    }
    out[i] = x === 1 ? y : x
  }
  return out
}

/** The same tensor seen with another shape of as many dims, dims of size 1 stretched. */
export function expandTo(t: Tensor, shape: readonly number[]): Tensor {
  const lead = shape.length - t.ndim
  const strides = shape.map((size, i) => (i < lead || (t.shape[i - lead] === 1 && size !== 1) ? 0 : t.strides[i - lead]))
  shape.forEach((size, i) => {
    const own = i < lead ? 1 : t.shape[i - lead]
    if (own !== size && own !== 1) {
      throw new RuntimeError('TSJ_SHAPE_EXPAND', `The expanded size of the tensor (${size}) must match the existing size (${own}) at non-singleton dimension ${i}.  Target sizes: ${shapeText(shape)}.  Tensor sizes: ${shapeText(t.shape)}`)
    }
  })
  return new Tensor(t.storage, t.dtype, shape, strides, t.offset)
}
