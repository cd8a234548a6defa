import type { SourceRange } from '@tsjit/types'
import type * as A from './ast.ts'
import { startsExpression } from './operators.ts'
import { SimpleStatementParser } from './simple-statement-parser.ts'
import * as T from './token.ts'

/** Whole files: simple statements, and those with blocks. */
export class StatementParser extends SimpleStatementParser {
  parseFile(): A.Statement[] {
    const statements: A.Statement[] = []
    while (this.kind === T.NEWLINE) this.skipLayout()
    while (this.kind !== T.EOF) this.parseStatement(statements, false)
    return statements
  }

  private parseStatement(into: A.Statement[], inClass: boolean): void {
    const { kind } = this
    if (inClass && T.isKeyword(kind) && this.isKeywordAttribute(kind)) {
      const start = this.starts[this.at]
      const range = this.tokenRange()
      into.push(this.parseAnnotated({ type: 'Name', range, name: this.name() }, start))
      if (this.kind !== T.NEWLINE) throw this.expected('newline')
      this.skipLayout()
      return
    }
    switch (kind) {
      case T.IDENT:
        if (this.isMatch()) into.push(this.parseUnsupported('match'))
        else this.parseSimpleLine(into)
        return
      case T.IF:
        into.push(this.parseIf())
        return
      case T.FOR:
        into.push(this.parseFor())
        return
      case T.WHILE:
        into.push(this.parseWhile())
        return
      case T.WITH:
        into.push(this.parseWith())
        return
      case T.DEF:
      case T.CLASS:
      case T.AT:
        into.push(this.parseDefinition())
        return
      case T.ASYNC:
        into.push(this.parseAsync())
        return
      case T.TRY:
        if (this.kinds[this.at + 1] !== T.COLON) {
          this.advance()
          throw this.expected(':')
        }
        into.push(this.parseUnsupported('try'))
        return
      case T.INDENT:
        throw this.errorHere('TSJ_PARSE_INDENT', "expected newline but found 'indent' here", 'the line is indented but opens no block')
      default:
        this.parseSimpleLine(into)
    }
  }

  /** Archives declare attributes by names that Python reserves and PyTorch does not: `lambda : Tensor`. */
  private isKeywordAttribute(kind: number): boolean {
    if (kind === T.TRY || kind === T.NONE || kind === T.TRUE || kind === T.FALSE) return false
    return this.kinds[this.at + 1] === T.COLON && startsExpression[this.kinds[this.at + 2]] !== 0
  }

  /** The block behind a `:`. */
  private parseBlock(inClass = false): A.Statement[] {
    this.expect(T.COLON)
    const statements: A.Statement[] = []
    if (this.kind !== T.NEWLINE) {
      this.parseSimpleLine(statements)
      return statements
    }
    this.skipLayout()
    if (this.kind !== T.INDENT) {
      if (this.kind === T.ERROR) throw this.expected('indent')
      throw this.errorHere(
        'TSJ_PARSE_INDENT',
        `expected indent but found '${T.names[this.kind]}' here`,
        "an indented block must follow the ':'",
      )
    }
    this.skipLayout()
    this.enter()
    do this.parseStatement(statements, inClass)
    while (this.kind !== T.DEDENT && this.kind !== T.EOF)
    if (this.kind === T.DEDENT) this.skipLayout()
    this.depth--
    return statements
  }

  private parseElse(): A.Statement[] {
    if (!this.take(T.ELSE)) return []
    return this.parseBlock()
  }

  /** `if` with its `elif`s, which become an `If` alone in `otherwise` each: collected first, so that a long chain costs no stack. */
  private parseIf(): A.If {
    const clauses: { start: number; test: A.Expression; then: A.Statement[] }[] = []
    do {
      const start = this.starts[this.at]
      this.advance()
      const test = this.parseNamed()
      // biome-ignore lint/suspicious/noThenProperty: the name of the branch in the tree, never awaited
      clauses.push({ start, test, then: this.parseBlock() })
    } while (this.kind === T.ELIF)
    let otherwise = this.parseElse()
    for (let i = clauses.length - 1; i > 0; i--) {
      const { start, test, then } = clauses[i]
      otherwise = [{ type: 'If', range: this.rangeFrom(start), test, then, otherwise }]
    }
    const { start, test, then } = clauses[0]
    return { type: 'If', range: this.rangeFrom(start), test, then, otherwise }
  }

  private parseWhile(): A.While {
    const start = this.starts[this.at]
    this.advance()
    const test = this.parseNamed()
    const body = this.parseBlock()
    const otherwise = this.parseElse()
    return { type: 'While', range: this.rangeFrom(start), test, body, otherwise }
  }

  private parseFor(): A.For {
    const start = this.starts[this.at]
    this.advance()
    const target = this.parseTargets()
    this.expect(T.IN)
    const iterable = this.parseTuple()
    const body = this.parseBlock()
    const otherwise = this.parseElse()
    return { type: 'For', range: this.rangeFrom(start), target, iterable, body, otherwise }
  }

  private parseWith(): A.With {
    const start = this.starts[this.at]
    this.advance()
    const items: { context: A.Expression; target?: A.Expression; range: SourceRange }[] = []
    const parenthesized = this.kind === T.LPAREN && this.closesBeforeColon()
    if (parenthesized) this.advance()
    do {
      if (parenthesized && this.kind === T.RPAREN && items.length > 0) break
      const itemStart = this.starts[this.at]
      const context = this.parseTest()
      let target: A.Expression | undefined
      if (this.take(T.AS)) {
        target = this.parseTarget()
        this.checkTarget(target)
      }
      items.push({ context, range: this.rangeFrom(itemStart), ...(target ? { target } : {}) })
    } while (this.take(T.COMMA))
    if (parenthesized) this.expect(T.RPAREN)
    const body = this.parseBlock()
    return { type: 'With', range: this.rangeFrom(start), items, body }
  }

