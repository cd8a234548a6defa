/** Linear algebra in terms of a few factorisations: solutions, inverses, determinants, norms, powers. */
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import type { Decomposition, DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const fail = (text: string, code = 'TSJ_SHAPE_MATRIX'): never => {
  throw new RuntimeError(code, text)
}
const info = (t: TensorLike): ReturnType<typeof dtypeInfo> => dtypeInfo(t.dtype as DType)
const first = (result: any): any => result[0]
const adjoint = (op: Dispatch, t: TensorLike): any => {
  const turned = op.call('aten::transpose.int', t, -2, -1)
  return info(t).isComplex ? op.call('aten::conj_physical', turned) : turned
}
const checkErrors = (op: Dispatch, status: unknown, name: string, t: TensorLike): void => {
  op.call('aten::_linalg_check_errors', status, name, t.ndim === 2)
}

function solve(op: Dispatch, a: TensorLike, b: unknown, left: boolean): unknown {
  const [result, , , status] = op.call('aten::_linalg_solve_ex', a, b, left, false)
  checkErrors(op, status, 'torch.linalg.solve', a)
  return result
}

function inverse(op: Dispatch, a: TensorLike): unknown {
  const [result, status] = op.call('aten::linalg_inv_ex', a, false)
  checkErrors(op, status, 'linalg.inv', a)
  return result
}

function matrixPower(op: Dispatch, a: TensorLike, n: number): unknown {
  if (a.ndim < 2) fail('linalg.matrix_power: The input tensor A must have at least 2 dimensions.')
  const [rows, columns] = a.shape.slice(-2)
  if (rows !== columns) fail(`linalg.matrix_power: A must be batches of square matrices, but they are ${rows} by ${columns} matrices`)
  if (n === 0) return op.call('aten::clone', op.call('aten::expand', op.call('aten::eye', rows, info(a).code, null, null, null), a.shape))
  let base: any = n < 0 ? op.call('aten::linalg_inv', a) : a
  let left = Math.abs(n)
  if (left === 1) return n < 0 ? base : op.call('aten::clone', a)
  let result: any
  for (; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = result === undefined ? base : op.call('aten::matmul', result, base)
    if (left > 1) base = op.call('aten::matmul', base, base)
  }
  return result
}

// --- norms ------------------------------------------------------------------------------------------------------

const vectorNorm = (op: Dispatch, t: unknown, order: unknown, dim: number[] | null, keepdim: boolean, dtype: number | null): any =>
  op.call('aten::linalg_vector_norm', t, order, dim, keepdim, dtype)

const singularValues = (op: Dispatch, t: unknown): any => op.call('aten::linalg_svdvals', t, null)

/** Moves two dims to the end, so that they are the matrices. */
function toMatrices(op: Dispatch, t: TensorLike, dims: readonly number[]): any {
  const wrapped = dims.map((dim) => (dim < 0 ? dim + t.ndim : dim))
  const rest = t.shape.map((_, i) => i).filter((i) => !wrapped.includes(i))
  return op.call('aten::permute', t, [...rest, ...wrapped])
}

function keepDims(op: Dispatch, reduced: unknown, dims: readonly number[], ndim: number): any {
  return dims
    .map((dim) => (dim < 0 ? dim + ndim : dim))
    .sort((x, y) => x - y)
    .reduce((t, dim) => op.call('aten::unsqueeze', t, dim), reduced as any)
}

function matrixNorm(op: Dispatch, t: TensorLike, order: number | string, dim: number[], keepdim: boolean, dtype: number | null): unknown {
  if (t.ndim < 2) fail('linalg.matrix_norm: The input tensor A must have at least 2 dimensions.')
  if (dim.length !== 2) fail(`linalg.matrix_norm: dim must be a 2-tuple. Got ${dim.join(' ')}`)
  const [rows, columns] = dim.map((n) => (n < 0 ? n + t.ndim : n))
  if (rows === columns) fail(`linalg.matrix_norm: dims must be different. Got (${dim.join(', ')})`)
  if (order === 'fro') return vectorNorm(op, t, op.float(2), dim, keepdim, dtype)
  const cast: any = dtype === null ? t : op.call('aten::to.dtype', t, dtype)
  // the largest of no norms is 0, the smallest is an error
  const largest = (values: any, at: number, keep: boolean): any => {
    if (values.shape[at < 0 ? at + values.ndim : at] > 0) return op.call('aten::amax', values, [at], keep)
    return op.call('aten::sum.dim_IntList', values, [at], keep, null)
  }
  const smallest = (values: any, at: number, keep: boolean): any => {
    if (values.shape[at < 0 ? at + values.ndim : at] > 0) return op.call('aten::amin', values, [at], keep)
    const error = new RuntimeError('TSJ_SHAPE_EMPTY', `amin(): Expected reduction dim ${at} to have non-zero size.`)
    error.pythonClass = 'IndexError'
    throw error
  }
  if (order === 'nuc' || order === 2 || order === -2) {
    const values = singularValues(op, toMatrices(op, cast, dim))
    const reduced =
      order === 'nuc'
        ? op.call('aten::sum.dim_IntList', values, [-1], false, null)
        : order === 2
          ? largest(values, -1, false)
          : smallest(values, -1, false)
    return keepdim ? keepDims(op, reduced, dim, t.ndim) : reduced
  }
  const size = Math.abs(order as number)
  if (size !== 1 && size !== Number.POSITIVE_INFINITY) fail(`linalg.matrix_norm: Order ${order} not supported.`)
  const [summed, chosen] = size === 1 ? [rows, columns] : [columns, rows]
  const sums = vectorNorm(op, cast, op.float(1), [summed], keepdim, null)
  const at = keepdim || chosen < summed ? chosen : chosen - 1
  return (order as number) > 0 ? largest(sums, at, keepdim) : smallest(sums, at, keepdim)
}

const scalar = (order: any): number => (typeof order === 'number' ? order : Number(order.value ?? order))

function norm(op: Dispatch, t: TensorLike, order: any, dim: number[] | null, keepdim: boolean, dtype: number | null): unknown {
  if (order === null) {
    const flat = dim === null ? op.call('aten::flatten.using_ints', t, 0, -1) : t
    const result = vectorNorm(op, flat, op.float(2), dim, keepdim && dim !== null, dtype)
    return dim === null && keepdim
      ? op.call(
          'aten::reshape',
          result,
          t.shape.map(() => 1),
        )
      : result
  }
  if (dim === null && t.ndim !== 1 && t.ndim !== 2)
    fail(`linalg.norm: If dim is not specified but ord is, the input must be 1D or 2D. Got ${t.ndim}D.`)
  if (dim ? dim.length === 1 : t.ndim === 1) return vectorNorm(op, t, order, dim, keepdim, dtype)
  return matrixNorm(op, t, scalar(order), dim ?? [0, 1], keepdim, dtype)
}

function condition(op: Dispatch, a: TensorLike, p: any): unknown {
  const order: number | string = p === null ? 2 : typeof p === 'string' ? p : scalar(p)
  if (order === 2 || order === -2) {
    const values = singularValues(op, a)
    const at = (i: number): any => op.call('aten::select.int', values, -1, i)
    return order === 2 ? op.call('aten::div.Tensor', at(0), at(-1)) : op.call('aten::div.Tensor', at(-1), at(0))
  }
  const [inverted, status] = op.call('aten::linalg_inv_ex', a, false)
  const size = (t: TensorLike): unknown => matrixNorm(op, t, order, [-2, -1], false, null)
  const infinite = op.call(
    'aten::masked_fill.Scalar',
    op.call('aten::mul.Tensor', size(a), size(inverted)),
    op.call('aten::ne.Scalar', status, op.int(0)),
    op.float(Number.POSITIVE_INFINITY),
  )
  return infinite
}

// --- ranks and pseudo-inverses ----------------------------------------------------------------------------------

const epsilon = (t: TensorLike): number => (t.dtype === 'float64' || t.dtype === 'complex128' ? 2 ** -52 : 2 ** -23)

/** max(atol, rtol * largest), both broadcast over the batch. Without either, rtol is the machine's epsilon times the larger size. */
function tolerance(op: Dispatch, a: TensorLike, largest: any, atol: any, rtol: any): any {
  const byDefault = epsilon(a) * Math.max(...a.shape.slice(-2))
  if (typeof atol === 'object' && atol !== null) {
    const relative = rtol ?? op.call('aten::full_like', atol, op.float(byDefault))
    // rtol counts by default only where atol is 0
    const factor =
      rtol === null ? op.call('aten::masked_fill.Scalar', relative, op.call('aten::gt.Scalar', atol, op.float(0)), op.float(0)) : relative
    return op.call('aten::maximum', op.call('aten::to.dtype', atol, info(largest).code), op.call('aten::mul.Tensor', largest, factor))
  }
  if (typeof rtol === 'object' && rtol !== null) {
    const scaled = op.call('aten::mul.Tensor', largest, rtol)
    return atol ? op.call('aten::clamp_min', scaled, op.float(atol)) : scaled
  }
  const relative = rtol ?? (atol ? 0 : byDefault)
  return op.call('aten::clamp_min', op.call('aten::mul.Scalar', largest, op.float(relative)), op.float(atol ?? 0))
}

const lastKept = (op: Dispatch, t: unknown): any => op.call('aten::unsqueeze', t, -1)

function rank(op: Dispatch, a: TensorLike, atol: any, rtol: any, hermitian: boolean): unknown {
  if (a.ndim < 2) fail('torch.linalg.matrix_rank: The input tensor input must have at least 2 dimensions.')
  if (a.numel === 0) return op.call('aten::zeros', a.shape.slice(0, -2), dtypeInfo('int64').code, null, null, null)
  const values = hermitian ? op.call('aten::abs', op.call('aten::linalg_eigvalsh', a, 'L')) : singularValues(op, a)
  const largest = op.call('aten::amax', values, [-1], false)
  const limit = lastKept(op, tolerance(op, a, largest, atol, rtol))
  return op.call('aten::sum.dim_IntList', op.call('aten::gt.Tensor', values, limit), [-1], false, null)
}

function pseudoInverse(op: Dispatch, a: TensorLike, atol: any, rtol: any, hermitian: boolean): unknown {
  if (a.ndim < 2) fail('linalg.pinv: The input tensor input must have at least 2 dimensions.')
  if (a.numel === 0) return op.call('aten::transpose.int', op.call('aten::zeros_like', a), -2, -1)
  const invert = (values: any, sizes: any): any => {
    const largest = op.call('aten::amax', sizes, [-1], false)
    const limit = lastKept(op, tolerance(op, a, largest, atol, rtol))
    const small = op.call('aten::le.Tensor', sizes, limit)
    return op.call('aten::masked_fill.Scalar', op.call('aten::reciprocal', values), small, op.float(0))
  }
  if (hermitian) {
    const [values, vectors] = op.call('aten::linalg_eigh', a, 'L')
    const scaled = op.call('aten::mul.Tensor', vectors, op.call('aten::unsqueeze', invert(values, op.call('aten::abs', values)), -2))
    return op.call('aten::matmul', scaled, adjoint(op, vectors))
  }
  const [u, s, vh] = op.call('aten::_linalg_svd', a, false, true, null)
  const scaled = op.call('aten::mul.Tensor', adjoint(op, vh), op.call('aten::unsqueeze', invert(s, s), -2))
  return op.call('aten::matmul', scaled, adjoint(op, u))
}

// --- cross products, tensors as matrices, statistics ------------------------------------------------------------

function cross(op: Dispatch, a: TensorLike, b: TensorLike, dim: number): unknown {
  if (a.ndim !== b.ndim) fail('linalg.cross: inputs must have the same number of dimensions.')
  const at = dim < 0 ? dim + a.ndim : dim
  if (a.shape[at] !== 3 || b.shape[at] !== 3)
    fail(`linalg.cross: inputs dimension ${dim} must have length 3. Got ${a.shape[at]} and ${b.shape[at]}`)
  const turn = (t: unknown, by: number): any => op.call('aten::roll', t, [by], [at])
  const mul = (x: any, y: any): any => op.call('aten::mul.Tensor', x, y)
  const [x, y] = op.call('aten::broadcast_tensors', [a, b])
  return op.call('aten::sub.Tensor', mul(turn(x, -1), turn(y, 1)), mul(turn(x, 1), turn(y, -1)))
}

function vander(op: Dispatch, given: TensorLike, count: number | null): unknown {
  const x: any = given.ndim === 0 ? op.call('aten::unsqueeze', given, 0) : given
  const n = count ?? x.shape[x.ndim - 1]
  if (n <= 1) fail('N must be greater than 1.')
  const base = op.call('aten::unsqueeze', x, -1)
  const ones = op.call('aten::ones_like', base)
  const columns = [ones]
  for (let i = 1; i < n; i++) columns.push(op.call('aten::mul.Tensor', columns[i - 1], base))
  return op.call('aten::cat', columns, -1)
}

const product = (sizes: readonly number[]): number => sizes.reduce((n, s) => n * s, 1)

function tensorSolve(op: Dispatch, a: any, b: TensorLike, dims: number[] | null): unknown {
  const moved = dims
    ? op.call(
        'aten::movedim.intlist',
        a,
        dims,
        dims.map((_, i) => a.ndim - dims.length + i),
      )
    : a
  const out = moved.shape.slice(b.ndim)
  const n = product(b.shape)
  if (n !== product(out))
    fail(
      `Expected self to satisfy the requirement prod(self.shape[other.ndim:]) == prod(self.shape[:other.ndim]), but got ${product(out)} != ${n}`,
    )
  const x = op.call('aten::linalg_solve', op.call('aten::reshape', moved, [n, n]), op.call('aten::reshape', b, [n]), true)
  return op.call('aten::reshape', x, out)
}

function tensorInverse(op: Dispatch, a: TensorLike, index: number): unknown {
  if (index <= 0) fail("Expected a strictly positive integer for 'ind'")
  const [top, bottom] = [a.shape.slice(0, index), a.shape.slice(index)]
  const [m, n] = [product(top), product(bottom)]
  if (m !== n) fail(`Expected self to satisfy the requirement prod(self.shape[ind:]) == prod(self.shape[:ind]), but got ${n} != ${m}`)
  return op.call('aten::reshape', inverse(op, op.call('aten::reshape', a, [m, n])), [...bottom, ...top])
}

function covariance(op: Dispatch, t: any, correction: number, fweights: any, aweights: any): unknown {
  if (t.ndim > 2) fail(`cov(): expected input to have two or fewer dimensions but got an input with ${t.ndim} dimensions`)
  let x = t.ndim < 2 ? op.call('aten::reshape', t, [1, t.numel]) : t
  if (!info(x).isFloat && !info(x).isComplex) x = op.call('aten::to.dtype', x, dtypeInfo('float32').code)
  const mul = (a: unknown, b: unknown): any => op.call('aten::mul.Tensor', a, b)
  let weights = fweights
  if (aweights !== null) weights = fweights === null ? aweights : mul(fweights, aweights)
  const count = x.shape[1]
  const whole = weights === null ? null : op.call('aten::sum', weights, null)
  const mean =
    weights === null
      ? op.call('aten::mean.dim', x, [1], true, null)
      : op.call('aten::div.Tensor', op.call('aten::sum.dim_IntList', mul(x, weights), [1], true, null), whole)
  const centered = op.call('aten::sub.Tensor', x, mean)
  const scatter = op.call('aten::mm', centered, adjoint(op, weights === null ? centered : mul(centered, weights)))
  let result: any
  if (weights === null) result = op.call('aten::div.Scalar', scatter, op.int(Math.max(count - correction, 0)))
  else {
    // with analytic weights: the sum less correction times the weighted mean of the analytic weights
    const lost =
      correction === 0
        ? null
        : aweights === null
          ? op.float(correction)
          : op.call(
              'aten::mul.Scalar',
              op.call('aten::div.Tensor', op.call('aten::sum', mul(weights, aweights), null), whole),
              op.int(correction),
            )
    const factor = lost === null ? whole : op.call(aweights === null ? 'aten::sub.Scalar' : 'aten::sub.Tensor', whole, lost)
    result = op.call('aten::div.Tensor', scatter, op.call('aten::clamp_min', factor, op.int(0)))
  }
  return op.call('aten::squeeze', result)
}

const logDeterminant: Decomposition = (op, a) => {
  const [sign, log] = op.call('aten::linalg_slogdet', a)
  return info(a).isComplex
    ? op.call('aten::add.Tensor', log, op.call('aten::log', sign))
    : op.call('aten::add.Tensor', op.call('aten::log', sign), log)
}

export const linalgDecompositions: DecompositionTable = {
  'aten::linalg_solve': solve,
  'aten::linalg_solve_ex': (op, a, b, left, checked) => {
    const [result, , , status] = op.call('aten::_linalg_solve_ex', a, b, left, checked)
    return [result, status]
  },
  'aten::linalg_inv': inverse,
  'aten::inverse': inverse,
  'aten::linalg_det': (op, a) => first(op.call('aten::_linalg_det', a)),
  'aten::det': (op, a) => first(op.call('aten::_linalg_det', a)),
  'aten::linalg_slogdet': (op, a) => op.call('aten::_linalg_slogdet', a).slice(0, 2),
  'aten::slogdet': (op, a) => op.call('aten::_linalg_slogdet', a).slice(0, 2),
  'aten::logdet': logDeterminant,
  'aten::linalg_lu_factor': (op, a, pivot) => {
    const [lu, pivots, status] = op.call('aten::linalg_lu_factor_ex', a, pivot, false)
    checkErrors(op, status, 'torch.linalg.lu_factor', a)
    return [lu, pivots]
  },
  'aten::_lu_with_info': (op, a, pivot, checked) => op.call('aten::linalg_lu_factor_ex', a, pivot, checked),
  'aten::lu_solve': (op, b, lu, pivots) => op.call('aten::linalg_lu_solve', lu, pivots, b, true, false),
  'aten::linalg_cholesky': (op, a, upper) => {
    const [l, status] = op.call('aten::linalg_cholesky_ex', a, upper, false)
    checkErrors(op, status, 'linalg.cholesky', a)
    return l
  },
  'aten::qr': (op, a, some) => op.call('aten::linalg_qr', a, some ? 'reduced' : 'complete'),
  'aten::orgqr': (op, a, tau) => op.call('aten::linalg_householder_product', a, tau),
  'aten::linalg_svd': (op, a, full, driver) => op.call('aten::_linalg_svd', a, full, true, driver),
  'aten::linalg_svdvals': (op, a, driver) => op.call('aten::_linalg_svd', a, false, false, driver)[1],
  'aten::svd': (op, a, some, wantsVectors) => {
    if (wantsVectors) {
      const [u, s, vh] = op.call('aten::linalg_svd', a, !some, null)
      return [u, s, adjoint(op, vh)]
    }
    const [rows, columns] = a.shape.slice(-2)
    const zeros = (n: number): unknown => op.call('aten::zeros', [...a.shape.slice(0, -2), n, n], info(a).code, null, null, null)
    return [zeros(rows), op.call('aten::linalg_svdvals', a, null), zeros(columns)]
  },
  'aten::linalg_eigh': (op, a, triangle) => op.call('aten::_linalg_eigh', a, triangle, true),
  'aten::linalg_eigvalsh': (op, a, triangle) => first(op.call('aten::_linalg_eigh', a, triangle, false)),
  'aten::linalg_eigvals': (op, a) => op.call('aten::_linalg_eigvals', a),
  'aten::matrix_exp': (op, a) => op.call('aten::linalg_matrix_exp', a),
  'aten::linalg_matrix_power': matrixPower,
  'aten::matrix_power': matrixPower,
  'aten::linalg_norm': norm,
  'aten::linalg_norm.ord_str': (op, t, order, dim, keepdim, dtype) => matrixNorm(op, t, order, dim ?? [0, 1], keepdim, dtype),
  'aten::linalg_matrix_norm': (op, t, order, dim, keepdim, dtype) => matrixNorm(op, t, scalar(order), dim, keepdim, dtype),
  'aten::linalg_matrix_norm.str_ord': matrixNorm as Decomposition,
  'aten::nuclear_norm': (op, t, keepdim) => matrixNorm(op, t, 'nuc', [0, 1], keepdim, null),
  'aten::nuclear_norm.dim': (op, t, dim, keepdim) => matrixNorm(op, t, 'nuc', dim, keepdim, null),
  'aten::linalg_cond': condition,
  'aten::linalg_cond.p_str': condition,
  'aten::linalg_matrix_rank': (op, a, tol, hermitian) => rank(op, a, tol, 0, hermitian),
  'aten::linalg_matrix_rank.tol_tensor': (op, a, tol, hermitian) => rank(op, a, tol, op.call('aten::zeros_like', tol), hermitian),
  'aten::linalg_matrix_rank.atol_rtol_float': rank,
  'aten::linalg_matrix_rank.atol_rtol_tensor': rank,
  'aten::linalg_pinv': (op, a, rcond, hermitian) => pseudoInverse(op, a, 0, rcond, hermitian),
  'aten::linalg_pinv.rcond_tensor': (op, a, rcond, hermitian) => pseudoInverse(op, a, null, rcond, hermitian),
  'aten::linalg_pinv.atol_rtol_float': pseudoInverse,
  'aten::linalg_pinv.atol_rtol_tensor': pseudoInverse,
  'aten::pinverse': (op, a, rcond) => pseudoInverse(op, a, 0, rcond, false),
  'aten::linalg_cross': cross,
  'aten::cross': (op, a: TensorLike, b, dim: number | null) => {
    const at = dim ?? a.shape.indexOf(3)
    if (at < 0 && dim === null) fail('no dimension of size 3 in input')
    return cross(op, a, b, at)
  },
  'aten::linalg_diagonal': (op, a, offset, dim1, dim2) => op.call('aten::diagonal', a, offset, dim1, dim2),
  'aten::linalg_vecdot': (op, x, y, dim) => {
    const left = info(x).isComplex ? op.call('aten::conj_physical', x) : x
    return op.call('aten::sum.dim_IntList', op.call('aten::mul.Tensor', left, y), [dim], false, null)
  },
  'aten::linalg_vander': vander,
  'aten::vander': (op, x, count, increasing) => {
    const powers = vander(op, x, count)
    return increasing ? powers : op.call('aten::flip', powers, [-1])
  },
  'aten::linalg_tensorsolve': tensorSolve,
  'aten::linalg_tensorinv': tensorInverse,
  'aten::cov': covariance,
  'aten::corrcoef': (op, t) => {
    const c = op.call('aten::cov', t, 1, null, null)
    if (c.ndim === 0) return op.call('aten::div.Tensor', c, c)
    const deviation = op.call('aten::sqrt', op.call('aten::real', op.call('aten::diagonal', c, 0, 0, 1)))
    const scaled = op.call(
      'aten::div.Tensor',
      op.call('aten::div.Tensor', c, op.call('aten::unsqueeze', deviation, 1)),
      op.call('aten::unsqueeze', deviation, 0),
    )
    return info(c).isComplex ? scaled : op.call('aten::clamp', scaled, op.int(-1), op.int(1))
  },
}
