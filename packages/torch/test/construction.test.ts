import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import * as torch from '../src/index.ts'

/** Values as record-construction.py writes them. */
function decode(value: any): any {
  if (Array.isArray(value)) return value.map(decode)
  if (value === null || typeof value !== 'object') return value
  if ('c' in value) return new torch.Complex(value.c[0], value.c[1])
  if ('i' in value) return BigInt(value.i)
  if ('f' in value)
    return typeof value.f === 'string'
      ? { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }[value.f as 'inf']
      : value.f
  return value
}
const recorded: readonly any[] = JSON.parse(readFileSync(new URL('fixtures/construction.json', import.meta.url), 'utf8'))

describe('torch.tensor', () => {
  it.each(recorded.map((record) => [JSON.stringify(record.value), record.dtype ?? '', record] as const))(
    '%s %s',
    (_value, _dtype, record) => {
      const make = () => torch.tensor(decode(record.value), record.dtype ? { dtype: record.dtype } : {})
      if (record.error)
        expect(make).toThrow(expect.objectContaining({ code: 'TSJ_TENSOR_DATA', message: expect.stringContaining(record.error) }))
      else {
        const tensor = make()
        expect([tensor.dtype, tensor.shape, tensor.tolist()]).toEqual([record.found, record.shape, decode(record.list)])
      }
    },
  )
  it('copies typed arrays, tensors and mixtures', () => {
    const array = Float32Array.of(1, 2, 3, 4)
    const tensor = torch.tensor(array, { shape: [2, 2] })
    array[0] = 9
    expect([tensor.dtype, tensor.tolist()]).toEqual([
      'float32',
      [
        [1, 2],
        [3, 4],
      ],
    ])
    expect(torch.tensor(Int16Array.of(-1, 300), { dtype: 'uint8' }).tolist()).toEqual([255, 44])
    expect(torch.tensor(BigUint64Array.of(2n ** 63n)).tolist()).toEqual([2n ** 63n])
    expect(torch.tensor([Uint8Array.of(1, 2), Uint8Array.of(3, 4)]).dtype).toBe('uint8')
    const mixed = torch.tensor([torch.tensor(1.5, { dtype: 'float64' }), 2])
    expect([mixed.dtype, mixed.tolist()]).toEqual(['float64', [1.5, 2]])
    const copy = torch.tensor(tensor, { dtype: 'float64' })
    tensor.fill_(0)
    expect(copy.tolist()).toEqual([
      [1, 2],
      [3, 4],
    ])
    expect(torch.tensor(torch.scalarFloat(2)).dtype).toBe('float32')
    expect(torch.tensor([1.5], { requires_grad: true, device: 'reference' })).toMatchObject({ requiresGrad: true })
    expect(String(torch.zeros([2], { device: 'reference' }).device)).toBe('reference')
    expect(() => torch.tensor([1], { requires_grad: true })).toThrow(
      'Only Tensors of floating point and complex dtype can require gradients',
    )
    expect(() => torch.tensor([torch.ones([2])])).toThrow('only one element tensors can be converted to Python scalars')
    const endless: any[] = []
    endless.push(endless)
    expect(() => torch.tensor(endless)).toThrow(torch.RuntimeError)
  })
})

describe('torch.fromTypedArray', () => {
  it('shares memory, unless it is asked not to or the memory is shared with others', () => {
    const array = new Float32Array([0, 1, 2, 3, 4, 5])
    const tensor = torch.fromTypedArray(array.subarray(2), { shape: [2, 2] })
    tensor.add_(10)
    expect([...array]).toEqual([0, 1, 12, 13, 14, 15])
    const copy = torch.fromTypedArray(array, { copy: true })
    copy.fill_(0)
    expect(array[5]).toBe(15)
    const pooled = Buffer.from([1, 2, 3])
    const bytes = torch.fromTypedArray(pooled)
    expect([bytes.tolist(), bytes.storage.byteLength]).toEqual([[1, 2, 3], 3])
  })
})
