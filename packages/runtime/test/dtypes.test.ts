import { readFileSync } from 'node:fs'
import type { DType } from '@tsjit/types'
import { expect, test } from 'vitest'
import { Complex, Device, type ScalarValue, Storage, Tensor, canCast, contiguousStrides, decodeTable, encoderOf, promoteTypes, resultType, scalarFloat, scalarInt } from '../src/index.ts'

const recorded = JSON.parse(readFileSync(new URL('dtypes.json', import.meta.url), 'utf8'))

test('promoteTypes is PyTorch\'s table', () => {
  for (const [i, a] of recorded.names.entries()) {
    for (const [j, b] of recorded.names.entries()) {
      const expected = recorded.promote[i][j]
      if (expected === null) expect(() => promoteTypes(a, b), `${a} ${b}`).toThrow(expect.objectContaining({ code: 'TSJ_PROMOTION' }))
      else expect(promoteTypes(a, b), `${a} ${b}`).toBe(expected)
    }
  }
})

test('canCast is PyTorch\'s table', () => {
  for (const [i, a] of recorded.common.entries()) for (const [j, b] of recorded.common.entries()) expect(canCast(a, b), `${a} ${b}`).toBe(recorded.can[i][j])
})

const scalars: Record<string, ScalarValue> = { bool: true, int: scalarInt(2), float: scalarFloat(2.5), complex: new Complex(0, 1) }

function ones(dtype: DType, ndim: number): Tensor {
  const shape = new Array<number>(ndim).fill(2)
  return new Tensor(new Storage(Device.parse('cpu'), 64, new ArrayBuffer(64)), dtype, shape, contiguousStrides(shape))
}

test('resultType weighs dimensions and numbers as PyTorch does', () => {
  for (const [a, da, b, db, expected] of recorded.results) {
    expect(resultType([ones(a, da), db < 0 ? scalars[b] : ones(b, db)]), `${a} ${da} ${b} ${db}`).toBe(expected)
  }
})

test('small floats encode and decode bit by bit', () => {
  const values = new Float32Array(Uint32Array.from(recorded.values).buffer)
  for (const [dtype, bits] of Object.entries<number[]>(recorded.casts)) {
    const encode = encoderOf(dtype as DType)!
    const table = decodeTable(dtype as DType)!
    values.forEach((value, i) => {
      const found = encode(value)
      if (Number.isNaN(table[bits[i]])) expect(table[found], `${dtype} ${value}`).toBeNaN()
      else expect(found, `${dtype} ${value}`).toBe(bits[i])
    })
    for (let code = 0; code < table.length; code++) if (!Number.isNaN(table[code])) expect(encode(table[code]), `${dtype} ${code}`).toBe(code)
  }
  for (const [dtype, texts] of Object.entries<string[]>(recorded.decode)) {
    const table = decodeTable(dtype as DType)!
    texts.forEach((text, code) => {
      const expected = text === 'nan' ? Number.NaN : text === 'inf' ? Number.POSITIVE_INFINITY : text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text)
      expect(table[code], `${dtype} ${code}`).toBe(expected)
    })
  }
})
