import type { Block, Graph, Node, Value } from '@tsjit/ir'
import type { Dispatch } from '@tsjit/ops'
import { TensorT } from '@tsjit/types'
import { AliasDb } from './alias-analysis.ts'
import { constantBool, insertConstantBefore, isConstant, mustBeNone } from './constants.ts'
import { eliminateDeadCode } from './dead-code-elimination.ts'

export interface FoldConvBnOptions {
  /** Calls operators on tensors, eagerly. */
  readonly dispatch: Dispatch
}

/** How convolutions carry weight, bias, groups and output channels. */
interface Layer {
  readonly weight: number
  readonly bias: number
  /** The shape that puts a value an output channel in place on the weight. */
  readonly scaleShape: (rank: number) => number[]
}

const convolution: Layer = { weight: 1, bias: 2, scaleShape: (rank) => [-1, ...new Array<number>(rank - 1).fill(1)] }
const transposed: Layer = { weight: 1, bias: 2, scaleShape: (rank) => [1, -1, ...new Array<number>(rank - 2).fill(1)] }

/**
 * Takes a batch normalisation with constant statistics into the convolution in front of it:
 *
 *     %y = aten::conv2d(%x, %w, %b, …);  %z = aten::batch_norm(%y, …)      becomes      %z = aten::conv2d(%x, %w2, %b2, …)
 *
 * with w2 = w · γ/√(σ² + ε) and b2 = (b − μ) · γ/√(σ² + ε) + β for each output channel. All of it must be constant, the
 * normalisation not training, and the convolution's result used nowhere else.
 */
export function foldConvBn(graph: Graph, options: FoldConvBnOptions): boolean {
  let aliases: AliasDb | undefined
  let changed = false
  const visit = (block: Block): void => {
    for (const node of block.nodes()) {
      for (const inner of node.blocks) visit(inner)
      if (node.kind !== 'aten::batch_norm') continue
      const conv = node.inputs[0].node
      const layer = layerOf(conv)
      if (!layer || conv.output.uses.length !== 1 || conv.owningBlock !== block) continue
      const constants = [conv.inputs[layer.weight], conv.inputs[layer.bias], ...node.inputs.slice(1)]
      if (!constants.every(isConstant) || constantBool(node.inputs[5]) !== false) continue
      aliases ??= new AliasDb(graph)
      if (aliases.hasWriters(conv.output) || constants.some((value) => aliases!.hasWriters(value))) continue
      const folded = fold(conv, node, layer, options.dispatch)
      if (!folded) continue
      changed = true
    }
  }
  visit(graph.block)
  if (changed) eliminateDeadCode(graph)
  return changed
}

function layerOf(node: Node): Layer | undefined {
  switch (node.kind) {
    case 'aten::conv1d':
    case 'aten::conv2d':
    case 'aten::conv3d':
      return convolution
    case 'aten::conv_transpose1d':
    case 'aten::conv_transpose2d':
    case 'aten::conv_transpose3d':
      // input, weight, bias, stride, padding, output_padding, groups
      return isOne(node.inputs[6]) ? transposed : undefined
    case 'aten::_convolution': {
      // input, weight, bias, stride, padding, dilation, transposed, output_padding, groups
      const isTransposed = constantBool(node.inputs[6])
      if (isTransposed === false) return convolution
      return isTransposed === true && isOne(node.inputs[8]) ? transposed : undefined
    }
  }
  return undefined
}

function isOne(value: Value | undefined): boolean {
  return value !== undefined && isConstant(value) && value.node.attribute('value', 'i') === 1
}

function tensorOf(value: Value): unknown {
  return mustBeNone(value) ? null : value.node.attribute('value', 't')
}

function fold(conv: Node, norm: Node, layer: Layer, op: Dispatch): boolean {
  const weight = tensorOf(conv.inputs[layer.weight])
  const bias = tensorOf(conv.inputs[layer.bias])
  const [gamma, beta, mean, variance] = [1, 2, 3, 4].map((i) => tensorOf(norm.inputs[i]))
  const epsilon = norm.inputs[7].node.attribute('value', 'f')
  if (!weight || !mean || !variance || epsilon === undefined) return false
  if (bias === undefined || gamma === undefined || beta === undefined) return false
  const { shape, dtype } = weight as { shape: readonly number[]; dtype: string }
  if (dtype !== (mean as { dtype: string }).dtype || shape === undefined) return false
  let newWeight: unknown
  let newBias: unknown
  try {
    const deviation = op.call('aten::sqrt', op.call('aten::add.Scalar', variance, op.float(epsilon)))
    const scale = gamma === null ? op.call('aten::reciprocal', deviation) : op.call('aten::div.Tensor', gamma, deviation)
    newWeight = op.call('aten::mul.Tensor', weight, op.call('aten::reshape', scale, layer.scaleShape(shape.length)))
    const centred = bias === null ? op.call('aten::neg', mean) : op.call('aten::sub.Tensor', bias, mean)
    const scaled = op.call('aten::mul.Tensor', centred, scale)
    newBias = beta === null ? scaled : op.call('aten::add.Tensor', scaled, beta)
  } catch {
    return false // shapes that do not fit fail where the model runs them
  }
  const constants = [newWeight, newBias].map((value) => insertConstantBefore(conv, TensorT, { kind: 't', value }, conv.sourceRange))
  conv.replaceInput(layer.weight, constants[0])
  conv.replaceInput(layer.bias, constants[1])
  norm.output.replaceAllUsesWith(conv.output)
  return true
}
