import type { Block, Graph, Node, Value } from '@tsjit/ir'
import {
  type SegmentBlock,
  type SegmentInstruction,
  type SegmentProgram,
  type SegmentType,
  type SegmentValue,
  Tensor,
} from '@tsjit/runtime'
import { constantValue } from '../constants.ts'
import { schemaOf } from '../operation.ts'
import { segmentType } from './segment-type.ts'

/** A region as the backend takes it. `supports` decides between an operator's key and a prim's kind. */
export function segmentProgram(graph: Graph, name: string, supports: (op: string) => boolean): SegmentProgram {
  const ids = new Map<Value, number>()
  const constants: (SegmentValue & { readonly value: unknown })[] = []
  const written = writtenConstants(graph.block)
  let nodes = 0
  const id = (value: Value): number => {
    let found = ids.get(value)
    if (found === undefined) ids.set(value, (found = ids.size))
    return found
  }
  const body = (block: Block): SegmentInstruction[] => {
    const instructions: SegmentInstruction[] = []
    for (const node of block.nodes()) {
      if (node.kind === 'prim::Constant') constant(node)
      else instructions.push(instruction(node))
    }
    return instructions
  }
  const constant = (node: Node): void => {
    const value = constantValue(node)
    const type: SegmentType = value === null ? 'none' : segmentType(node.output.type)
    constants.push({ id: id(node.output), type, value, ...(value instanceof Tensor ? { frozen: !written.has(node.output) } : {}) })
  }
  const instruction = (node: Node): SegmentInstruction => {
    const key = schemaOf(node)?.key ?? node.kind
    return {
      op: supports(key) ? key : node.kind,
      inputs: node.inputs.map(id),
      node: nodes++,
      ...(node.blocks.length > 0 ? { blocks: node.blocks.map(nested) } : {}),
      outputs: node.outputs.map(id),
    }
  }
  const nested = (block: Block): SegmentBlock => {
    const inputs = block.inputs.map(id)
    const instructions = body(block)
    return { inputs, body: instructions, outputs: block.outputs.map(id) }
  }
  const inputs = graph.inputs.map((input) => ({ id: id(input), type: segmentType(input.type) }))
  const instructions = body(graph.block)
  const outputs = graph.outputs.map((output) => ({ id: id(output), type: segmentType(output.type) }))
  return { valueCount: ids.size, inputs, constants, body: instructions, outputs, name }
}

/** Constants that the region writes in place. */
function writtenConstants(block: Block, found = new Set<Value>()): Set<Value> {
  for (const node of block.nodes()) {
    schemaOf(node)?.args.forEach((argument, i) => {
      if (argument.alias?.isWrite && node.inputs[i]?.node.kind === 'prim::Constant') found.add(node.inputs[i])
    })
    for (const inner of node.blocks) writtenConstants(inner, found)
  }
  return found
}
