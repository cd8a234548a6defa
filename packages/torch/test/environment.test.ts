import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as torch from '../src/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

const { script, scriptFile, hostFunction, Attribute, loadSync, saveToBuffer } = torch.jit
const x = torch.tensor([1, 2], { dtype: 'float32' })
const define = (body: string): string => `def f(x):\n    ${body.replaceAll('\n', '\n    ')}\n`
/** The result of a function that uses `a`, and of the same function saved and loaded. */
function both(body: string, a: unknown): unknown[] {
  const f = script(define(body), { env: { a } })
  const plain = (value: unknown): unknown => (value instanceof torch.Tensor ? value.tolist() : value)
  return [plain(f(x)), plain(loadSync(saveToBuffer(f)).forward(x))]
}
const refusal = (code: string, text: string) => expect.objectContaining({ code, message: expect.stringContaining(text) })

const path = join(temporaryFolder(), 'net.py')
writeFileSync(
  path,
  `import torch
from typing import NamedTuple
from enum import Enum
class Point(NamedTuple):
    a: torch.Tensor
    n: int = 3
class Color(Enum):
    RED = 1
    BLUE = 2
class Counter:
    def __init__(self, n: int):
        self.n = n
    def add(self, m: int) -> int:
        self.n += m
        return self.n
class Net(torch.nn.Module):
    def __init__(self, n: int = 2):
        super().__init__()
        self.lin = torch.nn.Linear(n, n)
    def forward(self, x):
        return self.lin(x) + 1
net = Net()
layers = torch.nn.Sequential(torch.nn.Linear(2, 2), net)
scripted = torch.jit.script(net)
SIZES = (1, 2.5, 'a')
TABLE = {'k': [1, 2]}
weights = torch.ones(2)
favourite = Color.BLUE
broken = torch.ones(2).reshape(7)
def by_color(x, c: Color):
    return x + c.value
def call_net(x):
    return net(x) + layers(x)
`,
)
const file = scriptFile(path)

describe('constants of every kind', () => {
  test.each<[string, string, unknown, unknown]>([
    ['int', 'return a + 0', 3, 3],
    ['int of 64 bits', 'return a + 0', 2n ** 60n, 2n ** 60n],
    ['float', 'return a * 2', 0.25, 0.5],
    ['a number beyond the ints', 'return a', 1e300, 1e300],
    ['bool', 'return not a', true, false],
    ['str', 'return a + "!"', 'say "hi"\n', 'say "hi"\n!'],
    ['null', 'return a is None', null, true],
    ['tensor', 'return a + x', x, [2, 4]],
    ['complex', 'return a * 2', new torch.Complex(1, 2), new torch.Complex(2, 4)],
    ['device', 'return torch.zeros([1], device=a)', torch.Device.parse('cpu'), [0]],
    ['list of ints', 'return a[1]', [1, 2], 2],
    ['list of ints and floats', 'return a[0] + a[1]', [1, 2.5], 3.5],
    ['list of lists', 'return a[1][0]', [[1], [2, 3]], 2],
    ['list of tensors', 'return a[0] + a[1]', [x, x], [2, 4]],
    ['tuple', 'return a[1] + str(a[0])', [2, 'ab', null], 'ab2'],
    ['dict', 'return a["k"] + len(a)', { k: 1, l: 2 }, 3],
    ['dict with other keys', 'return a[2]', new Map([[2, 0.5]]), 0.5],
    ['dict of lists', 'return a["k"][1]', { k: [1, 2] }, 2],
    ['typed float', 'return a', new Attribute(2, 'float'), 2],
    ['typed list', 'a.append(4)\nreturn a', new Attribute([], 'List[int]'), [4]],
    ['typed dict', 'a["z"] = 1\nreturn a["z"] + len(a)', new Attribute({}, 'Dict[str, int]'), 2],
    ['dtype', 'return x.to(a).dtype == torch.float64', new Attribute('float64', 'torch.dtype'), true],
    ['enum member', 'return a.value', file.Color.BLUE, 2],
  ])('%s', (_, body, a, expected) => {
    expect(both(body, a)).toEqual([expected, expected])
  })
  test('a list is one for the whole call, and another for the next', () => {
    const f = script(define('a.append(1)\na.append(2)\nreturn len(a)'), { env: { a: [0] } })
    expect([f(x), f(x)]).toEqual([3, 3])
  })
  test.each<[string, unknown, string]>([
    ['an int of more than 64 bits', 2n ** 63n, 'more than 64 bits'],
    ['an empty array', [], "new torch.jit.Attribute([], 'List[int]')"],
    ['an empty object', {}, 'does not tell the type'],
    ['a dict of several types', { a: 1, b: 'x' }, 'have no type in common'],
    ['a date', new Date(), "cannot use the value given for 'a'"],
    ['a symbol in an array', [Symbol('s')], "cannot use the value given for 'a'"],
    ['a class', class Plain {}, 'is a class of JavaScript'],
    ['a module class', file.Net, 'is a class of JavaScript'],
    ['an async function', async (y: unknown) => y, 'is async'],
  ])('%s is refused', (_, a, text) => {
    expect(() => script(define('return a'), { env: { a } })).toThrow(refusal('TSJ_ENVIRONMENT', text))
  })
  test('a value of another type than Attribute says', () => {
    expect(() => script(define('return a'), { env: { a: new Attribute('x', 'int') } })).toThrow(refusal('TSJ_ARGUMENT_TYPE', "for 'a'"))
  })
})

