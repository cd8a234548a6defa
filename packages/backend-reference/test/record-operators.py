"""Records calls of aten operators with real PyTorch, from its operator database, as JSON lines.

  python record-operators.py --out FILE [--only REGEX] [--samples N] [--dtypes a,b] [--max-elements N] [--per-key N]
A line: {"key", "args": {name: value}, "expected": value, "mutated": {name: value}}. Values are tagged: {"t": dtype, "s": sizes, "st": strides, "o": offset,
"b": base64 of the storage}, {"i": int}, {"f": float text}, {"c": [re, im]}, {"dt": code}, {"mf": code}, {"dev": text}, {"l": list}, {"str"}, bool, null.
"""
import argparse
import base64
import collections
import json
import math
import re
import warnings

import torch

warnings.filterwarnings("ignore")
from torch.testing._internal.common_methods_invocations import op_db  # noqa: E402
from torch.utils._python_dispatch import TorchDispatchMode  # noqa: E402

CODES = {
    torch.uint8: 0, torch.int8: 1, torch.int16: 2, torch.int32: 3, torch.int64: 4, torch.float16: 5, torch.float32: 6, torch.float64: 7,
    torch.complex32: 8, torch.complex64: 9, torch.complex128: 10, torch.bool: 11, torch.bfloat16: 15,
}
FORMATS = {torch.contiguous_format: 0, torch.preserve_format: 1, torch.channels_last: 2, torch.channels_last_3d: 3}
RANDOM = re.compile("dropout|bernoulli|rand|normal|uniform|multinomial|rrelu|exponential|cauchy|geometric|empty|resize_|poisson|new_empty|^set_|svd|eig|qr|lobpcg")


class Unsupported(Exception):
    pass


def flt(x):
    return "nan" if math.isnan(x) else ("inf" if x > 0 else "-inf") if math.isinf(x) else repr(x)


def enc(x, limit):
    if isinstance(x, torch.Tensor):
        if x.layout != torch.strided or x.dtype not in CODES or x.device.type != "cpu" or x.is_quantized:
            raise Unsupported
        x = x.detach()
        if x.is_conj() or x.is_neg():
            x = x.resolve_conj().resolve_neg()
        storage = bytes(x.untyped_storage())
        if len(storage) > limit:
            raise Unsupported
        return {"t": str(x.dtype)[6:], "s": list(x.shape), "st": list(x.stride()), "o": x.storage_offset(), "b": base64.b64encode(storage).decode(),
                **({"w": 1} if is_wrapped(x) else {})}
    if x is None or isinstance(x, bool):
        return x
    if isinstance(x, int):
        return {"i": str(x)}
    if isinstance(x, float):
        return {"f": flt(x)}
    if isinstance(x, complex):
        return {"c": [flt(x.real), flt(x.imag)]}
    if isinstance(x, str):
        return {"str": x}
    if isinstance(x, torch.dtype):
        if x not in CODES:
            raise Unsupported
        return {"dt": CODES[x]}
    if isinstance(x, torch.memory_format):
        return {"mf": FORMATS[x]}
    if isinstance(x, torch.device):
        return {"dev": str(x)}
    if isinstance(x, torch.layout):
        return {"mf": 0}
    if isinstance(x, (list, tuple)):
        return {"l": [enc(y, limit) for y in x]}
    raise Unsupported


def is_wrapped(x):
    try:
        return torch._C._functorch.is_wrapped_number(x)  # not there in every release
    except Exception:
        return False


class Recorder(TorchDispatchMode):
    def __init__(self, sink):
        super().__init__()
        self.sink = sink

    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        return self.sink.call(func, args, kwargs or {})


