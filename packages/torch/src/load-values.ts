import { Parameter } from '@tsjit/nn'
import { Complex, Device } from '@tsjit/runtime'
import {
  type ByteSource,
  isTorchScript,
  type MapLocation,
  PyComplex,
  PyDict,
  PyFloat,
  PySet,
  PyTuple,
  readTorchSave,
  TensorDescriptor,
  TensorLoader,
  TorchConstant,
  TorchDevice,
} from '@tsjit/serializer'
import { ArchiveError } from '@tsjit/types'
import { isLoadStream, type LoadSource, type LoadStream, openSource, readStream } from './files/load-source.ts'
import { loadSync } from './load.ts'
import { defaultRuntime, type Runtime } from './runtime.ts'

export interface LoadValueOptions {
  readonly runtime?: Runtime
  /** Where tensors go; as saved where absent. */
  readonly mapLocation?: MapLocation
}

/**
 * Reads what `torch.save` wrote, in its zip, legacy and tar formats: tensors, parameters, numbers, texts, lists and tuples (arrays), dicts (Maps), sets;
 * dtypes, layouts and memory formats as their names. What `torch.jit.save` wrote comes as its `ScriptModule`. Streams give a promise.
 * Throws `ArchiveError`: TSJ_ARCHIVE_*, TSJ_PICKLE_*, TSJ_TORCH_SAVE_VALUE for objects of other classes.
 */
export function load(source: LoadSource, options?: LoadValueOptions): unknown
export function load(source: LoadStream, options?: LoadValueOptions): Promise<unknown>
export function load(source: LoadSource | LoadStream, options: LoadValueOptions = {}): unknown {
  if (isLoadStream(source)) return readStream(source).then((bytes) => load(bytes, options))
  const { bytes, file } = openSource(source)
  try {
    if (isTorchScript(bytes)) return loadSync(source, options)
    return readValue(bytes, options)
  } finally {
    file?.close()
  }
}

/** The value of a `torch.save` file. */
export function readValue(bytes: ByteSource, { runtime = defaultRuntime(), mapLocation }: LoadValueOptions): unknown {
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
    if (object instanceof TensorDescriptor) {
      const tensor = this.loader.tensor(object)
      return object.isParameter ? new Parameter(tensor, object.requiresGrad) : tensor
    }
    if (object instanceof TorchConstant) return object.name
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
