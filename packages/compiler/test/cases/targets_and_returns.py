"""Targets of assignments, early returns of several types, tensor classes as annotations, signs of complex zeros, calls of Python."""
import functools
import itertools
import logging
import math
import random
import re
import torch
from itertools import repeat
from torch import ByteTensor, FloatTensor, LongTensor, Tensor
from typing import Any, List, Union


def various_n1():
    return -0.5j


def various_n2():
    return 0 - 0.5j


def various_n3(x: complex):
    return -x


def various_n4():
    return -(1 + 2j)


def various_n5():
    return 1 - 2j


def various_n6():
    return -2j + 1.0


def various_n7():
    return -0j


def various_n8():
    return -(0.0 + 0.5j)


def various_n9():
    return -1j * 2


def various_n10():
    return - -0.5j


def various_t1(x: LongTensor):
    return x


def various_t2(x: ByteTensor) -> FloatTensor:
    return x


def various_t3(x: torch.ByteTensor):
    return x


def various_t4(x: torch.cuda.FloatTensor):
    return x


def various_t5(x: torch.BoolTensor, y: torch.HalfTensor):
    return x


def various_t6(x: List[LongTensor]):
    return x


def various_t7(x: torch.sparse.FloatTensor):
    return x


def various_t8(x: torch.BFloat16Tensor):
    return x


def various_t9(x):
    y: LongTensor = x
    return y


def various_t10(x: torch.IntTensor, y: torch.ShortTensor, z: torch.DoubleTensor, w: torch.CharTensor):
    return x


def various_l1(x):
    [[a, b], [c, d]] = [[x, x], [x, x]]
    return a


def various_l2(x):
    [a, b] = [x, x]
    return a


def various_l3(x):
    (a, b), c = (x, x), x
    return a


def various_l4(x):
    [a, b], c = (x, x), x
    return a


def various_l5(x):
    a, [b, c] = x, (x, x)
    return a


def various_l6(x):
    for [a, b] in [(x, x)]:
        x = a
    return x


def various_l7(x):
    for (a, b), c in [((x, x), x)]:
        x = a
    return x


def various_l8(x):
    for a, [b, c] in [(x, (x, x))]:
        x = a
    return x


def various_l9(x):
    return [a for [a, b] in [(x, x)]]


def various_l10(x):
    (a, b) = [x, x]
    return a


def various_l11(x):
    [a] = [x]
    return a


def various_l12(x):
    [a, b] = x
    return a


def various_g1(src: Union[Tensor, List[Any]]) -> Union[Tensor, List[Any]]:
    if isinstance(src, Tensor):
        return src
    if isinstance(src, list):
        return src[0:1]
    raise ValueError("x")


def various_g2(src: Union[Tensor, List[Any]], c: bool) -> Union[Tensor, List[Any]]:
    if isinstance(src, Tensor) and c:
        return src
    if isinstance(src, Tensor):
        return src.narrow(0, 0, 1)
    if isinstance(src, list):
        return src[0:1]
    raise ValueError("x")


def various_g3(src: Union[Tensor, List[Any]], c: bool) -> Union[Tensor, List[Any]]:
    if c:
        return torch.zeros(2)
    if isinstance(src, Tensor):
        return src.narrow(0, 0, 1)
    return src


def various_g4(c: bool, d: bool, x, y: List[int]) -> Union[Tensor, List[int]]:
    if c:
        return x
    if d:
        return x
    return y


def various_g5(c: bool, d: bool, x, y: List[int]) -> Union[Tensor, List[int]]:
    if c:
        return x
    if d:
        return x + 1
    raise ValueError("x")


def various_g6(c: bool, d: bool, x, y: List[int]) -> Union[Tensor, List[int]]:
    if c:
        return x
    raise ValueError("x")


NONE = None


def various_u1(x):
    if NONE is not None:
        return x
    return x


def various_u2(x):
    return NONE


def various_u3(x):
    return NONE.foo(x)


class A:
    def __init__(self):
        self.x = 1
    def f(self, y: int):
        for self.x in [y]:
            pass
        return self.x


class B:
    def __init__(self):
        self.x = 1
    def f(self, y: int):
        self.x, z = y, y
        return self.x


class C:
    def __init__(self):
        self.x = 1
    def f(self, y: int):
        for self.x, z in [(y, y)]:
            pass
        return self.x


def target_f1(y: List[int]):
    for y[0] in [1]:
        pass
    return y


def target_f2(y: List[int]):
    return [y for y[0] in [1]]


def target_f3(y: List[int]):
    for (y[0], z), [q] in [((1, 2), [3])]:
        pass
    return y


logger = logging.getLogger(__name__)
pattern = re.compile("x")


def python_r1(x: int):
    return random.randint(0, x)


def python_r2(x: int):
    return random.random()


def python_r3(x: int):
    random.seed(x)


def python_r4(x: List[int]):
    return random.choice(x)


def python_r5(x: List[int]):
    random.shuffle(x)
    return x


def python_r6(x: int):
    return random.uniform(0, 1)


def python_r7(x: List[int]):
    return random.sample(x, 2)


def python_r8(x: int):
    return random.randrange(x)


def python_r9(x: int):
    return random.gauss(0, 1)


def python_r10(x: int):
    return random.getrandbits(3)


def python_r11(x: int):
    return random.choices([1, 2], k=2)


def python_q1(x: int):
    for i in repeat(x, 2):
        pass
    return x


def python_q2(x: int):
    return itertools.chain([x], [x])


def python_q3(x: int):
    return itertools.product([x], [x])


def python_q4(x: int):
    for a, b in itertools.product([x], [x]):
        x += a
    return x


def python_q5(x: List[int]):
    return list(itertools.accumulate(x))


def python_q6(x: List[int]):
    return functools.reduce(lambda a, b: a + b, x)


def python_q7(x: List[int]):
    logger.info("x")
    return x


def python_q8(x: str):
    return pattern.match(x)


def python_q9(x: str):
    return re.match("a", x)


def python_q10(x: int):
    logging.info("x")
    return x


def python_q11(x: int):
    logging.getLogger("x").info("y")
    return x


def python_q12(x: int):
    return itertools.combinations([x], 2)


def python_q13(x: int):
    for a in itertools.count():
        x += a
    return x


def python_q14(x: int):
    return functools.partial(q13, 1)


def python_q15(x: int):
    return math.prod([x, x])


def python_q16(x: int):
    return math.isclose(x, 1.0)
