import { createRuntime, jit, Tensor, tensor } from '@tsjit/torch'
import { describe, expect, it } from 'vitest'
import { constructPrograms } from '../src/construct-programs.ts'
import { deepPrograms, largePrograms } from '../src/large-programs.ts'

const gears = ['codegen', 'interpreter'] as const
const runtimes = new Map(gears.map((gear) => [gear, createRuntime({ cpu: 'reference', executor: { gear } })]))

/** A result as plain values, of however many lists and tuples. */
function plain(value: unknown): unknown {
  if (value instanceof Tensor) return [...value.contiguous().data()].map(Number)
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Map ? [...value].map(plain) : value
}

describe.each(Object.keys(deepPrograms))('%s', (name) => {
  it('nest 400 deep: compiled, run in both gears, printed', { timeout: 60_000 }, () => {
    const source = deepPrograms[name](400)
    const [first, second] = gears.map((gear) => {
      const f = jit.script(source, { name: 'f', runtime: runtimes.get(gear)! })
      return { f, result: JSON.stringify(plain(f(tensor([1, 2]), 2))) }
    })
    expect(first.result).toBe(second.result)
    expect(first.f.code).toContain('return')
    expect(first.f.graphText).toContain('return')
  })
})

describe('functions of 50,000 lines', () => {
  // `npm run bench:compile` has the times
  it.each(largePrograms.filter(({ name }) => name !== 'functions').map((kind) => [kind.name, kind] as const))(
    '%s: compiled and run',
    { timeout: 240_000 },
    (_, { source }) => {
      const text = source(50_000)
      expect(text.split('\n').length).toBeGreaterThan(49_990)
      const f = jit.script(text, { name: 'f', runtime: runtimes.get('codegen')! })
      const small = jit.script(source(20), { name: 'f', runtime: runtimes.get('codegen')! })
      const result = f(tensor([1, 2]), 2)
      expect(result.shape).toEqual(small(tensor([1, 2]), 2).shape)
    },
  )
  it('a file of 50,000 lines: seven thousand functions', { timeout: 240_000 }, () => {
    const { source } = largePrograms.find(({ name }) => name === 'functions')!
    const f = jit.script(source(50_000), { name: 'f', runtime: runtimes.get('codegen')! })
    expect(f(tensor([1, 2]), 2).shape).toEqual([2])
  })
})

describe('2,000 lines of one construct', () => {
  it.each(constructPrograms.map((kind) => [kind.name, kind] as const))(
    '%s: compiled and run in both gears',
    { timeout: 60_000 },
    (_, { source }) => {
      const [first, second] = gears.map((gear) => {
        const f = jit.script(source(2000), { name: 'f', runtime: runtimes.get(gear)! })
        return JSON.stringify(plain(f(tensor([1, 2]), 2)))
      })
      expect(first).toBe(second)
    },
  )
})
