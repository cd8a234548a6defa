import type * as A from './ast.ts'
import { LiteralParser } from './literal-parser.ts'
import * as P from './operators.ts'
import * as T from './token.ts'
import { maxNesting } from './token-cursor.ts'
import { readTypeComment } from './type-comment.ts'

const none: readonly never[] = []

/**
 * Expressions. Every way into deeper nesting is counted by `depth`, through `parsePrimary`, `parseConditional` or `parseLambda`. As in Python's
 * own tree, parentheses leave no node: `(a).b` starts at the parenthesis, the `a` in it does not.
 */
export class ExpressionParser extends LiteralParser {
  /** The elements read so far of every open list, tuple and call. */
  private readonly pending: A.Expression[] = []

  /** A whole text that is one expression, possibly a tuple without parentheses. */
  parseWhole(): A.Expression {
    const value = this.parseTuple()
    if (this.kind !== T.EOF) throw this.expected('eof')
    return value
  }

  /** `(int, Tensor) -> Tensor`, the whole text of a function's type comment. */
  parseSignature(): { parameters: A.Expression[]; result: A.Expression } {
    this.expect(T.LPAREN)
    const parameters: A.Expression[] = []
    while (this.kind !== T.RPAREN) {
      if (this.kind === T.STAR || this.kind === T.POWER) this.advance()
      parameters.push(this.parseTest())
      if (!this.take(T.COMMA)) break
    }
    this.expect(T.RPAREN)
    this.expect(T.ARROW)
    const result = this.parseTest()
    if (this.kind !== T.EOF) throw this.expected('eof')
    return { parameters, result }
  }

  field(start: number, end: number): A.Expression {
    const parser = new ExpressionParser(this.source, start, end, false, this.options, this.depth + 1)
    const value = parser.kind === T.YIELD ? parser.parseYield() : parser.parseTuple()
    if (parser.kind !== T.EOF) throw parser.expected('}')
    return value
  }

  /** The right side of an assignment: an expression, or a tuple without parentheses. */
  protected parseTuple(starredAllowed = false): A.Expression {
    const start = this.starts[this.at]
    const first = this.parseElement()
    if (this.kind !== T.COMMA) return starredAllowed ? first : this.refuseStarred(first)
    return this.parseTupleRest(first, start)
  }

  private parseTupleRest(first: A.Expression, start: number): A.TupleExpression {
    const base = this.pending.length
    this.pending.push(first)
    while (this.take(T.COMMA)) {
      if (P.startsExpression[this.kind] === 0) break
      this.pending.push(this.parseElement())
    }
    const range = this.rangeFrom(start)
    return { type: 'Tuple', range, elements: this.takePending(base), parenthesized: false }
  }

  protected refuseStarred(value: A.Expression): A.Expression {
    if (value.type === 'Starred') {
      throw this.errorAt('TSJ_PARSE_SYNTAX', 'a starred expression can stand only in a list, a tuple, a set or a call', value.range)
    }
    return value
  }

  /** What a `for` or a `with` assigns to: no operators that would take the `in`. */
  protected parseTargets(): A.Expression {
    const start = this.starts[this.at]
    const first = this.parseTarget()
    if (this.kind !== T.COMMA) {
      this.checkTarget(first)
      return first
    }
    const elements = [first]
    while (this.take(T.COMMA)) {
      if (P.startsExpression[this.kind] === 0) break
      elements.push(this.parseTarget())
    }
    const target: A.TupleExpression = { type: 'Tuple', range: this.rangeFrom(start), elements, parenthesized: false }
    this.checkTarget(target)
    return target
  }

  protected parseTarget(): A.Expression {
    return this.kind === T.STAR ? this.parseStarred() : this.parseOperators(P.precedenceOfBitOr)
  }

  /** Whether values can be assigned to (or, for `del`, removed from) an expression. Throws TSJ_PARSE_TARGET. */
  protected checkTarget(target: A.Expression, where = 'on left-hand side of assignment', inTuple = false): void {
    switch (target.type) {
      case 'Name':
      case 'Attribute':
      case 'Subscript':
        return
      case 'Tuple':
      case 'List': {
        let starred = 0
        for (const element of target.elements) {
          if (element.type === 'Starred' && ++starred > 1) {
            throw this.errorAt('TSJ_PARSE_TARGET', 'multiple starred expressions in assignment', element.range)
          }
          this.checkTarget(element, where, true)
        }
        return
      }
      case 'Starred':
        if (inTuple) {
          this.checkTarget(target.value, where)
          return
        }
        throw this.errorAt('TSJ_PARSE_TARGET', 'a starred assignment target must be in a list or tuple', target.range)
      default:
        throw this.errorAt('TSJ_PARSE_TARGET', `unexpected expression ${where}`, target.range)
    }
  }

