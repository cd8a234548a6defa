import { ArchiveError, type DType, dtypeInfo } from '@tsjit/types'
import { type ByteSource, BytesSource, concatenate } from '../zip/index.ts'
import { checkHostTensor, countElements, type HostTensor } from './host-tensor.ts'

/** The format's names of dtypes. */
const dtypeOf: Readonly<Record<string, DType>> = {
  BOOL: 'bool',
  U8: 'uint8',
  I8: 'int8',
  F8_E5M2: 'float8_e5m2',
  F8_E4M3: 'float8_e4m3fn',
  F8_E5M2FNUZ: 'float8_e5m2fnuz',
  F8_E4M3FNUZ: 'float8_e4m3fnuz',
  I16: 'int16',
  U16: 'uint16',
  F16: 'float16',
  BF16: 'bfloat16',
  I32: 'int32',
  U32: 'uint32',
  F32: 'float32',
  C64: 'complex64',
  F64: 'float64',
  I64: 'int64',
  U64: 'uint64',
}
const nameOf = new Map(Object.entries(dtypeOf).map(([name, dtype]) => [dtype, name]))
/** The reference implementation's limit. */
const longestHeader = 100_000_000

export interface Safetensors {
  readonly tensors: Map<string, HostTensor>
  readonly metadata: Map<string, string>
}

/** A tensor of a file: where its data are. */
export interface SafetensorsEntry {
  readonly dtype: DType
  readonly shape: readonly number[]
  /** From the beginning of the file. */
  readonly offset: number
  readonly byteLength: number
}

/** Reads a safetensors file; the data of its tensors are views of `bytes`. Throws TSJ_SAFETENSORS_* errors. */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const { entries, metadata } = readSafetensorsHeader(new BytesSource(bytes))
  const tensors = new Map<string, HostTensor>()
  for (const [name, { dtype, shape, offset, byteLength }] of entries)
    tensors.set(name, { dtype, shape, data: bytes.subarray(offset, offset + byteLength) })
  return { tensors, metadata }
}

/** Whether a file begins as a safetensors file does: the length of a header that fits, and the header's brace. */
export function isSafetensors(source: ByteSource): boolean {
  if (source.size < 10) return false
  const head = source.read(0, 9)
  const length = Number(new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true))
  return length <= longestHeader && 8 + length <= source.size && head[8] === 0x7b
}

/** Reads and checks the header of a safetensors file. Throws TSJ_SAFETENSORS_* errors. */
export function readSafetensorsHeader(source: ByteSource): { entries: Map<string, SafetensorsEntry>; metadata: Map<string, string> } {
  const fail: Fail = (reason, record) => new ArchiveError('TSJ_SAFETENSORS_FORMAT', reason, { location: { record } })
  if (source.size < 8) throw fail('no safetensors file: it is shorter than its header')
  const head = source.read(0, 8)
  const length = Number(new DataView(head.buffer, head.byteOffset, 8).getBigUint64(0, true))
  if (length > longestHeader) throw fail(`the header states ${length} bytes, the limit is ${longestHeader}: no safetensors file`)
  if (8 + length > source.size) throw new ArchiveError('TSJ_SAFETENSORS_TRUNCATED', 'the file ends inside its header')
  const header = parseHeader(source.read(8, length))
  if (!header) throw fail('the header is no JSON object')
  const metadata = new Map<string, string>()
  const entries = new Map<string, SafetensorsEntry>()
  const start = 8 + length
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      if (!isObject(value) || !Object.values(value).every((text) => typeof text === 'string')) throw fail('the metadata are no texts')
      for (const [key, text] of Object.entries(value)) metadata.set(key, text as string)
    } else entries.set(name, readEntry(name, value, start, source.size, fail))
  }
  const spans = [...entries].sort(([, a], [, b]) => a.offset - b.offset || a.byteLength - b.byteLength)
  let at = start
  for (const [name, { offset, byteLength }] of spans) {
    if (offset !== at)
      throw fail(`expected the data to begin at ${at - start}, found ${offset - start}: holes and overlaps are not allowed`, name)
    at += byteLength
  }
  if (at !== source.size) throw fail(`the tensors end at ${at - start}, the file at ${source.size - start}`)
  return { entries, metadata }
}

