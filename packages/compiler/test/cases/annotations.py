"""What annotations, results, variables and defaults may be."""
import typing
from typing import Any, Callable, Dict, Final, Iterable, List, Literal, Mapping, NamedTuple, Optional, Sequence, Set, Tuple, Type, TypeVar, Union

import torch
from torch import Tensor

T = TypeVar("T")
Alias = List[int]
Names = Dict[str, Tensor]


def annotation1(a: int):
    return a


def annotation2(a: float):
    return a


def annotation3(a: bool):
    return a


def annotation4(a: str):
    return a


def annotation5(a: complex):
    return a


def annotation6(a: None):
    return a


def annotation7(a: Any):
    return a


def annotation8(a: Tensor):
    return a


def annotation9(a: torch.Tensor):
    return a


def annotation10(a: torch.nn.Parameter):
    return a


def annotation11(a: torch.device):
    return a


def annotation12(a: torch.dtype):
    return a


def annotation13(a: torch.layout):
    return a


def annotation14(a: torch.memory_format):
    return a


def annotation15(a: torch.Generator):
    return a


def annotation16(a: torch.Size):
    return a


def annotation17(a: torch.Stream):
    return a


def annotation18(a: torch.LongTensor):
    return a


def annotation19(a: torch.qscheme):
    return a


def annotation20(a: List[int]):
    return a


def annotation21(a: list[int]):
    return a


def annotation22(a: List[List[int]]):
    return a


def annotation23(a: List):
    return a


def annotation24(a: list):
    return a


def annotation25(a: Tuple[int, str]):
    return a


def annotation26(a: tuple[int, str]):
    return a


def annotation27(a: Tuple[()]):
    return a


def annotation28(a: Tuple[int, ...]):
    return a


def annotation29(a: Tuple):
    return a


def annotation30(a: tuple):
    return a


def annotation31(a: Dict[str, int]):
    return a


def annotation32(a: dict[str, int]):
    return a


def annotation33(a: Dict[int, Tensor]):
    return a


def annotation34(a: Dict[bool, int]):
    return a


def annotation35(a: Dict[float, int]):
    return a


def annotation36(a: Dict[Tensor, int]):
    return a


def annotation37(a: Dict[List[int], int]):
    return a


def annotation38(a: Dict[Any, int]):
    return a


def annotation39(a: Dict):
    return a


def annotation40(a: dict):
    return a


def annotation41(a: Optional[int]):
    return a


def annotation42(a: Optional[List[Optional[int]]]):
    return a


def annotation44(a: Optional[Any]):
    return a


def annotation45(a: Optional):
    return a


def annotation46(a: Union[int, float]):
    return a


def annotation47(a: Union[int, None]):
    return a


def annotation48(a: Union[int, str, None]):
    return a


def annotation49(a: Union[int]):
    return a


def annotation50(a: Union[int, int]):
    return a


def annotation51(a: Union[int, float, complex]):
    return a


def annotation52(a: Union[List[int], List[str]]):
    return a


def annotation53(a: Union):
    return a


def annotation54(a: int | None):
    return a


def annotation55(a: int | str):
    return a


def annotation56(a: None | int):
    return a


def annotation57(a: List[int] | None):
    return a


def annotation59(a: "Final"):
    return a


def annotation60(a: Literal[1]):
    return a


def annotation61(a: Callable):
    return a


def annotation62(a: Callable[[int], int]):
    return a


def annotation63(a: Iterable[int]):
    return a


def annotation64(a: Sequence[int]):
    return a


def annotation65(a: Mapping[str, int]):
    return a


def annotation66(a: Set[int]):
    return a


def annotation67(a: set):
    return a


def annotation68(a: frozenset):
    return a


def annotation69(a: bytes):
    return a


def annotation70(a: object):
    return a


def annotation71(a: type):
    return a


def annotation72(a: "Type[int]"):
    return a


def annotation73(a: T):
    return a


def annotation74(a: Alias):
    return a


def annotation75(a: Names):
    return a


def annotation76(a: typing.List[int]):
    return a


def annotation77(a: typing.Optional[int]):
    return a


def annotation78(a: typing.Any):
    return a


def annotation79(a: typing.Dict[str, typing.List[int]]):
    return a


def annotation80(a: "int"):
    return a


def annotation81(a: "List[int]"):
    return a


def annotation82(a: "Optional[Tensor]"):
    return a


