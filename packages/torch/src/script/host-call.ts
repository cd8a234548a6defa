import { isStackOverflow, RuntimeError, TsjitError, type Type } from '@tsjit/types'
import { fromUser } from '../user-values.ts'

/**
 * Calls a function of JavaScript from script. Throws TSJ_HOST_RAISED for what it throws (the error itself is the `cause`), TSJ_HOST_ASYNC for
 * a promise, TSJ_ARGUMENT_TYPE for another type than was declared.
 */
export function callHost(name: string, fn: (...args: any[]) => unknown, args: readonly unknown[], result: Type): unknown {
  const value = run(name, fn, args)
  if (value instanceof Promise) {
    // It may fail later, when nobody waits for it any more.
    value.catch(() => {})
    throw new RuntimeError('TSJ_HOST_ASYNC', `'${name}' gave a promise, and script does not wait for JavaScript`, {
      hint: 'give a function that is not async: wait for its inputs before the script runs, and hand them over as arguments',
    })
  }
  return fromUser(value, result, `the result of '${name}'`)
}

function run(name: string, fn: (...args: any[]) => unknown, args: readonly unknown[]): unknown {
  try {
    return fn(...args)
  } catch (cause) {
    if (cause instanceof TsjitError || isStackOverflow(cause) || (cause instanceof Error && cause.name === 'AbortError')) throw cause
    const what = cause instanceof Error ? `${cause.name}: ${cause.message}` : `it threw ${String(cause)}`
    throw new RuntimeError('TSJ_HOST_RAISED', `the JavaScript function '${name}' failed: ${what}`, { cause })
  }
}
