import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { operatorByKey, overloadsOf } from '@tsjit/ops'
import type { FunctionSchema, Type } from '@tsjit/types'

/** Operators that are other names of one: PyTorch's `normalize_ops.cpp`. */
const aliases: Readonly<Record<string, string>> = {
  absolute: 'abs',
  absolute_: 'abs_',
  clip: 'clamp',
  clip_: 'clamp_',
  det: 'linalg_det',
  ger: 'outer',
  arccos: 'acos',
  arccos_: 'acos_',
  arcsin: 'asin',
  arcsin_: 'asin_',
  arctan: 'atan',
  arctan_: 'atan_',
  arctan2: 'atan2',
  arctan2_: 'atan2_',
  arccosh: 'acosh',
  arccosh_: 'acosh_',
  arcsinh: 'asinh',
  arcsinh_: 'asinh_',
  arctanh: 'atanh',
  arctanh_: 'atanh_',
  fix: 'trunc',
  fix_: 'trunc_',
  negative: 'neg',
  negative_: 'neg_',
  subtract: 'sub',
  subtract_: 'sub_',
  greater_equal: 'ge',
  greater_equal_: 'ge_',
  greater: 'gt',
  greater_: 'gt_',
  less_equal: 'le',
  less_equal_: 'le_',
  less: 'lt',
  less_: 'lt_',
  not_equal: 'ne',
  not_equal_: 'ne_',
  divide: 'div',
  divide_: 'div_',
  multiply: 'mul',
  multiply_: 'mul_',
  linalg_matmul: 'matmul',
  inverse: 'linalg_inv',
  true_divide: 'div',
  true_divide_: 'div_',
  concat: 'cat',
  concatenate: 'cat',
  row_stack: 'vstack',
  swapdims: 'transpose',
  swapdims_: 'transpose_',
  swapaxes: 'transpose',
  swapaxes_: 'transpose_',
  moveaxis: 'movedim',
  special_erf: 'erf',
  special_erfc: 'erfc',
  special_erfinv: 'erfinv',
  special_expit: 'sigmoid',
  special_exp2: 'exp2',
  special_expm1: 'expm1',
  special_logit: 'logit',
  special_logsumexp: 'logsumexp',
  special_round: 'round',
  special_log1p: 'log1p',
  special_sinc: 'sinc',
  special_digamma: 'digamma',
  special_psi: 'digamma',
  special_i0: 'i0',
  special_xlogy: 'xlogy',
  special_log_softmax: 'log_softmax',
  orgqr: 'linalg_householder_product',
  special_multigammaln: 'mvlgamma',
  special_polygamma: 'polygamma',
  special_softmax: 'softmax',
  special_gammainc: 'igamma',
  special_gammaincc: 'igammac',
  special_gammaln: 'lgamma',
  degrees: 'rad2deg',
  degrees_: 'rad2deg_',
  radians: 'deg2rad',
  radians_: 'deg2rad_',
}

/** Replaces alias operators on tensors by the operators they name, so that passes and kernels see one. */
export function normalizeOperators(graph: Graph): void {
  for (const kind of graph.kinds) {
    if (!isOtherName(kind)) continue
    visit(graph.block)
    return
  }
}

const isOtherName = (kind: string): boolean =>
  kind === 'aten::rsub' || Object.hasOwn(boolComparisons, kind) || (kind.startsWith('aten::') && Object.hasOwn(aliases, kind.slice(6)))

function visit(block: Block): void {
  for (const node of block.nodes()) {
    for (const inner of node.blocks) visit(inner)
    if (!isOtherName(node.kind)) continue
    if (reverseSubtraction(node) || compareBools(node)) continue
    const name = node.kind.slice(6)
    if (!Object.hasOwn(aliases, name) || node.inputs.length === 0 || !isTensors(node.inputs[0].type)) continue
    const kind = `aten::${aliases[name]}`
    const text = node.schema && signature(String(node.schema))
    const schema = overloadsOf(kind).find((operator) => signature(String(operator.schema)) === text)?.schema
    // Only where the other operator has the same overload: its inputs stay as they are.
    if (!schema) continue
    replaceNode(node, schema, node.inputs)
  }
}

const isTensors = (type: Type): boolean => type.kind === 'Tensor' || (type.kind === 'List' && type.contained()[0].kind === 'Tensor')

function replaceNode(node: Node, schema: FunctionSchema, inputs: readonly Value[]): void {
  const { graph } = node
  const replacement = graph.create(
    schema.name,
    inputs,
    node.outputs.map(({ type }) => type),
  )
  replacement.insertBefore(node)
  replacement.schema = schema
  replacement.sourceRange = node.sourceRange
  replacement.callStack = node.callStack
  replacement.scope = node.scope
  node.outputs.forEach((output, i) => {
    if (output.debugName) graph.nameValue(replacement.outputs[i], output.debugName)
  })
  node.replaceAllUsesWith(replacement)
  node.destroy()
}

/** `rsub(a, b, alpha)` of tensors is `sub(b, a, alpha)`. */
function reverseSubtraction(node: Node): boolean {
  if (node.schema?.key !== 'aten::rsub.Tensor') return false
  const [self, other, alpha] = node.inputs
  replaceNode(node, operatorByKey('aten::sub.Tensor')!.schema, [other, self, alpha])
  return true
}

const boolComparisons: Readonly<Record<string, string>> = { 'aten::__is__': 'aten::eq.bool', 'aten::__isnot__': 'aten::ne.bool' }

/** `is` between bools is `==`. */
function compareBools(node: Node): boolean {
  if (!Object.hasOwn(boolComparisons, node.kind) || !node.inputs.every(({ type }) => type.kind === 'bool')) return false
  replaceNode(node, operatorByKey(boolComparisons[node.kind])!.schema, node.inputs)
  return true
}

/** A schema's types without its name: what makes two overloads interchangeable. */
function signature(text: string): string {
  return text.slice(text.indexOf('(')).replace(/\s[A-Za-z_]\w*(?=[,)=])/g, '')
}
