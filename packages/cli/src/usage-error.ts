import { TsjitError } from '@tsjit/types'

/** A command line that cannot be meant: exit status 2. */
export function usageError(reason: string, hint?: string): TsjitError {
  return new TsjitError('TSJ_USAGE', reason, hint === undefined ? {} : { hint })
}
