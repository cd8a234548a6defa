import { TsjitError } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { PyObject, StorageTable, torchGlobals, unpickle } from '../src/pickle/index.ts'
import { readNpy, readSafetensors, readTorchSave } from '../src/tensor-files/index.ts'
import { BytesSource, ZipReader } from '../src/zip/index.ts'
import { fixture } from './fixture.ts'

/** A generator of 32-bit numbers (mulberry32), so that a failing mutation can be made again from its number. */
function randomFrom(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below)
  }
}

/** Flips bits, overwrites, cuts or splices. */
function mutate(original: Uint8Array, seed: number): Uint8Array {
  const random = randomFrom(seed)
  const bytes = original.slice()
  switch (random(5)) {
    case 0:
      return bytes.subarray(0, random(bytes.length))
    case 1: {
      const from = random(bytes.length)
      bytes.copyWithin(random(bytes.length), from, from + random(64))
      return bytes
    }
    case 2:
      for (let i = random(8); i >= 0; i--) bytes[random(bytes.length)] = [0, 1, 0x7f, 0x80, 0xff][random(5)]
      return bytes
    default:
      for (let i = random(4); i >= 0; i--) bytes[random(bytes.length)] ^= 1 << random(8)
      return bytes
  }
}

/** Reads everything; returns whether it was accepted. What is no `TsjitError` goes on. */
function accepts(read: () => void): boolean {
  try {
    read()
    return true
  } catch (error) {
    if (error instanceof TsjitError) return false
    throw error
  }
}

function readSaved(bytes: Uint8Array): void {
  const file = readTorchSave(new BytesSource(bytes))
  for (const storage of file.storages.values()) file.readStorage(storage)
}

/** With the CRC taken for right, so that the mutations get past it into the pickle. */
function readUnchecked(bytes: Uint8Array): void {
  const zip = ZipReader.open(new BytesSource(bytes))
  for (const [name, entry] of zip.entries) {
    const lenient = ZipReader.open(new BytesSource(bytes), { crc32: () => entry.crc32 })
    const content = lenient.read(name)
    if (name.endsWith('.pkl')) readPickle(content)
  }
}

function readPickle(bytes: Uint8Array): void {
  unpickle(bytes, {
    persistentLoad: new StorageTable().persistentLoad,
    findGlobal: torchGlobals({
      findGlobal: (module, name) => ({ module, name, instantiable: true, reduce: (args) => new PyObject({ module, name }, args) }),
    }),
  })
}

const subjects: [string, (bytes: Uint8Array) => void, Uint8Array][] = [
  ['saved.pt', readSaved, fixture('saved.pt')],
  ['scripted.pt', readUnchecked, fixture('scripted.pt')],
  ['legacy.pt', readSaved, fixture('legacy.pt')],
  ['tar.pt', readSaved, fixture('tar.pt')],
  ['data.pkl', readPickle, ZipReader.open(new BytesSource(fixture('saved.pt'))).read('saved/data.pkl')],
  ['protocol-0.pkl', readPickle, fixture('protocol-0.pkl')],
  ['protocol-5.pkl', readPickle, fixture('protocol-5.pkl')],
  ['fortran.npy', (bytes) => void readNpy(bytes), fixture('fortran.npy')],
  ['plain.safetensors', (bytes) => void readSafetensors(bytes), fixture('plain.safetensors')],
]

describe('mutated files give a result or a typed error', () => {
  const count = Number(process.env.TSJIT_MUTATIONS ?? 150)
  it.each(subjects)('%s', (_, read, original) => {
    expect(accepts(() => read(original))).toBe(true)
    let refused = 0
    for (let seed = 0; seed < count; seed++) {
      const started = performance.now()
      if (!accepts(() => read(mutate(original, seed)))) refused++
      expect(performance.now() - started, `mutation ${seed} takes too long`).toBeLessThan(5000)
    }
    expect(refused).toBeGreaterThan(count / 10)
  })
})
