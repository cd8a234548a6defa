import {
  activeTrace,
  contiguousStrides,
  defaultGenerator,
  type Generator,
  noteMade,
  type Storage,
  Tensor,
  type TypedArray,
} from '@tsjit/runtime'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { defaultRuntime, manualSeed, type Runtime } from '../runtime.ts'

const dtypeOfClass: Readonly<Record<string, DType>> = {
  Float32Array: 'float32',
  Float64Array: 'float64',
  Int8Array: 'int8',
  Uint8Array: 'uint8',
  Uint8ClampedArray: 'uint8',
  Int16Array: 'int16',
  Uint16Array: 'uint16',
  Int32Array: 'int32',
  Uint32Array: 'uint32',
  BigInt64Array: 'int64',
  BigUint64Array: 'uint64',
  Buffer: 'uint8',
}

/** The dtype that a typed array's elements have. Throws TSJ_TENSOR_DATA. */
export function dtypeOfArray(array: ArrayBufferView): DType {
  const { name } = array.constructor
  if (Object.hasOwn(dtypeOfClass, name)) return dtypeOfClass[name]
  throw new RuntimeError('TSJ_TENSOR_DATA', `no dtype fits a ${name}`)
}

export interface FromTypedArrayOptions {
  readonly shape?: readonly number[]
  /** How the elements are to be read where the array's class leaves it open: `bool` of bytes, `float16` of 16-bit words, complex of pairs. */
  readonly dtype?: DType
  /** Always takes a copy. */
  readonly copy?: boolean
  readonly runtime?: Runtime
}

/**
 * A tensor over the memory of a typed array, without a copy: writes to one are seen in the other. The elements are copied where `copy` says so, where the
 * runtime's backend cannot use the memory as it stands, and of small Buffers, which share their memory with others. Throws TSJ_TENSOR_DATA where shape and dtype do not fit the array.
 */
export function fromTypedArray(array: TypedArray | Uint8ClampedArray, options: FromTypedArrayOptions = {}): Tensor {
  const trace = activeTrace()
  if (!trace) return noteMade(overTypedArray(array, options))
  trace.bakesIn('torch.fromTypedArray')
  return trace.pause(() => overTypedArray(array, options))
}

function overTypedArray(
  array: TypedArray | Uint8ClampedArray,
  { shape, dtype, copy = false, runtime = defaultRuntime() }: FromTypedArrayOptions,
): Tensor {
  const kind = dtype ?? dtypeOfArray(array)
  const { itemSize } = dtypeInfo(kind)
  const sizes = shape ?? [array.byteLength / itemSize]
  const numel = sizes.reduce((a, b) => a * b, 1)
  if (numel * itemSize !== array.byteLength || sizes.some((size) => !Number.isInteger(size) || size < 0)) {
    throw new RuntimeError(
      'TSJ_TENSOR_DATA',
      `expected ${numel * itemSize} bytes for shape [${sizes.join(', ')}] of ${kind}, found ${array.byteLength}`,
    )
  }
  const { dispatcher } = runtime
  const device = dispatcher.defaultDevice
  const backend = dispatcher.backendFor(device)
  const isPooled = array instanceof Buffer && array.byteLength < array.buffer.byteLength
  if (backend.adopt && !copy && !isPooled && array.byteOffset % itemSize === 0) {
    const storage: Storage = backend.adopt(array.buffer, device)
    if (storage.buffer === array.buffer) return new Tensor(storage, kind, sizes, contiguousStrides(sizes), array.byteOffset / itemSize)
    storage.dispose()
  }
  const tensor = dispatcher.empty(sizes, kind)
  new Uint8Array(tensor.storage.buffer, 0, array.byteLength).set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength))
  return tensor
}

/** Starts the default generator anew, and gives it back. */
export function manual_seed(seed: number | bigint): Generator {
  manualSeed(seed)
  return defaultGenerator
}
