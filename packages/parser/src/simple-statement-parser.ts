import type * as A from './ast.ts'
import { ExpressionParser } from './expression-parser.ts'
import { augmentedOperators, startsExpression } from './operators.ts'
import * as T from './token.ts'

/** The simple statements: those of one line. */
export class SimpleStatementParser extends ExpressionParser {
  /** Simple statements separated by `;`, with the end of their line. */
  protected parseSimpleLine(into: A.Statement[]): void {
    do into.push(this.parseSimple())
    while (this.take(T.SEMICOLON) && this.kind !== T.NEWLINE)
    if (this.kind !== T.NEWLINE) throw this.expected('newline')
    this.skipLayout()
  }

  private parseSimple(): A.Statement {
    const start = this.starts[this.at]
    switch (this.kind) {
      case T.RETURN: {
        this.advance()
        const value = startsExpression[this.kind] === 0 ? undefined : this.parseTuple()
        return { type: 'Return', range: this.rangeFrom(start), ...(value ? { value } : {}) }
      }
      case T.PASS:
        this.advance()
        return { type: 'Pass', range: this.rangeFrom(start) }
      case T.BREAK:
        this.advance()
        return { type: 'Break', range: this.rangeFrom(start) }
      case T.CONTINUE:
        this.advance()
        return { type: 'Continue', range: this.rangeFrom(start) }
      case T.ASSERT: {
        this.advance()
        const test = this.parseTest()
        const message = this.take(T.COMMA) ? this.parseTest() : undefined
        return { type: 'Assert', range: this.rangeFrom(start), test, ...(message ? { message } : {}) }
      }
      case T.RAISE: {
        this.advance()
        const value = startsExpression[this.kind] === 0 ? undefined : this.parseTest()
        const cause = value && this.take(T.FROM) ? this.parseTest() : undefined
        return { type: 'Raise', range: this.rangeFrom(start), ...(value ? { value } : {}), ...(cause ? { cause } : {}) }
      }
      case T.DEL:
        return this.parseDelete()
      case T.IMPORT:
      case T.FROM:
        return this.parseImport()
      case T.GLOBAL:
      case T.NONLOCAL: {
        const what = T.names[this.kind]
        this.advance()
        do this.expect(T.IDENT)
        while (this.take(T.COMMA))
        return { type: 'UnsupportedStatement', range: this.rangeFrom(start), what }
      }
      case T.IDENT:
        return this.isTypeAlias() ? this.parseTypeAlias() : this.parseAssignment()
      default:
        return this.parseAssignment()
    }
  }

  private parseDelete(): A.Delete {
    const start = this.starts[this.at]
    this.advance()
    const targets: A.Expression[] = []
    do {
      const target = this.parseTarget()
      this.checkTarget(target, 'to delete')
      targets.push(target)
    } while (this.take(T.COMMA) && startsExpression[this.kind] !== 0)
    return { type: 'Delete', range: this.rangeFrom(start), targets }
  }

  /** `import a.b as c, d` and `from ..a import (b as c, d)`; the text is all that is kept. */
  private parseImport(): A.Import {
    const start = this.starts[this.at]
    const isFrom = this.kind === T.FROM
    this.advance()
    if (isFrom) {
      let relative = false
      while (this.kind === T.DOT || this.kind === T.ELLIPSIS) {
        this.advance()
        relative = true
      }
      if (!relative || this.kind !== T.IMPORT) this.parseModuleName()
      this.expect(T.IMPORT)
    }
    const parenthesized = isFrom && this.take(T.LPAREN)
    if (!isFrom || !this.take(T.STAR)) {
      do {
        if (parenthesized && this.kind === T.RPAREN) break
        if (isFrom) this.expect(T.IDENT)
        else this.parseModuleName()
        if (this.take(T.AS)) this.expect(T.IDENT)
      } while (this.take(T.COMMA))
    }
    if (parenthesized) this.expect(T.RPAREN)
    return { type: 'Import', range: this.rangeFrom(start), text: this.source.text.slice(start, this.lastEnd) }
  }

