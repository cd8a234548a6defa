import type { DType } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import {
  PyComplex,
  PyDict,
  PyFloat,
  type PySet,
  PyTuple,
  StorageTable,
  type TensorDescriptor,
  TorchConstant,
  TorchDevice,
  TorchSize,
  torchGlobals,
  typeTagOf,
  unpickle,
} from '../src/pickle/index.ts'
import {
  type HostTensor,
  readNpy,
  readSafetensors,
  readTorchSave,
  type TorchSaveFile,
  writeNpy,
  writeSafetensors,
} from '../src/tensor-files/index.ts'
import { BytesSource, ZipReader, ZipWriter } from '../src/zip/index.ts'
import { codeOf, fixture, text } from './fixture.ts'

const open = (name: string): TorchSaveFile => readTorchSave(new BytesSource(fixture(name)))

/** A tensor's elements, read through offset and strides. */
function elements(file: TorchSaveFile, tensor: TensorDescriptor): (number | bigint)[] {
  const bytes = file.readStorage(tensor.storage!).slice()
  const array = typed(tensor.dtype, bytes)
  const out: (number | bigint)[] = []
  const walk = (axis: number, at: number): void => {
    if (axis === tensor.sizes.length) out.push(array[at])
    else for (let i = 0; i < tensor.sizes[axis]; i++) walk(axis + 1, at + i * tensor.strides[axis])
  }
  walk(0, tensor.offset)
  return out
}

function typed(dtype: DType, { buffer }: Uint8Array): Float32Array | Int32Array | BigInt64Array | Uint8Array | Uint16Array {
  if (dtype === 'float32' || dtype === 'complex64') return new Float32Array(buffer)
  if (dtype === 'int32') return new Int32Array(buffer)
  if (dtype === 'int64') return new BigInt64Array(buffer)
  if (dtype === 'float16' || dtype === 'bfloat16' || dtype === 'uint16') return new Uint16Array(buffer)
  return new Uint8Array(buffer)
}

