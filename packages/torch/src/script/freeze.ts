import { type Block, CompilationUnit, type Graph, GraphFunction } from '@tsjit/ir'
import { plainAttribute, type ResolvedAttribute, runPipeline, type SpecializeHooks, specializedPipeline } from '@tsjit/passes'
import { ScriptObject, Tensor } from '@tsjit/runtime'
import { type Argument, ClassType, FunctionSchema, RuntimeError } from '@tsjit/types'
import { ScriptModule } from '../script-module.ts'

export interface FreezeOptions {
  /** Attributes that stay attributes, and methods that stay beside `forward`. */
  readonly preservedAttrs?: readonly string[]
  /** Folds batch normalisation into the convolution before it; results may differ in the last digits. */
  readonly optimizeNumerics?: boolean
}

/**
 * A module whose attributes are constants of its graphs: submodules, parameters and buffers are gone, but for those that a graph writes and those that
 * `preservedAttrs` names. Throws TSJ_FREEZE for modules in training mode and for names that the module does not have.
 */
export function freeze(module: ScriptModule, { preservedAttrs = [], optimizeNumerics = true }: FreezeOptions = {}): ScriptModule {
  const { object, unit, runtime } = module
  if (object.getAttribute('training') === true) {
    throw new RuntimeError(
      'TSJ_FREEZE',
      'Freezing is currently only implemented for modules in eval mode. Please call .eval() on your module before freezing.',
    )
  }
  const methods = ['forward', ...preservedAttrs.filter((name) => object.type.methods.has(name) && name !== 'forward')]
  const kept = new Set(preservedAttrs.filter((name) => !object.type.methods.has(name)))
  for (const name of kept) {
    if (object.type.slotOf(name) === undefined) throw new RuntimeError('TSJ_FREEZE', `Preserved attribute ${name} is not found`)
  }
  const graphs = new Map(methods.map((name) => [name, frozenGraph(module, name, kept, optimizeNumerics)] as const))
  for (const graph of graphs.values()) collectAttributes(graph, kept)

  const type = new ClassType(object.type.name, true, object.type.range)
  const slots: unknown[] = []
  for (const [slot, { name, type: attribute, isParameter, isBuffer }] of object.type.attributes.entries()) {
    if (!kept.has(name) && name !== 'training') continue
    type.addAttribute(name, attribute, { isParameter, isBuffer })
    slots.push(object.slots[slot])
  }
  const frozen = new CompilationUnit()
  for (const [name, known] of unit.types) if (known !== object.type) frozen.types.set(name, known)
  frozen.addType(type)
  for (const [name, graph] of graphs) {
    graph.inputs[0].type = type
    const { schema } = module.method(name)
    const self: Argument = { ...schema.args[0], type, typeText: type.toString() }
    const fn = new GraphFunction(
      `${type.name}.${name}`,
      new FunctionSchema(schema.name, schema.overload, [self, ...schema.args.slice(1)], schema.returns),
      graph,
    )
    type.methods.set(name, frozen.addFunction(fn))
  }
  return new ScriptModule(new ScriptObject(type, slots), frozen, runtime)
}

/** `freeze`, where the module is not frozen yet: what else PyTorch does for speed, the executor does when the module runs. */
export function optimizeForInference(module: ScriptModule, otherMethods: readonly string[] = []): ScriptModule {
  const isFrozen = module.object.type.attributes.every(({ type }) => !(type instanceof ClassType) || !type.isModule)
  const hasTraining = module.object.getAttribute('training') !== undefined
  return isFrozen && hasTraining && [...module.namedParameters()].length === 0 ? module : freeze(module, { preservedAttrs: otherMethods })
}

function frozenGraph({ object, runtime }: ScriptModule, name: string, kept: ReadonlySet<string>, optimizeNumerics: boolean): Graph {
  const fn = object.type.methods.get(name) as GraphFunction
  const graph = fn.graph.copy()
  const hooks: SpecializeHooks<ScriptObject> = {
    objectOfInput: (index) => (index === 0 ? object : undefined),
    classOf: (handle) => handle.type,
    resolveAttribute: (handle, attribute) => resolve(handle, attribute, handle === object && kept.has(attribute)),
  }
  const steps = specializedPipeline.filter((step) => step.name !== 'loop-unrolling')
  runPipeline(graph, steps, {
    name: fn.name,
    evaluator: runtime.executor.evaluator,
    specialize: hooks,
    ...(optimizeNumerics ? { dispatch: runtime.dispatcher } : {}),
  })
  return graph
}

function resolve(handle: ScriptObject, name: string, isKept: boolean): ResolvedAttribute<ScriptObject> {
  const slot = handle.type.slotOf(name)
  if (slot === undefined || !handle.type.isModule) return { kind: 'dynamic' }
  const value = handle.slots[slot]
  if (value instanceof ScriptObject) return value.type.isModule && !isKept ? { kind: 'object', object: value } : { kind: 'dynamic' }
  if (isKept) return { kind: 'dynamic' }
  const constant = plainAttribute(value instanceof Tensor ? untrained(value) : value, handle.type.attributes[slot].type)
  return constant === undefined ? { kind: 'dynamic' } : { kind: 'constant', value: constant }
}

const detached = new WeakMap<Tensor, Tensor>()

/** Constants of a graph cannot require gradients: PyTorch refuses archives where they do. */
function untrained(tensor: Tensor): Tensor {
  if (!tensor.requiresGrad) return tensor
  let made = detached.get(tensor)
  if (!made) detached.set(tensor, (made = new Tensor(tensor.storage, tensor.dtype, tensor.shape, tensor.strides, tensor.offset)))
  return made
}

/** The attributes of `self` that a graph still reads or writes. */
function collectAttributes(graph: Graph, into: Set<string>): void {
  const [self] = graph.inputs
  const inBlock = (block: Block): void => {
    for (const node of block.nodes()) {
      if ((node.kind === 'prim::GetAttr' || node.kind === 'prim::SetAttr') && node.inputs[0] === self)
        into.add(node.attribute('name', 's')!)
      for (const inner of node.blocks) inBlock(inner)
    }
  }
  inBlock(graph.block)
}
