import { Source } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { parseModule } from '../src/index.ts'
import { dumpAll } from './dump.ts'

/** Code as PyTorch writes it into archives, old and new. */
const snippets: Record<string, readonly [source: string, tree: string]> = {
  'a module': [
    `class Net(Module):
  __parameters__ = ["weight", "bias", ]
  __buffers__ = []
  training : bool
  _is_full_backward_hook : Optional[bool]
  fc : __torch__.torch.nn.modules.linear.___torch_mangle_0.Linear
  def forward(self: __torch__.Net,
    x: Tensor) -> Tensor:
    fc = self.fc
    _0 = (fc).forward(x, )
    return torch.add(_0, CONSTANTS.c0, alpha=2)
`,
    'class Net(Module) { (= __parameters__ (list "weight" "bias")); (= __buffers__ (list)); (= training : bool);' +
      ' (= _is_full_backward_hook : (index Optional bool));' +
      ' (= fc : (. (. (. (. (. (. __torch__ torch) nn) modules) linear) ___torch_mangle_0) Linear));' +
      ' def forward(self: (. __torch__ Net), x: Tensor) -> Tensor { (= fc (. self fc)); (= _0 (call (. fc forward) x));' +
      ' (return (call (. torch add) _0 (. CONSTANTS c0) alpha=2)) } }',
  ],
  'attributes that are no identifiers': [
    `class Sequential(Module):
  __parameters__ = []
  __annotations__ = []
  __annotations__["0"] = __torch__.A
  __annotations__["weird name"] = Tensor
  def forward(self: __torch__.Sequential, input: Tensor) -> Tensor:
    _0 = getattr(self, "0")
    return (_0).forward(input, )
`,
    'class Sequential(Module) { (= __parameters__ (list)); (= __annotations__ (list)); (= (index __annotations__ "0") (. __torch__ A));' +
      ' (= (index __annotations__ "weird name") Tensor);' +
      ' def forward(self: (. __torch__ Sequential), input: Tensor) -> Tensor { (= _0 (call getattr self "0")); (return (call (. _0 forward) input)) } }',
  ],
  'an old file': [
    `op_version_set = 1
import __torch__.torch.nn
class A(Module):
  _0 : Tensor
  def forward(self: __torch__.A,
    x: Tensor) -> Tuple[Tensor, Tensor]:
    y, z, = torch.max(x, 1, False)
    return (y, z)
`,
    '(= op_version_set 1)\n(import "import __torch__.torch.nn")\nclass A(Module) { (= _0 : Tensor);' +
      ' def forward(self: (. __torch__ A), x: Tensor) -> (index, Tuple Tensor Tensor)' +
      ' { (= (tuple, y z) (call (. torch max) x 1 False)); (return (tuple y z)) } }',
  ],
  loops: [
    `def f(x: Tensor,
    n: int) -> Tensor:
  y = x
  for i in range(n):
    y = torch.add(y, i)
  _0 = True
  while _0:
    y0 = torch.neg(y)
    _0 = bool(torch.lt(y0, 9223372036854775807))
  return y
`,
    'def f(x: Tensor, n: int) -> Tensor { (= y x); for i in (call range n) { (= y (call (. torch add) y i)) }; (= _0 True);' +
      ' while _0 { (= y0 (call (. torch neg) y)); (= _0 (call bool (call (. torch lt) y0 9223372036854775807n))) }; (return y) }',
  ],
  'branches and errors': [
    `def f(x: Optional[Tensor]) -> Tensor:
  if torch.__isnot__(x, None):
    y = unchecked_cast(Tensor, x)
  else:
    ops.prim.RaiseException("AssertionError: \\n\\"x\\" is None")
    y = uninitialized(Tensor)
  return y
`,
    'def f(x: (index Optional Tensor)) -> Tensor { if (call (. torch __isnot__) x None) { (= y (call unchecked_cast Tensor x)) } else' +
      ' { (call (. (. ops prim) RaiseException) "AssertionError: \\n\\"x\\" is None"); (= y (call uninitialized Tensor)) }; (return y) }',
  ],
  constants: [
    `def f(x: Tensor) -> List[Optional[float]]:
  a = annotate(List[Optional[float]], [inf, -inf, nan, 9.9999999999999995e-07, -1., None])
  b = annotate(Dict[str, int], {})
  c = {"k": 1, "l": -2}
  d = torch.device("cuda:0")
  e = 2j
  _0 = ops.prim.data(x)
  return a
`,
    'def f(x: Tensor) -> (index List (index Optional float)) { (= a (call annotate (index List (index Optional float)) (list inf (-: inf) nan f0.000001 (-: f1) None)));' +
      ' (= b (call annotate (index, Dict str int) (dict))); (= c (dict "k"=>1 "l"=>(-: 2))); (= d (call (. torch device) "cuda:0")); (= e j2);' +
      ' (= _0 (call (. (. ops prim) data) x)); (return a) }',
  ],
  'a fork': [
    `class F(Module):
  __parameters__ = []
  def forward(self: __torch__.F,
    x: Tensor) -> Tensor:
    def __forked_function():
      return torch.relu(x)
    _0 = fork(__forked_function)
    return wait(_0)
`,
    'class F(Module) { (= __parameters__ (list)); def forward(self: (. __torch__ F), x: Tensor) -> Tensor' +
      ' { def __forked_function() { (return (call (. torch relu) x)) }; (= _0 (call fork __forked_function)); (return (call wait _0)) } }',
  ],
  'an interface': [
    `class I(Interface):
  def forward(self, x: Tensor) -> Tensor:
    pass
  def other(self, n: int) -> None:
    pass
`,
    'class I(Interface) { def forward(self, x: Tensor) -> Tensor { pass }; def other(self, n: int) -> None { pass } }',
  ],
  'a NamedTuple and an Enum': [
    `class P(NamedTuple):
  x : Tensor
  n : int = 3
class Color(Enum):
  RED = 1
  GREEN = 2
`,
    'class P(NamedTuple) { (= x : Tensor); (= n : int 3) }\nclass Color(Enum) { (= RED 1); (= GREEN 2) }',
  ],
  'a static method': [
    `class S:
  __annotations__ = []
  @staticmethod
  def make(n: int) -> __torch__.S:
    _0 = __torch__.S.__new__(__torch__.S)
    _1 = (_0).__init__(n, )
    return _0
`,
    'class S() { (= __annotations__ (list)); @staticmethod def make(n: int) -> (. __torch__ S)' +
      ' { (= _0 (call (. (. __torch__ S) __new__) (. __torch__ S))); (= _1 (call (. _0 __init__) n)); (return _0) } }',
  ],
  'with and subscripts': [
    `def f(self: __torch__.W, xs: List[Tensor]) -> Tensor:
  with torch.no_grad():
    y = xs[0]
    _0 = torch.slice(y, 0, 0, 9223372036854775807)
  (self).n = torch.add((self).n, 1)
  xs[-1] = y
  return (xs)[torch.sub(torch.len(xs), 1)]
`,
    'def f(self: (. __torch__ W), xs: (index List Tensor)) -> Tensor { with (call (. torch no_grad)) { (= y (index xs 0));' +
      ' (= _0 (call (. torch slice) y 0 0 9223372036854775807n)) }; (= (. self n) (call (. torch add) (. self n) 1));' +
      ' (= (index xs (-: 1)) y); (return (index xs (call (. torch sub) (call (. torch len) xs) 1))) }',
  ],
  'names that Python reserves': [
    `class K(Module):
  lambda : Tensor
  async : __torch__.nonlocal.try.A
  def forward(self: __torch__.K) -> Tensor:
    return torch.random_(self.lambda, from=0)
`,
    'class K(Module) { (= lambda : Tensor); (= async : (. (. (. __torch__ nonlocal) try) A));' +
      ' def forward(self: (. __torch__ K)) -> Tensor { (return (call (. torch random_) (. self lambda) from=0)) } }',
  ],
}

describe('code of archives', () => {
  it.each(Object.keys(snippets))('%s', (name) => {
    const [source, tree] = snippets[name]
    const module = parseModule(new Source(source, 'code/__torch__.py'), { octalBytes: true })
    expect(dumpAll(module.body)).toBe(tree)
    expect([module.range.start, module.range.end]).toEqual([0, source.length])
  })
})
