import type { PendingError } from './parse-error.ts'
import { isQuote, stringEnd, stringPrefix, UnterminatedString } from './string-scan.ts'
import * as T from './token.ts'

/** The tokens of a text, as parallel arrays: token `i` has kind `kinds[i]` and covers `[starts[i], ends[i])`. The last is EOF or ERROR. */
export interface Tokens {
  readonly kinds: Uint8Array
  readonly starts: Int32Array
  readonly ends: Int32Array
  readonly count: number
  /** Why the lexer stopped, where the last token is ERROR. */
  readonly error?: PendingError
  /** Type comments by the index of the token that follows them: the ranges of the text behind `# type:`. */
  readonly typeComments?: ReadonlyMap<number, readonly { start: number; end: number }[]>
}

const tab = 9
const lineFeed = 10
const formFeed = 12
const carriageReturn = 13
const space = 32
const hash = 35
const backslash = 92
const byteOrderMark = 0xfeff

/** What a char code of ASCII can start. */
const ofOther = 0
const ofName = 1
const ofDigit = 2
const charClass = new Uint8Array(128)
for (let code = 0; code < 128; code++) {
  if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95) charClass[code] = ofName
  else if (code >= 48 && code <= 57) charClass[code] = ofDigit
}

/**
 * Cuts `text[start, end)` into tokens. In `layout` mode lines and indentation give NEWLINE, INDENT and DEDENT as in Python, except that the
 * first line may be indented and then sets the level of the whole text (as PyTorch allows); without it lines mean nothing, as within brackets.
 */
export function tokenize(text: string, start: number, end: number, layout: boolean): Tokens {
  return new Lexer(text, start, end, layout).run()
}

class Lexer {
  private kinds: Uint8Array
  private starts: Int32Array
  private ends: Int32Array
  private count = 0
  private at: number
  private error: PendingError | undefined
  private typeComments: Map<number, { start: number; end: number }[]> | undefined
  /** Open brackets; never below `floor`. */
  private open: number
  private readonly floor: number
  private indents: number[] = []
  /** The same levels with a tab as one column: the two must agree in order, else tabs and spaces are mixed. */
  private alternateIndents: number[] = []

  constructor(
    private readonly text: string,
    start: number,
    private readonly end: number,
    private readonly layout: boolean,
  ) {
    const capacity = ((end - start) >> 1) + 16
    this.kinds = new Uint8Array(capacity)
    this.starts = new Int32Array(capacity)
    this.ends = new Int32Array(capacity)
    this.at = start === 0 && end > 0 && text.charCodeAt(0) === byteOrderMark ? 1 : start
    this.floor = layout ? 0 : 1
    this.open = this.floor
  }

  run(): Tokens {
    const { end, text } = this
    let alive = this.layout ? this.lineStart() : true
    while (alive) {
      const at = this.at
      if (at >= end) break
      const code = text.charCodeAt(at)
      if (code === space || code === tab || code === formFeed) this.at = at + 1
      else if (code < 128 && charClass[code] === ofName) this.name()
      else if (code < 128 && charClass[code] === ofDigit) this.number()
      else if (isQuote(code)) alive = this.string(at, at, false)
      else if (code === lineFeed || code === carriageReturn) {
        this.at = this.afterNewline(at)
        if (this.open === 0) {
          this.push(T.NEWLINE, at, this.at)
          alive = this.lineStart()
        }
      } else if (code === hash) this.comment()
      else if (code === backslash) alive = this.continuation()
      else if (code >= 128) alive = this.unicode()
      else alive = this.operator(code)
      if (this.error) alive = false
    }
    if (this.error) this.push(T.ERROR, this.error.start, this.error.end)
    else {
      if (this.open === 0) {
        if (this.count > 0 && this.kinds[this.count - 1] !== T.NEWLINE && this.kinds[this.count - 1] !== T.DEDENT)
          this.push(T.NEWLINE, end, end)
        for (let i = this.indents.length; i > 1; i--) this.push(T.DEDENT, end, end)
      }
      this.push(T.EOF, end, end)
    }
    return {
      kinds: this.kinds,
      starts: this.starts,
      ends: this.ends,
      count: this.count,
      ...(this.error ? { error: this.error } : {}),
      ...(this.typeComments ? { typeComments: this.typeComments } : {}),
    }
  }

