import { Module, Parameter } from '@tsjit/nn'
import { Boxed, Complex, Device, Tensor } from '@tsjit/runtime'
import { PyComplex, PyDict, PyFloat, PySet, rootOfPath, type StorageRecords, TorchDevice, writeTorchSave } from '@tsjit/serializer'
import { ArchiveError } from '@tsjit/types'
import { pathOf } from './files/load-source.ts'
import { type SaveFile, type SaveStream, writeTarget } from './files/save-target.ts'
import { defaultRuntime, type Runtime } from './runtime.ts'
import { ScriptModule } from './script-module.ts'

export interface SaveValueOptions {
  readonly runtime?: Runtime
}

/**
 * Writes what PyTorch's `torch.load` opens with `weights_only`: tensors, parameters, numbers, bigints, texts, booleans, null, `Complex`, devices, bytes, and
 * arrays (lists), Maps and plain objects (dicts) and Sets of them. Whole numbers become ints; `scalarFloat(1)` is the float. Tensors that share memory share
 * it in the file. Throws TSJ_TORCH_SAVE_VALUE naming the place for anything else, TSJ_PICKLE_CYCLE.
 */
export function save(value: unknown, target: SaveFile, options?: SaveValueOptions): void
export function save(value: unknown, target: SaveStream, options?: SaveValueOptions): Promise<void>
export function save(value: unknown, target: SaveFile | SaveStream, options: SaveValueOptions = {}): void | Promise<void> {
  const isFile = typeof target === 'string' || target instanceof URL
  const root = isFile ? { root: rootOfPath(pathOf(target)) } : {}
  return writeTarget(
    target,
    (sink) => void writeTorchSave((storages) => new Models(storages).model(value), { ...root, ...complete(options), sink }),
  )
}

/** The same as bytes: the same value gives the same bytes. */
export function saveToBuffer(value: unknown, options: SaveValueOptions = {}): Uint8Array {
  return writeTorchSave((storages) => new Models(storages).model(value), complete(options))
}

function complete({ runtime = defaultRuntime() }: SaveValueOptions): { dispatcher: Runtime['dispatcher'] } {
  return { dispatcher: runtime.dispatcher }
}

/** JavaScript values in the object model of pickles; a shared object stays shared. */
class Models {
  private readonly made = new Map<object, unknown>()
  private readonly open = new Set<object>()
  constructor(private readonly storages: StorageRecords) {}

  model(value: unknown, at = 'the value'): unknown {
    switch (typeof value) {
      case 'undefined':
        return null
      case 'number':
        return Number.isSafeInteger(value) && !Object.is(value, -0) ? value : new PyFloat(value)
      case 'string':
      case 'boolean':
      case 'bigint':
        return value
      case 'object':
        return value === null ? null : this.object(value, at)
    }
    throw this.refused(at, `a ${typeof value}`, 'leave it out')
  }

  private object(value: object, at: string): unknown {
    if (value instanceof Parameter) return this.storages.parameter(value)
    if (value instanceof Tensor) return this.storages.tensor(value)
    const known = this.made.get(value)
    if (known !== undefined) return known
    if (this.open.has(value)) throw new ArchiveError('TSJ_PICKLE_CYCLE', `${at} contains itself`)
    this.open.add(value)
    const model = this.container(value, at)
    this.open.delete(value)
    this.made.set(value, model)
    return model
  }

  private container(value: object, at: string): unknown {
    if (Array.isArray(value)) return value.map((item, i) => this.model(item, `${at}[${i}]`))
    if (value instanceof Map)
      return new PyDict(
        [...value].map(([key, item]) => [this.model(key, `a key of ${at}`), this.model(item, `${at}[${JSON.stringify(String(key))}]`)]),
      )
    if (value instanceof Set) return new PySet([...value].map((item) => this.model(item, `an item of ${at}`)))
    if (value instanceof Boxed)
      return typeof value.value === 'number' && value.type.kind === 'float' ? new PyFloat(value.value) : this.model(value.value, at)
    if (value instanceof Complex) return new PyComplex(value.re, value.im)
    if (value instanceof Device) return new TorchDevice(value.type, value.index)
    if (value instanceof Uint8Array) return value
    const prototype = Object.getPrototypeOf(value)
    if (prototype === Object.prototype || prototype === null)
      return new PyDict(Object.entries(value).map(([key, item]) => [key, this.model(item, `${at}[${JSON.stringify(key)}]`)]))
    if (value instanceof ScriptModule) throw this.refused(at, 'a ScriptModule', 'save it with torch.jit.save')
    if (value instanceof Module) throw this.refused(at, `the module ${value.getName()}`, 'save its stateDict()')
    if (ArrayBuffer.isView(value)) throw this.refused(at, `a ${value.constructor.name}`, 'make a tensor of it with torch.fromTypedArray')
    throw this.refused(at, `an object of class ${value.constructor?.name ?? 'Object'}`, 'save its parts in a plain object')
  }

  private refused(at: string, what: string, hint: string): ArchiveError {
    return new ArchiveError('TSJ_TORCH_SAVE_VALUE', `${at} is ${what}, which torch.save cannot write`, { hint })
  }
}
