import { cpu, Device, type Dispatcher, readNumbers, Storage, setQuantizer, Tensor, type TensorQuantizer } from '@tsjit/runtime'
import { ArchiveError } from '@tsjit/types'
import type { Quantizer, StorageDescriptor, TensorDescriptor } from '../pickle/index.ts'
import type { FileRange } from '../zip/index.ts'

/**
 * As `torch.load`'s `map_location`: a device for everything; devices by location (others stay); or a function that gets each storage, on the CPU, with its
 * location and says where it goes: a device, a storage to use (its argument: stay on the CPU), or nothing (where it was).
 */
export type MapLocation =
  | string
  | Device
  | Readonly<Record<string, string | Device>>
  | ReadonlyMap<string, string | Device>
  | ((storage: Storage, location: string) => string | Device | Storage | null | undefined)

/** Where the bytes of storages come from. */
export interface StorageSource {
  /** Size in bytes of what is stored, or undefined where there is nothing. */
  sizeOf(storage: StorageDescriptor): number | undefined
  /** Reads all of it, little-endian. */
  readInto(storage: StorageDescriptor, target: Uint8Array): void
  /** Where it lies, as it is, in an open file, if it may stay there. */
  rangeInFile?(storage: StorageDescriptor): FileRange | undefined
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
      throw new ArchiveError(
        'TSJ_ARCHIVE_TENSOR_KIND',
        `a ${kind} tensor of shape [${descriptor.sizes.join(', ')}] cannot be loaded: only dense tensors can`,
      )
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
      throw new ArchiveError(
        'TSJ_ARCHIVE_TENSOR_KIND',
        `a tensor quantised by '${quantizer.scheme}' cannot be loaded: per_tensor_affine and per_channel_affine can`,
      )
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
      throw new ArchiveError(
        'TSJ_ARCHIVE_STORAGE_TOO_SHORT',
        `expected a storage of ${byteLength} bytes, found ${size === undefined ? 'none' : `${size} bytes`}`,
        {
          location: { record: this.source.recordOf(descriptor) },
          hint: 'the file is damaged or was cut: fetch it again',
        },
      )
    }
    const made = this.place(descriptor, location, size)
    this.storages.set(key, made)
    return made
  }

  private place(descriptor: StorageDescriptor, location: string, size: number): Storage {
    const map = this.mapLocation
    const read = (device: Device): Storage =>
      this.deferred(descriptor, size, device) ?? this.filled(size, device, (host) => this.source.readInto(descriptor, host))
    if (typeof map === 'string' || map instanceof Device) return read(this.usable(map))
    if (typeof map !== 'function') {
      const wanted = map instanceof Map ? map.get(location) : (map as Readonly<Record<string, string | Device>> | undefined)?.[location]
      return read(this.usable(wanted ?? location))
    }
    const onHost = read(this.usable(cpu))
    const chosen = map(onHost, location) ?? location
    if (chosen instanceof Storage) {
      if (chosen.byteLength >= size) return chosen
      throw new ArchiveError('TSJ_ARCHIVE_STORAGE_TOO_SHORT', `mapLocation gave a storage of ${chosen.byteLength} bytes for one of ${size}`)
    }
    const device = this.usable(chosen)
    return device === onHost.device ? onHost : this.filled(size, device, (host) => host.set(new Uint8Array(onHost.buffer, 0, size)))
  }

  /** Large storages stay in the file until their bytes are needed, where the backend can do that. */
  private deferred(descriptor: StorageDescriptor, size: number, device: Device): Storage | undefined {
    const { fromFile } = this.dispatcher.backendFor(device)
    if (!fromFile) return undefined
    const range = this.source.rangeInFile?.(descriptor)
    return range && fromFile(range.descriptor, range.offset, size, device)
  }

  private filled(size: number, device: Device, fill: (host: Uint8Array) => void): Storage {
    const backend = this.dispatcher.backendFor(device)
    const made = backend.allocate(size, device)
    if (size > 0) {
      const host = backend.hostAccessible ? new Uint8Array(made.buffer, 0, size) : new Uint8Array(size)
      fill(host)
      if (!backend.hostAccessible) backend.copyFromHost!(host, made, 0)
    }
    return made
  }

  /** Throws TSJ_ARCHIVE_DEVICE where no backend serves a device, with PyTorch's advice. */
  private usable(wanted: string | Device): Device {
    const device = typeof wanted === 'string' ? Device.parse(wanted) : wanted
    const { type, index = 0 } = device
    const refused = (reason: string, advice: string): ArchiveError =>
      new ArchiveError('TSJ_ARCHIVE_DEVICE', `Attempting to deserialize object on ${reason}. ${advice}`, {
        hint: "load with mapLocation: 'cpu' (on the command line: --map-location cpu)",
      })
    if (!this.dispatcher.deviceTypes.includes(type)) {
      throw refused(
        `a ${type.toUpperCase()} device but no backend serves '${device}' here`,
        "If you are running on a CPU-only machine, please load with mapLocation: 'cpu' to map your storages to the CPU.",
      )
    }
    const count = this.dispatcher.backendFor(device).deviceCount?.(type) ?? 1
    if (index >= count) {
      throw refused(
        `${type.toUpperCase()} device ${index} but there ${count === 1 ? 'is 1' : `are ${count}`}`,
        'Please load with mapLocation to map your storages to an existing device.',
      )
    }
    return device
  }
}