describe('readTorchSave', () => {
  const file = open('saved.pt')
  const top = file.value as PyDict<PyDict>
  const tensors = top.get('tensors') as PyDict<TensorDescriptor>
  const values = top.get('values')!

  it('reads tensors with offsets, strides and shared storages', () => {
    const slice = tensors.get('float32')!
    expect(slice).toMatchObject({ dtype: 'float32', offset: 2, sizes: [2, 3], strides: [3, 1], requiresGrad: false, isParameter: false })
    expect(elements(file, slice)).toEqual([2, 3, 4, 5, 6, 7])
    const transposed = tensors.get('transposed')!
    expect(transposed).toMatchObject({ sizes: [4, 3], strides: [1, 4] })
    expect(elements(file, transposed)).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11])
    expect(transposed.storage).toBe(slice.storage)
    expect(elements(file, tensors.get('scalar')!)).toEqual([7])
    expect(elements(file, tensors.get('empty')!)).toEqual([])
    const target = new Uint8Array(48)
    file.readStorageInto(slice.storage!, target)
    expect(target).toEqual(file.readStorage(slice.storage!))
  })

  it('reads every kind of tensor', () => {
    expect(elements(file, tensors.get('int64')!)).toEqual([1n, -2n, 3n, 1n << 40n])
    expect(elements(file, tensors.get('bool')!)).toEqual([1, 0])
    expect(elements(file, tensors.get('float16')!)).toEqual([0x3800])
    expect(elements(file, tensors.get('bfloat16')!)).toEqual([0x3f00, 0x4000])
    expect(elements(file, tensors.get('uint16')!)).toEqual([65535])
    expect(tensors.get('uint16')).toMatchObject({ dtype: 'uint16', storage: { dtype: undefined, byteLength: 2 } })
    expect(tensors.get('float8')).toMatchObject({ dtype: 'float8_e4m3fn' })
    expect(tensors.get('complex64')).toMatchObject({ dtype: 'complex64', conjugate: false })
    expect(tensors.get('conj')).toMatchObject({ dtype: 'complex64', conjugate: true, negative: false })
    expect(tensors.get('parameter')).toMatchObject({ isParameter: true, requiresGrad: true, sizes: [2] })
    expect(tensors.get('meta')).toMatchObject({ storage: undefined, dtype: 'float32', sizes: [2, 3] })
    expect(tensors.get('quantized')).toMatchObject({ dtype: 'qint8', quantizer: { scheme: 'per_tensor_affine', scale: 0.5, zeroPoint: 3 } })
    expect(elements(file, tensors.get('quantized')!)).toEqual([5, 7])
    const perChannel = tensors.get('perChannel')!.quantizer!
    expect(perChannel).toMatchObject({
      scheme: 'per_channel_affine',
      axis: 0,
      scales: { dtype: 'float64', sizes: [2] },
      zeroPoints: { dtype: 'int64' },
    })
    const coo = tensors.get('coo')!
    expect(coo).toMatchObject({ storage: undefined, sizes: [2, 2], sparse: { layout: 'sparse_coo', isCoalesced: true } })
    expect(elements(file, coo.sparse!.indices!)).toEqual([0n, 1n, 0n, 1n])
    expect(elements(file, coo.sparse!.values)).toEqual([1, 1])
    const csr = tensors.get('csr')!.sparse!
    expect(csr.layout).toBe('sparse_csr')
    expect(elements(file, csr.compressedIndices!)).toEqual([0n, 1n, 2n])
    expect(elements(file, csr.plainIndices!)).toEqual([0n, 1n])
  })

  it('reads plain values', () => {
    expect(values.get('list')).toEqual([1, new PyFloat(2), 'three', null, true, false, -5, 1n << 70n])
    expect(values.get('tuple')).toEqual(new PyTuple([1, new PyTuple([2])]))
    const dict = values.get('dict') as PyDict
    expect([dict.get(1), dict.get('k'), dict.get(new PyTuple([1, 'x'])), dict.get(new PyFloat(2.5))]).toEqual([
      'int',
      'str',
      'tuple',
      'float',
    ])
    expect([...(values.get('set') as PySet)]).toEqual([1, 2])
    expect([...(values.get('frozenset') as PySet)]).toEqual(['f'])
    expect(values.get('bytes')).toEqual(Uint8Array.of(0, 255, 97, 98, 99))
    expect(values.get('bytearray')).toEqual(Uint8Array.of(120, 121))
    expect(values.get('complex')).toEqual(new PyComplex(1, -2))
    expect(values.get('dtype')).toEqual(new TorchConstant('dtype', 'float32'))
    expect(values.get('device')).toEqual(new TorchDevice('cuda', 1))
    expect(values.get('size')).toEqual(new TorchSize([1, 2]))
    expect(values.get('unicode')).toBe('grüße 🦊')
  })

  it('reads the attributes of a state dict', () => {
    const state = open('state-dict.pt').value as PyDict<TensorDescriptor>
    expect([...state.keys()]).toEqual(['weight', 'bias'])
    expect((state.attributes as PyDict).get('_metadata')).toBeInstanceOf(PyDict)
  })

  it('reads the format of PyTorch 0.1.10 to 1.5', () => {
    const legacy = open('legacy.pt')
    const { whole, tail, parameter } = Object.fromEntries([...(legacy.value as PyDict<TensorDescriptor>)] as [string, TensorDescriptor][])
    expect(legacy.format).toBe('legacy')
    expect(elements(legacy, whole)).toEqual([0, 1, 2, 3, 4, 5])
    expect(elements(legacy, tail)).toEqual([2, 3, 4, 5])
    expect(tail.storage).toBe(whole.storage)
    expect(parameter.isParameter).toBe(true)
    expect(elements(legacy, parameter)).toEqual([1.5, 2.5])
  })

  it('reads the tar format before', () => {
    const tar = open('tar.pt')
    const value = tar.value as PyDict<TensorDescriptor>
    expect(tar.format).toBe('tar')
    expect(elements(tar, value.get('a')!)).toEqual([1, 2, 3, 4])
    expect(elements(tar, value.get('b')!)).toEqual([2, 3])
  })

  it('swaps the bytes of big-endian files', () => {
    const big = open('big-endian.pt')
    const value = big.value as PyDict<TensorDescriptor>
    expect(elements(big, value.get('f')!)).toEqual([1, 2])
    expect([...new Float32Array(big.readStorage(value.get('c')!.storage!).slice().buffer)]).toEqual([1, 2])
    expect(elements(big, value.get('i')!)).toEqual([1n, 256n])
    const target = new Uint8Array(8)
    big.readStorageInto(value.get('f')!.storage!, target)
    expect([...new Float32Array(target.buffer)]).toEqual([1, 2])
  })

  it('keeps the types of TorchScript lists and dicts', () => {
    const zip = ZipReader.open(new BytesSource(fixture('scripted.pt')))
    const value = unpickle(zip.read('scripted/data.pkl'), {
      persistentLoad: new StorageTable().persistentLoad,
      findGlobal: torchGlobals({
        findGlobal: (module, name) =>
          module.startsWith('__torch__') ? { module, name, instantiable: true, reduce: ([member]) => member } : undefined,
      }),
    })
    const state = (value as { state: PyDict }).state
    expect(state.get('ints')).toEqual([1, 2, 300, 70000, 2 ** 40, -1])
    const tags = ['ints', 'floats', 'bools', 'tensors', 'names', 'pairs', 'table'].map((name) => typeTagOf(state.get(name) as object))
    expect(tags).toEqual([
      'List[int]',
      'List[float]',
      'List[bool]',
      'List[Tensor]',
      'List[str]',
      'List[Tuple[int, float]]',
      'Dict[str, int]',
    ])
    expect(state.get('colour')).toBe(2)
  })

  describe('refuses', () => {
    /** A file of one pickle and one storage of eight bytes. */
    function file(pickleText: string, storage = new Uint8Array(8), more: [string, string][] = []): BytesSource {
      const writer = new ZipWriter('x')
      writer.add('data.pkl', Buffer.from(`\x80\x02${pickleText}`, 'latin1'))
      writer.add('data/0', storage)
      for (const [name, content] of more) writer.add(name, content)
      return new BytesSource(writer.finish())
    }
    const str = (value: string): string => `X${String.fromCharCode(value.length)}\0\0\0${value}`
    const storage = (numel = 'K\x02', key = '0', type = 'ctorch\nFloatStorage\n'): string =>
      `(${str('storage')}${type}${str(key)}${str('cpu')}${numel}tQ`
    const tensor = (offset: string, sizes: string, strides: string, from = storage()): string =>
      `ctorch._utils\n_rebuild_tensor_v2\n(${from}${offset}${sizes}${strides}\x89)tR.`
    const read = (source: BytesSource): string =>
      codeOf(() => {
        const opened = readTorchSave(source)
        for (const entry of opened.storages.values()) opened.readStorage(entry)
      })

    it('nothing of a good file', () => {
      expect(read(file(tensor('K\0', 'K\x02\x85', 'K\x01\x85')))).toBe('none')
    })
    const cases: [string, BytesSource, string][] = [
      ['a tensor longer than its storage', file(tensor('K\0', 'K\x03\x85', 'K\x01\x85')), 'TSJ_ARCHIVE_STORAGE_TOO_SHORT'],
      ['an offset behind its storage', file(tensor('K\x01', 'K\x02\x85', 'K\x01\x85')), 'TSJ_ARCHIVE_STORAGE_TOO_SHORT'],
      ['strides beyond its storage', file(tensor('K\0', 'K\x02\x85', 'K\x02\x85')), 'TSJ_ARCHIVE_STORAGE_TOO_SHORT'],
      ['a negative size', file(tensor('K\0', 'J\xff\xff\xff\xff\x85', 'K\x01\x85')), 'TSJ_ARCHIVE_TENSOR_SIZE'],
      ['a negative stride', file(tensor('K\x01', 'K\x02\x85', 'J\xff\xff\xff\xff\x85')), 'TSJ_ARCHIVE_TENSOR_SIZE'],
      ['a negative offset', file(tensor('J\xff\xff\xff\xff', 'K\x01\x85', 'K\x01\x85')), 'TSJ_ARCHIVE_TENSOR_SIZE'],
      ['a size of 2^62', file(tensor('K\0', '\x8a\x08\0\0\0\0\0\0\0\x40\x85', 'K\0\x85')), 'TSJ_ARCHIVE_TENSOR_SIZE'],
      [
        'sizes that overflow together',
        file(tensor('K\0', `${'J\xff\xff\xff\x7f'.repeat(3)}\x87`, 'K\0K\0K\0\x87')),
        'TSJ_ARCHIVE_TENSOR_SIZE',
      ],
      ['more sizes than strides', file(tensor('K\0', 'K\x01K\x01\x86', 'K\x01\x85')), 'TSJ_ARCHIVE_TENSOR'],
      ['a thousand dimensions', file(tensor('K\0', `(${'K\x01'.repeat(1000)}t`, `(${'K\0'.repeat(1000)}t`)), 'TSJ_ARCHIVE_TENSOR_SIZE'],
      ['an int for a storage', file(tensor('K\0', 'K\x01\x85', 'K\x01\x85', 'K\x01')), 'TSJ_ARCHIVE_TENSOR'],
      [
        'a record shorter than its storage',
        file(tensor('K\0', 'K\x03\x85', 'K\x01\x85', storage('K\x03'))),
        'TSJ_ARCHIVE_STORAGE_TOO_SHORT',
      ],
      ['a storage without a record', file(tensor('K\0', 'K\x02\x85', 'K\x01\x85', storage('K\x02', '7'))), 'TSJ_ARCHIVE_RECORD_MISSING'],
      ['a storage of negative size', file(`${storage('J\xff\xff\xff\xff')}.`), 'TSJ_ARCHIVE_TENSOR_SIZE'],
      ['a storage that overflows', file(`${storage('\x8a\x07\xff\xff\xff\xff\xff\xff\x1f')}.`), 'TSJ_ARCHIVE_TENSOR_SIZE'],
      ['a storage of no class', file(`${storage('K\x02', '0', 'K\x01')}.`), 'TSJ_ARCHIVE_STORAGE'],
      ['two sizes of one storage', file(`${storage()}${storage('K\x01')}\x86.`), 'TSJ_ARCHIVE_STORAGE'],
      ['another reference', file(`(${str('module')}tQ.`), 'TSJ_ARCHIVE_STORAGE'],
      ['a reference that is no tuple', file(`${str('storage')}Q.`), 'TSJ_ARCHIVE_STORAGE'],
      ['an unknown byte order', file('K\x01.', undefined, [['byteorder', 'middle']]), 'TSJ_ARCHIVE_BYTE_ORDER'],
      ['a device of no name', file(`ctorch\ndevice\n${str('cpu; rm')}\x85R.`), 'TSJ_ARCHIVE_DEVICE'],
      ['a layout of no name', file(`ctorch.serialization\n_get_layout\n${str('torch.float32')}\x85R.`), 'TSJ_ARCHIVE_TENSOR'],
      ['a pickle of another kind', new BytesSource(fixture('protocol-2.pkl')), 'TSJ_ARCHIVE_MAGIC'],
      [
        'a zip archive without a folder',
        new BytesSource(new Uint8Array(Buffer.from(`504b0506${'00'.repeat(18)}`, 'hex'))),
        'TSJ_ARCHIVE_LAYOUT',
      ],
      ['an empty file', new BytesSource(new Uint8Array(0)), 'TSJ_ARCHIVE_NOT_ZIP'],
      ['a legacy file that is cut', new BytesSource(fixture('legacy.pt').subarray(0, -3)), 'TSJ_ARCHIVE_TRUNCATED'],
      ['a tar file that is cut', new BytesSource(fixture('tar.pt').subarray(0, 1024)), 'TSJ_ARCHIVE_RECORD_MISSING'],
    ]
    it.each(cases)('%s', (_, source, code) => {
      expect(read(source)).toBe(code)
    })
  })
})

