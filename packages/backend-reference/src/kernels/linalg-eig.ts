/** Eigenvalues and eigenvectors of general matrices: Hessenberg form, then shifted QR steps to triangular form, in complex numbers. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { checkMatrices, loadMatrices, Matrix, storeMatrices } from './linalg-matrix.ts'
import { applyQ, householder } from './linalg-qr.ts'
import { check, complexDType, fromComplex } from './nn-host.ts'

/** A = Z T Zᴴ with T upper triangular. */
function schur(a: Matrix): { t: Matrix; z: Matrix } {
  const n = a.rows
  const { t, z } = hessenberg(a)
  let high = n - 1
  for (let step = 0, stalled = 0; high > 0 && step < 60 * n; step++) {
    let low = high
    while (low > 0) {
      const near =
        Math.hypot(t.re[low * n + low], t.im[low * n + low]) + Math.hypot(t.re[(low - 1) * n + low - 1], t.im[(low - 1) * n + low - 1])
      const below = Math.hypot(t.re[low * n + low - 1], t.im[low * n + low - 1])
      if (below <= 2 ** -52 * near || below === 0) {
        t.re[low * n + low - 1] = t.im[low * n + low - 1] = 0
        break
      }
      low--
    }
    if (low === high) {
      high--
      stalled = 0
      continue
    }
    stalled++
    qrStep(
      t,
      z,
      low,
      high,
      stalled % 10 === 0 ? [Math.abs(t.re[high * n + high - 1]) + Math.abs(t.re[high * n + high]), 0] : wilkinson(t, high),
    )
  }
  return { t, z }
}

function hessenberg(a: Matrix): { t: Matrix; z: Matrix } {
  const n = a.rows
  let t = a.clone()
  let z = Matrix.identity(n)
  for (let k = 0; k < n - 2; k++) {
    const reflection = householder(t.slice(k + 1, n, k, k + 1))
    const left = (m: Matrix, adjoint: boolean): Matrix => {
      const lower = applyQ(reflection, m.slice(k + 1, n, 0, m.columns), adjoint)
      const result = m.clone()
      result.re.set(lower.re, (k + 1) * m.columns)
      result.im.set(lower.im, (k + 1) * m.columns)
      return result
    }
    t = left(left(t, true).adjoint(), true).adjoint()
    z = left(z.adjoint(), true).adjoint()
    for (let i = k + 2; i < n; i++) t.re[i * n + k] = t.im[i * n + k] = 0
  }
  return { t, z }
}

/** The eigenvalue of the last 2 x 2 block that is nearer to its last entry. */
function wilkinson(t: Matrix, high: number): [number, number] {
  const n = t.columns
  const at = (i: number, j: number): [number, number] => [t.re[i * n + j], t.im[i * n + j]]
  const [ar, ai] = at(high - 1, high - 1)
  const [br, bi] = at(high - 1, high)
  const [cr, ci] = at(high, high - 1)
  const [dr, di] = at(high, high)
  const [hr, hi] = [(ar - dr) / 2, (ai - di) / 2]
  const [sr, si] = root(hr * hr - hi * hi + br * cr - bi * ci, 2 * hr * hi + br * ci + bi * cr)
  const sign = hr * sr + hi * si >= 0 ? 1 : -1
  const [qr, qi] = [hr + sign * sr, hi + sign * si]
  const size = qr * qr + qi * qi
  if (size === 0) return [dr, di]
  // d - bc / q
  const [pr, pi] = [br * cr - bi * ci, br * ci + bi * cr]
  return [dr - (pr * qr + pi * qi) / size, di - (pi * qr - pr * qi) / size]
}

function root(re: number, im: number): [number, number] {
  const size = Math.hypot(re, im)
  const x = Math.sqrt((size + Math.abs(re)) / 2)
  if (x === 0) return [0, 0]
  const y = Math.abs(im) / (2 * x)
  const sign = im < 0 ? -1 : 1
  return re >= 0 ? [x, sign * y] : [y, sign * x]
}

