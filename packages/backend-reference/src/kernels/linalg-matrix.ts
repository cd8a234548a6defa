/** Dense complex matrices in double precision, in which all of linear algebra is done here; real ones have zero imaginary parts. */

import type { Dispatcher, Tensor } from '@tsjit/runtime/backend'
import type { DType } from '@tsjit/types'
import { check, fromComplex, fromNumbers, isComplex, isFloating, product, readComplex, realDType } from './nn-host.ts'

export class Matrix {
  readonly re: Float64Array
  readonly im: Float64Array
  constructor(
    readonly rows: number,
    readonly columns: number,
    re?: Float64Array,
    im?: Float64Array,
  ) {
    this.re = re ?? new Float64Array(rows * columns)
    this.im = im ?? new Float64Array(rows * columns)
  }

  static identity(n: number): Matrix {
    const result = new Matrix(n, n)
    for (let i = 0; i < n; i++) result.re[i * n + i] = 1
    return result
  }
  clone(): Matrix {
    return new Matrix(this.rows, this.columns, this.re.slice(), this.im.slice())
  }
  /** Conjugate transpose. */
  adjoint(): Matrix {
    const { rows, columns } = this
    const result = new Matrix(columns, rows)
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        result.re[j * rows + i] = this.re[i * columns + j]
        result.im[j * rows + i] = -this.im[i * columns + j]
      }
    }
    return result
  }
  transpose(): Matrix {
    const result = this.adjoint()
    for (let i = 0; i < result.im.length; i++) result.im[i] = -result.im[i]
    return result
  }
  times(other: Matrix): Matrix {
    const [m, n, k] = [this.rows, other.columns, this.columns]
    const result = new Matrix(m, n)
    for (let i = 0; i < m; i++) {
      for (let p = 0; p < k; p++) {
        const [a, b] = [this.re[i * k + p], this.im[i * k + p]]
        for (let j = 0; j < n; j++) {
          const [c, e] = [other.re[p * n + j], other.im[p * n + j]]
          result.re[i * n + j] += a * c - b * e
          result.im[i * n + j] += a * e + b * c
        }
      }
    }
    return result
  }
  /** Rows `r0`..`r1`, columns `c0`..`c1`, ends excluded. */
  slice(r0: number, r1: number, c0: number, c1: number): Matrix {
    const result = new Matrix(r1 - r0, c1 - c0)
    for (let i = r0; i < r1; i++) {
      for (let j = c0; j < c1; j++) {
        result.re[(i - r0) * result.columns + j - c0] = this.re[i * this.columns + j]
        result.im[(i - r0) * result.columns + j - c0] = this.im[i * this.columns + j]
      }
    }
    return result
  }
  /** What `keep(i, j)` says no to becomes 0. */
  filter(keep: (i: number, j: number) => boolean): Matrix {
    const result = this.clone()
    for (let i = 0; i < this.rows; i++) {
      for (let j = 0; j < this.columns; j++) if (!keep(i, j)) result.re[i * this.columns + j] = result.im[i * this.columns + j] = 0
    }
    return result
  }
}

/** Throws where `t` holds no floating-point matrices. `name` is PyTorch's: `linalg.inv`. */
export function checkMatrices(t: Tensor, name: string, square: boolean, argument = 'A'): void {
  check(t.ndim >= 2, () => `${name}: The input tensor ${argument} must have at least 2 dimensions.`, 'TSJ_SHAPE_MATRIX')
  check(
    isFloating(t) || isComplex(t),
    () => `${name}: Expected a floating point or complex tensor as input. Got ${spokenDType(t.dtype)}`,
    'TSJ_DTYPE_UNSUPPORTED',
  )
  const [rows, columns] = t.shape.slice(-2)
  check(
    !square || rows === columns,
    () => `${name}: ${argument} must be batches of square matrices, but they are ${rows} by ${columns} matrices`,
    'TSJ_SHAPE_MATRIX',
  )
}

const spokenDType = (dtype: DType): string =>
  ({ int64: 'Long', int32: 'Int', int16: 'Short', int8: 'Char', uint8: 'Byte', bool: 'Bool' })[dtype as 'int64'] ?? dtype

/** The matrices of a batch in order. */
export function loadMatrices(t: Tensor): Matrix[] {
  const [rows, columns] = t.shape.slice(-2)
  const values = readComplex(t)
  const size = rows * columns
  return Array.from({ length: product(t.shape.slice(0, -2)) }, (_, n) => {
    const result = new Matrix(rows, columns)
    for (let i = 0; i < size; i++) {
      result.re[i] = values[2 * (n * size + i)]
      result.im[i] = values[2 * (n * size + i) + 1]
    }
    return result
  })
}

/** Matrices as a tensor of shape [...lead, rows, columns]. */
export function storeMatrices(
  d: Dispatcher,
  list: readonly Matrix[],
  lead: readonly number[],
  rows: number,
  columns: number,
  like: Tensor,
): Tensor {
  const size = rows * columns
  const values = new Float64Array(2 * size * list.length)
  list.forEach((matrix, n) => {
    for (let i = 0; i < size; i++) {
      values[2 * (n * size + i)] = matrix.re[i]
      values[2 * (n * size + i) + 1] = matrix.im[i]
    }
  })
  return storePairs(d, values, [...lead, rows, columns], like.dtype, like)
}

/** Interleaved pairs as a tensor; real dtypes take the real parts. */
export function storePairs(d: Dispatcher, values: Float64Array, shape: readonly number[], dtype: DType, like: Tensor): Tensor {
  if (dtype.startsWith('complex')) return fromComplex(d, values, shape, dtype, like.device)
  return fromNumbers(
    d,
    Float64Array.from({ length: values.length / 2 }, (_, i) => values[2 * i]),
    shape,
    dtype,
    like.device,
  )
}

export function storeReals(d: Dispatcher, values: readonly number[], shape: readonly number[], like: Tensor): Tensor {
  return fromNumbers(d, values, shape, realDType(like.dtype), like.device)
}

export function storeInts(d: Dispatcher, values: readonly number[], shape: readonly number[], like: Tensor): Tensor {
  return fromNumbers(d, values, shape, 'int32', like.device)
}