describe('npy', () => {
  const int32 = new Uint8Array(Int32Array.of(0, 1, 2, 3, 4, 5).buffer)
  it.each(['int32.npy', 'version-2.npy', 'version-3.npy'])('reads %s', (name) => {
    expect(readNpy(fixture(name))).toEqual({ dtype: 'int32', shape: [2, 3], data: int32 })
  })
  it('reads both orders of memory and of bytes', () => {
    expect(readNpy(fixture('fortran.npy'))).toEqual({
      dtype: 'float64',
      shape: [2, 3],
      data: new Uint8Array(Float64Array.of(0, 1, 2, 3, 4, 5).buffer),
    })
    expect(readNpy(fixture('big-endian.npy')).data).toEqual(new Uint8Array(Float32Array.of(0, 1, 2, 3, 4, 5).buffer))
    expect(readNpy(fixture('big-endian-complex.npy'))).toEqual({
      dtype: 'complex128',
      shape: [1],
      data: new Uint8Array(Float64Array.of(1, 2).buffer),
    })
  })
  it.each(['int32.npy', 'bool.npy', 'scalar.npy', 'vector.npy', 'empty.npy'])('writes the bytes of NumPy: %s', (name) => {
    expect(writeNpy(readNpy(fixture(name)))).toEqual(fixture(name))
  })
  it('refuses what is no array of numbers', () => {
    const header = (body: string): Uint8Array => Buffer.from(`\x93NUMPY\x01\0${String.fromCharCode(body.length)}\0${body}`, 'latin1')
    expect(codeOf(() => readNpy(fixture('object.npy')))).toBe('TSJ_NPY_DTYPE')
    expect(codeOf(() => readNpy(fixture('fields.npy')))).toBe('TSJ_NPY_DTYPE')
    expect(codeOf(() => readNpy(fixture('int32.npy').subarray(0, 140)))).toBe('TSJ_NPY_TRUNCATED')
    expect(codeOf(() => readNpy(fixture('int32.npy').subarray(0, 60)))).toBe('TSJ_NPY_TRUNCATED')
    expect(codeOf(() => readNpy(fixture('saved.pt')))).toBe('TSJ_NPY_FORMAT')
    expect(codeOf(() => readNpy(header("{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }")))).toBe('TSJ_NPY_FORMAT')
    expect(codeOf(() => readNpy(header("{'descr': '<f4', 'fortran_order': False, 'shape': (9999999999999999, 9999999999999999), }")))).toBe(
      'TSJ_NPY_TRUNCATED',
    )
    expect(codeOf(() => readNpy(header("{'descr': '<f4', 'shape': (1,), }")))).toBe('TSJ_NPY_FORMAT')
    expect(codeOf(() => writeNpy({ dtype: 'bfloat16', shape: [1], data: new Uint8Array(2) }))).toBe('TSJ_NPY_DTYPE')
    expect(codeOf(() => writeNpy({ dtype: 'float32', shape: [2], data: new Uint8Array(4) }))).toBe('TSJ_TENSOR_SIZE')
  })
})

