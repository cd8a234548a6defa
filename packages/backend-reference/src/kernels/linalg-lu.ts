/** LU factorisation with partial pivoting, and what follows from it: determinants, inverses, solutions. */

import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { checkMatrices, loadMatrices, Matrix, storeInts, storeMatrices, storePairs, storeReals } from './linalg-matrix.ts'
import { broadcastShapes, check, expandTo, readIndices, shapeText } from './nn-host.ts'

interface Factors {
  /** L below the diagonal (ones on it left out), U on and above it. */
  readonly lu: Matrix
  /** Row i was swapped with row pivots[i] (from 1, as LAPACK counts). */
  readonly pivots: number[]
  /** 0, or the place (from 1) of the first pivot that is exactly 0. */
  readonly info: number
}

export function factorize(a: Matrix, pivot = true): Factors {
  const lu = a.clone()
  const { rows: m, columns: n, re, im } = lu
  const pivots: number[] = []
  let info = 0
  for (let k = 0; k < Math.min(m, n); k++) {
    let best = k
    if (pivot) {
      for (let i = k + 1; i < m; i++) {
        // LAPACK's measure for complex numbers: |re| + |im|
        if (Math.abs(re[i * n + k]) + Math.abs(im[i * n + k]) > Math.abs(re[best * n + k]) + Math.abs(im[best * n + k])) best = i
      }
    }
    pivots.push(best + 1)
    if (best !== k) {
      for (let j = 0; j < n; j++) {
        for (const part of [re, im]) {
          const kept = part[k * n + j]
          part[k * n + j] = part[best * n + j]
          part[best * n + j] = kept
        }
      }
    }
    const [pr, pi] = [re[k * n + k], im[k * n + k]]
    const norm = pr * pr + pi * pi
    if (norm === 0) {
      info ||= k + 1
      continue
    }
    for (let i = k + 1; i < m; i++) {
      const [xr, xi] = [re[i * n + k], im[i * n + k]]
      const [fr, fi] = [(xr * pr + xi * pi) / norm, (xi * pr - xr * pi) / norm]
      re[i * n + k] = fr
      im[i * n + k] = fi
      for (let j = k + 1; j < n; j++) {
        re[i * n + j] -= fr * re[k * n + j] - fi * im[k * n + j]
        im[i * n + j] -= fr * im[k * n + j] + fi * re[k * n + j]
      }
    }
  }
  return { lu, pivots, info }
}

/** Solves T X = B in place, T triangular. */
export function solveTriangular(t: Matrix, b: Matrix, upper: boolean, unit: boolean): Matrix {
  const n = t.columns
  const width = b.columns
  const x = b.clone()
  for (let step = 0; step < n; step++) {
    const i = upper ? n - 1 - step : step
    for (let k = upper ? i + 1 : 0; k < (upper ? n : i); k++) {
      const [fr, fi] = [t.re[i * n + k], t.im[i * n + k]]
      if (fr === 0 && fi === 0) continue
      for (let j = 0; j < width; j++) {
        x.re[i * width + j] -= fr * x.re[k * width + j] - fi * x.im[k * width + j]
        x.im[i * width + j] -= fr * x.im[k * width + j] + fi * x.re[k * width + j]
      }
    }
    if (unit) continue
    const [pr, pi] = [t.re[i * n + i], t.im[i * n + i]]
    const norm = pr * pr + pi * pi
    for (let j = 0; j < width; j++) {
      const [xr, xi] = [x.re[i * width + j], x.im[i * width + j]]
      x.re[i * width + j] = pi === 0 ? xr / pr : (xr * pr + xi * pi) / norm
      x.im[i * width + j] = pi === 0 ? xi / pr : (xi * pr - xr * pi) / norm
    }
  }
  return x
}

function swapRows(x: Matrix, pivots: readonly number[], backwards: boolean): Matrix {
  const result = x.clone()
  const n = x.columns
  for (let step = 0; step < pivots.length; step++) {
    const i = backwards ? pivots.length - 1 - step : step
    const other = pivots[i] - 1
    if (other === i) continue
    for (const part of [result.re, result.im]) {
      const kept = part.slice(i * n, (i + 1) * n)
      part.copyWithin(i * n, other * n, (other + 1) * n)
      part.set(kept, other * n)
    }
  }
  return result
}

