import type { Block } from '@tsjit/ir'
import type { FunctionDef } from '@tsjit/parser'
import { type ClassType, type FunctionSchema, NoneType, type Type } from '@tsjit/types'
import { insertNone } from './constants.ts'
import { emitReturnValue, emitStatements } from './emit-statement.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { meaningfulName } from './names.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'

/**
 * Emits parameters and body of a `def` into a block and returns the type of its result. The block's output is a placeholder of that
 * type until the returns are lowered.
 */
export function emitDefinition(emitter: FunctionEmitter, def: FunctionDef, declared: FunctionSchema, block: Block, self?: ClassType): Type {
  const { graph, definition } = emitter
  definition.declaredReturn = declared.returns[0]?.type
  def.parameters.forEach((parameter, i) => {
    const input = block.addInput(meaningfulName(parameter.name) ? parameter.name : '', declared.args[i].type)
    const isSelf = self !== undefined && i === 0
    const sugared = isSelf && emitter.options.makeSelf ? emitter.options.makeSelf(input) : new SimpleValue(input)
    emitter.environment.setSugared(parameter.name, sugared, parameter.range)
  })
  emitStatements(emitter, def.body)
  if (!emitter.exitBlocks.has(block)) {
    if (definition.declaredReturn && definition.declaredReturn.kind !== 'None') {
      fail('TSJ_TYPE', 'Function was not annotated as having type None, but does not return along all paths', def.nameRange)
    }
    graph.withInsertPoint(block, () => emitReturnValue(emitter, insertNone(graph, def.range), def.range))
  } else definition.mergedReturn ??= definition.declaredReturn ?? NoneType
  const result = definition.mergedReturn!
  graph.withInsertPoint(block, () => block.registerOutput(graph.insert('prim::Uninitialized', [], [result], def.range).output))
  return result
}
