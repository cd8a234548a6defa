import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { constructs, languageTable, missingTests } from './language-table.ts'

test('every construct of the table has its test', () => {
  const names = constructs().map(({ name }) => name)
  expect(names.length).toBeGreaterThan(100)
  expect(new Set(names).size).toBe(names.length)
  expect(missingTests()).toEqual([])
})

test('docs/language.md is up to date', () => {
  expect(readFileSync(new URL('../../../docs/language.md', import.meta.url), 'utf8')).toBe(languageTable())
})
