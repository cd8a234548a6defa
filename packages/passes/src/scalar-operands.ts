import type { AttributeValue, Block, Graph, Node } from '@tsjit/ir'
import { ComplexType, FloatType, IntType } from '@tsjit/types'
import { insertConstantBefore, insertOperator, isConstant } from './constants.ts'

/** The number that a constant tensor without dimensions holds; undefined for other tensors and for booleans. */
export type ScalarOf = (tensor: unknown) => (AttributeValue & { readonly kind: 'i' | 'f' | 'c' }) | undefined

const types = { i: IntType, f: FloatType, c: ComplexType }
const arithmetic = new Set(['aten::add', 'aten::sub', 'aten::mul', 'aten::div'])

/**
 * As PyTorch's executor does, a constant tensor without dimensions as second operand of arithmetic becomes a number, so that its dtype takes no part in type
 * promotion. Tracing makes such constants of `x * 0.5`: where `x` holds integers the result is float32, though the constant is float64.
 *
 *     %y : Tensor = aten::mul(%x, %c)        becomes      %y : Tensor = aten::mul(%x, %n)   with %n : float = prim::Constant[value=0.5]()
 *
 * Only constants that the program itself holds: attributes, which become constants later, keep their dtypes.
 */
export function scalarOperands(graph: Graph, scalarOf: ScalarOf): boolean {
  let changed = false
  const visit = (block: Block): void => {
    for (const node of block.nodes()) {
      for (const inner of node.blocks) visit(inner)
      if (scalarOperand(node, scalarOf)) changed = true
    }
  }
  visit(graph.block)
  return changed
}

/** The same for one node; says whether it took its place. */
export function scalarOperand(node: Node, scalarOf: ScalarOf): boolean {
  if (!arithmetic.has(node.kind) || node.schema?.overload !== 'Tensor' || !isConstant(node.inputs[1])) return false
  const tensor = node.inputs[1].node.attribute('value', 't')
  const scalar = tensor === undefined ? undefined : scalarOf(tensor)
  if (scalar === undefined) return false
  const number = insertConstantBefore(node, types[scalar.kind], scalar, node.inputs[1].node.sourceRange)
  const result = insertOperator(node, `${node.kind}.Scalar`, [node.inputs[0], number, ...node.inputs.slice(2)])
  if (node.output.debugName) node.graph.nameValue(result, node.output.debugName)
  node.output.replaceAllUsesWith(result)
  node.destroy()
  return true
}
