import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseIR, verifyGraph } from '@tsjit/ir'
import { createRuntime, jit, TsjitError } from '@tsjit/torch'
import { describe, expect, it } from 'vitest'
// @ts-expect-error a tool without types
import { readCatalogue, stalePages } from '../../tools/docs/errors.mjs'

interface Entry {
  readonly code: string
  readonly example: { readonly kind: 'py' | 'ir' | 'sh' | 'ts'; readonly text: string; readonly args?: string }
}
const entries = readCatalogue() as readonly Entry[]
const packages = fileURLToPath(new URL('../../packages', import.meta.url))

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter(
      (file) =>
        file.isFile() &&
        /\.(ts|cc|h)$/.test(file.name) &&
        /\/[^/]+\/(src|native)(\/|$)/.test(file.parentPath) &&
        !file.parentPath.includes('node_modules'),
    )
    .map((file) => readFileSync(join(file.parentPath, file.name), 'utf8'))
}

describe('the catalogue of error codes', () => {
  const used = new Set<string>()
  for (const text of sources(packages))
    for (const [code] of text.matchAll(/(?<!startsWith\(['"])(?<=['"])TSJ_[A-Z0-9_]*[A-Z0-9](?=['":])/g)) used.add(code)
  const known = new Set(entries.map(({ code }) => code))

  it('has every code that the sources throw (add a line to tools/docs/errors, then run node tools/docs/errors.mjs)', () => {
    expect(used.size).toBeGreaterThan(300)
    expect([...used].filter((code) => !known.has(code))).toEqual([])
  })
  it('has no code that nothing throws', () => {
    expect([...known].filter((code) => !used.has(code))).toEqual([])
  })
  it('has a current page in docs/errors for each (node tools/docs/errors.mjs)', () => {
    expect(stalePages()).toEqual([])
  })
})

const runtime = createRuntime({ cpu: 'reference', executor: { print: () => {}, log: () => {} } })

function codeOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof TsjitError) return error.code
    throw error
  }
  return 'no error'
}

describe('examples of the catalogue give their error', () => {
  it.each(entries.filter(({ example }) => example.kind === 'py').map((entry) => [entry.code, entry.example] as const))(
    '%s',
    (code, { text, args }) => {
      const found = codeOf(() => {
        const f = jit.script(`import torch\nimport math\nfrom typing import *\n${text}\n`, { runtime })
        return f(...(JSON.parse(args ?? '[]') as unknown[]))
      })
      expect(found).toBe(code)
    },
  )
  it.each(entries.filter(({ example }) => example.kind === 'ir').map((entry) => [entry.code, entry.example] as const))(
    '%s',
    (code, { text }) => {
      expect(codeOf(() => verifyGraph(parseIR(`${text}\n`)))).toBe(code)
    },
  )
})
