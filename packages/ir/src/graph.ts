import type { Callable, FunctionSchema, SourceRange, Type } from '@tsjit/types'
import { TensorT } from '@tsjit/types'
import { AttributeTable } from './attribute-table.ts'
import type { AttributeKinds, AttributeValue } from './attributes.ts'
import { printGraph } from './printer.ts'

/** One use of a value: `user.inputs[index]`; a block's results are inputs of its `returnNode`. */
export interface Use {
  readonly user: Node
  readonly index: number
}

// Graphs are made of so many of the following three that their fields are declared alone and set by the constructor: what a class body initialises is defined
// field by field first, at a cost that start-up shows.

/** A use in the two lists that name it, so that it leaves both without a search: constants have thousands. */
class UseRecord implements Use {
  declare readonly user: Node
  declare index: number
  /** Where it stands in the value's `uses`. */
  declare at: number
  constructor(user: Node, index: number) {
    this.user = user
    this.index = index
    this.at = 0
  }
}

/**
 * What is without uses, inputs, outputs or blocks has this list of them; the first one that comes makes a list of its own. It held an
 * object once: to the engine it is then of the kind of all others.
 */
const none: readonly never[] = [{}].slice(1) as never[]
/**
 * The list with one more at its end. An empty array that is pushed to gets room for sixteen, which most values and nodes never need:
 * their arrays are made to measure.
 */
function extended<T>(list: readonly T[], item: T): readonly T[] {
  if (list.length === 0) return [item]
  if (list.length === 1) return [list[0], item]
  ;(list as T[]).push(item)
  return list
}

function addUse(value: Value, use: UseRecord): void {
  use.at = value.uses.length
  value.uses = extended<Use>(value.uses, use)
}

/** An SSA value: an output of a node, or a parameter of a block (then `node` is the block's `paramNode`). */
export class Value {
  declare readonly node: Node
  declare offset: number
  /** Numbers values in order of creation; printed where there is no name. */
  declare readonly unique: number
  declare type: Type
  /** In no order that means anything. Another array when the first uses come. */
  declare uses: readonly Use[]
  /** A name the program gave it; '' where there is none. Set it with `Graph.nameValue`, which keeps names unique. */
  declare debugName: string
  /** For the pass that runs, in place of a set or a map of values: it sets the mark before it looks. */
  declare mark: number

  constructor(node: Node, offset: number, unique: number, type: Type) {
    this.node = node
    this.offset = offset
    this.unique = unique
    this.type = type
    this.uses = none
    this.debugName = ''
    this.mark = 0
  }

  get owningBlock(): Block {
    return this.node.owningBlock
  }

  replaceAllUsesWith(other: Value): void {
    if (other === this) return
    for (const use of this.uses) {
      ;(use.user.inputs as Value[])[use.index] = other
      addUse(other, use as UseRecord)
    }
    this.uses = none
  }

  setType(type: Type): this {
    this.type = type
    return this
  }
}

/** A call whose body took its place. */
export interface InlinedCall {
  readonly range: SourceRange
  /** The name of the function that was called. */
  readonly callee: string
}

/** An operation: kind (`aten::add`, `prim::If`), inputs, outputs, attributes, nested blocks. Nodes of a block form a doubly linked list. */
export class Node {
  declare readonly graph: Graph
  declare readonly kind: string
  declare owningBlock: Block
  declare inputs: readonly Value[]
  declare outputs: readonly Value[]
  declare blocks: readonly Block[]
  /** The use that each input is. */
  declare private inputUses: readonly UseRecord[]
  declare private ownAttributes: AttributeTable | undefined
  /** The operator's schema, where the kind is an operator; set by whoever creates the node. */
  declare schema: FunctionSchema | undefined
  /** What a call of the host's language (`^f[]()`) calls. */
  declare hostCallee: Callable | undefined
  declare sourceRange: SourceRange | undefined
  /** The chain of inlined calls that this node came from, outermost first. */
  declare callStack: readonly InlinedCall[] | undefined
  declare scope: string
  declare prev: Node | undefined
  declare next: Node | undefined
  declare destroyed: boolean
  /** As a value's `mark`. */
  declare mark: number

