import { PyDict, PyFloat, PyTuple } from '@tsjit/serializer'
import { usageError } from '../usage-error.ts'

/**
 * Reads a value in JSON's or Python's notation into the objects of pickles, which tell `1` from `1.0` and lists from tuples:
 * `3`, `2.5`, `-inf`, `True`, `null`, `"text"`, `[1, [2, 3]]`, `(1, 2)`, `{"a": 1}`. Returns undefined where the text is none.
 */
export function parseLiteral(text: string): { value: unknown } | undefined {
  const parser = new LiteralParser(text)
  try {
    const value = parser.value(0)
    parser.space()
    return parser.atEnd ? { value } : undefined
  } catch (error) {
    if (error === notLiteral) return undefined
    throw error
  }
}

const notLiteral = new Error('no literal')
const deepest = 100
const words: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['null', null],
  ['None', null],
  ['nan', new PyFloat(Number.NaN)],
  ['NaN', new PyFloat(Number.NaN)],
  ['inf', new PyFloat(Number.POSITIVE_INFINITY)],
  ['-inf', new PyFloat(Number.NEGATIVE_INFINITY)],
])

class LiteralParser {
  private at = 0
  constructor(private readonly text: string) {}

  get atEnd(): boolean {
    return this.at === this.text.length
  }
  space(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++
  }

  value(depth: number): unknown {
    if (depth > deepest) throw usageError(`the value nests deeper than ${deepest}`)
    this.space()
    const next = this.text[this.at]
    if (next === '[') return this.items('[', ']', depth).items
    if (next === '(') {
      const { items, comma } = this.items('(', ')', depth)
      return items.length === 1 && !comma ? items[0] : new PyTuple(items)
    }
    if (next === '{') return this.dict(depth)
    if (next === '"' || next === "'") return this.string(next)
    return this.word()
  }

  private items(open: string, close: string, depth: number): { items: unknown[]; comma: boolean } {
    this.expect(open)
    const items: unknown[] = []
    let comma = false
    while (!this.take(close)) {
      if (items.length > 0 && !comma) throw notLiteral
      items.push(this.value(depth + 1))
      comma = this.take(',')
    }
    return { items, comma }
  }

  private dict(depth: number): PyDict {
    this.expect('{')
    const dict = new PyDict()
    for (let comma = true; !this.take('}'); comma = this.take(',')) {
      if (!comma) throw notLiteral
      const key = this.value(depth + 1)
      if (!this.take(':')) throw notLiteral
      dict.set(key, this.value(depth + 1))
    }
    return dict
  }

  private string(quote: string): string {
    this.at++
    let result = ''
    for (;;) {
      const char = this.text[this.at++]
      if (char === undefined) throw notLiteral
      if (char === quote) return result
      if (char !== '\\') {
        result += char
        continue
      }
      const escaped = this.text[this.at++]
      if (escaped === 'u') {
        const hex = this.text.slice(this.at, this.at + 4)
        if (!/^[\da-fA-F]{4}$/.test(hex)) throw notLiteral
        result += String.fromCharCode(Number.parseInt(hex, 16))
        this.at += 4
      } else result += { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f' }[escaped] ?? escaped ?? ''
    }
  }

  private word(): unknown {
    const found = /^[-+]?[\w.]+(?:(?<=[eE])[-+]\d+)?/.exec(this.text.slice(this.at, this.at + 400))?.[0]
    if (found === undefined) throw notLiteral
    this.at += found.length
    if (words.has(found)) return words.get(found)
    if (/^[-+]?\d+$/.test(found)) {
      const value = Number(found)
      return Number.isSafeInteger(value) ? value : BigInt.asIntN(64, BigInt(found))
    }
    if (/^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(found)) return new PyFloat(Number(found))
    throw notLiteral
  }

  private take(char: string): boolean {
    this.space()
    if (this.text[this.at] !== char) return false
    this.at++
    return true
  }
  private expect(char: string): void {
    if (!this.take(char)) throw notLiteral
  }
}
