import type { NumberLiteral } from './ast.ts'
import type { PendingError } from './parse-error.ts'

/** Python's own limit on the digits of an integer literal. */
const maxIntegerDigits = 4300

/** Kind and value of a number token. Integers are exact: a bigint where a double could not hold them. */
export function decodeNumber(text: string, start: number): Pick<NumberLiteral, 'kind' | 'value'> | PendingError {
  const fail = (reason: string): PendingError => ({ code: 'TSJ_PARSE_NUMBER', reason, start, end: start + text.length })
  let plain = true
  let isFloat = false
  let onlyZeros = true
  const second = text.length > 1 ? text.charCodeAt(1) | 32 : 0
  const prefixed = text.charCodeAt(0) === 48 && (second === 120 || second === 111 || second === 98)
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code >= 48 && code <= 57) {
      if (code !== 48) onlyZeros = false
    } else if (code === 95) plain = false
    else if (!prefixed) isFloat = true
  }
  const digits = plain ? text : text.replaceAll('_', '')
  const last = text.charCodeAt(text.length - 1) | 32
  if (!prefixed && last === 106) return { kind: 'complex', value: Number(digits.slice(0, -1)) }
  if (isFloat) return { kind: 'float', value: Number(digits) }
  if (!prefixed && digits.length > 1 && text.charCodeAt(0) === 48 && !onlyZeros) {
    return { ...fail('leading zeros in decimal integer literals are not permitted'), hint: 'write 0o in front of an octal integer' }
  }
  if (!prefixed && digits.length > maxIntegerDigits)
    return fail(`an integer literal of ${digits.length} digits exceeds the limit of ${maxIntegerDigits}`)
  const value = Number(digits)
  return { kind: 'int', value: Number.isSafeInteger(value) ? value : BigInt(digits) }
}

const simpleEscapes = new Map<number, string>([
  [10, ''],
  [92, '\\'],
  [39, "'"],
  [34, '"'],
  [97, '\x07'],
  [98, '\b'],
  [102, '\f'],
  [110, '\n'],
  [114, '\r'],
  [116, '\t'],
  [118, '\v'],
])

/**
 * The value of the text of a string literal between its quotes, `text[start, end)`, by Python's rules: unknown escapes stay as they are, and
 * `\r\n` reads as `\n`. With `octalBytes`, `\ooo` denotes one byte of UTF-8, which is how PyTorch writes text into archives' code.
 */
export function decodeString(text: string, start: number, end: number, raw: boolean, octalBytes: boolean): string | PendingError {
  let i = start
  while (i < end && text.charCodeAt(i) !== 92 && text.charCodeAt(i) !== 13) i++
  if (i === end) return text.slice(start, end)
  const parts: string[] = []
  let bytes: number[] = []
  let from = start
  const fail = (reason: string, at: number, stop: number): PendingError => ({
    code: 'TSJ_PARSE_STRING',
    reason,
    start: at,
    end: Math.min(stop, end),
  })
  while (i < end) {
    const code = text.charCodeAt(i)
    if (code === 13) {
      parts.push(text.slice(from, i), '\n')
      i += text.charCodeAt(i + 1) === 10 && i + 1 < end ? 2 : 1
      from = i
      continue
    }
    if (code !== 92 || raw || i + 1 >= end) {
      i++
      continue
    }
    if (from < i) parts.push(text.slice(from, i))
    const letter = text.charCodeAt(i + 1)
    const simple = simpleEscapes.get(letter)
    let next = i + 2
    if (simple !== undefined) parts.push(simple)
    else if (letter === 13) {
      if (text.charCodeAt(next) === 10 && next < end) next++
    } else if (letter >= 48 && letter <= 55) {
      while (next < end && next < i + 4 && text.charCodeAt(next) >= 48 && text.charCodeAt(next) <= 55) next++
      const value = Number.parseInt(text.slice(i + 1, next), 8)
      if (bytes.length > 0 && value < 128) return fail('the octal escapes of this string are not valid UTF-8', i, next)
      if (!octalBytes || value < 128) parts.push(String.fromCharCode(value))
      else {
        if (value > 255) return fail('an octal escape stands for a byte here and cannot exceed \\377', i, next)
        bytes.push(value)
        if (text.charCodeAt(next) !== 92 || next + 1 >= end || text.charCodeAt(next + 1) < 50 || text.charCodeAt(next + 1) > 51) {
          const decoded = decodeUtf8(bytes)
          if (decoded === undefined) return fail('the octal escapes of this string are not valid UTF-8', i, next)
          parts.push(decoded)
          bytes = []
        }
      }
    } else if (letter === 120 || letter === 117 || letter === 85) {
      const length = letter === 120 ? 2 : letter === 117 ? 4 : 8
      let value = 0
      for (let k = 0; k < length; k++) {
        const digit = next < end ? hexDigit(text.charCodeAt(next)) : -1
        if (digit < 0) return fail(`expected ${length} hexadecimal digits in the escape '\\${String.fromCharCode(letter)}'`, i, next)
        value = value * 16 + digit
        next++
      }
      if (value > 0x10ffff) return fail('illegal Unicode character: an escape cannot exceed \\U0010ffff', i, next)
      parts.push(String.fromCodePoint(value))
    } else if (letter === 78 && text.charCodeAt(next) === 123) {
      return fail("escapes by a character's name, '\\N{...}', are not supported", i, next + 1)
    } else {
      next = i + 1
      parts.push('\\')
    }
    i = from = next
  }
  if (from < end) parts.push(text.slice(from, end))
  return parts.join('')
}

function hexDigit(code: number): number {
  if (code >= 48 && code <= 57) return code - 48
  const lower = code | 32
  return lower >= 97 && lower <= 102 ? lower - 87 : -1
}

function decodeUtf8(bytes: readonly number[]): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}
