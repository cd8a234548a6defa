/** QR by Householder reflections, as LAPACK's geqrf leaves them: R above the diagonal, the vectors below it, their factors beside. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { checkMatrices, loadMatrices, Matrix, storeMatrices, storePairs } from './linalg-matrix.ts'
import { check, readComplex } from './nn-host.ts'

export interface Reflections {
  readonly packed: Matrix
  /** Interleaved pairs. */
  readonly tau: Float64Array
}

export function householder(a: Matrix): Reflections {
  const packed = a.clone()
  const { rows: m, columns: n, re, im } = packed
  const count = Math.min(m, n)
  const tau = new Float64Array(2 * count)
  for (let k = 0; k < count; k++) {
    let tail = 0
    for (let i = k + 1; i < m; i++) tail += re[i * n + k] ** 2 + im[i * n + k] ** 2
    const [ar, ai] = [re[k * n + k], im[k * n + k]]
    if (tail === 0 && ai === 0) continue
    const norm = Math.sqrt(ar * ar + ai * ai + tail)
    const beta = ar >= 0 ? -norm : norm
    tau[2 * k] = (beta - ar) / beta
    tau[2 * k + 1] = -ai / beta
    // v = x / (alpha - beta), with a leading 1
    const [dr, di] = [ar - beta, ai]
    const scale = dr * dr + di * di
    for (let i = k + 1; i < m; i++) {
      const [xr, xi] = [re[i * n + k], im[i * n + k]]
      re[i * n + k] = (xr * dr + xi * di) / scale
      im[i * n + k] = (xi * dr - xr * di) / scale
    }
    re[k * n + k] = beta
    im[k * n + k] = 0
    reflect(packed, k, tau[2 * k], -tau[2 * k + 1], packed, k, k + 1)
  }
  return { packed, tau }
}

/** target = (I - tau v vᴴ) target from column `first` on, v being column k of `packed` with a leading 1 in row k. */
function reflect(packed: Matrix, k: number, tr: number, ti: number, target: Matrix, row: number, first: number): void {
  const n = packed.columns
  const width = target.columns
  for (let j = first; j < width; j++) {
    let [sr, si] = [target.re[row * width + j], target.im[row * width + j]]
    for (let i = k + 1; i < packed.rows; i++) {
      const [vr, vi] = [packed.re[i * n + k], packed.im[i * n + k]]
      sr += vr * target.re[i * width + j] + vi * target.im[i * width + j]
      si += vr * target.im[i * width + j] - vi * target.re[i * width + j]
    }
    const [fr, fi] = [sr * tr - si * ti, sr * ti + si * tr]
    target.re[row * width + j] -= fr
    target.im[row * width + j] -= fi
    for (let i = k + 1; i < packed.rows; i++) {
      const [vr, vi] = [packed.re[i * n + k], packed.im[i * n + k]]
      target.re[i * width + j] -= vr * fr - vi * fi
      target.im[i * width + j] -= vr * fi + vi * fr
    }
  }
}

/** Q or Qᴴ times a matrix. */
export function applyQ({ packed, tau }: Reflections, target: Matrix, adjoint: boolean): Matrix {
  const result = target.clone()
  const count = tau.length / 2
  for (let step = 0; step < count; step++) {
    const k = adjoint ? step : count - 1 - step
    reflect(packed, k, tau[2 * k], adjoint ? -tau[2 * k + 1] : tau[2 * k + 1], result, k, 0)
  }
  return result
}

/** The first `columns` columns of Q. */
export function formQ(reflections: Reflections, columns: number): Matrix {
  const start = new Matrix(reflections.packed.rows, columns)
  for (let i = 0; i < Math.min(columns, start.rows); i++) start.re[i * columns + i] = 1
  return applyQ(reflections, start, false)
}

function reflectionsOf(a: Tensor, tau: Tensor): Reflections[] {
  const factors = readComplex(tau)
  const k = tau.shape[tau.ndim - 1]
  return loadMatrices(a).map((packed, i) => ({ packed, tau: factors.slice(2 * i * k, 2 * (i + 1) * k) }))
}

function qr(d: Dispatcher, a: Tensor, mode: string): [Tensor, Tensor] {
  checkMatrices(a, 'linalg.qr', false)
  check(
    mode === 'reduced' || mode === 'complete' || mode === 'r',
    () => `qr received unrecognized mode '${mode}' but expected one of 'reduced' (default), 'r', or 'complete'`,
    'TSJ_MODE',
  )
  const lead = a.shape.slice(0, -2)
  const [m, n] = a.shape.slice(-2)
  const k = mode === 'complete' ? m : Math.min(m, n)
  const list = loadMatrices(a).map(householder)
  const r = list.map(({ packed }) => packed.filter((i, j) => j >= i).slice(0, k, 0, n))
  const q =
    mode === 'r'
      ? d.empty([0], a.dtype, a.device)
      : storeMatrices(
          d,
          list.map((f) => formQ(f, k)),
          lead,
          m,
          k,
          a,
        )
  return [q, storeMatrices(d, r, lead, k, n, a)]
}

export const linalgQrKernels: KernelTable = {
  'aten::linalg_qr(Tensor A, str mode="reduced") -> (Tensor Q, Tensor R)': qr,
  'aten::geqrf(Tensor self) -> (Tensor a, Tensor tau)': (d, a: Tensor) => {
    checkMatrices(a, 'torch.geqrf', false, 'input')
    const lead = a.shape.slice(0, -2)
    const [m, n] = a.shape.slice(-2)
    const list = loadMatrices(a).map(householder)
    const tau = Float64Array.from(list.flatMap((f) => Array.from(f.tau)))
    return [
      storeMatrices(
        d,
        list.map((f) => f.packed),
        lead,
        m,
        n,
        a,
      ),
      storePairs(d, tau, [...lead, Math.min(m, n)], a.dtype, a),
    ]
  },
  'aten::linalg_householder_product(Tensor input, Tensor tau) -> Tensor': (d, a: Tensor, tau: Tensor) => {
    check(a.ndim >= 2, () => 'torch.linalg.householder_product: input must have at least 2 dimensions.', 'TSJ_SHAPE_MATRIX')
    const [m, n] = a.shape.slice(-2)
    check(
      m >= n,
      () => 'torch.linalg.householder_product: input.shape[-2] must be greater than or equal to input.shape[-1]',
      'TSJ_SHAPE_MATRIX',
    )
    return storeMatrices(
      d,
      reflectionsOf(a, tau).map((f) => formQ(f, n)),
      a.shape.slice(0, -2),
      m,
      n,
      a,
    )
  },
  'aten::ormqr(Tensor self, Tensor input2, Tensor input3, bool left=True, bool transpose=False) -> Tensor': (
    d,
    a: Tensor,
    tau: Tensor,
    other: Tensor,
    left: boolean,
    transpose: boolean,
  ) => {
    const targets = loadMatrices(other)
    const list = reflectionsOf(a, tau).map((f, i) =>
      left ? applyQ(f, targets[i], transpose) : applyQ(f, targets[i].adjoint(), !transpose).adjoint(),
    )
    return storeMatrices(d, list, other.shape.slice(0, -2), other.shape[other.ndim - 2], other.shape[other.ndim - 1], other)
  },
}
