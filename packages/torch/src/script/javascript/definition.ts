import type { Expression, FunctionDef, Parameter, Statement } from '@tsjit/parser'
import { CompileError, type Source } from '@tsjit/types'
import { splitSignature } from '../function-signature.ts'
import { findEffect, returned } from './effects.ts'
import { StatementReader } from './statements.ts'
import { tokenize } from './tokens.ts'
import { tupleReturns } from './tuple-returns.ts'

/**
 * The text of a JavaScript function as a Python `def`: the same tree, so the same compiler. Types come from `types`, or from a comment
 * `// type: (int, Tensor) -> Tensor` in the function; without, parameters are tensors. Throws TSJ_JS_SYNTAX, TSJ_JS_UNSUPPORTED.
 */
export function javascriptDefinition(source: Source, name: string, types?: string): FunctionDef {
  if (/\{\s*\[native code\]\s*\}\s*$/.test(source.text)) {
    throw new CompileError('TSJ_JS_UNSUPPORTED', `'${name}' is native or bound, and has no text that could be scripted`, {
      hint: 'give the function itself, not what bind() made of it',
    })
  }
  const { tokens, comments } = tokenize(source)
  const reader = new StatementReader(source, tokens)
  const start = reader.token.start
  const { named, isFunction } = readHead(reader, name)
  const parts: Statement[] = []
  const parameters = readParameters(reader, parts)
  const isArrow = reader.eat('=>')
  if (!isArrow && !isFunction && !reader.is('{')) reader.wrong(`expected a function`)
  let body: Statement[]
  if (isArrow && !reader.is('{')) {
    const value = reader.expression()
    body = returned(value, value.range)
  } else body = reader.block()
  const effect = findEffect(body)
  if (effect) {
    const made = effect.type === 'Sequence' ? effect.made : undefined
    reader.refuse(
      made ?? 'an assignment inside of an expression',
      effect.range,
      made ? 'give its value a name first: const v = …' : 'make it a statement of its own',
    )
  }
  const range = reader.range(start)
  const text = types ?? comments.find((comment) => comment.startsWith('type:'))?.slice('type:'.length)
  const [typed, result] = text === undefined ? [[], undefined] : splitSignature(text)
  if (text !== undefined && typed.length !== parameters.length) {
    throw new CompileError('TSJ_JS_TYPES', `the types name ${typed.length} parameters, but the function has ${parameters.length}`, {
      range,
    })
  }
  return {
    type: 'FunctionDef',
    name: /^[A-Za-z_]\w*$/.test(named) ? named : 'fn',
    nameRange: range,
    parameters: parameters.map((parameter, i) => (typed[i] ? { ...parameter, annotation: typed[i].type } : parameter)),
    ...(result ? { result } : {}),
    body: [...parts, ...(result ? tupleReturns(body, result) : body)],
    decorators: [],
    range,
  }
}

/** `function f`, or the name of a method; an arrow function has none of them. */
function readHead(reader: StatementReader, name: string): { named: string; isFunction: boolean } {
  const { start } = reader.token
  const next = reader.peek()
  const isWord = (text: string): boolean => reader.is(text) && next.text !== '(' && next.text !== '=>'
  if (isWord('static')) reader.next()
  if (isWord('class')) reader.unsupported('a class', start, 'extend torch.jit.ScriptModule, and give its methods with scriptMethod()')
  if (reader.is('async') && next.text !== '=>' && (next.text !== '(' || arrowFollows(reader)))
    reader.unsupported('an async function', start)
  if (isWord('get') || isWord('set')) reader.unsupported('a getter or setter', start)
  if (reader.is('*')) reader.unsupported('a generator', start)
  if (reader.eat('function')) {
    if (reader.is('*')) reader.unsupported('a generator', start)
    return { named: reader.is('(') ? name : reader.name().text, isFunction: true }
  }
  // a method of an object literal or a class: `f(x) {`, `'f'(x) {`, `[f](x) {`
  if (reader.is('[')) {
    while (!reader.is(']')) reader.next()
    reader.next()
    return { named: name, isFunction: true }
  }
  if (reader.token.kind === 'string' || (reader.token.kind === 'name' && reader.peek().text === '(')) {
    reader.next()
    return { named: name, isFunction: true }
  }
  return { named: name, isFunction: false }
}

/** Whether `async(` begins an arrow function, and no method of that name. */
function arrowFollows(reader: StatementReader): boolean {
  let depth = 0
  for (let ahead = 1; ; ahead++) {
    const { text, kind } = reader.peek(ahead)
    if (kind === 'end') return false
    if (kind !== 'punctuation') continue
    if (text === '(') depth++
    else if (text === ')' && --depth === 0) return reader.peek(ahead + 1).text === '=>'
  }
}

function readParameters(reader: StatementReader, parts: Statement[]): Parameter[] {
  const parameters: Parameter[] = []
  const one = (): void => {
    const { start } = reader.token
    if (reader.is('...')) reader.unsupported('a rest parameter', start)
    let name: string
    if (reader.is('{') || reader.is('[')) {
      name = `arg${parameters.length}`
      const from: Expression = { type: 'Name', name: reader.scopes.declare(name), range: reader.range(start) }
      const inner: Statement[] = []
      const target = reader.target('function', inner, from)
      const range = reader.range(start)
      if (target !== from) parts.push({ type: 'Assign', targets: [target], value: from, range })
      parts.push(...inner)
      name = from.name
    } else name = reader.scopes.declare(reader.name().text)
    const defaultValue: Expression | undefined = reader.eat('=') ? reader.expression() : undefined
    parameters.push({ name, kind: 'positional', range: reader.range(start), ...(defaultValue ? { defaultValue } : {}) })
  }
  if (!reader.eat('(')) {
    one()
    return parameters
  }
  while (!reader.is(')')) {
    one()
    if (!reader.eat(',')) break
  }
  reader.expect(')')
  return parameters
}
