import { isSubtype, TsjitError, type Type } from '@tsjit/types'
import type { Block, Graph, Node, Value } from './graph.ts'
import { printNode, valueName } from './printer.ts'
import { graphTypeText } from './type-text.ts'

export interface VerifyOptions {
  /** Names of the passes that ran, in order; the error names them. */
  readonly passesRun?: readonly string[]
}

/**
 * Checks what every graph must keep: nodes of a block are linked in order and belong to it, values are defined before and in scope of
 * their uses, use lists and inputs agree, constants have no inputs, blocks of `prim::If` and `prim::Loop` have the right parameters,
 * results and types. Throws TSJ_IR_INVALID.
 */
export function verifyGraph(graph: Graph, options: VerifyOptions = {}): void {
  new Verifier(graph, options.passesRun ?? []).run()
}

class Verifier {
  private readonly visible = new Set<Value>()
  private readonly names = new Map<string, Value>()
  private readonly uniques = new Map<number, Value>()
  private readonly nodes = new Set<Node>()
  private readonly useCounts = new Map<Value, number>()

  constructor(
    private readonly graph: Graph,
    private readonly passesRun: readonly string[],
  ) {}

  run(): void {
    this.block(this.graph.block)
    for (const [value, count] of this.useCounts) {
      if (value.uses.length !== count)
        this.fail(`${valueName(value)} lists ${value.uses.length} uses but ${count} inputs are this value`, value.node)
    }
  }

  private block(block: Block): void {
    const { paramNode, returnNode } = block
    if (block.graph !== this.graph) this.fail('a block belongs to another graph', block.owningNode)
    if (paramNode.prev || returnNode.next) this.fail('a block is linked beyond its first or last node', block.owningNode)
    const defined: Value[] = []
    this.node(paramNode, block, defined)
    let previous = paramNode
    for (let node = paramNode.next; ; node = node.next) {
      if (!node) this.fail('the list of nodes ends before the return node', previous)
      if (node.prev !== previous) this.fail('the node is not linked back to the one before it', node)
      this.node(node, block, defined)
      if (node === returnNode) break
      previous = node
    }
    for (const value of defined) this.visible.delete(value)
  }

  private node(node: Node, block: Block, defined: Value[]): void {
    if (this.nodes.has(node)) this.fail('the node stands in the graph twice', node)
    this.nodes.add(node)
    if (node.destroyed) this.fail('the node was destroyed', node)
    if (node.owningBlock !== block || node.graph !== this.graph) this.fail('the node says it belongs to another block', node)
    node.inputs.forEach((value, i) => {
      if (!this.visible.has(value)) this.fail(`input ${i}, ${valueName(value)}, is not defined before it in a block around it`, node)
      this.useCounts.set(value, (this.useCounts.get(value) ?? 0) + 1)
    })
    for (const inner of node.blocks) {
      if (inner.owningNode !== node) this.fail('a block of the node belongs to another node', node)
      this.block(inner)
    }
    this.kind(node)
    node.outputs.forEach((value, i) => {
      if (value.node !== node || value.offset !== i) this.fail(`output ${i} says it is output ${value.offset} of ${value.node.kind}`, node)
      for (const use of value.uses) {
        if (use.user.inputs[use.index] !== value)
          this.fail(`${valueName(value)} lists a use by ${use.user.kind} that has another input there`, node)
      }
      const other = value.debugName ? this.names.get(value.debugName) : this.uniques.get(value.unique)
      if (other) this.fail(`two values are called ${valueName(value)}`, node)
      if (value.debugName) this.names.set(value.debugName, value)
      else this.uniques.set(value.unique, value)
      this.useCounts.set(value, this.useCounts.get(value) ?? 0)
      this.visible.add(value)
      defined.push(value)
    })
    const subgraph = node.attribute('Subgraph', 'g')
    if (subgraph) verifyGraph(subgraph, { passesRun: this.passesRun })
  }

