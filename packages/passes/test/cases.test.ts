import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type Graph, parseIR, printGraph, verifyGraph } from '@tsjit/ir'
import { describe, expect, it } from 'vitest'
import {
  eliminateCommonSubexpressions,
  eliminateDeadCode,
  lowerSimpleTuples,
  peephole,
  poolConstants,
  propagateConstants,
  unrollLoops,
} from '../src/index.ts'
import { scalarEvaluator } from './scalar-evaluator.ts'

/**
 * cases/NAME.txt holds cases of the pass NAME: `== title`, the graph before, `-- after`, the graph after (`-- unchanged` where it is the
 * same). `UPDATE_CASES=1` writes what the pass makes into the files, for reading.
 */
const passes: Readonly<Record<string, (graph: Graph) => unknown>> = {
  'common-subexpression-elimination': eliminateCommonSubexpressions,
  'constant-pooling': poolConstants,
  'constant-propagation': (graph) => propagateConstants(graph, { evaluator: scalarEvaluator, maxElements: 100 }),
  'dead-code-elimination': eliminateDeadCode,
  'loop-unrolling': (graph) => unrollLoops(graph),
  'lower-simple-tuples': lowerSimpleTuples,
  peephole: (graph) => peephole(graph),
}

const folder = new URL('cases/', import.meta.url)
for (const file of readdirSync(folder)) {
  const pass = passes[file.replace('.txt', '')]
  describe(file.replace('.txt', ''), () => {
    const url = new URL(file, folder)
    const cases = readFileSync(url, 'utf8').split(/^== /m).slice(1)
    const updated: string[] = []
    for (const text of cases) {
      const at = text.indexOf('\n')
      const title = text.slice(0, at)
      const [before, mark, after = ''] = `${text.slice(at + 1).trimEnd()}\n`.split(/^-- (after|unchanged)\n/m)
      it(title, () => {
        const graph = parseIR(before)
        verifyGraph(graph)
        const was = printGraph(graph)
        pass(graph)
        verifyGraph(graph, { passesRun: [file] })
        const is = printGraph(graph)
        if (process.env.UPDATE_CASES) {
          updated.push(`== ${title}\n${was}${is === was ? '-- unchanged\n' : `-- after\n${is}`}`)
          if (updated.length === cases.length) writeFileSync(url, updated.join('\n'))
          return
        }
        expect(is).toBe(mark === 'unchanged' ? was : after)
      })
    }
  })
}
