// The test command: sets up, checks types, then runs every test.       node tools/test.mjs [vitest filters]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pnpm, run } from './setup.mjs'

run('node', ['tools/setup.mjs'])
pnpm(['exec', 'tsc', '-b'])
const report = join(mkdtempSync(join(tmpdir(), 'tsjit-test-')), 'report.json')
const { status } = spawnSync('node', ['node_modules/vitest/vitest.mjs', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...process.argv.slice(2)], { stdio: 'inherit' })
try {
  const { numPassedTests, numFailedTests, numPendingTests } = JSON.parse(readFileSync(report, 'utf8'))
  console.log(`Tests: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} skipped`)
} catch {
  console.error('test: the runner left no report')
}
process.exit(status ?? 1)
