import type { Block } from '@tsjit/ir'

let warnings = 0

/** Numbers `aten::warn` nodes, so that each place warns once. */
export function annotateWarnings(block: Block): void {
  for (const node of block.nodes()) {
    for (const inner of node.blocks) annotateWarnings(inner)
    if (node.kind === 'aten::warn' && !node.attributes.has('warn_id')) node.setAttribute('warn_id', { kind: 'i', value: warnings++ })
  }
}
