import { isStackOverflow, type Source, SourceRange } from '@tsjit/types'
import type { Expression, Module, Statement } from './ast.ts'
import { ExpressionParser } from './expression-parser.ts'
import { StatementParser } from './statement-parser.ts'
import type { ParseOptions, TokenCursor } from './token-cursor.ts'

/** Parses a whole file: functions, classes, statements. Throws `CompileError` with a code of `ParseErrorCode`, and nothing else. */
export function parseModule(source: Source, options: ParseOptions = {}): Module {
  return {
    type: 'Module',
    range: new SourceRange(source, 0, source.text.length),
    body: parseStatements(source, 0, source.text.length, options),
  }
}

/**
 * Parses `[start, end)` of a source as statements. Its first line may be indented, and sets the level of the text. Throws `CompileError`.
 */
export function parseStatements(source: Source, start = 0, end: number = source.text.length, options: ParseOptions = {}): Statement[] {
  const [from, to] = clamp(source, start, end)
  return guarded(new StatementParser(source, from, to, true, options, 0), (parser) => parser.parseFile())
}

/**
 * Parses `[start, end)` of a source as one expression, where line breaks mean nothing: an annotation in a string or a comment, an argument.
 * `a, b` is a tuple. Throws `CompileError`.
 */
export function parseExpression(source: Source, start = 0, end: number = source.text.length, options: ParseOptions = {}): Expression {
  const [from, to] = clamp(source, start, end)
  return guarded(new ExpressionParser(source, from, to, false, options, 0), (parser) => parser.parseWhole())
}

function clamp(source: Source, start: number, end: number): [number, number] {
  const to = Math.max(0, Math.min(Math.trunc(end), source.text.length))
  return [Math.max(0, Math.min(Math.trunc(start), to)), to]
}

/** Node's stack may be nearly full where the parser is called: then nesting below the limit overflows it, which is the same to the user. */
function guarded<P extends TokenCursor, R>(parser: P, parse: (parser: P) => R): R {
  try {
    return parse(parser)
  } catch (error) {
    if (isStackOverflow(error)) throw parser.tooDeep()
    throw error
  }
}
