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

/** An operator without results can only be there for its effect. */
function hasSideEffects(node: Node): boolean {
  return sideEffects.has(node.kind) || (node.schema !== undefined && node.outputs.length === 0)
}

/**
 * Removes nodes whose results nobody uses and that have no effect. A write to a value that was made here counts as an effect only once
 * that value is used; a write to anything else always does.
 */
export function eliminateDeadCode(graph: Graph): void {
  removeUnusedForkInputs(graph.block)
  const marked = new Set<Node>()
  const live = new Set<Value>()
  const pending: Value[] = []
  /** Writes that matter once their target is live. */
  const writes = new Map<Value, Node[]>()

  const markValue = (value: Value): void => {
    if (live.has(value)) return
    live.add(value)
    pending.push(value)
  }
  const markNode = (node: Node): void => {
    for (let at: Node | undefined = node; at && !marked.has(at); at = at.owningBlock.owningNode) {
      marked.add(at)
      at.inputs.forEach(markValue)
    }
  }
  const seed = (block: Block): void => {
    for (const node of block.nodes()) {
      node.blocks.forEach(seed)
      if (hasSideEffects(node)) markNode(node)
      else if (node.schema?.isMutable) {
        for (const target of writtenValues(node)) {
          const root = freshRoot(target)
          if (!root) markNode(node)
          else if (writes.has(root)) writes.get(root)!.push(node)
          else writes.set(root, [node])
        }
      }
      if (node.kind === 'prim::Loop') {
        const [body] = node.blocks
        markValue(body.outputs[0])
        body.inputs.forEach((input, i) => {
          if (i > 0 && input.uses.length > 0) markValue(body.outputs[i])
        })
      }
    }
  }
  seed(graph.block)
  graph.outputs.forEach(markValue)
  for (let value = pending.pop(); value; value = pending.pop()) {
    const { node, offset } = value
    if (node.kind !== 'prim::Param') {
      markNode(node)
      if (node.kind === 'prim::If') for (const block of node.blocks) markValue(block.outputs[offset])
      else if (node.kind === 'prim::Loop') markValue(node.blocks[0].outputs[offset + 1])
    }
    writes.get(value)?.forEach(markNode)
  }
  sweep(graph.block, marked)
}

function writtenValues(node: Node): Value[] {
  return node.schema!.args.flatMap((argument, i) => (argument.alias?.isWrite && node.inputs[i] ? [node.inputs[i]] : []))
}

/** The value that `value` is, or is a view of, where a node of this graph made it new; undefined where it may be known elsewhere. */
function freshRoot(value: Value): Value | undefined {
  let at = value
  for (;;) {
    const { node } = at
    switch (node.kind) {
      case 'prim::ListConstruct':
      case 'prim::DictConstruct':
        return at
    }
    const { schema } = node
    if (!schema || schema.isVararg || schema.isVarret) return undefined
    const alias = schema.returns[at.offset]?.alias
    if (!alias) return schema.returns.length > 0 && isPlainOutput(node) ? at : undefined
    const sources = schema.args.flatMap((argument, i) =>
      argument.alias?.before.some((set) => alias.before.includes(set)) ? [node.inputs[i]] : [],
    )
    if (sources.length !== 1 || alias.before.includes('*')) return undefined
    at = sources[0]
  }
}

function isPlainOutput(node: Node): boolean {
  return node.kind.startsWith('aten::') && node.blocks.length === 0 && node.outputs.every(({ type }) => type.kind === 'Tensor')
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
