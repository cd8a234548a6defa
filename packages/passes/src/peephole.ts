import type { Block, Graph, Node, Value } from '@tsjit/ir'
import { isSubtype, NoneType, type TensorType, typeEquals, unifyTypes } from '@tsjit/types'
import { AliasDb } from './alias-analysis.ts'
import {
  constantBool,
  constantInt,
  insertBool,
  insertConstantBefore,
  insertInt,
  insertOperator,
  isSameNone,
  mustNotBeNone,
} from './constants.ts'
import { eliminateDeadCode } from './dead-code-elimination.ts'
import { NumberChains } from './number-chains.ts'

export interface PeepholeOptions {
  /** Whether shapes and dtypes that tensor types carry hold for every run. A trace's types tell what its example had: not so. */
  readonly trustTensorTypes?: boolean
  /** Only what PyTorch's own pass does before it inlines, so that `inlinedGraph` gives the same text. */
  readonly asPyTorch?: boolean
}

/** What a rule works with. */
interface Context {
  readonly aliases: () => AliasDb
  readonly chains: NumberChains
  readonly trustTensorTypes: boolean
  readonly asPyTorch: boolean
}

/** The value to use in place of the node's only output; undefined where the rule does not apply. */
type Rule = (node: Node, context: Context) => Value | undefined

/** Small rewrites of one node that need no more than what is around it: see the rules. One walk, and dead code goes. */
export function peephole(graph: Graph, options: PeepholeOptions = {}): boolean {
  let db: AliasDb | undefined
  const aliases = (): AliasDb => (db ??= new AliasDb(graph))
  const context: Context = {
    aliases,
    chains: new NumberChains(aliases),
    trustTensorTypes: options.trustTensorTypes ?? false,
    asPyTorch: options.asPyTorch ?? false,
  }
  let changed = false
  const visit = (block: Block): void => {
    for (const node of block.nodes()) {
      for (const inner of node.blocks) visit(inner)
      if (node.kind === 'prim::If') {
        if (simplifyIf(node)) changed = true
        continue
      }
      if (node.kind === 'prim::ListUnpack') {
        if (unpackList(node, context)) changed = true
        continue
      }
      if (replaceNone(node)) changed = true
      if (node.outputs.length !== 1 || node.outputs[0].uses.length === 0) continue
      if (context.asPyTorch && beyondPyTorch.has(node.kind)) continue
      const replacement = rules[node.kind]?.(node, context)
      if (!replacement || replacement === node.output) continue
      node.output.replaceAllUsesWith(replacement)
      changed = true
    }
  }
  visit(graph.block)
  if (changed) eliminateDeadCode(graph)
  return changed
}

/** `True if c else False` is `c`; a result that no branch leaves None is not optional. */
function simplifyIf(node: Node): boolean {
  let changed = replaceNone(node)
  node.outputs.forEach((output, i) => {
    const [yes, no] = node.blocks.map((block) => block.outputs[i])
    if (output.uses.length > 0 && constantBool(yes) === true && constantBool(no) === false) {
      output.replaceAllUsesWith(node.inputs[0])
      changed = true
    }
    if (output.type.kind === 'Optional' && yes.type.kind !== 'Optional' && no.type.kind !== 'Optional') {
      const refined = unifyTypes(yes.type, no.type)
      if (!refined || typeEquals(refined, output.type)) return
      output.setType(refined)
      changed = true
    }
  })
  return changed
}

/** What is of type None is the constant None, wherever it comes from. */
function replaceNone(node: Node): boolean {
  if (node.kind === 'prim::Constant') return false
  let changed = false
  for (const output of node.outputs) {
    if (output.type.kind !== 'None' || output.uses.length === 0) continue
    output.replaceAllUsesWith(insertConstantBefore(node, NoneType, undefined))
    changed = true
  }
  return changed
}

