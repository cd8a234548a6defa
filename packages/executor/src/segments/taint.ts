import type { Block, Node, Value } from '@tsjit/ir'
import { metadataKernels } from '@tsjit/runtime'
import type { Type } from '@tsjit/types'
import { schemaOf } from '../operation.ts'

/**
 * Which host values a plan must not depend on: those computed from the data of tensors, and those that change from turn to turn of a
 * loop that runs on the host. A tensor can be "small": made of host values alone (`NumToTensor` and arithmetic on it), so that reading
 * it back is no look at data.
 */
export class Taint {
  private readonly tainted = new Set<Value>()
  private readonly small = new Set<Value>()

  /** A copy to try things on. */
  fork(): Taint {
    const copy = new Taint()
    for (const value of this.tainted) copy.tainted.add(value)
    for (const value of this.small) copy.small.add(value)
    return copy
  }

  isTainted(value: Value): boolean {
    return this.tainted.has(value)
  }
  mark(value: Value): void {
    if (isHostType(value.type)) this.tainted.add(value)
  }

  /** Follows one node that is not control flow; call in execution order. */
  node(node: Node): void {
    if (node.kind === 'prim::Constant') {
      if (node.output.type.kind === 'Tensor') this.small.delete(node.output)
      return
    }
    const fromData = this.readsData(node)
    const small = node.outputs.length > 0 && this.isSmall(node)
    for (const output of node.outputs) {
      if (small && output.type.kind === 'Tensor') this.small.add(output)
      if (fromData || node.inputs.some((input) => this.tainted.has(input) && isHostType(input.type))) this.mark(output)
    }
  }

  /** Follows a whole block whose parameters are known. */
  block(block: Block): void {
    for (const node of block.nodes()) this.nested(node)
  }

  nested(node: Node): void {
    if (node.kind === 'prim::If') {
      const condition = this.tainted.has(node.inputs[0])
      for (const inner of node.blocks) this.block(inner)
      node.outputs.forEach((output, i) => {
        if (condition || node.blocks.some((inner) => this.tainted.has(inner.outputs[i]))) this.mark(output)
        if (!condition && node.blocks.every((inner) => this.small.has(inner.outputs[i]))) this.small.add(output)
      })
    } else if (node.kind === 'prim::Loop') this.loop(node)
    else this.node(node)
  }

  /** A loop that may run inside a plan: its counter is known there. Carried values are followed until nothing changes. */
  loop(node: Node): void {
    const [body] = node.blocks
    if (this.tainted.has(node.inputs[0])) this.mark(body.inputs[0])
    for (let turn = 0; turn <= body.inputs.length; turn++) {
      const before = this.tainted.size
      body.inputs.slice(1).forEach((carried, i) => {
        if (this.tainted.has(node.inputs[i + 2]) || this.tainted.has(body.outputs[i + 1]) || this.tainted.has(body.outputs[0]))
          this.mark(carried)
      })
      this.block(body)
      if (this.tainted.size === before && turn > 0) break
    }
    const unknownTurns = this.tainted.has(node.inputs[0]) || this.tainted.has(node.inputs[1]) || this.tainted.has(body.outputs[0])
    node.outputs.forEach((output, i) => {
      if (unknownTurns || this.tainted.has(body.outputs[i + 1]) || this.tainted.has(node.inputs[i + 2])) this.mark(output)
    })
  }

  /** Whether host results of the node come from tensor data. */
  private readsData(node: Node): boolean {
    if (!node.outputs.some((output) => isHostType(output.type))) return false
    const key = schemaOf(node)?.key ?? node.kind
    if (node.kind.startsWith('prim::') && node.kind !== 'prim::tolist') return false
    if (metadataKernels(key) || looksAtStructure.has(node.kind)) return false
    return node.inputs.some((input) => holdsTensor(input.type) && !this.small.has(input))
  }

  private isSmall(node: Node): boolean {
    if (node.kind === 'prim::NumToTensor') return !this.tainted.has(node.inputs[0])
    if (!elementwise.has(node.kind)) return false
    let any = false
    for (const input of node.inputs) {
      if (input.type.kind === 'Tensor') {
        if (!this.small.has(input)) return false
        any = true
      } else if (this.tainted.has(input)) return false
    }
    return any
  }
}

/** Operators on lists of tensors that do not look at the tensors' data. */
const looksAtStructure = new Set([
  'aten::len',
  'aten::__is__',
  'aten::__isnot__',
  'aten::append',
  'aten::__getitem__',
  'aten::keys',
  'aten::__contains__',
])

/** Arithmetic that traced programs do on sizes. */
const elementwise = new Set([
  'aten::add',
  'aten::sub',
  'aten::mul',
  'aten::div',
  'aten::floor_divide',
  'aten::remainder',
  'aten::floor',
  'aten::ceil',
  'aten::to',
  'aten::neg',
  'aten::clone',
  'aten::detach',
  'aten::rsub',
  'aten::round',
  'aten::trunc',
  'aten::abs',
  'aten::minimum',
  'aten::maximum',
  'aten::clamp',
  'aten::sqrt',
  'aten::pow',
])

function holdsTensor(type: Type): boolean {
  return type.kind === 'Tensor' || type.contained().some(holdsTensor)
}

/** Values that live on the host: everything but tensors and structures of tensors alone. */
export function isHostType(type: Type): boolean {
  switch (type.kind) {
    case 'Tensor':
    case 'None':
    case 'Class':
      return false
    case 'Optional':
    case 'List':
    case 'Tuple':
    case 'Dict':
      return type.contained().some(isHostType)
    default:
      return true
  }
}