type Fail = (reason: string, record?: string) => ArchiveError

function readEntry(name: string, value: unknown, start: number, fileSize: number, fail: Fail): SafetensorsEntry {
  const { dtype: dtypeName, shape, data_offsets: offsets } = isObject(value) ? value : {}
  const dtype = typeof dtypeName === 'string' && Object.hasOwn(dtypeOf, dtypeName) ? dtypeOf[dtypeName] : undefined
  if (!dtype) {
    throw new ArchiveError('TSJ_SAFETENSORS_DTYPE', `tensors of dtype ${JSON.stringify(dtypeName)?.slice(0, 40)} cannot be read`, {
      location: { record: name },
    })
  }
  const count = Array.isArray(shape) ? countElements(shape) : undefined
  if (count === undefined) throw fail('the shape is no list of sizes, or overflows', name)
  const [begin, end] = Array.isArray(offsets) && offsets.length === 2 ? (offsets as unknown[]) : []
  if (!isOffset(begin) || !isOffset(end) || begin > end) throw fail('the data offsets are no pair of offsets', name)
  if (start + end > fileSize) {
    throw new ArchiveError('TSJ_SAFETENSORS_TRUNCATED', `the data ends at ${end}, the file at ${fileSize - start}`, {
      location: { record: name },
    })
  }
  const size = count * dtypeInfo(dtype).itemSize
  if (end - begin !== size)
    throw fail(`a ${dtype} tensor of shape [${(shape as number[]).join(', ')}] needs ${size} bytes, found ${end - begin}`, name)
  return { dtype, shape: shape as number[], offset: start + begin, byteLength: size }
}

/**
 * Writes a safetensors file: the widest dtypes first, then by name, as the reference implementation does. With a sink it gets the bytes in order, the
 * tensors' own without a copy. Throws TSJ_SAFETENSORS_DTYPE before anything is written.
 */
export function writeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: ReadonlyMap<string, string> | undefined,
  sink: (bytes: Uint8Array) => void,
): undefined
export function writeSafetensors(tensors: ReadonlyMap<string, HostTensor>, metadata?: ReadonlyMap<string, string>): Uint8Array
export function writeSafetensors(
  tensors: ReadonlyMap<string, HostTensor>,
  metadata: ReadonlyMap<string, string> = new Map(),
  sink?: (bytes: Uint8Array) => void,
): Uint8Array | undefined {
  const sorted = [...tensors].sort(
    ([a, x], [b, y]) => dtypeInfo(y.dtype).itemSize - dtypeInfo(x.dtype).itemSize || (a < b ? -1 : a > b ? 1 : 0),
  )
  const header: [string, unknown][] = metadata.size > 0 ? [['__metadata__', Object.fromEntries(metadata)]] : []
  let at = 0
  for (const [name, tensor] of sorted) {
    checkHostTensor(tensor, name)
    const dtype = nameOf.get(tensor.dtype)
    if (!dtype || name === '__metadata__') {
      const reason = dtype ? 'no tensor may have the name __metadata__' : `safetensors has no dtype ${tensor.dtype}`
      throw new ArchiveError('TSJ_SAFETENSORS_DTYPE', reason, { location: { record: name } })
    }
    header.push([name, { dtype, shape: tensor.shape, data_offsets: [at, at + tensor.data.byteLength] }])
    at += tensor.data.byteLength
  }
  // Joined by hand: an object would put names that look like numbers first.
  const text = new TextEncoder().encode(`{${header.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`)
  const length = Math.ceil(text.byteLength / 8) * 8
  const head = new Uint8Array(8 + length)
  new DataView(head.buffer).setBigUint64(0, BigInt(length), true)
  head.set(text, 8)
  head.fill(0x20, 8 + text.byteLength)
  const parts = [head, ...sorted.map(([, { data }]) => data)]
  if (!sink) return concatenate(parts)
  for (const part of parts) if (part.byteLength > 0) sink(part)
  return undefined
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
    return isObject(value) ? value : undefined
  } catch {
    return undefined
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isOffset(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
