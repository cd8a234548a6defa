import { type Block, cloneNode, Graph, type Node, type Value } from '@tsjit/ir'
import { hasSideEffects } from '@tsjit/passes'
import { metadataKernels, Tensor } from '@tsjit/runtime'
import { isBuiltin } from '../builtins/index.ts'
import { schemaOf } from '../operation.ts'
import { isHostType, Taint } from './taint.ts'

/** The node that stands for a region; attribute `Subgraph` holds it. */
export const segmentKind = 'tsjit::segment'

export interface PartitionOptions {
  /** Whether the backend takes the operator (or prim kind). */
  readonly supports: (op: string) => boolean
  /** Whether whole loops may go into a region. */
  readonly loops: boolean
}

export interface PartitionReport {
  segments: number
  instructions: number
  /** What ended regions, and how often. */
  readonly breaks: Map<string, number>
}

/** Puts one `tsjit::segment` node in place of every maximal run of nodes that the backend takes. Changes the graph. */
export function partition(graph: Graph, options: PartitionOptions): PartitionReport {
  const partitioner = new Partitioner(options)
  partitioner.block(graph.block)
  return partitioner.report
}

/**
 * Takes a region apart that the backend could not plan: two halves, so that what is good of it still runs there; of a single loop or
 * branch, what is inside. Changes the graph; false where nothing is left to try.
 */
export function splitRegion(graph: Graph, options: PartitionOptions): boolean {
  const nodes = [...graph.nodes()].filter((node) => node.kind !== 'prim::Constant')
  const partitioner = new Partitioner(options)
  if (nodes.length === 1) {
    if (nodes[0].blocks.length === 0) return false
    partitioner.outside(nodes[0])
  } else {
    const middle = nodes.length >> 1
    for (const half of [nodes.slice(0, middle), nodes.slice(middle)]) if (isWorthIt(half)) partitioner.replace(half)
  }
  return partitioner.report.segments > 0
}

class Partitioner {
  readonly report: PartitionReport = { segments: 0, instructions: 0, breaks: new Map() }
  private readonly taint = new Taint()

  constructor(private readonly options: PartitionOptions) {}

  block(block: Block): void {
    let region: Node[] = []
    let inside = new Set<Value>()
    const close = (): void => {
      if (isWorthIt(region)) this.replace(region)
      region = []
      inside = new Set()
    }
    for (const node of [...block.nodes()]) {
      if (node.kind === 'prim::Constant') continue
      if (this.fits(node)) {
        region.push(node)
        for (const output of node.outputs) inside.add(output)
        continue
      }
      if (region.length > 0) {
        if (canGoFirst(node, inside)) node.moveBefore(region[0])
        else {
          this.noteBreak(node)
          close()
        }
      }
      this.outside(node)
    }
    close()
  }

  /** Whether the node may join a region; follows what it does to taint where it may. */
  private fits(node: Node): boolean {
    if (!this.isSupported(node)) return false
    // tried on a copy of what is known: a loop that does not fit is followed as one on the host
    if (node.blocks.length > 0) {
      const trial = this.taint.fork()
      trial.nested(node)
      if (!this.dependsOnKnown(node, trial)) return false
      this.taint.nested(node)
      return true
    }
    if (!this.dependsOnKnown(node, this.taint)) return false
    this.taint.node(node)
    if (node.outputs.some((output) => this.taint.isTainted(output))) return false
    return true
  }

  private isSupported(node: Node): boolean {
    if (node.kind === 'prim::Constant') return true
    if (node.kind === 'prim::If' || node.kind === 'prim::Loop') {
      if (node.kind === 'prim::Loop' && !this.options.loops) return false
      if (!this.options.supports(node.kind)) return false
      return node.blocks.every((block) => [...block.nodes()].every((inner) => this.isSupported(inner)))
    }
    const key = schemaOf(node)?.key ?? node.kind
    // a plan drops warnings: only those in branches, which are seldom taken, may go
    if (key === 'aten::warn' && !node.owningBlock.owningNode) return false
    return this.options.supports(key) || (key !== node.kind && node.kind.startsWith('prim::') && this.options.supports(node.kind))
  }

