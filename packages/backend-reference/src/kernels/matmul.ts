/** Matrix products: `mm`, `bmm`, `mv`, `dot` and their forms that add to a scaled tensor. Sums are carried in double precision. */

import {
  Boxed,
  Complex,
  type Dispatcher,
  fromBigInts,
  type KernelTable,
  promoteTypes,
  readBigInts,
  type ScalarValue,
  scalarToNumber,
  type Tensor,
} from '@tsjit/runtime/backend'
import type { DType } from '@tsjit/types'
import { dtypeFromCode, dtypeInfo } from '@tsjit/types'
import { gemm } from './nn-gemm.ts'
import {
  check,
  dtypeName,
  expandTo,
  fromComplex,
  isComplex,
  isFloating,
  look,
  notImplemented,
  type Output,
  output,
  readComplex,
  readNumbers,
  shapeText,
} from './nn-host.ts'

/** `float`, `double`, `int`, ...: how PyTorch's messages about matrix products name dtypes. */
const cName: Partial<Record<DType, string>> = {
  uint8: 'unsigned char',
  int8: 'signed char',
  int16: 'short',
  int32: 'int',
  int64: 'long',
  float16: 'c10::Half',
  float32: 'float',
  float64: 'double',
  complex64: 'c10::complex<float>',
  complex128: 'c10::complex<double>',
  bool: 'bool',
  bfloat16: 'c10::BFloat16',
}

/** Three views of one computation: `batch` matrices of `rows` x `columns`, sums over `depth`. */
interface Sizes {
  readonly batch: number
  readonly rows: number
  readonly columns: number
  readonly depth: number
}

/** `left` [B, M, K] times `right` [B, K, N] (or without the batch), as a tensor of `shape`. */
function multiply(d: Dispatcher, left: Tensor, right: Tensor, shape: readonly number[], dtype: DType, name: string): Tensor {
  return products(d, left, right, shape, dtype, name).finish()
}

/** The same before it is rounded to float16 or bfloat16. */
function products(d: Dispatcher, left: Tensor, right: Tensor, shape: readonly number[], dtype: DType, name: string): Product {
  const batched = left.ndim === 3
  const [rows, depth] = left.shape.slice(-2)
  const sizes: Sizes = { batch: batched ? left.shape[0] : 1, rows, columns: right.shape[right.ndim - 1], depth }
  if (left.dtype === 'bool') throw notImplemented(name, 'bool')
  if (isComplex(left)) return finished(complexProduct(d, left, right, sizes, shape))
  if (dtypeInfo(left.dtype).isInteger) {
    if (!isSafeProduct(left, right, depth)) return finished(bigProduct(d, left, right, sizes, shape, dtype))
  }
  const result = output(d, shape, dtype, left.device)
  const [a, b] = [look(left), look(right)]
  const at = batched ? 1 : 0
  for (let n = 0; n < sizes.batch; n++) {
    gemm(
      rows,
      sizes.columns,
      depth,
      { data: a.data, offset: batched ? n * a.strides[0] : 0, row: a.strides[at], column: a.strides[at + 1] },
      { data: b.data, offset: batched ? n * b.strides[0] : 0, row: b.strides[at], column: b.strides[at + 1] },
      { data: result.data, offset: n * rows * sizes.columns, row: sizes.columns, column: 1 },
    )
  }
  return result
}

/** `data` is absent where the tensor is made already. */
interface Product {
  readonly data?: Output['data']
  finish(): Tensor
}

const finished = (tensor: Tensor): Product => ({ finish: () => tensor })

function complexProduct(
  d: Dispatcher,
  left: Tensor,
  right: Tensor,
  { batch, rows, columns, depth }: Sizes,
  shape: readonly number[],
): Tensor {
  const a = readComplex(left)
  const b = readComplex(right)
  const values = new Float64Array(2 * batch * rows * columns)
  for (let n = 0; n < batch; n++) {
    // (part of a, part of b, part of the product, sign)
    for (const [pa, pb, pc, sign] of [
      [0, 0, 0, 1],
      [1, 1, 0, -1],
      [0, 1, 1, 1],
      [1, 0, 1, 1],
    ]) {
      gemm(
        rows,
        columns,
        depth,
        { data: a, offset: 2 * n * rows * depth + pa, row: 2 * depth, column: 2 },
        { data: b, offset: 2 * n * depth * columns + pb, row: 2 * columns, column: 2 },
        { data: values, offset: 2 * n * rows * columns + pc, row: 2 * columns, column: 2, accumulate: true, sign },
      )
    }
  }
  return fromComplex(d, values, shape, left.dtype, left.device)
}

