import { ArchiveError } from '@tsjit/types'
import { type FindGlobal, type PickleLimits, type StorageDescriptor, StorageTable, torchGlobals, unpickle } from '../pickle/index.ts'
import { type ByteSource, ZipReader, type ZipReaderOptions } from '../zip/index.ts'
import { swapBytes, swapWidth } from './host-tensor.ts'
import { isTar, readTarTorchSave } from './legacy-tar.ts'
import { readLegacyTorchSave } from './legacy-torch-save.ts'

export interface TorchSaveOptions {
  /** Names beside the closed list. */
  findGlobal?: FindGlobal
  zip?: ZipReaderOptions
  pickle?: Partial<PickleLimits>
}

/** What a `torch.save` file holds: values of the pickle's object model, with a `TensorDescriptor` for every tensor. */
export interface TorchSaveFile {
  readonly format: 'zip' | 'legacy' | 'tar'
  readonly value: unknown
  readonly storages: ReadonlyMap<string, StorageDescriptor>
  /** The bytes of a storage, little-endian. They may be a view of the file: do not write to them. */
  readStorage(storage: StorageDescriptor): Uint8Array
  /** Reads a storage, little-endian, into memory of its size. */
  readStorageInto(storage: StorageDescriptor, target: Uint8Array): void
}

/**
 * Reads a file that `torch.save` wrote, in any of its formats: zip (1.6 and newer), a sequence of pickles (0.1.10 to 1.5), tar
 * (before). Storages are read when they are asked for. Throws `ArchiveError`s.
 */
export function readTorchSave(source: ByteSource, options: TorchSaveOptions = {}): TorchSaveFile {
  const head = source.read(0, Math.min(source.size, 512))
  if (head[0] === 0x80 && head[1] <= 5) return readLegacyTorchSave(source, options)
  if (isTar(head)) return readTarTorchSave(source, options)
  return readZip(ZipReader.open(source, options.zip), options)
}

/** Whether a file is what `torch.jit.save` wrote, now or in PyTorch 1.0. */
export function isTorchScript(source: ByteSource): boolean {
  if (source.size < 4 || Buffer.from(source.read(0, 4)).toString('latin1') !== 'PK\x03\x04') return false
  for (const name of ZipReader.open(source).entries.keys()) if (/^[^/]*\/(constants\.pkl|model\.json)$/.test(name)) return true
  return false
}

/** `torch.save`'s format in a zip archive that is already open. */
function readZip(zip: ZipReader, options: TorchSaveOptions): TorchSaveFile {
  const root = rootOf(zip)
  const record = `${root}/data.pkl`
  const order = byteOrderOf(zip, root)
  const table = new StorageTable()
  const value = unpickle(zip.read(record), {
    record,
    findGlobal: torchGlobals({ findGlobal: options.findGlobal }),
    persistentLoad: table.persistentLoad,
    limits: options.pickle,
  })
  const nameOf = (storage: StorageDescriptor): string => {
    const name = `${root}/data/${storage.key}`
    const { size } = zip.entry(name)
    if (size !== storage.byteLength) {
      throw new ArchiveError('TSJ_ARCHIVE_STORAGE_TOO_SHORT', `expected ${storage.byteLength} bytes of storage, found ${size}`, {
        location: { record: name },
      })
    }
    return name
  }
  return {
    format: 'zip',
    value,
    storages: table.storages,
    readStorage(storage) {
      const bytes = zip.read(nameOf(storage))
      return order === 'little' ? bytes : swapped(bytes.slice(), storage)
    },
    readStorageInto(storage, target) {
      zip.readInto(nameOf(storage), target)
      if (order === 'big') swapped(target, storage)
    },
  }
}

function swapped(bytes: Uint8Array, storage: StorageDescriptor): Uint8Array {
  if (!storage.dtype) {
    throw new ArchiveError('TSJ_ARCHIVE_BYTE_ORDER', `storage ${storage.key} is untyped and was written on a big-endian machine`, {
      hint: 'save it again on a little-endian machine',
    })
  }
  swapBytes(bytes, swapWidth(storage.dtype))
  return bytes
}

/** The folder that all records lie in. Throws TSJ_ARCHIVE_LAYOUT where there is no one folder. */
export function rootOf(zip: ZipReader): string {
  const first = zip.entries.keys().next().value
  const root = first?.includes('/') ? first.slice(0, first.indexOf('/')) : undefined
  if (!root) {
    throw new ArchiveError('TSJ_ARCHIVE_LAYOUT', 'expected the records of a PyTorch archive in one folder', {
      hint: 'the file is a zip archive, but torch.save or torch.jit.save did not write it',
    })
  }
  return root
}

/** The byte order that the record `byteorder` states; little where it is absent, as PyTorch assumes. */
export function byteOrderOf(zip: ZipReader, root: string): 'little' | 'big' {
  const name = `${root}/byteorder`
  if (!zip.has(name)) return 'little'
  const order = Buffer.from(zip.read(name)).toString('latin1')
  if (order === 'little' || order === 'big') return order
  throw new ArchiveError('TSJ_ARCHIVE_BYTE_ORDER', `expected little or big, found ${JSON.stringify(order.slice(0, 20))}`, {
    location: { record: name },
  })
}
