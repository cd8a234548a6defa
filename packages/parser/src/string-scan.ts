/**
 * Finds where string literals and the fields of f-strings end, without decoding them. F-strings follow Python 3.12 (PEP 701): a field
 * may hold strings with any quotes. The lexer and the f-string parser share these functions, so that they agree on every boundary.
 */

/** How deep f-strings may nest in each other; Python's own limit is 150 for fields and lower for format specifications. */
export const maxFStringNesting = 32

/** A literal that does not end. `at` is where it became clear. */
export class UnterminatedString {
  constructor(
    readonly at: number,
    readonly reason: string,
  ) {}
}

export interface StringPrefix {
  readonly raw: boolean
  readonly bytes: boolean
  readonly format: boolean
}

const lineFeed = 10
const carriageReturn = 13
const doubleQuote = 34
const singleQuote = 39
const backslash = 92
const openBrace = 123
const closeBrace = 125

export function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote
}

/** What the letters `text[start, end)` mean in front of a quote; undefined where they are no string prefix. */
export function stringPrefix(text: string, start: number, end: number): StringPrefix | undefined {
  if (end - start > 2) return undefined
  let raw = false
  let bytes = false
  let format = false
  let unicode = false
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i) | 32
    if (code === 114 && !raw) raw = true
    else if (code === 98 && !bytes) bytes = true
    else if (code === 102 && !format) format = true
    else if (code === 117 && !unicode) unicode = true
    else return undefined
  }
  if ((bytes && format) || (unicode && end - start > 1)) return undefined
  return { raw, bytes, format }
}

export function isTripleQuote(text: string, at: number, limit: number): boolean {
  const quote = text.charCodeAt(at)
  return at + 2 < limit && text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote
}

/** The offset behind the string literal whose opening quote is at `at`. */
export function stringEnd(text: string, at: number, limit: number, format: boolean, nesting = 0): number | UnterminatedString {
  const quote = text.charCodeAt(at)
  const triple = isTripleQuote(text, at, limit)
  let i = at + (triple ? 3 : 1)
  while (i < limit) {
    const code = text.charCodeAt(i)
    if (code === quote) {
      if (!triple) return i + 1
      if (isTripleQuote(text, i, limit)) return i + 3
      i++
    } else if (code === backslash) {
      i = skipEscape(text, i, format)
    } else if (!triple && (code === lineFeed || code === carriageReturn)) {
      return new UnterminatedString(i, 'unterminated string literal')
    } else if (format && code === openBrace) {
      if (text.charCodeAt(i + 1) === openBrace && i + 1 < limit) i += 2
      else {
        const field = scanField(text, i, limit, quote, triple, nesting)
        if (field instanceof UnterminatedString) return field
        i = field.end
      }
    } else i++
  }
  return new UnterminatedString(limit, triple ? 'unterminated triple-quoted string literal' : 'unterminated string literal')
}

function skipEscape(text: string, at: number, format: boolean): number {
  const next = text.charCodeAt(at + 1)
  if (next === carriageReturn && text.charCodeAt(at + 2) === lineFeed) return at + 3
  return format && (next === openBrace || next === closeBrace) ? at + 1 : at + 2
}

/** A replacement field `{expression = !conversion :spec}`; offsets into the text. */
export interface FieldScan {
  /** Where the expression ends (before `=`, `!`, `:` or `}`, white space included). */
  expressionEnd: number
  /** The offset of the `=` of a debug field. */
  debug?: number
  /** The range of the conversion's letters. */
  conversion?: { start: number; end: number }
  /** The range of the format specification. */
  spec?: { start: number; end: number }
  /** Behind the closing brace. */
  end: number
}

/** Scans the field whose `{` is at `at`, inside an f-string of the given quotes. */
export function scanField(
  text: string,
  at: number,
  limit: number,
  quote: number,
  triple: boolean,
  nesting: number,
): FieldScan | UnterminatedString {
  if (nesting >= maxFStringNesting) return new UnterminatedString(at, 'f-string: nested too deeply')
  let open = 0
  let i = at + 1
  while (i < limit) {
    const code = text.charCodeAt(i)
    if (isNameCode(code) || isQuote(code)) {
      const start = i
      while (i < limit && isNameCode(text.charCodeAt(i))) i++
      if (i < limit && isQuote(text.charCodeAt(i))) {
        const end = stringEnd(text, i, limit, stringPrefix(text, start, i)?.format ?? false, nesting + 1)
        if (end instanceof UnterminatedString) {
          // most likely the end of the outer string, whose field was left open
          const closes = text.charCodeAt(i) === quote && !end.reason.startsWith('f-string')
          return closes ? new UnterminatedString(i, "f-string: expected '}'") : end
        }
        i = end
      }
      continue
    }
    if (code === 40 || code === 91 || code === openBrace) open++
    else if ((code === 41 || code === 93) && open > 0) open--
    else if (code === closeBrace && open > 0) open--
    else if (!triple && (code === lineFeed || code === carriageReturn)) break
    else if (code === 35) return new UnterminatedString(i, "f-string: an expression cannot include '#'")
    else if (open === 0) {
      const next = text.charCodeAt(i + 1)
      if (code === closeBrace || code === 58 || (code === 33 && next !== 61)) {
        return scanFieldTail(text, i, limit, quote, triple, nesting, { expressionEnd: i, end: i })
      }
      if ((code === 33 || code === 60 || code === 62 || code === 61) && next === 61) i++
      else if (code === 61) {
        let tail = i + 1
        while (tail < limit && isBlank(text.charCodeAt(tail))) tail++
        const stop = text.charCodeAt(tail)
        if (tail < limit && (stop === closeBrace || stop === 58 || stop === 33)) {
          return scanFieldTail(text, tail, limit, quote, triple, nesting, { expressionEnd: i, debug: i, end: i })
        }
      }
    }
    i++
  }
  return new UnterminatedString(i, "f-string: expected '}'")
}

/** From the `}`, `!` or `:` that ends a field's expression. */
function scanFieldTail(
  text: string,
  at: number,
  limit: number,
  quote: number,
  triple: boolean,
  nesting: number,
  field: FieldScan,
): FieldScan | UnterminatedString {
  let i = at
  if (text.charCodeAt(i) === 33) {
    const start = i + 1
    for (i = start; i < limit && isNameCode(text.charCodeAt(i)); ) i++
    field.conversion = { start, end: i }
    while (i < limit && isBlank(text.charCodeAt(i))) i++
  }
  if (i < limit && text.charCodeAt(i) === 58) {
    const start = i + 1
    for (i = start; i < limit; ) {
      const code = text.charCodeAt(i)
      if (code === closeBrace) break
      if (code === openBrace) {
        const inner = scanField(text, i, limit, quote, triple, nesting + 1)
        if (inner instanceof UnterminatedString) return inner
        i = inner.end
      } else if (code === backslash) i += 2
      else if (!triple && (code === lineFeed || code === carriageReturn || code === quote)) break
      else if (triple && code === quote && isTripleQuote(text, i, limit)) break
      else i++
    }
    i = Math.min(i, limit)
    field.spec = { start, end: i }
  }
  if (i >= limit || text.charCodeAt(i) !== closeBrace) return new UnterminatedString(i, "f-string: expected '}'")
  field.end = i + 1
  return field
}

function isNameCode(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95 || code >= 128
}

function isBlank(code: number): boolean {
  return code === 32 || code === 9 || code === lineFeed || code === carriageReturn
}