describe('what a Python file defines', () => {
  test.each<[string, string, unknown, unknown]>([
    ['class', 'c = a(2)\nc.add(3)\nreturn c.n', file.Counter, 5],
    ['NamedTuple', 'return a(x).n', file.Point, 3],
    ['enum', 'return a.RED.value', file.Color, 1],
    ['function', 'return a(x, torch.jit.annotate(int, 1))', script('def g(x, n: int):\n    return x + n\n'), [2, 3]],
  ])('in env: %s', (_, body, a, expected) => {
    expect(both(body, a)).toEqual([expected, expected])
  })
  test('in a template', () => {
    const f = script`
      def f(x):
          counter = ${file.Counter}(2)
          return x + counter.add(1) + ${[1, 2.5]}[1] + ${file.Color}.RED.value
    `
    expect(f(x).tolist()).toEqual([7.5, 8.5])
  })
  test('enum members are arguments', () => {
    expect(file.by_color(x, file.Color.RED).tolist()).toEqual([2, 3])
    expect(
      script(define('return a(x, c)').replace('(x)', '(x, c: Color)'), { env: { a: file.by_color, Color: file.Color } })(
        x,
        file.favourite,
      ).tolist(),
    ).toEqual([3, 4])
  })
  test('modules and values at the top of the file', () => {
    const one = file.net.forward(x).tolist()
    expect(file.net).toBe(file.net)
    expect(file.scripted.forward(x).tolist()).toEqual(one)
    const two = file.layers.forward(x).tolist()
    expect(file.call_net(x).tolist()).toEqual([one[0] + two[0], one[1] + two[1]].map(Math.fround))
    expect(file.call_net.graphText).toContain('^<python_value>[]()(%x)')
    expect([file.SIZES, file.TABLE, file.weights.tolist()]).toEqual([[1, 2.5, 'a'], new Map([['k', [1, 2]]]), [1, 1]])
    expect(() => file.broken).toThrow(/RuntimeError|invalid for input/)
    expect(() => saveToBuffer(file.call_net)).toThrow(refusal('TSJ_SAVE_HOST_CALLS', "'Net', called by"))
  })
})