def annotation83(a: "Unknown"):
    return a


def annotation84(a: "Unknown"):
    return a


def annotation85(a: "List[Unknown]"):
    return a


def annotation86(a: "List[int, str]"):
    return a


def annotation87(a: "Dict[int]"):
    return a


def annotation88(a: "Optional[int, str]"):
    return a


def annotation89(a: "List[1]"):
    return a


def annotation90(a: "int[3]"):
    return a


def annotation91(a: 1):
    return a


def annotation92(a: "1"):
    return a


def annotation93(a: [int]):
    return a


def annotation94(a: (int, str)):
    return a


def annotation95(a: {"a": int}):
    return a


def annotation96(a: lambda: 1):
    return a


def annotation98(a: torch.jit.Future[int]):
    return a


def annotation99(a: torch.futures.Future[int]):
    return a


def annotation100(a: torch.jit.Future):
    return a


def annotation101(a: "number"):
    return a


def annotation102(a: "Scalar"):
    return a


def annotation103(a: "torch.foo"):
    return a


def annotation104(a: List[T]):
    return a


def annotation105(a: "BroadcastingList2[int]"):
    return a


def annotation106(a: int or str):
    return a


def annotation107(a: ...):
    return a


def annotation108(a: torch.nn.Module):
    return a


def annotation109(a: NamedTuple):
    return a


def annotation110(a: float | None | int):
    return a


def returned0_0(x) -> int:
    return 1


def declared0_0(x):
    v: int = 1
    return v


def returned0_1(x) -> int:
    return 1.5


def annotated0_1(x):
    return torch.jit.annotate(int, 1.5)


def returned0_2(x) -> int:
    return "s"


def default0_2(x, v: int = "s"):
    return v


def returned0_3(x) -> int:
    return None


def declared0_3(x):
    v: int = None
    return v


def returned0_4(x) -> int:
    return [1]


def annotated0_4(x):
    return torch.jit.annotate(int, [1])


def returned0_5(x) -> int:
    return []


def default0_5(x, v: int = []):
    return v


def returned0_6(x) -> int:
    return (1, 2.0)


def declared0_6(x):
    v: int = (1, 2.0)
    return v


def returned0_7(x) -> int:
    return {"a": 1}


def annotated0_7(x):
    return torch.jit.annotate(int, {"a": 1})


def returned0_8(x) -> int:
    return {}


def default0_8(x, v: int = {}):
    return v


def returned0_9(x) -> int:
    return x


def declared0_9(x):
    v: int = x
    return v


def returned0_10(x) -> int:
    return [x]


def annotated0_10(x):
    return torch.jit.annotate(int, [x])


def returned0_11(x) -> int:
    return True


def default0_11(x, v: int = True):
    return v


def returned0_12(x) -> int:
    return 1j


def declared0_12(x):
    v: int = 1j
    return v


def returned0_13(x) -> int:
    return ()


def annotated0_13(x):
    return torch.jit.annotate(int, ())


def returned1_0(x) -> float:
    return 1


def annotated1_0(x):
    return torch.jit.annotate(float, 1)


def returned1_1(x) -> float:
    return 1.5


def default1_1(x, v: float = 1.5):
    return v


def returned1_2(x) -> float:
    return "s"


def declared1_2(x):
    v: float = "s"
    return v


def returned1_3(x) -> float:
    return None


def annotated1_3(x):
    return torch.jit.annotate(float, None)


def returned1_4(x) -> float:
    return [1]


def default1_4(x, v: float = [1]):
    return v


def returned1_5(x) -> float:
    return []


def declared1_5(x):
    v: float = []
    return v


def returned1_6(x) -> float:
    return (1, 2.0)


def annotated1_6(x):
    return torch.jit.annotate(float, (1, 2.0))


def returned1_7(x) -> float:
    return {"a": 1}


def default1_7(x, v: float = {"a": 1}):
    return v


def returned1_8(x) -> float:
    return {}


def declared1_8(x):
    v: float = {}
    return v


def returned1_9(x) -> float:
    return x


def annotated1_9(x):
    return torch.jit.annotate(float, x)


def returned1_10(x) -> float:
    return [x]


def default1_10(x, v: float = None):
    return v


def returned1_11(x) -> float:
    return True


def declared1_11(x):
    v: float = True
    return v


def returned1_12(x) -> float:
    return 1j


def annotated1_12(x):
    return torch.jit.annotate(float, 1j)