  private push(kind: number, start: number, end: number): void {
    const count = this.count++
    if (count === this.kinds.length) this.grow()
    this.kinds[count] = kind
    this.starts[count] = start
    this.ends[count] = end
  }

  private grow(): void {
    const capacity = this.kinds.length * 2
    const kinds = new Uint8Array(capacity)
    const starts = new Int32Array(capacity)
    const ends = new Int32Array(capacity)
    kinds.set(this.kinds)
    starts.set(this.starts)
    ends.set(this.ends)
    this.kinds = kinds
    this.starts = starts
    this.ends = ends
  }

  private fail(code: PendingError['code'], reason: string, start: number, end: number, hint?: string): false {
    this.error = { code, reason, start, end: Math.max(end, start), ...(hint === undefined ? {} : { hint }) }
    return false
  }

  private afterNewline(at: number): number {
    return this.text.charCodeAt(at) === carriageReturn && at + 1 < this.end && this.text.charCodeAt(at + 1) === lineFeed ? at + 2 : at + 1
  }

  /** Skips empty lines and comments, then compares the next line's indentation with the open blocks. */
  private lineStart(): boolean {
    const { text, end } = this
    let column = 0
    let alternate = 0
    let start = this.at
    for (;;) {
      const at = this.at
      if (at >= end) return true
      const code = text.charCodeAt(at)
      if (code === space) {
        column++
        alternate++
      } else if (code === tab) {
        column = (column | 7) + 1
        alternate++
      } else if (code === formFeed) column = alternate = 0
      else if (code === lineFeed || code === carriageReturn) {
        this.at = start = this.afterNewline(at)
        column = alternate = 0
        continue
      } else if (code === hash) {
        this.comment()
        continue
      } else if (code === backslash && this.isContinuation(at)) {
        this.at = this.afterNewline(at + 1)
        continue
      } else break
      this.at = at + 1
    }
    return this.indentation(column, alternate, start)
  }

  private indentation(column: number, alternate: number, lineStart: number): boolean {
    const { indents, alternateIndents, at } = this
    if (indents.length === 0) {
      indents.push(column)
      alternateIndents.push(alternate)
      return true
    }
    let top = indents.length - 1
    if (column > indents[top]) {
      if (alternate <= alternateIndents[top]) return this.mixedTabs(lineStart)
      indents.push(column)
      alternateIndents.push(alternate)
      this.push(T.INDENT, lineStart, at)
      return true
    }
    while (top > 0 && column < indents[top]) {
      indents.pop()
      alternateIndents.pop()
      this.push(T.DEDENT, at, at)
      top--
    }
    if (column !== indents[top]) {
      return this.fail(
        'TSJ_PARSE_INDENT',
        `invalid indent level ${column}`,
        lineStart,
        at,
        'the line fits no open block: align it with an earlier line',
      )
    }
    return alternate === alternateIndents[top] || this.mixedTabs(lineStart)
  }

  private mixedTabs(lineStart: number): false {
    return this.fail(
      'TSJ_PARSE_INDENT',
      'inconsistent use of tabs and spaces in indentation',
      lineStart,
      this.at,
      'indent with spaces only',
    )
  }

  private comment(): void {
    const { text, end } = this
    let at = this.at + 1
    while (at < end && (text.charCodeAt(at) === space || text.charCodeAt(at) === tab)) at++
    const isType = text.startsWith('type:', at) && at + 5 <= end
    const start = at + 5
    while (at < end) {
      const code = text.charCodeAt(at)
      if (code === lineFeed || code === carriageReturn) break
      at++
    }
    this.at = at
    if (isType) this.typeComment(start, at)
  }

  private typeComment(from: number, to: number): void {
    const { text } = this
    let start = from
    while (start < to && text.charCodeAt(start) <= space) start++
    let end = to
    while (end > start && text.charCodeAt(end - 1) <= space) end--
    if (start === end || isIgnore(text, start, end)) return
    this.typeComments ??= new Map()
    const earlier = this.typeComments.get(this.count)
    if (earlier) earlier.push({ start, end })
    else this.typeComments.set(this.count, [{ start, end }])
  }

