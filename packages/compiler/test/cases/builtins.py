"""Builtins, methods of texts, lists, dicts and tensors, and functions of torch."""
import math
from typing import Any, Dict, List, Optional, Tuple

import torch
from torch import Tensor


def text1(s: str, t: str, n: int):
    return len(s)


def text2(s: str, t: str, n: int):
    return s + t


def text3(s: str, t: str, n: int):
    return s * n


def text4(s: str, t: str, n: int):
    return s[n]


def text5(s: str, t: str, n: int):
    return s[1:]


def text6(s: str, t: str, n: int):
    return s[::-1]


def text7(s: str, t: str, n: int):
    return s[n:n + 2]


def text8(s: str, t: str, n: int):
    return s.upper()


def text9(s: str, t: str, n: int):
    return s.lower()


def text10(s: str, t: str, n: int):
    return s.strip()


def text11(s: str, t: str, n: int):
    return s.lstrip(t)


def text12(s: str, t: str, n: int):
    return s.rstrip()


def text13(s: str, t: str, n: int):
    return s.split()


def text14(s: str, t: str, n: int):
    return s.split(t)


def text15(s: str, t: str, n: int):
    return s.split(t, n)


def text16(s: str, t: str, n: int):
    return s.rsplit(t)


def text17(s: str, t: str, n: int):
    return s.splitlines()


def text18(s: str, t: str, n: int):
    return s.partition(t)


def text19(s: str, t: str, n: int):
    return s.rpartition(t)


def text20(s: str, t: str, n: int):
    return s.find(t)


def text21(s: str, t: str, n: int):
    return s.find(t, n)


def text22(s: str, t: str, n: int):
    return s.rfind(t, n, n)


def text23(s: str, t: str, n: int):
    return s.index(t)


def text24(s: str, t: str, n: int):
    return s.count(t)


def text25(s: str, t: str, n: int):
    return s.replace(s, t)


def text26(s: str, t: str, n: int):
    return s.replace(s, t, n)


def text27(s: str, t: str, n: int):
    return s.startswith(t)


def text28(s: str, t: str, n: int):
    return s.endswith(t, n)


def text29(s: str, t: str, n: int):
    return s.isdigit()


def text30(s: str, t: str, n: int):
    return s.isalpha()


def text31(s: str, t: str, n: int):
    return s.isspace()


def text32(s: str, t: str, n: int):
    return s.isidentifier()


def text33(s: str, t: str, n: int):
    return s.islower()


def text34(s: str, t: str, n: int):
    return s.istitle()


def text35(s: str, t: str, n: int):
    return s.isprintable()


def text36(s: str, t: str, n: int):
    return s.title()


def text37(s: str, t: str, n: int):
    return s.capitalize()


def text38(s: str, t: str, n: int):
    return s.swapcase()


def text39(s: str, t: str, n: int):
    return s.center(n)


def text40(s: str, t: str, n: int):
    return s.center(n, t)


def text41(s: str, t: str, n: int):
    return s.ljust(n)


def text42(s: str, t: str, n: int):
    return s.rjust(n, t)


def text43(s: str, t: str, n: int):
    return s.zfill(n)


def text44(s: str, t: str, n: int):
    return s.expandtabs()


def text45(s: str, t: str, n: int):
    return s.join([s, t])


def text46(s: str, t: str, n: int):
    return t.join([c for c in s])


def text47(s: str, t: str, n: int):
    return s.format(n)


def text48(s: str, t: str, n: int):
    return "{} {}".format(s, n)


def text49(s: str, t: str, n: int):
    return "{0} {1}".format(s, n)


def text50(s: str, t: str, n: int):
    return f"{s} {n}"


def text51(s: str, t: str, n: int):
    return f"{s!r}"


def text52(s: str, t: str, n: int):
    return f"{n:>3}"


def text54(s: str, t: str, n: int):
    return s % n


def text55(s: str, t: str, n: int):
    return t in s


def text56(s: str, t: str, n: int):
    return t not in s


def text57(s: str, t: str, n: int):
    return s == t


def text58(s: str, t: str, n: int):
    return s < t


def text59(s: str, t: str, n: int):
    return s <= t


def text60(s: str, t: str, n: int):
    return ord(s)


def text61(s: str, t: str, n: int):
    return chr(n)