def returned1_13(x) -> float:
    return ()


def default1_13(x, v: float = ()):
    return v


def returned2_0(x) -> str:
    return 1


def default2_0(x, v: str = 1):
    return v


def returned2_1(x) -> str:
    return 1.5


def declared2_1(x):
    v: str = 1.5
    return v


def returned2_2(x) -> str:
    return "s"


def annotated2_2(x):
    return torch.jit.annotate(str, "s")


def returned2_3(x) -> str:
    return None


def default2_3(x, v: str = None):
    return v


def returned2_4(x) -> str:
    return [1]


def declared2_4(x):
    v: str = [1]
    return v


def returned2_5(x) -> str:
    return []


def annotated2_5(x):
    return torch.jit.annotate(str, [])


def returned2_6(x) -> str:
    return (1, 2.0)


def default2_6(x, v: str = (1, 2.0)):
    return v


def returned2_7(x) -> str:
    return {"a": 1}


def declared2_7(x):
    v: str = {"a": 1}
    return v


def returned2_8(x) -> str:
    return {}


def annotated2_8(x):
    return torch.jit.annotate(str, {})


def returned2_9(x) -> str:
    return x


def default2_9(x, v: str = None):
    return v


def returned2_10(x) -> str:
    return [x]


def declared2_10(x):
    v: str = [x]
    return v


def returned2_11(x) -> str:
    return True


def annotated2_11(x):
    return torch.jit.annotate(str, True)


def returned2_12(x) -> str:
    return 1j


def default2_12(x, v: str = 1j):
    return v


def returned2_13(x) -> str:
    return ()


def declared2_13(x):
    v: str = ()
    return v


def returned3_0(x) -> None:
    return 1


def declared3_0(x):
    v: None = 1
    return v


def returned3_1(x) -> None:
    return 1.5


def annotated3_1(x):
    return torch.jit.annotate(None, 1.5)


def returned3_2(x) -> None:
    return "s"


def default3_2(x, v: None = "s"):
    return v


def returned3_3(x) -> None:
    return None


def declared3_3(x):
    v: None = None
    return v


def returned3_4(x) -> None:
    return [1]


def annotated3_4(x):
    return torch.jit.annotate(None, [1])


def returned3_5(x) -> None:
    return []


def default3_5(x, v: None = []):
    return v


def returned3_6(x) -> None:
    return (1, 2.0)


def declared3_6(x):
    v: None = (1, 2.0)
    return v


def returned3_7(x) -> None:
    return {"a": 1}


def annotated3_7(x):
    return torch.jit.annotate(None, {"a": 1})


def returned3_8(x) -> None:
    return {}


def default3_8(x, v: None = {}):
    return v


def returned3_9(x) -> None:
    return x


def declared3_9(x):
    v: None = x
    return v


def returned3_10(x) -> None:
    return [x]


def annotated3_10(x):
    return torch.jit.annotate(None, [x])


def returned3_11(x) -> None:
    return True


def default3_11(x, v: None = True):
    return v


def returned3_12(x) -> None:
    return 1j


def declared3_12(x):
    v: None = 1j
    return v


def returned3_13(x) -> None:
    return ()


def annotated3_13(x):
    return torch.jit.annotate(None, ())


def returned5_0(x) -> List[int]:
    return 1


def default5_0(x, v: List[int] = 1):
    return v


def returned5_1(x) -> List[int]:
    return 1.5


def declared5_1(x):
    v: List[int] = 1.5
    return v


def returned5_2(x) -> List[int]:
    return "s"


def annotated5_2(x):
    return torch.jit.annotate(List[int], "s")


def returned5_3(x) -> List[int]:
    return None


def default5_3(x, v: List[int] = None):
    return v


def returned5_4(x) -> List[int]:
    return [1]


def declared5_4(x):
    v: List[int] = [1]
    return v


def returned5_5(x) -> List[int]:
    return []


def annotated5_5(x):
    return torch.jit.annotate(List[int], [])


def returned5_6(x) -> List[int]:
    return (1, 2.0)


def default5_6(x, v: List[int] = (1, 2.0)):
    return v


def returned5_7(x) -> List[int]:
    return {"a": 1}


def declared5_7(x):
    v: List[int] = {"a": 1}
    return v


def returned5_8(x) -> List[int]:
    return {}


def annotated5_8(x):
    return torch.jit.annotate(List[int], {})


