import { attributeText } from './constant-text.ts'
import type { Block, Graph, Node, Value } from './graph.ts'
import { valueName } from './printer.ts'
import { graphTypeText } from './type-text.ts'

/** The graph in Graphviz's DOT language: a box a node, a cluster a block, an edge a use. Constants stand inside their users. */
export function graphToDot(graph: Graph, name = 'graph'): string {
  return new DotWriter().write(graph, name)
}

class DotWriter {
  private readonly out: string[] = []
  private readonly ids = new Map<Node, string>()
  private clusters = 0

  write(graph: Graph, name: string): string {
    this.out.push(
      `digraph ${quote(name)} {`,
      '  node [shape=box, fontname="monospace", fontsize=10]',
      '  edge [fontname="monospace", fontsize=8]',
    )
    this.block(graph.block, '  ')
    this.out.push('}', '')
    return this.out.join('\n')
  }

  private block(block: Block, indent: string): void {
    this.declare(
      block.paramNode,
      `inputs\n${block.inputs.map((value) => `${valueName(value)} : ${graphTypeText(value.type)}`).join('\n')}`,
      indent,
    )
    for (const node of block.nodes()) {
      if (node.kind === 'prim::Constant') continue
      this.declare(node, label(node), indent)
      this.edges(node, indent)
      node.blocks.forEach((inner, i) => {
        this.out.push(`${indent}subgraph cluster_${this.clusters++} {`, `${indent}  label=${quote(`${node.kind} block${i}`)}`)
        this.block(inner, `${indent}  `)
        this.out.push(`${indent}}`)
        this.out.push(`${indent}${this.id(node)} -> ${this.id(inner.paramNode)} [style=dashed]`)
      })
    }
    this.declare(block.returnNode, 'outputs', indent)
    this.edges(block.returnNode, indent)
  }

  private declare(node: Node, text: string, indent: string): void {
    this.out.push(`${indent}${this.id(node)} [label=${quote(text)}]`)
  }
  private edges(node: Node, indent: string): void {
    for (const value of node.inputs) {
      if (value.node.kind === 'prim::Constant') continue
      this.out.push(
        `${indent}${this.id(value.node)} -> ${this.id(node)} [label=${quote(`${valueName(value)} : ${graphTypeText(value.type)}`)}]`,
      )
    }
  }
  private id(node: Node): string {
    let id = this.ids.get(node)
    if (id === undefined) {
      id = `n${this.ids.size}`
      this.ids.set(node, id)
    }
    return id
  }
}

function label(node: Node): string {
  const constants = node.inputs
    .map((value, i) => (value.node.kind === 'prim::Constant' ? `${argumentName(node, i)}=${constantText(value)}` : ''))
    .filter(Boolean)
  const attributes = [...node.attributes].map(([name, value]) => `${name}=${attributeText(value, node.outputs[0]?.type)}`)
  const details = [...attributes, ...constants].join(', ')
  return details ? `${node.kind}\n${details}` : node.kind
}

function argumentName(node: Node, index: number): string {
  return node.schema?.args[index]?.name ?? String(index)
}

function constantText(value: Value): string {
  const attribute = value.node.attributes.get('value')
  return attribute ? attributeText(attribute, value.type) : 'None'
}

function quote(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&').replace(/\n/g, '\\n')}"`
}
