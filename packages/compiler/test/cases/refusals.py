"""What is refused, and its neighbours that are not."""
import torch
import math
import random
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from typing import List, Dict, Optional, Tuple, Union, Any, NamedTuple, Callable, Set, Iterable
import functools, itertools, time, os
CONST = 3
NAMES = ["a", "b"]
class Plain:
    x = 3
    def __init__(self, a: int):
        self.a = a
    def get(self, k: int = 2) -> int:
        return self.a + k
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(2, 2)
    def forward(self, x):
        return self.lin(x)
def helper(x, y: int = 2) -> Tensor:
    return x * y
def bad_helper(x):
    return x + nothing
def e1(x): return bad_helper(x)
def e2(x): return helper(x, "a")
def e3(x): return helper(x, z=3)
def e4(x): return helper()
def e5(x): return helper(x, 1, 2)
def e6(x: int): return x.shape
def e7(x: List[int]): return x.append("a")
def e8(x: List[int]): x.append(1.5)
def e9(x):
    if x > 1:
        y = 1
    return y
def e10(x):
    if x > 1:
        y = 1
    else:
        y = "a"
    return y
def e11(x: int):
    x = "a"
    return x
def e12(x: int):
    for i in range(3):
        x = 1.5
    return x
def e13(x: int) -> str:
    return x
def e14(x: int) -> int:
    if x > 2:
        return 1
def e15(x: int):
    if x > 2:
        return 1
    return "a"
def e16(x: Optional[int]): return x + 1
def e17(x: Union[int, str]): return x + 1
def e21(x): return time.time()
def e23(x): return open("a")
def e24(x): return len(x, x)
def e25(x: int): return len(x)
def e26(x: int): return x[0]
def e27(x: Tuple[int, int]): return x[5]
def e28(x: Tuple[int, str], i: int): return x[i]
def e29(x: Dict[str, int]): return x[1]
def e30(x): return {**x}
def e31(x): return [*x]
def e32(x: List[int]): return [*x, 1]
def e33(x): return x if x else None
def e36(x): return (i for i in x)
def e37(x): return [i for i in x for j in x]
def e38(x, y): return f"{x!r}"
def e39(x: float): return f"{x:.2f}"
def e40(x: str): return "%s" % x, x % 2
def e41(x: int): assert x, 5
def e42(x): raise x
def e43(x: int): raise "a"
def e44(x): return lambda: x
def e45(x): return x.sum(dim=0, keepdims=True)
def e46(x): return torch.sum(x, dim="a")
def e47(x): return torch.cat(x, x)
def e48(x): return torch.zeros("a")
def e49(x): return x.view("a")
def e50(x): return torch.relu()
def e51(x): return torch.reluu(x)
def e52(x): return F.reluu(x)
def e53(x): return math.foo(x)
def e55(x): return nn.ReLU()(x)
def e56(x: Set[int]): return x
def e57(x: Callable[[int], int]): return x(1)
def e58(x: Iterable[int]): return x
def e60(x: 'Undefined'): return x
def e61(x: List): return x
def e62(x: Dict): return x
def e63(x: Tuple): return x
def e64(x: dict): return x
def e65(x: list): return x
def e66(x: tuple): return x
def e69(x: Optional): return x
def e70(x: type): return x
def e71(x: object): return x
def e72(x: torch.Size): return x
def e73(x: nn.Module): return x
def e74(x: Plain): return x.get() + x.a
def e75(x: int): return Plain(x).get(3)
def e77(x: int): return Plain.x
def e79(x: int):
    p = Plain(x)
    p.c = 3
    return p
def e80(x: int):
    p = Plain(x)
    p.a = "s"
    return p
