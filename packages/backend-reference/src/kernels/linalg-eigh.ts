/** Eigenvalues and eigenvectors of Hermitian matrices: Householder reflections to tridiagonal form, then implicit QL or QR steps (LAPACK's hetd2 and steqr). */
import type { KernelTable, Tensor } from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { checkMatrices, loadMatrices, Matrix, storeMatrices, storeReals } from './linalg-matrix.ts'
import { applyQ, householder, type Reflections } from './linalg-qr.ts'
import { rotateColumns, rotation, swapColumns, symmetricPair, withSign } from './linalg-rotations.ts'
import { check, realDType } from './nn-host.ts'

/** What counts as nothing: the dtype's own precision, though sums are in float64, since the number of steps decides the vectors' signs. */
interface Precision {
  readonly epsilon: number
  readonly tiny: number
}
const single: Precision = { epsilon: 2 ** -24, tiny: 2 ** -126 }
const double: Precision = { epsilon: 2 ** -53, tiny: 2 ** -1022 }

/** The whole of a Hermitian matrix of which one triangle is read. */
function whole(a: Matrix, lower: boolean): Matrix {
  const n = a.rows
  const h = new Matrix(n, n)
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      const at = lower ? i * n + j : j * n + i
      h.re[i * n + j] = h.re[j * n + i] = a.re[at]
      h.im[i * n + j] = i === j ? 0 : lower ? a.im[at] : -a.im[at]
      h.im[j * n + i] = -h.im[i * n + j]
    }
  }
  return h
}

interface Tridiagonal {
  readonly diagonal: Float64Array
  readonly below: Float64Array
  /** A reflection for each column, of rows from the one below the diagonal. */
  readonly reflections: readonly Reflections[]
}

function tridiagonalize(a: Matrix): Tridiagonal {
  const n = a.rows
  let rest = a
  const diagonal = new Float64Array(n)
  const below = new Float64Array(Math.max(n - 1, 0))
  const reflections: Reflections[] = []
  for (let k = 0; k < n; k++) {
    diagonal[k] = rest.re[0]
    const size = n - k
    if (size === 1) break
    const reflection = householder(rest.slice(1, size, 0, 1))
    reflections.push(reflection)
    below[k] = reflection.packed.re[0]
    const left = applyQ(reflection, rest.slice(1, size, 1, size), true)
    rest = applyQ(reflection, left.adjoint(), true)
  }
  return { diagonal, below, reflections }
}

/** Eigenvalues of the tridiagonal matrix, ascending, in `d`; their vectors in the columns of the result. Destroys `e`. Throws TSJ_SINGULAR_MATRIX. */
function diagonalize(d: Float64Array, e: Float64Array, precision: Precision): Matrix {
  const n = d.length
  const z = Matrix.identity(n)
  let steps = 30 * n
  for (let start = 0; start < n; ) {
    if (start > 0) e[start - 1] = 0
    let end = start
    for (; end < n - 1; end++) {
      if (Math.abs(e[end]) <= Math.sqrt(Math.abs(d[end])) * Math.sqrt(Math.abs(d[end + 1])) * precision.epsilon) {
        e[end] = 0
        break
      }
    }
    // from the smaller end to the larger
    if (Math.abs(d[end]) < Math.abs(d[start])) steps = implicitQr(d, e, z, end, start, steps, precision)
    else steps = implicitQl(d, e, z, start, end, steps, precision)
    if (steps < 0)
      throw new RuntimeError(
        'TSJ_SINGULAR_MATRIX',
        'linalg.eigh: The algorithm failed to converge because the input matrix is ill-conditioned or has too many repeated eigenvalues',
      )
    start = end + 1
  }
  for (let i = 0; i < n - 1; i++) {
    let least = i
    for (let j = i + 1; j < n; j++) if (d[j] < d[least]) least = j
    if (least === i) continue
    const kept = d[i]
    d[i] = d[least]
    d[least] = kept
    swapColumns(z, i, least)
  }
  return z
}

const isSmall = (e: number, x: number, y: number, { epsilon, tiny }: Precision): boolean =>
  e * e <= epsilon * epsilon * Math.abs(x) * Math.abs(y) + tiny

/** QL steps on rows `l` to `end`, `l` being the smaller end; steps left, negative where there were too few. */
function implicitQl(d: Float64Array, e: Float64Array, z: Matrix, l: number, end: number, steps: number, precision: Precision): number {
  while (l <= end) {
    let m = l
    while (m < end && !isSmall(e[m], d[m], d[m + 1], precision)) m++
    if (m < end) e[m] = 0
    if (m === l) {
      l++
      continue
    }
    if (m === l + 1) {
      const { first, second, cs, sn } = symmetricPair(d[l], e[l], d[l + 1])
      rotateColumns(z, l, cs, sn)
      d[l] = first
      d[l + 1] = second
      e[l] = 0
      l += 2
      continue
    }
    if (steps-- <= 0) return -1
    let g = (d[l + 1] - d[l]) / (2 * e[l])
    g = d[m] - d[l] + e[l] / (g + withSign(Math.hypot(g, 1), g))
    let [s, c, p] = [1, 1, 0]
    for (let i = m - 1; i >= l; i--) {
      const [f, b] = [s * e[i], c * e[i]]
      const turn = rotation(g, f)
      c = turn.c
      s = turn.s
      if (i !== m - 1) e[i + 1] = turn.r
      g = d[i + 1] - p
      const r = (d[i] - g) * s + 2 * c * b
      p = s * r
      d[i + 1] = g + p
      g = c * r - b
      rotateColumns(z, i, c, -s)
    }
    d[l] -= p
    e[l] = g
  }
  return steps
}

