import type { Block, Graph, Node, Value } from '@tsjit/ir'

/** Operators that do more than compute their outputs (`Node::hasSideEffects`); writes to values are told by schemas instead. */
const sideEffects = new Set([
  'prim::PythonOp',
  'prim::IgnoredPythonOp',
  'prim::Print',
  'prim::RaiseException',
  'prim::SetAttr',
  'aten::warn',
  'aten::save',
  'aten::manual_seed',
  'prim::AddStatValue',
  'prim::TimePoint',
  'prim::CallFunction',
  'prim::CallMethod',
  'prim::BailoutTemplate',
  'prim::BailOut',
  'prim::rpc_async',
  'prim::rpc_sync',
  'prim::rpc_remote',
  'aten::wait',
  'prim::Enter',
  'prim::Exit',
  'aten::seed',
  'aten::initial_seed',
  'aten::set_grad_enabled',
  'aten::is_grad_enabled',
])

/** An operator without results can only be there for its effect: on its arguments, or on the world. */
function hasSideEffects(node: Node): boolean {
  // What begins with ^ is a call of the host's.
  return (
    sideEffects.has(node.kind) ||
    node.kind.startsWith('^') ||
    (node.schema !== undefined && node.outputs.length === 0 && !node.schema.isMutable)
  )
}

/**
 * Removes nodes whose results nobody uses and that have no effect. The graph is walked from its end: a write to a value that was made
 * here counts only where that value, or what may be the same memory, is used later; a write to anything else always does.
 */
export function eliminateDeadCode(graph: Graph): void {
  if (graph.kinds.has('prim::fork')) removeUnusedForkInputs(graph.block)
  const marked = new Set<Node>()
  const live = new Set<Value>()
  // Only where something is written does it matter what memory a value is.
  const memory = writesAnything(graph.block) ? new Memory(graph) : undefined
  const liveMemory = new Set<Value>()

  const markValue = (value: Value): void => {
    if (live.has(value)) return
    live.add(value)
    if (memory) for (const root of memory.rootsOf(value).values) liveMemory.add(root)
  }
  const markNode = (node: Node): void => {
    for (let at: Node | undefined = node; at && !marked.has(at); at = at.owningBlock.owningNode) {
      marked.add(at)
      at.inputs.forEach(markValue)
    }
  }
  const markEffects = (block: Block): void => {
    for (const node of block.nodes()) {
      node.blocks.forEach(markEffects)
      if (hasSideEffects(node) || (memory && writtenValues(node).some((target) => !memory.isLocal(target)))) markNode(node)
    }
  }
  const isLive = (node: Node): boolean =>
    node.outputs.some((output) => live.has(output)) ||
    (memory !== undefined && writtenValues(node).some((target) => memory.rootsOf(target).values.some((root) => liveMemory.has(root))))
  const markOutputs = ({ outputs, owningNode: owner, inputs }: Block): void => {
    if (!owner || (owner.kind !== 'prim::Loop' && owner.outputs.length !== outputs.length)) outputs.forEach(markValue)
    else if (owner.kind !== 'prim::Loop') {
      owner.outputs.forEach((output, i) => {
        if (live.has(output)) markValue(outputs[i])
      })
    } else {
      markValue(outputs[0])
      owner.outputs.forEach((output, i) => {
        if (live.has(output) || inputs[i + 1].uses.length > 0) markValue(outputs[i + 1])
      })
    }
  }
  const walk = (block: Block, inLoop: boolean): void => {
    markOutputs(block)
    for (const node of block.nodesReversed()) {
      if (node.kind === 'prim::Loop' && !inLoop) {
        // What a turn uses may be what the turn before wrote. Loops inside settle along with the outermost one.
        for (let before = -1; before !== marked.size + live.size; ) {
          before = marked.size + live.size
          walk(node.blocks[0], true)
        }
      } else for (const inner of node.blocks) walk(inner, inLoop)
      if (!marked.has(node) && isLive(node)) markNode(node)
    }
  }
  markEffects(graph.block)
  walk(graph.block, false)
  sweep(graph.block, marked)
}

function writesAnything(block: Block): boolean {
  for (const node of block.nodes()) if (node.schema?.isMutable || node.blocks.some(writesAnything)) return true
  return false
}

const none: readonly Value[] = []
function writtenValues(node: Node): readonly Value[] {
  if (!node.schema?.isMutable) return none
  return node.schema.args.flatMap((argument, i) => (argument.alias?.isWrite && node.inputs[i] ? [node.inputs[i]] : []))
}

/** Beyond this many a value counts as anything: unions of unions would grow with every branch. */
const maxRoots = 64

interface Roots {
  readonly values: readonly Value[]
  /** Whether nothing else can be what the value is. */
  readonly isKnown: boolean
}
const unknownRoots: Roots = { values: none, isKnown: false }

/** Which values, made new by nodes of this graph, a value may be or be a view of. */
class Memory {
  private readonly known = new Map<Value, Roots>()
  /** What containers and unknown code hold: anything that comes out of those may be it. */
  private readonly escaped = new Set<Value>()
  constructor(graph: Graph) {
    this.analyze(graph.block)
    this.findEscapes(graph.block)
  }
  rootsOf(value: Value): Roots {
    return this.known.get(value) ?? unknownRoots
  }
  /** Whether only the uses of this graph's own values tell if a write to the value matters. */
  isLocal(value: Value): boolean {
    const { isKnown, values } = this.rootsOf(value)
    return isKnown && !values.some((root) => this.escaped.has(root))
  }

