"""Records dtype promotion, casts between float formats and messages of metadata errors with real PyTorch: dtypes.json.

  python record-dtypes.py OUT.json
"""
import json
import struct
import sys

import torch

names = ["uint8", "int8", "int16", "int32", "int64", "float16", "float32", "float64", "complex32", "complex64", "complex128", "bool", "bfloat16",
         "float8_e5m2", "float8_e4m3fn", "uint16", "uint32", "uint64"]


def attempt(f):
    try:
        return f()
    except Exception:
        return None


promote = [[attempt(lambda: str(torch.promote_types(getattr(torch, a), getattr(torch, b)))[6:]) for b in names] for a in names]
common = ["uint8", "int64", "float16", "float32", "float64", "complex64", "bool", "bfloat16"]
results = []
for a in common:
    for b in common:
        for da in (0, 1):
            for db in (0, 1):
                x, y = torch.ones([2] * da, dtype=getattr(torch, a)), torch.ones([2] * db, dtype=getattr(torch, b))
                results.append([a, da, b, db, str(torch.result_type(x, y))[6:]])
    for scalar in (True, 2, 2.5, 1j):
        for da in (0, 1):
            kind = type(scalar).__name__
            results.append([a, da, kind, -1, str(torch.result_type(torch.ones([2] * da, dtype=getattr(torch, a)), scalar))[6:]])
values = [0.0, -0.0, 1.0, -1.0, 0.1, 65504.0, 65519.99, 65520.0, 1e-8, 6e-8, 5.9e-8, 3.1e-5, 6.1e-5, 448.0, 464.0, 465.0, 480.0, 57344.0, 61439.0, 61440.0, 1e30,
          float("inf"), float("-inf"), float("nan"), 0.0019, 0.001953125, 0.0009765625, 240.0, 248.0, 249.0, 1.0625, 1.1875, 3.0517578125e-05, 1.5e-5, 7.7e-6]
g = torch.Generator().manual_seed(1)
values += (torch.randn(60, generator=g) * torch.pow(10.0, torch.randint(-6, 6, (60,), generator=g))).tolist()
x = torch.tensor(values, dtype=torch.float32)
casts = {}
for name in ["float16", "bfloat16", "float8_e5m2", "float8_e4m3fn", "float8_e5m2fnuz", "float8_e4m3fnuz"]:
    t = x.to(getattr(torch, name))
    bits = t.view(torch.uint8 if t.element_size() == 1 else torch.int16).tolist()
    casts[name] = [b & (0xFF if t.element_size() == 1 else 0xFFFF) for b in bits]
decode = {}
for name in ["float8_e5m2", "float8_e4m3fn", "float8_e5m2fnuz", "float8_e4m3fnuz"]:
    decode[name] = [str(v) for v in torch.arange(256, dtype=torch.uint8).view(getattr(torch, name)).float().tolist()]
can = [[torch.can_cast(getattr(torch, a), getattr(torch, b)) for b in common] for a in common]
s = lambda: torch.manual_seed(7)
random = {}
s(); random["rand"] = torch.rand(6).tolist()
s(); random["rand64"] = torch.rand(4, dtype=torch.float64).tolist()
s(); random["randint"] = torch.randint(-5, 1000, (6,)).tolist()
s(); random["randperm"] = torch.randperm(9).tolist()
s(); random["randn"] = torch.randn(6).tolist()
s(); random["randn20"] = torch.randn(20).tolist()
s(); random["bernoulli"] = torch.bernoulli(torch.full((12,), 0.3)).tolist()
errors = {}


def message(name, f):
    try:
        f()
        raise AssertionError(name)
    except (RuntimeError, IndexError) as error:
        errors[name] = str(error).split("\n")[0]


t = torch.zeros(2, 3)
message("view", lambda: t.t().view(6))
message("view-size", lambda: t.view(4))
message("view-infer", lambda: t.view(4, -1))
message("view-two", lambda: t.view(-1, -1))
message("select", lambda: t.select(1, 3))
message("dim", lambda: t.transpose(0, 2))
message("expand", lambda: t.expand(4, 3))
message("narrow", lambda: t.narrow(1, 2, 2))
message("split", lambda: t.split([1, 1], 1))
message("squeeze", lambda: t.squeeze(2))
message("broadcast", lambda: t + torch.zeros(2))
message("unfold", lambda: t.unfold(1, 4, 1))
message("cat", lambda: torch.cat([t, torch.zeros(3, 2)]))
message("index", lambda: t[torch.tensor([2])])
message("item", lambda: t.item())
message("inplace", lambda: torch.zeros(2).add_(t))
message("cast", lambda: torch.zeros(2, dtype=torch.int64).add_(1.5))
message("stack", lambda: torch.stack([t, torch.zeros(2)]))
message("chunk", lambda: t.chunk(0))
message("t", lambda: torch.zeros(1, 2, 3).t())
json.dump({"names": names, "promote": promote, "results": results, "values": [struct.unpack("<I", struct.pack("<f", v))[0] for v in x.tolist()], "casts": casts,
           "decode": decode, "common": common, "can": can, "random": random, "errors": errors}, open(sys.argv[1], "w"), separators=(",", ":"))
