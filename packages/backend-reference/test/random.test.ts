import { readFileSync } from 'node:fs'
import { decompositionOf } from '@tsjit/ops'
import { Dispatcher, defaultGenerator, metadataKernels, readRaw, type Tensor } from '@tsjit/runtime'
import { type DType, dtypeInfo } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { createReferenceBackend } from '../src/index.ts'

interface Case {
  readonly seed: number
  readonly op: string
  readonly dtype: DType
  readonly shape: number[]
  readonly strides?: number[]
  readonly args: (number | string | boolean)[]
  readonly out: string
  readonly outDtype: DType
  readonly outShape: number[]
}

const cases: Case[] = readFileSync(new URL('fixtures/random.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line))

const d = new Dispatcher({ decompositions: decompositionOf, metadataKernels })
d.registerBackend(createReferenceBackend({ deviceTypes: ['cpu'] }))

function ramp(shape: number[], dtype: DType, from: number, scale = 1): Tensor {
  const count = shape.reduce((a, b) => a * b, 1)
  const flat = d.call('aten::arange.start', d.int(from), d.int(from + count), dtypeInfo(scale === 1 ? dtype : 'float32').code)
  const scaled = scale === 1 ? flat : d.call('aten::div.Scalar', flat, d.int(scale))
  return d.call('aten::reshape', d.call('aten::to.dtype', scaled, dtypeInfo(dtype).code), shape)
}

function compute({ op, dtype, shape, strides, args }: Case): Tensor {
  const { code } = dtypeInfo(dtype)
  const empty = () => d.empty(shape, dtype, undefined, strides)
  const int = (value: unknown) => (typeof value === 'string' ? BigInt(value) : value)
  switch (op) {
    case 'rand':
    case 'randn':
      return d.call(`aten::${op}`, shape, code)
    case 'randint':
      return d.call('aten::randint.low', int(args[0]), int(args[1]), shape, code)
    case 'randperm':
      return d.call('aten::randperm', args[0], code)
    case 'random_':
      return args.length ? d.call('aten::random_.from', empty(), ...args) : d.call('aten::random_', empty())
    case 'bernoulli_':
      return d.call('aten::bernoulli_.float', empty(), args[0])
    case 'bernoulli':
      return d.call('aten::bernoulli', ramp(shape, dtype, 0, 36))
    case 'dropout':
      return d.call('aten::dropout', ramp(shape, dtype, 1), args[0], true)
    case 'multinomial':
      return d.call('aten::multinomial', ramp(shape, dtype, 1), ...args)
    case 'randn-twice':
      return d.call('aten::cat', [
        ...[3, 3, 20].map((n) => d.call('aten::randn', [n])),
        d.call('aten::to.dtype', d.call('aten::randn', [1], dtypeInfo('float64').code), dtypeInfo('float32').code),
      ])
    default:
      return d.call(`aten::${op}`, empty(), ...args)
  }
}

describe('random streams', () => {
  it('has the combinations', () => expect(cases.length).toBeGreaterThanOrEqual(200))
  it.each(cases.map((c) => [`${c.op}(${c.args.join(', ')}) ${c.dtype} [${c.shape.join(', ')}] seed ${c.seed}`, c] as const))(
    '%s',
    (_, c) => {
      defaultGenerator.manualSeed(c.seed)
      const result = compute(c)
      expect(result.dtype).toBe(c.outDtype)
      expect(result.shape).toEqual(c.outShape)
      const raw = readRaw(result)
      const expected = Buffer.from(c.out, 'base64')
      const wanted = new (raw.constructor as Float64ArrayConstructor)(
        expected.buffer.slice(expected.byteOffset, expected.byteOffset + expected.length),
      )
      expect(raw).toEqual(wanted)
    },
  )
})
