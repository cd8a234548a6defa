import { crc32, deflateRawSync } from 'node:zlib'
import { ArchiveError } from '@tsjit/types'
import { SerializationId } from './serialization-id.ts'
import {
  centralSignature,
  descriptorSignature,
  endSignature,
  localSignature,
  uint32Max,
  zip64EndSignature,
  zip64ExtraId,
  zip64LocatorSignature,
} from './zip-directory.ts'

/** Data of every record begins at a multiple of this many bytes. */
const alignment = 64
/** UTF-8 names, sizes in a data descriptor: what miniz sets; an empty record has no descriptor. */
const flags = 0x0808
const emptyFlags = 0x0800
const encoder = new TextEncoder()

interface Written {
  name: Uint8Array
  flags: number
  method: number
  crc: number
  size: number
  compressedSize: number
  offset: number
}

export interface ZipWriterOptions {
  /** Takes the bytes in order; without it `finish` returns them all. */
  sink?: (bytes: Uint8Array) => void
}

/**
 * Writes a zip archive by the byte rules of PyTorch (caffe2/serialize/inline_container.cc over miniz): records under one
 * root folder, data aligned by an "FB" extra field, zero dates, data descriptors, zip64 end records. Stored records come
 * out byte for byte as PyTorch's; deflated ones have zlib's bytes where PyTorch has miniz's.
 */
export class ZipWriter {
  private readonly chunks: Uint8Array[] = []
  private readonly written: Written[] = []
  private readonly names = new Set<string>()
  private readonly id = new SerializationId()
  private readonly sink: (bytes: Uint8Array) => void
  private position = 0
  private finished = false

  constructor(
    /** The folder that all records lie in: PyTorch takes the file's name without its extension, or `archive`. */
    readonly root: string,
    { sink }: ZipWriterOptions = {},
  ) {
    this.sink = sink ?? ((bytes) => this.chunks.push(bytes))
  }

  /** Adds a record. The bytes must not change before `finish`. */
  add(name: string, content: Uint8Array | string, { compress = false } = {}): void {
    if (this.finished) throw new ArchiveError('TSJ_ARCHIVE_WRITE', 'the archive is finished', { location: { record: name } })
    if (this.names.has(name))
      throw new ArchiveError('TSJ_ARCHIVE_DUPLICATE', 'two records have the same name', { location: { record: name } })
    this.names.add(name)
    const bytes = typeof content === 'string' ? encoder.encode(content) : content
    const fullName = encoder.encode(`${this.root}/${name}`)
    // miniz stores what has no more than three bytes.
    const deflated = compress && bytes.byteLength > 3
    const data = deflated ? deflateRawSync(bytes, { level: 9 }) : bytes
    const empty = bytes.byteLength === 0
    const entry: Written = {
      name: fullName,
      flags: empty ? emptyFlags : flags,
      method: deflated ? 8 : 0,
      crc: crc32(bytes),
      size: bytes.byteLength,
      compressedSize: data.byteLength,
      offset: this.position,
    }
    const wide = zip64Extra(entry)
    const padding = paddingExtra(this.position + 30 + fullName.byteLength + wide.byteLength)
    const header = new Fields(30)
    header
      .uint32(localSignature)
      .uint16(deflated ? 20 : 0)
      .uint16(entry.flags)
      .uint16(entry.method)
    // Dates, and CRC and sizes, which the descriptor holds.
    header.skip(4 + 12)
    header.uint16(fullName.byteLength).uint16(wide.byteLength + padding.byteLength)
    for (const part of [header.bytes, fullName, wide, padding, data]) this.write(part)
    if (!empty) {
      const descriptor = new Fields(wide.byteLength > 0 ? 24 : 16)
      descriptor.uint32(descriptorSignature).uint32(entry.crc)
      if (wide.byteLength > 0) descriptor.uint64(entry.compressedSize).uint64(entry.size)
      else descriptor.uint32(entry.compressedSize).uint32(entry.size)
      this.write(descriptor.bytes)
      this.id.addContent(entry.crc)
    }
    this.id.addName(name)
    this.written.push(entry)
  }

