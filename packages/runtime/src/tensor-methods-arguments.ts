/** Values that a TypeScript program passes to an operator, as the runtime's values: by the argument's static type in the schema. */
import { type Argument, type DType, dtypeAliases, dtypeInfo, isDType } from '@tsjit/types'
import { Device } from './device.ts'
import { Generator } from './generator.ts'
import { memoryFormat } from './shape.ts'
import { Tensor, typedArrayOf } from './tensor.ts'
import { activeTrace, NumberOfTensor } from './tracing.ts'
import { Boxed, Complex, normInt, scalarFloat, scalarInt } from './value.ts'

/** What a reader gives for a value that its type does not take. */
export const mismatch = Symbol('mismatch')

/**
 * `lenient` lets 0-dim tensors stand for numbers and numbers for tensors: tried after every overload has refused the arguments as they are.
 */
export type ArgumentReader = (value: unknown, lenient: boolean) => unknown

const layouts: Readonly<Record<string, number>> = { strided: 0, sparse_coo: 1, sparse_csr: 2, _mkldnn: 3 }
const formats: Readonly<Record<string, number>> = {
  contiguous_format: memoryFormat.contiguous,
  preserve_format: memoryFormat.preserve,
  channels_last: memoryFormat.channelsLast,
  channels_last_3d: memoryFormat.channelsLast3d,
}

const isInt = (value: unknown): value is number | bigint =>
  typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))

function readInt(value: unknown, lenient: boolean): unknown {
  if (isInt(value)) return normInt(value)
  if (value instanceof Boxed && value.type.kind === 'int') return value.value
  if (lenient && value instanceof Tensor && isSingle(value) && dtypeInfo(value.dtype).isInteger)
    return taken(value, () => normInt(value.data()[0] as bigint))
  return mismatch
}

function readFloat(value: unknown, lenient: boolean): unknown {
  if (typeof value === 'number') return value
  if (typeof value === 'bigint') return Number(value)
  if (value instanceof Boxed && (value.type.kind === 'float' || value.type.kind === 'int')) return Number(value.value)
  if (lenient && value instanceof Tensor && isSingle(value)) return taken(value, () => scalarOf(value))
  return mismatch
}

/** A number is an int where it is whole; `Boxed` says otherwise (`scalarFloat(1)`). */
function readScalar(value: unknown, lenient: boolean): unknown {
  if (typeof value === 'number') return Number.isInteger(value) ? scalarInt(normInt(value)) : scalarFloat(value)
  if (typeof value === 'bigint') return scalarInt(normInt(value))
  if (typeof value === 'boolean' || value instanceof Complex) return value
  if (value instanceof Boxed && (value.type.kind === 'float' || value.type.kind === 'int')) return value
  if (lenient && value instanceof Tensor && isSingle(value)) return taken(value, () => boxedScalarOf(value))
  return mismatch
}

function boxedScalarOf(tensor: Tensor): unknown {
  const number = scalarOf(tensor)
  if (tensor.dtype === 'bool') return number !== 0
  return number === mismatch ? mismatch : dtypeInfo(tensor.dtype).isFloat ? scalarFloat(number as number) : scalarInt(number as number)
}

function isSingle(tensor: Tensor): boolean {
  const trace = activeTrace()
  return (trace ? trace.pause(() => tensor.numel) : tensor.numel) === 1
}

/** The number that a 0-dim tensor stands for; under a tracer together with the tensor. */
function taken(tensor: Tensor, read: () => unknown): unknown {
  const trace = activeTrace()
  if (!trace) return read()
  const value = trace.pause(read)
  return value === mismatch ? mismatch : new NumberOfTensor(tensor, value)
}

function scalarOf(tensor: Tensor): unknown {
  const info = dtypeInfo(tensor.dtype)
  if (info.isComplex || info.isQuantized || (info.isFloat && info.itemSize < 4)) return mismatch
  return Number(tensor.data()[0])
}

/** A number where an operator wants a tensor: 0-dim, and it yields to other operands in dtype promotion. */
function wrappedNumber(value: unknown): unknown {
  const boxed = readScalar(value, false)
  if (boxed === mismatch || boxed instanceof Complex) return mismatch
  const dtype: DType = typeof boxed === 'boolean' ? 'bool' : (boxed as Boxed).type.kind === 'int' ? 'int64' : 'float64'
  const number = typeof boxed === 'boolean' ? Number(boxed) : (boxed as Boxed).value
  return wrapNumber(number as number | bigint, dtype)
}

