import type { Value } from '@tsjit/ir'
import type { Call } from '@tsjit/parser'
import { AwaitType, FutureType, NoneType, type Type } from '@tsjit/types'
import { emitKeywords } from './emit-call.ts'
import { emitArguments, emitSugared } from './emit-expression.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { ClosureValue } from './sugared-values/method.ts'
import { SimpleValue } from './sugared-values/simple-value.ts'
import type { SugaredValue } from './sugared-values/sugared-value.ts'

/**
 * `fork(callable, *args)`: a closure that makes the call, and a node that runs the closure. `cleanup/lift-closures.ts` turns the two
 * into a `prim::fork` with a subgraph.
 */
export function emitFork(emitter: FunctionEmitter, call: Call, kind: 'prim::fork' | 'prim::awaitable'): SugaredValue {
  const { graph } = emitter
  const { range } = call
  if (call.args.length === 0) fail('TSJ_ARGUMENTS', 'Expected at least one argument to fork()', range)
  const callable = emitSugared(emitter, call.args[0])
  const args = emitArguments(emitter, call.args.slice(1))
  const kwargs = emitKeywords(emitter, call)
  let closure: Value
  let result: Type
  if (callable instanceof ClosureValue) {
    closure = callable.value
    const [block] = closure.node.blocks
    if (block.inputs.length > 0 || args.length > 0 || kwargs.length > 0)
      fail('TSJ_UNSUPPORTED', 'Cannot fork lambda with parameters', range)
    result = block.outputs[0].type
  } else {
    const node = graph.insert('prim::Closure', [], [NoneType], range)
    const block = node.addBlock()
    let value!: Value
    emitter.inDefinition(block, () => {
      value = callable.call(emitter, range, args, kwargs).asValue(emitter, range)
      block.registerOutput(value)
    })
    closure = node.output
    result = value.type
  }
  const type = kind === 'prim::fork' ? new FutureType(result) : new AwaitType(result)
  return new SimpleValue(graph.insert(`${kind}Closure`, [closure], [type], range).output)
}
