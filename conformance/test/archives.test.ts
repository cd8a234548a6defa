import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createRuntime, jit } from '@tsjit/torch'
import { readRecordedCalls, replayRecorded } from 'tsjit/replay'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const archives = join(root, 'conformance/archives')
const cases = readdirSync(archives, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => ({ name, model: join(archives, name, 'model.pt'), io: join(archives, name, 'io.pt') }))
cases.push({ name: 'digits', model: join(root, 'examples/digits/digits.pt'), io: join(root, 'examples/digits/held-back.pt') })

const { nativeProblem } = createRuntime()
if (nativeProblem) console.warn(`the archives are replayed on the reference backend alone: ${nativeProblem.message}`)

/** What PyTorch recorded comes out of every way to run it. */
for (const cpu of ['native', 'reference'] as const) {
  for (const gear of ['codegen', 'interpreter', 'debug'] as const) {
    for (const segments of [true, false]) {
      if (segments ? cpu === 'reference' || gear === 'debug' : cpu === 'native' && gear === 'debug') continue
      describe.skipIf(cpu === 'native' && nativeProblem !== undefined)(`archives on ${cpu}, ${gear}${segments ? ', segments' : ''}`, () => {
        it.each(cases)('$name', ({ model, io }) => {
          const how = gear === 'debug' ? { debug: true } : { gear, segments }
          const runtime = createRuntime({ cpu, executor: { ...how, print: () => {}, log: () => {} } })
          const module = jit.loadSync(model, { runtime, mapLocation: 'cpu' })
          const recorded = readRecordedCalls(io, runtime.dispatcher)
          try {
            expect(recorded.calls.length).toBeGreaterThan(0)
            expect(replayRecorded(module, recorded, runtime)).toBeUndefined()
          } finally {
            recorded.close()
            module.dispose()
          }
        })
      })
    }
  }
}
