/** Functions of up to three operands: where, clamp, lerp, addcmul, addcdiv, and comparisons of whole tensors. */
import {
  Complex,
  type Dispatcher,
  dtypeTitle,
  type KernelTable,
  readBigInts,
  readComplex,
  readNumbers,
  type ScalarValue,
  sameSizes,
  type Tensor,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import * as complex from '../complex-math.ts'
import { commonDType, mapComplex, mapNumbers, numberOf, type Operand } from '../pointwise.ts'

const isComplex = (dtype: DType) => dtypeInfo(dtype).isComplex

function where(d: Dispatcher, condition: Tensor, a: Operand, b: Operand): Tensor {
  if (condition.dtype !== 'bool' && condition.dtype !== 'uint8') {
    throw new RuntimeError(
      'TSJ_WHERE',
      `where expected condition to be a boolean tensor, but got a tensor with dtype ${dtypeTitle(condition.dtype)}`,
    )
  }
  const dtype = commonDType(d, [a, b])
  if (isComplex(dtype)) return mapComplex(d, [condition, a, b], dtype, (c, _, ar, ai, br, bi) => (c ? [ar, ai] : [br, bi]))
  return mapNumbers(d, [condition, a, b], { compute: dtype, output: dtype, bigint: (c, x, y) => (c ? x : y) }, (c, x, y) => (c ? x : y))
}

type Bound = Operand | null

function clamp(d: Dispatcher, self: Tensor, low: Bound, high: Bound): Tensor {
  if (low === null && high === null) throw new RuntimeError('TSJ_CLAMP', "torch.clamp: At least one of 'min' or 'max' must not be None")
  const operands = [self, ...(low === null ? [] : [low]), ...(high === null ? [] : [high])]
  const dtype = commonDType(d, operands)
  if (isComplex(dtype)) throw new RuntimeError('TSJ_CLAMP', 'clamp is not supported for complex types')
  const options = { compute: dtype, output: dtype }
  // NaN in any operand gives NaN
  const max = (x: any, y: any) => (Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : x > y ? x : y)
  const min = (x: any, y: any) => (Number.isNaN(x) || Number.isNaN(y) ? Number.NaN : x < y ? x : y)
  if (high === null) return mapNumbers(d, operands, { ...options, bigint: (x, y) => (x > y ? x : y) }, max)
  if (low === null) return mapNumbers(d, operands, { ...options, bigint: (x, y) => (x < y ? x : y) }, min)
  const bigint = (x: bigint, y: bigint, z: bigint) => {
    const above = x > y ? x : y
    return above < z ? above : z
  }
  return mapNumbers(d, operands, { ...options, bigint }, (x, y, z) => min(max(x, y), z))
}

function lerp(d: Dispatcher, self: Tensor, end: Tensor, weight: Operand): Tensor {
  const { dtype } = self
  if (dtype !== end.dtype)
    throw new RuntimeError('TSJ_LERP', `expected dtype ${dtypeTitle(dtype)} for \`end\` but got dtype ${dtypeTitle(end.dtype)}`)
  if (isComplex(dtype)) {
    return mapComplex(d, [self, end, weight], dtype, (ar, ai, br, bi, wr, wi) => {
      if (complex.abs(wr, wi) < 0.5) {
        const [pr, pi] = complex.multiply(wr, wi, br - ar, bi - ai)
        return [ar + pr, ai + pi]
      }
      const [pr, pi] = complex.multiply(br - ar, bi - ai, 1 - wr, -wi)
      return [br - pr, bi - pi]
    })
  }
  return mapNumbers(d, [self, end, weight], { compute: dtype, output: dtype }, (a, b, w) =>
    Math.abs(w) < 0.5 ? a + w * (b - a) : b - (b - a) * (1 - w),
  )
}

function addc(d: Dispatcher, self: Tensor, a: Tensor, b: Tensor, value: ScalarValue, divide: boolean): Tensor {
  const dtype = commonDType(d, [self, a, b])
  if (divide && (dtypeInfo(dtype).isInteger || dtype === 'bool')) {
    throw new RuntimeError(
      'TSJ_ADDCDIV',
      'Integer division with addcdiv is no longer supported, and in a future  release addcdiv will perform a true division of tensor1 and tensor2.',
    )
  }
  if (isComplex(dtype)) {
    const [vr, vi] = value instanceof Complex ? [value.re, value.im] : [numberOf(value), 0]
    return mapComplex(d, [self, a, b], dtype, (sr, si, ar, ai, br, bi) => {
      const [pr, pi] = divide ? complex.divide(ar, ai, br, bi) : complex.multiply(ar, ai, br, bi)
      const [qr, qi] = complex.multiply(vr, vi, pr, pi)
      return [sr + qr, si + qi]
    })
  }
  const factor = numberOf(value)
  const big = Number.isInteger(factor) ? BigInt(factor) : 0n
  const f = divide ? (s: number, x: number, y: number) => s + factor * (x / y) : (s: number, x: number, y: number) => s + factor * x * y
  return mapNumbers(d, [self, a, b], { compute: dtype, output: dtype, bigint: (s, x, y) => s + big * x * y }, f)
}

/** Same sizes and equal elements; NaN differs from itself. */
function equal(_: Dispatcher, a: Tensor, b: Tensor): boolean {
  if (!sameSizes(a.shape, b.shape)) return false
  if (a.dtype !== b.dtype)
    throw new RuntimeError(
      'TSJ_EQUAL',
      `Expected all tensors to have the same dtype, but got ${dtypeTitle(a.dtype)} and ${dtypeTitle(b.dtype)}`,
    )
  const read = isComplex(a.dtype) ? readComplex : a.dtype === 'int64' || a.dtype === 'uint64' ? readBigInts : readNumbers
  const x = read(a)
  const y = read(b)
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return false
  return true
}

function isclose(d: Dispatcher, a: Tensor, b: Tensor, rtol: number, atol: number, equalNan: boolean): Tensor {
  if (a.dtype !== b.dtype) throw new RuntimeError('TSJ_ISCLOSE', `${dtypeTitle(a.dtype)} did not match ${dtypeTitle(b.dtype)}`)
  if (rtol < 0) throw new RuntimeError('TSJ_ISCLOSE', `rtol must be greater than or equal to zero, but got ${rtol}`)
  if (atol < 0) throw new RuntimeError('TSJ_ISCLOSE', `atol must be greater than or equal to zero, but got ${atol}`)
  if (isComplex(a.dtype)) {
    return mapComplex(d, [a, b], 'bool', (ar, ai, br, bi) => {
      if (ar === br && ai === bi) return 1
      if (equalNan && (Number.isNaN(ar) || Number.isNaN(ai)) && (Number.isNaN(br) || Number.isNaN(bi))) return 1
      const error = complex.abs(ar - br, ai - bi)
      return Number(Number.isFinite(error) && error <= atol + rtol * complex.abs(br, bi))
    })
  }
  const near = a.dtype === 'float32' ? Math.fround : (x: number) => x
  return mapNumbers(d, [a, b], { compute: a.dtype, output: 'bool' }, (x, y) => {
    if (x === y) return 1
    if (equalNan && Number.isNaN(x) && Number.isNaN(y)) return 1
    const error = Math.abs(near(x - y))
    return Number(Number.isFinite(error) && error <= near(atol + Math.abs(near(rtol * y))))
  })
}

export const ternaryKernels: KernelTable = {
  'aten::where.self(Tensor condition, Tensor self, Tensor other) -> Tensor': where,
  'aten::where.ScalarOther(Tensor condition, Tensor self, Scalar other) -> Tensor': where,
  'aten::where.ScalarSelf(Tensor condition, Scalar self, Tensor other) -> Tensor': where,
  'aten::where.Scalar(Tensor condition, Scalar self, Scalar other) -> Tensor': where,
  'aten::clamp(Tensor self, Scalar? min=None, Scalar? max=None) -> Tensor': clamp,
  'aten::clamp.Tensor(Tensor self, Tensor? min=None, Tensor? max=None) -> Tensor': clamp,
  'aten::clamp_min(Tensor self, Scalar min) -> Tensor': (d, self, min) => clamp(d, self, min, null),
  'aten::clamp_min.Tensor(Tensor self, Tensor min) -> Tensor': (d, self, min) => clamp(d, self, min, null),
  'aten::clamp_max(Tensor self, Scalar max) -> Tensor': (d, self, max) => clamp(d, self, null, max),
  'aten::clamp_max.Tensor(Tensor self, Tensor max) -> Tensor': (d, self, max) => clamp(d, self, null, max),
  'aten::lerp.Scalar(Tensor self, Tensor end, Scalar weight) -> Tensor': lerp,
  'aten::lerp.Tensor(Tensor self, Tensor end, Tensor weight) -> Tensor': lerp,
  'aten::addcmul(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor': (d, self, a, b, value) =>
    addc(d, self, a, b, value, false),
  'aten::addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1) -> Tensor': (d, self, a, b, value) =>
    addc(d, self, a, b, value, true),
  'aten::equal(Tensor self, Tensor other) -> bool': equal,
  'aten::isclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> Tensor': isclose,
  'aten::allclose(Tensor self, Tensor other, float rtol=1.0000000000000001e-05, float atol=1e-08, bool equal_nan=False) -> bool': (
    d,
    a,
    b,
    rtol,
    atol,
    equalNan,
  ) => readNumbers(isclose(d, a, b, rtol, atol, equalNan)).every((close: number) => close !== 0),
}
