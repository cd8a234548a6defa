import { dtypeInfo } from '@tsjit/types'
import { describe } from './describe.ts'
import type { PickleContext } from './pickle-global.ts'
import { PyTuple } from './python-values.ts'
import { readCount, type StorageDescriptor, StorageView } from './tensor-descriptor.ts'
import { TorchStorageType } from './torch-values.ts'

/**
 * Makes storages of persistent ids `('storage', class, key, location, numel)`, one descriptor for each key; the oldest files add
 * `None` or `(view key, offset, size)`. Throws TSJ_ARCHIVE_STORAGE where an id is something else or contradicts an earlier one.
 */
export class StorageTable {
  readonly storages = new Map<string, StorageDescriptor>()

  readonly persistentLoad = (id: unknown, context: PickleContext): StorageView => {
    const items = id instanceof PyTuple ? id.items : []
    const [kind, type, key, location, size, view] = items
    if (kind !== 'storage' || items.length < 5 || items.length > 6) {
      throw context.error('TSJ_ARCHIVE_STORAGE', `expected a reference to a storage, found ${describe(kind ?? id)}`)
    }
    if (!(type instanceof TorchStorageType))
      throw context.error('TSJ_ARCHIVE_STORAGE', `expected a class of storages, found ${describe(type)}`)
    if (typeof key !== 'string' || typeof location !== 'string') {
      throw context.error(
        'TSJ_ARCHIVE_STORAGE',
        `expected the name and place of a storage, found ${describe(typeof key === 'string' ? location : key)}`,
      )
    }
    const storage = this.storage(key, type, location, readCount(size, 'storage size', context), context)
    if (view === undefined || view === null) return new StorageView(storage, 0, storage.numel)
    const [, offset, length] = view instanceof PyTuple && view.length === 3 ? view.items : []
    const start = readCount(offset, 'offset', context)
    const count = readCount(length, 'size', context)
    if (start + count > storage.numel) {
      throw context.error(
        'TSJ_ARCHIVE_STORAGE_TOO_SHORT',
        `a view of ${count} elements at ${start} exceeds storage ${key} of ${storage.numel}`,
      )
    }
    return new StorageView(storage, start, count)
  }

  private storage(key: string, { dtype }: TorchStorageType, location: string, numel: number, context: PickleContext): StorageDescriptor {
    const known = this.storages.get(key)
    if (known) {
      if (known.dtype !== dtype || known.numel !== numel) {
        throw context.error(
          'TSJ_ARCHIVE_STORAGE',
          `storage ${key} is stated as ${known.numel} of ${known.dtype ?? 'bytes'} and as ${numel} of ${dtype ?? 'bytes'}`,
        )
      }
      return known
    }
    const byteLength = numel * (dtype ? dtypeInfo(dtype).itemSize : 1)
    if (!Number.isSafeInteger(byteLength)) throw context.error('TSJ_ARCHIVE_TENSOR_SIZE', `a storage of ${numel} elements overflows`)
    const storage: StorageDescriptor = { key, dtype, location, numel, byteLength }
    this.storages.set(key, storage)
    return storage
  }
}
