"""Names, defaults, type comments, syntax that TorchScript lacks."""
import torch
from typing import List, Optional
import enum
N = 3
L = [1,2]
DT = torch.float
F1 = 1.5
T1 = (1, 2)
def helper(x, eps=1e-5):
    return x + eps
def helper2(x, n: int = N):
    return x + n
def a1(x):
    return x + N
def a2(x):
    return helper(x)
def a3(x):
    return helper2(x)
def a4(x):
    return x + L[0]
def a5(x):
    return x.to(DT)
def a6(x):
    return undefinedname(x)
def a7(x):
    return torch.nosuch(x)
def a8(x, n: int):
    return a8(x, n)
def a9(x):
    return helper2(x, 1.5)
def b1(x):
    return helper2(1)
def b2(x):
    return set(x)
def b3(x: List[int]):
    return set(x)
def b4(x):
    return torch.Size([1])
def b5(x):
    with torch.no_grad():
        y = x + 1
    return y
def b7(x: List[int]):
    return reversed(x)
def b8(x: int, *args):
    return x
def b9(x: int, d={}):
    return x
def c1(x: int, d: Optional[int] = None, e: List[int] = [1,2], g: bool = True, h: float = 1):
    return x
def c2(x: "int", y: int | None = None):
    return x
def c3(x: Foo if False else int):
    return x
def c4(x, y=2):
    return x + y
def c5(x):
    # type: (int) -> int
    return x
def c6(x, y):
    # type: (int) -> int
    return x
def c7(x):
    y = [] # type: List[int]
    return y
def c8(x):
    import math
    return math.sqrt(2)
def c9(x):
    def g(y):
        return y
    return g(x)
def d1(x):
    f = lambda y: y
    return f(x)
def d2(x):
    return map(lambda y: y, x)
def d3(x: List[int]):
    return [i for i in x if i > 2]
def d4(x):
    try:
        return x
    except:
        return x
def d5(x):
    global N
    return x
def d6(x):
    x //= 2
    return x
def d7(x):
    y: int
    return x
def d8(x):
    print("a", end="")
    return x
def d9(x):
    return x.foo()
def e1(x):
    yield x
def e2(x):
    return (y := x)
def e3(x):
    return {1,2}
def e4(x, y: int):
    return sorted(x)
def e5(x, **kw):
    return x
def e6(x):
    return x.numpy()
def e7(x, y: float):
    return x.fill_(y).sum(dim=y)
def e8(x):
    return T1[0]
def e9(x):
    return F1 * x
