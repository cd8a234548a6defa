// The test command: sets up, checks types, then runs every test against what was built.       node tools/test.mjs [vitest filters]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { nativeAddon, pnpm, root, run } from './setup.mjs'

run('node', ['tools/setup.mjs'])
console.log('test: checking types')
pnpm(['exec', 'tsc', '-b'])
pnpm(['exec', 'tsc', '--noEmit', '-p', 'tsconfig.check.json'])

const withoutAddon = !nativeAddon() || process.env.TSJIT_CPU === '0'
if (withoutAddon) console.log('test: there is no native addon: the tests run on the reference backend, and those of the addon are skipped')
const folder = mkdtempSync(join(tmpdir(), 'tsjit-test-'))
const report = join(folder, 'report.json')
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...process.argv.slice(2),
  ],
  {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, TSJIT_TEST_BUILT: '1' },
  },
)
let failed = status !== 0
try {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, numFailedTestSuites, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  // A file that does not even load counts as one failure.
  const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length
  failed ||= numFailedTests + numFailedTestSuites > 0
  if (withoutAddon) console.log('test: ran on the reference backend, without the native addon')
  console.log(`Tests: ${numPassedTests} passed, ${numFailedTests + broken} failed, ${numPendingTests + numTodoTests} skipped`)
} catch {
  console.error('test: the runner left no report')
  failed = true
}
rmSync(folder, { recursive: true, force: true })
process.exitCode = failed ? 1 : 0