/** A X = B, or with `adjoint` Aᴴ X = B. */
export function solveFactored({ lu, pivots }: Pick<Factors, 'lu' | 'pivots'>, b: Matrix, adjoint = false): Matrix {
  if (!adjoint) return solveTriangular(lu, solveTriangular(lu, swapRows(b, pivots, false), false, true), true, false)
  const h = lu.adjoint()
  return swapRows(solveTriangular(h, solveTriangular(h, b, false, false), true, true), pivots, true)
}

/** Sign (or phase) and log of the absolute value. */
function logDeterminant({ lu, pivots }: Factors): { re: number; im: number; log: number } {
  const n = lu.columns
  let [re, im, log] = [1, 0, 0]
  for (let i = 0; i < n; i++) {
    const [a, b] = [lu.re[i * n + i], lu.im[i * n + i]]
    const size = Math.hypot(a, b)
    if (size === 0) return { re: 0, im: 0, log: Number.NEGATIVE_INFINITY }
    ;[re, im] = [(re * a - im * b) / size, (re * b + im * a) / size]
    if (pivots[i] !== i + 1) [re, im] = [-re, -im]
    log += Math.log(size)
  }
  return { re, im, log }
}

function determinant({ lu, pivots }: Factors): [number, number] {
  const n = lu.columns
  let [re, im] = [1, 0]
  for (let i = 0; i < n; i++) {
    const [a, b] = [lu.re[i * n + i], lu.im[i * n + i]]
    ;[re, im] = [re * a - im * b, re * b + im * a]
    if (pivots[i] !== i + 1) [re, im] = [-re, -im]
  }
  return [re, im]
}

const pairs = (list: readonly (readonly [number, number])[]): Float64Array => Float64Array.from(list.flat())

interface Factored {
  readonly list: Factors[]
  readonly lead: number[]
  readonly luTensor: Tensor
  readonly pivotTensor: Tensor
  readonly infoTensor: Tensor
}

function factorAll(d: Dispatcher, a: Tensor, pivot = true): Factored {
  const list = loadMatrices(a).map((m) => factorize(m, pivot))
  const lead = a.shape.slice(0, -2)
  const [rows, columns] = a.shape.slice(-2)
  return {
    list,
    lead,
    luTensor: storeMatrices(
      d,
      list.map((f) => f.lu),
      lead,
      rows,
      columns,
      a,
    ),
    pivotTensor: storeInts(
      d,
      list.flatMap((f) => f.pivots),
      [...lead, Math.min(rows, columns)],
      a,
    ),
    infoTensor: storeInts(
      d,
      list.map((f) => f.info),
      lead,
      a,
    ),
  }
}

/** Whether B holds one vector a matrix of A. */
function isVector(a: Tensor, b: Tensor): boolean {
  const expected = a.shape.slice(0, -1)
  return b.ndim === 1 || (a.ndim - 1 === b.ndim && b.shape.every((n, i) => n === expected[i]))
}

function solveEx(d: Dispatcher, a: Tensor, b: Tensor, left: boolean, checkErrors: boolean): [Tensor, Tensor, Tensor, Tensor] {
  checkMatrices(a, 'linalg.solve', true)
  check(
    a.dtype === b.dtype,
    () => `linalg.solve: Expected A and B to have the same dtype, but found A of type ${a.dtype} and B of type ${b.dtype} instead`,
    'TSJ_DTYPE_MISMATCH',
  )
  const vector = isVector(a, b)
  const n = a.shape[a.ndim - 1]
  const bShape = vector ? [...b.shape, 1] : [...b.shape]
  const width = bShape[bShape.length - (left ? 1 : 2)]
  check(
    bShape[bShape.length - (left ? 2 : 1)] === n,
    () =>
      `linalg.solve: Incompatible shapes of A and B for the equation ${left ? 'AX = B' : 'XA = B'} (${n}x${n} and ${bShape.slice(-2).join('x')})`,
    'TSJ_SHAPE_MATRIX',
  )
  const lead = broadcastShapes(a.shape.slice(0, -2), bShape.slice(0, -2))
  const wide = expandTo(a, [...lead, n, n])
  const factored = factorAll(d, wide)
  const bWide = expandTo(vector ? d.call('aten::unsqueeze', b, -1) : b, [...lead, ...bShape.slice(-2)])
  const solved = loadMatrices(bWide).map((m, i) =>
    left ? solveFactored(factored.list[i], m) : solveFactored(factored.list[i], m.adjoint(), true).adjoint(),
  )
  const result = storeMatrices(d, solved, lead, left ? n : width, left ? width : n, a)
  if (checkErrors) checkInfo(factored.infoTensor, 'linalg.solve', a.ndim === 2)
  return [vector ? d.call('aten::squeeze.dim', result, -1) : result, factored.luTensor, factored.pivotTensor, factored.infoTensor]
}

