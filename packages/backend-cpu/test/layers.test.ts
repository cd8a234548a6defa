import { operatorByKey } from '@tsjit/ops'
import { type Backend, Boxed, type SegmentProgram, type SegmentType, type Tensor } from '@tsjit/runtime/backend'
import { IntType } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { cpuUnavailable, createCpuBackend } from '../src/index.ts'
import { elements, floatTensor, readCases, runCase, segmentTypeOf } from './cases.ts'

const missing = cpuUnavailable()

/** `steps`: operator key and arguments; a string names an earlier result or an input, anything else is a constant (tensors frozen). */
type Step = readonly [result: string, op: string, ...args: unknown[]]

function build(inputs: readonly string[], steps: readonly Step[], outputs: readonly string[]): SegmentProgram {
  const ids = new Map<string, number>(inputs.map((name, id) => [name, id]))
  let next = inputs.length
  const constants: { id: number; type: SegmentType; frozen: boolean; value: unknown }[] = []
  const body = steps.map(([result, op, ...args]) => {
    const { schema } = operatorByKey(op)!
    const used = schema.args.map((argument, i) => {
      const type = segmentTypeOf(argument.typeText)
      const value = type === 'scalar' && typeof args[i] === 'number' ? new Boxed(IntType, args[i]) : (args[i] ?? null)
      if (typeof value === 'string' && ids.has(value)) return ids.get(value)!
      constants.push({ id: next, type, frozen: true, value })
      return next++
    })
    ids.set(result, next)
    return { op, inputs: used, outputs: [next++] }
  })
  return {
    name: 'test',
    valueCount: next,
    inputs: inputs.map((_, id) => ({ id, type: 'tensor' })),
    constants,
    outputs: outputs.map((name) => ({ id: ids.get(name)!, type: 'tensor' })),
    body,
  }
}

