import { ArchiveError, dtypeInfo } from '@tsjit/types'
import {
  checkExtent,
  type FindGlobal,
  type PickleContext,
  PyTuple,
  readCount,
  type StorageDescriptor,
  StorageView,
  TensorDescriptor,
  TorchStorageType,
  torchGlobals,
  Unpickler,
} from '../pickle/index.ts'
import type { ByteSource } from '../zip/index.ts'
import type { TorchSaveFile, TorchSaveOptions } from './torch-save.ts'

/** Whether a file begins with the header of a tar archive: its checksum is right. */
export function isTar(head: Uint8Array): boolean {
  if (head.byteLength < 512) return false
  const stated = readOctal(head, 148, 8)
  let sum = 8 * 0x20
  for (let i = 0; i < 512; i++) if (i < 148 || i >= 156) sum += head[i]
  return stated === sum
}

/**
 * The format before PyTorch 0.1.10: a tar archive of `storages`, `tensors` and `pickle`. The first two are sequences of pickles
 * and raw numbers (torch/serialization.py, `legacy_load`); the last refers to tensors and storages by number.
 */
export function readTarTorchSave(source: ByteSource, options: TorchSaveOptions): TorchSaveFile {
  const members = readMembers(source)
  const objects = new Map<number, StorageView | TensorDescriptor>()
  const storages = new Map<string, StorageDescriptor>()
  const data = new Map<StorageDescriptor, Uint8Array>()
  const member = (name: string): MemberReader => {
    const bytes = members.get(name)
    if (!bytes) throw new ArchiveError('TSJ_ARCHIVE_RECORD_MISSING', `the archive has no member ${name}`, { location: { record: name } })
    return new MemberReader(bytes, name, options)
  }

  const storageFile = member('storages')
  for (let left = storageFile.count(); left > 0; left--) {
    const [id, location, type] = storageFile.tuple(3)
    const key = String(storageFile.id(id))
    if (!(type instanceof TorchStorageType) || !type.dtype || typeof location !== 'string' || storages.has(key)) {
      throw storageFile.error('TSJ_ARCHIVE_STORAGE', 'a storage has no usable description')
    }
    const numel = storageFile.int64()
    const byteLength = numel * dtypeInfo(type.dtype).itemSize
    const storage: StorageDescriptor = { key, dtype: type.dtype, location, numel, byteLength }
    data.set(storage, storageFile.raw(byteLength))
    storages.set(key, storage)
    objects.set(Number(key), new StorageView(storage, 0, numel))
  }
  const views = storageFile.pickle()
  for (const view of Array.isArray(views) ? views : []) {
    const [target, root, offset, numel] = view instanceof PyTuple && view.length === 4 ? view.items : []
    const whole = objects.get(storageFile.id(root))
    const start = readCount(offset, 'offset', storageFile)
    const count = readCount(numel, 'size', storageFile)
    if (!(whole instanceof StorageView) || start + count > whole.numel) {
      throw storageFile.error('TSJ_ARCHIVE_STORAGE_TOO_SHORT', 'a view of a storage exceeds it')
    }
    objects.set(storageFile.id(target), new StorageView(whole.storage, whole.offset + start, count))
  }

  const tensorFile = member('tensors')
  for (let left = tensorFile.count(); left > 0; left--) {
    const [id, storageId] = tensorFile.tuple(3)
    const view = objects.get(tensorFile.id(storageId))
    if (!(view instanceof StorageView)) throw tensorFile.error('TSJ_ARCHIVE_STORAGE', 'a tensor has no storage')
    const rank = tensorFile.int32()
    if (rank < 0 || rank > 64) throw tensorFile.error('TSJ_ARCHIVE_TENSOR_SIZE', `a tensor has ${rank} dimensions`)
    tensorFile.raw(4)
    const sizes = Array.from({ length: rank }, () => tensorFile.int64())
    const strides = Array.from({ length: rank }, () => tensorFile.int64())
    const fields = {
      storage: view.storage,
      dtype: view.storage.dtype!,
      offset: view.offset + tensorFile.int64(),
      sizes,
      strides,
      requiresGrad: false,
    }
    checkExtent(fields, tensorFile)
    objects.set(tensorFile.id(id), new TensorDescriptor(fields))
  }

  const main = member('pickle')
  const value = main.pickle((id, context) => {
    const found =
      typeof id === 'string' && /^\d+$/.test(id) ? objects.get(Number(id)) : typeof id === 'number' ? objects.get(id) : undefined
    if (!found) throw context.error('TSJ_ARCHIVE_STORAGE', 'the pickle refers to a tensor that the archive does not have')
    return found
  })
  const read = (storage: StorageDescriptor): Uint8Array => data.get(storage)!
  return { format: 'tar', value, storages, readStorage: read, readStorageInto: (storage, target) => target.set(read(storage)) }
}

