import type { GraphFunction } from '@tsjit/ir'
import { type FunctionSchema, type SourceRange, TsjitError } from '@tsjit/types'
import { fail } from './errors.ts'

const inferred = new WeakSet<GraphFunction>()

/** Marks a function whose result type is not annotated: it is compiled before it is called. */
export function markInferred(fn: GraphFunction): void {
  inferred.add(fn)
}

/** The schema of a function, compiling its body first where only that tells the result's type. */
export function definedSchema(fn: GraphFunction, range: SourceRange): FunctionSchema {
  if (inferred.has(fn) && !fn.isCompiled) {
    try {
      void fn.graph
    } catch (error) {
      if (error instanceof TsjitError && error.code === 'TSJ_RECURSIVE_FUNCTION' && !error.range) {
        fail('TSJ_RECURSIVE_FUNCTION', `function '${fn.name}' is called recursively. Recursive calls are not supported`, range)
      }
      throw error
    }
  }
  return fn.schema
}
