/**
 * Blocks of a traced graph that stand for calls of modules become methods of those modules:
 *
 *     = prim::TracedModuleForward[scope="__module.f"]():        %f = prim::GetAttr[name="f"](%self)
 *         block0():                                             %3 = prim::CallMethod[name="forward"](%f, %x)
 *           %1 = prim::TracedAttr[scope="__module.f.w"]()
 *           %2 = aten::mm(%x, %1)
 *
 * Done as PyTorch does it (fixup_trace_scope_blocks.cpp), so that methods, arguments and results come in the same order.
 */
import { type Block, type CompilationUnit, cloneBlockInto, Graph, GraphFunction, type Node, type Value } from '@tsjit/ir'
import { type Argument, type ClassType, FunctionSchema, NoneType, TensorT, TupleType, type Type } from '@tsjit/types'
import { unshapedType } from './structure.ts'

export interface ModuleOfTrace {
  readonly unit: CompilationUnit
  /** Simplifies a finished graph: tuples taken apart, dead code removed. */
  readonly cleanUp: (graph: Graph) => void
}

const isScope = (node: Node): boolean => node.kind === 'prim::TracedModuleForward'
const isFork = (node: Node): boolean => node.kind === 'prim::TracedFork'
const hasBody = (node: Node): boolean => isScope(node) || isFork(node)

/** Turns what a traced function forks into subgraphs, and simplifies its graph. */
export function finishFunction(graph: Graph, { unit, cleanUp }: ModuleOfTrace): void {
  new Lifting().block(graph.block)
  for (const forked of makeMethods(graph, unit)) cleanUp(forked)
  cleanUp(graph)
}

/** Turns the scopes of the method's graph into methods of the modules that they name, and what it forks into subgraphs. */
export function methodsFromScopes(graph: Graph, { unit, cleanUp }: ModuleOfTrace): void {
  const attributes = new Map<string, Value>()
  for (const node of graph.nodes()) if (node.kind === 'prim::TracedAttr') attributes.set(node.attribute('scope', 's')!, node.output)
  nameSelves(graph.block, attributes)
  new AttributeReads().resolve(graph.block, ['__module'], graph.inputs[0])
  for (const value of attributes.values()) value.node.destroy()
  new Lifting().block(graph.block)
  returnOneValue(graph.block)
  const made = makeMethods(graph, unit)
  for (const method of made) cleanUp(method)
  cleanUp(graph)
}

function nameSelves(block: Block, attributes: ReadonlyMap<string, Value>): void {
  for (const node of block.nodes()) {
    if (isFork(node)) nameSelves(node.blocks[0], attributes)
    if (!isScope(node)) continue
    const module = attributes.get(node.attribute('scope', 's')!)!
    node.addInput(module)
    node.blocks[0].addInput('self', module.type)
    nameSelves(node.blocks[0], attributes)
  }
}

/** Reads of attributes become `prim::GetAttr` chains from the nearest `self`, at the start of the block; others are handed in from outside. */
class AttributeReads {
  /** The attributes that `block` needs and that do not stand under `path`. */
  resolve(block: Block, path: readonly string[], self: Value): Value[] {
    const known = new Map<Value, Value>()
    const fromOutside: Value[] = []
    const read = (attribute: Value): Value => {
      const atoms = attribute.node.attribute('scope', 's')!.split('.')
      let value: Value
      if (path.every((atom, i) => atom === atoms[i])) {
        value = self
        const { graph } = block
        const types = chainTypes(self.type, atoms.slice(path.length))
        graph.withInsertPoint(block.paramNode.next!, () => {
          for (const [i, atom] of atoms.slice(path.length).entries()) {
            value = graph.insert('prim::GetAttr', [value], [types[i]]).setAttribute('name', { kind: 's', value: atom }).output
            graph.nameValue(value, atom)
          }
        })
      } else {
        value = block.addInput('', attribute.type)
        fromOutside.push(attribute)
      }
      known.set(attribute, value)
      return value
    }
    const visit = (node: Node): void => {
      if (isScope(node)) {
        const [inner] = node.blocks
        for (const value of this.resolve(inner, node.attribute('scope', 's')!.split('.'), inner.inputs[0])) node.addInput(value)
      } else if (isFork(node)) for (const value of this.resolve(node.blocks[0], path, self)) node.addInput(value)
      for (const [i, input] of node.inputs.entries()) {
        if (input.node.kind === 'prim::TracedAttr') node.replaceInput(i, known.get(input) ?? read(input))
      }
    }
    for (const node of [...block.nodes()]) visit(node)
    visit(block.returnNode)
    return fromOutside
  }
}

function chainTypes(root: Type, names: readonly string[]): Type[] {
  const types: Type[] = []
  let type = root
  for (const name of names) types.push((type = (type as ClassType).attribute(name)!.type))
  return types
}

/** Values that a block makes and others use become results of the block. */
class Lifting {
  private readonly lifted = new Map<Value, Value>()

  block(block: Block): void {
    for (const node of block.nodes()) {
      this.inputs(node)
      if (hasBody(node)) this.block(node.blocks[0])
    }
    this.inputs(block.returnNode)
  }
  private inputs(node: Node): void {
    for (let i = 0; i < node.inputs.length; i++) {
      const known = this.lifted.get(node.inputs[i])
      if (known) node.replaceInput(i, known)
      const input = node.inputs[i]
      if (input.owningBlock === node.owningBlock) continue
      const around = blocksAround(node.owningBlock)
      let value = input
      for (let at = input.owningBlock; !around.has(at); at = at.owningNode!.owningBlock) {
        at.registerOutput(value)
        value = at.owningNode!.addOutput(value.type)
      }
      if (value === input) continue
      this.lifted.set(input, value)
      node.replaceInput(i, value)
    }
  }
}

