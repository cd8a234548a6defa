import type { Node } from '@tsjit/ir'
import type { Argument, FunctionSchema } from '@tsjit/types'
import { constantOfValue } from './constant-values.ts'

export interface NecessaryArguments {
  /** How many of the leading inputs are written. */
  readonly leading: number
  /** How many `out` arguments the schema ends with. */
  readonly out: number
}

/** Which arguments a call must state: trailing constants that equal the schema's defaults are left out, `out` arguments never. */
export function necessaryArguments(schema: FunctionSchema, node: Node): NecessaryArguments {
  const { args } = schema
  let last = args.length - 1
  while (last >= 0 && isOut(args[last])) last--
  const out = args.length - 1 - last
  if (args.length < node.inputs.length) return { leading: node.inputs.length, out }
  while (last >= 0 && isDefault(args[last], node, last, schema)) last--
  return { leading: last + 1, out }
}

function isOut({ kwargOnly, alias }: Argument): boolean {
  return kwargOnly && alias?.isWrite === true
}

function isDefault(argument: Argument, node: Node, index: number, schema: FunctionSchema): boolean {
  if (!argument.hasDefault || index >= node.inputs.length) return false
  const given = constantOfValue(node.inputs[index])
  if (!given) return false
  const { defaultValue } = argument
  const { value } = given
  if (value === null || value === undefined) return defaultValue === null
  switch (typeof defaultValue) {
    case 'number': {
      const isInt = typeof value === 'number' ? valueKind(given.type.kind, value) === 'int' : typeof value === 'bigint'
      const wantsInt = argument.type.kind === 'float' || isFloatDefault(argument, schema) ? false : Number.isInteger(defaultValue)
      return isInt === wantsInt && typeof value !== 'boolean' && Number(value) === defaultValue
    }
    case 'boolean':
    case 'string':
      return value === defaultValue
    default:
      return Array.isArray(defaultValue) && Array.isArray(value) && sameItems(defaultValue, value)
  }
}

function valueKind(kind: string, value: number): 'int' | 'float' {
  if (kind === 'int' || kind === 'float') return kind
  return Number.isInteger(value) ? 'int' : 'float'
}

/** `Scalar alpha=1.0`: a float although its value is whole, as the schema's text says. */
function isFloatDefault({ name, type }: Argument, { text }: FunctionSchema): boolean {
  const plain = type.kind === 'Optional' ? type.contained()[0] : type
  if (plain.kind === 'float') return true
  return plain.kind === 'Scalar' && text !== undefined && new RegExp(`\\b${name}=-?\\d*[.e]`).test(text)
}

function sameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i])
}