  /** Nothing in the node (nested blocks included) is decided by tainted values; floats may vary, since they cross at run time. */
  private dependsOnKnown(node: Node, taint: Taint): boolean {
    for (const input of node.inputs) if (taint.isTainted(input) && input.type.kind !== 'float') return false
    if (node.kind === 'prim::Loop' && taint.isTainted(node.blocks[0].outputs[0])) return false
    return node.blocks.every((block) =>
      [...block.nodes()].every((inner) => this.dependsOnKnown(inner, taint) && !inner.outputs.some((output) => taint.isTainted(output))),
    )
  }

  /** A node that stays on the host: its blocks are partitioned on their own. */
  outside(node: Node): void {
    if (node.kind === 'prim::Loop') {
      const [body] = node.blocks
      // what changes from turn to turn must not be part of a plan's signature
      for (const parameter of body.inputs) this.taint.mark(parameter)
      this.block(body)
      for (const output of node.outputs) this.taint.mark(output)
    } else if (node.kind === 'prim::If') {
      for (const inner of node.blocks) this.block(inner)
      const condition = this.taint.isTainted(node.inputs[0])
      node.outputs.forEach((output, i) => {
        if (condition || node.blocks.some((inner) => this.taint.isTainted(inner.outputs[i]))) this.taint.mark(output)
      })
    } else if (node.kind !== segmentKind) this.taint.node(node)
  }

  private noteBreak(node: Node): void {
    const key = schemaOf(node)?.key ?? node.kind
    const tainted = this.isSupported(node) ? `${key} (depends on data)` : key
    this.report.breaks.set(tainted, (this.report.breaks.get(tainted) ?? 0) + 1)
  }

  replace(region: readonly Node[]): void {
    const last = region[region.length - 1]
    const subgraph = new Graph()
    const map = new Map<Value, Value>()
    const defined = new Set<Value>()
    for (const node of region) for (const output of node.outputs) defined.add(output)
    const inputs: Value[] = []
    const written = writtenConstants(region)
    const need = (value: Value, local: ReadonlySet<Value>): void => {
      if (defined.has(value) || local.has(value) || map.has(value)) return
      if (value.node.kind === 'prim::Constant' && !written(value)) {
        subgraph.block.append(cloneNode(value.node, subgraph.block, map))
        return
      }
      inputs.push(value)
      map.set(value, subgraph.addInput('', value.type))
    }
    const visit = (node: Node, local: Set<Value>): void => {
      for (const input of node.inputs) need(input, local)
      for (const block of node.blocks) {
        const scope = new Set([...local, ...block.inputs])
        for (const inner of block.nodes()) {
          visit(inner, scope)
          for (const output of inner.outputs) scope.add(output)
        }
        for (const output of block.outputs) need(output, scope)
      }
    }
    for (const node of region) visit(node, new Set())
    const inRegion = new Set(region)
    for (const node of region) subgraph.block.append(cloneNode(node, subgraph.block, map))
    const outputs = [...defined].filter((value) => value.uses.some(({ user }) => !isInside(user, inRegion)))
    for (const output of outputs) subgraph.registerOutput(map.get(output)!)
    const { graph } = last
    const segment = graph.create(
      segmentKind,
      inputs,
      outputs.map((output) => output.type),
    )
    segment.setAttribute('Subgraph', { kind: 'g', value: subgraph })
    segment.sourceRange = region[0].sourceRange
    segment.insertAfter(last)
    outputs.forEach((output, i) => {
      // uses inside the region go with it
      output.replaceAllUsesWith(segment.outputs[i])
      if (this.taint.isTainted(output)) this.taint.mark(segment.outputs[i])
    })
    for (const node of [...region].reverse()) {
      for (const output of node.outputs) if (output.uses.length > 0) throw new Error(`value of ${node.kind} is used behind its segment`)
      node.destroy()
    }
    this.report.segments++
    this.report.instructions += region.length
  }
}

/**
 * Which constant tensors share memory with one that the region writes: they go in as inputs, where a backend sees that they share it.
 * Writes are followed back through views by the schemas' alias marks; where that ends in a structure, any constant may be meant.
 */
