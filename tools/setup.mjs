// Installs and builds everything that a fresh checkout needs: packages, oneDNN (where apt may), the JavaScript, the native addon
// (where there is a compiler). Safe to run again: what is up to date is left alone.       node tools/setup.mjs [--no-native]
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

export function has(command) {
  return spawnSync('sh', ['-c', 'command -v "$0"', command], { stdio: 'ignore' }).status === 0
}

/** The built addon, or undefined. */
export function nativeAddon() {
  const path = join(root, 'packages/backend-cpu/build/Release/tsjit_cpu.node')
  return existsSync(path) ? path : undefined
}

/** Runs a command, its output shown, or with `quiet` only where it fails; ends the process where it fails and `required`. */
export function run(command, args, { required = true, env = {}, quiet = false } = {}) {
  const { status, signal, stdout, stderr, error } = spawnSync(command, args, {
    cwd: root,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : 'inherit',
    env: { ...process.env, ...env },
    maxBuffer: 1 << 28,
  })
  if (status !== 0 && quiet) process.stderr.write(`${stdout ?? ''}${stderr ?? ''}`)
  if (status !== 0 && required) {
    console.error(`setup: '${command} ${args.join(' ')}' failed${error ? `: ${error.message}` : signal ? ` (${signal})` : ''}`)
    process.exit(status ?? 1)
  }
  return status === 0
}

/** The workspace's pnpm: the one on the PATH where its major version fits, else fetched by npx. */
export function pnpm(args, options) {
  const wanted = packageManager.split('@')[1]
  const found = spawnSync('pnpm', ['--version'], { cwd: root, encoding: 'utf8' })
  if (found.status === 0 && found.stdout.trim().split('.')[0] === wanted.split('.')[0]) return run('pnpm', args, options)
  return run('npx', ['--yes', `pnpm@${wanted}`, ...args], options)
}

function installPackages() {
  console.log('setup: installing packages')
  pnpm(['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only'], { quiet: true, env: { CI: 'true' } })
}

/** oneDNN makes convolutions and matrix products fast; without it the addon uses its own kernels. */
function installOneDnn() {
  if (process.platform !== 'linux' || existsSync('/usr/include/dnnl.h') || existsSync('/usr/include/oneapi/dnnl/dnnl.h')) return
  if (process.env.TSJIT_NO_APT || !has('apt-get') || process.getuid?.() !== 0) {
    console.log('setup: oneDNN is not installed (apt-get install libdnnl-dev): the addon will use its own kernels')
    return
  }
  console.log('setup: installing oneDNN with apt')
  const options = { required: false, quiet: true, env: { DEBIAN_FRONTEND: 'noninteractive' } }
  const install = () => run('apt-get', ['install', '-y', '--no-install-recommends', 'libdnnl-dev'], options)
  if (!(install() || (run('apt-get', ['update'], options) && install())))
    console.log('setup: oneDNN could not be installed: the addon will use its own kernels')
}

function buildJavaScript() {
  console.log('setup: building the packages')
  pnpm(['exec', 'nx', 'run-many', '-t', 'build', '--outputStyle=static', '--parallel=2'], {
    quiet: true,
    env: { NX_DAEMON: 'false', NX_TUI: 'false' },
  })
}

/** What a build needs and is not on the PATH. */
function missingTool() {
  if (!(process.env.CXX ?? ['g++', 'clang++', 'c++'].find(has))) return 'C++ compiler'
  if (!has('cmake')) return 'cmake'
  return has('ninja') || has('make') ? undefined : 'make or ninja'
}

function buildAddon() {
  console.log('setup: building the native addon')
  if (!pnpm(['--filter', '@tsjit/backend-cpu', 'run', 'build:native'], { required: false, quiet: true })) {
    console.error(
      "setup: the native addon did not build (see above): everything runs on the reference backend, in plain JavaScript ('npx tsjit doctor' says more)",
    )
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const missing = process.argv.includes('--no-native') ? undefined : missingTool()
  const native = !process.argv.includes('--no-native') && missing === undefined
  installPackages()
  if (native) installOneDnn()
  buildJavaScript()
  if (native) buildAddon()
  else if (missing)
    console.log(
      `setup: no ${missing} on the PATH: everything runs on the reference backend, in plain JavaScript ('npx tsjit doctor' says more)`,
    )
}
