// Builds the addon: `node native/build.mjs [--debug]` from the package, or `pnpm build:native`. Uses cmake-js where it is installed, else
// CMake itself. A lock folder keeps two builds from meeting.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const source = dirname(fileURLToPath(import.meta.url))
const build = join(source, '..', 'build')
mkdirSync(build, { recursive: true })

const lock = join(build, '.lock')
for (const start = Date.now(); ; ) {
  try {
    mkdirSync(lock)
    break
  } catch {
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0
    if (age > 600_000 || Date.now() - start > 900_000) rmSync(lock, { recursive: true, force: true })
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 500)
  }
}
const free = () => rmSync(lock, { recursive: true, force: true })
process.on('exit', free)
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(1))

function run(command, args) {
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' })
  if (error) console.error(error.message)
  if (status !== 0) process.exit(status ?? 1)
}

const require = createRequire(import.meta.url)
let cmakeJs
try {
  cmakeJs = require.resolve('cmake-js/bin/cmake-js')
} catch {}
const options = process.argv.slice(2)
// The headers of Node-API alone, from npm: the same for every version of Node.js, and nothing is fetched from elsewhere.
let headers
try {
  headers = require('node-api-headers').include_dir
} catch {}
if (headers && !options.some((option) => option.startsWith('-DTSJIT_NODE_INCLUDE'))) options.push(`-DTSJIT_NODE_INCLUDE=${headers}`)
const jobs = process.env.TSJIT_BUILD_JOBS ?? '2'
if (cmakeJs && !existsSync(join(build, 'CMakeCache.txt')) && process.env.TSJIT_CMAKE_JS === '1') {
  run(process.execPath, [cmakeJs, 'compile', '-d', source, '-O', build, '--parallel', jobs])
} else {
  if (!existsSync(join(build, 'CMakeCache.txt'))) {
    const ninja = spawnSync('ninja', ['--version']).status === 0
    run('cmake', ['-S', source, '-B', build, ...(ninja ? ['-G', 'Ninja'] : []), '-DCMAKE_BUILD_TYPE=Release', ...options])
  }
  run('cmake', ['--build', build, '--parallel', jobs])
}