let allocateForNumbers: ((dtype: DType) => Tensor) | undefined
/** Who makes the tensors for `wrappedNumber`. */
export function useNumberAllocator(allocate: (dtype: DType) => Tensor): void {
  allocateForNumbers = allocate
}

function wrapNumber(number: number | bigint, dtype: DType): unknown {
  const tensor = allocateForNumbers?.(dtype)
  if (!tensor) return mismatch
  const raw = typedArrayOf(dtype, tensor.storage.buffer, 0, 1)
  raw[0] = (dtype === 'int64' ? BigInt(number) : Number(number)) as never
  tensor.isWrappedNumber = true
  return tensor
}

function readDType(value: unknown): unknown {
  if (typeof value === 'string') {
    const name = value.startsWith('torch.') ? value.slice(6) : value
    const dtype = isDType(name) ? name : dtypeAliases[name]
    return dtype ? dtypeInfo(dtype).code : mismatch
  }
  return typeof value === 'number' && Number.isInteger(value) ? value : mismatch
}

const named = (table: Readonly<Record<string, number>>) => (value: unknown) =>
  typeof value === 'string' ? (table[value] ?? mismatch) : typeof value === 'number' && Number.isInteger(value) ? value : mismatch

const scalars: Readonly<Record<string, ArgumentReader>> = {
  Tensor: (value, lenient) => (value instanceof Tensor ? value : lenient ? wrappedNumber(value) : mismatch),
  int: readInt,
  SymInt: readInt,
  float: readFloat,
  bool: (value) => (typeof value === 'boolean' ? value : mismatch),
  SymBool: (value) => (typeof value === 'boolean' ? value : mismatch),
  Scalar: readScalar,
  number: readScalar,
  str: (value) => (typeof value === 'string' ? value : mismatch),
  complex: (value) => (value instanceof Complex ? value : typeof value === 'number' ? new Complex(value, 0) : mismatch),
  ScalarType: readDType,
  Layout: named(layouts),
  MemoryFormat: named(formats),
  Device: (value) =>
    value instanceof Device ? value : typeof value === 'string' && readDType(value) === mismatch ? Device.parse(value) : mismatch,
  Generator: (value) => (value instanceof Generator ? value : mismatch),
}

const readers = new Map<string, ArgumentReader | undefined>()

/** The reader for an argument, or undefined where programs cannot pass such values (`Dimname`, `Stream`). */
export function readerOf({ typeText, listSize }: Argument): ArgumentReader | undefined {
  if (!readers.has(typeText)) readers.set(typeText, makeReader(typeText, listSize))
  return readers.get(typeText)
}

function makeReader(typeText: string, listSize: number | undefined): ArgumentReader | undefined {
  const found = /^(\w+)(?:\([^)]*\))?(\?)?(\[\d*\])?(?:\([^)]*\))?(\?)?$/.exec(typeText)
  const base = found && scalars[found[1]]
  if (!base) return undefined
  const [, , inner, list, outer] = found
  if (list === undefined) return inner ? optional(base) : base
  const element = inner ? optional(base) : base
  const ofList: ArgumentReader = (value, lenient) => {
    if (Array.isArray(value)) {
      const result = new Array<unknown>(value.length)
      for (let i = 0; i < value.length; i++) if ((result[i] = element(value[i], lenient)) === mismatch) return mismatch
      return result
    }
    if (listSize === undefined) return mismatch
    // int[2]: one int stands for all
    const single = base(value, false)
    return single === mismatch ? mismatch : new Array<unknown>(listSize).fill(single)
  }
  return outer ? optional(ofList) : ofList
}

const optional =
  (reader: ArgumentReader): ArgumentReader =>
  (value, lenient) =>
    value === null || value === undefined ? null : reader(value, lenient)

/** For messages: what a value is, as PyTorch's argument errors name types. */
export function describeArgument(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (value instanceof Tensor) return 'Tensor'
  if (Array.isArray(value)) return value.length ? `list of [${describeArgument(value[0])}${value.length > 1 ? ', ...' : ''}]` : 'empty list'
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float'
  if (typeof value === 'bigint') return 'int'
  if (typeof value === 'boolean') return 'bool'
  if (typeof value === 'string') return 'str'
  if (value instanceof Boxed) return value.type.annotation()
  return (value as object).constructor?.name ?? typeof value
}
