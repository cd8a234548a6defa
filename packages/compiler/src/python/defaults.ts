import type { FunctionDef } from '@tsjit/parser'
import { type Argument, FunctionSchema, type OptionalType, type SourceRange, type Type, type UnionType } from '@tsjit/types'
import { fail } from '../errors.ts'
import { InferredTensorT } from '../inferred-tensor.ts'
import { evaluate, type Scope } from './evaluate.ts'
import { PythonContainer, type PythonObject } from './python-object.ts'

/** The schema with the defaults of the definition's parameters. Throws TSJ_TYPE where one does not fit its type. */
export function withDefaults(schema: FunctionSchema, def: FunctionDef, scope: Scope, isOverload = false): FunctionSchema {
  if (!def.parameters.some(({ defaultValue }) => defaultValue)) return schema
  const args = schema.args.map((argument): Argument => {
    const expression = def.parameters.find(({ name }) => name === argument.name)?.defaultValue
    if (!expression) return argument
    const object = evaluate(expression, scope)
    // The implementation's default may suit another overload.
    if (isOverload && !plainValue(object, argument.type, argument.listSize)) return argument
    // Nothing runs, so what a call that makes a tensor gives is not known: callers pass one.
    if (object.typeName === 'Tensor' && isTensor(argument.type)) return { ...argument, hasUnknownDefault: true }
    return { ...argument, hasDefault: true, defaultValue: defaultFor(object, argument, def.range) }
  })
  return new FunctionSchema(schema.name, schema.overload, args, schema.returns)
}

const isTensor = (type: Type): boolean =>
  type.kind === 'Tensor' || (type.kind === 'Optional' && (type as OptionalType).element.kind === 'Tensor')

function defaultFor(object: PythonObject, { name, type, listSize }: Argument, range: SourceRange): unknown {
  if (object instanceof PythonContainer && object.typeName !== 'tuple') {
    fail(
      'TSJ_TYPE',
      `Mutable default parameters are not supported because Python binds them to the function and they persist across function calls.\n As a workaround, make the default None and instantiate the default parameter within the body of the function. Found <class '${object.typeName}'> on parameter ${name}`,
      range,
    )
  }
  const found = plainValue(object, type, listSize)
  if (!found) {
    const annotation = type.annotation()
    const inferred =
      type === InferredTensorT ? `Because "${name}" was not annotated with an explicit type it is assumed to be type 'Tensor'.` : ''
    fail('TSJ_TYPE', `Expected a default value of type ${annotation} on parameter "${name}".${inferred}`, range)
  }
  return found!.value
}

/** The object as a plain value of a type, as PyTorch's `toIValue` converts it. */
export function plainValue(object: PythonObject, type: Type, listSize?: number): { value: unknown } | undefined {
  const known = object.constant()
  const kind = known?.type.kind
  switch (type.kind) {
    case 'Optional':
      if (kind === 'None') return { value: null }
      return plainValue(object, (type as OptionalType).element, listSize)
    case 'Tensor':
      // None stands for an undefined tensor.
      return kind === 'None' ? { value: null } : undefined
    case 'None':
      return kind === 'None' ? { value: null } : undefined
    case 'int':
      if (kind === 'int') return { value: normal(known!.value) }
      return kind === 'bool' ? { value: known!.value ? 1 : 0 } : undefined
    case 'float':
      return kind === 'int' || kind === 'float' ? { value: Number(known!.value) } : undefined
    case 'complex':
      if (kind === 'complex') return { value: known!.value }
      return kind === 'int' || kind === 'float' ? { value: { re: Number(known!.value), im: 0 } } : undefined
    case 'bool':
      // What Python takes for true or false: None and numbers, too.
      return kind === 'bool' || kind === 'None' || kind === 'int' || kind === 'float'
        ? { value: Boolean(Number(known!.value ?? 0)) }
        : undefined
    case 'Scalar':
      return kind === 'int' || kind === 'float' || kind === 'bool' || kind === 'complex' ? { value: known!.value } : undefined
    case 'str':
      return kind === 'str' ? { value: known!.value } : undefined
    case 'Device':
      return kind === 'Device' || kind === 'str' ? { value: known!.value } : undefined
    case 'Any':
      return known ? { value: known.value } : undefined
    case 'Enum':
      return kind === 'Enum' ? { value: known!.value } : undefined
    case 'Union': {
      if (kind === 'None') return (type as UnionType).members.some((member) => member.kind === 'None') ? { value: null } : undefined
      const exact = (type as UnionType).members.find((member) => member.kind === kind)
      if (exact) return plainValue(object, exact)
      return (type as UnionType).members.map((member) => plainValue(object, member)).find((found) => found !== undefined)
    }
    case 'List': {
      const element = type.contained()[0]
      if (listSize !== undefined && known) {
        const single = plainValue(object, element)
        // One number stands for the whole list; calls repeat it.
        return single
      }
      return object instanceof PythonContainer ? all(object.items.map((item) => plainValue(item, element))) : undefined
    }
    case 'Tuple': {
      const elements = type.contained()
      if (!(object instanceof PythonContainer) || object.items.length !== elements.length) return undefined
      return all(object.items.map((item, i) => plainValue(item, elements[i])))
    }
    default:
      return undefined
  }
}

function all(parts: readonly ({ value: unknown } | undefined)[]): { value: unknown } | undefined {
  return parts.every((part) => part !== undefined) ? { value: parts.map((part) => part!.value) } : undefined
}

function normal(value: unknown): unknown {
  return typeof value === 'bigint' && BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value
}
