/**
 * Elementary functions in double-double arithmetic (Dekker, Knuth), rounded once to float64. The engine's own differ from the C library's in the last
 * bit, and the numbers of PyTorch's random distributions are compared bit for bit.
 */

/** A number as an unevaluated sum of two float64. */
export interface Wide {
  readonly hi: number
  readonly lo: number
}

const splitter = 134217729

function product(a: number, b: number): Wide {
  const hi = a * b
  const ta = splitter * a
  const ah = ta - (ta - a)
  const al = a - ah
  const tb = splitter * b
  const bh = tb - (tb - b)
  const bl = b - bh
  return { hi, lo: ah * bh - hi + ah * bl + al * bh + al * bl }
}

function sum(a: number, b: number): Wide {
  const hi = a + b
  const v = hi - a
  return { hi, lo: a - (hi - v) + (b - v) }
}

function add(a: Wide, b: Wide): Wide {
  const high = sum(a.hi, b.hi)
  const low = sum(a.lo, b.lo)
  const first = sum(high.hi, high.lo + low.hi)
  return sum(first.hi, first.lo + low.lo)
}

function multiply(a: Wide, b: Wide): Wide {
  const { hi, lo } = product(a.hi, b.hi)
  return sum(hi, lo + (a.hi * b.lo + a.lo * b.hi))
}

function divide(a: Wide, b: Wide): Wide {
  const q1 = a.hi / b.hi
  const r1 = add(a, multiply(b, { hi: -q1, lo: 0 }))
  const q2 = r1.hi / b.hi
  const r2 = add(r1, multiply(b, { hi: -q2, lo: 0 }))
  return add(sum(q1, q2), { hi: r2.hi / b.hi, lo: 0 })
}

const ln2: Wide = { hi: Math.LN2, lo: 2.3190468138462996e-17 }
const halfPi = [1.5707963267948966, 6.123233995736766e-17, -1.4973849048591833e-33] as const

/** 1 / n! for n = 0, 1, … */
const inverseFactorials: readonly Wide[] = (() => {
  const result: Wide[] = [{ hi: 1, lo: 0 }]
  for (let n = 1; n < 30; n++) result.push(divide(result[n - 1], { hi: n, lo: 0 }))
  return result
})()

function expWide(x: Wide): Wide {
  const k = Math.round(x.hi / ln2.hi)
  const reduced = add(x, multiply(ln2, { hi: -k, lo: 0 }))
  const r = { hi: reduced.hi / 64, lo: reduced.lo / 64 }
  let result = inverseFactorials[11]
  for (let n = 10; n >= 0; n--) result = add(multiply(result, r), inverseFactorials[n])
  for (let i = 0; i < 6; i++) result = multiply(result, result)
  const half = Math.trunc(k / 2)
  const scale = 2 ** half
  const rest = 2 ** (k - half)
  return { hi: result.hi * scale * rest, lo: result.lo * scale * rest }
}

/** The exponential function. */
export function exactExp(x: number): number {
  if (!(x > -700 && x < 700)) return Math.exp(x)
  return expWide({ hi: x, lo: 0 }).hi
}

/** The natural logarithm. */
export function exactLog(x: number): number {
  const first = Math.log(x)
  if (!Number.isFinite(first) || x < 1e-290 || x > 1e290) return first
  // log x = y + log(x e^-y), and the second logarithm is of a number very close to 1
  const ratio = multiply({ hi: x, lo: 0 }, expWide({ hi: -first, lo: 0 }))
  const d = add(ratio, { hi: -1, lo: 0 })
  return add({ hi: first, lo: 0 }, { hi: d.hi, lo: d.lo - (d.hi * d.hi) / 2 }).hi
}

/**
 * log(1 + x) as the C library of Linux rounds it, which is not always to nearest: Sun's algorithm (k ln 2 + log of the rest by a polynomial in
 * s = f / (2 + f)), its polynomial summed in pairs, products and sums fused.
 */
