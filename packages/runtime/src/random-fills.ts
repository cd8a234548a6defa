/**
 * Fills tensors with random numbers: PyTorch's CPU streams, number for number. Which bits of the generator become which element follows
 * ATen's `DistributionTemplates.h`; elements are drawn in the order in which they lie in memory.
 */
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { roundTo } from './element-codec.ts'
import { writeBigInts, writeNumbers } from './elements.ts'
import { memoryOrder } from './elementwise.ts'
import type { Generator } from './generator.ts'
import { logFloat32, sinCosFloat32 } from './random-float32.ts'
import { exactLog, exactSinCos, fusedMultiplyAdd } from './random-math.ts'
import { Tensor } from './tensor.ts'

const { fround } = Math

/** The same elements with dimensions from outermost to innermost in memory. */
export function inMemoryOrder(tensor: Tensor): Tensor {
  if (tensor.isContiguous) return tensor
  const order = memoryOrder(tensor.shape, tensor.strides)
  return new Tensor(
    tensor.storage,
    tensor.dtype,
    order.map((dim) => tensor.shape[dim]),
    order.map((dim) => tensor.strides[dim]),
    tensor.offset,
  )
}

/** A complex tensor as its real and imaginary parts: one more dimension of 2. */
function realView(tensor: Tensor): Tensor {
  const part: DType = tensor.dtype === 'complex128' ? 'float64' : tensor.dtype === 'complex64' ? 'float32' : 'float16'
  return new Tensor(tensor.storage, part, [...tensor.shape, 2], [...tensor.strides.map((stride) => 2 * stride), 1], 2 * tensor.offset)
}

/** Draws float64 values one by one; each is cast to the dtype by way of float32 where the dtype is narrower. */
export function fillEach(tensor: Tensor, draw: () => number): Tensor {
  const target = inMemoryOrder(tensor)
  const values = new Float64Array(target.numel)
  const narrow = tensor.dtype === 'float16' || tensor.dtype === 'bfloat16'
  for (let i = 0; i < values.length; i++) values[i] = narrow ? fround(draw()) : draw()
  writeNumbers(target, values)
  return tensor
}

/** Uniform in [from, to). Throws TSJ_RANDOM_DTYPE, TSJ_UNIFORM. */
export function fillUniform(tensor: Tensor, generator: Generator, from = 0, to = 1): Tensor {
  if (dtypeInfo(tensor.dtype).isComplex) {
    fillUniform(realView(tensor), generator, from, to)
    return tensor
  }
  const { dtype } = tensor
  requireFloat(dtype, 'check_uniform_bounds')
  if (!(from <= to))
    throw new RuntimeError('TSJ_UNIFORM', `uniform_ expects to return a [from, to) range, but found from=${from} > to=${to}`)
  if (dtype === 'float64') {
    const span = to - from
    return fillEach(tensor, () => fusedMultiplyAdd(generator.uniform53(), span, from))
  }
  const low = fround(from)
  const span = fround(fround(to) - low)
  const upper = roundTo(dtype, to)
  const lower = roundTo(dtype, from)
  return fillEach(tensor, () => {
    const value = fround(generator.uniform24() * span + low)
    // rounding to the dtype may reach the end that is excluded
    return (dtype === 'float32' ? value : roundTo(dtype, value)) === upper ? lower : value
  })
}

