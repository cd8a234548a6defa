"""Annotations that Python evaluates: what PyTorch says of those whose object is no type."""
import argparse
import collections
import collections.abc
import logging
import numpy as np
import os
import re
import torch
import typing
import typing as t
from collections import OrderedDict
from enum import Enum
from pathlib import Path
from torch import Tensor, nn
from torch.types import Device, Number, _bool, _float, _int, _size
from typing import Any, Callable, Collection, DefaultDict, Deque, Dict, FrozenSet, Generator, Hashable, Iterable, Iterator, List, Literal, Mapping, NamedTuple, Optional, Sequence, Set, Tuple, Type, TypeVar, Union


def choice_m1(x, cfg: dict):
    return x


def choice_m2(x, cfg: Mapping[str, int]):
    return x


def choice_m3(x, cfg: Sequence[int]):
    return x


def choice_m4(x, cfg: Mapping):
    return x


def choice_m5(x, cfg: Optional[dict] = None):
    return x


def choice_m6(x, cfg: Optional[Sequence[int]] = None):
    return x


def choice_m7(x, cfg: Union[str, os.PathLike]):
    return x


def choice_m8(x, cfg: Union[Tensor, np.ndarray]):
    return x


def choice_m9(x, cfg: Union[Iterable[int], str]):
    return x


def choice_m10(x, cfg: "Optional[Unknown]"):
    return x


def choice_m11(x, mode: Literal["a", "b"] = "a"):
    return x


def choice_m12(x, mode: Optional[Literal["a", "b"]] = None):
    return x


def choice_m13(x, cfg: type):
    return x


def choice_m14(x, cfg: np.ndarray):
    return x


def choice_m15(x, cfg: Optional[torch.nn.Module]):
    return x


def choice_m16(x, cfg: torch.nn.Module):
    return x


def choice_m17(x, cfg: OrderedDict):
    return x


def choice_m18(x, cfg: Callable[[Tensor], Tensor]):
    return cfg(x)


def choice_m19(x, cfg: Optional[Callable]):
    return x


def choice_m20(x, cfg: List[torch.nn.Module]):
    return x


def choice_m21(x, cfg: Tuple[int, ...]):
    return x


def choice_m22(x, cfg: Union[int, Tuple[int, ...]]):
    return x


def choice_m23(x, cfg: Union[int, List[int], Tuple[int, int]]):
    return x


def choice_m24(x, cfg: Dict[str, Any]):
    return cfg["a"]


def choice_m25(x, cfg: list):
    return x


def choice_m26(x, cfg: tuple):
    return x


def choice_m27(x, cfg: "np.ndarray"):
    return x


def choice_m28(x, cfg: Union["Tensor", "np.ndarray"]):
    return x


ImageInput = Union["PIL.Image.Image", np.ndarray, "torch.Tensor", List["PIL.Image.Image"]]


def choice_m29(x, cfg: ImageInput):
    return x


def choice_m30(x, cfg: Optional["Tensor"] = None):
    return x


def choice_m31(x, cfg: Union[Sequence, Tensor]):
    return x


FeatureTensorType = Union[torch.Tensor, np.ndarray]


def choice_m32(x, cfg: FeatureTensorType):
    return x


def choice_m33(x, cfg: Optional[FeatureTensorType]):
    return x


IndexType = Union[torch.Tensor, np.ndarray, slice, int]


def choice_m34(x, cfg: IndexType):
    return x


def choice_m35(x, cfg: "list[int] | None" = None):
    return x


def choice_m36(x, cfg: "dict[str, int] | None" = None):
    return x


def choice_m37(x, cfg: dict | None = None):
    return x


def choice_m38(x, cfg: np.ndarray | Tensor | None = None):
    return x


def choice_m39(x, cfg: torch.Size):
    return x


def choice_m40(x, cfg: Union[List[int], torch.Size]):
    return x


def choice_m41(x, cfg: Optional[object] = None):
    return x


def choice_m42(x) -> Optional[np.ndarray]:
    return x


def choice_m43(x):
    y: Optional[np.ndarray] = None
    return x


def choice_m44(x):
    y: np.ndarray = x
    return x


def choice_m45(x, cfg: Optional[Tuple[int, ...]] = None):
    return x


def choice_m46(x, cfg: Optional[Any] = None):
    return x


def choice_m47(x, c: Optional[Union[int, str]] = None, d: Union[None, int] = None):
    return c


def choice_m48(x, cfg: Union[float, Tuple[float, float], Tensor, None] = None):
    return x


def choice_m49(x, cfg: Optional[Dict] = None):
    return x


def choice_m50(x, cfg: Optional[List] = None):
    return x


def choice_m51(x, cfg: Optional[list] = None):
    return x


def choice_m52(x, cfg: Union[list, tuple]):
    return x


def choice_m53(x, cfg: Optional[Union[list, tuple]]):
    return x


def choice_m54(x, cfg: Union[int, np.integer]):
    return x


