import type { Decomposition, DecompositionTable } from './dispatch.ts'
import { aliasDecompositions } from './families/aliases.ts'
import { nnDecompositions } from './families/nn-decompositions.ts'
import { shapeDecompositions } from './families/shapes.ts'
import { statisticsDecompositions } from './families/statistics.ts'
import { viewCopyDecompositions } from './families/view-copies.ts'

/** The tables of all families: add a family here. */
const tables: readonly DecompositionTable[] = [
  aliasDecompositions,
  shapeDecompositions,
  statisticsDecompositions,
  viewCopyDecompositions,
  ...nnDecompositions,
]

let all: Map<string, Decomposition> | undefined

/** How an operator is made of others, by key. */
export function decompositionOf(key: string): Decomposition | undefined {
  all ??= new Map(tables.flatMap((table) => Object.entries(table)))
  return all.get(key)
}

/** The keys that have a decomposition. */
export function decompositionKeys(): string[] {
  decompositionOf('')
  return [...all!.keys()]
}
