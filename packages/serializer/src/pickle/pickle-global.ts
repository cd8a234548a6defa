import type { ArchiveError } from '@tsjit/types'

/** What a global's functions may use of the unpickler that calls them. */
export interface PickleContext {
  /** Counts work or memory that is out of proportion to the pickle's length. Throws TSJ_PICKLE_LIMIT. */
  charge(amount: number): void
  /** An error that carries record and offset; throw it. */
  error(code: string, reason: string, hint?: string): ArchiveError
}

/**
 * One class or function that a pickle may name. It is a description: nothing of the pickle decides what code runs, only which of
 * these entries is used.
 */
export interface PickleGlobal {
  readonly module: string
  readonly name: string
  /** Where the name stands for a plain value (a dtype, a storage class): the value. */
  readonly value?: unknown
  /** REDUCE: makes the result of a call. Without it a call is TSJ_PICKLE_FORBIDDEN_CALL. */
  reduce?(args: readonly unknown[], context: PickleContext): unknown
  /** NEWOBJ makes a `PyObject` of this class. */
  readonly instantiable?: boolean
  /** BUILD on an instance: returns what takes the instance's place on the stack. Without it the state is stored in the `PyObject`. */
  build?(instance: unknown, state: unknown, context: PickleContext): unknown
}

/** The closed list: undefined is the refusal of a name. */
export type FindGlobal = (module: string, name: string) => PickleGlobal | undefined

/** An object that takes the state that BUILD gives it. */
export const setState: unique symbol = Symbol('setState')
export interface Stateful {
  [setState](state: unknown): void
}
