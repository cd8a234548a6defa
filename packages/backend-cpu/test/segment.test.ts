import { Worker } from 'node:worker_threads'
import {
  type Backend,
  Boxed,
  contiguousStrides,
  cpu,
  SegmentBailout,
  type SegmentInstruction,
  type SegmentProgram,
  type SegmentType,
  Tensor,
} from '@tsjit/runtime/backend'
import { FloatType, IntType } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { type CpuSegment, cpuUnavailable, createCpuBackend } from '../src/index.ts'
import { floatTensor } from './cases.ts'

const missing = cpuUnavailable()
if (missing) console.warn(`native CPU tests skipped: ${missing.message}`)

/** A program from lines `name = op(arguments)`: letters are inputs, `c0` constants. */
class Program {
  private readonly ids = new Map<string, number>()
  private readonly body: SegmentInstruction[] = []
  private readonly inputs: { id: number; type: SegmentType }[] = []
  private readonly constants: { id: number; type: SegmentType; value: unknown; frozen?: boolean }[] = []
  id(name: string): number {
    if (!this.ids.has(name)) this.ids.set(name, this.ids.size)
    return this.ids.get(name)!
  }
  input(name: string, type: SegmentType = 'tensor'): this {
    this.inputs.push({ id: this.id(name), type })
    return this
  }
  constant(name: string, value: unknown, type: SegmentType, frozen = false): this {
    this.constants.push({ id: this.id(name), type, value, frozen })
    return this
  }
  instruction(line: string): SegmentInstruction {
    const [, outputs, op, inputs] = /^(?:([\w, ]*) = )?([\w:.]+)\(([\w, ]*)\)$/.exec(line)!
    const names = (text: string | undefined): number[] => (text ? text.split(',').map((name) => this.id(name.trim())) : [])
    return { op: op.includes('::') ? op : `aten::${op}`, inputs: names(inputs), outputs: names(outputs) }
  }
  line(line: string): this {
    this.body.push(this.instruction(line))
    return this
  }
  push(instruction: SegmentInstruction): this {
    this.body.push(instruction)
    return this
  }
  build(outputs: [string, SegmentType][]): SegmentProgram {
    return {
      name: 'test',
      inputs: this.inputs,
      constants: this.constants,
      body: this.body,
      outputs: outputs.map(([name, type]) => ({ id: this.id(name), type })),
      get valueCount() {
        return 1000
      },
    }
  }
}
const one = new Boxed(IntType, 1)

