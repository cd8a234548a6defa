import type { FunctionDef, Parameter } from '@tsjit/parser'
import { type Argument, FunctionSchema, type TupleType, type Type } from '@tsjit/types'
import { fail } from './errors.ts'
import { InferredTensorT } from './inferred-tensor.ts'
import { evaluateLiteral } from './literals.ts'
import type { NameResolver } from './native-resolver.ts'
import { broadcastingList, refuseFinal, typeFromExpression } from './type-annotations.ts'

/**
 * The schema that a `def` declares. `self` (the type of the first parameter) is given for methods. `returns` is empty where the
 * result is not annotated. Parameters without annotation are tensors.
 */
export function declaredSchema(
  def: FunctionDef,
  name: string,
  resolver: NameResolver,
  self?: Type,
  { lateDefaults = false }: { readonly lateDefaults?: boolean } = {},
): FunctionSchema {
  const parameters = self ? def.parameters.slice(1) : def.parameters
  if (self && def.parameters.length === 0) fail('TSJ_SYNTAX_USE', 'methods must have a self argument', def.range)
  checkSignature(def, self !== undefined)
  const args = parameters.map((parameter, i) => argumentOf(parameter, signatureType(def, i, self !== undefined), resolver, lateDefaults))
  if (self) args.unshift({ name: def.parameters[0].name, type: self, typeText: self.toString(), hasDefault: false, kwargOnly: false })
  const result = def.result ?? def.typeComment?.signature?.result
  const returns: Argument[] = []
  if (result) {
    if (broadcastingList(result)) fail('TSJ_UNKNOWN_TYPE', 'Broadcastable lists cannot appear as a return type', result.range)
    returns.push(resultArgument(typeFromExpression(result, resolver)))
  }
  return new FunctionSchema(name, '', args, returns)
}

/** A type as schemas print it: NamedTuples by name, wherever they stand. */
function schemaText(type: Type): string {
  switch (type.kind) {
    case 'Tuple':
      return (type as TupleType).name ?? `(${type.contained().map(schemaText).join(', ')})`
    case 'List':
      return `${schemaText(type.contained()[0])}[]`
    case 'Optional':
      return `${schemaText(type.contained()[0])}?`
  }
  return type.toString()
}

export function resultArgument(type: Type): Argument {
  return { name: '', type, typeText: schemaText(type), hasDefault: false, kwargOnly: false }
}

function signatureType(def: FunctionDef, index: number, isMethod: boolean) {
  const signature = def.typeComment?.signature
  if (!signature) return undefined
  // `# type: (int) -> …` on a method may or may not speak of self.
  const skip = isMethod && signature.parameters.length === def.parameters.length ? 1 : 0
  return signature.parameters[index + skip]
}

/** A `# type:` comment speaks of all parameters, or of all but `self`. */
function checkSignature({ typeComment, parameters, range }: FunctionDef, isMethod: boolean): void {
  const given = typeComment?.signature?.parameters.length
  if (given === undefined || given === parameters.length || (isMethod && given === parameters.length - 1)) return
  const expected = parameters.length - (isMethod ? 1 : 0)
  fail(
    'TSJ_SYNTAX_USE',
    `Number of type annotations (${given}) did not match the number of ${isMethod ? 'method' : 'function'} parameters (${expected})`,
    range,
  )
}

function argumentOf(parameter: Parameter, fromComment: Parameter['annotation'], resolver: NameResolver, lateDefaults: boolean): Argument {
  if (parameter.kind === 'varargs' || parameter.kind === 'kwargs') {
    fail(
      'TSJ_UNSUPPORTED',
      "Compiled functions can't take variable number of arguments or use keyword-only arguments with defaults",
      parameter.range,
    )
  }
  const annotation = parameter.annotation ?? parameter.typeComment?.expression ?? fromComment
  if (annotation) refuseFinal(annotation)
  const broadcast = annotation && broadcastingList(annotation)
  const type = broadcast?.type ?? (annotation ? typeFromExpression(annotation, resolver) : InferredTensorT)
  const { defaultValue } = parameter
  return {
    name: parameter.name,
    type,
    typeText: schemaText(type),
    kwargOnly: parameter.kind === 'keyword-only',
    hasDefault: defaultValue !== undefined && !lateDefaults,
    ...(broadcast ? { listSize: broadcast.size } : {}),
    ...(defaultValue && !lateDefaults ? { defaultValue: evaluateLiteral(defaultValue, type, resolver).value } : {}),
  }
}
