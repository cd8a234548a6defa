import { readdirSync, readFileSync } from 'node:fs'
import type { GraphFunction } from '@tsjit/ir'
import { CompileError, Source, type TsjitError } from '@tsjit/types'
import { describe, expect, test } from 'vitest'
import { PythonProgram, type SourceModule } from '../src/index.ts'
import { canonical, normalized } from './canonical.ts'

interface Recorded {
  readonly name: string
  readonly schema?: string
  readonly graph?: string
  /** The first line of PyTorch's message. */
  readonly error?: string
}

const caseFiles = readdirSync(new URL('./cases/', import.meta.url))
  .filter((name) => name.endsWith('.json'))
  .map((name) => name.slice(0, -'.json'.length))
const read = (name: string): string => readFileSync(new URL(`./cases/${name}`, import.meta.url), 'utf8')
const firstLine = (text: string): string => {
  const lines = text.split('\n').map((line) => line.trim())
  return (lines.find(Boolean) ?? '').replace(/:$/, '')
}

function errorOf(module: SourceModule, name: string): TsjitError {
  try {
    module.script(name)
  } catch (error) {
    return error as TsjitError
  }
  throw new Error(`${name} compiled`)
}

describe.each(caseFiles)('%s', (file) => {
  const rows = JSON.parse(read(`${file}.json`)) as Recorded[]
  const module = new PythonProgram().add(new Source(read(`${file}.py`), `${file}.py`), 'program')
  test.each(rows.filter(({ error }) => error === undefined))('$name', ({ name, graph, schema }) => {
    const made = module.script(name)
    if (graph === undefined) return
    expect(canonical((made as GraphFunction).graph)).toBe(normalized(graph))
    if (schema !== undefined) expect(String((made as GraphFunction).schema)).toBe(schema)
  })
  const refused = rows.filter(({ error }) => error !== undefined)
  test.runIf(refused.length > 0).each(refused)('$name is refused', ({ name, error }) => {
    const found = errorOf(module, name)
    expect(found).toBeInstanceOf(CompileError)
    expect(firstLine(found.reason)).toBe(error)
  })
})