def text62(s: str, t: str, n: int):
    return hex(n)


def text63(s: str, t: str, n: int):
    return oct(n)


def text64(s: str, t: str, n: int):
    return bin(n)


def text65(s: str, t: str, n: int):
    return str(n)


def text66(s: str, t: str, n: int):
    return int(s)


def text67(s: str, t: str, n: int):
    return float(s)


def text68(s: str, t: str, n: int):
    return bool(s)


def text69(s: str, t: str, n: int):
    return list(s)


def text70(s: str, t: str, n: int):
    return sorted([s, t])


def text71(s: str, t: str, n: int):
    return hash(s)


def text72(s: str, t: str, n: int):
    return s.encode()


def text73(s: str, t: str, n: int):
    return s.casefold()


def text74(s: str, t: str, n: int):
    return s.removeprefix(t)


def text75(s: str, t: str, n: int):
    return s.isascii()


def text76(s: str, t: str, n: int):
    return max(s, t)


def text77(s: str, t: str, n: int):
    return [c for c in s]


def text78(s: str, t: str, n: int):
    return s and t


def text79(s: str, t: str, n: int):
    return not s


def text80(s: str, t: str, n: int):
    return tuple(s)


def text81(s: str, t: str, n: int):
    return s.format(n=n)


def text82(s: str, t: str, n: int):
    return s[0:n:2]


def text83(s: str, t: str, n: int):
    return min([s, t])


def text84(s: str, t: str, n: int):
    return s.__len__()


def text85(s: str, t: str, n: int):
    return repr(s)


def text86(s: str, t: str, n: int):
    return "a" "b" + s


def text87(s: str, t: str, n: int):
    return '\n\t\\\x41\u00e9' + s


def text88(s: str, t: str, n: int):
    return r"\n" + s


def text89(s: str, t: str, n: int):
    return """x"""


def text90(s: str, t: str, n: int):
    return b"x"


def number91(a: int, b: int, x: float, y: float, p: bool):
    return abs(a)


def number92(a: int, b: int, x: float, y: float, p: bool):
    return abs(x)


def number93(a: int, b: int, x: float, y: float, p: bool):
    return abs(p)


def number94(a: int, b: int, x: float, y: float, p: bool):
    return min(a, b)


def number95(a: int, b: int, x: float, y: float, p: bool):
    return max(x, y)


def number96(a: int, b: int, x: float, y: float, p: bool):
    return min(a, x)


def number97(a: int, b: int, x: float, y: float, p: bool):
    return min(a, b, a)


def number98(a: int, b: int, x: float, y: float, p: bool):
    return max([a, b])


def number99(a: int, b: int, x: float, y: float, p: bool):
    return min([x, y])


def number100(a: int, b: int, x: float, y: float, p: bool):
    return sum([a, b])


def number101(a: int, b: int, x: float, y: float, p: bool):
    return sum([x, y])


def number102(a: int, b: int, x: float, y: float, p: bool):
    return divmod(a, b)


def number103(a: int, b: int, x: float, y: float, p: bool):
    return divmod(x, y)


def number104(a: int, b: int, x: float, y: float, p: bool):
    return pow(a, b)


def number105(a: int, b: int, x: float, y: float, p: bool):
    return pow(x, y)


def number106(a: int, b: int, x: float, y: float, p: bool):
    return pow(x, a)


def number107(a: int, b: int, x: float, y: float, p: bool):
    return round(x)


def number108(a: int, b: int, x: float, y: float, p: bool):
    return round(a)


def number109(a: int, b: int, x: float, y: float, p: bool):
    return round(x, 2)


def number110(a: int, b: int, x: float, y: float, p: bool):
    return int(x)


def number111(a: int, b: int, x: float, y: float, p: bool):
    return int(p)


def number112(a: int, b: int, x: float, y: float, p: bool):
    return float(a)


def number113(a: int, b: int, x: float, y: float, p: bool):
    return float(p)


def number114(a: int, b: int, x: float, y: float, p: bool):
    return bool(a)


def number115(a: int, b: int, x: float, y: float, p: bool):
    return bool(x)


def number116(a: int, b: int, x: float, y: float, p: bool):
    return complex(a, b)


def number117(a: int, b: int, x: float, y: float, p: bool):
    return complex(x)


def number118(a: int, b: int, x: float, y: float, p: bool):
    return math.sqrt(x)


