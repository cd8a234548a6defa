// Packs every published package and checks what is in it: that types and code resolve for ES modules (attw) and that package.json is right (publint).
// Needs built packages (npm run build, tsc -b).       node tools/check-packages.mjs [PACKAGE...]
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { root } from './setup.mjs'

const run = promisify(execFile)
const attw = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js')
const only = process.argv.slice(2)
const names = readdirSync(join(root, 'packages')).filter((name) => only.length === 0 || only.includes(name))
const folder = mkdtempSync(join(tmpdir(), 'tsjit-packages-'))

/** What is wrong with a package, a line each. */
async function check(name) {
  const directory = join(root, 'packages', name)
  const manifest = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'))
  if (manifest.private) return []
  const { stdout } = await run('pnpm', ['pack', '--pack-destination', folder], { cwd: directory })
  const tarball = stdout.trim().split('\n').at(-1)
  const problems = []
  // No question about @types is asked of the registry: the packages have their own.
  await run(process.execPath, [
    attw,
    tarball,
    '--profile',
    'esm-only',
    '--no-definitely-typed',
    '--no-emoji',
    '--no-color',
    '--format',
    'ascii',
  ]).catch((error) => problems.push(`attw: ${error.stdout || error.message}`))
  const bytes = readFileSync(tarball)
  const { messages } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    strict: true,
  })
  for (const message of messages) problems.push(`publint: ${message.type}: ${formatMessage(message, manifest, { color: false })}`)
  return problems
}

let failed = 0
const queue = [...names]
async function work() {
  for (let name = queue.shift(); name !== undefined; name = queue.shift()) {
    const problems = await check(name).catch((error) => [error.message])
    if (problems.length > 0) failed++
    console.log(problems.length === 0 ? `ok    packages/${name}` : `FAIL  packages/${name}\n${problems.join('\n')}`)
  }
}
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, work))
rmSync(folder, { recursive: true })
console.log(`packages: ${names.length - failed} of ${names.length} are right`)
process.exitCode = failed > 0 ? 1 : 0
