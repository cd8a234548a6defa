import { createReadStream, createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import * as torch from '../src/index.ts'

const { nn } = torch
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const recorded = JSON.parse(readFileSync(fixture('state-dicts.json'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'tsjit-state-'))
afterAll(() => rmSync(folder, { recursive: true }))

class Net extends nn.Module {
  features = new nn.Sequential(new nn.Conv2d(3, 4, 3, { bias: false }), new nn.BatchNorm2d(4), new nn.ReLU())
  embedding = new nn.Embedding(5, 4)
  head = new nn.Linear(4, 5, { bias: false })
  constructor() {
    super()
    this.head.weight = this.embedding.weight
    this.registerBuffer('steps', torch.tensor(0))
    this.registerBuffer('scratch', torch.zeros([1]), false)
  }
  forward(x: torch.Tensor): torch.Tensor {
    return this.head.call((this.features.call(x) as torch.Tensor).mean([2, 3]))
  }
}

const flat = (tensor: torch.Tensor): unknown => tensor.flatten().tolist()
const codeOf = (run: () => unknown): string | undefined => {
  try {
    run()
  } catch (error) {
    return (error as torch.TsjitError).code
  }
  return undefined
}

describe('state dicts that PyTorch saved', () => {
  it.each(['zip.pth', 'legacy.pth', 'script.pt'])('load with strict: %s', (name) => {
    const state = torch.readStateDict(fixture(name))
    // scripting makes every buffer persistent
    if (name === 'script.pt') expect(state.delete('scratch')).toBe(true)
    expect([...state.keys()].sort()).toEqual([...recorded.keys].sort())
    const net = new Net().eval()
    expect(net.loadStateDict(state)).toEqual({ missingKeys: [], unexpectedKeys: [] })
    for (const [key, tensor] of net.stateDict()) expect(flat(tensor), key).toEqual(recorded.values[key])
    const y = flat(net.call(torch.tensor(recorded.x, { dtype: 'float32' }).view(2, 3, 5, 5))) as number[]
    for (const [i, value] of (recorded.y as number[]).entries()) expect(y[i]).toBeCloseTo(value, 5)
  })
  it('go into a script module, and come from it', async () => {
    const module = await torch.jit.load(pathToFileURL(fixture('script.pt')))
    const state = torch.load(fixture('zip.pth')) as Map<string, torch.Tensor>
    state.get('steps')!.fill_(8)
    expect(module.loadStateDict(state, { strict: false })).toEqual({ missingKeys: ['scratch'], unexpectedKeys: [] })
    expect(module.stateDict().get('steps')!.item()).toBe(8)
    expect(() => module.loadStateDict({ ...Object.fromEntries(module.stateDict()), 'head.bias': torch.zeros([1]) })).toThrow(
      'Error(s) in loading state_dict for RecursiveScriptModule:\n\tUnexpected key(s) in state_dict: "head.bias". ',
    )
  })
  it('are told from other files', () => {
    expect(codeOf(() => torch.readStateDict(fixture('values.pth')))).toBe('TSJ_STATE_DICT_FILE')
    expect(codeOf(() => torch.readStateDict(new Uint8Array([1, 2, 3])))).toMatch(/^TSJ_(ARCHIVE|PICKLE)_/)
    expect(codeOf(() => torch.readStateDict('https://example.org/net.pth'))).toBe('TSJ_ARCHIVE_OPEN')
    expect(codeOf(() => torch.load(3 as never))).toBe('TSJ_ARCHIVE_SOURCE')
  })
})

describe('torch.load', () => {
  it('gives values, parameters, names of dtypes', () => {
    const values = torch.load(fixture('values.pth')) as Map<string, any>
    const { weight, half, column, uint16, device, ...plain } = Object.fromEntries(values)
    expect(plain).toEqual({
      step: 7,
      rate: 0.5,
      names: ['a', ['b', null]],
      dtype: 'bfloat16',
      size: [2, 3],
      complex: new torch.Complex(1, -2),
      bytes: Uint8Array.of(0, 255),
      set: new Set([1, 2]),
    })
    expect(weight).toBeInstanceOf(nn.Parameter)
    expect([half.dtype, half.tolist(), uint16.tolist(), String(device)]).toEqual(['float16', [0, 1, 2], [1, 65535], 'cpu'])
    expect([column.tolist(), column.strides]).toEqual([recorded.column, [5]])
  })
  it('gives the module of a TorchScript archive', () => {
    expect(torch.load(fixture('script.pt'))).toBeInstanceOf(torch.jit.ScriptModule)
  })
  it('reads bytes, URLs and streams', async () => {
    const bytes = readFileSync(fixture('legacy.pth'))
    const keys = (value: unknown) => [...(value as Map<string, unknown>).keys()]
    expect(keys(torch.load(bytes))).toEqual(recorded.keys)
    expect(keys(torch.load(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)))).toEqual(recorded.keys)
    expect(keys(torch.load(pathToFileURL(fixture('legacy.pth'))))).toEqual(recorded.keys)
    expect(keys(await torch.load(createReadStream(fixture('legacy.pth'), { highWaterMark: 100 })))).toEqual(recorded.keys)
    expect(keys(await torch.load(new Blob([bytes])))).toEqual(recorded.keys)
    expect(keys(await torch.readStateDict(new Blob([bytes]).stream()))).toEqual(recorded.keys)
    const archive = await torch.jit.load(createReadStream(fixture('script.pt')))
    expect(archive.methodNames()).toContain('forward')
    await expect(torch.jit.load(createReadStream(fixture('script.pt'), 'latin1'))).rejects.toMatchObject({ code: 'TSJ_ARCHIVE_SOURCE' })
  })
})

describe('torch.save', () => {
  const state = (torch.load(fixture('zip.pth')) as Map<string, torch.Tensor>) ?? new Map()
  const one = torch.tensor([1, 0], { dtype: 'float32' })
  const value = {
    state,
    list: [
      1,
      2.5,
      null,
      true,
      'x',
      2n ** 60n,
      10n ** 20n,
      new Set([1, 'a']),
      Uint8Array.of(0, 255),
      new torch.Complex(1, -2),
      torch.scalarFloat(1),
      new Map([[3, 'three']]),
    ],
    parameter: new nn.Parameter(torch.tensor([1, 2], { dtype: 'float32' })),
    device: torch.Device.parse('cpu'),
    dtypes: {
      uint16: one.to('uint16'),
      float8: one.to('float8_e4m3fn'),
      bfloat16: one.to('bfloat16'),
      bool: one.to('bool'),
      complex: one.to('complex64'),
    },
    transposed: torch
      .tensor([
        [1, 2],
        [3, 4],
      ])
      .t(),
  }
  it('writes bytes that PyTorch loads with weights_only', () => {
    const bytes = torch.saveToBuffer(value)
    if (process.env.UPDATE) writeFileSync(fixture('saved.pth'), bytes)
    // record-state-dicts.py asked PyTorch about these bytes
    expect(Buffer.compare(bytes, readFileSync(fixture('saved.pth')))).toBe(0)
    expect(Buffer.compare(torch.saveToBuffer(value), bytes)).toBe(0)
  })
  it('writes files and streams that load again', async () => {
    const path = join(folder, 'net.v1.pth')
    torch.save(new Net().stateDict(), path)
    expect([...torch.readStateDict(path).keys()]).toEqual(recorded.keys)
    torch.save(value, pathToFileURL(path))
    const large = torch.rand([300_000])
    await torch.save({ value, large }, createWriteStream(join(folder, 'stream.pth')))
    const loaded = (await torch.load(createReadStream(join(folder, 'stream.pth')))) as Map<string, any>
    expect(loaded.get('large').equal(large)).toBe(true)
    const chunks: Uint8Array[] = []
    await torch.save(value, new WritableStream<Uint8Array>({ write: (chunk) => void chunks.push(chunk) }))
    expect(Buffer.compare(Buffer.concat(chunks), torch.saveToBuffer(value))).toBe(0)
    const broken = new Writable({ write: (_chunk, _encoding, done) => done(new Error('disk full')) })
    await expect(torch.save(value, broken)).rejects.toThrow('disk full')
  })
  it('keeps what is shared', () => {
    const shared = torch.ones([4])
    const loaded = torch.load(torch.saveToBuffer({ a: shared, b: shared.index('1:3'), c: shared })) as Map<string, torch.Tensor>
    const [a, b, c] = ['a', 'b', 'c'].map((key) => loaded.get(key)!)
    expect([b.storage === a.storage, b.offset, c === a]).toEqual([true, 1, true])
  })
  it('refuses what torch.load could not make, and says where it is', () => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    expect(codeOf(() => torch.saveToBuffer(cyclic))).toBe('TSJ_PICKLE_CYCLE')
    for (const [bad, text] of [
      [new Net(), /the value\["deep"\]\[0\] is the module Net.*stateDict/s],
      [() => 1, /is a function/],
      [new Float32Array(2), /Float32Array/],
      [new Date(), /class Date/],
    ] as const) {
      expect(() => torch.saveToBuffer({ deep: [bad] })).toThrow(expect.objectContaining({ code: 'TSJ_TORCH_SAVE_VALUE' }))
      try {
        torch.saveToBuffer({ deep: [bad] })
      } catch (error) {
        expect(String((error as torch.TsjitError).message) + String((error as torch.TsjitError).hint)).toMatch(text)
      }
    }
  })
})

