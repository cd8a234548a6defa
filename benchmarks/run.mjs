// Times tsjit, PyTorch and onnxruntime-node on the same models, in turns, and prints one table.
//
//   node benchmarks/run.mjs --python PYTHON [--cases DIR] [--only NAME,NAME] [--threads 2] [--seconds 2] [--rounds 3] [--ort DIR] [--modes script,frozen] [--json]
//
// PYTHON is an interpreter with torch and torchvision. The cases are written to DIR (default build/bench-cases) on first use.
// --ort names a folder with onnxruntime-node installed (npm install onnxruntime-node --ignore-scripts); its cases need onnx and onnxscript.
// Each figure is the median over rounds of a round's median; a ratio is the median of the rounds' own ratios, so that a drift of the
// machine's speed cancels.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
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
    only: { type: 'string' },
    threads: { type: 'string', default: '2' },
    seconds: { type: 'string', default: '2' },
    rounds: { type: 'string', default: '3' },
    ort: { type: 'string' },
    modes: { type: 'string', default: 'script' },
    json: { type: 'boolean' },
    cli: { type: 'string', default: join(here, '../packages/cli/dist/main.js') },
  },
})
if (!values.python) {
  console.error('bench: name a Python with torch and torchvision: --python PATH')
  process.exit(2)
}
const dir = resolve(values.cases)
const only = values.only?.split(',')

function jsonLines(command, args, options = {}) {
  const { stdout, stderr, status } = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 26, ...options })
  const rows = (stdout ?? '')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line))
  if (rows.length === 0)
    console.error(`bench: ${command} ${args.join(' ')} gave nothing (status ${status})\n${(stderr ?? '').slice(-2000)}`)
  return rows
}

mkdirSync(dir, { recursive: true })
if (only ? only.some((name) => !existsSync(join(dir, name, 'io.pt'))) : readdirSync(dir).length === 0) {
  spawnSync(
    values.python,
    [join(here, 'peers/cases.py'), '--out', dir, ...(values.ort ? ['--onnx'] : []), ...(only ? ['--only', ...only] : [])],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
}
const names = (only ?? readdirSync(dir)).filter((name) => existsSync(join(dir, name, 'model.pt')))
const modes = values.modes.split(',')
const table = []
for (const name of names) {
  const rounds = []
  for (let i = 0; i < Number(values.rounds); i++) {
    const common = ['--threads', values.threads, '--seconds', values.seconds]
    const [own] = jsonLines(process.execPath, [
      values.cli,
      'bench',
      join(dir, name, 'model.pt'),
      join(dir, name, 'io.pt'),
      ...common,
      '--json',
    ])
    const torch = jsonLines(values.python, [join(here, 'peers/torch_peer.py'), dir, '--only', name, '--modes', ...modes, ...common])
    const ort = values.ort
      ? jsonLines(process.execPath, [join(here, 'peers/ort_peer.mjs'), dir, '--only', name, ...common], { cwd: values.ort })[0]
      : undefined
    rounds.push({
      own: own?.median_ms,
      torch: Object.fromEntries(torch.map((row) => [row.runtime.split(' ').at(-1), row.median_ms])),
      ort: ort?.median_ms,
    })
  }
  const ratio = (peer) => median(rounds.map((r) => r.own / peer(r)).filter(Number.isFinite))
  const row = {
    case: name,
    tsjit_ms: median(rounds.map((r) => r.own)),
    ...Object.fromEntries(modes.map((mode) => [`torch_${mode}_ms`, median(rounds.map((r) => r.torch[mode]))])),
    ...Object.fromEntries(modes.map((mode) => [`ratio_${mode}`, ratio((r) => r.torch[mode])])),
    ...(values.ort ? { ort_ms: median(rounds.map((r) => r.ort).filter(Boolean)), ratio_ort: ratio((r) => r.ort) } : {}),
  }
  table.push(row)
  if (values.json) console.log(JSON.stringify(row))
  else console.error(`${name} done`)
}
if (!values.json) printTable(table)
