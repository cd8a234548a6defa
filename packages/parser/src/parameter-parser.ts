import type * as A from './ast.ts'
import { OperatorParser } from './operator-parser.ts'
import * as T from './token.ts'

/** The parameters of functions and lambdas. */
export abstract class ParameterParser extends OperatorParser {
  protected abstract parseTest(): A.Expression
  protected abstract parseElement(): A.Expression
  protected abstract name(): string
  protected abstract typeCommentAt(index: number, signature: boolean): A.TypeComment | undefined

  /** Parameters up to `close`, which is not taken. Only a `def`'s may have annotations and type comments. */
  protected parseParameters(close: number, annotated: boolean): A.Parameter[] {
    const parameters: A.Parameter[] = []
    const seen = new Set<string>()
    let keywordOnly = false
    let hasDefaults = false
    let ended = false
    while (this.kind !== close) {
      const start = this.starts[this.at]
      if (ended) throw this.errorHere('TSJ_PARSE_ARGUMENTS', 'no parameter can follow **kwargs')
      if (this.kind === T.SLASH) {
        if (keywordOnly || parameters.length === 0 || parameters[0].positionalOnly) throw this.expected('ident')
        this.advance()
        for (let i = 0; i < parameters.length; i++) parameters[i] = { ...parameters[i], positionalOnly: true }
      } else if (this.kind === T.STAR && (this.kinds[this.at + 1] === T.COMMA || this.kinds[this.at + 1] === close)) {
        if (keywordOnly) throw this.expected('ident')
        this.advance()
        keywordOnly = true
        if (this.kind === close || this.kinds[this.at + 1] === close || this.kinds[this.at + 1] === T.POWER) {
          throw this.error('TSJ_PARSE_ARGUMENTS', "named parameters must follow bare '*'", start, this.lastEnd)
        }
      } else {
        let kind: A.Parameter['kind'] = keywordOnly ? 'keyword-only' : 'positional'
        if (this.kind === T.STAR) {
          if (keywordOnly) throw this.expected('ident')
          this.advance()
          kind = 'varargs'
          keywordOnly = true
        } else if (this.take(T.POWER)) {
          kind = 'kwargs'
          ended = true
        }
        const parameter = this.parseParameter(start, kind, annotated)
        if (seen.has(parameter.name)) {
          throw this.errorAt('TSJ_PARSE_ARGUMENTS', `duplicate parameter '${parameter.name}' in function definition`, parameter.range)
        }
        seen.add(parameter.name)
        if (kind === 'positional') {
          if (hasDefaults && !parameter.defaultValue) {
            throw this.errorAt('TSJ_PARSE_ARGUMENTS', 'parameter without a default follows parameter with a default', parameter.range)
          }
          hasDefaults = parameter.defaultValue !== undefined
        }
        const more = this.take(T.COMMA)
        const typeComment = annotated ? this.typeCommentAt(this.at, false) : undefined
        parameters.push(typeComment ? { ...parameter, typeComment } : parameter)
        if (!more) break
        continue
      }
      if (!this.take(T.COMMA)) break
    }
    return parameters
  }

  private parseParameter(start: number, kind: A.Parameter['kind'], annotated: boolean): A.Parameter {
    if (this.kind !== T.IDENT) throw this.expected('ident')
    const name = this.name()
    const annotation = annotated && this.take(T.COLON) ? (kind === 'varargs' ? this.parseElement() : this.parseTest()) : undefined
    const defaultValue = (kind === 'positional' || kind === 'keyword-only') && this.take(T.ASSIGN) ? this.parseTest() : undefined
    return {
      name,
      kind,
      range: this.rangeFrom(start),
      ...(annotation ? { annotation } : {}),
      ...(defaultValue ? { defaultValue } : {}),
    }
  }
}
