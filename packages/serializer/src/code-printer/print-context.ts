import type { FunctionSchema, SourceRange, Type } from '@tsjit/types'
import type { ConstantContext } from './constant-text.ts'

/** A call of a function of the host language, which archives cannot hold. */
export interface HostCall {
  readonly callee: string
  /** The function that calls. */
  readonly caller: string
  readonly range: SourceRange | undefined
}

/** What printing adds to, beside the text: one for each archive. */
export interface PrintContext extends ConstantContext {
  /** The text uses this class, interface, enum, NamedTuple or function. */
  dependOn(type: Type): void
  noteOperator(schema: FunctionSchema): void
  noteHostCall(call: HostCall): void
}
