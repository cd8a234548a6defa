import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = process.env.TSJIT_TEST_BUILT ? [] : ['--conditions', 'tsjit-source', '--import', 'tsx']

it('a language model is traced, saved and loaded', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'tsjit-'))
  try {
    const file = 'examples/tracing/text-model.mjs'
    const { stdout } = await promisify(execFile)(process.execPath, [...sources, file, join(folder, 'model.pt')], { cwd: root })
    expect(stdout).toContain('  blocks = self.blocks\n')
    expect(stdout).toContain('same results: true\nafter loading: true\n')
    expect(stdout).toMatch(/text-model\.mjs:\d+: Converting a tensor to a JavaScript number might cause the trace to be incorrect\./)
    expect(stdout).toContain('mixed: [ 4, 4 ]')
  } finally {
    rmSync(folder, { recursive: true })
  }
})
