// Archives there and back: each is loaded and saved here (twice: the bytes must be equal), loaded by PyTorch, which replays the recorded calls and saves it
// again, and loaded here once more, where the calls are replayed too. Needs a Python with PyTorch.
//
//   npm run round-trip -- --python PYTHON [--every N] [--out DIR] [--only save|torch] DIR...
//
// DIR holds CASE/model.pt and CASE/io.pt. Exit status 1 where a case fails.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createRuntime, jit } from 'tsjit'
import { replayCase } from 'tsjit/replay'

const { values, positionals } = parseArgs({
  options: {
    python: { type: 'string', default: 'python3' },
    every: { type: 'string', default: '1' },
    out: { type: 'string' },
    only: { type: 'string' },
  },
  allowPositionals: true,
})
const out = values.out ?? mkdtempSync(join(tmpdir(), 'tsjit-round-trip-'))
mkdirSync(out, { recursive: true })
const runtime = createRuntime({ executor: { print: () => {}, log: () => {} } })
const failures = new Map<string, string>()
const note = (name: string, stage: string, message: string): void => {
  if (!failures.has(name)) failures.set(name, `${stage}: ${message.split('\n').slice(0, 4).join(' | ').slice(0, 400)}`)
}

interface Case {
  readonly name: string
  readonly model: string
  readonly io: string
  readonly saved: string
  readonly again: string
}
const cases = positionals.flatMap((folder) =>
  readdirSync(folder)
    .sort()
    .filter((name) => existsSync(join(folder, name, 'model.pt')) && existsSync(join(folder, name, 'io.pt')))
    .filter((_, i) => i % Number(values.every) === 0)
    .map((name): Case => {
      const base = join(out, name)
      return {
        name,
        model: join(folder, name, 'model.pt'),
        io: join(folder, name, 'io.pt'),
        saved: `${base}.pt`,
        again: `${base}.torch.pt`,
      }
    }),
)

const saved: Case[] = []
let bytes = 0
for (const item of cases) {
  try {
    const load = () => jit.loadSync(item.model, { runtime, mapLocation: 'cpu' })
    const module = load()
    const first = jit.saveToBuffer(module)
    module.dispose()
    const other = load()
    const second = jit.saveToBuffer(other)
    other.dispose()
    if (Buffer.compare(first, second) !== 0) note(item.name, 'save', 'saved twice, the bytes differ')
    writeFileSync(item.saved, first)
    bytes += statSync(item.saved).size
    saved.push(item)
  } catch (error) {
    note(item.name, 'save', (error as Error).message)
  }
}
console.log(`saved ${saved.length} of ${cases.length} archives, ${(bytes / 2 ** 20).toFixed(0)} MiB, into ${out}`)

if (values.only !== 'save') {
  const list = join(out, 'cases.json')
  writeFileSync(list, JSON.stringify(saved))
  const script = fileURLToPath(new URL('replay.py', import.meta.url))
  const failed = join(out, 'failures.jsonl')
  const { stderr, status, error } = spawnSync(values.python, [script, list, failed], { encoding: 'utf8', maxBuffer: 1 << 28 })
  if (error || status !== 0) {
    console.error(`round-trip: PyTorch did not run: ${error?.message ?? stderr.slice(-2000)}`)
    process.exit(2)
  }
  for (const line of readFileSync(failed, 'utf8').split('\n').filter(Boolean)) {
    const { name, message } = JSON.parse(line)
    note(name, 'PyTorch', message)
  }
  if (values.only !== 'torch') {
    for (const item of saved) {
      if (!existsSync(item.again)) continue
      const result = await replayCase(item.name, item.again, item.io, {
        runtime,
        load: async (path) => jit.loadSync(path, { runtime, mapLocation: 'cpu' }),
      })
      if (result.status !== 'pass') note(item.name, 'again here', result.message ?? '')
    }
  }
}

for (const [name, message] of failures) console.log(`FAIL ${name}: ${message}`)
const passed = cases.length - failures.size
console.log(`round-trip: ${passed} of ${cases.length} (${((100 * passed) / Math.max(1, cases.length)).toFixed(2)} %)`)
if (!values.out) rmSync(out, { recursive: true })
process.exitCode = failures.size > 0 ? 1 : 0
