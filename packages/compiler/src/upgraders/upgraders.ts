import { CompilationUnit, type Graph, type GraphFunction } from '@tsjit/ir'
import { parseModule } from '@tsjit/parser'
import { type FunctionSchema, parseSchema, Source } from '@tsjit/types'
import { compileFunction } from '../compile-function.ts'
import { NativeResolver } from '../native-resolver.ts'
import { upgraderSources } from './sources.ts'
import { versionMap } from './version-map.ts'

/** An operator as an older format version meant it. */
export interface Upgrade {
  readonly schema: FunctionSchema
  readonly upgrader: string
}

const upgrades = new Map<string, Upgrade>()

/** What operator `key` meant in archives of this format version, where that differs from today. */
export function historicSchema(key: string, version: number): Upgrade | undefined {
  if (!Object.hasOwn(versionMap, key)) return undefined
  const entry = versionMap[key].find(({ since }) => version < since)
  if (!entry) return undefined
  let found = upgrades.get(entry.upgrader)
  if (!found) {
    found = { schema: parseSchema(entry.schema), upgrader: entry.upgrader }
    upgrades.set(entry.upgrader, found)
  }
  return found
}

/** Overloads that existed in this format version under a name that has none today. */
export function historicSchemas(name: string, version: number): Upgrade[] {
  const keys = Object.keys(versionMap).filter((key) => key === name || key.startsWith(`${name}.`))
  return keys.flatMap((key) => historicSchema(key, version) ?? [])
}

const compiled = new Map<string, GraphFunction>()

export function upgraderGraph({ upgrader }: Upgrade): Graph {
  let fn = compiled.get(upgrader)
  if (!fn) {
    const [def] = parseModule(new Source(upgraderSources[upgrader], '<upgrader>')).body
    if (def.type !== 'FunctionDef') throw new Error(`upgrader ${upgrader} is not a function`)
    fn = compileFunction(new CompilationUnit(), def, { name: upgrader, resolver: new NativeResolver() })
    compiled.set(upgrader, fn)
  }
  return fn.graph
}