function writtenConstants(region: readonly Node[]): (value: Value) => boolean {
  const storages = new Set<unknown>()
  let any = false
  const follow = (value: Value, seen: Set<Value>): void => {
    if (seen.has(value)) return
    seen.add(value)
    const { node } = value
    if (node.kind === 'prim::Constant') {
      const constant = node.attributes.get('value')?.value
      if (constant instanceof Tensor) storages.add(constant.storage)
      return
    }
    const schema = schemaOf(node)
    if (!schema || node.kind.startsWith('prim::')) {
      if (node.kind !== 'prim::Param' || node.owningBlock.owningNode) any = true
      return
    }
    const alias = schema.returns[value.offset]?.alias
    if (!alias) return
    schema.args.forEach((argument, i) => {
      if (argument.alias && node.inputs[i]) follow(node.inputs[i], seen)
    })
  }
  const visit = (node: Node): void => {
    schemaOf(node)?.args.forEach((argument, i) => {
      if (argument.alias?.isWrite && node.inputs[i]?.type.kind === 'Tensor') follow(node.inputs[i], new Set())
    })
    for (const block of node.blocks) for (const inner of block.nodes()) visit(inner)
  }
  for (const node of region) visit(node)
  return (value) => {
    const constant = value.node.attributes.get('value')?.value
    return constant instanceof Tensor && (any || storages.has(constant.storage))
  }
}

function isInside(user: Node, region: ReadonlySet<Node>): boolean {
  for (let node: Node | undefined = user; node; node = node.owningBlock.owningNode) if (region.has(node)) return true
  return false
}

/** A region pays where it computes on tensors: views and sizes alone are quicker on the host. */
function isWorthIt(region: readonly Node[]): boolean {
  const computes = (node: Node): boolean => {
    if (node.blocks.length > 0) return node.blocks.some((block) => [...block.nodes()].some(computes))
    const key = schemaOf(node)?.key ?? node.kind
    if (node.kind.startsWith('prim::') || metadataKernels(key) || isBuiltin(key)) return false
    return node.outputs.some((output) => !isHostType(output.type)) || node.inputs.some((input) => input.type.kind === 'Tensor')
  }
  return region.some(computes)
}

/** Whether an unsupported node may run before the region that is open: it needs nothing of it and does nothing that could be noticed. */
function canGoFirst(node: Node, inside: ReadonlySet<Value>): boolean {
  if (node.blocks.length > 0 || hasSideEffects(node)) return false
  if (node.inputs.some((input) => inside.has(input))) return false
  const schema = schemaOf(node)
  if (schema?.isMutable) return false
  // regions set no attributes
  if (node.kind === 'prim::GetAttr') return true
  // what reads memory that the region may write stays where it is
  return node.inputs.every((input) => isScalarType(input)) && node.outputs.every((output) => isScalarType(output)) && !mayThrow(node)
}

/** Operators of scalars that give a result whatever they are given. */
const alwaysGive = new Set(
  [
    ...[
      'add',
      'sub',
      'mul',
      'neg',
      'abs',
      'eq',
      'ne',
      'lt',
      'le',
      'gt',
      'ge',
      '__and__',
      '__or__',
      '__xor__',
      '__not__',
      '__is__',
      '__isnot__',
    ],
    ...['Bool', 'len', 'str', 'format', '__contains__'],
  ].map((name) => `aten::${name}`),
)
for (const name of ['min', 'max', 'unchecked_cast', 'Uninitialized']) alwaysGive.add(`prim::${name}`)
const divisions = new Set(['aten::floordiv', 'aten::remainder', 'aten::div', 'aten::fmod'])

/** Whether running the node may throw: before the region it would throw ahead of the region's own assertions. */
function mayThrow(node: Node): boolean {
  if (alwaysGive.has(node.kind)) return false
  const given = node.inputs.at(-1)
  if (node.kind === 'aten::Float') return given?.type.kind === 'str'
  if (node.kind === 'aten::Int') return given?.type.kind !== 'int' && given?.type.kind !== 'bool'
  if (!divisions.has(node.kind)) return true
  const divisor =
    given?.node.kind === 'prim::Constant' ? (given.node.attribute('value', 'i') ?? given.node.attribute('value', 'f')) : undefined
  return !divisor || Number(divisor) === 0
}

function isScalarType({ type }: Value): boolean {
  return ['int', 'float', 'bool', 'str', 'None', 'Device', 'complex', 'Scalar'].includes(type.kind)
}
