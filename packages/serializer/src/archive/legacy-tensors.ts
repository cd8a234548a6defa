import type { Tensor } from '@tsjit/runtime'
import { ArchiveError, type DType } from '@tsjit/types'
import { checkExtent, type StorageDescriptor, TensorDescriptor } from '../pickle/index.ts'
import type { ZipReader } from '../zip/index.ts'
import type { JsonReader } from './model-json.ts'
import type { ReaderOptions } from './object-reader.ts'
import { TensorLoader } from './tensor-loader.ts'

/** Caffe2's element types, by name and number, with those of quantised tensors. */
const types: readonly (readonly [name: string, number: number, dtype: DType, quantized?: DType])[] = [
  ['FLOAT', 1, 'float32'],
  ['INT32', 2, 'int32', 'qint32'],
  ['BYTE', 3, 'uint8', 'quint8'],
  ['BOOL', 5, 'bool'],
  ['UINT8', 6, 'uint8', 'quint8'],
  ['INT8', 7, 'int8', 'qint8'],
  ['UINT16', 8, 'uint16'],
  ['INT16', 9, 'int16'],
  ['INT64', 10, 'int64'],
  ['FLOAT16', 12, 'float16'],
  ['DOUBLE', 13, 'float64'],
]

/** The table of tensors of `model.json`; those that name one record share their memory. Throws TSJ_ARCHIVE_MODEL, TSJ_ARCHIVE_STORAGE_TOO_SHORT. */
export function legacyTensors(zip: ZipReader, root: string, defs: readonly JsonReader[], options: ReaderOptions): Tensor[] {
  const loader = new TensorLoader(
    {
      sizeOf: ({ key }) => zip.entries.get(root + key)?.size,
      readInto: ({ key }, target) => zip.readInto(root + key, target),
      recordOf: ({ key }) => root + key,
    },
    options.dispatcher,
    options.mapLocation,
  )
  return defs.map((def) => loader.tensor(descriptor(zip, root, def)))
}

function descriptor(zip: ZipReader, root: string, def: JsonReader): TensorDescriptor {
  const typeName = def.has('dataType') ? def.text('dataType', '') : 'FLOAT'
  const row = types.find(([name, number]) => name === typeName || String(number) === typeName)
  const isQuantized = def.flag('isQuantized')
  const dtype = isQuantized ? row?.[3] : row?.[2]
  if (!dtype) throw def.error(`tensors of type ${typeName}${isQuantized ? ', quantised,' : ''} cannot be loaded`)
  const key = def.record('data')?.text('key', '')
  if (!key) throw def.error('the tensor names no record')
  const byteLength = zip.entry(root + key).size
  const storage: StorageDescriptor = { key, dtype: undefined, location: def.text('device', 'cpu'), numel: byteLength, byteLength }
  const fields = {
    storage,
    dtype,
    offset: def.int('offset', 0),
    sizes: def.ints('dims'),
    strides: def.ints('strides'),
    requiresGrad: def.flag('requiresGrad'),
    ...(isQuantized && {
      quantizer: { scheme: 'per_tensor_affine', scale: def.float('scale', 1), zeroPoint: def.int('zeroPoint', 0) } as const,
    }),
  }
  if ([fields.offset, ...fields.sizes, ...fields.strides].some((number) => number < 0))
    throw def.error('a size, stride or offset is negative')
  checkExtent(fields, {
    charge: () => {},
    error: (code, reason) => new ArchiveError(code, reason, { location: { record: root + key } }),
  })
  return new TensorDescriptor(fields)
}
