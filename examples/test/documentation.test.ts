/** The examples of PyTorch's documentation of TorchScript print what PyTorch prints (documentation/record.py). */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'

const folder = fileURLToPath(new URL('../documentation/', import.meta.url))
const sources = process.env.TSJIT_TEST_BUILT ? [] : ['--conditions', 'tsjit-source']
const node = (env: Record<string, string>, ...args: string[]): string =>
  execFileSync(process.execPath, [...sources, '--import', 'tsx', ...args], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: { ...process.env, ...env },
  })

const files = readdirSync(folder)
const names = files.flatMap((file) => (/^[\w-]+\.expected\.txt$/.test(file) ? [file.replace('.expected.txt', '')] : []))

/** A graph with values numbered `%0`, `%1`, … in the order in which they appear. */
function renumbered(graph: string): string {
  const numbers = new Map<string, string>()
  return graph.replace(/%[\w.]+/g, (name) => {
    if (!numbers.has(name)) numbers.set(name, `%${numbers.size}`)
    return numbers.get(name)!
  })
}

/** Graphs in canonical form (values are numbered otherwise), and none of the places and process-wide numbers that differ from run to run. */
function comparable(text: string): string {
  return text
    .replace(/ +# [^\n]*:\d+:\d+$/gm, '')
    .replace(/___torch_mangle_\d+\./g, '')
    .replace(/^graph\([\s\S]*?\n {2}return .*$/gm, renumbered)
    .replace(/[ \t]+$/gm, '')
}

describe('examples of the documentation', () => {
  let printed: Record<string, string> = {}
  beforeAll(() => {
    const paths = names.map((name) => `${folder}${name}.ts`)
    const texts = JSON.parse(node({}, fileURLToPath(new URL('run-examples.ts', import.meta.url)), ...paths)) as Record<string, string>
    printed = Object.fromEntries(Object.entries(texts).map(([path, text]) => [basename(path, '.ts'), text]))
  }, 300_000)

  it.each(names)('%s', (name) => {
    expect(comparable(printed[name])).toBe(comparable(readFileSync(`${folder}${name}.expected.txt`, 'utf8')))
  })
})

describe('TSJIT=0', () => {
  it('leaves functions as they are', () => {
    const expected = readFileSync(`${folder}disable-jit.off.expected.txt`, 'utf8')
    expect(node({ TSJIT: '0' }, `${folder}disable-jit.ts`)).toBe(expected)
  })
})

describe('the index', () => {
  const index = readFileSync(`${folder}README.md`, 'utf8')
  const named = new Set([...index.matchAll(/\]\(([\w.-]+)\)/g)].map(([, file]) => file))
  it('names files that exist', () => {
    for (const file of named) expect(existsSync(folder + file), file).toBe(true)
  })
  it('names every file', () => {
    for (const file of files) if (/\.(?:ts|py)$/.test(file)) expect(named, file).toContain(file)
  })
})
