import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { BytesSource, ZipReader, ZipWriter } from '@tsjit/serializer'
import { describe, expect, it } from 'vitest'
import { createRuntime, Device, jit, ones, type Runtime, type TsjitError, tensor, tolist } from '../src/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

type JitLoadOptions = jit.JitLoadOptions

const digits = fileURLToPath(new URL('../../../examples/digits/digits.pt', import.meta.url))

it('saves what loads again and computes the same', async () => {
  const module = await jit.load(digits)
  const path = join(temporaryFolder(), 'again.pt')
  jit.save(module, path)
  const again = await jit.load(path)
  const x = tensor(
    Array.from({ length: 64 }, (_, i) => (i % 7) / 7),
    { shape: [1, 1, 8, 8], dtype: 'float32' },
  )
  expect(tolist(again.forward(x))).toEqual(tolist(module.forward(x)))
  expect(jit.saveToBuffer(again)).toEqual(jit.saveToBuffer(module))
})

describe('extra files', () => {
  it('are saved, and given back under their names', async () => {
    const module = await jit.load(digits)
    const bytes = jit.saveToBuffer(module, { extraFiles: { 'notes.txt': 'größer', 'sub/data.bin': Uint8Array.of(1, 2) } })
    const extraFiles = { 'notes.txt': '', 'sub/data.bin': null, absent: 'as before' }
    await jit.load(bytes, { extraFiles })
    expect(extraFiles).toEqual({ 'notes.txt': 'größer', 'sub/data.bin': Uint8Array.of(1, 2), absent: 'as before' })
    const map = new Map<string, string | Uint8Array | null>([['notes.txt', null]])
    jit.loadSync(bytes, { extraFiles: map })
    expect(Buffer.from(map.get('notes.txt') as Uint8Array).toString()).toBe('größer')
  })
})

describe('places to save to and load from', () => {
  it('are paths, file URLs, bytes and streams', async () => {
    const module = await jit.load(pathToFileURL(digits))
    const bytes = jit.saveToBuffer(module)
    const folder = mkdtempSync(join(tmpdir(), 'tsjit-save-'))
    jit.save(module, pathToFileURL(join(folder, 'a b.pt')))
    const chunks: Uint8Array[] = []
    await jit.save(module, new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(chunk.slice()) }))
    expect(Buffer.compare(Buffer.concat(chunks), bytes)).toBe(0)
    await jit.save(module, createWriteStream(join(folder, 'stream.pt')))
    for (const source of [
      join(folder, 'a b.pt'),
      createReadStream(join(folder, 'stream.pt')),
      new Blob([bytes]),
      bytes.buffer.slice(0) as ArrayBuffer,
    ])
      expect(Buffer.compare(jit.saveToBuffer(await jit.load(source)), bytes)).toBe(0)
    rmSync(folder, { recursive: true })
    await expect(jit.load('https://example.org/net.pt')).rejects.toMatchObject({ code: 'TSJ_ARCHIVE_OPEN' })
  })
})

describe('mapLocation', () => {
  // The digits' network as if it had been saved on a GPU.
  const elsewhere = (device: string): Uint8Array => {
    const module = jit.loadSync(digits, { mapLocation: 'reference' })
    const zip = ZipReader.open(new BytesSource(jit.saveToBuffer(module)))
    const writer = new ZipWriter('archive')
    for (const name of zip.entries.keys()) {
      const content = Buffer.from(zip.read(name))
      const renamed = name.endsWith('.pkl') ? Buffer.from(content.toString('latin1').replaceAll('reference', device), 'latin1') : content
      writer.add(name.slice('archive/'.length), renamed)
    }
    return writer.finish()
  }
  const bytes = elsewhere('acmedev:1')
  const devices = (options: JitLoadOptions): string[] => [
    ...new Set([...jit.loadSync(bytes, options).stateDict().values()].map((tensor) => String(tensor.device))),
  ]
  const runtimeWith = (deviceCount: number): Runtime => {
    const host = createRuntime({ cpu: 'reference' }).dispatcher.backendFor(Device.parse('cpu'))
    return createRuntime({
      cpu: 'reference',
      backends: [{ ...host, kernel: host.kernel.bind(host), deviceTypes: ['acmedev'], deviceCount: () => deviceCount }],
    })
  }

  it('takes a device, devices by location, and a function of storage and location', () => {
    expect(devices({ mapLocation: 'cpu' })).toEqual(['cpu'])
    expect(devices({ mapLocation: Device.parse('reference') })).toEqual(['reference'])
    expect(devices({ mapLocation: { 'acmedev:1': 'cpu' } })).toEqual(['cpu'])
    expect(devices({ mapLocation: new Map([['acmedev:1', Device.parse('cpu')]]) })).toEqual(['cpu'])
    const seen = new Set<string>()
    const stay: JitLoadOptions['mapLocation'] = (storage, location) => {
      seen.add(`${storage.device} ${location}`)
      return storage
    }
    expect(devices({ mapLocation: stay })).toEqual(['cpu'])
    expect([...seen]).toEqual(['cpu acmedev:1'])
    expect(devices({ mapLocation: () => 'reference' })).toEqual(['reference'])
    expect(devices({ mapLocation: () => undefined, runtime: runtimeWith(2) })).toEqual(['acmedev:1'])
    expect(devices({ runtime: runtimeWith(2) })).toEqual(['acmedev:1'])
    const x = ones([1, 1, 8, 8])
    const wanted = tolist(jit.loadSync(digits).forward(x))
    expect(tolist(jit.loadSync(bytes, { mapLocation: stay }).forward(x))).toEqual(wanted)
  })
  it.each([
    [
      {},
      "on a ACMEDEV device but no backend serves 'acmedev:1' here. If you are running on a CPU-only machine, please load with mapLocation: 'cpu'",
    ],
    [{ mapLocation: () => null }, "no backend serves 'acmedev:1'"],
    [{ mapLocation: { cuda: 'cpu' } }, "no backend serves 'acmedev:1'"],
    [{ mapLocation: 'cuda:3' }, "on a CUDA device but no backend serves 'cuda:3'"],
    [
      { runtime: runtimeWith(1) },
      'on ACMEDEV device 1 but there is 1. Please load with mapLocation to map your storages to an existing device.',
    ],
  ] as const)('refuses devices that are not there: %o', (options, text) => {
    try {
      jit.loadSync(bytes, options as JitLoadOptions)
      expect.unreachable()
    } catch (error) {
      expect((error as TsjitError).code).toBe('TSJ_ARCHIVE_DEVICE')
      expect((error as TsjitError).message).toContain(text)
    }
  })
})

it('runs and saves code that asks packed weights for their parts', () => {
  const packed = fileURLToPath(new URL('../../serializer/test/fixtures-save/packed.pt', import.meta.url))
  const module = jit.loadSync(packed)
  for (const each of [module, jit.loadSync(jit.saveToBuffer(module))]) {
    // make.py's module in PyTorch
    expect(each.forward(ones([1, 2])).tolist()).toEqual([[4, 20]])
    expect(each.call('sizes')).toEqual([[0, 1], 1, true])
  }
})
