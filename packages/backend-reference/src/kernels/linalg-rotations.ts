/** Plane rotations as LAPACK makes and applies them (lartg, laev2, lasr): with the same choices the same signs come out. */
import type { Matrix } from './linalg-matrix.ts'

export const withSign = (size: number, sign: number): number => (sign < 0 || Object.is(sign, -0) ? -Math.abs(size) : Math.abs(size))

export interface Rotation {
  readonly c: number
  readonly s: number
  /** What the rotated pair's first number becomes; the second becomes 0. */
  readonly r: number
}

/** [c s; -s c] (f, g) = (r, 0). */
export function rotation(f: number, g: number): Rotation {
  if (g === 0) return { c: 1, s: 0, r: f }
  if (f === 0) return { c: 0, s: 1, r: g }
  const size = Math.hypot(f, g)
  const [c, s] = [f / size, g / size]
  return Math.abs(f) > Math.abs(g) && c < 0 ? { c: -c, s: -s, r: -size } : { c, s, r: size }
}

/** Eigenvalues of [[a, b], [b, c]], the one of larger size first, with the unit eigenvector (cs, sn) of the first. */
export function symmetricPair(a: number, b: number, c: number): { first: number; second: number; cs: number; sn: number } {
  const sum = a + c
  const difference = a - c
  const twice = b + b
  const [most, least] = Math.abs(a) > Math.abs(c) ? [a, c] : [c, a]
  const root = Math.hypot(difference, twice)
  const sign1 = sum < 0 ? -1 : 1
  let [first, second] = [root / 2, -root / 2]
  if (sum !== 0) {
    first = (sum + sign1 * root) / 2
    second = (most / first) * least - (b / first) * b
  }
  const sign2 = difference >= 0 ? 1 : -1
  const base = difference + sign2 * root
  let [cs, sn] = [1, 0]
  if (Math.abs(base) > Math.abs(twice)) {
    const cotangent = -twice / base
    sn = 1 / Math.sqrt(1 + cotangent * cotangent)
    cs = cotangent * sn
  } else if (twice !== 0) {
    const tangent = -base / twice
    cs = 1 / Math.sqrt(1 + tangent * tangent)
    sn = tangent * cs
  }
  return sign1 === sign2 ? { first, second, cs: -sn, sn: cs } : { first, second, cs, sn }
}

/** Rotates columns j and j + 1: (x, y) to (c x + s y, c y - s x). */
export function rotateColumns(z: Matrix, j: number, c: number, s: number): void {
  for (let i = 0, at = j; i < z.rows; i++, at += z.columns) {
    const [x, y] = [z.re[at], z.re[at + 1]]
    z.re[at] = s * y + c * x
    z.re[at + 1] = c * y - s * x
  }
}

/** Exchanges columns. */
export function swapColumns(z: Matrix, p: number, q: number): void {
  for (let i = 0; i < z.rows; i++) {
    for (const part of [z.re, z.im]) {
      const kept = part[i * z.columns + p]
      part[i * z.columns + p] = part[i * z.columns + q]
      part[i * z.columns + q] = kept
    }
  }
}
