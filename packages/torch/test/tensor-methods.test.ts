import { describe, expect, it } from 'vitest'
import * as torch from '../src/index.ts'

const iota = (...shape: number[]) => torch.arange(shape.reduce((a, b) => a * b, 1)).reshape(shape)

describe('methods of tensors', () => {
  it('choose overloads, fill defaults and take keyword arguments', () => {
    const x = torch.tensor([1, 2, 3], { dtype: 'float32' })
    expect(x.add(x, { alpha: 2 }).tolist()).toEqual([3, 6, 9])
    expect(x.sub(1).tolist()).toEqual([0, 1, 2])
    expect(iota(2, 3).sum({ dtype: 'float64' }).dtype).toBe('float64')
    expect(iota(2, 3).sum(1, true).shape).toEqual([2, 1])
    expect(iota(2, 3).sum([0, 1]).item()).toBe(15)
    expect(iota(2, 3).sum(1, { keepdim: true }).shape).toEqual([2, 1])
    expect(x.clamp({ max: 2 }).tolist()).toEqual([1, 2, 2])
    expect(torch.div(x, 2, { rounding_mode: 'floor' }).tolist()).toEqual([0, 1, 1])
  })
  it('spell out sizes', () => {
    const x = iota(2, 3, 4)
    expect(x.view(6, 4).shape).toEqual([6, 4])
    expect(x.view([4, -1]).shape).toEqual([4, 6])
    expect(x.permute(2, 0, 1).shape).toEqual([4, 2, 3])
    expect(x.reshape(24).shape).toEqual([24])
    expect(iota(1, 3).expand(4, -1).shape).toEqual([4, 3])
  })
  it('keep ints apart from floats', () => {
    const ints = torch.tensor([1, 2])
    expect(ints.add(1).dtype).toBe('int64')
    expect(ints.add(1.5).dtype).toBe('float32')
    expect(ints.mul(torch.scalarFloat(2)).dtype).toBe('float32')
    expect(ints.div(1).dtype).toBe('float32')
    expect(torch.full([2], 3).dtype).toBe('int64')
  })
  it('name several results', () => {
    const best = torch.tensor([[1, 5, 2]]).max(1)
    expect(best.values.tolist()).toEqual([5])
    expect(best.indices.tolist()).toEqual([1])
    const [values] = torch.sort(torch.tensor([3, 1, 2]), { descending: true })
    expect(values.tolist()).toEqual([3, 2, 1])
  })
  it('alias and mutate', () => {
    const x = iota(3, 4)
    const row = x.index(1)
    expect(row.mul_(10)).toBe(row)
    expect(x.index(1).tolist()).toEqual([40, 50, 60, 70])
    const into = torch.zeros([2])
    expect(torch.add(torch.ones([2]), torch.ones([2]), { out: into })).toBe(into)
    expect(into.tolist()).toEqual([2, 2])
    const version = x.storage.version
    x.add_(1)
    expect(x.storage.version).toBeGreaterThan(version)
  })
  it('tell what they were given and what they take', () => {
    const x = iota(2)
    expect(() => (x as any).add('a')).toThrow(
      /add\(\) received an invalid combination of arguments - got \(Tensor, str\)[\s\S]*aten::add.Tensor/,
    )
    expect(() => (x as any).sum({ keepdims: true })).toThrow(/keepdims=bool/)
    expect(() => x.view(3)).toThrow(/shape '\[3\]' is invalid for input of size 2/)
    expect(() => iota(2).item()).toThrow(/2 elements cannot be converted to Scalar/)
  })
  it('convert', () => {
    const x = torch.tensor([1.7, -2.2])
    expect(x.to('int32').dtype).toBe('int32')
    expect(x.long().tolist()).toEqual([1, -2])
    expect(x.to('cpu')).toBe(x)
    expect(x.double().float().half().dtype).toBe('float16')
    expect(torch.tensor([9007199254740993n]).tolist()).toEqual([9007199254740993n])
    expect(torch.tensor([true, false]).tolist()).toEqual([true, false])
    expect(String(torch.tensor([1, 2.5]))).toBe('tensor([1.0000, 2.5000])')
    expect([...iota(2, 2)].map((row) => row.tolist())).toEqual([
      [0, 1],
      [2, 3],
    ])
  })
})

