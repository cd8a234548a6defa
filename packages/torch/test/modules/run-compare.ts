/** npx tsx --conditions tsjit-source run-compare.ts FILE.py FILE.jsonl [FOLDER for archives, or -] [NAME]... */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { TsjitError } from '@tsjit/types'
import { normalized } from '../../../compiler/test/canonical.ts'
import * as torch from '../../src/index.ts'
import { codeOf, graphsOf, inputsOf, loadModules, type Recorded, replay, sortedConstants } from './compare.ts'

const [file, recorded, folder = '-', ...only] = process.argv.slice(2)
const { text, make } = loadModules(file)
const verbose = process.env.V === '1'
const counts: Record<string, number> = {}
const count = (what: string, ok = true): void => {
  counts[`${what}, of`] = (counts[`${what}, of`] ?? 0) + 1
  counts[what] = (counts[what] ?? 0) + (ok ? 1 : 0)
}
const firstLine = (message: string): string =>
  (
    message
      .split('\n')
      .map((line) => line.trim())
      .find(Boolean) ?? ''
  )
    .replace(/^\w+: /, '')
    .replace(/:$/, '')

for (const row of readFileSync(recorded, 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)) {
  if (only.length > 0 && !only.includes(row.name)) continue
  const say = (what: string): void => console.log(`${row.name}: ${what}`)
  let module: torch.jit.ScriptModule
  try {
    module = make(row.name)
  } catch (error) {
    const known = error instanceof TsjitError
    if (!known || (!row.error && verbose)) say((error as Error).stack ?? '')
    if (row.error) {
      count('refused', known)
      const same = known && firstLine(error.reason) === firstLine(row.error.replace(/^\w+: /, ''))
      count('same message', same)
      if (!same && known) say(`message\n   ours    ${firstLine(error.reason)}\n   PyTorch ${firstLine(row.error)}`)
    } else {
      count('compiled', false)
      say(`REFUSED ${known ? error.message.split('\n').slice(0, 3).join(' | ') : ''}`)
    }
    continue
  }
  if (row.error) {
    count('refused', false)
    say(`ACCEPTED; PyTorch: ${row.error.slice(0, 200).replaceAll('\n', ' | ')}`)
    continue
  }
  count('compiled')
  const graphs = graphsOf(module)
  for (const [key, graph] of Object.entries(row.graphs ?? {})) {
    const same = graphs.get(key) === normalized(graph)
    count('graphs', same)
    if (same) continue
    say(graphs.has(key) ? `GRAPH ${key}` : `NO METHOD ${key} among ${[...graphs.keys()].join(' ')}`)
    if (verbose) {
      writeFileSync(join(tmpdir(), 'ours.txt'), `${graphs.get(key)}\n`)
      writeFileSync(join(tmpdir(), 'pytorch.txt'), `${normalized(graph)}\n`)
    }
  }
  for (const key of graphs.keys()) if (!Object.hasOwn(row.graphs ?? {}, key)) say(`EXTRA METHOD ${key}`)
  if (row.code) {
    try {
      const bytes = torch.jit.saveToBuffer(module)
      if (folder !== '-') {
        mkdirSync(folder, { recursive: true })
        writeFileSync(`${folder}/${row.name}.pt`, bytes)
      }
      const code = codeOf(bytes)
      const wrong = Object.entries(row.code).filter(([name, source]) => sortedConstants(code.get(name) ?? '') !== sortedConstants(source))
      count('code', wrong.length === 0)
      if (wrong.length > 0) say(`CODE ${wrong.map(([name]) => name).join(' ')}`)
      if (verbose) for (const [name, source] of wrong) console.log(`--- ours ${name}\n${code.get(name)}\n--- PyTorch\n${source}`)
    } catch (error) {
      count('code', false)
      say(`SAVE ${verbose ? (error as Error).stack : (error as Error).message.split('\n')[0]}`)
    }
  }
  const specs = inputsOf(text, row.name)
  if (row.outputs && specs) {
    for (const problem of replay(module, specs, row.outputs)) {
      count('outputs', problem === undefined)
      if (problem !== undefined) say(`RUN ${problem}`)
    }
  }
}
console.log(counts)
