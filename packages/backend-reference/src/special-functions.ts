/** The error function's and the gamma function's families, in float64. */

// Chebyshev coefficients of log(erfcx(x) / t) over u = 2t - 1, t = 2 / (2 + x), x >= 0; computed with mpmath
const erfcCoefficients = [
  -1.3026537197817094, 0.6419697923564902, 0.019476473204185836, -0.009561514786808632, -0.0009465953444820369, 0.00036683949785276145,
  4.252332480690777e-5, -2.0278578112534242e-5, -1.6242900046470256e-6, 1.3036558355805232e-6, 1.5626441722066142e-8, -8.523809591492654e-8,
  6.5290544390988515e-9, 5.059343495551469e-9, -9.91364156493033e-10, -2.273651222931836e-10, 9.646791102015527e-11, 2.3940380830391146e-12,
  -6.886027526497553e-12, 8.944879273090725e-13, 3.130921399342958e-13, -1.1270822361367252e-13, 3.810905255189232e-16,
  7.106097613609237e-15, -1.5230282014571043e-15, -9.457494571291233e-17, 1.210237189224279e-16, -2.816663087747177e-17,
]

/** Clenshaw's sum. */
function logErfcxOverT(t: number): number {
  const twice = 4 * t - 2
  let d = 0
  let dd = 0
  for (let j = erfcCoefficients.length - 1; j > 0; j--) {
    const saved = d
    d = twice * d - dd + erfcCoefficients[j]
    dd = saved
  }
  return 0.5 * (erfcCoefficients[0] + twice * d) - dd
}

function erfcPositive(x: number): number {
  if (x > 27.3) return 0
  const t = 2 / (2 + x)
  return t * Math.exp(-x * x + logErfcxOverT(t))
}

export function erfc(x: number): number {
  if (Math.abs(x) < 0.5) return 1 - erf(x)
  return x >= 0 ? erfcPositive(x) : 2 - erfcPositive(-x)
}

export function erf(x: number): number {
  if (Number.isNaN(x)) return x
  const size = Math.abs(x)
  if (size < 0.5) {
    // Taylor: alternating, and small enough to lose nothing
    const square = x * x
    let term = x
    let sum = x
    for (let n = 1; n < 18; n++) {
      term *= -square / n
      sum += term / (2 * n + 1)
    }
    return (2 / Math.sqrt(Math.PI)) * sum
  }
  return x > 0 ? 1 - erfcPositive(x) : erfcPositive(-x) - 1
}

/** exp(x²) erfc(x) */
export function erfcx(x: number): number {
  if (x < 0) return x < -26.7 ? Number.POSITIVE_INFINITY : 2 * Math.exp(x * x) - erfcx(-x)
  if (x > 1e7) return 1 / (x * Math.sqrt(Math.PI))
  const t = 2 / (2 + x)
  return t * Math.exp(logErfcxOverT(t))
}

/** Acklam's rational start for the normal quantile, refined by Halley's step. */
export function ndtri(p: number): number {
  if (p === 0) return Number.NEGATIVE_INFINITY
  if (p === 1) return Number.POSITIVE_INFINITY
  if (!(p > 0 && p < 1)) return Number.NaN
  const flip = p > 0.5
  let x = quantileStart(flip ? 1 - p : p)
  const target = flip ? 1 - p : p
  for (let i = 0; i < 2; i++) {
    const error = 0.5 * erfc(-x / Math.SQRT2) - target
    const step = error * Math.sqrt(2 * Math.PI) * Math.exp((x * x) / 2)
    x -= step / (1 + (x * step) / 2)
  }
  return flip ? -x : x
}

