import { ModuleInstance } from '../modules/module-instance.ts'
import { PythonClass } from '../python-class.ts'
import { PythonObject } from '../python-object.ts'
import { PyBuiltin, PyConstant, PyDict, PyFunction, PyInstance, PyMethod, PySet, PyTuple } from './values.ts'

/** Python's `type(value).__name__`. */
export function typeNameOf(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'bigint':
      return 'int'
    case 'number':
      return 'float'
    case 'string':
      return 'str'
  }
  if (Array.isArray(value)) return 'list'
  if (value instanceof PyTuple) return value.type?.name ?? 'tuple'
  if (value instanceof PyDict) return value.typeName
  if (value instanceof PySet) return 'set'
  if (value instanceof PyConstant) return value.typeName
  if (value instanceof PyFunction) return 'function'
  if (value instanceof PyBuiltin) return 'builtin_function_or_method'
  if (value instanceof PyMethod) return 'method'
  if (value instanceof PyInstance || value instanceof ModuleInstance) return value.cls.name
  if (value instanceof PythonClass) return 'type'
  if (value instanceof PythonObject) return value.typeName
  return 'Tensor'
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Number.isInteger(value) && Math.abs(value) < 1e16) return `${Object.is(value, -0) ? '-0' : value}.0`
  const text = String(value)
  const match = /^(.*)e([+-])(\d+)$/.exec(text)
  if (match) return `${match[1]}e${match[2]}${match[3].padStart(2, '0')}`
  if (Math.abs(value) < 1e-4) {
    const [mantissa, exponent] = value.toExponential().split('e')
    return `${mantissa}e-${exponent.slice(1).padStart(2, '0')}`
  }
  return text
}

/** Python's `repr`. */
export function repr(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return floatText(value)
  if (typeof value === 'string') {
    const quote = value.includes("'") && !value.includes('"') ? '"' : "'"
    return `${quote}${value.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t').replaceAll(quote, `\\${quote}`)}${quote}`
  }
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`
  if (value instanceof PyTuple) return value.items.length === 1 ? `(${repr(value.items[0])},)` : `(${value.items.map(repr).join(', ')})`
  if (value instanceof PyDict)
    return `{${value
      .entries()
      .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
      .join(', ')}}`
  if (value instanceof PySet) return value.size === 0 ? 'set()' : `{${value.values().map(repr).join(', ')}}`
  if (value instanceof PyConstant) return value.typeName === 'device' ? `device(type='${String(value.value)}')` : String(value.value)
  if (value instanceof PythonClass) return `<class '${value.module.name}.${value.name}'>`
  return `<${typeNameOf(value)}>`
}

/** Python's `str`. */
export function str(value: unknown): string {
  return typeof value === 'string' ? value : value instanceof PyConstant ? String(value.value) : repr(value)
}

/** `format(value, spec)` for the specifications of numbers and texts. */
export function format(value: unknown, spec: string): string {
  if (spec === '') return str(value)
  const match = /^(?:(.)?([<>^=]))?([+ -])?(#)?(0)?(\d+)?(,)?(?:\.(\d+))?([a-zA-Z%])?$/.exec(spec)
  if (!match) return str(value)
  const [, fill, align, sign, , zero, width, comma, precision, kind] = match
  let text: string
  if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean') {
    const number = Number(value)
    if (kind === 'd' || (kind === undefined && typeof value !== 'number'))
      text = String(typeof value === 'bigint' ? value : BigInt(Math.trunc(number)))
    else if (kind === 'x') text = BigInt(number).toString(16)
    else if (kind === 'b') text = BigInt(number).toString(2)
    else if (kind === '%') text = `${(number * 100).toFixed(Number(precision ?? 6))}%`
    else if (kind === 'e') text = number.toExponential(Number(precision ?? 6)).replace(/e([+-])(\d)$/, 'e$10$2')
    else if (kind === 'g' || precision === undefined)
      text = precision === undefined ? floatText(number) : String(Number(number.toPrecision(Number(precision) || 1)))
    else text = number.toFixed(Number(precision))
    if (comma) text = text.replace(/\B(?=(\d{3})+(?!\d))/g, ',')
    if (sign === '+' && number >= 0) text = `+${text}`
  } else text = precision === undefined ? str(value) : str(value).slice(0, Number(precision))
  const length = Number(width ?? 0)
  if (text.length >= length) return text
  const pad = fill ?? (zero ? '0' : ' ')
  const side = align ?? (typeof value === 'string' ? '<' : '>')
  if (side === '<') return text.padEnd(length, pad)
  if (side === '^') return text.padStart(text.length + Math.floor((length - text.length) / 2), pad).padEnd(length, pad)
  return text.padStart(length, pad)
}
