import type { AttributeValue, Block, Graph } from '@tsjit/ir'
import {
  type Evaluator,
  executionPipeline,
  plainAttribute,
  type ResolvedAttribute,
  runPipeline,
  type ScalarOf,
  type SpecializeHooks,
  specializedPipeline,
} from '@tsjit/passes'
import { Boxed, Complex, Device, EnumValue, isTagged, readBigInts, readComplex, readNumbers, ScriptObject, Tensor } from '@tsjit/runtime'
import { dtypeInfo, type Type, typeEquals } from '@tsjit/types'
import { Assumptions } from './assumptions.ts'
import { isChanging, noteFixed } from './attribute-writes.ts'
import type { Context } from './builtins/builtin.ts'
import { constantValue } from './constants.ts'
import { operationOf, schemaOf } from './operation.ts'

/** Runs nodes on constants for the passes. */
export function makeEvaluator(context: Context): Evaluator {
  return {
    evaluate(node, inputs) {
      const operation = operationOf(node, context)
      const args = inputs.map((value, i) => (operation.inputs[i] ? operation.inputs[i](value) : value))
      const result = operation.run(...args)
      const values = node.outputs.length === 1 ? [result] : ((result ?? []) as unknown[])
      return values.map((value, i) => (operation.outputs[i] ? operation.outputs[i](value) : value))
    },
    constantOf: constantValue,
    attributeOf,
  }
}

/** The constant that stands for a value under a static type, 'none' for None, undefined where there is none. */
function attributeOf(value: unknown, type: Type): AttributeValue | 'none' | undefined {
  if (value === undefined) return undefined
  if (value !== null && isTagged(type)) {
    if (!(value instanceof Boxed)) return undefined
    if (value.type.kind === 'int') return { kind: 'i', value: value.value as number }
    return value.type.kind === 'float' ? { kind: 'f', value: value.value as number } : undefined
  }
  if (value instanceof Complex) return { kind: 'c', value }
  if (value instanceof Device || value instanceof EnumValue) return { kind: 'ival', value }
  return plainAttribute(value, type)
}

const scalarOf: ScalarOf = (tensor) => {
  if (!(tensor instanceof Tensor) || tensor.shape.length > 0 || tensor.dtype === 'bool') return undefined
  const { isComplex, isFloat } = dtypeInfo(tensor.dtype)
  if (isComplex) {
    const [re, im] = readComplex(tensor)
    return { kind: 'c', value: new Complex(re, im) }
  }
  if (isFloat) return { kind: 'f', value: readNumbers(tensor)[0] }
  const value = tensor.dtype === 'int64' ? readBigInts(tensor)[0] : BigInt(readNumbers(tensor)[0])
  return { kind: 'i', value: Number.isSafeInteger(Number(value)) ? Number(value) : value }
}

/**
 * A copy of `graph` made for `self`: attributes of the module tree become constants where nothing writes them. `written` holds tensors
 * that earlier runs were seen to write.
 */
export function specialize(
  graph: Graph,
  self: ScriptObject,
  name: string,
  context: Context,
  written: WeakSet<Tensor>,
): { graph: Graph; assumptions: Assumptions } {
  const assumptions = new Assumptions(written)
  assumptions.module(self)
  const copy = graph.copy()
  const hooks: SpecializeHooks<ScriptObject> = {
    objectOfInput: (index) => (index === 0 ? self : undefined),
    classOf: (object) => object.type,
    scalarOf,
    resolveAttribute: (object, attribute) => resolveAttribute(object, attribute, assumptions, (type) => mayWriteLists(copy, type)),
  }
  const evaluator = makeEvaluator(context)
  // no `dispatch`: batch norms are not folded into weights here; a backend with segments does it as it packs them, others stay exact
  runPipeline(copy, specializedPipeline, { name, evaluator, specialize: hooks })
  assumptions.take()
  return { graph: copy, assumptions }
}

/** A copy of `graph` inlined and cleaned up, for whatever it is called on. */
export function optimize(graph: Graph, name: string, context: Context, pipeline = executionPipeline): Graph {
  const copy = graph.copy()
  runPipeline(copy, pipeline, { name, evaluator: makeEvaluator(context), scalarOf })
  return copy
}

function resolveAttribute(
  object: ScriptObject,
  name: string,
  assumptions: Assumptions,
  mayWrite: (type: Type) => boolean,
): ResolvedAttribute<ScriptObject> {
  const slot = object.type.slotOf(name)
  // script objects other than modules change as programs please
  if (slot === undefined || !object.type.isModule) return { kind: 'dynamic' }
  const value = object.slots[slot]
  if (value instanceof ScriptObject) {
    if (value.type.isModule) assumptions.module(value)
    return { kind: 'object', object: value }
  }
  if (isChanging(object, slot)) return { kind: 'dynamic' }
  const { type } = object.type.attributes[slot]
  if (isPlainList(value, type)) {
    if (mayWrite(type)) return { kind: 'dynamic' }
    assumptions.list(value)
  } else if (!isFixedValue(value, type)) return { kind: 'dynamic' }
  const attribute = attributeOf(value, type)
  if (attribute === undefined) return { kind: 'dynamic' }
  noteFixed(object, slot)
  if (value instanceof Tensor) assumptions.tensor(value)
  return { kind: 'constant', value: attribute }
}

function isPlainList(value: unknown, type: Type): value is unknown[] {
  const list = type.kind === 'Optional' ? type.contained()[0] : type
  return list.kind === 'List' && Array.isArray(value) && ['int', 'float', 'bool', 'str'].includes(list.contained()[0].kind)
}

/** Whether the (inlined) graph may change a list of a type: by an operator, or in a call that is left. */
function mayWriteLists(graph: Graph, type: Type): boolean {
  const list = type.kind === 'Optional' ? type.contained()[0] : type
  const inBlock = (block: Block): boolean => {
    for (const node of block.nodes()) {
      if (node.kind === 'prim::CallMethod' || node.kind === 'prim::CallFunction' || node.attributes.has('Subgraph')) return true
      const writes = schemaOf(node)?.args.some(({ alias }, i) => alias?.isWrite && node.inputs[i] && typeEquals(node.inputs[i].type, list))
      if (writes || node.blocks.some(inBlock)) return true
    }
    return false
  }
  return inBlock(graph.block)
}

/** Whether nothing can change inside a value: lists and dicts can be appended to. */
function isFixedValue(value: unknown, type: Type): boolean {
  if (Array.isArray(value)) {
    const tuple = type.kind === 'Optional' ? type.contained()[0] : type
    return tuple.kind === 'Tuple' && value.every((element, i) => isFixedValue(element, tuple.contained()[i]))
  }
  return value !== undefined && !(value instanceof Map) && !(value instanceof ScriptObject)
}
