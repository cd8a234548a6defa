import type { FunctionSchema, SourceRange, Type } from '@tsjit/types'
import { TensorT } from '@tsjit/types'
import type { AttributeKinds, AttributeValue } from './attributes.ts'

/** One use of a value: `user.inputs[index]`; a block's results are inputs of its `returnNode`. */
export interface Use {
  readonly user: Node
  readonly index: number
}

/** An SSA value: an output of a node, or a parameter of a block (then `node` is the block's `paramNode`). */
export class Value {
  uses: Use[] = []
  /** A name the program gave it; '' where there is none. Set it with `Graph.nameValue`, which keeps names unique. */
  debugName = ''
  constructor(
    readonly node: Node,
    public offset: number,
    /** Numbers values in order of creation; printed where there is no name. */
    readonly unique: number,
    public type: Type,
  ) {}

  get owningBlock(): Block {
    return this.node.owningBlock
  }

  replaceAllUsesWith(other: Value): void {
    if (other === this) return
    for (const use of this.uses) {
      use.user.inputs[use.index] = other
      other.uses.push(use)
    }
    this.uses = []
  }

  setType(type: Type): this {
    this.type = type
    return this
  }
}

/** An operation: kind (`aten::add`, `prim::If`), inputs, outputs, attributes, nested blocks. Nodes of a block form a doubly linked list. */
export class Node {
  readonly inputs: Value[] = []
  readonly outputs: Value[] = []
  readonly blocks: Block[] = []
  readonly attributes = new Map<string, AttributeValue>()
  /** The operator's schema, where the kind is an operator; set by whoever creates the node. */
  schema: FunctionSchema | undefined
  sourceRange: SourceRange | undefined
  /** The chain of inlined calls that this node came from, outermost first. */
  callStack: readonly SourceRange[] | undefined
  scope = ''
  prev: Node | undefined
  next: Node | undefined
  destroyed = false

  constructor(
    readonly graph: Graph,
    readonly kind: string,
    public owningBlock: Block,
  ) {}

  get output(): Value {
    return this.outputs[0]
  }
  get input(): Value {
    return this.inputs[0]
  }

  addInput(value: Value): Value {
    value.uses.push({ user: this, index: this.inputs.length })
    this.inputs.push(value)
    return value
  }
  replaceInput(index: number, value: Value): Value {
    const old = this.inputs[index]
    removeUse(old, this, index)
    this.inputs[index] = value
    value.uses.push({ user: this, index })
    return old
  }
  insertInput(index: number, value: Value): Value {
    for (let i = this.inputs.length - 1; i >= index; i--) shiftUse(this.inputs[i], this, i, i + 1)
    this.inputs.splice(index, 0, value)
    value.uses.push({ user: this, index })
    return value
  }
  removeInput(index: number): void {
    removeUse(this.inputs[index], this, index)
    for (let i = index + 1; i < this.inputs.length; i++) shiftUse(this.inputs[i], this, i, i - 1)
    this.inputs.splice(index, 1)
  }
  removeAllInputs(): void {
    for (const [i, value] of this.inputs.entries()) removeUse(value, this, i)
    this.inputs.length = 0
  }
  addOutput(type: Type = TensorT): Value {
    const value = new Value(this, this.outputs.length, this.graph.nextUnique(), type)
    this.outputs.push(value)
    return value
  }
  eraseOutput(index: number): void {
    if (this.outputs[index].uses.length > 0) throw new Error(`output ${index} of ${this.kind} is still used`)
    if (this.outputs[index].debugName) this.graph.nameValue(this.outputs[index], '')
    this.outputs.splice(index, 1)
    for (let i = index; i < this.outputs.length; i++) this.outputs[i].offset = i
  }
  addBlock(): Block {
    const block = new Block(this.graph, this)
    this.blocks.push(block)
    return block
  }
  eraseBlock(index: number): void {
    this.blocks[index].destroy()
    this.blocks.splice(index, 1)
  }

  setAttribute(name: string, value: AttributeValue): this {
    this.attributes.set(name, value)
    return this
  }
  /** The value of attribute `name`, or undefined. */
  attribute<K extends AttributeValue['kind']>(name: string, kind: K): AttributeKinds[K] | undefined {
    const found = this.attributes.get(name)
    return found?.kind === kind ? (found.value as AttributeKinds[K]) : undefined
  }

