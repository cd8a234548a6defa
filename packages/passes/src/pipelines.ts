import type { Graph } from '@tsjit/ir'
import type { Dispatch } from '@tsjit/ops'
import { eliminateCommonSubexpressions } from './common-subexpression-elimination.ts'
import { poolConstants } from './constant-pooling.ts'
import { type Evaluator, propagateConstants } from './constant-propagation.ts'
import { eliminateDeadCode } from './dead-code-elimination.ts'
import { foldConvBn } from './fold-conv-bn.ts'
import { type SpecializeHooks, specializeModule } from './freeze-attributes.ts'
import { type InlineOptions, inlineCalls } from './inline-calls.ts'
import { unrollLoops } from './loop-unrolling.ts'
import { lowerSimpleTuples } from './lower-simple-tuples.ts'
import { peephole } from './peephole.ts'
import { type Pass, type PassContext, type Pipeline, runPipeline } from './run-pipeline.ts'
import { type ScalarOf, scalarOperands } from './scalar-operands.ts'

/** What the steps below may use; each is left out where its part is missing. */
export interface OptimizeContext extends PassContext {
  /** Folds constants. */
  readonly evaluator?: Evaluator
  /** Computes folded weights. */
  readonly dispatch?: Dispatch
  readonly inline?: InlineOptions
  /** Numbers in constant tensors. */
  readonly scalarOf?: ScalarOf
  /** Known objects behind parameters. */
  readonly specialize?: SpecializeHooks<any>
}

const inline: Pass<OptimizeContext> = { name: 'inline-calls', run: (graph, { inline: options }) => inlineCalls(graph, options) }
const specialize: Pass<OptimizeContext> = {
  name: 'freeze-attributes',
  when: ({ specialize: hooks }) => hooks !== undefined,
  run: (graph, { specialize: hooks }) => void specializeModule(graph, hooks!),
}
const foldConstants: Pass<OptimizeContext> = {
  name: 'constant-propagation',
  run: (graph, { evaluator }) => propagateConstants(graph, evaluator ? { evaluator } : {}),
}
const foldImmutable: Pass<OptimizeContext> = {
  name: 'constant-propagation-immutable',
  run: (graph, { evaluator }) => propagateConstants(graph, { immutableTypesOnly: true, ...(evaluator ? { evaluator } : {}) }),
}
const scalars: Pass<OptimizeContext> = {
  name: 'scalar-operands',
  when: ({ scalarOf }) => scalarOf !== undefined,
  run: (graph, { scalarOf }) => scalarOperands(graph, scalarOf!),
}
const simplify: Pass<OptimizeContext> = { name: 'peephole', run: (graph) => peephole(graph) }
const simplifyAsPyTorch: Pass<OptimizeContext> = { name: 'peephole', run: (graph) => peephole(graph, { asPyTorch: true }) }
const tuples: Pass<OptimizeContext> = { name: 'lower-simple-tuples', run: lowerSimpleTuples }
const cse: Pass<OptimizeContext> = { name: 'common-subexpression-elimination', run: eliminateCommonSubexpressions }
const unroll: Pass<OptimizeContext> = { name: 'loop-unrolling', run: (graph) => unrollLoops(graph) }
const pool: Pass<OptimizeContext> = { name: 'constant-pooling', run: poolConstants }
const dce: Pass<OptimizeContext> = { name: 'dead-code-elimination', run: eliminateDeadCode }
const batchNorm: Pass<OptimizeContext> = {
  name: 'fold-conv-bn',
  when: ({ dispatch }) => dispatch !== undefined,
  run: (graph, { dispatch }) => foldConvBn(graph, { dispatch: dispatch! }),
}

/** PyTorch's `preoptimizeGraph`: what every function goes through before it is inlined, and what `inlined_graph` shows of callees. */
export const preoptimizePipeline: Pipeline<OptimizeContext> = [inline, simplifyAsPyTorch, foldImmutable, pool]

/** A function as it will run, for whatever objects it is called on. */
export const executionPipeline: Pipeline<OptimizeContext> = [
  inline, //             bodies in place of calls
  scalars, //            `x * 0.5` as tracing records it
  simplify, //           `x is None` by type, sizes, unwraps
  foldConstants, //      decided branches go
  tuples,
  simplify,
  cse,
  foldConstants,
  pool,
  dce,
]

/** A function as debuggers step through it: what means the same otherwise stays as it was written. */
export const debugPipeline: Pipeline<OptimizeContext> = [scalars]

/** A method of one known module whose attributes are fixed while the result is in use. */
export const specializedPipeline: Pipeline<OptimizeContext> = [
  specialize, //         attributes become constants, calls and dead branches go, scalar operands as above
  simplify,
  foldConstants, //      `if self.training`, sizes of lists of constants, …
  tuples,
  unroll,
  simplify,
  foldConstants,
  batchNorm,
  cse,
  pool,
  dce,
]

/** Inlines as PyTorch's `inlined_graph` does: callees are cleaned up, the graph itself is not. */
export function inlinedGraph(graph: Graph, context: OptimizeContext = {}): Graph {
  const result = graph.copy()
  const optimizeCallee = (callee: Graph): void => void runPipeline(callee, preoptimizePipeline.slice(1), context)
  inlineCalls(result, { optimizeCallee, ...context.inline })
  return result
}
