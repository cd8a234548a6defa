/** Runs recorded operator calls through a dispatcher and compares. */
import { decompositionOf, type Operator, operatorByKey } from '@tsjit/ops'
import {
  Boxed,
  Complex,
  Device,
  Dispatcher,
  metadataKernels,
  readBigInts,
  readComplex,
  readNumbers,
  sameSizes,
  scalarFloat,
  scalarInt,
  Tensor,
} from '@tsjit/runtime'
import { type DType, dtypeInfo, type Type } from '@tsjit/types'
import { createReferenceBackend } from '../src/index.ts'

export interface RecordedCall {
  readonly key: string
  readonly args: Readonly<Record<string, unknown>>
  readonly expected?: unknown
  readonly mutated?: Readonly<Record<string, unknown>>
  readonly error?: string
}

export function referenceDispatcher(): Dispatcher {
  const dispatcher = new Dispatcher({ metadataKernels, decompositions: decompositionOf })
  dispatcher.registerBackend(createReferenceBackend({ deviceTypes: ['cpu'] }))
  return dispatcher
}

const float = (text: string) =>
  text === 'nan' ? Number.NaN : text === 'inf' ? Number.POSITIVE_INFINITY : text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text)
const int = (text: string) => (Number.isSafeInteger(Number(text)) ? Number(text) : BigInt(text))

/** A Python number where a tensor is expected. */
function wrapped(dispatcher: Dispatcher, value: Boxed): Tensor {
  return dispatcher.call('prim::NumToTensor.Scalar', value)
}

function decode(value: any, type: Type | undefined, dispatcher: Dispatcher, listSize?: number): unknown {
  if (value === null || typeof value === 'boolean') return value
  const inner = type?.kind === 'Optional' ? type.contained()[0] : type
  const scalar = inner?.kind === 'Scalar'
  if (inner?.kind === 'List' && 'i' in value) return new Array(listSize ?? 1).fill(int(value.i))
  if ('t' in value) {
    const storage = dispatcher.allocate(0, Device.parse('cpu'))
    const bytes = Uint8Array.from(Buffer.from(value.b, 'base64'))
    storage.replace(bytes.buffer, bytes.byteLength)
    const tensor = new Tensor(storage, value.t as DType, value.s, value.st, value.o)
    return inner?.kind === 'int' ? readNumbers(tensor)[0] : tensor
  }
  if ('i' in value)
    return scalar ? scalarInt(int(value.i)) : inner?.kind === 'Tensor' ? wrapped(dispatcher, scalarInt(int(value.i))) : int(value.i)
  if ('f' in value)
    return scalar
      ? scalarFloat(float(value.f))
      : inner?.kind === 'Tensor'
        ? wrapped(dispatcher, scalarFloat(float(value.f)))
        : float(value.f)
  if ('c' in value) return new Complex(float(value.c[0]), float(value.c[1]))
  if ('dt' in value) return value.dt
  if ('mf' in value) return value.mf
  if ('dev' in value) return Device.parse(value.dev)
  if ('str' in value) return inner?.kind === 'Device' ? Device.parse(value.str) : value.str
  return value.l.map((element: unknown) => decode(element, inner?.contained?.()[0], dispatcher))
}

const tolerances: Partial<Record<DType, readonly [rtol: number, atol: number]>> = {
  float16: [2e-3, 1e-3],
  bfloat16: [1.6e-2, 1e-2],
  float32: [1e-5, 1e-5],
  complex64: [1e-4, 1e-5],
  float64: [1e-7, 1e-7],
  complex128: [1e-7, 1e-7],
}

/** What differs, or undefined. */
export function difference(found: unknown, expected: any, where = 'result', strict = false): string | undefined {
  if (expected === null || typeof expected === 'boolean')
    return found === expected || (expected === null && found === undefined)
      ? undefined
      : `${where}: expected ${expected}, found ${describe(found)}`
  if ('t' in expected) {
    if (!(found instanceof Tensor)) return `${where}: expected a tensor, found ${describe(found)}`
    return tensorDifference(found, expected, where, strict)
  }
  if ('l' in expected) {
    if (!Array.isArray(found) || found.length !== expected.l.length)
      return `${where}: expected ${expected.l.length} elements, found ${describe(found)}`
    for (let i = 0; i < found.length; i++) {
      const bad = difference(found[i], expected.l[i], `${where}[${i}]`, strict)
      if (bad) return bad
    }
    return undefined
  }
  const value = found instanceof Boxed ? found.value : found
  if ('i' in expected) return value === int(expected.i) ? undefined : `${where}: expected ${expected.i}, found ${describe(found)}`
  if ('f' in expected)
    return close(Number(value), float(expected.f), 1e-6, 1e-7) ? undefined : `${where}: expected ${expected.f}, found ${describe(found)}`
  if ('dt' in expected) return value === expected.dt ? undefined : `${where}: expected dtype ${expected.dt}, found ${describe(found)}`
  if ('c' in expected) {
    return found instanceof Complex &&
      close(found.re, float(expected.c[0]), 1e-6, 1e-7) &&
      close(found.im, float(expected.c[1]), 1e-6, 1e-7)
      ? undefined
      : `${where}: expected ${expected.c}, found ${describe(found)}`
  }
  return undefined
}

