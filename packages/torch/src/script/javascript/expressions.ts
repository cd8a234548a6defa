import type { BinaryOperator, CompareOperator, Expression, Keyword, NumberLiteral, Statement } from '@tsjit/parser'
import type { SourceRange } from '@tsjit/types'
import { TokenCursor } from './cursor.ts'
import { asExpression, split } from './effects.ts'

const binaryLevels: readonly (readonly string[])[] = [
  ['??'],
  ['||'],
  ['&&'],
  ['|'],
  ['^'],
  ['&'],
  ['===', '!==', '==', '!='],
  ['<', '>', '<=', '>=', 'in', 'instanceof'],
  ['<<', '>>', '>>>'],
  ['+', '-'],
  ['*', '/', '%'],
]
const comparisons: Readonly<Record<string, CompareOperator>> = {
  '===': '==',
  '==': '==',
  '!==': '!=',
  '!=': '!=',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
  in: 'in',
}
export const isNull = (expression: Expression): boolean => expression.type === 'Constant' && expression.value === null

/** Methods of arrays and strings by their JavaScript names. */
const methodNames: Readonly<Record<string, string>> = {
  push: 'append',
  toUpperCase: 'upper',
  toLowerCase: 'lower',
  trim: 'strip',
  startsWith: 'startswith',
  endsWith: 'endswith',
  toString: 'str',
}

/** Functions of `Object` as methods of dicts. */
const objectFunctions: Readonly<Record<string, string>> = { keys: 'keys', values: 'values', entries: 'items' }

/** JavaScript's expressions as Python's: the two trees mean the same to the compiler. */
export abstract class ExpressionReader extends TokenCursor {
  /** The name that a variable has in Python. */
  protected abstract resolve(name: string): string
  /** A name that nothing else has. */
  protected abstract ownName(name: string): string
  /** The statement for `n++` and `n--`. */
  protected abstract step(target: Expression, operator: string, start: number): Statement
  /** A reader of another part of the text, with the same variables. */
  protected abstract within(start: number, end: number): ExpressionReader
  /** An expression, or an assignment where statements may make one of it. */
  protected assignment(): Expression {
    return this.expression()
  }

  expression(): Expression {
    return this.conditional()
  }

  /** Expressions joined by commas, assignments among them: see `effects.ts`. */
  protected sequence(): Expression {
    const { start } = this.token
    const items = [this.assignment()]
    while (this.eat(',')) items.push(this.assignment())
    return items.length === 1 ? items[0] : asExpression({ type: 'Sequence', items, range: this.range(start) })
  }

  private conditional(): Expression {
    const { start } = this.token
    const test = this.binary(0)
    if (!this.eat('?')) return test
    const then = this.assignment()
    this.expect(':')
    const otherwise = this.assignment()
    return { type: 'Conditional', test, then, otherwise, range: this.range(start) }
  }

  private binary(level: number): Expression {
    if (level === binaryLevels.length) return this.power()
    const { start } = this.token
    let left = this.binary(level + 1)
    for (;;) {
      const operator = binaryLevels[level].find((candidate) => this.is(candidate))
      if (operator === undefined) return left
      const operatorRange = { start: this.token.start, end: this.token.end }
      this.next()
      const right = this.binary(level + 1)
      left = this.combine(operator, left, right, this.range(start), operatorRange)
    }
  }

  protected combine(
    operator: string,
    left: Expression,
    right: Expression,
    range: SourceRange,
    at: { start: number; end: number },
  ): Expression {
    if (operator === '||' || operator === '&&') return { type: 'BoolOp', operator: operator === '||' ? 'or' : 'and', left, right, range }
    if (operator === '??') {
      return this.withName(left, range, "'??' here", (then) => {
        return { type: 'Conditional', test: isNotNull(then, range), then, otherwise: right, range }
      })
    }
    if (operator === 'instanceof') {
      return { type: 'Call', callee: { type: 'Name', name: 'isinstance', range }, args: [left, right], keywords: [], range }
    }
    if (operator === '>>>') return this.unsupported("'>>>'", at.start, 'script has 64-bit ints: use >>')
    if (Object.hasOwn(comparisons, operator)) {
      const compared = comparisons[operator]
      const isIs = isNull(left) || isNull(right)
      const rewritten = isIs && compared === '==' ? 'is' : isIs && compared === '!=' ? 'is not' : compared
      return { type: 'Compare', left, rest: [{ operator: rewritten, right, range }], range }
    }
    return { type: 'Binary', operator: operator as BinaryOperator, left, right, range, operatorRange: range }
  }

  private power(): Expression {
    const { start } = this.token
    const left = this.unary()
    if (!this.eat('**')) return left
    const right = this.power()
    const range = this.range(start)
    return { type: 'Binary', operator: '**', left, right, range, operatorRange: range }
  }

