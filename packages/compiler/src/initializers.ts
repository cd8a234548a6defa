import type { ClassType } from '@tsjit/types'
import type { FunctionEmitter } from './emitter.ts'
import { lastAtom } from './names.ts'

/** Whether the function being compiled is the `__init__` of this class: there, setting an unknown attribute declares it. */
export function isInitializing(emitter: FunctionEmitter, owner: ClassType): boolean {
  return lastAtom(emitter.name) === '__init__' && emitter.graph.inputs[0]?.type === owner
}
