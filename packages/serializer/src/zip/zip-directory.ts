import { ArchiveError } from '@tsjit/types'
import type { ByteSource } from './byte-source.ts'
import type { ZipLimits } from './zip-limits.ts'

/** One record, as the central directory states it. */
export interface ZipEntry {
  readonly name: string
  readonly method: 'stored' | 'deflated'
  /** Bytes of the content. */
  readonly size: number
  /** Bytes in the file. */
  readonly compressedSize: number
  readonly crc32: number
  /** Where the local header stands in the source (data before the archive counted in). */
  readonly headerOffset: number
  /** Where the next record or the central directory begins: this record's data ends before. */
  readonly endLimit: number
}

export const localSignature = 0x04034b50
export const centralSignature = 0x02014b50
export const descriptorSignature = 0x08074b50
export const endSignature = 0x06054b50
export const zip64EndSignature = 0x06064b50
export const zip64LocatorSignature = 0x07064b50
export const zip64ExtraId = 1
export const uint32Max = 0xffffffff
const uint16Max = 0xffff
const encryptionFlags = 0x2041

interface DirectoryPlace {
  entries: number
  size: number
  /** Where the directory begins in the source. */
  offset: number
  /** Bytes before the archive: added to every offset that the archive states. */
  prefix: number
}

/** Reads and checks the central directory of `source`. Throws TSJ_ARCHIVE_* errors. */
export function readDirectory(source: ByteSource, limits: ZipLimits): ZipEntry[] {
  const place = findDirectory(source)
  if (place.entries > limits.maxEntries) {
    throw new ArchiveError('TSJ_ARCHIVE_LIMIT', `the archive states ${place.entries} entries, the limit is ${limits.maxEntries}`)
  }
  if (place.size > limits.maxDirectoryBytes) {
    throw new ArchiveError('TSJ_ARCHIVE_LIMIT', `the central directory has ${place.size} bytes, the limit is ${limits.maxDirectoryBytes}`)
  }
  if (place.entries * 46 > place.size) {
    throw damaged(`${place.entries} entries do not fit into a central directory of ${place.size} bytes`, place.offset)
  }
  const bytes = source.read(place.offset, place.size)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: Mutable<ZipEntry>[] = []
  const names = new Set<string>()
  let deflated = 0
  let at = 0
  for (let i = 0; i < place.entries; i++) {
    const { entry, next } = readEntry(view, at, place)
    if (names.has(entry.name)) {
      throw new ArchiveError('TSJ_ARCHIVE_DUPLICATE', 'two records have the same name', {
        location: { record: entry.name, offset: place.offset + at },
      })
    }
    names.add(entry.name)
    if (entry.method === 'deflated') {
      deflated += entry.size
      checkInflation(entry, deflated, limits)
    }
    entries.push(entry)
    at = next
  }
  if (at !== place.size) throw damaged(`the central directory has ${place.size - at} bytes more than its entries`, place.offset + at)
  layOut(entries, place.offset)
  return entries
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] }

function damaged(reason: string, offset: number, record?: string): ArchiveError {
  return new ArchiveError('TSJ_ARCHIVE_DIRECTORY', `damaged zip directory: ${reason}`, { location: { offset, record } })
}

