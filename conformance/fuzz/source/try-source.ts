import { PythonProgram } from '@tsjit/compiler'
import { type Block, type Graph, GraphFunction, parseIR, printGraph, verifyGraph } from '@tsjit/ir'
import { operatorByKey } from '@tsjit/ops'
import { inlinedGraph } from '@tsjit/passes'
import { IntType, Source, TsjitError } from '@tsjit/types'
import { callsOfTypes } from './calls.ts'
import { Gears, isInternal } from './gears.ts'
import type { Call } from './values.ts'

/** What came of a source: it ran (natively too, perhaps), it compiled (and cannot be called without more), a typed error by its code, or a defect. */
export type Outcome =
  | { readonly outcome: 'result'; readonly natively: boolean }
  | { readonly outcome: 'compiled' }
  | { readonly outcome: 'typed'; readonly detail: string }
  | { readonly outcome: 'untyped'; readonly detail: string }

/** Loops of the programs turn so often at most, in all gears: a random program may be made never to end. */
const maxTurns = 12

/** What memory that nobody has written holds is the allocator's affair: such programs stay on one backend. */
const uninitialised = /aten::(new_)?empty|aten::resize|aten::set_/

export class SourceTrial {
  private readonly gears = new Gears()
  readonly nativeProblem = this.gears.nativeProblem

  /** Compiles every function of the text, checks the graphs, and runs what can be run in every gear; `calls` are those of `f`. */
  run(text: string, random: () => number, calls?: readonly Call[]): Outcome {
    try {
      const module = new PythonProgram().add(new Source(text, 'fuzz.py'), 'program')
      const errors = module.check()
      const internal = errors.find(isInternal)
      if (internal) return { outcome: 'untyped', detail: describe(internal) }
      let ran = false
      let natively = false
      for (const name of module.definedNames) {
        if (!module.isFunction(name)) continue
        let fn: unknown
        try {
          fn = module.script(name)
        } catch (error) {
          if (error instanceof TsjitError && !isInternal(error)) continue
          throw error
        }
        if (!(fn instanceof GraphFunction)) continue
        const found = checkGraph(fn.graph) ?? this.compareGears(fn, random, name === 'f' ? calls : undefined)
        if (typeof found === 'string') return { outcome: 'untyped', detail: `${name}: ${found}` }
        ran ||= found.ran
        natively ||= found.natively
      }
      if (ran) return { outcome: 'result', natively }
      return errors.length > 0 ? { outcome: 'typed', detail: errors[0].code } : { outcome: 'compiled' }
    } catch (error) {
      if (error instanceof TsjitError && !isInternal(error)) return { outcome: 'typed', detail: error.code }
      return { outcome: 'untyped', detail: describe(error) }
    }
  }

  /** A defect, or in which ways the function ran (or threw) alike: in none where it could not be called. */
  private compareGears(
    fn: GraphFunction,
    random: () => number,
    given: readonly Call[] | undefined,
  ): string | { readonly ran: boolean; readonly natively: boolean } {
    const { args, returns } = fn.schema
    const types = args.map(({ type }) => type)
    const calls = given ?? callsOfTypes(types, random)
    if (!calls) return { ran: false, natively: false }
    const graph = limited(inlinedGraph(fn.graph))
    const natively = !this.nativeProblem && (given !== undefined || !uninitialised.test(printGraph(graph)))
    return this.gears.compare(graph, { name: fn.name, args: types, result: returns[0].type }, calls, natively) ?? { ran: true, natively }
  }
}

function describe(error: unknown): string {
  const inner = error instanceof TsjitError && error.cause instanceof Error ? error.cause : error
  return inner instanceof Error ? `${error instanceof TsjitError ? `${error.code} ` : ''}${inner.stack ?? inner.message}` : String(inner)
}

/** A defect of a graph, or undefined. */
function checkGraph(graph: Graph): string | undefined {
  verifyGraph(graph)
  const text = printGraph(graph)
  // constants of other types than IR texts can say
  if (/Constant\[(?!value)|<Tensor>|Tensor = prim::Constant|__torch__|Function = prim::Constant/.test(text)) return undefined
  let again: string
  try {
    again = printGraph(parseIR(text))
  } catch (error) {
    return `the printed graph cannot be read: ${(error as Error).message}`
  }
  return again === text ? undefined : `the graph printed, read and printed again differs:\n${firstDifference(text, again)}`
}

function firstDifference(a: string, b: string): string {
  const [left, right] = [a.split('\n'), b.split('\n')]
  const at = left.findIndex((line, i) => line !== right[i])
  return `${left[at]}\n${right[at]}`
}

/** The graph with loops that end. */
export function limited(graph: Graph): Graph {
  const visit = (block: Block): void => {
    for (const node of block.nodes()) {
      node.blocks.forEach(visit)
      if (node.kind !== 'prim::Loop') continue
      const turns = graph.withInsertPoint(node, () => {
        const limit = graph.insertConstant(IntType, { kind: 'i', value: maxTurns })
        const least = graph.insert('prim::min', [node.inputs[0], limit], [IntType])
        least.schema = operatorByKey('prim::min.int')?.schema
        return least.output
      })
      node.replaceInput(0, turns)
    }
  }
  visit(graph.block)
  return graph
}