describe('index', () => {
  const x = iota(3, 4)
  const cases: [string, torch.IndexItem[], unknown][] = [
    ['ints', [1, -1], 7],
    [
      'a slice as text',
      ['1:', '::2'],
      [
        [4, 6],
        [8, 10],
      ],
    ],
    ['a slice', [torch.slice(0, 2), 0], [0, 4]],
    ['an ellipsis', ['...', 1], [1, 5, 9]],
    ['a new dimension', [null, 0, ':2'], [[0, 1]]],
    ['a list', [[2, 0], 1], [9, 1]],
    [
      'two lists',
      [
        [0, 1],
        [3, 2],
      ],
      [3, 6],
    ],
    ['a mask', [iota(3, 4).gt(9)], [10, 11]],
    [
      'a mask of rows',
      [torch.tensor([true, false, true]), '1:3'],
      [
        [1, 2],
        [9, 10],
      ],
    ],
    ['a tensor', [torch.tensor([[0], [1]]), 2], [[2], [6]]],
  ]
  it.each(cases)('by %s', (_, items, expected) => expect(x.index(...items).tolist()).toEqual(expected))
  it('assigns', () => {
    const y = torch.zeros([2, 3])
    y.setIndex([0], 1)
      .setIndex(['...', 2], torch.tensor([5, 6]))
      .setIndex([y.eq(0)], -1)
    expect(y.tolist()).toEqual([
      [1, 1, 5],
      [-1, -1, 6],
    ])
  })
  it('refuses', () => {
    expect(() => x.index(0, 0, 0)).toThrow(/too many indices for tensor of dimension 2/)
    expect(() => x.index('a')).toThrow(/is no slice/)
    expect(() => x.index('...', '...')).toThrow(/single ellipsis/)
    expect(() => x.index('::-1')).toThrow(/step must be greater than zero/)
  })
})

describe('construction', () => {
  it('shares memory with typed arrays', () => {
    const array = new Float32Array([1, 2, 3, 4])
    const x = torch.fromTypedArray(array, { shape: [2, 2] })
    x.mul_(10)
    expect([...array]).toEqual([10, 20, 30, 40])
    array[0] = 7
    expect(x.tolist()).toEqual([
      [7, 20],
      [30, 40],
    ])
    const part = torch.fromTypedArray(array.subarray(2))
    expect(part.tolist()).toEqual([30, 40])
    expect(() => torch.fromTypedArray(array, { shape: [3] })).toThrow(/expected 12 bytes/)
  })
  it('frees what a scope made', () => {
    const outer = torch.ones([3])
    let lost: torch.Tensor | undefined
    const kept = torch.scope(() => {
      lost = outer.add(1)
      outer.add_(1)
      return lost.mul(2)
    })
    expect(kept.tolist()).toEqual([4, 4, 4])
    expect(outer.tolist()).toEqual([2, 2, 2])
    expect(() => lost!.tolist()).toThrow(/disposed/)
  })
  it('repeats numbers under a seed', () => {
    torch.manual_seed(3)
    const first = torch.randn([4]).tolist()
    torch.manual_seed(3)
    expect(torch.randn([4]).tolist()).toEqual(first)
  })
})

describe('nn on the default runtime', () => {
  it('runs a small network', () => {
    torch.manual_seed(0)
    const net = new torch.nn.Sequential(new torch.nn.Linear(2, 3), new torch.nn.ReLU(), new torch.nn.Linear(3, 1))
    expect((net.call(torch.ones([5, 2])) as torch.Tensor).shape).toEqual([5, 1])
  })
})
