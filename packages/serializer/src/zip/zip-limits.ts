/** What a reader accepts before it allocates anything. Stored records need no limit of their own: they cannot exceed the file. */
export interface ZipLimits {
  /** Most entries. */
  maxEntries: number
  /** Most bytes of the central directory. */
  maxDirectoryBytes: number
  /** Most bytes that one deflated record may inflate to. */
  maxDeflatedRecord: number
  /** Most bytes that all deflated records together may inflate to. */
  maxDeflatedTotal: number
  /** Most inflated bytes for one deflated byte, in records of more than a MiB. */
  maxRatio: number
}

export const defaultZipLimits: Readonly<ZipLimits> = {
  maxEntries: 1 << 18,
  maxDirectoryBytes: 64 << 20,
  maxDeflatedRecord: 64 << 20,
  maxDeflatedTotal: 1 << 30,
  maxRatio: 1000,
}

/** CRC-32 (the polynomial of zip) of `bytes`, continuing from `previous`. */
export type Crc32 = (bytes: Uint8Array, previous?: number) => number
