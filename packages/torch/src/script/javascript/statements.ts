import type { BinaryOperator, Expression, Statement } from '@tsjit/parser'
import { asExpression, effectsOf, ifStatement, returned, split } from './effects.ts'
import { ExpressionReader } from './expressions.ts'
import { containsBreak, containsContinue, countedLoop } from './loops.ts'
import { Scopes } from './scopes.ts'
import { type Case, leaves, switchStatement } from './switch.ts'
import { tokenize } from './tokens.ts'

const assignments = new Set(['+=', '-=', '*=', '/=', '%=', '**=', '&=', '|=', '^=', '<<=', '>>='])
const logicalAssignments = new Set(['&&=', '||=', '??='])

/** JavaScript's statements as Python's. */
export class StatementReader extends ExpressionReader {
  readonly scopes: Scopes = new Scopes()

  protected override resolve(name: string): string {
    return this.scopes.resolve(name)
  }
  protected override ownName(name: string): string {
    return this.scopes.declare(name)
  }
  protected override within(start: number, end: number): ExpressionReader {
    const inner = new StatementReader(this.source, tokenize(this.source, start, end).tokens)
    return Object.assign(inner, { scopes: this.scopes })
  }

  /** The statements of `{ … }`, in a scope of their own. */
  block(): Statement[] {
    this.expect('{')
    this.scopes.enter()
    const body: Statement[] = []
    while (!this.is('}')) {
      if (this.token.kind === 'end') this.wrong("expected '}' but found the end")
      body.push(...this.statement())
    }
    this.scopes.leave()
    this.expect('}')
    return body
  }

  private body(): Statement[] {
    return this.is('{') ? this.block() : this.statement()
  }

  private statement(): Statement[] {
    const { start, text, kind } = this.token
    if (this.eat(';')) return []
    if (this.is('{')) return this.block()
    if (kind === 'name') {
      switch (text) {
        case 'if':
          return this.readIf()
        case 'while': {
          this.next()
          const [before, test] = split(this.condition())
          const body = this.body()
          return [this.whileLoop(before, test, body, this.range(start))]
        }
        case 'do':
          return this.readDo()
        case 'switch':
          return this.readSwitch()
        case 'for':
          this.scopes.enter()
          try {
            return this.readFor()
          } finally {
            this.scopes.leave()
          }
        case 'return': {
          this.next()
          const value = this.endsHere() ? undefined : this.sequence()
          this.end()
          return value ? returned(value, this.range(start)) : [{ type: 'Return', range: this.range(start) }]
        }
        case 'throw': {
          this.next()
          const [before, value] = split(this.sequence())
          this.end()
          return [...before, { type: 'Raise', value, range: this.range(start) }]
        }
        case 'break':
        case 'continue':
          this.next()
          if (!this.endsHere()) this.unsupported('a label', start)
          this.end()
          return [{ type: text === 'break' ? 'Break' : 'Continue', range: this.range(start) }]
        case 'let':
        case 'const':
        case 'var': {
          const declared = this.declaration('block')
          this.end()
          return declared
        }
        case 'class':
          return this.unsupported("'class'", start, 'write it outside, and extend torch.jit.ScriptModule')
        case 'function':
          return this.unsupported("'function' inside a function", start, 'script it by itself, and pass it in env')
        case 'try':
        case 'with':
        case 'import':
          return this.unsupported(`'${text}'`, start)
        case 'debugger':
          this.next()
          this.end()
          return []
      }
      if (this.peek().text === ':') this.unsupported('a label', start)
    }
    const value = this.sequence()
    this.end()
    return effectsOf(value)
  }

  private endsHere(): boolean {
    return this.is(';') || this.is('}') || this.token.kind === 'end' || this.token.afterLine
  }
  private end(): void {
    if (this.eat(';') || this.endsHere()) return
    this.wrong(`expected the end of the statement but found '${this.token.text}'`)
  }

