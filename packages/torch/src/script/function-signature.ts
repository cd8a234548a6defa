import { typeFromExpression } from '@tsjit/compiler'
import { type Expression, parseExpression, parseModule } from '@tsjit/parser'
import { type Argument, CompileError, FunctionSchema, Source, type Type } from '@tsjit/types'

const nothing = { resolveType: () => undefined }

/** A type as annotations write it: `Tuple[Tensor, int]`. Throws `CompileError`. */
export function parseType(text: string): Type {
  return typeFromExpression(parseExpression(new Source(text, '<type>')), nothing)
}

/** A signature in the manner of MyPy's comments: `(int, Tuple[Tensor, Tensor]) -> Tensor`, names optional (`(x: int) -> int`). */
export function parseSignature(name: string, text: string): FunctionSchema {
  const [parameters, result] = splitSignature(text)
  const args = parameters.map((parameter, i): Argument => {
    const type = typeFromExpression(parameter.type, nothing)
    return { name: parameter.name ?? `arg${i}`, type, typeText: type.toString(), hasDefault: false, kwargOnly: false }
  })
  const type = typeFromExpression(result, nothing)
  return new FunctionSchema(name, '', args, [{ name: '', type, typeText: type.toString(), hasDefault: false, kwargOnly: false }])
}

interface SignatureParameter {
  readonly name: string | undefined
  readonly type: Expression
}

/** The parameters and the result of a signature, as expressions. Throws TSJ_SIGNATURE. */
export function splitSignature(text: string): [SignatureParameter[], Expression] {
  const match = /^\s*\(([\s\S]*)\)\s*->([\s\S]+)$/.exec(text)
  if (!match) {
    throw new CompileError('TSJ_SIGNATURE', `'${text}' is not a signature`, { hint: "write it as '(Tensor, int) -> Tensor'" })
  }
  const named = /^\s*\w+\s*:/.test(match[1])
  const result = parseExpression(new Source(match[2].trim(), '<signature>'))
  if (match[1].trim() === '') return [[], result]
  if (!named) {
    const parsed = parseExpression(new Source(`${match[1]},`, '<signature>'))
    const types = parsed.type === 'Tuple' ? parsed.elements : [parsed]
    return [types.map((type) => ({ name: undefined, type })), result]
  }
  const [def] = parseModule(new Source(`def f(${match[1]}): pass\n`, '<signature>')).body
  if (def?.type !== 'FunctionDef') throw new CompileError('TSJ_SIGNATURE', `'${text}' is not a signature`)
  const parameters = def.parameters.map(({ name, annotation, range }): SignatureParameter => {
    if (!annotation) throw new CompileError('TSJ_SIGNATURE', `parameter '${name}' of a signature has no type`, { range })
    return { name, type: annotation }
  })
  return [parameters, result]
}
