import { describe, expect, it } from 'vitest'
import {
  PyArguments,
  PyComplex,
  PyDict,
  PyFloat,
  PyGlobal,
  PyObject,
  PyPersistent,
  PyReduce,
  PySet,
  PyTuple,
  pickle,
  TorchDevice,
  torchGlobals,
  typedList,
  typeTagged,
  unpickle,
} from '../src/pickle/index.ts'
import { BytesSource, ZipReader } from '../src/zip/index.ts'
import { codeOf, fixture } from './fixture.ts'

/** A tensor as the module saver will have it. */
class Tensor {
  constructor(
    readonly storageClass: string,
    readonly key: string,
    readonly numel: number,
    readonly sizes: readonly number[],
    readonly strides: readonly number[],
    readonly requiresGrad = false,
  ) {}
}

function tensorModel({ storageClass, key, numel, sizes, strides, requiresGrad }: Tensor): PyReduce {
  const storage = new PyPersistent(new PyTuple(['storage', new PyGlobal('torch', storageClass), key, 'cpu', numel]))
  const hooks = new PyReduce(new PyGlobal('collections', 'OrderedDict'), new PyTuple([]))
  return new PyReduce(
    new PyGlobal('torch._utils', '_rebuild_tensor_v2'),
    new PyArguments([storage, 0, new PyArguments(sizes), new PyArguments(strides), requiresGrad, hooks]),
  )
}

function object(module: string, name: string, attributes: [string, unknown][]): PyObject {
  const instance = new PyObject({ module, name })
  instance.state = new PyDict(attributes)
  return instance
}

const float = (value: number): PyFloat => new PyFloat(value)

describe('pickle', () => {
  it('writes the bytes of torch.jit.save', () => {
    const linear = object('__torch__.torch.nn.modules.linear', 'Linear', [
      ['weight', new Tensor('FloatStorage', '3', 6, [2, 3], [3, 1], true)],
      ['bias', new Tensor('FloatStorage', '4', 2, [2], [1], true)],
      ['training', true],
      ['_is_full_backward_hook', null],
    ])
    const net = object('__torch__', 'Net', [
      ['empty', new Tensor('FloatStorage', '0', 0, [0], [1])],
      ['training', true],
      ['_is_full_backward_hook', null],
      ['ints', typedList('int', [1, 2, 300, 70000, 2 ** 40, -1])],
      ['floats', typedList('double', [float(1), float(2.5)])],
      ['bools', typedList('bool', [true, false])],
      ['tensors', typedList('tensor', [new Tensor('FloatStorage', '1', 2, [2], [1]), new Tensor('LongStorage', '2', 3, [3], [1])])],
      ['names', typeTagged(['a', 'b'], 'List[str]')],
      ['pairs', typeTagged([new PyTuple([1, float(2)])], 'List[Tuple[int, float]]')],
      [
        'table',
        typeTagged(
          new PyDict([
            ['a', 1],
            ['b', 2],
          ]),
          'Dict[str, int]',
        ),
      ],
      ['record', new PyTuple([1, 'x', null, true])],
      ['device', new TorchDevice('cpu', undefined)],
      ['factor', new PyComplex(3, 4)],
      ['colour', new PyReduce(new PyGlobal('__torch__', 'Colour'), 2)],
      ['limit', null],
      ['linear', linear],
    ])
    const bytes = pickle(net, { replace: (value) => (value instanceof Tensor ? tensorModel(value) : undefined) })
    const expected = ZipReader.open(new BytesSource(fixture('scripted.pt'))).read('scripted/data.pkl')
    expect(Buffer.from(bytes).toString('latin1')).toBe(Buffer.from(expected).toString('latin1'))
  })

  it('writes what it reads back', () => {
    const value = new PyDict<unknown>([
      ['ints', [0, 255, 256, 65535, 65536, -1, 2 ** 31, -(2 ** 53) + 1, 1n << 62n, -(1n << 70n)]],
      [1, float(-0)],
      [new PyTuple([1, 'x']), new PyTuple([1, 2, 3, 4])],
      ['text', 'grüße 🦊'],
      ['bytes', Uint8Array.of(0, 255)],
      ['set', new PySet([1, 'a'])],
      ['none', null],
      ['complex', new PyComplex(1, -2)],
    ])
    const back = unpickle(pickle(value), { findGlobal: torchGlobals() }) as PyDict
    expect([...back]).toEqual([...value])
  })

  it('remembers shared values, and many of them', () => {
    const shared = [1]
    const back = unpickle(pickle([shared, shared])) as unknown[]
    expect(back[0]).toBe(back[1])
    const names = Array.from({ length: 300 }, (_, i) => `name ${i}`)
    expect(unpickle(pickle([names, [...names]]))).toEqual([names, names])
    // `]` mark `]` append, BINPUT 0, BINGET 0: the inner list is written once.
    expect(Buffer.from(pickle([shared, shared])).toString('latin1')).toBe('\x80\x02](](K\x01eq\0h\0e.')
  })

  it('refuses what has no place in a pickle', () => {
    const cyclic: unknown[] = []
    cyclic.push(cyclic)
    let deep: unknown[] = []
    for (let i = 0; i < 2000; i++) deep = [deep]
    expect(codeOf(() => pickle(cyclic))).toBe('TSJ_PICKLE_CYCLE')
    expect(codeOf(() => pickle(deep))).toBe('TSJ_PICKLE_DEPTH')
    expect(codeOf(() => pickle(1.5))).toBe('TSJ_PICKLE_VALUE')
    expect(codeOf(() => pickle(undefined))).toBe('TSJ_PICKLE_VALUE')
    expect(codeOf(() => pickle(new Map()))).toBe('TSJ_PICKLE_VALUE')
    expect(codeOf(() => pickle(new PyGlobal('a\nb', 'c')))).toBe('TSJ_PICKLE_VALUE')
  })
})
