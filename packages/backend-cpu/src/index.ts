import { createReferenceBackend } from '@tsjit/backend-reference'
import { type Backend, backendApiVersion, type Kernel, type Operator } from '@tsjit/runtime/backend'
import { type AddonUnavailable, loadAddon } from './addon.ts'
import { nativeKernel } from './kernels.ts'
import { CpuMemory } from './memory.ts'
import { CpuSegmentCompiler } from './segment.ts'

export type { AddonUnavailable } from './addon.ts'
export { CpuSegment } from './segment.ts'

export interface CpuBackendOptions {
  /** Threads that kernels use. Default: as many as the machine's cores (or OMP_NUM_THREADS). */
  threads?: number
  /** Told why there is no native backend. */
  onUnavailable?: (reason: AddonUnavailable) => void
}

/** The native CPU backend, or undefined where its addon cannot be loaded (`onUnavailable` says why). */
export function createCpuBackend(options: CpuBackendOptions = {}): Backend | undefined {
  const loaded = loadAddon()
  if ('code' in loaded) {
    options.onUnavailable?.(loaded)
    return undefined
  }
  const { addon, path } = loaded
  if (options.threads !== undefined) addon.threads(checkedThreads(options.threads))
  const memory = new CpuMemory(addon)
  const compiler = new CpuSegmentCompiler(addon, memory)
  const reference = createReferenceBackend({ deviceTypes: ['cpu'] })
  const kernels = new Map<string, Kernel | undefined>()
  return {
    name: 'cpu',
    apiVersion: backendApiVersion,
    deviceTypes: ['cpu'],
    hostAccessible: true,
    allocate: (byteLength, device) => memory.allocate(byteLength, device),
    adopt: (buffer, device) => memory.adopt(buffer, device),
    checkFile(descriptor, parts) {
      const check = addon.startFileCheck(descriptor, parts)
      return check === 0 ? undefined : () => addon.endFileCheck(check)
    },
    fromFile: (descriptor, offset, byteLength, device) => memory.fromFile(descriptor, offset, byteLength, device),
    kernel(operator: Operator): Kernel | undefined {
      if (!kernels.has(operator.key)) {
        const fallback = (): Kernel | undefined => reference.kernel(operator)
        kernels.set(operator.key, nativeKernel(operator, compiler, fallback) ?? fallback())
      }
      return kernels.get(operator.key)
    },
    segments: compiler,
    describe() {
      const facts = Object.fromEntries(
        addon
          .describe()
          .split('\n')
          .map((line) => line.split('\t')),
      )
      return {
        addon: path,
        instructions: facts.instructions,
        oneDNN: facts.onednn ?? 'not built in: own kernels only',
        threads: addon.threads(),
        openMP: facts.openmp ?? 'no',
        kernels: addon.kernels().trimEnd().split('\n').length,
        memory: addon.memoryStatistics(),
      }
    },
  }
}

/** Sets how many threads native kernels use; undefined asks. Returns the count, or 0 without an addon. */
export function setThreads(count?: number): number {
  const loaded = loadAddon()
  if ('code' in loaded) return 0
  return count === undefined ? loaded.addon.threads() : loaded.addon.threads(checkedThreads(count))
}

/** Why the native backend is not there, or undefined where it is. */
export function cpuUnavailable(): AddonUnavailable | undefined {
  const loaded = loadAddon()
  return 'code' in loaded ? loaded : undefined
}

function checkedThreads(count: number): number {
  if (!Number.isInteger(count) || count < 1 || count > 1024) throw new RangeError(`threads must be an integer from 1 to 1024, not ${count}`)
  return count
}