/** Normal. Sixteen elements or more of a contiguous tensor are made in blocks, fewer one by one. Throws TSJ_RANDOM_DTYPE, TSJ_NORMAL. */
export function fillNormal(tensor: Tensor, generator: Generator, mean = 0, deviation = 1): Tensor {
  if (!(deviation >= 0)) throw new RuntimeError('TSJ_NORMAL', `normal expects std >= 0.0, but found std ${deviation}`)
  if (dtypeInfo(tensor.dtype).isComplex) {
    fillNormal(realView(tensor), generator, mean, deviation / Math.SQRT2)
    return tensor
  }
  requireFloat(tensor.dtype, 'normal_kernel_cpu')
  if (tensor.numel < 16 || !tensor.isContiguous) {
    return fillEach(tensor, () => fusedMultiplyAdd(generator.normal(), deviation, mean))
  }
  const { numel: count } = tensor
  if (tensor.dtype === 'float64') {
    const values = new Float64Array(count)
    for (let i = 0; i < count; i++) values[i] = generator.uniform53()
    forBlocks(
      values,
      () => generator.uniform53(),
      (start) => normalBlock64(values, start, mean, deviation),
    )
    writeNumbers(tensor, values)
  } else {
    const values = new Float32Array(count)
    // the narrow dtypes draw no numbers for the last ones before they are drawn anew
    const first = tensor.dtype === 'float32' ? count : count - (count % 16)
    for (let i = 0; i < first; i++) values[i] = generator.uniform24()
    forBlocks(
      values,
      () => generator.uniform24(),
      (start) => normalBlock32(values, start, fround(mean), fround(deviation)),
    )
    writeNumbers(tensor, values)
  }
  return tensor
}

/** Sixteen at a time; where the count is no multiple of sixteen, the last sixteen are drawn anew. */
function forBlocks(values: Float32Array | Float64Array, draw: () => number, transform: (start: number) => void): void {
  const count = values.length
  for (let start = 0; start + 16 <= count; start += 16) transform(start)
  if (count % 16) {
    for (let i = count - 16; i < count; i++) values[i] = draw()
    transform(count - 16)
  }
}

function normalBlock64(values: Float64Array, start: number, mean: number, deviation: number): void {
  for (let j = start; j < start + 8; j++) {
    const radius = Math.sqrt(-2 * exactLog(1 - values[j]))
    const [sine, cosine] = exactSinCos(2 * Math.PI * values[j + 8])
    values[j] = fusedMultiplyAdd(radius * cosine, deviation, mean)
    values[j + 8] = fusedMultiplyAdd(radius * sine, deviation, mean)
  }
}

const twoPi = fround(2 * Math.PI)
const turn = { sine: 0, cosine: 0 }

function normalBlock32(values: Float32Array, start: number, mean: number, deviation: number): void {
  for (let j = start; j < start + 8; j++) {
    const radius = fround(Math.sqrt(fround(-2 * logFloat32(fround(1 - values[j])))))
    sinCosFloat32(fround(twoPi * values[j + 8]), turn)
    values[j] = fround(fround(radius * turn.cosine) * deviation + mean)
    values[j + 8] = fround(fround(radius * turn.sine) * deviation + mean)
  }
}

/** Significant bits of a float dtype. */
const digits: Partial<Record<DType, number>> = { float16: 11, bfloat16: 8, float32: 24, float64: 53 }
const largest: Partial<Record<DType, bigint>> = {
  bool: 1n,
  uint8: 255n,
  int8: 127n,
  int16: 32767n,
  int32: 2147483647n,
  int64: 9223372036854775807n,
  uint16: 65535n,
  uint32: 4294967295n,
  uint64: 18446744073709551615n,
}
const smallest: Partial<Record<DType, bigint>> = { int8: -128n, int16: -32768n, int32: -2147483648n, int64: -9223372036854775808n }

/** `random_` without bounds: [0, largest] of integers, [0, 2^digits] of floats. Throws TSJ_RANDOM_DTYPE. */
export function fillRandom(tensor: Tensor, generator: Generator): Tensor {
  const { dtype } = tensor
  if (dtype === 'int64') {
    return fillBigInts(tensor, () => generator.random64() & 0x7fffffffffffffffn)
  }
  if (dtype === 'float64') return fillEach(tensor, () => Number(generator.random64() % 9007199254740993n))
  const limit = digits[dtype] === undefined ? Number(largest[dtype]) + 1 : 2 ** digits[dtype]! + 1
  if (!(limit <= 2 ** 31) || dtype === 'uint16') throw unsupported(dtype, 'random_kernel_cpu')
  return fillEach(tensor, () => generator.random() % limit)
}