  private parseModuleName(): void {
    this.expect(T.IDENT)
    while (this.take(T.DOT)) {
      if (!T.isKeyword(this.kind)) this.expect(T.IDENT)
      else this.advance()
    }
  }

  private isTypeAlias(): boolean {
    if (this.kinds[this.at + 1] !== T.IDENT || this.text() !== 'type') return false
    const next = this.kinds[this.at + 2]
    return next === T.ASSIGN || next === T.LBRACKET
  }

  private parseTypeAlias(): A.UnsupportedStatement {
    const start = this.starts[this.at]
    this.advance()
    this.advance()
    while (this.kind !== T.NEWLINE && this.kind !== T.SEMICOLON) this.skipToken()
    return { type: 'UnsupportedStatement', range: this.rangeFrom(start), what: 'type' }
  }

  /** Takes a token of something that is not parsed. */
  protected skipToken(): void {
    if (this.kind === T.EOF || this.kind === T.ERROR) throw this.expected('newline')
    if (this.kind === T.NEWLINE || this.kind === T.INDENT || this.kind === T.DEDENT) this.skipLayout()
    else this.advance()
  }

  /** An expression, or an assignment of any kind. */
  private parseAssignment(): A.Statement {
    const start = this.starts[this.at]
    const first = this.parseValue()
    const { kind } = this
    if (kind === T.ASSIGN) {
      const targets = [first]
      this.checkTarget(first)
      this.advance()
      let value = this.parseValue()
      while (this.take(T.ASSIGN)) {
        this.checkTarget(value)
        targets.push(value)
        value = this.parseValue()
      }
      return this.withTypeComment({ type: 'Assign', range: this.rangeFrom(start), targets, value: this.checkValue(value) })
    }
    if (kind === T.COLON) return this.parseAnnotated(first, start)
    if (kind >= T.AUG_ASSIGN_FIRST && kind <= T.AUG_ASSIGN_LAST) {
      if (first.type !== 'Name' && first.type !== 'Attribute' && first.type !== 'Subscript') {
        throw this.errorAt(
          'TSJ_PARSE_TARGET',
          'augmented assignment can only have one name, attribute or element on its left side',
          first.range,
        )
      }
      this.advance()
      const value = this.checkValue(this.parseValue())
      return { type: 'AugmentedAssign', range: this.rangeFrom(start), target: first, operator: augmentedOperators[kind], value }
    }
    return { type: 'ExpressionStatement', range: this.rangeFrom(start), value: this.checkValue(first) }
  }

  /** What stands on either side of `=`. A lone `*a` is refused only once it turns out to be no target. */
  private parseValue(): A.Expression {
    if (this.kind === T.YIELD) return this.parseYield()
    return this.parseTuple(true)
  }

  private checkValue(value: A.Expression): A.Expression {
    return this.refuseStarred(value)
  }

  /** From the `:` of `target: annotation = value`. */
  protected parseAnnotated(target: A.Expression, start: number): A.Assign {
    if (target.type !== 'Name' && target.type !== 'Attribute' && target.type !== 'Subscript') {
      throw this.errorAt('TSJ_PARSE_TARGET', 'only a name, an attribute or an element can be annotated', target.range)
    }
    this.expect(T.COLON)
    const annotation = this.parseTest()
    const value = this.take(T.ASSIGN) ? this.checkValue(this.parseValue()) : undefined
    if (value && this.kind === T.ASSIGN) {
      throw this.errorAt('TSJ_PARSE_TARGET', 'Annotated multiple assignment is not supported in python', annotation.range)
    }
    return this.withTypeComment({
      type: 'Assign',
      range: this.rangeFrom(start),
      targets: [target],
      annotation,
      ...(value ? { value } : {}),
    })
  }

  private withTypeComment(assign: A.Assign): A.Assign {
    const typeComment = this.kind === T.NEWLINE ? this.typeCommentAt(this.at, false) : undefined
    return typeComment ? { ...assign, typeComment } : assign
  }
}
