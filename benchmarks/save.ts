// Saving a large module: speed beside a plain write of the same bytes in the same run, and memory beyond the module's own.
//
//   npm run bench:save -- [--megabytes 500] [--tensors 20] [--rounds 3] [--folder DIR] [--json]
//
// Wall-clock speeds depend on the disk and on what else runs; processor seconds (user + system) do not. Peaks are of the resident memory (Linux only).
import { spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as torch from 'tsjit'
import { craftArchive } from '../conformance/src/craft-archive.ts'

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '500' },
    tensors: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    folder: { type: 'string', default: tmpdir() },
    json: { type: 'boolean' },
    /** What a child process does. */
    part: { type: 'string' },
    in: { type: 'string', default: '' },
  },
})

interface Row {
  readonly what: string
  readonly megabytes: number
  readonly seconds: number
  readonly cpuSeconds: number
  readonly peakMegabytes: number | undefined
}

if (values.part === 'make') make(values.in)
else if (values.part === 'measure') console.log(JSON.stringify(measure(values.in)))
else main()

function main(): void {
  const folder = mkdtempSync(join(values.folder, 'tsjit-bench-save-'))
  try {
    // Each part has a process of its own: what one leaves in memory does not count for the next.
    part('make', folder)
    const rows: Row[] = JSON.parse(part('measure', folder))
    if (values.json) {
      for (const row of rows) console.log(JSON.stringify(row))
      return
    }
    console.log(
      `${'what'.padEnd(28)}${'MB/s'.padStart(8)}${'CPU s'.padStart(8)}${'MB/CPU s'.padStart(10)}${'peak MB above module'.padStart(22)}`,
    )
    for (const { what, megabytes, seconds, cpuSeconds, peakMegabytes } of rows) {
      const speed = (megabytes / seconds).toFixed(0).padStart(8)
      const peak = (peakMegabytes?.toFixed(1) ?? '-').padStart(22)
      console.log(
        `${what.padEnd(28)}${speed}${cpuSeconds.toFixed(3).padStart(8)}${(megabytes / cpuSeconds).toFixed(0).padStart(10)}${peak}`,
      )
    }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

function part(name: string, folder: string): string {
  const args = ['--megabytes', values.megabytes, '--tensors', values.tensors, '--rounds', values.rounds, '--part', name, '--in', folder]
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [...process.execArgv, '--expose-gc', fileURLToPath(import.meta.url), ...args],
    {
      encoding: 'utf8',
    },
  )
  if (status !== 0) throw new Error(`${name} failed: ${stderr}`)
  return stdout
}

function make(folder: string): void {
  const elements = Math.floor((Number(values.megabytes) * 1e6) / 4 / Number(values.tensors))
  const data = new Float32Array(elements)
  let state = 1
  for (let i = 0; i < elements; i++) {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    data[i] = state / 0x80000000
  }
  const tensors = Array.from({ length: Number(values.tensors) }, (_, i) => ({ name: `w${i}`, sizes: [elements], data }))
  writeFileSync(
    join(folder, 'model.pt'),
    craftArchive({ methods: '  def forward(self: __torch__.M, x: Tensor) -> Tensor:\n    return x\n', tensors }),
  )
}

function measure(folder: string): Row[] {
  const module = torch.jit.loadSync(join(folder, 'model.pt'), { deferred: false })
  const state = module.stateDict()
  const target = join(folder, 'saved.pt')
  const plain = (): void => {
    const file = openSync(target, 'w')
    for (const tensor of state.values()) writeWhole(file, new Uint8Array(tensor.storage.buffer))
    closeSync(file)
  }
  const ways: [string, () => void][] = [
    ['plain write', plain],
    ['torch.jit.save', () => torch.jit.save(module, target)],
    ['torch.save of its state', () => torch.save(state, target)],
    ['torch.safetensors.save', () => torch.safetensors.save(state, target)],
  ]
  const best = new Map<string, Row>()
  // The first round is warm-up: pages of the file and compiled code.
  for (let round = 0; round <= Number(values.rounds); round++) {
    for (const [what, run] of ways) {
      rmSync(target, { force: true })
      const row = timed(what, run, target)
      const known = best.get(what)
      if (round > 0 && (!known || row.seconds < known.seconds))
        best.set(what, { ...row, peakMegabytes: larger(row.peakMegabytes, known?.peakMegabytes) })
    }
  }
  return [...best.values()]
}

function timed(what: string, run: () => void, target: string): Row {
  globalThis.gc!()
  const before = resetPeak()
  const cpu = process.cpuUsage()
  const start = process.hrtime.bigint()
  run()
  const seconds = Number(process.hrtime.bigint() - start) / 1e9
  const { user, system } = process.cpuUsage(cpu)
  const peak = memory('VmHWM')
  return {
    what,
    megabytes: statSync(target).size / 1e6,
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMegabytes: before === undefined || peak === undefined ? undefined : peak - before,
  }
}

function writeWhole(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.byteLength; ) at += writeSync(file, bytes, at, bytes.byteLength - at)
}

/** The resident memory now; the peak starts anew from it. */
function resetPeak(): number | undefined {
  try {
    writeFileSync('/proc/self/clear_refs', '5')
  } catch {
    return undefined
  }
  return memory('VmRSS')
}

function memory(field: 'VmRSS' | 'VmHWM'): number | undefined {
  try {
    const found = new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))
    return found ? (Number(found[1]) * 1024) / 1e6 : undefined
  } catch {
    return undefined
  }
}

function larger(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.max(a, b)
}
