import { cloneNode, type Graph, type Value } from '@tsjit/ir'
import type { SourceRange } from '@tsjit/types'

/** Copies a graph's nodes to the insertion point, with `inputs` for its inputs, and returns what its outputs became. */
export function inlineGraph(graph: Graph, callee: Graph, inputs: readonly Value[], range?: SourceRange): Value[] {
  const map = new Map<Value, Value>()
  for (const [i, input] of callee.inputs.entries()) map.set(input, inputs[i])
  for (const node of callee.nodes()) {
    const copy = graph.insertNode(cloneNode(node, graph.insertPoint.owningBlock, map))
    if (range) copy.sourceRange = range
  }
  return callee.outputs.map((output) => map.get(output)!)
}