function unpackList(node: Node, context: Context): boolean {
  const [list] = node.inputs
  if (
    list.node.kind !== 'prim::ListConstruct' ||
    list.node.inputs.length !== node.outputs.length ||
    !unwritten(list, context) ||
    !node.hasUses()
  )
    return false
  for (const [i, output] of node.outputs.entries()) output.replaceAllUsesWith(list.node.inputs[i])
  return true
}

const sameType: Rule = (node) =>
  typeEquals(node.inputs[0].type, node.output.type) && node.inputs[0].type.kind !== 'Tensor' ? node.inputs[0] : undefined

const isNone =
  (negated: boolean): Rule =>
  (node) => {
    const same = isSameNone(node.inputs[0], node.inputs[1])
    return same === undefined ? undefined : insertBool(node, same !== negated)
  }

const unwrap: Rule = (node) => (mustNotBeNone(node.inputs[0]) ? node.inputs[0] : undefined)

/** A number that went into a 0-dim tensor and comes out again. */
const toNumber: Rule = (node, { chains }) => {
  const [input] = node.inputs
  if (input.type.kind === 'Tensor') return chains.numberIn(input, node)
  return sameNumber(node)
}

const sameNumber = (node: Node): Value | undefined => {
  const [input] = node.inputs
  return input.type.kind === node.output.type.kind && ['int', 'float', 'bool'].includes(input.type.kind) ? input : undefined
}

/** Dropout that a constant turns off passes its input through. */
const noDropout: Rule = (node) => (node.inputs[2] && constantBool(node.inputs[2]) === false ? node.inputs[0] : undefined)

/** Whether what the list holds is what it was made of. */
function unwritten(value: Value, { aliases }: Context): boolean {
  return !aliases().hasWriters(value)
}

/** A constant operand, moved to the second place where the order does not matter; undefined where this is not int arithmetic with one. */
function constantOperand(node: Node): { readonly other: Value; readonly constant: number } | undefined {
  const [a, b] = node.inputs
  if (node.inputs.length !== 2 || a.type.kind !== 'int' || b.type.kind !== 'int') return undefined
  const right = constantInt(b)
  if (right !== undefined) return { other: a, constant: right }
  const left = node.kind === 'aten::add' || node.kind === 'aten::mul' ? constantInt(a) : undefined
  return left === undefined ? undefined : { other: b, constant: left }
}

/** `n * 1`, `n // 1` */
const timesOne: Rule = (node) => {
  const found = constantOperand(node)
  return found?.constant === 1 ? found.other : undefined
}

/** `n + 0`, and `(n + 3) - 5` is `n + -2`. */
const plusConstant: Rule = (node) => {
  const found = constantOperand(node)
  if (!found) return undefined
  if (found.constant === 0) return found.other
  const inner = found.other.node
  if (inner.kind !== 'aten::add' && inner.kind !== 'aten::sub') return undefined
  const before = constantOperand(inner)
  if (!before) return undefined
  const total = signed(node, found.constant) + signed(inner, before.constant)
  if (!Number.isSafeInteger(total)) return undefined
  if (total === 0) return before.other
  return insertOperator(node, node.kind === 'aten::add' ? 'aten::add.int' : 'aten::sub.int', [
    before.other,
    insertInt(node, signed(node, total)),
  ])
}

const signed = (node: Node, value: number): number => (node.kind === 'aten::sub' ? -value : value)

/** A value compared with itself. NaN differs from itself: floats stay, which PyTorch folds. */
const sameOperands =
  (result: boolean): Rule =>
  (node) => {
    const [a, b] = node.inputs
    return a === b && ['int', 'bool', 'None', 'str'].includes(a.type.kind) ? insertBool(node, result) : undefined
  }

/** PyTorch takes the result of a convolution for batched, whatever its input. */
const ranks: Readonly<Record<string, number>> = { 'aten::conv1d': 3, 'aten::conv2d': 4, 'aten::conv3d': 5 }

