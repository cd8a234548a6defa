export { AliasDb, type AliasOptions } from './alias-analysis.ts'
export { eliminateCommonSubexpressions } from './common-subexpression-elimination.ts'
export { poolConstants } from './constant-pooling.ts'
export { type ConstantPropagationOptions, type Evaluator, inlineBlock, propagateConstants } from './constant-propagation.ts'
export {
  constantBool,
  constantInt,
  insertOperator,
  isConstant,
  mustBeNone,
  mustNotBeNone,
  plainAttribute,
  plainConstant,
} from './constants.ts'
export { eliminateDeadCode } from './dead-code-elimination.ts'
export { type FoldConvBnOptions, foldConvBn } from './fold-conv-bn.ts'
export { type ResolvedAttribute, type SpecializeHooks, specializeModule } from './freeze-attributes.ts'
export { countNodes, type InlineOptions, inlineCalls, inlineCallTo } from './inline-calls.ts'
export { type UnrollOptions, unrollLoops } from './loop-unrolling.ts'
export { lowerSimpleTuples } from './lower-simple-tuples.ts'
export type { MemoryClass } from './memory-classes.ts'
export { hasSideEffects, isMutableType, isNondeterministic } from './node-properties.ts'
export { type PeepholeOptions, peephole } from './peephole.ts'
export {
  debugPipeline,
  executionPipeline,
  inlinedGraph,
  type OptimizeContext,
  preoptimizePipeline,
  specializedPipeline,
} from './pipelines.ts'
export {
  type Pass,
  type PassContext,
  type PassDebugging,
  type Pipeline,
  passDebuggingFromEnvironment,
  runPipeline,
} from './run-pipeline.ts'
export { type ScalarOf, scalarOperands } from './scalar-operands.ts'
