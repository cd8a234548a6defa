import { attributeText } from './constant-text.ts'
import type { Block, Graph, Node, Value } from './graph.ts'
import { graphTypeText } from './type-text.ts'

export interface PrintOptions {
  /** Whether nodes end in `# file.py:3:4`; true where not given. */
  readonly sourceRanges?: boolean
}

/** The text of a graph, as PyTorch's `str(graph)` has it. */
export function printGraph(graph: Graph, options: PrintOptions = {}): string {
  return new GraphPrinter(options.sourceRanges ?? true).graph(graph)
}

/** One node with its blocks, for messages and logs. */
export function printNode(node: Node, options: PrintOptions = {}): string {
  const printer = new GraphPrinter(options.sourceRanges ?? true)
  printer.node(node, 0, undefined)
  return printer.text()
}

/** The text without source comments and with values renumbered `%0`, `%1`, … in the order in which they appear: two compilers' graphs compare. */
export function canonicalGraph(graph: Graph): string {
  return canonicalText(printGraph(graph))
}

/** `canonicalGraph` of a text that `printGraph` or PyTorch printed. */
export function canonicalText(text: string): string {
  const numbers = new Map<string, string>()
  return text.replace(/ +# [^\n]*:\d+:\d+$/gm, '').replace(/%[A-Za-z0-9_.]+/g, (name) => {
    let number = numbers.get(name)
    if (number === undefined) {
      number = `%${numbers.size}`
      numbers.set(name, number)
    }
    return number
  })
}

/** `%x.1`, or `%3` where the value has no name. */
export function valueName(value: Value): string {
  return `%${value.debugName || value.unique}`
}

class GraphPrinter {
  private readonly out: string[] = []
  constructor(private readonly sourceRanges: boolean) {}

  text(): string {
    return this.out.join('')
  }

  graph(graph: Graph): string {
    const groups: Node[] = []
    this.out.push(`graph(${typedValues(graph.inputs, ',\n      ')}):\n`)
    for (const node of graph.nodes()) this.node(node, 1, groups)
    this.out.push(`  return (${values(graph.outputs)})\n`)
    groups.forEach((node, i) => {
      this.out.push(`with ${node.kind}_${i} = `)
      this.graph(node.attribute('Subgraph', 'g')!)
    })
    return this.text()
  }

  node(node: Node, level: number, groups: Node[] | undefined): void {
    let line = `${'  '.repeat(level)}${typedValues(node.outputs)} = ${node.kind}`
    if (groups && node.attribute('Subgraph', 'g')) {
      line += `_${groups.length}`
      if (node.attributes.size > 1 && node.kind !== 'prim::DifferentiableGraph') line += attributes(node, 'Subgraph')
      groups.push(node)
    } else if (node.attributes.size > 0) line += attributes(node)
    line += `(${values(node.inputs)})`
    if (node.scope) line += `, scope: ${node.scope}`
    if (this.sourceRanges && node.sourceRange) {
      const range = node.sourceRange.original()
      // A source without a name is no file; one without text was read from such a comment.
      if (range.source.filename || !range.source.text) line += ` # ${range}`
    }
    this.out.push(line, '\n')
    for (const [i, block] of node.blocks.entries()) this.block(block, i, level + 1, groups)
  }

  private block(block: Block, index: number, level: number, groups: Node[] | undefined): void {
    this.out.push(`${'  '.repeat(level)}block${index}(${typedValues(block.inputs)}):\n`)
    for (const node of block.nodes()) this.node(node, level + 1, groups)
    this.out.push(`${'  '.repeat(level + 1)}-> (${values(block.outputs)})\n`)
  }
}

function typedValues(list: readonly Value[], separator = ', '): string {
  return list.map((value) => `${valueName(value)} : ${graphTypeText(value.type)}`).join(separator)
}

function values(list: readonly Value[]): string {
  return list.map(valueName).join(', ')
}

function attributes(node: Node, leftOut?: string): string {
  const parts: string[] = []
  for (const [name, value] of node.attributes) if (name !== leftOut) parts.push(`${name}=${attributeText(value, node.outputs[0]?.type)}`)
  return `[${parts.join(', ')}]`
}
