import { readFileSync } from 'node:fs'
import type { DType } from '@tsjit/types'
import { expect, test } from 'vitest'
import {
  Complex,
  canCast,
  contiguousStrides,
  Device,
  decodeTable,
  encoderOf,
  promoteTypes,
  resultType,
  type ScalarValue,
  Storage,
  scalarFloat,
  scalarInt,
  Tensor,
} from '../src/index.ts'

const recorded = JSON.parse(readFileSync(new URL('dtypes.json', import.meta.url), 'utf8'))

test("promoteTypes is PyTorch's table", () => {
  for (const [i, a] of recorded.names.entries()) {
    for (const [j, b] of recorded.names.entries()) {
      const expected = recorded.promote[i][j]
      if (expected === null) expect(() => promoteTypes(a, b), `${a} ${b}`).toThrow(expect.objectContaining({ code: 'TSJ_PROMOTION' }))
      else expect(promoteTypes(a, b), `${a} ${b}`).toBe(expected)
    }
  }
})

test("canCast is PyTorch's table", () => {
  for (const [i, a] of recorded.common.entries())
    for (const [j, b] of recorded.common.entries()) expect(canCast(a, b), `${a} ${b}`).toBe(recorded.can[i][j])
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
  const wrong: string[] = []
  for (const [dtype, bits] of Object.entries<number[]>(recorded.casts)) {
    const encode = encoderOf(dtype as DType)!
    const table = decodeTable(dtype as DType)!
    values.forEach((value, i) => {
      const found = encode(value)
      if (Number.isNaN(table[bits[i]]) ? !Number.isNaN(table[found]) : found !== bits[i])
        wrong.push(`${dtype} ${value}: expected ${bits[i]}, found ${found}`)
    })
    table.forEach((value, code) => {
      if (!Number.isNaN(value) && encode(value) !== code) wrong.push(`${dtype} ${code} is ${value} is ${encode(value)}`)
    })
  }
  for (const [dtype, texts] of Object.entries<string[]>(recorded.decode)) {
    const table = decodeTable(dtype as DType)!
    texts.forEach((text, code) => {
      const expected = Number(text.replace('inf', 'Infinity'))
      if (!Object.is(table[code], expected)) wrong.push(`${dtype} ${code}: expected ${expected}, found ${table[code]}`)
    })
  }
  expect(wrong).toEqual([])
})
