import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as torch from '../../src/index.ts'
import { concernsOf } from './concerns.ts'
import { faults } from './faults.ts'
import { functions } from './programs.ts'

const read = (name: string) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'))
const expected: Record<string, string[]> = read('faults.json')
const sound: Record<string, string[]> = read('graphs.json').concerns

/** Where a JavaScript number hides what Python can see, more is warned of than PyTorch does. */
const moreThanPyTorch: Readonly<Record<string, readonly string[]>> = {
  // `range(n)` takes a size as an index, which PyTorch lets pass; `i < n` takes it as a number
  loop_over_size: ['data-flow'],
  checked_on_another_size: ['data-flow'],
  // PyTorch's is_nonzero reads the element below the tracer
  is_nonzero: ['data-flow'],
}

describe('faulty functions are caught as PyTorch catches them', () => {
  it.each(Object.keys(expected))('%s', (name) => {
    const { fn, inputs, options } = faults[name]
    const { kinds, warnings } = concernsOf((onWarning) => torch.jit.trace(fn, inputs, { ...options, onWarning }))
    expect(kinds).toEqual([...expected[name], ...(moreThanPyTorch[name] ?? [])].sort())
    const file = fileURLToPath(new URL('faults.ts', import.meta.url))
    for (const { concern, location } of warnings)
      if (!['output', 'nondeterministic', 'container'].includes(concern)) expect(location?.file).toBe(file)
  })
})

describe('sound functions give no warning', () => {
  it.each(Object.keys(functions))('%s', (name) => {
    const { fn, inputs, options } = functions[name]
    expect(concernsOf((onWarning) => torch.jit.trace(fn, inputs, { ...options, onWarning })).kinds).toEqual(sound[name])
  })
})
