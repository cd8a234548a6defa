import type { Builtin, BuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'
import type { Int } from './int-arithmetic.ts'
import { sliceRange } from './list.ts'

/**
 * PyTorch's strings are bytes (UTF-8): lengths, indices and slices count bytes, and the character classes are C's ASCII ones. Text that
 * is all ASCII, the usual case, works on directly; other text is turned into a string of one character a byte and back.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\x00-\x7f]*$/
const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function toBytes(text: string): string {
  if (ascii.test(text)) return text
  let bytes = ''
  for (const byte of encoder.encode(text)) bytes += String.fromCharCode(byte)
  return bytes
}

export function fromBytes(bytes: string): string {
  return ascii.test(bytes) ? bytes : decoder.decode(Uint8Array.from(bytes, (char) => char.charCodeAt(0)))
}

function encodeArgument(value: unknown): unknown {
  if (typeof value === 'string') return toBytes(value)
  return Array.isArray(value) ? value.map(encodeArgument) : value
}
function decodeResult(value: unknown): unknown {
  if (typeof value === 'string') return fromBytes(value)
  return Array.isArray(value) ? value.map(decodeResult) : value
}

const onBytes =
  (work: Builtin): Builtin =>
  (...args) => {
    for (const arg of args) {
      if (typeof arg === 'string' ? !ascii.test(arg) : Array.isArray(arg) && !arg.every((text) => ascii.test(text as string))) {
        return decodeResult(work(...args.map(encodeArgument)))
      }
    }
    return work(...args)
  }

const all =
  (pattern: RegExp): Builtin =>
  (text: string) =>
    pattern.test(text)
const mapCase = (text: string, change: (char: string) => string): string => text.replace(/[A-Za-z]/g, change)
const isAlpha = (char: string): boolean => /[A-Za-z]/.test(char)

/** The range that `start` and `end` (-1: the whole rest) mean, PyTorch's way. */
function bounds(length: number, start: Int, end: Int): [number, number] {
  let from = Number(start)
  let to = Number(end)
  if (from < 0) from = Math.max(0, length + from)
  if (to < 0) to = Math.max(0, length + to + 1)
  return [from, to]
}

function find(text: string, part: string, start: Int, end: Int, last: boolean): number {
  const [from, to] = bounds(text.length, start, end)
  if (from > text.length && to > from)
    throw failure('TSJ_STRING_INDEX', `basic_string::substr: __pos (which is ${from}) > this->size() (which is ${text.length})`)
  const inside = to > from ? text.slice(from, to) : ''
  const at = last ? inside.lastIndexOf(part) : inside.indexOf(part)
  return at < 0 ? -1 : at + from
}

function substring(text: string, start: Int, end: Int): string {
  const [from, to] = bounds(text.length, start, end)
  if (from > text.length)
    throw failure('TSJ_STRING_INDEX', `basic_string::substr: __pos (which is ${from}) > this->size() (which is ${text.length})`)
  // a negative count is the whole rest in C++
  return to < from ? text.slice(from) : text.slice(from, to)
}

function found(at: number): number {
  if (at < 0) throw failure('TSJ_SUBSTRING', 'ValueError: substring not found', 'ValueError')
  return at
}

function charAt(text: string, index: Int): string {
  const at = Number(index) < 0 ? Number(index) + text.length : Number(index)
  if (!(at >= 0 && at < text.length)) {
    throw failure(
      'TSJ_STRING_INDEX',
      `basic_string::at: __n (which is ${BigInt.asUintN(64, BigInt(at))}) >= this->size() (which is ${text.length})`,
      'IndexError',
    )
  }
  return text[at]
}

function slice(text: string, start: Int | null, end: Int | null, step: Int): string {
  if (step === 1) {
    const range = sliceRange(text.length, start, end, 1)
    return text.slice(range.from, range.from + range.count)
  }
  const range = sliceRange(text.length, start, end, step)
  let result = ''
  for (let i = 0; i < range.count; i++) result += text[range.from + i * range.step]
  return result
}

/** What `split()` and `splitlines()` take for separators: bytes of a list that PyTorch wrote with UTF-8 in it. */
const lineEnds = `\n\r\v\f\x1c\x1d\x1e${toBytes('\u0085\u2028\u2029')}`
const blanks = ` \t${lineEnds}`

function splitBlank(text: string): string[] {
  const parts: string[] = []
  let from = 0
  for (let i = 0; i <= text.length; i++) {
    if (i < text.length && !blanks.includes(text[i])) continue
    if (i > from) parts.push(text.slice(from, i))
    from = i + 1
  }
  return parts
}

function split(text: string, separator: string | null, limit: Int): string[] {
  if (separator === null) return splitBlank(text)
  if (separator === '') throw failure('TSJ_EMPTY_SEPARATOR', 'ValueError: empty separator', 'ValueError')
  const parts = text.split(separator)
  const most = Number(limit)
  return most < 0 || parts.length <= most + 1 ? parts : [...parts.slice(0, most), parts.slice(most).join(separator)]
}

function splitLines(text: string, keep: boolean): string[] {
  const lines: string[] = []
  let from = 0
  for (let i = 0; i < text.length; i++) {
    if (!lineEnds.includes(text[i])) continue
    lines.push(text.slice(from, i))
    if (keep) lines.push(text[i])
    from = i + 1
  }
  if (from !== text.length) lines.push(text.slice(from))
  return lines
}

function rsplit(text: string, separator: string, limit: Int): string[] {
  const reverse = (value: string): string => [...value].reverse().join('')
  return split(reverse(text), reverse(separator), limit).map(reverse).reverse()
}

function count(text: string, part: string, start: Int, end: Int): number {
  if (start > text.length) return 0
  const [from, to] = bounds(text.length, start, end)
  if (part === '') throw failure('TSJ_EMPTY_SEPARATOR', 'ValueError: empty separator', 'ValueError')
  let times = 0
  for (let at = text.indexOf(part, from); at >= 0 && at < to; at = text.indexOf(part, at + part.length)) times++
  return times
}

function pad(text: string, width: Int, fill: string, where: 'left' | 'right'): string {
  if (fill.length !== 1)
    throw failure('TSJ_FILL_CHARACTER', 'TypeError: The fill character must be exactly one character long', 'TypeError')
  const wanted = Math.max(0, Number(width))
  return where === 'left' ? text.padStart(wanted, fill) : text.padEnd(wanted, fill)
}

function center(text: string, width: Int, fill: string): string {
  if (fill.length !== 1)
    throw failure('TSJ_FILL_CHARACTER', 'TypeError: The fill character must be exactly one character long', 'TypeError')
  const wanted = Number(width)
  if (text.length > wanted) return text
  const padding = wanted - text.length
  let left = Math.floor(padding / 2)
  let right = Math.floor((padding + 1) / 2)
  if (wanted % 2) [left, right] = [right, left]
  return fill.repeat(left) + text + fill.repeat(right)
}

function expandTabs(text: string, size: Int): string {
  const step = Number(size)
  let result = ''
  for (const char of text) {
    if (char !== '\t') result += char
    else if (step > 0) {
      do result += ' '
      while (result.length % step)
    }
  }
  return result
}

function isTitle(text: string): boolean {
  let result = false
  let inWord = false
  for (const char of text) {
    const alpha = isAlpha(char)
    if (inWord ? /[A-Z]/.test(char) : /[a-z]/.test(char)) return false
    if (!inWord && alpha) result = true
    inWord = alpha
  }
  return result
}

function title(text: string): string {
  let inWord = false
  let result = ''
  for (const char of text) {
    result += inWord ? mapCase(char, (c) => c.toLowerCase()) : mapCase(char, (c) => c.toUpperCase())
    inWord = isAlpha(char)
  }
  return result
}

function replace(text: string, old: string, next: string, limit: Int): string {
  if (old === '') throw failure('TSJ_EMPTY_SEPARATOR', "replace() of '' never ends in PyTorch; tsjit refuses it", 'ValueError')
  const most = Number(limit)
  if (most < 0) return text.replaceAll(old, () => next)
  let result = ''
  let from = 0
  for (let i = 0, at = text.indexOf(old); i < most && at >= 0; i++, at = text.indexOf(old, from)) {
    result += text.slice(from, at) + next
    from = at + old.length
  }
  return result + text.slice(from)
}

function strip(text: string, chars: string, left: boolean, right: boolean): string {
  let from = 0
  let to = text.length
  if (left) while (from < to && chars.includes(text[from])) from++
  if (right) while (to > from && chars.includes(text[to - 1])) to--
  return text.slice(from, to)
}

function partition(text: string, separator: string, last: boolean): string[] {
  const at = last ? text.lastIndexOf(separator) : text.indexOf(separator)
  if (at < 0) return last ? ['', '', text] : [text, '', '']
  return [text.slice(0, at), separator, text.slice(at + separator.length)]
}

const byteWise: BuiltinTable = {
  'aten::len.str': (text: string) => text.length,
  'aten::__getitem__.str': charAt,
  'prim::StringIndex': charAt,
  'aten::slice.str': slice,
  'aten::list': (text: string) => [...text],
  'aten::ord': (text: string) => {
    if (text.length !== 1) throw failure('TSJ_ORD', `String for ord() must be 1 character, found ${text.length}`, 'TypeError')
    return text.charCodeAt(0)
  },
  'aten::upper': (text: string) => mapCase(text, (char) => char.toUpperCase()),
  'aten::lower': (text: string) => mapCase(text, (char) => char.toLowerCase()),
  'aten::swapcase': (text: string) => mapCase(text, (char) => (char < 'a' ? char.toLowerCase() : char.toUpperCase())),
  'aten::capitalize': (text: string) =>
    mapCase(text.slice(0, 1), (char) => char.toUpperCase()) + mapCase(text.slice(1), (char) => char.toLowerCase()),
  'aten::title': title,
  'aten::isdigit': all(/^[0-9]+$/),
  'aten::isdecimal': all(/^[0-9]+$/),
  'aten::isnumeric': all(/^[0-9]+$/),
  'aten::isalpha': all(/^[A-Za-z]+$/),
  'aten::isalnum': all(/^[A-Za-z0-9]+$/),
  'aten::isspace': all(/^[ \t\n\v\f\r]+$/),
  'aten::isprintable': all(/^[ -~]*$/),
  'aten::isidentifier': all(/^[A-Za-z][A-Za-z0-9]*$/),
  'aten::isupper': (text: string) => /[A-Z]/.test(text) && !/[a-z]/.test(text),
  'aten::islower': (text: string) => /[a-z]/.test(text) && !/[A-Z]/.test(text),
  'aten::istitle': isTitle,
  'aten::center': center,
  'aten::ljust': (text: string, width: Int, fill: string) => pad(text, width, fill, 'right'),
  'aten::rjust': (text: string, width: Int, fill: string) => pad(text, width, fill, 'left'),
  'aten::zfill': (text: string, width: Int) => pad(text, width, '0', 'left'),
  'aten::count': count,
  'aten::startswith': (text: string, part: string, start: Int, end: Int) => substring(text, start, end).startsWith(part),
  'aten::endswith': (text: string, part: string, start: Int, end: Int) => substring(text, start, end).endsWith(part),
  'aten::expandtabs': expandTabs,
  'aten::find': (text: string, part: string, start: Int, end: Int) => find(text, part, start, end, false),
  'aten::rfind': (text: string, part: string, start: Int, end: Int) => find(text, part, start, end, true),
  'aten::index.str': (text: string, part: string, start: Int, end: Int) => found(find(text, part, start, end, false)),
  'aten::rindex': (text: string, part: string, start: Int, end: Int) => found(find(text, part, start, end, true)),
  'aten::split.str': split,
  'aten::rsplit': rsplit,
  'aten::splitlines': splitLines,
  'aten::partition': (text: string, separator: string) => partition(text, separator, false),
  'aten::rpartition': (text: string, separator: string) => partition(text, separator, true),
  'aten::replace': replace,
  'aten::strip': (text: string, chars: string) => strip(text, chars, true, true),
  'aten::lstrip': (text: string, chars: string) => strip(text, chars, true, false),
  'aten::rstrip': (text: string, chars: string) => strip(text, chars, false, true),
}

function inBase(prefix: string, base: number): Builtin {
  return (value: Int) => {
    const number = BigInt(value)
    return `${number < 0n ? '-' : ''}${prefix}${BigInt.asUintN(64, number < 0n ? -number : number).toString(base)}`
  }
}

export const strings: BuiltinTable = {
  ...Object.fromEntries(Object.entries(byteWise).map(([key, work]) => [key, onBytes(work)])),
  'aten::join': (separator: string, parts: string[]) => parts.join(separator),
  'aten::chr': (code: Int) => {
    if (!(code >= 0 && code < 1114111)) throw failure('TSJ_CHR', `chr() arg not in range(0x110000), found ${code}`, 'ValueError')
    return fromBytes(String.fromCharCode(Number(code) & 0xff))
  },
  'aten::hex': inBase('0x', 16),
  'aten::oct': inBase('0o', 8),
  'aten::bin': inBase('0b', 2),
}