def e81(): return Plain()
def e82(x): return CONST
def e83(x): return NAMES[0]
def e84(x): return print
def e85(x): return torch
def e86(x): return helper
def e87(x: int, y: int): return x is y
def e88(x: int): return x is None
def e89(x: int, y: str): return x + y
def e90(x: int, y: str): return x == y
def e91(x: str): return -x
def e92(x: List[int]): return x < x
def e93(x: List[int]): return sorted(x, reverse=True)
def e94(x: List[int]): return sorted(x, key=lambda y: -y)
def e95(x: List[int]): return map(str, x)
def e96(x: List[int]): return list(map(str, x))
def e97(x: List[int]): return filter(None, x)
def e98(x: List[int]): return functools.reduce(max, x)
def f1(x: str): return int(x), float(x), x.isdigit(), x.lower(), x.replace("a", "b"), x.find("a"), x.rjust(3), x.zfill(3)
def f2(x: List[str]): return x + ["a"], "a" in x, x == ["b"], sorted(x), x[0] == "a"
def f3(x: Dict[str, Tensor]): return list(x.keys()), list(x.values()), list(x.items()), len(x), x.copy(), x == x
def f4(x: Dict[str, int]):
    x.update({"a": 1})
    x.setdefault("b", 2)
    del x["a"]
    x.clear()
    return x.popitem()
def f5(x: Dict[int, List[Tensor]]): return x[0][0].sum()
def f6(x: int, y: float, z: bool): return x + y, x * z, y > x, x == y, min(x, 2), max(y, 1.0), x if z else x + 1
def f7(x: int, y: float): return min(x, y)
def f8(x: int, y: float): return x if x > 1 else y
def f9(x, n: int): return x[n], x[n:], x[:n], x[n:n + 2], x[-n], x[:, n], x[..., n:], x[None], x[:, :, None]
def f10(x, i: Tensor, j: Tensor): return x[i], x[i, j], x[:, i], x[i, :, j], x[i][j], x[i > 0]
def f11(x, i: Tensor):
    x[i] = 1
    x[:, 0] = i
    x[i > 0] = i
    x[0][1] = 2
    x += 1
    x[1:3] *= 2
    return x
def f12(l: List[int]):
    l[0] = 1
    l[0] += 2
    l += [1]
    l[-1] -= 1
    return l
def f13(d: Dict[str, int]):
    d["a"] += 1
    return d
def f14(x: List[List[int]]): return x[0][1], [y[0] for y in x], [len(y) for y in x]
def f15(x: List[Tuple[int, str]]):
    r = ""
    for a, b in x:
        r += b * a
    for i, (a, b) in enumerate(x):
        r = r + str(i)
    return r
def f16(a: List[int], b: List[float]):
    s = 0.0
    for x, y in zip(a, b):
        s += x * y
    for i, (x, y) in enumerate(zip(a, b)):
        s -= i
    for i, x in enumerate(a, 1):
        s += i
    return s
def f17(x):
    for y in x:
        print(y)
    for i, y in enumerate(x):
        print(i)
    return len(x)
def f18(x: str):
    n = 0
    for c in x:
        if c == "a" or c in "xyz":
            n += 1
    return n
def f20(x: float): return math.isnan(x), math.isinf(x), math.ceil(x), math.log(x, 2), math.pow(x, 2), math.exp(x), math.atan2(x, x), math.fabs(x), math.factorial(3), math.gcd(2, 4), math.degrees(x), math.tau
def f21(x): return x.item(), x.tolist(), float(x), int(x), bool(x), x.numel(), x.dim(), x.stride(), x.is_floating_point()
def f22(x):
    y: List[float] = x.tolist()
    z: int = x.item()
    return y, z
def f23(x):
    a: List[int] = []
    b: Dict[str, Tensor] = {}
    c: Optional[int] = None
    d: Tuple[int, float] = (1, 2.0)
    e: float = 1
    return a, b, c, d, e
def f24(x: int):
    y: Optional[int] = None
    if x > 2:
        y = x
    if y is not None and y > 3:
        return y
    return 0
def f25(x: Optional[Tensor], y: Optional[Tensor]):
    if x is None or y is None:
        return torch.zeros(1)
    return x + y
def f26(x: Optional[Tensor]):
    if not (x is not None):
        raise RuntimeError("x")
    return x.sum()
def f27(x: Optional[List[int]]):
    if x is None:
        x = [1]
    return x[0]
