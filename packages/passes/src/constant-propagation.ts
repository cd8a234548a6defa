import type { AttributeValue, Block, Graph, Node, Value } from '@tsjit/ir'
import type { Type } from '@tsjit/types'
import { AliasDb } from './alias-analysis.ts'
import {
  attributeKey,
  constantBool,
  constantInt,
  constantType,
  insertConstantBefore,
  isConstant,
  mustBeNone,
  plainAttribute,
  plainConstant,
} from './constants.ts'
import { eliminateDeadCode } from './dead-code-elimination.ts'
import { hasSideEffects, isMutableType, isNondeterministic } from './node-properties.ts'

/** Runs nodes on constants for the passes; the executor (or a test) implements it. */
export interface Evaluator {
  /** The outputs of the node on these inputs; undefined where it cannot or should not run. What it throws counts as undefined. */
  evaluate(node: Node, inputs: readonly unknown[]): readonly unknown[] | undefined
  /** The runtime value of a `prim::Constant`. Without it: numbers, booleans, strings and null, the rest as the attribute holds it. */
  constantOf?(node: Node): unknown
  /** The attribute of a constant that stands for a value, 'none' for None, undefined where the value cannot be a constant. */
  attributeOf?(value: unknown, type: Type): AttributeValue | 'none' | undefined
}

export interface ConstantPropagationOptions {
  readonly evaluator?: Evaluator
  /** Leave alone nodes with inputs or outputs that can be written (tensors, lists): needs no alias analysis. */
  readonly immutableTypesOnly?: boolean
  /** The largest tensor (elements), list (items) or string (characters) that becomes a constant. */
  readonly maxElements?: number
}

/** Nodes that are not evaluated though they have a schema or known meaning. */
const skipped = new Set([
  'prim::If',
  'prim::Loop',
  'prim::Constant',
  'prim::Uninitialized',
  'prim::CreateObject',
  'prim::GetAttr',
  'prim::SetAttr',
  'prim::unchecked_unwrap_optional',
  'aten::dequantize',
  'prim::Closure',
  'prim::profile',
  'prim::Guard',
  'prim::AutogradZero',
])

/**
 * Evaluates nodes whose inputs are all constants, puts the taken block in place of a decided `prim::If`, removes loops that never
 * turn, results that are the same in both branches and carried values that never change:
 *
 *     %3 = aten::add(%1, %2)  with %1 = 1, %2 = 2      becomes      %3 = prim::Constant[value=3]()
 *
 * Memory that is written, or that may be seen from outside, is not folded: each run must make it anew.
 */
export function propagateConstants(graph: Graph, options: ConstantPropagationOptions = {}): boolean {
  const changed = new ConstantPropagator(graph, options).run()
  if (changed) eliminateDeadCode(graph)
  return changed
}

class ConstantPropagator {
  private aliases: AliasDb | undefined
  private readonly values = new Map<Node, unknown>()
  private readonly maxElements: number
  private changed = false

  constructor(
    private readonly graph: Graph,
    private readonly options: ConstantPropagationOptions,
  ) {
    this.maxElements = options.maxElements ?? 1 << 22
  }

  run(): boolean {
    this.block(this.graph.block)
    return this.changed
  }

  private block(block: Block): void {
    for (const node of block.nodes()) this.node(node)
  }

  private node(node: Node): void {
    if (node.kind === 'prim::If') this.branch(node)
    else if (node.kind === 'prim::Loop') this.loop(node)
    else if (node.blocks.length === 0 && node.inputs.every(isConstant)) this.fold(node)
    else for (const block of node.blocks) this.block(block)
  }

  private branch(node: Node): void {
    const condition = constantBool(node.inputs[0])
    if (condition === undefined) {
      for (const block of node.blocks) this.block(block)
      this.removeEqualResults(node)
      return
    }
    const taken = node.blocks[condition ? 0 : 1]
    this.block(taken)
    inlineBlock(node, taken)
    this.changed = true
  }

  private loop(node: Node): void {
    const trips = constantInt(node.inputs[0])
    if ((trips !== undefined && trips <= 0) || constantBool(node.inputs[1]) === false) {
      for (const [i, output] of node.outputs.entries()) output.replaceAllUsesWith(node.inputs[i + 2])
      node.destroy()
      this.changed = true
      return
    }
    this.block(node.blocks[0])
    this.removeUnchangingResults(node)
  }

