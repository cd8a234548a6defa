"""Writes the archives that save.test.ts and code-printer.test.ts read. Each was saved, loaded and saved again by PyTorch, so that its code is what PyTorch prints of a loaded module."""
import enum, io, os, zipfile
from typing import Any, Dict, List, NamedTuple, Optional, Tuple, Union

import torch
from torch import Tensor, nn

here = os.path.dirname(os.path.abspath(__file__))


class Colour(enum.Enum):
    RED = 1
    GREEN = 2


class Mood(enum.Enum):
    GOOD = "good"
    BAD = "bad"


class Point(NamedTuple):
    x: Tensor
    n: int


@torch.jit.script
class Counter:
    def __init__(self, start: int):
        self.count = start
        self.names: Dict[str, int] = {}

    def step(self, by: int) -> int:
        self.count += by
        self.names["steps"] = self.count
        return self.count

    @staticmethod
    def twice(x: int) -> int:
        return x * 2


@torch.jit.interface
class Activation:
    def forward(self, x: Tensor) -> Tensor:
        pass


@torch.jit.interface
class Scorer(nn.Module):
    def forward(self, x: Tensor, scale: float) -> Tensor:
        pass


class Relu(nn.Module):
    def forward(self, x: Tensor, scale: float) -> Tensor:
        return torch.relu(x) * scale


def helper(x: Tensor, n: int = 3, factors: Tuple[float, float] = (0.5, 1.0), name: Optional[str] = None) -> Tensor:
    for i in range(n):
        x = x * (factors[0] if i % 2 == 0 else factors[1])
    if name is not None:
        print(name, n)
    return x


class Types(nn.Module):
    scorer: Scorer
    limit: torch.jit.Final[int]

    def __init__(self):
        super().__init__()
        self.limit = 7
        self.scorer = Relu()
        self.colour = Colour.GREEN
        self.counts = torch.jit.Attribute({"a": [1, 2], "b": [70000, -(2**40)]}, Dict[str, List[int]])
        self.maybe = torch.jit.Attribute(None, Optional[Tensor])
        self.either = torch.jit.Attribute([1, 2], Union[int, List[int]])
        self.anything = torch.jit.Attribute(2.5, Any)
        self.pair = torch.jit.Attribute((1, "x", 0.25, 3 + 4j, torch.device("cpu")), Tuple[int, str, float, complex, torch.device])
        self.flags = torch.jit.Attribute([True, False], List[bool])
        self.floats = torch.jit.Attribute([0.1, float("inf"), -0.0], List[float])
        self.texts = torch.jit.Attribute(["a", "grüße"], List[str])
        self.tensors = torch.jit.Attribute([torch.ones(2), torch.arange(3)], List[Tensor])

    def forward(self, x: Tensor, mood: Mood = Mood.GOOD) -> Tuple[Tensor, Point]:
        c = Counter(self.limit)
        if self.colour == Colour.RED:
            y = self.scorer.forward(x, 2.0)
        elif mood == Mood.BAD or mood.value == "good":
            y = helper(x, Counter.twice(1), name=mood.name)
        else:
            y = x
        z = c.step(self.counts["a"][0])
        total = 0
        while total < z:
            total += 3
            if total == 6:
                continue
        assert total > 0, "grüße from a text that is too long to stand in an expression"
        self.counts["c"] = [total]
        maybe = self.maybe
        if maybe is not None:
            y = y + maybe
        empty: List[Optional[int]] = [None, 1]
        e: Dict[str, Optional[int]] = {"k": empty[0]}
        return y, Point(y.sum() + len(e), total)


class Flow(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(3, 3), nn.ReLU(), nn.Linear(3, 2)])
        self.table = nn.ModuleDict({"up": nn.Sigmoid(), "down": nn.Tanh()})

    def inner(self, x: Tensor, n: int) -> Tensor:
        return x * n

    @torch.jit.export
    def choose(self, x: Union[int, Tensor, None]) -> Union[int, str]:
        if isinstance(x, int):
            return x + 1
        if x is None:
            return "none"
        return int(x.sum())

    def forward(self, x: Tensor, steps: int = 2) -> Tuple[Tensor, List[int]]:
        future = torch.jit.fork(self.inner, x, steps)
        for layer in self.layers:
            x = layer(x)
        for name, module in self.table.items():
            x = module(x)
        out: List[int] = []
        for i in range(10):
            if i == steps:
                break
            if i % 2 == 0:
                continue
            out.append(i)
        a, (b, c) = 1, (2.0, "s")
        with torch.no_grad():
            w = x.detach().add(1, alpha=2)
        values = [int(v) for v in out]
        d = {i: str(v) for i, v in enumerate(values)}
        if x.sum() > 1e10 and len(d) > 0:
            raise ValueError(f"sum is {c} and {b}")
        x.add_(w).mul_(torch.jit.wait(future).sum() if steps > 1 else torch.zeros([1], dtype=torch.float32))
        return torch.nn.functional.gelu(x[:, 1:] / 3), values


