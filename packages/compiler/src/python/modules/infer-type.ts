import {
  BoolType,
  type ClassType,
  ComplexType,
  DeviceType,
  DictType,
  FloatType,
  IntType,
  ListType,
  NoneType,
  StringType,
  TensorT,
  TsjitError,
  TupleType,
  type Type,
  unifyTypes,
} from '@tsjit/types'
import type { ConstantValue } from '../../constants.ts'
import type { PythonHost } from '../interpreter/host.ts'
import { typeNameOf } from '../interpreter/text.ts'
import { PyAttributeValue, PyConstant, PyDict, PyInstance, PyTuple } from '../interpreter/values.ts'
import { EnumMember } from '../python-class.ts'

export type Inferred = { readonly type: Type; readonly reason?: undefined } | { readonly type?: undefined; readonly reason: string }

/** The type of a Python value as PyTorch's `tryToInferType` finds it, or why it has none. */
export function inferType(host: PythonHost, value: unknown): Inferred {
  if (value instanceof PyAttributeValue) return inferType(host, value.value)
  if (value === null || value === undefined) return { type: NoneType }
  if (typeof value === 'boolean') return { type: BoolType }
  if (typeof value === 'bigint') return { type: IntType }
  if (typeof value === 'number') return { type: FloatType }
  if (typeof value === 'string') return { type: StringType }
  if (host.isTensor(value)) return { type: TensorT }
  if (value instanceof PyConstant) {
    if (value.typeName === 'complex') return { type: ComplexType }
    if (value.typeName === 'device') return { type: DeviceType }
    if (['dtype', 'layout', 'memory_format', 'qscheme'].includes(value.typeName)) return { type: IntType }
  }
  if (value instanceof EnumMember) return { type: value.constant().type }
  if (value instanceof PyTuple) {
    const elements: Type[] = []
    for (const item of value.items) {
      const found = inferType(host, item)
      if (!found.type) return found
      elements.push(found.type)
    }
    return { type: new TupleType(elements) }
  }
  if (value instanceof PyDict) return inferDict(host, value)
  if (Array.isArray(value)) return inferList(host, value)
  if (value instanceof PyInstance) {
    try {
      return { type: value.cls.compile() as ClassType }
    } catch (error) {
      if (!(error instanceof TsjitError)) throw error
      return { reason: `Could not compile class '${value.cls.name}': ${error.reason}` }
    }
  }
  return {
    reason: `Only tensors and (possibly nested) tuples of tensors, lists, or dictsare supported as inputs or outputs of traced functions, but instead got value of type ${typeNameOf(value)}.`,
  }
}

function inferList(host: PythonHost, list: readonly unknown[]): Inferred {
  if (list.length === 0) return { reason: 'List trace inputs must have elements' }
  let element: Type | undefined
  for (const item of list) {
    const found = inferType(host, item)
    if (!found.type) return { reason: `Could not infer type of list element: ${found.reason}` }
    const unified: Type | undefined = element ? unifyTypes(element, found.type) : found.type
    if (!unified) {
      return {
        reason: `List inputs to traced functions must have consistent element type. Found ${element!.annotation()} and ${found.type.annotation()}`,
      }
    }
    element = unified
  }
  return { type: new ListType(element!) }
}

function inferDict(host: PythonHost, dict: PyDict): Inferred {
  if (dict.size === 0) return { reason: 'Dictionary inputs must have entries' }
  let key: Type | undefined
  let element: Type | undefined
  for (const [k, v] of dict.entries()) {
    const keyFound = inferType(host, k)
    if (!keyFound.type) return { reason: `Could not infer type for a dictionary key: ${keyFound.reason}` }
    const keyUnified: Type | undefined = key ? unifyTypes(key, keyFound.type) : keyFound.type
    if (!keyUnified) {
      return {
        reason: `Dictionary inputs to traced functions must have consistent type. Found ${key!.annotation()} and ${keyFound.type.annotation()}`,
      }
    }
    const found = inferType(host, v)
    if (!found.type) return { reason: `Could not infer type for a dictionary value: ${found.reason}` }
    const unified: Type | undefined = element ? unifyTypes(element, found.type) : found.type
    if (!unified) {
      return {
        reason: `Dictionary inputs to traced functions must have consistent type. Found ${element!.annotation()} and ${found.type.annotation()}`,
      }
    }
    key = keyUnified
    element = unified
  }
  return { type: new DictType(key!, element!) }
}

/**
 * A value of `__constants__` as a constant of the class: numbers, texts, None, devices, dtypes, and tuples and lists of these (lists become
 * tuples). Undefined for anything else.
 */
export function constantFor(host: PythonHost, value: unknown): ConstantValue | undefined {
  if (Array.isArray(value) || value instanceof PyTuple) {
    const items = (Array.isArray(value) ? value : value.items).map((item) => constantFor(host, item))
    if (!items.every((item) => item !== undefined)) return undefined
    return { type: new TupleType(items.map((item) => item!.type)), value: items.map((item) => item!.value) }
  }
  if (host.isTensor(value) || value instanceof PyDict || value instanceof PyInstance) return undefined
  const { type } = inferType(host, value)
  if (!type || type.kind === 'Enum' || type.kind === 'complex') return undefined
  return { type, value: plain(value) }
}

/** A value that is no tensor and no object, as constants of graphs and schemas have it. */
export function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return BigInt(Number(value)) === value && Number.isSafeInteger(Number(value)) ? Number(value) : value
  if (value instanceof PyConstant) return value.value
  if (value instanceof EnumMember) return value.constant().value
  return value
}
