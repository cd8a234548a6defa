import { readFileSync } from 'node:fs'
import { cpu, Storage, Tensor, typedArrayOf } from '@tsjit/runtime/backend'
import type { DType } from '@tsjit/types'
import { dtypeInfo } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { closeness } from '../src/index.ts'

interface Case {
  readonly actual: string
  readonly expected: string
  readonly dtype: DType
  readonly rtol: number
  readonly message: string | null
}
const cases: Case[] = JSON.parse(readFileSync(new URL('closeness.json', import.meta.url), 'utf8'))

type Nested = number | Nested[]

function tensorOf(text: string, dtype: DType): Tensor {
  const value: Nested = JSON.parse(text.replaceAll('nan', '"NaN"').replaceAll('-inf', '"-Infinity"').replaceAll('inf', '"Infinity"'))
  const flat = [value].flat(3).map(Number)
  const shape: number[] = []
  for (let level: Nested = value; Array.isArray(level); level = level[0]) shape.push(level.length)
  const bytes = new ArrayBuffer(flat.length * dtypeInfo(dtype).itemSize)
  const array = typedArrayOf(dtype, bytes)
  flat.forEach((element, i) => {
    array[i] = (dtype === 'int64' ? BigInt(element) : element) as never
  })
  const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1))
  return new Tensor(new Storage(cpu, bytes.byteLength, bytes), dtype, shape, strides)
}

describe('closeness speaks as PyTorch’s assert_close', () => {
  it.each(cases.map((c, i) => [i, c] as const))('%i', (_, { actual, expected, dtype, rtol, message }) => {
    const found = closeness(tensorOf(actual, dtype), tensorOf(expected, dtype), rtol)
    expect(found?.trim() ?? null).toBe(message?.trim() ?? null)
  })
})
