import { readdirSync, readFileSync } from 'node:fs'
import { canonicalGraph, canonicalText, type Graph, GraphFunction, parseIR, printGraph, verifyGraph } from '@tsjit/ir'
import { ClassType, FunctionSchema, FunctionType, type Type } from '@tsjit/types'
import { expect, it } from 'vitest'
import { inlinedGraph } from '../src/index.ts'
import { scalarEvaluator } from './scalar-evaluator.ts'

interface Recorded {
  readonly main: string
  readonly functions: Readonly<Record<string, string>>
  readonly inlined: string
}

const folder = new URL('fixtures/inlined/', import.meta.url)
const modules = readdirSync(folder).map(
  (name) => [name.replace('.json', ''), JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Recorded] as const,
)

/** Functions and methods as a unit would hold them, from the texts of their graphs. */
function load({ main, functions }: Recorded): Graph {
  const classes = new Map<string, ClassType>()
  const made = new Map<string, GraphFunction>()
  const resolveType = (name: string): Type | undefined => {
    if (!name.startsWith('__torch__.')) return undefined
    let type = classes.get(name)
    if (!type) {
      type = new ClassType(name, true)
      classes.set(name, type)
      for (const qualified of Object.keys(functions)) {
        const dot = qualified.lastIndexOf('.')
        if (qualified.slice(0, dot) === name) type.methods.set(qualified.slice(dot + 1), find(qualified))
      }
    }
    return type
  }
  const find = (name: string): GraphFunction => {
    let fn = made.get(name)
    if (!fn) {
      fn = new GraphFunction(name, new FunctionSchema(name, '', [], []), () => {
        const graph = parseIR(functions[name], { resolveType })
        visit(graph)
        return graph
      })
      made.set(name, fn)
    }
    return fn
  }
  const visit = (graph: Graph): void => {
    const blocks = [graph.block]
    for (let block = blocks.pop(); block; block = blocks.pop()) {
      for (const node of block.nodes()) {
        blocks.push(...node.blocks)
        const name = node.kind === 'prim::Constant' ? node.attribute('name', 's') : undefined
        const qualified = Object.keys(functions).find((one) => one.endsWith(`.${name}`))
        if (qualified) node.output.setType(new FunctionType(find(qualified)))
      }
    }
  }
  return find(main).graph
}

it.each(modules)("%s: inlined as PyTorch's inlined_graph", (_, recorded) => {
  const graph = inlinedGraph(load(recorded), { evaluator: scalarEvaluator })
  verifyGraph(graph)
  expect(canonicalGraph(graph)).toBe(canonicalText(recorded.inlined))
  expect(printGraph(graph)).toBe(recorded.inlined)
})
