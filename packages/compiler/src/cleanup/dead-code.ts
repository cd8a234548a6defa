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

/** Marks of values, as bits. A marked node stays. */
const isUsed = 1
/** The value, or what may be the same memory, is used later: writes to it count. */
const isReadLater = 2
/** Containers and unknown code hold it: anything that comes out of those may be it. */
const hasEscaped = 4

/**
 * Removes nodes whose results nobody uses and that have no effect. The graph is walked from its end: a write to a value that was made
 * here counts only where that value, or what may be the same memory, is used later; a write to anything else always does.
 */
export function eliminateDeadCode(graph: Graph): void {
  if (graph.kinds.has('prim::fork')) removeUnusedForkInputs(graph.block)
  const acting = new ActingNodes(graph.block)
  // Only where something is written does it matter what memory a value is.
  const memory = acting.writers.length > 0 ? new Memory(graph) : undefined
  let markCount = 0

  const markValue = (value: Value): void => {
    if (value.mark & isUsed) return
    value.mark |= isUsed
    markCount++
    if (memory) for (const root of memory.rootsOf(value).values) root.mark |= isReadLater
  }
  const markNode = (node: Node): void => {
    for (let at: Node | undefined = node; at && at.mark === 0; at = at.owningBlock.owningNode) {
      at.mark = 1
      markCount++
      for (const input of at.inputs) markValue(input)
    }
  }
  const isLive = (node: Node): boolean => {
    for (const output of node.outputs) if (output.mark & isUsed) return true
    if (!memory || !node.schema?.isMutable) return false
    return writtenValues(node).some((target) => memory.rootsOf(target).values.some(({ mark }) => mark & isReadLater))
  }
  const markOutputs = ({ outputs, owningNode: owner, inputs }: Block): void => {
    if (!owner || (owner.kind !== 'prim::Loop' && owner.outputs.length !== outputs.length)) outputs.forEach(markValue)
    else if (owner.kind !== 'prim::Loop') {
      for (let i = 0; i < outputs.length; i++) if (owner.outputs[i].mark & isUsed) markValue(outputs[i])
    } else {
      markValue(outputs[0])
      for (let i = 0; i < owner.outputs.length; i++) {
        if (owner.outputs[i].mark & isUsed || inputs[i + 1].uses.length > 0) markValue(outputs[i + 1])
      }
    }
  }
  const walk = (block: Block, inLoop: boolean): void => {
    markOutputs(block)
    for (const node of block.nodesReversed()) {
      if (node.kind === 'prim::Loop' && !inLoop) {
        // What a turn uses may be what the turn before wrote. Loops inside settle along with the outermost one.
        markOutputs(node.blocks[0])
        for (let before = -1; before !== markCount; ) {
          before = markCount
          walk(node.blocks[0], true)
        }
      } else for (const inner of node.blocks) walk(inner, inLoop)
      if (node.mark === 0 && isLive(node)) markNode(node)
    }
  }
  for (const node of acting.effects) markNode(node)
  for (const node of acting.writers) if (writtenValues(node).some((target) => !memory!.isLocal(target))) markNode(node)
  walk(graph.block, false)
  sweep(graph.block)
}

/** The nodes that do something besides computing their outputs. Finding them clears all marks: large graphs are walked no more than needed. */
class ActingNodes {
  readonly effects: Node[] = []
  /** Nodes that write to what they are given. */
  readonly writers: Node[] = []
  constructor(block: Block) {
    this.visit(block)
  }
  private visit(block: Block): void {
    for (const value of block.inputs) value.mark = 0
    for (const node of block.nodes()) {
      node.mark = 0
      for (const output of node.outputs) output.mark = 0
      for (const inner of node.blocks) this.visit(inner)
      if (hasSideEffects(node)) this.effects.push(node)
      else if (node.schema?.isMutable) this.writers.push(node)
    }
  }
}

const none: readonly Value[] = []
function writtenValues({ schema, inputs }: Node): readonly Value[] {
  return inputs.filter((_, i) => schema!.args[i]?.alias?.isWrite)
}

/** Beyond this many a value counts as anything: unions of unions would grow with every branch. */
const maxRoots = 64

interface Roots {
  readonly values: readonly Value[]
  /** Whether nothing else can be what the value is. */
  readonly isKnown: boolean
}
const unknownRoots: Roots = { values: none, isKnown: false }
const onlyRoot = (value: Value): Roots => ({ values: [value], isKnown: true })

/** Which values, made new by nodes of this graph, a value may be or be a view of. */
class Memory {
  /** By the values' numbers. */
  private readonly known: Roots[]
  constructor(graph: Graph) {
    this.known = new Array(graph.uniqueEnd)
    this.analyze(graph.block)
  }
  rootsOf(value: Value): Roots {
    return this.known[value.unique] ?? unknownRoots
  }
  /** Whether only the uses of this graph's own values tell if a write to the value matters. */
  isLocal(value: Value): boolean {
    const { isKnown, values } = this.rootsOf(value)
    return isKnown && !values.some(({ mark }) => mark & hasEscaped)
  }

  private setRoots(value: Value, roots: Roots): void {
    if (roots !== unknownRoots) this.known[value.unique] = roots
  }

  private findEscapes(node: Node): void {
    const { inputs } = node
    for (let i = 0; i < inputs.length; i++) {
      const { values } = this.rootsOf(inputs[i])
      if (values.length > 0 && escapes(node, i)) for (const root of values) root.mark |= hasEscaped
    }
  }

  private analyze(block: Block): void {
    for (const node of block.nodes()) {
      if (node.kind === 'prim::Loop') this.analyzeLoop(node)
      else {
        for (const inner of node.blocks) this.analyze(inner)
        for (let i = 0; i < node.outputs.length; i++) this.setRoots(node.outputs[i], this.rootsOfOutput(node, i))
      }
      this.findEscapes(node)
    }
  }

  /** As PyTorch has it: what a turn hands to the next one is not followed around the loop. */
  private analyzeLoop(node: Node): void {
    const [body] = node.blocks
    for (let i = 1; i < body.inputs.length; i++) this.setRoots(body.inputs[i], this.rootsOf(node.inputs[i + 1]))
    this.analyze(body)
    for (let i = 0; i < node.outputs.length; i++) this.setRoots(node.outputs[i], this.rootsOf(body.outputs[i + 1]))
  }

  private rootsOfOutput(node: Node, offset: number): Roots {
    switch (node.kind) {
      case 'prim::ListConstruct':
      case 'prim::DictConstruct':
        return onlyRoot(node.outputs[offset])
      case 'prim::If':
        return this.union(node.blocks.map((block) => block.outputs[offset]))
    }
    const { schema } = node
    if (!schema || schema.isVararg || schema.isVarret) return unknownRoots
    const alias = schema.returns[offset]?.alias
    if (!alias) return schema.returns.length > 0 && isPlainOutput(node) ? onlyRoot(node.outputs[offset]) : unknownRoots
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
    for (const root of values) root.mark |= hasEscaped
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

function sweep(block: Block): void {
  for (const node of block.nodesReversed()) {
    if (node.kind === 'prim::If') removeDeadIfOutputs(node)
    else if (node.kind === 'prim::Loop') removeDeadLoopOutputs(node)
    for (const inner of node.blocks) sweep(inner)
    if (node.mark === 0 && !node.hasUses()) node.destroy()
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
