import type { Block } from '@tsjit/ir'

/** `[]` that no call gave a type becomes a list of tensors. */
export function eraseListLiterals(block: Block): void {
  for (const node of block.nodes()) {
    for (const inner of node.blocks) eraseListLiterals(inner)
    if (node.kind !== 'prim::EmptyListLiteral') continue
    if (node.hasUses()) {
      const list = block.graph.create('prim::ListConstruct', [], [node.output.type]).insertBefore(node)
      list.sourceRange = node.sourceRange
      node.replaceAllUsesWith(list)
    }
    node.destroy()
  }
}