def returned5_9(x) -> List[int]:
    return x


def default5_9(x, v: List[int] = None):
    return v


def returned5_10(x) -> List[int]:
    return [x]


def declared5_10(x):
    v: List[int] = [x]
    return v


def returned5_11(x) -> List[int]:
    return True


def annotated5_11(x):
    return torch.jit.annotate(List[int], True)


def returned5_12(x) -> List[int]:
    return 1j


def default5_12(x, v: List[int] = 1j):
    return v


def returned5_13(x) -> List[int]:
    return ()


def declared5_13(x):
    v: List[int] = ()
    return v


def returned6_0(x) -> Tuple[int, float]:
    return 1


def declared6_0(x):
    v: Tuple[int, float] = 1
    return v


def returned6_1(x) -> Tuple[int, float]:
    return 1.5


def annotated6_1(x):
    return torch.jit.annotate(Tuple[int, float], 1.5)


def returned6_2(x) -> Tuple[int, float]:
    return "s"


def default6_2(x, v: Tuple[int, float] = "s"):
    return v


def returned6_3(x) -> Tuple[int, float]:
    return None


def declared6_3(x):
    v: Tuple[int, float] = None
    return v


def returned6_4(x) -> Tuple[int, float]:
    return [1]


def annotated6_4(x):
    return torch.jit.annotate(Tuple[int, float], [1])


def returned6_5(x) -> Tuple[int, float]:
    return []


def default6_5(x, v: Tuple[int, float] = []):
    return v


def returned6_6(x) -> Tuple[int, float]:
    return (1, 2.0)


def declared6_6(x):
    v: Tuple[int, float] = (1, 2.0)
    return v


def returned6_7(x) -> Tuple[int, float]:
    return {"a": 1}


def annotated6_7(x):
    return torch.jit.annotate(Tuple[int, float], {"a": 1})


def returned6_8(x) -> Tuple[int, float]:
    return {}


def default6_8(x, v: Tuple[int, float] = {}):
    return v


def returned6_9(x) -> Tuple[int, float]:
    return x


def declared6_9(x):
    v: Tuple[int, float] = x
    return v


def returned6_10(x) -> Tuple[int, float]:
    return [x]


def annotated6_10(x):
    return torch.jit.annotate(Tuple[int, float], [x])


def returned6_11(x) -> Tuple[int, float]:
    return True


def default6_11(x, v: Tuple[int, float] = True):
    return v


def returned6_12(x) -> Tuple[int, float]:
    return 1j


def declared6_12(x):
    v: Tuple[int, float] = 1j
    return v


def returned6_13(x) -> Tuple[int, float]:
    return ()


def annotated6_13(x):
    return torch.jit.annotate(Tuple[int, float], ())


def returned7_0(x) -> Tuple[()]:
    return 1


def annotated7_0(x):
    return torch.jit.annotate(Tuple[()], 1)


def returned7_1(x) -> Tuple[()]:
    return 1.5


def default7_1(x, v: Tuple[()] = 1.5):
    return v


def returned7_2(x) -> Tuple[()]:
    return "s"


def declared7_2(x):
    v: Tuple[()] = "s"
    return v


def returned7_3(x) -> Tuple[()]:
    return None


def annotated7_3(x):
    return torch.jit.annotate(Tuple[()], None)


def returned7_4(x) -> Tuple[()]:
    return [1]


def default7_4(x, v: Tuple[()] = [1]):
    return v


def returned7_5(x) -> Tuple[()]:
    return []


def declared7_5(x):
    v: Tuple[()] = []
    return v


def returned7_6(x) -> Tuple[()]:
    return (1, 2.0)


def annotated7_6(x):
    return torch.jit.annotate(Tuple[()], (1, 2.0))


def returned7_7(x) -> Tuple[()]:
    return {"a": 1}


def default7_7(x, v: Tuple[()] = {"a": 1}):
    return v


def returned7_8(x) -> Tuple[()]:
    return {}


def declared7_8(x):
    v: Tuple[()] = {}
    return v


def returned7_9(x) -> Tuple[()]:
    return x


def annotated7_9(x):
    return torch.jit.annotate(Tuple[()], x)


def returned7_10(x) -> Tuple[()]:
    return [x]


def default7_10(x, v: Tuple[()] = None):
    return v


def returned7_11(x) -> Tuple[()]:
    return True


