import { ArchiveError } from '@tsjit/types'
import { type StorageDescriptor, StorageTable, torchGlobals, Unpickler } from '../pickle/index.ts'
import type { ByteSource } from '../zip/index.ts'
import type { TorchSaveFile, TorchSaveOptions } from './torch-save.ts'

const magicNumber = 0x1950a86a20f9469cfc6cn
const protocolVersion = 1001

/**
 * The format of PyTorch 0.1.10 to 1.5: pickles of a magic number, a protocol version, facts about the writing machine, the value
 * and the list of storage keys; then the storages, each its number of elements (64 bits) and its bytes, always little-endian.
 */
export function readLegacyTorchSave(source: ByteSource, options: TorchSaveOptions): TorchSaveFile {
  const bytes = source.read(0, source.size)
  const table = new StorageTable()
  const plain = new Unpickler(bytes, { limits: options.pickle })
  const magic = plain.load()
  if (magic !== magicNumber) {
    throw new ArchiveError('TSJ_ARCHIVE_MAGIC', 'a pickle, but not one that torch.save wrote', { location: { offset: 0 } })
  }
  const version = plain.load()
  if (version !== protocolVersion)
    throw new ArchiveError('TSJ_ARCHIVE_VERSION', `expected format ${protocolVersion}, found ${String(version)}`)
  plain.load()
  const main = new Unpickler(
    bytes,
    { findGlobal: torchGlobals({ findGlobal: options.findGlobal }), persistentLoad: table.persistentLoad, limits: options.pickle },
    plain.position,
  )
  const value = main.load()
  const list = new Unpickler(bytes, { limits: options.pickle }, main.position)
  const keys = list.load()
  const places = placeStorages(bytes, list.position, keys, table)
  const read = (storage: StorageDescriptor): Uint8Array => {
    const place = places.get(storage.key)
    if (place === undefined) throw new ArchiveError('TSJ_ARCHIVE_RECORD_MISSING', `the file has no storage ${storage.key}`)
    return bytes.subarray(place, place + storage.byteLength)
  }
  return {
    format: 'legacy',
    value,
    storages: table.storages,
    readStorage: read,
    readStorageInto: (storage, target) => target.set(read(storage)),
  }
}

/** Where the storages' bytes begin. Throws TSJ_ARCHIVE_STORAGE and TSJ_ARCHIVE_TRUNCATED. */
function placeStorages(bytes: Uint8Array, start: number, keys: unknown, table: StorageTable): Map<string, number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const places = new Map<string, number>()
  let at = start
  for (const key of Array.isArray(keys) ? keys : [undefined]) {
    const storage = typeof key === 'string' ? table.storages.get(key) : undefined
    if (!storage)
      throw new ArchiveError('TSJ_ARCHIVE_STORAGE', 'the list of storages names one that no tensor uses', { location: { offset: at } })
    if (at + 8 > bytes.byteLength) throw truncated(storage, at)
    const numel = view.getBigInt64(at, true)
    if (numel !== BigInt(storage.numel)) {
      throw new ArchiveError('TSJ_ARCHIVE_STORAGE', `storage ${storage.key} has ${numel} elements, its tensors expect ${storage.numel}`, {
        location: { offset: at },
      })
    }
    places.set(storage.key, at + 8)
    at += 8 + storage.byteLength
    if (at > bytes.byteLength) throw truncated(storage, at - storage.byteLength)
  }
  return places
}

function truncated(storage: StorageDescriptor, offset: number): ArchiveError {
  return new ArchiveError('TSJ_ARCHIVE_TRUNCATED', `the file ends inside storage ${storage.key}`, { location: { offset } })
}
