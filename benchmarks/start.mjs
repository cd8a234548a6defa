// How long it takes from an archive to its first result, and the most memory five calls need, beside PyTorch in turns; and how long the command takes to begin.
//
//   npm run bench:start -- --python PYTHON [--cases DIR] [--only resnet18,resnet50] [--rounds 7] [--threads 2] [--json]
//
// Every figure is the median over fresh processes. The import of either library is not counted, the reading of the recorded inputs neither. `--version` is
// the whole process, beside `node -e 0`.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { median } from './statistics.mjs'
import { printTable } from './table.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    cases: { type: 'string', default: join(here, '../build/bench-cases') },
    only: { type: 'string', default: 'resnet18,resnet50' },
    rounds: { type: 'string', default: '7' },
    threads: { type: 'string', default: '2' },
    json: { type: 'boolean' },
  },
})
if (!values.python) {
  console.error('bench:start: name a Python with torch: --python PATH')
  process.exit(2)
}
const dir = resolve(values.cases)
const names = values.only.split(',')
const missing = names.filter((name) => !existsSync(join(dir, name, 'io.pt')))
if (missing.length > 0) {
  spawnSync(values.python, [join(here, 'peers/cases.py'), '--out', dir, '--only', ...missing], { stdio: ['ignore', 'ignore', 'inherit'] })
}

function run(command, args) {
  const start = performance.now()
  const { stdout, stderr, status } = spawnSync(command, args, {
    encoding: 'utf8',
    env: { ...process.env, OMP_NUM_THREADS: values.threads },
  })
  if (status !== 0) {
    console.error(`bench:start: ${command} ${args.join(' ')} ended with ${status}\n${stderr.slice(-2000)}`)
    process.exit(1)
  }
  return { stdout, wall: performance.now() - start }
}

const rows = []
for (const name of names) {
  const files = [join(dir, name, 'model.pt'), join(dir, name, 'io.pt')]
  const rounds = Array.from({ length: Number(values.rounds) }, () => ({
    torch: JSON.parse(run(values.python, [join(here, 'start/torch_peer.py'), ...files, values.threads]).stdout),
    tsjit: JSON.parse(run(process.execPath, [join(here, 'start/tsjit.mjs'), ...files]).stdout),
  }))
  const figure = (of) => median(rounds.map(of))
  const total = ({ load, first }) => load + first
  rows.push({
    case: name,
    load_ms: figure((r) => r.tsjit.load),
    first_ms: figure((r) => r.tsjit.first),
    total_ms: figure((r) => total(r.tsjit)),
    torch_load_ms: figure((r) => r.torch.load),
    torch_first_ms: figure((r) => r.torch.first),
    torch_total_ms: figure((r) => total(r.torch)),
    ratio: figure((r) => total(r.tsjit) / total(r.torch)),
    peak_MB: figure((r) => r.tsjit.peak),
    torch_peak_MB: figure((r) => r.torch.peak),
  })
}
const main = join(here, '../packages/cli/dist/main.js')
const begins = Array.from({ length: Number(values.rounds) * 3 }, () => ({
  node: run(process.execPath, ['-e', '0']).wall,
  version: run(process.execPath, [main, '--version']).wall,
}))
const command = { node_ms: median(begins.map((b) => b.node)), version_ms: median(begins.map((b) => b.version)) }
if (values.json) {
  for (const row of rows) console.log(JSON.stringify(row))
  console.log(JSON.stringify(command))
} else {
  printTable(rows)
  console.log(`\ntsjit --version: ${command.version_ms.toFixed(0)} ms, node -e 0: ${command.node_ms.toFixed(0)} ms`)
}
