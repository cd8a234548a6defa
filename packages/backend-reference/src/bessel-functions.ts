/** Bessel functions of orders 0 and 1 and Airy's, in float64: power series for small arguments, asymptotic series for large. */

/** Sum of (±x²/4)^k / (k! (k+n)!) times (x/2)^n. */
function powerSeries(x: number, order: 0 | 1, alternate: boolean): number {
  const quarter = ((alternate ? -1 : 1) * x * x) / 4
  let term = order === 0 ? 1 : x / 2
  let sum = term
  for (let k = 1; k < 500; k++) {
    term *= quarter / (k * (k + order))
    sum += term
    if (Math.abs(term) < 1e-18 * Math.abs(sum)) break
  }
  return sum
}

/** Terms of the asymptotic series: a_k(order) / x^k, until they are smallest. */
function asymptotic(order: number, x: number): number[] {
  const mu = 4 * order * order
  const terms = [1]
  for (let k = 1; k < 60; k++) {
    const next = (terms[k - 1] * (mu - (2 * k - 1) ** 2)) / (k * 8 * x)
    if (Math.abs(next) > Math.abs(terms[k - 1]) || Math.abs(next) < 1e-18) break
    terms.push(next)
  }
  return terms
}

function modifiedI(order: 0 | 1, x: number, scaled: boolean): number {
  const size = Math.abs(x)
  const sign = order === 1 && x < 0 ? -1 : 1
  if (Number.isNaN(x)) return x
  if (!Number.isFinite(x)) return scaled ? 0 : sign * size
  if (size < 25) return sign * powerSeries(size, order, false) * (scaled ? Math.exp(-size) : 1)
  let sum = 0
  for (const [k, term] of asymptotic(order, size).entries()) sum += k % 2 ? -term : term
  const base = sum / Math.sqrt(2 * Math.PI * size)
  return sign * (scaled ? base : base * Math.exp(size / 2) * Math.exp(size / 2))
}

export const besselI0 = (x: number): number => modifiedI(0, x, false)
export const besselI0e = (x: number): number => modifiedI(0, x, true)
export const besselI1 = (x: number): number => modifiedI(1, x, false)
export const besselI1e = (x: number): number => modifiedI(1, x, true)

/** exp(x) K(x) by its integral over exp(-x (cosh t - 1)) cosh(order t): the trapezoid rule converges geometrically. */
function modifiedK(order: number, x: number, scaled: boolean): number {
  if (x === 0) return Number.POSITIVE_INFINITY
  if (!(x > 0)) return Number.NaN
  if (!Number.isFinite(x)) return 0
  const step = 1 / 64
  let sum = 0.5
  for (let i = 1; i < 4000; i++) {
    const t = i * step
    // cosh t - 1 without losing digits
    const half = Math.sinh(t / 2)
    const term = Math.exp(-2 * x * half * half) * (order === 0 ? 1 : Math.cosh(order * t))
    sum += term
    if (term < 1e-18 * sum) break
  }
  return sum * step * (scaled ? 1 : Math.exp(-x))
}

export const besselK0 = (x: number): number => modifiedK(0, x, false)
export const besselK1 = (x: number): number => modifiedK(1, x, false)
export const besselK0e = (x: number): number => modifiedK(0, x, true)
export const besselK1e = (x: number): number => modifiedK(1, x, true)

/** J(x) = 1/π ∫ cos(order t - x sin t) dt over [0, π]: periodic, so that the trapezoid rule is exact once it is fine enough. */
function integralJ(order: 0 | 1, x: number): number {
  const n = 64 + 2 * Math.ceil(x)
  let sum = 0
  for (let i = 0; i < n; i++) {
    const t = ((i + 0.5) * Math.PI) / n
    sum += Math.cos(order * t - x * Math.sin(t))
  }
  return sum / n
}

function phaseAmplitude(order: 0 | 1, x: number): { p: number; q: number; angle: number } {
  let p = 0
  let q = 0
  asymptotic(order, x).forEach((term, k) => {
    const signed = k % 4 < 2 ? term : -term
    if (k % 2) q += signed
    else p += signed
  })
  return { p, q, angle: x - Math.PI * (order / 2 + 0.25) }
}

function firstKind(order: 0 | 1, x: number): number {
  if (Number.isNaN(x)) return x
  if (!Number.isFinite(x)) return 0
  const size = Math.abs(x)
  const sign = order === 1 && x < 0 ? -1 : 1
  if (size < 8) return sign * powerSeries(size, order, true)
  if (size < 30) return sign * integralJ(order, size)
  const { p, q, angle } = phaseAmplitude(order, size)
  return sign * Math.sqrt(2 / (Math.PI * size)) * (p * Math.cos(angle) - q * Math.sin(angle))
}

