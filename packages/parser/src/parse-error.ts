import { CompileError, type Source, SourceRange } from '@tsjit/types'

/**
 * The codes of every error that the parser throws (always a `CompileError` with the range of the offending text).
 *
 * - `TSJ_PARSE_SYNTAX`: another token was expected.
 * - `TSJ_PARSE_TOKEN`: a character that starts no token.
 * - `TSJ_PARSE_INDENT`: a block is missing, or the indentation fits no open block, or mixes tabs and spaces.
 * - `TSJ_PARSE_STRING`, `TSJ_PARSE_NUMBER`, `TSJ_PARSE_FSTRING`: a malformed literal.
 * - `TSJ_PARSE_TARGET`: something that cannot be assigned to, deleted or annotated.
 * - `TSJ_PARSE_ARGUMENTS`: arguments or parameters in a wrong order or given twice.
 * - `TSJ_PARSE_TOO_DEEP`: more nesting than `maxNesting`.
 */
export type ParseErrorCode =
  | 'TSJ_PARSE_SYNTAX'
  | 'TSJ_PARSE_TOKEN'
  | 'TSJ_PARSE_INDENT'
  | 'TSJ_PARSE_STRING'
  | 'TSJ_PARSE_NUMBER'
  | 'TSJ_PARSE_FSTRING'
  | 'TSJ_PARSE_TARGET'
  | 'TSJ_PARSE_ARGUMENTS'
  | 'TSJ_PARSE_TOO_DEEP'

/** An error that the lexer met: it is thrown only when the parser gets there, so that the first error of a text is the one reported. */
export interface PendingError {
  readonly code: ParseErrorCode
  readonly reason: string
  readonly start: number
  readonly end: number
  readonly hint?: string
}

export function parseError(source: Source, error: PendingError): CompileError {
  return new CompileError(error.code, error.reason, {
    range: new SourceRange(source, error.start, error.end),
    ...(error.hint === undefined ? {} : { hint: error.hint }),
  })
}