  /** Links this (unlinked) node in before `other`. */
  insertBefore(other: Node): this {
    this.owningBlock = other.owningBlock
    this.prev = other.prev
    this.next = other
    if (other.prev) other.prev.next = this
    other.prev = this
    return this
  }
  insertAfter(other: Node): this {
    this.owningBlock = other.owningBlock
    this.next = other.next
    this.prev = other
    if (other.next) other.next.prev = this
    other.next = this
    return this
  }
  unlink(): void {
    if (this.prev) this.prev.next = this.next
    if (this.next) this.next.prev = this.prev
    this.prev = this.next = undefined
  }
  moveBefore(other: Node): this {
    this.unlink()
    return this.insertBefore(other)
  }
  moveAfter(other: Node): this {
    this.unlink()
    return this.insertAfter(other)
  }
  /** Removes the node. Its outputs must be unused. */
  destroy(): void {
    for (const value of this.outputs) if (value.uses.length > 0) throw new Error(`output %${value.unique} of ${this.kind} is still used`)
    for (const block of [...this.blocks]) block.destroy()
    this.blocks.length = 0
    this.removeAllInputs()
    for (const value of this.outputs) if (value.debugName) this.graph.nameValue(value, '')
    this.unlink()
    this.destroyed = true
  }
  replaceAllUsesWith(other: Node): void {
    for (const [i, value] of this.outputs.entries()) value.replaceAllUsesWith(other.outputs[i])
  }
  hasUses(): boolean {
    return this.outputs.some((value) => value.uses.length > 0)
  }
}

/** Searches from both ends at once: passes take uses away in the order they were added or in reverse, and constants have many. */
function findUse(uses: readonly Use[], user: Node, index: number): number {
  for (let low = 0, high = uses.length - 1; low <= high; low++, high--) {
    if (uses[high].user === user && uses[high].index === index) return high
    if (uses[low].user === user && uses[low].index === index) return low
  }
  return -1
}

function removeUse(value: Value, user: Node, index: number): void {
  const { uses } = value
  const at = findUse(uses, user, index)
  if (at < 0) return
  if (at === uses.length - 1) uses.pop()
  else if (at === 0) uses.shift()
  else uses.splice(at, 1)
}

function shiftUse(value: Value, user: Node, from: number, to: number): void {
  const at = findUse(value.uses, user, from)
  value.uses[at] = { user, index: to }
}

/** A list of nodes with parameters and results. `paramNode` is before the first node, `returnNode` behind the last. */
export class Block {
  readonly paramNode: Node
  readonly returnNode: Node

  constructor(
    readonly graph: Graph,
    /** The node that this block belongs to; undefined for the graph's own block. */
    readonly owningNode: Node | undefined,
  ) {
    this.paramNode = new Node(graph, 'prim::Param', this)
    this.returnNode = new Node(graph, 'prim::Return', this)
    this.paramNode.next = this.returnNode
    this.returnNode.prev = this.paramNode
  }

  get inputs(): readonly Value[] {
    return this.paramNode.outputs
  }
  get outputs(): readonly Value[] {
    return this.returnNode.inputs
  }
  addInput(name = '', type: Type = TensorT): Value {
    const value = this.paramNode.addOutput(type)
    if (name) this.graph.nameValue(value, name)
    return value
  }
  registerOutput(value: Value): void {
    this.returnNode.addInput(value)
  }

  /** The nodes in order. The current node may be destroyed or moved while iterating. */
  *nodes(): Generator<Node> {
    let node = this.paramNode.next!
    while (node !== this.returnNode) {
      const next = node.next!
      yield node
      node = node.destroyed || node.owningBlock !== this || !node.next ? next : node.next
    }
  }
  *nodesReversed(): Generator<Node> {
    let node = this.returnNode.prev!
    while (node !== this.paramNode) {
      const prev = node.prev!
      yield node
      node = prev
    }
  }
  append(node: Node): Node {
    return node.insertBefore(this.returnNode)
  }
  prepend(node: Node): Node {
    return node.insertAfter(this.paramNode)
  }
  destroy(): void {
    this.returnNode.removeAllInputs()
    for (const node of this.nodesReversed()) node.destroy()
    for (const value of this.inputs) if (value.debugName) this.graph.nameValue(value, '')
  }
}

/** A function body in SSA form. New nodes go to the insertion point. */
export class Graph {
  private uniques = 0
  private readonly names = new Map<string, Value>()
  private readonly nameCounts = new Map<string, number>()
  readonly block: Block
  private insertBlock: Block
  private insertBeforeNode: Node

  constructor() {
    this.block = new Block(this, undefined)
    this.insertBlock = this.block
    this.insertBeforeNode = this.block.returnNode
  }

  get inputs(): readonly Value[] {
    return this.block.inputs
  }
  get outputs(): readonly Value[] {
    return this.block.outputs
  }
  nextUnique(): number {
    return this.uniques++
  }
  /** Values made from now on are numbered after `unique`: for readers that give numbers themselves. */
  reserveUnique(unique: number): void {
    this.uniques = Math.max(this.uniques, unique + 1)
  }
  addInput(name = '', type: Type = TensorT): Value {
    return this.block.addInput(name, type)
  }
  registerOutput(value: Value): void {
    this.block.registerOutput(value)
  }
  nodes(): Generator<Node> {
    return this.block.nodes()
  }