/** Rules for these are not in PyTorch's pass. */
const beyondPyTorch = new Set([
  'prim::TupleIndex',
  'aten::dropout',
  'aten::feature_dropout',
  'aten::alpha_dropout',
  'aten::feature_alpha_dropout',
  'aten::__not__',
])

const rules: Readonly<Record<string, Rule>> = {
  'aten::__is__': isNone(false),
  'aten::__isnot__': isNone(true),
  'aten::_unwrap_optional': unwrap,
  'prim::unchecked_unwrap_optional': unwrap,
  'prim::unchecked_cast': (node) => (isSubtype(node.inputs[0].type, node.output.type) ? node.inputs[0] : undefined),
  'aten::Int': toNumber,
  'aten::Float': toNumber,
  'aten::Bool': sameNumber,
  'aten::IntImplicit': toNumber,
  'aten::FloatImplicit': toNumber,
  'aten::ScalarImplicit': (node, { chains }) => chains.numberIn(node.inputs[0], node),
  'aten::ceil': sameNumber,
  'aten::floor': sameNumber,
  'aten::str': sameType,
  'aten::mul': timesOne,
  'aten::floordiv': timesOne,
  'aten::add': plusConstant,
  'aten::sub': plusConstant,
  'aten::eq': sameOperands(true),
  'aten::ne': sameOperands(false),
  'aten::dropout': noDropout,
  'aten::feature_dropout': noDropout,
  'aten::alpha_dropout': noDropout,
  'aten::feature_alpha_dropout': noDropout,

  'aten::__not__': (node) => {
    const inner = node.inputs[0].node
    return inner.kind === 'aten::__not__' ? inner.inputs[0] : undefined
  },

  'aten::size': (node, context) => {
    if (node.inputs.length !== 2 || !context.trustTensorTypes) return undefined
    const { sizes } = node.inputs[0].type as TensorType
    const dim = constantInt(node.inputs[1])
    const size = sizes && dim !== undefined ? sizes[dim < 0 ? dim + sizes.length : dim] : undefined
    return typeof size === 'number' && unwritten(node.inputs[0], context) ? insertInt(node, size) : undefined
  },
  'aten::dim': (node, context) => {
    const rank = ranks[node.inputs[0].node.kind]
    if (rank !== undefined) return unwritten(node.inputs[0], context) ? insertInt(node, rank) : undefined
    const { sizes } = node.inputs[0].type as TensorType
    return context.trustTensorTypes && sizes && unwritten(node.inputs[0], context) ? insertInt(node, sizes.length) : undefined
  },

  'aten::len': (node, context) => {
    const [input] = node.inputs
    if (input.node.kind === 'prim::ListConstruct' && unwritten(input, context)) return insertInt(node, input.node.inputs.length)
    if (!context.asPyTorch && isSizes(input.node) && unwritten(input, context) && unwritten(input.node.inputs[0], context)) {
      return insertOperator(node, 'aten::dim', [input.node.inputs[0]])
    }
    return undefined
  },

  'aten::__getitem__': (node, context) => {
    const [list, position] = node.inputs
    const index = constantInt(position)
    if (index === undefined || list.type.kind !== 'List' || !unwritten(list, context)) return undefined
    if (list.node.kind === 'prim::ListConstruct') {
      const items = list.node.inputs
      return items[index < 0 ? index + items.length : index]
    }
    if (!context.asPyTorch && isSizes(list.node) && unwritten(list.node.inputs[0], context)) {
      return insertOperator(node, 'aten::size.int', [list.node.inputs[0], position])
    }
    return undefined
  },
  'prim::TupleIndex': (node) => {
    const [tuple, position] = node.inputs
    const index = constantInt(position)
    if (tuple.node.kind !== 'prim::TupleConstruct' || index === undefined) return undefined
    const items = tuple.node.inputs
    return items[index < 0 ? index + items.length : index]
  },
}

function isSizes(node: Node): boolean {
  return node.kind === 'aten::size' && node.inputs.length === 1 && node.inputs[0].type.kind === 'Tensor'
}
