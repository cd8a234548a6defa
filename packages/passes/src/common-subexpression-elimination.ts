import type { Block, Graph, Node } from '@tsjit/ir'
import { AliasDb } from './alias-analysis.ts'
import { nodeKey } from './constants.ts'
import { hasSideEffects, isNondeterministic } from './node-properties.ts'

/**
 * Computes equal expressions once:
 *
 *     %a = aten::mul(%x, %y);  %b = aten::mul(%x, %y)      becomes      %a = aten::mul(%x, %y), used for %b too
 *
 * Only pure, deterministic nodes whose memory nobody writes; two results are not made one where both can be seen from outside.
 */
export function eliminateCommonSubexpressions(graph: Graph): boolean {
  const aliases = new AliasDb(graph)
  const ids = new Map<object, number>()
  const idOf = (value: object): number => {
    let id = ids.get(value)
    if (id === undefined) {
      id = ids.size
      ids.set(value, id)
    }
    return id
  }
  let changed = false

  const visit = (block: Block, outer: Scope | undefined): void => {
    const scope = new Scope(outer)
    for (const node of block.nodes()) {
      for (const inner of node.blocks) visit(inner, scope)
      if (node.blocks.length > 0 || node.outputs.length === 0 || node.attributes.has('Subgraph')) continue
      if (hasSideEffects(node) || isNondeterministic(node) || neverEqual.has(node.kind) || aliases.mayWrite(node)) continue
      const key = nodeKey(node, node.inputs.map(idOf).join(','))
      const same = scope.find(key)
      if (!same) scope.define(key, node)
      else if (aliases.nodeHasWriters(node) || aliases.nodeHasWriters(same)) continue
      else if (node.outputs.every((output, i) => aliases.safeToMerge(output, same.outputs[i]))) {
        node.replaceAllUsesWith(same)
        node.destroy()
        changed = true
      }
    }
  }
  visit(graph.block, undefined)
  return changed
}

/** Each of these makes a new thing. */
const neverEqual = new Set(['prim::CreateObject', 'prim::Uninitialized'])

class Scope {
  private readonly own = new Map<string, Node>()
  constructor(private readonly outer: Scope | undefined) {}
  find(key: string): Node | undefined {
    return this.own.get(key) ?? this.outer?.find(key)
  }
  define(key: string, node: Node): void {
    this.own.set(key, node)
  }
}
