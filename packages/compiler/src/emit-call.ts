import type { Call } from '@tsjit/parser'
import { SourceRange, type Type } from '@tsjit/types'
import { emitArguments, emitExpression, emitSugared } from './emit-expression.ts'
import { emitSpecialForm } from './emit-special-form.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import type { ActualArgument } from './schema-matching.ts'
import { SpecialFormValue } from './sugared-values/special-form.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

export function emitCall(emitter: FunctionEmitter, call: Call, hint: Type | undefined, binders = 1): SugaredValue {
  const callee = emitSugared(emitter, call.callee)
  if (callee instanceof SpecialFormValue) return emitSpecialForm(emitter, callee, call, hint)
  const args = emitArguments(emitter, call.args)
  return callee.call(emitter, calleeRange(emitter, call), args, emitKeywords(emitter, call), binders)
}

/**
 * What is called stands for the call. PyTorch reads scripted functions by way of Python's tree; archives by a parser of its own, where `(a).b`
 * begins behind the parenthesis.
 */
function calleeRange({ options }: FunctionEmitter, { callee: { range } }: Call): SourceRange {
  if (!options.foldNegativeLiterals) return range
  let { start } = range
  while (range.source.text[start] === '(') start++
  return new SourceRange(range.source, start, range.end)
}

export function emitKeywords(emitter: FunctionEmitter, call: Call): ActualArgument[] {
  return call.keywords.map(({ name, value, range }) => {
    if (name === null) return fail('TSJ_UNSUPPORTED', 'keyword-arg expansion is not supported', range)
    return { value: emitExpression(emitter, value), name, range }
  })
}
