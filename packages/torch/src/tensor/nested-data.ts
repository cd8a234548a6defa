import { Boxed, Complex, promoteTypes, pythonTypeName, Tensor, type TypedArray } from '@tsjit/runtime'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { dtypeOfArray } from './construction.ts'

/** What tensors are made of: numbers, booleans, complex numbers, tensors of one element, and arrays and typed arrays of them. */
export type TensorData = number | bigint | boolean | Complex | Tensor | Boxed | TypedArray | Uint8ClampedArray | readonly TensorData[]

type Sequence = readonly unknown[] | TypedArray
const mostDimensions = 128

const refused = (reason: string, hint?: string): RuntimeError => new RuntimeError('TSJ_TENSOR_DATA', reason, hint ? { hint } : {})

function isSequence(value: unknown): value is Sequence {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && !(value instanceof DataView))
}

/** The sizes of nested arrays, told by the first of each. Throws TSJ_TENSOR_DATA. */
export function shapeOfData(data: unknown): number[] {
  const shape: number[] = []
  let level = data
  while (isSequence(level)) {
    if (shape.length === mostDimensions) throw refused("too many dimensions 'list'", 'arrays are nested too deep, or hold themselves')
    shape.push(level.length)
    if (level.length === 0) break
    level = level[0]
  }
  if (shape.length > 0 && typeof level === 'string') throw refused("too many dimensions 'str'")
  return shape
}

/**
 * The dtype that PyTorch gives data: that of all elements promoted. A number is an int where it is whole and exact (JavaScript does not tell `1` from `1.0`; say
 * `scalarFloat(1)` or give a dtype). Throws TSJ_TENSOR_DATA for what no tensor is made of.
 */
export function dtypeOfData(data: unknown, float: DType): DType {
  let found: DType | undefined
  const promote = (dtype: DType): void => {
    if (dtype !== found) found = found === undefined ? dtype : promoteTypes(found, dtype)
  }
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) {
      if (depth > mostDimensions) throw refused("too many dimensions 'list'")
      for (const item of value) visit(item, depth + 1)
    } else if (typeof value === 'number') promote(Number.isSafeInteger(value) && !Object.is(value, -0) ? 'int64' : float)
    else if (typeof value === 'boolean') promote('bool')
    else if (typeof value === 'bigint') promote('int64')
    else if (value instanceof Complex) promote(float === 'float64' ? 'complex128' : 'complex64')
    else if (value instanceof Tensor) promote(value.dtype)
    else if (value instanceof Boxed && value.type.kind === 'float') promote(float)
    else if (value instanceof Boxed) visit(value.value, depth)
    else if (isSequence(value)) promote(dtypeOfArray(value as TypedArray))
    else if (typeof value === 'string') throw refused("new(): invalid data type 'str'")
    else throw refused(`Could not infer dtype of ${pythonTypeName(value)}`)
  }
  visit(data, 0)
  return found ?? float
}

/** How elements are kept until they have their dtype: ints and bools in their own, floats in float64 and complex numbers as its pairs. */
export function dtypeOfElements(dtype: DType): DType {
  const { isFloat, isComplex } = dtypeInfo(dtype)
  if (isComplex) return dtype === 'complex64' ? dtype : 'complex128'
  return isFloat && dtype !== 'float32' ? 'float64' : dtype
}

/**
 * Writes the elements of nested arrays of these sizes into `target`, which holds elements of `dtype` as `dtypeOfElements` says.
 * Throws TSJ_TENSOR_DATA, with PyTorch's messages, for ragged arrays and for values that the dtype cannot hold.
 */
export function fillWithData(data: unknown, shape: readonly number[], dtype: DType, target: TypedArray): void {
  const store = storeOf(dtype, target)
  let next = 0
  const visit = (value: unknown, dim: number): void => {
    if (dim === shape.length) {
      store(next++, value)
      return
    }
    if (!isSequence(value)) throw refused('not a sequence', 'all rows must have the same length')
    if (value.length !== shape[dim]) {
      throw refused(`expected sequence of length ${shape[dim]} at dim ${dim} (got ${value.length})`, 'all rows must have the same length')
    }
    for (let i = 0; i < value.length; i++) visit(value[i], dim + 1)
  }
  visit(data, 0)
}

function scalarOf(value: unknown): unknown {
  if (value instanceof Boxed) return value.value
  if (!(value instanceof Tensor)) return value
  if (value.numel === 1) return value.item<number | bigint | boolean | Complex>()
  throw refused('only one element tensors can be converted to Python scalars')
}

function storeOf(dtype: DType, target: TypedArray): (at: number, value: unknown) => void {
  const { isFloat, isComplex } = dtypeInfo(dtype)
  const numbers = target as Float64Array
  if (isComplex) {
    return (at, value) => {
      const scalar = scalarOf(value)
      numbers[2 * at] = scalar instanceof Complex ? scalar.re : realNumber(scalar, 'complex')
      numbers[2 * at + 1] = scalar instanceof Complex ? scalar.im : 0
    }
  }
  if (isFloat) {
    return (at, value) => {
      numbers[at] = typeof value === 'number' ? value : realNumber(scalarOf(value), 'float')
    }
  }
  if (dtype === 'bool') {
    return (at, value) => {
      const scalar = scalarOf(value)
      numbers[at] =
        scalar instanceof Complex
          ? Number(scalar.re !== 0 || scalar.im !== 0)
          : Number(Number.isNaN(scalar) || realNumber(scalar, 'bool') !== 0)
    }
  }
  return integerStore(dtype, target)
}

function realNumber(value: unknown, kind: string): number {
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') return Number(value)
  throw refused(kind === 'complex' ? `a must be number, not ${pythonTypeName(value)}` : `must be real number, not ${pythonTypeName(value)}`)
}

function integerStore(dtype: DType, target: TypedArray): (at: number, value: unknown) => void {
  const { itemSize, isSigned } = dtypeInfo(dtype)
  const highest = 2n ** BigInt(8 * itemSize - (isSigned ? 1 : 0)) - 1n
  // Negative numbers may wrap into unsigned dtypes, down to the negative of the highest.
  const lowest = isSigned ? -highest - 1n : -highest
  const [high, low] = [Number(highest), Number(lowest)]
  const overflow = (): RuntimeError => refused(`value cannot be converted to type ${dtype} without overflow`)
  const isWide = itemSize === 8
  return (at, value) => {
    const scalar = scalarOf(value)
    if (scalar instanceof Complex || (typeof scalar !== 'number' && typeof scalar !== 'bigint' && typeof scalar !== 'boolean'))
      throw refused(`'${pythonTypeName(scalar)}' object cannot be interpreted as an integer`)
    if (isWide) {
      const whole = typeof scalar === 'bigint' ? scalar : wholeBigInt(Number(scalar), overflow)
      if (dtype === 'uint64' && whole < 0n) throw refused("can't convert negative int to unsigned")
      if (whole > highest || whole < lowest)
        throw typeof scalar === 'bigint' && isSigned ? refused('Overflow when unpacking long long') : overflow()
      ;(target as BigInt64Array)[at] = whole
    } else {
      const number = Number(scalar)
      if (!(number <= high && number >= low)) throw overflow()
      ;(target as Int32Array)[at] = Math.trunc(number)
    }
  }
}

function wholeBigInt(value: number, overflow: () => RuntimeError): bigint {
  if (!Number.isFinite(value)) throw overflow()
  return BigInt(Math.trunc(value))
}
