import type { Block, Graph, Node, Value } from '@tsjit/ir'
import type { TupleType } from '@tsjit/types'
import { constantInt } from './constants.ts'
import { eliminateDeadCode } from './dead-code-elimination.ts'

/**
 * Takes tuples apart where they are made and used within the graph:
 *
 *     %t = prim::TupleConstruct(%a, %b);  %x, %y = prim::TupleUnpack(%t)      becomes      %a for %x, %b for %y
 *
 * Results of `prim::If` and carried values of `prim::Loop` that their blocks make as tuples become one value an element.
 */
export function lowerSimpleTuples(graph: Graph): boolean {
  const lowering = new TupleLowering()
  lowering.block(graph.block)
  // A second walk: what a loop's body or a branch made is now plain to those behind it.
  if (lowering.changed) {
    lowering.block(graph.block)
    eliminateDeadCode(graph)
  }
  return lowering.changed
}

class TupleLowering {
  changed = false

  block(block: Block): void {
    for (const node of block.nodes()) {
      if (node.kind === 'prim::Loop') this.loop(node)
      for (const inner of node.blocks) this.block(inner)
      if (node.kind === 'prim::If') this.branch(node)
      else if (node.kind === 'prim::Loop') this.loop(node)
      else this.simplify(node)
    }
  }

  private simplify(node: Node): void {
    const source = node.inputs[0]?.node
    if (source?.kind !== 'prim::TupleConstruct' || !node.hasUses()) return
    const items = source.inputs
    switch (node.kind) {
      case 'prim::TupleUnpack':
        if (items.length !== node.outputs.length) return
        for (const [i, output] of node.outputs.entries()) output.replaceAllUsesWith(items[i])
        break
      case 'prim::TupleIndex': {
        const index = constantInt(node.inputs[1])
        const item = index === undefined ? undefined : items[index < 0 ? index + items.length : index]
        if (!item) return
        node.output.replaceAllUsesWith(item)
        break
      }
      case 'prim::TupleSlice': {
        const begin = Number(node.attribute('beg', 'i') ?? 0)
        const end = Number(node.attribute('end', 'i') ?? items.length)
        const slice = node.graph.create('prim::TupleConstruct', items.slice(begin, end), [node.output.type]).insertBefore(node)
        slice.sourceRange = node.sourceRange
        node.output.replaceAllUsesWith(slice.output)
        break
      }
      default:
        return
    }
    this.changed = true
  }

  private branch(node: Node): void {
    for (let i = 0; i < node.outputs.length; i++) {
      if (!node.blocks.every((block) => madeHere(block.outputs[i]))) continue
      const type = node.outputs[i].type
      const lengths = node.blocks.map((block) => block.outputs[i].node.inputs.length)
      if (type.kind !== 'Tuple' || lengths.some((length) => length !== type.contained().length)) continue
      const parts = this.explode(node, i, type as TupleType, node)
      for (const block of node.blocks) explodeInput(block.returnNode, i, block.outputs[i].node.inputs)
      this.changed = true
      i += parts - 1
    }
  }

  /** Both the initial value and the body's next value are tuples made in the graph: then the loop carries their elements. */
  private loop(node: Node): void {
    const [body] = node.blocks
    for (let i = 0; i < node.outputs.length; i++) {
      const type = node.outputs[i].type
      const initial = node.inputs[i + 2]
      if (type.kind !== 'Tuple' || !madeHere(initial) || !madeHere(body.outputs[i + 1])) continue
      const size = type.contained().length
      const next = body.outputs[i + 1].node.inputs
      if (initial.node.inputs.length !== size || next.length !== size) continue
      const parts = [...next]
      explodeInput(node, i + 2, initial.node.inputs)
      explodeInput(body.returnNode, i + 1, parts)
      this.explode(body.paramNode, i + 1, type as TupleType, body.paramNode)
      i += this.explode(node, i, type as TupleType, node) - 1
      this.changed = true
    }
  }

  /** One output an element in place of output `index`, put together again behind `after` for whoever uses the tuple. */
  private explode(node: Node, index: number, type: TupleType, after: Node): number {
    const { graph } = node
    const old = node.outputs[index]
    const parts: Value[] = type.elements.map((element) => {
      const part = node.addOutput(element)
      if (old.debugName) graph.nameValue(part, old.debugName.replace(/\.\d+$/, ''))
      return part
    })
    const whole = graph.create('prim::TupleConstruct', parts, [type]).insertAfter(after)
    whole.sourceRange = node.sourceRange
    old.replaceAllUsesWith(whole.output)
    node.eraseOutput(index)
    const others = node.outputs.slice(0, -parts.length)
    node.reorderOutputs(others.toSpliced(index, 0, ...parts))
    return parts.length
  }
}

function madeHere(value: Value): boolean {
  return value.node.kind === 'prim::TupleConstruct'
}

function explodeInput(node: Node, index: number, parts: readonly Value[]): void {
  node.removeInput(index)
  for (const [i, part] of parts.entries()) node.insertInput(index + i, part)
}
