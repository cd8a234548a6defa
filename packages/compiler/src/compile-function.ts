import { type CompilationUnit, type Graph, GraphFunction, type Value } from '@tsjit/ir'
import type { FunctionDef } from '@tsjit/parser'
import { type ClassType, CompileError, FunctionSchema, isStackOverflow } from '@tsjit/types'
import { runCleanupPasses, runDebugPasses } from './cleanup/run-cleanup-passes.ts'
import { emitDefinition } from './emit-definition.ts'
import { FunctionEmitter } from './emitter.ts'
import { declaredSchema, resultArgument } from './function-definitions.ts'
import { markInferred } from './function-schemas.ts'
import { makeTensorsPlain, plainTensors } from './inferred-tensor.ts'
import type { NameResolver } from './native-resolver.ts'
import { canonicalizeModifiedLoops } from './ssa/canonicalize-modified-loops.ts'
import { convertToSsa } from './ssa/convert-to-ssa.ts'
import { normalizeOperators } from './ssa/normalize-operators.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

export interface CompileFunctionOptions {
  /** The qualified name (`__torch__.Net.forward`). */
  readonly name: string
  readonly resolver: NameResolver
  /** The class whose method this is. */
  readonly self?: ClassType
  /** What `self` means in the body; an object of class `self` where absent. */
  readonly makeSelf?: (value: Value) => SugaredValue
  /** The format version of the archive, where old operators keep their meaning. */
  readonly operatorVersion?: number
  /** Archives write `-1` as a literal; in scripted source it is a minus and a one. */
  readonly foldNegativeLiterals?: boolean
  /** Defaults of parameters are Python's to evaluate: the schema gets them from whoever does, once the body is compiled. */
  readonly lateDefaults?: boolean
  /** The types of an overload's parameters and result, in place of those of the implementation. */
  readonly overload?: FunctionDef
}

/**
 * A function of a unit from its `def`. The schema is made at once from the annotations; the body is compiled on first use, or before
 * the first call where the result is not annotated. Compiling throws `CompileError` with the source's range.
 */
export function compileFunction(unit: CompilationUnit, def: FunctionDef, options: CompileFunctionOptions): GraphFunction {
  const schema = declaredSchema(
    options.overload ?? def,
    options.name.slice(options.name.lastIndexOf('.') + 1),
    options.resolver,
    options.self,
    options,
  )
  const fn = new GraphFunction(
    options.name,
    schema,
    (self) => compileBody(unit, def, options, self, schema),
    (self) => compileBody(unit, def, options, self, schema, true),
  )
  if (schema.returns.length === 0) markInferred(fn)
  return fn
}

function compileBody(
  unit: CompilationUnit,
  def: FunctionDef,
  options: CompileFunctionOptions,
  fn: GraphFunction,
  declared: FunctionSchema,
  forDebugger = false,
): Graph {
  const emitter = new FunctionEmitter({ ...options, unit, marksLines: forDebugger })
  const { graph } = emitter
  try {
    const result = emitDefinition(emitter, def, declared, graph.block, options.self)
    if (declared.returns.length === 0)
      fn.schema = new FunctionSchema(declared.name, '', declared.args, [resultArgument(plainTensors(result))])
    convertToSsa(graph, forDebugger)
    if (forDebugger) {
      runDebugPasses(graph)
      makeTensorsPlain(graph)
      return graph
    }
    if (graph.kinds.has('prim::Loop')) canonicalizeModifiedLoops(graph)
    normalizeOperators(graph)
    runCleanupPasses(graph)
    makeTensorsPlain(graph)
  } catch (error) {
    if (isStackOverflow(error)) {
      throw new CompileError('TSJ_NESTING', `function '${options.name}' nests expressions or blocks too deeply to be compiled`, {
        range: def.range,
      })
    }
    throw error
  }
  return graph
}
