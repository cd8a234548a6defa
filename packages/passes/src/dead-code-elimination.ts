import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { AliasDb } from './alias-analysis.ts'
import type { MemoryClass } from './memory-classes.ts'
import { hasSideEffects } from './node-properties.ts'

/**
 * Removes nodes that nothing needs, and results of `prim::If` and `prim::Loop` that nothing reads:
 *
 *     %a, %b = prim::If(%c) …  return (%a)     becomes     %a = prim::If(%c) …  return (%a)
 *
 * A node is needed for a result, for a side effect, or because it writes memory that a needed value or the outside may read.
 */
export function eliminateDeadCode(graph: Graph): boolean {
  return new DeadCodeEliminator(graph).run()
}

class DeadCodeEliminator {
  private readonly aliases: AliasDb
  private readonly liveNodes = new Set<Node>()
  private readonly liveValues = new Set<Value>()
  private readonly liveMemory = new Set<MemoryClass>()
  private readonly pendingNodes: Node[] = []
  private readonly pendingValues: Value[] = []
  private changed = false

  constructor(private readonly graph: Graph) {
    this.aliases = new AliasDb(graph)
  }

  run(): boolean {
    for (const value of this.graph.outputs) this.markValue(value)
    for (const memory of this.aliases.writers().keys()) if (memory.isWild) this.markMemory(memory)
    this.markSideEffects(this.graph.block)
    for (;;) {
      const node = this.pendingNodes.pop()
      if (node) {
        this.needsOf(node)
        continue
      }
      const value = this.pendingValues.pop()
      if (!value) break
      this.sourcesOf(value)
    }
    this.sweep(this.graph.block)
    return this.changed
  }

  private markSideEffects(block: Block): void {
    for (const node of block.nodes()) {
      if (hasSideEffects(node)) this.markNode(node)
      for (const inner of node.blocks) this.markSideEffects(inner)
    }
  }

  private markNode(node: Node): void {
    if (this.liveNodes.has(node)) return
    this.liveNodes.add(node)
    this.pendingNodes.push(node)
  }
  private markValue(value: Value): void {
    if (this.liveValues.has(value)) return
    this.liveValues.add(value)
    this.pendingValues.push(value)
  }
  /** All writers of the memory and of what it holds are needed. */
  private markMemory(memory: MemoryClass): void {
    if (this.liveMemory.has(memory)) return
    for (const inner of this.aliases.reachable(memory)) {
      if (this.liveMemory.has(inner)) continue
      this.liveMemory.add(inner)
      for (const writer of this.aliases.writers().get(inner) ?? []) this.markNode(writer)
    }
  }

  /** What a needed node needs: its inputs, the nodes around it; of control flow what decides its course, not yet its results. */
  private needsOf(node: Node): void {
    const owner = node.owningBlock.owningNode
    if (owner) this.markNode(owner)
    if (node.kind === 'prim::If') this.markValue(node.inputs[0])
    else if (node.kind === 'prim::Loop') {
      this.markValue(node.inputs[0])
      this.markValue(node.inputs[1])
      this.markValue(node.blocks[0].outputs[0])
    } else {
      for (const value of node.inputs) this.markValue(value)
      for (const block of node.blocks) for (const value of block.outputs) this.markValue(value)
    }
  }

  private sourcesOf(value: Value): void {
    const memory = this.aliases.classOf(value)
    if (memory) this.markMemory(memory)
    const { node } = value
    if (node.kind === 'prim::Param') {
      const owner = node.owningBlock.owningNode
      if (!owner) return
      this.markNode(owner)
      if (owner.kind === 'prim::Loop' && value.offset > 0) this.carried(owner, value.offset - 1)
      return
    }
    this.markNode(node)
    if (node.kind === 'prim::If') for (const block of node.blocks) this.markValue(block.outputs[value.offset])
    if (node.kind === 'prim::Loop') this.carried(node, value.offset)
  }

  private carried(loop: Node, index: number): void {
    this.markValue(loop.inputs[index + 2])
    this.markValue(loop.blocks[0].inputs[index + 1])
    this.markValue(loop.blocks[0].outputs[index + 1])
  }

  private sweep(block: Block): void {
    for (const node of block.nodesReversed()) {
      if (!this.liveNodes.has(node)) {
        node.destroy()
        this.changed = true
      } else if (node.blocks.length > 0) this.sweepControl(node)
    }
  }

  private sweepControl(node: Node): void {
    const isIf = node.kind === 'prim::If'
    const isLoop = node.kind === 'prim::Loop'
    const dead: number[] = []
    for (let i = node.outputs.length - 1; i >= 0 && (isIf || isLoop); i--) {
      if (this.liveValues.has(node.outputs[i]) || (isLoop && this.liveValues.has(node.blocks[0].inputs[i + 1]))) continue
      dead.push(i)
      this.changed = true
      node.eraseOutput(i)
      for (const block of node.blocks) block.returnNode.removeInput(isIf ? i : i + 1)
      if (isLoop) node.removeInput(i + 2)
    }
    for (const block of node.blocks) this.sweep(block)
    if (isLoop) for (const i of dead) node.blocks[0].paramNode.eraseOutput(i + 1)
  }
}