function close(a: number, b: number, rtol: number, atol: number): boolean {
  return Object.is(a, b) || a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= atol + rtol * Math.abs(b)
}

function tensorDifference(found: Tensor, expected: any, where: string, strict: boolean): string | undefined {
  if (found.dtype !== expected.t) return `${where}: expected dtype ${expected.t}, found ${found.dtype}`
  if (!sameSizes(found.shape, expected.s)) return `${where}: expected shape [${expected.s}], found [${found.shape}]`
  if (strict && !found.shape.includes(0) && found.shape.some((size, i) => size > 1 && found.strides[i] !== expected.st[i])) {
    return `${where}: expected strides [${expected.st}] for [${expected.s}], found [${found.strides}]`
  }
  const bytes = Uint8Array.from(Buffer.from(expected.b, 'base64'))
  const wanted = new Tensor({ buffer: bytes.buffer } as any, expected.t, expected.s, expected.st, expected.o)
  if (expected.t === 'int64') {
    const a = readBigInts(found)
    const b = readBigInts(wanted)
    for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return `${where}[${i}]: expected ${b[i]}, found ${a[i]}`
    return undefined
  }
  const read = dtypeInfo(found.dtype).isComplex ? readComplex : readNumbers
  const a = read(found)
  const b = read(wanted)
  const [rtol, atol] = tolerances[found.dtype] ?? [0, 0]
  for (let i = 0; i < a.length; i++) if (!close(a[i], b[i], rtol, atol)) return `${where}[${i}]: expected ${b[i]}, found ${a[i]}`
  return undefined
}

function describe(value: unknown): string {
  if (value instanceof Tensor) return `tensor ${value.dtype} [${value.shape}]`
  if (value instanceof Boxed) return `${value.type.kind} ${value.value}`
  return Array.isArray(value) ? `list of ${value.length}` : String(value)
}

export function decodeArguments(operator: Operator, call: RecordedCall, dispatcher: Dispatcher): unknown[] {
  const args: unknown[] = []
  const formals = operator.schema.args
  const last = formals.reduce((at, formal, i) => (formal.name in call.args ? i : at), -1)
  for (let i = 0; i <= last; i++) {
    const { name, type, listSize } = formals[i]
    args.push(name in call.args ? decode(call.args[name], type, dispatcher, listSize) : undefined)
  }
  return args
}

/** Runs one call; what is wrong, or undefined. */
export function check(
  dispatcher: Dispatcher,
  call: RecordedCall,
  defaults: (operator: Operator, index: number) => unknown,
  strict = false,
): string | undefined {
  const operator = operatorByKey(call.key)
  if (!operator) return `no operator ${call.key}`
  const args = decodeArguments(operator, call, dispatcher)
  operator.schema.args.forEach((formal, i) => {
    if (!(formal.name in call.args)) args[i] = defaults(operator, i)
  })
  if (call.error !== undefined) {
    try {
      dispatcher.callOperator(operator, args)
    } catch (error) {
      return (error as { code?: string }).code?.startsWith('TSJ_') && (error as { code?: string }).code !== 'TSJ_NO_KERNEL'
        ? undefined
        : `failed with ${error} where PyTorch says: ${call.error}`
    }
    return `no error where PyTorch says: ${call.error}`
  }
  const result = dispatcher.callOperator(operator, args)
  const bad = difference(result, call.expected, 'result', strict)
  if (bad) return bad
  for (const [name, expected] of Object.entries(call.mutated ?? {})) {
    const at = operator.schema.args.findIndex((formal) => formal.name === name)
    const wrong = difference(args[at], expected, name, strict)
    if (wrong) return wrong
  }
  return undefined
}
