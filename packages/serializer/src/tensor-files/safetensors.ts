import { ArchiveError, type DType, dtypeInfo } from '@tsjit/types'
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

/** Reads a safetensors file; the data of its tensors are views of `bytes`. Throws TSJ_SAFETENSORS_* errors. */
export function readSafetensors(bytes: Uint8Array): Safetensors {
  const fail = (reason: string, record?: string): ArchiveError =>
    new ArchiveError('TSJ_SAFETENSORS_FORMAT', reason, { location: { record } })
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.byteLength < 8) throw fail('no safetensors file: it is shorter than its header')
  const length = Number(view.getBigUint64(0, true))
  if (length > longestHeader) throw fail(`the header states ${length} bytes, the limit is ${longestHeader}: no safetensors file`)
  if (8 + length > bytes.byteLength) throw new ArchiveError('TSJ_SAFETENSORS_TRUNCATED', 'the file ends inside its header')
  const header = parseHeader(bytes.subarray(8, 8 + length))
  if (!header) throw fail('the header is no JSON object')
  const metadata = new Map<string, string>()
  const tensors = new Map<string, HostTensor>()
  const data = bytes.subarray(8 + length)
  const spans: { name: string; begin: number; end: number }[] = []
  for (const [name, value] of Object.entries(header)) {
    if (name === '__metadata__') {
      if (!isObject(value) || !Object.values(value).every((text) => typeof text === 'string')) throw fail('the metadata are no texts')
      for (const [key, text] of Object.entries(value)) metadata.set(key, text as string)
      continue
    }
    const { tensor, begin, end } = readEntry(name, value, data, fail)
    tensors.set(name, tensor)
    spans.push({ name, begin, end })
  }
  spans.sort((a, b) => a.begin - b.begin || a.end - b.end)
  let at = 0
  for (const { name, begin, end } of spans) {
    if (begin !== at) throw fail(`expected the data to begin at ${at}, found ${begin}: holes and overlaps are not allowed`, name)
    at = end
  }
  if (at !== data.byteLength) throw fail(`the tensors end at ${at}, the file at ${data.byteLength}`)
  return { tensors, metadata }
}

function readEntry(
  name: string,
  value: unknown,
  data: Uint8Array,
  fail: (reason: string, record?: string) => ArchiveError,
): { tensor: HostTensor; begin: number; end: number } {
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
  if (end > data.byteLength) {
    throw new ArchiveError('TSJ_SAFETENSORS_TRUNCATED', `the data ends at ${end}, the file at ${data.byteLength}`, {
      location: { record: name },
    })
  }
  const size = count * dtypeInfo(dtype).itemSize
  if (end - begin !== size)
    throw fail(`a ${dtype} tensor of shape [${(shape as number[]).join(', ')}] needs ${size} bytes, found ${end - begin}`, name)
  return { tensor: { dtype, shape: shape as number[], data: data.subarray(begin, end) }, begin, end }
}

/** Writes a safetensors file: the widest dtypes first, then by name, as the reference implementation does. */
export function writeSafetensors(tensors: ReadonlyMap<string, HostTensor>, metadata: ReadonlyMap<string, string> = new Map()): Uint8Array {
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
  const file = new Uint8Array(8 + length + at)
  new DataView(file.buffer).setBigUint64(0, BigInt(length), true)
  file.set(text, 8)
  file.fill(0x20, 8 + text.byteLength, 8 + length)
  let offset = 8 + length
  for (const [, { data }] of sorted) {
    file.set(data, offset)
    offset += data.byteLength
  }
  return file
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