export function exactLog1p(x: number): number {
  if (x >= -0.2929 && x <= 0.4142) {
    if (Math.abs(x) < 2 ** -29) return Math.log1p(x)
    return log1pCore(x, 0, 0, 0.5 * x * x)
  }
  if (!(x > -1) || x >= 2 ** 53) return Math.log1p(x)
  let u = 1 + x
  doubles[0] = u
  let k = (words[1] >> 20) - 1023
  let c = k > 0 ? 1 - (u - x) : x - (u - 1)
  c /= u
  let mantissa = words[1] & 0xfffff
  if (mantissa < 0x6a09e) words[1] = mantissa | 0x3ff00000
  else {
    k += 1
    words[1] = mantissa | 0x3fe00000
    mantissa = (0x100000 - mantissa) >> 2
  }
  u = doubles[0]
  const f = u - 1
  const half = 0.5 * f * f
  if (mantissa === 0) {
    if (f === 0) return k === 0 ? 0 : fma(k, ln2High, fma(k, ln2Low, c))
    const r = half * fma(-0.6666666666666666, f, 1)
    return k === 0 ? f - r : fma(k, ln2High, -(r - fma(k, ln2Low, c) - f))
  }
  return log1pCore(f, k, c, half)
}

const doubles = new Float64Array(1)
const words = new Int32Array(doubles.buffer)
const ln2High = 0.6931471803691238
const ln2Low = 1.9082149292705877e-10
const log1pTerms = [
  0.6666666666666735, 0.3999999999940942, 0.2857142874366239, 0.22222198432149784, 0.1818357216161805, 0.15313837699209373,
  0.14798198605116586,
] as const

function log1pCore(f: number, k: number, c: number, half: number): number {
  const s = f / (2 + f)
  const z = s * s
  const [p1, p2, p3, p4, p5, p6, p7] = log1pTerms
  const z2 = z * z
  const z4 = z2 * z2
  const z6 = z4 * z2
  const r = fma(z6, fma(z, p7, p6), fma(z4, fma(z, p5, p4), fma(z, p1, z2 * fma(z, p3, p2))))
  const tail = s * (half + r)
  return k === 0 ? f - (half - tail) : fma(k, ln2High, -(half - (fma(k, ln2Low, c) + tail) - f))
}

const fma = fusedMultiplyAdd

/** Sine and cosine for |x| below some thousands. */
function sineCosine(x: number): [Wide, Wide] {
  const k = Math.round(x / halfPi[0])
  let r: Wide = { hi: x, lo: 0 }
  for (const part of halfPi) r = add(r, product(part, -k))
  const square = multiply(r, r)
  const minusSquare = { hi: -square.hi, lo: -square.lo }
  let sine = inverseFactorials[27]
  let cosine = inverseFactorials[28]
  for (let n = 25; n >= 1; n -= 2) sine = add(multiply(sine, minusSquare), inverseFactorials[n])
  for (let n = 26; n >= 0; n -= 2) cosine = add(multiply(cosine, minusSquare), inverseFactorials[n])
  sine = multiply(sine, r)
  const negative = (a: Wide): Wide => ({ hi: -a.hi, lo: -a.lo })
  switch (((k % 4) + 4) % 4) {
    case 0:
      return [sine, cosine]
    case 1:
      return [cosine, negative(sine)]
    case 2:
      return [negative(sine), negative(cosine)]
    default:
      return [negative(cosine), sine]
  }
}

export function exactSinCos(x: number): [number, number] {
  const [sine, cosine] = sineCosine(x)
  return [sine.hi, cosine.hi]
}

export function exactTan(x: number): number {
  const [sine, cosine] = sineCosine(x)
  return divide(sine, cosine).hi
}

/** a * b + c with one rounding. */
export function fusedMultiplyAdd(a: number, b: number, c: number): number {
  if (b === 1) return a + c
  const p = product(a, b)
  const s = sum(p.hi, c)
  return s.hi + (s.lo + p.lo)
}
