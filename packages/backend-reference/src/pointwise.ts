/** Applies a function to broadcast elements. Kernels give the arithmetic, this file reads, converts and stores. */
import {
  arrayClassOf,
  Boxed,
  Complex,
  type Dispatcher,
  type ElementwisePlan,
  encodeInto,
  type Numbers,
  planElementwise,
  readBigInts,
  readComplex,
  readNumbers,
  resultType,
  roundTo,
  type ScalarValue,
  Tensor,
  typedArrayOf,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo } from '@tsjit/types'

export type Operand = Tensor | ScalarValue
export type Pair = readonly [re: number, im: number]

type NumberFunction = (a: number, b: number, c: number) => number
/** Functions of fewer operands, and ones that take bigints too. */
type AnyFunction = (a: any, b: any, c: any) => any
type BigFunction = (a: bigint, b: bigint, c: bigint) => bigint | boolean | number
type ComplexFunction = (ar: number, ai: number, br: number, bi: number, cr: number, ci: number) => Pair | number

/** Python's result of combining operands: `torch.result_type`. */
export function commonDType(dispatcher: Dispatcher, operands: readonly Operand[]): DType {
  return resultType(operands, dispatcher.defaultDType)
}

/** The same, integers and bool becoming the default float. */
export function floatDType(dispatcher: Dispatcher, operands: readonly Operand[]): DType {
  const dtype = commonDType(dispatcher, operands)
  const { isFloat, isComplex } = dtypeInfo(dtype)
  return isFloat || isComplex ? dtype : dispatcher.defaultDType
}

function planOf(operands: readonly Operand[]): ElementwisePlan {
  return planElementwise(operands.filter((operand): operand is Tensor => operand instanceof Tensor))
}

const one = (operand: Operand): boolean => !(operand instanceof Tensor) || operand.numel === 1

/** Elements as numbers of the compute dtype; operands of one element give an array of one. */
function numbersOf(operand: Operand, plan: ElementwisePlan, compute: DType): Numbers {
  if (!(operand instanceof Tensor)) {
    // half precision computes in float32, and so do its scalars
    const dtype = compute === 'float16' || compute === 'bfloat16' ? 'float32' : compute
    return Float64Array.of(roundTo(dtype, numberOf(operand)))
  }
  const values = operand.numel === 1 ? readNumbers(operand) : readNumbers(operand, plan.layoutOf(operand))
  return convert(values, operand.dtype, compute)
}

export function numberOf(value: ScalarValue): number {
  if (value instanceof Boxed) return Number(value.value)
  return value instanceof Complex ? value.re : Number(value)
}

/** Numbers of one dtype as another would hold them. */
export function convert(values: Numbers, from: DType, to: DType): Numbers {
  if (from === to || from === 'bool' || to === 'float64' || to === 'int64') return values
  if (to === 'float32')
    return from === 'float64' || from === 'int64' || from === 'int32' || from === 'uint32' ? Float32Array.from(values) : values
  if (!dtypeInfo(from).isComplex && from !== to) return Float64Array.from(values, (value) => roundTo(to, value))
  return values
}

function safe(values: Numbers): boolean {
  if (!(values instanceof Float64Array)) return true
  for (let i = 0; i < values.length; i++) if (!(Math.abs(values[i]) <= 9007199254740991)) return false
  return true
}

export interface MapOptions {
  /** What operands are converted to. */
  readonly compute: DType
  readonly output: DType
  /** The exact function for integers, taken where numbers do not do. */
  readonly bigint?: BigFunction
}

/**
 * `f` of one to three operands' elements, as a new tensor. Integers are computed as numbers where everything stays within 2^53, else by
 * `bigint`.
 */
export function mapNumbers(
  dispatcher: Dispatcher,
  operands: readonly Operand[],
  { compute, output, bigint }: MapOptions,
  f: AnyFunction,
): Tensor {
  const plan = planOf(operands)
  const result = dispatcher.empty(plan.shape, output, plan.device, plan.strides)
  if (plan.numel === 0) return result
  const inputs = operands.map((operand) => numbersOf(operand, plan, compute))
  const raw = typedArrayOf(output, result.storage.buffer, 0, plan.numel)
  const integral = dtypeInfo(compute).isInteger
  const exact = bigint && integral
  if (exact && (compute === 'int64' || compute === 'uint64') && !(inputs.every(safe) && operands.every(safeScalar))) {
    mapBigInts(operands, plan, raw, output, bigint)
    return result
  }
  const direct = raw instanceof Float32Array || raw instanceof Float64Array
  const values = direct ? raw : new Float64Array(plan.numel)
  applyNumbers(values, inputs, f as NumberFunction)
  if (direct) return result
  if (exact && dtypeInfo(output).isInteger && !safe(values)) mapBigInts(operands, plan, raw, output, bigint)
  else encodeInto(output, raw, values)
  return result
}

