import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { describe, expect, it } from 'vitest'
import * as torch from '../src/index.ts'

describe('tensors', () => {
  it.each([
    ['whole numbers', [1, 2], 'int64', [2]],
    ['nested arrays', [[1, 2.5]], 'float32', [1, 2]],
    ['a boolean', true, 'bool', []],
    ['nothing', [], 'float32', [0]],
    ['a Float64Array', new Float64Array([1]), 'float64', [1]],
    ['a BigInt64Array', new BigInt64Array([1n]), 'int64', [1]],
    ['a Uint8Array', new Uint8Array([1, 2]), 'uint8', [2]],
  ] as const)('of %s', (_what, data, dtype, shape) => {
    const made = torch.tensor(data as any)
    expect([made.dtype, [...made.shape]]).toEqual([dtype, shape])
  })
  it('come back as arrays', () => {
    expect(
      torch.tolist(
        torch.tensor(
          [
            [1, 2],
            [3, 4],
          ],
          { dtype: 'float16' },
        ),
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(torch.tolist(torch.tensor([1, -5]))).toEqual([1n, -5n])
    expect(torch.tolist(torch.tensor([true, false]))).toEqual([true, false])
    expect(torch.tolist(torch.tensor(new Float32Array([1, 2, 3, 4]), { shape: [2, 2] }))).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(torch.tolist(torch.tensor(2.5))).toBe(2.5)
    expect(torch.tolist(torch.zeros([2, 0]))).toEqual([[], []])
  })
  it('refuse ragged data', () => {
    expect(() => torch.tensor([[1, 2], [3]])).toThrow(expect.objectContaining({ code: 'TSJ_TENSOR_DATA' }))
    expect(() => torch.tensor(new Float32Array(3), { shape: [2, 2] })).toThrow(expect.objectContaining({ code: 'TSJ_TENSOR_DATA' }))
  })
  it('of random numbers follow the seed as PyTorch does', () => {
    torch.manualSeed(0)
    const drawn = torch.tolist(torch.rand([3])) as number[]
    // torch.manual_seed(0); torch.rand(3)
    for (const [i, value] of [0.49625658988952637, 0.7682217955589294, 0.08847743272781372].entries())
      expect(drawn[i]).toBeCloseTo(value, 7)
  })
})

describe('load', () => {
  it('reads what torch.save wrote', () => {
    const file = torch.load(fileURLToPath(new URL('../../../examples/digits/held-back.pt', import.meta.url))) as Map<string, any>
    expect([...file.keys()]).toEqual(['calls', 'labels'])
    expect([...file.get('labels').shape]).toEqual([360])
    const [call] = file.get('calls')
    expect([call.get('method'), call.get('rtol'), [...call.get('inputs')[0].shape]]).toEqual(['forward', 1e-4, [360, 1, 8, 8]])
  })
  it('refuses what is no such file', () => {
    expect(() => torch.load(new Uint8Array([1, 2, 3]))).toThrow(torch.ArchiveError)
  })
})

describe('worker threads', () => {
  it('several load and run at once', async () => {
    const archive = fileURLToPath(new URL('../../../conformance/archives/net-conv-trace/model.pt', import.meta.url))
    const script = `
      import { parentPort } from 'node:worker_threads'
      import { register } from 'tsx/esm/api'
      register()
      const torch = await import('@tsjit/torch')
      const model = torch.jit.loadSync(${JSON.stringify(archive)})
      const [y] = model.forward(torch.ones([1, 3, 16, 16]))
      parentPort.postMessage(torch.tolist(y).flat(3).reduce((a, b) => a + b, 0))
    `
    const file = new URL(`./scratch-worker-${process.pid}.mjs`, import.meta.url)
    writeFileSync(file, script)
    try {
      const sums = await Promise.all(
        Array.from({ length: 3 }, () => {
          const worker = new Worker(file, { execArgv: ['--conditions', 'tsjit-source'] })
          return new Promise((resolve, reject) => {
            worker.once('message', resolve)
            worker.once('error', reject)
          })
        }),
      )
      expect(new Set(sums).size).toBe(1)
      expect(sums[0]).toBeTypeOf('number')
    } finally {
      rmSync(file)
    }
  })
})
