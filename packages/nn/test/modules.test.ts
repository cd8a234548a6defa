import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { defaultGenerator, readRaw, Tensor } from '@tsjit/runtime'
import type { DType } from '@tsjit/types'
import { beforeAll, describe, expect, it } from 'vitest'
import * as nn from '../src/index.ts'
import { makeInput } from './recorded-inputs.ts'
import { useReferenceRuntime } from './reference-runtime.ts'

interface Recorded {
  readonly dtype: DType
  readonly shape: number[]
  readonly data: string
}
interface Case {
  readonly name: string
  readonly args: unknown[]
  readonly kwargs: Record<string, unknown>
  readonly inputs: unknown[]
  readonly lazy: boolean
  readonly lazyText?: string
  readonly seed: number
  readonly text: string
  readonly keys: Record<string, number[]>
  readonly parameters: string | null
  readonly outputs: Recorded[][]
}

const cases: Case[] = gunzipSync(readFileSync(new URL('modules.jsonl.gz', import.meta.url)))
  .toString()
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

function leaves(value: unknown): Tensor[] {
  return value instanceof Tensor ? [value] : Array.isArray(value) ? value.flatMap(leaves) : []
}

function expectClose(found: Tensor, expected: Recorded): void {
  expect(found.dtype).toBe(expected.dtype)
  expect(found.shape).toEqual(expected.shape)
  const raw = readRaw(found)
  const bytes = Buffer.from(expected.data, 'base64')
  const wanted = new (raw.constructor as Float32ArrayConstructor)(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
  for (let i = 0; i < raw.length; i++) {
    const [a, b] = [Number(raw[i]), Number(wanted[i])]
    if (Object.is(a, b) || Math.abs(a - b) <= 1e-5 + 1e-4 * Math.abs(b)) continue
    expect.fail(`element ${i}: expected ${b}, found ${a}`)
  }
}

beforeAll(useReferenceRuntime)

describe("torch.nn's modules", () => {
  it('has all of them', () => {
    const names: string[] = JSON.parse(readFileSync(new URL('module-names.json', import.meta.url), 'utf8'))
    expect(names.filter((name) => !(name in nn))).toEqual([])
  })
  it.each(cases.map((c) => [`${c.seed} ${c.name}(${JSON.stringify(c.args).slice(1, -1)} ${JSON.stringify(c.kwargs)})`, c] as const))(
    '%s',
    (_, c) => {
      const Class = (nn as unknown as Record<string, new (...args: unknown[]) => nn.Module>)[c.name]
      expect(Class, c.name).toBeDefined()
      defaultGenerator.manualSeed(c.seed)
      const module = Object.keys(c.kwargs).length ? new Class(...c.args, c.kwargs) : new Class(...c.args)
      defaultGenerator.manualSeed(c.seed + 1000)
      const inputs = c.inputs.map(makeInput)
      expect(module.toString()).toBe(c.lazy ? c.lazyText : c.text)
      c.outputs.forEach((expected, i) => {
        module.train(i === 0)
        defaultGenerator.manualSeed(c.seed + 2000)
        const given = inputs.map((input) => (input instanceof Tensor ? input.clone() : input))
        const found = leaves((module as { call(...args: unknown[]): unknown }).call(...given))
        expect(found.length).toBe(expected.length)
        for (const [j, tensor] of found.entries()) expectClose(tensor, expected[j])
      })
      expect(module.toString()).toBe(c.text)
      expect(Object.fromEntries([...module.stateDict()].map(([key, value]) => [key, value.shape]))).toEqual(c.keys)
      expect([...module.stateDict().keys()]).toEqual(Object.keys(c.keys))
      const digest = createHash('sha256')
      for (const parameter of module.parameters()) {
        const raw = readRaw(parameter)
        digest.update(new Uint8Array(raw.buffer, raw.byteOffset, raw.byteLength))
      }
      if (c.parameters !== null) expect(digest.digest('hex')).toBe(c.parameters)
    },
  )
})
