import type { Graph, GraphFunction, Node } from '@tsjit/ir'
import type { Evaluator } from '@tsjit/passes'
import { debugPipeline } from '@tsjit/passes'
import type { Dispatcher, ScriptObject, Tensor } from '@tsjit/runtime'
import type { Assumptions } from './assumptions.ts'
import type { Context } from './builtins/builtin.ts'
import { isBuiltin } from './builtins/index.ts'
import { CompiledGraph, type Gear } from './compiled-graph.ts'
import { type Operation, operationOf } from './operation.ts'
import { isOptimizing } from './optimized-execution.ts'
import { type PartitionReport, partition, segmentKind, splitRegion } from './segments/partition.ts'
import { compilerFor, type Fallback, SegmentRunner } from './segments/runner.ts'
import { makeEvaluator, optimize, specialize } from './specialize.ts'

export interface ExecutorOptions {
  readonly dispatcher: Dispatcher
  /** `interpreter` walks the graph; `codegen` generates JavaScript (and falls back where that is forbidden). Default `codegen`. */
  readonly gear?: Gear
  /** Whether regions of tensor operators go to the backend whole. Default true. */
  readonly segments?: boolean
  /**
   * Generated code that debuggers can step through by the program's own lines and variables: functions are run as they are written, one
   * JavaScript function each, with source maps. Slow. Default: whether `TSJIT_DEBUG=1`.
   */
  readonly debug?: boolean
  /** Whether passes run on the graph. Default true; `setOptimizing(false)` turns them off for every executor. */
  readonly optimize?: boolean
  /** Where `TSJIT_LOG` output and warnings go; standard error where absent. */
  readonly log?: (text: string) => void
  /** Where programs print; standard output where absent. */
  readonly print?: (text: string) => void
}

export interface CompileOptions {
  /** The object whose method this is: modules are compiled for their attributes. It is still the first argument. */
  readonly self?: ScriptObject | undefined
}

/** What `describe` says of a compiled function. */
export interface Description {
  readonly name: string
  readonly gear: Gear
  readonly specialized: boolean
  readonly segments: number
  readonly instructions: number
  /** Operators that ended regions, and how often. */
  readonly breaks: Readonly<Record<string, number>>
  readonly regions: readonly {
    readonly name: string
    readonly onHost: string | undefined
    readonly statistics: Readonly<Record<string, number>> | undefined
  }[]
}

/** Runs functions of a unit. Compiles each once for each module it is specialised on; re-entrant. */
export class Executor {
  readonly dispatcher: Dispatcher
  readonly gear: Gear
  readonly segments: boolean
  readonly debug: boolean
  private readonly optimizes: boolean
  private readonly context: Context
  private readonly log: (text: string) => void
  private readonly plain = new WeakMap<Graph, Executable>()
  private specialized = new WeakMap<ScriptObject, Map<Graph, Executable>>()
  private unoptimizing: Executor | undefined

  /** Runs nodes on constants, for passes outside of the executor. */
  get evaluator(): Evaluator {
    return makeEvaluator(this.context)
  }
  constructor({ dispatcher, gear = 'codegen', segments = true, debug = isDebugging(), optimize = true, log, print }: ExecutorOptions) {
    this.dispatcher = dispatcher
    this.optimizes = optimize
    this.gear = gear
    this.debug = debug && gear === 'codegen'
    this.segments = segments && !this.debug
    this.log = log ?? ((text) => process.stderr.write(`${text}\n`))
    this.context = {
      dispatcher,
      print: print ?? ((text) => process.stdout.write(text)),
      warn: (text) => this.log(`UserWarning: ${text}`),
      call: (callee, args) => this.compile(callee as GraphFunction, callee.name).run(args),
      prepare: (callee, name) => {
        let executable: Executable | undefined
        return (args) => (executable ??= this.compile(callee, name)).run(args)
      },
    }
  }

  /** A runnable form of a function or graph. Cheap when asked again. Throws what compiling the function throws. */
  compile(callee: GraphFunction | Graph, name: string, { self }: CompileOptions = {}): Executable {
    if (!isOptimizing() && this.optimizes && !this.debug) return this.withoutPasses().compile(callee, name)
    const graph = 'graph' in callee ? (this.debug ? callee.debugGraph : callee.graph) : callee
    if (self?.type.isModule && !this.debug && this.optimizes) {
      let ofObject = this.specialized.get(self)
      if (!ofObject) this.specialized.set(self, (ofObject = new Map()))
      let found = ofObject.get(graph)
      if (!found) ofObject.set(graph, (found = new Executable(this, graph, name, self)))
      return found
    }
    let found = this.plain.get(graph)
    if (!found) this.plain.set(graph, (found = new Executable(this, graph, name, undefined)))
    return found
  }

  private withoutPasses(): Executor {
    const { dispatcher, log, context } = this
    return (this.unoptimizing ??= new Executor({
      dispatcher,
      gear: 'interpreter',
      segments: false,
      debug: false,
      optimize: false,
      log,
      print: context.print,
    }))
  }

  /** Whether the executor computes an operator (by key) or node kind itself, whatever the device. */
  hasBuiltin(key: string): boolean {
    return isBuiltin(key) || key === 'prim::If' || key === 'prim::Loop' || key === 'prim::Constant'
  }

  /** Drops what was compiled for an object. */
  forget(object: ScriptObject): void {
    this.specialized.delete(object)
  }

