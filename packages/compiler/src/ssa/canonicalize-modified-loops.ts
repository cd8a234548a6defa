import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { operatorByKey } from '@tsjit/ops'
import { BoolType, IntType, type Type } from '@tsjit/types'
import { constantInt, constantOf, insertInt, maxInt } from '../constants.ts'

/**
 * Loops that have both a trip count and a condition (a `for` with a break in it) become `while` loops that count for themselves, so
 * that Python's syntax can express them.
 */
export function canonicalizeModifiedLoops(graph: Graph): void {
  visit(graph.block)
}

function visit(block: Block): void {
  for (const node of block.nodes()) {
    for (const inner of node.blocks) visit(inner)
    if (node.kind === 'prim::Loop' && isModified(node)) canonicalize(node)
  }
}

function isModified(node: Node): boolean {
  const [trips, start] = node.inputs
  const next = node.blocks[0].outputs[0]
  const known = constantInt(trips)
  const hasTrips = known === undefined || BigInt(known) !== maxInt
  const hasCondition = constantOf(start)?.value !== true || constantOf(next)?.value !== true
  return hasTrips && hasCondition
}

function canonicalize(node: Node): void {
  const { graph } = node
  const [body] = node.blocks
  const emit = (key: string, inputs: readonly Value[], type: Type): Value => {
    const made = graph.insert(key.replace(/\..*/, ''), inputs, [type], node.sourceRange)
    made.schema = operatorByKey(key)?.schema
    return made.output
  }
  const trips = node.inputs[0]
  const { zero, one } = graph.withInsertPoint(node, () => {
    const constants = { zero: insertInt(graph, 0), one: insertInt(graph, 1) }
    let condition = emit('aten::gt.int', [trips, constants.zero], BoolType)
    node.replaceInput(0, insertInt(graph, maxInt))
    const start = node.inputs[1]
    if (constantOf(start)?.value !== true) condition = emit('aten::__and__.bool', [condition, start], BoolType)
    node.replaceInput(1, condition)
    return constants
  })
  node.addOutput(IntType)
  node.addInput(zero)
  const counter = body.addInput('', IntType)
  body.inputs[0].replaceAllUsesWith(counter)
  graph.withInsertPoint(body, () => {
    const incremented = emit('aten::add.int', [counter, one], IntType)
    body.registerOutput(incremented)
    const more = emit('aten::lt.int', [incremented, trips], BoolType)
    body.returnNode.replaceInput(0, emit('aten::__and__.bool', [more, body.outputs[0]], BoolType))
  })
}
