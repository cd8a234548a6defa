import { type SourceRange, type Type, typeEquals } from '@tsjit/types'
import type { FunctionEmitter } from './emitter.ts'

/** A variable that is known to have a narrower type. */
export interface Refinement {
  readonly name: string
  readonly type: Type
}

/** What a condition tells of variables' types where it holds, and where it does not. */
export class RefinementSet {
  static readonly none = new RefinementSet([], [])
  constructor(
    readonly whenTrue: readonly Refinement[],
    readonly whenFalse: readonly Refinement[],
  ) {}
  and(other: RefinementSet): RefinementSet {
    return new RefinementSet(unite(this.whenTrue, other.whenTrue), intersect(this.whenFalse, other.whenFalse))
  }
  or(other: RefinementSet): RefinementSet {
    return new RefinementSet(intersect(this.whenTrue, other.whenTrue), unite(this.whenFalse, other.whenFalse))
  }
  not(): RefinementSet {
    return new RefinementSet(this.whenFalse, this.whenTrue)
  }
}

function unite(a: readonly Refinement[], b: readonly Refinement[]): Refinement[] {
  const result = [...a]
  for (const refinement of b) {
    const at = result.findIndex(({ name }) => name === refinement.name)
    if (at < 0) result.push(refinement)
    // Two different types for one variable say nothing.
    else if (!typeEquals(result[at].type, refinement.type)) result.splice(at, 1)
  }
  return result
}

function intersect(a: readonly Refinement[], b: readonly Refinement[]): Refinement[] {
  return a.filter(({ name, type }) => {
    const other = b.find((refinement) => refinement.name === name)
    return other !== undefined && typeEquals(type, other.type)
  })
}

/** Gives the variables their narrower types in the current block, by `prim::unchecked_cast`. */
export function insertRefinements(emitter: FunctionEmitter, refinements: readonly Refinement[], range: SourceRange): void {
  for (const { name, type } of refinements) {
    const value = emitter.environment.getValue(name, range)
    const node = emitter.graph.insert('prim::unchecked_cast', [value], [type], range)
    emitter.environment.set(name, node.output, range)
  }
}
