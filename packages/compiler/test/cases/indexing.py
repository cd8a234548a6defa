"""Slices as objects, and what PyTorch does with the calls in an index."""
import torch
from typing import List, Optional, Tuple
from enum import Enum


def index_s1(x: List[int]):
    return x[slice(None, None, None)]


def index_s2(x: List[int]):
    return x[slice(2)]


def index_s3(x: List[int]):
    return x[slice(2, None)]


def index_s4(x: Tuple[int, int, int]):
    return x[slice(1, None)]


def index_s5(x: Tuple[int, int, int]):
    return x[slice(None, None, 2)]


def index_s6(x: List[int], n: int):
    s = slice(n, None, n)
    return x[s]


def index_s7(x, n: int):
    s = slice(n, n + 2)
    return x[s, s], x[..., s], x[s]


def index_s8(x: List[int]):
    return x[slice()]


def index_s9(x: List[int]):
    return x[slice(1, 2, 3, 4)]


def index_t1(x: List[int]):
    return x[slice(1.5)]


def index_t2(x: List[int], o: Optional[int]):
    return x[slice(o)]


def index_t3(x):
    x[slice(1, 2)] = 3
    return x


def index_t4(x: List[int]):
    return slice(1)


def index_t5(x: List[int]):
    s = slice(1)
    return s.start


def index_t6(x):
    return x[slice(None), None, slice(1, None, 2), 0]


def index_t7(x: List[int], c: bool):
    s = slice(1)
    if c:
        s = slice(2)
    return x[s]


def index_t8(x: Tuple[int, int, int], n: int):
    return x[slice(n)]


def index_t9(x: List[int]):
    return x[slice(start=1)]


def index_u1(x: List[int]):
    return x[slice("a")]


def index_u2(x):
    x[slice(1, 2)] += 3
    return x


def index_u3(x: str):
    return x[slice(-3, None)], x[:3], x[1:], x[::2]


def index_u4(x: List[int]):
    a = (slice(1), 2)
    return x


def index_u5(a=3 + 4, b=-1, c=2 ** 3):
    return a


def index_u7():
    return 9223372036854775808


def index_u8():
    return -9223372036854775808


def index_u9():
    return 0x8000000000000000


def index_w1(x, /, y):
    return x + y


def index_w2(x, /):
    return x


@torch.jit.ignore
def ig(x: int) -> int:
    return x


def fidx(x: int) -> int:
    print(x)
    return x + 1


def index_k1(x, n: int):
    return x[fidx(n)]


def index_k2(x: List[int], n: int):
    return x[fidx(n)]


def index_k3(x, n: int):
    return x[fidx(n), fidx(n)]


def index_k4(x, n: int):
    x[fidx(n)] = 1
    return x


def index_k5(x: List[int], n: int):
    x[fidx(n)] = 1
    return x


def index_k6(x, n: int):
    x[fidx(n)] += 1
    return x


def index_k7(x, n: int):
    return x[ig(n)]


def index_k8(x, n: List[int]):
    return x[n.pop()]


def index_k9(x, y):
    return x[y.add_(1)]


def index_l1(x, n: int):
    return x[fidx(n):], x[:fidx(n)], x[[fidx(n)]]


def index_l2(x: List[int], n: int):
    return x[fidx(n):]


def index_l3(x: Tuple[int, int], n: int):
    return x[fidx(n)]
