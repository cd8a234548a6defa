"""Traces the programs below with PyTorch and writes their graphs to graphs.json; programs.ts holds the same programs in TypeScript.

    python record-graphs.py
"""
import json, os, re, warnings
import torch
import torch.nn as nn
import torch.nn.functional as F

from concerns import kinds_of

warnings.simplefilter("ignore")


def canonical(graph):
    """Without places and mangled names, values numbered in each graph on its own."""
    text = re.sub(r" +# [^\n]*:\d+:\d+$", "", str(graph), flags=re.M)
    text = re.sub(r"___torch_mangle_\d+\.", "", text)
    parts = []
    for part in re.split(r"^(?=with )", text, flags=re.M):
        numbers = {}
        parts.append(re.sub(r"%[A-Za-z0-9_.]+", lambda m: numbers.setdefault(m[0], f"%{len(numbers)}"), part))
    return "".join(parts)


torch.manual_seed(0)
x = torch.rand(3, 4)
y = torch.rand(3, 4)
v = torch.rand(4)
im = torch.rand(1, 2, 8, 8)
ids = torch.tensor([[1, 2, 3], [4, 5, 6]])

functions = {}


def case(*inputs, **options):
    def add(f):
        functions[f.__name__] = (f, inputs, options)
        return f
    return add


@case(x, y)
def add_mul(x, y): return x + y * 2
@case(x, y)
def sub_div_scalars(x, y): return (x - 1) / (y + 0.5)
@case(x)
def view_size(x): return x.view(x.size(0), -1)
@case(x)
def reshape_sizes(x): return x.reshape(x.shape[1], x.shape[0])
@case(x)
def in_place(x):
    x = x.clone()
    x += 1
    x.mul_(2)
    return x
@case(x)
def chunks(x):
    a, b = x.chunk(2, 0)
    return a, b
@case(x)
def nested_results(x): return x + 1, (x * 2, (x - 1, x))
@case(x)
def slices(x): return x[0:2, 1], x[..., None], x[:, 1:3], x[-1]
@case(x)
def zeros_of_size(x): return torch.zeros(x.shape[0], 4) + x
@case(x)
def set_items(x):
    x = x.clone()
    x[0] = 1
    x[1, 2:] = x[0, 2:]
    return x
@case(x)
def identity(x): return x
@case(x, (x + 1, (y, y)))
def nested_inputs(x, l):
    a, (b, c) = l
    return a + b + c + x
@case(x)
def cat_sum_max(x): return torch.cat([x, x], 1).sum(1, keepdim=True), x.max(0), x > 0.5
@case(x)
def casts(x): return x.to(torch.float64).to(torch.int64), x.mean(), torch.ones_like(x), x.permute(1, 0), x.t()
@case(x)
def numel_mul(x): return x * x.numel()
@case(x)
def arange_size(x): return torch.arange(x.shape[0])
@case(x)
def expand_size(x): return x.sum(0).expand(x.size(0), -1)
@case(x, v)
def matmul_mv(x, v): return x.matmul(v), torch.mv(x, v), x @ x.t()
@case(x)
def reductions(x): return x.mean(1), x.std(0), x.var(), x.argmax(1), x.norm(), x.prod(0), x.amax(0)
@case(x)
def activations(x): return F.relu(x), x.sigmoid(), x.tanh(), F.softmax(x, -1), F.log_softmax(x, 1), F.gelu(x), F.silu(x)
@case(x)
def stack_unbind(x):
    a, b, c = x.unbind(0)
    return torch.stack([a, c, b], 1)
@case(x)
def where_clamp(x): return torch.where(x > 0.5, x, -x).clamp(0.1, 0.9), x.masked_fill(x > 0.5, 0.0)
@case(x)
def powers(x): return x.pow(2), x ** 0.5, x.exp().log(), x.sqrt(), x.rsqrt()
@case(x)
def factories(x): return torch.ones(2, 3), torch.full((2,), 1.5), torch.eye(3), torch.empty(2).fill_(1.0), torch.zeros_like(x), x.new_zeros((2, 2))
@case(x)
def split_sizes(x):
    a, b = x.split([1, 3], 1)
    return a * 2, b
