import { Complex, Device } from '@tsjit/runtime'
import {
  type ByteSource,
  BytesSource,
  FileSource,
  PyComplex,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  readTorchSave,
  TensorDescriptor,
  TensorLoader,
  TorchDevice,
} from '@tsjit/serializer'
import { ArchiveError } from '@tsjit/types'
import { defaultRuntime, type Runtime } from './runtime.ts'

/**
 * Reads what `torch.save` wrote: tensors, numbers, texts, lists and tuples (arrays), dicts (Maps), sets. The whole file is read at once.
 * Throws `ArchiveError`: TSJ_ARCHIVE_*, TSJ_PICKLE_*, TSJ_TORCH_SAVE_VALUE for objects of other classes.
 */
export function load(
  source: string | Uint8Array | ArrayBuffer,
  { runtime = defaultRuntime(), mapLocation = 'cpu' }: { runtime?: Runtime; mapLocation?: string } = {},
): unknown {
  const opened = typeof source === 'string' ? FileSource.open(source) : undefined
  const bytes: ByteSource = opened ?? new BytesSource(source instanceof ArrayBuffer ? new Uint8Array(source) : (source as Uint8Array))
  try {
    const file = readTorchSave(bytes)
    const loader = new TensorLoader(
      {
        sizeOf: (storage) => storage.byteLength,
        readInto: (storage, target) => file.readStorageInto(storage, target),
        recordOf: (storage) => `data/${storage.key}`,
      },
      runtime.dispatcher,
      mapLocation,
    )
    return new Converter(loader).value(file.value)
  } finally {
    opened?.close()
  }
}

/** One value for each pickled object, so that sharing stays. Cycles were refused by the reader's limits or end here. */
class Converter {
  private readonly made = new Map<object, unknown>()
  constructor(private readonly loader: TensorLoader) {}

  value(object: unknown): unknown {
    if (typeof object !== 'object' || object === null) return object
    if (this.made.has(object)) return this.made.get(object)
    if (Array.isArray(object) || object instanceof PyTuple) {
      const list: unknown[] = []
      this.made.set(object, list)
      for (const item of Array.isArray(object) ? object : object.items) list.push(this.value(item))
      return list
    }
    if (object instanceof PyDict) {
      const map = new Map<unknown, unknown>()
      this.made.set(object, map)
      for (const [key, value] of object) map.set(this.value(key), this.value(value))
      return map
    }
    const plain = this.leaf(object)
    this.made.set(object, plain)
    return plain
  }

  private leaf(object: object): unknown {
    if (object instanceof TensorDescriptor) return this.loader.tensor(object)
    if (object instanceof PyFloat) return object.value
    if (object instanceof PyComplex) return new Complex(object.real, object.imag)
    if (object instanceof PySet) return new Set([...object].map((item) => this.value(item)))
    if (object instanceof TorchDevice) return Device.parse(object.toString())
    if (object instanceof Uint8Array) return object
    throw new ArchiveError('TSJ_TORCH_SAVE_VALUE', `an object of class ${object.constructor.name} has no counterpart here`, {
      hint: 'save tensors, numbers, texts, lists, tuples and dicts; models with torch.jit.save',
    })
  }
}
