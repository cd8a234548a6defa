import type { AttributeValue, Block, Graph, GraphFunction, Node, Value } from '@tsjit/ir'
import type { ClassType, FunctionType, Type } from '@tsjit/types'
import { constantType, insertConstantBefore } from './constants.ts'
import { type InlineOptions, inlineCalls } from './inline-calls.ts'
import { dropUnread, pruneWhileInlining } from './prune-while-inlining.ts'
import type { ScalarOf } from './scalar-operands.ts'

/** What an attribute of a known object is: a value to write into the graph, another known object, or read anew each time. */
export type ResolvedAttribute<Handle> =
  | { readonly kind: 'constant'; readonly value: AttributeValue | 'none'; readonly type?: Type }
  | { readonly kind: 'object'; readonly object: Handle }
  | { readonly kind: 'dynamic' }

export interface SpecializeHooks<Handle> {
  /** The object that a parameter of the graph is; `self` usually. */
  readonly objectOfInput: (index: number, input: Value) => Handle | undefined
  /** Not asked for attributes that the graph sets. Handles of one object must be the same (`===`). */
  readonly resolveAttribute: (object: Handle, name: string, node: Node) => ResolvedAttribute<Handle>
  /** The class of an object, so that calls through interfaces can be inlined; none: such calls stay. */
  readonly classOf?: (object: Handle) => ClassType
  /** Numbers in constant tensors of the program: see `scalarOperands`. */
  readonly scalarOf?: ScalarOf
  /** Passed on to the inliner, which runs first and again whenever receivers become known. */
  readonly inline?: InlineOptions
}

/**
 * Makes a graph one for known objects: inlines calls and writes attributes of known objects into the graph,
 *
 *     %w : Tensor = prim::GetAttr[name="weight"](%self)      becomes      %w : Tensor = prim::Constant[value=<Tensor>]()
 *
 * Attributes that the graph, or a function that it still calls, sets stay as they are; where a call cannot be looked into, all that
 * are not objects do. Returns the objects that values of the graph are.
 */
export function specializeModule<Handle>(graph: Graph, hooks: SpecializeHooks<Handle>): Map<Value, Handle> {
  const objects = new Map<Value, Handle>()
  const resolveReceiver = (receiver: Value): ClassType | undefined => {
    const object = objects.get(receiver)
    return object === undefined ? undefined : hooks.classOf?.(object)
  }
  inlineCalls(graph, { simplify: pruneWhileInlining(graph, hooks, new AttributeWrites<Handle>(graph, objects)), ...hooks.inline })
  dropUnread(graph.block)
  for (;;) {
    objects.clear()
    findObjects(graph, hooks, objects)
    if (!hooks.classOf || !inlineCalls(graph, { ...hooks.inline, resolveReceiver })) break
  }
  replaceAttributes(graph, hooks, objects)
  return objects
}

/** Objects come from parameters and from attributes of objects; one that is set anew somewhere is not known. */
function findObjects<Handle>(graph: Graph, hooks: SpecializeHooks<Handle>, objects: Map<Value, Handle>): void {
  graph.inputs.forEach((input, i) => {
    const object = hooks.objectOfInput(i, input)
    if (object !== undefined) objects.set(input, object)
  })
  const writes = new AttributeWrites<Handle>(graph, objects)
  forEachNode(graph.block, (node) => {
    if (node.kind !== 'prim::GetAttr') return
    const object = objects.get(node.inputs[0])
    const name = node.attribute('name', 's')!
    const { type } = node.output
    if (object === undefined || (type.kind !== 'Class' && type.kind !== 'Interface')) return
    if (writes.mayWriteObject(name, (type as ClassType).isModule)) return
    const resolved = hooks.resolveAttribute(object, name, node)
    if (resolved.kind === 'object') objects.set(node.output, resolved.object)
  })
}

function replaceAttributes<Handle>(graph: Graph, hooks: SpecializeHooks<Handle>, objects: Map<Value, Handle>): void {
  const writes = new AttributeWrites<Handle>(graph, objects)
  forEachNode(graph.block, (node) => {
    if (node.kind !== 'prim::GetAttr' || objects.has(node.output)) return
    const object = objects.get(node.inputs[0])
    const name = node.attribute('name', 's')!
    if (object === undefined || writes.mayWrite(object, name)) return
    const resolved = hooks.resolveAttribute(object, name, node)
    if (resolved.kind !== 'constant') return
    insertAttribute(graph, node, resolved)
  })
}

/** Puts the constant that an attribute is in place of the node that reads it. */
export function insertAttribute(graph: Graph, node: Node, resolved: ResolvedAttribute<unknown> & { readonly kind: 'constant' }): void {
  const attribute = resolved.value === 'none' ? undefined : resolved.value
  const type = resolved.type ?? constantType(resolved.value, node.output.type)
  const constant = insertConstantBefore(node, type, attribute, node.sourceRange)
  if (node.output.debugName) graph.nameValue(constant, node.output.debugName)
  node.output.replaceAllUsesWith(constant)
  node.destroy()
}

/** Which attributes may be set while the graph runs. */
export class AttributeWrites<Handle> {
  private readonly known = new Map<Handle, Set<string>>()
  /** Set on objects that are not known. */
  private readonly names = new Set<string>()
  private everything = false
  private readonly seen = new Set<unknown>()

  constructor(graph: Graph, objects: ReadonlyMap<Value, Handle>) {
    this.scan(graph, objects)
  }

  mayWrite(object: Handle, name: string): boolean {
    return this.everything || this.names.has(name) || (this.known.get(object)?.has(name) ?? false)
  }
  /** Whether an attribute that holds an object may get another; programs never set modules. */
  mayWriteObject(name: string, isModule: boolean): boolean {
    if (isModule) return false
    return this.everything || this.names.has(name) || [...this.known.values()].some((names) => names.has(name))
  }

  private scan(graph: Graph, objects: ReadonlyMap<Value, Handle> | undefined): void {
    forEachNode(graph.block, (node) => {
      const subgraph = node.attribute('Subgraph', 'g')
      if (subgraph) this.scan(subgraph, undefined)
      switch (node.kind) {
        case 'prim::SetAttr': {
          const object = objects?.get(node.inputs[0])
          const name = node.attribute('name', 's')!
          if (object === undefined) this.names.add(name)
          else {
            const names = this.known.get(object)
            if (names) names.add(name)
            else this.known.set(object, new Set([name]))
          }
          return
        }
        case 'prim::CallFunction':
          this.call(node.inputs[0].type.kind === 'Function' ? (node.inputs[0].type as FunctionType).callee : undefined)
          return
        case 'prim::CallMethod': {
          const { type } = node.inputs[0]
          this.call(type.kind === 'Class' ? (type as ClassType).methods.get(node.attribute('name', 's')!) : undefined)
        }
      }
    })
  }

  private call(callee: unknown): void {
    if (this.seen.has(callee)) return
    this.seen.add(callee)
    if (callee && typeof callee === 'object' && 'graph' in callee) this.scan((callee as GraphFunction).graph, undefined)
    else this.everything = true
  }
}

function forEachNode(block: Block, visit: (node: Node) => void): void {
  for (const node of block.nodes()) {
    for (const inner of node.blocks) forEachNode(inner, visit)
    visit(node)
  }
}
