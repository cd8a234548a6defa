import type { Graph } from '@tsjit/ir'
import { type CompiledDefinition, computed, definitionProperties } from './script/compiled-definition.ts'
import type { RunOptions, ScriptModule } from './script-module.ts'

/** A method of a module: call it with tensors and plain values, without hooks, or look at it. */
export interface ScriptMethod extends CompiledDefinition {
  (...args: unknown[]): any
  /** Runs with segments on worker threads. */
  run(args: readonly unknown[], options?: RunOptions): Promise<any>
  /** The graph as the executor runs it: specialised on the module, folded, cleaned up. */
  readonly optimizedGraph: Graph
}

/** Throws TSJ_NO_METHOD, TSJ_MODULE_DISPOSED. */
export function makeScriptMethod(module: ScriptModule, name: string): ScriptMethod {
  const definition = module.method(name)
  const call = (...args: unknown[]): unknown => module.call(name, ...args)
  Object.defineProperties(call, {
    ...definitionProperties(definition, { isMethod: true }),
    name: { value: name },
    run: { value: (args: readonly unknown[], options: RunOptions = {}) => module.runMethod(name, args, options) },
    optimizedGraph: computed(() => module.runtime.executor.compile(definition, definition.name, { self: module.object }).graph),
  })
  return call as unknown as ScriptMethod
}
