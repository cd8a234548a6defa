import { execFileSync } from 'node:child_process'
import { SourceMap } from 'node:module'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'

interface Stop {
  readonly reason: string
  readonly file: string
  readonly line: number
  readonly name: string
  readonly callers: readonly string[]
  readonly variables: Readonly<Record<string, unknown>>
}
interface Seen {
  readonly result: unknown
  readonly stops: readonly Stop[]
  readonly scripts: readonly { readonly url: string; readonly map: string }[]
}

const driver = fileURLToPath(new URL('./fixtures/debugging/driver.ts', import.meta.url))

/** What a debugger with these breakpoints sees of a program that runs with `TSJIT_DEBUG=1`. */
function debug(program: 'file' | 'template' | 'module', ...breakpoints: string[]): Seen {
  const output = execFileSync(process.execPath, ['--conditions=tsjit-source', '--import', 'tsx', driver, program, ...breakpoints], {
    encoding: 'utf8',
    env: { ...process.env, TSJIT_DEBUG: '1' },
    timeout: 120_000,
  })
  return JSON.parse(output) as Seen
}

describe('a scripted file under the Node inspector', () => {
  let seen: Seen
  beforeAll(() => {
    seen = debug('file', 'model.py:7', 'model.py:18', 'model.py:24', 'model.py:27', 'model.py:37', 'model.py:46')
  }, 120_000)
  const at = (line: number): readonly Stop[] => seen.stops.filter((stop) => stop.line === line)

  it('runs as it does without one', () => {
    expect(seen.result).toEqual({ total: [5, 8], sums: [0, 1, 1], count: 7 })
  })
  it('stops at breakpoints on Python lines, in the Python function, as often as the line runs', () => {
    expect(seen.stops.every(({ file, reason }) => file === 'model.py' && reason === 'breakpoint')).toBe(true)
    expect(seen.stops.map(({ name, line }) => `${name}:${line}`)).toEqual([
      'total:18',
      'scale:7',
      'total:24',
      'total:24',
      'total:18',
      'scale:7',
      'total:24',
      'total:27',
      'up:37',
      'up:37',
      'up:37',
      'count:46',
    ])
  })
  it('shows local variables by their own names', () => {
    expect(at(7).map(({ variables }) => variables)).toEqual([
      { x: 'Tensor 1,2', by: 0, shifted: 'Tensor 2,3', result: null },
      { x: 'Tensor 1,2', by: 2, shifted: 'Tensor 2,3', result: null },
    ])
    expect(at(24).map(({ variables }) => variables)).toMatchObject([
      { n: 3, i: 0, t: 0, sums: '[]', new$: 'Tensor 1,2' },
      { n: 3, i: 1, t: 1, sums: '[0]', new$: 'Tensor 1,2' },
      { n: 3, i: 2, t: 1, sums: '[0,1]', new$: 'Tensor 5,8' },
    ])
  })
  it('shows variables that nothing reads, and other names of a value', () => {
    expect(at(27)).toMatchObject([{ variables: { alias: null, new$: 'Tensor 5,8' } }])
    expect(at(37)[0].variables).toMatchObject({ self: 'ScriptObject', by: 0, before: 4 })
  })
  it('shows the functions that called, at their lines', () => {
    expect(at(7)[0].callers).toEqual(['total:18'])
    expect(at(37)[0].callers).toEqual(['count:44'])
  })
  it('gives each script a source map to the Python file, with its text', () => {
    expect(seen.scripts.length).toBeGreaterThan(3)
    for (const { url, map } of seen.scripts) {
      expect(url).toMatch(/^file:.*\/model\.py$/)
      const payload = JSON.parse(Buffer.from(map.slice(map.indexOf('base64,') + 7), 'base64').toString('utf8'))
      expect(payload.sources).toEqual([url])
      expect(payload.sourcesContent[0]).toContain('def total(x, n: int):')
      const entry = new SourceMap(payload).findEntry(1000, 0)
      if ('originalLine' in entry) expect(entry.originalLine).toBeGreaterThan(0)
    }
  })
})

it('stops in the lines of a template', { timeout: 120_000 }, () => {
  const { result, stops } = debug('template', 'scripted-template.ts:9', 'scripted-template.ts:11')
  expect(result).toBe(18)
  const inside = stops.filter(({ name }) => name === 'triple')
  expect(inside.map(({ line, variables }) => [line, variables])).toEqual([
    [9, { n: 5, twice: 10 }],
    [11, { n: 5, twice: 13 }],
  ])
})

it('stops in the methods of a module that is written in templates', { timeout: 120_000 }, () => {
  const { result, stops } = debug('module', 'scripted-template.ts:22', 'scripted-template.ts:23')
  expect(result).toBe(6)
  const inside = stops.filter(({ name }) => name === 'forward')
  expect(inside.map(({ line, variables }) => [line, variables.n, variables.total, variables.i])).toEqual([
    [22, 3, 0, 0],
    [22, 3, 0, 1],
    [22, 3, 2, 2],
    [23, 3, 6, expect.anything()],
  ])
})
