import { readdirSync, readFileSync } from 'node:fs'
import { type Backend, backendApiVersion, cpu, Dispatcher, type ScriptObject, Storage, type Tensor } from '@tsjit/runtime'
import { BytesSource, type LoadedArchive, loadArchive } from '../src/index.ts'

const folder = new URL('./fixtures-save/', import.meta.url)

/** The archives that `fixtures-save/make.py` made, by name. */
export const savedNames = readdirSync(folder)
  .filter((name) => name.endsWith('.pt'))
  .map((name) => name.slice(0, -'.pt'.length))

export function savedBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(new URL(`${name}.pt`, folder)))
}

/** Memory alone: these tests run no operators. */
const memory: Backend = {
  name: 'memory',
  apiVersion: backendApiVersion,
  deviceTypes: ['cpu'],
  hostAccessible: true,
  allocate: (byteLength) => new Storage(cpu, byteLength, new ArrayBuffer(byteLength)),
  kernel: () => undefined,
}

/** What `State.__getstate__` and `__setstate__` of the fixtures do, by hand: the executor is not a dependency of this package. */
function callMethod(_unit: unknown, object: ScriptObject, method: string, args: unknown[]): unknown {
  const scaled = (tensor: Tensor, factor: number): Tensor => {
    const data = tensor.data()
    for (let i = 0; i < data.length; i++) data[i] = Number(data[i]) * factor
    return tensor
  }
  // Other classes keep what they have: their code is what is looked at.
  if (object.type.name !== '__torch__.State') return null
  const [weight, count, training] = args[0] !== undefined ? (args[0] as [Tensor, number, boolean]) : []
  if (method === '__setstate__') {
    object.setAttribute('weight', scaled(weight!, 0.5))
    object.setAttribute('count', count)
    object.setAttribute('training', training)
    return null
  }
  return [scaled(object.getAttribute('weight') as Tensor, 2), object.getAttribute('count'), object.getAttribute('training')]
}

export const saveOptions = { callMethod }

/** What an archive holds, as `saveArchive` takes it too. */
export function loaded(bytes: Uint8Array): LoadedArchive & { readonly object: ScriptObject } {
  const dispatcher = new Dispatcher()
  dispatcher.registerBackend(memory)
  const archive = loadArchive(new BytesSource(bytes), { dispatcher, callMethod })
  return { ...archive, object: archive.module }
}

/** Every object that can be reached from a value. */
export function* objectsIn(value: unknown, seen = new Set<unknown>()): Generator<ScriptObject> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return
  seen.add(value)
  if ('slots' in value) {
    yield value as ScriptObject
    for (const slot of (value as ScriptObject).slots) yield* objectsIn(slot, seen)
  } else if (Array.isArray(value)) for (const item of value) yield* objectsIn(item, seen)
}