def f28(x: Optional[int]):
    while x is not None:
        x = None
    return x
def f29(x: Union[int, List[int]]):
    if isinstance(x, list):
        return x[0]
    return x
def f30(x: Union[Tensor, List[Tensor], Dict[str, Tensor]]) -> Tensor:
    if isinstance(x, Tensor):
        return x
    elif isinstance(x, list):
        return x[0]
    else:
        return x["a"]
def f31(x: Any): return isinstance(x, str), isinstance(x, (list, tuple)), isinstance(x, Tensor)
def f32(x): return torch.jit.fork(helper, x), torch.jit._wait(torch.jit.fork(helper, x, y=3))
def f33(x, *, a: int, b: float): return x * a + b
def f34(x): return helper(y=3, x=x), helper(*(x, 2))
def f35(t: Tuple[Tensor, int]): return helper(*t)
def f36(x): return torch.max(x), torch.max(x, 1), torch.max(x, x), x.max(dim=0)[0], x.max(0).values, x.min(), torch.sort(x)[1]
def f37(x):
    a, b = x.shape
    n, *rest = x.size()
    return a, b, rest
def f38(x):
    b, c, h, w = x.shape
    return x.view(b, c, h * w).permute(0, 2, 1).reshape(b, -1), x.unsqueeze(0).squeeze(), x.transpose(0, 1), x.expand(2, 3), x.repeat(1, 2), x.flatten(1)
def f39(x): return torch.where(x > 0, x, 0), torch.where(x > 0, 1.0, 0.0), torch.clamp(x, 0, 1), x.clamp(min=0), x.masked_fill(x > 0, float("-inf")), torch.full_like(x, 2)
def f40(x): return torch.einsum("ij,jk->ik", x, x), torch.matmul(x, x), torch.bmm(x, x), torch.split(x, 2), torch.chunk(x, 2, dim=1), x.split([1, 2], 1), torch.unbind(x), torch.meshgrid(x, x), torch.meshgrid([x, x], indexing="ij")
def f41(x): return torch.norm(x), torch.norm(x, 2), torch.norm(x, p=2, dim=1), torch.norm(x, 2, -1, keepdim=True), x.norm(), x.norm(2, 1), torch.unique(x), torch.unique(x, return_inverse=True), torch.cdist(x, x), torch.stft(x, 4), torch.tensordot(x, x)
def f42(x): return x.new_zeros(2), x.new_zeros((2, 3)), x.new_tensor([1]), x.new_full((2,), 1), torch.empty(2, dtype=torch.float32), torch.zeros_like(x, dtype=torch.int64), torch.linspace(0, 1, 5), torch.randn(2, 3), torch.randint(0, 5, (2,)), torch.rand_like(x), torch.tensor(x.shape), torch.ones(x.shape), torch.zeros(x.size(0), 3), torch.empty([2, 3])
def f43(x): return x.dtype == torch.float32, x.device.type, x.device == torch.device("cpu"), torch.device("cuda", 0), x.is_cuda, x.layout == torch.strided, x.to(dtype=torch.float), x.to(device="cpu", non_blocking=True), x.cpu(), x.cuda(), x.detach(), x.requires_grad_()
def f44(x, g: torch.Generator): return torch.rand(2, generator=g)
def f45(x): return torch.ops.aten.relu(x), torch.ops.aten.add(x, x), torch._C._nn.gelu(x), torch.special.expm1(x), torch.linalg.norm(x), torch.fft.fft(x), torch.nn.functional.relu6(x)
def f46(x): return hasattr(x, "foo")
def f47(x: Plain): return hasattr(x, "a"), getattr(x, "a"), hasattr(x, "zz")
def f48(x: Plain): return getattr(x, "zz", 3)
def f49(x: int): return range(x)
def f50(x: int): return list(range(x)), [i for i in range(2, x)], sum([i * i for i in range(x)]), tuple([1, 2]), dict([("a", 1)]), list("abc"), str(x), hex(x), chr(x), ord("a"), bin(x), oct(x), id(x), hash(x)
