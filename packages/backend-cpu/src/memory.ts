import { type Device, Storage } from '@tsjit/runtime/backend'
import { ArchiveError, RuntimeError } from '@tsjit/types'
import type { Addon } from './addon.ts'

/** Outputs up to this size are ordinary array buffers: cheaper to make than external ones. */
const smallBytes = 4096

/** Host memory from the addon's allocator, and addresses of other host memory. */
export class CpuMemory {
  private readonly address = new Float64Array(new ArrayBuffer(8))
  /** Storages that a run on another thread reads or writes: how many runs, and the buffer to free at the end if it was disposed of meanwhile. */
  private readonly pins = new Map<Storage, { count: number; doomed?: ArrayBuffer }>()
  private readonly release = (storage: Storage): void => {
    const buffer = storage.buffer as ArrayBuffer
    const pin = this.pins.get(storage)
    if (pin) pin.doomed = buffer
    else this.addon.detach(buffer)
  }

  constructor(private readonly addon: Addon) {}

  /** Uninitialised where large, zeroed where small. Throws TSJ_OUT_OF_MEMORY. */
  allocate(byteLength: number, device: Device): Storage {
    if (byteLength <= smallBytes) {
      const buffer = new ArrayBuffer(byteLength)
      return new Storage(device, byteLength, buffer, byteLength === 0 ? 0 : this.addon.addressOf(buffer))
    }
    return this.allocateExternal(byteLength, device)
  }

  allocateExternal(byteLength: number, device: Device): Storage {
    const buffer = this.addon.allocate(byteLength, this.address)
    if (!buffer) {
      throw new RuntimeError('TSJ_OUT_OF_MEMORY', `${byteLength} bytes could not be allocated`, {
        hint: 'dispose() of tensors that are no longer needed, or use smaller inputs',
      })
    }
    return new Storage(device, byteLength, buffer, this.address[0], undefined, this.release)
  }

  /**
   * Memory for bytes of an open file that stay there until somebody needs them: a weight that is only packed never comes into memory as it lies.
   * Undefined where the file cannot be kept open: read them then. The storage's bytes throw TSJ_ARCHIVE_CHANGED once the file was written to.
   */
  fromFile(descriptor: number, offset: number, byteLength: number, device: Device): Storage | undefined {
    const owner = this.addon.reserve(byteLength, this.address, descriptor, offset)
    if (!owner) return undefined
    const address = this.address[0]
    const materialize = (): ArrayBuffer => {
      const buffer = this.addon.fill(address)
      if (!buffer) {
        throw new ArchiveError(
          'TSJ_ARCHIVE_CHANGED',
          'the archive was written to after it was loaded, so weights that were not in memory yet are lost',
          {
            hint: 'replace files by renaming a new one over them, or load with { deferred: false }, which reads everything at once',
          },
        )
      }
      this.addon.detach(owner)
      return buffer
    }
    return Storage.deferred(device, byteLength, { address, materialize, discard: () => this.addon.detach(owner) }, this.release)
  }

  /** Where a storage's bytes are or will be; native code that reads constants brings them in. */
  addressOfConstant(storage: Storage): number {
    return storage.deferredAddress ?? this.addressOfStorage(storage)
  }

  isSmall(byteLength: number): boolean {
    return byteLength <= smallBytes
  }

  adopt(buffer: ArrayBuffer | SharedArrayBuffer, device: Device): Storage {
    return new Storage(device, buffer.byteLength, buffer, this.addressOf(buffer))
  }

  /** Where a storage's bytes are; looked up where the storage was made without an address. */
  addressOfStorage(storage: Storage): number {
    if (storage.address === 0) storage.address = this.addressOf(storage.buffer)
    return storage.address
  }

  private addressOf(buffer: ArrayBuffer | SharedArrayBuffer): number {
    if (buffer.byteLength === 0) return 0
    return this.addon.addressOf(buffer instanceof ArrayBuffer ? buffer : new Uint8Array(buffer))
  }

  pin(storage: Storage): void {
    const pin = this.pins.get(storage)
    if (pin) pin.count++
    else this.pins.set(storage, { count: 1 })
  }
  unpin(storage: Storage): void {
    const pin = this.pins.get(storage)
    if (!pin || --pin.count > 0) return
    this.pins.delete(storage)
    if (pin.doomed) this.addon.detach(pin.doomed)
  }
}
