import type { Block, Graph, Node, Value } from '@tsjit/ir'
import type { Argument, FunctionSchema, Type } from '@tsjit/types'
import { constantInt } from './constants.ts'
import { type MemoryClass, MemoryClasses } from './memory-classes.ts'
import { isMutableType, schemaOf } from './node-properties.ts'

export interface AliasOptions {
  /**
   * What tells apart memory that the graph gets from outside (inputs, attributes, constants), a storage for instance: values with
   * different identities do not alias, values with the same do. What has none (undefined) may alias anything from outside of its type:
   * a caller that checks its inputs while running gives them identities of their own.
   */
  readonly identityOf?: (value: Value) => unknown
}

/** Operators whose result may be, or be a view of, their first input although the schema does not say so. */
const hiddenAliases = new Set([
  'aten::dropout',
  'aten::feature_dropout',
  'aten::alpha_dropout',
  'aten::feature_alpha_dropout',
  'aten::type_as',
  'aten::sum_to_size',
  'aten::atleast_1d',
  'aten::atleast_2d',
  'aten::atleast_3d',
  'aten::einsum',
  'aten::meshgrid',
  'aten::broadcast_tensors',
  'aten::cartesian_prod',
  'aten::to_dense',
  'aten::unsafe_chunk',
  'aten::unsafe_split',
  'aten::unsafe_split_with_sizes',
  'aten::_unsafe_view',
  'aten::dequantize',
  'aten::pad',
])

/**
 * Which values may share memory and which nodes write it, from the alias annotations of schemas. Values that may alias are in one class
 * (unification, so nearly linear in the graph's size); containers have classes for what they hold. Everything that comes from outside
 * or goes where the analysis cannot follow is a wildcard: such values of one type may alias each other.
 *
 * The answers hold for the graph as it was; values made later have no writers.
 */
export class AliasDb {
  private readonly memory = new MemoryClasses()
  private readonly classes = new Map<Value, MemoryClass>()
  private readonly identities = new Map<unknown, MemoryClass>()
  private readonly writes = new Map<Node, MemoryClass[]>()
  private readonly opaqueNodes: Node[] = []
  private writersByClass: Map<MemoryClass, Node[]> | undefined
  private escaping: Set<MemoryClass> | undefined

  constructor(
    private readonly graph: Graph,
    private readonly options: AliasOptions = {},
  ) {
    for (const input of graph.inputs) this.fromOutside(input)
    this.block(graph.block)
  }

  /** Whether any node may write the memory of the value itself (a tensor's elements, a list's structure; not what the list holds). */
  hasWriters(value: Value): boolean {
    return this.writersOf(value).length > 0
  }
  /** Also counts writes to what the value holds. */
  hasWritersInside(value: Value): boolean {
    const found = this.find(value)
    if (!found) return false
    for (const inner of this.memory.reachable(found)) if (this.writersOfClass(inner).length > 0) return true
    return false
  }
  nodeHasWriters(node: Node): boolean {
    return node.inputs.some((value) => this.hasWritersInside(value)) || node.outputs.some((value) => this.hasWritersInside(value))
  }
  /** The nodes that may write the value's memory, in no order. */
  writersOf(value: Value): readonly Node[] {
    const found = this.find(value)
    return found ? this.writersOfClass(found) : []
  }
  private writersOfClass(found: MemoryClass): readonly Node[] {
    const own = this.writers().get(found) ?? []
    if (!found.isWild) return own
    if (found.isDistinct) return this.opaqueNodes.length > 0 ? [...own, ...this.opaqueNodes] : own
    const unknown = this.memory.wildcardOf(found)
    return unknown === found ? own : [...own, ...(this.writers().get(unknown) ?? [])]
  }
  /** Whether the node itself (not the nodes of its blocks) may write: the value's memory, or anything where no value is given. */
  mayWrite(node: Node, value?: Value): boolean {
    const written = this.writes.get(node)
    if (!written || written.length === 0) return false
    if (!value) return true
    const found = this.find(value)
    return found !== undefined && written.some((one) => this.memory.mayBeSame(this.memory.find(one), found))
  }
  mayAlias(a: Value, b: Value): boolean {
    const left = this.find(a)
    const right = this.find(b)
    return left !== undefined && right !== undefined && this.memory.mayBeSame(left, right)
  }
  /** Whether one of the values, or what it holds, may alias the other or what that holds. */
  mayContainAlias(a: Value, b: Value): boolean {
    const left = this.find(a)
    const right = this.find(b)
    if (!left || !right) return false
    const inside = [...this.memory.reachable(left)]
    for (const one of this.memory.reachable(right)) if (inside.some((other) => this.memory.mayBeSame(one, other))) return true
    return false
  }
  /** Whether the value's memory may be known outside the graph. */
  isWildcard(value: Value): boolean {
    return this.find(value)?.isWild ?? false
  }
  /** Whether the value's memory may be seen after the graph ran: known outside (constants are not), or part of a result. */
  escapes(value: Value): boolean {
    const found = this.of(value)
    return found !== undefined && ((found.isWild && !found.isDistinct) || this.escapingClasses().has(found))
  }
  /** Whether putting one of two equal values in place of the other changes nothing that can be seen. */
  safeToMerge(a: Value, b: Value): boolean {
    if (this.hasWritersInside(a) || this.hasWritersInside(b)) return false
    return !(this.escapes(a) && this.escapes(b))
  }

