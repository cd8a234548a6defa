import { readFileSync } from 'node:fs'
import type { DType } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { cpu, formatTensor, Storage, Tensor } from '../src/index.ts'

interface Case {
  readonly dtype: DType
  readonly shape: number[]
  readonly strides: number[]
  readonly offset: number
  readonly grad: boolean
  readonly data: string
  readonly text: string
}

const cases: Case[] = readFileSync(new URL('printing.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

describe('printing as PyTorch', () => {
  it('has 200 tensors', () => expect(cases.length).toBeGreaterThanOrEqual(200))
  it.each(cases.map((c, i) => [`${i}: ${c.dtype} [${c.shape.join(', ')}]`, c] as const))(
    '%s',
    (_, { dtype, shape, strides, offset, grad, data, text }) => {
      const bytes = Uint8Array.from(Buffer.from(data, 'base64'))
      const tensor = new Tensor(new Storage(cpu, bytes.length, bytes.buffer), dtype, shape, strides, offset)
      tensor.requiresGrad = grad
      expect(formatTensor(tensor)).toBe(text)
    },
  )
})
