import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import * as torch from '../src/index.ts'
import { codeOf, inputsOf, loadModules, type Recorded, replay } from './modules/compare.ts'

const folder = new URL('./modules/', import.meta.url)
const { text, make } = loadModules(new URL('programs.py', folder).pathname)
const rows = gunzipSync(readFileSync(new URL('programs.jsonl.gz', folder)))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded)
  // Small ones: whole networks take seconds.
  .filter(({ outputs, graphs, name }) => outputs && Object.keys(graphs!).length <= 8 && inputsOf(text, name))

describe('archives of the recorded module programs', () => {
  test('are enough', () => expect(rows.length).toBeGreaterThanOrEqual(20))
  test.each(rows)('$name: the same bytes again, and the same results when loaded', ({ name, outputs }) => {
    const bytes = torch.jit.saveToBuffer(make(name))
    expect(Buffer.compare(bytes, torch.jit.saveToBuffer(make(name)))).toBe(0)
    const found = codeOf(bytes)
    const loaded = torch.jit.loadSync(bytes)
    expect(replay(loaded, inputsOf(text, name)!, outputs!)).toEqual(outputs!.map(() => undefined))
    // What is loaded is saved as it was: its code and its tensors.
    const again = torch.jit.saveToBuffer(torch.jit.loadSync(bytes))
    expect([...codeOf(again)]).toEqual([...found])
    const tensors = (module: torch.jit.ScriptModule) => [...module.stateDict()].map(([key, value]) => [key, value.dtype, value.tolist()])
    expect(tensors(torch.jit.loadSync(again))).toEqual(tensors(make(name)))
  })
})
