import { readdirSync, readFileSync } from 'node:fs'
import { decompositionOf, type Operator, operatorByKey } from '@tsjit/ops'
import {
  Complex,
  cpu,
  Device,
  Dispatcher,
  fromComplex,
  fromNumbers,
  metadataKernels,
  quantizerOf,
  readComplex,
  readNumbers,
  scalarFloat,
  scalarInt,
  setQuantizer,
  Tensor,
} from '@tsjit/runtime'
import { type DType, dtypeInfo, TsjitError, type Type } from '@tsjit/types'
import { createReferenceBackend } from '../src/index.ts'

/** One recorded call; see fixtures-nn.py. */
export interface Fixture {
  readonly key: string
  readonly args: readonly unknown[]
  readonly expected?: unknown
  readonly error?: string
  readonly after?: Readonly<Record<string, unknown>>
  readonly signs?: boolean
  readonly tol?: readonly [rtol: number, atol: number]
  readonly only?: readonly number[]
}

interface StoredTensor {
  readonly t: DType
  readonly s: readonly number[]
  readonly d: readonly (number | string | boolean)[]
  /** Scale and zero point, or scales, zero points and axis. */
  readonly q?: readonly [number, number]
  readonly qc?: readonly [number[], number[], number]
}

const reference = createReferenceBackend({ deviceTypes: ['cpu'] })
export const dispatcher = new Dispatcher({ decompositions: decompositionOf, metadataKernels })
dispatcher.registerBackend(reference)

/** Prefers decompositions to kernels, so that those that the reference backend's own kernels hide are run too. */
export const decomposing = new Dispatcher({ decompositions: decompositionOf, metadataKernels })
decomposing.registerBackend({
  ...reference,
  kernel: (operator) => (decompositionOf(operator.key) ? undefined : reference.kernel(operator)),
})

/** Whether the reference backend has a kernel for an operator that also has a decomposition. */
export function hasBoth(key: string): boolean {
  const operator = operatorByKey(key)
  return operator !== undefined && decompositionOf(key) !== undefined && reference.kernel(operator) !== undefined
}

export function loadFixtures(folder: URL): Map<string, Fixture[]> {
  const all = new Map<string, Fixture[]>()
  for (const file of readdirSync(folder).filter((name) => /^nn-.*\.jsonl$/.test(name))) {
    const lines = readFileSync(new URL(file, folder), 'utf8').split('\n')
    all.set(
      file.slice(3, -6),
      lines.filter(Boolean).map((line) => JSON.parse(line) as Fixture),
    )
  }
  return all
}

const numberOf = (x: number | string | boolean): number =>
  x === 'nan' ? Number.NaN : x === 'inf' ? Number.POSITIVE_INFINITY : x === '-inf' ? Number.NEGATIVE_INFINITY : Number(x)

function decodeTensor({ t, s, d, q, qc }: StoredTensor): Tensor {
  const values = d.map(numberOf)
  const tensor = dtypeInfo(t).isComplex ? fromComplex(dispatcher, values, s, t, cpu) : fromNumbers(dispatcher, values, s, t, cpu)
  if (q) setQuantizer(tensor, { scheme: 'per_tensor_affine', scale: q[0], zeroPoint: q[1] })
  if (qc) setQuantizer(tensor, { scheme: 'per_channel_affine', scales: qc[0], zeroPoints: qc[1], axis: qc[2] })
  return tensor
}

/** Whether a result is quantised as expected. */
function compareQuantizer(found: Tensor, { q, qc }: StoredTensor): boolean {
  const own = quantizerOf(found)
  const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b)
  if (q) return own?.scheme === 'per_tensor_affine' && near(own.scale, q[0]) && own.zeroPoint === q[1]
  if (qc) return own?.scheme === 'per_channel_affine' && own.axis === qc[2] && own.scales.every((x, i) => near(x, qc[0][i]))
  return true
}

function decode(value: unknown, type: Type): unknown {
  const inner = type.kind === 'Optional' ? type.contained()[0] : type
  if (value === null) return null
  if (Array.isArray(value)) return value.map((v) => decode(v, inner.contained()[0] ?? inner))
  if (typeof value === 'object') {
    if ('t' in value) return decodeTensor(value as StoredTensor)
    if ('packed' in value)
      return dispatcher.call(
        value.packed as string,
        ...decodeArguments(value.packed as string, (value as unknown as { args: unknown[] }).args),
      )
    if ('f' in value) return inner.kind === 'Scalar' ? scalarFloat(numberOf(value.f as number)) : numberOf(value.f as number)
    if ('c' in value) return new Complex((value.c as number[])[0], (value.c as number[])[1])
    if ('dev' in value) return Device.parse(value.dev as string)
  }
  if (inner.kind === 'Scalar' && typeof value === 'number') return scalarInt(value)
  return value
}