export const besselJ0 = (x: number): number => firstKind(0, x)
export const besselJ1 = (x: number): number => firstKind(1, x)

const euler = 0.5772156649015329

function secondKind(order: 0 | 1, x: number): number {
  if (x === 0) return Number.NEGATIVE_INFINITY
  if (!(x > 0)) return Number.NaN
  if (!Number.isFinite(x)) return 0
  if (x < 8) return secondKindSeries(order, x)
  if (x < 30) return secondKindIntegral(order, x)
  const { p, q, angle } = phaseAmplitude(order, x)
  return Math.sqrt(2 / (Math.PI * x)) * (p * Math.sin(angle) + q * Math.cos(angle))
}

function secondKindSeries(order: 0 | 1, x: number): number {
  const quarter = (x * x) / 4
  let sum = 0
  let term = order === 0 ? 1 : x / 2
  let harmonic = 0
  for (let k = 0; k < 200; k++) {
    if (k > 0) {
      term *= -quarter / (k * (k + order))
      harmonic += 1 / k
    }
    // psi(k + 1) + psi(k + order + 1), without the two gammas
    sum += term * (order === 0 ? harmonic : harmonic + harmonic + 1 / (k + 1))
    if (k > 4 && Math.abs(term) < 1e-19) break
  }
  const log = Math.log(x / 2) + euler
  if (order === 0) return (2 / Math.PI) * (log * powerSeries(x, 0, true) - sum)
  return -2 / (Math.PI * x) + (2 / Math.PI) * log * powerSeries(x, 1, true) - sum / Math.PI
}

/** Y(x) = 1/π ∫ sin(x sin t - order t) dt - 1/π ∫ (e^(order u) + (-1)^order e^(-order u)) e^(-x sinh u) du, by Simpson's rule. */
function secondKindIntegral(order: 0 | 1, x: number): number {
  const simpson = (f: (t: number) => number, end: number, n: number) => {
    const step = end / n
    let sum = f(0) + f(end)
    for (let i = 1; i < n; i++) sum += (i % 2 ? 4 : 2) * f(i * step)
    return (sum * step) / 3
  }
  const first = simpson((t) => Math.sin(x * Math.sin(t) - order * t), Math.PI, 20000)
  const tail = simpson((u) => (Math.exp(order * u) + (order ? -1 : 1) * Math.exp(-order * u)) * Math.exp(-x * Math.sinh(u)), 3, 8000)
  return (first - tail) / Math.PI
}

export const besselY0 = (x: number): number => secondKind(0, x)
export const besselY1 = (x: number): number => secondKind(1, x)

const airyZero = 0.3550280538878172
const airySlope = 0.2588194037928068

/** Airy's function of the first kind. */
export function airyAi(x: number): number {
  if (Number.isNaN(x)) return x
  if (!Number.isFinite(x)) return x > 0 ? 0 : Number.NaN
  if (x > 103.892) return 0
  if (x >= 1) return (Math.sqrt(x / 3) / Math.PI) * modifiedK(1 / 3, (2 / 3) * x ** 1.5, false)
  if (x > -7) {
    const cube = x * x * x
    let f = 1
    let g = x
    let sumF = 1
    let sumG = x
    for (let k = 1; k < 200; k++) {
      f *= cube / (3 * k * (3 * k - 1))
      g *= cube / (3 * k * (3 * k + 1))
      sumF += f
      sumG += g
      if (Math.abs(f) < 1e-19 && Math.abs(g) < 1e-19) break
    }
    return airyZero * sumF - airySlope * sumG
  }
  const size = Math.abs(x)
  const z = (2 / 3) * size ** 1.5
  const terms = [1]
  for (let k = 1; k < 40; k++) {
    const next = (terms[k - 1] * (6 * k - 5) * (6 * k - 3) * (6 * k - 1)) / (216 * k * (2 * k - 1) * z)
    if (Math.abs(next) > Math.abs(terms[k - 1]) || Math.abs(next) < 1e-18) break
    terms.push(next)
  }
  const root = Math.sqrt(Math.PI) * size ** 0.25
  let p = 0
  let q = 0
  terms.forEach((term, k) => {
    const signed = k % 4 < 2 ? term : -term
    if (k % 2) q += signed
    else p += signed
  })
  const angle = z + Math.PI / 4
  return (p * Math.sin(angle) - q * Math.cos(angle)) / root
}
