import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { constantOf, insertConstant } from '../constants.ts'
import { foldNode } from './constant-folding.ts'
import { sameConstant } from './constant-pooling.ts'
import { isMutableType } from './mutable-types.ts'

/**
 * Computes nodes of constant inputs whose types cannot be changed in place, takes the branch of an `if` that is decided, drops loops
 * that do not run, and outputs that both branches (or no turn of the loop) leave alone. Returns whether something changed.
 */
export function propagateConstants(graph: Graph): boolean {
  let changed = false
  const visit = (block: Block): void => {
    for (let node = block.paramNode.next!; node !== block.returnNode; ) {
      const next = node.next!
      visitNode(node)
      node = next
    }
  }
  const visitNode = (node: Node): void => {
    const isConstant = node.inputs.every((input) => input.node.kind === 'prim::Constant')
    if (node.kind === 'prim::If') {
      if (isConstant) {
        inlineBranch(node, visit)
        changed = true
      } else {
        node.blocks.forEach(visit)
        changed = removeUnchangedIfOutputs(node) || changed
      }
    } else if (node.kind === 'prim::Loop') {
      if (willNotRun(node)) {
        for (const [i, output] of node.outputs.entries()) output.replaceAllUsesWith(node.inputs[i + 2])
        node.destroy()
        changed = true
      } else {
        node.blocks.forEach(visit)
        changed = removeUnchangedLoopOutputs(node) || changed
      }
    } else if (isConstant && canFold(node)) changed = fold(node) || changed
    else node.blocks.forEach(visit)
  }
  visit(graph.block)
  return changed
}

function canFold(node: Node): boolean {
  if (node.blocks.length > 0 || node.kind === 'prim::Constant' || node.kind === 'prim::Uninitialized' || node.kind === 'prim::Closure')
    return false
  return ![...node.inputs, ...node.outputs].some(({ type }) => isMutableType(type))
}

function fold(node: Node): boolean {
  const results = foldNode(node)
  if (!results) return false
  const { graph } = node
  graph.withInsertPoint(node, () => {
    results.forEach((result, i) => {
      const constant = insertConstant(graph, result.value === null ? { type: node.outputs[i].type, value: null } : result, node.sourceRange)
      node.outputs[i].replaceAllUsesWith(constant)
    })
  })
  return true
}

function inlineBranch(node: Node, visit: (block: Block) => void): void {
  const block = node.blocks[constantOf(node.input)!.value ? 0 : 1]
  visit(block)
  for (const inner of block.nodes()) inner.moveBefore(node)
  for (const [i, output] of node.outputs.entries()) output.replaceAllUsesWith(block.outputs[i])
  node.destroy()
}

function removeUnchangedIfOutputs(node: Node): boolean {
  const [thenBlock, elseBlock] = node.blocks
  let changed = false
  for (let i = 0; i < node.outputs.length; ) {
    const left = thenBlock.outputs[i]
    const right = elseBlock.outputs[i]
    let replacement: Value | undefined
    if (left === right) replacement = left
    else if (
      left.node.kind === 'prim::Constant' &&
      right.node.kind === 'prim::Constant' &&
      left.type.kind !== 'Function' &&
      sameConstant(left.node, right.node)
    ) {
      replacement = node.graph.withInsertPoint(node, () => insertConstant(node.graph, constantOf(left)!, undefined))
    }
    if (!replacement) {
      i++
      continue
    }
    node.outputs[i].replaceAllUsesWith(replacement)
    node.eraseOutput(i)
    for (const block of node.blocks) block.returnNode.removeInput(i)
    changed = true
  }
  return changed
}

function willNotRun(node: Node): boolean {
  const trips = constantOf(node.inputs[0])?.value as number | bigint | undefined
  return (trips !== undefined && trips <= 0) || constantOf(node.inputs[1])?.value === false
}

function removeUnchangedLoopOutputs(node: Node): boolean {
  const [body] = node.blocks
  let changed = false
  for (let i = node.outputs.length - 1; i >= 0; i--) {
    if (body.inputs[i + 1] !== body.outputs[i + 1]) continue
    const input = node.inputs[i + 2]
    node.outputs[i].replaceAllUsesWith(input)
    body.inputs[i + 1].replaceAllUsesWith(input)
    node.eraseOutput(i)
    node.removeInput(i + 2)
    body.returnNode.removeInput(i + 1)
    body.paramNode.eraseOutput(i + 1)
    changed = true
  }
  return changed
}