def number119(a: int, b: int, x: float, y: float, p: bool):
    return math.floor(x)


def number120(a: int, b: int, x: float, y: float, p: bool):
    return math.ceil(a)


def number121(a: int, b: int, x: float, y: float, p: bool):
    return math.log(x)


def number122(a: int, b: int, x: float, y: float, p: bool):
    return math.log(x, y)


def number123(a: int, b: int, x: float, y: float, p: bool):
    return math.log2(x)


def number124(a: int, b: int, x: float, y: float, p: bool):
    return math.exp(a)


def number125(a: int, b: int, x: float, y: float, p: bool):
    return math.pow(a, x)


def number126(a: int, b: int, x: float, y: float, p: bool):
    return math.fmod(x, y)


def number127(a: int, b: int, x: float, y: float, p: bool):
    return math.gcd(a, b)


def number128(a: int, b: int, x: float, y: float, p: bool):
    return math.factorial(a)


def number129(a: int, b: int, x: float, y: float, p: bool):
    return math.atan2(x, y)


def number130(a: int, b: int, x: float, y: float, p: bool):
    return math.copysign(x, y)


def number131(a: int, b: int, x: float, y: float, p: bool):
    return math.isnan(x)


def number132(a: int, b: int, x: float, y: float, p: bool):
    return math.isinf(x)


def number133(a: int, b: int, x: float, y: float, p: bool):
    return math.pi


def number134(a: int, b: int, x: float, y: float, p: bool):
    return math.inf


def number135(a: int, b: int, x: float, y: float, p: bool):
    return math.nan


def number136(a: int, b: int, x: float, y: float, p: bool):
    return math.tau


def number137(a: int, b: int, x: float, y: float, p: bool):
    return math.e


def number138(a: int, b: int, x: float, y: float, p: bool):
    return math.frexp(x)


def number139(a: int, b: int, x: float, y: float, p: bool):
    return math.modf(x)


def number140(a: int, b: int, x: float, y: float, p: bool):
    return math.ldexp(x, a)


def number141(a: int, b: int, x: float, y: float, p: bool):
    return math.hypot(x, y)


def number142(a: int, b: int, x: float, y: float, p: bool):
    return math.degrees(x)


def number143(a: int, b: int, x: float, y: float, p: bool):
    return math.trunc(x)


def number144(a: int, b: int, x: float, y: float, p: bool):
    return math.fabs(x)


def number145(a: int, b: int, x: float, y: float, p: bool):
    return math.erf(x)


def number146(a: int, b: int, x: float, y: float, p: bool):
    return math.gamma(x)


def number147(a: int, b: int, x: float, y: float, p: bool):
    return math.comb(a, b)


def number148(a: int, b: int, x: float, y: float, p: bool):
    return math.dist([x], [y])


def number149(a: int, b: int, x: float, y: float, p: bool):
    return float("inf")


def number150(a: int, b: int, x: float, y: float, p: bool):
    return float("nan")


def number151(a: int, b: int, x: float, y: float, p: bool):
    return a if p else b


def number152(a: int, b: int, x: float, y: float, p: bool):
    return a if p else x


def number153(a: int, b: int, x: float, y: float, p: bool):
    return x if p else y


def number154(a: int, b: int, x: float, y: float, p: bool):
    return a < b < x


def number155(a: int, b: int, x: float, y: float, p: bool):
    return a < b and x > y or not p


def number156(a: int, b: int, x: float, y: float, p: bool):
    return a or b


def number157(a: int, b: int, x: float, y: float, p: bool):
    return p and a


def number158(a: int, b: int, x: float, y: float, p: bool):
    return (a, x)


def number159(a: int, b: int, x: float, y: float, p: bool):
    return [a, b]


def number160(a: int, b: int, x: float, y: float, p: bool):
    return [a, x]


def number161(a: int, b: int, x: float, y: float, p: bool):
    return {a: x}


def number162(a: int, b: int, x: float, y: float, p: bool):
    return {a: x, b: y}


def number163(a: int, b: int, x: float, y: float, p: bool):
    return {1, 2}


def number164(a: int, b: int, x: float, y: float, p: bool):
    return []


def number165(a: int, b: int, x: float, y: float, p: bool):
    return {}


def number166(a: int, b: int, x: float, y: float, p: bool):
    return ()


