import type { Value } from '@tsjit/ir'
import type { SourceRange, Type } from '@tsjit/types'
import type { FunctionEmitter } from '../emitter.ts'
import { fail } from '../errors.ts'
import type { ActualArgument } from '../schema-matching.ts'
import type { SimpleValue } from './simple-value.ts'

/**
 * What an expression of the source stands for while it is compiled: a value of the graph (`SimpleValue`), or something that has a
 * meaning only by how it is used (a module, a class, a function, `range(…)`, `torch.nn`). Subclasses say what can be done with them.
 */
export abstract class SugaredValue {
  /** What error messages call it. */
  abstract readonly kind: string
  declare readonly simple: Value | undefined

  asValue(_emitter: FunctionEmitter, range: SourceRange): Value {
    return fail('TSJ_TYPE', `${this.kind} cannot be used as a value`, range)
  }
  attr(_emitter: FunctionEmitter, range: SourceRange, _name: string): SugaredValue {
    return fail('TSJ_ATTRIBUTE', `attribute lookup is not defined on ${this.kind}`, range)
  }
  hasAttr(_emitter: FunctionEmitter, range: SourceRange, _name: string): boolean {
    return fail('TSJ_ATTRIBUTE', `attribute lookup is not defined on ${this.kind}`, range)
  }
  setAttr(_emitter: FunctionEmitter, range: SourceRange, _name: string, _value: Value): void {
    fail('TSJ_ATTRIBUTE', `attribute assignment is not defined on ${this.kind}`, range)
  }
  /** `size` is how many parts the caller unpacks into, where it knows. */
  asTuple(_emitter: FunctionEmitter, range: SourceRange, _size?: number): readonly SugaredValue[] {
    return fail('TSJ_TYPE', `${this.kind} cannot be used as a tuple`, range)
  }
  /** `binders` is how many results the caller uses: none of a call that is a statement, more of one that is unpacked. */
  call(
    _emitter: FunctionEmitter,
    range: SourceRange,
    _args: readonly ActualArgument[],
    _kwargs: readonly ActualArgument[],
    _binders?: number,
  ): SugaredValue {
    return fail('TSJ_TYPE', `cannot call a ${this.kind}`, range)
  }
  /** What a `for` goes over. */
  iter(_emitter: FunctionEmitter, range: SourceRange): SugaredValue {
    return fail('TSJ_TYPE', `${this.kind} cannot be used as an iterable`, range)
  }
  /** A length known at compile time: loops over it are unrolled. */
  staticLength(): number | undefined {
    return undefined
  }
  len(_emitter: FunctionEmitter, range: SourceRange): Value {
    return fail('TSJ_TYPE', `'${this.kind}' object is not iterable`, range)
  }
  getItem(_emitter: FunctionEmitter, range: SourceRange, _index: Value, _hint?: Type): SugaredValue {
    return fail('TSJ_TYPE', `'${this.kind}' object is not subscriptable`, range)
  }
}

export function asSimple(sugared: SugaredValue): Value | undefined {
  return (sugared as SimpleValue).simple
}
