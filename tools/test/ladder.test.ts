import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The rows of ARCHITECTURE.md's table: package to what it may depend on. */
function ladder(): Map<string, Set<string>> {
  const rows = new Map<string, Set<string>>()
  for (const line of readFileSync(join(root, 'ARCHITECTURE.md'), 'utf8').split('\n')) {
    const cells = line.split('|').map((cell) => cell.trim())
    const name = /^`packages\/([\w-]+)`$/.exec(cells[2] ?? '')?.[1]
    if (name) rows.set(name, new Set(cells[4] === 'nothing' ? [] : cells[4].split(',').map((dependency) => dependency.trim())))
  }
  return rows
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    return statSync(path).isDirectory() ? sourceFiles(path) : /\.ts$/.test(name) ? [path] : []
  })
}

const table = ladder()
const packages = readdirSync(join(root, 'packages'))
const packageOf = (specifier: string): string | undefined => (specifier === 'tsjit' ? 'cli' : /^@tsjit\/([\w-]+)/.exec(specifier)?.[1])

describe('the ladder of packages', () => {
  it('has a row for every package', () => {
    expect([...table.keys()].sort()).toEqual([...packages].sort())
  })

  it.each(packages)('%s declares and imports only what stands below it', (name) => {
    const allowed = table.get(name)!
    const manifest = JSON.parse(readFileSync(join(root, 'packages', name, 'package.json'), 'utf8'))
    const declared = Object.keys(manifest.dependencies ?? {})
      .map(packageOf)
      .filter((dependency) => dependency !== undefined)
    expect(declared.filter((dependency) => !allowed.has(dependency))).toEqual([])
    const references = JSON.parse(readFileSync(join(root, 'packages', name, 'tsconfig.json'), 'utf8')).references.map(
      (r: { path: string }) => r.path.replace('../', ''),
    )
    expect([...references].sort()).toEqual([...declared].sort())
    for (const file of sourceFiles(join(root, 'packages', name, 'src'))) {
      for (const [, plain, dynamic] of readFileSync(file, 'utf8').matchAll(
        /^(?:import|export|} from)\b[^'\n]*'([^']+)'|\bimport\('([^']+)'\)/gm,
      )) {
        const specifier = plain ?? dynamic
        const target = packageOf(specifier)
        if (target && target !== name) expect(declared, `${file} imports ${specifier}`).toContain(target)
      }
    }
  })
})