/** QR steps on rows `l` down to `end`, `l` being the smaller end. */
function implicitQr(d: Float64Array, e: Float64Array, z: Matrix, l: number, end: number, steps: number, precision: Precision): number {
  while (l >= end) {
    let m = l
    while (m > end && !isSmall(e[m - 1], d[m], d[m - 1], precision)) m--
    if (m > end) e[m - 1] = 0
    if (m === l) {
      l--
      continue
    }
    if (m === l - 1) {
      const { first, second, cs, sn } = symmetricPair(d[l - 1], e[l - 1], d[l])
      rotateColumns(z, l - 1, cs, sn)
      d[l - 1] = first
      d[l] = second
      e[l - 1] = 0
      l -= 2
      continue
    }
    if (steps-- <= 0) return -1
    let g = (d[l - 1] - d[l]) / (2 * e[l - 1])
    g = d[m] - d[l] + e[l - 1] / (g + withSign(Math.hypot(g, 1), g))
    let [s, c, p] = [1, 1, 0]
    for (let i = m; i < l; i++) {
      const [f, b] = [s * e[i], c * e[i]]
      const turn = rotation(g, f)
      c = turn.c
      s = turn.s
      if (i !== m) e[i - 1] = turn.r
      g = d[i] - p
      const r = (d[i + 1] - g) * s + 2 * c * b
      p = s * r
      d[i] = g + p
      g = c * r - b
      rotateColumns(z, i, c, s)
    }
    d[l] -= p
    e[l - 1] = g
  }
  return steps
}

/** Rows, and columns where they are to be, in the opposite order. */
function reversed(a: Matrix, columns: boolean): Matrix {
  const result = new Matrix(a.rows, a.columns)
  for (let i = 0; i < a.rows; i++) {
    for (let j = 0; j < a.columns; j++) {
      const [to, from] = [i * a.columns + j, (a.rows - 1 - i) * a.columns + (columns ? a.columns - 1 - j : j)]
      result.re[to] = a.re[from]
      result.im[to] = a.im[from]
    }
  }
  return result
}

/** Eigenvalues ascending and eigenvectors of a Hermitian matrix, of which one triangle is read. */
function eigh(a: Matrix, lower: boolean, precision: Precision): { values: number[]; vectors: Matrix } {
  const n = a.rows
  const full = whole(a, lower)
  // given the upper triangle, LAPACK starts from the last column
  const { diagonal, below, reflections } = tridiagonalize(lower ? full : reversed(full, true))
  if (!lower) {
    diagonal.reverse()
    below.reverse()
  }
  const inner = diagonalize(diagonal, below, precision)
  let vectors = lower ? inner : reversed(inner, false)
  for (let k = reflections.length - 1; k >= 0; k--) {
    const bottom = applyQ(reflections[k], vectors.slice(k + 1, n, 0, n), false)
    vectors = vectors.clone()
    vectors.re.set(bottom.re, (k + 1) * n)
    vectors.im.set(bottom.im, (k + 1) * n)
  }
  if (!lower) vectors = reversed(vectors, false)
  return { values: Array.from(diagonal), vectors }
}

export const linalgEighKernels: KernelTable = {
  'aten::_linalg_eigh(Tensor A, str UPLO="L", bool compute_v=True) -> (Tensor eigenvalues, Tensor eigenvectors)': (
    d,
    a: Tensor,
    triangle: string,
    wantsVectors: boolean,
  ) => {
    checkMatrices(a, 'linalg.eigh', true)
    check(/^[lu]$/i.test(triangle), () => `Expected UPLO argument to be 'L' or 'U', but got ${triangle}`, 'TSJ_MODE')
    const n = a.shape[a.ndim - 1]
    const lead = a.shape.slice(0, -2)
    const precision = realDType(a.dtype) === 'float64' ? double : single
    const list = loadMatrices(a).map((m) => eigh(m, /^l$/i.test(triangle), precision))
    const values = storeReals(
      d,
      list.flatMap((f) => f.values),
      [...lead, n],
      a,
    )
    return [
      values,
      wantsVectors
        ? storeMatrices(
            d,
            list.map((f) => f.vectors),
            lead,
            n,
            n,
            a,
          )
        : d.empty([0], a.dtype, a.device),
    ]
  },
}
