"""Defaults and constants of a file that are calls: evaluated as Python does."""
import math
import numpy as np
import sys
import torch
from typing import Optional, Tuple


EPS = float(np.finfo(np.float32).eps)
BIG = int(1e9)
INF = float("inf")
N = len([1, 2, 3])
M = max(1, 2)
T3 = tuple([1, 2])
S = "a" * 3
S2 = "%s" % "x"
L = [1] * 3


def evaluated_a1(x, v: float = float("inf")):
    return x + v


def evaluated_a2(x, v: float = -float("Inf")):
    return x + v


def evaluated_a3(x, v: float = float("nan")):
    return x


def evaluated_a4(x, v: int = int(1e9)):
    return x


def evaluated_a5(x, v: float = math.pi / 2):
    return x


def evaluated_a6(x, v: float = np.pi):
    return x


def evaluated_a7(x, v: float = EPS):
    return x


def evaluated_a8(x, v: int = BIG):
    return x


def evaluated_a9(x, v: float = INF):
    return x


def evaluated_a10(x, v: int = N):
    return x


def evaluated_a11(x, v: int = M):
    return x


def evaluated_a12(x, v: Tuple[int, int] = T3):
    return x


def evaluated_a13(x, v: str = S):
    return x


def evaluated_a14(x, v: float = torch.finfo(torch.float32).eps):
    return x


def evaluated_a15(x, v: float = math.sqrt(2.0)):
    return x


def evaluated_a16(x, v: float = 1.0 / math.sqrt(2.0)):
    return x


def evaluated_a17(x, v: float = math.inf):
    return x


def evaluated_a18(x, v: float = -math.inf):
    return x


def evaluated_a19(x, v: int = sys.maxsize):
    return x


def evaluated_a20(x, v: int = 2 ** 31 - 1):
    return x


def evaluated_a22(x, v: float = torch.pi):
    return x


def evaluated_a23(x, v: float = math.log(10000.0)):
    return x


def evaluated_a24(x, v: float = np.log(2)):
    return x


def evaluated_a25(x, v: float = np.sqrt(2)):
    return x


def evaluated_a26(x, v: float = np.inf):
    return x


def evaluated_a27(x, v: bool = bool(1)):
    return x


def evaluated_a28(x, v: str = str(1)):
    return x


def evaluated_a29(x, v: float = round(1.234, 2)):
    return x


def evaluated_a30(x, v: float = abs(-1.5)):
    return x


def evaluated_a31(x, v: Tuple[int, int] = (1,) * 2):
    return x


def evaluated_a32(x, v: Tuple[float, ...] = ()):
    return x


def evaluated_a33(x, v: int = torch.iinfo(torch.int64).max):
    return x


def evaluated_a34(x, v: float = 1e-6, w: float = 1 - 1e-6):
    return x


def evaluated_a35(x, v: int = 1 if True else 2):
    return x


def evaluated_a36(x, v: float = float(3)):
    return x


def evaluated_a37(x, v: float = min(1.0, 2.0)):
    return x


def evaluated_a38(x, v: float = sum([1.0, 2.0])):
    return x


def evaluated_a39(x, v: Optional[torch.Tensor] = torch.tensor(1.0)):
    return x


def evaluated_a40(x, v: float = float("-inf")):
    return x


def evaluated_a41(x, v: float = -1e9, w: bool = not False):
    return x


def evaluated_a42(x, v: float = math.radians(90)):
    return x


def evaluated_a43(x, v: float = math.log(2) / math.log(10)):
    return x


def evaluated_a44(x, v: float = math.floor(1.5)):
    return x


def evaluated_a45(x, v: int = math.ceil(1.5)):
    return x


def evaluated_a46(x, v: float = float("1e-3")):
    return x


def evaluated_a47(x, v: int = int("12")):
    return x


def evaluated_a49(x, v: float = 5 * (1 + 2) / 2):
    return x