/** Whether sums of products stay where doubles are exact. */
function isSafeProduct(left: Tensor, right: Tensor, depth: number): boolean {
  const largest = (t: Tensor): number => {
    let most = 0
    for (const value of readNumbers(t)) most = Math.max(most, Math.abs(value))
    return most
  }
  return largest(left) * largest(right) * depth < Number.MAX_SAFE_INTEGER
}

function bigProduct(
  d: Dispatcher,
  left: Tensor,
  right: Tensor,
  { batch, rows, columns, depth }: Sizes,
  shape: readonly number[],
  dtype: DType,
): Tensor {
  const a = readBigInts(left)
  const b = readBigInts(right)
  const values = new BigInt64Array(batch * rows * columns)
  let to = 0
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < rows; i++) {
      for (let j = 0; j < columns; j++) {
        let sum = 0n
        for (let k = 0; k < depth; k++) sum += a[(n * rows + i) * depth + k] * b[(n * depth + k) * columns + j]
        values[to++] = BigInt.asIntN(64, sum)
      }
    }
  }
  return fromBigInts(d, values, shape, dtype, left.device)
}

/** beta * self + alpha * product; self is not looked at where beta is 0. */
function combine(d: Dispatcher, self: Tensor, sum: Product, shape: readonly number[], beta: ScalarValue, alpha: ScalarValue): Tensor {
  const wide = expandTo(self, shape)
  if (!sum.data || dtypeInfo(self.dtype).isInteger) {
    const tensor = sum.finish()
    return isComplex(tensor) ? combineComplex(d, wide, tensor, beta, alpha) : combineIntegers(d, wide, tensor, beta, alpha)
  }
  const [scale, factor] = [scalarToNumber(beta), scalarToNumber(alpha)]
  const base = scale === 0 ? undefined : readNumbers(wide)
  for (let i = 0; i < sum.data.length; i++) sum.data[i] = factor * sum.data[i] + (base ? scale * base[i] : 0)
  return sum.finish()
}

function combineIntegers(d: Dispatcher, wide: Tensor, productTensor: Tensor, beta: ScalarValue, alpha: ScalarValue): Tensor {
  const whole = (s: ScalarValue): bigint =>
    s instanceof Boxed && typeof s.value === 'bigint' ? s.value : BigInt(Math.trunc(scalarToNumber(s)))
  const [scale, factor] = [whole(beta), whole(alpha)]
  const values = readBigInts(productTensor)
  const base = readBigInts(wide)
  const result = new BigInt64Array(values.length)
  for (let i = 0; i < values.length; i++) result[i] = BigInt.asIntN(64, factor * values[i] + scale * base[i])
  return fromBigInts(d, result, productTensor.shape, productTensor.dtype, productTensor.device)
}

function parts(value: ScalarValue): [number, number] {
  return value instanceof Complex ? [value.re, value.im] : [scalarToNumber(value), 0]
}

function combineComplex(d: Dispatcher, wide: Tensor, productTensor: Tensor, beta: ScalarValue, alpha: ScalarValue): Tensor {
  const [[br, bi], [ar, ai]] = [parts(beta), parts(alpha)]
  const values = readComplex(productTensor)
  const base = readComplex(wide)
  const result = new Float64Array(values.length)
  const scaled = br !== 0 || bi !== 0
  for (let i = 0; i < values.length; i += 2) {
    const [x, y, s, t] = [values[i], values[i + 1], base[i], base[i + 1]]
    result[i] = ar * x - ai * y + (scaled ? br * s - bi * t : 0)
    result[i + 1] = ar * y + ai * x + (scaled ? br * t + bi * s : 0)
  }
  return fromComplex(d, result, productTensor.shape, productTensor.dtype, productTensor.device)
}

// --- checks, in PyTorch's words ---------------------------------------------------------------------------------

