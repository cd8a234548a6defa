import { operatorByKey } from '@tsjit/ops'
import { type Backend, Dispatcher, type SegmentProgram, type Tensor } from '@tsjit/runtime/backend'
import { describe, expect, it } from 'vitest'
import { loadAddon } from '../src/addon.ts'
import { cpuUnavailable, createCpuBackend } from '../src/index.ts'
import { decodeValue, difference, floatTensor, programOf, readCases, runCase } from './cases.ts'

const missing = cpuUnavailable()

// Known and meant: PyTorch's float32 gelu (oneDNN's) is NaN at infinity and loses digits in the tail; uint8 any and all give uint8 there.
const accepted = /^(aten::gelu_?|aten::digamma_?|aten::logit_?|aten::sinc_?)$/
// Bail-outs that are right: the reference kernels take over.
const handedBack =
  /integer division by a tensor|integer powers by a tensor|any or all of uint8|complex|a negative bound|hold|bool does not have/

describe.skipIf(missing)('operators', () => {
  const backend: Backend = missing ? (undefined as never) : createCpuBackend()!
  const cases = readCases(new URL('./fixtures/operators.jsonl.gz', import.meta.url))

  it('give what PyTorch gives: values, dtypes, sizes, strides, in-place results, refusals', () => {
    const wrong: string[] = []
    let same = 0
    for (const row of cases) {
      const outcome = runCase(backend, row)
      if (outcome.kind === 'same') same++
      else if (!(outcome.kind === 'bailed' && handedBack.test(outcome.message)) && !accepted.test(row.op))
        wrong.push(`${row.op}: ${outcome.kind} ${outcome.message}`)
    }
    expect(wrong).toEqual([])
    expect(same).toBeGreaterThan(0.95 * cases.length)
  })

  it('are the operator table’s, by their whole schema text', () => {
    const loaded = loadAddon()
    if ('code' in loaded) throw new Error(loaded.message)
    const rows = loaded.addon
      .kernels()
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'))
    const wrong = rows.filter(([schema]) => {
      const known = operatorByKey(schema.slice(0, schema.indexOf('(')))
      return known?.schema.toString() !== schema
    })
    expect(wrong.map(([schema, file]) => `${file}: ${schema}`)).toEqual([])
    expect(rows.length).toBeGreaterThan(500)
    const keys = rows.map(([schema]) => schema.slice(0, schema.indexOf('(')))
    expect(keys.filter((key, i) => keys.indexOf(key) !== i)).toEqual([])
  })

  it('run as kernels of the backend, with the reference kernels where a plan cannot be made', () => {
    const dispatcher = new Dispatcher()
    dispatcher.registerBackend(backend)
    const x = floatTensor(backend, [3], (i) => i - 1)
    expect([...dispatcher.call('aten::relu', x).data()]).toEqual([0, 0, 1])
    expect(dispatcher.call('aten::relu_', x)).toBe(x)
    const divisors = decodeValue(backend, {
      t: 'tensor',
      dtype: 'int64',
      shape: [2],
      strides: [1],
      offset: 0,
      data: Buffer.from(BigInt64Array.of(3n, -2n).buffer).toString('base64'),
    }) as Tensor
    const seven = decodeValue(backend, {
      t: 'tensor',
      dtype: 'int64',
      shape: [2],
      strides: [1],
      offset: 0,
      data: Buffer.from(BigInt64Array.of(7n, 7n).buffer).toString('base64'),
    }) as Tensor
    expect([...dispatcher.call('aten::floor_divide', seven, divisors).data()]).toEqual([2n, -4n])
  })

  // Errors in units in the last place of float32 against JavaScript's float64 functions.
  const functions: [string, (x: number) => number, number, number, number][] = [
    ['exp', Math.exp, -104, 89, 2],
    ['expm1', Math.expm1, -20, 88, 3],
    ['log', Math.log, 1e-38, 1e5, 2],
    ['log1p', Math.log1p, -0.99, 1e4, 4],
    ['log2', Math.log2, 1e-30, 1e6, 2],
    ['log10', Math.log10, 1e-30, 1e6, 2],
    ['sin', Math.sin, -100, 100, 2],
    ['cos', Math.cos, -100, 100, 2],
    ['tanh', Math.tanh, -12, 12, 3],
    ['sigmoid', (x) => 1 / (1 + Math.exp(-x)), -80, 80, 3],
    ['sqrt', Math.sqrt, 0, 1e6, 0.5],
    ['exp2', (x) => 2 ** x, -126, 127, 2],
    ['rsqrt', (x) => 1 / Math.sqrt(x), 1e-6, 1e6, 1.5],
    ['silu', (x) => x / (1 + Math.exp(-x)), -60, 60, 3],
  ]
  it.each(functions)('%s is accurate', (name, exact, low, high, bound) => {
    const n = 20011
    const x = floatTensor(backend, [n], (i) => low + ((high - low) * i) / (n - 1))
    const dispatcher = new Dispatcher()
    dispatcher.registerBackend(backend)
    const y = dispatcher.call(`aten::${name}`, x).data() as Float32Array
    const input = x.data() as Float32Array
    let worst = 0
    for (let i = 0; i < n; i++) {
      const e = exact(input[i])
      if (Math.abs(e) < 1.2e-38 || Math.abs(e) > 3.4e38) continue
      const ulp = 2 ** (Math.floor(Math.log2(Math.abs(e))) - 23)
      // sine near its zeros is judged absolutely
      worst = Math.max(worst, Math.abs(y[i] - e) / Math.max(ulp, name === 'sin' || name === 'cos' ? 2 ** -26 : 0))
    }
    expect(worst).toBeLessThanOrEqual(bound)
  })

  it('erf and gelu agree with their definitions', () => {
    const program: SegmentProgram = programOf('aten::erf')
    const segment = backend.segments!.compile(program)
    const points = [-3, -1, -0.5, 0, 1e-3, 0.3, 1, 2.5]
    const exact = [
      -0.9999779095030014, -0.8427007929497149, -0.5204998778130465, 0, 0.001128378790969236, 0.3286267594591273, 0.8427007929497149,
      0.999593047982555,
    ]
    const [y] = segment.run([floatTensor(backend, [points.length], (i) => points[i])]) as Tensor[]
    expect(
      difference(
        y,
        floatTensor(backend, [points.length], (i) => exact[i]),
        2e-7,
      ),
    ).toBeUndefined()
  })
})
