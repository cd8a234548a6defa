import { closeSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { type SavedModule, type SaveOptions, saveArchive } from './save-archive.ts'

/** Small writes are gathered up to this many bytes. */
const bufferSize = 1 << 20

/** Writes an archive to a path by `writeFile`. Throws what `saveArchive` throws, and the file system's errors. */
export function saveArchiveFile(module: SavedModule, path: string, options: Omit<SaveOptions, 'sink'> = {}): void {
  writeFile(path, (sink) => void saveArchive(module, { root: rootOfPath(path), ...options, sink }))
}

/**
 * Writes a file through a temporary one beside it: what is at the path is replaced at once and only when all went well. `write` hands its bytes to the
 * sink in order; large ones are not copied. Throws the file system's errors.
 */
export function writeFile(path: string, write: (sink: (bytes: Uint8Array) => void) => void): void {
  const temporary = `${path}.${process.pid}.tmp`
  const file = openSync(temporary, 'wx')
  try {
    const writer = new BufferedWriter(file)
    write((bytes) => writer.write(bytes))
    writer.flush()
    closeSync(file)
    renameSync(temporary, path)
  } catch (error) {
    try {
      closeSync(file)
    } catch {
      // It was closed already.
    }
    rmSync(temporary, { force: true })
    throw error
  }
}

/** PyTorch's choice of the root folder: the file's name without its last extension. */
export function rootOfPath(path: string): string {
  const name = basename(path)
  const dot = name.lastIndexOf('.')
  return (dot > 0 ? name.slice(0, dot) : name) || 'archive'
}

class BufferedWriter {
  private readonly buffer = Buffer.allocUnsafe(bufferSize)
  private length = 0

  constructor(private readonly file: number) {}

  write(bytes: Uint8Array): void {
    if (this.length + bytes.byteLength > bufferSize) this.flush()
    if (bytes.byteLength > bufferSize / 4) {
      this.flush()
      this.writeAll(bytes)
    } else {
      this.buffer.set(bytes, this.length)
      this.length += bytes.byteLength
    }
  }
  flush(): void {
    this.writeAll(this.buffer.subarray(0, this.length))
    this.length = 0
  }
  private writeAll(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength; ) at += writeSync(this.file, bytes, at, Math.min(bytes.byteLength - at, 1 << 30))
  }
}