  /** For passes that follow liveness: the class of a value, what it reaches, and who writes it. */
  classOf(value: Value): MemoryClass | undefined {
    return this.find(value)
  }
  reachable(memory: MemoryClass): ReadonlySet<MemoryClass> {
    return this.memory.reachable(memory)
  }
  writtenBy(node: Node): readonly MemoryClass[] {
    return (this.writes.get(node) ?? []).map((one) => this.memory.find(one))
  }
  writers(): ReadonlyMap<MemoryClass, readonly Node[]> {
    if (!this.writersByClass) {
      this.writersByClass = new Map()
      for (const [node, written] of this.writes) {
        for (const one of new Set(written.map((memory) => this.memory.find(memory)))) {
          const nodes = this.writersByClass.get(one)
          if (nodes) nodes.push(node)
          else this.writersByClass.set(one, [node])
        }
      }
    }
    return this.writersByClass
  }

  private escapingClasses(): Set<MemoryClass> {
    if (!this.escaping) {
      this.escaping = new Set()
      for (const output of this.graph.outputs) {
        const found = this.of(output)
        if (found) for (const inner of this.memory.reachable(found)) this.escaping.add(inner)
      }
    }
    return this.escaping
  }

  private find(value: Value): MemoryClass | undefined {
    const found = this.classes.get(value)
    return found && this.memory.find(found)
  }
  /** The class of a value that can be written; made where there is none yet. */
  private of(value: Value): MemoryClass | undefined {
    const known = this.find(value)
    if (known) return known
    if (!isMutableType(value.type)) return undefined
    const made = this.memory.make(value.type)
    this.classes.set(value, made)
    return made
  }
  private alias(a: Value, b: Value): void {
    const left = this.of(a)
    const right = this.of(b)
    if (left && right) this.memory.unite(left, right)
  }
  private fromOutside(value: Value): void {
    const own = this.of(value)
    if (!own) return
    const identity = this.options.identityOf?.(value)
    if (identity === undefined) {
      this.memory.makeWild(own)
      return
    }
    const same = this.identities.get(identity)
    if (same) this.memory.unite(own, same)
    else this.identities.set(identity, own)
    own.isWild = true
  }
  private write(node: Node, memory: MemoryClass | undefined): void {
    if (!memory) return
    const written = this.writes.get(node)
    if (written) written.push(memory)
    else this.writes.set(node, [memory])
  }
  private field(container: Value, key: string, type: Type): MemoryClass | undefined {
    const memory = this.of(container)
    return memory && isMutableType(type) ? this.memory.field(memory, key, type) : undefined
  }
  /** `value` is (an alias of) what `container` holds under `key`. */
  private holds(container: Value, key: string, value: Value): void {
    const held = this.field(container, key, value.type)
    const own = this.of(value)
    if (held && own) this.memory.unite(held, own)
  }

  private block(block: Block): void {
    for (const node of block.nodes()) this.node(node)
  }