  private removeEqualResults(node: Node): void {
    const [yes, no] = node.blocks
    for (let i = node.outputs.length - 1; i >= 0; i--) {
      const left = yes.outputs[i]
      const right = no.outputs[i]
      let same: Value | undefined
      if (left === right) same = left
      else if (isConstant(left) && isConstant(right) && sameConstant(left, right)) {
        const attribute = left.node.attributes.get('value')
        same = insertConstantBefore(node, left.type, attribute, left.node.sourceRange)
      }
      if (!same) continue
      node.outputs[i].replaceAllUsesWith(same)
      node.eraseOutput(i)
      for (const block of node.blocks) block.returnNode.removeInput(i)
      this.changed = true
    }
  }

  private removeUnchangingResults(node: Node): void {
    const [body] = node.blocks
    for (let i = node.outputs.length - 1; i >= 0; i--) {
      if (body.inputs[i + 1] !== body.outputs[i + 1]) continue
      const initial = node.inputs[i + 2]
      node.outputs[i].replaceAllUsesWith(initial)
      body.returnNode.removeInput(i + 1)
      body.inputs[i + 1].replaceAllUsesWith(initial)
      node.eraseOutput(i)
      node.removeInput(i + 2)
      body.paramNode.eraseOutput(i + 1)
      this.changed = true
    }
  }

  private fold(node: Node): void {
    const { evaluator } = this.options
    if (!evaluator || !this.foldable(node)) return
    const inputs = node.inputs.map((value) => this.constant(value.node))
    if (inputs.some((value) => value === undefined)) return
    let outputs: readonly unknown[] | undefined
    try {
      outputs = evaluator.evaluate(node, inputs)
    } catch {
      return // the node fails when, and if, it runs
    }
    if (!outputs || outputs.length !== node.outputs.length) return
    for (const [i, value] of outputs.entries()) this.replace(node, node.outputs[i], value)
  }

  private replace(node: Node, output: Value, value: unknown): void {
    if (output.uses.length === 0 || sizeOf(value, this.maxElements) > this.maxElements) return
    const attribute = this.options.evaluator!.attributeOf
      ? this.options.evaluator!.attributeOf(value, output.type)
      : plainAttribute(value, output.type)
    if (attribute === undefined) return
    const constant = insertConstantBefore(
      node,
      constantType(attribute, output.type),
      attribute === 'none' ? undefined : attribute,
      node.sourceRange,
    )
    this.values.set(constant.node, value)
    if (output.debugName) this.graph.nameValue(constant, output.debugName)
    output.replaceAllUsesWith(constant)
    this.changed = true
  }

  private foldable(node: Node): boolean {
    if (skipped.has(node.kind) || node.outputs.length === 0 || hasSideEffects(node) || isNondeterministic(node) || node.schema?.isVararg)
      return false
    const touched = [...node.inputs, ...node.outputs].filter((value) => isMutableType(value.type))
    if (touched.length === 0) return true
    if (this.options.immutableTypesOnly) return false
    const aliases = (this.aliases ??= new AliasDb(this.graph))
    if (aliases.mayWrite(node) || touched.some((value) => aliases.hasWritersInside(value))) return false
    // A view of a constant is the same memory every time; anything else that leaves must be new.
    const isView = (value: Value): boolean => node.inputs.some((input) => aliases.mayAlias(input, value))
    return !node.outputs.some((value) => isMutableType(value.type) && aliases.escapes(value) && !isView(value))
  }

  private constant(node: Node): unknown {
    if (this.values.has(node)) return this.values.get(node)
    const { constantOf } = this.options.evaluator!
    const value = constantOf ? constantOf.call(this.options.evaluator, node) : plainConstant(node)
    this.values.set(node, value)
    return value
  }
}

/** Puts the nodes of one of its blocks in place of a node. */
export function inlineBlock(node: Node, block: Block): void {
  for (const inner of block.nodes()) inner.moveBefore(node)
  for (const [i, output] of node.outputs.entries()) output.replaceAllUsesWith(block.outputs[i])
  node.destroy()
}

function sameConstant(a: Value, b: Value): boolean {
  if (mustBeNone(a) && mustBeNone(b)) return true
  const left = a.node.attributes.get('value')
  const right = b.node.attributes.get('value')
  if (!left || !right || left.kind !== right.kind || a.type.kind !== b.type.kind || left.kind === 'ival') return false
  return attributeKey(left) === attributeKey(right)
}

/** Elements of tensors, items of lists and dicts (nested ones too), characters; counting stops beyond `limit`. */
function sizeOf(value: unknown, limit: number): number {
  if (typeof value === 'string') return value.length
  if (typeof value !== 'object' || value === null) return 1
  if (Array.isArray(value) || value instanceof Map) {
    let size = 1
    for (const item of value instanceof Map ? value.values() : value) {
      size += sizeOf(item, limit)
      if (size > limit) break
    }
    return size
  }
  const { numel } = value as { numel?: unknown }
  return typeof numel === 'number' ? numel : 1
}