describe.skipIf(missing)('segments', () => {
  const backend: Backend = missing ? (undefined as never) : createCpuBackend()!
  const tensor = (shape: number[], element: (i: number) => number): Tensor => floatTensor(backend, shape, element)
  const compile = (program: SegmentProgram): CpuSegment => backend.segments!.compile(program) as CpuSegment
  const numbers = (value: unknown): number[] => [...((value as Tensor).data() as Float32Array)]

  it('fuses a chain into one step, runs it again without planning, and plans anew for other sizes', () => {
    const segment = compile(
      new Program()
        .input('x')
        .input('y')
        .constant('one', one, 'scalar')
        .line('a = relu(x)')
        .line('b = add.Tensor(a, y, one)')
        .line('c = mul.Tensor(b, x)')
        .build([['c', 'tensor']]),
    )
    const [x, y] = [tensor([2, 3], (i) => i - 2), tensor([3], (i) => i)]
    expect(numbers(segment.run([x, y])[0])).toEqual([-0, -1, 0, 1, 6, 15])
    expect(segment.steps().map((step) => step.name)).toEqual(['pointwise'])
    segment.run([x, y])
    expect(segment.statistics()).toMatchObject({ runs: 2, replans: 1, plans: 1, arenaBytes: 0 })
    expect(numbers(segment.run([tensor([1, 3], (i) => i), y])[0])).toEqual([0, 2, 8])
    expect(segment.statistics().plans).toBe(2)
  })

  it('takes floats at run time without planning again, unless a kernel looked at them', () => {
    const segment = compile(
      new Program()
        .input('x')
        .input('f', 'float')
        .line('a = mul.Scalar(x, f)')
        .build([
          ['a', 'tensor'],
          ['f', 'float'],
        ]),
    )
    const x = tensor([2], (i) => i + 1)
    expect(segment.run([x, 2]).map((v) => (v instanceof Tensor ? numbers(v) : v))).toEqual([[2, 4], 2])
    expect(numbers(segment.run([x, 3])[0])).toEqual([3, 6])
    expect(segment.statistics().plans).toBe(1)
    const guarded = compile(
      new Program()
        .input('x')
        .input('f', 'float')
        .line('a = leaky_relu(x, f)')
        .build([['a', 'tensor']]),
    )
    const z = tensor([2], (i) => -i - 1)
    expect(numbers(guarded.run([z, 2])[0])).toEqual([-2, -4])
    expect(numbers(guarded.run([z, 3])[0])).toEqual([-3, -6])
    expect(numbers(guarded.run([z, 2])[0])).toEqual([-2, -4])
    expect(guarded.statistics().plans).toBe(2)
  })

  it('evaluates sizes, branches and loops while planning', () => {
    const p = new Program()
      .input('x')
      .input('n', 'int')
      .constant('one', one, 'scalar')
      .constant('t', true, 'bool')
      .constant('two', 2, 'int')
      .constant('zero', 0, 'int')
    p.line('rows = size.int(x, zero)').line('big = gt.int(rows, two)')
    p.push({
      op: 'prim::If',
      inputs: [p.id('big')],
      outputs: [p.id('y')],
      blocks: [
        { inputs: [], body: [p.instruction('y1 = relu(x)')], outputs: [p.id('y1')] },
        { inputs: [], body: [p.instruction('y2 = neg(x)')], outputs: [p.id('y2')] },
      ],
    })
    p.push({
      op: 'prim::Loop',
      inputs: [p.id('n'), p.id('t'), p.id('y')],
      outputs: [p.id('z')],
      blocks: [{ inputs: [p.id('i'), p.id('k')], body: [p.instruction('k2 = add.Tensor(k, x, one)')], outputs: [p.id('t'), p.id('k2')] }],
    })
    const segment = compile(
      p.build([
        ['z', 'tensor'],
        ['rows', 'int'],
      ]),
    )
    const run = (rows: number, n: number): unknown[] => segment.run([tensor([rows], (i) => i - 1), n])
    expect(run(2, 3).map((v) => (v instanceof Tensor ? numbers(v) : v))).toEqual([[-2, 0], 2])
    expect(numbers(run(3, 2)[0])).toEqual([-2, 0, 3])
    expect(segment.steps()).toHaveLength(1)
    expect(() => segment.run([tensor([3], () => 0), 1e9])).toThrow(SegmentBailout)
  })

  it('computes what depends on constants and sizes once', () => {
    const segment = compile(
      new Program()
        .input('x')
        .constant('n', new Boxed(IntType, 4), 'scalar')
        .constant('none', null, 'none')
        .constant(
          'w',
          tensor([4], (i) => i),
          'tensor',
          true,
        )
        .constant('one', one, 'scalar')
        .line('r = arange(n, none, none, none, none)')
        .line('s = mul.Tensor(r, w)')
        .line('e = exp(s)')
        .line('y = add.Tensor(x, e, one)')
        .build([['y', 'tensor']]),
    )
    const out = numbers(segment.run([tensor([4], () => 0)])[0])
    out.forEach((v, i) => expect(v).toBeCloseTo(Math.exp(i * i), -3))
    expect(segment.steps()).toHaveLength(1)
  })

  it('notices a changed frozen constant', () => {
    const w = tensor([2], (i) => i + 1)
    const segment = compile(
      new Program()
        .input('x')
        .constant('w', w, 'tensor', true)
        .constant('one', one, 'scalar')
        .line('e = mul.Tensor(w, w)')
        .line('y = add.Tensor(x, e, one)')
        .build([['y', 'tensor']]),
    )
    const x = tensor([2], () => 0)
    expect(numbers(segment.run([x])[0])).toEqual([1, 4])
    w.data()[0] = 5
    w.storage.version++
    expect(numbers(segment.run([x])[0])).toEqual([25, 4])
  })

  it('writes in place into inputs, counts versions, and keeps identity and aliases', () => {
    const p = new Program().input('x').input('y').constant('one', one, 'scalar').constant('zero', 0, 'int')
    p.line('a = add_.Tensor(x, y, one)').line('v = select.int(a, zero, zero)').line('r = relu_(a)')
    const segment = compile(
      p.build([
        ['a', 'tensor'],
        ['v', 'tensor'],
        ['r', 'tensor'],
      ]),
    )
    const [x, y] = [tensor([2, 2], (i) => i - 2), tensor([2, 2], () => -0.5)]
    const [a, v, r] = segment.run([x, y]) as Tensor[]
    expect(numbers(x)).toEqual([0, 0, 0, 0.5])
    expect(a).toBe(x)
    expect(r).toBe(x)
    expect(v.storage).toBe(x.storage)
    expect([v.shape, v.offset]).toEqual([[2], 0])
    expect(x.storage.version).toBe(1)
    expect(y.storage.version).toBe(0)
    // both inputs one storage, overlapping: x[1:] += x[:-1] in PyTorch copies first only where it must; elementwise same view is exact
    const z = tensor([2, 2], (i) => i)
    segment.run([z, z])
    expect(numbers(z)).toEqual([0, 2, 4, 6])
  })

  it('keeps the order of in-place writes and reads through views', () => {
    const p = new Program()
      .input('x')
      .constant('one', one, 'scalar')
      .constant('zero', 0, 'int')
      .constant('k', 1, 'int')
      .constant('none', null, 'none')
      .constant('two', 2, 'int')
    // buffer of zeros; rows written one after another; read in between
    p.constant('sizes', [2, 2], 'int[]').constant('false', false, 'bool')
    p.line('b = zeros(sizes, none, none, none, none)').line('r0 = select.int(b, zero, zero)').line('s0 = copy_(r0, x, false)')
    p.line('mid = add.Tensor(b, b, one)').line('r1 = select.int(b, zero, k)').line('n = neg(x)').line('s1 = copy_(r1, n, false)')
    const segment = compile(
      p.build([
        ['b', 'tensor'],
        ['mid', 'tensor'],
      ]),
    )
    for (const start of [1, 5]) {
      const [b, mid] = segment.run([tensor([2], (i) => start + i)]) as Tensor[]
      expect(numbers(b)).toEqual([start, start + 1, -start, -start - 1])
      expect(numbers(mid)).toEqual([2 * start, 2 * start + 2, 0, 0])
    }
  })

  it('reuses memory of dead intermediates', () => {
    const p = new Program().input('x').constant('one', 1, 'int').constant('false', false, 'bool').constant('none', null, 'none')
    // softmax is not elementwise: each result is a buffer of its own, alive for one step
    p.line('a0 = softmax.int(x, one, none)')
    for (let i = 0; i < 9; i++) p.line(`a${i + 1} = softmax.int(a${i}, one, none)`)
    const segment = compile(p.build([['a9', 'tensor']]))
    const [y] = segment.run([tensor([4, 1024], (i) => i % 7)]) as Tensor[]
    expect(
      numbers(y)
        .slice(0, 1024)
        .reduce((a, b) => a + b),
    ).toBeCloseTo(1, 4)
    expect(segment.statistics().steps).toBe(10)
    expect(segment.statistics().arenaBytes).toBeLessThan(3 * 4 * 1024 * 4)
  })

  it('hands lists, tuples and scalars back', () => {
    const p = new Program().input('x').constant('two', 2, 'int').constant('zero', 0, 'int')
    p.line('c = chunk(x, two, zero)')
      .line('a, b = prim::ListUnpack(c)')
      .line('n = neg(a)')
      .line('l = prim::ListConstruct(n, b)')
      .line('s = size(x)')
      .line('d = dim(x)')
    const segment = compile(
      p.build([
        ['l', 'tensor[]'],
        ['s', 'int[]'],
        ['d', 'scalar'],
      ]),
    )
    const x = tensor([4], (i) => i)
    const [l, s, d] = segment.run([x]) as [Tensor[], number[], Boxed]
    expect(numbers(l[0])).toEqual([-0, -1])
    expect(l[1].storage).toBe(x.storage)
    expect(l[1].offset).toBe(2)
    expect(s).toEqual([4])
    expect(d).toEqual(new Boxed(IntType, 1))
  })

  it('bails out, without effect, where data decides or a number is wrong', () => {
    const p = new Program().input('x').constant('one', one, 'scalar').line('y = add_.Scalar(x, one, one)').line('i = item(x)')
    const segment = compile(p.build([['i', 'scalar']]))
    const x = tensor([], () => 3)
    expect(() => segment.run([x])).toThrow(SegmentBailout)
    expect(numbers(x)).toEqual([3])
    expect(x.storage.version).toBe(0)
    expect(backend.segments!.supports('aten::no_such')).toBe(false)
    expect(() =>
      compile(
        new Program()
          .input('x')
          .line('y = no_such(x)')
          .build([['y', 'tensor']]),
      ),
    ).toThrow(SegmentBailout)
  })

  it('runs off the event loop, with memory kept while it is disposed of', async () => {
    const p = new Program().input('x').line('a = exp(x)').line('b = tanh(a)')
    const segment = compile(p.build([['b', 'tensor']]))
    const x = tensor([1 << 18], (i) => i / (1 << 18) - 0.5)
    const expected = numbers(segment.run([x])[0]).slice(0, 5)
    const pending = [segment.runAsync([x]), segment.runAsync([x])]
    x.dispose()
    for (const run of pending) expect(numbers((await run)[0]).slice(0, 5)).toEqual(expected)
    await expect(segment.runAsync([x], AbortSignal.abort())).rejects.toThrow()
  })

  it('gives outputs memory of their own', () => {
    const segment = compile(
      new Program()
        .input('x')
        .constant('k', new Boxed(FloatType, 2), 'scalar')
        .line('a = mul.Scalar(x, k)')
        .build([['a', 'tensor']]),
    )
    for (const n of [3, 5000]) {
      const x = tensor([n], (i) => i)
      const [first] = segment.run([x]) as Tensor[]
      x.data()[1] = 10
      const [second] = segment.run([x]) as Tensor[]
      expect(numbers(first)[1]).toBe(2)
      expect(numbers(second)[1]).toBe(20)
      first.dispose()
      expect(first.storage.isDisposed).toBe(true)
      expect(numbers(second)[1]).toBe(20)
    }
  })

  it('gives memory of outputs back without a turn of the event loop', () => {
    const segment = compile(
      new Program()
        .input('x')
        .line('a = relu(x)')
        .build([['a', 'tensor']]),
    )
    const x = tensor([1 << 20], (i) => i)
    for (let i = 0; i < 300; i++) segment.run([x])
    const { memory } = backend.describe!() as { memory: { inUse: number } }
    expect(memory.inUse).toBeLessThan(600 * 2 ** 20)
  })

  it('reads tensors made elsewhere and adopts user memory', () => {
    const bytes = new Float32Array([1, -2, 3])
    const t = new Tensor(backend.adopt!(bytes.buffer, cpu), 'float32', [2], contiguousStrides([2]), 1)
    const segment = compile(
      new Program()
        .input('x')
        .line('a = relu_(x)')
        .build([['a', 'tensor']]),
    )
    segment.run([t])
    expect([...bytes]).toEqual([1, 0, 3])
    const shared = new Float32Array(new SharedArrayBuffer(8))
    shared.set([-1, 4])
    segment.run([new Tensor(backend.adopt!(shared.buffer, cpu), 'float32', [2], [1], 0)])
    expect([...shared]).toEqual([0, 4])
  })

  it('loads in several worker threads at once', async () => {
    const { addon } = backend.describe!() as { addon: string }
    const code = `
      const { parentPort } = require('node:worker_threads')
      const addon = require(${JSON.stringify(addon)})
      // values 2; inputs [0]; constants []; outputs [1]; block: inputs [], 1 instruction, outputs []
      const words = Int32Array.of(2,  1, 0,  0,  1, 1,  0, 1,  0, -1, 1, 0, 1, 1, 0,  0)
      const none = new Float64Array(new ArrayBuffer(0))
      const handle = addon.compile(words, 'aten::exp', 'worker', none, none)
      const make = (n) => new Float64Array(new ArrayBuffer(8 * n))
      const [signature, addresses, floats, results] = [make(16), make(4), make(4), make(4)]
      addon.bind(handle, signature, addresses, floats, results)
      const x = new Float32Array(new ArrayBuffer(4 * 1000)).fill(1)
      signature.set([1, 6, 1, -1, 0, 0, 1000, 1])
      addresses[0] = addon.addressOf(x.buffer)
      let sum = 0
      for (let i = 0; i < 200; i++) {
        addon.plan(handle, 8)
        const y = new ArrayBuffer(4000)
        results[0] = 0
        addon.run(handle, y)
        sum += new Float32Array(y)[999]
      }
      parentPort.postMessage(sum / 200)`
    const sums = await Promise.all(
      [1, 2, 3].map(
        () => new Promise<number>((resolve, reject) => new Worker(code, { eval: true }).on('message', resolve).on('error', reject)),
      ),
    )
    for (const sum of sums) expect(sum).toBeCloseTo(Math.E, 5)
  })
})
