import type { Dispatcher } from '@tsjit/runtime'
import { pickle } from '../pickle/index.ts'
import { ZipWriter } from '../zip/index.ts'
import { StorageRecords, storageBytes } from './storage-records.ts'

export interface TorchSaveWriteOptions {
  /** The folder of all records; PyTorch takes the file's name without its extension. */
  readonly root?: string
  /** Takes the file's bytes in order; without it they are returned. */
  readonly sink?: (bytes: Uint8Array) => void
  /** Knows the backends of the tensors' devices: needed where they are not in host memory. */
  readonly dispatcher?: Dispatcher
}

/**
 * Writes what `torch.save` writes in its zip format. `build` says the value in the object model of pickles, with tensors as the given records make them;
 * all that it may name is on the list of `weights_only`. The same value gives the same bytes. Throws TSJ_PICKLE_*.
 */
export function writeTorchSave(
  build: (storages: StorageRecords) => unknown,
  options: TorchSaveWriteOptions & { readonly sink: (bytes: Uint8Array) => void },
): undefined
export function writeTorchSave(build: (storages: StorageRecords) => unknown, options?: TorchSaveWriteOptions): Uint8Array
export function writeTorchSave(
  build: (storages: StorageRecords) => unknown,
  { root = 'archive', sink, dispatcher }: TorchSaveWriteOptions = {},
): Uint8Array | undefined {
  const storages = new StorageRecords('python')
  const bytes = pickle(build(storages))
  const zip = new ZipWriter(root, sink ? { sink } : {})
  zip.add('data.pkl', bytes)
  zip.add('.format_version', '1')
  zip.add('.storage_alignment', '64')
  zip.add('byteorder', 'little')
  for (const [key, storage] of storages.storages.entries()) zip.add(`data/${key}`, storageBytes(storage, dispatcher))
  zip.add('version', '3\n')
  zip.add('.data/serialization_id', zip.serializationId())
  const file = zip.finish()
  return sink ? undefined : file
}
