"""One function a construct of the language, by section; docs/language.md is made of this file and what PyTorch says of it."""
import math
from collections import namedtuple
from dataclasses import dataclass
from enum import Enum
from typing import Any, Callable, Dict, Final, List, NamedTuple, Optional, Tuple, Union

import torch
import torch.nn.functional as F
from torch import Tensor

limit = 10


class Color(Enum):
    RED = 1
    GREEN = 2


class Point(NamedTuple):
    x: float
    y: float = 0.0


Pair = namedtuple("Pair", ["left", "right"])


@dataclass(order=True)
class Item:
    weight: int
    price: float = 1.0


class Counter:
    def __init__(self, start: int):
        self.count = start

    def up(self, by: int = 1) -> int:
        self.count += by
        return self.count

    @property
    def doubled(self) -> int:
        return self.count * 2

    @staticmethod
    def zero() -> int:
        return 0

    def __add__(self, other: int) -> int:
        return self.count + other

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, index: int) -> int:
        return self.count + index

    def __enter__(self):
        return self

    def __exit__(self, kind: Any, value: Any, trace: Any):
        self.count = 0


@torch.jit.interface
class Step:
    def run(self, x: Tensor) -> Tensor:
        pass


def double(x: Tensor) -> Tensor:
    return x * 2


def with_default(x: Tensor, scale: float = 2.0, shift: int = 1) -> Tensor:
    return x * scale + shift


@torch.jit.ignore
def stays_python(x: Tensor) -> Tensor:
    return x


@torch.jit.unused
def not_compiled(x: Tensor) -> Tensor:
    return {x}


@torch.jit._overload
def either(x: int) -> int:
    pass


@torch.jit._overload
def either(x: str) -> str:
    pass


def either(x):
    return x


# Types --------------------

# a parameter without annotation is a Tensor
def unannotated(x):
    return x + 1

# int, float, bool, str, complex
def plain_types(a: int, b: float, c: bool, d: str, e: complex):
    return a, b, c, d, e

# Tuple
def tuple_type(t: Tuple[int, str]) -> Tuple[str, int]:
    return t[1], t[0]

# List, and list
def list_type(a: List[int], b: list[float]):
    return len(a) + len(b)

# Dict, and dict
def dict_type(a: Dict[str, Tensor], b: dict[int, int]):
    return a["k"], b[0]

# a dict's keys are of few types
def dict_of_list_keys(a: Dict[List[int], int]):
    return a

# Optional, refined by `is None`
def optional_refined(x: Optional[int]) -> int:
    if x is None:
        return 0
    return x

# Optional, refined by `assert`
def optional_asserted(x: Optional[int]) -> int:
    assert x is not None
    return x

# an Optional that is not refined
def optional_not_refined(x: Optional[int]) -> int:
    return x + 1

# Union, refined by isinstance
def union_refined(x: Union[int, str]) -> int:
    if isinstance(x, str):
        return len(x)
    return x

# `X | Y`
def union_by_bar(x: int | str | None):
    return isinstance(x, int)

# Any
def any_type(x: Any) -> int:
    if isinstance(x, int):
        return x
    return 0

# NamedTuple by class
def named_tuple_by_class() -> Point:
    return Point(1.0, y=2.0)

# NamedTuple by call
def named_tuple_by_call(x) -> Pair:
    return Pair(x, x)

# Enum
def enum_members(c: Color):
    return c == Color.RED, c.name, c.value

# a loop over an Enum
def enum_loop():
    return [c.value for c in Color]

# script class: methods, defaults
def class_methods():
    c = Counter(1)
    return c.up() + c.up(by=2)

# script class: property, static method
def class_properties():
    return Counter(1).doubled + Counter.zero()

# script class: operators
def class_operators():
    c = Counter(3)
    return c + 1, len(c), c[0]

# dataclass
def data_class(a: Item):
    return a < Item(2, 3.0), a == a

