/** Cholesky factors and triangular systems. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { checkInfo, solveTriangular } from './linalg-lu.ts'
import { checkMatrices, loadMatrices, Matrix, storeInts, storeMatrices } from './linalg-matrix.ts'
import { broadcastShapes, check, expandTo } from './nn-host.ts'

/** L with L Lᴴ = A, from the lower triangle of A. `info` is the order of the first minor that is not positive. */
function cholesky(a: Matrix): { l: Matrix; info: number } {
  const n = a.rows
  const l = a.filter((i, j) => i >= j)
  const { re, im } = l
  for (let j = 0; j < n; j++) {
    let pivot = re[j * n + j]
    for (let k = 0; k < j; k++) pivot -= re[j * n + k] ** 2 + im[j * n + k] ** 2
    if (!(pivot > 0)) return { l, info: j + 1 }
    const root = Math.sqrt(pivot)
    re[j * n + j] = root
    im[j * n + j] = 0
    for (let i = j + 1; i < n; i++) {
      let [sr, si] = [re[i * n + j], im[i * n + j]]
      for (let k = 0; k < j; k++) {
        sr -= re[i * n + k] * re[j * n + k] + im[i * n + k] * im[j * n + k]
        si -= im[i * n + k] * re[j * n + k] - re[i * n + k] * im[j * n + k]
      }
      re[i * n + j] = sr / root
      im[i * n + j] = si / root
    }
  }
  return { l, info: 0 }
}

function choleskyEx(d: Dispatcher, a: Tensor, upper: boolean, checkErrors: boolean, name = 'linalg.cholesky'): [Tensor, Tensor] {
  checkMatrices(a, 'linalg.cholesky', true)
  const n = a.shape[a.ndim - 1]
  const lead = a.shape.slice(0, -2)
  const list = loadMatrices(a).map((m) => cholesky(upper ? m.adjoint() : m))
  const info = storeInts(
    d,
    list.map((f) => f.info),
    lead,
    a,
  )
  if (checkErrors) checkInfo(info, name, a.ndim === 2)
  return [
    storeMatrices(
      d,
      list.map(({ l }) => (upper ? l.adjoint() : l)),
      lead,
      n,
      n,
      a,
    ),
    info,
  ]
}

function triangular(d: Dispatcher, a: Tensor, b: Tensor, upper: boolean, left: boolean, unit: boolean): Tensor {
  checkMatrices(a, 'linalg.solve_triangular', true)
  check(b.ndim >= 2, () => 'linalg.solve_triangular: The input tensor B must have at least 2 dimensions.', 'TSJ_SHAPE_MATRIX')
  const n = a.shape[a.ndim - 1]
  check(
    b.shape[b.ndim - (left ? 2 : 1)] === n,
    () =>
      `linalg.solve_triangular: Incompatible shapes of A and B for the equation ${left ? 'AX = B' : 'XA = B'} (${n}x${n} and ${b.shape.slice(-2).join('x')})`,
    'TSJ_SHAPE_MATRIX',
  )
  const lead = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2))
  const factors = loadMatrices(expandTo(a, [...lead, n, n]))
  const solved = loadMatrices(expandTo(b, [...lead, ...b.shape.slice(-2)])).map((m, i) =>
    left ? solveTriangular(factors[i], m, upper, unit) : solveTriangular(factors[i].transpose(), m.transpose(), !upper, unit).transpose(),
  )
  return storeMatrices(d, solved, lead, b.shape[b.ndim - 2], b.shape[b.ndim - 1], b)
}

function choleskySolve(d: Dispatcher, b: Tensor, factor: Tensor, upper: boolean): Tensor {
  check(b.ndim >= 2, () => `b should have at least 2 dimensions, but has ${b.ndim} dimensions instead`, 'TSJ_SHAPE_MATRIX')
  check(factor.ndim >= 2, () => `u should have at least 2 dimensions, but has ${factor.ndim} dimensions instead`, 'TSJ_SHAPE_MATRIX')
  const n = factor.shape[factor.ndim - 1]
  const lead = broadcastShapes(factor.shape.slice(0, -2), b.shape.slice(0, -2))
  const factors = loadMatrices(expandTo(factor, [...lead, n, n]))
  const solved = loadMatrices(expandTo(b, [...lead, ...b.shape.slice(-2)])).map((m, i) => {
    const l = upper ? factors[i].adjoint() : factors[i]
    return solveTriangular(l.adjoint(), solveTriangular(l, m, false, false), true, false)
  })
  return storeMatrices(d, solved, lead, n, b.shape[b.ndim - 1], b)
}

export const linalgTriangularKernels: KernelTable = {
  'aten::linalg_cholesky_ex(Tensor self, *, bool upper=False, bool check_errors=False) -> (Tensor L, Tensor info)': (
    d,
    a,
    upper,
    checkErrors,
  ) => choleskyEx(d, a, upper, checkErrors),
  'aten::cholesky(Tensor self, bool upper=False) -> Tensor': (d, a, upper) => choleskyEx(d, a, upper, true, 'cholesky: linalg.cholesky')[0],
  'aten::cholesky_solve(Tensor self, Tensor input2, bool upper=False) -> Tensor': choleskySolve,
  'aten::cholesky_inverse(Tensor self, bool upper=False) -> Tensor': (d, factor: Tensor, upper: boolean) => {
    checkMatrices(factor, 'cholesky_inverse', true)
    const n = factor.shape[factor.ndim - 1]
    const solved = loadMatrices(factor).map((m) => {
      const l = (upper ? m.adjoint() : m).filter((i, j) => i >= j)
      return solveTriangular(l.adjoint(), solveTriangular(l, Matrix.identity(n), false, false), true, false)
    })
    return storeMatrices(d, solved, factor.shape.slice(0, -2), n, n, factor)
  },
  'aten::linalg_solve_triangular(Tensor self, Tensor B, *, bool upper, bool left=True, bool unitriangular=False) -> Tensor': (
    d,
    a,
    b,
    upper,
    left,
    unit,
  ) => triangular(d, a, b, upper, left, unit),
  'aten::triangular_solve(Tensor self, Tensor A, bool upper=True, bool transpose=False, bool unitriangular=False) -> (Tensor solution, Tensor cloned_coefficient)':
    (d, b: Tensor, a: Tensor, upper: boolean, transpose: boolean, unit: boolean) => {
      const turned: Tensor = transpose ? d.call('aten::transpose.int', a, -2, -1) : a
      const lead = broadcastShapes(a.shape.slice(0, -2), b.shape.slice(0, -2))
      const copy = d.call('aten::clone', expandTo(a, [...lead, ...a.shape.slice(-2)]))
      return [triangular(d, turned, b, upper !== transpose, true, unit), copy]
    },
}