  /** An element of a list, tuple or call: a test, `*test` or `name := test`. */
  protected parseElement(): A.Expression {
    if (this.kind === T.STAR) return this.parseStarred()
    const value = this.parseTest()
    return this.kind === T.WALRUS ? this.parseWalrus(value) : value
  }

  private parseStarred(): A.Starred {
    const start = this.starts[this.at]
    this.advance()
    const value = this.parseOperators(P.precedenceOfBitOr)
    return { type: 'Starred', range: this.rangeFrom(start), value }
  }

  /** A test or `name := test`. */
  protected parseNamed(): A.Expression {
    const value = this.parseTest()
    return this.kind === T.WALRUS ? this.parseWalrus(value) : value
  }

  private parseWalrus(target: A.Expression): A.Unsupported {
    if (target.type !== 'Name') throw this.errorAt('TSJ_PARSE_TARGET', "only a name can stand on the left of ':='", target.range)
    this.advance()
    this.parseTest()
    return { type: 'Unsupported', range: this.rangeFrom(target.range.start), what: ':=' }
  }

  protected parseYield(): A.Unsupported {
    const start = this.starts[this.at]
    this.advance()
    const from = this.take(T.FROM)
    if (from) this.parseTest()
    else if (P.startsExpression[this.kind] !== 0) this.parseTuple()
    return { type: 'Unsupported', range: this.rangeFrom(start), what: from ? 'yield from' : 'yield' }
  }

  /** A single expression: operators, conditional expressions, lambdas. */
  protected parseTest(): A.Expression {
    if (this.kind === T.LAMBDA) return this.parseLambda()
    const start = this.starts[this.at]
    const value = this.parseOperators(P.precedenceOfOr)
    return this.kind === T.IF ? this.parseConditional(value, start) : value
  }

  private parseConditional(then: A.Expression, start: number): A.Conditional {
    this.advance()
    const test = this.parseOperators(P.precedenceOfOr)
    this.expect(T.ELSE)
    this.enter()
    const otherwise = this.parseTest()
    this.depth--
    return { type: 'Conditional', range: this.rangeFrom(start), test, then, otherwise }
  }

  private parseLambda(): A.Lambda {
    const start = this.starts[this.at]
    this.advance()
    this.enter()
    const parameters = this.parseParameters(T.COLON, false)
    this.expect(T.COLON)
    const body = this.parseTest()
    this.depth--
    return { type: 'Lambda', range: this.rangeFrom(start), parameters, body }
  }

  /** An atom with the attributes, calls and subscripts behind it; `await` in front. */
  protected parsePrimary(): A.Expression {
    const start = this.starts[this.at]
    if (this.kind === T.AWAIT) return this.parseAwait()
    this.enter()
    let value = this.parseAtom()
    for (;;) {
      if (this.kind === T.DOT) {
        this.advance()
        // a keyword is a fine attribute name: archives name submodules freely
        if (this.kind !== T.IDENT && !T.isKeyword(this.kind)) throw this.expected('ident')
        const nameRange = this.tokenRange()
        const name = this.name()
        value = { type: 'Attribute', range: this.rangeFrom(start), value, name, nameRange }
      } else if (this.kind === T.LPAREN) value = this.parseCall(value, start)
      else if (this.kind === T.LBRACKET) value = this.parseSubscript(value, start)
      else break
    }
    this.depth--
    return value
  }

  protected enter(): void {
    if (++this.depth > maxNesting) throw this.tooDeep()
  }

  private parseAwait(): A.Unsupported {
    const start = this.starts[this.at]
    while (this.kind === T.AWAIT) this.advance()
    this.parsePrimary()
    return { type: 'Unsupported', range: this.rangeFrom(start), what: 'await' }
  }

  /** Takes the current token as a name; Python reads names beyond ASCII in their normal form NFKC. */
  protected name(): string {
    const name = this.text()
    this.advance()
    for (let i = 0; i < name.length; i++) if (name.charCodeAt(i) >= 128) return name.normalize('NFKC')
    return name
  }

  private parseAtom(): A.Expression {
    const range = this.tokenRange()
    switch (this.kind) {
      case T.IDENT: {
        const name = this.name()
        return name === 'Ellipsis' ? { type: 'Constant', range, value: 'Ellipsis' } : { type: 'Name', range, name }
      }
      case T.NUMBER:
        return this.parseNumber(range)
      case T.STRING:
        return this.parseStrings()
      case T.LPAREN:
        return this.parseParenthesized()
      case T.LBRACKET:
        return this.parseList()
      case T.LBRACE:
        return this.parseBraces()
      case T.NONE:
        this.advance()
        return { type: 'Constant', range, value: null }
      case T.TRUE:
        this.advance()
        return { type: 'Constant', range, value: true }
      case T.FALSE:
        this.advance()
        return { type: 'Constant', range, value: false }
      case T.ELLIPSIS:
        this.advance()
        return { type: 'Constant', range, value: 'Ellipsis' }
      default:
        throw this.expected('expression')
    }
  }

