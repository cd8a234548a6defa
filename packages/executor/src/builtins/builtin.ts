import type { Graph, GraphFunction, Node } from '@tsjit/ir'
import type { Dispatcher } from '@tsjit/runtime'
import type { Callable, Type } from '@tsjit/types'

/** What operators get at run time beside their arguments. */
export interface Context {
  readonly dispatcher: Dispatcher
  readonly print: (text: string) => void
  readonly warn: (text: string) => void
  /** Runs a function on runtime values of its graph's types. */
  call(callee: Callable, args: unknown[]): unknown
  /** Something runnable for a function or a graph, made on first use. */
  prepare(callee: GraphFunction | Graph, name: string): (args: unknown[]) => unknown
}

/**
 * An operator that the executor computes itself, by operator key. Arguments come in schema order under the schema's types, the result
 * is one value, or an array where the schema returns several (or none: undefined).
 */
export type Builtin = (...args: any[]) => unknown
export type BuiltinTable = Readonly<Record<string, Builtin>>

/** An operator whose work depends on its node: attributes, static types, number of inputs. */
export type NodeBuiltin = (node: Node, context: Context, inputTypes: readonly Type[]) => Builtin
export type NodeBuiltinTable = Readonly<Record<string, NodeBuiltin>>