  /** `( … )` after `if`, `while` and `switch`. */
  private condition(): Expression {
    this.expect('(')
    const test = this.sequence()
    this.expect(')')
    return test
  }

  private readIf(): Statement[] {
    const { start } = this.token
    this.expect('if')
    const [before, test] = split(this.condition())
    const then = this.body()
    const otherwise = this.eat('else') ? this.body() : []
    return [...before, { type: 'If', test, then, otherwise, range: this.range(start) }]
  }

  /** `do { … } while (test)`: a loop without end that is left where the test fails. */
  private readDo(): Statement[] {
    const { start } = this.token
    this.expect('do')
    const body = this.body()
    this.expect('while')
    const [before, test] = split(this.condition())
    this.eat(';')
    const range = this.range(start)
    const stop = [...before, stopUnless(test)]
    if (containsContinue(body)) return this.restarting(stop, [], body, range)
    return [{ type: 'While', test: { type: 'Constant', value: true, range }, body: [...body, ...stop], otherwise: [], range }]
  }

  /** A loop whose test may need statements of its own. */
  private whileLoop(before: readonly Statement[], test: Expression, body: readonly Statement[], range: Statement['range']): Statement {
    if (before.length === 0) return { type: 'While', test, body, otherwise: [], range }
    const forever: Expression = { type: 'Constant', value: true, range }
    return { type: 'While', test: forever, body: [...before, stopUnless(test), ...body], otherwise: [], range }
  }

  /** A loop without end, for `continue` to go on at its head: there stands what is done before each turn but the first, and before all. */
  private restarting(
    again: readonly Statement[],
    always: readonly Statement[],
    body: readonly Statement[],
    range: Statement['range'],
  ): Statement[] {
    const flag: Expression = { type: 'Name', name: this.scopes.declare('again'), range }
    const set = (value: boolean): Statement => ({ type: 'Assign', targets: [flag], value: { type: 'Constant', value, range }, range })
    const head = ifStatement(flag, again, [set(true)], range)
    const test: Expression = { type: 'Constant', value: true, range }
    return [set(false), { type: 'While', test, body: [head, ...always, ...body], otherwise: [], range }]
  }

  /** Cases end with `break`, `return`, `throw` or `continue`; several may share their statements. */
  private readSwitch(): Statement[] {
    const { start } = this.token
    this.expect('switch')
    const [before, given] = split(this.condition())
    this.expect('{')
    this.scopes.enter()
    const cases: Case[] = []
    while (!this.is('}')) {
      const at = this.token.start
      const tests: Expression[] = []
      let isDefault = false
      do {
        if (this.eat('default')) isDefault = true
        else {
          this.expect('case')
          tests.push(this.expression())
        }
        this.expect(':')
      } while (this.is('case') || this.is('default'))
      const range = this.range(at)
      const body: Statement[] = []
      while (!this.is('case') && !this.is('default') && !this.is('}')) {
        if (this.token.kind === 'end') this.wrong("expected '}' but found the end")
        body.push(...this.statement())
      }
      if (!this.is('}') && !leaves(body)) this.unsupported("a 'case' that goes on with the next one", at, "end it with 'break' or 'return'")
      if (body.at(-1)?.type === 'Break') body.pop()
      if (containsBreak(body)) this.unsupported("'break' inside of a branch of a 'case'", at, "let each 'case' end with its only 'break'")
      cases.push({ tests: isDefault ? [] : tests, isDefault, body, range })
    }
    this.scopes.leave()
    this.expect('}')
    const range = this.range(start)
    if (given.type === 'Name') return [...before, ...switchStatement(given, cases, range)]
    const value: Expression = { type: 'Name', name: this.scopes.declare('value'), range: given.range }
    return [...before, { type: 'Assign', targets: [value], value: given, range: given.range }, ...switchStatement(value, cases, range)]
  }