  private isContinuation(at: number): boolean {
    const next = this.text.charCodeAt(at + 1)
    return at + 1 < this.end && (next === lineFeed || next === carriageReturn)
  }

  private continuation(): boolean {
    if (!this.isContinuation(this.at)) {
      return this.fail('TSJ_PARSE_TOKEN', 'unexpected character after line continuation character', this.at, this.at + 1)
    }
    this.at = this.afterNewline(this.at + 1)
    return true
  }

  private name(): void {
    const { text, end } = this
    const start = this.at
    let at = start
    let nameHash = 0
    for (; at < end; at++) {
      const code = text.charCodeAt(at)
      if (code >= 128 || charClass[code] === ofOther) break
      nameHash = T.hashStep(nameHash, code)
    }
    this.at = at
    if (at < end) {
      const code = text.charCodeAt(at)
      if (code >= 128 && this.skipUnicodeName()) {
        this.push(T.IDENT, start, this.at)
        return
      }
      if (isQuote(code) && at - start <= 2) {
        const prefix = stringPrefix(text, start, at)
        if (prefix) {
          this.string(start, at, prefix.format)
          return
        }
      }
    }
    this.push(T.classifyName(text, start, at, nameHash), start, at)
  }

  /** Moves over the rest of a name that has characters beyond ASCII; false where there was none. */
  private skipUnicodeName(): boolean {
    const { text, end } = this
    const start = this.at
    while (this.at < end) {
      const code = text.charCodeAt(this.at)
      if (code < 128) {
        if (charClass[code] === ofOther) break
        this.at++
      } else {
        const point = String.fromCodePoint(text.codePointAt(this.at)!)
        if (!/\p{XID_Continue}/u.test(point)) break
        this.at += point.length
      }
    }
    return this.at > start
  }

  private unicode(): boolean {
    const start = this.at
    const point = String.fromCodePoint(this.text.codePointAt(start)!)
    if (!/\p{XID_Start}/u.test(point)) {
      return this.fail('TSJ_PARSE_TOKEN', `expected a valid token but found '${point}' here`, start, start + point.length)
    }
    this.skipUnicodeName()
    this.push(T.IDENT, start, this.at)
    return true
  }

  private number(): void {
    const { text, end } = this
    const start = this.at
    let at = start
    const second = at + 1 < end ? text.charCodeAt(at + 1) | 32 : 0
    if (text.charCodeAt(at) === 48 && (second === 120 || second === 111 || second === 98)) {
      const digits = this.digits(at + 2, second === 120 ? 16 : second === 111 ? 8 : 2, true)
      if (digits > at + 2) {
        this.at = digits
        this.push(T.NUMBER, start, digits)
        return
      }
    }
    at = this.digits(at, 10, false)
    if (at < end && text.charCodeAt(at) === 46) at = this.digits(at + 1, 10, false)
    if (at < end && (text.charCodeAt(at) | 32) === 101) {
      let exponent = at + 1
      if (exponent < end && (text.charCodeAt(exponent) === 43 || text.charCodeAt(exponent) === 45)) exponent++
      const after = this.digits(exponent, 10, false)
      if (after > exponent) at = after
    }
    if (at < end && (text.charCodeAt(at) | 32) === 106) at++
    this.at = at
    this.push(T.NUMBER, start, at)
  }

  /** Behind the digits at `at`; single underscores between digits belong to them (and one before, where `leading`). */
  private digits(at: number, base: number, leading: boolean): number {
    const { text, end } = this
    let i = at
    while (i < end) {
      const code = text.charCodeAt(i)
      if (isDigit(code, base)) i++
      else if (code === 95 && (i > at || leading) && i + 1 < end && isDigit(text.charCodeAt(i + 1), base)) i += 2
      else break
    }
    return i
  }

