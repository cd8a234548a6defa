/** Symmetric and Hermitian indefinite factorisation A = L D Lᴴ with the diagonal pivoting of Bunch and Kaufman, as LAPACK's sytf2 and hetf2 do it on the lower triangle. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { checkMatrices, loadMatrices, type Matrix, storeInts, storeMatrices } from './linalg-matrix.ts'
import { broadcastShapes, check, expandTo, readIndices } from './nn-host.ts'

type Complex = readonly [re: number, im: number]

const times = ([a, b]: Complex, [c, d]: Complex): Complex => [a * c - b * d, a * d + b * c]
const over = ([a, b]: Complex, [c, d]: Complex): Complex => {
  if (d === 0) return [a / c, b / c]
  const size = c * c + d * d
  return [(a * c + b * d) / size, (b * c - a * d) / size]
}
const conj = ([a, b]: Complex): Complex => [a, -b]

/** Entries of one matrix; `turn` conjugates where the matrix is Hermitian. */
class Entries {
  constructor(
    readonly matrix: Matrix,
    private readonly hermitian: boolean,
  ) {}
  at(i: number, j: number): Complex {
    const k = i * this.matrix.columns + j
    return [this.matrix.re[k], this.matrix.im[k]]
  }
  put(i: number, j: number, [re, im]: Complex): void {
    const k = i * this.matrix.columns + j
    this.matrix.re[k] = re
    this.matrix.im[k] = this.hermitian && i === j ? 0 : im
  }
  subtract(i: number, j: number, [re, im]: Complex): void {
    const [a, b] = this.at(i, j)
    this.put(i, j, [a - re, b - im])
  }
  /** LAPACK's measure: |re| + |im|. */
  size(i: number, j: number): number {
    const [re, im] = this.at(i, j)
    return Math.abs(re) + Math.abs(im)
  }
  turn(x: Complex): Complex {
    return this.hermitian ? conj(x) : x
  }
  /** Exchanges rows and columns `k` and `p` of the trailing block, of which the lower triangle counts. */
  exchange(k: number, p: number): void {
    const n = this.matrix.columns
    const swap = (i: number, j: number, r: number, c: number): void => {
      const kept = this.at(i, j)
      this.put(i, j, this.at(r, c))
      this.put(r, c, kept)
    }
    for (let i = p + 1; i < n; i++) swap(i, k, i, p)
    for (let i = k + 1; i < p; i++) {
      const kept = this.turn(this.at(i, k))
      this.put(i, k, this.turn(this.at(p, i)))
      this.put(p, i, kept)
    }
    this.put(p, k, this.turn(this.at(p, k)))
    swap(k, k, p, p)
  }
}

interface Factored {
  readonly pivots: number[]
  readonly info: number
}

/** In place: L below D's blocks; a pivot is the row exchanged with (from 1), negative twice for a 2 x 2 block. */
function factorize(matrix: Matrix, hermitian: boolean): Factored {
  const n = matrix.columns
  const a = new Entries(matrix, hermitian)
  const alpha = (1 + Math.sqrt(17)) / 8
  const pivots = new Array<number>(n)
  let info = 0
  for (let k = 0; k < n; ) {
    const largestBelow = (column: number, from: number): number => {
      let best = from
      for (let i = from + 1; i < n; i++) if (a.size(i, column) > a.size(best, column)) best = i
      return best
    }
    const own = hermitian ? Math.abs(a.at(k, k)[0]) : a.size(k, k)
    const below = k + 1 < n ? largestBelow(k, k + 1) : k
    const most = k + 1 < n ? a.size(below, k) : 0
    let step = 1
    let pivot = k
    if (Math.max(own, most) === 0 || Number.isNaN(own)) {
      info ||= k + 1
      if (hermitian) a.put(k, k, [a.at(k, k)[0], 0])
    } else {
      if (own < alpha * most) {
        let row = 0
        for (let j = k; j < below; j++) row = Math.max(row, a.size(below, j))
        for (let i = below + 1; i < n; i++) row = Math.max(row, a.size(i, below))
        const diagonal = hermitian ? Math.abs(a.at(below, below)[0]) : a.size(below, below)
        if (own < alpha * most * (most / row)) {
          pivot = below
          if (diagonal < alpha * row) step = 2
        }
      }
      const front = k + step - 1
      if (pivot !== front) {
        a.exchange(front, pivot)
        if (step === 2) {
          const kept = a.at(k + 1, k)
          a.put(k + 1, k, a.at(pivot, k))
          a.put(pivot, k, kept)
        }
      }
      if (step === 1) eliminateOne(a, k)
      else eliminateTwo(a, k)
    }
    if (step === 1) pivots[k] = pivot + 1
    else pivots[k] = pivots[k + 1] = -(pivot + 1)
    k += step
  }
  return { pivots, info }
}

