import type { Graph } from '@tsjit/ir'
import { transformExits } from './early-exits.ts'
import { addControlFlowLoadStores, assignLoopContinuations, eraseLoadStores, inlineLoopConditions } from './load-stores.ts'

/**
 * From the emitter's graph, where variables are loads and stores and exits are statements, to SSA: control flow gets inputs and
 * outputs, break and continue their continuations, loops their conditions, loads their values, exits their outputs.
 */
export function convertToSsa(graph: Graph, keepStores = false): void {
  addControlFlowLoadStores(graph.block)
  const { kinds } = graph
  if (kinds.has('prim::BreakStmt') || kinds.has('prim::ContinueStmt')) assignLoopContinuations(graph.block)
  if (kinds.has('prim::Loop')) inlineLoopConditions(graph.block)
  eraseLoadStores(graph.block, keepStores)
  transformExits(graph)
}