  private kind(node: Node): void {
    switch (node.kind) {
      case 'prim::Constant':
        if (node.inputs.length > 0 || node.outputs.length !== 1) this.fail('a constant has no inputs and one output', node)
        return
      case 'prim::If':
        this.count(node, 'inputs', node.inputs.length, 1)
        this.count(node, 'blocks', node.blocks.length, 2)
        this.type('the condition', node.inputs[0].type, 'bool', node)
        for (const block of node.blocks) {
          this.count(node, "a block's parameters", block.inputs.length, 0)
          this.count(node, "a block's results", block.outputs.length, node.outputs.length)
          for (const [i, value] of block.outputs.entries()) this.fits(value, node.outputs[i], node)
        }
        return
      case 'prim::Loop': {
        this.count(node, 'blocks', node.blocks.length, 1)
        if (node.inputs.length < 2) this.count(node, 'inputs', node.inputs.length, 2)
        const [body] = node.blocks
        const carried = node.inputs.slice(2)
        this.count(node, 'outputs', node.outputs.length, carried.length)
        this.count(node, "the block's parameters", body.inputs.length, carried.length + 1)
        this.count(node, "the block's results", body.outputs.length, carried.length + 1)
        this.type('the trip count', node.inputs[0].type, 'int', node)
        this.type('the initial condition', node.inputs[1].type, 'bool', node)
        this.type('the iteration', body.inputs[0].type, 'int', node)
        this.type("the block's condition", body.outputs[0].type, 'bool', node)
        carried.forEach((value, i) => {
          this.fits(value, body.inputs[i + 1], node)
          this.fits(body.outputs[i + 1], body.inputs[i + 1], node)
          this.fits(body.inputs[i + 1], node.outputs[i], node)
        })
        return
      }
      case 'prim::TupleUnpack': {
        const { type } = node.inputs[0]
        if (type.kind === 'Tuple') this.count(node, 'outputs', node.outputs.length, type.contained().length)
        return
      }
      case 'prim::TupleConstruct': {
        const { type } = node.outputs[0]
        if (type.kind === 'Tuple') this.count(node, 'inputs', node.inputs.length, type.contained().length)
        return
      }
    }
    const { schema } = node
    if (schema && schema.name === node.kind && !schema.isVararg) this.count(node, 'inputs', node.inputs.length, schema.args.length)
    if (schema && schema.name === node.kind && !schema.isVarret) this.count(node, 'outputs', node.outputs.length, schema.returns.length)
  }

  private count(node: Node, what: string, found: number, expected: number): void {
    if (found !== expected) this.fail(`${what}: expected ${expected}, found ${found}`, node)
  }
  private type(what: string, found: Type, expected: string, node: Node): void {
    if (found.kind !== expected) this.fail(`${what}: expected ${expected}, found ${graphTypeText(found)}`, node)
  }
  private fits(from: Value, to: Value, node: Node): void {
    // PyTorch's frontend makes such graphs: a variable that a loop widens to an Optional or Union is refined by an `if` before that.
    const isRefined = (from.type.kind === 'Optional' || from.type.kind === 'Union') && isSubtype(to.type, from.type)
    if (!isSubtype(from.type, to.type) && !isRefined) {
      this.fail(
        `${valueName(from)} of type ${graphTypeText(from.type)} flows into ${valueName(to)} of type ${graphTypeText(to.type)}`,
        node,
      )
    }
  }

  private fail(reason: string, node: Node | undefined): never {
    const passes = this.passesRun.length > 0 ? `; passes run: ${this.passesRun.join(', ')}` : ''
    const at = node ? `\nin node:\n${describe(node)}` : ''
    throw new TsjitError(
      'TSJ_IR_INVALID',
      `the graph is not valid: ${reason}${passes}${at}`,
      node?.sourceRange ? { range: node.sourceRange } : {},
    )
  }
}

/** The node's text; of a node with blocks the first lines. A broken node may not print. */
function describe(node: Node): string {
  try {
    return printNode(node).split('\n').slice(0, 6).join('\n').trimEnd()
  } catch {
    return node.kind
  }
}
