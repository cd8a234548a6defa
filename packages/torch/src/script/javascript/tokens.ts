import { CompileError, type Source, SourceRange } from '@tsjit/types'

export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'template' | 'punctuation' | 'end'
  readonly text: string
  readonly start: number
  readonly end: number
  /** The value of a string; the parts of a template. */
  readonly value?: string
  readonly parts?: readonly (string | { readonly start: number; readonly end: number })[]
  /** A line break stands before it. */
  readonly afterLine: boolean
}

const punctuation = [
  '>>>=',
  '...',
  '===',
  '!==',
  '**=',
  '<<=',
  '>>=',
  '>>>',
  '&&=',
  '||=',
  '??=',
  '=>',
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '??',
  '?.',
  '++',
  '--',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '&=',
  '|=',
  '^=',
  '<<',
  '>>',
  '**',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  ';',
  ',',
  '<',
  '>',
  '+',
  '-',
  '*',
  '/',
  '%',
  '&',
  '|',
  '^',
  '!',
  '~',
  '?',
  ':',
  '=',
  '.',
] // prettier-ignore

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' }

/** The tokens of a JavaScript function's text, and its comments. Throws TSJ_JS_SYNTAX. */
export function tokenize(source: Source, start = 0, end = source.text.length): { tokens: Token[]; comments: string[] } {
  const { text } = source
  const tokens: Token[] = []
  const comments: string[] = []
  let at = start
  let afterLine = false
  const wrong = (reason: string, from: number): never => {
    throw new CompileError('TSJ_JS_SYNTAX', reason, { range: new SourceRange(source, from, Math.min(from + 1, end)) })
  }
  const push = (token: Omit<Token, 'afterLine'>): void => {
    tokens.push({ ...token, afterLine })
    afterLine = false
    at = token.end
  }
  while (at < end) {
    const char = text[at]
    if (/\s/.test(char)) {
      if (char === '\n') afterLine = true
      at++
    } else if (text.startsWith('//', at)) {
      const stop = text.indexOf('\n', at)
      const line = text.slice(at + 2, stop < 0 ? end : stop)
      comments.push(line.trim())
      at = stop < 0 ? end : stop
    } else if (text.startsWith('/*', at)) {
      const stop = text.indexOf('*/', at + 2)
      if (stop < 0) wrong('this comment does not end', at)
      comments.push(
        text
          .slice(at + 2, stop)
          .replace(/^\*/, '')
          .trim(),
      )
      at = stop + 2
    } else if (/[A-Za-z_$\u0080-\uffff]/.test(char)) {
      const [name] = /^[\w$\u0080-\uffff]+/.exec(text.slice(at, end))!
      push({ kind: 'name', text: name, start: at, end: at + name.length })
    } else if (/[0-9]/.test(char) || (char === '.' && /[0-9]/.test(text[at + 1] ?? ''))) {
      const match =
        /^(0[xX][\da-fA-F_]+n?|0[oO][0-7_]+n?|0[bB][01_]+n?|(\d[\d_]*)?\.?\d[\d_]*([eE][+-]?\d+)?n?|\d[\d_]*\.?([eE][+-]?\d+)?n?)/.exec(
          text.slice(at, end),
        )!
      let [number] = match
      // `1.` and `1.5`: the greedy form takes the digits behind the dot as well.
      const more = /^\d[\d_]*\.\d*([eE][+-]?\d+)?/.exec(text.slice(at, end))
      if (more && more[0].length > number.length) number = more[0]
      push({ kind: 'number', text: number, start: at, end: at + number.length })
    } else if (char === '"' || char === "'") {
      let value = ''
      let i = at + 1
      for (; i < end && text[i] !== char; i++) {
        if (text[i] !== '\\') value += text[i]
        else [value, i] = escaped(text, i, value)
      }
      if (i >= end) wrong('this string does not end', at)
      push({ kind: 'string', text: text.slice(at, i + 1), start: at, end: i + 1, value })
    } else if (char === '`') push(template(source, at, end, wrong))
    else {
      const found = punctuation.find((candidate) => text.startsWith(candidate, at))
      if (!found) wrong(`'${char}' starts no token`, at)
      else push({ kind: 'punctuation', text: found, start: at, end: at + found.length })
    }
  }
  tokens.push({ kind: 'end', text: '', start: end, end, afterLine })
  return { tokens, comments }
}

function escaped(text: string, at: number, value: string): [string, number] {
  const next = text[at + 1] ?? ''
  if (next === 'x') return [value + String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 4), 16)), at + 3]
  if (next === 'u') {
    const braced = /^\{([\da-fA-F]+)\}/.exec(text.slice(at + 2, at + 12))
    if (braced) return [value + String.fromCodePoint(Number.parseInt(braced[1], 16)), at + 1 + braced[0].length]
    return [value + String.fromCharCode(Number.parseInt(text.slice(at + 2, at + 6), 16)), at + 5]
  }
  if (next === '\n') return [value, at + 1]
  return [value + (Object.hasOwn(escapes, next) ? escapes[next] : next), at + 1]
}

function template(source: Source, start: number, end: number, wrong: (reason: string, at: number) => never): Omit<Token, 'afterLine'> {
  const { text } = source
  const parts: (string | { start: number; end: number })[] = []
  let value = ''
  let at = start + 1
  while (at < end && text[at] !== '`') {
    if (text[at] === '\\') {
      ;[value, at] = escaped(text, at, value)
      at++
    } else if (text.startsWith('${', at)) {
      parts.push(value)
      value = ''
      let depth = 1
      let i = at + 2
      for (; i < end && depth > 0; i++) {
        if (text[i] === '{') depth++
        else if (text[i] === '}') depth--
      }
      if (depth > 0) wrong('this template does not end', start)
      parts.push({ start: at + 2, end: i - 1 })
      at = i
    } else value += text[at++]
  }
  if (at >= end) wrong('this template does not end', start)
  parts.push(value)
  return { kind: 'template', text: text.slice(start, at + 1), start, end: at + 1, parts }
}
