import type { Backend } from '@tsjit/runtime/backend'
import type { FileRange, ZipReader } from '../zip/index.ts'

/** Smaller records are read at once. */
const deferredBytes = 1 << 16

/** The large stored records of an archive in a file: they stay there until somebody needs them, and their CRC-32s are checked beside the rest of loading. */
export class DeferredRecords {
  private readonly ranges = new Map<string, FileRange>()
  private wait: (() => number) | undefined

  /** Starts checking the records below the folders; a backend that cannot keep bytes in files has none. */
  constructor(
    private readonly zip: ZipReader,
    folders: readonly string[],
    backend: Backend,
  ) {
    if (!backend.fromFile) return
    for (const [name, { size }] of zip.entries) {
      if (size < deferredBytes || !folders.some((folder) => name.startsWith(folder))) continue
      const range = zip.rangeInFile(name)
      if (range) this.ranges.set(name, range)
    }
    const ranges = [...this.ranges.values()]
    if (ranges.length === 0) return
    const parts = Float64Array.from(ranges.flatMap(({ offset, byteLength, crc32 }) => [offset, byteLength, crc32]))
    this.wait = backend.checkFile?.(ranges[0].descriptor, parts)
    if (!this.wait) for (const name of this.ranges.keys()) zip.checkRecord(name)
  }

  rangeOf(name: string): FileRange | undefined {
    return this.ranges.get(name)
  }

  /** Waits for the checks. Throws TSJ_ARCHIVE_CRC. */
  finish(): void {
    const wrong = this.wait?.() ?? -1
    this.wait = undefined
    if (wrong >= 0) this.zip.checkRecord([...this.ranges.keys()][wrong])
  }
}