def declared7_11(x):
    v: Tuple[()] = True
    return v


def returned7_12(x) -> Tuple[()]:
    return 1j


def annotated7_12(x):
    return torch.jit.annotate(Tuple[()], 1j)


def returned7_13(x) -> Tuple[()]:
    return ()


def default7_13(x, v: Tuple[()] = ()):
    return v


def returned8_0(x) -> Dict[str, int]:
    return 1


def default8_0(x, v: Dict[str, int] = 1):
    return v


def returned8_1(x) -> Dict[str, int]:
    return 1.5


def declared8_1(x):
    v: Dict[str, int] = 1.5
    return v


def returned8_2(x) -> Dict[str, int]:
    return "s"


def annotated8_2(x):
    return torch.jit.annotate(Dict[str, int], "s")


def returned8_3(x) -> Dict[str, int]:
    return None


def default8_3(x, v: Dict[str, int] = None):
    return v


def returned8_4(x) -> Dict[str, int]:
    return [1]


def declared8_4(x):
    v: Dict[str, int] = [1]
    return v


def returned8_5(x) -> Dict[str, int]:
    return []


def annotated8_5(x):
    return torch.jit.annotate(Dict[str, int], [])


def returned8_6(x) -> Dict[str, int]:
    return (1, 2.0)


def default8_6(x, v: Dict[str, int] = (1, 2.0)):
    return v


def returned8_7(x) -> Dict[str, int]:
    return {"a": 1}


def declared8_7(x):
    v: Dict[str, int] = {"a": 1}
    return v


def returned8_8(x) -> Dict[str, int]:
    return {}


def annotated8_8(x):
    return torch.jit.annotate(Dict[str, int], {})


def returned8_9(x) -> Dict[str, int]:
    return x


def default8_9(x, v: Dict[str, int] = None):
    return v


def returned8_10(x) -> Dict[str, int]:
    return [x]


def declared8_10(x):
    v: Dict[str, int] = [x]
    return v


def returned8_11(x) -> Dict[str, int]:
    return True


def annotated8_11(x):
    return torch.jit.annotate(Dict[str, int], True)


def returned8_12(x) -> Dict[str, int]:
    return 1j


def default8_12(x, v: Dict[str, int] = 1j):
    return v


def returned8_13(x) -> Dict[str, int]:
    return ()


def declared8_13(x):
    v: Dict[str, int] = ()
    return v


def returned9_0(x) -> Optional[int]:
    return 1


def declared9_0(x):
    v: Optional[int] = 1
    return v


def returned9_1(x) -> Optional[int]:
    return 1.5


def annotated9_1(x):
    return torch.jit.annotate(Optional[int], 1.5)


def returned9_2(x) -> Optional[int]:
    return "s"


def default9_2(x, v: Optional[int] = "s"):
    return v


def returned9_3(x) -> Optional[int]:
    return None


def declared9_3(x):
    v: Optional[int] = None
    return v


def returned9_4(x) -> Optional[int]:
    return [1]


def annotated9_4(x):
    return torch.jit.annotate(Optional[int], [1])


def returned9_5(x) -> Optional[int]:
    return []


def default9_5(x, v: Optional[int] = []):
    return v


def returned9_6(x) -> Optional[int]:
    return (1, 2.0)


def declared9_6(x):
    v: Optional[int] = (1, 2.0)
    return v


def returned9_7(x) -> Optional[int]:
    return {"a": 1}


def annotated9_7(x):
    return torch.jit.annotate(Optional[int], {"a": 1})


def returned9_8(x) -> Optional[int]:
    return {}


def default9_8(x, v: Optional[int] = {}):
    return v


def returned9_9(x) -> Optional[int]:
    return x


def declared9_9(x):
    v: Optional[int] = x
    return v


def returned9_10(x) -> Optional[int]:
    return [x]


def annotated9_10(x):
    return torch.jit.annotate(Optional[int], [x])


def returned9_11(x) -> Optional[int]:
    return True


def default9_11(x, v: Optional[int] = True):
    return v


def returned9_12(x) -> Optional[int]:
    return 1j


def declared9_12(x):
    v: Optional[int] = 1j
    return v


def returned9_13(x) -> Optional[int]:
    return ()


def annotated9_13(x):
    return torch.jit.annotate(Optional[int], ())


def returned10_0(x) -> Union[int, str]:
    return 1


