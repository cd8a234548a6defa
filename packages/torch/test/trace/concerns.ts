/** The kinds of warnings and errors of a trace, in the words of concerns.py. */
import { TsjitError } from '@tsjit/types'
import type * as torch from '../../src/index.ts'

const errors: Readonly<Record<string, string>> = {
  'Graphs differed across invocations!': 'error: graphs differ',
  'Tensor-valued Constant nodes differed': 'error: constants differ',
  'encountered an exception while running the trace': 'error: trace fails',
  'did not have observable data dependence': 'error: no dependence',
  'Cannot insert a Tensor that requires grad': 'error: gradient',
  "didn't return any values": 'error: no result',
  'Only tensors, lists, tuples of tensors': 'error: result',
  'Encountering a dict at the output': 'error: dict result',
  'cannot be traced': 'error: input',
  "Tracing can't be nested": 'error: nested',
  'not part of the active trace': 'error: module',
}

export interface Concerns {
  readonly kinds: string[]
  readonly warnings: readonly torch.jit.TracerWarning[]
  readonly error: TsjitError | undefined
}

export function concernsOf(trace: (onWarning: (warning: torch.jit.TracerWarning) => void) => unknown): Concerns {
  const warnings: torch.jit.TracerWarning[] = []
  const found = new Set<string>()
  let failure: TsjitError | undefined
  try {
    trace((warning) => warnings.push(warning))
  } catch (error) {
    if (!(error instanceof TsjitError)) throw error
    failure = error
    const kinds = Object.entries(errors).flatMap(([text, kind]) => (error.message.includes(text) ? [kind] : []))
    for (const kind of kinds.length > 0 ? kinds : [`error: ${error.message}`]) found.add(kind)
  }
  for (const { concern } of warnings) found.add(concern)
  return { kinds: [...found].sort(), warnings, error: failure }
}