describe.skipIf(missing)('layers', () => {
  const backend: Backend = missing ? (undefined as never) : createCpuBackend()!
  let seed = 1
  const random = (...shape: number[]): Tensor =>
    floatTensor(backend, shape, () => ((seed = (seed * 48271) % 2147483647) / 2147483647) * 2 - 1)
  const run = (program: SegmentProgram, inputs: Tensor[]): Tensor[] => {
    const segment = backend.segments!.compile(program)
    try {
      segment.run(inputs)
      return segment.run(inputs) as Tensor[] // the plan that is kept, not the one that is made
    } finally {
      segment.dispose!()
    }
  }
  /** Each step as a segment of its own, its tensors as plain inputs: nothing fused, nothing packed. */
  const runApart = (inputs: Record<string, Tensor>, steps: readonly Step[], output: string): Tensor => {
    const values: Record<string, unknown> = { ...inputs }
    for (const [result, op, ...args] of steps) {
      const names: string[] = []
      const tensors: Tensor[] = []
      const given = args.map((arg) => {
        const value = typeof arg === 'string' && arg in values ? values[arg] : arg
        if (value === null || typeof value !== 'object' || !('storage' in value)) return arg
        names.push(`t${names.length}`)
        tensors.push(value as Tensor)
        return names.at(-1)
      })
      values[result] = run(build(names, [['y', op, ...given]], ['y']), tensors)[0]
    }
    return values[output] as Tensor
  }
  /** Fused sums round differently: the largest difference is measured against the largest element. */
  const expectClose = (actual: Tensor, expected: Tensor): void => {
    expect(actual.shape).toEqual(expected.shape)
    const [a, e] = [elements(actual).map(Number), elements(expected).map(Number)]
    const worst = Math.max(...a.map((x, i) => Math.abs(x - e[i])))
    expect(worst / Math.max(...e.map(Math.abs))).toBeLessThan(2e-5)
  }
  const compare = (inputs: Record<string, Tensor>, steps: readonly Step[], output: string): void =>
    expectClose(run(build(Object.keys(inputs), steps, [output]), Object.values(inputs))[0], runApart(inputs, steps, output))
  const convolution = (input: string, weight: Tensor, stride = 1, groups = 1, bias: Tensor | null = null): Step => {
    const padding = (weight.shape[2] - 1) >> 1
    return ['', 'aten::conv2d', input, weight, bias, [stride, stride], [padding, padding], [1, 1], groups]
  }
  const named = (name: string, [, ...rest]: Step): Step => [name, ...rest] as unknown as Step
  const norm = (name: string, input: string, channels: number): Step => {
    const variance = floatTensor(backend, [channels], (i) => 0.5 + (i % 7) / 7)
    return [name, 'aten::batch_norm', input, random(channels), random(channels), random(channels), variance, false, 0.1, 1e-5, true]
  }

  it('give what PyTorch gives: values, dtypes, sizes, strides, refusals', () => {
    const cases = readCases(new URL('./fixtures/layers.jsonl.gz', import.meta.url))
    const wrong = cases.map((row) => ({ row, outcome: runCase(backend, row) })).filter(({ outcome }) => outcome.kind !== 'same')
    expect(wrong.map(({ row, outcome }) => `${row.op}: ${JSON.stringify(outcome)}`)).toEqual([])
    expect(cases.length).toBeGreaterThan(300)
  })

  for (const channels of [16, 24, 64]) {
    it(`fold batch norm, activations and residuals into convolutions of ${channels} channels`, () => {
      const w1 = random(channels, channels, 3, 3)
      const w2 = random(channels, channels, 3, 3)
      const steps: Step[] = [
        named('a', convolution('x', w1)),
        norm('b', 'a', channels),
        ['c', 'aten::relu', 'b'],
        named('d', convolution('c', w2)),
        norm('e', 'd', channels),
        ['f', 'aten::add.Tensor', 'e', 'x', 1],
        ['g', 'aten::relu', 'f'],
      ]
      compare({ x: random(1, channels, 14, 14) }, steps, 'g')
      // the same in place, as torchvision writes it
      const inPlace = steps.map(
        ([name, op, ...rest]) => [name, op.replace('aten::relu', 'aten::relu_').replace('aten::add.', 'aten::add_.'), ...rest] as Step,
      )
      const x = { x: random(1, channels, 14, 14) }
      expectClose(run(build(['x'], inPlace, ['g']), [x.x])[0], runApart(x, steps, 'g'))
    })
  }

  it('pack constant weights of any number of channels and any kernel as the library reorders them', () => {
    const shapes = [
      [3, 64, 7],
      [16, 40, 1],
      [20, 32, 3],
      [33, 17, 3],
      [64, 96, 3],
      [160, 48, 1],
      [96, 256, 1],
      [48, 16, 5],
    ]
    for (const [inputs, outputs, kernel] of shapes)
      for (const stride of [1, 2]) {
        const steps = [
          named('a', convolution('x', random(outputs, inputs, kernel, kernel), stride)),
          norm('b', 'a', outputs),
          named('c', convolution('b', random(24, outputs, 1, 1), 1, 1, random(24))),
        ]
        compare({ x: random(2, inputs, 15, 13) }, steps, 'c')
      }
    const wide: Step[] = [['a', 'aten::conv1d', 'x', random(48, 32, 3), null, [1], [1], [1], 1]]
    compare({ x: random(1, 32, 50) }, wide, 'a')
    const deep: Step[] = [['a', 'aten::conv3d', 'x', random(32, 16, 3, 3, 3), random(32), [1, 1, 1], [1, 1, 1], [1, 1, 1], 1]]
    compare({ x: random(1, 16, 6, 7, 8) }, deep, 'a')
  })

  it('add in place what another convolution made', () => {
    const steps: Step[] = [
      named('a', convolution('x', random(32, 16, 3, 3), 2)),
      norm('b', 'a', 32),
      named('c', convolution('x', random(32, 16, 1, 1), 2)),
      norm('d', 'c', 32),
    ]
    const x = { x: random(1, 16, 16, 16) }
    const together = run(build(['x'], [...steps, ['e', 'aten::add_.Tensor', 'b', 'd', 1], ['f', 'aten::relu_', 'e']], ['f']), [x.x])[0]
    expectClose(together, runApart(x, [...steps, ['e', 'aten::add.Tensor', 'b', 'd', 1], ['f', 'aten::relu', 'e']], 'f'))
  })

  it('pass layouts through depthwise convolutions, pooling, squeeze and excitation', () => {
    compare(
      { x: random(1, 3, 32, 32) },
      [
        named('a', convolution('x', random(24, 3, 3, 3), 2, 1, random(24))),
        ['b', 'aten::hardswish', 'a'],
        named('c', convolution('b', random(24, 1, 5, 5), 1, 24)),
        ['d', 'aten::silu', 'c'],
        ['e', 'aten::adaptive_avg_pool2d', 'd', [1, 1]],
        named('f', convolution('e', random(8, 24, 1, 1), 1, 1, random(8))),
        ['g', 'aten::relu', 'f'],
        named('h', convolution('g', random(24, 8, 1, 1), 1, 1, random(24))),
        ['i', 'aten::hardsigmoid', 'h'],
        ['j', 'aten::mul.Tensor', 'd', 'i'],
        ['k', 'aten::max_pool2d', 'j', [3, 3], [2, 2], [1, 1], [1, 1], false],
        ['l', 'aten::upsample_bilinear2d', 'k', [9, 9], false, null, null],
        ['m', 'aten::flatten.using_ints', 'l', 1, -1],
        ['n', 'aten::linear', 'm', random(10, 24 * 81), random(10)],
      ],
      'n',
    )
  })

  it('fuse activations and residuals into products', () => {
    for (const rows of [1, 3, 40])
      compare(
        { x: random(2, rows, 48) },
        [
          ['a', 'aten::linear', 'x', random(96, 48), random(96)],
          ['b', 'aten::gelu', 'a', 'none'],
          ['c', 'aten::linear', 'b', random(48, 96), random(48)],
          ['d', 'aten::add.Tensor', 'c', 'x', 1],
          ['e', 'aten::layer_norm', 'd', [48], random(48), random(48), 1e-5, true],
          ['f', 'aten::linear', 'e', random(48, 48), null],
          ['g', 'aten::mul.Tensor', 'f', random(48)],
          ['h', 'aten::tanh', 'g'],
        ],
        'h',
      )
  })
})
