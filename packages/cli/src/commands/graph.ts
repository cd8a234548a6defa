import { parseArgs } from 'node:util'
import { canonicalGraph, type Graph, graphToDot, printGraph } from '@tsjit/ir'
import { jit } from '@tsjit/torch'
import { TsjitError } from '@tsjit/types'
import { commonOptions, makeRuntime } from '../common-options.ts'

export const help = `tsjit graph MODEL

Prints the graph of a method in PyTorch's notation.

  --method M       default forward
  --inlined        calls replaced by what they call
  --optimized      as the executor runs it: specialised on the module, folded, cleaned up
  --canonical      values renumbered in order of first appearance, no source comments
  --dot            GraphViz text instead
  --json           {method, graph}`

export async function graph(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      ...commonOptions, method: { type: 'string', default: 'forward' }, inlined: { type: 'boolean' }, optimized: { type: 'boolean' }, canonical: { type: 'boolean' },
      dot: { type: 'boolean' },
    },
  })
  if (positionals.length !== 1) throw new TsjitError('TSJ_USAGE', 'expected MODEL', { hint: help })
  const runtime = makeRuntime(values)
  const module = await jit.load(positionals[0], { runtime, mapLocation: 'cpu' })
  const shown: Graph = values.optimized ? module.optimizedGraph(values.method) : values.inlined ? module.inlinedGraph(values.method) : module.graph(values.method)
  const text = values.dot ? graphToDot(shown) : values.canonical ? canonicalGraph(shown) : printGraph(shown)
  console.log(values.json ? JSON.stringify({ method: values.method, graph: text }) : text.trimEnd())
  return 0
}
