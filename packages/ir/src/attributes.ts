import type { Type } from '@tsjit/types'
import type { Graph } from './graph.ts'

/**
 * A node's attribute. `kind` is PyTorch's: i int (number, or bigint beyond 2^53), f float, c complex, s string, t tensor,
 * ty type, g graph, their plurals, and ival for constants that are lists, tuples, dicts, devices, enums or objects.
 * Tensors and ivals are runtime values; the IR holds them without looking inside.
 */
export type AttributeValue =
  | { readonly kind: 'i'; readonly value: number | bigint }
  | { readonly kind: 'f'; readonly value: number }
  | { readonly kind: 'c'; readonly value: { readonly re: number; readonly im: number } }
  | { readonly kind: 's'; readonly value: string }
  | { readonly kind: 't'; readonly value: unknown }
  | { readonly kind: 'ival'; readonly value: unknown }
  | { readonly kind: 'ty'; readonly value: Type }
  | { readonly kind: 'g'; readonly value: Graph }
  | { readonly kind: 'is'; readonly value: readonly (number | bigint)[] }
  | { readonly kind: 'fs'; readonly value: readonly number[] }
  | { readonly kind: 'ss'; readonly value: readonly string[] }
  | { readonly kind: 'ts'; readonly value: readonly unknown[] }
  | { readonly kind: 'tys'; readonly value: readonly Type[] }

/** What an attribute of each kind holds. */
export interface AttributeKinds {
  i: number | bigint
  f: number
  c: { readonly re: number; readonly im: number }
  s: string
  t: unknown
  ival: unknown
  ty: Type
  g: Graph
  is: readonly (number | bigint)[]
  fs: readonly number[]
  ss: readonly string[]
  ts: readonly unknown[]
  tys: readonly Type[]
}