  private node(node: Node): void {
    const { inputs, outputs } = node
    switch (node.kind) {
      case 'prim::ModuleContainerIndex':
        this.fromOutside(outputs[0])
        return
      case 'prim::Constant':
        this.constant(outputs[0])
        return
      case 'prim::If':
        for (const block of node.blocks) {
          this.block(block)
          for (const [i, value] of block.outputs.entries()) this.alias(value, outputs[i])
        }
        return
      case 'prim::Loop': {
        const [body] = node.blocks
        outputs.forEach((value, i) => {
          this.alias(inputs[i + 2], value)
          this.alias(body.inputs[i + 1], value)
          this.alias(body.outputs[i + 1], value)
        })
        this.block(body)
        return
      }
      case 'prim::ListConstruct':
      case 'prim::DictConstruct':
        for (const value of inputs) this.holds(outputs[0], '*', value)
        return
      case 'prim::TupleConstruct':
        for (const [i, value] of inputs.entries()) this.holds(outputs[0], String(i), value)
        return
      case 'prim::TupleUnpack':
        for (const [i, value] of outputs.entries()) this.holds(inputs[0], String(i), value)
        return
      case 'prim::TupleIndex': {
        const index = constantInt(inputs[1])
        const size = inputs[0].type.contained().length
        this.holds(inputs[0], index === undefined ? '*' : String(index < 0 ? index + size : index), outputs[0])
        return
      }
      case 'prim::TupleSlice': {
        const begin = Number(node.attribute('beg', 'i') ?? 0)
        outputs[0].type.contained().forEach((type, i) => {
          const from = this.field(inputs[0], String(begin + i), type)
          const to = this.field(outputs[0], String(i), type)
          if (from && to) this.memory.unite(from, to)
        })
        return
      }
      case 'prim::ListUnpack':
        for (const value of outputs) this.holds(inputs[0], '*', value)
        return
      case 'prim::DictIndex':
        this.holds(inputs[0], '*', outputs[0])
        return
      case 'prim::GetAttr':
        this.getAttribute(node)
        return
      case 'prim::SetAttr':
        this.holds(inputs[0], node.attribute('name', 's')!, inputs[1])
        this.write(node, this.of(inputs[0]))
        return
      case 'prim::unchecked_cast':
      case 'prim::unchecked_unwrap_optional':
        this.alias(inputs[0], outputs[0])
        return
      case 'prim::tolist':
      case 'prim::NumToTensor':
      case 'prim::CreateObject':
      case 'prim::Uninitialized':
      case 'prim::Print':
      case 'prim::RaiseException':
      case 'prim::isinstance':
        return
    }
    const schema = schemaOf(node)
    if (schema && node.blocks.length === 0 && node.kind !== 'aten::wait') this.operator(node, schema)
    else this.opaque(node)
  }

  /** Constants live longer than a run; tensors of one storage are the same memory. */
  private constant(value: Value): void {
    const own = this.of(value)
    if (!own) return
    const held = value.node.attribute('value', 't')
    const storage = typeof held === 'object' && held !== null ? ((held as { storage?: unknown }).storage ?? held) : undefined
    const identity = this.options.identityOf?.(value) ?? storage
    own.isWild = own.isDistinct = true
    if (identity === undefined) return
    const same = this.identities.get(identity)
    if (same) this.memory.unite(own, same)
    else this.identities.set(identity, own)
  }

  private getAttribute(node: Node): void {
    const value = node.outputs[0]
    if (this.options.identityOf && this.of(value) && this.options.identityOf(value) !== undefined) this.fromOutside(value)
    else this.holds(node.inputs[0], node.attribute('name', 's')!, value)
  }

  /** A node that may do anything with what it is given: keep it, write it, return it. */
  private opaque(node: Node): void {
    for (const value of [...node.inputs, ...node.outputs]) {
      const memory = this.of(value)
      if (memory) this.memory.makeWild(memory)
    }
    for (const block of node.blocks) {
      for (const value of block.inputs) this.fromOutside(value)
      this.block(block)
      for (const value of block.outputs) this.fromOutside(value)
    }
    this.opaqueNodes.push(node)
    this.write(node, this.memory.everythingWild())
  }

