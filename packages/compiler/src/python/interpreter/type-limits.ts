import { PythonType } from '../python-object.ts'
import { raise } from './python-error.ts'
import { PyConstant } from './values.ts'

/** Bits of the exponent and of the fraction, by the names of PyTorch and NumPy. */
const floats: Readonly<Record<string, readonly [exponent: number, fraction: number]>> = {
  float16: [5, 10],
  bfloat16: [8, 7],
  float32: [8, 23],
  float64: [11, 52],
}
const codes: Readonly<Record<number, string>> = {
  0: 'uint8',
  1: 'int8',
  2: 'int16',
  3: 'int32',
  4: 'int64',
  5: 'float16',
  6: 'float32',
  7: 'float64',
  15: 'bfloat16',
}

function dtypeName(dtype: unknown): string {
  if (dtype === undefined) return 'float32'
  if (dtype instanceof PyConstant && typeof dtype.value === 'number') return codes[dtype.value] ?? ''
  return dtype instanceof PythonType ? dtype.name : ''
}

/** `torch.finfo(dtype)`, `numpy.finfo(dtype)`: IEEE 754's numbers. */
export function floatLimits(dtype: unknown): PyConstant {
  const name = dtypeName(dtype)
  if (!Object.hasOwn(floats, name)) return raise('TypeError', 'torch.finfo() requires a floating point input type')
  const [exponent, fraction] = floats[name]
  const bias = 2 ** (exponent - 1) - 1
  const max = (2 - 2 ** -fraction) * 2 ** bias
  const tiny = 2 ** (1 - bias)
  const eps = 2 ** -fraction
  const bits = BigInt(1 + exponent + fraction)
  return new PyConstant('finfo', { eps, max, min: -max, tiny, smallest_normal: tiny, bits, dtype: name })
}

/** `torch.iinfo(dtype)`, `numpy.iinfo(dtype)`. */
export function integerLimits(dtype: unknown): PyConstant {
  const [, unsigned, digits] = /^(u?)int(8|16|32|64)$/.exec(dtypeName(dtype)) ?? []
  if (digits === undefined) return raise('TypeError', 'torch.iinfo() requires an integer input type')
  const bits = BigInt(digits)
  const [min, max] = unsigned ? [0n, 2n ** bits - 1n] : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]
  return new PyConstant('iinfo', { min, max, bits, dtype: dtypeName(dtype) })
}