@case(x)
def transposes(x): return x.transpose(0, 1).contiguous().view(-1), x.unsqueeze(0).squeeze(0), x.flatten(), x.permute(1, 0)
@case(ids)
def int_ops(ids): return ids + 1, ids * 2, ids.float().mean(), ids == 3, ids // 2, ids % 2
@case(x)
def gather_index(x): return x.index_select(0, torch.arange(2)), x.gather(1, x.argsort(1))
@case(x)
def mul_sizes(x): return x.reshape(x.shape[0] * x.shape[1])
@case(x)
def floor_div_size(x): return x.view(x.shape[0], x.shape[1] // 2, 2)
@case(x)
def size_in_arithmetic(x): return x / x.size(1), x * x.shape[0]
@case(x)
def narrow_size(x): return x.narrow(1, 0, 2), x[:x.shape[0]]
@case(im)
def convolutions(im): return F.conv2d(im, torch.ones(3, 2, 3, 3), stride=2, padding=1), F.max_pool2d(im, 2), F.avg_pool2d(im, 2), F.adaptive_avg_pool2d(im, 1)
@case(im)
def interpolations(im): return F.interpolate(im, scale_factor=2.0, mode="nearest"), F.pad(im, (1, 1, 1, 1))
@case(x)
def einsum_outer(x): return torch.einsum("ij,kj->ik", x, x), torch.outer(x[0], x[1])
@case({"a": x, "b": y})
def dict_input(d): return d["a"] + d["b"]
@case([x, y])
def list_input(l): return l[0] * l[1]
@case(x, strict=False)
def dict_output(x): return {"sum": x + 1, "same": x}
@case(x, strict=False)
def list_output(x): return [x + 1, x * 2]
@case(x)
def aliases(x): return x.multiply(2), x.absolute(), torch.clip(x, 0, 1), x.negative()
@case(x)
def detached(x): return x.detach() * 2, x.type(torch.float64), x.double(), x.bool()
@case(x, _force_outplace=True)
def out_of_place(x):
    y = x.clone()
    y.add_(1)
    y.zero_()
    return y
@case(x)
def index_put(x):
    y = x.clone()
    y[y > 0.5] = 0.0
    y[torch.tensor([0, 1]), 1] = 2.0
    return y
@case(x)
def cumulative(x): return x.cumsum(0), x.sort(1), x.topk(2, 1), torch.tril(x), x.roll(1, 0), x.flip(0)
@case(x)
def normalised(x): return F.layer_norm(x, [4]), F.normalize(x, dim=1), x / x.norm(dim=1, keepdim=True)


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 5)
        self.bn = nn.BatchNorm1d(5)
        self.register_buffer("b", torch.ones(5))
        self.seq = nn.Sequential(nn.Linear(5, 4), nn.ReLU(), nn.Dropout(0.3))

    def forward(self, x):
        y = self.fc(x)
        y = self.bn(y) + self.b
        y = self.seq(y)
        return self.fc(y) * self.fc.weight.sum()


class Inner(nn.Module):
    def forward(self, x):
        return x * 2, x + 1


class Two(nn.Module):
    def __init__(self):
        super().__init__()
        self.i = Inner()
        self.l = nn.Linear(4, 4)
        self.c = nn.Conv2d(1, 2, 3)
        self.p = nn.Parameter(torch.ones(4))

    def forward(self, x):
        a, b = self.i(x)
        return self.l(a) + b * self.p, self.c(x.view(1, 1, 3, 4))


class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(2, 4, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(4)
        self.relu = nn.ReLU(inplace=True)
        self.down = nn.Sequential(nn.Conv2d(2, 4, 1, bias=False), nn.BatchNorm2d(4))

    def forward(self, x):
        out = self.relu(self.bn1(self.conv1(x)))
        out += self.down(x)
        return self.relu(out)


class Lists(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(2)])
        self.heads = nn.ModuleDict({"a": nn.Linear(4, 2), "b": nn.Linear(4, 3)})

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.heads["a"](x), self.heads["b"](x)


class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(10, 4)
        self.norm = nn.LayerNorm(4)
        self.head = nn.Linear(4, 10, bias=False)
        self.head.weight = self.emb.weight

    def forward(self, ids):
        return self.head(self.norm(self.emb(ids)))


class UsesOther(nn.Module):
    """A submodule that reads a value of its caller, and a parameter from elsewhere."""
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.act = nn.GELU()
        self.scale = nn.Parameter(torch.ones(1))

    def forward(self, x):
        h = self.act(self.a(x) * self.scale)
        return h.view(x.size(0), 2, -1)


