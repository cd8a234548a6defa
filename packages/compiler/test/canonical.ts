import { readFileSync } from 'node:fs'
import { canonicalGraph, canonicalText, type Graph, verifyGraph } from '@tsjit/ir'

export function fixture(name: string): string {
  return readFileSync(new URL(`./fixtures/${name}`, import.meta.url), 'utf8')
}

/** Numbers restart in each subgraph, tensors have no text that matters, and warnings are numbered by process. */
export function normalized(text: string): string {
  return text
    .split(/^(?=with prim)/m)
    .map(canonicalText)
    .join('')
    .replace(/Tensor = prim::Constant\[value=.*\]\(\)/g, 'Tensor = prim::Constant[value=<Tensor>]()')
    .replace(/warn_id=\d+/g, 'warn_id=0')
    .trimEnd()
}

export function canonical(graph: Graph): string {
  verifyGraph(graph)
  return normalized(canonicalGraph(graph))
}
