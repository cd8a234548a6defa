import type { Block, Node } from '@tsjit/ir'
import { constantInt } from '../constants.ts'

/** Reads of a tuple that was built in the graph read the values it was built of. */
export function lowerSimpleTuples(block: Block): void {
  for (const node of block.nodes()) {
    lower(node)
    for (const inner of node.blocks) lowerSimpleTuples(inner)
  }
}

function lower(node: Node): void {
  if (node.kind !== 'prim::TupleUnpack' && node.kind !== 'prim::TupleIndex') return
  const tuple = node.input.node
  if (tuple.kind !== 'prim::TupleConstruct') return
  if (node.kind === 'prim::TupleUnpack') {
    for (const [i, output] of node.outputs.entries()) output.replaceAllUsesWith(tuple.inputs[i])
    return
  }
  const index = constantInt(node.inputs[1])
  if (index === undefined) return
  const at = Number(index) < 0 ? tuple.inputs.length + Number(index) : Number(index)
  if (at >= 0 && at < tuple.inputs.length) node.output.replaceAllUsesWith(tuple.inputs[at])
}
