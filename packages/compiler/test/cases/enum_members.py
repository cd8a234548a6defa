"""Enums with mixins, aliases and computed values; dataclasses with members for defaults."""
import logging
import numpy as np
import re
import torch
from dataclasses import dataclass
from enum import Enum, IntEnum
from torch import Tensor
from typing import Dict, List, Optional, Union


class Role(Enum):
    A = 1
    B = 2


class Mixin:
    def foo(self):
        return 1


class MixedEnum(Mixin, Enum):
    A = "a"
    B = "b"


class SubEnum(str, Enum):
    A = "a"
    B = "b"


class IE(IntEnum):
    A = 1
    B = 2


@dataclass
class Ctx3:
    rank: int
    name: str = "x"
    opt: Optional[int] = None

    @property
    def worker_name(self) -> str:
        return f'{self.name}-{self.rank}'


def mixed_d3(x: int):
    return Ctx3(x).worker_name


def mixed_e1(x: MixedEnum):
    return x.value


def mixed_e2(x: SubEnum):
    return x.value


def mixed_e3(x: IE):
    return x.value


def mixed_e4(x: int):
    return MixedEnum.A


def mixed_e5(x: str):
    return SubEnum.A == x


def mixed_e6(x: int):
    return IE.A + x


ImageInput = Union["PIL.Image.Image", np.ndarray, "torch.Tensor", List["PIL.Image.Image"]]
FeatureTensorType = Union[torch.Tensor, np.ndarray]
IndexType = Union[torch.Tensor, np.ndarray, slice, int]
logger = logging.getLogger(__name__)
pattern = re.compile("x")


class Mode(Enum):
    UNCHANGED = 0
    RGBA = 4
    RGB_ALPHA = RGBA
    X = 4
    Y = RGBA + 1


class Dup(Enum):
    A = 1
    B = 1


class Tup(Enum):
    A = (1, 2)
    B = (2, 3)


class Neg(Enum):
    A = -1
    B = 2 ** 3
    C = 1 << 2


class Fl(Enum):
    A = 1.0
    B = 2.5


def enum_e1(m: Mode):
    return m.value


def enum_e2(x: int):
    return Mode.RGB_ALPHA


def enum_e3(x: int):
    return Mode.X.value


def enum_e4(x: int):
    return [m.value for m in Mode]


def enum_e5(x: int):
    return Mode.Y.value


def enum_e6(x: int):
    return Dup.B


def enum_e7(d: Dup):
    return d == Dup.B


def enum_e8(d: Neg):
    return d.value


def enum_e10(d: Fl):
    return d.value


def enum_e11(x: int):
    return len(Mode)


def enum_e12(m: Mode):
    return m is Mode.RGB_ALPHA


def enum_e13(m: Tup):
    return m.value


def enum_e14(m: Mode):
    return m.name


def enum_e15(m: Mode) -> Dict[Mode, int]:
    return {m: 1}


def enum_e16(m: Mode):
    return Mode(4)


def enum_e17(m: Mode):
    return Mode["RGBA"]


def enum_e18(m: Mode, x: Optional[Mode] = Mode.RGBA):
    return x


def enum_e19(m: Mode, x: Mode = Mode.RGB_ALPHA):
    return x
