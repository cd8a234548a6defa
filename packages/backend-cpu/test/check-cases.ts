// npx tsx --conditions tsjit-source packages/backend-cpu/test/check-cases.ts FILE.jsonl [operator keys…]: what differs from PyTorch.
import { createCpuBackend } from '../src/index.ts'
import { readCases, runCase } from './cases.ts'

const [file, ...wanted] = process.argv.slice(2)
const backend = createCpuBackend({ onUnavailable: (reason) => console.error(reason.message) })!
const counts = new Map<string, { same: number; other: Map<string, number> }>()
for (const row of readCases(file)) {
  if (wanted.length > 0 && !wanted.includes(row.op)) continue
  const outcome = runCase(backend, row)
  const count = counts.get(row.op) ?? { same: 0, other: new Map() }
  counts.set(row.op, count)
  if (outcome.kind === 'same') count.same++
  else count.other.set(`${outcome.kind}: ${outcome.message}`, (count.other.get(`${outcome.kind}: ${outcome.message}`) ?? 0) + 1)
}
let same = 0
for (const [op, count] of counts) {
  same += count.same
  for (const [message, times] of count.other) console.log(`${op} (${times}): ${message}`)
}
console.log(`${same} same as PyTorch`)
