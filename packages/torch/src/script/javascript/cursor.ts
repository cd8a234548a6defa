import { CompileError, type Source, SourceRange } from '@tsjit/types'
import type { Token } from './tokens.ts'

/** Walks tokens. Throws TSJ_JS_SYNTAX for what is not JavaScript, TSJ_JS_UNSUPPORTED for what script does not have. */
export class TokenCursor {
  private at = 0
  constructor(
    readonly source: Source,
    private readonly tokens: readonly Token[],
  ) {}
  get token(): Token {
    return this.tokens[this.at]
  }
  get previousEnd(): number {
    return this.tokens[Math.max(0, this.at - 1)].end
  }
  peek(ahead = 1): Token {
    return this.tokens[Math.min(this.at + ahead, this.tokens.length - 1)]
  }
  next(): Token {
    const { token } = this
    if (this.at < this.tokens.length - 1) this.at++
    return token
  }
  mark(): number {
    return this.at
  }
  reset(at: number): void {
    this.at = at
  }
  is(text: string): boolean {
    const { kind } = this.token
    return this.token.text === text && (kind === 'punctuation' || kind === 'name')
  }
  eat(text: string): boolean {
    if (!this.is(text)) return false
    this.next()
    return true
  }
  expect(text: string): Token {
    if (!this.is(text)) this.wrong(`expected '${text}' but found '${this.token.text || 'the end'}'`)
    return this.next()
  }
  name(): Token {
    if (this.token.kind !== 'name') this.wrong(`expected a name but found '${this.token.text || 'the end'}'`)
    return this.next()
  }
  range(start: number): SourceRange {
    return new SourceRange(this.source, start, Math.max(start, this.previousEnd))
  }
  wrong(reason: string): never {
    const { start, end } = this.token
    throw new CompileError('TSJ_JS_SYNTAX', reason, { range: new SourceRange(this.source, start, Math.max(end, start + 1)) })
  }
  unsupported(what: string, start: number, hint?: string): never {
    return this.refuse(what, new SourceRange(this.source, start, Math.max(this.token.end, start + 1)), hint)
  }
  refuse(what: string, range: SourceRange, hint?: string): never {
    throw new CompileError('TSJ_JS_UNSUPPORTED', `${what} cannot be scripted`, { range, ...(hint ? { hint } : {}) })
  }
}
