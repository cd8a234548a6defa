/** Orthogonal polynomials of degree n, by their recurrences. Degrees are truncated to integers; negative ones give 0. */
import type { Dispatcher, Kernel, KernelTable } from '@tsjit/runtime/backend'
import { floatDType, mapNumbers, type Operand } from '../pointwise.ts'

type Polynomial = (x: number, n: number) => number

/** p0 = 1, p1(x), then `next(x, k, p[k], p[k-1])` gives p[k+1]. */
function recurrence(first: (x: number) => number, next: (x: number, k: number, q: number, p: number) => number): Polynomial {
  return (x, n) => {
    if (n === 0) return 1
    let p = 1
    let q = first(x)
    for (let k = 1; k < n && !Number.isNaN(q); k++) {
      const r = next(x, k, q, p)
      p = q
      q = r
    }
    return q
  }
}

const twoStep = (x: number, _: number, q: number, p: number) => 2 * x * q - p
const even = (n: number) => n % 2 === 0

const byT = recurrence((x) => x, twoStep)
const byU = recurrence((x) => 2 * x, twoStep)
const byV = recurrence((x) => 2 * x - 1, twoStep)
const byW = recurrence((x) => 2 * x + 1, twoStep)

const chebyshevT: Polynomial = (x, n) => {
  if (Math.abs(x) === 1) return x > 0 || even(n) ? 1 : -1
  return n > 6 && Math.abs(x) < 1 ? Math.cos(n * Math.acos(x)) : byT(x, n)
}

const chebyshevU: Polynomial = (x, n) => {
  if (Math.abs(x) === 1) return x > 0 || even(n) ? n + 1 : -(n + 1)
  if (n > 8 && Math.abs(x) < 1) {
    const angle = Math.acos(x)
    return Math.sin((n + 1) * angle) / Math.sin(angle)
  }
  return byU(x, n)
}

const chebyshevV: Polynomial = (x, n) => {
  if (Math.abs(x) === 1) return x > 0 ? 1 : even(n) ? 2 * n + 1 : -(2 * n + 1)
  if (n > 8 && Math.abs(x) < 1) {
    const angle = Math.acos(x)
    return Math.cos((n + 0.5) * angle) / Math.cos(angle / 2)
  }
  return byV(x, n)
}

const chebyshevW: Polynomial = (x, n) => {
  if (Math.abs(x) === 1) return x > 0 ? 2 * n + 1 : even(n) ? 1 : -1
  if (n > 8 && Math.abs(x) < 1) {
    const angle = Math.acos(x)
    return Math.sin((n + 0.5) * angle) / Math.sin(angle / 2)
  }
  return byW(x, n)
}

const shifted =
  (f: Polynomial): Polynomial =>
  (x, n) =>
    f(2 * x - 1, n)

const hermiteH = recurrence(
  (x) => 2 * x,
  (x, k, q, p) => 2 * x * q - 2 * k * p,
)
const hermiteHe = recurrence(
  (x) => x,
  (x, k, q, p) => x * q - k * p,
)
const laguerre = recurrence(
  (x) => 1 - x,
  (x, k, q, p) => ((2 * k + 1 - x) * q - k * p) / (k + 1),
)
const legendre = recurrence(
  (x) => x,
  (x, k, q, p) => ((2 * k + 1) * x * q - k * p) / (k + 1),
)

function kernel(f: Polynomial): Kernel {
  return (d: Dispatcher, x: Operand, n: Operand) => {
    const dtype = floatDType(d, [x, n])
    return mapNumbers(d, [x, n], { compute: dtype, output: dtype }, (value: number, degree: number) => {
      const whole = Math.trunc(degree)
      return whole < 0 ? 0 : f(value, whole)
    })
  }
}

const kinds: Readonly<Record<string, Polynomial>> = {
  chebyshev_polynomial_t: chebyshevT,
  chebyshev_polynomial_u: chebyshevU,
  chebyshev_polynomial_v: chebyshevV,
  chebyshev_polynomial_w: chebyshevW,
  shifted_chebyshev_polynomial_t: shifted(chebyshevT),
  shifted_chebyshev_polynomial_u: shifted(chebyshevU),
  shifted_chebyshev_polynomial_v: shifted(chebyshevV),
  shifted_chebyshev_polynomial_w: shifted(chebyshevW),
  hermite_polynomial_h: hermiteH,
  hermite_polynomial_he: hermiteHe,
  laguerre_polynomial_l: laguerre,
  legendre_polynomial_p: legendre,
}

export const polynomialKernels: KernelTable = Object.fromEntries(
  Object.entries(kinds).flatMap(([name, f]) => [
    [`aten::special_${name}(Tensor x, Tensor n) -> Tensor`, kernel(f)],
    [`aten::special_${name}.x_scalar(Scalar x, Tensor n) -> Tensor`, kernel(f)],
    [`aten::special_${name}.n_scalar(Tensor x, Scalar n) -> Tensor`, kernel(f)],
  ]),
)
