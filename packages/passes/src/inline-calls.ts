import { type Block, cloneNode, type Graph, type GraphFunction, type InlinedCall, type Node, type Value } from '@tsjit/ir'
import type { Callable, ClassType, FunctionType } from '@tsjit/types'
import { TsjitError } from '@tsjit/types'

export interface InlineOptions {
  /** The class behind a receiver whose static type is an interface, where the caller knows the object. */
  readonly resolveReceiver?: (receiver: Value) => ClassType | undefined
  /** Called once on each callee's own (copied, inlined) graph before it is put in place; PyTorch cleans up callees here. */
  readonly optimizeCallee?: (graph: Graph) => void
  /** Called on each node before it is looked into: may take its place with other nodes, which are visited then, and says whether it did. Not with `optimizeCallee`. */
  readonly simplify?: (node: Node) => boolean
  /** Callees already inlined, to share between calls of `inlineCalls`. */
  readonly cache?: Map<Callable, Graph>
  /** Calls stay calls where inlining would make the graph larger than this many nodes. */
  readonly maxNodes?: number
}

/**
 * Puts the bodies of called functions and methods in place of `prim::CallFunction` and `prim::CallMethod`, nested blocks included:
 *
 *     %y : Tensor = prim::CallFunction(%f, %x)      becomes      %y : Tensor = aten::relu(%x)
 *
 * Methods are found through the receiver's static class; interfaces through `resolveReceiver` alone. Nodes keep their source ranges and
 * get the calls they came through as `callStack`. Throws TSJ_RECURSIVE_FUNCTION.
 */
export function inlineCalls(graph: Graph, options: InlineOptions = {}): boolean {
  return new Inliner(options, graph).run(graph)
}

interface Callee extends Callable {
  readonly graph: Graph
}

class Inliner {
  private readonly cache: Map<Callable, Graph>
  private readonly active = new Set<Callable>()
  private readonly sizes = new Map<Graph, number>()
  private readonly maxNodes: number
  private readonly resolveReceiver: ((receiver: Value) => ClassType | undefined) | undefined

  constructor(
    private readonly options: InlineOptions,
    root: Graph,
  ) {
    this.cache = options.cache ?? new Map()
    this.maxNodes = options.maxNodes ?? 1_000_000
    this.resolveReceiver =
      options.resolveReceiver && ((receiver) => (receiver.node.graph === root ? options.resolveReceiver!(receiver) : undefined))
  }

  run(graph: Graph): boolean {
    let size = this.sizeOf(graph)
    let changed = false
    const simplify = this.options.optimizeCallee ? undefined : this.options.simplify
    const visit = (block: Block): void => {
      if (block.paramNode.next !== block.returnNode) visitNodes(block.paramNode.next!, block.returnNode)
    }
    const visitNodes = (first: Node, end: Node): void => {
      for (let node = first; node !== end; ) {
        const before = node.prev!
        if (simplify?.(node)) {
          node = before.next!
          continue
        }
        const next: Node = node.next!
        const callee = this.calleeOf(node)
        if (!callee) for (const inner of node.blocks) visit(inner)
        else {
          const body = this.bodyOf(callee, node)
          const added = this.sizeOf(body)
          if (size + added <= this.maxNodes) {
            size += added
            inlineCallTo(node, body)
            changed = true
            if (!this.options.optimizeCallee) {
              this.active.add(callee)
              visitNodes(before.next!, next)
              this.active.delete(callee)
            }
          }
        }
        node = next
      }
    }
    visit(graph.block)
    this.sizes.set(graph, size)
    return changed
  }

  private calleeOf(node: Node): Callee | undefined {
    if (node.kind === 'prim::CallFunction') {
      const type = node.inputs[0].type
      return type.kind === 'Function' ? withGraph((type as FunctionType).callee) : undefined
    }
    if (node.kind !== 'prim::CallMethod') return undefined
    const receiver = node.inputs[0]
    const type = receiver.type.kind === 'Class' ? (receiver.type as ClassType) : this.resolveReceiver?.(receiver)
    const method = type?.methods.get(node.attribute('name', 's')!)
    return method && withGraph(method)
  }

  /** The callee's own graph, whose calls are inlined once it is in place; with `optimizeCallee`, a copy that was inlined and cleaned up before. */
  private bodyOf(callee: Callee, call: Node): Graph {
    const known = this.cache.get(callee)
    if (known) return known
    if (this.active.has(callee)) {
      throw new TsjitError(
        'TSJ_RECURSIVE_FUNCTION',
        `function '${callee.name}' is called recursively. Recursive calls are not supported`,
        call.sourceRange ? { range: call.sourceRange } : {},
      )
    }
    const { optimizeCallee } = this.options
    if (!optimizeCallee) return callee.graph === call.graph ? callee.graph.copy() : callee.graph
    this.active.add(callee)
    try {
      const body = callee.graph.copy()
      this.run(body)
      optimizeCallee(body)
      this.sizes.delete(body)
      this.cache.set(callee, body)
      return body
    } finally {
      this.active.delete(callee)
    }
  }

  private sizeOf(graph: Graph): number {
    let size = this.sizes.get(graph)
    if (size === undefined) {
      size = countNodes(graph.block)
      this.sizes.set(graph, size)
    }
    return size
  }
}

function withGraph(callable: Callable): Callee | undefined {
  return 'graph' in callable ? (callable as GraphFunction) : undefined
}

/** The number of nodes of a block, nested ones included. */
export function countNodes(block: Block): number {
  let count = 0
  for (const node of block.nodes()) {
    count++
    for (const inner of node.blocks) count += countNodes(inner)
  }
  return count
}

/** Copies the nodes of `body` in front of `call`, which they replace. A `prim::CallFunction`'s first input is the function itself. */
export function inlineCallTo(call: Node, body: Graph): Value[] {
  const map = new Map<Value, Value>()
  const args = call.kind === 'prim::CallFunction' ? call.inputs.slice(1) : call.inputs
  if (args.length !== body.inputs.length) {
    throw new TsjitError(
      'TSJ_CALL_ARITY',
      `a call passes ${args.length} values to a function of ${body.inputs.length} parameters`,
      call.sourceRange ? { range: call.sourceRange } : {},
    )
  }
  for (const [i, input] of body.inputs.entries()) map.set(input, args[i])
  const stacks = new Map<CallStack | undefined, CallStack>()
  const outer = call.sourceRange && [...(call.callStack ?? []), { range: call.sourceRange, callee: calleeName(call) }]
  for (const node of body.nodes()) {
    const copy = cloneNode(node, call.owningBlock, map)
    copy.insertBefore(call)
    if (outer) addToCallStack(copy, outer, stacks)
  }
  const results = body.outputs.map((output) => map.get(output)!)
  call.outputs.forEach((output, i) => {
    if (output.debugName) call.graph.nameValue(results[i], output.debugName)
    output.replaceAllUsesWith(results[i])
  })
  call.destroy()
  return results
}

type CallStack = readonly InlinedCall[]

function calleeName(call: Node): string {
  if (call.kind === 'prim::CallMethod') return call.attribute('name', 's') ?? ''
  return call.inputs[0].node.attribute('name', 's') ?? ''
}

function addToCallStack(node: Node, outer: CallStack, stacks: Map<CallStack | undefined, CallStack>): void {
  let stack = stacks.get(node.callStack)
  if (!stack) {
    stack = node.callStack ? [...outer, ...node.callStack] : outer
    stacks.set(node.callStack, stack)
  }
  node.callStack = stack
  for (const block of node.blocks) for (const inner of block.nodes()) addToCallStack(inner, outer, stacks)
}
