import type { Graph, GraphFunction, Node } from '@tsjit/ir'
import type { Dispatcher, ScriptObject } from '@tsjit/runtime'
import type { Callable } from '@tsjit/types'
import type { Context } from './builtins/builtin.ts'
import { CompiledGraph, type Gear } from './executable.ts'
import { type Operation, operationOf } from './operation.ts'

export interface ExecutorOptions {
  readonly dispatcher: Dispatcher
  /** 1: walk the graph; 2: generate JavaScript (falls back to 1 where that is forbidden). */
  readonly gear?: Gear
  /** Whether regions of tensor operators go to the backend whole. */
  readonly segments?: boolean
  /** Where `TSJIT_LOG` output goes; standard error where absent. */
  readonly log?: (text: string) => void
  /** Where programs print; standard output where absent. */
  readonly print?: (text: string) => void
}

export interface CompileOptions {
  /** The object whose method this is: modules are compiled for their attributes. */
  readonly self?: ScriptObject
}

/** Runs functions of a unit. Compiles each once; re-entrant. */
export class Executor {
  readonly dispatcher: Dispatcher
  readonly gear: Gear
  readonly segments: boolean
  readonly context: Context
  private readonly log: (text: string) => void
  private readonly plain = new WeakMap<Graph, Executable>()

  constructor({ dispatcher, gear = 'codegen', segments = true, log, print }: ExecutorOptions) {
    this.dispatcher = dispatcher
    this.gear = gear
    this.segments = segments
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

  compile(callee: GraphFunction | Graph, name: string, _options: CompileOptions = {}): Executable {
    const graph = 'graph' in callee ? callee.graph : callee
    let found = this.plain.get(graph)
    if (!found) this.plain.set(graph, (found = new Executable(new CompiledGraph(graph, name, this.context, this.resolve, this.gear))))
    return found
  }

  /** Drops what was compiled for an object. */
  forget(_object: ScriptObject): void {}

  private readonly resolve = (node: Node, context: Context): Operation => operationOf(node, context)
}

export class Executable {
  constructor(private readonly compiled: CompiledGraph) {}
  run(args: readonly unknown[]): unknown {
    return this.compiled.run(args)
  }
  runAsync(args: readonly unknown[], { signal }: { signal?: AbortSignal } = {}): Promise<unknown> {
    return this.compiled.runAsync(args, signal)
  }
}
export type { Callable }
