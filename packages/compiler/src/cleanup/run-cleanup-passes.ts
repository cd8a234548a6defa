import type { Graph } from '@tsjit/ir'
import { annotateWarnings } from './annotate-warnings.ts'
import { canonicalizeOutputs } from './canonicalize-outputs.ts'
import { poolConstants } from './constant-pooling.ts'
import { propagateConstants } from './constant-propagation.ts'
import { eliminateDeadCode } from './dead-code.ts'
import { eraseListLiterals } from './erase-list-literals.ts'
import { liftClosures } from './lift-closures.ts'
import { lowerSimpleTuples } from './lower-simple-tuples.ts'

/** What a graph needs to run at all, and no more: debuggers see the program as it was written. */
export function runDebugPasses(graph: Graph): void {
  liftClosures(graph, runDebugPasses)
  eraseListLiterals(graph.block)
  annotateWarnings(graph.block)
}

/**
 * What PyTorch runs on every graph it has compiled (`runCleanupPasses`), in its order: a graph that is saved and loaded again stays
 * the same.
 */
export function runCleanupPasses(graph: Graph): void {
  const { kinds } = graph
  if (kinds.has('prim::Closure')) liftClosures(graph, runCleanupPasses)
  if (kinds.has('prim::EmptyListLiteral')) eraseListLiterals(graph.block)
  if (kinds.has('prim::TupleUnpack') || kinds.has('prim::TupleIndex')) lowerSimpleTuples(graph.block)
  eliminateDeadCode(graph)
  if (propagateConstants(graph)) eliminateDeadCode(graph)
  poolConstants(graph)
  canonicalizeOutputs(graph)
  if (kinds.has('aten::warn')) annotateWarnings(graph.block)
}
