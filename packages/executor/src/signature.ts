import type { Node } from '@tsjit/ir'
import { coercion } from '@tsjit/runtime'
import {
  type Argument,
  AwaitType,
  DictType,
  type FunctionSchema,
  FutureType,
  ListType,
  OptionalType,
  TupleType,
  type Type,
  type VarType,
} from '@tsjit/types'

export type Conversion = ((value: any) => unknown) | undefined

/** How the values around a node convert: inputs to the types its kernel expects, results to the types the graph gives its outputs. */
export interface Edges {
  readonly inputs: readonly Conversion[]
  readonly outputs: readonly Conversion[]
  /** The formal types with type variables bound. */
  readonly formals: readonly Type[]
}

/** Binds the schema's type variables by the inputs' static types and works out the conversions at the node's edges. */
export function edgesOf(node: Node, schema: FunctionSchema): Edges {
  const bound = new Map<string, Type>()
  schema.args.forEach((argument, i) => {
    if (i < node.inputs.length) bind(argument.type, node.inputs[i].type, bound)
  })
  const formals = schema.args.map((argument) => substitute(argument.type, bound))
  const inputs = node.inputs.map((input, i) =>
    i < formals.length ? argumentConversion(input.type, formals[i], schema.args[i]) : undefined,
  )
  const outputs = node.outputs.map((output, i) =>
    i < schema.returns.length ? resultConversion(substitute(schema.returns[i].type, bound), output.type) : undefined,
  )
  return { inputs, outputs, formals }
}

function argumentConversion(actual: Type, formal: Type, argument: Argument): Conversion {
  const wanted = formal.kind === 'Optional' ? formal.contained()[0] : formal
  // an int may stand for int[2]
  if (argument.listSize !== undefined && wanted.kind === 'List' && actual.kind === wanted.contained()[0].kind) {
    const size = argument.listSize
    return (value) => new Array(size).fill(value)
  }
  if (hasVariable(formal)) return undefined
  return coercion(actual, formal)
}

function resultConversion(from: Type, to: Type): Conversion {
  if (hasVariable(from) || from.kind === 'Any' || from.kind === 'AnyClass') return undefined
  return coercion(from, to)
}

function bind(formal: Type, actual: Type, bound: Map<string, Type>): void {
  if (formal.kind === 'Var') {
    const { name } = formal as VarType
    if (!bound.has(name) && actual.kind !== 'None') bound.set(name, actual)
    return
  }
  if (formal.kind === 'Optional') {
    bind(formal.contained()[0], actual.kind === 'Optional' ? actual.contained()[0] : actual, bound)
    return
  }
  if (formal.kind !== actual.kind) return
  const inside = actual.contained()
  for (const [i, type] of formal.contained().entries()) if (inside[i]) bind(type, inside[i], bound)
}

function hasVariable(type: Type): boolean {
  return type.kind === 'Var' || type.contained().some(hasVariable)
}

function substitute(type: Type, bound: ReadonlyMap<string, Type>): Type {
  if (!hasVariable(type)) return type
  const inside = type.contained().map((inner) => substitute(inner, bound))
  switch (type.kind) {
    case 'Var':
      return bound.get((type as VarType).name) ?? type
    case 'List':
      return new ListType(inside[0])
    case 'Dict':
      return new DictType(inside[0], inside[1])
    case 'Optional':
      return inside[0].kind === 'Optional' || inside[0].kind === 'None' ? inside[0] : new OptionalType(inside[0])
    case 'Tuple':
      return new TupleType(inside)
    case 'Future':
      return new FutureType(inside[0])
    case 'Await':
      return new AwaitType(inside[0])
    default:
      return type
  }
}
