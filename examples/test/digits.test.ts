import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = process.env.TSJIT_TEST_BUILT ? [] : ['--conditions', 'tsjit-source', '--import', 'tsx']
const node = (...args: string[]): Promise<{ stdout: string }> => promisify(execFile)(process.execPath, [...sources, ...args], { cwd: root })

it('the demonstration reads its pictures and gets the held-back set right', async () => {
  const { stdout } = await node('examples/digits/demo.mjs')
  for (const digit of [0, 2, 3, 5, 8, 9]) expect(stdout).toMatch(new RegExp(`digit-${digit}\\.png: ${digit} \\(`))
  expect(stdout).toMatch(/held back: 35[5-9] of 360 pictures right/)
})

it("the README's first program runs", async () => {
  const program = /```ts\n([\s\S]*?)```/.exec(readFileSync(`${root}/README.md`, 'utf8'))![1]
  // beside the root's package.json, as a user would write it
  const file = `${root}/scratch-readme-${process.pid}.mjs`
  writeFileSync(file, program)
  try {
    const { stdout } = await node(file)
    expect(stdout).toMatch(/^\[\s*\[/)
  } finally {
    rmSync(file)
  }
})
