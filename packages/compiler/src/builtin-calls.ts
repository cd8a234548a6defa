import type { GraphFunction, Value } from '@tsjit/ir'
import { operatorNames, overloadsOf } from '@tsjit/ops'
import { type FunctionSchema, isSubtype, type SourceRange, TensorT, type Type } from '@tsjit/types'
import { builtinFunctionsFor } from './builtin-functions.ts'
import type { FunctionEmitter } from './emitter.ts'
import { fail } from './errors.ts'
import { inlineGraph } from './inline-graph.ts'
import { nearNames } from './near-names.ts'
import type { OverloadChoices } from './overload-choices.ts'
import { type CallArguments, emitInputs, matchSchemas, packOutputs } from './schema-matching.ts'
import { evaluateTypeVariables, matchTypeVariables } from './type-variables.ts'
import { historicSchema, historicSchemas, type Upgrade, upgraderGraph } from './upgraders/upgraders.ts'

/** Everything that a call of an operator's name may take, in the order in which it is tried. */
interface OverloadSet {
  /** The current schemas, those of `upgrades`, those of `scripted`. */
  readonly schemas: readonly FunctionSchema[]
  readonly upgrades: readonly Upgrade[]
  readonly scripted: readonly GraphFunction[]
  readonly choices: OverloadChoices
}

const overloadSets = new Map<string, OverloadSet>()

function overloadSet(symbol: string, operatorVersion: number | undefined): OverloadSet {
  const scripted = builtinFunctionsFor(symbol)
  const known = overloadSets.get(symbol)
  // While scripted operators are compiled themselves there are none of them yet.
  if (operatorVersion === undefined && known?.scripted === scripted) return known
  const variants = overloadsOf(symbol)
  const schemas: FunctionSchema[] = []
  const upgrades: Upgrade[] = []
  for (const { schema } of variants) {
    const upgrade = operatorVersion === undefined ? undefined : historicSchema(schema.key, operatorVersion)
    if (upgrade) upgrades.push(upgrade)
    else schemas.push(schema)
  }
  if (variants.length === 0 && operatorVersion !== undefined) upgrades.push(...historicSchemas(symbol, operatorVersion))
  for (const { schema } of upgrades) schemas.push(schema)
  for (const { schema } of scripted) schemas.push(schema)
  const set: OverloadSet = { schemas, upgrades, scripted, choices: new Map() }
  if (operatorVersion === undefined && schemas.length > 0) overloadSets.set(symbol, set)
  return set
}

/**
 * Emits a call of the operator with this name, picking the overload as PyTorch does: current schemas in table order, then schemas
 * of older format versions (which are replaced by their upgraders), then operators that are defined in script (`2 - tensor`).
 * Throws TSJ_UNKNOWN_OPERATOR or TSJ_ARGUMENTS.
 */
export function emitBuiltin(emitter: FunctionEmitter, symbol: string, call: CallArguments, range: SourceRange): Value {
  const { graph, operatorVersion } = emitter
  const { schemas, upgrades, scripted, choices } = overloadSet(symbol, operatorVersion)
  const current = schemas.length - upgrades.length - scripted.length
  if (schemas.length === 0) {
    if (!emitter.unit.keepsUnknownOperators) unknownOperator(symbol, range)
    const given = [...(call.self ? [call.self] : []), ...call.args, ...call.kwargs]
    return graph.insert(
      symbol,
      given.map(({ value }) => value),
      [TensorT],
      range,
    ).output
  }

  const { index, match } = matchSchemas(schemas, call, range, choices)
  const inputs = emitInputs(graph, match, range)
  if (index >= current + upgrades.length) return inlineGraph(graph, scripted[index - current - upgrades.length].graph, inputs, range)[0]
  if (index >= current) return packOutputs(graph, match, inlineGraph(graph, upgraderGraph(upgrades[index - current]), inputs, range))
  const types = match.returnTypes.map((type, i) =>
    type.kind === 'AnyClass' ? namedClass(emitter, match.schema.returns[i].typeText, type) : type,
  )
  const node = graph.insert(symbol, inputs, types, range)
  node.schema = match.schema
  return packOutputs(graph, match, node.outputs)
}

/** Schemas name the classes that operators return (`__torch__.torch.classes.…`); their type is only known by that text. */
function namedClass(emitter: FunctionEmitter, text: string, otherwise: Type): Type {
  return text.startsWith('__torch__.') ? (emitter.resolver.resolveType(text, undefined) ?? otherwise) : otherwise
}

/** Whether a value of this type can be the `self` of one of the operator's overloads. */
export function isBuiltinMethod(symbol: string, self: Type): boolean {
  return overloadsOf(symbol).some(({ schema }) => {
    const formal = schema.args.find(({ name }) => name === 'self')
    if (!formal) return false
    const bindings = new Map<string, Type>()
    if (matchTypeVariables(formal.type, self, bindings) !== undefined) return false
    const concrete = evaluateTypeVariables(formal.type, bindings)
    return concrete !== undefined && isSubtype(self, concrete)
  })
}

function unknownOperator(symbol: string, range: SourceRange): never {
  const close = nearNames(symbol, operatorNames())
  const rest =
    close.length === 0
      ? `Could not find any similar ops to ${symbol}. This op may not exist or may not be currently supported in TorchScript.\n`
      : `Here are some suggestions: \n${close.map((name) => `\t${name}\n`).join('')}\nThe original call is`
  return fail('TSJ_UNKNOWN_OPERATOR', `Unknown builtin op: ${symbol}.\n${rest}`, range)
}
