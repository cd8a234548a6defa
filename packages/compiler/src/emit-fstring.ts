import type { Value } from '@tsjit/ir'
import type { FString } from '@tsjit/parser'
import { emitBuiltin } from './builtin-calls.ts'
import { insertString } from './constants.ts'
import { emitExpression } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'

/** `f"a{x}b"` as `"a{}b".format(x)`. */
export function emitFString(emitter: FunctionEmitter, { parts, range }: FString): Value {
  const self = insertString(emitter.graph, parts.map((part) => (typeof part === 'string' ? part : '{}')).join(''), range)
  const values: Value[] = []
  for (const part of parts) {
    if (typeof part === 'string') continue
    if (part.conversion !== undefined) fail('TSJ_UNSUPPORTED', "Don't support conversion in JoinedStr", part.range)
    if (part.formatSpec !== undefined) fail('TSJ_UNSUPPORTED', "Don't support formatting in JoinedStr", part.range)
    values.push(emitExpression(emitter, part.value))
  }
  return emitBuiltin(emitter, 'aten::format', { args: values.map((value) => ({ value })), kwargs: [], self: { value: self } }, range)
}
