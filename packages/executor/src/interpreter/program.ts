import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { coercion } from '@tsjit/runtime'
import type { Context } from '../builtins/builtin.ts'
import { constantValue } from '../constants.ts'
import type { Operation } from '../operation.ts'
import type { Conversion } from '../signature.ts'

/** A graph with every node resolved and every value given a register. */
export interface Program {
  readonly name: string
  readonly registers: number
  /** Constants, in the registers they live in. */
  readonly constants: readonly (readonly [register: number, value: unknown])[]
  readonly parameters: readonly number[]
  readonly body: BlockProgram
}

export interface BlockProgram {
  readonly parameters: readonly number[]
  readonly steps: readonly Step[]
  readonly results: readonly number[]
  /** Converts results to the types that stand outside. */
  readonly conversions: readonly Conversion[]
}

export type Step =
  | {
      readonly kind: 'call'
      readonly node: Node
      readonly operation: Operation
      readonly inputs: readonly number[]
      readonly outputs: readonly number[]
    }
  | {
      readonly kind: 'if'
      readonly node: Node
      readonly condition: number
      readonly outputs: readonly number[]
      readonly yes: BlockProgram
      readonly no: BlockProgram
    }
  | {
      readonly kind: 'loop'
      readonly node: Node
      readonly count: number
      readonly condition: number
      readonly initial: readonly number[]
      readonly initialConversions: readonly Conversion[]
      readonly outputs: readonly number[]
      readonly body: BlockProgram
    }

export function programOf(graph: Graph, name: string, context: Context, resolve: (node: Node, context: Context) => Operation): Program {
  const registerOf = new Map<Value, number>()
  const constants: [number, unknown][] = []
  const register = (value: Value): number => {
    let found = registerOf.get(value)
    if (found === undefined) registerOf.set(value, (found = registerOf.size))
    return found
  }
  const block = (from: Block, wanted: readonly Value[] | undefined): BlockProgram => {
    const parameters = from.inputs.map(register)
    const steps: Step[] = []
    for (const node of from.nodes()) {
      if (node.kind === 'prim::Constant') constants.push([register(node.output), constantValue(node)])
      // where a variable is set matters to debuggers of generated code only
      else if (node.kind !== 'prim::Store' && node.kind !== 'prim::Line') steps.push(step(node))
    }
    const conversions = wanted ? from.outputs.map((output, i) => (wanted[i] ? coercion(output.type, wanted[i].type) : undefined)) : []
    return { parameters, steps, results: from.outputs.map(register), conversions: conversions.some(Boolean) ? conversions : [] }
  }
  const step = (node: Node): Step => {
    const inputs = node.inputs.map(register)
    if (node.kind === 'prim::If') {
      const outputs = node.outputs.map(register)
      return {
        kind: 'if',
        node,
        condition: inputs[0],
        outputs,
        yes: block(node.blocks[0], node.outputs),
        no: block(node.blocks[1], node.outputs),
      }
    }
    if (node.kind === 'prim::Loop') {
      const [body] = node.blocks
      const carried = body.inputs.slice(1)
      const initial = node.inputs.slice(2)
      return {
        kind: 'loop',
        node,
        count: inputs[0],
        condition: inputs[1],
        initial: inputs.slice(2),
        initialConversions: initial.map((value, i) => coercion(value.type, carried[i].type)),
        outputs: node.outputs.map(register),
        body: block(body, [body.outputs[0], ...carried]),
      }
    }
    return { kind: 'call', node, operation: resolve(node, context), inputs, outputs: node.outputs.map(register) }
  }
  const body = block(graph.block, undefined)
  return { name, registers: registerOf.size, constants, parameters: body.parameters, body }
}
