import { closeSync, fstatSync, openSync, readSync } from 'node:fs'
import { ArchiveError } from '@tsjit/types'

/** Random access to the bytes of a file that stays the same while it is read. */
export interface ByteSource {
  readonly size: number
  /** The bytes `offset .. offset + length`; a view of the source's own memory where it has one. Throws TSJ_ARCHIVE_TRUNCATED. */
  read(offset: number, length: number): Uint8Array
  /** Fills `target` from `offset` on, without a copy in between. Sources that lack it are read through `read`. */
  readInto?(offset: number, target: Uint8Array): void
  /** The open file that these bytes are, where they are one. */
  readonly descriptor?: number
}

/** A `ByteSource` over memory; `read` gives views, not copies. */
export class BytesSource implements ByteSource {
  readonly size: number
  constructor(private readonly bytes: Uint8Array) {
    this.size = bytes.byteLength
  }
  read(offset: number, length: number): Uint8Array {
    checkRange(this.size, offset, length)
    return this.bytes.subarray(offset, offset + length)
  }
  readInto(offset: number, target: Uint8Array): void {
    target.set(this.read(offset, target.byteLength))
  }
}

/** A single read call takes at most 2 GiB - 1. */
const largestRead = 1 << 30

/** A `ByteSource` over an open file. `close` ends it; a descriptor that was passed in stays open. */
export class FileSource implements ByteSource {
  readonly size: number
  private constructor(
    readonly descriptor: number,
    private readonly owned: boolean,
  ) {
    this.size = fstatSync(descriptor).size
  }
  /** Opens a path. Throws TSJ_ARCHIVE_OPEN where the system refuses or the path is no regular file. */
  static open(path: string): FileSource {
    let descriptor: number
    try {
      descriptor = openSync(path, 'r')
    } catch (cause) {
      throw new ArchiveError('TSJ_ARCHIVE_OPEN', `cannot open ${path}: ${(cause as Error).message}`, { cause })
    }
    if (!fstatSync(descriptor).isFile()) {
      closeSync(descriptor)
      throw new ArchiveError('TSJ_ARCHIVE_OPEN', `cannot open ${path}: it is not a file`)
    }
    return new FileSource(descriptor, true)
  }
  static fromDescriptor(descriptor: number): FileSource {
    return new FileSource(descriptor, false)
  }
  read(offset: number, length: number): Uint8Array {
    checkRange(this.size, offset, length)
    const target = allocate(length)
    this.readInto(offset, target)
    return target
  }
  readInto(offset: number, target: Uint8Array): void {
    checkRange(this.size, offset, target.byteLength)
    let done = 0
    while (done < target.byteLength) {
      const wanted = Math.min(target.byteLength - done, largestRead)
      const got = readSync(this.descriptor, target, done, wanted, offset + done)
      if (got === 0) {
        throw new ArchiveError('TSJ_ARCHIVE_TRUNCATED', 'the file became shorter while it was read', {
          location: { offset: offset + done },
        })
      }
      done += got
    }
  }
  close(): void {
    if (this.owned) closeSync(this.descriptor)
  }
}

/** Reads into `target` whatever the source offers. */
export function readInto(source: ByteSource, offset: number, target: Uint8Array): void {
  if (source.readInto) source.readInto(offset, target)
  else target.set(source.read(offset, target.byteLength))
}

/** Uninitialised memory of `length` bytes; a size that the host cannot give is TSJ_ARCHIVE_TOO_LARGE. */
export function allocate(length: number): Uint8Array {
  try {
    const buffer = Buffer.allocUnsafeSlow(length)
    return new Uint8Array(buffer.buffer, 0, length)
  } catch (cause) {
    throw new ArchiveError('TSJ_ARCHIVE_TOO_LARGE', `cannot allocate ${length} bytes`, { cause })
  }
}

function checkRange(size: number, offset: number, length: number): void {
  if (!Number.isSafeInteger(offset) || !Number.isSafeInteger(length) || offset < 0 || length < 0 || offset + length > size) {
    throw new ArchiveError('TSJ_ARCHIVE_TRUNCATED', `expected ${length} bytes, but the file ends at ${size}`, {
      location: { offset },
      hint: 'the file may be incomplete: compare its size with the original',
    })
  }
}
