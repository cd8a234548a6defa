import { type Source, SourceRange } from '@tsjit/types'
import type { Expression, TypeComment } from './ast.ts'

/** A parser of the text of one comment. */
interface CommentParser {
  parseWhole(): Expression
  parseSignature(): { parameters: Expression[]; result: Expression }
}

/**
 * The first of some type comments, or where a `signature` is wanted the first that is one. Text that does not parse is kept as text: the
 * compiler says what is wrong with it where it needs it.
 */
export function readTypeComment(
  source: Source,
  comments: readonly { start: number; end: number }[],
  signature: boolean,
  parserOf: (start: number, end: number) => CommentParser,
): TypeComment | undefined {
  let found: TypeComment | undefined
  for (const { start, end } of comments) {
    const range = new SourceRange(source, start, end)
    const text = source.text.slice(start, end)
    if (signature) {
      const parsed = attempt(() => parserOf(start, end).parseSignature())
      if (parsed) return { range, text, signature: parsed }
    }
    if (found) continue
    const expression = signature ? undefined : attempt(() => parserOf(start, end).parseWhole())
    found = { range, text, ...(expression ? { expression } : {}) }
  }
  return found
}

/** undefined where the text has a syntax error. */
function attempt<R>(parse: () => R): R | undefined {
  try {
    return parse()
  } catch (error) {
    if (error instanceof RangeError || (error as { code?: unknown }).code === 'TSJ_PARSE_TOO_DEEP') throw error
    return undefined
  }
}
