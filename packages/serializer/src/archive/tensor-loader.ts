import { ArchiveError } from '@tsjit/types'
import { Device, type Dispatcher, readNumbers, setQuantizer, type Storage, Tensor, type TensorQuantizer } from '@tsjit/runtime'
import type { Quantizer, StorageDescriptor, TensorDescriptor } from '../pickle/index.ts'

/** A device for everything, or a device for each location that the archive names. */
export type MapLocation = string | Device | Readonly<Record<string, string>> | ((location: string) => string | Device)

/** Where the bytes of storages come from. */
export interface StorageSource {
  /** Size in bytes of what is stored, or undefined where there is nothing. */
  sizeOf(storage: StorageDescriptor): number | undefined
  /** Reads all of it, little-endian. */
  readInto(storage: StorageDescriptor, target: Uint8Array): void
  /** The record's name, for messages. */
  recordOf(storage: StorageDescriptor): string
}

/** Makes tensors from descriptors; tensors that share a storage in the archive share it here. */
export class TensorLoader {
  private readonly storages = new Map<string, Storage>()
  private readonly tensors = new Map<TensorDescriptor, Tensor>()

  constructor(
    private readonly source: StorageSource,
    private readonly dispatcher: Dispatcher,
    private readonly mapLocation?: MapLocation,
  ) {}

  /** One tensor for each descriptor. Throws TSJ_ARCHIVE_STORAGE_TOO_SHORT, TSJ_ARCHIVE_TENSOR_KIND for sparse and meta tensors and floating-point zero points. */
  tensor(descriptor: TensorDescriptor): Tensor {
    let tensor = this.tensors.get(descriptor)
    if (!tensor) this.tensors.set(descriptor, (tensor = this.make(descriptor)))
    return tensor
  }

  private make(descriptor: TensorDescriptor): Tensor {
    const { storage, dtype } = descriptor
    if (!storage || descriptor.sparse) {
      const kind = descriptor.sparse ? descriptor.sparse.layout : 'meta'
      throw new ArchiveError('TSJ_ARCHIVE_TENSOR_KIND', `a ${kind} tensor of shape [${descriptor.sizes.join(', ')}] cannot be loaded: only dense tensors can`)
    }
    const tensor = new Tensor(this.storage(storage), dtype, [...descriptor.sizes], [...descriptor.strides], descriptor.offset)
    tensor.requiresGrad = descriptor.requiresGrad
    if (descriptor.quantizer) setQuantizer(tensor, this.quantizer(descriptor.quantizer))
    if (descriptor.conjugate) return this.dispatcher.call('aten::resolve_conj', this.dispatcher.call('aten::_conj_physical', tensor))
    if (descriptor.negative) return this.dispatcher.call('aten::neg', tensor)
    return tensor
  }

  private quantizer(quantizer: Quantizer): TensorQuantizer {
    if (quantizer.scheme === 'per_tensor_affine') return { ...quantizer, zeroPoint: Number(quantizer.zeroPoint) }
    if (quantizer.scheme !== 'per_channel_affine') {
      throw new ArchiveError('TSJ_ARCHIVE_TENSOR_KIND', `a tensor quantised by '${quantizer.scheme}' cannot be loaded: per_tensor_affine and per_channel_affine can`)
    }
    const numbers = (list: TensorDescriptor | readonly number[]): number[] =>
      'storage' in list ? Array.from(readNumbers(this.tensor(list)), Number) : [...list]
    return { scheme: quantizer.scheme, scales: numbers(quantizer.scales), zeroPoints: numbers(quantizer.zeroPoints), axis: quantizer.axis }
  }

  private storage(descriptor: StorageDescriptor): Storage {
    const { key, location, byteLength } = descriptor
    const known = this.storages.get(key)
    if (known) return known
    const size = this.source.sizeOf(descriptor) ?? (byteLength === 0 ? 0 : undefined)
    if (size === undefined || size < byteLength) {
      throw new ArchiveError('TSJ_ARCHIVE_STORAGE_TOO_SHORT', `expected a storage of ${byteLength} bytes, found ${size === undefined ? 'none' : `${size} bytes`}`, {
        location: { record: this.source.recordOf(descriptor) },
        hint: 'the file is damaged or was cut: fetch it again',
      })
    }
    const device = this.deviceFor(location)
    const backend = this.dispatcher.backendFor(device)
    const made = backend.allocate(size, device)
    if (size > 0) {
      const host = backend.hostAccessible ? new Uint8Array(made.buffer, 0, size) : new Uint8Array(size)
      this.source.readInto(descriptor, host)
      if (!backend.hostAccessible) backend.copyFromHost!(host, made, 0)
    }
    this.storages.set(key, made)
    return made
  }

  private deviceFor(location: string): Device {
    const map = this.mapLocation
    let wanted: string | Device = location
    if (typeof map === 'string' || map instanceof Device) wanted = map
    else if (typeof map === 'function') wanted = map(location)
    else if (map) wanted = map[location] ?? location
    const device = typeof wanted === 'string' ? Device.parse(wanted) : wanted
    if (!this.dispatcher.deviceTypes.includes(device.type)) {
      throw new ArchiveError('TSJ_ARCHIVE_DEVICE', `the archive's tensors are on device '${device}', which no backend serves here`, {
        hint: "load with mapLocation: 'cpu' (on the command line: --map-location cpu)",
      })
    }
    return device
  }
}
