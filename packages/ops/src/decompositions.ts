import type { Decomposition, DecompositionTable } from './dispatch.ts'
import { nnDecompositions } from './families/nn-decompositions.ts'

/** The tables of all families: add a family here. */
const tables: readonly DecompositionTable[] = [...nnDecompositions]

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