  constructor(graph: Graph, kind: string, owningBlock: Block, inputs: readonly Value[] = none, outputs: readonly Type[] = none) {
    this.graph = graph
    this.kind = kind
    this.owningBlock = owningBlock
    this.inputs = inputs.length === 0 ? none : inputs.slice()
    this.outputs = none
    this.blocks = none
    this.inputUses = none
    this.ownAttributes = undefined
    this.schema = undefined
    this.hostCallee = undefined
    this.sourceRange = undefined
    this.callStack = undefined
    this.scope = ''
    this.prev = undefined
    this.next = undefined
    this.destroyed = false
    this.mark = 0
    graph.kinds.add(kind)
    if (inputs.length > 0) this.inputUses = inputs.map((value, i) => this.use(value, i))
    if (outputs.length > 0) this.outputs = outputs.map((type, i) => new Value(this, i, graph.nextUnique(), type))
  }

  get output(): Value {
    return this.outputs[0]
  }
  get input(): Value {
    return this.inputs[0]
  }

  get attributes(): AttributeTable {
    return (this.ownAttributes ??= new AttributeTable())
  }
  get hasAttributes(): boolean {
    return this.ownAttributes !== undefined && this.ownAttributes.size > 0
  }

  addInput(value: Value): Value {
    this.inputUses = extended(this.inputUses, this.use(value, this.inputs.length))
    this.inputs = extended(this.inputs, value)
    return value
  }
  replaceInput(index: number, value: Value): Value {
    const old = this.inputs[index]
    removeUse(old, this.inputUses[index])
    ;(this.inputs as Value[])[index] = value
    ;(this.inputUses as UseRecord[])[index] = this.use(value, index)
    return old
  }
  insertInput(index: number, value: Value): Value {
    for (let i = index; i < this.inputUses.length; i++) this.inputUses[i].index++
    this.inputs = [...this.inputs.slice(0, index), value, ...this.inputs.slice(index)]
    this.inputUses = [...this.inputUses.slice(0, index), this.use(value, index), ...this.inputUses.slice(index)]
    return value
  }
  removeInput(index: number): void {
    removeUse(this.inputs[index], this.inputUses[index])
    for (let i = index + 1; i < this.inputUses.length; i++) this.inputUses[i].index--
    ;(this.inputs as Value[]).splice(index, 1)
    ;(this.inputUses as UseRecord[]).splice(index, 1)
  }
  removeAllInputs(): void {
    for (let i = 0; i < this.inputs.length; i++) removeUse(this.inputs[i], this.inputUses[i])
    this.inputs = none
    this.inputUses = none
  }
  private use(value: Value, index: number): UseRecord {
    const use = new UseRecord(this, index)
    addUse(value, use)
    return use
  }
  addOutput(type: Type = TensorT, unique = this.graph.nextUnique()): Value {
    const value = new Value(this, this.outputs.length, unique, type)
    this.outputs = extended(this.outputs, value)
    return value
  }
  eraseOutput(index: number): void {
    if (this.outputs[index].uses.length > 0) throw new Error(`output ${index} of ${this.kind} is still used`)
    if (this.outputs[index].debugName) this.graph.nameValue(this.outputs[index], '')
    ;(this.outputs as Value[]).splice(index, 1)
    for (let i = index; i < this.outputs.length; i++) this.outputs[i].offset = i
  }
  /** Puts the outputs into another order. */
  reorderOutputs(outputs: readonly Value[]): void {
    this.outputs = outputs
    for (let i = 0; i < outputs.length; i++) outputs[i].offset = i
  }
  addBlock(): Block {
    const block = new Block(this.graph, this)
    this.blocks = extended(this.blocks, block)
    return block
  }
  eraseBlock(index: number): void {
    this.blocks[index].destroy()
    ;(this.blocks as Block[]).splice(index, 1)
  }

