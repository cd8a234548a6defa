import { Boxed, Complex, Device, type Dispatcher, EnumValue, ScriptFuture, ScriptObject, Tensor } from '@tsjit/runtime'
import { FloatType, type Type } from '@tsjit/types'
import { tensorText } from './tensor-text.ts'

/** A value as Python shows it. The static type tells ints from floats and lists from tuples. */
export function valueText(value: unknown, type: Type, dispatcher: Dispatcher): string {
  if (value instanceof Boxed) return valueText(value.value, value.type, dispatcher)
  if (value instanceof ScriptFuture) return valueText(value.wait(), type.kind === 'Future' ? type.contained()[0] : type, dispatcher)
  const inner = type.kind === 'Optional' ? type.contained()[0] : type
  if (value === null || value === undefined) return 'None'
  if (value instanceof Tensor) return tensorText(value, dispatcher)
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'bigint') return String(value)
  if (typeof value === 'number') return inner.kind === 'float' ? floatText(value) : String(value)
  if (typeof value === 'string') return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n')}'`
  if (value instanceof Complex)
    return `(${floatText(value.re).replace(/\.0$/, '')}${value.im < 0 ? '-' : '+'}${floatText(Math.abs(value.im)).replace(/\.0$/, '')}j)`
  if (value instanceof Device) return `device(type='${value.type}'${value.index === undefined ? '' : `, index=${value.index}`})`
  if (value instanceof EnumValue)
    return `<${value.type.name.split('.').at(-1)}.${value.name}: ${valueText(value.value, FloatType, dispatcher)}>`
  if (value instanceof ScriptObject) return `<${value.type.name}>`
  if (Array.isArray(value)) {
    const isTuple = inner.kind === 'Tuple'
    const contained = inner.contained()
    const parts = value.map((item, i) => valueText(item, (isTuple ? contained[i] : contained[0]) ?? inner, dispatcher))
    return isTuple ? `(${join(parts, 1)}${parts.length === 1 ? ',' : ''})` : `[${join(parts, 1)}]`
  }
  if (value instanceof Map) {
    const [key, element] = inner.contained()
    return `{${join(
      [...value].map(([k, v]) => `${valueText(k, key ?? inner, dispatcher)}: ${valueText(v, element ?? inner, dispatcher)}`),
      1,
    )}}`
  }
  return String(value)
}

/** One line where all parts are of one, else a part a line. */
function join(parts: readonly string[], indent: number): string {
  if (parts.every((part) => !part.includes('\n')) && parts.reduce((sum, part) => sum + part.length + 2, 0) < 100) return parts.join(', ')
  return parts.map((part) => part.replaceAll('\n', `\n${' '.repeat(indent)}`)).join(`,\n${' '.repeat(indent)}`)
}

function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  const text = Object.is(value, -0) ? '-0' : String(value)
  return /[.e]/.test(text) ? text.replace(/e([+-])(\d)$/, 'e$10$2') : `${text}.0`
}
