import type { Block, Graph, Node } from '@tsjit/ir'
import { AliasDb } from './alias-analysis.ts'
import { nodeKey } from './constants.ts'

/** Moves all constants to the start of the graph and makes equal ones one. Constants that are written, or seen from outside, stay apart. */
export function poolConstants(graph: Graph): boolean {
  let aliases: AliasDb | undefined
  const known = new Map<string, Node>()
  let changed = false
  const visit = (block: Block): void => {
    // A list, since nodes move to where the walk has been.
    for (const node of [...block.nodes()]) {
      for (const inner of node.blocks) visit(inner)
      if (node.kind !== 'prim::Constant') continue
      const key = nodeKey(node, '')
      const same = known.get(key)
      if (!same) {
        known.set(key, node)
        const first = graph.block.paramNode.next!
        if (first !== node) node.moveBefore(first)
        continue
      }
      const attribute = node.attributes.get('value')
      const isSameObject = attribute?.kind === 't' || isPlain(attribute?.kind)
      if (!isSameObject && !(aliases ??= new AliasDb(graph)).safeToMerge(node.output, same.output)) continue
      changed = true
      node.output.replaceAllUsesWith(same.output)
      node.destroy()
    }
  }
  visit(graph.block)
  return changed
}

function isPlain(kind: string | undefined): boolean {
  return kind === undefined || kind === 'i' || kind === 'f' || kind === 's' || kind === 'c'
}
