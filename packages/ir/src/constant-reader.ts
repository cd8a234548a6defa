import type { DictType, EnumType, OptionalType, TupleType, Type } from '@tsjit/types'
import type { AttributeValue } from './attributes.ts'
import { OpaqueTensor, OpaqueValue } from './tensor-text.ts'
import type { TextCursor } from './text-cursor.ts'
import type { TypeReader } from './type-reader.ts'

const number = /-?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|inf|nan)/y
const complex = /(-?(?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|inf|nan))([-+](?:\d+(?:\.\d*)?(?:[eE][-+]?\d+)?|inf|nan))j/y
const manyElements = /[^"\n]*?\[ [A-Za-z0-9]+Type\{[\d,]*\} \]/y

/** Reads attributes as `attributeText` prints them; `type` is the type of the node's first output, which tells `1` from `1` (int, bool, float). */
export class ConstantReader {
  constructor(
    private readonly cursor: TextCursor,
    private readonly types: TypeReader,
  ) {}

  attribute(name: string, type: Type | undefined): AttributeValue {
    const { cursor } = this
    const start = cursor.at
    const ownType = name === 'value' ? unwrap(type) : undefined
    if (cursor.take('[<Tensors>]')) return { kind: 'ts', value: [] }
    if (ownType?.kind === 'Tensor' || cursor.peek('<Tensor>')) return { kind: 't', value: this.tensor(start) }
    if (ownType && ['List', 'Tuple', 'Dict', 'Enum', 'Any', 'Class', 'Scalar', 'Union'].includes(ownType.kind))
      return { kind: 'ival', value: this.value(ownType) }
    if (cursor.peek('"')) return { kind: 's', value: this.string() }
    if (ownType?.kind === 'complex') return { kind: 'c', value: this.complex() }
    if (cursor.peek('[')) return this.listAttribute()
    const text = cursor.match(number)
    if (text === undefined) return { kind: 'ty', value: this.types.type() }
    if (ownType?.kind === 'float' || (ownType?.kind !== 'int' && ownType?.kind !== 'bool' && !/^-?\d+$/.test(text)))
      return { kind: 'f', value: readFloat(text) }
    return { kind: 'i', value: readInt(text, cursor) }
  }

  private listAttribute(): AttributeValue {
    const { cursor } = this
    cursor.expect('[')
    if (cursor.peek('"')) return { kind: 'ss', value: cursor.list(']', () => this.string()) }
    const start = cursor.at
    const first = cursor.match(number)
    cursor.at = start
    if (first === undefined && !cursor.peek(']')) return { kind: 'tys', value: cursor.list(']', () => this.types.type()) }
    const texts = cursor.list(']', () => cursor.demand(number, 'a number'))
    if (texts.every((text) => /^-?\d+$/.test(text))) return { kind: 'is', value: texts.map((text) => readInt(text, cursor)) }
    return { kind: 'fs', value: texts.map(readFloat) }
  }

  /** The text of several elements may start with blanks, which belong to it. */
  private tensor(start = this.cursor.at): OpaqueTensor {
    const { cursor } = this
    const short = cursor.match(/<Tensor>|\{[^}\n]*\}/y)
    if (short !== undefined) return new OpaqueTensor(short)
    manyElements.lastIndex = start
    const found = manyElements.exec(cursor.text) ?? cursor.fail('a tensor')
    cursor.at = manyElements.lastIndex
    return new OpaqueTensor(found[0])
  }

  private value(type: Type): unknown {
    const { cursor } = this
    if (cursor.take('None')) return null
    if (cursor.take('annotate(')) {
      // The annotation repeats the type that the node's output has.
      for (let depth = 0; depth > 0 || !cursor.peek(','); cursor.at++) {
        const char = cursor.text[cursor.at]
        if (char === undefined || char === '\n') cursor.fail("','")
        if (char === '[' || char === '(') depth++
        if (char === ']' || char === ')') depth--
      }
      cursor.expect(',')
      const value = this.value(type)
      cursor.expect(')')
      return value
    }
    switch (type.kind) {
      case 'Optional':
        return this.value((type as OptionalType).element)
      case 'Tensor': {
        // Blanks behind the separator's own are part of the tensor's text.
        let start = cursor.at
        while (cursor.text[start - 1] === ' ') start--
        return this.tensor(cursor.text[start - 1] === ',' ? start + 1 : start)
      }
      case 'str':
        return this.string()
      case 'Device': {
        // Inside of tuples a device says what it is.
        const isCall = cursor.take('torch.device(')
        const name = this.string()
        if (isCall) cursor.expect(')')
        return name
      }
      case 'int':
        return readInt(cursor.demand(number, 'an int'), cursor)
      case 'float':
        return readFloat(cursor.demand(number, 'a float'))
      case 'complex':
        return this.complex()
      case 'bool':
        return cursor.demand(/True|False/y, 'True or False') === 'True'
      case 'Tuple': {
        let i = 0
        cursor.expect('(')
        return cursor.list(')', () => this.value((type as TupleType).elements[i++] ?? cursor.fail("')'")))
      }
      case 'List': {
        cursor.expect('[')
        if (cursor.take('<Tensors>]')) return []
        return cursor.list(']', () => this.value(type.contained()[0]))
      }
      case 'Dict': {
        cursor.expect('{')
        const { key, value } = type as DictType
        return new Map(
          cursor.list('}', () => {
            const k = this.value(key)
            cursor.expect(':')
            return [k, this.value(value)] as const
          }),
        )
      }
      case 'Enum': {
        const name = cursor
          .demand(/[\w.]+/y, 'an enum member')
          .split('.')
          .at(-1)!
        return { type, name, value: (type as EnumType).members.find(([member]) => member === name)?.[1] }
      }
    }
    return this.untyped()
  }

  private untyped(): unknown {
    const { cursor } = this
    const object = cursor.match(/object\([^)\n]*\)/y)
    if (object) return new OpaqueValue(object)
    if (cursor.peek('"')) return this.string()
    const word = cursor.match(/True|False/y)
    if (word) return word === 'True'
    const text = cursor.match(number)
    if (text !== undefined) return /^-?\d+$/.test(text) ? readInt(text, cursor) : readFloat(text)
    if (cursor.take('[')) return cursor.list(']', () => this.untyped())
    return cursor.fail('a value')
  }

  private complex(): { re: number; im: number } {
    this.cursor.blanks()
    complex.lastIndex = this.cursor.at
    const found = complex.exec(this.cursor.text) ?? this.cursor.fail('a complex number')
    this.cursor.at += found[0].length
    return { re: readFloat(found[1]), im: readFloat(found[2].replace('+', '')) }
  }

  /** Reverses `quotedText`, PyTorch's octal digits beyond 7 included. */
  string(): string {
    const { cursor } = this
    const body = cursor.demand(/"(?:[^"\\\n]|\\[^\n])*"/y, 'a string').slice(1, -1)
    const bytes: number[] = []
    for (let i = 0; i < body.length; i++) {
      const char = body[i]
      if (char !== '\\') bytes.push(...new TextEncoder().encode(char))
      else {
        const short = shortEscapes[body[++i]]
        if (short !== undefined) bytes.push(short)
        else {
          const digit = (at: number): number => (body.charCodeAt(at) || 48) - 48
          bytes.push((digit(i) * 64 + digit(i + 1) * 8 + digit(i + 2)) & 255)
          i += 2
        }
      }
    }
    return new TextDecoder().decode(new Uint8Array(bytes))
  }
}

const shortEscapes: Readonly<Record<string, number>> = { '\\': 92, "'": 39, '"': 34, a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11 }

function unwrap(type: Type | undefined): Type | undefined {
  return type?.kind === 'Optional' ? (type as OptionalType).element : type
}

function readInt(text: string, cursor: TextCursor): number | bigint {
  if (!/^-?\d+$/.test(text)) return cursor.fail('an int')
  const value = Number(text)
  return Number.isSafeInteger(value) ? value : BigInt(text)
}

function readFloat(text: string): number {
  if (text.endsWith('inf')) return text.startsWith('-') ? -Infinity : Infinity
  return text.endsWith('nan') ? Number.NaN : Number(text)
}