  /** `let a = 1, b = 2`; `const [x, y] = pair`; `const { a, b } = point`; `let c` alone says nothing. */
  private declaration(kind: 'block' | 'counter'): Statement[] {
    const where = this.next().text === 'var' ? 'function' : kind
    const result: Statement[] = []
    do {
      const { start } = this.token
      // JavaScript does not see the new name in its own value; a pattern is read again when its value is known
      const mark = this.mark()
      this.skipTarget()
      const [before, value] = this.eat('=') ? split(this.assignment()) : [[], undefined]
      const after = this.mark()
      this.reset(mark)
      const parts: Statement[] = []
      const target = this.target(where, parts, value)
      this.reset(after)
      // assigned later, on all paths to its uses
      if (!value) continue
      const isTaken = target.type === 'Name' && target === value
      result.push(...before)
      if (!isTaken) result.push({ type: 'Assign', targets: [target], value: asTuple(target, value), range: this.range(start) })
      result.push(...parts)
    } while (this.eat(','))
    return result
  }

  private skipTarget(): void {
    const open = this.next().text
    if (open !== '[' && open !== '{') return
    for (let depth = 1; depth > 0 && this.token.kind !== 'end'; ) {
      const { text, kind } = this.next()
      if (kind !== 'punctuation') continue
      if ('{(['.includes(text)) depth++
      else if ('})]'.includes(text)) depth--
    }
  }

  /**
   * What a declaration or a loop gives values to. An object pattern takes attributes: of `value`, where that is a name, or of a name of its own, in
   * statements that `parts` collects.
   */
  target(where: 'block' | 'counter' | 'function', parts: Statement[], value?: Expression): Expression {
    const { start } = this.token
    if (this.is('{')) return this.objectPattern(where, parts, value)
    if (!this.eat('[')) {
      const { text } = this.name()
      return { type: 'Name', name: this.scopes.declare(text, where), range: this.range(start) }
    }
    const elements: Expression[] = []
    while (!this.is(']')) {
      const at = this.token.start
      if (this.is(',')) elements.push({ type: 'Name', name: this.scopes.declare('_'), range: this.range(at) })
      else if (this.eat('...')) elements.push({ type: 'Starred', value: this.target(where, parts), range: this.range(at) })
      else elements.push(this.target(where, parts))
      if (this.is('=')) this.unsupported('a default value in a pattern', start)
      if (!this.eat(',')) break
    }
    this.expect(']')
    return { type: 'Tuple', elements, parenthesized: false, range: this.range(start) }
  }

  private objectPattern(where: 'block' | 'counter' | 'function', parts: Statement[], value: Expression | undefined): Expression {
    const { start } = this.token
    const from: Expression = value?.type === 'Name' ? value : { type: 'Name', name: this.scopes.declare('parts'), range: this.range(start) }
    this.expect('{')
    while (!this.is('}')) {
      const at = this.token.start
      if (this.is('...')) this.unsupported('the rest of an object', at)
      const { text } = this.name()
      const range = this.range(at)
      const attribute: Expression = { type: 'Attribute', value: from, name: text, nameRange: range, range }
      const inner: Statement[] = []
      const target: Expression = this.eat(':') ? this.target(where, inner) : { type: 'Name', name: this.scopes.declare(text, where), range }
      if (this.is('=')) this.unsupported('a default value in a pattern', at)
      parts.push({ type: 'Assign', targets: [target], value: attribute, range }, ...inner)
      if (!this.eat(',')) break
    }
    this.expect('}')
    return from
  }

