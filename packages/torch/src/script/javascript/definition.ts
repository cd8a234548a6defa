import type { Expression, FunctionDef, Parameter, Statement } from '@tsjit/parser'
import { CompileError, type Source } from '@tsjit/types'
import { splitSignature } from '../function-signature.ts'
import { StatementReader } from './statements.ts'
import { tokenize } from './tokens.ts'

/**
 * The text of a JavaScript function as a Python `def`: the same tree, so the same compiler. Types come from `types`, or from a comment
 * `// type: (int, Tensor) -> Tensor` in the function; without, parameters are tensors. Throws TSJ_JS_SYNTAX, TSJ_JS_UNSUPPORTED.
 */
export function javascriptDefinition(source: Source, name: string, types?: string): FunctionDef {
  const { tokens, comments } = tokenize(source)
  const reader = new StatementReader(source, tokens)
  const start = reader.token.start
  if (reader.is('async')) reader.unsupported('an async function', start)
  let named = name
  const isFunction = reader.eat('function')
  if (isFunction) {
    if (reader.is('*')) reader.unsupported('a generator', start)
    if (!reader.is('(')) named = reader.name().text
  } else if (reader.token.kind === 'name' && reader.peek().text === '(') reader.next() // a method of an object literal
  const parameters = readParameters(reader)
  const isArrow = reader.eat('=>')
  if (!isArrow && !isFunction && !reader.is('{')) reader.wrong(`expected a function`)
  let body: Statement[]
  if (isArrow && !reader.is('{')) {
    const value = reader.expression()
    body = [{ type: 'Return', value, range: value.range }]
  } else body = reader.block()
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
    body,
    decorators: [],
    range,
  }
}

function readParameters(reader: StatementReader): Parameter[] {
  const parameters: Parameter[] = []
  const one = (): void => {
    const { start } = reader.token
    if (reader.is('...')) reader.unsupported('a rest parameter', start)
    if (reader.is('{') || reader.is('[')) reader.unsupported('taking a parameter apart', start)
    const { text } = reader.name()
    const defaultValue: Expression | undefined = reader.eat('=') ? reader.expression() : undefined
    parameters.push({ name: text, kind: 'positional', range: reader.range(start), ...(defaultValue ? { defaultValue } : {}) })
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
