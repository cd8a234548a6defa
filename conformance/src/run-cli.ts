import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export interface CliResult {
  readonly status: number | string | null
  readonly stdout: string
  readonly stderr: string
  readonly ms: number
}

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The built command where the tests were told that it is up to date (`TSJIT_TEST_BUILT`), else its sources: slower, and never stale. */
const entry = process.env.TSJIT_TEST_BUILT
  ? ['packages/cli/dist/main.js']
  : ['--conditions', 'tsjit-source', '--import', 'tsx', 'packages/cli/src/main.ts']

/** Runs `tsjit` in a process of its own, at most two minutes. */
export function runCli(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CliResult> {
  const start = performance.now()
  return new Promise((resolve) => {
    const options = { cwd: root, timeout: 120_000, maxBuffer: 1 << 26, env: { ...process.env, ...env } }
    execFile(process.execPath, [...entry, ...args], options, (error, stdout, stderr) => {
      resolve({
        status: error ? ((error.code as number | undefined) ?? error.signal ?? null) : 0,
        stdout,
        stderr,
        ms: performance.now() - start,
      })
    })
  })
}