/** Throws where a factorisation failed; in PyTorch's words. */
export function checkInfo(info: Tensor, name: string, isMatrix: boolean): void {
  const values = Array.from(readIndices(info))
  const at = values.findIndex((value) => value !== 0)
  if (at < 0) return
  const place = isMatrix ? '' : `(Batch element ${at}): `
  const value = values[at]
  const reasons: Record<string, string> = {
    'linalg.inv': `The diagonal element ${value} is zero, the inversion could not be completed because the input matrix is singular.`,
    'linalg.solve': 'The solver failed because the input matrix is singular.',
    'torch.linalg.solve': 'The solver failed because the input matrix is singular.',
    'linalg.lu_factor': `U[${value},${value}] is zero and using it on lu_solve would result in a division by zero. If you still want to perform the factorization, consider calling linalg.lu(A, pivot) or linalg.lu_factor_ex(A, pivot)`,
    'linalg.cholesky': `The factorization could not be completed because the input is not positive-definite (the leading minor of order ${value} is not positive-definite).`,
  }
  const key = Object.keys(reasons).find((known) => name.includes(known.replace('torch.', ''))) ?? ''
  throw new RuntimeError(
    'TSJ_SINGULAR_MATRIX',
    `${name}: ${place}${reasons[key] ?? `The algorithm failed to converge (error code: ${value}).`}`,
  )
}

function unpack(d: Dispatcher, lu: Tensor, pivots: Tensor, data: boolean, wantsP: boolean): [Tensor, Tensor, Tensor] {
  const lead = lu.shape.slice(0, -2)
  const [m, n] = lu.shape.slice(-2)
  const k = Math.min(m, n)
  const list = loadMatrices(lu)
  const empty = (): Tensor => d.empty([0], lu.dtype, lu.device)
  const swaps = Array.from(readIndices(pivots))
  const permutations = list.map((_, i) => swapRows(Matrix.identity(m), swaps.slice(i * k, (i + 1) * k), true))
  return [
    wantsP ? storeMatrices(d, permutations, lead, m, m, lu) : empty(),
    data
      ? storeMatrices(
          d,
          list.map((x) => lowerOf(x.slice(0, m, 0, k))),
          lead,
          m,
          k,
          lu,
        )
      : empty(),
    data
      ? storeMatrices(
          d,
          list.map((x) => x.slice(0, k, 0, n).filter((i, j) => j >= i)),
          lead,
          k,
          n,
          lu,
        )
      : empty(),
  ]
}

function lowerOf(x: Matrix): Matrix {
  const result = x.filter((i, j) => i > j)
  for (let i = 0; i < Math.min(x.rows, x.columns); i++) result.re[i * x.columns + i] = 1
  return result
}

