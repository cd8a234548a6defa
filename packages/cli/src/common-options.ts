import { statSync } from 'node:fs'
import { createRuntime, jit, type Runtime } from '@tsjit/torch'
import type { OptionTable } from './command.ts'
import { usageError } from './usage-error.ts'

/** Options that every command which runs a model takes. */
export const runtimeOptions = {
  device: { type: 'string' },
  gear: { type: 'string' },
  'no-segments': { type: 'boolean' },
  threads: { type: 'string' },
} as const satisfies OptionTable

/** Their lines in a help text. */
export const runtimeHelp = `  --device D       cpu (default: the native addon) or reference (plain TypeScript)
  --gear G         codegen (default) or interpreter
  --no-segments    run operator by operator
  --threads N      threads of the native backend`

/** The runtime that the options ask for. Throws TSJ_USAGE. */
export function makeRuntime(values: Readonly<Record<string, any>>): Runtime {
  const device: string = values.device ?? 'cpu'
  if (device !== 'cpu' && device !== 'reference') throw usageError(`unknown device '${device}'`, 'devices: cpu, reference')
  const gear: string = values.gear ?? 'codegen'
  if (gear !== 'codegen' && gear !== 'interpreter') throw usageError(`unknown gear '${gear}'`, 'gears: codegen, interpreter')
  const threads = values.threads === undefined ? undefined : wholeNumber('--threads', values.threads, 1, 1024)
  return createRuntime({
    cpu: device === 'reference' ? 'reference' : 'native',
    executor: { gear, segments: !values['no-segments'], ...(values.json ? { print: (text) => process.stderr.write(text) } : {}) },
    ...(threads === undefined ? {} : { threads }),
  })
}

/** Throws TSJ_USAGE. */
export function wholeNumber(option: string, text: string, low: number, high: number): number {
  const value = Number(text)
  if (!/^-?\d+$/.test(text) || value < low || value > high)
    throw usageError(`${option} must be a whole number from ${low} to ${high}, found '${text}'`)
  return value
}

/** Loads an archive, all its tensors on the host. `toLook` keeps operators that do not exist here. */
export async function loadModel(path: string, runtime: Runtime, { toLook = false }: { toLook?: boolean } = {}): Promise<jit.ScriptModule> {
  checkFile(path)
  return jit.load(path, { runtime, mapLocation: 'cpu', keepUnknownOperators: toLook })
}

/** Throws TSJ_USAGE. */
export function checkFile(path: string): void {
  const found = statSync(path, { throwIfNoEntry: false })
  if (!found) throw usageError(`there is no file ${path}`)
  if (!found.isFile()) throw usageError(`${path} is not a file`)
}
