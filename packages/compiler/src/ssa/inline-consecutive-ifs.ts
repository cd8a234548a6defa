import type { Block, Node } from '@tsjit/ir'
import { constantOf } from '../constants.ts'

/** `if`s of the program on a value as it is: before each, PyTorch's emitter has left a constant that keeps it apart from an `if` before it. */
const apart = new WeakSet<Node>()

export function keepApart(node: Node): void {
  apart.add(node)
}

/** Merges an `if` with a following one whose condition the first decides in both branches. */
export function inlineConsecutiveIfs(block: Block): void {
  let node = block.paramNode.next!
  while (node !== block.returnNode) {
    for (const inner of node.blocks) inlineConsecutiveIfs(inner)
    // A merged node may merge with what follows now.
    if (!mergeWithNext(node)) node = node.next!
  }
}

function mergeWithNext(first: Node): boolean {
  const second = first.next
  if (first.kind !== 'prim::If' || second?.kind !== 'prim::If' || second.input.node !== first || apart.has(second)) return false
  const at = second.input.offset
  const decided = first.blocks.map((block) => constantOf(block.outputs[at])?.value)
  if (typeof decided[0] !== 'boolean' || typeof decided[1] !== 'boolean' || decided[0] === decided[1]) return false
  first.blocks.forEach((into, i) => {
    const from = second.blocks[decided[i] ? 0 : 1]
    // What the branch reads of the first `if` is, inside the first `if`, the branch's own output.
    first.outputs.forEach((output, k) => {
      for (const { user, index } of [...output.uses]) if (isInside(user, from)) user.replaceInput(index, into.outputs[k])
    })
    for (const node of from.nodes()) node.moveBefore(into.returnNode)
    for (const output of from.outputs) into.registerOutput(output)
  })
  for (const output of second.outputs) {
    const merged = first.addOutput(output.type)
    if (output.debugName) first.graph.nameValue(merged, output.debugName)
    output.replaceAllUsesWith(merged)
  }
  for (const block of second.blocks) block.returnNode.removeAllInputs()
  second.destroy()
  return true
}

export function isInside(node: Node, block: Block): boolean {
  for (let at: Block | undefined = node.owningBlock; at; at = at.owningNode?.owningBlock) if (at === block) return true
  return false
}
