import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createRuntime } from '@tsjit/torch'
import { expect, it } from 'vitest'

const { nativeProblem } = createRuntime()

if (nativeProblem) console.warn(`no native leak run: ${nativeProblem.message}`)
const root = fileURLToPath(new URL('../..', import.meta.url))

/** The short form of `npm run leak`. */
for (const device of ['cpu', 'reference']) {
  it.skipIf(device === 'cpu' && nativeProblem)(
    `calls, loads and disposals leave memory flat on ${device}`,
    { timeout: 240_000 },
    async () => {
      const calls = device === 'cpu' ? '3000' : '200'
      const args = ['--calls', calls, '--loads', '12', '--megabytes', '40', '--tolerance', '24', '--device', device, '--json']
      const node = ['--expose-gc', '--conditions', 'tsjit-source', '--import', 'tsx', 'conformance/leak/main.ts', ...args]
      const { stdout } = await promisify(execFile)(process.execPath, node, { cwd: root }).catch((error) => ({
        stdout: error.stdout || error.stderr,
      }))
      expect(JSON.parse(stdout)).toMatchObject({ flat: true })
    },
  )
}
