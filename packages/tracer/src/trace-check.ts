import { type Block, type Graph, type Node, printGraph, printNode } from '@tsjit/ir'
import { Tensor } from '@tsjit/runtime'
import { nameErrors, TsjitError } from '@tsjit/types'
import { closeness } from './closeness.ts'
import { colouredDiff, lineDiff } from './line-diff.ts'
import { tensorsOf, unshapedType } from './structure.ts'
import type { TracerConcern } from './tracer-warning.ts'

/** Traces of one program differ, or a trace cannot be run. */
export class TracingCheckError extends TsjitError {
  static {
    nameErrors(TracingCheckError, 'TracingCheckError')
  }
  constructor(
    readonly graphDifference: string | undefined,
    readonly constantDifference: string | undefined,
    extra?: string,
    cause?: unknown,
  ) {
    let message = 'Tracing failed sanity checks!\n'
    if (extra !== undefined) message += `${extra}\n`
    if (graphDifference !== undefined) message += `ERROR: Graphs differed across invocations!\n${indent(graphDifference)}\n`
    if (constantDifference !== undefined) {
      message += `ERROR: Tensor-valued Constant nodes differed in value across invocations. This often indicates that the tracer has encountered untraceable code.\n${indent(constantDifference)}\n`
    }
    super('TSJ_TRACE_CHECK', message, cause === undefined ? {} : { cause })
  }
}

/** One way of computing the results. */
export type CheckedRun = () => unknown

export interface TraceCheck {
  /** The trace, and a second one of the same program, with all calls inlined. They are changed here. */
  readonly traced: Graph
  readonly repeated: Graph
  readonly runTrace: CheckedRun
  readonly runProgram: CheckedRun
  readonly runRepeated: CheckedRun
  readonly tolerance: number
  /** The nodes of the trace that may compute something else when they run again. */
  readonly nondeterministic: () => readonly Node[]
  readonly warn: (concern: TracerConcern, reason: string) => void
  /** Whether differences come in colours. */
  readonly colours: boolean
}

/** Compares a trace with the program and with a second trace, as PyTorch does. Warns of results that differ; throws `TracingCheckError`. */
export function checkTrace(check: TraceCheck): void {
  const graphs = { traced: withoutShapes(check.traced), repeated: withoutShapes(check.repeated) }
  const differences = () => [graphDifference(graphs, check.colours), constantDifference(graphs)] as const
  const run = (body: CheckedRun, what: string): Tensor[] => {
    try {
      return tensorsOf(body())
    } catch (error) {
      throw new TracingCheckError(
        ...differences(),
        `encountered an exception while running the ${what} with test inputs.\nException:\n${indent(error instanceof Error ? error.message : String(error))}`,
        error,
      )
    }
  }
  const traced = run(check.runTrace, 'trace')
  const expected = run(check.runProgram, 'JavaScript function')
  if (compare(traced, expected, 'JavaScript function', check))
    compare(traced, run(check.runRepeated, 'repeated trace'), 'repeated trace', check)
  const [graph, constants] = differences()
  if (graph !== undefined || constants !== undefined) throw new TracingCheckError(graph, constants)
}

function compare(traced: readonly Tensor[], expected: readonly Tensor[], what: string, check: TraceCheck): boolean {
  let isSame = true
  for (let i = 0; i < Math.min(traced.length, expected.length); i++) {
    const problem = closeness(traced[i], expected[i], check.tolerance)
    if (problem === undefined) continue
    if (isSame) warnNondeterministic(check)
    isSame = false
    check.warn(
      'output',
      `Output nr ${i + 1}. of the traced function does not match the corresponding output of the ${what}. Detailed error:\n${problem}`,
    )
  }
  return isSame
}

const warnedOf = new WeakSet<TraceCheck>()

