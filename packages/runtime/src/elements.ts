/**
 * Elements of host tensors as JavaScript numbers, whatever the dtype and strides. Reading is in logical (row-major) order, writing
 * likewise. int64 and uint64 read as numbers are exact while they are safe integers; `readBigInts` is always exact.
 */
import { type DType, dtypeInfo } from '@tsjit/types'
import type { Device } from './device.ts'
import type { Dispatcher } from './dispatcher.ts'
import { decodeTable, encoderOf } from './element-codec.ts'
import { copyStrided } from './strided-copy.ts'
import { arrayClassOf, contiguousStrides, isContiguous, type Tensor, type TypedArray, typedArrayOf } from './tensor.ts'

export type Numbers = Uint8Array | Int8Array | Int16Array | Int32Array | Uint16Array | Uint32Array | Float32Array | Float64Array

export interface Layout {
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  readonly offset: number
}

/** The tensor's own typed-array elements in logical order (complex: pairs). A view of the tensor where it is contiguous: do not write. */
export function readRaw(tensor: Tensor, layout: Layout = tensor): TypedArray {
  const { shape, strides, offset } = layout
  let count = 1
  for (const size of shape) count *= size
  const { itemSize, isComplex } = dtypeInfo(tensor.dtype)
  const length = isComplex ? 2 * count : count
  if (count === 0) return new (arrayClassOf(tensor.dtype))(0)
  if (isContiguous(shape, strides)) return typedArrayOf(tensor.dtype, tensor.storage.buffer, offset * itemSize, length)
  const result = new (arrayClassOf(tensor.dtype))(length)
  copyStrided(
    shape,
    itemSize,
    { buffer: tensor.storage.buffer, offset, strides },
    { buffer: result.buffer, offset: 0, strides: contiguousStrides(shape) },
  )
  return result
}

/** All elements as numbers; complex tensors give their real parts. May be a view of the tensor: do not write into it. */
export function readNumbers(tensor: Tensor, layout: Layout = tensor): Numbers {
  const raw = readRaw(tensor, layout)
  const { dtype } = tensor
  if (dtypeInfo(dtype).isComplex) return realParts(decodeRaw(dtype, raw))
  return decodeRaw(dtype, raw)
}

/** The same in a fresh Float64Array. */
export function toFloat64Array(tensor: Tensor, layout: Layout = tensor): Float64Array {
  return Float64Array.from(readNumbers(tensor, layout))
}

/** The same in a fresh Float32Array. */
export function toFloat32Array(tensor: Tensor, layout: Layout = tensor): Float32Array {
  return Float32Array.from(readNumbers(tensor, layout))
}

/** Interleaved real and imaginary parts; real tensors get zeros. */
export function readComplex(tensor: Tensor, layout: Layout = tensor): Float64Array {
  const values = decodeRaw(tensor.dtype, readRaw(tensor, layout))
  if (dtypeInfo(tensor.dtype).isComplex) return values instanceof Float64Array ? values : Float64Array.from(values)
  const result = new Float64Array(values.length * 2)
  for (let i = 0; i < values.length; i++) result[2 * i] = values[i]
  return result
}

/** All elements of an integer or bool tensor, exactly. */
export function readBigInts(tensor: Tensor, layout: Layout = tensor): BigInt64Array | BigUint64Array {
  const raw = readRaw(tensor, layout)
  if (raw instanceof BigInt64Array || raw instanceof BigUint64Array) return raw
  const result = new BigInt64Array(raw.length)
  for (let i = 0; i < raw.length; i++) result[i] = BigInt(Math.trunc(raw[i] as number))
  return result
}

function decodeRaw(dtype: DType, raw: TypedArray): Numbers {
  if (raw instanceof BigInt64Array || raw instanceof BigUint64Array) return numbersOfBigInts(raw)
  const table = decodeTable(dtype)
  if (!table) return raw
  const result = new Float32Array(raw.length)
  for (let i = 0; i < raw.length; i++) result[i] = table[raw[i]]
  return result
}

function numbersOfBigInts(raw: BigInt64Array | BigUint64Array): Float64Array {
  const length = raw.length
  const result = new Float64Array(length)
  const low = new Uint32Array(raw.buffer, raw.byteOffset, 2 * length)
  if (raw instanceof BigInt64Array) {
    const high = new Int32Array(raw.buffer, raw.byteOffset, 2 * length)
    for (let i = 0; i < length; i++) result[i] = high[2 * i + 1] * 4294967296 + low[2 * i]
  } else for (let i = 0; i < length; i++) result[i] = low[2 * i + 1] * 4294967296 + low[2 * i]
  return result
}

function realParts(pairs: Numbers): Float64Array {
  const result = new Float64Array(pairs.length / 2)
  for (let i = 0; i < result.length; i++) result[i] = pairs[2 * i]
  return result
}

