import type { PickleGlobal } from './pickle-global.ts'
import { PyDict, PyFloat, PyObject, PySet, PyTuple } from './python-values.ts'

/** A global on the stack. A pickle that leaves one in its result holds a class or function as a value. */
export class GlobalReference {
  constructor(readonly target: PickleGlobal) {}
}

/** A value's Python type, for messages. */
export function describe(value: unknown): string {
  if (value === null) return 'None'
  if (Array.isArray(value)) return 'a list'
  if (value instanceof PyTuple) return 'a tuple'
  if (value instanceof PyDict) return 'a dict'
  if (value instanceof PySet) return 'a set'
  if (value instanceof PyFloat) return 'a float'
  if (value instanceof Uint8Array) return 'bytes'
  if (value instanceof GlobalReference) return `the global ${printable(`${value.target.module}.${value.target.name}`)}`
  if (value instanceof PyObject) return `an instance of ${printable(`${value.class.module}.${value.class.name}`)}`
  switch (typeof value) {
    case 'string':
      return `the str ${printable(JSON.stringify(value))}`
    case 'boolean':
      return value ? 'True' : 'False'
    case 'number':
    case 'bigint':
      return `the int ${value}`
  }
  return `a ${(value as object | undefined)?.constructor?.name ?? typeof value}`
}

/** Text of a pickle for a message: short, no control characters. */
export function printable(text: string): string {
  const clean = text.replace(/[\p{C}]/gu, '?')
  return clean.length > 120 ? `${clean.slice(0, 117)}...` : clean
}