  /** The content of `.data/serialization_id`, computed from the names and checksums so far; PyTorch writes it last. */
  serializationId(): string {
    return this.id.toString()
  }

  /** Writes the central directory. Returns the whole archive unless it went to a sink. */
  finish(): Uint8Array {
    if (this.finished) throw new ArchiveError('TSJ_ARCHIVE_WRITE', 'the archive is finished')
    this.finished = true
    const directory = this.position
    for (const entry of this.written) {
      const wide = zip64Extra(entry)
      const header = new Fields(46)
      header
        .uint32(centralSignature)
        .uint16(0)
        .uint16(entry.method === 0 ? 0 : 20)
        .uint16(entry.flags)
        .uint16(entry.method)
      header.skip(4)
      header.uint32(entry.crc).uint32(Math.min(entry.compressedSize, uint32Max)).uint32(Math.min(entry.size, uint32Max))
      header.uint16(entry.name.byteLength).uint16(wide.byteLength)
      header.skip(2 + 2 + 2 + 4)
      header.uint32(Math.min(entry.offset, uint32Max))
      for (const part of [header.bytes, entry.name, wide]) this.write(part)
    }
    const size = this.position - directory
    const count = this.written.length
    const end = new Fields(56 + 20 + 22)
    const endOffset = this.position
    end.uint32(zip64EndSignature).uint64(44).uint16(0x031e).uint16(45).uint32(0).uint32(0)
    end.uint64(count).uint64(count).uint64(size).uint64(directory)
    end.uint32(zip64LocatorSignature).uint32(0).uint64(endOffset).uint32(1)
    end.uint32(endSignature).uint16(0).uint16(0).uint16(Math.min(count, 0xffff)).uint16(Math.min(count, 0xffff))
    end.uint32(Math.min(size, uint32Max)).uint32(Math.min(directory, uint32Max)).uint16(0)
    this.write(end.bytes)
    return concatenate(this.chunks)
  }

  private write(bytes: Uint8Array): void {
    if (bytes.byteLength === 0) return
    this.sink(bytes)
    this.position += bytes.byteLength
  }
}

/** The zip64 extra field, empty where every number fits into 32 bits. */
function zip64Extra({ size, compressedSize, offset }: Written): Uint8Array {
  const numbers = [...(size >= uint32Max ? [size, compressedSize] : []), ...(offset >= uint32Max ? [offset] : [])]
  if (numbers.length === 0) return new Uint8Array(0)
  const fields = new Fields(4 + 8 * numbers.length)
  fields.uint16(zip64ExtraId).uint16(8 * numbers.length)
  for (const number of numbers) fields.uint64(number)
  return fields.bytes
}

/** The field "FB" that carries as many Z as bring the end of the header to a multiple of the alignment. */
function paddingExtra(start: number): Uint8Array {
  const missing = (alignment - ((start + 4) % alignment)) % alignment
  const bytes = new Uint8Array(4 + missing).fill(0x5a)
  bytes.set([0x46, 0x42, missing, 0])
  return bytes
}

/** Little-endian fields, one after the other. */
class Fields {
  readonly bytes: Uint8Array
  private readonly view: DataView
  private at = 0
  constructor(length: number) {
    this.bytes = new Uint8Array(length)
    this.view = new DataView(this.bytes.buffer)
  }
  uint16(value: number): this {
    this.view.setUint16(this.at, value, true)
    this.at += 2
    return this
  }
  uint32(value: number): this {
    this.view.setUint32(this.at, value, true)
    this.at += 4
    return this
  }
  uint64(value: number): this {
    return this.uint32(value % 2 ** 32).uint32(Math.floor(value / 2 ** 32))
  }
  skip(bytes: number): void {
    this.at += bytes
  }
}

export function concatenate(chunks: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const chunk of chunks) length += chunk.byteLength
  const all = new Uint8Array(length)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.byteLength
  }
  return all
}