class Inner2(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(4, 4)

    def forward(self, x):
        n = x.size(0)
        return self.lin(x).view(n, 2, 2), x.new_zeros(n, 2)


class Outer2(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Inner2()
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        a, b = self.inner(x)
        c, _ = self.inner(x + 1)
        return self.drop(a + c).sum(2) + b


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(4, 3, batch_first=True)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        return out, h, c


class Unused(nn.Module):
    def __init__(self):
        super().__init__()
        self.used = nn.Linear(4, 4)
        self.unused = nn.Linear(4, 4)
        self.none = nn.Identity()

    def forward(self, x):
        self.unused(x)
        return self.none(self.used(x))


modules = {
    "Net": (Net, [x], "eval"),
    "NetTraining": (Net, [x], "train"),
    "Two": (Two, [x], "eval"),
    "Block": (Block, [im], "eval"),
    "Lists": (Lists, [x], "eval"),
    "Tied": (Tied, [ids], "eval"),
    "UsesOther": (UsesOther, [x], "eval"),
    "Outer2": (Outer2, [x], "eval"),
    "Recurrent": (Recurrent, [torch.rand(2, 5, 4)], "eval"),
    "Unused": (Unused, [x], "eval"),
}


class Methods(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 3)
        self.inner = Scale()

    def forward(self, x):
        return self.conv(x)

    def weighted_kernel_sum(self, weight):
        return weight * self.conv.weight

    def twice(self, x):
        return self.inner(x) + self.inner(x + 1)


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(4))

    def forward(self, x):
        return x * self.w


@torch.jit.script
def pick(x, y):
    if bool(x.max() > y.max()):
        r = x
    else:
        r = y
    return r


@torch.jit.script
def both(x, items: list[torch.Tensor]) -> tuple[torch.Tensor, list[torch.Tensor]]:
    return x + items[0], [x, items[1]]


def forks(x):
    c = x * 2
    future = torch.jit.fork(lambda y: (y + 1) * c, x)
    return torch.jit.wait(future) * 2
def forks_tuples(x):
    future = torch.jit.fork(lambda y: (y + 1, y), x)
    a, b = torch.jit.wait(future)
    return a * b


class Forks(nn.Module):
    def __init__(self):
        super().__init__()
        self.l = nn.Linear(4, 4)

    def forward(self, x):
        future = torch.jit.fork(self.l, x)
        b = x + 1
        return torch.jit.wait(future) + b


def calls_pick(x, y, z): return pick(x, y) + z
def calls_both(x):
    a, (b, c) = both(x, [x, x * 2])
    return a + b + c


class UsesScript(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = torch.jit.script(Scale())
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        return self.fc(self.inner(x))


def main():
    result = {"functions": {}, "modules": {}, "concerns": {}}
    for name, (f, inputs, options) in functions.items():
        traced, result["concerns"][name] = kinds_of(lambda: torch.jit.trace(f, inputs, **options))
        result["functions"][name] = canonical(traced.graph)
    for name, (make, inputs, mode) in modules.items():
        module = make()
        getattr(module, mode)()
        traced, result["concerns"][name] = kinds_of(lambda: torch.jit.trace(module, tuple(inputs), check_trace=mode == "eval"))
        graphs = {}
        for path, child in traced.named_modules():
            for method in child._c._method_names():
                graphs[f"{path}:{method}"] = canonical(child._c._get_method(method).graph)
        result["modules"][name] = graphs
    traced = torch.jit.trace_module(Methods(), {"forward": torch.rand(1, 1, 4, 4), "weighted_kernel_sum": torch.rand(1, 1, 3, 3), "twice": x})
    result["methods"] = {
        f"{path}:{method}": canonical(child._c._get_method(method).graph) for path, child in traced.named_modules() for method in child._c._method_names()
    }
    result["mixing"] = {
        "calls_pick": canonical(torch.jit.trace(calls_pick, (v, v, v)).graph),
        "calls_both": canonical(torch.jit.trace(calls_both, x).graph),
        "forks": canonical(torch.jit.trace(forks, x).graph),
        "forks_tuples": canonical(torch.jit.trace(forks_tuples, x).graph),
        "Forks": canonical(torch.jit.trace(Forks(), x).graph),
        "UsesScript": canonical(torch.jit.trace(UsesScript(), x).graph),
    }
    with open(os.path.join(os.path.dirname(__file__), "graphs.json"), "w") as out:
        json.dump(result, out, indent=2)
        out.write("\n")


main()
