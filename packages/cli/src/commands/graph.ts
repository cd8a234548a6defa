import { spawnSync } from 'node:child_process'
import { canonicalGraph, type Graph, graphToDot, printGraph } from '@tsjit/ir'
import { TsjitError } from '@tsjit/types'
import type { Command } from '../command.ts'
import { loadModel, makeRuntime, runtimeOptions } from '../common-options.ts'
import { missingOperators } from '../inspect/operators.ts'
import { usageError } from '../usage-error.ts'

export const graph: Command = {
  help: `tsjit graph MODEL [--method M]

Prints the graph of a method in PyTorch's notation. Works on archives with operators that cannot run, and lists them on standard error.

  --method M       default forward
  --inlined        calls replaced by what they call
  --optimized      as the executor runs it: specialised on the module, folded, cleaned up
  --canonical      values renumbered in order of first appearance, no source comments
  --dot            Graphviz text instead
  --svg            a picture (needs Graphviz's dot on the PATH)
  --json           {method, graph, missing}`,
  options: {
    ...runtimeOptions,
    method: { type: 'string', short: 'm', default: 'forward' },
    inlined: { type: 'boolean' },
    optimized: { type: 'boolean' },
    canonical: { type: 'boolean' },
    dot: { type: 'boolean' },
    svg: { type: 'boolean' },
  },
  async run(values, positionals) {
    if (positionals.length !== 1) throw usageError(`expected one MODEL, found ${positionals.length}`)
    if (values.inlined && values.optimized) throw usageError('choose one of --inlined and --optimized')
    const runtime = makeRuntime(values)
    const module = await loadModel(positionals[0], runtime, { toLook: true })
    const { method } = values
    const shown: Graph = values.optimized
      ? module.getMethod(method).optimizedGraph
      : values.inlined
        ? module.getMethod(method).inlinedGraph
        : module.getMethod(method).graph
    const text = values.svg
      ? svg(graphToDot(shown, method))
      : values.dot
        ? graphToDot(shown, method)
        : values.canonical
          ? canonicalGraph(shown)
          : printGraph(shown)
    const missing = missingOperators(module, runtime, method)
    console.log(values.json ? JSON.stringify({ method, graph: text, missing }) : text.trimEnd())
    if (missing.length && !values.json) console.error(`tsjit: cannot run on this device: ${missing.join(', ')}`)
    return 0
  },
}

function svg(dot: string): string {
  const { status, stdout, stderr, error } = spawnSync('dot', ['-Tsvg'], { input: dot, encoding: 'utf8', maxBuffer: 1 << 28 })
  if (error)
    throw new TsjitError('TSJ_NO_GRAPHVIZ', `Graphviz's dot cannot be run: ${error.message}`, {
      hint: 'apt-get install graphviz, or use --dot',
    })
  if (status !== 0) throw new TsjitError('TSJ_NO_GRAPHVIZ', `Graphviz's dot failed: ${stderr.trim()}`)
  return stdout
}