describe('scripted containers', () => {
  const layers = script(new torch.nn.Sequential(new torch.nn.Linear(2, 2), new torch.nn.ReLU()))
  const wanted = layers.forward(x).tolist()
  test.each([
    ['iterated', 'for layer in a:\n    x = layer(x)\nreturn x'],
    ['indexed', 'return a[1](a[0](x))'],
    ['enumerated', 'for i, layer in enumerate(a):\n    x = layer(x) + 0 * i\nreturn x'],
    ['called', 'return a(x) * len(a) / 2'],
    ['forked', 'return torch.jit.wait(torch.jit.fork(a, x))'],
  ])('%s', (_, body) => {
    expect(both(body, layers)).toEqual([wanted, wanted])
  })
  test('below a module, and by name', () => {
    const net = script(new Branches())
    const body = 'for layer in a.list:\n    x = layer(x)\nfor name, layer in a.dict.items():\n    x = layer(x)\nreturn a.dict["two"](x)'
    expect(both(body, net)).toEqual([
      [8, 16],
      [8, 16],
    ])
    expect(() => script(define('for layer in a:\n    pass\nreturn x'), { env: { a: net } })).toThrow('can be used as an iterable')
  })
})

class Double extends torch.nn.Module {
  override forward(y: any): any {
    return y.mul(2)
  }
}
class Branches extends torch.nn.Module {
  list = new torch.nn.ModuleList([new Double()])
  dict = new torch.nn.ModuleDict({ two: new Double() })
  override forward(y: any): any {
    return y
  }
}

describe('host functions', () => {
  const calling = (fn: unknown, body = 'return a(x)') => script(define(body), { env: { a: fn } })
  test.each<[string, string, (...args: any[]) => unknown, string, unknown]>([
    ['lists and dicts', '(List[int]) -> Dict[str, int]', (list) => ({ n: list.length }), 'return a([1, 2])["n"]', 2],
    ['tuples', '(Tuple[int, str]) -> Tuple[str, int]', ([n, s]) => [s, n], 'return a((1, "x"))', ['x', 1]],
    ['optionals', '(Optional[int]) -> Optional[str]', (n) => (n === null ? undefined : 'x'), 'return a(None) is None', true],
    ['None', '(Tensor) -> None', () => {}, 'a(x)\nreturn 1', 1],
    ['keywords by name', '(x: Tensor, n: int) -> int', (_, n) => n, 'return a(n=3, x=x)', 3],
  ])('%s', (_, signature, fn, body, expected) => {
    expect(calling(hostFunction(signature, fn as never), body)(x)).toEqual(expected)
  })
  test('what they throw is the cause, and the line is named', () => {
    const broken = hostFunction('(Tensor) -> Tensor', (() => {
      throw new RangeError('out of fuel')
    }) as never)
    const cause = expect.objectContaining({ name: 'RangeError', message: 'out of fuel' })
    expect(() => calling(broken)(x)).toThrow(
      expect.objectContaining({ code: 'TSJ_HOST_RAISED', cause, message: expect.stringContaining('line 2, in f\n') }),
    )
    expect(() => calling(hostFunction('(Tensor) -> Tensor', (() => Promise.reject(new Error('late'))) as never))(x)).toThrow(
      refusal('TSJ_HOST_ASYNC', 'script does not wait'),
    )
    expect(() => calling(() => 3, 'return a()')(x)).toThrow(
      refusal('TSJ_ARGUMENT_TYPE', "expected a value of type 'Tensor' for the result"),
    )
  })
  test('calls are checked against the signature', () => {
    const typed = hostFunction('(Tensor, int) -> Tensor', (y: torch.Tensor) => y)
    expect(() => calling(typed)).toThrow(refusal('TSJ_ARGUMENTS', 'Argument arg1 not provided'))
    expect(() => calling(typed, 'return a(x, "s")')).toThrow(refusal('TSJ_ARGUMENTS', "instead found type 'str'"))
    expect(() => hostFunction('Tensor -> Tensor', () => x)).toThrow(refusal('TSJ_SIGNATURE', 'is not a signature'))
    expect(() => hostFunction('(Tensro) -> Tensor', () => x)).toThrow(refusal('TSJ_UNKNOWN_TYPE', 'Tensro'))
  })
})