/** Finds the end records, from the back, since a comment may follow them. */
function findDirectory(source: ByteSource): DirectoryPlace {
  const tailLength = Math.min(source.size, 22 + uint16Max)
  const tailStart = source.size - tailLength
  const tail = source.read(tailStart, tailLength)
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  let at = tailLength - 22
  while (at >= 0 && !(view.getUint32(at, true) === endSignature && at + 22 + view.getUint16(at + 20, true) <= tailLength)) at--
  if (at < 0) {
    throw new ArchiveError('TSJ_ARCHIVE_NOT_ZIP', 'no zip archive: the end-of-central-directory record is missing', {
      hint: 'the file is truncated or of another format',
    })
  }
  const endOffset = tailStart + at
  let disk = view.getUint16(at + 4, true)
  let directoryDisk = view.getUint16(at + 6, true)
  let entriesOnDisk = view.getUint16(at + 8, true)
  let entries = view.getUint16(at + 10, true)
  let size = view.getUint32(at + 12, true)
  let offset = view.getUint32(at + 16, true)
  let directoryEnd = endOffset
  if (endOffset >= 20) {
    const locator = dataView(source, endOffset - 20, 20)
    if (locator.getUint32(0, true) === zip64LocatorSignature) {
      const stated = readUint64(locator, 8)
      if (stated === undefined) throw damaged('the zip64 end record lies beyond every file', endOffset - 12)
      // With data before the archive the stated offset is too small; the record stands right before its locator then.
      const adjacent = endOffset - 20 - 56
      const recordOffset = hasZip64End(source, stated) ? stated : adjacent
      if (!hasZip64End(source, recordOffset)) throw damaged('the zip64 end record is missing', stated)
      const record = dataView(source, recordOffset, 56)
      const wide = [readUint64(record, 24), readUint64(record, 32), readUint64(record, 40), readUint64(record, 48)]
      if (wide.includes(undefined)) throw damaged('a number of the zip64 end record overflows', recordOffset + 24)
      disk = record.getUint32(16, true)
      directoryDisk = record.getUint32(20, true)
      ;[entriesOnDisk, entries, size, offset] = wide as number[]
      directoryEnd = recordOffset
    }
  }
  if (disk !== 0 || directoryDisk !== 0 || entriesOnDisk !== entries)
    throw damaged('archives of several disks are not supported', endOffset)
  const prefix = directoryEnd - size - offset
  if (prefix < 0) throw damaged(`the central directory (${size} bytes at ${offset}) overlaps its end record`, directoryEnd)
  return { entries, size, offset: directoryEnd - size, prefix }
}

function hasZip64End(source: ByteSource, offset: number): boolean {
  return offset >= 0 && offset + 56 <= source.size && dataView(source, offset, 4).getUint32(0, true) === zip64EndSignature
}

function readEntry(view: DataView, at: number, place: DirectoryPlace): { entry: Mutable<ZipEntry>; next: number } {
  const here = place.offset + at
  if (at + 46 > view.byteLength || view.getUint32(at, true) !== centralSignature) throw damaged('an entry is missing', here)
  const flags = view.getUint16(at + 8, true)
  const method = view.getUint16(at + 10, true)
  const nameLength = view.getUint16(at + 28, true)
  const extraLength = view.getUint16(at + 30, true)
  const commentLength = view.getUint16(at + 32, true)
  const next = at + 46 + nameLength + extraLength + commentLength
  if (next > view.byteLength) throw damaged('an entry is longer than the directory', here)
  const name = decodeName(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameLength))
  if (name === '' || name.includes('\0')) throw damaged('a record has no usable name', here)
  const location = { record: name, offset: here }
  if ((flags & encryptionFlags) !== 0) throw new ArchiveError('TSJ_ARCHIVE_ENCRYPTED', 'the record is encrypted', { location })
  if (method !== 0 && method !== 8) {
    throw new ArchiveError('TSJ_ARCHIVE_METHOD', `expected a stored (0) or deflated (8) record, found compression method ${method}`, {
      location,
      hint: 'pack the archive again without compression',
    })
  }
  let compressedSize = view.getUint32(at + 20, true)
  let size = view.getUint32(at + 24, true)
  let headerOffset = view.getUint32(at + 42, true)
  if (size === uint32Max || compressedSize === uint32Max || headerOffset === uint32Max) {
    const wide = new Zip64Extra(view, at + 46 + nameLength, extraLength, location)
    if (size === uint32Max) size = wide.next()
    if (compressedSize === uint32Max) compressedSize = wide.next()
    if (headerOffset === uint32Max) headerOffset = wide.next()
  }
  if (method === 0 && size !== compressedSize) throw damaged(`a stored record states ${size} and ${compressedSize} bytes`, here, name)
  headerOffset += place.prefix
  if (!Number.isSafeInteger(headerOffset) || headerOffset + 30 + nameLength + compressedSize > place.offset) {
    throw damaged(`the record (${compressedSize} bytes at ${headerOffset}) reaches into the central directory`, here, name)
  }
  const entry = {
    name,
    method: method === 0 ? 'stored' : 'deflated',
    size,
    compressedSize,
    crc32: view.getUint32(at + 16, true),
    headerOffset,
    endLimit: 0,
  }
  return { entry: entry as Mutable<ZipEntry>, next }
}