# interface
def interface_call(step: Step, x: Tensor):
    return step.run(x)

# Future
def future_type(f: torch.jit.Future[Tensor]):
    return torch.jit.wait(f)

# torch.device, torch.dtype, torch.layout, torch.memory_format
def torch_types(x, d: torch.device, t: torch.dtype):
    return x.to(device=d, dtype=t)

# torch.Generator
def generator_type(x, g: torch.Generator):
    return torch.rand([2], generator=g)

# Callable
def callable_type(f: Callable):
    return 1

# Final
def final_type():
    a: Final[int] = 3
    return a

# a type comment on one line
def type_comment(a, b):
    # type: (int, Tuple[Tensor, Tensor]) -> Tensor
    return b[a]

# a type comment for each parameter
def type_comments(a,  # type: int
                  b,  # type: List[int]
                  ):
    # type: (...) -> List[int]
    return [a] + b

# a type comment of too few types
def type_comment_short(a, b):
    # type: (int) -> int
    return a

# annotation of a variable
def annotated_variable():
    a: List[Optional[int]] = [1, None]
    return a

# torch.jit.annotate
def annotate_call():
    return torch.jit.annotate(Optional[Tensor], None), torch.jit.annotate(List[int], [])

# torch.jit.isinstance
def jit_isinstance(x: Any):
    return torch.jit.isinstance(x, List[str])

# a type that is not known
def unknown_type(x: "Missing"):
    return x


# Expressions --------------------

# int literals
def int_literals():
    return 1, 0xFF, 0o17, 0b11, 1_000, 9223372036854775807

# an int that has no 64 bits
def int_too_large():
    return 9223372036854775808

# float and complex literals
def float_literals():
    return 1.5, 1e-3, 2j

# string literals with escapes
def string_literals():
    return "a\n\x41\u00e9", 'b', """c""", r"\d", "a" "b"

# bytes
def bytes_literal():
    return b"a"

# f-strings
def f_strings(n: int, x: float):
    return f"{n} and {x}"

# f-strings with a format
def f_string_format(x: float):
    return f"{x:.2f}"

# lists: one type
def list_literal(n: int):
    return [n, 2], [[n]], []

# tuples, dicts
def other_literals(n: int):
    return (n, "a"), (), {"k": n}, {}

# sets
def set_literal():
    return {1, 2}

# list comprehension
def list_comprehension(a: List[int]):
    return [v * 2 for v in a]

# comprehension with a condition
def comprehension_if(a: List[int]):
    return [v for v in a if v > 0]

# dict comprehension
def dict_comprehension(a: List[int]):
    return {v: str(v) for v in a}

# arithmetic
def arithmetic(a: int, b: float, x: Tensor):
    return a + b, a - 1, a * b, a / 2, a // 2, a % 3, a ** 2, -x, x + a

# bitwise operators
def bitwise(a: int, x: Tensor):
    return a & 1, a | 2, a ^ 3, ~a, a << 1, a >> 1, x & x, ~x

# comparisons, chained
def comparisons(a: int, b: int):
    return a < b <= 10, a == b, a != b, "a" < "b"

# and, or, not
def logic(a: bool, b: bool):
    return a and not b or b

# is, in
def identity(a: Optional[int], b: List[int]):
    return a is None, a is not None, 1 in b, 1 not in b, "a" in "abc"

# matrix multiply
def matrix_multiply(x, y):
    return x @ y

# conditional expression
def conditional(a: int, c: bool):
    return a if c else 0

# unary plus
def unary_plus_of_sum(a: int):
    return -(-a)

# subscripts of tensors
def tensor_subscripts(x, i: Tensor, n: int):
    return x[0], x[0, 1:], x[..., -1], x[None, :], x[i], x[[0, 1]], x[x > 0], x[::2], x[n:, n]