/** Names of tensor classes stand beside every tensor; they are not needed. */
const tensorClasses: FindGlobal = (module, name) =>
  /^torch(\.cuda)?(\.sparse)?$/.test(module) && /^[A-Z][A-Za-z]*Tensor$/.test(name) ? { module, name } : undefined

/** One member: pickles and raw little-endian numbers, one after the other. */
class MemberReader implements PickleContext {
  private position = 0
  private readonly view: DataView
  private readonly findGlobal: FindGlobal

  constructor(
    private readonly bytes: Uint8Array,
    private readonly record: string,
    private readonly options: TorchSaveOptions,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    this.findGlobal = torchGlobals({ findGlobal: (module, name) => tensorClasses(module, name) ?? options.findGlobal?.(module, name) })
  }

  pickle(persistentLoad?: (id: unknown, context: PickleContext) => unknown): unknown {
    const { findGlobal, record } = this
    const unpickler = new Unpickler(this.bytes, { findGlobal, persistentLoad, record, limits: this.options.pickle }, this.position)
    const value = unpickler.load()
    this.position = unpickler.position
    return value
  }
  count(): number {
    return readCount(this.pickle(), 'number', this)
  }
  id(value: unknown): number {
    return readCount(value, 'number', this)
  }
  tuple(length: number): readonly unknown[] {
    const value = this.pickle()
    if (value instanceof PyTuple && value.length === length) return value.items
    throw this.error('TSJ_ARCHIVE_STORAGE', `expected a tuple of ${length}`)
  }
  int32(): number {
    this.raw(4)
    return this.view.getInt32(this.position - 4, true)
  }
  int64(): number {
    this.raw(8)
    const value = this.view.getBigInt64(this.position - 8, true)
    if (value < 0n || value > BigInt(Number.MAX_SAFE_INTEGER))
      throw this.error('TSJ_ARCHIVE_TENSOR_SIZE', `the size ${value} is out of range`)
    return Number(value)
  }
  raw(length: number): Uint8Array {
    if (!(this.position + length <= this.bytes.byteLength)) throw this.error('TSJ_ARCHIVE_TRUNCATED', `expected ${length} more bytes`)
    this.position += length
    return this.bytes.subarray(this.position - length, this.position)
  }
  charge(): void {}
  error(code: string, reason: string, hint?: string): ArchiveError {
    return new ArchiveError(code, reason, { location: { record: this.record, offset: this.position }, hint })
  }
}

function readMembers(source: ByteSource): Map<string, Uint8Array> {
  const members = new Map<string, Uint8Array>()
  let at = 0
  while (at + 512 <= source.size) {
    const header = source.read(at, 512)
    if (header.every((byte) => byte === 0)) break
    if (!isTar(header)) throw new ArchiveError('TSJ_ARCHIVE_HEADER', 'a header of the tar archive is damaged', { location: { offset: at } })
    const size = readOctal(header, 124, 12)
    if (size === undefined)
      throw new ArchiveError('TSJ_ARCHIVE_HEADER', 'a member of the tar archive has no size', { location: { offset: at } })
    const end = header.subarray(0, 100).indexOf(0)
    const name = Buffer.from(header.subarray(0, end < 0 ? 100 : end))
      .toString('latin1')
      .replace(/^\.\//, '')
    // '0' and NUL are files; long names and folders are not needed.
    if (header[156] === 0x30 || header[156] === 0) members.set(name, source.read(at + 512, size))
    at += 512 + Math.ceil(size / 512) * 512
  }
  return members
}

function readOctal(bytes: Uint8Array, at: number, length: number): number | undefined {
  const text = Buffer.from(bytes.subarray(at, at + length))
    .toString('latin1')
    .replace(/[\0 ]+$/, '')
    .trim()
  return /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : undefined
}