/** The numbers of a zip64 extra field, in order; only those stand in it whose 32-bit field is full of ones. */
class Zip64Extra {
  private at = 0
  private end = 0
  constructor(
    private readonly view: DataView,
    start: number,
    length: number,
    private readonly location: { record: string; offset: number },
  ) {
    let at = start
    while (at + 4 <= start + length) {
      const size = view.getUint16(at + 2, true)
      if (at + 4 + size > start + length) break
      if (view.getUint16(at, true) === zip64ExtraId) {
        this.at = at + 4
        this.end = at + 4 + size
        return
      }
      at += 4 + size
    }
  }
  next(): number {
    const value = this.at + 8 <= this.end ? readUint64(this.view, this.at) : undefined
    if (value === undefined) throw damaged('the zip64 extra field lacks a number', this.location.offset, this.location.record)
    this.at += 8
    return value
  }
}

function checkInflation(entry: ZipEntry, total: number, limits: ZipLimits): void {
  const ratio = entry.size / Math.max(1, entry.compressedSize)
  let reason: string | undefined
  if (entry.size > limits.maxDeflatedRecord) reason = `the record inflates to ${entry.size} bytes, the limit is ${limits.maxDeflatedRecord}`
  else if (entry.size > 1 << 20 && ratio > limits.maxRatio)
    reason = `the record inflates ${Math.round(ratio)} times, the limit is ${limits.maxRatio}`
  else if (total > limits.maxDeflatedTotal)
    reason = `the records inflate to ${total} bytes together, the limit is ${limits.maxDeflatedTotal}`
  if (reason) {
    throw new ArchiveError('TSJ_ARCHIVE_BOMB', reason, {
      location: { record: entry.name },
      hint: 'raise the limits of the zip reader if you trust the file',
    })
  }
}

/** Sets every entry's `endLimit` and refuses records that overlap. */
function layOut(entries: Mutable<ZipEntry>[], directoryOffset: number): void {
  const sorted = [...entries].sort((a, b) => a.headerOffset - b.headerOffset)
  for (let i = 0; i < sorted.length; i++) {
    const entry = sorted[i]
    entry.endLimit = i + 1 < sorted.length ? sorted[i + 1].headerOffset : directoryOffset
    if (entry.headerOffset + 30 + entry.compressedSize > entry.endLimit) {
      throw new ArchiveError('TSJ_ARCHIVE_OVERLAP', `the record overlaps ${sorted[i + 1]?.name ?? 'the central directory'}`, {
        location: { record: entry.name, offset: entry.headerOffset },
      })
    }
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })
const latin1 = new TextDecoder('latin1')

/** Names are UTF-8 in PyTorch's archives; old tools write a code page, where only ASCII is sure. */
export function decodeName(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return latin1.decode(bytes)
  }
}

export function dataView(source: ByteSource, offset: number, length: number): DataView {
  const bytes = source.read(offset, length)
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** A 64-bit number, or undefined where it is no safe integer. */
function readUint64(view: DataView, at: number): number | undefined {
  const value = view.getUint32(at + 4, true) * 2 ** 32 + view.getUint32(at, true)
  return Number.isSafeInteger(value) ? value : undefined
}
