import { type DType, dtypeInfo } from '@tsjit/types'
import type { Device } from './device.ts'
import type { TensorMethods } from './generated/tensor-methods.ts'
import type { Storage } from './storage.ts'
import type { OwnTensorMethods } from './tensor-methods-own.ts'
import { activeTrace } from './tracing.ts'

/** The operators as methods (`x.add(y)`); a runtime installs them (`installEagerTensors`). */
export interface Tensor extends TensorMethods, OwnTensorMethods {}

/** The tensor that a view shows, through any number of views; for one of several results of an operator, which. */
export interface ViewOf {
  readonly base: Tensor
  readonly several?: { readonly operator: string; readonly index: number }
}

/** A strided view of a storage. Immutable but for in-place metadata operators (`resize_`, `t_`, `set_`). */
// biome-ignore lint/suspicious/noUnsafeDeclarationMerging: the methods come in by the prototype chain
export class Tensor {
  requiresGrad = false
  /** A 0-dim tensor that stands for a Python number: it yields to other operands in dtype promotion. */
  isWrappedNumber = false
  /** What it is a view of, where an eager operator made it so. */
  viewOf: ViewOf | undefined = undefined

  constructor(
    public storage: Storage,
    public dtype: DType,
    /** Sizes. */
    public shape: readonly number[],
    /** In elements. */
    public strides: readonly number[],
    /** Of the first element, in elements. */
    public offset = 0,
  ) {}

  get device(): Device {
    return this.storage.device
  }
  get ndim(): number {
    return this.shape.length
  }
  get numel(): number {
    let n = 1
    for (const size of this.shape) n *= size
    return n
  }
  get itemSize(): number {
    return dtypeInfo(this.dtype).itemSize
  }
  get isContiguous(): boolean {
    return isContiguous(this.shape, this.strides)
  }

  /** A typed array over the elements from `offset` to the end of the storage (no copy). Host devices only; see `typedArrayOf` for its class. */
  data(): TypedArray {
    activeTrace()?.escapes(this, 'typed array')
    return typedArrayOf(this.dtype, this.storage.buffer, this.offset * this.itemSize)
  }
  dispose(): void {
    this.storage.dispose()
  }
  [Symbol.dispose](): void {
    this.dispose()
  }
}

if (!(Symbol as { dispose?: symbol }).dispose) Object.defineProperty(Symbol, 'dispose', { value: Symbol.for('Symbol.dispose') })

export type TypedArray =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Uint16Array
  | Uint32Array
  | BigUint64Array
  | Float32Array
  | Float64Array

/**
 * How a dtype's elements look to JavaScript: float16, bfloat16 and the float8s as raw bits in unsigned arrays, complex as
 * interleaved pairs (complex32 as uint16 pairs), bool and the quantised as bytes. Lengths are in array elements, to the end of the buffer.
 */
export function typedArrayOf(dtype: DType, buffer: ArrayBuffer | SharedArrayBuffer, byteOffset = 0, length?: number): TypedArray {
  const Class = arrayClassOf(dtype)
  // a view without elements may start past the end
  if (length === 0 || byteOffset > buffer.byteLength) return new Class(length ?? 0)
  const count = length ?? Math.floor((buffer.byteLength - byteOffset) / Class.BYTES_PER_ELEMENT)
  return new Class(buffer as ArrayBuffer, byteOffset, count)
}

export interface ArrayClass {
  new (buffer: ArrayBuffer, byteOffset: number, length: number): TypedArray
  new (length: number): TypedArray
  readonly BYTES_PER_ELEMENT: number
}

export function arrayClassOf(dtype: DType): ArrayClass {
  switch (dtype) {
    case 'float32':
    case 'complex64':
      return Float32Array
    case 'float64':
    case 'complex128':
      return Float64Array
    case 'int64':
      return BigInt64Array
    case 'int32':
    case 'qint32':
      return Int32Array
    case 'int16':
      return Int16Array
    case 'int8':
    case 'qint8':
      return Int8Array
    case 'uint16':
    case 'float16':
    case 'bfloat16':
    case 'complex32':
      return Uint16Array
    case 'uint32':
      return Uint32Array
    case 'uint64':
      return BigUint64Array
    default:
      return Uint8Array
  }
}

export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length)
  let step = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step
    step *= Math.max(shape[i], 1)
  }
  return strides
}

export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] === 0) return true
    if (shape[i] !== 1) {
      if (strides[i] !== step) return false
      step *= shape[i]
    }
  }
  return true
}