describe('safetensors', () => {
  it('reads and writes tensors and metadata', () => {
    const { tensors, metadata } = readSafetensors(fixture('plain.safetensors'))
    expect([...metadata]).toEqual([['format', 'pt']])
    expect(tensors.get('w')).toEqual({ dtype: 'float32', shape: [2, 1], data: new Uint8Array(Float32Array.of(1, 2).buffer) })
    expect(tensors.get('b')).toMatchObject({ dtype: 'bfloat16', shape: [2] })
    expect(tensors.get('7')).toEqual({ dtype: 'int8', shape: [], data: Uint8Array.of(255) })
    const written = writeSafetensors(tensors, metadata)
    expect(text(written)).toBe(text(fixture('plain.safetensors')))
    expect(new Map(readSafetensors(written).tensors)).toEqual(new Map<string, HostTensor>(tensors))
    expect(readSafetensors(writeSafetensors(new Map())).tensors.size).toBe(0)
  })
  it('refuses files that do not fit together', () => {
    const file = (header: unknown, size = 0): Uint8Array => {
      const body = typeof header === 'string' ? header : JSON.stringify(header)
      const bytes = Buffer.alloc(8 + body.length + size)
      bytes.writeBigUInt64LE(BigInt(body.length))
      bytes.write(body, 8, 'latin1')
      return bytes
    }
    const entry = { dtype: 'F32', shape: [2], data_offsets: [0, 8] }
    expect(codeOf(() => readSafetensors(file({ a: entry }, 8)))).toBe('none')
    expect(codeOf(() => readSafetensors(file({ a: entry }, 7)))).toBe('TSJ_SAFETENSORS_TRUNCATED')
    expect(codeOf(() => readSafetensors(file({ a: entry }, 9)))).toBe('TSJ_SAFETENSORS_FORMAT')
    expect(codeOf(() => readSafetensors(file({ a: entry, b: entry }, 8)))).toBe('TSJ_SAFETENSORS_FORMAT')
    expect(codeOf(() => readSafetensors(file({ a: { ...entry, data_offsets: [4, 12] } }, 12)))).toBe('TSJ_SAFETENSORS_FORMAT')
    expect(codeOf(() => readSafetensors(file({ a: { ...entry, shape: [3] } }, 8)))).toBe('TSJ_SAFETENSORS_FORMAT')
    expect(codeOf(() => readSafetensors(file({ a: { ...entry, shape: [-2] } }, 8)))).toBe('TSJ_SAFETENSORS_FORMAT')
    expect(codeOf(() => readSafetensors(file({ a: { ...entry, dtype: 'toString' } }, 8)))).toBe('TSJ_SAFETENSORS_DTYPE')
    expect(codeOf(() => readSafetensors(file({ a: null }, 8)))).toBe('TSJ_SAFETENSORS_DTYPE')
    expect(codeOf(() => readSafetensors(file('{')))).toBe('TSJ_SAFETENSORS_FORMAT')
    expect(codeOf(() => readSafetensors(Buffer.alloc(8, 255)))).toBe('TSJ_SAFETENSORS_FORMAT')
    expect(codeOf(() => readSafetensors(fixture('plain.safetensors').subarray(0, 20)))).toBe('TSJ_SAFETENSORS_TRUNCATED')
    expect(codeOf(() => writeSafetensors(new Map([['q', { dtype: 'qint8', shape: [1], data: new Uint8Array(1) }]])))).toBe(
      'TSJ_SAFETENSORS_DTYPE',
    )
  })
})