class Hooked(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(2, 2)
        self.register_buffer("scale", torch.tensor([1.5, 2.5]))
        self.register_buffer("hidden", torch.tensor(3), persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.linear(x) * self.scale


def after(self, input: Tuple[Tensor], output: Tensor) -> Tensor:
    return output + 1


def before(self, input: Tuple[Tensor]) -> Tuple[Tensor]:
    return (input[0] * 2,)


class Shared(nn.Module):
    def __init__(self):
        super().__init__()
        base = torch.arange(12, dtype=torch.float32)
        self.weight = nn.Parameter(base.view(3, 4))
        self.register_buffer("column", base[1::4])
        self.register_buffer("rows", base.view(3, 4)[1:])
        self.register_buffer("transposed", base.view(3, 4).t())
        self.register_buffer("half16", torch.ones(2, dtype=torch.float16))
        self.register_buffer("brain", torch.ones(2, dtype=torch.bfloat16))
        self.register_buffer("wide", torch.tensor([1 + 2j]))
        self.register_buffer("nothing", torch.zeros(0, 3, dtype=torch.int16))
        self.first = nn.Linear(2, 2)
        self.second = self.first

    def forward(self) -> Tensor:
        self.column.add_(1)
        return self.weight + self.rows.sum() + self.transposed.sum()


class Writer(nn.Module):
    def __init__(self, log: List[int]):
        super().__init__()
        self.log = torch.jit.Attribute(log, List[int])

    def forward(self, x: int):
        self.log.append(x)


class SharedList(nn.Module):
    """Two children that write to one list; archives keep that."""

    def __init__(self):
        super().__init__()
        shared_list: List[int] = [1]
        self.a = Writer(shared_list)
        self.b = Writer(shared_list)

    def forward(self) -> Tuple[List[int], List[int]]:
        self.b.log = self.a.log
        self.a(2)
        self.b(3)
        return self.a.log, self.b.log


class State(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = torch.ones(3)
        self.count = 4

    @torch.jit.export
    def __getstate__(self):
        return (self.weight * 2, self.count, self.training)

    @torch.jit.export
    def __setstate__(self, state: Tuple[Tensor, int, bool]):
        self.weight = state[0] / 2
        self.count = state[1]
        self.training = state[2]

    def forward(self) -> Tensor:
        return self.weight * self.count


class Constants(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x + self.offset

    def __init__(self):
        super().__init__()
        self.offset = torch.tensor([1.0, 2.0])
        self.drop = nn.Dropout(0.5)


class Packed(nn.Module):
    """Packed weights are objects of C++ classes, whose methods code may call."""

    def __init__(self):
        super().__init__()
        weight = torch.quantize_per_tensor(torch.tensor([[0.5, -1.0], [1.5, 2.0]]), 0.5, 0, torch.qint8)
        self.linear = torch.ops.quantized.linear_prepack(weight, torch.tensor([1.0, -1.0]))
        kernel = torch.quantize_per_tensor(torch.ones(2, 1, 2, 2), 0.5, 0, torch.qint8)
        self.conv = torch.ops.quantized.conv2d_prepack(kernel, None, [1, 1], [0, 1], [1, 1], 1)

    def forward(self, x: Tensor) -> Tensor:
        weight, bias = self.linear.unpack()
        y = x @ weight.dequantize().t()
        if bias is not None:
            y = y + bias
        return y * self.conv.weight().dequantize().sum()

    @torch.jit.export
    def sizes(self) -> Tuple[List[int], int, bool]:
        return self.conv.padding(), self.conv.groups(), self.conv.bias() is None


class CellParameters(nn.Module):
    """An object of a C++ class whose code does nothing with it."""

    def __init__(self):
        super().__init__()
        packed = [torch.ops.quantized.linear_prepack(torch.quantize_per_tensor(torch.ones(8, 2), 0.5, 0, torch.qint8), torch.ones(8)) for _ in range(2)]
        self.params = torch.ops.quantized.make_quantized_cell_params_dynamic(packed[0], packed[1], torch.ones(8), torch.ones(8), True)

    def forward(self) -> int:
        return 1


def traced():
    net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.Flatten())
    return torch.jit.trace(net.eval(), torch.rand(1, 1, 5, 5))


def without_sources(buffer):
    """Drops the records that name the files of the machine."""
    result = io.BytesIO()
    with zipfile.ZipFile(buffer) as old, zipfile.ZipFile(result, "w", zipfile.ZIP_STORED) as new:
        for name in old.namelist():
            if not name.endswith(".debug_pkl"):
                new.writestr(name, old.read(name))
    result.seek(0)
    return result


def save(name, module, inputs, frozen=False):
    module = torch.jit.script(module) if not isinstance(module, torch.jit.ScriptModule) else module
    if frozen:
        module = torch.jit.freeze(module.eval())
    for _ in range(2):
        buffer = io.BytesIO()
        torch.jit.save(module, buffer)
        module = torch.jit.load(without_sources(buffer))
    torch.jit.save(module, os.path.join(here, f"{name}.pt"))
    module(*inputs)


if __name__ == "__main__":
    torch.manual_seed(0)
    save("types", Types(), (torch.ones(2), Mood.BAD))
    save("flow", Flow(), (torch.rand(2, 3),))
    hooked = Hooked()
    hooked.register_forward_hook(after)
    hooked.register_forward_pre_hook(before)
    save("hooked", hooked, (torch.rand(2),))
    save("shared", Shared(), ())
    save("state", State(), ())
    joined = torch.jit.script(SharedList())
    joined()
    save("shared-list", joined, ())
    save("constants", Constants(), (torch.rand(2),), frozen=True)
    save("traced", traced(), (torch.rand(1, 1, 5, 5),))
    save("packed", Packed(), (torch.rand(1, 2),))
    save("bound", CellParameters(), ())
