"""Types, classes, containers, operators, calls."""
import torch
import math
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from typing import List, Dict, Optional, Tuple, Union, Any, NamedTuple, Final, Callable
from collections import namedtuple, OrderedDict
from enum import Enum
from dataclasses import dataclass
import enum
import typing
import collections

class Color(Enum):
    RED = 1
    GREEN = 2

class Name(enum.Enum):
    A = "a"
    B = "b"

class Fl(Enum):
    X = 1.5

class Point(NamedTuple):
    x: Tensor
    y: int = 3

P2 = namedtuple('P2', ['a', 'b'])
P3 = NamedTuple('P3', [('a', int), ('b', Optional[Tensor])])

@dataclass
class DC:
    x: int
    y: float = 2.0

@dataclass(order=True)
class DC2:
    a: int
    b: Optional[int] = None
    def total(self) -> int:
        return self.a

@torch.jit.script
class Acc:
    total: int
    def __init__(self, start: int = 0):
        self.total = start
        self.items: List[int] = []
    def add(self, n: int) -> int:
        self.total += n
        self.items.append(n)
        return self.total
    def __len__(self) -> int:
        return len(self.items)
    def __add__(self, other: 'Acc') -> 'Acc':
        r = Acc(self.total)
        return r
    def __contains__(self, k: int) -> bool:
        return k in self.items
    def __getitem__(self, i: int) -> int:
        return self.items[i]
    def __setitem__(self, i: int, v: int) -> None:
        self.items[i] = v
    def __enter__(self):
        return self
    def __exit__(self, a: Any, b: Any, c: Any):
        pass
    @staticmethod
    def make(n: int) -> 'Acc':
        return Acc(n)
    @property
    def twice(self) -> int:
        return self.total * 2
    @twice.setter
    def twice(self, v: int) -> None:
        self.total = v // 2

class NotDecorated:
    def __init__(self, x: Tensor):
        self.x = x
    def get(self) -> Tensor:
        return self.x

@torch.jit.interface
class Iface:
    def run(self, x: Tensor) -> Tensor:
        pass

@torch.jit.script
class Impl:
    def __init__(self):
        pass
    def run(self, x: Tensor) -> Tensor:
        return x + 1

class MyErr(Exception):
    pass

@torch.jit.ignore
def ignored(x: Tensor, n: int) -> Tensor:
    import numpy
    return x
@torch.jit.unused
def unused_fn(x: Tensor, n: int) -> Tensor:
    import numpy
    return x
@torch.jit.ignore
def ignored2(x):
    return x
@torch.jit.script
def scripted(x, n: int):
    return x * n
alias_relu = torch.relu
Vec = List[int]
Pair = Tuple[int, int]

def t1(c: Color):
    if c == Color.RED:
        return 1
    return 2
def t2(n: Name) -> str:
    return n.value + n.name
def t3():
    return Color.RED.value
def t4(x: int) -> Color:
    return Color.RED if x > 2 else Color.GREEN
def t5():
    r = 0
    for c in Color:
        r += c.value
    return r
def t6(x, y: int):
    return Point(x, y)
def t7(p: Point):
    return p.x + p.y
def t8(p: Point):
    a, b = p
    return a * b
def t9(x):
    return P2(x, x)
def t10(x: int):
    return P3(x, None)
def t11(x: int):
    d = DC(x)
    return d.x + d.y
def t12(a: int, b: int):
    return DC2(a) < DC2(b)
def t13(a: int):
    return DC2(a, 3) == DC2(a)
def t14(n: int):
    a = Acc(n)
    a.add(2)
    return a.total + len(a)
def t15(n: int):
    a = Acc()
    return a[0] + n
def t16(n: int):
    a = Acc.make(n)
    a[0] = 5
    return (a + a).total
def t17(n: int):
    a = Acc(n)
    with a as b:
        b.add(1)
    return 3 in a
def t18(x):
    return NotDecorated(x).get()
def t19(i: Iface, x):
    return i.run(x)
def t20(x):
    i: Iface = Impl()
    return i.run(x)
def t21(x: int):
    raise MyErr("bad")
def t22(x: int):
    if x > 2:
        raise NotImplementedError
    return x
def t23(x, n: int):
    return ignored(x, n)
def t24(x, n: int):
    return unused_fn(x, n)
def t25(x):
    return ignored2(x)
def t26(x):
    return scripted(x, 3) + alias_relu(x)
