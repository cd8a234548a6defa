import type { Block, Graph, Node, Use, Value } from '@tsjit/ir'

/** Sorts the outputs of `prim::If` and `prim::Loop` by their first use, so that equal programs give equal graphs. */
export function canonicalizeOutputs(graph: Graph): void {
  let count = 0
  let hasSeveral = false
  const number = (block: Block): void => {
    for (const node of block.nodes()) {
      node.mark = count++
      if (node.blocks.length === 0) continue
      for (const inner of node.blocks) number(inner)
      hasSeveral ||= node.outputs.length > 1
    }
    block.returnNode.mark = count++
  }
  number(graph.block)
  if (!hasSeveral) return
  const isBefore = (a: Use, b: Use): boolean => (a.user === b.user ? a.index < b.index : a.user.mark < b.user.mark)
  const firstUse = ({ uses }: Value): Use | undefined => {
    let first = uses[0] as Use | undefined
    for (const use of uses) if (isBefore(use, first!)) first = use
    return first
  }
  const sorted = (values: readonly Value[]): number[] => {
    const firsts = values.map(firstUse)
    return values
      .map((_, i) => i)
      .sort((i, j) => {
        const a = firsts[i]
        const b = firsts[j]
        if (!a || !b) return a === b ? i - j : a ? -1 : 1
        return isBefore(a, b) ? -1 : 1
      })
  }
  // Backwards: the order of outputs depends on the uses behind them.
  const visit = (block: Block): void => {
    for (const node of block.nodesReversed()) {
      if ((node.kind === 'prim::If' || node.kind === 'prim::Loop') && node.outputs.length > 1) {
        const permutation = sorted(node.outputs)
        if (permutation.some((from, to) => from !== to)) permute(node, permutation)
      }
      for (const inner of node.blocks) visit(inner)
    }
  }
  visit(graph.block)
}

/** Output `i` becomes what output `permutation[i]` was. */
function permute(node: Node, permutation: readonly number[]): void {
  permuteOutputs(node, permutation, 0)
  if (node.kind === 'prim::If') {
    for (const block of node.blocks) permuteInputs(block.returnNode, permutation, 0)
    return
  }
  const [body] = node.blocks
  permuteInputs(node, permutation, 2)
  permuteOutputs(body.paramNode, permutation, 1)
  permuteInputs(body.returnNode, permutation, 1)
}

function permuteOutputs(node: Node, permutation: readonly number[], skip: number): void {
  node.reorderOutputs([...node.outputs.slice(0, skip), ...permutation.map((from) => node.outputs[from + skip])])
}

function permuteInputs(node: Node, permutation: readonly number[], skip: number): void {
  const before = node.inputs.slice(skip)
  permutation.forEach((from, to) => void node.replaceInput(to + skip, before[from]))
}
