import type { Value } from '@tsjit/ir'
import type { Expression, For, While } from '@tsjit/parser'
import { IntType, type SourceRange } from '@tsjit/types'
import { insertBool, maxInt } from './constants.ts'
import { emitExpressionsAssign } from './emit-assign.ts'
import { emitToBool } from './emit-condition.ts'
import { emitExpression, emitSugared } from './emit-expression.ts'
import { emitStatements } from './emit-statement.ts'
import type { FunctionEmitter } from './emitter.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

export function emitFor(emitter: FunctionEmitter, statement: For): void {
  emitForLoop(
    emitter,
    statement.target,
    emitSugared(emitter, statement.iterable),
    () => emitStatements(emitter, statement.body),
    statement.range,
  )
}

export function emitWhile(emitter: FunctionEmitter, statement: While): void {
  emitLoop(emitter, () => emitStatements(emitter, statement.body), statement.range, { test: statement.test })
}

/** A loop over an iterable; unrolled where its length is known (tuples, module lists). Also what comprehensions are made of. */
export function emitForLoop(emitter: FunctionEmitter, target: Expression, over: SugaredValue, body: () => void, range: SourceRange): void {
  const iterable = over.iter(emitter, range)
  const length = iterable.staticLength()
  if (length === undefined) {
    emitLoop(emitter, body, range, { iterable, target })
    return
  }
  emitter.withLoopStatus('unrolled', () => {
    for (let i = 0; i < length; i++) {
      // No frame of its own: elements of different types may bind the same variable.
      const index = emitter.literal({ type: IntType, value: i }, range)
      emitExpressionsAssign(emitter, [target], [iterable.getItem(emitter, range, index)], range, 1)
      body()
    }
  })
}

type Control = { readonly iterable: SugaredValue; readonly target: Expression } | { readonly test: Expression }

/**
 * `prim::Loop(max_trip_count)` with the body as first block and the condition of a `while` as second; the conversion to SSA inlines the
 * condition and adds the loop-carried values.
 */
function emitLoop(emitter: FunctionEmitter, body: () => void, range: SourceRange, control: Control): void {
  const { graph } = emitter
  const trips: Value =
    'iterable' in control ? control.iterable.len(emitter, range) : emitter.literal({ type: IntType, value: maxInt }, range)
  const node = graph.insert('prim::Loop', [], 0, range)
  const bodyBlock = node.addBlock()
  node.addInput(trips)
  if ('test' in control) {
    const conditionBlock = node.addBlock()
    emitter.inBlock(conditionBlock, () => {
      conditionBlock.registerOutput(emitToBool(emitter, emitExpression(emitter, control.test), control.test.range))
    })
  } else {
    const always = graph.withInsertPoint(node, () => insertBool(graph, true, range))
    node.addInput(always)
    bodyBlock.registerOutput(always)
  }
  emitter.withLoopStatus('loop', () => {
    const counter = bodyBlock.addInput('', IntType)
    emitter.inBlock(bodyBlock, () => {
      if ('iterable' in control) {
        const element = control.iterable.getItem(emitter, range, counter).asValue(emitter, range)
        emitExpressionsAssign(emitter, [control.target], [new SimpleValue(element)], range, 1)
      }
      body()
    })
  })
}