def choice_m56(x, cfg: Union[Callable, str]):
    return x


def choice_m57(x, cfg: Union[Callable[[Tensor], Tensor], str]):
    return x


def choice_m58(x, cfg: Optional[Callable[[Tensor], Tensor]] = None):
    return x


def choice_m59(x, cfg: Optional[torch.nn.Module] = None):
    return x


def choice_m60(x, cfg: Union[torch.dtype, str, None] = None):
    return x


def choice_m61(x, cfg: Union[torch.device, str, None] = None):
    return x


def choice_m62(x, cfg: Union[str, type]):
    return x


def choice_m63(x, cfg: Union[Iterable[torch.nn.Module], str]):
    return x


T = TypeVar("T")


class Plain:
    pass


class Net(nn.Module):
    pass


class Col(Enum):
    R = 1


class Pt(NamedTuple):
    x: int


class Ex(Exception):
    pass


class Stat:
    @staticmethod
    def f(x: int) -> int:
        return x
    @property
    def g(self) -> int:
        return 1


def part_a1(x) -> Tuple[np.ndarray, int]:
    return x


def part_a2(x, y: List[np.ndarray]):
    return x


def part_a3(x, y: Dict[str, np.ndarray]):
    return x


def part_a4(x, y: Dict[np.ndarray, int]):
    return x


def part_a5(x, y: Tuple[int, Optional[np.ndarray]]):
    return x


def part_a6(x, y: List[Optional[np.ndarray]]):
    return x


def part_a7(x, y: Optional[List[np.ndarray]]):
    return x


def part_a8(x, y: Union[List[np.ndarray], Tensor]):
    return x


def part_a9(x, y: Optional[Tuple[np.ndarray, int]]):
    return x


def part_a10(x, y: Optional[Dict[str, np.ndarray]]):
    return x


def part_a11(x, y: Optional[Set[int]]):
    return x


def part_a12(x, y: Set[int]):
    return x


def part_a13(x, y: Type[Plain]):
    return x


def part_a14(x, y: Optional[Type[Plain]]):
    return x


def part_a15(x, y: Optional[T]):
    return x


def part_a16(x, y: T):
    return x


def part_a17(x, y: Tuple[T, int]):
    return x


def part_a18(x, y: Optional[Net]):
    return x


def part_a19(x, y: Net):
    return x


def part_a20(x, y: Optional[nn.Linear]):
    return x


def part_a21(x, y: nn.Linear):
    return x


def part_a22(x, y: Optional["nn.Linear"]):
    return x


def part_a23(x, y: Optional["Plain"]):
    return x


def part_a24(x, y: Optional["Tensor"]):
    return x


def part_a25(x, y: "Optional[np.ndarray]"):
    return x


def part_a26(x, y: Optional[Path]):
    return x


def part_a27(x, y: Path):
    return x


def part_a28(x, y: Optional[argparse.Namespace]):
    return x


def part_a29(x, y: argparse.Namespace):
    return x


def part_a30(x, y: Union[Sequence[Tensor], Tensor]):
    return x


def part_a31(x, y: Tuple[int, ...]):
    return x


def part_a32(x, y: Optional[Tuple[int, ...]]):
    return x


def part_a33(x, y: List[Tuple[int, ...]]):
    return x


def part_a34(x, y: Union[int, Literal["a"]]):
    return x


def part_a35(x, y: Union[Literal["a", "b"], None]):
    return x


def part_a36(x, y: Tuple[Callable, int]):
    return x


def part_a37(x, y: List[Callable]):
    return x


def part_a38(x, y: Dict[str, Callable]):
    return x


def part_a39(x, y: Dict[str, Any]):
    return x


def part_a40(x, y: Optional[Dict[str, Callable]]):
    return x


def part_a41(x, y: Optional[Iterable]):
    return x


def part_a42(x, y: collections.OrderedDict):
    return x


def part_a43(x, y: Optional[OrderedDict]):
    return x


def part_a44(x, y: OrderedDict[str, int]):
    return x


def part_a45(x, y: "OrderedDict[str, int]"):
    return x


def part_a46(x, y: Optional[torch.Size]):
    return x


def part_a47(x, y: Union[torch.Size, List[int]]):
    return x


def part_a48(x, y: Optional[slice]):
    return x


def part_a49(x, y: Optional[Ex]):
    return x


def part_a53(x, y: Optional[Col]):
    return x


def part_a54(x, y: Optional[Pt]):
    return x


def part_a55(x, y: Union[Net, Tensor]):
    return x


def part_a56(x, y: Optional[Union[Net, Tensor]]):
    return x


def part_a57(x, y: Union[None, Net]):
    return x


def part_a58(x, y: Union[int, int, Net]):
    return x


def part_a59(x, y: Union[int, Union[str, Net]]):
    return x


def part_a60(x, y: Optional[list[Net]]):
    return x


def part_a61(x, y: tuple[Net, int]):
    return x


