import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { parseIR } from '@tsjit/ir'
import { parseSchema } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { decode, executorFor, gears, same } from './support.ts'

interface Case {
  readonly schema: string
  readonly types: readonly string[]
  readonly returns: readonly string[]
  readonly args: any[]
  readonly result?: any
  readonly error?: string
  readonly after?: any
}

// recorded from PyTorch by fixtures/record-builtins.py
const cases: Case[] = JSON.parse(gunzipSync(readFileSync(new URL('./fixtures/builtins.json.gz', import.meta.url))).toString())

/** Where tsjit differs on purpose, and why. */
const deviations: Record<string, (test: Case) => boolean> = {
  // std::replace-like loops that never end in PyTorch
  'aten::replace': ({ args }) => args[1] === '',
  // what infinities give depends on the C library
  'aten::pow.float_complex': ({ args }) => /inf|nan/.test(JSON.stringify(args)),
  'aten::pow.complex_float': ({ args }) => /inf|nan/.test(JSON.stringify(args)),
  // the set of device types is open here
  'aten::device': ({ error }) => error !== undefined,
  'aten::device.with_index': ({ error }) => error !== undefined,
  // an optimisation leaves ints as they are, where PyTorch's operator goes by way of double
  'aten::floor.int': ({ args }) => Math.abs(Number(args[0].i)) > 2 ** 53,
  // the place of a nan depends on the C++ library's sort
  'aten::sort.float': ({ args }) => JSON.stringify(args).includes('nan'),
  'aten::sorted.float': ({ args }) => JSON.stringify(args).includes('nan'),
}

/** Transcendental functions may differ from the C library in the last digits. */
const tolerances: Record<string, number> = { gamma: 1e-13, lgamma: 1e-12, erf: 1e-14, erfc: 1e-12, pow: 2e-13 }

const groups = new Map<string, Case[]>()
for (const test of cases) {
  const key = `${test.schema} ${test.types.join()}`
  groups.set(key, [...(groups.get(key) ?? []), test])
}

describe.each(gears)('%s gives what PyTorch gives', (gear) => {
  it.each([...groups])('%s', (_name, tests) => {
    const { schema, types, returns } = tests[0]
    const parsed = parseSchema(schema)
    const isWrite = parsed.args[0]?.alias?.isWrite === true
    const inputs = types.map((type, i) => `%a${i} : ${type}`).join(', ')
    const outputs = returns.map((type, i) => `%r${i} : ${type}`).join(', ')
    const results = [...returns.map((_, i) => `%r${i}`), ...(isWrite ? ['%a0'] : [])]
    const graph = parseIR(`graph(${inputs}):
  ${outputs} = ${parsed.name}(${types.map((_, i) => `%a${i}`).join(', ')})
  return (${results.join(', ')})
`)
    const node = [...graph.nodes()][0]
    node.schema = parsed
    const executable = executorFor(gear).compile(graph, 'test')
    const tolerance = tolerances[/::(\w+)/.exec(schema)![1]] ?? 4e-16 * 8
    for (const test of tests) {
      if (deviations[parsed.key]?.(test)) continue
      const args = test.args.map((value, i) => decode(value, graph.inputs[i].type))
      let got: unknown
      let error: Error | undefined
      try {
        got = executable.run(args)
      } catch (thrown) {
        error = thrown as Error
      }
      const about = `${schema} of ${JSON.stringify(test.args)}`
      if (test.error !== undefined) {
        expect(error, `${about} should fail with ${test.error}`).toBeDefined()
        continue
      }
      expect(error, `${about} should give ${JSON.stringify(test.result)}`).toBeUndefined()
      const values = results.length === 1 ? [got] : results.length === 0 ? [] : (got as unknown[])
      const wanted = returns.length === 1 ? [test.result] : returns.length === 0 ? [] : test.result.t
      returns.forEach((_, i) => {
        const want = decode(wanted[i], node.outputs[i].type)
        if (!same(values[i], want, tolerance)) expect({ about, got: values[i] }).toEqual({ about, got: want })
      })
      if (isWrite) {
        const want = decode(test.after, graph.inputs[0].type)
        if (!same(values.at(-1), want, tolerance)) expect({ about, after: values.at(-1) }).toEqual({ about, after: want })
      }
    }
  })
})
