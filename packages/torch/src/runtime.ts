import { type AddonUnavailable, createCpuBackend, setThreads } from '@tsjit/backend-cpu'
import { createReferenceBackend } from '@tsjit/backend-reference'
import { Executor, type ExecutorOptions } from '@tsjit/executor'
import { decompositionOf } from '@tsjit/ops'
import { type Backend, Dispatcher, defaultGenerator, metadataKernels } from '@tsjit/runtime'

export interface RuntimeOptions {
  /** Who serves the device `cpu`: the native addon (with the reference backend where it cannot be loaded), or the reference backend. */
  readonly cpu?: 'native' | 'reference'
  /** Further backends. */
  readonly backends?: readonly Backend[]
  readonly executor?: Partial<Pick<ExecutorOptions, 'gear' | 'segments' | 'debug' | 'log' | 'print'>>
  /** Threads for the native backend; all cores where absent. */
  readonly threads?: number
}

/** A dispatcher with its backends and an executor. Most programs use `defaultRuntime()`. */
export interface Runtime {
  readonly dispatcher: Dispatcher
  readonly executor: Executor
  /** Threads that the backend of `cpu` uses. */
  readonly threads: number
  /** Why the native addon is not in use, where it was wanted. */
  readonly nativeProblem: AddonUnavailable | undefined
}

export function createRuntime({ cpu = 'native', backends = [], executor = {}, threads }: RuntimeOptions = {}): Runtime {
  const dispatcher = new Dispatcher({ decompositions: decompositionOf, metadataKernels })
  let nativeProblem: AddonUnavailable | undefined
  let native: Backend | undefined
  if (cpu === 'native') {
    native = createCpuBackend({
      ...(threads === undefined ? {} : { threads }),
      onUnavailable: (reason) => {
        nativeProblem = reason
      },
    })
  }
  dispatcher.registerBackend(createReferenceBackend({ deviceTypes: native ? ['reference'] : ['reference', 'cpu'] }))
  if (native) dispatcher.registerBackend(native)
  for (const backend of backends) dispatcher.registerBackend(backend)
  const made = new Executor({ gear: 'codegen', segments: true, ...executor, dispatcher })
  return { dispatcher, nativeProblem, threads: native ? setThreads() : 1, executor: made }
}

let shared: Runtime | undefined

/** The runtime that `load` and the tensor functions use where none is given. */
export function defaultRuntime(): Runtime {
  return (shared ??= createRuntime())
}

/** Starts the random numbers of every runtime anew, as `torch.manual_seed` does. */
export function manualSeed(seed: number | bigint): void {
  defaultGenerator.manualSeed(seed)
}
