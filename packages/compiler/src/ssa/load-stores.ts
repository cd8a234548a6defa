import type { Block, Node, Value } from '@tsjit/ir'
import { cloneNode } from '@tsjit/ir'
import { BoolType, type Type, unifyTypes } from '@tsjit/types'
import { meaningfulName } from '../names.ts'

const nothing: ReadonlyMap<string, never> = new Map<string, never>()

/** Names of one block, with those of the blocks around it. */
class Frame<T> {
  /** Most blocks have no names of their own. */
  table: ReadonlyMap<string, T> = nothing
  constructor(readonly parent: Frame<T> | undefined) {}
  set(name: string, value: T): void {
    if (this.table === nothing) this.table = new Map()
    ;(this.table as Map<string, T>).set(name, value)
  }
  find(name: string): T | undefined {
    for (let frame: Frame<T> | undefined = this; frame; frame = frame.parent) {
      const found = frame.table.get(name)
      if (found !== undefined) return found
    }
    return undefined
  }
  names(): string[] {
    return [...this.table.keys()].sort()
  }
}

const variableOf = (node: Node): string => node.attribute('name', 's')!

function store(name: string, value: Value): Node {
  return value.node.graph.create('prim::Store', [value], 0).setAttribute('name', { kind: 's', value: name })
}
function load(block: Block, name: string, type: Type): Node {
  return block.graph.create('prim::Load', [], [type]).setAttribute('name', { kind: 's', value: name })
}

/**
 * Gives `prim::If` and `prim::Loop` outputs (and loops inputs) for the variables that their blocks set, still as loads and stores:
 *
 *   prim::If(%c)                          %x = prim::If(%c)
 *     block0(): Store[x](%a)         →      block0(): Store[x](%a); %1 = Load[x](); -> (%1)
 *     block1():                             block1(): %2 = Load[x](); -> (%2)
 *                                         Store[x](%x)
 */
export function addControlFlowLoadStores(block: Block, parent?: Frame<Type>): Frame<Type> {
  const frame = new Frame<Type>(parent)
  for (const node of block.nodes()) {
    switch (node.kind) {
      case 'prim::If':
        addToIf(node, frame)
        break
      case 'prim::Loop':
        addToLoop(node, frame)
        break
      case 'prim::Closure':
      case 'prim::ComprehensionScope':
        for (const inner of node.blocks) addControlFlowLoadStores(inner, frame)
        break
      case 'prim::Store':
        frame.set(variableOf(node), node.input.type)
        break
    }
  }
  return frame
}

function addBlockOutput(block: Block, name: string, type: Type): void {
  block.registerOutput(block.append(load(block, name, type)).output)
}

function addNodeOutput(node: Node, name: string, type: Type): void {
  const output = node.addOutput(type)
  if (meaningfulName(name)) node.graph.nameValue(output, name)
  store(name, output).insertAfter(node)
}

function addToIf(node: Node, frame: Frame<Type>): void {
  const [trueBlock, falseBlock] = node.blocks
  const trueFrame = addControlFlowLoadStores(trueBlock, frame)
  const falseFrame = addControlFlowLoadStores(falseBlock, frame)
  if (trueFrame.table.size === 0 && falseFrame.table.size === 0) return
  const mutated = new Set<string>()
  for (const name of trueFrame.table.keys()) if (falseFrame.find(name)) mutated.add(name)
  for (const name of falseFrame.table.keys()) if (trueFrame.find(name)) mutated.add(name)
  for (const name of [...mutated].sort()) {
    const trueType = trueFrame.find(name)!
    const falseType = falseFrame.find(name)!
    // Types that do not unify make a union: where the variable is read after all the emitter has checked that it may.
    const unified = unifyTypes(trueType, falseType, true)!
    addBlockOutput(trueBlock, name, trueType)
    addBlockOutput(falseBlock, name, falseType)
    addNodeOutput(node, name, unified)
  }
}