# subscripts of lists, tuples, strings, dicts
def other_subscripts(a: List[int], t: Tuple[int, str], s: str, d: Dict[str, int]):
    return a[0], a[1:], t[1], t[:1], s[-1], s[::2], d["k"]

# a tuple's index is a constant, where its types differ
def tuple_index_unknown(t: Tuple[int, str], n: int):
    return t[n]

# slice objects
def slice_objects(x, a: List[int]):
    return x[slice(1, None)], a[slice(2)]

# calls with keywords and defaults
def calls(x):
    return with_default(x), with_default(x, shift=2), with_default(scale=1.0, x=x)

# `*args` of a tuple
def starred_call(x):
    t = (x, 1.0)
    return with_default(*t)

# `**kwargs`
def double_starred_call(x):
    return with_default(**{"x": x})

# methods of tensors
def tensor_methods(x):
    return x.sum(0), x.view(-1).relu_(), x.size(), x.shape[0], x.T, x.dtype, x.device

# methods of lists
def list_methods(a: List[int]):
    a.append(1)
    a.extend([2])
    a.insert(0, 3)
    a.sort()
    a.reverse()
    return a.pop(), a.index(1), a.count(2), a.copy()

# methods of dicts
def dict_methods(d: Dict[str, int]):
    d.update({"a": 1})
    return d.get("a"), d.pop("b", 0), d.keys(), d.values(), d.items(), d.setdefault("c", 2)

# methods of strings
def string_methods(s: str):
    return s.upper().split(","), s.find("a"), s.replace("a", "b"), s.startswith("x"), "-".join([s]), "{}".format(s)

# casts
def casts(x, n: int, f: float, s: str):
    return int(x), float(n), bool(f), str(n), int(s), complex(f, 1), int(f)

# lambdas
def lambdas(n: int):
    return (lambda v: v + 1)(n)

# getattr, hasattr
def attributes_by_name(c: Counter):
    return hasattr(c, "count"), getattr(c, "count"), getattr(c, "missing", 3)

# len, min, max, sum, abs, round, sorted, any, all
def builtin_functions(a: List[int], x: float):
    return len(a), min(a), max(1, 2), sum(a), abs(x), round(x), sorted(a), any(a), all(a)

# range, enumerate, zip, list
def iterating_functions(a: List[int], b: List[str]):
    return [i for i in range(0, 10, 2)], [i for i, v in enumerate(a, 1)], [v for v in zip(a, b)], list(range(3))

# reversed
def reversed_list(a: List[int]):
    return reversed(a)

# map
def map_call(a: List[int]):
    return map(abs, a)

# print, format
def printing(n: int):
    print("n is", n)
    return "{} {}".format(n, "a")

# math
def math_functions(x: float):
    return math.sqrt(x), math.pi, math.floor(x), math.log(x, 2.0), math.inf

# torch and torch.nn.functional
def torch_functions(x):
    return torch.cat([x, x], dim=1), F.softmax(x, dim=-1), torch.zeros(2, 3, dtype=torch.float64)

# an operator that does not exist
def unknown_operator(x):
    return torch.reluu(x)

# arguments that no overload takes
def wrong_arguments(x):
    return torch.relu(x, "a")

# a name that is not defined
def undefined_name(x):
    return missing

# torch.jit.is_scripting
def is_scripting_branch(x):
    if torch.jit.is_scripting():
        return x
    else:
        return eval("x")

# torch.jit.fork and wait
def fork_and_wait(x):
    return torch.jit.wait(torch.jit.fork(double, x))

# overloads
def overloads():
    return either(1), either("a")

# ignore: a call that stays Python's
def ignored_call(x):
    return stays_python(x)

# unused: a call that raises
def unused_call(x):
    return not_compiled(x)


# Statements --------------------

# assignment, several targets
def assignments(x):
    a = b = x
    (c, d), e = (a, b), 1
    return c, d, e

# a starred target
def starred_target(x):
    a, *b = x, 1, 2
    return a, b

