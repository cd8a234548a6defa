import { createRuntime, type Runtime } from '@tsjit/torch'
import { TsjitError } from '@tsjit/types'

/** Options that every command which runs a model takes. */
export const commonOptions = {
  device: { type: 'string' },
  gear: { type: 'string' },
  'no-segments': { type: 'boolean' },
  threads: { type: 'string' },
  json: { type: 'boolean' },
  debug: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

export interface CommonValues {
  readonly device?: string | undefined
  readonly gear?: string | undefined
  readonly 'no-segments'?: boolean | undefined
  readonly threads?: string | undefined
}

/** The runtime that the options ask for. Throws TSJ_USAGE. */
export function makeRuntime(values: CommonValues): Runtime {
  const device = values.device ?? 'cpu'
  if (device !== 'cpu' && device !== 'reference') throw new TsjitError('TSJ_USAGE', `unknown device '${device}'`, { hint: 'devices: cpu, reference' })
  const gear = values.gear ?? 'codegen'
  if (gear !== 'codegen' && gear !== 'interpreter') throw new TsjitError('TSJ_USAGE', `unknown gear '${gear}'`, { hint: 'gears: codegen, interpreter' })
  const threads = values.threads === undefined ? undefined : Number(values.threads)
  if (threads !== undefined && (!Number.isInteger(threads) || threads < 1 || threads > 1024)) throw new TsjitError('TSJ_USAGE', `--threads must be a whole number from 1 to 1024, found '${values.threads}'`)
  return createRuntime({
    cpu: device === 'reference' ? 'reference' : 'native',
    executor: { gear, segments: !values['no-segments'] },
    ...(threads === undefined ? {} : { threads }),
  })
}
