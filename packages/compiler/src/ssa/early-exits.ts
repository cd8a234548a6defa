import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { BoolType, type Type, unifyTypes } from '@tsjit/types'
import { insertBool } from '../constants.ts'
import { inlineConsecutiveIfs, isInside } from './inline-consecutive-ifs.ts'
import { enterExitToWith, withToEnterExit } from './with-blocks.ts'

/**
 * Removes `prim::ReturnStmt` and `prim::LoopContinuation`: behind a node that may exit, the rest of the block is guarded by a flag.
 *
 *   if c: return 1          %exited, %value = prim::If(%c) …
 *   rest                →   %result = prim::If(%exited)
 *                             block0(): -> (%value)
 *                             block1(): rest
 *
 * and an `if` whose flag is constant in both branches is merged with the guard, so that the above becomes one `if` with `rest` in its
 * else branch. Blocks that always throw need no flag. The algorithm is that of PyTorch's `exit_transforms.cpp`.
 */
export function transformExits(graph: Graph): void {
  const { kinds } = graph
  if (kinds.has('prim::Enter')) enterExitToWith(graph.block)
  if (kinds.has('prim::LoopContinuation') || kinds.has('prim::RaiseException')) new ExitTransformer(graph, 'prim::LoopContinuation').run()
  new ExitTransformer(graph, 'prim::ReturnStmt').run()
  if (kinds.has('prim::If')) inlineConsecutiveIfs(graph.block)
  if (kinds.has('prim::Enter')) withToEnterExit(graph.block)
}

/** Whether a block has exited (a flag: the constants for yes, no and throws, or computed), and the values it exits with. */
interface Exit {
  readonly flag: Value
  readonly values: readonly Value[]
}

type Status = 'will' | 'might' | 'wont' | 'throws'

class ExitTransformer {
  private readonly uninitialized = new Map<Type, Value>()
  private readonly yes: Value
  private readonly no: Value
  private readonly throws: Value
  private readonly wont: Exit
  private target: Block | undefined

  constructor(
    private readonly graph: Graph,
    private readonly exitKind: 'prim::LoopContinuation' | 'prim::ReturnStmt',
  ) {
    const front = graph.block.paramNode.next!
    this.yes = graph.withInsertPoint(front, () => insertBool(graph, true))
    this.no = graph.withInsertPoint(front, () => insertBool(graph, false))
    this.throws = this.unitValue(BoolType)
    this.wont = { flag: this.no, values: [] }
  }

  run(): void {
    this.transformBlock(this.graph.block)
  }

  private status({ flag }: Exit): Status {
    if (flag === this.yes) return 'will'
    if (flag === this.no) return 'wont'
    return flag === this.throws ? 'throws' : 'might'
  }

  /** One uninitialised value a type, at the front of the graph: it stands where nobody will look. */
  private unitValue(type: Type): Value {
    let found = this.uninitialized.get(type)
    if (!found) {
      found = this.graph.create('prim::Uninitialized', [], [type]).insertAfter(this.graph.block.paramNode).output
      this.uninitialized.set(type, found)
    }
    return found
  }
  private unitValues(like: readonly Value[]): Value[] {
    return like.map(({ type }) => this.unitValue(type))
  }

  private transformBlock(block: Block): Exit {
    const outerTarget = this.target
    const owner = block.owningNode?.kind
    if (
      owner === 'prim::Loop'
        ? this.exitKind === 'prim::LoopContinuation'
        : this.exitKind === 'prim::ReturnStmt' && (!owner || owner === 'prim::Closure')
    ) {
      this.target = block
    }
    let exit = this.transformNodes(block)
    if (this.target === block) {
      switch (this.status(exit)) {
        case 'might': {
          const guard = this.graph.create('prim::If', [exit.flag], 0).insertBefore(block.returnNode)
          guard.addBlock()
          guard.addBlock()
          addIfOutputs(guard, exit.values, block.outputs)
          replaceOutputs(block, guard.outputs)
          break
        }
        case 'will':
          replaceOutputs(block, exit.values)
          break
      }
      // An exit ends at its target. A throw does too: the loop or closure may not run at all.
      exit = this.wont
    }
    this.target = outerTarget
    return exit
  }

  /**
   * Transforms the nodes of a block one by one, then guards what is behind each that might exit, from the last one on, so that every
   * node moves once however many exits there are.
   */
  private transformNodes(block: Block): Exit {
    const exits: { readonly node: Node; readonly exit: Exit }[] = []
    let last = this.wont
    for (let node = block.paramNode.next!; node !== block.returnNode; ) {
      const next = node.next!
      const exit = this.transformNode(node) ?? this.wont
      const status = this.status(exit)
      if (status === 'will' || status === 'throws') {
        this.deleteFrom(block, next)
        last = exit
        break
      }
      if (status === 'might') {
        if (next === block.returnNode) {
          last = exit
          break
        }
        if (exits.length === 0) this.unitValues(block.outputs)
        exits.push({ node, exit })
      }
      node = next
    }
    for (const { node, exit } of exits.reverse()) last = this.guardRest(block, exit, node.next!, last)
    return last
  }

  private transformNode(node: Node): Exit | undefined {
    switch (node.kind) {
      case 'prim::RaiseException':
        return { flag: this.throws, values: [] }
      case 'prim::ReturnStmt':
      case 'prim::LoopContinuation': {
        if (node.kind !== this.exitKind) return undefined
        const values = [...node.inputs]
        node.destroy()
        return { flag: this.yes, values }
      }
      case 'prim::If':
        return this.transformIf(node)
      case 'prim::Loop':
        return this.transformLoop(node)
      case 'prim::With':
        return this.transformWith(node.blocks[0])
      case 'prim::Closure':
        this.transformBlock(node.blocks[0])
        return undefined
    }
    return undefined
  }

