import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createRuntime } from '@tsjit/torch'
import { expect, it } from 'vitest'
import { runFuzz, runSourceFuzz } from '../fuzz/run-fuzz.ts'

const folder = fileURLToPath(new URL('../archives', import.meta.url))
const { nativeProblem } = createRuntime()

if (nativeProblem) console.warn(`no native fuzzing: ${nativeProblem.message}`)

/** The short form of `npm run fuzz -- --count 10000 --seeds 5`. */
for (const device of ['native', 'reference'] as const) {
  it.skipIf(device === 'native' && nativeProblem)(
    `200 mutated archives on ${device}: results or typed errors, nothing else`,
    { timeout: 240_000 },
    async () => {
      const report = await runFuzz({ folder, count: 200, seed: device === 'native' ? 101 : 102, device })
      expect(report.defects).toEqual([])
      const typed = Object.values(report.typed).reduce((a, b) => a + b, 0)
      expect(report.results + typed).toBe(200)
      expect(report.results).toBeGreaterThan(0)
      expect(Object.keys(report.typed).length).toBeGreaterThan(5)
    },
  )
}

/** The short form of `npm run fuzz:source -- --count 100000 --seeds 10`. */
it('1,500 random and mutated sources and IR texts: graphs that run alike in both gears and natively, or typed errors', {
  timeout: 240_000,
}, async () => {
  const cases = fileURLToPath(new URL('../../packages/compiler/test/cases', import.meta.url))
  const files = readdirSync(cases)
    .filter((name) => name.endsWith('.py') && name !== 'record.py')
    .sort()
    .map((name) => `${cases}/${name}`)
  const report = await runSourceFuzz({ files, count: 1500, seed: 201 })
  expect(report.defects).toEqual([])
  expect(report.results).toBeGreaterThan(300)
  if (!nativeProblem) expect(report.native).toBeGreaterThan(300)
  expect(Object.keys(report.typed).length).toBeGreaterThan(8)
})