function eliminateOne(a: Entries, k: number): void {
  const n = a.matrix.columns
  const d = a.at(k, k)
  const column = Array.from({ length: n }, (_, i) => a.at(i, k))
  const scaled = column.map((x) => over(x, d))
  for (let j = k + 1; j < n; j++) for (let i = j; i < n; i++) a.subtract(i, j, times(scaled[i], a.turn(column[j])))
  for (let i = k + 1; i < n; i++) a.put(i, k, scaled[i])
}

function eliminateTwo(a: Entries, k: number): void {
  const n = a.matrix.columns
  const [d11, d21, d22] = [a.at(k, k), a.at(k + 1, k), a.at(k + 1, k + 1)]
  const d12 = a.turn(d21)
  const [p, q] = [times(d11, d22), times(d21, d12)]
  const determinant: Complex = [p[0] - q[0], p[1] - q[1]]
  const minus = (x: Complex, y: Complex): Complex => [x[0] - y[0], x[1] - y[1]]
  const left = Array.from({ length: n }, (_, i) => a.at(i, k))
  const right = Array.from({ length: n }, (_, i) => a.at(i, k + 1))
  // rows of the two columns times the block's inverse
  const first = left.map((x, i) => over(minus(times(x, d22), times(right[i], d21)), determinant))
  const second = left.map((x, i) => over(minus(times(right[i], d11), times(x, d12)), determinant))
  for (let j = k + 2; j < n; j++) {
    for (let i = j; i < n; i++) {
      a.subtract(i, j, times(first[i], a.turn(left[j])))
      a.subtract(i, j, times(second[i], a.turn(right[j])))
    }
  }
  for (let i = k + 2; i < n; i++) {
    a.put(i, k, first[i])
    a.put(i, k + 1, second[i])
  }
}

/** Solves A X = B from the factors. */
function solve(ld: Matrix, pivots: readonly number[], b: Matrix, hermitian: boolean): Matrix {
  const n = ld.columns
  const a = new Entries(ld, hermitian)
  const x = b.clone()
  const width = b.columns
  const get = (i: number, j: number): Complex => [x.re[i * width + j], x.im[i * width + j]]
  const put = (i: number, j: number, [re, im]: Complex): void => {
    x.re[i * width + j] = re
    x.im[i * width + j] = im
  }
  const subtract = (i: number, j: number, [re, im]: Complex): void => {
    x.re[i * width + j] -= re
    x.im[i * width + j] -= im
  }
  const exchange = (i: number, p: number): void => {
    if (i === p) return
    for (let j = 0; j < width; j++) {
      const kept = get(i, j)
      put(i, j, get(p, j))
      put(p, j, kept)
    }
  }
  for (let k = 0; k < n; ) {
    const step = pivots[k] > 0 ? 1 : 2
    exchange(k + step - 1, Math.abs(pivots[k]) - 1)
    for (let j = 0; j < width; j++) {
      for (let i = k + step; i < n; i++) for (let s = 0; s < step; s++) subtract(i, j, times(a.at(i, k + s), get(k + s, j)))
      if (step === 1) put(k, j, over(get(k, j), a.at(k, k)))
      else {
        const [d11, d21, d22] = [a.at(k, k), a.at(k + 1, k), a.at(k + 1, k + 1)]
        const d12 = a.turn(d21)
        const [y1, y2] = [get(k, j), get(k + 1, j)]
        const [p, q] = [times(d11, d22), times(d21, d12)]
        const determinant: Complex = [p[0] - q[0], p[1] - q[1]]
        const [u, v, w, z] = [times(d22, y1), times(d12, y2), times(d11, y2), times(d21, y1)]
        put(k, j, over([u[0] - v[0], u[1] - v[1]], determinant))
        put(k + 1, j, over([w[0] - z[0], w[1] - z[1]], determinant))
      }
    }
    k += step
  }
  for (let k = n - 1; k >= 0; ) {
    const step = pivots[k] > 0 ? 1 : 2
    for (let s = 0; s < step; s++) {
      for (let j = 0; j < width; j++) for (let i = k + 1; i < n; i++) subtract(k - s, j, times(a.turn(a.at(i, k - s)), get(i, j)))
    }
    exchange(k, Math.abs(pivots[k]) - 1)
    k -= step
  }
  return x
}

