import { ArchiveError } from '@tsjit/types'
import { parsePythonInteger } from './pickle-text.ts'

/** Longest int in bytes, and in digits as text. */
export const longestInteger = 1 << 12

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** The bytes of a pickle with a position; every read is checked against the end. */
export class PickleReader {
  position: number
  /** Where the opcode stands that is being read: what errors name. */
  opcodeOffset: number
  private readonly view: DataView

  constructor(
    readonly bytes: Uint8Array,
    readonly record: string | undefined,
    start = 0,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.position = start
    this.opcodeOffset = start
  }

  error(code: string, reason: string, hint?: string): ArchiveError {
    return new ArchiveError(code, reason, { location: { record: this.record, offset: this.opcodeOffset }, hint })
  }

  opcode(): number {
    this.opcodeOffset = this.position
    return this.uint8()
  }
  uint8(): number {
    return this.bytes[this.take(1)]
  }
  uint16(): number {
    return this.view.getUint16(this.take(2), true)
  }
  int32(): number {
    return this.view.getInt32(this.take(4), true)
  }
  uint32(): number {
    return this.view.getUint32(this.take(4), true)
  }
  float64(): number {
    return this.view.getFloat64(this.take(8), false)
  }
  /** A length of eight bytes; more than any file has is the end of the data. */
  length8(): number {
    const at = this.take(8)
    return this.view.getUint32(at + 4, true) * 2 ** 32 + this.view.getUint32(at, true)
  }
  /** A view of the next bytes. */
  raw(length: number): Uint8Array {
    const at = this.take(length)
    return this.bytes.subarray(at, at + length)
  }
  /** UTF-8, with lone surrogates as Python writes them (`surrogatepass`). */
  utf8(length: number): string {
    const at = this.take(length)
    if (length < 48) {
      let text = ''
      let i = at
      for (; i < at + length; i++) {
        const byte = this.bytes[i]
        if (byte > 127) break
        text += String.fromCharCode(byte)
      }
      if (i === at + length) return text
    }
    return this.decode(this.bytes.subarray(at, at + length))
  }
  /** The text up to the next newline, which is skipped. */
  line(): string {
    return this.decode(this.lineBytes())
  }
  lineBytes(): Uint8Array {
    const end = this.bytes.indexOf(0x0a, this.position)
    if (end < 0) throw this.truncated('a newline')
    const line = this.bytes.subarray(this.position, end)
    this.position = end + 1
    return line
  }
  /** A two's complement integer of any length, little-endian. */
  longInteger(length: number): number | bigint {
    const bytes = this.raw(length)
    if (length === 0) return 0
    let value: bigint
    if (length === 8) value = new DataView(bytes.buffer, bytes.byteOffset, 8).getBigInt64(0, true)
    else {
      value = BigInt(`0x${Buffer.from(bytes).reverse().toString('hex')}`)
      if (bytes[length - 1] >= 128) value -= 1n << BigInt(8 * length)
    }
    return narrow(value)
  }

  /** An int of protocol 0. */
  integer(text: string): number | bigint {
    const value = text.length > longestInteger ? undefined : parsePythonInteger(text)
    if (value === undefined) throw this.error('TSJ_PICKLE_INT', `expected an int, found ${JSON.stringify(text.slice(0, 40))}`)
    return narrow(value)
  }
  /** The float of protocol 0 on the next line. */
  float(): number {
    const text = this.line()
    if (/^-?(inf|nan)$/.test(text)) return text.endsWith('nan') ? Number.NaN : text.startsWith('-') ? -Infinity : Infinity
    if (!/^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) {
      throw this.error('TSJ_PICKLE_FLOAT', `expected a float, found ${JSON.stringify(text.slice(0, 40))}`)
    }
    return Number(text)
  }
  /** A string of protocol 0, whose escapes are wrong where it is undefined. */
  required(text: string | undefined): string {
    if (text === undefined) throw this.error('TSJ_PICKLE_STRING', 'a string is not quoted or escaped as Python does')
    return text
  }

  decode(bytes: Uint8Array): string {
    try {
      return strictUtf8.decode(bytes)
    } catch {
      const text = decodeWithSurrogates(bytes)
      if (text === undefined) throw this.error('TSJ_PICKLE_STRING', 'a string is not UTF-8')
      return text
    }
  }

  private take(length: number): number {
    const at = this.position
    if (length > this.bytes.byteLength - at) throw this.truncated(`${length} bytes`)
    this.position = at + length
    return at
  }
  private truncated(expected: string): ArchiveError {
    const left = this.bytes.byteLength - this.position
    return this.error('TSJ_PICKLE_TRUNCATED', `expected ${expected}, but the pickle ends after ${left} more`, 'the file may be incomplete')
  }
}

/** An int: a number where it is a safe integer. */
export function narrow(value: bigint): number | bigint {
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : value
}

function decodeWithSurrogates(bytes: Uint8Array): string | undefined {
  let text = ''
  let start = 0
  for (let i = 0; i + 2 < bytes.length; i++) {
    // ED A0..BF 80..BF is a surrogate in three bytes; ED never is a continuation byte.
    if (bytes[i] !== 0xed || bytes[i + 1] < 0xa0 || bytes[i + 1] > 0xbf || (bytes[i + 2] & 0xc0) !== 0x80) continue
    try {
      text += strictUtf8.decode(bytes.subarray(start, i))
    } catch {
      return undefined
    }
    text += String.fromCharCode(0xd000 | ((bytes[i + 1] & 0x3f) << 6) | (bytes[i + 2] & 0x3f))
    start = i + 3
    i += 2
  }
  try {
    return text + strictUtf8.decode(bytes.subarray(start))
  } catch {
    return undefined
  }
}
