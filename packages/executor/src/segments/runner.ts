import type { Graph } from '@tsjit/ir'
import { type CompiledSegment, type Dispatcher, SegmentBailout, type SegmentCompiler, Tensor } from '@tsjit/runtime'
import { segmentProgram } from './program.ts'

/** Attempts in a row that may fail before a region stays on the host. */
const patience = 3

/** Something that runs the region operator by operator. */
export type Fallback = (args: readonly unknown[]) => unknown

/** One region at run time: hands it to the backend, and to the host where the backend cannot plan it. */
export class SegmentRunner {
  private compiled: CompiledSegment | undefined
  private failures = 0
  private givenUp = false
  /** Why the last attempt failed. */
  reason: string | undefined
  private operatorByOperator: Fallback | undefined
  private takenApart: Fallback | undefined
  private readonly single: boolean

  constructor(
    readonly graph: Graph,
    readonly name: string,
    private readonly dispatcher: Dispatcher,
    /** The region on the host: operator by operator, in halves, or with its loops there. */
    private readonly makeFallback: (how: 'operators' | 'halves' | 'loops') => Fallback,
  ) {
    this.single = graph.outputs.length === 1
  }

  run(args: readonly unknown[]): unknown {
    if (!this.givenUp) {
      try {
        const compiled = this.compiled ?? this.compile(args)
        const results = compiled.run(args)
        this.failures = 0
        return this.single ? results[0] : results
      } catch (error) {
        this.failed(error)
      }
    }
    return this.fallback(args)
  }

  async runAsync(signal: AbortSignal | undefined, args: readonly unknown[]): Promise<unknown> {
    if (!this.givenUp) {
      try {
        const compiled = this.compiled ?? this.compile(args)
        const results = await (compiled.runAsync ? compiled.runAsync(args, signal) : compiled.run(args))
        this.failures = 0
        return this.single ? results[0] : results
      } catch (error) {
        this.failed(error)
      }
    }
    return this.fallback(args)
  }

  statistics(): Readonly<Record<string, number>> | undefined {
    return this.compiled?.statistics?.()
  }
  get isGivenUp(): boolean {
    return this.givenUp
  }

  private compile(args: readonly unknown[]): CompiledSegment {
    const compiler = compilerFor(this.dispatcher, args)
    if (!compiler) throw new SegmentBailout('the device has no segment compiler')
    return (this.compiled = compiler.compile(segmentProgram(this.graph, this.name, (op) => compiler.supports(op))))
  }

  private failed(error: unknown): void {
    if (!(error instanceof SegmentBailout)) throw error
    this.reason = /budget/.test(error.reason) ? 'budget' : error.reason
    // a region that takes too many steps unrolled is taken apart for good
    if (error.permanent || this.reason === 'budget' || ++this.failures >= patience) {
      this.givenUp = true
      this.compiled?.dispose?.()
      this.compiled = undefined
    }
  }

  private fallback(args: readonly unknown[]): unknown {
    if (!this.givenUp) return (this.operatorByOperator ??= this.makeFallback('operators'))(args)
    return (this.takenApart ??= this.makeFallback(this.reason === 'budget' ? 'loops' : 'halves'))(args)
  }
}

/** The segment compiler of the device that the tensors are on. */
export function compilerFor(dispatcher: Dispatcher, values: readonly unknown[]): SegmentCompiler | undefined {
  for (const value of values) if (value instanceof Tensor) return dispatcher.backendFor(value.device).segments
  return dispatcher.deviceTypes.includes(dispatcher.defaultDevice.type)
    ? dispatcher.backendFor(dispatcher.defaultDevice).segments
    : undefined
}