  /** An assignment or an expression. What is assigned to a name is a new value of it, as in JavaScript, and never the old one changed. */
  protected override assignment(): Expression {
    const { start } = this.token
    const effect = (statement: Statement): Expression => asExpression({ type: 'AssignmentEffect', statement, range: statement.range })
    const value = this.expression()
    const operator = this.token.text
    if (this.token.kind !== 'punctuation') return value
    if (this.eat('=')) {
      const target: Expression = value.type === 'List' ? { ...value, type: 'Tuple', parenthesized: false } : value
      if (!['Name', 'Attribute', 'Subscript', 'Tuple'].includes(target.type)) this.unsupported('assigning to this', start)
      const [before, right] = split(this.assignment())
      const statement: Statement = { type: 'Assign', targets: [target], value: asTuple(target, right), range: this.range(start) }
      if (before.length === 0) return effect(statement)
      const items = [...before, statement].map(effect)
      return asExpression({ type: 'Sequence', items, range: this.range(start) })
    }
    if (assignments.has(operator)) {
      this.next()
      return effect(this.augmented(value, operator.slice(0, -1) as BinaryOperator, this.expression(), start))
    }
    if (logicalAssignments.has(operator)) {
      if (value.type !== 'Name') this.unsupported(`'${operator}' of anything but a variable`, start)
      const { start: at, end } = this.next()
      const right = this.combine(operator.slice(0, -1), value, this.expression(), this.range(start), { start: at, end })
      return effect({ type: 'Assign', targets: [value], value: right, range: this.range(start) })
    }
    return value
  }
  private augmented(target: Expression, operator: BinaryOperator, value: Expression, start: number): Statement {
    const range = this.range(start)
    if (target.type !== 'Name') return { type: 'AugmentedAssign', target, operator, value, range }
    return {
      type: 'Assign',
      targets: [target],
      value: { type: 'Binary', operator, left: target, right: value, range, operatorRange: range },
      range,
    }
  }
  protected override step(target: Expression, operator: string, start: number): Statement {
    const range = this.range(start)
    return this.augmented(target, operator === '++' ? '+' : '-', { type: 'Number', kind: 'int', value: 1, text: '1', range }, start)
  }

  private readFor(): Statement[] {
    const { start } = this.token
    this.expect('for')
    if (this.is('await')) this.unsupported("'for await'", start)
    this.expect('(')
    const mark = this.mark()
    const isDeclared = this.is('const') || this.is('let') || this.is('var')
    if (isDeclared) {
      const where = this.next().text === 'var' ? 'function' : 'block'
      const pattern = this.mark()
      this.skipTarget()
      if (this.is('in')) this.unsupported("'for … in'", start, "use 'for … of', with Object.keys() for the keys of a dict")
      if (this.eat('of')) {
        const iterable = this.expression()
        const after = this.mark()
        this.reset(pattern)
        const parts: Statement[] = []
        const target = this.target(where, parts)
        this.reset(after)
        this.expect(')')
        return [{ type: 'For', target, iterable, body: [...parts, ...this.body()], otherwise: [], range: this.range(start) }]
      }
    }
    this.reset(mark)
    const first = this.is(';') ? [] : isDeclared ? this.declaration('counter') : effectsOf(this.sequence())
    this.expect(';')
    const testStart = this.token.start
    const [before, test] = split(this.is(';') ? { type: 'Constant', value: true, range: this.range(testStart) } : this.sequence())
    this.expect(';')
    const last = this.is(')') ? [] : effectsOf(this.sequence())
    this.expect(')')
    const body = this.body()
    const range = this.range(start)
    const init = first.at(-1)
    const counted = init && before.length === 0 ? countedLoop([init], test, last, body) : undefined
    if (counted) return [...first.slice(0, -1), { ...counted, range }]
    if (last.length > 0 && containsContinue(body)) return [...first, ...this.restarting(last, [...before, stopUnless(test)], body, range)]
    return [...first, this.whileLoop(before, test, [...body, ...last], range)]
  }
}

function stopUnless(test: Expression): Statement {
  const { range } = test
  return ifStatement({ type: 'Unary', operator: 'not', operand: test, range }, [{ type: 'Break', range }], [], range)
}

/** `[a, b] = [b, a]` has no list: elements may have different types. */
function asTuple(target: Expression, value: Expression): Expression {
  return target.type === 'Tuple' && value.type === 'List' ? { ...value, type: 'Tuple', parenthesized: true } : value
}
