import type { Graph, GraphFunction } from '@tsjit/ir'
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

/** `forward` of a module: called with hooks, and looked at as other methods. */
export type ForwardMethod = ((...args: any[]) => any) & CompiledDefinition

/** Gives a function what a method shows of itself; the method is compiled when that is first read. */
export function withDefinition(call: (...args: any[]) => any, method: () => GraphFunction): ForwardMethod {
  const read = (name: keyof CompiledDefinition) => computed(() => definitionProperty(method(), name))
  const names: readonly (keyof CompiledDefinition)[] = ['schema', 'graph', 'inlinedGraph', 'graphText', 'code', 'definition']
  for (const name of names) Object.defineProperty(call, name, { ...read(name), enumerable: false })
  return call as ForwardMethod
}

function definitionProperty(definition: GraphFunction, name: keyof CompiledDefinition): unknown {
  const { [name]: property } = definitionProperties(definition, { isMethod: true })
  return property.get ? property.get() : property.value
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