  private findEscapes(block: Block): void {
    for (const node of block.nodes()) {
      for (const inner of node.blocks) this.findEscapes(inner)
      node.inputs.forEach((input, i) => {
        if (escapes(node, i)) for (const root of this.rootsOf(input).values) this.escaped.add(root)
      })
    }
  }

  private analyze(block: Block): void {
    for (const node of block.nodes()) {
      if (node.kind === 'prim::Loop') this.analyzeLoop(node)
      else {
        for (const inner of node.blocks) this.analyze(inner)
        node.outputs.forEach((output, i) => {
          this.known.set(output, this.rootsOfOutput(node, output, i))
        })
      }
    }
  }

  /** As PyTorch has it: what a turn hands to the next one is not followed around the loop. */
  private analyzeLoop(node: Node): void {
    const [body] = node.blocks
    body.inputs.forEach((input, i) => {
      if (i > 0) this.known.set(input, this.rootsOf(node.inputs[i + 1]))
    })
    this.analyze(body)
    node.outputs.forEach((output, i) => {
      this.known.set(output, this.rootsOf(body.outputs[i + 1]))
    })
  }

  private rootsOfOutput(node: Node, output: Value, offset: number): Roots {
    const fresh = (): Roots => ({ values: [output], isKnown: true })
    switch (node.kind) {
      case 'prim::ListConstruct':
      case 'prim::DictConstruct':
        return fresh()
      case 'prim::If':
        return this.union(node.blocks.map((block) => block.outputs[offset]))
    }
    const { schema } = node
    if (!schema || schema.isVararg || schema.isVarret) return unknownRoots
    const alias = schema.returns[offset]?.alias
    if (!alias) return schema.returns.length > 0 && isPlainOutput(node) ? fresh() : unknownRoots
    const sources = schema.args.flatMap((argument, i) =>
      argument.alias?.before.some((set) => alias.before.includes(set)) ? [node.inputs[i]] : [],
    )
    if (sources.length !== 1 || alias.before.includes('*')) return unknownRoots
    return this.rootsOf(sources[0])
  }

  private union(sources: readonly Value[]): Roots {
    const parts = sources.map((source) => this.rootsOf(source))
    if (parts.every((part) => part === parts[0])) return parts[0] ?? unknownRoots
    const values = new Set(parts.flatMap((part) => part.values))
    if (values.size <= maxRoots) return { values: [...values], isKnown: parts.every(({ isKnown }) => isKnown) }
    for (const root of values) this.escaped.add(root)
    return unknownRoots
  }
}

/** Whether a node keeps an input where other code can find it. */
function escapes(node: Node, index: number): boolean {
  switch (node.kind) {
    case 'prim::If':
    case 'prim::Loop':
      return false
    case 'prim::ListConstruct':
    case 'prim::TupleConstruct':
      return !isHeldOnly(node.output)
  }
  if (!node.schema || node.schema.isVararg) return true
  return node.schema.args[index]?.alias?.after.includes('*') ?? false
}

/** Operators on lists of tensors that read them and keep none, by PyTorch's own short list. */
const listReaders = new Set(['aten::cat', 'aten::stack', 'aten::vstack', 'aten::hstack', 'aten::dstack', 'aten::broadcast_tensors'])

/** Whether the one use of a container is to be returned or, for a list, to be read by an operator that keeps nothing of it. */
function isHeldOnly(container: Value): boolean {
  if (container.uses.length !== 1) return false
  const [{ user }] = container.uses
  return user === container.node.graph.block.returnNode || (container.type.kind === 'List' && listReaders.has(user.kind))
}

function isPlainOutput(node: Node): boolean {
  return (
    node.kind.startsWith('aten::') &&
    node.blocks.length === 0 &&
    node.outputs.every(({ type }) => type.kind === 'Tensor' || type.kind === 'List' || type.kind === 'Dict')
  )
}

function removeUnusedForkInputs(block: Block): void {
  for (const node of block.nodes()) {
    node.blocks.forEach(removeUnusedForkInputs)
    if (node.kind !== 'prim::fork') continue
    const subgraph = node.attribute('Subgraph', 'g')
    if (!subgraph) continue
    for (let i = subgraph.inputs.length - 1; i >= 0; i--) {
      if (subgraph.inputs[i].uses.length > 0) continue
      subgraph.block.paramNode.eraseOutput(i)
      node.removeInput(i)
    }
  }
}

function sweep(block: Block, marked: ReadonlySet<Node>): void {
  for (const node of block.nodesReversed()) {
    if (node.kind === 'prim::If') removeDeadIfOutputs(node)
    else if (node.kind === 'prim::Loop') removeDeadLoopOutputs(node)
    for (const inner of node.blocks) sweep(inner, marked)
    if (!marked.has(node) && !node.hasUses()) node.destroy()
  }
}

function removeDeadIfOutputs(node: Node): void {
  for (let i = node.outputs.length - 1; i >= 0; i--) {
    if (node.outputs[i].uses.length > 0) continue
    node.eraseOutput(i)
    for (const block of node.blocks) block.returnNode.removeInput(i)
  }
}

function removeDeadLoopOutputs(node: Node): void {
  const [body] = node.blocks
  for (let i = node.outputs.length - 1; i >= 0; i--) {
    if (node.outputs[i].uses.length > 0 || body.inputs[i + 1].uses.length > 0) continue
    node.eraseOutput(i)
    node.removeInput(i + 2)
    body.returnNode.removeInput(i + 1)
    body.paramNode.eraseOutput(i + 1)
  }
}
