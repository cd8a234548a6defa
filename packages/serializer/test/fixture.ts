import { readFileSync } from 'node:fs'
import { TsjitError } from '@tsjit/types'

/** The bytes of a file that `fixtures/make.py` made. */
export function fixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`./fixtures/${name}`, import.meta.url)))
}

/** The code of the typed error that `action` throws; anything else it throws goes on, and `none` says that it threw nothing. */
export function codeOf(action: () => unknown): string {
  try {
    action()
  } catch (error) {
    if (error instanceof TsjitError) return error.code
    throw error
  }
  return 'none'
}

export function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1')
}
