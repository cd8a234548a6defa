import type { Value } from '@tsjit/ir'
import type { ClassType, SourceRange } from '@tsjit/types'
import type { FunctionEmitter } from './emitter.ts'

/** An object with unset attributes. */
export function emitDefaultObject(emitter: FunctionEmitter, type: ClassType, range: SourceRange): Value {
  return emitter.graph.insert('prim::CreateObject', [], [type], range).output
}
