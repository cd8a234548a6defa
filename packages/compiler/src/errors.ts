import { CompileError, type SourceRange } from '@tsjit/types'

/**
 * Stable codes of compile errors:
 * TSJ_UNDEFINED_NAME, TSJ_UNKNOWN_OPERATOR, TSJ_ARGUMENTS (no overload fits), TSJ_TYPE (a value of the wrong type), TSJ_UNKNOWN_TYPE
 * (annotation), TSJ_ATTRIBUTE, TSJ_UNSUPPORTED (syntax that TorchScript does not have), TSJ_SYNTAX_USE (break outside a loop, …),
 * TSJ_RECURSIVE_FUNCTION, TSJ_NESTING, TSJ_IMPORT (an archive's code that is not laid out as PyTorch lays it out).
 */
export type CompileCode =
  | 'TSJ_UNDEFINED_NAME'
  | 'TSJ_UNKNOWN_OPERATOR'
  | 'TSJ_ARGUMENTS'
  | 'TSJ_TYPE'
  | 'TSJ_UNKNOWN_TYPE'
  | 'TSJ_ATTRIBUTE'
  | 'TSJ_UNSUPPORTED'
  | 'TSJ_SYNTAX_USE'
  | 'TSJ_RECURSIVE_FUNCTION'
  | 'TSJ_NESTING'
  | 'TSJ_IMPORT'

export function fail(code: CompileCode, reason: string, range?: SourceRange, hint?: string): never {
  throw new CompileError(code, plainInside(reason), { ...(range ? { range } : {}), ...(hint ? { hint } : {}) })
}

/** Inside of other types nobody is told that a Tensor was not asked for. */
function plainInside(reason: string): string {
  let text = reason
  for (let before = ''; text.includes('Tensor (inferred)') && text !== before; ) {
    before = text
    text = text.replace(/(\[(?:[^\]\n]*, )?)Tensor \(inferred\)/g, '$1Tensor')
  }
  return text
}
