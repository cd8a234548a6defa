/** C's `fmod`, `remainder`, `rint`, `erf`, `tgamma`, … where JavaScript has no such function or a different one. */

/** Python's modulo as PyTorch computes it: `fmod(b + fmod(a, b), b)`. */
export function remainderFloat(a: number, b: number): number {
  return (b + (a % b)) % b
}

/** Rounds half to even. */
export function roundHalfEven(value: number): number {
  if (!Number.isFinite(value) || Math.abs(value) >= 4503599627370496) return value
  const floor = Math.floor(value)
  const fraction = value - floor
  const rounded = fraction < 0.5 ? floor : fraction > 0.5 ? floor + 1 : floor % 2 === 0 ? floor : floor + 1
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : rounded
}

/** IEEE remainder: the quotient rounds half to even. */
export function ieeeRemainder(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b) || !Number.isFinite(a) || b === 0) return Number.NaN
  if (!Number.isFinite(b)) return a
  const y = Math.abs(b)
  let x = Math.abs(a) % (2 * y)
  if (!Number.isFinite(2 * y)) x = Math.abs(a) % y
  if (x + x > y) {
    x -= y
    if (x + x >= y) x -= y
  }
  return a < 0 || Object.is(a, -0) ? -x : x
}

export function copysign(magnitude: number, sign: number): number {
  const negative = sign < 0 || Object.is(sign, -0)
  return negative ? -Math.abs(magnitude) : Math.abs(magnitude)
}

/** C's `pow`, which gives 1 for `1 ** nan` and `(-1) ** inf`, where JavaScript gives NaN. */
export function powFloat(base: number, exponent: number): number {
  if (base === 1 || (base === -1 && !Number.isFinite(exponent) && !Number.isNaN(exponent))) return 1
  return base ** exponent
}

/** Mantissa in [0.5, 1) and exponent. */
export function frexp(value: number): [number, number] {
  if (value === 0 || !Number.isFinite(value)) return [value, 0]
  const bits = new DataView(new ArrayBuffer(8))
  let bias = 0
  if (Math.abs(value) < 2 ** -1022) {
    value *= 2 ** 54
    bias = 54
  }
  bits.setFloat64(0, value)
  const high = bits.getUint32(0)
  const exponent = ((high >>> 20) & 0x7ff) - 1022
  bits.setUint32(0, (high & 0x800fffff) | (1022 << 20))
  return [bits.getFloat64(0), exponent - bias]
}

export function ldexp(mantissa: number, exponent: number): number {
  const steps = Math.min(3, Math.ceil(Math.abs(exponent) / 1023))
  let result = mantissa
  for (let i = 0; i < steps; i++) result *= 2 ** Math.floor((exponent + i) / steps)
  return result
}

const lanczos = [
  0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
]

/** tgamma: exact for the integers, Lanczos (g = 7, n = 9) elsewhere. */
export function gamma(x: number): number {
  if (x === -Infinity || (x < 0 && Number.isInteger(x))) return Number.NaN
  if (x === 0) return 1 / x
  if (x > 171.7) return Infinity
  if (Number.isInteger(x)) {
    let product = 1
    for (let i = 2; i < x; i++) product *= i
    return product
  }
  if (x < 0.5) return Math.PI / (Math.sin(Math.PI * x) * gamma(1 - x))
  const t = x - 1
  let sum = lanczos[0]
  for (let i = 1; i < 9; i++) sum += lanczos[i] / (t + i)
  const w = t + 7.5
  const half = w ** ((t + 0.5) / 2)
  return Math.sqrt(2 * Math.PI) * half * Math.exp(-w) * half * sum
}

/** log |gamma(x)|. */
export function lgamma(x: number): number {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? x : Infinity
  if (x <= 0 && Number.isInteger(x)) return Infinity
  if (x === 1 || x === 2) return 0
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * x))) - lgamma(1 - x)
  if (x > 1e7) {
    // Stirling's series
    return (x - 0.5) * Math.log(x) - x + 0.91893853320467278 + 1 / (12 * x)
  }
  const t = x - 1
  let sum = lanczos[0]
  for (let i = 1; i < 9; i++) sum += lanczos[i] / (t + i)
  const w = t + 7.5
  return 0.91893853320467278 + (t + 0.5) * Math.log(w) - w + Math.log(sum)
}

/** erf: Maclaurin series near zero, continued fraction of erfc (Lentz) farther out. */
export function erf(x: number): number {
  if (Number.isNaN(x)) return x
  if (Math.abs(x) < 2) {
    let term = x
    let sum = x
    for (let n = 1; n < 200; n++) {
      term *= (-x * x) / n
      const next = sum + term / (2 * n + 1)
      if (next === sum) break
      sum = next
    }
    return (2 / Math.sqrt(Math.PI)) * sum
  }
  return x > 0 ? 1 - erfc(x) : erfc(-x) - 1
}

export function erfc(x: number): number {
  if (Number.isNaN(x)) return x
  if (x < 2) return x < -2 ? 2 - erfc(-x) : 1 - erf(x)
  if (x > 27) return 0
  // erfc(x) = exp(-x^2) / sqrt(pi) * 1 / (x + (1/2) / (x + 1 / (x + (3/2) / (x + …))))
  let fraction = x
  for (let n = 120; n > 0; n--) fraction = x + n / 2 / fraction
  return Math.exp(-x * x) / Math.sqrt(Math.PI) / fraction
}