  private parseParenthesized(): A.Expression {
    const start = this.starts[this.at]
    this.advance()
    if (this.kind === T.RPAREN) {
      this.advance()
      return { type: 'Tuple', range: this.rangeFrom(start), elements: [], parenthesized: true }
    }
    const first = this.kind === T.YIELD ? this.parseYield() : this.parseElement()
    if (this.kind === T.COMMA) {
      const { elements } = this.parseTupleRest(first, start)
      this.expect(T.RPAREN)
      return { type: 'Tuple', range: this.rangeFrom(start), elements, parenthesized: true }
    }
    if (this.kind === T.FOR || this.kind === T.ASYNC) return this.parseComprehension(first, 'generator', T.RPAREN, start)
    this.expect(T.RPAREN)
    return this.refuseStarred(first)
  }

  private parseList(): A.Expression {
    const start = this.starts[this.at]
    this.advance()
    const base = this.pending.length
    while (this.kind !== T.RBRACKET) {
      const element = this.parseElement()
      if (this.pending.length === base && (this.kind === T.FOR || this.kind === T.ASYNC)) {
        return this.parseComprehension(element, 'list', T.RBRACKET, start)
      }
      this.pending.push(element)
      if (!this.take(T.COMMA)) break
    }
    this.expect(T.RBRACKET)
    const range = this.rangeFrom(start)
    return { type: 'List', range, elements: this.takePending(base) }
  }

  /** A dict, a set, or a comprehension of either. */
  private parseBraces(): A.Expression {
    const start = this.starts[this.at]
    this.advance()
    const keys: (A.Expression | null)[] = []
    const values: A.Expression[] = []
    let isSet = false
    while (this.kind !== T.RBRACE) {
      const first = keys.length === 0 && values.length === 0
      if (!isSet && this.kind === T.POWER) {
        this.advance()
        keys.push(null)
        values.push(this.parseOperators(P.precedenceOfBitOr))
      } else {
        const element = isSet || first ? this.parseElement() : this.parseTest()
        if (first && this.kind !== T.COLON) isSet = true
        if (!isSet) {
          this.refuseStarred(element)
          this.expect(T.COLON)
          keys.push(element)
        }
        values.push(isSet ? element : this.parseTest())
      }
      if (first && (this.kind === T.FOR || this.kind === T.ASYNC)) {
        if (isSet) return this.parseComprehension(values[0], 'set', T.RBRACE, start)
        if (keys[0]) return this.parseDictComprehension(keys[0], values[0], start)
      }
      if (!this.take(T.COMMA)) break
    }
    this.expect(T.RBRACE)
    const range = this.rangeFrom(start)
    return isSet ? { type: 'Set', range, elements: values } : { type: 'Dict', range, keys, values }
  }

  private parseComprehension(
    element: A.Expression,
    kind: A.ListComprehension['kind'],
    close: number,
    start: number,
  ): A.ListComprehension | A.Unsupported {
    this.refuseStarred(element)
    const generators = this.parseGenerators()
    this.expect(close)
    const range = this.rangeFrom(start)
    return generators
      ? { type: 'ListComprehension', range, kind, element, generators }
      : { type: 'Unsupported', range, what: 'async comprehension' }
  }

  private parseDictComprehension(key: A.Expression, value: A.Expression, start: number): A.DictComprehension | A.Unsupported {
    const generators = this.parseGenerators()
    this.expect(T.RBRACE)
    const range = this.rangeFrom(start)
    return generators
      ? { type: 'DictComprehension', range, key, value, generators }
      : { type: 'Unsupported', range, what: 'async comprehension' }
  }

  /** The clauses of a comprehension; undefined where one is `async`. */
  private parseGenerators(): A.Comprehension[] | undefined {
    const generators: A.Comprehension[] = []
    let isAsync = false
    while (this.kind === T.FOR || this.kind === T.ASYNC) {
      const start = this.starts[this.at]
      if (this.take(T.ASYNC)) isAsync = true
      this.expect(T.FOR)
      const target = this.parseTargets()
      this.expect(T.IN)
      const iterable = this.parseOperators(P.precedenceOfOr)
      const conditions: A.Expression[] = []
      while (this.take(T.IF)) {
        const condition = this.parseOperators(P.precedenceOfOr)
        conditions.push(this.kind === T.WALRUS ? this.parseWalrus(condition) : condition)
      }
      generators.push({ range: this.rangeFrom(start), target, iterable, conditions })
    }
    return isAsync ? undefined : generators
  }

