import type { FunctionDef, Parameter } from '@tsjit/parser'
import { type Argument, FunctionSchema, TensorT, type Type } from '@tsjit/types'
import { fail } from './errors.ts'
import { evaluateLiteral } from './literals.ts'
import type { NameResolver } from './native-resolver.ts'
import { broadcastingList, typeFromExpression } from './type-annotations.ts'

/**
 * The schema that a `def` declares. `self` (the type of the first parameter) is given for methods. `returns` is empty where the
 * result is not annotated. Parameters without annotation are tensors.
 */
export function declaredSchema(def: FunctionDef, name: string, resolver: NameResolver, self?: Type): FunctionSchema {
  const parameters = self ? def.parameters.slice(1) : def.parameters
  if (self && def.parameters.length === 0) fail('TSJ_SYNTAX_USE', 'methods must have a self argument', def.range)
  const args = parameters.map((parameter, i) => argumentOf(parameter, signatureType(def, i, self !== undefined), resolver))
  if (self) args.unshift({ name: def.parameters[0].name, type: self, typeText: self.toString(), hasDefault: false, kwargOnly: false })
  const result = def.result ?? def.typeComment?.signature?.result
  const returns: Argument[] = []
  if (result) {
    if (broadcastingList(result)) fail('TSJ_UNKNOWN_TYPE', 'Broadcastable lists cannot appear as a return type', result.range)
    returns.push(resultArgument(typeFromExpression(result, resolver)))
  }
  return new FunctionSchema(name, '', args, returns)
}

export function resultArgument(type: Type): Argument {
  return { name: '', type, typeText: type.toString(), hasDefault: false, kwargOnly: false }
}

function signatureType(def: FunctionDef, index: number, isMethod: boolean) {
  const signature = def.typeComment?.signature
  if (!signature) return undefined
  // `# type: (int) -> …` on a method may or may not speak of self.
  const skip = isMethod && signature.parameters.length === def.parameters.length ? 1 : 0
  return signature.parameters[index + skip]
}

function argumentOf(parameter: Parameter, fromComment: Parameter['annotation'], resolver: NameResolver): Argument {
  if (parameter.kind === 'varargs' || parameter.kind === 'kwargs') {
    fail(
      'TSJ_UNSUPPORTED',
      "Compiled functions can't take variable number of arguments or use keyword-only arguments with defaults",
      parameter.range,
    )
  }
  const annotation = parameter.annotation ?? parameter.typeComment?.expression ?? fromComment
  const broadcast = annotation && broadcastingList(annotation)
  const type = broadcast?.type ?? (annotation ? typeFromExpression(annotation, resolver) : TensorT)
  const { defaultValue } = parameter
  return {
    name: parameter.name,
    type,
    typeText: type.toString(),
    kwargOnly: parameter.kind === 'keyword-only',
    hasDefault: defaultValue !== undefined,
    ...(broadcast ? { listSize: broadcast.size } : {}),
    ...(defaultValue ? { defaultValue: evaluateLiteral(defaultValue, type, resolver).value } : {}),
  }
}