function quantileStart(p: number): number {
  if (p < 0.02425) {
    const q = Math.sqrt(-2 * Math.log(p))
    return (
      (((((-0.007784894002430293 * q - 0.3223964580411365) * q - 2.400758277161838) * q - 2.549732539343734) * q + 4.374664141464968) * q +
        2.938163982698783) /
      ((((0.007784695709041462 * q + 0.3224671290700398) * q + 2.445134137142996) * q + 3.754408661907416) * q + 1)
    )
  }
  const q = p - 0.5
  const r = q * q
  return (
    ((((((-39.69683028665376 * r + 220.9460984245205) * r - 275.9285104469687) * r + 138.357751867269) * r - 30.66479806614716) * r +
      2.506628277459239) *
      q) /
    (((((-54.47609879822406 * r + 161.5858368580409) * r - 155.6989798598866) * r + 66.80131188771972) * r - 13.28068155288572) * r + 1)
  )
}

export function erfinv(y: number): number {
  if (Math.abs(y) > 1 || Number.isNaN(y)) return Number.NaN
  if (Math.abs(y) === 1) return y * Number.POSITIVE_INFINITY
  if (Math.abs(y) < 1e-8) return (y * Math.sqrt(Math.PI)) / 2
  let x = -ndtri((1 - Math.abs(y)) / 2) / Math.SQRT2
  // Newton on erf itself keeps digits near zero
  const size = Math.abs(y)
  if (size < 0.5) for (let i = 0; i < 2; i++) x -= (erf(x) - size) / ((2 / Math.sqrt(Math.PI)) * Math.exp(-x * x))
  return y < 0 ? -x : x
}

export const ndtr = (x: number): number => 0.5 * erfc(-x / Math.SQRT2)

export function logNdtr(x: number): number {
  const t = x / Math.SQRT2
  return x < -1 ? Math.log(erfcx(-t) / 2) - t * t : Math.log1p(-erfc(t) / 2)
}

// Lanczos, g = 7
const lanczos = [
  0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531, -176.6150291621406, 12.507343278686905,
  -0.13857109526572012, 9.984369578019572e-6, 1.5056327351493116e-7,
]

/** log |gamma(x)| */
export function lgamma(x: number): number {
  if (Number.isNaN(x)) return x
  if (!Number.isFinite(x)) return Number.POSITIVE_INFINITY
  if (x <= 0 && Number.isInteger(x)) return Number.POSITIVE_INFINITY
  if (x < 0.5) return Math.log(Math.PI / Math.abs(Math.sin(Math.PI * (x % 2)))) - lgamma(1 - x)
  if (x === 1 || x === 2) return 0
  if (x > 15) return stirling(x)
  if (Math.abs(x - 1) < 0.3) return lgammaNearOne(x - 1)
  if (Math.abs(x - 2) < 0.3) return lgammaNearOne(x - 2) + Math.log1p(x - 2)
  const z = x - 1
  let sum = lanczos[0]
  for (let i = 1; i < 9; i++) sum += lanczos[i] / (z + i)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** log gamma(1 + z) for small z by its series, whose coefficients are zeta(k) / k. */
function lgammaNearOne(z: number): number {
  let sum = -0.5772156649015329 * z
  let power = z
  for (let k = 2; k < 40; k++) {
    power *= -z
    sum -= (zetaMinusOne(k) + 1) * (power / k)
  }
  return sum
}

const zetaValues: number[] = []

function zetaMinusOne(k: number): number {
  zetaValues[k] ??= zeta(k, 2)
  return zetaValues[k]
}

function stirling(x: number): number {
  const square = 1 / (x * x)
  const series =
    (1 / 12 + square * (-1 / 360 + square * (1 / 1260 + square * (-1 / 1680 + square * (1 / 1188 - (square * 691) / 360360))))) / x
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series
}

export function digamma(x: number): number {
  if (x === 0) return Object.is(x, -0) ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY
  if (x === Number.NEGATIVE_INFINITY) return Number.NaN
  if (x < 0) {
    if (Number.isInteger(x)) return Number.NaN
    return digamma(1 - x) - Math.PI / Math.tan(Math.PI * (x % 1))
  }
  let result = 0
  let z = x
  while (z < 12) result -= 1 / z++
  const square = 1 / (z * z)
  const series =
    square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32760)))))
  return result + Math.log(z) - 0.5 / z - series
}

