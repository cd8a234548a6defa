import { overloadsOf } from '@tsjit/ops'
import { type FunctionSchema, isSubtype, type Type, typeEquals, type VarType } from '@tsjit/types'
import type { Node } from './graph.ts'

/** The first overload of the node's operator that its inputs fit, as PyTorch's `Node::maybeSchema` finds it; undefined where there is none. */
export function findSchema(node: Node): FunctionSchema | undefined {
  for (const { schema } of overloadsOf(node.kind)) if (matchesSchema(node, schema)) return schema
  return undefined
}

/** Whether the inputs are the schema's arguments, defaults included: the form that nodes have in a graph. */
export function matchesSchema(node: Node, schema: FunctionSchema): boolean {
  const { inputs } = node
  const { args } = schema
  if (inputs.length < args.length || (inputs.length > args.length && !schema.isVararg)) return false
  const bound = new Map<string, Type>()
  return args.every((argument, i) => fits(inputs[i].type, argument.type, bound))
}

function fits(actual: Type, formal: Type, bound: Map<string, Type>): boolean {
  if (!hasVariable(formal)) return isSubtype(actual, formal)
  if (formal.kind === 'Var') {
    const known = bound.get((formal as VarType).name)
    if (known) return isSubtype(actual, known)
    bound.set((formal as VarType).name, actual)
    return true
  }
  if (formal.kind === 'Optional') {
    if (actual.kind === 'None') return true
    return fits(actual.kind === 'Optional' ? actual.contained()[0] : actual, formal.contained()[0], bound)
  }
  if (actual.kind !== formal.kind) return false
  const left = actual.contained()
  const right = formal.contained()
  return (
    left.length === right.length && right.every((type, i) => (hasVariable(type) ? fits(left[i], type, bound) : typeEquals(left[i], type)))
  )
}

function hasVariable(type: Type): boolean {
  return type.kind === 'Var' || type.contained().some(hasVariable)
}