export const linalgLuKernels: KernelTable = {
  'aten::linalg_lu_factor_ex(Tensor A, *, bool pivot=True, bool check_errors=False) -> (Tensor LU, Tensor pivots, Tensor info)': (
    d,
    a: Tensor,
    pivot: boolean,
    checkErrors: boolean,
  ) => {
    check(
      a.ndim >= 2,
      () => `torch.lu_factor: Expected tensor with 2 or more dimensions. Got size: ${shapeText(a.shape)} instead`,
      'TSJ_SHAPE_MATRIX',
    )
    checkMatrices(a, 'torch.lu_factor', false)
    const { luTensor, pivotTensor, infoTensor } = factorAll(d, a, pivot)
    if (checkErrors) checkInfo(infoTensor, 'torch.linalg.lu_factor', a.ndim === 2)
    return [luTensor, pivotTensor, infoTensor]
  },
  'aten::linalg_lu(Tensor A, *, bool pivot=True) -> (Tensor P, Tensor L, Tensor U)': (d, a: Tensor, pivot: boolean) => {
    checkMatrices(a, 'linalg.lu', false)
    const { luTensor, pivotTensor } = factorAll(d, a, pivot)
    const [p, l, u] = unpack(d, luTensor, pivotTensor, true, pivot)
    return [p, l, u]
  },
  'aten::lu_unpack(Tensor LU_data, Tensor LU_pivots, bool unpack_data=True, bool unpack_pivots=True) -> (Tensor P, Tensor L, Tensor U)': (
    d,
    lu: Tensor,
    pivots: Tensor,
    data: boolean,
    wantsP: boolean,
  ) => {
    check(
      !wantsP || pivots.dtype === 'int32',
      () =>
        'torch.lu_unpack: LU_pivots is expected to be a contiguous tensor of torch.int32 dtype.\nNote: this function is intended to be used with the output produced by torch.linalg.lu_factor',
      'TSJ_DTYPE_MISMATCH',
    )
    return unpack(d, lu, pivots, data, wantsP)
  },
  'aten::linalg_lu_solve(Tensor LU, Tensor pivots, Tensor B, *, bool left=True, bool adjoint=False) -> Tensor': (
    d,
    lu: Tensor,
    pivots: Tensor,
    b: Tensor,
    left: boolean,
    adjoint: boolean,
  ) => {
    checkMatrices(lu, 'torch.linalg.lu_solve', true, 'LU')
    const n = lu.shape[lu.ndim - 1]
    check(
      b.shape[b.ndim - (left ? 2 : 1)] === n,
      () =>
        `linalg.lu_solve: Incompatible shapes of A and B for the equation ${left ? 'AX = B' : 'XA = B'} (${n}x${n} and ${b.shape.slice(-2).join('x')})`,
      'TSJ_SHAPE_MATRIX',
    )
    const lead = broadcastShapes(lu.shape.slice(0, -2), b.shape.slice(0, -2))
    const factors = loadMatrices(expandTo(lu, [...lead, n, n]))
    const swaps = Array.from(readIndices(expandTo(pivots, [...lead, n])))
    const solved = loadMatrices(expandTo(b, [...lead, ...b.shape.slice(-2)])).map((m, i) => {
      const f = { lu: factors[i], pivots: swaps.slice(i * n, (i + 1) * n) }
      return left ? solveFactored(f, m, adjoint) : solveFactored(f, m.adjoint(), !adjoint).adjoint()
    })
    return storeMatrices(d, solved, lead, b.shape[b.ndim - 2], b.shape[b.ndim - 1], lu)
  },
  'aten::_linalg_det(Tensor A) -> (Tensor result, Tensor LU, Tensor pivots)': (d, a: Tensor) => {
    checkMatrices(a, 'linalg.det', true)
    const { list, lead, luTensor, pivotTensor } = factorAll(d, a)
    return [storePairs(d, pairs(list.map(determinant)), lead, a.dtype, a), luTensor, pivotTensor]
  },
  'aten::_linalg_slogdet(Tensor A) -> (Tensor sign, Tensor logabsdet, Tensor LU, Tensor pivots)': (d, a: Tensor) => {
    checkMatrices(a, 'linalg.slogdet', true)
    const { list, lead, luTensor, pivotTensor } = factorAll(d, a)
    const logs = list.map(logDeterminant)
    return [
      storePairs(d, pairs(logs.map(({ re, im }) => [re, im])), lead, a.dtype, a),
      storeReals(
        d,
        logs.map(({ log }) => log),
        lead,
        a,
      ),
      luTensor,
      pivotTensor,
    ]
  },
  'aten::linalg_inv_ex(Tensor A, *, bool check_errors=False) -> (Tensor inverse, Tensor info)': (d, a: Tensor, checkErrors: boolean) => {
    checkMatrices(a, 'linalg.inv', true)
    const n = a.shape[a.ndim - 1]
    const { list, lead, infoTensor } = factorAll(d, a)
    if (checkErrors) checkInfo(infoTensor, 'linalg.inv_ex', a.ndim === 2)
    return [
      storeMatrices(
        d,
        list.map((f) => solveFactored(f, Matrix.identity(n))),
        lead,
        n,
        n,
        a,
      ),
      infoTensor,
    ]
  },
  'aten::_linalg_solve_ex(Tensor A, Tensor B, *, bool left=True, bool check_errors=False) -> (Tensor result, Tensor LU, Tensor pivots, Tensor info)':
    solveEx,
  'aten::_linalg_check_errors(Tensor info, str api_name, *, bool is_matrix) -> ()': (_d, info: Tensor, name: string, isMatrix: boolean) =>
    checkInfo(info, name, isMatrix),
}
