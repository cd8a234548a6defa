/** What the source fuzzer found: PyTorch's results, exceptions and printed texts, in both gears, optimised and not, by both backends. */
import { readFileSync } from 'node:fs'
import { PythonProgram } from '@tsjit/compiler'
import { GraphFunction } from '@tsjit/ir'
import { inlinedGraph } from '@tsjit/passes'
import { Source } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { asInTorchScript, Gears, observationDifference } from '../fuzz/source/gears.ts'
import type { Observation } from '../fuzz/source/values.ts'

const read = (name: string): string => readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
const recorded = JSON.parse(read('fuzzed-programs.json')) as (Observation & { readonly name: string })[]
const program = new PythonProgram().add(new Source(read('fuzzed-programs.py'), 'fuzzed-programs.py'), 'program')
const gears = new Gears()

if (gears.nativeProblem) console.warn(`fuzzed programs run on the reference backend alone: ${gears.nativeProblem}`)

describe.each(gears.names)('%s', (way) => {
  it.each(recorded.map((row) => [row.name, row] as const))('%s', (name, row) => {
    const fn = program.script(name)
    if (!(fn instanceof GraphFunction)) throw new Error(`${name} is no function`)
    const signature = { name, args: [], result: fn.schema.returns[0].type }
    const call = { what: 'plain', storages: [], args: [] }
    // the second call runs the plan that the first made
    for (const seen of gears.observations(inlinedGraph(fn.graph), signature, [call, call], way)) {
      expect(observationDifference(asInTorchScript(seen), row)).toBeUndefined()
    }
  })
})