def part_a62(x, y: Optional[type[Net]]):
    return x


def part_a63(x, y: dict[str, Net]):
    return x


def part_a64(x, y: Optional[torch.optim.Optimizer]):
    return x


def part_a65(x, y: torch.optim.Optimizer):
    return x


def part_a66(x, y: Optional[torch.utils.data.DataLoader]):
    return x


def part_a67(x, y: t.Optional[np.ndarray]):
    return x


def part_a68(x, y: typing.Union[np.ndarray, int]):
    return x


def part_a69(x, y: Optional[Callable[..., Tensor]]):
    return x


def part_a70(x, y: Union[Callable[..., Tensor], str]):
    return x


def part_a71(x, y: List[Callable[[Tensor], Tensor]]):
    return x


def part_a72(x, y: Tuple[int, "np.ndarray"]):
    return x


def part_a73(x, y: Optional[np.dtype]):
    return x


def part_a74(x, y: Optional[torch.distributed.ProcessGroup]):
    return x


def part_a75(x, y: torch.distributed.ProcessGroup):
    return x


def part_a77(x, y: Optional[bytes]):
    return x


def part_a78(x, y: bytes):
    return x


def part_a79(x, y: Optional[set]):
    return x


def part_a80(x, y: Optional[Sequence]):
    return x


def part_a83(x, y: Optional[collections.abc.Sequence[int]]):
    return x


def part_a84(x, y: List[Union[str, np.ndarray]]):
    return x


def part_a85(x, y: Generator):
    return x


def part_a87(x, y: Tuple[()]):
    return x


def part_a88(x, y: List[T]):
    return x


def part_a89(x, y: Optional[List[T]]):
    return x


def part_a90(x, y: Optional[Stat]):
    return x


def part_a91(x, y: Stat):
    return x


def part_a92(x, y: Union[Tensor, List[Tensor], np.ndarray] = None):
    return x


def part_a93(x, y: Optional[List[Dict[str, np.ndarray]]] = None):
    return x


def part_a94(x, y: Optional[np.float32] = None):
    return x


def part_a95(x, y: Optional[torch.nn.Parameter] = None):
    return x


def part_a96(x, y: Optional[torch.autograd.Function] = None):
    return x


def part_a97(x, y: Optional[torch.cuda.Stream] = None):
    return x


def part_a98(x, y: Union[str, torch.dtype, np.dtype] = None):
    return x


def part_b1(x) -> Optional[Tuple[Tensor, np.ndarray]]:
    return x


def part_b3(x):
    # type: (Tensor) -> Optional[np.ndarray]
    return x


def part_b4(x):
    z: List[Optional[Net]] = []
    return x


def part_b5(x):
    z = torch.jit.annotate(Optional[Net], None)
    return x


def part_b6(x):
    return isinstance(x, Optional[Net])


def part_b7(x: Any):
    return torch.jit.isinstance(x, Optional[Net])


def part_b8(x: Any):
    return torch.jit.isinstance(x, List[Net])


def part_b9(x, y: Optional[Deque[int]]):
    return x


def part_b10(x, y: Optional[DefaultDict[str, int]]):
    return x


def part_b11(x, y: Union[Hashable, Collection]):
    return x


def part_b12(x, y: Optional[FrozenSet[str]]):
    return x


def part_b13(x, y: Optional[Iterator[Tensor]]):
    return x


def part_b14(x, y: Iterable[Tensor]):
    return x


def part_b15(x, y: Optional[np.ndarray | int]):
    return x


def part_b16(x, y: Union[np.ndarray, Optional[int]]):
    return x


def part_b17(x, y: Union[float, int, np.ndarray, Tuple[Union[float, int], Union[float, int]]]):
    return x


def part_b18(x, y: Optional[Literal["a"]] = None):
    return x


def part_b19(x, y: Tuple[Tuple[np.ndarray, int], int]):
    return x


def part_b20(x, y: Union[Tuple[np.ndarray, int], int]):
    return x


def part_b21(x, y: List[Tuple[np.ndarray, int]]):
    return x


def part_b22(x, y: Dict[str, Tuple[np.ndarray, int]]):
    return x


def part_b23(x, y: Dict[str, List[np.ndarray]]):
    return x


def part_b24(x, y: Optional[Dict[str, List[np.ndarray]]]):
    return x


def part_b25(x, y: Optional[Callable[[], Tensor]]):
    return x


logger = logging.getLogger(__name__)
pattern = re.compile("x")


def alias_n1(x, a: Number):
    return x + a


def alias_n2(x, a: _size):
    return x


def alias_n3(x, a: Device):
    return x


def alias_n4(x, a: _int, b: _float, c: _bool):
    return x + a


def alias_n5(x, a: torch.types.Number):
    return x


def alias_n6(x, a: Optional[torch.types._size]):
    return x


def alias_n7(x, a: Optional[Number]):
    return x


def alias_n8(x, a: torch.types._dtype, b: torch.types._device):
    return x