  private string(start: number, quote: number, format: boolean): boolean {
    const end = stringEnd(this.text, quote, this.end, format)
    if (end instanceof UnterminatedString) {
      const code = end.reason.startsWith('f-string') ? 'TSJ_PARSE_FSTRING' : 'TSJ_PARSE_STRING'
      return code === 'TSJ_PARSE_STRING'
        ? this.fail(code, end.reason, start, end.at)
        : this.fail(code, end.reason, Math.min(end.at, this.end), Math.min(end.at + 1, this.end))
    }
    this.push(T.STRING, start, end)
    this.at = end
    return true
  }

  private operator(code: number): boolean {
    const { text, at, end } = this
    const second = at + 1 < end ? text.charCodeAt(at + 1) : 0
    let kind = 0
    let length = 1
    if (code === 46) {
      if (second >= 48 && second <= 57) {
        this.number()
        return true
      }
      if (second === 46 && at + 2 < end && text.charCodeAt(at + 2) === 46) {
        kind = T.ELLIPSIS
        length = 3
      } else kind = T.DOT
    } else {
      if (second < 128) kind = pairs[(code << 7) | second]
      if (kind !== 0) length = 2
      else kind = singles[code]
      if (kind === 0) return this.fail('TSJ_PARSE_TOKEN', `expected a valid token but found '${printable(code)}' here`, at, at + 1)
      if (augmented[kind] !== 0 && at + length < end && text.charCodeAt(at + length) === 61) {
        kind = augmented[kind]
        length++
      }
      if (kind === T.LPAREN || kind === T.LBRACKET || kind === T.LBRACE) this.open++
      else if (kind === T.RPAREN || kind === T.RBRACKET || kind === T.RBRACE) this.close()
    }
    this.at = at + length
    this.push(kind, at, at + length)
    return true
  }

  private close(): void {
    if (this.open > this.floor) this.open--
  }
}

/** The operators of one char by its code, and of two chars by both codes; 0 where there is none. */
const singles = new Uint8Array(128)
const pairs = new Uint8Array(128 * 128)
for (const kind of [
  T.LPAREN,
  T.RPAREN,
  T.LBRACKET,
  T.RBRACKET,
  T.LBRACE,
  T.RBRACE,
  T.COMMA,
  T.COLON,
  T.SEMICOLON,
  T.AT,
  T.ASSIGN,
  T.LT,
  T.GT,
  T.PIPE,
  T.CARET,
  T.AMPERSAND,
  T.PLUS,
  T.MINUS,
  T.STAR,
  T.SLASH,
  T.PERCENT,
  T.TILDE,
]) {
  singles[T.names[kind].charCodeAt(0)] = kind
}
for (const [text, kind] of [
  ['->', T.ARROW],
  [':=', T.WALRUS],
  ['==', T.EQ],
  ['!=', T.NE],
  ['<=', T.LE],
  ['>=', T.GE],
  ['<<', T.SHIFT_LEFT],
  ['>>', T.SHIFT_RIGHT],
  ['//', T.FLOOR_DIV],
  ['**', T.POWER],
] as const) {
  pairs[(text.charCodeAt(0) << 7) | text.charCodeAt(1)] = kind
}

/** By the kind of a binary operator: the kind of its augmented assignment. */
const augmented = new Uint8Array(256)
for (const kind of T.AUG_ASSIGN) {
  const name = T.names[kind].slice(0, -1)
  augmented[name === '//' ? T.FLOOR_DIV : T.names.indexOf(name)] = kind
}

function isDigit(code: number, base: number): boolean {
  if (base <= 10) return code >= 48 && code < 48 + base
  return (code >= 48 && code <= 57) || ((code | 32) >= 97 && (code | 32) <= 102)
}

function printable(code: number): string {
  return code < space || code === 127 ? `\\x${code.toString(16).padStart(2, '0')}` : String.fromCharCode(code)
}

/** `ignore` and `ignore[codes]` are for type checkers. */
function isIgnore(text: string, start: number, end: number): boolean {
  if (!text.startsWith('ignore', start)) return false
  const next = start + 6 < end ? text.charCodeAt(start + 6) : space
  return next === 91 || next <= space || next === hash
}