// B(2k) / (2k)!
const bernoulli = [
  1 / 12,
  -1 / 720,
  1 / 30240,
  -1 / 1209600,
  1 / 47900160,
  -691 / 1307674368000,
  1 / 74724249600,
  -3617 / 10670622842880000,
  43867 / 5109094217170944000,
]

/** Hurwitz's zeta by Euler and Maclaurin: sum over k of 1 / (k + q)^x. */
export function zeta(x: number, q: number): number {
  if (x === 1) return Number.POSITIVE_INFINITY
  if (x < 1) return Number.NaN
  if (q <= 0) {
    if (Number.isInteger(q)) return Number.POSITIVE_INFINITY
    if (!Number.isInteger(x)) return Number.NaN
  }
  let sum = 0
  let a = q
  let power = 0
  for (let i = 0; i < 12 || a <= 9; i++, a++) {
    power = a ** -x
    sum += power
    if (Math.abs(power) < 1e-17 * Math.abs(sum) && a > 0) return sum
  }
  sum += a ** (1 - x) / (x - 1) + a ** -x / 2
  let factor = x
  let term = a ** (-x - 1)
  for (let k = 0; k < bernoulli.length; k++) {
    const add = bernoulli[k] * factor * term
    sum += add
    if (Math.abs(add) < 1e-17 * Math.abs(sum)) break
    factor *= (x + 2 * k + 1) * (x + 2 * k + 2)
    term /= a * a
  }
  return sum
}

/** The n-th derivative of digamma. */
export function polygamma(n: number, x: number): number {
  if (n === 0) return digamma(x)
  if (n === 1) return trigamma(x)
  return (n % 2 ? 1 : -1) * Math.exp(lgamma(n + 1)) * zeta(n + 1, x)
}

function trigamma(x: number): number {
  if (x < 0.5) {
    const s = Math.sin(Math.PI * x)
    return (Math.PI * Math.PI) / (s * s) - trigamma(1 - x)
  }
  return zeta(2, x)
}

/** The regularised lower incomplete gamma function P(a, x). */
export function igamma(a: number, x: number): number {
  if (x < 0 || a < 0 || Number.isNaN(a) || Number.isNaN(x)) return Number.NaN
  if (a === 0) return x > 0 ? 1 : Number.NaN
  if (x === 0) return 0
  if (!Number.isFinite(a)) return Number.isFinite(x) ? 0 : Number.NaN
  if (!Number.isFinite(x)) return 1
  return x < a + 1 ? igammaSeries(a, x) : 1 - igammaFraction(a, x)
}

/** The regularised upper incomplete gamma function Q(a, x). */
export function igammac(a: number, x: number): number {
  if (x < 0 || a < 0 || Number.isNaN(a) || Number.isNaN(x)) return Number.NaN
  if (a === 0) return x > 0 ? 0 : Number.NaN
  if (x === 0) return 1
  if (!Number.isFinite(a)) return Number.isFinite(x) ? 1 : Number.NaN
  if (!Number.isFinite(x)) return 0
  return x < a + 1 ? 1 - igammaSeries(a, x) : igammaFraction(a, x)
}

function igammaSeries(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < 10000 && Math.abs(term) > Math.abs(sum) * 1e-17; n++) {
    term *= x / (a + n)
    sum += term
  }
  return sum * Math.exp(-x + a * Math.log(x) - lgamma(a))
}

function igammaFraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1e300
  let d = 1 / b
  let h = d
  for (let i = 1; i < 10000; i++) {
    const an = -i * (i - a)
    b += 2
    d = an * d + b
    if (Math.abs(d) < 1e-300) d = 1e-300
    c = b + an / c
    if (Math.abs(c) < 1e-300) c = 1e-300
    d = 1 / d
    const step = d * c
    h *= step
    if (Math.abs(step - 1) < 1e-16) break
  }
  return Math.exp(-x + a * Math.log(x) - lgamma(a)) * h
}
