import { ScriptFuture } from '@tsjit/runtime'
import { bindResult, outputValue, Recorder } from '@tsjit/tracer'
import { type FutureType, RuntimeError } from '@tsjit/types'

/** The result of `fork`, for `wait`. */
export type Future<T> = ScriptFuture & { readonly resultType?: T }

/**
 * Calls a function so that `wait` gives its result, as `torch.jit.fork`: JavaScript and PyTorch's eager mode run it at once; in a traced program it is
 * recorded as a fork.
 */
export function fork<A extends unknown[], T>(fn: (...args: A) => T, ...args: A): Future<T> {
  const recorder = Recorder.active
  if (!recorder) return ScriptFuture.completed(fn(...args))
  let result: T | undefined
  const value = recorder.inFork(() => {
    result = fn(...args)
    return outputValue(recorder, result, true, 1)
  })
  const future = ScriptFuture.completed(result)
  recorder.setValue(future, value)
  return future
}

/** The result of what was forked. Throws what it threw, TSJ_FUTURE for what is no future. */
export function wait<T>(future: Future<T>): T {
  if (!(future instanceof ScriptFuture))
    throw new RuntimeError('TSJ_FUTURE', `expected a future to wait for, but found ${typeof future}`, {
      hint: 'pass what torch.jit.fork gave',
    })
  const recorder = Recorder.active
  const value = recorder?.valueOf(future)
  if (!recorder || !value) return future.wait() as T
  const node = recorder.insert('aten::wait', [value], [(value.type as FutureType).element])
  const result = recorder.pause(() => future.wait()) as T
  bindResult(recorder, node.output, result, recorder.anyRequiresGrad(result))
  return result
}