  private operator(node: Node, schema: FunctionSchema): void {
    const { inputs, outputs } = node
    const sets = new Map<string, { memory: MemoryClass }[]>()
    const generic = schema.args.some((argument) => hasVariable(argument.type))
    const written: MemoryClass[] = []
    const leaving: { memory: MemoryClass; names: readonly string[] }[] = []
    schema.args.forEach((argument, i) => {
      const own = inputs[i] && argument.alias ? this.annotated(inputs[i], argument) : undefined
      if (!own) return
      for (const name of argument.alias!.before) push(sets, name, { memory: own })
      if (argument.alias!.isWrite) {
        written.push(own)
        this.write(node, own)
      }
      if (argument.alias!.after.includes('*') && !argument.alias!.before.includes('*'))
        leaving.push({ memory: own, names: argument.alias!.before })
    })
    outputs.forEach((output, i) => {
      const result = schema.returns[Math.min(i, schema.returns.length - 1)]
      const own = this.of(output)
      if (!own || !result) return
      const names = result.alias ? [...result.alias.before, ...result.alias.after] : []
      const target = result.alias ? this.annotated(output, result) : undefined
      let known = false
      for (const name of names) {
        for (const { memory } of sets.get(name) ?? []) {
          known = true
          this.memory.unite(target!, memory)
        }
      }
      if (!known && node.kind.endsWith('_') && node.inputs[0]?.type.kind === output.type.kind) this.alias(node.inputs[0], output)
      // What comes out of a container (`t(*)`), and generic results without annotation, is among what the inputs hold.
      if (result.type.kind === 'Any' && !result.alias) this.memory.makeWild(own)
      if (generic && !known) this.fromContainers(node, schema, output)
      else if (names.includes('*') && !known) this.memory.makeWild(own)
      if (hiddenAliases.has(node.kind)) this.hidden(node, output)
    })
    if (generic) {
      // extend, update: what one container holds goes into another.
      for (const container of written) {
        for (const value of inputs) {
          const element = elementType(value.type)
          if (element && isMutableType(element))
            this.memory.unite(this.memory.field(container, '*', element), this.memory.field(this.of(value)!, '*', element))
        }
      }
    }
    const returned = new Set(schema.returns.flatMap((result) => result.alias?.before ?? []))
    for (const { memory, names } of leaving) {
      // An element goes into the container that is written; where none is, it goes out of sight unless a result carries it.
      if (written.length > 0) for (const container of written) this.memory.unite(this.memory.field(container, '*', memory.type), memory)
      else if (!names.some((name) => returned.has(name))) this.memory.makeWild(memory)
    }
  }

  /** The class an annotation is about: `Tensor(a)[]` means the elements, `t[](a)` the list. */
  private annotated(value: Value, { typeText }: Argument): MemoryClass | undefined {
    const own = this.of(value)
    if (!own || !/\)\[\d*\]\??$/.test(typeText)) return own
    const element = elementType(value.type)
    return element && isMutableType(element) ? this.memory.field(own, '*', element) : undefined
  }

  private fromContainers(node: Node, schema: FunctionSchema, output: Value): void {
    const sources: MemoryClass[] = []
    schema.args.forEach((argument, i) => {
      const own = node.inputs[i] && this.of(node.inputs[i])
      if (!own) return
      if (argument.type.kind === 'Var') sources.push(own)
      else {
        const element = elementType(node.inputs[i].type)
        if (element && isMutableType(element)) sources.push(this.memory.field(own, '*', element))
      }
    })
    const element = elementType(output.type)
    const formal = schema.returns[0]?.type
    const holdsThem = formal !== undefined && formal.kind !== 'Var' && element !== undefined
    if (holdsThem && !isMutableType(element)) return
    let target = holdsThem ? this.memory.field(this.of(output)!, '*', element) : this.of(output)!
    if (holdsThem && element.kind === 'Tuple') {
      // items(): a list of (key, value) pairs.
      for (const [i, type] of element.contained().entries()) if (isMutableType(type)) target = this.memory.field(target, String(i), type)
    }
    for (const source of sources) this.memory.unite(target, source)
  }

  private hidden(node: Node, output: Value): void {
    const own = this.of(output)!
    const input = this.of(node.inputs[0])
    if (!input) return
    const element = elementType(output.type)
    const from = elementType(node.inputs[0].type) ? this.memory.field(input, '*', elementType(node.inputs[0].type)!) : input
    this.memory.unite(element ? this.memory.field(own, '*', element) : own, from)
  }
}

function elementType(type: Type): Type | undefined {
  switch (type.kind) {
    case 'List':
      return type.contained()[0]
    case 'Dict':
      return isMutableType(type.contained()[1]) ? type.contained()[1] : type.contained()[0]
    case 'Optional':
      return elementType(type.contained()[0])
  }
  return undefined
}

function hasVariable(type: Type): boolean {
  return type.kind === 'Var' || type.contained().some(hasVariable)
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
