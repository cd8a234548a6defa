import { fileURLToPath } from 'node:url'
import { type ByteSource, BytesSource, FileSource } from '@tsjit/serializer'
import { ArchiveError } from '@tsjit/types'

/** A path, the URL of a file, or bytes. */
export type LoadSource = string | URL | ArrayBufferLike | ArrayBufferView
/** What bytes come from in time: Node's and the web's readable streams, other async iterables of bytes, Blobs. */
export type LoadStream = AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | Blob

/** The path that a path or `file:` URL names. Throws TSJ_ARCHIVE_OPEN for other URLs. */
export function pathOf(location: string | URL): string {
  if (typeof location === 'string' && !/^[a-z][a-z\d+.-]+:\/\//i.test(location)) return location
  const url = new URL(location)
  if (url.protocol !== 'file:')
    throw new ArchiveError('TSJ_ARCHIVE_OPEN', `cannot open ${url.href}: only URLs of files can be`, {
      hint: 'pass the bytes: await (await fetch(url)).arrayBuffer()',
    })
  return fileURLToPath(url)
}

export function isLoadStream(source: LoadSource | LoadStream): source is LoadStream {
  return typeof source === 'object' && (Symbol.asyncIterator in source || source instanceof Blob || source instanceof ReadableStream)
}

/** Bytes to read at random; `file` must be closed by whoever opened it. Throws TSJ_ARCHIVE_OPEN. */
export function openSource(source: LoadSource): { readonly bytes: ByteSource; readonly file: FileSource | undefined } {
  if (typeof source === 'string' || source instanceof URL) {
    const file = FileSource.open(pathOf(source))
    return { bytes: file, file }
  }
  return { bytes: new BytesSource(bytesOf(source)), file: undefined }
}

/** Bytes that were given as a typed array, a Buffer, a DataView or their memory. Throws TSJ_ARCHIVE_SOURCE for anything else. */
export function bytesOf(source: ArrayBufferLike | ArrayBufferView): Uint8Array {
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
  if (source instanceof ArrayBuffer || source instanceof SharedArrayBuffer) return new Uint8Array(source)
  throw new ArchiveError(
    'TSJ_ARCHIVE_SOURCE',
    `expected a path, the URL of a file or bytes, found ${source === null ? 'null' : typeof source}`,
  )
}

/** All that a stream gives. Throws TSJ_ARCHIVE_SOURCE where it gives no bytes, and the stream's own errors. */
export async function readStream(source: LoadStream): Promise<Uint8Array> {
  if (source instanceof Blob) return new Uint8Array(await source.arrayBuffer())
  const chunks: Uint8Array[] = []
  for await (const chunk of source as AsyncIterable<unknown>) {
    if (!ArrayBuffer.isView(chunk))
      throw new ArchiveError('TSJ_ARCHIVE_SOURCE', `expected a stream of bytes, found ${typeof chunk} in it`, {
        hint: 'set no encoding on the stream',
      })
    chunks.push(new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength))
  }
  return chunks.length === 1 ? chunks[0] : new Uint8Array(Buffer.concat(chunks))
}
