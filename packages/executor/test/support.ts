import { type Graph, parseIR } from '@tsjit/ir'
import { Boxed, Complex, Device, Dispatcher, metadataKernels } from '@tsjit/runtime'
import { FloatType, IntType, type Type } from '@tsjit/types'
import { Executor } from '../src/index.ts'

export const gears = ['interpreter', 'codegen'] as const

export interface Run {
  readonly result?: unknown
  readonly error?: Error
  readonly printed: string
}

export function executorFor(
  gear: (typeof gears)[number],
  dispatcher = new Dispatcher({ metadataKernels }),
  print: (text: string) => void = () => {},
): Executor {
  return new Executor({ dispatcher, gear, segments: false, print, log: print })
}

/** Runs a graph in one gear. */
export function runIn(gear: (typeof gears)[number], graph: Graph | string, args: unknown[]): Run {
  let printed = ''
  const executor = executorFor(gear, undefined, (text) => {
    printed += text
  })
  try {
    return { result: executor.compile(typeof graph === 'string' ? parseIR(graph) : graph, 'test').run(args), printed }
  } catch (error) {
    return { error: error as Error, printed }
  }
}

type Recorded =
  | null
  | boolean
  | string
  | Recorded[]
  | { i: string }
  | { f: string }
  | { c: [string, string] }
  | { t: Recorded[] }
  | { d: [Recorded, Recorded][] }
  | { device: string }

const pythonFloat = (text: string): number =>
  text === 'inf' ? Infinity : text === '-inf' ? -Infinity : text === 'nan' ? Number.NaN : Number(text)

function intFrom(text: string): number | bigint {
  const value = BigInt(text)
  return Number.isSafeInteger(Number(value)) ? Number(value) : value
}

/** A recorded value as a runtime value of a static type. */
export function decode(value: Recorded, type: Type): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  const plain = type.kind === 'Optional' ? type.contained()[0] : type
  if (Array.isArray(value)) return value.map((element) => decode(element, plain.contained()[0] ?? plain))
  if ('i' in value)
    return plain.kind === 'Scalar' ? new Boxed(IntType, intFrom(value.i)) : plain.kind === 'float' ? Number(value.i) : intFrom(value.i)
  if ('f' in value) return plain.kind === 'Scalar' ? new Boxed(FloatType, pythonFloat(value.f)) : pythonFloat(value.f)
  if ('c' in value) return new Complex(pythonFloat(value.c[0]), pythonFloat(value.c[1]))
  if ('t' in value) return value.t.map((element, i) => decode(element, plain.contained()[i]))
  if ('device' in value) return Device.parse(value.device)
  const [key, item] = plain.contained()
  return new Map(value.d.map(([k, v]) => [decode(k, key), decode(v, item)]))
}

/** Equal up to a relative tolerance for floats; nan equals nan, signs of zero count. */
export function same(a: unknown, b: unknown, tolerance = 0): boolean {
  if (typeof a === 'number' && typeof b === 'number') {
    if (Object.is(a, b)) return true
    return tolerance > 0 && Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b), 1e-300)
  }
  if (a instanceof Boxed && b instanceof Boxed) return a.type.kind === b.type.kind && same(a.value, b.value, tolerance)
  if (a instanceof Complex && b instanceof Complex) {
    const size = Math.max(Math.hypot(a.re, a.im), Math.hypot(b.re, b.im))
    const near = (x: number, y: number): boolean => x === y || (Number.isNaN(x) && Number.isNaN(y)) || Math.abs(x - y) <= tolerance * size
    return near(a.re, b.re) && near(a.im, b.im)
  }
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((value, i) => same(value, b[i], tolerance))
  if (a instanceof Map && b instanceof Map) return same([...a], [...b], tolerance)
  return a === b || ((a === null || a === undefined) && (b === null || b === undefined))
}
