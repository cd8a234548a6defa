import { readFileSync } from 'node:fs'
import { canonicalGraph, type GraphFunction } from '@tsjit/ir'
import type { Tensor } from '@tsjit/runtime'
import { describe, expect, it } from 'vitest'
import * as torch from '../../src/index.ts'
import { models } from './models.ts'

interface Recorded {
  readonly shape: number[]
  readonly output: number[]
  readonly parameters: Record<string, number>
  readonly graphs: Record<string, string>
}
const expected: Record<string, Recorded> = JSON.parse(readFileSync(new URL('models.json', import.meta.url), 'utf8'))

function largestDifference(actual: Tensor, wanted: readonly number[]): number {
  const values = (actual.flatten().tolist() as number[]) ?? []
  return Math.max(...values.map((value, i) => Math.abs(value - wanted[i])))
}

describe.each(Object.keys(models) as (keyof typeof models)[])('%s', (name) => {
  const { make, inputs, others } = models[name]
  const { shape, output, parameters, graphs } = expected[name]
  torch.manual_seed(0)
  const module = make().eval()
  const warnings: string[] = []
  const given = inputs() as [Tensor]
  const traced = torch.jit.trace(module, given, { onWarning: ({ message }) => warnings.push(message) })

  it('has PyTorch’s parameters', () => {
    const sums = Object.fromEntries([...module.stateDict()].map(([key, value]) => [key, value.double().sum().item()]))
    expect(Object.keys(sums)).toEqual(Object.keys(parameters))
    for (const [key, sum] of Object.entries(parameters)) expect(sums[key], key).toBeCloseTo(sum, 6)
  })

  it('gives PyTorch’s outputs, eager, traced, and saved and loaded', async () => {
    expect(warnings).toEqual([])
    expect([...traced.forward(...given).shape]).toEqual(shape)
    const loaded = await torch.jit.load(torch.jit.saveToBuffer(traced))
    for (const run of [() => module.call(...given), () => traced.forward(...given), () => loaded.forward(...given)])
      expect(largestDifference(run(), output)).toBeLessThan(1e-5)
  })

  it('takes other sizes', () => {
    const other = others() as [Tensor]
    expect(
      traced
        .forward(...other)
        .sub(module.call(...other))
        .abs()
        .max()
        .item(),
    ).toBeLessThan(1e-5)
  })

  it('has PyTorch’s graphs', () => {
    const own: Record<string, string> = {}
    for (const [path, { type }] of traced.namedModules())
      for (const [method, fn] of type.methods)
        own[`${path}:${method}`] = canonicalGraph((fn as GraphFunction).graph).replace(/___torch_mangle_\d+\./g, '')
    for (const [key, graph] of Object.entries(graphs)) expect(own[key], key).toBe(graph)
  })
})