def number167(a: int, b: int, x: float, y: float, p: bool):
    return (a,)


def number168(a: int, b: int, x: float, y: float, p: bool):
    return range(a)


def number169(a: int, b: int, x: float, y: float, p: bool):
    return len(range(a))


def number170(a: int, b: int, x: float, y: float, p: bool):
    return list(range(a))


def number171(a: int, b: int, x: float, y: float, p: bool):
    return list(range(a, b, 2))


def number172(a: int, b: int, x: float, y: float, p: bool):
    return [i for i in range(a)]


def number173(a: int, b: int, x: float, y: float, p: bool):
    return [i * 2 for i in range(a, b)]


def number174(a: int, b: int, x: float, y: float, p: bool):
    return [i for i in range(0, a, b)]


def number175(a: int, b: int, x: float, y: float, p: bool):
    return all([p, p])


def number176(a: int, b: int, x: float, y: float, p: bool):
    return any([p])


def number177(a: int, b: int, x: float, y: float, p: bool):
    return all([a])


def number178(a: int, b: int, x: float, y: float, p: bool):
    return sorted([a, b])


def number179(a: int, b: int, x: float, y: float, p: bool):
    return reversed([a, b])


def number180(a: int, b: int, x: float, y: float, p: bool):
    return isinstance(a, int)


def number181(a: int, b: int, x: float, y: float, p: bool):
    return isinstance(a, float)


def number182(a: int, b: int, x: float, y: float, p: bool):
    return isinstance(a, (int, float))


def number183(a: int, b: int, x: float, y: float, p: bool):
    return type(a)


def number184(a: int, b: int, x: float, y: float, p: bool):
    return id(a)


def number185(a: int, b: int, x: float, y: float, p: bool):
    return hash(a)


def number186(a: int, b: int, x: float, y: float, p: bool):
    return hash(x)


def number187(a: int, b: int, x: float, y: float, p: bool):
    return a.bit_length()


def number188(a: int, b: int, x: float, y: float, p: bool):
    return a.real


def number189(a: int, b: int, x: float, y: float, p: bool):
    return x.is_integer()


def number190(a: int, b: int, x: float, y: float, p: bool):
    return 1_000 + a


def number191(a: int, b: int, x: float, y: float, p: bool):
    return 0xff + a


def number192(a: int, b: int, x: float, y: float, p: bool):
    return 0b11 + a


def number193(a: int, b: int, x: float, y: float, p: bool):
    return 0o17 + a


def number194(a: int, b: int, x: float, y: float, p: bool):
    return 1e3 + x


def number195(a: int, b: int, x: float, y: float, p: bool):
    return 1j * x


def number196(a: int, b: int, x: float, y: float, p: bool):
    return 5 // a


def number197(a: int, b: int, x: float, y: float, p: bool):
    return -7 // 2


def number198(a: int, b: int, x: float, y: float, p: bool):
    return -7 % 3


def number199(a: int, b: int, x: float, y: float, p: bool):
    return 2 ** 10


def number200(a: int, b: int, x: float, y: float, p: bool):
    return 2 ** -1


def number201(a: int, b: int, x: float, y: float, p: bool):
    return 7 / 2


def number202(a: int, b: int, x: float, y: float, p: bool):
    return 1 << 4


def number203(a: int, b: int, x: float, y: float, p: bool):
    return ~a


def number204(a: int, b: int, x: float, y: float, p: bool):
    return not a


def number205(a: int, b: int, x: float, y: float, p: bool):
    return a is b


def number206(a: int, b: int, x: float, y: float, p: bool):
    return lambda: a


def number207(a: int, b: int, x: float, y: float, p: bool):
    return (lambda q: q)(a)


def number208(a: int, b: int, x: float, y: float, p: bool):
    return print(a)


def number209(a: int, b: int, x: float, y: float, p: bool):
    return a if a else b


def number210(a: int, b: int, x: float, y: float, p: bool):
    return zip([a], [b])


def number211(a: int, b: int, x: float, y: float, p: bool):
    return [q for q in zip([a], [x])]


def number212(a: int, b: int, x: float, y: float, p: bool):
    return [q + i for i, q in enumerate([a, b])]


def number213(a: int, b: int, x: float, y: float, p: bool):
    return enumerate([a])


