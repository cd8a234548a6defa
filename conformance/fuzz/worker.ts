/**
 * Tries mutants in a process of its own. Reads `{folder, seed, from, to, device}` from its first message; for every mutant sends `{at}` before
 * and `{at, outcome}` behind it: `result`, `typed` (with the code) or `untyped` (a defect).
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createRuntime, jit, TsjitError } from '@tsjit/torch'
import { readRecordedCalls, replayRecorded } from 'tsjit/replay'
import { mutate, seeded } from './mutate.ts'
import { mutateRecord } from './rebuild.ts'

interface Job {
  readonly folder: string
  readonly seed: number
  readonly from: number
  readonly to: number
  readonly device: 'native' | 'reference'
}

process.on('message', (job: Job) => {
  const cases = readdirSync(job.folder)
    .filter((name) => existsSync(join(job.folder, name, 'io.pt')))
    .sort()
  const archives = cases.map((name) => readFileSync(join(job.folder, name, 'model.pt')))
  const runtime = createRuntime({ cpu: job.device, executor: { print: () => {}, log: () => {} } })
  for (let at = job.from; at < job.to; at++) {
    const random = seeded(job.seed * 1_000_003 + at)
    const index = Math.floor(random() * archives.length)
    const other = archives[Math.floor(random() * archives.length)]
    const mutant =
      at % 2 === 0 ? mutate(archives[index], other, random) : mutateRecord(archives[index], (bytes) => mutate(bytes, other, random), random)
    process.send!({ at })
    const start = performance.now()
    let outcome = 'result'
    let detail = ''
    try {
      const module = jit.loadSync(mutant.bytes, { runtime, mapLocation: 'cpu' })
      const recorded = readRecordedCalls(join(job.folder, cases[index], 'io.pt'), runtime.dispatcher)
      try {
        replayRecorded(module, recorded, runtime)
      } finally {
        recorded.close()
        module.dispose()
      }
    } catch (error) {
      outcome = error instanceof TsjitError ? 'typed' : 'untyped'
      detail = error instanceof TsjitError ? error.code : error instanceof Error ? (error.stack ?? error.message) : String(error)
    }
    process.send!({
      at,
      outcome,
      detail,
      case: cases[index],
      description: mutant.description,
      ms: performance.now() - start,
      rss: process.memoryUsage.rss(),
    })
  }
  process.exit(0)
})