  /** Optimises, partitions and resolves: what an executable runs. */
  build(source: Graph, name: string, self: ScriptObject | undefined, written: WeakSet<Tensor>): Build {
    if (this.debug || !this.optimizes) {
      const graph = optimize(source, name, this.context, debugPipeline)
      const compiled = new CompiledGraph(graph, name, this.context, this.resolver(name, []), this.gear, this.debug)
      return { graph, compiled, assumptions: undefined, report: undefined, runners: [] }
    }
    const special = self && specialize(source, self, name, this.context, written)
    const graph = special?.graph ?? optimize(source, name, this.context)
    const compiler = this.segments ? compilerFor(this.dispatcher, []) : undefined
    const report = compiler && partition(graph, { supports: (op) => compiler.supports(op), loops: true })
    const runners: SegmentRunner[] = []
    const compiled = new CompiledGraph(graph, name, this.context, this.resolver(name, runners), this.gear)
    if (report && logsSegments()) this.logReport(name, report)
    return { graph, compiled, assumptions: special?.assumptions, report, runners }
  }

  private resolver(name: string, runners: SegmentRunner[]): (node: Node, context: Context) => Operation {
    const known = new Map<Node, Operation>()
    return (node, context) => {
      let operation = known.get(node)
      if (!operation)
        known.set(
          node,
          (operation =
            node.kind === segmentKind ? this.segmentOperation(node, `${name}#${runners.length}`, runners) : operationOf(node, context)),
        )
      return operation
    }
  }

  private segmentOperation(node: Node, name: string, runners: SegmentRunner[]): Operation {
    const graph = node.attribute('Subgraph', 'g')!
    const runner = new SegmentRunner(graph, name, this.dispatcher, (how) => this.onHost(graph, name, how, runners))
    runners.push(runner)
    return {
      key: segmentKind,
      run: (...args) => runner.run(args),
      runAsync: (signal, args) => runner.runAsync(signal, args),
      inputs: [],
      outputs: [],
      isBuiltin: false,
    }
  }

  /** A region without the backend, or with smaller regions. */
  private onHost(region: Graph, name: string, how: 'operators' | 'halves' | 'loops', runners: SegmentRunner[]): Fallback {
    const graph = region.copy()
    const compiler = compilerFor(this.dispatcher, [])
    if (compiler && how !== 'operators') {
      const options = { supports: (op: string) => compiler.supports(op), loops: false }
      if (how === 'loops') partition(graph, options)
      else splitRegion(graph, { ...options, loops: true })
    }
    const compiled = new CompiledGraph(graph, name, this.context, this.resolver(name, runners), this.gear)
    return (args) => compiled.run(args)
  }

  private logReport(name: string, { segments, instructions, breaks }: PartitionReport): void {
    const reasons = [...breaks].map(([key, count]) => (count > 1 ? `${key} x${count}` : key))
    this.log(
      `segments of ${name}: ${segments} with ${instructions} instructions${reasons.length ? `; broken by ${reasons.join(', ')}` : ''}`,
    )
  }
}

interface Build {
  readonly graph: Graph
  readonly compiled: CompiledGraph
  readonly assumptions: Assumptions | undefined
  readonly report: PartitionReport | undefined
  readonly runners: readonly SegmentRunner[]
}

/** A function ready to run. Made anew when what it was specialised on changes. */
export class Executable {
  private build: Build | undefined
  /** Tensors that the program itself was seen to write. */
  private readonly written = new WeakSet<Tensor>()
  private general: Executable | undefined

  constructor(
    private readonly executor: Executor,
    private readonly source: Graph,
    readonly name: string,
    private readonly self: ScriptObject | undefined,
  ) {}

  /** The graph as it runs. */
  get graph(): Graph {
    return this.ready().graph
  }

  /** Runs on values of the graph's input types (the module itself first, for methods). Throws what the program throws. */
  run(args: readonly unknown[]): unknown {
    if (this.self !== undefined && args[0] !== this.self) return this.unspecialized().run(args)
    const build = this.ready()
    const result = build.compiled.run(args)
    build.assumptions?.afterRun()
    return result
  }

  /** The same with segments on other threads. `signal` is looked at between segments. */
  async runAsync(args: readonly unknown[], { signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<unknown> {
    if (this.self !== undefined && args[0] !== this.self) return this.unspecialized().runAsync(args, signal ? { signal } : {})
    signal?.throwIfAborted()
    const build = this.ready()
    try {
      const result = await build.compiled.runAsync(args, signal)
      build.assumptions?.afterRun()
      return result
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      throw error
    }
  }

  /** The generated JavaScript; undefined before the first run and in the interpreter. */
  generatedCode(): string | undefined {
    return this.ready().compiled.text
  }

  /** What was made of the function: `TSJIT_LOG=segments` prints the same. */
  describe(): Description {
    const { compiled, assumptions, report, runners } = this.ready()
    return {
      name: this.name,
      gear: compiled.actualGear,
      specialized: assumptions !== undefined,
      segments: report?.segments ?? 0,
      instructions: report?.instructions ?? 0,
      breaks: Object.fromEntries(report?.breaks ?? []),
      regions: runners.map((runner) => ({
        name: runner.name,
        onHost: runner.isGivenUp ? runner.reason : undefined,
        statistics: runner.statistics(),
      })),
    }
  }

  private ready(): Build {
    if (this.build?.assumptions && !this.build.assumptions.hold()) this.build = undefined
    return (this.build ??= this.executor.build(this.source, this.name, this.self, this.written))
  }

  private unspecialized(): Executable {
    return (this.general ??= this.executor.compile(this.source, this.name))
  }
}

function environment(name: string): string | undefined {
  return (globalThis as { process?: { env?: Record<string, string | undefined> } }).process?.env?.[name]
}

function logsSegments(): boolean {
  return environment('TSJIT_LOG')?.split(',').includes('segments') ?? false
}

/** Whether `TSJIT_DEBUG=1`: programs are made for debuggers. */
export function isDebugging(): boolean {
  return environment('TSJIT_DEBUG') === '1'
}