class Sink:
    def __init__(self, path, per_key, limit, only):
        self.file = open(path, "w")
        self.per_key, self.limit, self.only = per_key, limit, only
        self.counts = collections.Counter()
        self.seen = set()

    def call(self, func, args, kwargs):
        schema = func._schema
        key = schema.name + ("." + schema.overload_name if schema.overload_name else "")
        wanted = key.startswith("aten::") and not RANDOM.search(key[6:]) and (not self.only or self.only.search(key[6:]))
        dtypes = tuple(sorted({str(a.dtype) for a in args if isinstance(a, torch.Tensor)}))
        bucket = (key, dtypes)
        if not wanted or self.counts[bucket] >= self.per_key:
            return func(*args, **kwargs)
        named = {}
        try:
            for formal, value in zip(schema.arguments, args):
                named[formal.name] = value
            named.update(kwargs)
            if any(isinstance(named[f.name], torch.Tensor) and "Tensor" not in str(f.type) for f in schema.arguments if f.name in named):
                raise Unsupported
            if isinstance(named.get("device"), str):
                named["device"] = torch.device(named["device"])
            line = {"key": key, "args": {name: enc(value, self.limit) for name, value in named.items()}}
        except (Unsupported, RuntimeError, NotImplementedError):
            return func(*args, **kwargs)
        try:
            result = func(*args, **kwargs)
        except Exception as error:
            line["error"] = str(error).split("\n")[0][:300]
            self.write(line, bucket)
            raise
        try:
            line["expected"] = enc(result, self.limit)
            line["mutated"] = {a.name: enc(named[a.name], self.limit) for a in schema.arguments if a.alias_info and a.alias_info.is_write and a.name in named}
        except (Unsupported, RuntimeError, NotImplementedError):
            return result
        self.write(line, bucket)
        return result

    def write(self, line, bucket):
        text = json.dumps(line, separators=(",", ":"))
        if text in self.seen:
            return
        self.seen.add(text)
        self.counts[bucket] += 1
        self.file.write(text + "\n")


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--out", required=True)
    p.add_argument("--only", default="")
    p.add_argument("--ops", default="")
    p.add_argument("--samples", type=int, default=12)
    p.add_argument("--dtypes", default="float32,int64,bool,float64,complex64,uint8,float16,bfloat16")
    p.add_argument("--max-bytes", type=int, default=4096)
    p.add_argument("--per-key", type=int, default=6)
    a = p.parse_args()
    sink = Sink(a.out, a.per_key, a.max_bytes, re.compile(a.only) if a.only else None)
    ops = re.compile(a.ops) if a.ops else None
    for info in op_db:
        if ops and not ops.search(info.name):
            continue
        sink.file.flush()
        torch.manual_seed(0)
        for name in a.dtypes.split(","):
            dtype = getattr(torch, name)
            if dtype not in info.dtypes:
                continue
            try:
                samples = []
                for k, sample in enumerate(info.sample_inputs("cpu", dtype, requires_grad=False)):
                    if k >= a.samples * 4:
                        break
                    samples.append(sample)
                step = max(1, len(samples) // a.samples)
                samples = samples[::step]
            except Exception:
                continue
            for sample in samples:
                args = (sample.input, *sample.args)
                with torch.no_grad():
                    record(sink, info, args, sample.kwargs)
    sink.file.close()
    print(len(sink.seen), "calls of", len({key for key, _ in sink.counts}), "operators")


def record(sink, info, args, kwargs):
    names = [info.aten_name, info.name.split(".")[-1], info.name.replace(".", "_")]
    for name in dict.fromkeys(names):
        try:
            overload = torch._C._jit_resolve_packet("aten::" + name, *args, **kwargs)
        except Exception:
            continue
        packet = getattr(torch.ops.aten, name)
        try:
            sink.call(getattr(packet, overload or "default"), args, kwargs)
        except Exception:
            pass
        if isinstance(args[0], torch.Tensor):
            inplace(sink, name, args, kwargs)
        break
    try:
        with Recorder(sink):
            info.op(*args, **kwargs)
    except Exception:
        pass


def inplace(sink, name, args, kwargs):
    try:
        args = (args[0].clone(), *args[1:])
        overload = torch._C._jit_resolve_packet("aten::" + name + "_", *args, **kwargs)
        sink.call(getattr(getattr(torch.ops.aten, name + "_"), overload or "default"), args, kwargs)
    except Exception:
        pass


main()
