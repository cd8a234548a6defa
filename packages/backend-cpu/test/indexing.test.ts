import { type Backend, Boxed, contiguousStrides, cpu, SegmentBailout, Tensor } from '@tsjit/runtime/backend'
import { IntType, RuntimeError } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { cpuUnavailable, createCpuBackend } from '../src/index.ts'
import type { CpuSegment } from '../src/segment.ts'
import { difference, elements, floatTensor, programOf, readCases, runCase } from './cases.ts'

const missing = cpuUnavailable()

// Bail-outs that are right: the reference kernels take over.
const handedBack =
  /index_put with accumulation of this dtype|a scattered reduction of this dtype|col2im of this dtype|any or all of uint8|scattered view of tensors of other strides/

describe.skipIf(missing)('indexing, gathering, order and rearrangement', () => {
  const backend: Backend = missing ? (undefined as never) : createCpuBackend()!
  const cases = readCases(new URL('./fixtures/indexing.jsonl.gz', import.meta.url))

  it('give what PyTorch gives: values, dtypes, sizes, strides, in-place results, refusals and their words', () => {
    const wrong: string[] = []
    let same = 0
    for (const row of cases) {
      const outcome = runCase(backend, row)
      if (outcome.kind === 'same') same++
      else if (!(outcome.kind === 'bailed' && handedBack.test(outcome.message))) wrong.push(`${row.op}: ${outcome.kind} ${outcome.message}`)
    }
    expect(wrong).toEqual([])
    expect(same).toBeGreaterThan(0.85 * cases.length)
  })

  const longs = (values: number[], shape = [values.length]): Tensor => {
    const tensor = new Tensor(backend.allocate(values.length * 8, cpu), 'int64', shape, contiguousStrides(shape), 0)
    values.forEach((value, i) => {
      tensor.data()[i] = BigInt(value)
    })
    return tensor
  }
  const x = (): Tensor => floatTensor(backend, [4, 3], (i) => i)
  const run = (key: string, ...inputs: unknown[]): unknown[] => {
    const segment = backend.segments!.compile(programOf(key))
    try {
      return segment.run(inputs)
    } finally {
      segment.dispose!()
    }
  }
  const scalar = (value: number): Boxed => new Boxed(IntType, value)
  const failure = (work: () => unknown): RuntimeError => {
    try {
      work()
    } catch (error) {
      if (error instanceof RuntimeError) return error
      throw error
    }
    throw new Error('nothing was thrown')
  }

  it('an index out of range at run time is a typed error, and nothing was written', () => {
    const huge = 2 ** 52
    for (const bad of [4, -5, huge, -huge]) {
      const error = failure(() => run('aten::index.Tensor', x(), [longs([0, bad])]))
      expect(error.code).toBe('TSJ_INDEX_RANGE')
      expect(error.pythonClass).toBe('IndexError')
      expect(error.reason).toBe(`index ${bad} is out of bounds for dimension 0 with size 4`)
      const target = x()
      expect(
        failure(() =>
          run(
            'aten::index_put_',
            target,
            [longs([1, bad])],
            floatTensor(backend, [1], () => -1),
            false,
          ),
        ).code,
      ).toBe('TSJ_INDEX_RANGE')
      expect(failure(() => run('aten::scatter_.value', target, 0, longs([1, bad], [2, 1]), scalar(9))).reason).toBe(
        `index ${bad} is out of bounds for dimension 0 with size 4`,
      )
      expect(
        failure(() =>
          run(
            'aten::index_add_',
            target,
            0,
            longs([bad]),
            floatTensor(backend, [1, 3], () => 1),
            scalar(1),
          ),
        ).code,
      ).toBe('TSJ_INDEX_RANGE')
      expect(elements(target)).toEqual(elements(x()))
    }
    expect(failure(() => run('aten::one_hot', longs([0, 7]), 3)).reason).toBe('Class values must be smaller than num_classes.')
  })

  it('the same plan runs again after a failed run', () => {
    const segment = backend.segments!.compile(programOf('aten::gather'))
    const call = (i: number): unknown[] => segment.run([x(), 0, longs([i], [1, 1]), false])
    expect(elements(call(2)[0] as Tensor)).toEqual([6])
    expect(failure(() => call(4)).code).toBe('TSJ_INDEX_RANGE')
    expect(elements(call(3)[0] as Tensor)).toEqual([9])
    segment.dispose!()
  })

  it('runs off the event loop report the same error', async () => {
    const segment = backend.segments!.compile(programOf('aten::gather'))
    await expect(segment.runAsync!([x(), 0, longs([9], [1, 1]), false])).rejects.toMatchObject({
      code: 'TSJ_INDEX_RANGE',
      pythonClass: 'RuntimeError',
    })
    segment.dispose!()
  })

  it('what PyTorch does not write is left to the host, which says so: indices and values in the written memory, and elements that share theirs', () => {
    const self = longs([3, 0, 1, 2])
    expect(() => run('aten::scatter_.value', self, 0, self, scalar(7))).toThrow(SegmentBailout)
    const shifted = floatTensor(backend, [5], (i) => i)
    const view = new Tensor(shifted.storage, 'float32', [4], [1], 0)
    expect(() => run('aten::index_put_', shifted, [longs([1, 2, 3, 4])], view, false)).toThrow(SegmentBailout)
    const rest = new Tensor(shifted.storage, 'float32', [4], [1], 1)
    expect(() => run('aten::add_.Tensor', rest, view, scalar(1))).toThrow(SegmentBailout)
    expect(() => run('aten::relu_', new Tensor(shifted.storage, 'float32', [3], [0], 1))).toThrow(SegmentBailout)
    // the same elements in the same order, and what is written with one number
    run('aten::add_.Tensor', rest, new Tensor(shifted.storage, 'float32', [4], [1], 1), scalar(1))
    expect(elements(shifted)).toEqual([0, 2, 4, 6, 8])
    run('aten::fill_.Scalar', new Tensor(shifted.storage, 'float32', [3], [0], 1), scalar(5))
    expect(elements(shifted)).toEqual([0, 5, 4, 6, 8])
  })

  it('a convolution’s result is reduced as it lies', () => {
    const conv = { op: 'aten::conv2d', inputs: [0, 19, 1, 2, 3, 2, 4], outputs: [6] }
    const floats = (shape: number[], seed: number): Tensor => floatTensor(backend, shape, (i) => Math.sin(i * seed))
    for (const channels of [32, 24, 10]) {
      const weight = floats([channels, 16, 3, 3], 1.3)
      const inputs = [floats([2, 16, 14, 15], 0.7), null, [1, 1], [1, 1], 1]
      const constants = [weight, [2, 3], [1], [0, 2], true, null].map((value, i) => ({
        id: 19 + i,
        value,
        type: ['tensor', 'int[]', 'int[]', 'int[]', 'bool', 'none'][i],
        frozen: i === 0,
      }))
      const types = ['tensor', 'tensor?', 'int[]', 'int[]', 'int'] as const
      const program = (body: object[], count: number, output: number): any => ({
        name: 'reduced',
        valueCount: count,
        inputs: types.map((type, id) => ({ id, type })),
        constants,
        outputs: [{ id: output, type: 'tensor' }],
        body,
      })
      const compile = (body: object[], output: number) => backend.segments!.compile(program([conv, ...body], 26, output))
      const plain = compile([], 6).run(inputs)[0] as Tensor
      for (const dims of [20, 21, 22]) {
        for (const op of ['aten::mean.dim', 'aten::amax']) {
          const node = { op, inputs: op === 'aten::amax' ? [6, dims, 23] : [6, dims, 23, 24], outputs: [7] }
          const segment = compile([node], 7)
          const found = segment.run(inputs)[0] as Tensor
          const names = (segment as CpuSegment).steps().map((step) => step.name)
          if (channels % 16 === 0) expect(names.slice(-2)).not.toContain('reorder')
          const list = constants[dims - 19].value as number[]
          const expected = run(op, plain, list, true, ...(op === 'aten::amax' ? [] : [null]))[0]
          expect(difference(found, expected, 1e-4)).toBeUndefined()
        }
      }
    }
  })

  it('what depends on data other than an index is handed back', () => {
    const mask = new Tensor(backend.allocate(4, cpu), 'bool', [4], [1], 0)
    expect(() => run('aten::index.Tensor', x(), [mask])).toThrow(SegmentBailout)
    expect(() => run('aten::one_hot', longs([0, 1]), -1)).toThrow(SegmentBailout)
  })
})
