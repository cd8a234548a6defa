/** PyTorch's dtype promotion: tables, categories (0-dim tensors and Python numbers yield), default dtypes. */
import { type DType, dtypeFromCode, dtypeInfo, RuntimeError, scalarTypeNames } from '@tsjit/types'
import { Tensor } from './tensor.ts'
import { Boxed, Complex, type ScalarValue } from './value.ts'

const floatRank: Partial<Record<DType, number>> = { float16: 1, bfloat16: 1, float32: 2, float64: 3 }
const integerRank: Partial<Record<DType, number>> = { int8: 1, uint8: 1, int16: 2, int32: 3, int64: 4 }
const complexOf: Partial<Record<DType, DType>> = {
  float16: 'complex32',
  bfloat16: 'complex64',
  float32: 'complex64',
  float64: 'complex128',
}
const partOf: Partial<Record<DType, DType>> = { complex32: 'float16', complex64: 'float32', complex128: 'float64' }

/** The complex dtype whose parts have this float dtype; a complex dtype itself. */
export function toComplexDType(dtype: DType): DType {
  return complexOf[dtype] ?? dtype
}

/** The float dtype of a complex dtype's parts; other dtypes themselves. */
export function toValueDType(dtype: DType): DType {
  return partOf[dtype] ?? dtype
}

/** `torch.promote_types`. Throws TSJ_PROMOTION where PyTorch has none (float8, uint16 and wider). */
export function promoteTypes(a: DType, b: DType): DType {
  if (a === b) return a
  if (a.startsWith('float8') || b.startsWith('float8')) throw unsupported('Float8 Types', a, b)
  const wideUnsigned = (dtype: DType) => dtype === 'uint16' || dtype === 'uint32' || dtype === 'uint64'
  if (wideUnsigned(a) || wideUnsigned(b)) {
    if (dtypeInfo(a).isFloat) return a
    if (dtypeInfo(b).isFloat) return b
    throw unsupported('uint16, uint32, uint64 types', a, b)
  }
  if (dtypeInfo(a).isQuantized || dtypeInfo(b).isQuantized) throw unsupported('quantized types', a, b)
  if (a === 'bool') return b
  if (b === 'bool') return a
  const infoA = dtypeInfo(a)
  const infoB = dtypeInfo(b)
  if (infoA.isComplex || infoB.isComplex) {
    const partA = toValueDType(a)
    const partB = toValueDType(b)
    const part = infoA.isInteger ? partB : infoB.isInteger ? partA : promoteTypes(partA, partB)
    return toComplexDType(part)
  }
  if (infoA.isFloat || infoB.isFloat) {
    if (!infoA.isFloat) return b
    if (!infoB.isFloat) return a
    const rankA = floatRank[a]!
    const rankB = floatRank[b]!
    return rankA === rankB ? 'float32' : rankA > rankB ? a : b
  }
  const rankA = integerRank[a]!
  const rankB = integerRank[b]!
  return rankA === rankB ? 'int16' : rankA > rankB ? a : b
}

function unsupported(what: string, a: DType, b: DType): RuntimeError {
  return new RuntimeError(
    'TSJ_PROMOTION',
    `Promotion for ${what} is not supported, attempted to promote ${dtypeTitle(a)} and ${dtypeTitle(b)}`,
    {
      hint: 'convert one of the tensors with .to(dtype) first',
    },
  )
}

/** How PyTorch's messages call a dtype: `Float`, `Long`. */
export function dtypeTitle(dtype: DType): string {
  return scalarTypeNames[dtype] ?? dtype
}

/** The dtype of a Scalar as an operand: int64, the default float, bool, the default complex. */
export function scalarDType(value: ScalarValue | number | bigint, defaultDType: DType = 'float32'): DType {
  if (typeof value === 'boolean') return 'bool'
  if (value instanceof Complex) return toComplexDType(defaultDType)
  if (value instanceof Boxed) return value.type.kind === 'int' ? 'int64' : defaultDType
  if (typeof value === 'bigint') return 'int64'
  throw new RuntimeError(
    'TSJ_SCALAR_UNTAGGED',
    `a Scalar argument came as a bare number (${value}), so that int and float cannot be told apart`,
    {
      hint: 'pass scalarInt(n) or scalarFloat(x)',
    },
  )
}

/** The operands seen so far: tensors with dimensions count most, then 0-dim tensors, then numbers. */
export class ResultType {
  private dim: DType | undefined
  private zero: DType | undefined
  private wrapped: DType | undefined

  constructor(private readonly defaultDType: DType = 'float32') {}

  add(operand: Tensor | ScalarValue): this {
    if (operand instanceof Tensor) {
      if (operand.ndim > 0) this.dim = promoteMaybe(this.dim, operand.dtype)
      else if (operand.isWrappedNumber) this.addNumber(operand.dtype)
      else this.zero = promoteMaybe(this.zero, operand.dtype)
    } else this.addNumber(scalarDType(operand, this.defaultDType))
    return this
  }

  private addNumber(dtype: DType): void {
    const { isComplex, isFloat } = dtypeInfo(dtype)
    this.wrapped = promoteMaybe(this.wrapped, isComplex ? toComplexDType(this.defaultDType) : isFloat ? this.defaultDType : dtype)
  }

  get dtype(): DType {
    return combine(this.dim, combine(this.zero, this.wrapped)) ?? this.defaultDType
  }
}

function promoteMaybe(a: DType | undefined, b: DType | undefined): DType | undefined {
  return a === undefined ? b : b === undefined ? a : promoteTypes(a, b)
}

function combine(higher: DType | undefined, lower: DType | undefined): DType | undefined {
  if (higher === undefined || lower === undefined) return higher ?? lower
  const high = dtypeInfo(higher)
  const low = dtypeInfo(lower)
  if (high.isComplex) return higher
  if (high.isFloat) return low.isComplex ? toComplexDType(higher) : higher
  return higher === 'bool' || low.isFloat || low.isComplex ? promoteTypes(higher, lower) : higher
}

/** `torch.result_type` over any number of operands. */
export function resultType(operands: readonly (Tensor | ScalarValue)[], defaultDType: DType = 'float32'): DType {
  const state = new ResultType(defaultDType)
  for (const operand of operands) state.add(operand)
  return state.dtype
}

/** `torch.can_cast`: never from a higher category (complex, float, integral, bool) to a lower, nor from signed to unsigned. */
export function canCast(from: DType, to: DType): boolean {
  const a = dtypeInfo(from)
  const b = dtypeInfo(to)
  if (a.isComplex && !b.isComplex) return false
  if (a.isFloat && !b.isFloat && !b.isComplex) return false
  if (a.isInteger && to === 'bool') return false
  return true
}

/** The dtype behind a program's dtype argument (PyTorch's code), or `fallback` for None. Throws TSJ_DTYPE. */
export function dtypeArgument(code: number | null | undefined, fallback: DType): DType {
  if (code === null || code === undefined) return fallback
  const dtype = dtypeFromCode(code)
  if (!dtype) throw new RuntimeError('TSJ_DTYPE', `${code} is no dtype`)
  return dtype
}
