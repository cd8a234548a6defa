import { readFileSync } from 'node:fs'
import { createRuntime, fromTypedArray } from '@tsjit/torch'
import type { DType } from '@tsjit/types'
import { expect, it } from 'vitest'
import { tensorText } from '../src/outputs/tensor-text.ts'

const runtime = createRuntime({ cpu: 'reference' })
const { dispatcher } = runtime
const rows: { dtype: DType; shape: number[]; bytes: string; text: string }[] = JSON.parse(
  readFileSync(new URL('fixtures/printed.json', import.meta.url), 'utf8'),
)

/** Recorded from PyTorch by record.py. */
it.each(rows.map((row, i) => [i, row] as const))('prints tensor %i as PyTorch does', (_i, { dtype, shape, bytes, text }) => {
  expect(tensorText(fromTypedArray(new Uint8Array(Buffer.from(bytes, 'hex')), { dtype, shape, runtime }), dispatcher)).toBe(text)
})
