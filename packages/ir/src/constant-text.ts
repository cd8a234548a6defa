import { type DictType, type OptionalType, TensorT, type TupleType, type Type } from '@tsjit/types'
import type { AttributeValue } from './attributes.ts'
import { OpaqueValue, tensorText } from './tensor-text.ts'
import { graphTypeText } from './type-text.ts'

/** A float as PyTorch prints it: whole numbers below 1e10 with a bare dot (`1.`, `-0.`), all others with 17 significant digits. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf'
  if (Number.isInteger(value) && Math.abs(value) < 1e10) return `${Object.is(value, -0) ? '-0' : value}.`
  return generalText(value, 17)
}

/** C's `%.*g`: `digits` significant digits, trailing zeros dropped, an exponent of at least two digits where it is below -4 or too large. */
export function generalText(value: number, digits: number): string {
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  const [mantissa, exponentText] = value.toExponential(digits - 1).split('e')
  const exponent = Number(exponentText)
  if (exponent < -4 || exponent >= digits) {
    const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
    return `${short}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  }
  const fixed = value.toFixed(Math.max(0, digits - 1 - exponent))
  return fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed
}

export function complexText({ re, im }: { readonly re: number; readonly im: number }): string {
  // PyTorch drops the sign of a zero here, as it does not for floats.
  return `${floatText(re === 0 ? 0 : re)}${im >= 0 ? '+' : '-'}${floatText(Math.abs(im))}j`
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/**
 * A string in double quotes, by PyTorch's escapes. Bytes (UTF-8) beyond ASCII come out as PyTorch's signed octal arithmetic has
 * them, three characters from `)` to `7`: odd to read, but the text is the same and `parseIR` reads it back.
 */
export function quotedText(value: string): string {
  let out = '"'
  for (const char of value) {
    const short = shortEscapes[char]
    if (short !== undefined) out += short
    else if (char > '\x1f' && char < '\x7f') out += char
    else for (const byte of new TextEncoder().encode(char)) out += octalEscape(byte > 127 ? byte - 256 : byte)
  }
  return `${out}"`
}

function octalEscape(byte: number): string {
  const high = Math.trunc(byte / 64)
  const middle = Math.trunc(byte / 8) % 8
  const low = byte % 8
  return `\\${String.fromCharCode(48 + high, 48 + middle, 48 + low)}`
}

/** The text of an attribute as it stands in `[name=…]`; `type` is the type of the node's output. */
export function attributeText(attribute: AttributeValue, type: Type | undefined): string {
  switch (attribute.kind) {
    case 'i':
      return String(typeof attribute.value === 'boolean' ? Number(attribute.value) : attribute.value)
    case 'f':
      return floatText(attribute.value)
    case 'c':
      return complexText(attribute.value)
    case 's':
      return quotedText(attribute.value)
    case 't':
      return tensorText(attribute.value)
    case 'ty':
      return graphTypeText(attribute.value)
    case 'g':
      return '<Graph>'
    case 'is':
      return `[${attribute.value.join(', ')}]`
    case 'fs':
      return `[${attribute.value.map(floatText).join(', ')}]`
    case 'ss':
      return `[${attribute.value.map(quotedText).join(', ')}]`
    case 'ts':
      return '[<Tensors>]'
    case 'tys':
      return `[${attribute.value.map(graphTypeText).join(', ')}]`
    case 'ival':
      return valueText(attribute.value, type)
  }
}

/** A runtime value under its static type, as PyTorch's `repr` has it; without a type, by what the value looks like. */
export function valueText(value: unknown, type: Type | undefined): string {
  if (value === null || value === undefined) return 'None'
  if (value instanceof OpaqueValue) return value.text
  if (isBoxed(value)) return valueText(value.value, value.type)
  switch (type?.kind) {
    case 'Optional':
      return valueText(value, (type as OptionalType).element)
    case 'float':
      return floatText(value as number)
    case 'bool':
      return value ? 'True' : 'False'
    case 'complex':
      return complexText(value as { re: number; im: number })
    case 'Device':
      return quotedText(String(value))
    case 'Tensor':
      return tensorText(value)
    case 'Tuple': {
      const { elements } = type as TupleType
      const items = (value as readonly unknown[]).map((item, i) =>
        elements[i]?.kind === 'Device' && typeof item === 'string' ? `torch.device(${quotedText(item)})` : valueText(item, elements[i]),
      )
      return `(${items.join(', ')}${items.length === 1 ? ',' : ''})`
    }
    case 'Dict': {
      const { key, value: element } = type as DictType
      const entries = [...(value as Map<unknown, unknown>)]
      const body = `{${entries.map(([k, v]) => `${valueText(k, key)}: ${valueText(v, element)}`).join(', ')}}`
      return entries.length === 0 || !inferable(key) || !inferable(element) ? `annotate(${type.annotation()},${body})` : body
    }
    case 'List': {
      const element = type.contained()[0]
      if (element.kind === 'Tensor') return '[<Tensors>]'
      const items = value as readonly unknown[]
      const body = `[${items.map((item) => valueText(item, element)).join(', ')}]`
      return items.length === 0 || !inferable(element) ? `annotate(${type.annotation()}, ${body})` : body
    }
    case 'Enum': {
      const member = value as { readonly name?: string }
      return `${type.toString().slice(5, -1)}.${member.name ?? String(value)}`
    }
    case 'Class':
      return `object(${type.toString()})`
  }
  return untypedText(value)
}

function inferable(element: Type): boolean {
  return element.kind !== 'Union' && element.kind !== 'Optional' && element.kind !== 'Scalar' && element.kind !== 'Any'
}

function untypedText(value: unknown): string {
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False'
    case 'string':
      return quotedText(value)
    case 'number':
    case 'bigint':
      return String(value)
  }
  if (Array.isArray(value)) return `[${value.map((item) => valueText(item, undefined)).join(', ')}]`
  if (value instanceof Map) return `{${[...value].map(([k, v]) => `${valueText(k, undefined)}: ${valueText(v, undefined)}`).join(', ')}}`
  if (typeof value === 'object' && value !== null && 'shape' in value) return valueText(value, TensorT)
  return `object(${(value as object).constructor?.name ?? 'unknown'})`
}

function isBoxed(value: unknown): value is { readonly type: Type; readonly value: unknown } {
  return typeof value === 'object' && value !== null && value.constructor?.name === 'Boxed' && 'type' in value && 'value' in value
}
