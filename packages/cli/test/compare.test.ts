import { Complex, type Tensor } from '@tsjit/runtime'
import { createRuntime, tensor } from '@tsjit/torch'
import { FloatType, IntType, ListType, TupleType, type Type } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { Comparer } from '../src/verify/compare.ts'

const runtime = createRuntime({ cpu: 'reference' })
const t = (data: any, dtype?: any): Tensor => tensor(data, { runtime, ...(dtype ? { dtype } : {}) })
function compare(got: unknown, want: unknown, type?: Type, rtol = 1e-3, atol = 1e-4): Comparer['result'] {
  const comparer = new Comparer(runtime.dispatcher, rtol, atol)
  comparer.compare(got, want, 'output', type)
  return comparer.result
}

describe('agrees', () => {
  it.each<[string, unknown, unknown, Type?]>([
    ['equal tensors', t([1, 2]), t([1, 2])],
    ['tensors within the tolerance', t([1000.5, 0.00005]), t([1000, 0], 'float32')],
    ['nan with nan, infinities with themselves', t([Number.NaN, Number.POSITIVE_INFINITY]), t([Number.NaN, Number.POSITIVE_INFINITY])],
    ['floats within the tolerance', 1.0005, 1, FloatType],
    ['ints', 3, 3, IntType],
    ['nested lists and dicts', [new Map([['a', [1.0, t([1])]]])], [new Map([['a', [1.0, t([1])]]])]],
    ['complex numbers', new Complex(1, 2.0001), new Complex(1, 2)],
    ['empty tensors', t([]), t([])],
  ])('%s', (_what, got, want, type) => {
    expect(compare(got, want, type).mismatch).toBeUndefined()
  })
})

describe('differs and says where', () => {
  it.each<[string, unknown, unknown, RegExp, Type?]>([
    [
      'a value',
      t(
        [
          [1, 2],
          [3, 4],
        ],
        'float32',
      ),
      t(
        [
          [1, 2],
          [3.5, 4],
        ],
        'float32',
      ),
      /output: 1 of 4 values differ; the first at 2: expected 3.5, found 3/,
    ],
    ['nan', t([Number.NaN]), t([1.5]), /1 of 1/],
    ['a finite number for an infinity', t([1e30], 'float32'), t([Number.POSITIVE_INFINITY]), /1 of 1/],
    ['an infinite float', 1, Number.POSITIVE_INFINITY, /expected Infinity, found 1/, FloatType],
    ['int tensors by one', t([1_000_000]), t([1_000_001]), /1 of 1 values differ/],
    ['ints by one', 1_000_000, 1_000_001, /expected number 1000001, found number 1000000/, IntType],
    ['ints in a tuple by one', [1_000_000], [1_000_001], /output\[0\]: expected/, new TupleType([IntType])],
    ['ints in a list by one', [5, 1_000_000], [5, 1_000_001], /output\[1\]: expected/, new ListType(IntType)],
    ['big ints', 2n ** 60n, 2n ** 60n + 1n, /expected bigint/, IntType],
    ['dtypes', t([1], 'float64'), t([1], 'float32'), /expected dtype float32, found float64/],
    ['shapes', t([[1]]), t([1]), /expected shape \[1\], found \[1, 1\]/],
    ['lengths', [1], [1, 2], /expected 2 elements, found 1/],
    ['keys', new Map([['a', 1]]), new Map([['b', 1]]), /expected keys b, found a/],
    ['kinds', 'text', t([1]), /expected a tensor, found str "text"/],
    ['texts', 'a', 'b', /expected str "b", found str "a"/],
    ['None', null, 1, /expected 1, found None/],
    ['a deep value', [[1, [2, 9]]], [[1, [2, 3]]], /output\[0\]\[1\]\[1\]: expected 3, found 9/],
  ])('%s', (_what, got, want, message, type) => {
    expect(compare(got, want, type).mismatch).toMatch(message)
  })
  it('measures the greatest errors', () => {
    const { maxAbsError, maxRelError } = compare(t([1.5, 100]), t([1, 101], 'float32'))
    expect([maxAbsError, maxRelError]).toEqual([1, 0.5])
  })
})
