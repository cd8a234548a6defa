import { setOptimizing } from '@tsjit/executor'

/** What `optimizedExecution` gives without a body: `using _ = optimizedExecution(false)` puts back what was. */
export interface OptimizedExecution {
  restore(): void
  [Symbol.dispose](): void
}

/**
 * Turns optimisation on or off, as `torch.jit.optimized_execution`. Off, graphs run as they were compiled, node by node in the interpreter: to see
 * whether a difference or an error comes from an optimisation. With a body, until it ends (or what it promises settles), and its result is returned.
 */
export function optimizedExecution(on: boolean): OptimizedExecution
export function optimizedExecution<T>(on: boolean, body: () => T): T
export function optimizedExecution<T>(on: boolean, body?: () => T): T | OptimizedExecution {
  const before = setOptimizing(on)
  const restore = (): void => void setOptimizing(before)
  if (!body) return { restore, [Symbol.dispose]: restore }
  let waits = false
  try {
    const result = body()
    if (result instanceof Promise) {
      waits = true
      return result.finally(restore) as T
    }
    return result
  } finally {
    if (!waits) restore()
  }
}
