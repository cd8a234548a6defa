"""Enums of all sorts, and NamedTuples with defaults."""
from collections import namedtuple
from enum import Enum
from typing import List, NamedTuple, Optional


class E1(Enum):
    A = "a"
    B = 1


class E2(Enum):
    A = [1]


class E3(Enum):
    A = 1.5
    B = 2.5


def named_m1():
    return E1.A


def named_m2():
    return E2.A


def named_m3():
    return E3.A


def named_m4(x: E1) -> str:
    return x.name


def named_m5(x: E1):
    return x.value


def named_m6(x: E2):
    return x.name


def named_m7(x: E3):
    return x.value


def named_m8():
    return E3.A.value, E3.B.name


def named_m9():
    return E3.C


def named_n1():
    return [e.value for e in E3]


def named_n2():
    return E1.A == E1.B


P1 = namedtuple('P1', ['x', 'y'], defaults=(1, 2))
P2 = namedtuple('P2', 'x y', defaults=(2,))


class P3(NamedTuple):
    x: int
    y: float = 2.0
    z: Optional[int] = None


class P4(NamedTuple):
    a: int
    b: List[int]
    c: List[float]


class P5(NamedTuple):
    a: List[int]


def named_a1(x: P1):
    return x.x


def named_a2(x: P2):
    return x


def named_a3(x: P3) -> P3:
    return x


def named_a4():
    return P3(1)


def named_a5():
    return P3(1, z=3)


def named_a6(x, y):
    return P1(x)


def named_a7(x):
    return P2(x)


def named_a8(x):
    return P1(1, 2)


def named_b1():
    return P4(1, 2, 3.0)


def named_b2():
    return P4(1, [2], 3.0)


def named_b3():
    return P5(1)


def named_b4():
    return P3("a")


def named_b5():
    return P4(1)


def named_b6(p: P3):
    return p._replace(x=1)


def named_b7(p: P3):
    return p._asdict()


def named_b8(p: P3):
    return p._fields


def named_b9(p: P3):
    x, y, z = p
    return x, p[1], p[-1], len(p)


def named_c1(p: P3):
    for v in p:
        print(v)


def named_c2(p: P3):
    return p == p


def named_c3(p: P4):
    return p.b[0] in p.c


def named_c4():
    return P3


def named_c5():
    return P3.x


def named_c6():
    x = ...
    return x


def named_c7(x: List[int]):
    return {a: 1 for a in x if a}


def named_c8(x: List[int]):
    return [a for a in x if a > 0]


def named_c9(x: List[int]):
    return [a + b for a in x for b in x]