# augmented assignment
def augmented(x, n: int, a: List[int]):
    x += 1
    n *= 2
    a += [n]
    x[0] -= 1
    return x, n, a

# assignment to items and slices
def item_assignment(x, a: List[int], d: Dict[str, int]):
    x[0] = 1
    x[1:, 0] = x[0, 0]
    a[0] = 2
    d["k"] = 3
    return x, a, d

# a variable that changes its type
def changed_type(c: bool):
    a = 1
    if c:
        a = "s"
    return a

# if, elif, else
def branches(n: int):
    if n > 1:
        r = 1
    elif n > 0:
        r = 2
    else:
        r = 3
    return r

# a variable of one branch only
def one_branch(x):
    if x.sum() < 0:
        y = 4
    print(y)

# while
def while_loop(n: int):
    i = 0
    while i < n:
        i += 1
    return i

# for over range
def for_range(n: int):
    s = 0
    for i in range(n):
        s += i
    return s

# for over a list, a tensor, a string, a dict
def for_iterables(a: List[int], x, s: str, d: Dict[str, int]):
    n = 0
    for v in a:
        n += v
    for row in x:
        n += int(row.sum())
    for c in s:
        n += len(c)
    for k in d:
        n += d[k]
    return n

# for over a tuple is unrolled
def for_tuple(x):
    for v in (3, x):
        print(v)

# for over zip and enumerate
def for_zipped(a: List[int], b: List[str]):
    for i, (v, w) in enumerate(zip(a, b)):
        print(i, v, w)

# break and continue
def loop_exits(n: int):
    s = 0
    for i in range(n):
        if i == 3:
            continue
        if i == 7:
            break
        s += i
    return s

# break outside of a loop
def break_in_unrolled(x):
    for v in (1, 2):
        break
    return x

# early return
def early_return(n: int):
    for i in range(n):
        if i > 3:
            return i
    return -1

# a function that may end without its result
def missing_return(n: int) -> int:
    if n > 0:
        return 1

# assert
def assertion(n: int):
    assert n > 0, "n must be positive"
    return n

# raise
def raising(n: int):
    if n < 0:
        raise ValueError(f"negative: {n}")
    return n

# try
def try_block(n: int):
    try:
        return n
    except ValueError:
        return 0

# with a script class
def with_class():
    with Counter(1) as c:
        n = c.up()
    return n

# with torch.no_grad
def with_no_grad(x):
    with torch.no_grad():
        y = x * 2
    return y

# del
def deletion(a: List[int], d: Dict[str, int]):
    del a[0]
    del d["k"]
    n = 1
    del n
    return a

# pass, docstrings
def doc_string(x):
    """Does nothing."""
    pass
    return x

# a function in a function
def nested_function(x):
    def inner(y):
        return y
    return inner(x)

# a class in a function
def nested_class(x):
    class A:
        pass
    return x

# import in a function
def import_statement(x):
    import math
    return x

# global
def global_statement():
    global limit
    return 1

# yield
def generator_function(n: int):
    yield n

# walrus
def walrus(n: int):
    if (m := n) > 0:
        return m
    return 0

# match
def match_statement(n: int):
    match n:
        case 1:
            return 1
    return 0


# Names --------------------

# a global that is no module's attribute
def global_value(n: int):
    return n + limit

# attributes of modules are constants
def module_constant():
    return math.pi, torch.float32

# a call of another function
def call_of_function(x):
    return double(double(x))

# recursion
def recursive(n: int) -> int:
    return recursive(n - 1)

# a variable number of arguments
def variable_arguments(*args):
    return args

# keyword-only parameters
def keyword_only(x, *, scale: float):
    return x * scale

# keyword-only parameters with defaults
def keyword_only_default(x, *, scale: float = 2.0):
    return x * scale

# a default that can be changed
def mutable_default(x: List[int] = []):
    return x