function warnNondeterministic(check: TraceCheck): void {
  if (warnedOf.has(check)) return
  warnedOf.add(check)
  const nodes = check.nondeterministic()
  if (nodes.length === 0) return
  const lines = nodes.slice(0, 20).map((node) => indent(printNode(node).trimEnd()))
  check.warn(
    'nondeterministic',
    `Trace had nondeterministic nodes. Did you forget call .eval() on your model? Nodes:\n${lines.join('\n')}\nThis may cause errors in trace checking. To disable trace checking, pass checkTrace: false to torch.jit.trace()`,
  )
}

function withoutShapes(graph: Graph): Graph {
  const erase = (block: Block): void => {
    for (const value of block.inputs) value.setType(unshapedType(value.type))
    for (const node of block.nodes()) {
      for (const value of node.outputs) value.setType(unshapedType(value.type))
      node.scope = ''
      for (const inner of node.blocks) erase(inner)
    }
  }
  erase(graph.block)
  return graph
}

interface Graphs {
  readonly traced: Graph
  readonly repeated: Graph
}

/** Values without a name are numbered in order. */
const plain = (graph: Graph): string =>
  printGraph(graph.copy(), { sourceRanges: false })
    .replace(/___torch_mangle_\d+\./g, '')
    .trimEnd()

function graphDifference({ traced, repeated }: Graphs, colours: boolean): string | undefined {
  const first = plain(traced)
  const second = plain(repeated)
  if (first === second) return undefined
  const show = colours ? colouredDiff : (diff: string) => diff
  let text = `Graph diff:\n${indent(show(lineDiff(first, second)))}\n`
  const pair = firstDifference(traced, repeated)
  if (pair) {
    const [a, b] = pair
    const nodeText = (node: Node) => printNode(node, { sourceRanges: false }).trimEnd()
    text += `First diverging operator:\nNode diff:\n${indent(show(lineDiff(nodeText(a), nodeText(b))))}\n`
    if (a.sourceRange) text += `Trace source location:\n${indent(stackOf(a))}\n`
    if (b.sourceRange) text += `Check source location:\n${indent(stackOf(b))}\n`
  }
  return text.trimEnd()
}

/** The first two nodes at the same place that are not the same: other operators, constants, or results of other nodes as inputs. */
function firstDifference(first: Graph, second: Graph): [Node, Node] | undefined {
  const numbers = (graph: Graph) => {
    const found = new Map<unknown, number>()
    for (const value of graph.inputs) found.set(value, found.size)
    for (const node of graph.nodes()) for (const value of node.outputs) found.set(value, found.size)
    return found
  }
  const [left, right] = [numbers(first), numbers(second)]
  const text = (node: Node, order: ReadonlyMap<unknown, number>) =>
    `${node.inputs.map((value) => order.get(value)).join()} ${printNode(node, { sourceRanges: false }).replace(/%[\w.]+/g, '%')}`
  const others = second.nodes()
  for (const node of first.nodes()) {
    const other = others.next().value
    if (!other) return undefined
    if (text(node, left) !== text(other, right)) return [node, other]
  }
  return undefined
}

function constantDifference({ traced, repeated }: Graphs): string | undefined {
  const others = repeated.nodes()
  for (const node of traced.nodes()) {
    const other = others.next().value
    if (!other || other.kind !== node.kind) return undefined
    const [value, otherValue] = [node.attribute('value', 't'), other.attribute('value', 't')]
    if (!(value instanceof Tensor && otherValue instanceof Tensor)) continue
    const problem = closeness(value, otherValue, 1.3e-6)
    if (problem === undefined) continue
    let text = `Node:\n${indent(printNode(node, { sourceRanges: false }).trimEnd())}\n`
    if (node.sourceRange) text += `Source Location:\n${indent(stackOf(node))}\n`
    return `${text}Comparison exception: ${indent(problem)}`
  }
  return undefined
}

/** A tracer's source ranges are stacks. */
function stackOf({ sourceRange }: Node): string {
  return sourceRange!.source.text.trimEnd() || String(sourceRange)
}

function indent(text: string): string {
  return text
    .split('\n')
    .map((line) => `\t${line}`)
    .join('\n')
}
