import { complexText, floatText, quotedText } from '@tsjit/ir'
import { Complex, Device, EnumValue, PackedParameters, ScriptObject, Tensor } from '@tsjit/runtime'
import {
  BoolType,
  ComplexType,
  DeviceType,
  type DictType,
  type EnumType,
  FloatType,
  IntType,
  StringType,
  TensorT,
  TsjitError,
  type TupleType,
  type Type,
} from '@tsjit/types'
import { type ConstantTable, unbox } from './constant-table.ts'
import type { TypedValue } from './constant-values.ts'
import { annotationText, type TypeNamer } from './type-annotation.ts'

export interface ConstantContext {
  readonly constants: ConstantTable
  readonly nameOf: TypeNamer
}

/** A constant as source code: a literal, `annotate(…)` where the literal does not tell the type, or `CONSTANTS.cN`. Throws TSJ_CODE_CONSTANT. */
export function constantText(constant: TypedValue, context: ConstantContext): string {
  const { type, value } = settle(constant)
  if (value === null || value === undefined) return 'None'
  if (value instanceof Tensor || value instanceof ScriptObject || value instanceof PackedParameters || hasWideText(value)) {
    return `CONSTANTS.c${context.constants.add({ type, value })}`
  }
  const inner = (part: unknown, partType: Type): string => constantText({ type: partType, value: part }, context)
  switch (type.kind) {
    case 'int':
      return String(value)
    case 'float':
      return floatText(Number(value))
    case 'bool':
      return value ? 'True' : 'False'
    case 'complex':
      return complexText(value as Complex)
    case 'str':
      return quotedText(value as string)
    case 'Device':
      return `torch.device(${quotedText(String(value))})`
    case 'Enum':
      return `${context.nameOf(type)}.${(value as EnumValue).name}`
    case 'Tuple': {
      const { elements, name } = type as TupleType
      const items = (value as readonly unknown[]).map((item, i) => inner(item, elements[i]))
      return `${name === undefined ? '' : context.nameOf(type)}(${items.join(', ')}${items.length === 1 ? ',' : ''})`
    }
    case 'List': {
      const element = type.contained()[0]
      const items = `[${(value as readonly unknown[]).map((item) => inner(item, element)).join(', ')}]`
      if ((value as readonly unknown[]).length > 0 && isInferable(element)) return items
      return `annotate(${annotationText(type, context.nameOf)}, ${items})`
    }
    case 'Dict': {
      const { key, value: element } = type as DictType
      const entries = [...(value as Map<unknown, unknown>)].map(([k, v]) => `${inner(k, key)}: ${inner(v, element)}`)
      const body = `{${entries.join(', ')}}`
      if (entries.length > 0 && isInferable(key) && isInferable(element)) return body
      return `annotate(${annotationText(type, context.nameOf)},${body})`
    }
  }
  throw new TsjitError('TSJ_CODE_CONSTANT', `a constant of type '${type.annotation()}' has no spelling in TorchScript code`)
}

/** Whether a reader infers a list's or dict's type from members of this type. */
export function isInferable(element: Type): boolean {
  return !['Union', 'Optional', 'Scalar', 'Interface', 'Any'].includes(element.kind)
}

/** The constant under the type that its value has: what stands in an Optional, Any or Scalar says its own. */
export function settle(constant: TypedValue): TypedValue {
  const { type, value } = unbox(constant)
  if (type.kind === 'Optional') return settle({ type: type.contained()[0], value })
  if (type.kind === 'Enum' && !(value instanceof EnumValue)) return { type, value: enumMember(type as EnumType, value) }
  if (!['Any', 'Scalar', 'Union', 'None'].includes(type.kind)) return { type, value }
  if (typeof value === 'boolean') return { type: BoolType, value }
  if (typeof value === 'bigint') return { type: IntType, value }
  if (typeof value === 'number') return { type: Number.isInteger(value) ? IntType : FloatType, value }
  if (typeof value === 'string') return { type: StringType, value }
  if (value instanceof Complex) return { type: ComplexType, value }
  if (value instanceof Device) return { type: DeviceType, value }
  if (value instanceof Tensor) return { type: TensorT, value }
  if (value instanceof EnumValue || value instanceof ScriptObject) return { type: value.type, value }
  return { type, value }
}

function enumMember(type: EnumType, value: unknown): unknown {
  const name = (value as { readonly name?: string } | null)?.name
  return typeof name === 'string' ? new EnumValue(type, name, (value as { readonly value?: unknown }).value) : value
}

/** A text beyond ASCII, or a list, tuple or dict that holds one: PyTorch's parser reads no such literals. */
function hasWideText(value: unknown): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the range is ASCII.
  if (typeof value === 'string') return /[^\x00-\x7f]/.test(value)
  if (Array.isArray(value)) return value.some(hasWideText)
  return value instanceof Map && [...value].some(([k, v]) => hasWideText(k) || hasWideText(v))
}