  private unary(): Expression {
    const { start, text } = this.token
    if (this.is('++') || this.is('--')) {
      this.next()
      return asExpression({ type: 'AssignmentEffect', statement: this.step(this.unary(), text, start), range: this.range(start) })
    }
    if (this.token.kind === 'punctuation' && ['-', '+', '!', '~'].includes(text)) {
      this.next()
      const operand = this.unary()
      if (text === '+') return operand
      // `!0` and `!1`, as minifiers write true and false
      if (text === '!' && operand.type === 'Number' && (operand.value === 0 || operand.value === 1)) {
        return { type: 'Constant', value: operand.value === 0, range: this.range(start) }
      }
      return { type: 'Unary', operator: text === '!' ? 'not' : (text as '-' | '~'), operand, range: this.range(start) }
    }
    if (this.is('void') && this.peek().kind === 'number') {
      this.next()
      this.next()
      return { type: 'Constant', value: null, range: this.range(start) }
    }
    for (const word of ['typeof', 'await', 'yield', 'delete', 'void']) if (this.is(word)) this.unsupported(`'${word}'`, start)
    return this.postfix(this.primary(), start)
  }

  private postfix(base: Expression, start: number): Expression {
    let value = base
    for (;;) {
      if (this.eat('.')) {
        const name = this.name()
        value = this.member(value, name.text, start)
      } else if (this.is('?.')) return this.optional(value, start)
      else if (this.is('[')) {
        this.next()
        const index = this.expression()
        this.expect(']')
        value = { type: 'Subscript', value, indices: [index], isTuple: false, range: this.range(start) }
      } else if (this.is('(')) value = this.call(value, start)
      else if ((this.is('++') || this.is('--')) && !this.token.afterLine) return this.stepped(value, start)
      else return value
    }
  }

  /** `n++`: the value is the one before. */
  private stepped(target: Expression, start: number): Expression {
    const { text } = this.next()
    const range = this.range(start)
    const one: Expression = { type: 'Number', kind: 'int', value: 1, text: '1', range }
    const back: Expression = { type: 'Binary', operator: text === '++' ? '-' : '+', left: target, right: one, range, operatorRange: range }
    return asExpression({ type: 'AssignmentEffect', statement: this.step(target, text, start), range, value: back })
  }

  /** `a?.b`: null where `a` is, else all that follows. */
  private optional(base: Expression, start: number): Expression {
    return this.withName(base, this.range(start), "'?.' here", (value) => {
      this.expect('?.')
      let first: Expression
      if (this.is('(')) first = this.call(value, start)
      else if (this.eat('[')) {
        const index = this.expression()
        this.expect(']')
        first = { type: 'Subscript', value, indices: [index], isTuple: false, range: this.range(start) }
      } else first = this.member(value, this.name().text, start)
      const then = this.postfix(first, start)
      const range = this.range(start)
      return { type: 'Conditional', test: isNotNull(value, range), then, otherwise: { type: 'Constant', value: null, range }, range }
    })
  }

  /** An expression of a value that is used more than once: one that is no variable becomes one first. */
  private withName(value: Expression, range: SourceRange, made: string, use: (name: Expression) => Expression): Expression {
    if (value.type === 'Name') return use(value)
    const name: Expression = { type: 'Name', name: this.ownName('value'), range: value.range }
    const used = use(name)
    const [before, plain] = split(value)
    const statements: Statement[] = [...before, { type: 'Assign', targets: [name], value: plain, range: value.range }]
    const items = statements.map((statement) => asExpression({ type: 'AssignmentEffect', statement, range: value.range }))
    return asExpression({ type: 'Sequence', items: [...items, used], range, made })
  }

  private member(value: Expression, name: string, start: number): Expression {
    const range = this.range(start)
    if (name === 'length' && !this.is('(')) {
      return { type: 'Call', callee: { type: 'Name', name: 'len', range }, args: [value], keywords: [], range }
    }
    if (value.type === 'Name') {
      if (value.name === 'Math') {
        const constants: Readonly<Record<string, string>> = { PI: 'pi', E: 'e' }
        const functions: Readonly<Record<string, string>> = { abs: 'abs', min: 'min', max: 'max', round: 'round' }
        if (Object.hasOwn(functions, name)) return { type: 'Name', name: functions[name], range }
        return { type: 'Attribute', value: { type: 'Name', name: 'math', range }, name: constants[name] ?? name, nameRange: range, range }
      }
      if (value.name === 'Number' && (name === 'POSITIVE_INFINITY' || name === 'NaN')) return this.infinity(name, range)
      if (value.name === 'console' && name === 'log') return { type: 'Name', name: 'print', range }
    }
    const called = this.is('(') && Object.hasOwn(methodNames, name) ? methodNames[name] : name
    return { type: 'Attribute', value, name: called, nameRange: range, range }
  }

