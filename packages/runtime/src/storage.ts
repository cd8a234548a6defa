import { TsjitError } from '@tsjit/types'
import type { Device } from './device.ts'

/** Bytes that come into memory when they are first needed. */
export interface DeferredBytes {
  /** Where they will be. */
  readonly address: number
  /** Brings them into memory for good. */
  materialize(): ArrayBuffer
  /** They will not be needed. */
  discard(): void
}

/**
 * The bytes behind tensors. On host devices `buffer` holds them and `address` is where they start in memory (0 where no native
 * code is about); other devices keep what they need in `handle`. Several tensors may share one storage.
 */
export class Storage {
  /** Counts in-place writes: plans that packed a constant compare it. */
  version = 0
  /** Made in inference mode. */
  isInference = false
  private disposed = false
  private waiting: DeferredBytes | undefined

  constructor(
    readonly device: Device,
    public byteLength: number,
    private bytes: ArrayBuffer | SharedArrayBuffer | undefined,
    public address = 0,
    public handle: unknown = undefined,
    /** Frees at once what a finaliser would free later. */
    private readonly release?: (storage: Storage) => void,
  ) {}

  /** A storage on the host whose bytes are not in memory yet: `address` is 0 until they are. */
  static deferred(device: Device, byteLength: number, bytes: DeferredBytes, release?: (storage: Storage) => void): Storage {
    const storage = new Storage(device, byteLength, undefined, 0, undefined, release)
    storage.waiting = bytes
    return storage
  }
  /** Where bytes that are not in memory yet will be. */
  get deferredAddress(): number | undefined {
    return this.waiting?.address
  }

  /** The host bytes. Throws TSJ_STORAGE_DISPOSED, TSJ_STORAGE_NOT_HOST, and what bringing deferred bytes into memory throws. */
  get buffer(): ArrayBuffer | SharedArrayBuffer {
    if (this.bytes) return this.bytes
    if (this.waiting) return this.materialize(this.waiting)
    if (this.disposed)
      throw new TsjitError('TSJ_STORAGE_DISPOSED', 'this tensor was disposed of', {
        hint: 'clone() it before dispose() if it is needed later',
      })
    throw new TsjitError('TSJ_STORAGE_NOT_HOST', `the bytes of a tensor on '${this.device}' cannot be read directly`, {
      hint: "move it with .to('cpu') first",
    })
  }
  private materialize(waiting: DeferredBytes): ArrayBuffer {
    const bytes = waiting.materialize()
    this.bytes = bytes
    this.address = waiting.address
    this.waiting = undefined
    return bytes
  }
  get isDisposed(): boolean {
    return this.disposed
  }
  /** Replaces the bytes (`resize_`, `set_`). */
  replace(bytes: ArrayBuffer | SharedArrayBuffer | undefined, byteLength: number, address = 0, handle?: unknown): void {
    this.waiting?.discard()
    this.waiting = undefined
    this.bytes = bytes
    this.byteLength = byteLength
    this.address = address
    this.handle = handle
    this.version++
  }
  dispose(): void {
    if (this.disposed) return
    this.disposed = true
    this.version++
    if (this.waiting) this.waiting.discard()
    else this.release?.(this)
    this.waiting = undefined
    this.bytes = undefined
    this.address = 0
  }
}