describe('torch.safetensors and torch.npy', () => {
  it('write and read tensors of every dtype that they have', async () => {
    const tensors = new Map(
      (
        [
          'bool',
          'uint8',
          'int8',
          'int16',
          'uint16',
          'int32',
          'uint32',
          'int64',
          'uint64',
          'float16',
          'bfloat16',
          'float32',
          'float64',
          'complex64',
          'float8_e4m3fn',
          'float8_e5m2',
        ] as const
      ).map(
        (dtype) =>
          [
            dtype,
            torch
              .tensor([
                [1, 0, 1],
                [0, 1, 1],
              ])
              .to(dtype)
              .t(),
          ] as const,
      ),
    )
    const path = join(folder, 'all.safetensors')
    torch.safetensors.save(tensors, path, { metadata: { format: 'pt' } })
    expect(torch.safetensors.metadata(path)).toEqual(new Map([['format', 'pt']]))
    for (const [name, tensor] of torch.readStateDict(path)) {
      expect([name, tensor.dtype, tensor.tolist(), tensor.isContiguous]).toEqual([name, name, tensors.get(name as 'bool')!.tolist(), true])
    }
    expect(Buffer.compare(readFileSync(path), torch.safetensors.saveToBuffer(tensors, { metadata: { format: 'pt' } }))).toBe(0)
    await torch.safetensors.save({ x: torch.ones([2]) }, createWriteStream(path))
    expect((await torch.safetensors.load(createReadStream(path))).get('x')!.tolist()).toEqual([1, 1])
    expect(codeOf(() => torch.safetensors.saveToBuffer({ x: 3 as never }))).toBe('TSJ_SAFETENSORS_VALUE')
    expect(codeOf(() => torch.safetensors.saveToBuffer({ x: torch.ones([1]).to('complex128') }))).toBe('TSJ_SAFETENSORS_DTYPE')
    for (const [dtype, tensor] of tensors) {
      if (dtype === 'bfloat16' || dtype.startsWith('float8')) expect(codeOf(() => torch.npy.saveToBuffer(tensor))).toBe('TSJ_NPY_DTYPE')
      else {
        torch.npy.save(tensor, join(folder, 'x.npy'))
        const back = torch.npy.load(join(folder, 'x.npy'))
        expect([back.dtype, back.tolist()]).toEqual([dtype, tensor.tolist()])
      }
    }
  })
})