function safeScalar(operand: Operand): boolean {
  return !(operand instanceof Boxed) || typeof operand.value !== 'bigint'
}

function applyNumbers(values: Float32Array | Float64Array, inputs: readonly Numbers[], f: NumberFunction): void {
  const n = values.length
  const [a, b, c] = inputs
  const stepA = a.length === 1 ? 0 : 1
  if (inputs.length === 1) {
    const g = f as (x: number) => number
    if (stepA) for (let i = 0; i < n; i++) values[i] = g(a[i])
    else values.fill(g(a[0]))
  } else if (inputs.length === 2) {
    const g = f as (x: number, y: number) => number
    const stepB = b.length === 1 ? 0 : 1
    for (let i = 0, x = 0, y = 0; i < n; i++, x += stepA, y += stepB) values[i] = g(a[x], b[y])
  } else {
    const stepB = b.length === 1 ? 0 : 1
    const stepC = c.length === 1 ? 0 : 1
    for (let i = 0, x = 0, y = 0, z = 0; i < n; i++, x += stepA, y += stepB, z += stepC) values[i] = f(a[x], b[y], c[z])
  }
}

function bigIntsOf(operand: Operand, plan: ElementwisePlan): ArrayLike<bigint> {
  if (operand instanceof Tensor) return one(operand) ? readBigInts(operand) : readBigInts(operand, plan.layoutOf(operand))
  if (operand instanceof Boxed) return [typeof operand.value === 'bigint' ? operand.value : BigInt(Math.trunc(Number(operand.value)))]
  return [BigInt(Math.trunc(numberOf(operand)))]
}

function mapBigInts(
  operands: readonly Operand[],
  plan: ElementwisePlan,
  raw: ReturnType<typeof typedArrayOf>,
  output: DType,
  f: BigFunction,
): void {
  const [a, b, c] = operands.map((operand) => bigIntsOf(operand, plan))
  const at = (list: ArrayLike<bigint> | undefined, i: number): bigint => (list ? (list.length === 1 ? list[0] : list[i]) : 0n)
  for (let i = 0; i < plan.numel; i++) {
    const value = f(at(a, i), at(b, i), at(c, i))
    if (raw instanceof BigInt64Array || raw instanceof BigUint64Array) raw[i] = BigInt(value)
    else if (typeof value === 'bigint') raw[i] = output === 'bool' ? Number(value !== 0n) : Number(BigInt.asIntN(32, value))
    else raw[i] = Number(value)
  }
}

/** The same for complex numbers; `f` gives a pair, or a number where the output dtype is not complex. */
export function mapComplex(dispatcher: Dispatcher, operands: readonly Operand[], output: DType, f: ComplexFunction): Tensor {
  const plan = planOf(operands)
  const result = dispatcher.empty(plan.shape, output, plan.device, plan.strides)
  if (plan.numel === 0) return result
  const inputs = operands.map((operand) => {
    if (operand instanceof Complex) return Float64Array.of(operand.re, operand.im)
    if (!(operand instanceof Tensor)) return Float64Array.of(numberOf(operand), 0)
    return one(operand) ? readComplex(operand) : readComplex(operand, plan.layoutOf(operand))
  })
  const zero = new Float64Array(2)
  const [a, b = zero, c = zero] = inputs
  const pairs = dtypeInfo(output).isComplex
  const values = new Float64Array(pairs ? 2 * plan.numel : plan.numel)
  const stepA = a.length === 2 ? 0 : 2
  const stepB = b.length === 2 ? 0 : 2
  const stepC = c.length === 2 ? 0 : 2
  for (let i = 0, x = 0, y = 0, z = 0; i < plan.numel; i++, x += stepA, y += stepB, z += stepC) {
    const value = f(a[x], a[x + 1], b[y], b[y + 1], c[z], c[z + 1])
    if (pairs) {
      values[2 * i] = (value as Pair)[0]
      values[2 * i + 1] = (value as Pair)[1]
    } else values[i] = Number(value)
  }
  encodeInto(output, typedArrayOf(output, result.storage.buffer, 0, values.length), values)
  return result
}

/** An array for results of a dtype, for kernels that compute in float64. */
export function scratch(dtype: DType, length: number) {
  return new (arrayClassOf(dtype))(length)
}
