import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createRuntime } from '@tsjit/torch'
import { expect, it } from 'vitest'

const { nativeProblem } = createRuntime()

/** The short form of `npm run leak`. */
it.each(['cpu', 'reference'])('calls, loads and disposals leave memory flat on %s', { timeout: 240_000 }, async (device) => {
  if (device === 'cpu' && nativeProblem) return console.warn(`no native leak run: ${nativeProblem.message}`)
  const native = device === 'cpu'
  const args = ['--calls', native ? '3000' : '200', '--loads', '12', '--megabytes', '40', '--tolerance', '24', '--device', device, '--json']
  const root = fileURLToPath(new URL('../..', import.meta.url))
  const node = ['--expose-gc', '--conditions', 'tsjit-source', '--import', 'tsx', 'conformance/leak/main.ts', ...args]
  const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: root }).catch((error) => ({
    stdout: error.stdout || error.stderr,
  }))
  expect(JSON.parse(stdout)).toMatchObject({ flat: true })
})
