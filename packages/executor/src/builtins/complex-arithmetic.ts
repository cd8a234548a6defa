import { Complex } from '@tsjit/runtime'

/** Complex functions by their textbook definitions. */
export const complex = (re: number, im: number): Complex => new Complex(re, im)
export const toComplex = (value: Complex | number | bigint): Complex => (value instanceof Complex ? value : new Complex(Number(value), 0))

export const add = (a: Complex, b: Complex): Complex => complex(a.re + b.re, a.im + b.im)
export const sub = (a: Complex, b: Complex): Complex => complex(a.re - b.re, a.im - b.im)
export const mul = (a: Complex, b: Complex): Complex => complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)

/** Scales by the larger part of the divisor, so that nothing overflows on the way (Smith's method). */
export function div(a: Complex, b: Complex): Complex {
  const re = Math.abs(b.re)
  const im = Math.abs(b.im)
  if (re >= im) {
    if (re === 0 && im === 0) return complex(a.re / re, a.im / im)
    const ratio = b.im / b.re
    const scale = 1 / (b.re + b.im * ratio)
    return complex((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale)
  }
  const ratio = b.re / b.im
  const scale = 1 / (b.re * ratio + b.im)
  return complex((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale)
}

export const neg = (a: Complex): Complex => complex(-a.re, -a.im)
export const abs = (a: Complex): number => Math.hypot(a.re, a.im)
export const angle = (a: Complex): number => Math.atan2(a.im, a.re)
export const polar = (magnitude: number, phase: number): Complex => complex(magnitude * Math.cos(phase), magnitude * Math.sin(phase))
export function exp(a: Complex): Complex {
  if (a.im === 0) return complex(Math.exp(a.re), a.im)
  if (!Number.isFinite(a.im) && a.re === Infinity) return complex(Infinity, Number.NaN)
  if (!Number.isFinite(a.im) && a.re === -Infinity) return complex(0, 0)
  return polar(Math.exp(a.re), a.im)
}
export const log = (a: Complex): Complex => complex(Math.log(abs(a)), angle(a))
export const log10 = (a: Complex): Complex => complex(Math.log10(abs(a)), angle(a) / Math.LN10)

export function sqrt(a: Complex): Complex {
  if (a.re === 0 && a.im === 0) return complex(0, a.im)
  const t = Math.sqrt((Math.abs(a.re) + abs(a)) / 2)
  if (a.re >= 0) return complex(t, a.im / (2 * t))
  return complex(Math.abs(a.im) / (2 * t), a.im < 0 || Object.is(a.im, -0) ? -t : t)
}

export function pow(a: Complex, b: Complex): Complex {
  return exp(mul(b, log(a)))
}

export const sin = (a: Complex): Complex => complex(Math.sin(a.re) * Math.cosh(a.im), Math.cos(a.re) * Math.sinh(a.im))
export const cos = (a: Complex): Complex => complex(Math.cos(a.re) * Math.cosh(a.im), -Math.sin(a.re) * Math.sinh(a.im))
export const sinh = (a: Complex): Complex => complex(Math.sinh(a.re) * Math.cos(a.im), Math.cosh(a.re) * Math.sin(a.im))
export const cosh = (a: Complex): Complex => complex(Math.cosh(a.re) * Math.cos(a.im), Math.sinh(a.re) * Math.sin(a.im))

export function tanh(a: Complex): Complex {
  if (Math.abs(a.re) > 350) return complex(Math.sign(a.re), 0)
  const denominator = Math.sinh(a.re) ** 2 + Math.cos(a.im) ** 2
  return complex((Math.sinh(a.re) * Math.cosh(a.re)) / denominator, (Math.sin(a.im) * Math.cos(a.im)) / denominator)
}
const timesI = (a: Complex): Complex => complex(-a.im, a.re)
const timesMinusI = (a: Complex): Complex => complex(a.im, -a.re)
export const tan = (a: Complex): Complex => timesMinusI(tanh(timesI(a)))

/** asinh(z) from sqrt(1 - iz) and sqrt(1 + iz) (Kahan, "Branch cuts for complex elementary functions"). */
export function asinh(a: Complex): Complex {
  const plus = sqrt(complex(1 - a.im, a.re))
  const minus = sqrt(complex(1 + a.im, -a.re))
  // re: asinh(Re(sqrt(1 + iz) * conj(sqrt(1 - iz)))) in Kahan's notation for z = -iw
  return complex(Math.asinh(plus.re * minus.im * -1 + plus.im * minus.re), Math.atan2(a.im, plus.re * minus.re - plus.im * minus.im))
}
export const asin = (a: Complex): Complex => timesMinusI(asinh(timesI(a)))
export function acos(a: Complex): Complex {
  const minus = sqrt(complex(1 - a.re, -a.im))
  const plus = sqrt(complex(1 + a.re, a.im))
  return complex(2 * Math.atan2(minus.re, plus.re), Math.asinh(plus.re * minus.im - plus.im * minus.re))
}
export function acosh(a: Complex): Complex {
  const minus = sqrt(complex(a.re - 1, a.im))
  const plus = sqrt(complex(a.re + 1, a.im))
  return complex(Math.asinh(minus.re * plus.re + minus.im * plus.im), 2 * Math.atan2(minus.im, plus.re))
}
export function atanh(a: Complex): Complex {
  const re = 0.25 * Math.log(((1 + a.re) ** 2 + a.im ** 2) / ((1 - a.re) ** 2 + a.im ** 2))
  const im = 0.5 * Math.atan2(2 * a.im, (1 - a.re) * (1 + a.re) - a.im * a.im)
  return complex(re, im)
}
export const atan = (a: Complex): Complex => timesMinusI(atanh(timesI(a)))
