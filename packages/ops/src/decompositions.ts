import type { Decomposition, DecompositionTable } from './dispatch.ts'
import { aliasDecompositionOf, aliasKeys } from './families/aliases.ts'
import { nnDecompositions } from './families/nn-decompositions.ts'
import { shapeDecompositions } from './families/shapes.ts'
import { statisticsDecompositions } from './families/statistics.ts'
import { viewCopyDecompositions } from './families/view-copies.ts'

/** The tables of all families but the aliases: add a family here. */
const tables: readonly DecompositionTable[] = [shapeDecompositions, statisticsDecompositions, viewCopyDecompositions, ...nnDecompositions]

let all: Map<string, Decomposition> | undefined
const tabled = (): ReadonlyMap<string, Decomposition> => (all ??= new Map(tables.flatMap((table) => Object.entries(table))))

/** How an operator is made of others, by key. */
export function decompositionOf(key: string): Decomposition | undefined {
  return tabled().get(key) ?? aliasDecompositionOf(key)
}

/** The keys that have a decomposition. */
export function decompositionKeys(): string[] {
  return [...new Set([...tabled().keys(), ...aliasKeys()])]
}