/** One QR step with a shift on rows and columns `low`..`high`, by Givens rotations. */
function qrStep(t: Matrix, z: Matrix, low: number, high: number, [mr, mi]: [number, number]): void {
  const n = t.columns
  for (let i = low; i <= high; i++) {
    t.re[i * n + i] -= mr
    t.im[i * n + i] -= mi
  }
  const rotations: [number, number, number][] = []
  for (let k = low; k < high; k++) {
    const [x, y] = [k * n + k, (k + 1) * n + k]
    const size = Math.hypot(t.re[x], t.im[x], t.re[y], t.im[y])
    const first = Math.hypot(t.re[x], t.im[x])
    // c real, s complex: [c, s; -conj(s), c] makes the lower entry 0
    const c = size === 0 ? 1 : first / size
    const [ur, ui] = first === 0 ? [1, 0] : [t.re[x] / first, t.im[x] / first]
    const [sr, si] = size === 0 ? [0, 0] : [(ur * t.re[y] + ui * t.im[y]) / size, (ui * t.re[y] - ur * t.im[y]) / size]
    rotations.push([c, sr, si])
    for (let j = k; j < n; j++) {
      const [p, q] = [k * n + j, (k + 1) * n + j]
      const [ar, ai, br, bi] = [t.re[p], t.im[p], t.re[q], t.im[q]]
      t.re[p] = c * ar + sr * br - si * bi
      t.im[p] = c * ai + sr * bi + si * br
      t.re[q] = c * br - (sr * ar + si * ai)
      t.im[q] = c * bi - (sr * ai - si * ar)
    }
  }
  rotations.forEach(([c, sr, si], index) => {
    const k = low + index
    for (const [m, rows] of [
      [t, Math.min(k + 2, high + 1)],
      [z, n],
    ] as const) {
      for (let i = 0; i < rows; i++) {
        const [p, q] = [i * n + k, i * n + k + 1]
        const [ar, ai, br, bi] = [m.re[p], m.im[p], m.re[q], m.im[q]]
        m.re[p] = c * ar + sr * br + si * bi
        m.im[p] = c * ai + sr * bi - si * br
        m.re[q] = c * br - (sr * ar - si * ai)
        m.im[q] = c * bi - (sr * ai + si * ar)
      }
    }
  })
  for (let i = low; i <= high; i++) {
    t.re[i * n + i] += mr
    t.im[i * n + i] += mi
  }
}

/** Eigenvectors of norm 1 whose largest entry is real: T's by back substitution, times Z. */
function vectorsOf(t: Matrix, z: Matrix): Matrix {
  const n = t.rows
  const x = new Matrix(n, n)
  const tiny = 2 ** -52 * Math.max(...t.re.map(Math.abs), ...t.im.map(Math.abs), 1e-290)
  for (let k = 0; k < n; k++) {
    x.re[k * n + k] = 1
    for (let i = k - 1; i >= 0; i--) {
      let [sr, si] = [0, 0]
      for (let j = i + 1; j <= k; j++) {
        sr -= t.re[i * n + j] * x.re[j * n + k] - t.im[i * n + j] * x.im[j * n + k]
        si -= t.re[i * n + j] * x.im[j * n + k] + t.im[i * n + j] * x.re[j * n + k]
      }
      let [dr, di] = [t.re[i * n + i] - t.re[k * n + k], t.im[i * n + i] - t.im[k * n + k]]
      if (Math.hypot(dr, di) < tiny) [dr, di] = [tiny, 0]
      const size = dr * dr + di * di
      x.re[i * n + k] = (sr * dr + si * di) / size
      x.im[i * n + k] = (si * dr - sr * di) / size
    }
  }
  const v = z.times(x)
  for (let k = 0; k < n; k++) {
    let [norm, most, at] = [0, -1, 0]
    for (let i = 0; i < n; i++) {
      const size = v.re[i * n + k] ** 2 + v.im[i * n + k] ** 2
      norm += size
      if (size > most * (1 + 1e-12)) [most, at] = [size, i]
    }
    const [pr, pi] = [v.re[at * n + k] / Math.sqrt(most), -v.im[at * n + k] / Math.sqrt(most)]
    for (let i = 0; i < n; i++) {
      const [a, b] = [v.re[i * n + k], v.im[i * n + k]]
      v.re[i * n + k] = (a * pr - b * pi) / Math.sqrt(norm)
      v.im[i * n + k] = (a * pi + b * pr) / Math.sqrt(norm)
    }
  }
  return v
}

function eig(d: Dispatcher, a: Tensor, wantsVectors: boolean): [Tensor, Tensor | undefined] {
  checkMatrices(a, 'linalg.eig', true)
  const n = a.shape[a.ndim - 1]
  const lead = a.shape.slice(0, -2)
  const dtype = complexDType(a.dtype)
  const list = loadMatrices(a)
  check(
    list.every((m) => m.re.every(Number.isFinite) && m.im.every(Number.isFinite)),
    () => 'torch.linalg.eig: input tensor should not contain infs or NaNs.',
    'TSJ_SINGULAR_MATRIX',
  )
  const values = new Float64Array(2 * n * list.length)
  const vectors = list.map((matrix, b) => {
    const { t, z } = schur(matrix)
    for (let i = 0; i < n; i++) {
      values[2 * (b * n + i)] = t.re[i * n + i]
      values[2 * (b * n + i) + 1] = t.im[i * n + i]
    }
    return wantsVectors ? vectorsOf(t, z) : z
  })
  const eigenvalues = fromComplex(d, values, [...lead, n], dtype, a.device)
  return [eigenvalues, wantsVectors ? storeMatrices(d, vectors, lead, n, n, eigenvalues) : undefined]
}

export const linalgEigKernels: KernelTable = {
  'aten::linalg_eig(Tensor self) -> (Tensor eigenvalues, Tensor eigenvectors)': (d, a) => eig(d, a, true),
  'aten::_linalg_eigvals(Tensor self) -> Tensor': (d, a) => eig(d, a, false)[0],
}