  /**
   * The block of a `with` is dissolved in the end, so code behind it may use what is in it: the flag of a `break`, once that is
   * transformed. Where a guard now takes the rest of the block, such values come out of it (PyTorch leaves them where they cannot be seen).
   */
  private transformWith(body: Block): Exit {
    const leaving: Value[] = []
    for (const node of body.nodes()) {
      for (const value of visibleValues(node)) if (value.uses.some(({ user }) => !isInside(user, body))) leaving.push(value)
    }
    for (const value of leaving) body.registerOutput(value)
    const exit = this.transformBlock(body)
    leaving.forEach((value, i) => {
      const now = body.outputs[i]
      if (now === value) return
      for (const { user, index } of [...value.uses]) if (!isInside(user, body)) user.replaceInput(index, now)
    })
    body.returnNode.removeAllInputs()
    return exit
  }

  private transformIf(node: Node): Exit {
    return this.joinExits(node, this.transformBlock(node.blocks[0]), this.transformBlock(node.blocks[1]))
  }

  /** Gives an `if` the outputs for the exits of its branches. */
  private joinExits(node: Node, thenGiven: Exit, elseGiven: Exit): Exit {
    let thenExit = thenGiven
    let elseExit = elseGiven
    const thenStatus = this.status(thenExit)
    const elseStatus = this.status(elseExit)
    const status = joinStatus(thenStatus, elseStatus)
    if (status === 'throws') return { flag: this.throws, values: [] }
    if (status === 'wont') return this.wont
    if (thenStatus === 'wont' || thenStatus === 'throws') thenExit = { flag: thenExit.flag, values: this.unitValues(elseExit.values) }
    else if (elseStatus === 'wont' || elseStatus === 'throws') elseExit = { flag: elseExit.flag, values: this.unitValues(thenExit.values) }
    let flag = this.yes
    if (status !== 'will') {
      addIfOutputs(node, [thenExit.flag], [elseExit.flag])
      flag = node.outputs[node.outputs.length - 1]
    }
    addIfOutputs(node, thenExit.values, elseExit.values)
    return { flag, values: node.outputs.slice(node.outputs.length - thenExit.values.length) }
  }

  private transformLoop(node: Node): Exit {
    const [body] = node.blocks
    const exit = this.transformBlock(body)
    const status = this.status(exit)
    // A body that throws may never run.
    if (status === 'wont' || status === 'throws') return this.wont
    const { graph } = this
    const condition = graph.withInsertPoint(body, () => {
      const guard = graph.insert('prim::If', [exit.flag], 0, node.sourceRange)
      guard.addBlock().registerOutput(this.no)
      guard.addBlock().registerOutput(body.outputs[0])
      return guard.addOutput(BoolType)
    })
    body.returnNode.replaceInput(0, condition)
    node.addInput(this.no)
    body.addInput('', BoolType)
    body.registerOutput(exit.flag)
    const exited = node.addOutput(BoolType)
    for (const value of exit.values) {
      node.addInput(this.unitValue(value.type))
      node.addOutput(value.type)
      body.addInput('', value.type)
      body.registerOutput(value)
    }
    return { flag: exited, values: node.outputs.slice(node.outputs.length - exit.values.length) }
  }

  /** Moves what is from `from` on, which exits by `rest`, into the else block of an `if` on the flag. */
  private guardRest(block: Block, exit: Exit, from: Node, rest: Exit): Exit {
    const guard = this.graph.create('prim::If', [exit.flag], 0).insertBefore(from)
    guard.sourceRange = from.sourceRange
    const exitBlock = guard.addBlock()
    const restBlock = guard.addBlock()
    for (let node = from; node !== block.returnNode; ) {
      const next = node.next!
      node.moveBefore(restBlock.returnNode)
      node = next
    }
    const outputs = [...block.outputs]
    for (const value of this.unitValues(outputs)) exitBlock.registerOutput(value)
    for (const value of outputs) {
      restBlock.registerOutput(value)
      guard.addOutput(value.type)
    }
    replaceOutputs(block, guard.outputs)
    return this.joinExits(guard, { flag: this.yes, values: exit.values }, rest)
  }

  private deleteFrom(block: Block, from: Node): void {
    for (let node = block.returnNode.prev!; from !== block.returnNode; ) {
      const before = node.prev!
      for (const value of visibleValues(node)) if (value.uses.length > 0) value.replaceAllUsesWith(this.unitValue(value.type))
      const last = node === from
      node.destroy()
      if (last) break
      node = before
    }
  }
}

/** What code behind a node may use: its outputs, and whatever is in the block of a `with`. */
function* visibleValues(node: Node): Generator<Value> {
  if (node.kind === 'prim::With') for (const inner of node.blocks[0].nodes()) yield* visibleValues(inner)
  else yield* node.outputs
}

function joinStatus(a: Status, b: Status): Status {
  if (a === 'throws') return b
  if (b === 'throws' || a === b) return a
  return 'might'
}

function replaceOutputs(block: Block, values: readonly Value[]): void {
  const next = [...values]
  block.returnNode.removeAllInputs()
  for (const value of next) block.registerOutput(value)
}

function addIfOutputs(node: Node, thenValues: readonly Value[], elseValues: readonly Value[]): void {
  thenValues.forEach((value, i) => {
    node.blocks[0].registerOutput(value)
    node.blocks[1].registerOutput(elseValues[i])
    node.addOutput(unifyTypes(value.type, elseValues[i].type, true)!)
  })
}
