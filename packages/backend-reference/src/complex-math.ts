/** Complex functions of a real and an imaginary part. */
import type { Pair } from './pointwise.ts'

export const multiply = (ar: number, ai: number, br: number, bi: number): Pair => [ar * br - ai * bi, ar * bi + ai * br]

/** Scaled as C++ does, so that intermediate squares do not overflow. */
export function divide(ar: number, ai: number, br: number, bi: number): Pair {
  if (Math.abs(br) >= Math.abs(bi)) {
    if (br === 0 && bi === 0) return [ar / Math.abs(br), ai / Math.abs(bi)]
    const ratio = bi / br
    const scale = 1 / (br + bi * ratio)
    return [(ar + ai * ratio) * scale, (ai - ar * ratio) * scale]
  }
  const ratio = br / bi
  const scale = 1 / (br * ratio + bi)
  return [(ar * ratio + ai) * scale, (ai * ratio - ar) * scale]
}

export const abs = (re: number, im: number): number => Math.hypot(re, im)
export const angle = (re: number, im: number): number => Math.atan2(im, re)

export function exp(re: number, im: number): Pair {
  const scale = Math.exp(re)
  return im === 0 ? [scale, im] : [scale * Math.cos(im), scale * Math.sin(im)]
}

export const log = (re: number, im: number): Pair => [logAbs(re, im), Math.atan2(im, re)]

function logAbs(re: number, im: number): number {
  const x = Math.abs(re)
  const y = Math.abs(im)
  const big = Math.max(x, y)
  const small = Math.min(x, y)
  if (big > 0.5 && big < 2) return 0.5 * Math.log1p((big - 1) * (big + 1) + small * small)
  return Math.log(Math.hypot(re, im))
}

export function sqrt(re: number, im: number): Pair {
  if (re === 0 && im === 0) return [0, im]
  if (!Number.isFinite(im) && !Number.isNaN(im)) return [Number.POSITIVE_INFINITY, im]
  const root = Math.sqrt((Math.abs(re) + Math.hypot(re, im)) / 2)
  if (re >= 0) return [root, im / (2 * root)]
  return [Math.abs(im) / (2 * root), im < 0 || Object.is(im, -0) ? -root : root]
}

export const sinh = (re: number, im: number): Pair => [Math.sinh(re) * Math.cos(im), Math.cosh(re) * Math.sin(im)]
export const cosh = (re: number, im: number): Pair => [Math.cosh(re) * Math.cos(im), Math.sinh(re) * Math.sin(im)]

export function tanh(re: number, im: number): Pair {
  if (Math.abs(re) > 22) return [Math.sign(re), Math.abs(re) > 350 ? 0 : 4 * Math.sin(im) * Math.cos(im) * Math.exp(-2 * Math.abs(re))]
  const tangent = Math.tan(im)
  const secant = 1 + tangent * tangent
  const s = Math.sinh(re)
  const denominator = 1 + secant * s * s
  return [(secant * Math.sqrt(1 + s * s) * s) / denominator, tangent / denominator]
}

const turn =
  (f: (re: number, im: number) => Pair) =>
  (re: number, im: number): Pair => {
    const [x, y] = f(-im, re)
    return [y, -x]
  }

export const sin = turn(sinh)
export const tan = turn(tanh)
export const cos = (re: number, im: number): Pair => cosh(-im, re)

/** Kahan's formulas, which keep digits near the branch points. */
export function asin(re: number, im: number): Pair {
  const [ar, ai] = sqrt(1 - re, -im)
  const [br, bi] = sqrt(1 + re, im)
  return [Math.atan2(re, ar * br - ai * bi), Math.asinh(ar * bi - ai * br)]
}

export const asinh = turn(asin)

export function acosh(re: number, im: number): Pair {
  const [ar, ai] = sqrt(re - 1, im)
  const [br, bi] = sqrt(re + 1, im)
  return [Math.asinh(ar * br + ai * bi), 2 * Math.atan2(ai, br)]
}

export function acos(re: number, im: number): Pair {
  const [ar, ai] = sqrt(1 - re, -im)
  const [br, bi] = sqrt(1 + re, im)
  return [2 * Math.atan2(ar, br), Math.asinh(br * ai - bi * ar)]
}

export function atanh(re: number, im: number): Pair {
  const real = 0.25 * Math.log1p((4 * re) / ((1 - re) * (1 - re) + im * im))
  const imaginary = 0.5 * Math.atan2(2 * im, (1 - re) * (1 + re) - im * im)
  return [real, imaginary]
}

export const atan = turn(atanh)

export function pow(ar: number, ai: number, br: number, bi: number): Pair {
  if (br === 0 && bi === 0) return [1, 0]
  if (ar === 0 && ai === 0) return bi === 0 && br > 0 ? [0, 0] : [Number.NaN, Number.NaN]
  if (bi === 0 && Number.isInteger(br) && Math.abs(br) <= 64) return powInteger(ar, ai, br)
  const [lr, li] = log(ar, ai)
  const [er, ei] = multiply(lr, li, br, bi)
  return exp(er, ei)
}

function powInteger(re: number, im: number, exponent: number): Pair {
  let result: Pair = [1, 0]
  let base: Pair = [re, im]
  for (let n = Math.abs(exponent); n > 0; n >>= 1) {
    if (n & 1) result = multiply(result[0], result[1], base[0], base[1])
    base = multiply(base[0], base[1], base[0], base[1])
  }
  return exponent < 0 ? divide(1, 0, result[0], result[1]) : result
}

export function reciprocal(re: number, im: number): Pair {
  return divide(1, 0, re, im)
}

export function sign(re: number, im: number): Pair {
  const size = Math.hypot(re, im)
  return size === 0 ? [0, 0] : [re / size, im / size]
}

export function sigmoid(re: number, im: number): Pair {
  const [er, ei] = exp(-re, -im)
  return divide(1, 0, 1 + er, ei)
}

export function expm1(re: number, im: number): Pair {
  const half = Math.sin(im / 2)
  const scale = Math.expm1(re)
  return [scale * Math.cos(im) - 2 * half * half, Math.exp(re) * Math.sin(im)]
}

export function log1p(re: number, im: number): Pair {
  const size = re * (2 + re) + im * im
  return [Math.abs(size) < 0.5 ? 0.5 * Math.log1p(size) : logAbs(1 + re, im), Math.atan2(im, 1 + re)]
}
