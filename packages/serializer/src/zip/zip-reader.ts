import { inflateRawSync, crc32 as zlibCrc32 } from 'node:zlib'
import { ArchiveError } from '@tsjit/types'
import { allocate, type ByteSource, readInto } from './byte-source.ts'
import { dataView, decodeName, localSignature, readDirectory, type ZipEntry } from './zip-directory.ts'
import { type Crc32, defaultZipLimits, type ZipLimits } from './zip-limits.ts'

/** Bytes that are read and summed at a time, so that the sum finds them in the cache. */
const chunkBytes = 1 << 20

export interface ZipReaderOptions extends Partial<ZipLimits> {
  /** A faster CRC-32 for stored records; `node:zlib`'s otherwise. */
  crc32?: Crc32
}

/** Bytes of an open file. */
export interface FileRange {
  readonly descriptor: number
  readonly offset: number
  readonly byteLength: number
  readonly crc32: number
}

/**
 * Reads a zip archive of stored and deflated records, zip64 included. Only the central directory counts: the sizes in
 * local headers and data descriptors are ignored. Every record that is read has its CRC-32 checked.
 */
export class ZipReader {
  readonly entries: ReadonlyMap<string, ZipEntry>
  private readonly crc32: Crc32

  private constructor(
    private readonly source: ByteSource,
    entries: ZipEntry[],
    crc32: Crc32 | undefined,
  ) {
    this.entries = new Map(entries.map((entry) => [entry.name, entry]))
    this.crc32 = crc32 ?? zlibCrc32
  }

  /** Reads the directory of `source` and checks it against the limits. Throws `ArchiveError`s with TSJ_ARCHIVE_* codes. */
  static open(source: ByteSource, { crc32, ...limits }: ZipReaderOptions = {}): ZipReader {
    return new ZipReader(source, readDirectory(source, { ...defaultZipLimits, ...limits }), crc32)
  }

  has(name: string): boolean {
    return this.entries.has(name)
  }

  /** The entry, or TSJ_ARCHIVE_RECORD_MISSING. */
  entry(name: string): ZipEntry {
    const entry = this.entries.get(name)
    if (!entry) {
      throw new ArchiveError('TSJ_ARCHIVE_RECORD_MISSING', `the archive has no record ${name}`, { location: { record: name } })
    }
    return entry
  }

  /** Where the record's (possibly deflated) data begins in the source. Checks the local header. */
  dataOffset(name: string): number {
    const entry = this.entry(name)
    const location = { record: name, offset: entry.headerOffset }
    const header = dataView(this.source, entry.headerOffset, Math.min(30 + Buffer.byteLength(name), entry.endLimit - entry.headerOffset))
    if (header.byteLength < 30 || header.getUint32(0, true) !== localSignature) {
      throw new ArchiveError('TSJ_ARCHIVE_HEADER', 'the local header is missing', { location })
    }
    const nameLength = header.getUint16(26, true)
    const offset = entry.headerOffset + 30 + nameLength + header.getUint16(28, true)
    if (offset + entry.compressedSize > entry.endLimit) {
      throw new ArchiveError('TSJ_ARCHIVE_OVERLAP', 'the data of the record reaches into what follows it', { location })
    }
    const here = nameLength <= header.byteLength - 30
    const localName = decodeName(
      here ? new Uint8Array(header.buffer, header.byteOffset + 30, nameLength) : this.source.read(entry.headerOffset + 30, nameLength),
    )
    if (localName !== name) {
      throw new ArchiveError('TSJ_ARCHIVE_HEADER', `the local header names the record ${JSON.stringify(localName)}`, { location })
    }
    const method = header.getUint16(8, true)
    if (method !== (entry.method === 'stored' ? 0 : 8)) {
      throw new ArchiveError('TSJ_ARCHIVE_HEADER', `the local header states compression method ${method}, the directory ${entry.method}`, {
        location,
      })
    }
    return offset
  }

