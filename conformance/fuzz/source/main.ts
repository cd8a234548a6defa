/**
 * `npm run fuzz:source -- --count 100000 --seeds 10`: random programs, mutated sources and IR texts against the parser, the compiler and the executor in
 * both gears, optimised and not, on the reference backend and in native segments. `npm run fuzz:source -- --first 3 --only 1931`: source 1931 of seed 3 again, printed.
 */
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runSourceFuzz } from '../run-fuzz.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '2000' },
    seeds: { type: 'string', default: '1' },
    first: { type: 'string', default: '1' },
    only: { type: 'string' },
    folder: { type: 'string', default: fileURLToPath(new URL('../../../packages/compiler/test/cases', import.meta.url)) },
    json: { type: 'boolean' },
  },
})
const files = readdirSync(values.folder)
  .filter((name) => name.endsWith('.py') && !name.startsWith('record'))
  .sort()
  .map((name) => `${values.folder}/${name}`)
const seeds = Number(values.seeds)
let defects = 0
for (let i = 0; i < seeds; i++) {
  const seed = Number(values.first) + i
  const only = values.only === undefined ? undefined : Number(values.only)
  const share = only === undefined ? Math.ceil(Number(values.count) / seeds) : only + 1
  const report = await runSourceFuzz({
    files,
    count: share,
    seed,
    ...(only === undefined ? {} : { first: only, show: true }),
    ...(process.stderr.isTTY ? { onProgress: (done: number) => process.stderr.write(`\rseed ${seed}: ${done}/${share}`) } : {}),
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  defects += report.defects.length
  if (values.json) console.log(JSON.stringify({ seed, count: share, ...report }))
  else {
    const typed = Object.values(report.typed).reduce((a, b) => a + b, 0)
    console.log(
      `seed ${seed}: ${share} sources, ${report.results} ran alike in both gears (${report.nativeProblem ? `not natively: ${report.nativeProblem}` : `${report.native} of them in native segments too`}), ${report.compiled} compiled, ${typed} typed errors of ${Object.keys(report.typed).length} codes, ${report.defects.length} defects; slowest ${report.slowestMs.toFixed(0)} ms, peak ${report.peakRssMb} MB`,
    )
    for (const defect of report.defects) console.log(`  ${defect}`)
  }
}
process.exitCode = defects ? 1 : 0