/** Integers in [from, to); `to` null means to the dtype's largest. Throws TSJ_RANDINT, TSJ_RANDOM_DTYPE. */
export function fillIntegers(tensor: Tensor, generator: Generator, from: number | bigint, to: number | bigint | null): Tensor {
  const { dtype } = tensor
  const bits = digits[dtype]
  if (bits === undefined && largest[dtype] === undefined) throw unsupported(dtype, 'random_from_to_range_calc')
  let low = BigInt(from)
  if (to === null && low === -9223372036854775808n) return fillBigInts(tensor, () => BigInt.asIntN(64, generator.random64()))
  let high = to === null ? (bits === undefined ? largest[dtype]! : 1n << BigInt(bits)) + 1n : BigInt(to)
  if (low >= high) throw new RuntimeError('TSJ_RANDINT', `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`)
  if (bits !== undefined) {
    low = roundedUp(low, dtype, bits)
    if (to !== null) high = roundedDown(high, dtype, bits)
    if (low >= high)
      throw new RuntimeError(
        'TSJ_RANDINT',
        `random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got from=${low} >= to=${high}`,
      )
  } else {
    const min = smallest[dtype] ?? 0n
    const max = largest[dtype]!
    for (const [name, value] of [
      ['from', low],
      ['to - 1', high - 1n],
    ] as const)
      if (value < min || value > max) throw new RuntimeError('TSJ_RANDINT', `${name} is out of bounds for ${dtype}`)
  }
  const span = high - low
  if (span < 1n << 28n) {
    const small = Number(span)
    if (dtypeInfo(dtype).itemSize === 8 && bits === undefined && (low < -(2n ** 52n) || high > 2n ** 52n)) {
      return fillBigInts(tensor, () => low + BigInt(generator.random() % small))
    }
    const base = Number(low)
    return fillEach(tensor, () => base + (generator.random() % small))
  }
  const draw = () => low + (generator.random64() % span)
  return bits === undefined ? fillBigInts(tensor, draw) : fillEach(tensor, () => Number(draw()))
}

function fillBigInts(tensor: Tensor, draw: () => bigint): Tensor {
  const target = inMemoryOrder(tensor)
  writeBigInts(target, Array.from({ length: target.numel }, draw))
  return tensor
}

/** The least integer of the dtype that is not below `from`: rounding to the dtype must not leave the range. */
function roundedUp(from: bigint, dtype: DType, bits: number): bigint {
  const next = BigInt(Math.trunc(roundTo(dtype, Number(from + 1n))))
  return next < from ? next + (1n << BigInt(exponentOf(from + 1n) - bits + 1)) : from
}

function roundedDown(to: bigint, dtype: DType, bits: number): bigint {
  const rounded = roundTo(dtype, Number(to - 1n))
  if (!Number.isFinite(rounded)) return to
  const previous = BigInt(Math.trunc(rounded))
  return previous >= to ? previous - (1n << BigInt(exponentOf(to - 1n) - bits + 1)) : to
}

function exponentOf(value: bigint): number {
  return (value < 0n ? -value : value).toString(2).length - 1
}

function requireFloat(dtype: DType, kernel: string): void {
  if (digits[dtype] === undefined) throw unsupported(dtype, kernel)
}

const titles: Partial<Record<DType, string>> = {
  uint8: 'Byte',
  int8: 'Char',
  int16: 'Short',
  int32: 'Int',
  int64: 'Long',
  bool: 'Bool',
  uint16: 'UInt16',
  uint32: 'UInt32',
  uint64: 'UInt64',
}

function unsupported(dtype: DType, kernel: string): RuntimeError {
  return new RuntimeError('TSJ_RANDOM_DTYPE', `"${kernel}" not implemented for '${titles[dtype] ?? dtype}'`)
}