  /** Whether the `(` here encloses all that stands before the `:`, as in `with (a as b, c):`. */
  private closesBeforeColon(): boolean {
    let open = 0
    for (let i = this.at; ; i++) {
      const kind = this.kinds[i]
      if (kind === T.LPAREN || kind === T.LBRACKET || kind === T.LBRACE) open++
      else if (kind === T.RPAREN || kind === T.RBRACKET || kind === T.RBRACE) {
        if (--open === 0) return kind === T.RPAREN && this.kinds[i + 1] === T.COLON
      } else if (kind === T.EOF || kind === T.ERROR || kind === T.NEWLINE) return false
    }
  }

  private parseDefinition(): A.Statement {
    const decorators: A.Expression[] = []
    while (this.take(T.AT)) {
      decorators.push(this.parseNamed())
      if (this.kind !== T.NEWLINE) throw this.expected('newline')
      this.skipLayout()
    }
    if (this.kind === T.CLASS) return this.parseClass(decorators)
    if (this.kind === T.ASYNC) return this.parseAsync()
    if (this.kind !== T.DEF) throw this.expected('def')
    return this.parseFunction(decorators)
  }

  private parseFunction(decorators: A.Expression[]): A.FunctionDef {
    const start = this.starts[this.at]
    this.advance()
    if (this.kind !== T.IDENT) throw this.expected('ident')
    const nameRange = this.tokenRange()
    const name = this.name()
    this.expect(T.LPAREN)
    const parameters = this.parseParameters(T.RPAREN, true)
    this.expect(T.RPAREN)
    const result = this.take(T.ARROW) ? this.parseTest() : undefined
    const typeComment = this.kind === T.COLON ? this.signatureComment() : undefined
    const body = this.parseBlock()
    return {
      type: 'FunctionDef',
      range: this.rangeFrom(start),
      name,
      nameRange,
      parameters,
      ...(result ? { result } : {}),
      ...(typeComment ? { typeComment } : {}),
      body,
      decorators,
    }
  }

  /** The type comment of a function, from its `:`: at the end of that line or on the lines below, before the first statement. */
  private signatureComment(): A.TypeComment | undefined {
    if (!this.tokens.typeComments) return undefined
    let index = this.at + 1
    if (this.kinds[index] === T.NEWLINE) {
      const sameLine = this.typeCommentAt(index, true)
      const below = this.typeCommentAt(index + 1, true)
      return sameLine?.signature || !below?.signature ? (sameLine ?? below) : below
    }
    while (this.kinds[index] !== T.NEWLINE && this.kinds[index] !== T.EOF && this.kinds[index] !== T.ERROR) index++
    const comment = this.typeCommentAt(index, true)
    return comment?.signature ? comment : undefined
  }

  private parseClass(decorators: A.Expression[]): A.ClassDef {
    const start = this.starts[this.at]
    this.advance()
    if (this.kind !== T.IDENT) throw this.expected('ident')
    const nameRange = this.tokenRange()
    const name = this.name()
    const open = this.starts[this.at]
    const { args: bases, keywords } = this.take(T.LPAREN) ? this.parseArguments(open) : { args: [], keywords: [] }
    const body = this.parseBlock(true)
    return { type: 'ClassDef', range: this.rangeFrom(start), name, nameRange, bases, keywords, body, decorators }
  }

  private parseAsync(): A.UnsupportedStatement {
    const next = this.kinds[this.at + 1]
    if (next === T.DEF || next === T.FOR || next === T.WITH) return this.parseUnsupported(`async ${T.names[next]}`)
    this.advance()
    throw this.expected('def')
  }

  /** A `match` statement rather than something named `match`: its line ends with `:` and an indented `case` follows. */
  private isMatch(): boolean {
    if (this.ends[this.at] - this.starts[this.at] !== 5 || this.text() !== 'match') return false
    if (startsExpression[this.kinds[this.at + 1]] === 0) return false
    let i = this.at + 1
    while (this.kinds[i] !== T.NEWLINE && this.kinds[i] !== T.EOF && this.kinds[i] !== T.ERROR) i++
    if (this.kinds[i] !== T.NEWLINE || this.kinds[i - 1] !== T.COLON || this.kinds[i + 1] !== T.INDENT || this.kinds[i + 2] !== T.IDENT)
      return false
    return this.source.text.slice(this.starts[i + 2], this.ends[i + 2]) === 'case'
  }

  /** A compound statement that is not parsed: its lines and blocks up to the next statement. */
  private parseUnsupported(what: string): A.UnsupportedStatement {
    const start = this.starts[this.at]
    do {
      while (this.kind !== T.NEWLINE) this.skipToken()
      this.skipLayout()
      if (this.kind === T.INDENT) this.skipBlock()
    } while (this.continuesUnsupported(what))
    return { type: 'UnsupportedStatement', range: this.rangeFrom(start), what }
  }

  private continuesUnsupported(what: string): boolean {
    if (what === 'try') return this.kind === T.EXCEPT || this.kind === T.FINALLY || this.kind === T.ELSE
    return what === 'async for' && this.kind === T.ELSE
  }

  private skipBlock(): void {
    let open = 0
    do {
      if (this.kind === T.INDENT) open++
      else if (this.kind === T.DEDENT) open--
      this.skipToken()
    } while (open > 0)
  }
}
