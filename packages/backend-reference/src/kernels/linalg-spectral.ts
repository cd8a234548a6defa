/** Singular values (by Jacobi rotations), least squares, and the matrix exponential. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { checkMatrices, loadMatrices, Matrix, storeMatrices, storeReals } from './linalg-matrix.ts'
import { check, fromNumbers, realDType } from './nn-host.ts'

/** Rotates columns p and q of a matrix: (p, q) times [[c, s], [-conj(s), c]], s complex. */
function rotateColumns(a: Matrix, p: number, q: number, c: number, sr: number, si: number): void {
  const n = a.columns
  for (let i = 0; i < a.rows; i++) {
    const [x, y] = [i * n + p, i * n + q]
    const [pr, pi, qr, qi] = [a.re[x], a.im[x], a.re[y], a.im[y]]
    a.re[x] = c * pr - (sr * qr + si * qi)
    a.im[x] = c * pi - (sr * qi - si * qr)
    a.re[y] = sr * pr - si * pi + c * qr
    a.im[y] = sr * pi + si * pr + c * qi
  }
}

/** The rotation that makes [[a, z], [conj(z), b]] diagonal. */
function jacobi(a: number, b: number, zr: number, zi: number): { c: number; sr: number; si: number } {
  const size = Math.hypot(zr, zi)
  const theta = (b - a) / (2 * size)
  const t = (theta >= 0 ? 1 : -1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1))
  const c = 1 / Math.sqrt(t * t + 1)
  return { c, sr: (t * c * zr) / size, si: (t * c * zi) / size }
}

interface Svd {
  readonly u: Matrix
  readonly s: number[]
  readonly v: Matrix
}

/** One-sided Jacobi of a matrix with at least as many rows as columns: u [m, n], s descending, v [n, n]. */
function tallSvd(a: Matrix): Svd {
  const u = a.clone()
  const n = a.columns
  const v = Matrix.identity(n)
  for (let sweep = 0; sweep < 60; sweep++) {
    let rotated = false
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        let [alpha, beta, zr, zi] = [0, 0, 0, 0]
        for (let i = 0; i < u.rows; i++) {
          const [pr, pi, qr, qi] = [u.re[i * n + p], u.im[i * n + p], u.re[i * n + q], u.im[i * n + q]]
          alpha += pr * pr + pi * pi
          beta += qr * qr + qi * qi
          zr += pr * qr + pi * qi
          zi += pr * qi - pi * qr
        }
        if (Math.hypot(zr, zi) <= 1e-15 * Math.sqrt(alpha * beta) || (zr === 0 && zi === 0)) continue
        rotated = true
        const { c, sr, si } = jacobi(alpha, beta, zr, zi)
        rotateColumns(u, p, q, c, sr, si)
        rotateColumns(v, p, q, c, sr, si)
      }
    }
    if (!rotated) break
  }
  const norms = Array.from({ length: n }, (_, j) => {
    let sum = 0
    for (let i = 0; i < u.rows; i++) sum += u.re[i * n + j] ** 2 + u.im[i * n + j] ** 2
    return Math.sqrt(sum)
  })
  const order = norms.map((_, j) => j).sort((x, y) => norms[y] - norms[x])
  const s = order.map((j) => norms[j])
  const tiny = (s[0] ?? 0) * 1e-300
  const left = takeColumns(u, order, (j) => (norms[j] > tiny ? 1 / norms[j] : 0))
  return { u: left, s, v: takeColumns(v, order, () => 1) }
}

function takeColumns(a: Matrix, order: readonly number[], factor: (j: number) => number): Matrix {
  const result = new Matrix(a.rows, order.length)
  order.forEach((j, to) => {
    for (let i = 0; i < a.rows; i++) {
      result.re[i * order.length + to] = a.re[i * a.columns + j] * factor(j)
      result.im[i * order.length + to] = a.im[i * a.columns + j] * factor(j)
    }
  })
  return result
}

