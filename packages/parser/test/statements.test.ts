import { Source } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { parseModule, parseStatements } from '../src/index.ts'
import { dumpAll } from './dump.ts'

const parse = (text: string): string => dumpAll(parseModule(new Source(text, 'test.py')).body)

function cases(title: string, pairs: readonly (readonly [source: string, tree: string])[]): void {
  describe(title, () => {
    it.each(pairs.map(([source, tree]) => ({ source, tree })))('$source', ({ source, tree }) => expect(parse(source)).toBe(tree))
  })
}

cases('simple statements', [
  ['', ''],
  ['# nothing\n\n', ''],
  ['x', 'x'],
  ['x; y;', 'x\ny'],
  ['pass\nbreak\ncontinue\n', 'pass\nbreak\ncontinue'],
  ['x = 1', '(= x 1)'],
  ['x = y = z', '(= x y z)'],
  ['y, z, = t', '(= (tuple, y z) t)'],
  ['_0, _1, = (x).foo()', '(= (tuple, _0 _1) (call (. x foo)))'],
  ['(a, [b, *c]) = d', '(= (tuple a (list b (star c))) d)'],
  ['*a, b = c', '(= (tuple, (star a) b) c)'],
  ['a.b[c] = d, *e', '(= (index (. a b) c) (tuple, d (star e)))'],
  ['x: int', '(= x : int)'],
  ['x : Tensor = y', '(= x : Tensor y)'],
  ['self.x: List[int] = []', '(= (. self x) : (index List int) (list))'],
  ['x = yield', '(= x (unsupported yield))'],
  ['yield x', '(unsupported yield)'],
  ['return', '(return)'],
  ['return x', '(return x)'],
  ['return x, *y', '(return (tuple, x (star y)))'],
  ['raise', '(raise)'],
  ['raise E("x")', '(raise (call E "x"))'],
  ['raise E from F', '(raise E from F)'],
  ['assert x', '(assert x)'],
  ['assert x, "m"', '(assert x "m")'],
  ['assert(x)', '(assert x)'],
  ['del x', '(del x)'],
  ['del x, y[0], z.w,', '(del x (index y 0) (. z w))'],
  ['import a.b as c, d', '(import "import a.b as c, d")'],
  ['from ..a import b as c, d', '(import "from ..a import b as c, d")'],
  ['from . import (a,\n  b,)', '(import "from . import (a,\\n  b,)")'],
  ['from x import *', '(import "from x import *")'],
  ['from ... import x', '(import "from ... import x")'],
  [
    'match = 1\nmatch(x)\nmatch[0]\nmatch.x\ntype = 2\ntype(x)',
    '(= match 1)\n(call match x)\n(index match 0)\n(. match x)\n(= type 2)\n(call type x)',
  ],
  ...['+', '-', '*', '/', '//', '%', '**', '@', '&', '|', '^', '<<', '>>'].map(
    (op) => [`a ${op}= b, c`, `(${op}= a (tuple, b c))`] as const,
  ),
])

cases('blocks', [
  ['if a:\n  b\n', 'if a { b }'],
  ['if a: b; c', 'if a { b; c }'],
  ['if a:\n  b\nelse:\n  c\nd', 'if a { b } else { c }\nd'],
  ['if a:\n  b\nelif c:\n  d\nelif e: f\nelse:\n  g', 'if a { b } else { if c { d } else { if e { f } else { g } } }'],
  ['if x := 1: pass', 'if (unsupported :=) { pass }'],
  ['while a:\n  b\nelse:\n  c', 'while a { b } else { c }'],
  ['for x in y:\n  z', 'for x in y { z }'],
  ['for i, (j, *k) in a, b:\n  z\nelse:\n  w', 'for (tuple, i (tuple j (star k))) in (tuple, a b) { z } else { w }'],
  ['for x.y in z: pass', 'for (. x y) in z { pass }'],
  ['with a: pass', 'with a { pass }'],
  ['with a as b, c as (d, e):\n  f', 'with a as b, c as (tuple d e) { f }'],
  ['with (a as b, c,):\n  f', 'with a as b, c { f }'],
  ['with (a, b) as c: pass', 'with (tuple a b) as c { pass }'],
  ['with (a).b: pass', 'with (. a b) { pass }'],
  ['if a:\n\tif b:\n\t\tc\n\td', 'if a { if b { c }; d }'],
  ['if a:\n  b\n\n  # comment\n# comment at another level\n  c', 'if a { b; c }'],
  ['if a:\r\n  b\r\n\r\nc\r\n', 'if a { b }\nc'],
  ['  x\n  y\n', 'x\ny'],
  ['\n    def f(x):\n      return x\n\n    y\n', 'def f(x) { (return x) }\ny'],
  ['if a:\n  x = [1,\n2,\n    3]\n  y', 'if a { (= x (list 1 2 3)); y }'],
  ['if a:\n  b = 1 + \\\n2\n  c', 'if a { (= b (+ 1 2)); c }'],
  ['if a:\n  b\n  ', 'if a { b }'],
  ['if a:\n  if b:\n    c', 'if a { if b { c } }'],
])

