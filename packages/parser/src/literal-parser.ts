import type { SourceRange } from '@tsjit/types'
import type * as A from './ast.ts'
import { type FieldParser, parseFStringParts } from './fstring.ts'
import { decodeNumber, decodeString } from './literals.ts'
import { ParameterParser } from './parameter-parser.ts'
import { parseError } from './parse-error.ts'
import { isTripleQuote, stringPrefix } from './string-scan.ts'
import * as T from './token.ts'

/** Number and string literals. */
export abstract class LiteralParser extends ParameterParser implements FieldParser {
  abstract field(start: number, end: number): A.Expression

  protected parseNumber(range: SourceRange): A.NumberLiteral {
    const text = this.text()
    const decoded = decodeNumber(text, range.start)
    if ('code' in decoded) throw parseError(this.source, decoded)
    this.advance()
    return { type: 'Number', range, kind: decoded.kind, value: decoded.value, text }
  }

  /** One string literal or several in a row, which Python joins. */
  protected parseStrings(): A.Expression {
    const start = this.starts[this.at]
    const { text } = this.source
    let parts: (string | A.FStringField)[] | undefined
    let value = ''
    let bytes = 0
    let count = 0
    for (; this.kind === T.STRING; count++) {
      const tokenStart = this.starts[this.at]
      const tokenEnd = this.ends[this.at]
      let quote = tokenStart
      while (text.charCodeAt(quote) !== 34 && text.charCodeAt(quote) !== 39) quote++
      const prefix = stringPrefix(text, tokenStart, quote)!
      const triple = isTripleQuote(text, quote, tokenEnd) && tokenEnd - quote >= 6
      const from = quote + (triple ? 3 : 1)
      const to = tokenEnd - (triple ? 3 : 1)
      if (prefix.bytes) bytes++
      if (prefix.format) {
        parts ??= []
        const literal = { raw: prefix.raw, quote: text.charCodeAt(quote), triple }
        for (const part of parseFStringParts(this, from, to, literal)) {
          if (typeof part === 'string') value += part
          else {
            if (value !== '') parts.push(value)
            value = ''
            parts.push(part)
          }
        }
      } else {
        const decoded = decodeString(text, from, to, prefix.raw || prefix.bytes, this.octalBytes)
        if (typeof decoded !== 'string') throw parseError(this.source, decoded)
        value = count === 0 ? decoded : value + decoded
      }
      this.advance()
    }
    const range = this.rangeFrom(start)
    if (bytes > 0) {
      if (bytes < count) throw this.errorAt('TSJ_PARSE_STRING', 'cannot mix bytes and nonbytes literals', range)
      return { type: 'Unsupported', range, what: 'bytes literal' }
    }
    if (!parts) return { type: 'String', range, value }
    if (value !== '') parts.push(value)
    return { type: 'FString', range, parts }
  }
}
