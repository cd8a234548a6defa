// Calls a small model many times, loads and disposes of a large one many times, and looks at the resident memory.
//
//   npm run leak -- [--calls 20000] [--loads 50] [--megabytes 200] [--device cpu|reference] [--json]
//
// Exit status 1 where memory grows: the second half of the calls, or of the loads, by more than --tolerance megabytes (default 24).
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as torch from 'tsjit'
import { craftArchive } from '../src/craft-archive.ts'

const { values } = parseArgs({
  options: {
    calls: { type: 'string', default: '20000' },
    loads: { type: 'string', default: '50' },
    megabytes: { type: 'string', default: '200' },
    tolerance: { type: 'string', default: '24' },
    device: { type: 'string', default: 'cpu' },
    json: { type: 'boolean' },
  },
})
const [calls, loads, megabytes, tolerance] = [values.calls, values.loads, values.megabytes, values.tolerance].map(Number)
if (typeof globalThis.gc !== 'function') {
  console.error('leak: run it with node --expose-gc (npm run leak)')
  process.exit(2)
}
const runtime = torch.createRuntime({ cpu: values.device === 'reference' ? 'reference' : 'native' })

async function residentMegabytes(): Promise<number> {
  for (let i = 0; i < 4; i++) {
    globalThis.gc!()
    // finalisers run between turns
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  return process.memoryUsage.rss() / 2 ** 20
}

/** Memory after the first tenth, the half and the whole. */
async function watch(count: number, turn: () => Promise<void>): Promise<number[]> {
  const marks = [Math.ceil(count / 10), Math.ceil(count / 2), count]
  const seen: number[] = []
  for (let i = 1; i <= count; i++) {
    await turn()
    if (marks.includes(i)) seen.push(Number((await residentMegabytes()).toFixed(1)))
  }
  return seen
}

const digits = await torch.jit.load(fileURLToPath(new URL('../../examples/digits/digits.pt', import.meta.url)), { runtime })
const input = torch.rand([1, 1, 8, 8], { runtime })
const afterCalls = await watch(calls, async () => {
  digits.forward(input)
})

const folder = mkdtempSync(join(tmpdir(), 'tsjit-leak-'))
let afterLoads: number[] = []
try {
  const path = join(folder, 'large.pt')
  const side = Math.floor(Math.sqrt((megabytes * 2 ** 20) / 4))
  const methods = '  def forward(self: __torch__.M,\n    x: Tensor) -> Tensor:\n    return torch.linear(x, self.weight, None)\n'
  writeFileSync(path, craftArchive({ methods, tensors: [{ name: 'weight', sizes: [side, side] }] }))
  const row = torch.rand([1, side], { runtime })
  afterLoads = await watch(loads, async () => {
    const model = await torch.jit.load(path, { runtime })
    model.forward(row)
    model.dispose()
  })
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const growth = (marks: readonly number[]): number => Number((marks.at(-1)! - marks.at(-2)!).toFixed(1))
const result = { calls, afterCalls, growthOfCalls: growth(afterCalls), loads, afterLoads, growthOfLoads: growth(afterLoads) }
const flat = result.growthOfCalls <= tolerance && result.growthOfLoads <= tolerance
if (values.json) console.log(JSON.stringify({ ...result, flat }))
else {
  console.log(
    `${calls} calls of a small model: ${afterCalls.join(', ')} MB after a tenth, a half, all (${result.growthOfCalls} MB in the second half)`,
  )
  console.log(
    `${loads} loads and disposals of a model of ${megabytes} MB: ${afterLoads.join(', ')} MB (${result.growthOfLoads} MB in the second half)`,
  )
  console.log(flat ? 'flat' : 'memory grows')
}
process.exitCode = flat ? 0 : 1