function addToLoop(node: Node, frame: Frame<Type>): void {
  const [body] = node.blocks
  const bodyFrame = addControlFlowLoadStores(body, frame)
  for (const name of bodyFrame.names()) {
    const outer = frame.find(name)
    // Local to the body: nothing is carried.
    if (!outer) continue
    const inner = bodyFrame.table.get(name)!
    const unified = unifyTypes(outer, inner) ?? outer
    node.addInput(load(body, name, outer).insertBefore(node).output)
    body.prepend(store(name, body.addInput(meaningfulName(name) ? name : '', unified)))
    addBlockOutput(body, name, inner)
    addNodeOutput(node, name, unified)
  }
}

/**
 * Turns `prim::BreakStmt` and `prim::ContinueStmt` into `prim::LoopContinuation(%continue, carried…)`: break with False, continue with
 * the loop's condition evaluated anew.
 */
export function assignLoopContinuations(block: Block): void {
  const { graph } = block
  const falseValue = graph.withInsertPoint(block.paramNode.next!, () => graph.insertConstant(BoolType, { kind: 'i', value: 0 }))
  const visit = (inner: Block, loop: Node | undefined): void => {
    for (const node of inner.nodes()) {
      switch (node.kind) {
        case 'prim::If':
        case 'prim::ComprehensionScope':
          for (const b of node.blocks) visit(b, loop)
          break
        case 'prim::Closure':
          assignLoopContinuations(node.blocks[0])
          break
        case 'prim::Loop':
          visit(node.blocks[0], node)
          break
        case 'prim::ContinueStmt':
        case 'prim::BreakStmt': {
          const exit = graph.create('prim::LoopContinuation', [], 0)
          exit.sourceRange = node.sourceRange
          const [body, condition] = loop!.blocks as readonly [Block, Block?]
          exit.insertAfter(node)
          if (node.kind === 'prim::BreakStmt') exit.addInput(falseValue)
          else exit.addInput(condition ? inlineCopy(condition, node) : loop!.inputs[1])
          for (const { node: source } of condition ? body.outputs : body.outputs.slice(1)) {
            exit.addInput(load(inner, variableOf(source), source.output.type).insertBefore(exit).output)
          }
          node.destroy()
          break
        }
      }
    }
  }
  visit(block, undefined)
}

/** Copies a block's nodes before `at` and returns what its output became. */
function inlineCopy(block: Block, at: Node): Value {
  const map = new Map<Value, Value>()
  for (const node of block.nodes()) cloneNode(node, at.owningBlock, map).insertBefore(at)
  const [output] = block.outputs
  return map.get(output) ?? output
}

/** Moves the condition blocks of `while` loops into place: a copy before the loop, and the block itself to the end of the body. */
export function inlineLoopConditions(block: Block): void {
  for (const node of block.nodes()) {
    for (const inner of node.blocks) inlineLoopConditions(inner)
    if (node.kind !== 'prim::Loop' || node.blocks.length === 1) continue
    const [body, condition] = node.blocks
    node.insertInput(1, inlineCopy(condition, node))
    const [next] = condition.outputs
    for (const inner of condition.nodes()) inner.moveBefore(body.returnNode)
    body.returnNode.insertInput(0, next)
    node.eraseBlock(1)
  }
}

/** Replaces loads by the values last stored, removes the stores (unless a debugger wants to see them), and dissolves the scopes of comprehensions. */
export function eraseLoadStores(block: Block, keepStores: boolean, parent?: Frame<Value>): void {
  const frame = new Frame<Value>(parent)
  for (const node of block.nodes()) {
    switch (node.kind) {
      case 'prim::Store':
        frame.set(variableOf(node), node.input)
        if (!keepStores) node.destroy()
        break
      case 'prim::Load': {
        const value = frame.find(variableOf(node))
        if (!value) throw new Error(`variable ${variableOf(node)} is loaded before it is stored`)
        node.output.replaceAllUsesWith(value)
        node.destroy()
        break
      }
      case 'prim::ComprehensionScope': {
        const [body] = node.blocks
        eraseLoadStores(body, keepStores, frame)
        for (const inner of body.nodes()) inner.moveBefore(node)
        node.destroy()
        break
      }
      default:
        for (const inner of node.blocks) eraseLoadStores(inner, keepStores, frame)
    }
  }
}