function decodeArguments(key: string, args: readonly unknown[]): unknown[] {
  return args.map((value, i) => decode(value, operatorByKey(key)!.schema.args[i].type))
}

const tolerances: Partial<Record<DType, readonly [number, number]>> = {
  float64: [1e-7, 1e-7],
  complex128: [1e-7, 1e-7],
  float16: [2e-3, 1e-3],
  bfloat16: [1.6e-2, 1e-3],
}

function compare(found: unknown, expected: unknown, fixture: Fixture, where: string): string | undefined {
  if (expected !== null && typeof expected === 'object' && 't' in expected)
    return compareTensor(found, expected as StoredTensor, fixture, where)
  if (Array.isArray(expected)) {
    if (!Array.isArray(found) || found.length !== expected.length)
      return `${where}: expected ${expected.length} results, found ${Array.isArray(found) ? found.length : found}`
    for (let i = 0; i < expected.length; i++) {
      if (fixture.only && where === 'result' && !fixture.only.includes(i)) continue
      const problem = compare(found[i], expected[i], fixture, `${where}[${i}]`)
      if (problem) return problem
    }
    return undefined
  }
  const plain = expected !== null && typeof expected === 'object' && 'f' in expected ? numberOf((expected as { f: number }).f) : expected
  return Object.is(found, plain) || (typeof plain === 'number' && Math.abs((found as number) - plain) <= 1e-6 * Math.abs(plain))
    ? undefined
    : `${where}: expected ${plain}, found ${found}`
}

function compareTensor(found: unknown, expected: StoredTensor, fixture: Fixture, where: string): string | undefined {
  if (!(found instanceof Tensor)) return `${where}: expected a tensor, found ${found}`
  if (found.dtype !== expected.t) return `${where}: expected ${expected.t}, found ${found.dtype}`
  if (found.shape.join() !== expected.s.join()) return `${where}: expected shape [${expected.s}], found [${found.shape}]`
  if (!compareQuantizer(found, expected))
    return `${where}: expected quantizer ${JSON.stringify(expected.q ?? expected.qc)}, found ${JSON.stringify(quantizerOf(found))}`
  const [rtol, atol] = fixture.tol ?? tolerances[expected.t] ?? [2e-5, 1e-5]
  const values = dtypeInfo(expected.t).isComplex ? readComplex(found) : readNumbers(found)
  for (let i = 0; i < expected.d.length; i++) {
    let want = numberOf(expected.d[i])
    let got = values[i]
    if (fixture.signs) [want, got] = [Math.abs(want), Math.abs(got)]
    if (Object.is(want, got) || want === got || (Number.isNaN(want) && Number.isNaN(got))) continue
    if (!(Math.abs(want - got) <= atol + rtol * Math.abs(want)))
      return `${where}: element ${i} of [${expected.s}]: expected ${want}, found ${got}`
  }
  return undefined
}

/** Replays a call. Says what differs, or undefined. */
export function replay(fixture: Fixture, by: Dispatcher = dispatcher): string | undefined {
  const operator: Operator | undefined = operatorByKey(fixture.key)
  if (!operator) return 'no such operator'
  const args = decodeArguments(fixture.key, fixture.args)
  let found: unknown
  try {
    found = by.callOperator(operator, args)
  } catch (error) {
    if (!(error instanceof TsjitError)) return `threw ${(error as Error).stack}`
    if (fixture.error === undefined) return `threw ${error.code}: ${error.message}`
    return error.reason === fixture.error ? undefined : `expected error '${fixture.error}', found '${error.reason}'`
  }
  if (fixture.error !== undefined) return `expected error '${fixture.error}', got a result`
  const problem = compare(found, fixture.expected, fixture, 'result')
  if (problem) return problem
  for (const [i, expected] of Object.entries(fixture.after ?? {})) {
    const changed = compare(args[Number(i)], expected, fixture, `argument ${i} afterwards`)
    if (changed) return changed
  }
  return undefined
}
