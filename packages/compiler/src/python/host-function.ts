import type { Callable, FunctionSchema } from '@tsjit/types'

/** A function of the host's language with a declared signature: script calls it, and programs that do run but do not save. */
export class HostFunction implements Callable {
  constructor(
    readonly name: string,
    readonly schema: FunctionSchema,
    /** Takes and returns runtime values. */
    readonly host: (...args: unknown[]) => unknown,
  ) {}
}
