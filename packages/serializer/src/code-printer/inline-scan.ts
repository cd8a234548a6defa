import type { Block, Node, Value } from '@tsjit/ir'

/** Nodes with a subgraph: it may use an input more than once. */
const subgraphKinds = new Set(['prim::fork', 'prim::awaitable', 'prim::rpc_async', 'prim::rpc_sync', 'prim::rpc_remote'])

/**
 * Finds the nodes whose results may be written where they are used. Reading an expression back evaluates it left to right, operands
 * first; so, going backwards from a node over its inputs from the right, each input that was made by the node just before can be
 * inlined without changing the order. Constants always can.
 */
export class InlineScan {
  private readonly inlined = new Set<Node>()

  has(node: Node): boolean {
    return this.inlined.has(node)
  }

  block(block: Block): void {
    this.node(block.returnNode)
    for (const node of block.nodesReversed()) this.node(node)
  }

  /** Returns the last node that is not yet part of an expression. */
  private node(node: Node): Node {
    if (this.inlined.has(node)) return node
    for (const block of node.blocks) this.block(block)
    let point = previousNonConstant(node)
    for (let i = node.inputs.length - 1; i >= 0; i--) point = this.value(point, node.inputs[i])
    return point
  }

  private value(point: Node, value: Value): Node {
    const { node } = value
    if (node === point && node.kind !== 'prim::Param' && canInline(value)) {
      const before = this.node(node)
      this.inlined.add(node)
      return before
    }
    if (node.kind === 'prim::Constant') this.inlined.add(node)
    return point
  }
}

function previousNonConstant(node: Node): Node {
  let before = node.prev!
  while (before.kind === 'prim::Constant') before = before.prev!
  return before
}

function canInline(value: Value): boolean {
  const { node, uses } = value
  if (node.outputs.length !== 1 || uses.length !== 1 || node.blocks.length > 0) return false
  const [{ user, index }] = uses
  // The program gave it a name; only what is returned at once loses it.
  if (value.debugName !== '' && user.kind !== 'prim::Return') return false
  // What a loop carries, and its condition, must come in order.
  if (user.kind === 'prim::Loop' && index >= 2) return false
  if (subgraphKinds.has(user.kind)) return false
  // In a condition it would refine types a second time.
  return node.kind !== 'prim::isinstance'
}

/** Whether a text would make a line too long at this level of indentation. */
export function isLongLine(length: number, level: number): boolean {
  return length + level * 2 >= 40
}