cases('functions', [
  ['def f(): pass', 'def f() { pass }'],
  ['def f(self: T, x: Tensor) -> Tensor:\n  return x', 'def f(self: T, x: Tensor) -> Tensor { (return x) }'],
  ['def f(a, b=1, *c, d, e=2, **f): pass', 'def f(a, b=1, *c, kw d, kw e=2, **f) { pass }'],
  ['def f(a, /, b, *, c): pass', 'def f(/a, b, kw c) { pass }'],
  ['def f(*args: int, **kw: str): pass', 'def f(*args: int, **kw: str) { pass }'],
  [
    'def f(a: int=1,\n    b: Optional[int]=None,\n    ) -> Tuple[int, int]:\n  return a, b',
    'def f(a: int=1, b: (index Optional int)=None) -> (index, Tuple int int) { (return (tuple, a b)) }',
  ],
  [
    'def f():\n  def __forked_function():\n    return 1\n  return __forked_function',
    'def f() { def __forked_function() { (return 1) }; (return __forked_function) }',
  ],
  ['@a\n@b.c(1)\ndef f(): pass', '@a @(call (. b c) 1) def f() { pass }'],
  ['def f():\n  """doc"""', 'def f() { "doc" }'],
  ['def f(): ...', 'def f() { ... }'],
])

cases('classes', [
  ['class A: pass', 'class A() { pass }'],
  ['class A():\n  x = 1', 'class A() { (= x 1) }'],
  ['class A(B, metaclass=C, *d, **e): pass', 'class A(B, (star d), metaclass=C, **e) { pass }'],
  ['class A:\n  lambda : Tensor\n  from : int\n  x : int', 'class A() { (= lambda : Tensor); (= from : int); (= x : int) }'],
  ['@d\nclass A:\n  @staticmethod\n  def f(x): return x', '@d class A() { @staticmethod def f(x) { (return x) } }'],
])

cases('type comments', [
  ['x = []  # type: List[int]', '(= x (list) # (index List int))'],
  ['x = y = 1 # type: int # really', '(= x y 1 # int)'],
  ['x = 1  # type: ignore', '(= x 1)'],
  ['x = 1  # type: ignore[assignment]', '(= x 1)'],
  ['x = 1  # type:', '(= x 1)'],
  ['x = 1  # types: int', '(= x 1)'],
  ['x = 1  # type: what we have', '(= x 1 #text what we have)'],
  ['x = 1\n# type: int\ny = 2', '(= x 1)\n(= y 2)'],
  ['def f(x, y):\n  # type: (int, Tensor) -> Tensor\n  pass', 'def f(x, y) # (int, Tensor) -> Tensor { pass }'],
  ['def f(x, y):  # type: (int, Tensor) -> Tensor\n  pass', 'def f(x, y) # (int, Tensor) -> Tensor { pass }'],
  ['def f(x):\n  # a comment\n\n# type: (int) -> Tuple[int, int]\n  pass', 'def f(x) # (int) -> (index, Tuple int int) { pass }'],
  ['def f(x):  # type: ignore\n  # type: (int) -> int\n  pass', 'def f(x) # (int) -> int { pass }'],
  ['def f(x): return x  # type: (int) -> int', 'def f(x) # (int) -> int { (return x) }'],
  ['def f(*a, **k):\n  # type: (*int, **str) -> None\n  pass', 'def f(*a, **k) # (int, str) -> None { pass }'],
  ['def f():\n  # type: () -> None\n  pass', 'def f() # () -> None { pass }'],
  ['def f(x):\n  # type: (int)\n  pass', 'def f(x) #text (int) { pass }'],
  ['def f(x):\n  pass\n  # type: (int) -> int\n', 'def f(x) { pass }'],
  [
    'def f(x,  # type: Tensor\n      y=1,  # type: List[int]\n      z=None  # type: Optional[int]\n      ):\n  # type: (...) -> Tensor\n  pass',
    'def f(x # Tensor, y=1 # (index List int), z=None # (index Optional int)) # (...) -> Tensor { pass }',
  ],
])

cases('what is taken as a whole to be refused later', [
  ['global a, b', '(unsupported global)'],
  ['def f():\n  nonlocal a', 'def f() { (unsupported nonlocal) }'],
  ['try:\n  x = [1]\nexcept E as e:\n  y\nelse: z\nfinally:\n  if w:\n    v\na', '(unsupported try)\na'],
  ['try: x\nfinally: y\nz', '(unsupported try)\nz'],
  ['async def f():\n  await x\ny', '(unsupported async def)\ny'],
  ['@d\nasync def f(): pass', '(unsupported async def)'],
  ['async for x in y:\n  z\nelse:\n  w\nv', '(unsupported async for)\nv'],
  ['async with a as b:\n  c', '(unsupported async with)'],
  ['match x:\n  case [1, 2]:\n    y\n  case _:\n    z\nw', '(unsupported match)\nw'],
  ['match -x, y:\n  case 1: pass', '(unsupported match)'],
  ['type X = int\ntype Y[T] = List[T]', '(unsupported type)\n(unsupported type)'],
])

describe('parseStatements', () => {
  it('parses a part of a source with offsets into the whole', () => {
    const source = new Source('ignored ][\nx = 1\nmore ][', 'test.py')
    const statements = parseStatements(source, 11, 17)
    expect(dumpAll(statements)).toBe('(= x 1)')
    expect([statements[0].range.start, statements[0].range.end]).toEqual([11, 16])
  })
})
