/**
 * Operators on text, computed where their arguments are constants. ASCII alone: PyTorch counts bytes. A result of undefined leaves the
 * operator to run time, and with it every error.
 */
type TextFold = (text: string, ...args: readonly any[]) => string | number | boolean | readonly string[] | undefined

// biome-ignore lint/suspicious/noControlCharactersInRegex: all of ASCII is meant
const ascii = /^[\x00-\x7f]*$/

/** The range that `start` and `end` (-1: the whole rest) mean; undefined where it begins behind the text. */
function part(text: string, start: unknown, end: unknown): { readonly from: number; readonly inside: string } | undefined {
  let [from, to] = [Number(start), Number(end)]
  if (from < 0) from = Math.max(0, text.length + from)
  if (to < 0) to = Math.max(0, text.length + to + 1)
  return from > text.length ? undefined : { from, inside: to > from ? text.slice(from, to) : '' }
}

const finder =
  (last: boolean, missing: -1 | undefined): TextFold =>
  (text, wanted: string, start, end) => {
    const within = part(text, start, end)
    if (!within) return undefined
    const at = last ? within.inside.lastIndexOf(wanted) : within.inside.indexOf(wanted)
    return at < 0 ? missing : at + within.from
  }
const edge =
  (test: (inside: string, wanted: string) => boolean): TextFold =>
  (text, wanted: string, start, end) => {
    const within = part(text, start, end)
    return within && test(within.inside, wanted)
  }
const all =
  (pattern: RegExp): TextFold =>
  (text) =>
    pattern.test(text)
const stripper =
  (left: boolean, right: boolean): TextFold =>
  (text, chars: string) => {
    let [from, to] = [0, text.length]
    while (left && from < to && chars.includes(text[from])) from++
    while (right && to > from && chars.includes(text[to - 1])) to--
    return text.slice(from, to)
  }
const padded =
  (left: boolean): TextFold =>
  (text, width, fill: string) =>
    fill.length === 1 ? (left ? text.padStart(Number(width), fill) : text.padEnd(Number(width), fill)) : undefined

/** By operator; its overload must be the one on `str`. */
export const textFolds: Readonly<Record<string, TextFold>> = {
  'aten::count': (text, wanted: string, start, end) => {
    const within = part(text, start, end)
    return within && wanted !== '' ? within.inside.split(wanted).length - 1 : undefined
  },
  'aten::find': finder(false, -1),
  'aten::rfind': finder(true, -1),
  'aten::index': finder(false, undefined),
  'aten::rindex': finder(true, undefined),
  'aten::startswith': edge((inside, wanted) => inside.startsWith(wanted)),
  'aten::endswith': edge((inside, wanted) => inside.endsWith(wanted)),
  'aten::replace': (text, before: string, after: string, limit) => {
    if (before === '') return undefined
    const parts = text.split(before)
    const most = Number(limit) < 0 ? parts.length : Number(limit)
    return parts.slice(1).reduce((made, next, i) => made + (i < most ? after : before) + next, parts[0])
  },
  'aten::partition': (text, by: string) => {
    const at = text.indexOf(by)
    return at < 0 ? [text, '', ''] : [text.slice(0, at), by, text.slice(at + by.length)]
  },
  'aten::rpartition': (text, by: string) => {
    const at = text.lastIndexOf(by)
    return at < 0 ? ['', '', text] : [text.slice(0, at), by, text.slice(at + by.length)]
  },
  'aten::strip': stripper(true, true),
  'aten::lstrip': stripper(true, false),
  'aten::rstrip': stripper(false, true),
  'aten::ljust': padded(false),
  'aten::rjust': padded(true),
  'aten::zfill': (text, width) => {
    const sign = /^[-+]/.test(text) ? text[0] : ''
    return sign + text.slice(sign.length).padStart(Number(width) - sign.length, '0')
  },
  'aten::expandtabs': (text, size) => {
    const step = Number(size)
    let made = ''
    for (const char of text) made += char !== '\t' ? char : step > 0 ? ' '.repeat(step - (made.length % step)) : ''
    return made
  },
  'aten::capitalize': (text) => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
  'aten::title': (text) => text.toLowerCase().replace(/[a-z]+/g, (word) => word[0].toUpperCase() + word.slice(1)),
  'aten::swapcase': (text) => text.replace(/[A-Za-z]/g, (char) => (char < 'a' ? char.toLowerCase() : char.toUpperCase())),
  'aten::upper': (text) => text.toUpperCase(),
  'aten::lower': (text) => text.toLowerCase(),
  'aten::isdigit': all(/^\d+$/),
  'aten::isspace': all(/^[ \t\n\r\f\v]+$/),
  'aten::isalnum': all(/^[A-Za-z0-9]+$/),
  'aten::isalpha': all(/^[A-Za-z]+$/),
  'aten::isdecimal': all(/^\d+$/),
  'aten::isnumeric': all(/^\d+$/),
  'aten::islower': all(/^[^A-Z]*[a-z][^A-Z]*$/),
  'aten::isupper': all(/^[^a-z]*[A-Z][^a-z]*$/),
  'aten::isidentifier': all(/^[A-Za-z_]\w*$/),
}

/** The operator on constant arguments, or undefined where it is no operator on text, or only run time knows. */
export function foldText(kind: string, args: readonly unknown[]): ReturnType<TextFold> {
  if (!Object.hasOwn(textFolds, kind) || typeof args[0] !== 'string') return undefined
  if (args.some((arg) => typeof arg === 'string' && !ascii.test(arg))) return undefined
  return textFolds[kind](args[0], ...args.slice(1))
}
