import { type Graph, type GraphFunction, printGraph } from '@tsjit/ir'
import { inlinedGraph } from '@tsjit/passes'
import { functionCode } from '@tsjit/serializer'
import type { FunctionSchema } from '@tsjit/types'
import type { RunOptions, ScriptModule } from './script-module.ts'

/** A method of a module: call it with tensors and plain values, without hooks, or look at it. */
export interface ScriptMethod {
  (...args: unknown[]): any
  /** Runs with segments on worker threads. */
  run(args: readonly unknown[], options?: RunOptions): Promise<any>
  readonly schema: FunctionSchema
  readonly graph: Graph
  /** The graph with calls replaced by what they call, as PyTorch's `inlined_graph`. */
  readonly inlinedGraph: Graph
  /** The graph as the executor runs it: specialised on the module, folded, cleaned up. */
  readonly optimizedGraph: Graph
  /** The graph as PyTorch prints it. */
  readonly graphText: string
  /** The method as TorchScript source, as PyTorch prints it. */
  readonly code: string
  /** What the executor and the other packages know it by. */
  readonly definition: GraphFunction
}

/** Throws TSJ_NO_METHOD, TSJ_MODULE_DISPOSED. */
export function makeScriptMethod(module: ScriptModule, name: string): ScriptMethod {
  const definition = module.method(name)
  const call = (...args: unknown[]): unknown => module.call(name, ...args)
  const value = (get: () => unknown): PropertyDescriptor => ({ get, enumerable: true })
  Object.defineProperties(call, {
    name: { value: name },
    run: { value: (args: readonly unknown[], options: RunOptions = {}) => module.runMethod(name, args, options) },
    schema: value(() => definition.schema),
    graph: value(() => definition.graph),
    inlinedGraph: value(() => inlinedGraph(definition.graph)),
    optimizedGraph: value(() => module.runtime.executor.compile(definition, definition.name, { self: module.object }).graph),
    graphText: value(() => printGraph(definition.graph)),
    code: value(() => functionCode(definition, { isMethod: true }).code),
    definition: { value: definition },
  })
  return call as unknown as ScriptMethod
}
