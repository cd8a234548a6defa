import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Tensor } from '@tsjit/runtime'
import { type PyDict, PyFloat, PyTuple, writeNpy, writeSafetensors } from '@tsjit/serializer'
import { createRuntime, tolist } from '@tsjit/torch'
import { type DType, type FunctionSchema, parseSchema } from '@tsjit/types'
import { afterAll, describe, expect, it } from 'vitest'
import { imageSettings } from '../src/inputs/image-settings.ts'
import { parseLiteral } from '../src/inputs/literal-parser.ts'
import { madeTensor } from '../src/inputs/made-tensor.ts'
import { resolveInputs } from '../src/inputs/resolve-inputs.ts'

const runtime = createRuntime({ cpu: 'reference' })
const folder = mkdtempSync(join(tmpdir(), 'tsjit-inputs-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url))
const recorded = JSON.parse(readFileSync(fixture('resized.json'), 'utf8'))

const plain = (value: unknown): unknown => {
  if (value instanceof Tensor) return { dtype: value.dtype, data: tolist(value, runtime) }
  if (Array.isArray(value)) return value.map(plain)
  return value instanceof Map ? Object.fromEntries([...value].map(([key, item]) => [key, plain(item)])) : value
}
/** What the arguments of `f(self, ...)` become. */
async function resolved(formals: string, texts: readonly string[], image: Record<string, unknown> = {}): Promise<unknown[]> {
  const schema: FunctionSchema = parseSchema(`test::f(Tensor self, ${formals}) -> ()`)
  return (await resolveInputs(texts, schema, runtime, imageSettings(image))).map(plain)
}

describe('literals', () => {
  it.each([
    ['3', 3],
    ['-7', -7],
    ['9223372036854775807', 9223372036854775807n],
    ['true', true],
    ['None', null],
    ['"a\\n\\"b\\u0041"', 'a\n"bA'],
    ["'x'", 'x'],
    ['[1, [2, 3],]', [1, [2, 3]]],
    ['[]', []],
  ])('%s', (text, value) => {
    expect(parseLiteral(text)).toEqual({ value })
  })
  it('tells floats from ints and tuples from lists', () => {
    expect(parseLiteral('1.0')!.value).toEqual(new PyFloat(1))
    expect(parseLiteral('-2e-3')!.value).toEqual(new PyFloat(-0.002))
    expect(parseLiteral('-inf')!.value).toEqual(new PyFloat(Number.NEGATIVE_INFINITY))
    expect(parseLiteral('(1, 2)')!.value).toEqual(new PyTuple([1, 2]))
    expect(parseLiteral('(1)')!.value).toBe(1)
    expect([...(parseLiteral('{"a": 1, "b": [2]}')!.value as PyDict)]).toEqual([
      ['a', 1],
      ['b', [2]],
    ])
  })
  it.each(['', '[1', '[1 2]', '{"a" 1}', '"open', '1.2.3', 'word', '[1] 2'])('%s is none', (text) => {
    expect(parseLiteral(text)).toBeUndefined()
  })
  it('refuses endless nesting', () => {
    expect(() => parseLiteral('['.repeat(5000))).toThrow(expect.objectContaining({ code: 'TSJ_USAGE' }))
  })
})

describe('made tensors', () => {
  it.each([
    ['zeros(2,3)', 'float32', [2, 3]],
    ['ones( 4 ):int64', 'int64', [4]],
    ['1x3x8', 'float32', [1, 3, 8]],
    ['int64:1x5', 'int64', [1, 5]],
    ['scalar', 'float32', []],
    ['rand(2):float64', 'float64', [2]],
    ['arange(5)', 'int64', [5]],
    ['randint(10, 2, 2)', 'int64', [2, 2]],
    ['full(0.5,3)', 'float32', [3]],
    ['zeros()', 'float32', []],
    ['randn(0,2)', 'float32', [0, 2]],
  ] as const)('%s', (text, dtype, shape) => {
    const tensor = madeTensor(text, runtime.dispatcher)!
    expect([tensor.dtype, [...tensor.shape]]).toEqual([dtype, shape])
  })
  it('have the values that they name', () => {
    expect(tolist(madeTensor('full(0.5,2)', runtime.dispatcher)!, runtime)).toEqual([0.5, 0.5])
    expect(tolist(madeTensor('arange(3)', runtime.dispatcher)!, runtime)).toEqual([0n, 1n, 2n])
    const drawn = tolist(madeTensor('randint(3,50)', runtime.dispatcher)!, runtime) as bigint[]
    expect(drawn.every((value) => value >= 0n && value < 3n)).toBe(true)
  })
  it('refuses what is nearly one, and leaves the rest to others', () => {
    for (const text of ['zeros(a)', 'zeros(-1)', 'zeros(1.5)', 'randint(0,3)', 'zeros(2):float31']) {
      expect(() => madeTensor(text, runtime.dispatcher)).toThrow(expect.objectContaining({ code: 'TSJ_USAGE' }))
    }
    for (const text of ['3', '[1]', 'x.npy', 'eye(3)', '2x']) expect(madeTensor(text, runtime.dispatcher) === undefined).toBe(text !== '2x')
  })
})

describe('arguments', () => {
  it('take the types of the schema', async () => {
    expect(await resolved('int a, float b, bool c, str d, int[] e', ['3', '2', 'true', 'some text', '[1, 2]'])).toEqual([
      3,
      2,
      true,
      'some text',
      [1, 2],
    ])
    expect(await resolved('Tensor a, Tensor b, Tensor c', ['[[1, 2.5]]', '3', '[true]'])).toEqual([
      { dtype: 'float32', data: [[1, 2.5]] },
      { dtype: 'int64', data: 3n },
      { dtype: 'bool', data: [true] },
    ])
    expect(await resolved('Tensor[] a, Dict(str, Tensor) b, Tensor? c', ['[[1], 2.5]', '{"k": [1]}', 'None'])).toEqual([
      [
        { dtype: 'int64', data: [1n] },
        { dtype: 'float32', data: 2.5 },
      ],
      { k: { dtype: 'int64', data: [1n] } },
      null,
    ])
    expect(await resolved('Tensor a', ['[1, 2]:float16'])).toEqual([{ dtype: 'float16', data: [1, 2] }])
  })
  it('come by name and have defaults', async () => {
    expect(await resolved('int a, int b=7, str? c=None', ['1'])).toEqual([1, 7, null])
    expect(await resolved('int a, int b=7', ['b=2', 'a=1'])).toEqual([1, 2])
    await expect(resolved('int a', ['a=1', 'a=2'])).rejects.toMatchObject({ code: 'TSJ_USAGE' })
    await expect(resolved('int a', ['1.5'])).rejects.toMatchObject({ code: 'TSJ_VALUE_TYPE' })
  })
  it('come from .npy and .safetensors files', async () => {
    const data = new Uint8Array(Float32Array.from([1, 2, 3, 4]).buffer)
    const tensor = { dtype: 'float32' as DType, shape: [2, 2], data }
    writeFileSync(join(folder, 'a.npy'), writeNpy(tensor))
    writeFileSync(
      join(folder, 'two.safetensors'),
      writeSafetensors(
        new Map([
          ['x', tensor],
          ['y', { ...tensor, shape: [4] }],
        ]),
      ),
    )
    const x = {
      dtype: 'float32',
      data: [
        [1, 2],
        [3, 4],
      ],
    }
    const y = { dtype: 'float32', data: [1, 2, 3, 4] }
    expect(await resolved('Tensor x', [join(folder, 'a.npy')])).toEqual([x])
    expect(await resolved('Tensor y, Tensor x', [join(folder, 'two.safetensors')])).toEqual([y, x])
    expect(await resolved('Tensor z', [`${join(folder, 'two.safetensors')}#y`])).toEqual([y])
    expect(await resolved('Dict(str, Tensor) all', [join(folder, 'two.safetensors')])).toEqual([{ x, y }])
    await expect(resolved('Tensor z', [join(folder, 'two.safetensors')])).rejects.toMatchObject({ code: 'TSJ_USAGE' })
    await expect(resolved('Tensor z', [`${join(folder, 'two.safetensors')}#w`])).rejects.toThrow(/it holds: x, y/)
  })
  it('come from recorded calls', async () => {
    const io = fileURLToPath(new URL('../../../conformance/archives/net-mlp-script/io.pt', import.meta.url))
    const [first] = (await resolved('Tensor x', [io])) as { data: unknown[] }[]
    expect(first.data.length).toBe(4)
    const [second] = (await resolved('Tensor x', [`${io}#1`])) as { data: unknown[] }[]
    expect(second.data.length).toBe(1)
    await expect(resolved('Tensor x', [`${io}#9`])).rejects.toMatchObject({ code: 'TSJ_USAGE' })
  })
})

describe('pictures', () => {
  const flat = async (name: string, options: Record<string, unknown>): Promise<number[]> => {
    const [tensor] = (await resolved('Tensor x', [fixture(name)], options)) as { data: any[] }[]
    return tensor.data.flat(Number.POSITIVE_INFINITY)
  }
  const expectClose = (got: readonly number[], want: readonly number[], tolerance: number): void => {
    expect(got.length).toBe(want.length)
    expect(Math.max(...got.map((value, i) => Math.abs(value - want[i])))).toBeLessThan(tolerance)
  }
  it.each(recorded.resized as { size: number[]; data: number[] }[])(
    'colours.png at $size as torchvision resizes it',
    async ({ size, data }) => {
      expectClose(await flat('colours.png', { 'image-size': size.join('x') }), data, 2e-5)
    },
  )
  it('palette and JPEG pictures', async () => {
    expectClose(await flat('palette.png', {}), recorded.palette, 1e-3)
    expectClose(await flat('colours.jpg', {}), recorded.jpeg, 0.02)
  })
  it('grey, inverted, normalised', async () => {
    const grey = await flat('grey.png', { grey: true })
    expect(grey.length).toBe(24 * 32)
    expectClose(grey.slice(0, 3), [0, 8 / 255, 16 / 255], 1e-6)
    expectClose(
      (await flat('grey.png', { grey: true, invert: true, mean: '0.5', std: '0.25' })).slice(0, 2),
      [2, (1 - 8 / 255 - 0.5) / 0.25],
      1e-6,
    )
  })
  it('refuses what is no picture and settings that cannot be meant', async () => {
    const bad = join(folder, 'bad.png')
    writeFileSync(bad, 'no picture')
    await expect(resolved('Tensor x', [bad])).rejects.toMatchObject({ code: 'TSJ_IMAGE_FORMAT' })
    const cut = join(folder, 'cut.png')
    writeFileSync(cut, readFileSync(fixture('colours.png')).subarray(0, 60))
    await expect(resolved('Tensor x', [cut])).rejects.toMatchObject({ code: 'TSJ_IMAGE_FORMAT' })
    const huge = Buffer.from(readFileSync(fixture('colours.png')))
    huge.writeUInt32BE(0x7fffffff, 16)
    const bomb = join(folder, 'huge.png')
    writeFileSync(bomb, huge)
    await expect(resolved('Tensor x', [bomb])).rejects.toMatchObject({ code: 'TSJ_IMAGE_TOO_LARGE' })
    for (const options of [{ 'image-size': '0' }, { 'image-size': 'big' }, { mean: '1,2' }, { std: '0' }]) {
      expect(() => imageSettings(options)).toThrow(expect.objectContaining({ code: 'TSJ_USAGE' }))
    }
  })
})