function factor(d: Dispatcher, self: Tensor, hermitian: boolean, name: string): [Tensor, Tensor, Tensor, number[]] {
  checkMatrices(self, name, true, 'A')
  const lead = self.shape.slice(0, -2)
  const n = self.shape[self.ndim - 1]
  const isHermitian = hermitian && self.dtype.startsWith('complex')
  const list = loadMatrices(self)
  const factored = list.map((matrix) => factorize(matrix, isHermitian))
  const infos = factored.map(({ info }) => info)
  const lower = list.map((matrix) => matrix.filter((i, j) => i >= j))
  return [
    storeMatrices(d, lower, lead, n, n, self),
    storeInts(
      d,
      factored.flatMap(({ pivots }) => pivots),
      [...lead, n],
      self,
    ),
    storeInts(d, infos, lead, self),
    infos,
  ]
}

export const linalgLdlKernels: KernelTable = {
  'aten::linalg_ldl_factor_ex(Tensor self, *, bool hermitian=False, bool check_errors=False) -> (Tensor LD, Tensor pivots, Tensor info)': (
    d,
    self: Tensor,
    hermitian: boolean,
    checkErrors: boolean,
  ) => {
    const [ld, pivots, info] = factor(d, self, hermitian, 'torch.linalg.ldl_factor_ex')
    if (checkErrors) checkInfo(Array.from(readIndices(info)), 'torch.linalg.ldl_factor_ex', self.ndim === 2)
    return [ld, pivots, info]
  },
  'aten::linalg_ldl_factor(Tensor self, *, bool hermitian=False) -> (Tensor LD, Tensor pivots)': (d, self: Tensor, hermitian: boolean) => {
    const [ld, pivots, , infos] = factor(d, self, hermitian, 'torch.linalg.ldl_factor')
    checkInfo(infos, 'torch.linalg.ldl_factor', self.ndim === 2)
    return [ld, pivots]
  },
  'aten::linalg_ldl_solve(Tensor LD, Tensor pivots, Tensor B, *, bool hermitian=False) -> Tensor': (
    d,
    ld: Tensor,
    pivots: Tensor,
    b: Tensor,
    hermitian: boolean,
  ) => {
    checkMatrices(ld, 'torch.linalg.ldl_solve', true, 'LD')
    const n = ld.shape[ld.ndim - 1]
    check(
      b.ndim >= 2,
      () => `torch.linalg.ldl_solve: Expected B to have at least 2 dimensions, but it has ${b.ndim} dimensions instead`,
      'TSJ_SHAPE_MATRIX',
    )
    check(
      b.shape[b.ndim - 2] === n,
      () => `torch.linalg.ldl_solve: Incompatible shapes of LD (${n} by ${n}) and B (${b.shape.slice(-2).join(' by ')})`,
      'TSJ_SHAPE_MATRIX',
    )
    check(
      ld.dtype === b.dtype,
      () => `torch.linalg.ldl_solve: LD and B are expected to have the same dtype, but got ${ld.dtype} and ${b.dtype}`,
      'TSJ_DTYPE_MISMATCH',
    )
    const lead = broadcastShapes(ld.shape.slice(0, -2), b.shape.slice(0, -2))
    const factors = loadMatrices(expandTo(ld, [...lead, n, n]))
    const swaps = Array.from(readIndices(expandTo(pivots, [...lead, n])))
    const isHermitian = hermitian && ld.dtype.startsWith('complex')
    const solved = loadMatrices(expandTo(b, [...lead, ...b.shape.slice(-2)])).map((m, i) =>
      solve(factors[i], swaps.slice(i * n, (i + 1) * n), m, isHermitian),
    )
    return storeMatrices(d, solved, lead, n, b.shape[b.ndim - 1], ld)
  },
}

function checkInfo(infos: readonly number[], name: string, isMatrix: boolean): void {
  const at = infos.findIndex((info) => info !== 0)
  if (at < 0) return
  throw new RuntimeError(
    'TSJ_SINGULAR_MATRIX',
    `${name}: ${isMatrix ? '' : `(Batch element ${at}): `}The diagonal element ${infos[at]} of D is exactly zero: the matrix is singular, and ldl_solve cannot use these factors`,
  )
}
