import { writeFile } from '@tsjit/serializer'
import { pathOf } from './load-source.ts'

/** A path or the URL of a file. */
export type SaveFile = string | URL
/** Node's and the web's writable streams. They stay open. */
export type SaveStream = NodeWritable | WritableStream<Uint8Array>
type Sink = (bytes: Uint8Array) => void

/** What is needed of Node's `Writable`. */
export interface NodeWritable {
  write(chunk: Uint8Array, done: (error?: Error | null) => void): unknown
  on(event: 'error', listener: (error: Error) => void): unknown
  removeListener(event: 'error', listener: (error: Error) => void): unknown
}

/** Pieces smaller than this are gathered before they go to a stream. */
const leastPiece = 1 << 18

/**
 * Gives what `write` hands to its sink to a file, at once and only when all went well, or to a stream, waiting for it. Bytes on their way to a stream are
 * not copied: they must not change until the promise is kept. Throws what `write` throws and the errors of file and stream.
 */
export function writeTarget(target: SaveFile, write: (sink: Sink) => void): void
export function writeTarget(target: SaveFile | SaveStream, write: (sink: Sink) => void): void | Promise<void>
export function writeTarget(target: SaveFile | SaveStream, write: (sink: Sink) => void): void | Promise<void> {
  if (typeof target === 'string' || target instanceof URL) return writeFile(pathOf(target), write)
  const chunks: Uint8Array[] = []
  write((bytes) => void chunks.push(bytes))
  return writeStream(target, chunks)
}

async function writeStream(stream: SaveStream, chunks: readonly Uint8Array[]): Promise<void> {
  if (stream instanceof WritableStream) {
    const writer = stream.getWriter()
    try {
      for (const piece of pieces(chunks)) await writer.write(piece)
    } finally {
      writer.releaseLock()
    }
    return
  }
  // The callback has the error too; without a listener the event would end the process.
  const heard = (): void => {}
  stream.on('error', heard)
  try {
    for (const piece of pieces(chunks)) {
      await new Promise<void>((resolve, reject) => stream.write(piece, (error) => (error ? reject(error) : resolve())))
    }
  } finally {
    // An error event comes after its callback.
    setImmediate(() => stream.removeListener('error', heard))
  }
}

/** The same bytes with small neighbours joined. */
function* pieces(chunks: readonly Uint8Array[]): Generator<Uint8Array> {
  let small: Uint8Array[] = []
  let length = 0
  for (const chunk of chunks) {
    if (chunk.byteLength < leastPiece) {
      small.push(chunk)
      length += chunk.byteLength
    }
    if (chunk.byteLength >= leastPiece || length >= leastPiece) {
      if (length > 0) yield Buffer.concat(small)
      small = []
      length = 0
      if (chunk.byteLength >= leastPiece) yield chunk
    }
  }
  if (length > 0) yield Buffer.concat(small)
}
