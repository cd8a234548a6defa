import { type CompileError, type Source, SourceRange } from '@tsjit/types'
import { type Tokens, tokenize } from './lexer.ts'
import { type ParseErrorCode, parseError } from './parse-error.ts'
import * as T from './token.ts'

/**
 * How deep expressions and blocks together may nest. On node's default stack, before any code is optimised, the costliest forms of nesting
 * overflow beyond 1,000 levels.
 */
export const maxNesting = 800

export interface ParseOptions {
  /**
   * Octal escapes in strings stand for bytes of UTF-8 (`"\303\251"` is `é`), as in the code of archives, which PyTorch writes so. Without it
   * they stand for characters, as in Python.
   */
  readonly octalBytes?: boolean
}

/** The current token, and the errors that can be said about it. */
export class TokenCursor {
  protected readonly kinds: Uint8Array
  protected readonly starts: Int32Array
  protected readonly ends: Int32Array
  protected readonly tokens: Tokens
  readonly octalBytes: boolean
  /** Index and kind of the current token. */
  protected at = 0
  protected kind: number
  /** Where the last token that was taken ends, line breaks and indentation not counted: the end of the node just parsed. */
  protected lastEnd = 0

  constructor(
    readonly source: Source,
    start: number,
    end: number,
    layout: boolean,
    protected readonly options: ParseOptions,
    protected depth: number,
  ) {
    this.tokens = tokenize(source.text, start, end, layout)
    this.kinds = this.tokens.kinds
    this.starts = this.tokens.starts
    this.ends = this.tokens.ends
    this.kind = this.kinds[0]
    this.lastEnd = start
    this.octalBytes = options.octalBytes === true
  }

  protected advance(): void {
    this.lastEnd = this.ends[this.at]
    this.kind = this.kinds[++this.at]
  }

  /** Takes a token of layout, which belongs to no node. */
  protected skipLayout(): void {
    this.kind = this.kinds[++this.at]
  }

  protected take(kind: number): boolean {
    if (this.kind !== kind) return false
    this.advance()
    return true
  }

  protected expect(kind: number): void {
    if (this.kind !== kind) throw this.expected(T.names[kind])
    this.advance()
  }

  protected text(): string {
    return this.source.text.slice(this.starts[this.at], this.ends[this.at])
  }

  protected rangeFrom(start: number): SourceRange {
    return new SourceRange(this.source, start, this.lastEnd)
  }

  protected tokenRange(): SourceRange {
    return new SourceRange(this.source, this.starts[this.at], this.ends[this.at])
  }

  /** The error that something else than the current token must stand here; the lexer's own error where it stopped here. */
  protected expected(what: string, hint?: string): CompileError {
    if (this.kind === T.ERROR) return parseError(this.source, this.tokens.error!)
    const code = this.kind === T.INDENT || this.kind === T.DEDENT ? 'TSJ_PARSE_INDENT' : 'TSJ_PARSE_SYNTAX'
    return this.errorHere(code, `expected ${what} but found '${T.names[this.kind]}' here`, hint)
  }

  protected errorHere(code: ParseErrorCode, reason: string, hint?: string): CompileError {
    return this.error(code, reason, this.starts[this.at], this.ends[this.at], hint)
  }

  protected error(code: ParseErrorCode, reason: string, start: number, end: number, hint?: string): CompileError {
    return parseError(this.source, { code, reason, start, end, ...(hint === undefined ? {} : { hint }) })
  }

  protected errorAt(code: ParseErrorCode, reason: string, range: SourceRange, hint?: string): CompileError {
    return this.error(code, reason, range.start, range.end, hint)
  }

  /** The error for nesting beyond `maxNesting`, also where the caller's own stack leaves less room than that. */
  tooDeep(): CompileError {
    return this.errorHere(
      'TSJ_PARSE_TOO_DEEP',
      `the program nests more than ${maxNesting} levels deep here`,
      'split it into several statements',
    )
  }
}
