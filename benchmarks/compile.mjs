// How many lines of TorchScript a second the compiler takes, from source text to checked graphs, and how that grows with the length.
//
//   npm run bench:compile [-- --lines 2000,10000,50000] [--rounds 5] [--only loops,lists] [--json]
//
// Every kind of program (conformance/src/large-programs.ts, construct-programs.ts) is compiled once to warm up, then `rounds` times at each length; the median
// counts. Time is the processor time of the process (other programs do not change it, but V8's helper threads count too), beside it the
// wall clock's. `growth` is the time of a line at the greatest length over that at the one before: 1.0 is linear.
import { parseArgs } from 'node:util'
import { jit } from 'tsjit'
import { constructPrograms } from '../conformance/src/construct-programs.ts'
import { largePrograms } from '../conformance/src/large-programs.ts'
import { median } from './statistics.mjs'

const { values } = parseArgs({
  options: {
    lines: { type: 'string', default: '2000,10000,50000' },
    rounds: { type: 'string', default: '5' },
    only: { type: 'string' },
    json: { type: 'boolean' },
  },
})
const lengths = values.lines.split(',').map(Number)
const kinds = [...largePrograms, ...constructPrograms].filter(({ name }) => !values.only || values.only.split(',').includes(name))

function time(text) {
  const cpu = process.cpuUsage()
  const wall = performance.now()
  const { graph } = jit.script(text, { name: 'f' })
  if (!graph) throw new Error('no graph')
  const { user, system } = process.cpuUsage(cpu)
  return { cpuMs: (user + system) / 1000, wallMs: performance.now() - wall }
}

for (const { source } of kinds) time(source(Math.min(...lengths)))
const rows = []
for (const { name, what, source } of kinds) {
  let before
  for (const wanted of lengths) {
    const text = source(wanted)
    const lines = text.split('\n').length - 1
    const times = Array.from({ length: Number(values.rounds) }, () => time(text))
    const cpuMs = median(times.map((t) => t.cpuMs))
    const wallMs = median(times.map((t) => t.wallMs))
    const row = {
      kind: name,
      what,
      lines,
      cpuMs: Math.round(cpuMs),
      wallMs: Math.round(wallMs),
      linesPerCpuSecond: Math.round(lines / (cpuMs / 1000)),
      linesPerSecond: Math.round(lines / (wallMs / 1000)),
      growth: before ? Number((cpuMs / lines / (before.cpuMs / before.lines)).toFixed(2)) : null,
    }
    before = { cpuMs, lines }
    rows.push(row)
    if (values.json) console.log(JSON.stringify(row))
  }
}
if (!values.json) {
  const columns = [
    ['kind', (row) => row.kind],
    ['lines', (row) => row.lines.toLocaleString('en')],
    ['cpu ms', (row) => String(row.cpuMs)],
    ['wall ms', (row) => String(row.wallMs)],
    ['lines/cpu s', (row) => row.linesPerCpuSecond.toLocaleString('en')],
    ['lines/s', (row) => row.linesPerSecond.toLocaleString('en')],
    ['growth', (row) => (row.growth === null ? '' : row.growth.toFixed(2))],
  ]
  const cells = [columns.map(([title]) => title), ...rows.map((row) => columns.map(([, text]) => text(row)))]
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i].length)))
  for (const line of cells) console.log(line.map((cell, i) => (i === 0 ? cell.padEnd(widths[i]) : cell.padStart(widths[i]))).join('  '))
}
