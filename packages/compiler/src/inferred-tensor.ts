import type { Block, Graph, Value } from '@tsjit/ir'
import { DictType, ListType, OptionalType, TensorT, TensorType, TupleType, type Type, type UnionType, unionOf } from '@tsjit/types'

/** The type of a parameter that is not annotated: a Tensor, of which errors say that nobody asked for it. */
class InferredTensorType extends TensorType {
  override annotation(): string {
    return 'Tensor (inferred)'
  }
}
export const InferredTensorT: TensorType = new InferredTensorType()

/** The type with plain tensors: whether one was asked for matters to the errors of compiling alone. */
export function plainTensors(type: Type): Type {
  if (type === InferredTensorT) return TensorT
  const inside = type.contained()
  if (inside.length === 0) return type
  const parts = inside.map(plainTensors)
  if (parts.every((part, i) => part === inside[i])) return type
  switch (type.kind) {
    case 'List':
      return new ListType(parts[0])
    case 'Optional':
      return new OptionalType(parts[0])
    case 'Dict':
      return new DictType(parts[0], parts[1])
    case 'Tuple': {
      const { name, fields, defaults } = type as TupleType
      return new TupleType(parts, name, fields, defaults)
    }
    case 'Union':
      return unionOf((type as UnionType).members.map(plainTensors))
  }
  return type
}

/** Makes the types of a finished graph plain. */
export function makeTensorsPlain(graph: Graph): void {
  const visitValue = (value: Value): void => {
    const plain = plainTensors(value.type)
    if (plain !== value.type) value.setType(plain)
  }
  const visit = (block: Block): void => {
    block.inputs.forEach(visitValue)
    for (const node of block.nodes()) {
      node.outputs.forEach(visitValue)
      node.blocks.forEach(visit)
      const subgraph = node.attribute('Subgraph', 'g')
      if (subgraph) visit(subgraph.block)
    }
  }
  visit(graph.block)
}
