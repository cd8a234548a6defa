import type { Builtin, NodeBuiltin } from './builtin.ts'
import { calls } from './calls.ts'
import { conversions, tensorConversions } from './conversions.ts'
import { dictLookups, dicts } from './dict.ts'
import { formats } from './format.ts'
import { lists } from './list.ts'
import { math } from './math.ts'
import { enumsAndIdentities, objects } from './objects.ts'
import { scalarArithmetic } from './scalar-arithmetic.ts'
import { anySorting } from './sort-any.ts'
import { strings } from './string.ts'
import { identities, structures } from './structure.ts'
import { nodeSystem, system } from './system.ts'
import { tensors } from './tensors.ts'

/** Operators that need nothing but their arguments, by operator key. */
export const builtins: ReadonlyMap<string, Builtin> = new Map(
  [scalarArithmetic, math, lists, dicts, strings, conversions, identities, enumsAndIdentities, system].flatMap((table) =>
    Object.entries(table),
  ),
)

/** Operators that look at their node, by operator key or node kind. */
export const nodeBuiltins: ReadonlyMap<string, NodeBuiltin> = new Map(
  [structures, objects, calls, dictLookups, formats, tensorConversions, tensors, anySorting, nodeSystem].flatMap((table) =>
    Object.entries(table),
  ),
)

/** Whether the executor computes the operator itself. */
export function isBuiltin(key: string): boolean {
  return builtins.has(key) || nodeBuiltins.has(key)
}
