import { ArchiveError } from '@tsjit/types'
import type { ZipReader } from '../zip/index.ts'

/**
 * A message of `model.json` (the JSON form of the protocol buffers of `caffe2/proto/torch.proto`): 64-bit ints may be texts, names may be in camelCase or as
 * in the definition, absent fields have their defaults. Unknown fields are ignored. Every getter throws TSJ_ARCHIVE_MODEL.
 */
export interface JsonReader {
  has(name: string): boolean
  text(name: string, otherwise: string): string
  int(name: string, otherwise: number): number
  float(name: string, otherwise: number): number
  flag(name: string): boolean
  ints(name: string): number[]
  record(name: string): JsonReader | undefined
  list(name: string): JsonReader[]
  error(reason: string): ArchiveError
}

export function readModelJson(zip: ZipReader, record: string): JsonReader {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(zip.read(record)))
  } catch (cause) {
    if (cause instanceof ArchiveError) throw cause
    throw new ArchiveError('TSJ_ARCHIVE_MODEL', `the model's description is no JSON: ${(cause as Error).message}`, {
      location: { record },
      cause,
    })
  }
  return new Message(value, record, 'model')
}

class Message implements JsonReader {
  private readonly fields: Readonly<Record<string, unknown>>
  constructor(
    value: unknown,
    private readonly file: string,
    private readonly at: string,
  ) {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.error('expected an object')
    this.fields = value as Record<string, unknown>
  }

  has(name: string): boolean {
    return this.field(name) !== undefined
  }
  text(name: string, otherwise: string): string {
    return this.get(name, otherwise, 'a text', (value) => (typeof value === 'string' ? value : undefined))
  }
  int(name: string, otherwise: number): number {
    return this.get(name, otherwise, 'a whole number', wholeNumber)
  }
  float(name: string, otherwise: number): number {
    return this.get(name, otherwise, 'a number', (value) => {
      const number = typeof value === 'string' && value !== '' ? Number(value) : value
      return typeof number === 'number' && !Number.isNaN(number) ? number : undefined
    })
  }
  flag(name: string): boolean {
    return this.get(name, false, 'true or false', (value) => (typeof value === 'boolean' ? value : undefined))
  }
  ints(name: string): number[] {
    return this.items(name).map((item, i) => {
      const number = wholeNumber(item)
      if (number === undefined) throw this.error(`expected a whole number at ${name}[${i}]`)
      return number
    })
  }
  record(name: string): Message | undefined {
    const value = this.field(name)
    return value === undefined ? undefined : new Message(value, this.file, `${this.at}.${name}`)
  }
  list(name: string): Message[] {
    return this.items(name).map((item, i) => new Message(item, this.file, `${this.at}.${name}[${i}]`))
  }
  error(reason: string): ArchiveError {
    return new ArchiveError('TSJ_ARCHIVE_MODEL', `the model's description at ${this.at}: ${reason}`, { location: { record: this.file } })
  }

  private items(name: string): unknown[] {
    return this.get<unknown[]>(name, [], 'a list', (value) => (Array.isArray(value) ? value : undefined))
  }
  private get<T>(name: string, otherwise: T, expected: string, read: (value: unknown) => T | undefined): T {
    const value = this.field(name)
    if (value === undefined) return otherwise
    const result = read(value)
    if (result === undefined) throw this.error(`expected ${expected} as ${name}`)
    return result
  }
  private field(name: string): unknown {
    const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
    const key = Object.hasOwn(this.fields, name) ? name : snake
    const value = Object.hasOwn(this.fields, key) ? this.fields[key] : undefined
    return value ?? undefined
  }
}

function wholeNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' && /^-?\d+$/.test(value) ? Number(value) : value
  return Number.isSafeInteger(number) ? (number as number) : undefined
}
