import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What the native addon exports; see `native/src/bridge.cc`. */
export interface Addon {
  compile(program: Int32Array, strings: string, name: string, constants: Float64Array, addresses: Float64Array): number
  setConstants(handle: number, constants: Float64Array, addresses: Float64Array): boolean
  bind(handle: number, signature: Float64Array, addresses: Float64Array, floats: Float64Array, results: Float64Array): void
  plan(handle: number, signatureLength: number): number
  template(handle: number): Float64Array
  run(handle: number, ...outputs: ArrayBuffer[]): number | undefined
  runAsync(handle: number, leaves: number, floats: number): Promise<void>
  dispose(handle: number): void
  lastError(): string
  kernels(): string
  supports(op: string): boolean
  threads(count?: number): number
  listing(handle: number): string
  profile(handle: number, on: boolean): void
  describe(): string
  allocate(byteLength: number, address: Float64Array): ArrayBuffer | undefined
  reserve(byteLength: number, address: Float64Array, descriptor: number, offset: number): ArrayBuffer | undefined
  fill(address: number): ArrayBuffer | undefined
  startFileCheck(descriptor: number, parts: Float64Array): number
  endFileCheck(check: number): number
  addressOf(buffer: ArrayBuffer | Uint8Array): number
  detach(buffer: ArrayBuffer): void
  memoryStatistics(): { inUse: number; cached: number }
  trim(): void
}

export interface LoadedAddon {
  readonly addon: Addon
  readonly path: string
}

/** Why there is no addon; `createCpuBackend` gives it to its `onUnavailable`. */
export interface AddonUnavailable {
  readonly code: 'TSJ_ADDON_DISABLED' | 'TSJ_ADDON_MISSING' | 'TSJ_ADDON_BROKEN'
  readonly message: string
  readonly tried: readonly string[]
}

let loaded: LoadedAddon | AddonUnavailable | undefined

/**
 * Loads the addon once: `TSJIT_CPU_ADDON`, then this package's own build, then the package for this platform
 * (`@tsjit/backend-cpu-linux-x64`). `TSJIT_CPU=0` turns it off.
 */
export function loadAddon(): LoadedAddon | AddonUnavailable {
  return (loaded ??= findAddon())
}

function findAddon(): LoadedAddon | AddonUnavailable {
  if (process.env.TSJIT_CPU === '0')
    return { code: 'TSJ_ADDON_DISABLED', message: 'the native CPU backend is turned off by TSJIT_CPU=0', tried: [] }
  const require = createRequire(import.meta.url)
  const here = dirname(fileURLToPath(import.meta.url))
  const platform = `@tsjit/backend-cpu-${process.platform}-${process.arch}`
  const candidates = process.env.TSJIT_CPU_ADDON
    ? [process.env.TSJIT_CPU_ADDON]
    : [join(here, '..', 'build', 'Release', 'tsjit_cpu.node'), platform]
  const tried: string[] = []
  for (const candidate of candidates) {
    if (candidate !== platform && !existsSync(candidate)) {
      tried.push(`${candidate}: no such file`)
      continue
    }
    try {
      const path = require.resolve(candidate)
      return { addon: withShortSpins(() => require(path) as Addon), path }
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException
      if (code === 'MODULE_NOT_FOUND') tried.push(`${candidate}: not installed`)
      else
        return { code: 'TSJ_ADDON_BROKEN', message: `the native CPU backend could not be loaded: ${message}`, tried: [...tried, candidate] }
    }
  }
  return {
    code: 'TSJ_ADDON_MISSING',
    message: `there is no native CPU backend for ${process.platform}-${process.arch}: build it with 'pnpm --filter @tsjit/backend-cpu build:native' or install '${platform}'`,
    tried,
  }
}

/**
 * GNU OpenMP reads its settings when it is loaded. By default its threads spin at the end of each region for milliseconds; where another thread runs on
 * one of the cores (a second process, V8's own workers), the one that waits keeps the core that the other one needs. 20,000 turns are some 0.2 ms, longer than the pauses between
 * steps of a plan. What the user set stays.
 */
function withShortSpins<T>(load: () => T): T {
  if (process.env.GOMP_SPINCOUNT !== undefined || process.env.OMP_WAIT_POLICY !== undefined) return load()
  process.env.GOMP_SPINCOUNT = '20000'
  try {
    return load()
  } finally {
    delete process.env.GOMP_SPINCOUNT
  }
}
