/** One function in every way in which it can run: both gears, optimised and not, by the reference backend and by the native one in segments. */
import type { Graph } from '@tsjit/ir'
import { createRuntime, jit, manualSeed, type Runtime } from '@tsjit/torch'
import { TsjitError, type Type } from '@tsjit/types'
import { type Call, difference, makeArguments, type Observation, Observer } from './values.ts'

interface Way {
  readonly name: string
  readonly runtime: Runtime
  readonly printed: string[]
  readonly optimizes: boolean
  readonly isNative: boolean
}

export interface Signature {
  readonly name: string
  readonly args: readonly Type[]
  readonly result: Type
}

export class Gears {
  /** The first is the yardstick. */
  private readonly ways: readonly Way[]
  /** Why nothing runs on the native backend, where it does not. */
  readonly nativeProblem: string | undefined

  constructor() {
    const way = (name: string, cpu: 'reference' | 'native', gear: 'interpreter' | 'codegen', optimizes = true): Way => {
      const printed: string[] = []
      const print = (text: string): void => void printed.push(text)
      const executor = { gear, segments: cpu === 'native', print, log: print }
      return { name, printed, optimizes, isNative: cpu === 'native', runtime: createRuntime({ cpu, executor, threads: 1 }) }
    }
    const native = [way('native segments, codegen', 'native', 'codegen'), way('native segments, interpreter', 'native', 'interpreter')]
    this.nativeProblem = native[0].runtime.nativeProblem?.message
    this.ways = [
      way('interpreter', 'reference', 'interpreter'),
      way('unoptimised', 'reference', 'interpreter', false),
      way('codegen', 'reference', 'codegen'),
      ...(this.nativeProblem ? [] : native),
    ]
  }

  /** Runs the calls in every way (the native ones if `natively`) and says where two ways differ, or undefined. Throws what no program may throw. */
  compare(graph: Graph, signature: Signature, calls: readonly Call[], natively = true): string | undefined {
    const ways = this.ways.filter(({ isNative }) => natively || !isNative)
    const seen = ways.map((way) => this.observe(way, graph, signature, calls))
    for (let i = 0; i < calls.length; i++) {
      const [yardstick, ...others] = seen.map((observations) => observations[i])
      for (const [k, other] of others.entries()) {
        const way = ways[k + 1]
        // optimised programs may leave out what throws and is not used, as PyTorch's do
        if (!way.optimizes && other.error) continue
        const found = observationDifference(yardstick, other)
        if (found) return `call ${i} (${calls[i].what}) by ${this.ways[0].name} and by ${way.name}: ${found}`
      }
    }
    return undefined
  }

  get names(): readonly string[] {
    return this.ways.map(({ name }) => name)
  }

  /** What one of the ways, the yardstick where it is not named, sees of the calls. */
  observations(graph: Graph, signature: Signature, calls: readonly Call[], name?: string): Observation[] {
    return this.observe(this.ways.find((way) => way.name === name) ?? this.ways[0], graph, signature, calls)
  }

  private observe(
    { runtime, printed, optimizes }: Way,
    graph: Graph,
    { name, args, result }: Signature,
    calls: readonly Call[],
  ): Observation[] {
    return calls.map((call) => {
      printed.length = 0
      manualSeed(1)
      const { values, storages } = makeArguments(call)
      const observer = new Observer(storages)
      const inputs = (): Observation['inputs'] => values.map((value, i) => observer.see(value, args[i]))
      try {
        const run = (): unknown => runtime.executor.compile(graph, name).run(values)
        const value = optimizes ? run() : jit.optimizedExecution(false, run)
        return { inputs: inputs(), result: observer.see(value, result), printed: printed.join('') }
      } catch (error) {
        if (!(error instanceof TsjitError) || isInternal(error)) throw error
        const { code, reason: message } = error
        const pythonClass = 'pythonClass' in error && typeof error.pythonClass === 'string' ? error.pythonClass : 'RuntimeError'
        return { inputs: inputs(), error: { class: pythonClass, code, message }, printed: printed.join('') }
      }
    })
  }
}

export function isInternal(error: unknown): boolean {
  return !(error instanceof TsjitError) || error.code === 'TSJ_INTERNAL' || error.code === 'TSJ_IR_INVALID'
}

/** Where two observations of one call differ, or undefined. */
export function observationDifference(a: Observation, b: Observation): string | undefined {
  const thrown = ({ error }: Observation): string => (error ? `${error.class} ${error.code ?? ''} ${error.message}` : 'a result')
  if (thrown(a) !== thrown(b)) return `${thrown(a).slice(0, 300)} | ${thrown(b).slice(0, 300)}`
  if (a.printed !== b.printed) return `printed ${JSON.stringify(a.printed.slice(0, 300))} and ${JSON.stringify(b.printed.slice(0, 300))}`
  for (let i = 0; i < a.inputs.length; i++) {
    const found = difference(a.inputs[i], b.inputs[i], `argument ${i}`)
    if (found) return found
  }
  return a.result && b.result && difference(a.result, b.result, 'result')
}

/**
 * An observation of ours as PyTorch's are: operators throw RuntimeErrors in TorchScript (here they keep the class that they throw in Python), and lists and
 * dicts that Python gives to a script function are copied, so that what it does to them is not seen.
 */
export function asInTorchScript({ error, inputs, ...more }: Observation): Observation {
  const rest = { ...more, inputs: inputs.filter(({ kind }) => kind === 'tensor') }
  if (!error) return rest
  return { ...rest, error: { class: error.class.startsWith('builtins.') ? error.class : 'RuntimeError', message: error.message } }
}
