import { arrayClassOf, Complex, type Tensor, typedArrayOf } from '@tsjit/runtime'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { defaultRuntime, type Runtime } from './runtime.ts'

export interface TensorOptions {
  readonly dtype?: DType
  readonly device?: string
  readonly runtime?: Runtime
}

type Nested = number | bigint | boolean | readonly Nested[]
type NumericArray = Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Int32Array | BigInt64Array

/**
 * A tensor from a number, nested arrays or a typed array (then `shape` may be given; the elements are copied). Without `dtype`: the typed
 * array's own, `bool` for booleans, `int64` for whole numbers, else `float32`. Throws TSJ_TENSOR_DATA for ragged or mixed data.
 */
export function tensor(data: Nested | NumericArray, options: TensorOptions & { readonly shape?: readonly number[] } = {}): Tensor {
  const { dispatcher } = options.runtime ?? defaultRuntime()
  const typed = ArrayBuffer.isView(data) ? (data as NumericArray) : undefined
  const shape = options.shape ?? (typed ? [typed.length] : shapeOf(data as Nested))
  const flat: ArrayLike<number | bigint | boolean> = typed ?? flatten(data as Nested)
  const numel = shape.reduce((a, b) => a * b, 1)
  if (flat.length !== numel) {
    throw new RuntimeError('TSJ_TENSOR_DATA', `expected ${numel} elements for shape [${shape.join(', ')}], found ${flat.length}`, {
      hint: 'all rows must have the same length',
    })
  }
  const dtype = options.dtype ?? (typed ? dtypeOfArray(typed) : dtypeOfData(flat))
  const natural = typed ? dtypeOfArray(typed) : dtypeInfo(dtype).isFloat ? 'float64' : dtypeInfo(dtype).isComplex ? 'float64' : 'int64'
  const host = dispatcher.empty(shape, natural)
  const target = typedArrayOf(natural, host.storage.buffer, 0, numel)
  if (target instanceof BigInt64Array) for (let i = 0; i < numel; i++) target[i] = BigInt(flat[i])
  else for (let i = 0; i < numel; i++) (target as Float64Array)[i] = Number(flat[i])
  return natural === dtype ? host : dispatcher.call('aten::to.dtype', host, dtypeInfo(dtype).code)
}

function flatten(data: Nested): (number | bigint | boolean)[] {
  return Array.isArray(data) ? (data as readonly Nested[]).flatMap(flatten) : [data as number]
}

function shapeOf(data: Nested): number[] {
  const shape: number[] = []
  for (let level: Nested = data; Array.isArray(level); level = level[0] as Nested) {
    shape.push(level.length)
    if (level.length === 0) break
  }
  return shape
}

function dtypeOfData(flat: ArrayLike<number | bigint | boolean>): DType {
  let whole = true
  for (let i = 0; i < flat.length; i++) {
    const value = flat[i]
    if (typeof value === 'boolean') return 'bool'
    if (typeof value === 'number' && !Number.isInteger(value)) whole = false
  }
  return whole && flat.length > 0 ? 'int64' : 'float32'
}

function dtypeOfArray(array: NumericArray): DType {
  for (const dtype of ['float32', 'float64', 'int8', 'uint8', 'int16', 'int32', 'int64'] as const)
    if (array instanceof (arrayClassOf(dtype) as unknown as typeof Float32Array)) return dtype
  throw new RuntimeError('TSJ_TENSOR_DATA', `no dtype fits a ${(array as object).constructor.name}`)
}

type Shape = readonly number[]
const factory = (key: string, shape: Shape, { dtype, runtime }: TensorOptions): Tensor =>
  (runtime ?? defaultRuntime()).dispatcher.call(key, shape, dtype === undefined ? null : dtypeInfo(dtype).code)

/** A tensor of zeros of the given shape; `float32` unless `dtype` says otherwise. */
export const zeros = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::zeros', shape, options)
export const ones = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::ones', shape, options)
/** Uniform in [0, 1). */
export const rand = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::rand', shape, options)
/** Standard normal. */
export const randn = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::randn', shape, options)

/** The elements as nested arrays (a bare value for 0 dimensions): numbers, bigints for int64, booleans for bool, `Complex`. */
export function tolist(tensor: Tensor, runtime: Runtime = defaultRuntime()): unknown {
  const info = dtypeInfo(tensor.dtype)
  const wide: DType = info.isComplex ? 'complex128' : info.isFloat ? 'float64' : tensor.dtype
  const dense: Tensor = runtime.dispatcher.call(
    'aten::contiguous',
    wide === tensor.dtype ? tensor : runtime.dispatcher.call('aten::to.dtype', tensor, dtypeInfo(wide).code),
  )
  const data = dense.data()
  const element = (i: number): unknown => {
    if (info.isComplex) return new Complex(data[2 * i] as number, data[2 * i + 1] as number)
    return tensor.dtype === 'bool' ? data[i] !== 0 : data[i]
  }
  let next = 0
  const nest = (dim: number): unknown =>
    dim === dense.shape.length ? element(next++) : Array.from({ length: dense.shape[dim] }, () => nest(dim + 1))
  return nest(0)
}