def t27(v: Vec, p: Pair) -> Vec:
    return v + [p[0]]
def t28(a: Acc):
    a.twice = 4
    return a.twice
def t29(x: Optional[int]):
    if x is None:
        return 0
    return x + 1
def t30(x: Optional[Tensor], y: Optional[int] = None):
    assert x is not None
    z = 3 if y is None else y
    return x + z
def t31(x: Union[int, str]):
    if isinstance(x, int):
        return x
    else:
        return len(x)
def t32(x: Any):
    if isinstance(x, (int, float)):
        return 1
    if isinstance(x, Tensor):
        return 2
    if torch.jit.isinstance(x, List[int]):
        return x[0]
    return 3
def t33(x: Union[int, float, None]):
    if x is not None:
        return float(x)
    return 0.0
def t34(d: Dict[str, int]):
    r = 0
    for k in d:
        r += d[k]
    for k, v in d.items():
        r += v
    for v in d.values():
        r -= v
    return r
def t35(d: Dict[str, List[int]]):
    if "a" in d:
        d["a"].append(1)
    d.pop("b")
    return d.get("c", [1])
def t36():
    d = {}
    d2: Dict[int, str] = {}
    d2[1] = "a"
    return d2
def t37(l: List[str]):
    return ", ".join(l) + l[0].upper().strip()
def t38(s: str):
    if s.startswith("a") and s.endswith("b"):
        return s.split(",")
    return [c for c in s]
def t39(s: str, n: int):
    return s[1:n] + s[::-1] + s[-1] + s * n
def t40(a: str):
    return "%d %s" % (3, a) + "{} {}".format(1, a) + f"{a}!"
def t41(x):
    a, *b = (x, 1, 2.0)
    return b
def t42(l: List[int]):
    a, b, c = l
    return a + b * c
def t43(t: Tuple[int, Tuple[float, str]]):
    a, (b, c) = t
    return a, b, c
def t44(x):
    y = z = x + 1
    return y * z
def t45(x, i: int):
    return x[..., 0] + x[:, None, 1:3, i] + x[-1] + x[::2]
def t46(x, m):
    x[m] = 0
    x[0, 1] = 3.5
    x[..., 1] += 2
    x[m > 0] *= 2
    return x
def t47(x, i: List[int]):
    return x[i] + x[:, [0, 1]] + x[torch.tensor([1, 2]), 0]
def t48(l: List[int]):
    del l[0]
    l[1:3]
    l.insert(0, 1)
    l.extend([1, 2])
    l.reverse()
    l.sort()
    l.sort(reverse=True)
    l.clear()
    l.remove(1)
    return l.index(2), l.count(1), l.copy(), l.pop()
def t49(x: int):
    y = x
    del y
    return x
def t50(l: List[int], m: List[float]):
    return sum(l), max(l), min(l), sorted(l), any([True]), all([False]), sum(m)
def t51(l: List[int]):
    r = 0
    for i in reversed(l):
        r += i
    return r
def t52(x: float):
    return math.pi * math.sqrt(x) + math.floor(x) + math.inf
def t53(x: int, y: int):
    return x ** y, x // y, x % y, x & y, x | y, x ^ y, x << y, x >> y, ~x, -x, x / y
def t54(x: float, y: float):
    return x ** y, x // y, x % y, round(x), abs(x), divmod(x, y), pow(x, y), int(x), str(x), bool(x)
def t55(x: complex, y: float):
    return x * y + 2j, x.real, x.imag, abs(x)
def t56(x):
    return x @ x.t(), ~x, -x, x ** 2, 2 ** x, x // 2, x % 2, x & x, x | x, x ^ x, x << 1, x >> 1
def t57(x):
    return x == 1, x != 1, x < 1, 1 < x, x >= x
def t58(x):
    return torch.zeros(2, 3), torch.ones([2, 3], dtype=torch.long), torch.full((2,), 3.0), torch.arange(5), torch.arange(0, 5, 2), torch.eye(3), torch.rand(2, device=x.device)
def t59(x):
    return x.float(), x.long(), x.to(torch.int), x.to("cpu"), x.to(x), x.type_as(x), x.double(), x.half(), x.bool()
def t60(x):
    return x.shape, x.size(0), x.dtype, x.device, x.ndim, x.is_cuda, x.requires_grad, x.T, x.grad, x.layout
