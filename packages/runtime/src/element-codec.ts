/** Bits of float16, bfloat16 and the float8s to numbers and back. Encoding rounds to nearest even, from float32 as PyTorch does. */
import type { DType } from '@tsjit/types'

const f32 = new Float32Array(1)
const u32 = new Uint32Array(f32.buffer)

function floatOfBits(bits: number): number {
  u32[0] = bits
  return f32[0]
}

export function decodeFloat16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >> 10) & 31
  const mantissa = bits & 1023
  if (exponent === 31) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY
  return exponent === 0 ? sign * mantissa * 2 ** -24 : sign * (1024 + mantissa) * 2 ** (exponent - 25)
}

export function encodeFloat16(value: number): number {
  f32[0] = value
  const bits = u32[0]
  const sign = (bits >>> 16) & 0x8000
  const magnitude = bits & 0x7fffffff
  if (magnitude > 0x7f800000) return sign | 0x7e00
  if (magnitude >= 0x477ff000) return sign | 0x7c00
  if (magnitude < 0x38800000) {
    // subnormal: adding 0.5 aligns the mantissa so that its unit is 2^-24, and rounds
    f32[0] = floatOfBits(magnitude) + 0.5
    return sign | (u32[0] - 0x3f000000)
  }
  const odd = (magnitude >>> 13) & 1
  return sign | ((magnitude - 0x38000000 + 0xfff + odd) >>> 13)
}

export function decodeBFloat16(bits: number): number {
  return floatOfBits((bits << 16) >>> 0)
}

export function encodeBFloat16(value: number): number {
  f32[0] = value
  const bits = u32[0]
  if ((bits & 0x7fffffff) > 0x7f800000) return 0x7fc0
  return (bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16
}

interface Float8Layout {
  readonly exponentBits: number
  readonly bias: number
  /** e5m2: infinities and NaNs as in IEEE; fn: NaN at all ones, no infinity; fnuz: NaN at 0x80, no infinity, no negative zero. */
  readonly kind: 'ieee' | 'fn' | 'fnuz'
}

const float8Layouts: Partial<Record<DType, Float8Layout>> = {
  float8_e5m2: { exponentBits: 5, bias: 15, kind: 'ieee' },
  float8_e4m3fn: { exponentBits: 4, bias: 7, kind: 'fn' },
  float8_e5m2fnuz: { exponentBits: 5, bias: 16, kind: 'fnuz' },
  float8_e4m3fnuz: { exponentBits: 4, bias: 8, kind: 'fnuz' },
}

function decodeFloat8(bits: number, { exponentBits, bias, kind }: Float8Layout): number {
  const mantissaBits = 7 - exponentBits
  const sign = bits & 0x80 ? -1 : 1
  const exponent = (bits & 0x7f) >> mantissaBits
  const mantissa = bits & ((1 << mantissaBits) - 1)
  if (kind === 'fnuz' && bits === 0x80) return Number.NaN
  if (kind === 'fn' && (bits & 0x7f) === 0x7f) return Number.NaN
  if (kind === 'ieee' && exponent === (1 << exponentBits) - 1) return mantissa ? Number.NaN : sign * Number.POSITIVE_INFINITY
  if (exponent === 0) return sign * mantissa * 2 ** (1 - bias - mantissaBits)
  return sign * ((1 << mantissaBits) + mantissa) * 2 ** (exponent - bias - mantissaBits)
}

/** Encodes by searching the 128 magnitudes: what is beyond the largest becomes infinity (e5m2), the largest (e4m3fn) or NaN (fnuz). */
function float8Encoder(layout: Float8Layout): (value: number) => number {
  const { kind } = layout
  const finite: number[] = []
  for (let bits = 0; bits < 128; bits++) {
    const value = decodeFloat8(bits, layout)
    if (Number.isFinite(value)) finite.push(value)
  }
  const top = finite.length
  // the value that the next code would have: halfway to it is where overflow begins
  finite.push(2 * finite[top - 1] - finite[top - 2])
  // fn has no infinity: it stays at its largest number
  const overflow = kind === 'fn' ? 0x7e : 0x7c
  return (value) => {
    const number = Math.fround(value)
    const negative = number < 0 || Object.is(number, -0)
    const sign = negative ? 0x80 : 0
    if (Number.isNaN(number)) return kind === 'fnuz' ? 0x80 : sign | 0x7f
    const magnitude = Math.abs(number)
    if (magnitude >= finite[top]) return kind === 'fnuz' ? 0x80 : sign | overflow
    let low = 0
    let high = top
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (finite[middle] <= magnitude) low = middle
      else high = middle
    }
    const below = magnitude - finite[low]
    const above = finite[high] - magnitude
    const code = below < above || (below === above && low % 2 === 0) ? low : high
    if (code === top) return kind === 'fnuz' ? 0x80 : sign | overflow
    if (kind === 'fnuz' && code === 0) return 0
    return sign | code
  }
}

const decodeTables = new Map<DType, Float32Array>()

/** The number behind every bit pattern, or undefined where a typed array's elements are the numbers already. */
export function decodeTable(dtype: DType): Float32Array | undefined {
  const known = decodeTables.get(dtype)
  if (known) return known
  let table: Float32Array | undefined
  if (dtype === 'float16' || dtype === 'complex32') table = Float32Array.from({ length: 65536 }, (_, bits) => decodeFloat16(bits))
  else if (dtype === 'bfloat16') table = Float32Array.from({ length: 65536 }, (_, bits) => decodeBFloat16(bits))
  else {
    const layout = float8Layouts[dtype]
    if (layout) table = Float32Array.from({ length: 256 }, (_, bits) => decodeFloat8(bits, layout))
  }
  if (table) decodeTables.set(dtype, table)
  return table
}

const encoders = new Map<DType, (value: number) => number>([
  ['float16', encodeFloat16],
  ['complex32', encodeFloat16],
  ['bfloat16', encodeBFloat16],
])

/** Number to bits, or undefined where a typed array does it. */
export function encoderOf(dtype: DType): ((value: number) => number) | undefined {
  const known = encoders.get(dtype)
  if (known) return known
  const layout = float8Layouts[dtype]
  if (!layout) return undefined
  const encode = float8Encoder(layout)
  encoders.set(dtype, encode)
  return encode
}

/** A number as a dtype would store it: rounded, wrapped, truncated. Int64 beyond 2^53 is left alone. */
export function roundTo(dtype: DType, value: number): number {
  switch (dtype) {
    case 'float32':
    case 'complex64':
      return Math.fround(value)
    case 'float64':
    case 'complex128':
      return value
    case 'bool':
      return value !== 0 ? 1 : 0
    case 'int64':
    case 'uint64':
      return Math.trunc(value)
    case 'int32':
      return value | 0
    case 'int16':
      return (value << 16) >> 16
    case 'int8':
      return (value << 24) >> 24
    case 'uint8':
      return value & 255
    case 'uint16':
      return value & 65535
    case 'uint32':
      return value >>> 0
    default: {
      const encode = encoderOf(dtype)
      return encode ? decodeTable(dtype)![encode(value)] : value
    }
  }
}
