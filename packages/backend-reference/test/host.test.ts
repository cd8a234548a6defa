import { readFileSync } from 'node:fs'
import { Boxed, Complex, fromNumbers, readBigInts, readComplex, readNumbers, scalarInt, type Tensor } from '@tsjit/runtime'
import { FloatType, IntType, ListType, TsjitError } from '@tsjit/types'
import { expect, test } from 'vitest'
import { referenceDispatcher } from './check-operators.ts'

const recorded = JSON.parse(readFileSync(new URL('../../runtime/test/dtypes.json', import.meta.url), 'utf8'))
const d = referenceDispatcher()
const zeros = (...shape: number[]): Tensor => d.call('aten::zeros', shape)
const list = (tensor: Tensor) => Array.from(readNumbers(tensor) as ArrayLike<number>)

const failing: Record<string, () => unknown> = {
  view: () => d.call('aten::view', d.call('aten::t', zeros(2, 3)), [6]),
  'view-size': () => d.call('aten::view', zeros(2, 3), [4]),
  'view-infer': () => d.call('aten::view', zeros(2, 3), [4, -1]),
  'view-two': () => d.call('aten::view', zeros(2, 3), [-1, -1]),
  select: () => d.call('aten::select.int', zeros(2, 3), 1, 3),
  dim: () => d.call('aten::transpose.int', zeros(2, 3), 0, 2),
  expand: () => d.call('aten::expand', zeros(2, 3), [4, 3]),
  narrow: () => d.call('aten::narrow', zeros(2, 3), 1, 2, 2),
  split: () => d.call('aten::split_with_sizes', zeros(2, 3), [1, 1], 1),
  squeeze: () => d.call('aten::squeeze.dim', zeros(2, 3), 2),
  broadcast: () => d.call('aten::add.Tensor', zeros(2, 3), zeros(2)),
  unfold: () => d.call('aten::unfold', zeros(2, 3), 1, 4, 1),
  cat: () => d.call('aten::cat', [zeros(2, 3), zeros(3, 2)]),
  index: () => d.call('aten::index.Tensor', zeros(2, 3), [fromNumbers(d, [2], [1], 'int64')]),
  item: () => d.call('aten::item', zeros(2, 3)),
  inplace: () => d.call('aten::add_.Tensor', zeros(2), zeros(2, 3)),
  cast: () => d.call('aten::add_.Scalar', d.call('aten::zeros', [2], 4), d.float(1.5)),
  stack: () => d.call('aten::stack', [zeros(2, 3), zeros(2)]),
  chunk: () => d.call('aten::chunk', zeros(2, 3), 0),
  t: () => d.call('aten::t', zeros(1, 2, 3)),
}

for (const [name, run] of Object.entries(failing)) {
  test(`${name} fails in PyTorch's words`, () => {
    let found: unknown
    try {
      run()
    } catch (error) {
      found = error
    }
    expect(found).toBeInstanceOf(TsjitError)
    expect((found as TsjitError).code).toMatch(/^TSJ_/)
    expect((found as TsjitError).reason).toBe(recorded.errors[name])
  })
}

function seeded(key: string, ...args: unknown[]): number[] {
  d.call('aten::manual_seed', 7)
  return list(d.call(key, ...args))
}

test('random numbers are those of PyTorch under the same seed', () => {
  const { random } = recorded
  expect(seeded('aten::rand', [6])).toEqual(random.rand)
  expect(seeded('aten::rand', [4], 7)).toEqual(random.rand64)
  expect(seeded('aten::randint.low', -5, 1000, [6])).toEqual(random.randint)
  expect(seeded('aten::randperm', 9)).toEqual(random.randperm)
  expect(seeded('aten::bernoulli', d.call('aten::full', [12], d.float(0.3)))).toEqual(random.bernoulli)
  for (const [size, expected] of [
    [6, random.randn],
    [20, random.randn20],
  ] as const) {
    seeded('aten::randn', [size]).forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i], 5)
    })
  }
})

test('int64 arithmetic is exact beyond 2^53 and wraps', () => {
  const big = d.call('aten::full', [2], scalarInt(2n ** 62n + 3n))
  expect([...readBigInts(d.call('aten::add.Tensor', big, big))]).toEqual([-(2n ** 63n) + 6n, -(2n ** 63n) + 6n])
  expect([...readBigInts(d.call('aten::mul.Scalar', big, d.int(3)))]).toEqual([
    BigInt.asIntN(64, (2n ** 62n + 3n) * 3n),
    BigInt.asIntN(64, (2n ** 62n + 3n) * 3n),
  ])
  expect(readBigInts(d.call('aten::sum', d.call('aten::full', [3], scalarInt(2n ** 60n + 1n))))[0]).toBe(3n * 2n ** 60n + 3n)
  expect(readBigInts(d.call('aten::max', big))[0]).toBe(2n ** 62n + 3n)
})

test('tensor() of lists takes its dtype from the boxed type', () => {
  const ints: Tensor = d.call(
    'aten::tensor',
    new Boxed(new ListType(new ListType(IntType)), [
      [1, 2],
      [3, 4],
    ]),
  )
  expect([ints.dtype, ints.shape, list(ints)]).toEqual(['int64', [2, 2], [1, 2, 3, 4]])
  const floats: Tensor = d.call('aten::tensor', new Boxed(new ListType(FloatType), [1, 2]))
  expect([floats.dtype, list(floats)]).toEqual(['float32', [1, 2]])
  expect(() => d.call('aten::tensor', [1, 2])).toThrow(expect.objectContaining({ code: 'TSJ_LIST_UNTAGGED' }))
  expect(() => d.call('aten::tensor', new Boxed(new ListType(new ListType(IntType)), [[1, 2], [3]]))).toThrow(
    expect.objectContaining({ code: 'TSJ_LIST_RAGGED' }),
  )
  const complex: Tensor = d.call('aten::tensor.complex', new Complex(1, 2))
  expect([complex.dtype, [...readComplex(complex)]]).toEqual(['complex64', [1, 2]])
})

test('views share storage, so that writes through them are seen', () => {
  const base = d.call('aten::arange', d.int(6), 6)
  const column: Tensor = d.call('aten::select.int', d.call('aten::view', base, [2, 3]), 1, 1)
  d.call('aten::fill_.Scalar', column, d.float(9))
  expect(list(base)).toEqual([0, 9, 2, 3, 9, 5])
  expect(column.storage).toBe(base.storage)
})

test('memory formats survive pointwise operators', () => {
  const x: Tensor = d.call('aten::contiguous', d.call('aten::rand', [2, 3, 4, 5]), 2)
  expect(x.strides).toEqual([60, 1, 15, 3])
  expect((d.call('aten::relu', x) as Tensor).strides).toEqual([60, 1, 15, 3])
  expect(d.call('aten::is_contiguous.memory_format', x, 2)).toBe(true)
  expect(list(d.call('aten::add.Tensor', x, d.call('aten::contiguous', x, 0)))).toEqual(list(d.call('aten::mul.Scalar', x, d.int(2))))
})
