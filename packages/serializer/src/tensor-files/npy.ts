import { ArchiveError, type DType, dtypeInfo } from '@tsjit/types'
import { checkHostTensor, countElements, type HostTensor, swapBytes, swapWidth } from './host-tensor.ts'
import { parseNpyHeader } from './npy-header.ts'

/** NumPy's kinds of dtype with their sizes in bytes. bfloat16 and the 8-bit floats are none of NumPy's. */
const dtypeOf: Readonly<Record<string, DType>> = {
  b1: 'bool',
  i1: 'int8',
  i2: 'int16',
  i4: 'int32',
  i8: 'int64',
  u1: 'uint8',
  u2: 'uint16',
  u4: 'uint32',
  u8: 'uint64',
  f2: 'float16',
  f4: 'float32',
  f8: 'float64',
  c8: 'complex64',
  c16: 'complex128',
}
const magic = '\x93NUMPY'
const longestHeader = 1 << 20

/** Reads a `.npy` file, versions 1 to 3, either byte order and either memory order. Throws TSJ_NPY_* errors. */
export function readNpy(bytes: Uint8Array, record?: string): HostTensor {
  const fail = (code: string, reason: string, offset?: number): ArchiveError =>
    new ArchiveError(code, reason, { location: { record, offset } })
  if (bytes.byteLength < 10 || Buffer.from(bytes.subarray(0, 6)).toString('latin1') !== magic)
    throw fail('TSJ_NPY_FORMAT', 'no .npy file', 0)
  const version = bytes[6]
  if (version < 1 || version > 3) throw fail('TSJ_NPY_FORMAT', `expected version 1 to 3 of .npy, found ${version}`, 6)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const start = version === 1 ? 10 : 12
  const length = version === 1 || bytes.byteLength < 12 ? view.getUint16(8, true) : view.getUint32(8, true)
  if (length > longestHeader) throw fail('TSJ_NPY_FORMAT', `the header has ${length} bytes, the limit is ${longestHeader}`, 8)
  if (start + length > bytes.byteLength) throw fail('TSJ_NPY_TRUNCATED', 'the file ends inside its header', 8)
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, length).toString(version === 3 ? 'utf8' : 'latin1')
  const header = parseNpyHeader(text)
  if (!header) throw fail('TSJ_NPY_FORMAT', "the header is no dict of 'descr', 'fortran_order' and 'shape'", start)
  const match = /^([<>|=])([a-zA-Z]\d+)$/.exec(header.descr)
  const dtype = match ? dtypeOf[match[2]] : undefined
  if (!match || !dtype) {
    throw new ArchiveError('TSJ_NPY_DTYPE', `arrays of dtype ${JSON.stringify(header.descr)} cannot be read`, {
      location: { record, offset: start },
      hint: `convert it to one of ${Object.values(dtypeOf).join(', ')}`,
    })
  }
  const count = countElements(header.shape)
  const { itemSize } = dtypeInfo(dtype)
  const size = (count ?? Number.POSITIVE_INFINITY) * itemSize
  const offset = start + length
  if (!(offset + size <= bytes.byteLength)) {
    throw fail(
      'TSJ_NPY_TRUNCATED',
      `shape (${header.shape.join(', ')}) needs ${size} bytes, the file has ${bytes.byteLength - offset}`,
      offset,
    )
  }
  const stored = bytes.subarray(offset, offset + size)
  const data = header.fortranOrder && header.shape.length > 1 ? fromFortranOrder(stored, header.shape, itemSize) : stored.slice()
  if (match[1] === '>') swapBytes(data, swapWidth(dtype))
  return { dtype, shape: header.shape, data }
}

/** Writes version 1 of the format as NumPy does: little-endian, C order, data at a multiple of 64 bytes. Throws TSJ_NPY_DTYPE. */
export function writeNpy(tensor: HostTensor): Uint8Array {
  checkHostTensor(tensor)
  const kind = Object.keys(dtypeOf).find((key) => dtypeOf[key] === tensor.dtype)
  if (!kind)
    throw new ArchiveError('TSJ_NPY_DTYPE', `.npy has no dtype ${tensor.dtype}`, {
      hint: 'convert the tensor to float32 first, or write safetensors',
    })
  const descr = `${dtypeInfo(tensor.dtype).itemSize === 1 ? '|' : '<'}${kind}`
  const shape = tensor.shape.length === 1 ? `(${tensor.shape[0]},)` : `(${tensor.shape.join(', ')})`
  const text = `{'descr': '${descr}', 'fortran_order': False, 'shape': ${shape}, }`
  const length = Math.ceil((10 + text.length + 1) / 64) * 64 - 10
  const header = Buffer.alloc(10 + length)
  header.write(`${magic}\x01\x00`, 'latin1')
  header.writeUInt16LE(length, 8)
  header.write(`${text.padEnd(length - 1)}\n`, 10, 'latin1')
  const file = new Uint8Array(header.byteLength + tensor.data.byteLength)
  file.set(header)
  file.set(tensor.data, header.byteLength)
  return file
}

function fromFortranOrder(stored: Uint8Array, shape: readonly number[], itemSize: number): Uint8Array {
  const data = new Uint8Array(stored.byteLength)
  const rank = shape.length
  const strides: number[] = []
  let stride = itemSize
  for (const size of shape) {
    strides.push(stride)
    stride *= size
  }
  const index = new Array<number>(rank).fill(0)
  let from = 0
  for (let to = 0; to < data.byteLength; to += itemSize) {
    for (let i = 0; i < itemSize; i++) data[to + i] = stored[from + i]
    for (let axis = rank - 1; axis >= 0; axis--) {
      from += strides[axis]
      if (++index[axis] < shape[axis]) break
      from -= strides[axis] * shape[axis]
      index[axis] = 0
    }
  }
  return data
}
