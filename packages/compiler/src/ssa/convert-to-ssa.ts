import type { Graph } from '@tsjit/ir'
import { transformExits } from './early-exits.ts'
import { addControlFlowLoadStores, assignLoopContinuations, eraseLoadStores, inlineLoopConditions } from './load-stores.ts'

/**
 * From the emitter's graph, where variables are loads and stores and exits are statements, to SSA: control flow gets inputs and
 * outputs, break and continue their continuations, loops their conditions, loads their values, exits their outputs.
 */
export function convertToSsa(graph: Graph): void {
  addControlFlowLoadStores(graph.block)
  assignLoopContinuations(graph.block)
  inlineLoopConditions(graph.block)
  eraseLoadStores(graph.block)
  transformExits(graph)
}