def annotated10_0(x):
    return torch.jit.annotate(Union[int, str], 1)


def returned10_1(x) -> Union[int, str]:
    return 1.5


def default10_1(x, v: Union[int, str] = 1.5):
    return v


def returned10_2(x) -> Union[int, str]:
    return "s"


def declared10_2(x):
    v: Union[int, str] = "s"
    return v


def returned10_3(x) -> Union[int, str]:
    return None


def annotated10_3(x):
    return torch.jit.annotate(Union[int, str], None)


def returned10_4(x) -> Union[int, str]:
    return [1]


def default10_4(x, v: Union[int, str] = [1]):
    return v


def returned10_5(x) -> Union[int, str]:
    return []


def declared10_5(x):
    v: Union[int, str] = []
    return v


def returned10_6(x) -> Union[int, str]:
    return (1, 2.0)


def annotated10_6(x):
    return torch.jit.annotate(Union[int, str], (1, 2.0))


def returned10_7(x) -> Union[int, str]:
    return {"a": 1}


def default10_7(x, v: Union[int, str] = {"a": 1}):
    return v


def returned10_8(x) -> Union[int, str]:
    return {}


def declared10_8(x):
    v: Union[int, str] = {}
    return v


def returned10_9(x) -> Union[int, str]:
    return x


def annotated10_9(x):
    return torch.jit.annotate(Union[int, str], x)


def returned10_10(x) -> Union[int, str]:
    return [x]


def default10_10(x, v: Union[int, str] = None):
    return v


def returned10_11(x) -> Union[int, str]:
    return True


def declared10_11(x):
    v: Union[int, str] = True
    return v


def returned10_12(x) -> Union[int, str]:
    return 1j


def annotated10_12(x):
    return torch.jit.annotate(Union[int, str], 1j)


def returned10_13(x) -> Union[int, str]:
    return ()


def default10_13(x, v: Union[int, str] = ()):
    return v


def returned11_0(x) -> Tensor:
    return 1


def default11_0(x, v: Tensor = 1):
    return v


def returned11_1(x) -> Tensor:
    return 1.5


def declared11_1(x):
    v: Tensor = 1.5
    return v


def returned11_2(x) -> Tensor:
    return "s"


def annotated11_2(x):
    return torch.jit.annotate(Tensor, "s")


def returned11_3(x) -> Tensor:
    return None


def returned11_4(x) -> Tensor:
    return [1]


def declared11_4(x):
    v: Tensor = [1]
    return v


def returned11_5(x) -> Tensor:
    return []


def annotated11_5(x):
    return torch.jit.annotate(Tensor, [])


def returned11_6(x) -> Tensor:
    return (1, 2.0)


def default11_6(x, v: Tensor = (1, 2.0)):
    return v


def returned11_7(x) -> Tensor:
    return {"a": 1}


def declared11_7(x):
    v: Tensor = {"a": 1}
    return v


def returned11_8(x) -> Tensor:
    return {}


def annotated11_8(x):
    return torch.jit.annotate(Tensor, {})


def returned11_9(x) -> Tensor:
    return x


def returned11_10(x) -> Tensor:
    return [x]


def declared11_10(x):
    v: Tensor = [x]
    return v


def returned11_11(x) -> Tensor:
    return True


def annotated11_11(x):
    return torch.jit.annotate(Tensor, True)


def returned11_12(x) -> Tensor:
    return 1j


def default11_12(x, v: Tensor = 1j):
    return v


def returned11_13(x) -> Tensor:
    return ()


def declared11_13(x):
    v: Tensor = ()
    return v


def returned12_0(x) -> List[Tensor]:
    return 1


def declared12_0(x):
    v: List[Tensor] = 1
    return v


def returned12_1(x) -> List[Tensor]:
    return 1.5


def annotated12_1(x):
    return torch.jit.annotate(List[Tensor], 1.5)


def returned12_2(x) -> List[Tensor]:
    return "s"


def default12_2(x, v: List[Tensor] = "s"):
    return v


def returned12_3(x) -> List[Tensor]:
    return None


def declared12_3(x):
    v: List[Tensor] = None
    return v


def returned12_4(x) -> List[Tensor]:
    return [1]


def annotated12_4(x):
    return torch.jit.annotate(List[Tensor], [1])


def returned12_5(x) -> List[Tensor]:
    return []


def default12_5(x, v: List[Tensor] = []):
    return v