/** Grows a matrix of orthonormal (or zero) columns to `count` orthonormal columns. */
function complete(a: Matrix, count: number): Matrix {
  const result = new Matrix(a.rows, count)
  const dot = (j: number, re: Float64Array, im: Float64Array): [number, number] => {
    let [x, y] = [0, 0]
    for (let i = 0; i < a.rows; i++) {
      const [vr, vi] = [result.re[i * count + j], result.im[i * count + j]]
      x += vr * re[i] + vi * im[i]
      y += vr * im[i] - vi * re[i]
    }
    return [x, y]
  }
  const empty: number[] = []
  for (let j = 0; j < count; j++) {
    let norm = 0
    if (j < a.columns) {
      for (let i = 0; i < a.rows; i++) {
        result.re[i * count + j] = a.re[i * a.columns + j]
        result.im[i * count + j] = a.im[i * a.columns + j]
        norm += result.re[i * count + j] ** 2 + result.im[i * count + j] ** 2
      }
    }
    if (norm < 0.5) empty.push(j)
  }
  let axis = 0
  for (const j of empty) {
    for (; axis < a.rows; axis++) {
      const [re, im] = [new Float64Array(a.rows), new Float64Array(a.rows)]
      re[axis] = 1
      // twice is enough to be orthogonal to working precision
      for (let pass = 0; pass < 2; pass++) {
        for (let k = 0; k < count; k++) {
          if (k === j) continue
          const [x, y] = dot(k, re, im)
          for (let i = 0; i < a.rows; i++) {
            const [vr, vi] = [result.re[i * count + k], result.im[i * count + k]]
            re[i] -= vr * x - vi * y
            im[i] -= vr * y + vi * x
          }
        }
      }
      const norm = Math.hypot(...re, ...im)
      if (norm < 1e-8) continue
      for (let i = 0; i < a.rows; i++) {
        result.re[i * count + j] = re[i] / norm
        result.im[i * count + j] = im[i] / norm
      }
      axis++
      break
    }
  }
  return result
}

/** A = U diag(S) Vᴴ, reduced. */
function svd(a: Matrix): Svd {
  if (a.rows >= a.columns) return tallSvd(a)
  const { u, s, v } = tallSvd(a.adjoint())
  return { u: v, s, v: u }
}

/** Scaling and squaring over a Taylor series. */
function exponential(a: Matrix): Matrix {
  const n = a.rows
  let norm = 0
  for (let i = 0; i < n; i++) {
    let sum = 0
    for (let j = 0; j < n; j++) sum += Math.hypot(a.re[i * n + j], a.im[i * n + j])
    norm = Math.max(norm, sum)
  }
  const squarings = norm > 0.5 ? Math.ceil(Math.log2(norm / 0.5)) : 0
  const scale = (m: Matrix, factor: number): Matrix =>
    new Matrix(
      n,
      n,
      m.re.map((x) => x * factor),
      m.im.map((x) => x * factor),
    )
  const small = scale(a, 2 ** -squarings)
  let result = Matrix.identity(n)
  let term = Matrix.identity(n)
  for (let k = 1; k <= 18; k++) {
    term = scale(term.times(small), 1 / k)
    result = new Matrix(
      n,
      n,
      result.re.map((x, i) => x + term.re[i]),
      result.im.map((x, i) => x + term.im[i]),
    )
  }
  for (let i = 0; i < squarings; i++) result = result.times(result)
  return result
}

const epsilon = (t: Tensor): number => (realDType(t.dtype) === 'float64' ? 2 ** -52 : 2 ** -23)

