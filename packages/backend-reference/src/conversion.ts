/** Copies between dtypes and layouts, and Scalars into tensors. */
import {
  Boxed,
  Complex,
  copyStrided,
  type Device,
  type Dispatcher,
  dtypeTitle,
  encodeInto,
  expandStrides,
  formatSizes,
  type Layout,
  readBigInts,
  readComplex,
  readNumbers,
  type ScalarValue,
  sameSizes,
  scalarFloat,
  scalarInt,
  type Tensor,
  withContiguous,
  writeBigInts,
  writeComplex,
  writeNumbers,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { numberOf } from './pointwise.ts'

/** Puts `source`'s elements, broadcast and converted, into `target`. Both on the host. Throws TSJ_SHAPE_EXPAND. */
export function copyInto(target: Tensor, source: Tensor): void {
  if (target.numel === 0) {
    expandStrides(source.shape, source.strides, target.shape)
    return
  }
  if (trimOnes(source, target.ndim).shape.length > target.ndim) {
    throw new RuntimeError(
      'TSJ_SHAPE_OUTPUT',
      `output with shape ${formatSizes(target.shape)} doesn't match the broadcast shape ${formatSizes(source.shape)}`,
    )
  }
  const strides = sameSizes(source.shape, target.shape)
    ? source.strides
    : expandStrides(trimOnes(source, target.ndim).shape, trimOnes(source, target.ndim).strides, target.shape)
  const layout: Layout = { shape: target.shape, strides, offset: source.offset }
  if (target.dtype === source.dtype && target.storage !== source.storage) {
    target.storage.version++
    copyStrided(
      target.shape,
      target.itemSize,
      { buffer: source.storage.buffer, offset: source.offset, strides },
      { buffer: target.storage.buffer, offset: target.offset, strides: target.strides },
    )
    return
  }
  convertInto(target, source, layout)
}

/** copy_ lets the source have more dimensions, if they are of size 1. */
function trimOnes(source: Tensor, ndim: number): { shape: readonly number[]; strides: readonly number[] } {
  let skip = 0
  while (source.ndim - skip > ndim && source.shape[skip] === 1) skip++
  return { shape: source.shape.slice(skip), strides: source.strides.slice(skip) }
}

function convertInto(target: Tensor, source: Tensor, layout: Layout): void {
  const from = dtypeInfo(source.dtype)
  const to = dtypeInfo(target.dtype)
  if (from.isComplex) {
    const pairs = readComplex(source, layout)
    if (to.isComplex) writeComplex(target, source.storage === target.storage ? pairs.slice() : pairs)
    else if (target.dtype === 'bool')
      writeNumbers(
        target,
        Float64Array.from({ length: pairs.length / 2 }, (_, i) => Number(pairs[2 * i] !== 0 || pairs[2 * i + 1] !== 0)),
      )
    else writeComplex(target, pairs)
    return
  }
  if ((source.dtype === 'int64' || source.dtype === 'uint64') && (to.isInteger || target.dtype === 'bool')) {
    const values = readBigInts(source, layout)
    writeBigInts(target, source.storage === target.storage ? values.slice() : values)
    return
  }
  const values = readNumbers(source, layout)
  writeNumbers(target, source.storage === target.storage ? values.slice() : values)
}

/** A new tensor of another dtype, on a host device. Strides: undefined for contiguous. */
export function convertTensor(dispatcher: Dispatcher, self: Tensor, dtype: DType, strides?: readonly number[]): Tensor {
  const result = dispatcher.empty(self.shape, dtype, self.device, strides)
  copyInto(result, self)
  return result
}

/** Moves a host tensor's elements to a new tensor on another device. */
export function moveTo(dispatcher: Dispatcher, self: Tensor, device: Device, strides?: readonly number[]): Tensor {
  const backend = dispatcher.backendFor(device)
  const result = dispatcher.empty(self.shape, self.dtype, device, strides)
  if (backend.hostAccessible) {
    copyInto(result, self)
    return result
  }
  const staged = dispatcher.empty(self.shape, self.dtype, self.device, strides)
  copyInto(staged, self)
  const bytes = new Uint8Array(staged.storage.buffer, 0, Math.min(result.storage.byteLength, staged.storage.byteLength))
  backend.copyFromHost?.(bytes, result.storage, 0)
  return result
}

const limits: Partial<Record<DType, readonly [number, number]>> = {
  uint8: [0, 255],
  int8: [-128, 127],
  int16: [-32768, 32767],
  int32: [-2147483648, 2147483647],
  int64: [-(2 ** 63), 2 ** 63],
  uint16: [0, 65535],
  uint32: [0, 4294967295],
  float16: [-65504, 65504],
  bfloat16: [-3.3895313892515355e38, 3.3895313892515355e38],
  float32: [-3.4028234663852886e38, 3.4028234663852886e38],
}

const cppNames: Partial<Record<DType, string>> = {
  uint8: 'uint8_t',
  int8: 'int8_t',
  int16: 'int16_t',
  int32: 'int',
  int64: 'int64_t',
  uint16: 'uint16_t',
  uint32: 'uint32_t',
  float16: 'at::Half',
  bfloat16: 'at::BFloat16',
  float32: 'float',
}

/** Throws TSJ_SCALAR_OVERFLOW where a dtype cannot hold a Scalar. Small negative numbers may wrap in unsigned dtypes, as in PyTorch. */
export function checkScalar(value: ScalarValue, dtype: DType): void {
  const limit = limits[dtype]
  if (!limit) return
  const number = numberOf(value)
  const low = dtypeInfo(dtype).isSigned ? limit[0] : -limit[1]
  const fits = Number.isFinite(number) ? number >= low && number <= limit[1] : !dtypeInfo(dtype).isInteger
  if (!fits) {
    throw new RuntimeError(
      'TSJ_SCALAR_OVERFLOW',
      `value cannot be converted to type ${cppNames[dtype] ?? dtypeTitle(dtype)} without overflow`,
    )
  }
}

/** Fills a host tensor with a Scalar. */
export function fillScalar(self: Tensor, value: ScalarValue): void {
  checkScalar(value, self.dtype)
  const { isComplex } = dtypeInfo(self.dtype)
  withContiguous(self, (raw) => {
    if (raw instanceof BigInt64Array || raw instanceof BigUint64Array) {
      raw.fill(bigIntOf(value))
      return
    }
    if (isComplex) {
      const [re, im] = value instanceof Complex ? [value.re, value.im] : [numberOf(value), 0]
      encodeInto(
        self.dtype,
        raw,
        Float64Array.from({ length: raw.length }, (_, i) => (i % 2 ? im : re)),
      )
      return
    }
    const number = self.dtype === 'bool' && value instanceof Complex ? Number(value.re !== 0 || value.im !== 0) : numberOf(value)
    encodeInto(self.dtype, raw, [number])
    raw.fill(raw[0] as number)
  })
}

function bigIntOf(value: ScalarValue): bigint {
  if (value instanceof Boxed && typeof value.value === 'bigint') return value.value
  const number = numberOf(value)
  return Number.isFinite(number) ? BigInt.asIntN(64, BigInt(Math.trunc(number))) : -(2n ** 63n)
}

/** A new tensor filled with a Scalar. */
export function fullOf(
  dispatcher: Dispatcher,
  shape: readonly number[],
  value: ScalarValue,
  dtype: DType,
  device?: Device,
  strides?: readonly number[],
): Tensor {
  const result = dispatcher.empty(shape, dtype, device, strides)
  fillScalar(result, value)
  return result
}

/** The only element of a tensor as a Scalar. Throws TSJ_ITEM. */
export function itemOf(self: Tensor): ScalarValue {
  if (self.numel !== 1) throw new RuntimeError('TSJ_ITEM', `a Tensor with ${self.numel} elements cannot be converted to Scalar`)
  const { isFloat, isComplex } = dtypeInfo(self.dtype)
  if (isComplex) {
    const [re, im] = readComplex(self)
    return new Complex(re, im)
  }
  if (self.dtype === 'bool') return readNumbers(self)[0] !== 0
  if (isFloat) return scalar('float', readNumbers(self)[0])
  const number = readNumbers(self)[0]
  return scalar('int', Number.isSafeInteger(number) ? number : readBigInts(self)[0])
}

function scalar(kind: 'int' | 'float', value: number | bigint): Boxed {
  return kind === 'int' ? scalarInt(value) : scalarFloat(value as number)
}