def returned12_6(x) -> List[Tensor]:
    return (1, 2.0)


def declared12_6(x):
    v: List[Tensor] = (1, 2.0)
    return v


def returned12_7(x) -> List[Tensor]:
    return {"a": 1}


def annotated12_7(x):
    return torch.jit.annotate(List[Tensor], {"a": 1})


def returned12_8(x) -> List[Tensor]:
    return {}


def default12_8(x, v: List[Tensor] = {}):
    return v


def returned12_9(x) -> List[Tensor]:
    return x


def declared12_9(x):
    v: List[Tensor] = x
    return v


def returned12_10(x) -> List[Tensor]:
    return [x]


def annotated12_10(x):
    return torch.jit.annotate(List[Tensor], [x])


def returned12_11(x) -> List[Tensor]:
    return True


def default12_11(x, v: List[Tensor] = True):
    return v


def returned12_12(x) -> List[Tensor]:
    return 1j


def declared12_12(x):
    v: List[Tensor] = 1j
    return v


def returned12_13(x) -> List[Tensor]:
    return ()


def annotated12_13(x):
    return torch.jit.annotate(List[Tensor], ())


def returned13_0(x) -> bool:
    return 1


def annotated13_0(x):
    return torch.jit.annotate(bool, 1)


def returned13_1(x) -> bool:
    return 1.5


def default13_1(x, v: bool = 1.5):
    return v


def returned13_2(x) -> bool:
    return "s"


def declared13_2(x):
    v: bool = "s"
    return v


def returned13_3(x) -> bool:
    return None


def annotated13_3(x):
    return torch.jit.annotate(bool, None)


def returned13_4(x) -> bool:
    return [1]


def default13_4(x, v: bool = [1]):
    return v


def returned13_5(x) -> bool:
    return []


def declared13_5(x):
    v: bool = []
    return v


def returned13_6(x) -> bool:
    return (1, 2.0)


def annotated13_6(x):
    return torch.jit.annotate(bool, (1, 2.0))


def returned13_7(x) -> bool:
    return {"a": 1}


def default13_7(x, v: bool = {"a": 1}):
    return v


def returned13_8(x) -> bool:
    return {}


def declared13_8(x):
    v: bool = {}
    return v


def returned13_9(x) -> bool:
    return x


def annotated13_9(x):
    return torch.jit.annotate(bool, x)


def returned13_10(x) -> bool:
    return [x]


def default13_10(x, v: bool = None):
    return v


def returned13_11(x) -> bool:
    return True


def declared13_11(x):
    v: bool = True
    return v


def returned13_12(x) -> bool:
    return 1j


def annotated13_12(x):
    return torch.jit.annotate(bool, 1j)


def returned13_13(x) -> bool:
    return ()


def default13_13(x, v: bool = ()):
    return v


def returned14_0(x) -> complex:
    return 1


def default14_0(x, v: complex = 1):
    return v


def returned14_1(x) -> complex:
    return 1.5


def declared14_1(x):
    v: complex = 1.5
    return v


def returned14_2(x) -> complex:
    return "s"


def annotated14_2(x):
    return torch.jit.annotate(complex, "s")


def returned14_3(x) -> complex:
    return None


def default14_3(x, v: complex = None):
    return v


def returned14_4(x) -> complex:
    return [1]


def declared14_4(x):
    v: complex = [1]
    return v


def returned14_5(x) -> complex:
    return []


def annotated14_5(x):
    return torch.jit.annotate(complex, [])


def returned14_6(x) -> complex:
    return (1, 2.0)


def default14_6(x, v: complex = (1, 2.0)):
    return v


def returned14_7(x) -> complex:
    return {"a": 1}


def declared14_7(x):
    v: complex = {"a": 1}
    return v


def returned14_8(x) -> complex:
    return {}


def annotated14_8(x):
    return torch.jit.annotate(complex, {})


def returned14_9(x) -> complex:
    return x


def default14_9(x, v: complex = None):
    return v


def returned14_10(x) -> complex:
    return [x]


def declared14_10(x):
    v: complex = [x]
    return v


def returned14_11(x) -> complex:
    return True


def annotated14_11(x):
    return torch.jit.annotate(complex, True)


def returned14_12(x) -> complex:
    return 1j


def default14_12(x, v: complex = 1j):
    return v


def returned14_13(x) -> complex:
    return ()


def declared14_13(x):
    v: complex = ()
    return v
