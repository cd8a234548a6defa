import { type Block, cloneBlockInto, Graph, type Node, type Value } from '@tsjit/ir'
import { fail } from '../errors.ts'

/**
 * Turns closures that are forked into `prim::fork[Subgraph]`, whose inputs are the values that the closure captures:
 *
 *   %c = prim::Closure()                    %f = prim::fork[Subgraph](%x)
 *     block0(): %y = aten::relu(%x)    →    with prim::fork: graph(%x): %y = aten::relu(%x); return (%y)
 *   %f = prim::forkClosure(%c)
 *
 * `cleanup` runs on each subgraph as often as PyTorch does (once lifted, once inlined).
 */
export function liftClosures(graph: Graph, cleanup: (graph: Graph) => void): void {
  liftIn(graph.block, cleanup)
}

function liftIn(block: Block, cleanup: (graph: Graph) => void): void {
  for (const node of block.nodes()) {
    for (const inner of node.kind === 'prim::Closure' ? [] : node.blocks) liftIn(inner, cleanup)
    if (node.kind !== 'prim::forkClosure' && node.kind !== 'prim::awaitableClosure') continue
    const closure = node.input.node
    if (closure.kind !== 'prim::Closure') fail('TSJ_UNSUPPORTED', 'Cannot fork this value', node.sourceRange)
    const captured = capturedValues(closure.blocks[0])
    const fork = block.graph.create(node.kind.replace('Closure', ''), captured, [node.output.type]).insertAfter(node)
    fork.sourceRange = node.sourceRange
    if (node.output.debugName) block.graph.nameValue(fork.output, node.output.debugName)
    node.replaceAllUsesWith(fork)
    node.destroy()
    const subgraph = subgraphOf(closure.blocks[0], captured)
    cleanup(subgraph)
    cleanup(subgraph)
    fork.setAttribute('Subgraph', { kind: 'g', value: subgraph })
  }
  for (const node of block.nodesReversed()) if (node.kind === 'prim::Closure' && !node.hasUses()) node.destroy()
}

/** The values from outside that the block uses, in order of their first use. */
function capturedValues(block: Block): Value[] {
  const inside = new Set<Value>()
  const captured = new Set<Value>()
  const use = (value: Value): void => {
    if (!inside.has(value)) captured.add(value)
  }
  const visitNode = (node: Node): void => {
    node.inputs.forEach(use)
    node.blocks.forEach(visitBlock)
    for (const output of node.outputs) inside.add(output)
  }
  const visitBlock = (inner: Block): void => {
    for (const input of inner.inputs) inside.add(input)
    for (const node of inner.nodes()) visitNode(node)
    inner.outputs.forEach(use)
  }
  visitBlock(block)
  return [...captured]
}

function subgraphOf(block: Block, captured: readonly Value[]): Graph {
  const subgraph = new Graph()
  const map = new Map<Value, Value>()
  for (const value of captured) map.set(value, subgraph.addInput(value.debugName, value.type))
  cloneBlockInto(block, subgraph.block, map)
  return subgraph
}