function checkMatrices(a: Tensor, b: Tensor): void {
  check(
    a.shape[1] === b.shape[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${a.shape.join('x')} and ${b.shape.join('x')})`,
    'TSJ_SHAPE_MATMUL',
  )
  check(
    a.dtype === b.dtype,
    () => `expected m1 and m2 to have the same dtype, but got: ${cName[a.dtype] ?? a.dtype} != ${cName[b.dtype] ?? b.dtype}`,
    'TSJ_DTYPE_MISMATCH',
  )
}

function checkBatches(a: Tensor, b: Tensor): void {
  check(a.ndim === 3, () => 'batch1 must be a 3D tensor', 'TSJ_SHAPE_MATMUL')
  check(b.ndim === 3, () => 'batch2 must be a 3D tensor', 'TSJ_SHAPE_MATMUL')
  check(
    a.shape[0] === b.shape[0] && a.shape[2] === b.shape[1],
    () =>
      `Expected size for first two dimensions of batch2 tensor to be: [${a.shape[0]}, ${a.shape[2]}] but got: [${b.shape[0]}, ${b.shape[1]}].`,
    'TSJ_SHAPE_MATMUL',
  )
  check(a.dtype === b.dtype, () => `expected scalar type ${dtypeName(a.dtype)} but found ${dtypeName(b.dtype)}`, 'TSJ_DTYPE_MISMATCH')
}

function checkSelf(self: Tensor, other: Tensor): void {
  check(
    self.dtype === other.dtype,
    () => `self and mat2 must have the same dtype, but got ${dtypeName(self.dtype)} and ${dtypeName(other.dtype)}`,
    'TSJ_DTYPE_MISMATCH',
  )
}

function mm(d: Dispatcher, a: Tensor, b: Tensor, dtype: DType = a.dtype): Tensor {
  check(a.ndim === 2, () => 'self must be a matrix', 'TSJ_SHAPE_MATMUL')
  check(b.ndim === 2, () => 'mat2 must be a matrix', 'TSJ_SHAPE_MATMUL')
  checkMatrices(a, b)
  return multiply(d, a, b, [a.shape[0], b.shape[1]], dtype, 'addmm_impl_cpu_')
}

function bmm(d: Dispatcher, a: Tensor, b: Tensor, dtype: DType = a.dtype): Tensor {
  checkBatches(a, b)
  return multiply(d, a, b, [a.shape[0], a.shape[1], b.shape[2]], dtype, 'bmm')
}

function addmm(d: Dispatcher, self: Tensor, a: Tensor, b: Tensor, beta: ScalarValue, alpha: ScalarValue): Tensor {
  check(a.ndim === 2, () => `mat1 must be a matrix, got ${a.ndim}-D tensor`, 'TSJ_SHAPE_MATMUL')
  check(b.ndim === 2, () => `mat2 must be a matrix, got ${b.ndim}-D tensor`, 'TSJ_SHAPE_MATMUL')
  check(
    a.shape[1] === b.shape[0],
    () => `mat1 and mat2 shapes cannot be multiplied (${a.shape.join('x')} and ${b.shape.join('x')})`,
    'TSJ_SHAPE_MATMUL',
  )
  checkSelf(self, b)
  checkMatrices(a, b)
  return combine(d, self, products(d, a, b, [a.shape[0], b.shape[1]], a.dtype, 'addmm_impl_cpu_'), [a.shape[0], b.shape[1]], beta, alpha)
}

function asMatrix(d: Dispatcher, vector: Tensor, shape: readonly number[]): Tensor {
  return d.call('aten::reshape', vector, shape)
}

function mv(d: Dispatcher, a: Tensor, v: Tensor): Product {
  check(a.ndim === 2 && v.ndim === 1, () => `vector + matrix @ vector expected, got 1, ${a.ndim}, ${v.ndim}`, 'TSJ_SHAPE_MATMUL')
  check(
    a.shape[1] === v.shape[0],
    () => `size mismatch, got input (${a.shape[0]}), mat (${a.shape.join('x')}), vec (${v.shape[0]})`,
    'TSJ_SHAPE_MATMUL',
  )
  check(
    a.dtype === v.dtype,
    () => `addmv input tensors must have the same dtype, but got ${dtypeName(v.dtype)}, ${dtypeName(a.dtype)}, and ${dtypeName(v.dtype)}`,
    'TSJ_DTYPE_MISMATCH',
  )
  return products(d, a, asMatrix(d, v, [v.shape[0], 1]), [a.shape[0]], a.dtype, 'addmv_impl_cpu')
}

function dot(d: Dispatcher, a: Tensor, b: Tensor, name = 'dot'): Tensor {
  check(a.ndim === 1 && b.ndim === 1, () => `1D tensors expected, but got ${a.ndim}D and ${b.ndim}D tensors`, 'TSJ_SHAPE_MATMUL')
  check(
    a.dtype === b.dtype,
    () => `dot : expected both vectors to have same dtype, but found ${dtypeName(a.dtype)} and ${dtypeName(b.dtype)}`,
    'TSJ_DTYPE_MISMATCH',
  )
  check(
    a.numel === b.numel,
    () =>
      `inconsistent tensor size, expected tensor ${shapeText(a.shape)} and src ${shapeText(b.shape)} to have the same number of elements, but got ${a.numel} and ${b.numel} elements respectively`,
    'TSJ_SHAPE_MATMUL',
  )
  return multiply(d, asMatrix(d, a, [1, a.numel]), asMatrix(d, b, [b.numel, 1]), [], a.dtype, name)
}

const outDType = (code: number): DType => dtypeFromCode(code) ?? 'float32'

export const matmulKernels: KernelTable = {
  'aten::mm(Tensor self, Tensor mat2) -> Tensor': (d, a, b) => mm(d, a, b),
  'aten::mm.dtype(Tensor self, Tensor mat2, ScalarType out_dtype) -> Tensor': (d, a, b, code) => mm(d, a, b, outDType(code)),
  'aten::_int_mm(Tensor self, Tensor mat2) -> Tensor': (d, a, b) => mm(d, a, b, 'int32'),
  'aten::bmm(Tensor self, Tensor mat2) -> Tensor': (d, a, b) => bmm(d, a, b),
  'aten::bmm.dtype(Tensor self, Tensor mat2, ScalarType out_dtype) -> Tensor': (d, a, b, code) => bmm(d, a, b, outDType(code)),
  'aten::addmm(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': addmm,
  'aten::baddbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    d,
    self: Tensor,
    a: Tensor,
    b: Tensor,
    beta,
    alpha,
  ) => {
    checkBatches(a, b)
    checkSelf(self, b)
    const shape = [a.shape[0], a.shape[1], b.shape[2]]
    return combine(d, self, products(d, a, b, shape, a.dtype, 'bmm'), shape, beta, alpha)
  },
  'aten::addbmm(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    d,
    self: Tensor,
    a: Tensor,
    b: Tensor,
    beta,
    alpha,
  ) => {
    checkBatches(a, b)
    const [batch, rows, depth] = a.shape
    // the batches side by side are one long sum
    const wide = d.call('aten::reshape', d.call('aten::permute', a, [1, 0, 2]), [rows, batch * depth])
    const tall = d.call('aten::reshape', b, [batch * depth, b.shape[2]])
    const shape = [rows, b.shape[2]]
    return combine(d, self, products(d, wide, tall, shape, a.dtype, 'addbmm'), shape, beta, alpha)
  },
  'aten::mv(Tensor self, Tensor vec) -> Tensor': (d, a, v) => mv(d, a, v).finish(),
  'aten::addmv(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    d,
    self: Tensor,
    a: Tensor,
    v: Tensor,
    beta,
    alpha,
  ) => {
    check(
      a.ndim === 2 && v.ndim === 1 && self.ndim <= 1,
      () => `vector + matrix @ vector expected, got ${self.ndim}, ${a.ndim}, ${v.ndim}`,
      'TSJ_SHAPE_MATMUL',
    )
    check(
      a.shape[1] === v.shape[0] && (self.numel === a.shape[0] || self.numel === 1),
      () => `size mismatch, got input (${self.numel}), mat (${a.shape.join('x')}), vec (${v.shape[0]})`,
      'TSJ_SHAPE_MATMUL',
    )
    return combine(d, self, mv(d, a, v), [a.shape[0]], beta, alpha)
  },
  'aten::addr(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1) -> Tensor': (
    d,
    self: Tensor,
    x: Tensor,
    y: Tensor,
    beta,
    alpha,
  ) => {
    check(x.ndim === 1, () => `addr: Expected 1-D argument vec1, but got ${x.ndim}-D`, 'TSJ_SHAPE_MATMUL')
    check(y.ndim === 1, () => `addr: Expected 1-D argument vec2, but got ${y.ndim}-D`, 'TSJ_SHAPE_MATMUL')
    const outer = d.call('aten::mul.Tensor', asMatrix(d, x, [x.numel, 1]), y) as Tensor
    expandTo(self, outer.shape)
    const cast = (t: Tensor): Tensor => {
      const dtype = promoteTypes(self.dtype, outer.dtype)
      return t.dtype === dtype ? t : d.call('aten::to.dtype', t, dtypeInfo(dtype).code)
    }
    if (self.dtype === 'bool' && outer.dtype === 'bool') {
      const times = (t: Tensor, scale: ScalarValue): Tensor => d.call('aten::mul.Scalar', t, scalarToNumber(scale) !== 0)
      return d.call('aten::logical_or', times(self, beta), times(outer, alpha))
    }
    const wide = cast(outer)
    if (!isFloating(wide)) return combine(d, cast(self), finished(wide), outer.shape, beta, alpha)
    const sum = output(d, wide.shape, wide.dtype, wide.device)
    sum.data.set(readNumbers(wide))
    return combine(d, cast(self), sum, outer.shape, beta, alpha)
  },
  'aten::dot(Tensor self, Tensor tensor) -> Tensor': (d, a, b) => dot(d, a, b),
  'aten::vdot(Tensor self, Tensor other) -> Tensor': (d, a, b) => dot(d, isComplex(a) ? d.call('aten::conj_physical', a) : a, b, 'vdot'),
}