/** Minimum-norm solutions by singular values; those below rcond times the largest count as 0. */
function lstsq(d: Dispatcher, a: Tensor, b: Tensor, rcond: number | null, driver: string | null): [Tensor, Tensor, Tensor, Tensor] {
  checkMatrices(a, 'torch.linalg.lstsq', false, 'input')
  check(b.ndim >= 1, () => 'torch.linalg.lstsq: other must have at least 1 dimension.', 'TSJ_SHAPE_MATRIX')
  check(
    a.dtype === b.dtype,
    () =>
      `torch.linalg.lstsq: Expected input and other to have the same dtype, but got input's dtype ${a.dtype} and other's dtype ${b.dtype}`,
    'TSJ_DTYPE_MISMATCH',
  )
  const vector = a.ndim - 1 === b.ndim && b.shape.every((n, i) => n === a.shape[i])
  const right: Tensor = vector ? d.call('aten::unsqueeze', b, -1) : b
  const lead = a.shape.slice(0, -2)
  const [m, n] = a.shape.slice(-2)
  const width = right.shape[right.ndim - 1]
  check(
    right.shape[right.ndim - 2] === m,
    () => `torch.linalg.lstsq: input.size(-2) should match other.size(${vector ? -1 : -2})`,
    'TSJ_SHAPE_MATRIX',
  )
  const cut = rcond ?? epsilon(a) * Math.max(m, n)
  const targets = loadMatrices(right)
  const ranks: number[] = []
  const residuals: number[] = []
  const singular: number[] = []
  const solutions = loadMatrices(a).map((matrix, i) => {
    const { u, s, v } = svd(matrix)
    const keep = s.map((x) => x > cut * s[0])
    const rank = keep.filter(Boolean).length
    ranks.push(rank)
    singular.push(...s)
    const inner = u.adjoint().times(targets[i])
    for (let r = 0; r < s.length; r++) {
      for (let j = 0; j < width; j++) {
        inner.re[r * width + j] = keep[r] ? inner.re[r * width + j] / s[r] : 0
        inner.im[r * width + j] = keep[r] ? inner.im[r * width + j] / s[r] : 0
      }
    }
    const x = v.times(inner)
    const fitted = matrix.times(x)
    for (let j = 0; j < width; j++) {
      let sum = 0
      for (let r = 0; r < m; r++)
        sum +=
          (fitted.re[r * width + j] - targets[i].re[r * width + j]) ** 2 + (fitted.im[r * width + j] - targets[i].im[r * width + j]) ** 2
      residuals.push(sum)
    }
    return x
  })
  const method = driver ?? 'gelsy'
  const full = m > n && ranks.every((rank) => rank === n)
  const solution = storeMatrices(d, solutions, lead, n, width, a)
  return [
    vector ? d.call('aten::squeeze.dim', solution, -1) : solution,
    full && method !== 'gelsy' ? storeReals(d, residuals, [...lead, width], a) : storeReals(d, [], [0], a),
    method === 'gels' ? fromNumbers(d, [], [0], 'int64', a.device) : fromNumbers(d, ranks, lead, 'int64', a.device),
    method === 'gelsd' || method === 'gelss' ? storeReals(d, singular, [...lead, Math.min(m, n)], a) : storeReals(d, [], [0], a),
  ]
}

export const linalgSpectralKernels: KernelTable = {
  'aten::_linalg_svd(Tensor A, bool full_matrices=False, bool compute_uv=True, *, str? driver=None) -> (Tensor U, Tensor S, Tensor Vh)': (
    d,
    a: Tensor,
    full: boolean,
    wantsVectors: boolean,
  ) => {
    checkMatrices(a, 'linalg.svd', false)
    const lead = a.shape.slice(0, -2)
    const [m, n] = a.shape.slice(-2)
    const k = Math.min(m, n)
    const list = loadMatrices(a).map(svd)
    const values = storeReals(
      d,
      list.flatMap((f) => f.s),
      [...lead, k],
      a,
    )
    const empty = (): Tensor => d.empty([0], a.dtype, a.device)
    if (!wantsVectors) return [empty(), values, empty()]
    const [wide, tall] = full ? [m, n] : [k, k]
    return [
      storeMatrices(
        d,
        list.map((f) => complete(f.u, wide)),
        lead,
        m,
        wide,
        a,
      ),
      values,
      storeMatrices(
        d,
        list.map((f) => complete(f.v, tall).adjoint()),
        lead,
        tall,
        n,
        a,
      ),
    ]
  },
  'aten::linalg_lstsq(Tensor self, Tensor b, float? rcond=None, *, str? driver=None) -> (Tensor solution, Tensor residuals, Tensor rank, Tensor singular_values)':
    lstsq,
  'aten::linalg_matrix_exp(Tensor self) -> Tensor': (d, a: Tensor) => {
    checkMatrices(a, 'linalg.matrix_exp', true)
    const n = a.shape[a.ndim - 1]
    return storeMatrices(d, loadMatrices(a).map(exponential), a.shape.slice(0, -2), n, n, a)
  },
}