  /**
   * Gives a value a name. By PyTorch's rule the newest value keeps the bare name: one that had it becomes `x.1`, `x.2`, … (the next
   * free suffix of its base). '' takes the name away. A name of digits alone, which would read as a number, gets a `_` in front.
   */
  nameValue(value: Value, name: string): void {
    if (value.debugName) {
      if (this.names.get(value.debugName) === value) this.names.delete(value.debugName)
      value.debugName = ''
    }
    if (name === '') return
    const wanted = /^\d+$/.test(name) ? `_${name}` : name
    const owner = this.names.get(wanted)
    if (owner) {
      const dotted = /^(.*)\.(\d+)$/s.exec(wanted)
      const base = dotted ? dotted[1] : wanted
      let suffix = Math.max(dotted ? Number(dotted[2]) : 1, (this.nameCounts.get(base) ?? 0) + 1)
      let free: string
      do free = `${base}.${suffix++}`
      while (this.names.has(free))
      this.nameCounts.set(base, suffix)
      this.nameValue(owner, free)
    }
    this.names.set(wanted, value)
    value.debugName = wanted
  }
  hasName(name: string): boolean {
    return this.names.has(name)
  }
  valueByName(name: string): Value | undefined {
    return this.names.get(name)
  }

  /** Makes a node (not yet linked in) with `outputs` Tensor outputs. */
  create(kind: string, inputs: readonly Value[] = [], outputs: number | readonly Type[] = 1): Node {
    const node = new Node(this, kind, this.insertBlock)
    for (const input of inputs) node.addInput(input)
    if (typeof outputs === 'number') for (let i = 0; i < outputs; i++) node.addOutput()
    else for (const type of outputs) node.addOutput(type)
    return node
  }
  insertNode(node: Node): Node {
    return node.insertBefore(this.insertBeforeNode)
  }
  /** `create` and `insertNode` in one. */
  insert(kind: string, inputs: readonly Value[] = [], outputs: number | readonly Type[] = 1, range?: SourceRange): Node {
    const node = this.create(kind, inputs, outputs)
    node.sourceRange = range
    return this.insertNode(node)
  }
  insertConstant(type: Type, value?: AttributeValue, range?: SourceRange): Value {
    const node = this.create('prim::Constant', [], [type])
    if (value) node.setAttribute('value', value)
    node.sourceRange = range
    return this.insertNode(node).output
  }
  get insertPoint(): Node {
    return this.insertBeforeNode
  }
  /** Nodes made from now on go before `point`; a block means its end. */
  setInsertPoint(point: Node | Block): void {
    this.insertBeforeNode = point instanceof Block ? point.returnNode : point
    this.insertBlock = this.insertBeforeNode.owningBlock
  }
  withInsertPoint<T>(point: Node | Block, body: () => T): T {
    const saved = this.insertBeforeNode
    this.setInsertPoint(point)
    try {
      return body()
    } finally {
      this.setInsertPoint(saved)
    }
  }

  /** A deep copy. */
  copy(): Graph {
    const result = new Graph()
    const map = new Map<Value, Value>()
    for (const input of this.inputs) copyValueNames(input, result.addInput('', input.type), result, map)
    cloneBlockInto(this.block, result.block, map)
    return result
  }
}

function copyValueNames(from: Value, to: Value, graph: Graph, map: Map<Value, Value>): void {
  map.set(from, to)
  to.type = from.type
  if (from.debugName) graph.nameValue(to, from.debugName)
}

/** Copies the nodes and results of `from` to the end of `to`; `map` says what stands for values from outside and gets all new ones. */
export function cloneBlockInto(from: Block, to: Block, map: Map<Value, Value>): void {
  for (const node of from.nodes()) to.append(cloneNode(node, to, map))
  for (const output of from.outputs) to.registerOutput(map.get(output) ?? output)
}

/** Copies one node with its blocks; the copy is not linked in. */
export function cloneNode(node: Node, owner: Block, map: Map<Value, Value>): Node {
  const graph = owner.graph
  const copy = new Node(graph, node.kind, owner)
  for (const input of node.inputs) copy.addInput(map.get(input) ?? input)
  for (const output of node.outputs) copyValueNames(output, copy.addOutput(output.type), graph, map)
  for (const [name, value] of node.attributes)
    copy.attributes.set(name, value.kind === 'g' ? { kind: 'g', value: value.value.copy() } : value)
  copy.schema = node.schema
  copy.sourceRange = node.sourceRange
  copy.callStack = node.callStack
  copy.scope = node.scope
  for (const block of node.blocks) {
    const inner = copy.addBlock()
    for (const input of block.inputs) copyValueNames(input, inner.addInput('', input.type), graph, map)
    cloneBlockInto(block, inner, map)
  }
  return copy
}