def number214(a: int, b: int, x: float, y: float, p: bool):
    return map(abs, [a])


def number215(a: int, b: int, x: float, y: float, p: bool):
    return filter(None, [a])


def number216(a: int, b: int, x: float, y: float, p: bool):
    return input()


def number217(a: int, b: int, x: float, y: float, p: bool):
    return open("x")


def number218(a: int, b: int, x: float, y: float, p: bool):
    return eval("1")


def number219(a: int, b: int, x: float, y: float, p: bool):
    return globals()


def number220(a: int, b: int, x: float, y: float, p: bool):
    return callable(a)


def number221(a: int, b: int, x: float, y: float, p: bool):
    return getattr(a, "real")


def number222(a: int, b: int, x: float, y: float, p: bool):
    return hasattr(a, "x")


def number223(a: int, b: int, x: float, y: float, p: bool):
    return iter([a])


def number224(a: int, b: int, x: float, y: float, p: bool):
    return next([a])


def number225(a: int, b: int, x: float, y: float, p: bool):
    return slice(a)


def number226(a: int, b: int, x: float, y: float, p: bool):
    return super()


def number227(a: int, b: int, x: float, y: float, p: bool):
    return vars()


def number228(a: int, b: int, x: float, y: float, p: bool):
    return a.__add__(b)


def number229(a: int, b: int, x: float, y: float, p: bool):
    return torch.tensor(a)


def number230(a: int, b: int, x: float, y: float, p: bool):
    return torch.tensor([a, b])


def number231(a: int, b: int, x: float, y: float, p: bool):
    return torch.tensor([[x], [y]])


def number232(a: int, b: int, x: float, y: float, p: bool):
    return torch.tensor([a, x])


def number233(a: int, b: int, x: float, y: float, p: bool):
    return torch.tensor(p)


def number234(a: int, b: int, x: float, y: float, p: bool):
    return torch.tensor([a], dtype=torch.float32)


def number235(a: int, b: int, x: float, y: float, p: bool):
    return torch.as_tensor(x)


def number236(a: int, b: int, x: float, y: float, p: bool):
    return torch.zeros(a, b)


def number237(a: int, b: int, x: float, y: float, p: bool):
    return torch.zeros([a, b])


def number238(a: int, b: int, x: float, y: float, p: bool):
    return torch.zeros((a, b), dtype=torch.int64)


def number239(a: int, b: int, x: float, y: float, p: bool):
    return torch.ones(2, a, device="cpu")


def number240(a: int, b: int, x: float, y: float, p: bool):
    return torch.full([2], x)


def number241(a: int, b: int, x: float, y: float, p: bool):
    return torch.arange(a)


def number242(a: int, b: int, x: float, y: float, p: bool):
    return torch.arange(a, b)


def number243(a: int, b: int, x: float, y: float, p: bool):
    return torch.arange(x, y, 0.5)


def number244(a: int, b: int, x: float, y: float, p: bool):
    return torch.linspace(0, 1, a)


def number245(a: int, b: int, x: float, y: float, p: bool):
    return torch.rand(2, a)


def number246(a: int, b: int, x: float, y: float, p: bool):
    return torch.empty(0)


def number247(a: int, b: int, x: float, y: float, p: bool):
    return torch.float32


def number248(a: int, b: int, x: float, y: float, p: bool):
    return torch.int


def number249(a: int, b: int, x: float, y: float, p: bool):
    return torch.strided


def number250(a: int, b: int, x: float, y: float, p: bool):
    return torch.channels_last


def number251(a: int, b: int, x: float, y: float, p: bool):
    return torch.device("cpu")


def number252(a: int, b: int, x: float, y: float, p: bool):
    return torch.finfo(torch.float32)


def number253(a: int, b: int, x: float, y: float, p: bool):
    return torch.iinfo(torch.int8)


def number254(a: int, b: int, x: float, y: float, p: bool):
    return torch.get_default_dtype()


def number255(a: int, b: int, x: float, y: float, p: bool):
    return torch.manual_seed(a)


def number256(a: int, b: int, x: float, y: float, p: bool):
    return torch.jit.annotate(List[int], [])


def number257(a: int, b: int, x: float, y: float, p: bool):
    return torch.jit.annotate(Optional[int], None)


def number258(a: int, b: int, x: float, y: float, p: bool):
    return torch.jit.is_scripting()


