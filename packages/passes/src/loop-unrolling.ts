import { type Block, cloneNode, type Graph, type Node, type Value } from '@tsjit/ir'
import { constantBool, constantInt, insertInt } from './constants.ts'
import { eliminateDeadCode } from './dead-code-elimination.ts'
import { countNodes } from './inline-calls.ts'

export interface UnrollOptions {
  /** Loops of more turns stay. */
  readonly maxTrips?: number
  /** Loops that would become more nodes than this stay. */
  readonly maxNodes?: number
}

/**
 * Writes out loops with a constant, small number of turns that nothing leaves early:
 *
 *     for i in range(2): x = f(x, i)      becomes      x = f(x, 0); x = f(x, 1)
 */
export function unrollLoops(graph: Graph, { maxTrips = 8, maxNodes = 256 }: UnrollOptions = {}): boolean {
  let changed = false
  const visit = (block: Block): void => {
    for (const node of block.nodes()) {
      for (const inner of node.blocks) visit(inner)
      if (node.kind !== 'prim::Loop') continue
      const trips = constantInt(node.inputs[0])
      const [body] = node.blocks
      if (trips === undefined || trips < 0 || trips > maxTrips) continue
      if (constantBool(node.inputs[1]) !== true || constantBool(body.outputs[0]) !== true) continue
      if (trips * countNodes(body) > maxNodes) continue
      unroll(node, trips)
      changed = true
    }
  }
  visit(graph.block)
  if (changed) eliminateDeadCode(graph)
  return changed
}

function unroll(loop: Node, trips: number): void {
  const [body] = loop.blocks
  let carried: Value[] = loop.inputs.slice(2)
  for (let trip = 0; trip < trips; trip++) {
    const map = new Map<Value, Value>([[body.inputs[0], insertInt(loop, trip)]])
    for (const [i, value] of carried.entries()) map.set(body.inputs[i + 1], value)
    for (const node of body.nodes()) cloneNode(node, loop.owningBlock, map).insertBefore(loop)
    carried = body.outputs.slice(1).map((value) => map.get(value) ?? value)
  }
  for (const [i, output] of loop.outputs.entries()) output.replaceAllUsesWith(carried[i])
  loop.destroy()
}
