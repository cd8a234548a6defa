import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { decompositionKeys, operatorByKey } from '@tsjit/ops'
import { defaultValueOf, metadataKernelKeys } from '@tsjit/runtime'
import { describe, expect, test } from 'vitest'
import { KernelRegistry, referenceKernels } from '../src/index.ts'
import { check, type RecordedCall, referenceDispatcher } from './check-operators.ts'

/** Where PyTorch's answer is one of several, or the less exact one. */
const known: Readonly<Record<string, { reason: string; calls: number }>> = {
  'aten::_unsafe_masked_index_put_accumulate': { reason: 'half-precision sums round at every step', calls: 2 },
  'aten::gradient.scalarint': { reason: 'half precision: another order of roundings', calls: 1 },
  'aten::gradient.scalarrayarray': { reason: 'half precision: another order of roundings', calls: 2 },
  'aten::gradient.tensorarray': { reason: 'half precision: another order of roundings', calls: 1 },
  'aten::special_bessel_j0': { reason: 'PyTorch has seven digits here, scipy agrees with us', calls: 1 },
  'aten::special_bessel_y1': { reason: 'PyTorch has seven digits here, scipy agrees with us', calls: 1 },
}

const calls = gunzipSync(readFileSync(new URL('operators.jsonl.gz', import.meta.url)))
  .toString()
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as RecordedCall)

const byKey = new Map<string, RecordedCall[]>()
for (const call of calls) byKey.set(call.key, [...(byKey.get(call.key) ?? []), call])

describe('operators against recorded calls of PyTorch', () => {
  const dispatcher = referenceDispatcher()
  for (const [key, recorded] of byKey) {
    test(key, () => {
      const wrong: string[] = []
      for (const call of recorded) {
        try {
          const bad = check(dispatcher, call, defaultValueOf, true)
          if (bad) wrong.push(bad)
        } catch (error) {
          wrong.push(String(error))
        }
      }
      const allowed = known[key]?.calls ?? 0
      expect(wrong.slice(0, wrong.length > allowed ? 3 : 0)).toEqual([])
    })
  }
})

describe('tables', () => {
  test('every kernel has the schema of the operator table', () => {
    referenceKernels().check()
    expect(referenceKernels().keys().length).toBeGreaterThan(500)
  })
  test('decompositions and metadata kernels are of known operators', () => {
    expect([...decompositionKeys(), ...metadataKernelKeys()].filter((key) => !operatorByKey(key))).toEqual([])
  })
  test('a kernel against another schema is refused by name', () => {
    const registry = new KernelRegistry()
    registry.add('kernels/mine.ts', { 'aten::relu(Tensor x) -> Tensor': () => undefined })
    expect(() => registry.find(operatorByKey('aten::relu')!)).toThrow(/aten::relu.*aten::relu\(Tensor self\) -> Tensor.*kernels\/mine\.ts/)
    const unknown = new KernelRegistry()
    unknown.add('kernels/mine.ts', { 'aten::no_such(Tensor x) -> Tensor': () => undefined })
    expect(() => unknown.check()).toThrow(expect.objectContaining({ code: 'TSJ_KERNEL_SCHEMA' }))
  })
})
