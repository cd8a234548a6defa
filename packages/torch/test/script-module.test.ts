import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import * as torch from '../src/index.ts'

const archive = (name: string): string => fileURLToPath(new URL(`../../../conformance/archives/${name}`, import.meta.url))
const counter = (): torch.jit.ScriptModule => torch.jit.loadSync(archive('state-counter/model.pt'))
const mlp = (): torch.jit.ScriptModule => torch.jit.loadSync(archive('net-mlp-script/model.pt'))

describe('loading', () => {
  it('takes paths, bytes and ArrayBuffers', async () => {
    const bytes = readFileSync(archive('net-mlp-script/model.pt'))
    const x = torch.ones([1, 12])
    const want = torch.tolist(mlp().forward(x))
    expect(torch.tolist((await torch.jit.load(new Uint8Array(bytes))).forward(x))).toEqual(want)
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer
    expect(torch.tolist((await torch.jit.load(buffer)).forward(x))).toEqual(want)
  })
  it('rejects what is none', async () => {
    await expect(torch.jit.load('/no/such/file.pt')).rejects.toMatchObject({ code: 'TSJ_ARCHIVE_OPEN' })
    await expect(torch.jit.load(new Uint8Array(100))).rejects.toBeInstanceOf(torch.ArchiveError)
  })
  it('maps locations', () => {
    const bytes = readFileSync(archive('net-mlp-script/model.pt'))
    expect(() => torch.jit.loadSync(bytes, { mapLocation: 'cuda:0' })).toThrow(expect.objectContaining({ code: 'TSJ_ARCHIVE_DEVICE' }))
    const onReference = torch.jit.loadSync(bytes, { mapLocation: { cpu: 'reference' } })
    expect([...onReference.namedParameters()].every(([, tensor]) => tensor.device.type === 'reference')).toBe(true)
  })
})

describe('calling', () => {
  it('converts arguments and results, keeps state', () => {
    const module = counter()
    const [total, steps, calls, text] = module.forward(torch.tensor([1, 2, 0.5]), 2)
    expect([torch.tolist(total), steps, calls, text]).toEqual([[2, 4, 1], 2, 1, '1 calls'])
    expect(module.call('count', ['a', 'b', 'a'])).toEqual(
      new Map([
        ['a', 2],
        ['b', 1],
      ]),
    )
    expect(module.forward(torch.zeros([3]), 0)[2]).toBe(2)
    expect(counter().forward(torch.zeros([3]), 0)[2]).toBe(1)
  })
  it.each([
    [
      'too few arguments',
      (m: torch.jit.ScriptModule) => m.forward(torch.ones([3])),
      'TSJ_ARGUMENT_COUNT',
      /missing a value for argument 'steps'/,
    ],
    [
      'too many',
      (m: torch.jit.ScriptModule) => m.forward(torch.ones([3]), 1, 2),
      'TSJ_ARGUMENT_COUNT',
      /takes 2 arguments, but 3 were given/,
    ],
    ['a number for a tensor', (m: torch.jit.ScriptModule) => m.forward(3, 1), 'TSJ_ARGUMENT_TYPE', /'Tensor' for argument 'x'.*number 3/],
    [
      'a fraction for an int',
      (m: torch.jit.ScriptModule) => m.forward(torch.ones([3]), 1.5),
      'TSJ_ARGUMENT_TYPE',
      /'int' for argument 'steps'/,
    ],
    ['a bare text for a list', (m: torch.jit.ScriptModule) => m.call('count', 'a'), 'TSJ_ARGUMENT_TYPE', /List\[str\]/],
    ['no such method', (m: torch.jit.ScriptModule) => m.call('nothing'), 'TSJ_NO_METHOD', /it has: .*forward/],
  ])('refuses %s', (_why, call, code, message) => {
    expect(() => call(counter())).toThrow(expect.objectContaining({ code, message: expect.stringMatching(message) }))
  })
  it('gives exceptions of the program with class and source line', () => {
    let thrown: unknown
    try {
      counter().call('count', [''])
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(torch.RuntimeError)
    expect((thrown as torch.RuntimeError).pythonClass).toMatch(/ValueError$/)
    expect((thrown as Error).message).toContain('raise ValueError("an empty word")')
  })
})

describe('run', () => {
  it('gives the same off the event loop', async () => {
    const module = torch.jit.loadSync(archive('net-conv-trace/model.pt'))
    const x = torch.rand([2, 3, 16, 16])
    const [y, pooled] = module.forward(x)
    const results = await Promise.all([module.run(x), module.run(x), module.run(x)])
    for (const [a, b] of results) {
      expect(torch.tolist(a)).toEqual(torch.tolist(y))
      expect(torch.tolist(b)).toEqual(torch.tolist(pooled))
    }
  })
  it('ends with the reason of an aborted signal', async () => {
    const controller = new AbortController()
    controller.abort(new Error('enough'))
    await expect(mlp().run(torch.ones([1, 12]), { signal: controller.signal })).rejects.toThrow('enough')
  })
  it('rejects with what the program throws', async () => {
    await expect(mlp().run(torch.ones([1, 13]))).rejects.toBeInstanceOf(torch.RuntimeError)
  })
})

describe('modules', () => {
  it('list parameters, buffers and submodules', () => {
    const module = mlp()
    expect([...module.namedParameters()].map(([name, { shape }]) => [name, [...shape]])).toEqual([
      ['layers.0.weight', [32, 12]],
      ['layers.0.bias', [32]],
      ['layers.2.weight', [32]],
      ['layers.2.bias', [32]],
      ['layers.3.weight', [5, 32]],
      ['layers.3.bias', [5]],
    ])
    expect([...counter().namedBuffers()].map(([name]) => name)).toEqual(['total'])
    expect([...module.namedModules()].map(([path]) => path)).toEqual(['', 'layers', 'layers.0', 'layers.1', 'layers.2', 'layers.3'])
  })
  it('see weights that change between calls', () => {
    const module = mlp()
    const x = torch.ones([1, 12])
    const before = torch.tolist(module.forward(x))
    const bias = new Map(module.namedParameters()).get('layers.3.bias')!
    torch.defaultRuntime().dispatcher.call('aten::copy_', bias, torch.tensor([100, 0, 0, 0, 0], { dtype: 'float32' }))
    const after = torch.tolist(module.forward(x)) as number[][]
    expect(after).not.toEqual(before)
    expect(after[0][0]).toBeCloseTo(0, 5)
  })
  it('are gone after dispose', () => {
    const module = mlp()
    module.forward(torch.ones([1, 12]))
    module.dispose()
    module[Symbol.dispose]()
    expect(() => module.forward(torch.ones([1, 12]))).toThrow(expect.objectContaining({ code: 'TSJ_MODULE_DISPOSED' }))
  })
  it('train and eval set the flag of the whole tree', () => {
    const module = torch.jit.loadSync(archive('net-attention-script/model.pt'))
    const x = torch.ones([1, 4, 16])
    const quiet = torch.tolist(module.forward(x))
    expect(torch.tolist(module.train().forward(x))).not.toEqual(quiet)
    expect(torch.tolist(module.eval().forward(x))).toEqual(quiet)
  })
})

it('tells who computes an operator', () => {
  const reference = torch.createRuntime({ cpu: 'reference' })
  expect(torch.operatorKernel('aten::relu', reference)).toBe('reference')
  expect(torch.operatorKernel('aten::view', reference)).toBe('metadata')
  expect(torch.operatorKernel('aten::len.t', reference)).toBe('executor')
  expect(torch.operatorKernel('acme::nothing', reference)).toBe('missing')
})
