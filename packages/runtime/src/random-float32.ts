/**
 * Logarithm, sine and cosine in float32 arithmetic after Moshier's Cephes library (`logf`, `sinf`, `cosf`), the polynomials that PyTorch's normal numbers
 * are made with on processors with AVX2. `a * b + c` is one rounding there (a fused multiply-add), as here.
 */

const { fround } = Math
/** float32 a * b + c: the product of two float32 is exact in float64. */
const fma = (a: number, b: number, c: number): number => fround(a * b + c)

const f32 = (values: readonly number[]): readonly number[] => values.map(fround)
const logCoefficients = f32([
  7.0376836292e-2, -1.151461031e-1, 1.167699874e-1, -1.2420140846e-1, 1.4249322787e-1, -1.6668057665e-1, 2.0000714765e-1, -2.4999993993e-1,
  3.3333331174e-1,
])
const logLow = fround(-2.1219444e-4)
const logHigh = fround(0.693359375)
const rootHalf = fround(Math.SQRT1_2)
const smallestNormal = 2 ** -126

const word = new Float32Array(1)
const bits = new Uint32Array(word.buffer)

/** ln x of a float32 x > 0. */
export function logFloat32(value: number): number {
  word[0] = Math.max(value, smallestNormal)
  let exponent = (bits[0] >>> 23) - 126
  bits[0] = (bits[0] & 0x807fffff) | 0x3f000000
  let x = word[0]
  if (x < rootHalf) {
    exponent -= 1
    x = fround(fround(x - 1) + x)
  } else x = fround(x - 1)
  const z = fround(x * x)
  let y = logCoefficients[0]
  for (let i = 1; i < 9; i++) y = fma(y, x, logCoefficients[i])
  y = fround(y * x)
  y = fma(y, z, fround(exponent * logLow))
  y = fma(-0.5, z, y)
  return fma(exponent, logHigh, fround(x + y))
}

const foldings = f32([-0.78515625, -0.00024187564849853516, -3.774894977445941e-8])
const sineCoefficients = f32([-1.9515295891e-4, 8.3321608736e-3, -1.6666654611e-1])
const cosineCoefficients = f32([2.443315711809948e-5, -1.388731625493765e-3, 4.166664568298827e-2])
const fourOverPi = fround(1.27323954473516)

/** Sine and cosine of a float32 in [0, 8192), into `out`. */
export function sinCosFloat32(value: number, out: { sine: number; cosine: number }): void {
  const octant = (Math.trunc(fround(value * fourOverPi)) + 1) & ~1
  let x = value
  for (const part of foldings) x = fma(octant, part, x)
  const z = fround(x * x)
  let even = fma(cosineCoefficients[0], z, cosineCoefficients[1])
  even = fma(even, z, cosineCoefficients[2])
  even = fround(fma(fround(even * z), z, fround(-0.5 * z)) + 1)
  let odd = fma(sineCoefficients[0], z, sineCoefficients[1])
  odd = fma(odd, z, sineCoefficients[2])
  odd = fma(fround(odd * z), x, x)
  const swapped = (octant & 2) !== 0
  const sine = swapped ? even : odd
  const cosine = swapped ? odd : even
  out.sine = octant & 4 ? -sine : sine
  out.cosine = (octant - 2) & 4 ? cosine : -cosine
}