  setAttribute(name: string, value: AttributeValue): this {
    this.attributes.set(name, value)
    return this
  }
  /** The value of attribute `name`, or undefined. */
  attribute<K extends AttributeValue['kind']>(name: string, kind: K): AttributeKinds[K] | undefined {
    const found = this.ownAttributes?.get(name)
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
    for (const block of this.blocks) block.destroy()
    this.blocks = none
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

function removeUse({ uses }: Value, use: UseRecord): void {
  const all = uses as Use[]
  const last = all.pop() as UseRecord
  if (last === use) return
  all[use.at] = last
  last.at = use.at
}

/** The nodes of a block from `at` on: a generator would make an object for each. */
class NodeIterator implements IterableIterator<Node> {
  private readonly result: { value: Node; done: boolean }
  private current: Node | undefined
  private following: Node

  constructor(
    private readonly block: Block,
    private readonly backwards: boolean,
  ) {
    this.following = backwards ? block.returnNode.prev! : block.paramNode.next!
    this.result = { value: this.following, done: false }
  }
  [Symbol.iterator](): this {
    return this
  }
  next(): IteratorResult<Node, undefined> {
    const { block, backwards, result, current } = this
    // A current node that was destroyed or moved away no longer says what follows it; one that is there may have got a new neighbour.
    if (current && !backwards && !current.destroyed && current.owningBlock === block && current.next) this.following = current.next
    const node = this.following
    if (node === (backwards ? block.paramNode : block.returnNode)) {
      result.done = true
      this.current = undefined
      return result as unknown as IteratorReturnResult<undefined>
    }
    this.current = node
    this.following = backwards ? node.prev! : node.next!
    result.value = node
    return result as IteratorYieldResult<Node>
  }
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
  nodes(): IterableIterator<Node> {
    return new NodeIterator(this, false)
  }
  nodesReversed(): IterableIterator<Node> {
    return new NodeIterator(this, true)
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

const tensors: readonly (readonly Type[])[] = [[], [TensorT], [TensorT, TensorT]]

/** A function body in SSA form. New nodes go to the insertion point. */
export class Graph {
  private uniques = 0
  private readonly names = new Map<string, Value>()
  private readonly nameCounts = new Map<string, number>()
  /** Every kind that a node of this graph has or had: passes that look for one need not walk a graph that never had it. */
  readonly kinds = new Set<string>()
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
  /** Greater than the number of any value. */
  get uniqueEnd(): number {
    return this.uniques
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
  nodes(): IterableIterator<Node> {
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
    const wanted = isDigits(name, 0) ? `_${name}` : name
    const owner = this.names.get(wanted)
    if (owner) {
      const dot = wanted.lastIndexOf('.')
      const isDotted = dot >= 0 && isDigits(wanted, dot + 1)
      const base = isDotted ? wanted.slice(0, dot) : wanted
      let suffix = Math.max(isDotted ? Number(wanted.slice(dot + 1)) : 1, (this.nameCounts.get(base) ?? 0) + 1)
      let free: string
      do free = `${base}.${suffix++}`
      while (this.names.has(free))
      this.nameCounts.set(base, suffix)
      this.names.set(free, owner)
      owner.debugName = free
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
    const types = typeof outputs === 'number' ? (tensors[outputs] ?? new Array<Type>(outputs).fill(TensorT)) : outputs
    return new Node(this, kind, this.insertBlock, inputs, types)
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

  /** As PyTorch prints it. */
  toString(): string {
    return printGraph(this)
  }
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return printGraph(this)
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

/** Whether all of the text from `from` on is digits, and there are some. */
function isDigits(text: string, from: number): boolean {
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 48 || code > 57) return false
  }
  return from < text.length
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
  const copy = new Node(
    graph,
    node.kind,
    owner,
    node.inputs.map((input) => map.get(input) ?? input),
    node.outputs.map(({ type }) => type),
  )
  for (const [i, output] of node.outputs.entries()) copyValueNames(output, copy.outputs[i], graph, map)
  if (node.hasAttributes) {
    for (const [name, value] of node.attributes)
      copy.attributes.set(name, value.kind === 'g' ? { kind: 'g', value: value.value.copy() } : value)
  }
  copy.schema = node.schema
  copy.hostCallee = node.hostCallee
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
