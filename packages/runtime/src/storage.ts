import { TsjitError } from '@tsjit/types'
import type { Device } from './device.ts'

/**
 * The bytes behind tensors. On host devices `buffer` holds them and `address` is where they start in memory (0 where no native
 * code is about); other devices keep what they need in `handle`. Several tensors may share one storage.
 */
export class Storage {
  /** Counts in-place writes: plans that packed a constant compare it. */
  version = 0
  private disposed = false

  constructor(
    readonly device: Device,
    public byteLength: number,
    private bytes: ArrayBuffer | SharedArrayBuffer | undefined,
    public address = 0,
    public handle: unknown = undefined,
    /** Frees at once what a finaliser would free later. */
    private readonly release?: (storage: Storage) => void,
  ) {}

  /** The host bytes. Throws TSJ_STORAGE_DISPOSED, TSJ_STORAGE_NOT_HOST. */
  get buffer(): ArrayBuffer | SharedArrayBuffer {
    if (this.bytes) return this.bytes
    if (this.disposed)
      throw new TsjitError('TSJ_STORAGE_DISPOSED', 'this tensor was disposed of', {
        hint: 'clone() it before dispose() if it is needed later',
      })
    throw new TsjitError('TSJ_STORAGE_NOT_HOST', `the bytes of a tensor on '${this.device}' cannot be read directly`, {
      hint: "move it with .to('cpu') first",
    })
  }
  get isDisposed(): boolean {
    return this.disposed
  }
  /** Replaces the bytes (`resize_`, `set_`). */
  replace(bytes: ArrayBuffer | SharedArrayBuffer | undefined, byteLength: number, address = 0, handle?: unknown): void {
    this.bytes = bytes
    this.byteLength = byteLength
    this.address = address
    this.handle = handle
    this.version++
  }
  dispose(): void {
    if (this.disposed) return
    this.disposed = true
    this.release?.(this)
    this.bytes = undefined
    this.address = 0
  }
}
