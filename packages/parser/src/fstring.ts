import { type Source, SourceRange } from '@tsjit/types'
import type { Expression, FStringField } from './ast.ts'
import { decodeString } from './literals.ts'
import { parseError } from './parse-error.ts'
import { scanField, UnterminatedString } from './string-scan.ts'

/** What f-strings need of the parser that met them. */
export interface FieldParser {
  readonly source: Source
  readonly octalBytes: boolean
  /** Parses `[start, end)` as the expression of a field. */
  field(start: number, end: number): Expression
}

export interface FStringText {
  readonly raw: boolean
  readonly quote: number
  readonly triple: boolean
}

/**
 * The parts of an f-string's text `[start, end)`: literal text decoded, fields parsed. With `nesting` above 0 the text is a format
 * specification, where `{` always opens a field.
 */
export function parseFStringParts(
  parser: FieldParser,
  start: number,
  end: number,
  literal: FStringText,
  nesting = 0,
): (string | FStringField)[] {
  const { text } = parser.source
  const parts: (string | FStringField)[] = []
  let from = start
  let pending = ''
  const flush = (to: number): void => {
    const decoded = decodeString(text, from, to, literal.raw, parser.octalBytes)
    if (typeof decoded !== 'string') throw parseError(parser.source, decoded)
    pending += decoded
  }
  let i = start
  while (i < end) {
    const code = text.charCodeAt(i)
    if (code === 92 && !literal.raw) {
      const next = text.charCodeAt(i + 1)
      i += next === 123 || next === 125 ? 1 : 2
    } else if (code === 123 && (nesting > 0 || text.charCodeAt(i + 1) !== 123)) {
      flush(i)
      const field = parseField(parser, i, end, literal, nesting)
      pending += field.debug
      if (pending !== '') parts.push(pending)
      pending = ''
      parts.push(field.node)
      i = from = field.end
    } else if (code === 123 || (code === 125 && nesting === 0)) {
      if (code === 125 && (text.charCodeAt(i + 1) !== 125 || i + 1 >= end)) {
        throw parseError(parser.source, { code: 'TSJ_PARSE_FSTRING', reason: "f-string: single '}' is not allowed", start: i, end: i + 1 })
      }
      flush(i + 1)
      i = from = i + 2
    } else i++
  }
  if (from < end) flush(end)
  if (pending !== '') parts.push(pending)
  return parts
}

function parseField(
  parser: FieldParser,
  at: number,
  limit: number,
  literal: FStringText,
  nesting: number,
): { node: FStringField; end: number; debug: string } {
  const { source } = parser
  const { text } = source
  const scan = scanField(text, at, limit, literal.quote, literal.triple, nesting)
  const fail = (reason: string, start: number, end: number) => parseError(source, { code: 'TSJ_PARSE_FSTRING', reason, start, end })
  if (scan instanceof UnterminatedString) throw fail(scan.reason, scan.at, Math.min(scan.at + 1, limit))
  if (text.slice(at + 1, scan.expressionEnd).trim() === '') throw fail('f-string: expected an expression', at, scan.end)
  const value = parser.field(at + 1, scan.expressionEnd)
  let conversion = scan.conversion && text.slice(scan.conversion.start, scan.conversion.end)
  if (conversion !== undefined && conversion !== 'r' && conversion !== 's' && conversion !== 'a') {
    throw fail(
      `f-string: invalid conversion character '${conversion}': expected 's', 'r' or 'a'`,
      scan.conversion!.start - 1,
      scan.conversion!.end,
    )
  }
  let debug = ''
  if (scan.debug !== undefined) {
    let stop = scan.debug + 1
    while (/\s/.test(text[stop])) stop++
    debug = text.slice(at + 1, stop)
    if (conversion === undefined && !scan.spec) conversion = 'r'
  }
  const range = new SourceRange(source, at, scan.end)
  let node: FStringField = conversion === undefined ? { value, range } : { value, range, conversion }
  if (scan.spec) {
    const parts = parseFStringParts(parser, scan.spec.start, scan.spec.end, literal, nesting + 1)
    const plain = parts.length === 0 || (parts.length === 1 && typeof parts[0] === 'string')
    node = {
      ...node,
      formatSpec: plain ? ((parts[0] as string | undefined) ?? '') : text.slice(scan.spec.start, scan.spec.end),
      ...(plain ? {} : { formatParts: parts }),
    }
  }
  return { node, end: scan.end, debug }
}
