import { Boxed, Complex, Device, EnumValue, ScriptFuture, ScriptObject, Tensor } from '@tsjit/runtime'
import type { DictType, Type } from '@tsjit/types'
import { formatTensor } from './format-tensor.ts'

/** C's `%.{digits}g`. */
export function formatGeneral(value: number, digits: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa, exponentText] = value.toExponential(digits - 1).split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= digits) {
    return `${stripZeros(mantissa)}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  return stripZeros(toFixed(value, digits - 1 - exponent))
}

const stripZeros = (text: string): string => (text.includes('.') ? text.replace(/\.?0+$/, '') : text)

/** Exact for any number of digits (`Number.prototype.toFixed` gives up at 1e21). */
function toFixed(value: number, digits: number): string {
  return Math.abs(value) < 1e21 ? value.toFixed(digits) : BigInt(value).toString()
}

/** A float as PyTorch's interpreter writes it: `1.`, `0.10000000000000001`, `1e+20`. */
export function formatFloat(value: number): string {
  if (Number.isInteger(value) && Math.abs(value) < 2 ** 63) return `${Number.isSafeInteger(value) ? value : BigInt(value)}.`
  return formatGeneral(value, 17)
}

function formatComplex({ re, im }: Complex): string {
  return `${formatFloat(re)}${im >= 0 || Number.isNaN(im) ? '+' : '-'}${formatFloat(Math.abs(im))}j`
}

/** A value as `print`, `str` and `format` write it. The static type tells ints from floats and lists from tuples. */
export function formatValue(value: unknown, type: Type): string {
  if (value instanceof Boxed) return formatValue(value.value, value.type)
  if (value === null || value === undefined) return 'None'
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False'
    case 'string':
      return value
    case 'bigint':
      return String(value)
    case 'number':
      return baseType(type).kind === 'float' ? formatFloat(value) : String(value)
  }
  if (value instanceof Tensor) return formatTensor(value)
  if (value instanceof Complex) return formatComplex(value)
  if (value instanceof Device) return value.toString()
  if (value instanceof EnumValue) return `Enum<${value.type.name.slice(value.type.name.lastIndexOf('.') + 1)}.${value.name}>`
  if (value instanceof ScriptObject) return `<${value.type.name} object>`
  if (value instanceof ScriptFuture) return 'Future'
  const base = baseType(type)
  if (Array.isArray(value)) {
    if (base.kind === 'Tuple') {
      const types = base.contained()
      const parts = value.map((element, i) => formatValue(element, types[i]))
      return parts.length === 1 ? `(${parts[0]},)` : `(${parts.join(', ')})`
    }
    const element = base.contained()[0] ?? type
    return `[${value.map((part) => formatValue(part, element)).join(', ')}]`
  }
  if (value instanceof Map) {
    const dict = base as DictType
    return `{${[...value].map(([key, item]) => `${formatValue(key, dict.key)}: ${formatValue(item, dict.value)}`).join(', ')}}`
  }
  return String(value)
}

function baseType(type: Type): Type {
  return type.kind === 'Optional' ? type.contained()[0] : type
}