/** Puts numbers, in logical order, into a tensor as its dtype (complex: real parts, imaginary 0). */
export function writeNumbers(tensor: Tensor, values: ArrayLike<number>): void {
  if (dtypeInfo(tensor.dtype).isComplex) {
    const pairs = new Float64Array(values.length * 2)
    for (let i = 0; i < values.length; i++) pairs[2 * i] = values[i]
    writeComplex(tensor, pairs)
    return
  }
  withContiguous(tensor, (raw) => encodeInto(tensor.dtype, raw, values))
}

/** Puts interleaved complex numbers into a tensor (real dtypes: the real parts). */
export function writeComplex(tensor: Tensor, pairs: ArrayLike<number>): void {
  if (!dtypeInfo(tensor.dtype).isComplex) {
    const real = new Float64Array(pairs.length / 2)
    for (let i = 0; i < real.length; i++) real[i] = pairs[2 * i]
    writeNumbers(tensor, real)
    return
  }
  withContiguous(tensor, (raw) => encodeInto(tensor.dtype, raw, pairs))
}

/** Puts integers into a tensor, wrapping to its width. */
export function writeBigInts(tensor: Tensor, values: ArrayLike<bigint>): void {
  withContiguous(tensor, (raw) => {
    if (raw instanceof BigInt64Array || raw instanceof BigUint64Array) for (let i = 0; i < values.length; i++) raw[i] = values[i]
    else if (tensor.dtype === 'bool') for (let i = 0; i < values.length; i++) raw[i] = values[i] === 0n ? 0 : 1
    else if (dtypeInfo(tensor.dtype).isInteger) for (let i = 0; i < values.length; i++) raw[i] = Number(BigInt.asIntN(53, values[i]))
    else encodeInto(tensor.dtype, raw, Array.from(values, Number))
  })
}

/** Encodes numbers into a dtype's typed array: rounds, truncates, wraps. */
export function encodeInto(dtype: DType, raw: TypedArray, values: ArrayLike<number>): void {
  const length = values.length
  if (raw instanceof BigInt64Array || raw instanceof BigUint64Array) {
    const low = new Uint32Array(raw.buffer, raw.byteOffset, 2 * length)
    for (let i = 0; i < length; i++) {
      const value = values[i]
      if (value > -(2 ** 63) && value < 2 ** 64) {
        const whole = Math.trunc(value)
        low[2 * i] = whole
        low[2 * i + 1] = Math.floor(whole / 4294967296)
      } else {
        // what x86 gives for NaN and for values that do not fit
        low[2 * i] = 0
        low[2 * i + 1] = 0x80000000
      }
    }
    return
  }
  if (dtype === 'bool') {
    for (let i = 0; i < length; i++) raw[i] = values[i] !== 0 ? 1 : 0
    return
  }
  const encode = encoderOf(dtype)
  if (encode) for (let i = 0; i < length; i++) raw[i] = encode(values[i])
  else if (ArrayBuffer.isView(values)) raw.set(values as unknown as Float64Array)
  else for (let i = 0; i < length; i++) raw[i] = values[i]
}

/** Lets `fill` write all elements in logical order, then moves them to where the tensor keeps them. Counts a write. */
export function withContiguous(tensor: Tensor, fill: (raw: TypedArray) => void): void {
  tensor.storage.version++
  const { itemSize, isComplex } = dtypeInfo(tensor.dtype)
  const count = tensor.numel
  if (count === 0) return
  const length = isComplex ? 2 * count : count
  if (tensor.isContiguous) {
    fill(typedArrayOf(tensor.dtype, tensor.storage.buffer, tensor.offset * itemSize, length))
    return
  }
  const raw = new (arrayClassOf(tensor.dtype))(length)
  fill(raw)
  copyStrided(
    tensor.shape,
    itemSize,
    { buffer: raw.buffer as ArrayBuffer, offset: 0, strides: contiguousStrides(tensor.shape) },
    { buffer: tensor.storage.buffer, offset: tensor.offset, strides: tensor.strides },
  )
}

/** A new tensor with these numbers in logical order. */
export function fromNumbers(
  dispatcher: Dispatcher,
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: DType,
  device?: Device,
  strides?: readonly number[],
): Tensor {
  const result = dispatcher.empty(shape, dtype, device, strides)
  writeNumbers(result, values)
  return result
}

/** A new tensor with these interleaved complex numbers. */
export function fromComplex(
  dispatcher: Dispatcher,
  pairs: ArrayLike<number>,
  shape: readonly number[],
  dtype: DType,
  device?: Device,
): Tensor {
  const result = dispatcher.empty(shape, dtype, device)
  writeComplex(result, pairs)
  return result
}

/** A new integer tensor with these values. */
export function fromBigInts(
  dispatcher: Dispatcher,
  values: ArrayLike<bigint>,
  shape: readonly number[],
  dtype: DType,
  device?: Device,
): Tensor {
  const result = dispatcher.empty(shape, dtype, device)
  writeBigInts(result, values)
  return result
}