  /** The content of a record; a view of the source's memory where the record is stored and the source is in memory. */
  read(name: string): Uint8Array {
    const entry = this.entry(name)
    if (entry.method === 'deflated') return this.inflate(entry)
    const offset = this.dataOffset(name)
    if (this.source.readInto && entry.size > chunkBytes) {
      const bytes = allocate(entry.size)
      this.readStored(entry, offset, bytes)
      return bytes
    }
    const bytes = this.source.read(offset, entry.size)
    this.check(entry, this.crc32(bytes))
    return bytes
  }

  /** Reads a record into `target`, which must have exactly its size (else TSJ_ARCHIVE_RECORD_SIZE). */
  readInto(name: string, target: Uint8Array): void {
    const entry = this.entry(name)
    if (target.byteLength !== entry.size) {
      throw new ArchiveError('TSJ_ARCHIVE_RECORD_SIZE', `expected a record of ${target.byteLength} bytes, found ${entry.size}`, {
        location: { record: name },
      })
    }
    if (entry.method === 'deflated') target.set(this.inflate(entry))
    else this.readStored(entry, this.dataOffset(name), target)
  }

  /** Where the bytes of a record lie in an open file, where they do; undefined for deflated records and bytes in memory. Nothing is checked: see `checkRecord`. */
  rangeInFile(name: string): FileRange | undefined {
    const { method, size, crc32 } = this.entry(name)
    const { descriptor } = this.source
    if (descriptor === undefined || method !== 'stored') return undefined
    return { descriptor, offset: this.dataOffset(name), byteLength: size, crc32 }
  }

  /** Checks the CRC-32 of a stored record; its bytes pass through a small buffer. Throws TSJ_ARCHIVE_CRC. */
  checkRecord(name: string): void {
    const entry = this.entry(name)
    const buffer = allocate(Math.min(chunkBytes, entry.size))
    this.sumStored(entry, this.dataOffset(name), (_at, length) => buffer.subarray(0, length))
  }

  private readStored(entry: ZipEntry, offset: number, target: Uint8Array): void {
    this.sumStored(entry, offset, (at, length) => target.subarray(at, at + length))
  }

  /** Reads a stored record chunk by chunk into what `place` gives, and checks its CRC-32. */
  private sumStored(entry: ZipEntry, offset: number, place: (at: number, length: number) => Uint8Array): void {
    let crc = 0
    for (let at = 0; at < entry.size; at += chunkBytes) {
      const chunk = place(at, Math.min(chunkBytes, entry.size - at))
      readInto(this.source, offset + at, chunk)
      crc = this.crc32(chunk, crc)
    }
    this.check(entry, crc)
  }

  private inflate(entry: ZipEntry): Uint8Array {
    const offset = this.dataOffset(entry.name)
    const packed = this.source.read(offset, entry.compressedSize)
    let bytes: Uint8Array
    try {
      bytes = inflateRawSync(packed, {
        maxOutputLength: Math.max(1, entry.size),
        chunkSize: Math.min(Math.max(64, entry.size + 1), chunkBytes),
      })
    } catch (cause) {
      throw new ArchiveError('TSJ_ARCHIVE_INFLATE', `the deflated data is damaged: ${(cause as Error).message}`, {
        location: { record: entry.name, offset },
        cause,
      })
    }
    if (bytes.byteLength !== entry.size) {
      throw new ArchiveError('TSJ_ARCHIVE_INFLATE', `expected ${entry.size} inflated bytes, found ${bytes.byteLength}`, {
        location: { record: entry.name, offset },
      })
    }
    this.check(entry, zlibCrc32(bytes))
    return bytes
  }

  private check(entry: ZipEntry, crc: number): void {
    if (crc >>> 0 === entry.crc32) return
    const found = (crc >>> 0).toString(16).padStart(8, '0')
    throw new ArchiveError('TSJ_ARCHIVE_CRC', `expected CRC-32 ${entry.crc32.toString(16).padStart(8, '0')}, found ${found}`, {
      location: { record: entry.name, offset: entry.headerOffset },
      hint: 'the file is damaged: fetch it again',
    })
  }
}
