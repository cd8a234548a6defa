// Runs recorded single-operator cases (record.py) on the native kernels.
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { operatorByKey } from '@tsjit/ops'
import {
  type Backend,
  Boxed,
  contiguousStrides,
  cpu,
  Device,
  SegmentBailout,
  type SegmentProgram,
  type SegmentType,
  Tensor,
  typedArrayOf,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, FloatType, IntType, RuntimeError } from '@tsjit/types'

type Json =
  | null
  | boolean
  | { t: string; v?: any; scalar?: boolean; dtype?: DType; shape?: number[]; strides?: number[]; offset?: number; data?: string }
export interface Case {
  op: string
  args: Json[]
  results?: Json[]
  after?: Record<string, Json>
  error?: string
  tolerance?: number
}

export function readCases(path: string | URL): Case[] {
  const bytes = readFileSync(path)
  const text = String(path).endsWith('.gz') ? gunzipSync(bytes).toString('utf8') : bytes.toString('utf8')
  return text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Case)
}

export function decodeValue(backend: Backend, value: Json): unknown {
  if (value === null || typeof value === 'boolean') return value
  switch (value.t) {
    case 'tensor': {
      const bytes = Buffer.from(value.data!, 'base64')
      const storage = backend.allocate(bytes.length, cpu)
      new Uint8Array(storage.buffer).set(bytes)
      return new Tensor(storage, value.dtype!, value.shape!, value.strides!, value.offset)
    }
    case 'dtype':
      return dtypeInfo(value.v).code
    case 'device':
      return Device.parse(value.v)
    case 'int':
      return value.scalar ? new Boxed(IntType, value.v) : value.v
    case 'float': {
      const number = { inf: Infinity, '-inf': -Infinity, nan: NaN }[value.v as string] ?? Number(value.v)
      return value.scalar ? new Boxed(FloatType, number) : number
    }
    case 'list':
      return (value.v as Json[]).map((element) => decodeValue(backend, element))
    default:
      return value.v
  }
}

export function segmentTypeOf(text: string): SegmentType {
  const plain = text.replace(/\([^)]*\)/g, '')
  const [, name, optional, list, outer] = /^(\w+)(\?)?(\[\d*\])?(\?)?$/.exec(plain) ?? ['', 'other']
  const base =
    {
      Tensor: 'tensor',
      SymInt: 'int',
      ScalarType: 'int',
      Layout: 'int',
      MemoryFormat: 'int',
      Scalar: 'scalar',
      number: 'scalar',
      Device: 'device',
      Generator: 'generator',
    }[name!] ?? name
  if (!['tensor', 'int', 'float', 'bool', 'scalar', 'str', 'device', 'generator'].includes(base!)) return 'other'
  return `${base}${list ? `${optional ?? ''}[]${outer ?? ''}` : (optional ?? '')}` as SegmentType
}

/** The operator as a segment whose inputs are all its arguments. */
export function programOf(key: string): SegmentProgram {
  const { args, returns } = operatorByKey(key)!.schema
  return {
    name: key,
    valueCount: args.length + returns.length,
    inputs: args.map((argument, id) => ({ id, type: segmentTypeOf(argument.typeText) })),
    constants: [],
    outputs: returns.map((result, i) => ({ id: args.length + i, type: segmentTypeOf(result.typeText) })),
    body: [{ op: key, inputs: args.map((_, i) => i), outputs: returns.map((_, i) => args.length + i) }],
  }
}

const half = (bits: number): number => {
  const e = (bits >> 10) & 31
  const m = bits & 1023
  return (bits & 0x8000 ? -1 : 1) * (e === 31 ? (m ? NaN : Infinity) : e === 0 ? m * 2 ** -24 : (1 + m / 1024) * 2 ** (e - 15))
}
const word = new Uint32Array(1)
const asFloat = new Float32Array(word.buffer)
const bfloat = (bits: number): number => {
  word[0] = bits << 16
  return asFloat[0]
}

/** A tensor's elements in row-major order as numbers or bigints. */
export function elements(tensor: Tensor): (number | bigint)[] {
  const data = typedArrayOf(tensor.dtype, tensor.storage.buffer)
  const complex = tensor.dtype.startsWith('complex')
  const read = (at: number): number | bigint =>
    tensor.dtype === 'float16' ? half(Number(data[at])) : tensor.dtype === 'bfloat16' ? bfloat(Number(data[at])) : data[at]
  const out: (number | bigint)[] = []
  const walk = (axis: number, at: number): void => {
    if (axis === tensor.shape.length) {
      if (complex) out.push(read(2 * at), read(2 * at + 1))
      else out.push(read(at))
      return
    }
    for (let i = 0; i < tensor.shape[axis]; i++) walk(axis + 1, at + i * tensor.strides[axis])
  }
  walk(0, tensor.offset)
  return out
}

