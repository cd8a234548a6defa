/**
 * Tries random and mutated sources (and IR texts) in a process of its own; messages as those of `../worker.ts`. One trial in
 * six is a generated program of the language, one in six a generated program of tensor operators with calls of its own, one in eight a damaged IR text, the
 * others are damaged sources.
 */
import { readFileSync } from 'node:fs'
import { PythonProgram } from '@tsjit/compiler'
import { type Graph, GraphFunction, parseIR, printGraph, verifyGraph } from '@tsjit/ir'
import { Source, TsjitError } from '@tsjit/types'
import { seeded } from '../mutate.ts'
import { generateSource } from './generate.ts'
import { generateTensorProgram } from './generate-tensors.ts'
import { mutateSource } from './mutate-source.ts'
import { type Outcome, SourceTrial } from './try-source.ts'
import type { Call } from './values.ts'

interface Job {
  readonly files: readonly string[]
  readonly seed: number
  readonly from: number
  readonly to: number
  /** Prints each source. */
  readonly show: boolean
}

process.on('message', (job: Job) => {
  const recorded = job.files.flatMap((file) => functionsOf(readFileSync(file, 'utf8')))
  const trial = new SourceTrial()
  process.send!({ nativeProblem: trial.nativeProblem })
  for (let at = job.from; at < job.to; at++) {
    const random = seeded(job.seed * 1_000_003 + at)
    const pick = (): string => recorded[Math.floor(random() * recorded.length)]
    process.send!({ at })
    const start = performance.now()
    const { text, what, calls } = makeSource(at, random, pick)
    if (job.show) process.stderr.write(`${text}\n`)
    const outcome = what === 'IR' ? tryIr(text) : trial.run(text, random, calls)
    process.send!({ at, ...outcome, case: what, description: `${text.length} characters`, ms: performance.now() - start })
  }
  process.exit(0)
})

function makeSource(
  at: number,
  random: () => number,
  pick: () => string,
): { readonly text: string; readonly what: 'generated' | 'tensors' | 'mutated' | 'IR'; readonly calls?: readonly Call[] } {
  if (at % 8 === 7) return { text: mutateSource(irOf(pick()), irOf(pick()), random), what: 'IR' }
  if (at % 6 === 0) return { text: generateSource(random), what: 'generated' }
  if (at % 6 === 3) {
    const { source, calls } = generateTensorProgram(random)
    return { text: source, what: 'tensors', calls }
  }
  const base = random() < 0.2 ? generateSource(random) : pick()
  return { text: mutateSource(base, pick(), random), what: 'mutated' }
}

/** Each function (or class) of a file with the lines of the file that stand before the first. */
function functionsOf(text: string): string[] {
  const parts = text.split(/^(?=(?:@.*\n)*(?:def|class) )/m)
  const head = /^(?:@|def |class )/.test(parts[0]) ? 'import torch\nfrom typing import *\n' : parts.shift()!
  return parts.map((part) => `${head}${part}`)
}

/** The IR of a source's last function that compiles. */
function irOf(text: string): string {
  try {
    const module = new PythonProgram().add(new Source(text, 'fuzz.py'), 'program')
    const fn = module.script(module.definedNames.at(-1) ?? '')
    if (fn instanceof GraphFunction) return printGraph(fn.graph)
  } catch (error) {
    if (!(error instanceof TsjitError)) throw error
  }
  return 'graph(%x : Tensor, %n : int):\n  %2 : int = prim::Constant[value=1]()\n  %3 : Tensor = aten::add(%x, %n, %2)\n  return (%3)\n'
}

function tryIr(text: string): Outcome {
  let graph: Graph
  try {
    graph = parseIR(text)
  } catch (error) {
    if (error instanceof TsjitError && error.code !== 'TSJ_INTERNAL') return { outcome: 'typed', detail: error.code }
    return { outcome: 'untyped', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  try {
    // what is read may not be valid, but prints and is checked without accidents
    const printed = printGraph(graph)
    if (printGraph(parseIR(printed)) !== printed) return { outcome: 'untyped', detail: 'IR that was read prints otherwise the second time' }
    verifyGraph(graph)
    return { outcome: 'compiled' }
  } catch (error) {
    if (error instanceof TsjitError && error.code !== 'TSJ_INTERNAL') return { outcome: 'typed', detail: error.code }
    return { outcome: 'untyped', detail: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
