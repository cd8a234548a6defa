import { type Graph, type GraphFunction, printGraph } from '@tsjit/ir'
import { inlinedGraph } from '@tsjit/passes'
import { functionCode } from '@tsjit/serializer'
import type { FunctionSchema } from '@tsjit/types'

/** What functions and methods show of themselves. */
export interface CompiledDefinition {
  readonly schema: FunctionSchema
  readonly graph: Graph
  /** The graph with calls replaced by what they call, as PyTorch's `inlined_graph`. */
  readonly inlinedGraph: Graph
  /** The graph as PyTorch prints it. */
  readonly graphText: string
  /** The TorchScript source, as PyTorch prints it. */
  readonly code: string
  /** What the executor and the other packages know it by. */
  readonly definition: GraphFunction
}

/** A property that is computed when it is read. */
export const computed = (get: () => unknown): PropertyDescriptor => ({ get, enumerable: true })

/** `CompiledDefinition` as properties of a callable, which is given its name too. */
export function definitionProperties(definition: GraphFunction, options: { readonly isMethod?: boolean } = {}): PropertyDescriptorMap {
  return {
    name: { value: definition.name.slice(definition.name.lastIndexOf('.') + 1) },
    schema: computed(() => definition.schema),
    graph: computed(() => definition.graph),
    inlinedGraph: computed(() => inlinedGraph(definition.graph)),
    graphText: computed(() => printGraph(definition.graph)),
    code: computed(() => functionCode(definition, options).code),
    definition: { value: definition },
  }
}
