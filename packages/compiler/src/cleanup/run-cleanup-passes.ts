import type { Graph } from '@tsjit/ir'
import { annotateWarnings } from './annotate-warnings.ts'
import { canonicalizeOutputs } from './canonicalize-outputs.ts'
import { poolConstants } from './constant-pooling.ts'
import { propagateConstants } from './constant-propagation.ts'
import { eliminateDeadCode } from './dead-code.ts'
import { eraseListLiterals } from './erase-list-literals.ts'
import { liftClosures } from './lift-closures.ts'
import { lowerSimpleTuples } from './lower-simple-tuples.ts'

/**
 * What PyTorch runs on every graph it has compiled (`runCleanupPasses`), in its order: a graph that is saved and loaded again stays
 * the same.
 */
export function runCleanupPasses(graph: Graph): void {
  liftClosures(graph, runCleanupPasses)
  eraseListLiterals(graph.block)
  lowerSimpleTuples(graph.block)
  eliminateDeadCode(graph)
  if (propagateConstants(graph)) eliminateDeadCode(graph)
  poolConstants(graph)
  canonicalizeOutputs(graph)
  annotateWarnings(graph.block)
}