def t61(x):
    return torch.tensor(1), torch.tensor([1., 2.]), torch.tensor([[1, 2], [3, 4]]), torch.tensor(3.5, dtype=torch.double), torch.as_tensor([1])
def t62(x):
    v, i = x.max(1)
    v2, i2 = torch.sort(x, descending=True)
    r = torch.topk(x, 3)
    return v, i, v2, r[0], r.values
def t63(x):
    return F.softmax(x, dim=1), F.relu(x), F.dropout(x, 0.5, True), F.linear(x, x), F.conv2d(x, x), F.max_pool2d(x, 2), F.avg_pool2d(x, 2), F.interpolate(x, scale_factor=2.0), F.pad(x, (1, 1)), F.cross_entropy(x, x)
def t64(x):
    return F.max_pool2d(x, 2, return_indices=True), F.max_pool2d(x, kernel_size=[2, 2], stride=2, padding=1), F.adaptive_avg_pool2d(x, 1), F.adaptive_avg_pool2d(x, (1, 2))
def t65(x):
    return F.layer_norm(x, [3]), F.batch_norm(x, None, None, training=True), F.gelu(x), F.mse_loss(x, x), F.one_hot(x), F.embedding(x, x), F.normalize(x), F.cosine_similarity(x, x), F.leaky_relu(x, 0.2), F.elu(x), F.silu(x), F.sigmoid(x), F.logsigmoid(x), F.hardtanh(x), F.softplus(x), F.glu(x), F.l1_loss(x, x, reduction="sum"), F.unfold(x, 2), F.grid_sample(x, x, align_corners=False), F.nll_loss(x, x), F.kl_div(x, x), F.threshold(x, 0.1, 20.)
def t66(x):
    f = torch.jit.fork(scripted, x, 2)
    return torch.jit.wait(f)
def t67(x):
    if torch.jit.is_scripting():
        return x
    else:
        import numpy
        return x
def t68(x):
    if not torch.jit.is_scripting():
        x = x.numpy()
    return x
def t69(x: int):
    while True:
        x += 1
        if x > 10:
            break
    return x
def t70(x: int):
    for i in range(10):
        if i == x:
            return i
    else:
        return 2
    return 3
def t71(x, l: List[Tensor]):
    l2 = [y.relu() for y in l]
    return torch.stack(l2), torch.cat(l + [x]), torch.stack([x, x], 1)
def t72(x: List[int]):
    return {i: i * 2 for i in x}, {str(i): [i] for i in x}, [[j for j in range(i)] for i in x]
def t73(x: Tuple[int, int, int]):
    r = 0
    for i in x:
        r += i
    return r, x[1:], x[-1], len(x)
def t74(x):
    a = torch.jit.annotate(List[int], [])
    b = torch.jit.annotate(Optional[Tensor], None)
    return a, b
def t75(x: int) -> Optional[int]:
    if x > 0:
        return x
    return None
def t76(x, *, n: int):
    return x + n
def t77(x: int, y: "Optional[List[int]]" = None) -> "int":
    return x if y is None else y[0]
def t78(x: int | None, y: list[int], z: dict[str, tuple[int, float]]) -> list[int] | None:
    return y
def t79(x: torch.device, y: torch.dtype):
    return torch.zeros(2, device=x, dtype=y)
def t80(x: torch.Tensor) -> torch.Tensor:
    """Docstring."""
    # comment
    return x
def t81(x):
    print(x, "a", 1, [1, 2])
    return
def t82(x: int):
    pass
def t83(x: int):
    assert x > 0, "positive"
    assert x < 5, f"{x} is big"
    assert (x == 2)
    return x
def t84(x):
    with torch.no_grad():
        return x + 1
def t85(a: bool, b: bool):
    return a and b or not a
def t86(x: int, y: int):
    return 1 < x < y <= 10 != 3
def t87(x: List[Optional[int]]):
    r = 0
    for i in x:
        if i is not None:
            r += i
    return r
def t88(x: Dict[int, Tensor], k: int):
    return x[k] if k in x else torch.zeros(1)
def t89(x: Tuple[Tensor, Optional[Tensor]]):
    a, b = x
    if b is not None:
        a = a + b
    return a
def t90(x):
    def_ = 0
    for i in range(x.size(0)):
        for j in range(i, x.size(1)):
            def_ += i * j
            if j > 5:
                continue
            x[i][j] = def_
    return x