def number259(a: int, b: int, x: float, y: float, p: bool):
    return torch.jit.is_tracing()


def number260(a: int, b: int, x: float, y: float, p: bool):
    return torch.jit.isinstance(a, int)


def number261(a: int, b: int, x: float, y: float, p: bool):
    return torch.no_grad()


def number262(a: int, b: int, x: float, y: float, p: bool):
    return torch.Size([a, b])


def number263(a: int, b: int, x: float, y: float, p: bool):
    return NotImplemented


def number264(a: int, b: int, x: float, y: float, p: bool):
    return Ellipsis


def number265(a: int, b: int, x: float, y: float, p: bool):
    return __name__


def container266(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return len(a)


def container267(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a[n]


def container268(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a[-1]


def container269(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a[1:]


def container270(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a[:n]


def container271(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a[::2]


def container272(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a[::-1]


def container273(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a + a


def container274(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a * 2


def container275(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return 2 * a


def container276(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a + b


def container277(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a == a


def container278(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a != a


def container279(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a < a


def container280(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a in a


def container281(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return n in a


def container282(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return n not in a


def container283(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.append(n)


def container284(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.append(1.5)


def container285(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.extend(a)


def container286(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.extend([n])


def container287(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.insert(0, n)


def container288(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.pop()


def container289(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.pop(0)


def container290(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.remove(n)


def container291(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.clear()


def container292(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.index(n)


def container293(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.count(n)


def container294(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.copy()


def container295(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.reverse()


def container296(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.sort()


def container297(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a.sort(reverse=True)


def container298(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return b.sort(True)


def container299(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return sorted(a)


def container300(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return sorted(b)


def container301(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return sorted(a, reverse=True)


def container302(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return list(a)


def container303(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return sum(a)


def container304(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return max(a)


def container305(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return min(b)


def container306(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return any(a)


def container307(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return all([True])


def container308(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [v for v in a]


def container309(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [v + 1.0 for v in b]


def container310(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [v for v in x]


def container311(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [str(v) for v in a]


def container312(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [[v, v] for v in a]


def container313(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [(v, n) for v in a]


def container314(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [v for v in a if v > 0]


def container315(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [v for w in [a] for v in w]


def container316(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return {v: v for v in a}


def container317(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return {str(v): v for v in a}


def container318(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return {v for v in a}


def container319(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return (v for v in a)


def container320(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return len(d)


def container321(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d["k"]


def container322(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d["k"] + n


def container323(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return "k" in d


def container324(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return "k" not in d


def container325(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.get("k")


def container326(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.get("k", 0)


def container327(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.keys()


def container328(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.values()


def container329(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.items()


def container330(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.pop("k")


def container331(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.pop("k", 1)


def container332(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.popitem()


def container333(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.setdefault("k", 2)


def container334(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.update(d)


def container335(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.update({"a": 1})


def container336(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.copy()


def container337(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d.clear()


def container338(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return list(d)


def container339(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return list(d.keys())


def container340(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return list(d.items())


def container341(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return dict(d)


def container342(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return dict()


def container343(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return dict([("a", 1)])


def container344(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return dict(a=1)


def container345(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return {**d}


def container346(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [k for k in d]


def container347(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [k + str(v) for k, v in d.items()]


def container348(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return {k: v * 2 for k, v in d.items()}


def container349(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return sorted(d)


def container350(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d == d


def container351(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t[0]


def container352(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t[1]


def container353(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t[-1]


def container354(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t[n]


def container355(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t[0:1]


def container356(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t[5]


def container357(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return len(t)


def container358(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t + t


def container359(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t == t


def container360(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t < t


def container361(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return (t, t)


def container362(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return n in (1, 2)


def container363(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t[0] in t


def container364(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return list(t)


def container365(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return tuple(a)


def container366(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return tuple(t)


def container367(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return tuple([1, 2])


def container368(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [t]


def container369(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return [v for v in t]


def container370(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a[1.0]


def container371(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return a["k"]


def container372(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return d[0]


def container373(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return t["k"]


def container374(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return n[0]


def container375(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[n]


def container376(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[0, n]


def container377(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[0, 1:]


def container378(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[..., n]


def container379(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[None]


def container380(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[:, None]


def container381(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[a]


def container382(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[[0, 1]]


def container383(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[x > 0]


def container384(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[x]


def container385(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[1:n:2]


def container386(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[-1]


def container387(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[n, ..., 0]


def container388(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x["k"]


def container389(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[1.0]


def container390(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x[True]


def container391(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return len(x)


def container392(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.size()


def container393(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.size(0)


def container394(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.shape


def container395(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.shape[0]


def container396(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.dim()


def container397(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.ndim


def container398(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.dtype


def container399(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.device


def container400(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.device.type


def container401(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.layout


def container402(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.is_cuda


def container403(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.requires_grad


def container404(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.grad


def container405(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.T


def container406(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.mT


def container407(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.H


def container408(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.real


def container409(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.data


def container410(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.item()


def container411(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.tolist()


def container412(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.numpy()


def container413(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.numel()


def container414(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.float()


def container415(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.int()


def container416(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.to(torch.float64)


def container417(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.to("cpu")


def container418(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.to(x)


def container419(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.to(dtype=torch.int32, copy=True)


def container420(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.type(torch.int8)


def container421(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.view(-1)


def container422(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.view(2, n)


def container423(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.view(a)


def container424(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.reshape(2, -1)


def container425(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.permute(1, 0)


def container426(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.transpose(0, 1)


def container427(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.sum()


def container428(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.sum(0)


def container429(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.sum(dim=[0, 1], keepdim=True)


def container430(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.max()


def container431(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.max(0)


def container432(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.max(0).values


def container433(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.max(x)


def container434(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.mean(dtype=torch.float32)


def container435(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.add(1)


def container436(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.add_(x, alpha=2)


def container437(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.mul(n)


def container438(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.clamp(0, 1)


def container439(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.clamp(min=0.5)


def container440(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.split(2)


def container441(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.split([1, 2])


def container442(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.chunk(2)


def container443(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.unbind()


def container444(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.foo()


def container445(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.foo


def container446(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.is_floating_point()


def container447(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return bool(x)


def container448(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return int(x)


def container449(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return float(x)


def container450(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.unsqueeze(-1)


def container451(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.expand(2, -1)


def container452(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.repeat(2, 2)


def container453(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.masked_fill(x > 0, 0.0)


def container454(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.softmax(-1)


def container455(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.backward()


def container456(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.detach().cpu().contiguous()


def container457(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.new_zeros(2, 3)


def container458(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return x.type_as(x)


def container459(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.cat([x, x])


def container460(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.cat((x, x), dim=1)


def container461(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.stack([x, x], 0)


def container462(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.where(x > 0, x, x)


def container463(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.where(x > 0)


def container464(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.einsum("ij->i", x)


def container465(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.einsum("ij->i", [x])


def container466(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.max(x, 0)


def container467(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.max(x, x)


def container468(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.sort(x)


def container469(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.topk(x, 2)


def container470(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.split(x, 2)


def container471(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.norm(x)


def container472(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.norm(x, 2, 0)


def container473(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.relu(x)


def container474(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.softmax(x, dim=-1)


def container475(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.dropout(x, 0.5, True)


def container476(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.max_pool2d(x, 2)


def container477(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.max_pool2d(x, 2, return_indices=True)


def container478(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.interpolate(x, scale_factor=2.0)


def container479(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.pad(x, [1, 1])


def container480(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.one_hot(x)


def container481(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.cross_entropy(x, x)


def container482(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.layer_norm(x, [2])


def container483(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.nn.functional.conv2d(x, x, padding="same")


def container484(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.ops.aten.relu(x)


def container485(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.ops.aten.foo(x)


def container486(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.foo(x)


def container487(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.relu(x, x)


def container488(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.relu(n)


def container489(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.add(x, other=x)


def container490(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.unique(x)


def container491(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.unique(x, return_inverse=True)


def container492(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.meshgrid(x, x)


def container493(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.broadcast_tensors(x, x)


def container494(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.tensor(a)


def container495(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.tensor(t)


def container496(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.atleast_1d(x)


def container497(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.linalg.norm(x)


def container498(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.fft.fft(x)


def container499(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.special.erf(x)


def container500(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.is_tensor(x)


def container501(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.numel(x)


def container502(a: List[int], b: List[float], d: Dict[str, int], t: Tuple[int, str], n: int, x: Tensor):
    return torch.save(x, "f")


