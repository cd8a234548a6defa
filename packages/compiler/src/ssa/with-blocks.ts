import type { Block, Node } from '@tsjit/ir'

/** Puts what is between `prim::Enter` and its `prim::Exit` into a `prim::With` of two blocks, so that early exits stay inside. */
export function enterExitToWith(block: Block): void {
  const stack: Node[] = []
  for (const node of block.nodes()) {
    for (const inner of node.blocks) enterExitToWith(inner)
    if (node.kind === 'prim::Enter') stack.push(node)
    else if (node.kind === 'prim::Exit') {
      const enter = stack.pop()
      if (!enter || enter.input !== node.input) throw new Error('prim::Exit without its prim::Enter')
      const scope = block.graph.create('prim::With', [], 0)
      scope.sourceRange = enter.sourceRange
      const body = scope.addBlock()
      const exit = scope.addBlock()
      scope.insertAfter(enter)
      for (let inner = scope.next!; inner !== node; ) {
        const next = inner.next!
        inner.moveBefore(body.returnNode)
        inner = next
      }
      node.moveBefore(exit.returnNode)
    }
  }
}

/** Undoes `enterExitToWith`. */
export function withToEnterExit(block: Block): void {
  for (const node of block.nodes()) {
    for (const inner of node.blocks) withToEnterExit(inner)
    if (node.kind !== 'prim::With') continue
    for (const inner of node.blocks) for (const moved of inner.nodes()) moved.moveBefore(node)
    for (const inner of node.blocks) inner.returnNode.removeAllInputs()
    node.destroy()
  }
}