function blocksAround(block: Block): Set<Block> {
  const result = new Set<Block>()
  for (let at: Block | undefined = block; at; at = at.owningNode?.owningBlock) result.add(at)
  return result
}

/** Methods have one result: none is None, several are a tuple. */
function returnOneValue(block: Block): void {
  for (const node of [...block.nodes()]) {
    if (isFork(node)) returnOneValue(node.blocks[0])
    if (!isScope(node)) continue
    const [inner] = node.blocks
    returnOneValue(inner)
    const { graph } = node
    if (inner.outputs.length === 0) {
      graph.withInsertPoint(inner, () => inner.registerOutput(graph.insertConstant(NoneType)))
      node.addOutput(NoneType)
    } else if (inner.outputs.length > 1) {
      const types = inner.outputs.map(({ type }) => type)
      const tuple = graph.withInsertPoint(inner, () => graph.insert('prim::TupleConstruct', inner.outputs, [new TupleType(types)]).output)
      inner.returnNode.removeAllInputs()
      inner.registerOutput(tuple)
      const results = [...node.outputs]
      const whole = node.addOutput(new TupleType(types))
      const unpack = graph.create('prim::TupleUnpack', [whole], types).insertAfter(node)
      unpack.owningBlock = node.owningBlock
      for (const [i, result] of results.entries()) result.replaceAllUsesWith(unpack.outputs[i])
      for (let i = results.length - 1; i >= 0; i--) node.eraseOutput(i)
    }
  }
}

/** The methods' graphs, inner ones first. */
function makeMethods(graph: Graph, unit: CompilationUnit): Graph[] {
  const made: Graph[] = []
  // what a block uses from around it becomes an argument; inner blocks first, as theirs are their surroundings' too
  const lift = (block: Block): Map<Node, Graph> => {
    const bodies = new Map<Node, Graph>()
    for (const node of block.nodes()) {
      if (!hasBody(node)) continue
      const inside = lift(node.blocks[0])
      bodies.set(node, bodyOf(node, inside))
    }
    return bodies
  }
  const bodies = lift(graph.block)
  const connect = (owner: Graph, inner: ReadonlyMap<Node, Graph>): void => {
    for (const node of [...owner.nodes()]) {
      if (!hasBody(node)) continue
      const body = inner.get(node)!
      connect(body, nested.get(body) ?? new Map())
      made.push(body)
      if (isFork(node)) {
        const fork = owner.create('prim::fork', node.inputs, [node.output.type]).insertBefore(node)
        fork.setAttribute('Subgraph', { kind: 'g', value: body })
        fork.sourceRange = node.sourceRange
        node.output.replaceAllUsesWith(fork.output)
        node.destroy()
        continue
      }
      const type = node.inputs[0].type as ClassType
      const name = freeMethodName(type)
      const schema = schemaOf(body, name)
      const fn = unit.addFunction(new GraphFunction(`${type.name}.${name}`, schema, body))
      type.methods.set(name, fn)
      const call = owner.create('prim::CallMethod', node.inputs, [schema.returns[0].type]).insertBefore(node)
      call.setAttribute('name', { kind: 's', value: name })
      node.output.replaceAllUsesWith(call.output)
      node.destroy()
    }
  }
  connect(graph, bodies)
  return made
}

/** For the graph of a body: its scope nodes with their bodies. */
const nested = new WeakMap<Graph, ReadonlyMap<Node, Graph>>()

function bodyOf(node: Node, inside: ReadonlyMap<Node, Graph>): Graph {
  const [block] = node.blocks
  const body = new Graph()
  const map = new Map<Value, Value>()
  for (const input of block.inputs) map.set(input, copyInput(body, input))
  const outside = (value: Value): void => {
    if (map.has(value) || value.owningBlock === block) return
    map.set(value, copyInput(body, value))
    node.addInput(value)
  }
  for (const inner of block.nodes()) inner.inputs.forEach(outside)
  block.outputs.forEach(outside)
  const scopes = [...block.nodes()].filter(hasBody)
  // their bodies are graphs already
  for (const scope of scopes) scope.eraseBlock(0)
  cloneBlockInto(block, body.block, map)
  const copies = [...body.nodes()].filter(hasBody)
  nested.set(body, new Map(copies.map((copy, i) => [copy, inside.get(scopes[i])!])))
  return body
}

function copyInput(graph: Graph, value: Value): Value {
  return graph.addInput(value.debugName.replace(/\.\d+$/, ''), value.type)
}

function freeMethodName(type: ClassType): string {
  if (!type.methods.has('forward')) return 'forward'
  let count = 1
  while (type.methods.has(`forward${count}`)) count++
  return `forward${count}`
}

/** The schema of a traced graph: names of its inputs, types without sizes. */
export function schemaOf(graph: Graph, name: string): FunctionSchema {
  const argument = (name: string, type: Type): Argument => ({ name, type, typeText: type.toString(), hasDefault: false, kwargOnly: false })
  const args = graph.inputs.map((value, i) => argument(value.debugName.replace(/\.\d+$/, '') || `argument_${i}`, unshapedType(value.type)))
  const result = graph.outputs.length === 1 ? unshapedType(graph.outputs[0].type) : TensorT
  return new FunctionSchema(name, '', args, [argument('', result)])
}