  private parseCall(callee: A.Expression, start: number): A.Call {
    const open = this.starts[this.at]
    this.advance()
    const { args, keywords } = this.parseArguments(open)
    return { type: 'Call', range: this.rangeFrom(start), callee, args, keywords }
  }

  /** Arguments up to and with the `)`; `open` is the offset of the `(`. */
  protected parseArguments(open: number): { args: readonly A.Expression[]; keywords: readonly A.Keyword[] } {
    const base = this.pending.length
    let keywords: A.Keyword[] | undefined
    let unpacked = false
    let seen: Set<string | null> | undefined
    while (this.kind !== T.RPAREN) {
      const start = this.starts[this.at]
      if (this.kinds[this.at + 1] === T.ASSIGN && this.isKeywordName(this.kind)) {
        const name = this.name()
        this.advance()
        const value = this.parseTest()
        if (keywords && (seen ??= new Set(keywords.map((keyword) => keyword.name))).has(name)) {
          throw this.error('TSJ_PARSE_ARGUMENTS', `keyword argument repeated: ${name}`, start, start + name.length)
        }
        seen?.add(name)
        const keyword = { range: this.rangeFrom(start), name, value }
        if (keywords) keywords.push(keyword)
        else keywords = [keyword]
      } else if (this.take(T.POWER)) {
        unpacked = true
        const value = this.parseTest()
        const keyword = { range: this.rangeFrom(start), name: null, value }
        if (keywords) keywords.push(keyword)
        else keywords = [keyword]
      } else {
        const value = this.parseElement()
        if (this.kind === T.FOR || this.kind === T.ASYNC) {
          if (this.pending.length > base || keywords) {
            throw this.errorAt(
              'TSJ_PARSE_ARGUMENTS',
              'a generator expression must be in parentheses if it is not the sole argument',
              value.range,
            )
          }
          return { args: [this.parseComprehension(value, 'generator', T.RPAREN, open)], keywords: none }
        }
        if (unpacked || (keywords && value.type !== 'Starred')) {
          throw this.errorAt(
            'TSJ_PARSE_ARGUMENTS',
            `positional argument follows keyword argument${unpacked ? ' unpacking' : ''}`,
            value.range,
          )
        }
        this.pending.push(value)
      }
      if (!this.take(T.COMMA)) break
    }
    this.expect(T.RPAREN)
    return { args: this.takePending(base), keywords: keywords ?? none }
  }

  /** Everything pending from `base` on, as an array of exactly that size: arrays that grow by `push` would make trees much larger. */
  private takePending(base: number): readonly A.Expression[] {
    if (this.pending.length === base) return none
    const taken = this.pending.slice(base)
    while (this.pending.length > base) this.pending.pop()
    return taken
  }

  /** PyTorch's own grammar reserves fewer words: `random_(from=1)` is an argument by name there. */
  private isKeywordName(kind: number): boolean {
    return kind === T.IDENT || (T.isKeyword(kind) && kind !== T.NONE && kind !== T.TRUE && kind !== T.FALSE)
  }

  private parseSubscript(value: A.Expression, start: number): A.Subscript {
    this.advance()
    const indices = [this.parseIndex()]
    let isTuple = indices[0].type === 'Starred'
    while (this.take(T.COMMA)) {
      isTuple = true
      if (this.kind === T.RBRACKET) break
      indices.push(this.parseIndex())
    }
    this.expect(T.RBRACKET)
    return { type: 'Subscript', range: this.rangeFrom(start), value, indices, isTuple }
  }

  private parseIndex(): A.Expression | A.Slice {
    const from = this.starts[this.at]
    const start = this.kind === T.COLON ? undefined : this.parseElement()
    if (this.kind !== T.COLON) return start!
    this.advance()
    const stop = this.endsSlice() ? undefined : this.parseTest()
    const step = this.take(T.COLON) && !this.endsSlice() ? this.parseTest() : undefined
    return {
      type: 'Slice',
      range: this.rangeFrom(from),
      ...(start ? { start } : {}),
      ...(stop ? { stop } : {}),
      ...(step ? { step } : {}),
    }
  }

  private endsSlice(): boolean {
    return this.kind === T.COLON || this.kind === T.COMMA || this.kind === T.RBRACKET
  }

  protected typeCommentAt(index: number, signature: boolean): A.TypeComment | undefined {
    const comments = this.tokens.typeComments?.get(index)
    if (!comments) return undefined
    return readTypeComment(this.source, comments, signature, (start, end) => {
      return new ExpressionParser(this.source, start, end, false, this.options, this.depth)
    })
  }
}