  private infinity(name: string, range: SourceRange): Expression {
    const attribute = name === 'NaN' ? 'nan' : 'inf'
    return { type: 'Attribute', value: { type: 'Name', name: 'math', range }, name: attribute, nameRange: range, range }
  }

  /** A last argument that is an object literal gives keyword arguments: `torch.sum(x, { dim: 1 })`. */
  private call(callee: Expression, start: number): Expression {
    this.expect('(')
    const args: Expression[] = []
    const keywords: Keyword[] = []
    while (!this.is(')')) {
      const at = this.token.start
      if (this.eat('...')) args.push({ type: 'Starred', value: this.expression(), range: this.range(at) })
      else if (this.is('{') && this.closesCall()) keywords.push(...this.keywords())
      else args.push(this.expression())
      if (!this.eat(',')) break
    }
    this.expect(')')
    const range = this.range(start)
    if (callee.type === 'Name' && callee.name === 'tuple') return { type: 'Tuple', elements: args, parenthesized: true, range }
    if (callee.type === 'Attribute' && callee.name === 'slice' && args.length <= 2 && keywords.length === 0) {
      const slice = { type: 'Slice' as const, range, ...(args[0] ? { start: args[0] } : {}), ...(args[1] ? { stop: args[1] } : {}) }
      return { type: 'Subscript', value: callee.value, indices: [slice], isTuple: false, range }
    }
    if (callee.type === 'Attribute' && keywords.length === 0) {
      const { name, value } = callee
      if ((name === 'includes' || name === 'has') && args.length === 1) {
        return { type: 'Compare', left: args[0], rest: [{ operator: 'in', right: value, range }], range }
      }
      if (name === 'at' && args.length === 1) return { type: 'Subscript', value, indices: args, isTuple: false, range }
      if (name === 'set' && args.length === 2) {
        const target: Expression = { type: 'Subscript', value, indices: [args[0]], isTuple: false, range }
        return asExpression({ type: 'AssignmentEffect', statement: { type: 'Assign', targets: [target], value: args[1], range }, range })
      }
      if (name === 'delete' && args.length === 1) {
        const target: Expression = { type: 'Subscript', value, indices: [args[0]], isTuple: false, range }
        return asExpression({ type: 'AssignmentEffect', statement: { type: 'Delete', targets: [target], range }, range })
      }
      if (value.type === 'Name' && value.name === 'Object' && args.length === 1 && Object.hasOwn(objectFunctions, name)) {
        const method: Expression = { type: 'Attribute', value: args[0], name: objectFunctions[name], nameRange: range, range }
        return { type: 'Call', callee: method, args: [], keywords: [], range }
      }
    }
    return { type: 'Call', callee, args, keywords, range }
  }

  /** Whether the object literal here is the last argument. */
  private closesCall(): boolean {
    let depth = 0
    for (let ahead = 0; ; ahead++) {
      const { text, kind } = this.peek(ahead)
      if (kind === 'end') return false
      if (kind !== 'punctuation') continue
      if ('{(['.includes(text)) depth++
      else if ('})]'.includes(text) && --depth === 0) return this.peek(ahead + 1).text === ')'
    }
  }
  private keywords(): Keyword[] {
    const found: Keyword[] = []
    this.expect('{')
    while (!this.is('}')) {
      const { text, start } = this.name()
      const value: Expression = this.eat(':') ? this.expression() : { type: 'Name', name: this.resolve(text), range: this.range(start) }
      found.push({ name: text, value, range: this.range(start) })
      if (!this.eat(',')) break
    }
    this.expect('}')
    return found
  }

  private primary(): Expression {
    const { start, kind, text } = this.token
    switch (kind) {
      case 'number':
        this.next()
        return numberLiteral(text, this.range(start))
      case 'string': {
        const { value = '' } = this.next()
        return { type: 'String', value, range: this.range(start) }
      }
      case 'template':
        return this.template()
      case 'name':
        return this.named()
      case 'punctuation':
        if (text === '(') return this.parenthesized()
        if (text === '[') {
          this.next()
          return this.array(start)
        }
        if (text === '/' || text === '/=') this.unsupported('a regular expression', start)
        if (text === '{') return this.object()
    }
    return this.wrong(`expected an expression but found '${text || 'the end'}'`)
  }

  private parenthesized(): Expression {
    const { start } = this.token
    this.expect('(')
    if (this.is(')')) return this.unsupported('a function inside a function', start)
    const inner = this.sequence()
    this.expect(')')
    if (this.is('=>')) return this.unsupported('a function inside a function', start)
    return inner
  }

