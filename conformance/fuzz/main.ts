/**
 * `npm run fuzz -- --count 10000 --seeds 5`: mutated archives against the loader, the compiler and the executor.
 * `npm run fuzz -- --first 3 --only 1931`: mutant 1931 of seed 3 again.
 */
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createRuntime } from '@tsjit/torch'
import { runFuzz } from './run-fuzz.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '1000' },
    seeds: { type: 'string', default: '1' },
    first: { type: 'string', default: '1' },
    device: { type: 'string' },
    only: { type: 'string' },
    folder: { type: 'string', default: fileURLToPath(new URL('../archives', import.meta.url)) },
    json: { type: 'boolean' },
  },
})
const count = Number(values.count)
const seeds = Number(values.seeds)
const { nativeProblem } = createRuntime()
const devices = values.device ? [values.device] : nativeProblem ? ['reference'] : ['native', 'reference']
if (!values.device && nativeProblem) console.error(`fuzz: on the reference backend alone: ${nativeProblem.message}`)
let defects = 0
for (let i = 0; i < seeds; i++) {
  const seed = Number(values.first) + i
  const device = devices[i % devices.length] as 'native' | 'reference'
  const only = values.only === undefined ? undefined : Number(values.only)
  const share = only === undefined ? Math.ceil(count / seeds) : only + 1
  const report = await runFuzz({
    folder: values.folder,
    count: share,
    ...(only === undefined ? {} : { first: only }),
    seed,
    device,
    ...(process.stderr.isTTY ? { onProgress: (done: number) => process.stderr.write(`\rseed ${seed}: ${done}/${share}`) } : {}),
  })
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
  defects += report.defects.length
  if (values.json) console.log(JSON.stringify({ seed, device, count: share, ...report }))
  else {
    const typed = Object.values(report.typed).reduce((a, b) => a + b, 0)
    console.log(
      `seed ${seed} on ${device}: ${share} mutants, ${report.results} results, ${typed} typed errors of ${Object.keys(report.typed).length} codes, ${report.defects.length} defects; slowest ${report.slowestMs.toFixed(0)} ms, peak ${report.peakRssMb} MB`,
    )
    for (const defect of report.defects) console.log(`  ${defect}`)
  }
}
process.exitCode = defects ? 1 : 0