const defaultTolerance: Partial<Record<DType, number>> = { float32: 2e-6, float64: 1e-12, float16: 1e-3, bfloat16: 8e-3 }

/** What differs, or undefined. */
export function difference(actual: unknown, expected: unknown, tolerance?: number, path = 'result'): string | undefined {
  if (expected instanceof Tensor) {
    if (!(actual instanceof Tensor)) return `${path}: no tensor but ${String(actual)}`
    if (actual.dtype !== expected.dtype) return `${path}: dtype ${actual.dtype}, PyTorch ${expected.dtype}`
    if (String(actual.shape) !== String(expected.shape)) return `${path}: shape [${actual.shape}], PyTorch [${expected.shape}]`
    if (expected.numel > 0 && !sameStrides(actual, expected)) return `${path}: strides [${actual.strides}], PyTorch [${expected.strides}]`
    const [a, e] = [elements(actual), elements(expected)]
    const relative = tolerance ?? defaultTolerance[expected.dtype] ?? 0
    for (let i = 0; i < e.length; i++) {
      if (Object.is(a[i], e[i]) || a[i] === e[i]) continue
      const [x, y] = [Number(a[i]), Number(e[i])]
      if (Number.isNaN(x) && Number.isNaN(y)) continue
      if (!(Math.abs(x - y) <= relative * Math.max(1e-3, Math.abs(y)))) return `${path}[${i}]: ${a[i]}, PyTorch ${e[i]}`
    }
    return undefined
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual) || actual.length !== expected.length)
      return `${path}: ${String(actual)}, PyTorch a list of ${expected.length}`
    for (let i = 0; i < expected.length; i++) {
      const found = difference(actual[i], expected[i], tolerance, `${path}.${i}`)
      if (found) return found
    }
    return undefined
  }
  const unbox = (value: unknown): unknown => (value instanceof Boxed ? value.value : value)
  return Object.is(unbox(actual), unbox(expected)) ? undefined : `${path}: ${String(unbox(actual))}, PyTorch ${String(unbox(expected))}`
}

function sameStrides(a: Tensor, b: Tensor): boolean {
  return a.shape.every((size, i) => size === 1 || a.strides[i] === b.strides[i])
}

export type Outcome = { kind: 'same' } | { kind: 'differs' | 'bailed' | 'unsupported'; message: string }

/** Runs a case as a segment. `bailed`: the kernel handed it back (right for cases that PyTorch refuses). */
export function runCase(backend: Backend, { op, args, results, after, error, tolerance }: Case): Outcome {
  if (!backend.segments!.supports(op)) return { kind: 'unsupported', message: 'no native kernel' }
  const inputs = args.map((value) => decodeValue(backend, value))
  const segment = backend.segments!.compile(programOf(op))
  let outputs: unknown[]
  try {
    outputs = segment.run(inputs)
  } catch (thrown) {
    if (thrown instanceof SegmentBailout) return { kind: error ? 'same' : 'bailed', message: thrown.reason } as Outcome
    // a step's own error must say what PyTorch says
    if (error && thrown instanceof RuntimeError && thrown.reason === error) return { kind: 'same' }
    return { kind: 'differs', message: `${String(thrown)}${error ? `; PyTorch: ${error}` : ''}` }
  } finally {
    segment.dispose!()
  }
  if (error) return { kind: 'differs', message: `PyTorch refuses: ${error}` }
  const message =
    difference(
      outputs,
      results!.map((value) => decodeValue(backend, value)),
      tolerance,
    ) ??
    Object.entries(after ?? {})
      .map(([i, value]) => difference(inputs[Number(i)], decodeValue(backend, value), tolerance, `argument ${i}`))
      .find(Boolean)
  return message ? { kind: 'differs', message } : { kind: 'same' }
}

export function floatTensor(backend: Backend, shape: number[], element: (i: number) => number): Tensor {
  const count = shape.reduce((a, b) => a * b, 1)
  const tensor = new Tensor(backend.allocate(count * 4, cpu), 'float32', shape, contiguousStrides(shape), 0)
  const data = tensor.data()
  for (let i = 0; i < count; i++) data[i] = element(i)
  return tensor
}