  /** `[a, ...b]` is `[a] + b`, and `[...b]` a copy of `b`. */
  private array(start: number): Expression {
    const pieces: Expression[] = []
    let elements: Expression[] = []
    while (!this.is(']')) {
      const at = this.token.start
      if (this.is(',')) this.unsupported('a hole in an array', at)
      if (this.eat('...')) {
        if (elements.length > 0) pieces.push({ type: 'List', elements, range: elements[0].range })
        elements = []
        const spread = this.expression()
        pieces.push({
          type: 'Call',
          callee: { type: 'Name', name: 'list', range: spread.range },
          args: [spread],
          keywords: [],
          range: this.range(at),
        })
      } else elements.push(this.expression())
      if (!this.eat(',')) break
    }
    this.expect(']')
    const range = this.range(start)
    if (elements.length > 0 || pieces.length === 0) pieces.push({ type: 'List', elements, range: elements[0]?.range ?? range })
    const [first, ...rest] = pieces
    if (rest.length === 0) return { ...first, range }
    return rest.reduce((left, right): Expression => ({ type: 'Binary', operator: '+', left, right, range, operatorRange: range }), first)
  }

  private object(): Expression {
    const { start } = this.token
    const keys: Expression[] = []
    const values: Expression[] = []
    this.expect('{')
    while (!this.is('}')) {
      const { start: at } = this.token
      if (this.eat('[')) {
        keys.push(this.expression())
        this.expect(']')
      } else {
        const { kind, text, value } = this.next()
        if (kind !== 'name' && kind !== 'string') this.unsupported('this key of an object', at)
        keys.push({ type: 'String', value: value ?? text, range: this.range(at) })
      }
      values.push(
        this.eat(':')
          ? this.expression()
          : { type: 'Name', name: this.resolve((keys[keys.length - 1] as { value: string }).value), range: this.range(at) },
      )
      if (!this.eat(',')) break
    }
    this.expect('}')
    return { type: 'Dict', keys, values, range: this.range(start) }
  }

  private template(): Expression {
    const { start, parts = [] } = this.next()
    const range = this.range(start)
    const read = parts.map((part) => {
      if (typeof part === 'string') return part
      const value = this.within(part.start, part.end).expression()
      return { value, range: value.range }
    })
    if (read.every((part) => typeof part === 'string')) return { type: 'String', value: read.join(''), range }
    return { type: 'FString', parts: read.filter((part) => part !== ''), range }
  }

  private named(): Expression {
    const { start, text } = this.next()
    const range = this.range(start)
    switch (text) {
      case 'true':
      case 'false':
        return { type: 'Constant', value: text === 'true', range }
      case 'null':
      case 'undefined':
        return { type: 'Constant', value: null, range }
      case 'this':
        return { type: 'Name', name: 'self', range }
      case 'Infinity':
      case 'NaN':
        return this.infinity(text, range)
      case 'String':
        return { type: 'Name', name: 'str', range }
      case 'Number':
        return { type: 'Name', name: 'float', range }
      case 'Boolean':
        return { type: 'Name', name: 'bool', range }
      case 'new': {
        const name = this.name()
        if (/Error$/.test(name.text)) return this.call({ type: 'Name', name: errorName(name.text), range }, start)
        return this.call({ type: 'Name', name: name.text, range: this.range(name.start) }, start)
      }
      case 'function':
      case 'class':
      case 'async':
        return this.unsupported(`'${text}' inside a function`, start)
    }
    if (this.is('=>')) return this.unsupported('a function inside a function', start)
    return { type: 'Name', name: this.resolve(text), range }
  }
}

function isNotNull(left: Expression, range: SourceRange): Expression {
  return { type: 'Compare', left, rest: [{ operator: 'is not', right: { type: 'Constant', value: null, range }, range }], range }
}

/** JavaScript's error classes as Python's. */
export function errorName(name: string): string {
  return { Error: 'RuntimeError', RangeError: 'ValueError', TypeError: 'TypeError', SyntaxError: 'SyntaxError' }[name] ?? name
}

/** A number is a float where it is written with a dot or a negative exponent; else an int. */
function numberLiteral(text: string, range: SourceRange): NumberLiteral {
  const plain = text.replaceAll('_', '')
  const isHex = /^0[xXoObB]/.test(plain)
  // Minifiers write 1000 as 1e3.
  const whole = /^(\d+)[eE]\+?(\d{1,2})$/.exec(plain)
  if (whole && !isHex) return numberLiteral(whole[1] + '0'.repeat(Number(whole[2])), range)
  if (!isHex && /[.eE]/.test(plain)) return { type: 'Number', kind: 'float', value: Number(plain), text, range }
  const value = BigInt(plain.replace(/n$/, ''))
  const small = value <= BigInt(Number.MAX_SAFE_INTEGER)
  return { type: 'Number', kind: 'int', value: small ? Number(value) : value, text, range }
}
