"""Writes fixtures/nn-*.jsonl: one call of an operator a line, with PyTorch's result. Run with a Python that has PyTorch 2.13:

    python fixtures-nn.py [FAMILY...]

A line: {"key", "args" (in schema order), "expected" or "error", "after": {index: tensor} where an argument was written}.
Tensors: {"t": dtype, "s": shape, "d": flat data}; complex data are pairs; Scalars that are floats: {"f": x}; complex: {"c": [re, im]}.
"""

import json
import math
import os
import sys

import torch

here = os.path.dirname(os.path.abspath(__file__))
dtype_codes = {
    torch.uint8: 0, torch.int8: 1, torch.int16: 2, torch.int32: 3, torch.int64: 4, torch.float16: 5, torch.float32: 6, torch.float64: 7,
    torch.complex32: 8, torch.complex64: 9, torch.complex128: 10, torch.bool: 11, torch.qint8: 12, torch.quint8: 13, torch.qint32: 14,
    torch.bfloat16: 15,
}


def number(x, single=False):
    if isinstance(x, float):
        if math.isnan(x):
            return "nan"
        if math.isinf(x):
            return "inf" if x > 0 else "-inf"
        return int(x) if x == int(x) and abs(x) < 1e9 and x else float(("%.8g" if single else "%.12g") % x)
    return x


def tensor(t):
    name = str(t.dtype).split(".")[1]
    if t.is_quantized:
        q = {"t": name, "s": list(t.shape), "d": t.int_repr().flatten().tolist()}
        if t.qscheme() == torch.per_tensor_affine:
            q["q"] = [t.q_scale(), t.q_zero_point()]
        else:
            q["qc"] = [t.q_per_channel_scales().tolist(), t.q_per_channel_zero_points().tolist(), t.q_per_channel_axis()]
        return q
    t = t.detach().resolve_conj().resolve_neg()
    flat = torch.view_as_real(t.to(torch.complex128)).flatten().tolist() if t.is_complex() else t.flatten().tolist()
    single = t.dtype not in (torch.float64, torch.complex128)
    return {"t": name, "s": list(t.shape), "d": [number(x, single) for x in flat]}


class Packed:
    """Packed parameters of a quantised layer: how they were made goes into the fixture."""

    def __init__(self, key, *args):
        self.key, self.args = key, args
        self.value = getattr(torch.ops.quantized, key.split("::")[1])(*args)


def encode(value, kind=""):
    if isinstance(value, Packed):
        return {"packed": value.key, "args": [encode(a) for a in value.args]}
    if isinstance(value, torch.Tensor):
        return tensor(value)
    if isinstance(value, torch.dtype):
        return dtype_codes[value]
    if isinstance(value, torch.device):
        return {"dev": str(value)}
    if isinstance(value, (torch.layout,)):
        return 0
    if isinstance(value, torch.memory_format):
        return {torch.contiguous_format: 0, torch.preserve_format: 1, torch.channels_last: 2}[value]
    if isinstance(value, (list, tuple)):
        return [encode(v, kind) for v in value]
    if isinstance(value, complex):
        return {"c": [value.real, value.imag]}
    if isinstance(value, float):
        return {"f": number(value)} if "Scalar" in kind or "number" in kind or not math.isfinite(value) else value
    return value


class Recorder:
    def __init__(self, family):
        self.path = os.path.join(here, "fixtures", f"nn-{family}.jsonl")
        self.lines = []

    def __call__(self, name, *args, _signs=False, _tol=None, _only=None, _by=None, **kwargs):
        """`_signs`: results are known up to sign. `_only`: which results to compare. `_by`: computes the result instead."""
        if "::" not in name:
            name = "aten::" + name
        base, _, overload = name.partition(".")
        if not overload and not name.endswith("."):
            overload = torch._C._jit_resolve_packet(base, *[a.value if isinstance(a, Packed) else a for a in args], **kwargs)
            overload = "" if overload == "default" else overload
        schema = torch._C._get_schema(base, overload)
        key = base + ("." + overload if overload else "")
        values = []
        for i, a in enumerate(schema.arguments):
            if i < len(args):
                value = args[i]
            elif a.name in kwargs:
                value = kwargs[a.name]
            else:
                value = a.default_value
            kind = str(a.type)
            if isinstance(value, torch.Tensor):
                value = value.clone() if not value.is_quantized else value
            if value is not None and a.N is not None and a.N > 0 and not isinstance(value, (list, tuple)):
                value = [value] * a.N
            values.append((value, kind))
        line = {"key": key, "args": [encode(v, k) for v, k in values]}
        if _signs:
            line["signs"] = True
        if _tol:
            line["tol"] = _tol
        if _only is not None:
            line["only"] = _only
        packet = getattr(getattr(torch.ops, base.split("::")[0]), base.split("::")[1])
        op = _by or getattr(packet, overload or "default")
        positional = [v.value if isinstance(v, Packed) else v for (v, _), a in zip(values, schema.arguments) if not a.kwarg_only]
        keywords = {a.name: v for (v, _), a in zip(values, schema.arguments) if a.kwarg_only}
        try:
            with torch.no_grad():
                line["expected"] = encode(op(*positional, **keywords))
        except Exception as error:
            line["error"] = str(error).split("\n")[0]
        after = {i: encode(v) for i, (v, k) in enumerate(values) if isinstance(v, torch.Tensor) and encode(v) != line["args"][i]}
        if after:
            line["after"] = after
        self.lines.append(json.dumps(line, separators=(",", ":")))
        return line.get("error")

    def save(self):
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        with open(self.path, "w") as file:
            file.write("\n".join(self.lines) + "\n")
        print(os.path.basename(self.path), len(self.lines), "calls", os.path.getsize(self.path), "bytes")


def r(*shape, dtype=torch.float32):
    """Normal numbers of three decimals, which keep the files short."""
    if dtype.is_complex:
        return torch.complex(r(*shape, dtype=torch.float64), r(*shape, dtype=torch.float64)).to(dtype)
    return (torch.randn(*shape, dtype=torch.float64) * 1000).round().div(1000).to(dtype)


def ints(*shape, low=-5, high=6, dtype=torch.int64):
    return torch.randint(low, high, shape).to(dtype)


f64, f16, bf16, c64, c128 = torch.float64, torch.float16, torch.bfloat16, torch.complex64, torch.complex128


def convolution(rec):
    for groups, ci, co in [(1, 3, 4), (2, 4, 6), (4, 4, 8), (3, 3, 3)]:
        rec("conv2d", r(2, ci, 7, 6), r(co, ci // groups, 3, 3), r(co), [1, 1], [1, 1], [1, 1], groups)
        rec("conv2d", r(1, ci, 9, 8), r(co, ci // groups, 3, 2), None, [2, 1], [0, 1], [2, 1], groups)
        rec("conv1d", r(2, ci, 11), r(co, ci // groups, 3), r(co), [2], [1], [2], groups)
        rec("conv_transpose2d", r(2, ci, 4, 3), r(ci, co // groups, 3, 3), r(co), [2, 2], [1, 1], [1, 0], groups, [1, 1])
        rec("conv_transpose1d", r(2, ci, 5), r(ci, co // groups, 4), r(co), [3], [2], [1], groups, [2])
        rec("convolution", r(2, ci, 5, 5), r(ci, co // groups, 2, 2), r(co), [2, 1], [0, 1], [1, 2], True, [1, 0], groups)
    rec("conv3d", r(1, 2, 4, 5, 4), r(3, 2, 2, 3, 2), r(3), [1, 2, 1], [1, 0, 1], [1, 1, 2], 1)
    rec("conv_transpose3d", r(1, 2, 3, 2, 3), r(2, 3, 2, 3, 2), r(3), [2, 1, 2], [1, 0, 0], [1, 0, 1], 1, [1, 2, 1])
    rec("conv2d", r(3, 7, 6), r(4, 3, 3, 3), r(4))
    rec("conv_transpose2d", r(3, 7, 6), r(3, 2, 3, 3), r(2))
    for dtype in (f64, bf16, f16, c64, torch.int64, torch.int32):
        make = ints if not (dtype.is_floating_point or dtype.is_complex) else r
        rec("conv2d", make(1, 2, 5, 5, dtype=dtype), make(3, 2, 3, 3, dtype=dtype), make(3, dtype=dtype))
    rec("conv2d", r(1, 3, 20, 20), r(5, 3, 3, 3), r(5), [1, 1], [1, 1])
    for mode in ("same", "valid"):
        rec("conv2d", r(1, 2, 6, 5), r(3, 2, 4, 3), r(3), [1, 1], mode, [1, 2], 1)
        rec("conv1d", r(1, 2, 6), r(3, 2, 4), None, [1], mode, [2], 1)
        rec("conv3d", r(1, 1, 4, 4, 4), r(2, 1, 2, 3, 2), r(2), [1, 1, 1], mode)
        rec("_convolution_mode", r(1, 2, 6, 5), r(3, 2, 4, 2), r(3), [1, 1], mode, [1, 1], 1)
    rec("_convolution", r(1, 2, 5, 5), r(3, 2, 3, 3), r(3), [1, 1], [0, 0], [1, 1], False, [0, 0], 1, False, False, True, True)
    rec("_convolution.deprecated", r(1, 2, 5, 5), r(3, 2, 3, 3), r(3), [1, 1], [0, 0], [1, 1], False, [0, 0], 1, False, False, True)
    rec("thnn_conv2d", r(1, 2, 5, 5), r(3, 2, 3, 3), [3, 3], r(3), [1, 1], [1, 1])
    rec("conv_tbc", r(6, 2, 3), r(3, 3, 4), r(4), 1)
    # errors
    rec("conv2d", r(1, 3, 4, 4), r(5, 4, 3, 3))
    rec("conv2d", r(1, 3, 4, 4), r(5, 3, 5, 5))
    rec("conv2d", r(3, 4, 4, 4, 4), r(5, 3, 3, 3))
    rec("conv2d", r(1, 3, 4, 4), r(5, 3, 3, 3), r(4))
    rec("conv2d", r(1, 4, 4, 4), r(5, 2, 3, 3), None, [1, 1], [0, 0], [1, 1], 2)
    rec("conv2d", r(1, 4, 4, 4), r(4, 4, 3, 3), None, [0, 0])
    rec("conv2d", r(1, 4, 4, 4), r(4, 4, 3, 3), None, [1, 1], [-1, -1])
    rec("conv2d", r(1, 4, 4, 4), r(4, 4, 3, 3), None, [1, 1], [0, 0], [0, 0])
    rec("conv2d", r(1, 4, 4, 4), r(4, 4, 3, 3), None, [1, 1], "bad")
    rec("conv2d", r(1, 4, 4, 4), r(4, 4, 3, 3), None, [2, 2], "same")
    rec("conv_transpose2d", r(1, 4, 4, 4), r(5, 4, 3, 3))
    rec("conv_transpose2d", r(1, 4, 4, 4), r(4, 4, 3, 3), None, [1, 1], [0, 0], [1, 1])
    rec("conv_transpose2d", r(1, 4, 1, 1), r(4, 4, 1, 1), None, [1, 1], [2, 2])


def matmul(rec):
    dtypes = [torch.float32, f64, bf16, f16, c64, c128]
    for dtype in dtypes:
        rec("mm", r(3, 5, dtype=dtype), r(5, 7, dtype=dtype))
        rec("bmm", r(2, 3, 4, dtype=dtype), r(2, 4, 5, dtype=dtype))
        rec("addmm", r(7, dtype=dtype), r(3, 5, dtype=dtype), r(5, 7, dtype=dtype), beta=0.5, alpha=2.0)
        rec("baddbmm", r(2, 3, 5, dtype=dtype), r(2, 3, 4, dtype=dtype), r(2, 4, 5, dtype=dtype), beta=2, alpha=-1)
        rec("mv", r(3, 5, dtype=dtype), r(5, dtype=dtype))
        rec("dot", r(6, dtype=dtype), r(6, dtype=dtype))
        rec("vdot", r(6, dtype=dtype), r(6, dtype=dtype))
        rec("linear", r(2, 3, 4, dtype=dtype), r(5, 4, dtype=dtype), r(5, dtype=dtype))
    for dtype in (torch.int64, torch.int32, torch.uint8):
        rec("mm", ints(3, 5, dtype=dtype), ints(5, 2, dtype=dtype))
        rec("addmm", ints(3, 2, dtype=dtype), ints(3, 5, dtype=dtype), ints(5, 2, dtype=dtype), beta=2, alpha=3)
        rec("bmm", ints(2, 3, 5, dtype=dtype), ints(2, 5, 2, dtype=dtype))
        rec("dot", ints(5, dtype=dtype), ints(5, dtype=dtype))
    rec("mm", ints(2, 2) * 3037000499, ints(2, 2) * 3037000499)
    rec("addmm", torch.full((2, 2), float("nan")), r(2, 3), r(3, 2), beta=0)
    rec("mm", r(0, 3), r(3, 2))
    rec("mm", r(2, 0), r(0, 3))
    rec("addmm", r(3), r(2, 0), r(0, 3))
    rec("bmm", r(2, 3, 0), r(2, 0, 2))
    rec("addbmm", r(3, 5), r(2, 3, 4), r(2, 4, 5), beta=0.5, alpha=2)
    rec("addmv", r(3), r(3, 5), r(5), beta=0.5, alpha=2)
    rec("addr", r(3, 4), r(3), r(4), beta=0.5, alpha=2)
    rec("addr", ints(3, 4), ints(3), ints(4), beta=2, alpha=3)
    shapes = [((3,), (3,)), ((2, 3), (3,)), ((3,), (3, 4)), ((2, 3), (3, 4)), ((5, 2, 3), (3, 4)), ((5, 2, 3), (3,)), ((3,), (5, 3, 4)),
              ((2, 3), (5, 3, 4)), ((5, 2, 3), (5, 3, 4)), ((5, 1, 2, 3), (6, 3, 4)), ((1, 5, 2, 3), (6, 1, 3, 4)), ((0, 2, 3), (3, 4)), ((2, 0), (0, 3))]
    for a, b in shapes:
        rec("matmul", r(*a), r(*b))
    rec("linalg_matmul", r(2, 3), r(3, 2))
    rec("outer", r(3), r(4))
    rec("ger", r(3), r(4))
    rec("inner", r(2, 3), r(4, 3))
    rec("inner", r(3), r(3))
    rec("inner", r(()), r(2, 3))
    rec("kron", r(2, 3), r(2, 2))
    rec("kron", r(2), r(3, 1, 2))
    rec("tensordot", r(3, 4, 5), r(4, 3, 2), [1, 0], [0, 1])
    rec("tensordot", r(3, 4), r(4, 2), [-1], [0])
    rec("tensordot", r(2, 3), r(4), [], [])
    rec("chain_matmul", [r(2, 3), r(3, 4), r(4, 2)])
    rec("linalg_multi_dot", [r(3), r(3, 10), r(10, 2), r(2)])
    rec("linalg_multi_dot", [r(5, 3), r(3, 10), r(10, 2), r(2, 7)])
    rec("bilinear", r(2, 3, 4), r(2, 3, 5), r(6, 4, 5), r(6))
    rec("_trilinear", r(2, 3), r(2, 4), r(3, 4), [2], [1], [0], [1, 2])
    rec("linear", r(4), r(5, 4), r(5))
    rec("linear", r(3, 4), r(4))
    rec("linear", r(3, 4), r(5, 4))
    rec("linear", r(0, 4), r(5, 4), r(5))
    rec("linear", ints(3, 4), ints(5, 4))
    rec("_addmm_activation", r(3), r(2, 4), r(4, 3))
    for equation, *shapes in [
        ("ij,jk->ik", (2, 3), (3, 4)), ("ij,jk", (2, 3), (3, 4)), ("bij,bjk->bik", (2, 3, 4), (2, 4, 5)), ("ii", (3, 3)), ("ii->i", (3, 3)),
        ("ij->ji", (2, 3)), ("ij->", (2, 3)), ("i,j->ij", (2,), (3,)), ("...ij,...jk->...ik", (5, 2, 3), (3, 4)), ("bnd,bmd->bnm", (2, 3, 4), (2, 5, 4)),
        ("b...d,d->b...", (2, 3, 4), (4,)), ("ab,bc,cd->ad", (2, 3), (3, 4), (4, 5)), ("bhid,bhjd->bhij", (2, 2, 3, 4), (2, 2, 5, 4)),
        ("i,i->", (4,), (4,)), ("ij,ij->ij", (2, 3), (2, 3)), ("ijj->i", (2, 3, 3)), ("ab,ab->", (2, 1), (2, 3)), ("B a, a b -> B b", (2, 3), (3, 2)),
        ("nkctv,kvw->nctw", (2, 3, 2, 4, 5), (3, 5, 5)), ("bca,bda,a->bdc", (2, 3, 4), (2, 5, 4), (4,)), ("...->...", (2, 3)), ("a,b,c->cab", (2,), (3,), (2,)),
        ("ij,kl->", (2, 3), (3, 4)), ("i", (3,)), ("...a,...a->...", (3, 4), (2, 1, 4)),
    ]:
        rec("einsum", equation, [r(*s) for s in shapes])
    rec("einsum", "ij,jk,kl->il", [r(2, 3), r(3, 4), r(4, 5)], path=[1, 2, 0, 1])
    # errors
    for name, *args in [
        ("mm", r(2, 3), r(4, 5)), ("mm", r(2), r(4, 5)), ("mm", r(2, 3), r(3)), ("mm", r(2, 3), r(3, 4).double()), ("bmm", r(2, 3), r(3, 4)), ("bmm", r(2, 3, 4), r(3, 4)),
        ("bmm", r(2, 3, 4), r(2, 3, 5)), ("addmm", r(2), r(2, 3), r(4, 5)), ("addmm", r(2), r(2, 3), r(3, 5)), ("addmm", r(5).double(), r(2, 3), r(3, 5)),
        ("addmm", r(5), r(2), r(3, 5)), ("baddbmm", r(5), r(2, 3, 3), r(2, 4, 5)), ("mv", r(2, 3), r(4)), ("mv", r(2), r(4)), ("dot", r(2), r(3)), ("dot", r(2, 2), r(3)),
        ("dot", r(2), r(2).double()), ("matmul", r(2, 3), r(4)), ("matmul", r(3), r(4, 2)), ("matmul", r(2, 2, 3), r(4, 2)), ("matmul", r(2, 2, 3), r(4, 3, 2)),
        ("matmul", torch.tensor(1.0), r(2, 4, 2)), ("linear", r(2, 3), r(5, 4)), ("linear", r(2, 3), r(5, 4), r(5)), ("linear", r(2, 2, 3), r(5, 4), r(5)),
        ("linear", r(2, 2, 4), r(5, 4), r(3)), ("linear", r(2, 4), r(5, 4).double(), r(5)), ("addmv", r(4), r(2, 3), r(3)), ("addr", r(4), r(2), r(3)),
        ("addr", r(4), r(2, 1), r(3)), ("mm", torch.ones(2, 2).bool(), torch.ones(2, 2).bool()), ("tensordot", r(2, 3), r(4, 5), [1], [0]),
        ("einsum", "ij,jk", [r(2, 3), r(4, 5)]), ("einsum", "ij,jk", [r(2, 3)]), ("einsum", "ij", [r(2)]), ("einsum", "ij->ik", [r(2, 2)]), ("inner", r(2, 3), r(4, 5)),
        ("outer", r(2, 3), r(4)), ("bilinear", r(2, 3), r(2, 4), r(5, 3, 5), None),
    ]:
        rec(name, *args)


def pooling(rec):
    for dtype in (torch.float32, f64, bf16):
        x = r(2, 3, 7, 6, dtype=dtype)
        rec("max_pool2d", x, [3, 2], [2, 2], [1, 1], [1, 1], False)
        rec("max_pool2d_with_indices", x, [3, 3], [2, 2], [1, 1], [1, 1], True)
        rec("avg_pool2d", x, [3, 2], [2, 2], [1, 1], False, True, None)
        rec("adaptive_avg_pool2d", x, [3, 4])
        rec("adaptive_max_pool2d", x, [3, 4])
    x = r(2, 3, 7, 6)
    for ceil in (False, True):
        for include in (False, True):
            rec("avg_pool2d", x, [3, 3], [2, 2], [1, 1], ceil, include, None)
            rec("avg_pool1d", r(2, 3, 8), [3], [2], [1], ceil, include)
            rec("avg_pool3d", r(1, 2, 5, 4, 5), [2, 3, 2], [2, 2, 2], [1, 1, 1], ceil, include, None)
        rec("max_pool1d", r(2, 3, 8), [3], [2], [1], [2], ceil)
        rec("max_pool1d_with_indices", r(3, 8), [3], [2], [1], [1], ceil)
        rec("max_pool3d", r(1, 2, 5, 4, 5), [2, 3, 2], [2, 2, 2], [1, 1, 1], [1, 1, 1], ceil)
        rec("max_pool3d_with_indices", r(2, 5, 4, 5), [2, 2, 2], [2, 2, 2], [0, 1, 1], [2, 1, 1], ceil)
        rec("max_pool2d_with_indices", x, [2, 2], [2, 1], [1, 0], [2, 3], ceil)
    rec("max_pool2d", x, [2, 2])
    rec("max_pool2d", ints(1, 2, 4, 4), [2, 2])
    rec("max_pool2d_with_indices", torch.tensor([[[1.0, float("nan"), 3.0, -float("inf")]] * 2]), [1, 2])
    rec("avg_pool2d", x, [2, 2], [], [0, 0], False, True, 3)
    rec("avg_pool2d", r(3, 7, 6), [2, 2])
    rec("adaptive_avg_pool1d", r(2, 3, 7), [3])
    rec("adaptive_avg_pool2d", r(3, 7, 6), [1, 1])
    rec("adaptive_avg_pool2d", r(1, 3, 2, 2), [5, 7])
    rec("adaptive_avg_pool3d", r(1, 2, 5, 4, 5), [2, 3, 4])
    rec("_adaptive_avg_pool2d", r(1, 3, 5, 5), [2, 2])
    rec("adaptive_max_pool1d", r(2, 3, 7), [3])
    rec("adaptive_max_pool3d", r(1, 2, 5, 4, 5), [2, 3, 4])
    y, i = torch.max_pool2d(x, 2), torch.nn.functional.max_pool2d(x, 2, return_indices=True)[1]
    rec("max_unpool2d", y, i, [7, 6])
    y, i = torch.nn.functional.max_pool3d(r(1, 2, 4, 4, 4), 2, return_indices=True)
    rec("max_unpool3d", y, i, [4, 4, 4], [2, 2, 2], [0, 0, 0])
    rec("fractional_max_pool2d", x, [2, 2], [3, 3], torch.rand(2, 3, 2))
    rec("fractional_max_pool3d", r(1, 2, 6, 5, 7), [2, 2, 2], [3, 2, 4], torch.rand(1, 2, 3))
    for name, *args in [
        ("max_pool2d", r(1, 1, 2, 2), [3, 3]), ("max_pool2d", r(1, 4, 4), [2, 2], [2, 2], [2, 2]), ("max_pool2d", r(4, 4), [2, 2]), ("avg_pool2d", r(1, 1, 2, 2), [3, 3]),
        ("adaptive_avg_pool2d", r(4, 4), [2, 2]), ("max_pool2d", r(1, 1, 4, 4), [0, 2]),
    ]:
        rec(name, *args)


def normalization(rec):
    for dtype in (torch.float32, f64):
        for shape in [(4, 3), (2, 3, 5), (2, 3, 4, 5)]:
            w, b, m, v = r(3, dtype=dtype), r(3, dtype=dtype), r(3, dtype=dtype), r(3, dtype=dtype).abs() + 0.1
            x = r(*shape, dtype=dtype)
            rec("batch_norm", x, w, b, m, v, False, 0.1, 1e-5, True)
            rec("batch_norm", x, w, b, m, v, True, 0.1, 1e-5, True)
            rec("batch_norm", x, None, None, m, v, False, 0.1, 1e-3, True)
        rec("batch_norm", x, None, None, None, None, True, 0.1, 1e-5, True)
        rec("native_batch_norm", x, w, b, m, v, True, 0.3, 1e-5)
        rec("native_batch_norm", x, w, b, m, v, False, 0.3, 1e-5)
        rec("_native_batch_norm_legit", x, w, b, m, v, True, 0.3, 1e-5)
        rec("_native_batch_norm_legit.no_stats", x, w, b, True, 0.3, 1e-5)
        rec("_native_batch_norm_legit_functional", x, w, b, m, v, True, 0.3, 1e-5)
        rec("_batch_norm_impl_index", x, w, b, m, v, False, 0.1, 1e-5, True, _only=[0])
        rec("_native_batch_norm_legit_no_training", x, w, b, m, v, 0.1, 1e-5)
        rec("instance_norm", x, w, b, None, None, True, 0.1, 1e-5, True)
        rec("instance_norm", x, w, b, m, v, True, 0.1, 1e-5, True)
        rec("instance_norm", x, w, b, m, v, False, 0.1, 1e-5, True)
        rec("layer_norm", x, [4, 5], r(4, 5, dtype=dtype), r(4, 5, dtype=dtype), 1e-5)
        rec("layer_norm", x, [5])
        rec("native_layer_norm", x, [5], r(5, dtype=dtype), r(5, dtype=dtype), 1e-3)
        rec("group_norm", r(2, 6, 3, 2, dtype=dtype), 3, r(6, dtype=dtype), r(6, dtype=dtype), 1e-5)
        rec("group_norm", r(2, 6, dtype=dtype), 2)
        rec("native_group_norm", r(2, 6, 4, dtype=dtype), r(6, dtype=dtype), None, 2, 6, 4, 2, 1e-5)
        rec("rms_norm", x, [5], r(5, dtype=dtype), 1e-6)
        rec("rms_norm", x, [4, 5])
        rec("_weight_norm", r(4, 3, 2, dtype=dtype), r(4, 1, 1, dtype=dtype), 0)
        rec("_weight_norm", r(4, 3, 2, dtype=dtype), r(1, 1, 2, dtype=dtype), 2)
        rec("_weight_norm", r(4, 3, 2, dtype=dtype), r(1, 3, 1, dtype=dtype), 1)
        rec("_weight_norm_interface", r(4, 3, dtype=dtype), r(4, 1, dtype=dtype), 0)
        rec("norm_except_dim", r(4, 3, 2, dtype=dtype), 2, 0)
    for dtype in (bf16, f16):
        rec("layer_norm", r(3, 8, dtype=dtype), [8], r(8, dtype=dtype), r(8, dtype=dtype), 1e-5)
        rec("batch_norm", r(2, 3, 4, dtype=dtype), r(3), r(3), r(3), r(3).abs(), False, 0.1, 1e-5, True)
        rec("group_norm", r(2, 6, 3, 2, dtype=dtype), 3, r(6, dtype=dtype), r(6, dtype=dtype), 1e-5)
        rec("rms_norm", r(3, 8, dtype=dtype), [8], r(8, dtype=dtype))
    rec("layer_norm", r(0, 5), [5])
    rec("layer_norm", r(2, 3), [4])
    rec("layer_norm", r(2, 3), [3], r(4))
    rec("group_norm", r(2, 6, 3), 4)
    rec("batch_norm", r(2, 3), None, None, r(4), r(4), False, 0.1, 1e-5, True)


def interpolation(rec):
    for dtype in (torch.float32, f64):
        for align in (False, True):
            x = r(1, 2, 5, 6, dtype=dtype)
            for size in ([7, 9], [3, 4], [10, 12] if align else [5, 6], [1, 1]):
                rec("upsample_bilinear2d", x, size, align)
                rec("upsample_bicubic2d", x, size, align)
                rec("_upsample_bilinear2d_aa", x, size, align)
                rec("_upsample_bicubic2d_aa", x, size, align)
            rec("_upsample_lanczos2d_aa", x, [3, 4], align)
            rec("upsample_linear1d", r(2, 3, 7, dtype=dtype), [12], align)
            rec("upsample_trilinear3d", r(1, 2, 3, 4, 5, dtype=dtype), [5, 3, 8], align)
            rec("upsample_bilinear2d.vec", x, None, align, [1.7, 0.6])
            rec("upsample_bicubic2d.vec", x, None, align, [1.7, 0.6])
            rec("upsample_linear1d.vec", r(2, 3, 7, dtype=dtype), None, align, [1.3])
            rec("upsample_trilinear3d.vec", r(1, 2, 3, 4, 5, dtype=dtype), [5, 3, 8], align, None)
            rec("_upsample_bilinear2d_aa.vec", x, None, align, [0.4, 0.7])
            rec("_upsample_bicubic2d_aa.vec", x, [3, 2], align, None)
            rec("_upsample_lanczos2d_aa.vec", x, [3, 9], align, None)
    for name in ("upsample_nearest", "_upsample_nearest_exact"):
        for out in (3, 14, 5, 11):
            rec(name + "1d", r(1, 2, 7), [out])
        rec(name + "2d", r(1, 2, 5, 6), [7, 9])
        rec(name + "3d", r(1, 2, 3, 4, 5), [5, 3, 8])
        rec(name + "1d.vec", r(1, 2, 7), None, [1.9])
        rec(name + "2d.vec", r(1, 2, 5, 6), None, [2.3, 0.55])
        rec(name + "3d.vec", r(1, 2, 3, 4, 5), None, [1.5, 2.0, 0.9])
        rec(name + "2d", ints(1, 2, 5, 6, low=0, high=255, dtype=torch.uint8), [7, 9])
    rec("upsample_bilinear2d", ints(1, 3, 5, 6, low=0, high=255, dtype=torch.uint8), [7, 9], False, _tol=[0, 1])
    rec("upsample_bilinear2d", r(1, 2, 4, 4, dtype=bf16), [6, 6], False)
    rec("upsample_bilinear2d", r(1, 2, 4, 4), [0, 6], False)
    rec("upsample_nearest2d.vec", r(1, 2, 4, 4), None, None)
    rec("__interpolate.size_list", r(1, 2, 4, 4), [6, 7], None, "bilinear", False)
    rec("__interpolate.scale_list", r(1, 2, 4, 4), None, [1.5, 2.0], "bicubic", True, True)
    rec("__interpolate", r(1, 2, 4, 4), 3, None, "area")
    rec("__interpolate.scale_list", r(1, 2, 4, 4), None, [2.0, 2.0], "nearest")
    rec("__upsample", r(1, 2, 4), 7, None, "linear", True)


def grid(rec):
    for mode in (0, 1, 2):
        for padding in (0, 1, 2):
            for align in (False, True):
                rec("grid_sampler_2d", r(2, 2, 4, 5), r(2, 3, 3, 2), mode, padding, align)
                if mode < 2:
                    rec("grid_sampler_3d", r(1, 2, 3, 4, 5), r(1, 2, 3, 2, 3), mode, padding, align)
    rec("grid_sampler", r(1, 2, 4, 5, dtype=f64), r(1, 3, 3, 2, dtype=f64), 0, 0, False)
    rec("grid_sampler", r(1, 2, 3, 4, 5), r(1, 2, 3, 2, 3), 0, 0, True)
    for align in (False, True):
        rec("affine_grid_generator", r(2, 2, 3), [2, 3, 4, 5], align)
        rec("affine_grid_generator", r(2, 3, 4), [2, 1, 3, 4, 5], align)
    rec("pixel_shuffle", r(2, 8, 3, 4), 2)
    rec("pixel_shuffle", r(9, 2, 2), 3)
    rec("pixel_unshuffle", r(2, 2, 6, 4), 2)
    rec("pixel_shuffle", r(2, 7, 3, 4), 2)
    rec("pixel_unshuffle", r(2, 2, 5, 4), 2)
    rec("channel_shuffle", r(2, 6, 3, 2), 3)
    rec("native_channel_shuffle", r(2, 6, 3, 2), 2)
    rec("im2col", r(2, 3, 5, 6), [3, 2], [1, 2], [1, 0], [2, 1])
    rec("im2col", r(3, 5, 6, dtype=c64), [3, 2], [1, 1], [1, 0], [2, 1])
    rec("col2im", r(2, 18, 15), [5, 6], [3, 2], [1, 1], [1, 0], [2, 1])
    rec("col2im", r(12, 20, dtype=f64), [5, 6], [2, 2], [1, 1], [0, 0], [1, 1])
    rec("im2col", r(2, 3, 2, 2), [3, 3], [1, 1], [0, 0], [1, 1])
    rec("col2im", r(2, 18, 14), [5, 6], [3, 2], [1, 1], [1, 0], [2, 1])


def embedding(rec):
    w = r(7, 4)
    for dtype in (torch.float32, f64, bf16, torch.int64):
        rec("embedding", w.to(dtype), ints(2, 3, low=0, high=7))
    rec("embedding", w, ints(3, low=0, high=7, dtype=torch.int32), 2)
    rec("embedding", w, torch.tensor(3))
    rec("embedding", w, torch.tensor([7]))
    rec("embedding", w, torch.tensor([1.0]))
    rec("embedding", r(3), torch.tensor([1]))
    x, offsets = ints(9, low=0, high=7), torch.tensor([0, 3, 3, 7])
    for mode in (0, 1, 2):
        rec("embedding_bag", w, x, offsets, False, mode, _only=[0])
        rec("embedding_bag.padding_idx", w, x, offsets, False, mode, False, None, False, 2, _only=[0])
        rec("embedding_bag.padding_idx", w, x, torch.tensor([0, 3, 3, 7, 9]), False, mode, False, None, True, -1, _only=[0])
        rec("_embedding_bag", w, x, offsets, False, mode, _only=[0])
    rec("embedding_bag", w, x, offsets, False, 0, False, r(9), _only=[0])
    rec("embedding_renorm_", w, ints(5, low=0, high=7), 0.7, 2.0)
    rec("embedding_renorm_", w, ints(5, low=0, high=7), 0.7, 1.0)


def attention(rec):
    sdpa = "scaled_dot_product_attention"
    for dtype in (torch.float32, f64, bf16):
        q, k, v = r(2, 3, 4, 8, dtype=dtype), r(2, 3, 5, 8, dtype=dtype), r(2, 3, 5, 6, dtype=dtype)
        # in several operators every step rounds
        tol = [2e-2, 1e-2] if dtype == bf16 else None
        rec(sdpa, q, k, v, _tol=tol)
        rec(sdpa, q, k, v, r(4, 5, dtype=dtype), _tol=tol)
        rec(sdpa, q, k, v, r(2, 1, 4, 5) > 0, _tol=tol)
        rec(sdpa, q, k, v, None, 0.0, True, scale=0.3, _tol=tol)
    hidden = torch.ones(4, 5).bool()
    hidden[1] = False
    rec(sdpa, r(2, 4, 8), r(2, 5, 8), r(2, 5, 8), hidden)
    rec(sdpa, r(4, 8), r(5, 8), r(5, 8))
    rec(sdpa, r(2, 6, 4, 8), r(2, 2, 5, 8), r(2, 2, 5, 8), enable_gqa=True)
    rec("_scaled_dot_product_attention_math", r(2, 3, 4, 8), r(2, 3, 5, 8), r(2, 3, 5, 6), r(4, 5) > 0)
    rec("_scaled_dot_product_attention_math", r(2, 3, 4, 8), r(2, 3, 5, 8), r(2, 3, 5, 6), None, 0.0, True)
    rec("_scaled_dot_product_flash_attention_for_cpu", r(2, 3, 4, 8), r(2, 3, 5, 8), r(2, 3, 5, 8))
    rec(sdpa, r(2, 4, 8), r(2, 5, 8), r(2, 5, 8).double())
    mha = "_native_multi_head_attention"
    x = r(2, 4, 6)
    weights = (r(18, 6), r(18), r(6, 6), r(6))
    for average in (False, True):
        rec(mha, x, x, x, 6, 2, *weights, None, True, average)
    rec(mha, x, x, x, 6, 3, *weights, r(4, 4) > 0.8, True, True, 0)
    rec(mha, x, x, x, 6, 3, *weights, torch.tensor([[0, 0, 0, 1], [0, 0, 1, 1]]).bool(), True, True, 1)
    rec(mha, x, x, x, 6, 3, *weights, None, False, True, _only=[0])
    layer = "_transformer_encoder_layer_fwd"
    rest = (r(6), r(6), r(6), r(6), r(10, 6), r(10), r(6, 10), r(6))
    for gelu in (False, True):
        for first in (False, True):
            rec(layer, x, 6, 2, *weights, gelu, first, 1e-5, *rest)
    rec(layer, x, 6, 2, *weights, True, False, 1e-5, *rest, torch.tensor([[0, 0, 0, 1], [0, 0, 1, 1]]).bool(), 1)


def rnn(rec):
    gates = {"lstm": 4, "gru": 3, "rnn_tanh": 1, "rnn_relu": 1}
    for name, g in gates.items():
        for layers, directions, bias, first in [(1, 1, True, False), (2, 2, True, True), (2, 1, False, False), (1, 2, True, True)]:
            params = []
            for layer in range(layers):
                for _ in range(directions):
                    params += [r(g * 4, 3 if layer == 0 else 4 * directions), r(g * 4, 4)] + ([r(g * 4), r(g * 4)] if bias else [])
            h = r(layers * directions, 2, 4)
            hx = [h, r(layers * directions, 2, 4)] if name == "lstm" else h
            rec(name + ".input", r(2, 5, 3) if first else r(5, 2, 3), hx, params, bias, layers, 0.0, False, directions == 2, first)
            data, sizes = torch._pack_padded_sequence(r(5, 2, 3), torch.tensor([5, 3]), False)
            rec(name + ".data", data, sizes, hx, params, bias, layers, 0.0, False, directions == 2)
        cell = (r(g * 4, 3), r(g * 4, 4), r(g * 4), r(g * 4))
        hx = [r(2, 4), r(2, 4)] if name == "lstm" else r(2, 4)
        rec(name + "_cell", r(2, 3), hx, *cell)
        rec(name + "_cell", r(2, 3), hx, *cell[:2])
    # with projections of 2
    params = [r(16, 3), r(16, 2), r(16), r(16), r(2, 4), r(16, 2), r(16, 2), r(16), r(16), r(2, 4)]
    rec("lstm.input", r(5, 2, 3), [r(2, 2, 2), r(2, 2, 4)], params, True, 2, 0.0, False, False, False)
    rec("lstm.input", r(5, 2, 3, dtype=f64), [r(1, 2, 4, dtype=f64)] * 2, [r(16, 3, dtype=f64), r(16, 4, dtype=f64), r(16, dtype=f64), r(16, dtype=f64)], True, 1, 0.0, False, False, False)
    for first in (False, True):
        rec("_pack_padded_sequence", r(3, 5, 2) if first else r(5, 3, 2), torch.tensor([5, 3, 2]), first)
        rec("_pad_packed_sequence", r(10, 2), torch.tensor([3, 3, 2, 1, 1]), first, -1.5, 0)
        rec("_pad_packed_sequence", r(10, 2), torch.tensor([3, 3, 2, 1, 1]), first, 0.0, 7)
    rec("_pack_padded_sequence", ints(5, 3), torch.tensor([5, 3, 2]), False)
    rec("_pack_padded_sequence", r(5, 3, 2), torch.tensor([3, 5, 2]), False)
    rec("_pack_padded_sequence", r(5, 3, 2), torch.tensor([3, 2, 0]), False)


def loss(rec):
    for reduction in (0, 1, 2):
        for dtype in (torch.float32, f64):
            x, y = r(3, 4, dtype=dtype), r(3, 4, dtype=dtype)
            for name in ("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss"):
                rec(name, x, y, reduction)
            rec("smooth_l1_loss", x, y, reduction, 0.0)
            rec("smooth_l1_loss", x, y, reduction, 0.3)
            rec("huber_loss", x, y, reduction, 0.4)
            p = torch.rand(3, 4, dtype=dtype)
            rec("binary_cross_entropy", p, torch.rand(3, 4, dtype=dtype), None, reduction)
            rec("binary_cross_entropy", (p > 0.5).to(dtype), p, r(3, 4, dtype=dtype), reduction)
            rec("binary_cross_entropy_with_logits", x, p, None, None, reduction)
            rec("binary_cross_entropy_with_logits", x, p, r(4, dtype=dtype), r(4, dtype=dtype), reduction)
            rec("kl_div", x, p, reduction)
            rec("kl_div", x, y, reduction, log_target=True)
        sign = torch.tensor([1.0, -1, 1])
        rec("hinge_embedding_loss", r(3), sign, 0.8, reduction)
        rec("margin_ranking_loss", r(3), r(3), sign, 0.3, reduction)
        rec("soft_margin_loss", r(3), sign, reduction)
        rec("cosine_embedding_loss", r(3, 4), r(3, 4), sign, 0.1, reduction)
        rec("cosine_embedding_loss", r(4), r(4), torch.tensor(1.0), 0.1, reduction)
        rec("triplet_margin_loss", r(3, 4), r(3, 4), r(3, 4), 1.0, 2.0, 1e-6, False, reduction)
        rec("triplet_margin_loss", r(3, 4), r(3, 4), r(3, 4), 0.5, 1.0, 1e-6, True, reduction)
        for log in (False, True):
            rec("poisson_nll_loss", r(5).abs(), ints(5, low=0, high=5).float(), log, log, 1e-8, reduction)
            rec("poisson_nll_loss", r(5).abs(), ints(5, low=0, high=5).float(), log, True, 1e-8, reduction)
        rec("multi_margin_loss", r(3, 5), torch.tensor([1, 0, 4]), 1, 1, None, reduction)
        rec("multi_margin_loss", r(3, 5), torch.tensor([1, 0, 4]), 2, 0.7, r(5), reduction)
        rec("multilabel_margin_loss", r(2, 4), torch.tensor([[1, 3, -1, 0], [0, -1, 1, 2]]), reduction)
        t = torch.tensor([1, -100, 4])
        w = r(5).abs()
        rec("nll_loss", r(3, 5), t, None, reduction)
        rec("nll_loss", r(3, 5), torch.tensor([1, 4, 2]), w, reduction, 4)
        rec("nll_loss", r(5), torch.tensor(2), w, reduction)
        rec("nll_loss2d", r(2, 5, 2, 3), ints(2, 2, 3, low=0, high=5), w, reduction)
        rec("nll_loss_nd", r(2, 5, 3), ints(2, 3, low=0, high=5), w, reduction)
        rec("nll_loss_nd", r(2, 5, 2, 3), ints(2, 2, 3, low=0, high=5), w, reduction)
        rec("nll_loss_forward", r(3, 5), t, w, reduction, -100)
        for smoothing in (0.0, 0.2):
            rec("cross_entropy_loss", r(3, 5), t, None, reduction, -100, smoothing)
            rec("cross_entropy_loss", r(3, 5), t, w, reduction, -100, smoothing)
            rec("cross_entropy_loss", r(5), torch.tensor(3), w, reduction, -100, smoothing)
            rec("cross_entropy_loss", r(2, 5, 2, 3), ints(2, 2, 3, low=0, high=5), w, reduction, 1, smoothing)
            rec("cross_entropy_loss", r(3, 5), torch.rand(3, 5), w, reduction, -100, smoothing)
            rec("cross_entropy_loss", r(2, 5, 3), torch.rand(2, 5, 3), None, reduction, -100, smoothing)
        probs = r(6, 2, 4).log_softmax(-1)
        rec("ctc_loss", probs, ints(2, 3, low=1, high=4), [6, 5], [3, 2], 0, reduction)
        rec("ctc_loss", probs, ints(5, low=1, high=4), torch.tensor([6, 5]), torch.tensor([3, 2]), 0, reduction)
        rec("ctc_loss", probs, torch.tensor([[1, 1, 1], [2, 2, 2]]), [4, 6], [3, 3], 0, reduction, True)
    rec("pairwise_distance", r(3, 4), r(3, 4))
    rec("pairwise_distance", r(3, 4), r(4), 1.0, 1e-6, True)
    rec("cosine_similarity", r(3, 4), r(3, 4), 1)
    rec("cosine_similarity", r(3, 1, 4), r(2, 4), -1)
    rec("cosine_similarity", r(3, 4, dtype=f64), r(3, 4, dtype=f64), 0, 0.5)
    for p in (0.0, 1.0, 2.0, 3.0, float("inf")):
        rec("cdist", r(3, 4), r(5, 4), p)
        rec("pdist", r(4, 3), p)
    rec("cdist", r(2, 1, 3, 4), r(3, 5, 4))
    rec("_euclidean_dist", r(3, 4), r(5, 4), _tol=[1e-3, 1e-3])
    rec("dist", r(3, 4), r(4), 2)
    rec("dist", r(3, 4), r(3, 4), 1.5)
    rec("nll_loss_nd", r(3, 5), torch.tensor([1, 2, 5]))
    rec("nll_loss_nd", r(3, 5), torch.tensor([1, 2]))
    rec("cross_entropy_loss", r(3, 5), torch.tensor([1, 2, -1]))
    rec("binary_cross_entropy", r(3) * 3, torch.rand(3))


def fft(rec):
    for n in (1, 2, 3, 4, 5, 6, 8, 11, 16):
        rec("fft_fft", r(2, n, dtype=c64))
        rec("fft_rfft", r(2, n))
        rec("fft_ifft", r(n, 2, dtype=c128), None, 0)
        if n > 1:
            rec("fft_irfft", r(2, n, dtype=c64))
            rec("fft_irfft", r(2, n, dtype=c64), n)
            rec("fft_hfft", r(2, n, dtype=c64))
        rec("fft_ihfft", r(2, n))
    for norm in (None, "forward", "backward", "ortho"):
        rec("fft_fft", r(2, 6), 5, 1, norm)
        rec("fft_ifft", r(2, 6, dtype=c64), 8, 1, norm)
        rec("fft_rfft", r(2, 6), 7, 1, norm)
        rec("fft_irfft", r(2, 6, dtype=c64), 9, 1, norm)
        rec("fft_hfft", r(2, 6, dtype=c64), 9, 1, norm)
        rec("fft_ihfft", r(2, 6), 5, 1, norm)
        for name in ("fft_fft2", "fft_ifft2", "fft_fftn", "fft_ifftn", "fft_irfftn", "fft_irfft2", "fft_hfftn", "fft_hfft2"):
            rec(name, r(2, 3, 4, dtype=c64), norm=norm)
        for name in ("fft_rfft2", "fft_rfftn", "fft_ihfft2", "fft_ihfftn"):
            rec(name, r(2, 3, 4), norm=norm)
    rec("fft_fftn", r(3, 4, 5), [2, 6], [0, 2])
    rec("fft_fftn", r(3, 4, 5), [2, 6])
    rec("fft_irfftn", r(3, 4, 5, dtype=c128), [4, 7], [0, 1])
    rec("fft_rfftn", r(3, 4, 5), [4, 7], [2, 0])
    rec("fft_fft", ints(2, 5))
    rec("fft_fftshift", r(4, 5))
    rec("fft_ifftshift", r(4, 5), [1])
    for n in (4, 5):
        rec("fft_fftfreq", n, 0.5)
        rec("fft_rfftfreq", n, 0.5)
    rec("fft_fft", r(3), 0)
    rec("fft_fft", r(3), None, 2)
    window = torch.hann_window(8)
    for center in (False, True):
        for normalized in (False, True):
            rec("stft.center", r(2, 40), 8, 3, None, window, center, "reflect", normalized, None, True)
    rec("stft.center", r(40), 10, None, 8, window, True, "constant", False, False, True)
    rec("stft.center", r(40), 10, 4, None, None, True, "reflect", False, True, False)
    rec("stft.center", r(40, dtype=c64), 10, 4, None, None, True, "reflect", False, None, None)
    rec("stft", r(40), 8, 4, 8, window, False, True, True)
    rec("stft.center", r(40), 8)
    spectrum = torch.stft(r(2, 40), 8, 2, window=window, return_complex=True)
    rec("istft", spectrum, 8, 2, None, window)
    rec("istft", spectrum, 8, 2, None, window, True, False, None, 35)
    rec("istft", spectrum, 8, 2, None, torch.ones(8), False, True)
    rec("istft", torch.stft(r(40), 8, 2, return_complex=True, onesided=False), 8, 2, None, None, True, False, False)


def linalg(rec):
    L = "linalg_"
    for dtype in (f64, torch.float32, c128):
        def m(*shape):
            return r(*shape, dtype=dtype)
        tol = [1e-3, 1e-4] if dtype == torch.float32 else None
        a, b = m(2, 4, 4), m(2, 4, 3)
        spd = a @ a.mH + torch.eye(4, dtype=dtype)
        for name in ("det", "slogdet", "inv"):
            rec(L + name, a, _tol=tol)
        rec("logdet", spd, _tol=tol)
        rec("inverse", a, _tol=tol)
        rec(L + "inv_ex", a, _tol=tol)
        rec(L + "solve", a, b, _tol=tol)
        rec(L + "solve", a, m(2, 4), _tol=tol)
        rec(L + "solve", a, m(3, 4), left=False, _tol=tol)
        rec(L + "solve_ex", a[0], m(4), _tol=tol)
        rec(L + "lu_factor", a, _tol=tol)
        rec(L + "lu_factor_ex", m(2, 3, 5), _tol=tol)
        rec(L + "lu", m(5, 3), _tol=tol)
        rec(L + "lu", m(3, 5), _tol=tol)
        rec("_lu_with_info", a, _tol=tol)
        lu, pivots = torch.linalg.lu_factor(a)
        for adjoint in (False, True):
            rec(L + "lu_solve", lu, pivots, b, adjoint=adjoint, _tol=tol)
            rec(L + "lu_solve", lu, pivots, m(2, 3, 4), left=False, adjoint=adjoint, _tol=tol)
        rec("lu_solve", b, lu, pivots, _tol=tol)
        rec("lu_unpack", lu, pivots, _tol=tol)
        for upper in (False, True):
            rec(L + "cholesky", spd, upper=upper, _tol=tol)
            rec(L + "cholesky_ex", spd, upper=upper, _tol=tol)
            rec("cholesky", spd[0], upper, _tol=tol)
            factor = torch.linalg.cholesky(spd, upper=upper)
            rec("cholesky_solve", b, factor, upper, _tol=tol)
            rec("cholesky_inverse", factor, upper, _tol=tol)
            rec(L + "solve_triangular", a.triu() if upper else a.tril(), b, upper=upper, _tol=tol)
            rec(L + "solve_triangular", a.triu() if upper else a.tril(), m(3, 4), upper=upper, left=False, unitriangular=True, _tol=tol)
            rec("triangular_solve", b, a.triu() if upper else a.tril(), upper, True, _tol=tol)
        for shape in ((4, 4), (2, 5, 3), (3, 5)):
            x = m(*shape)
            for mode in ("reduced", "complete"):
                rec(L + "qr", x, mode, _tol=tol, _signs=shape == (2, 5, 3) and mode == "complete")
            rec("geqrf", x, _tol=tol)
            rec(L + "svdvals", x, _tol=tol)
            if dtype != c128:
                rec(L + "svd", x, False, _signs=True, _tol=tol)
                rec("svd", x, _signs=True, _tol=tol)
            rec(L + "pinv", x, _tol=tol)
            rec(L + "matrix_rank", x)
        q, tau = torch.geqrf(m(5, 3))
        rec(L + "householder_product", q, tau, _tol=tol)
        rec("orgqr", q, tau, _tol=tol)
        rec("ormqr", q, tau, m(5, 2), True, False, _tol=tol)
        rec("ormqr", q, tau, m(2, 5), False, True, _tol=tol)
        rec(L + "eigvalsh", spd, _tol=tol)
        rec(L + "eigvalsh", a, "U", _tol=tol)
        if dtype != c128:
            rec(L + "eigh", spd, _signs=True, _tol=tol)
        rec(L + "pinv", spd, hermitian=True, _tol=tol)
        rec(L + "matrix_rank", spd, hermitian=True)
        low = m(4, 2) @ m(2, 4)
        rec(L + "matrix_rank", low)
        rec(L + "pinv", low, rtol=1e-3, _tol=tol)
        rec(L + "pinv", low, torch.tensor(1e-3), _tol=tol)
        rec(L + "lstsq", m(5, 3), m(5, 2), _tol=tol)
        rec(L + "lstsq", m(2, 5, 3), m(2, 5, 2), driver="gelsd", _tol=tol)
        rec(L + "lstsq", m(5, 3), m(5, 2), driver="gels", _tol=tol)
        rec(L + "lstsq", m(3, 5), m(3, 2), driver="gelsy", _tol=tol)
        rec(L + "matrix_exp", a, _tol=tol)
        rec("matrix_exp", m(3, 3) * 5, _tol=tol or [1e-6, 1e-6])
        for n in (-2, 0, 1, 3, 6):
            rec(L + "matrix_power", a, n, _tol=[1e-3, 1e-3] if tol else None)
        for order in (None, 1, -1, 2, -2, float("inf"), -float("inf"), "fro", "nuc"):
            rec(L + "norm", m(3, 4), order, _tol=tol)
            if order is not None:
                rec(L + "matrix_norm", m(2, 3, 4), order, (0, 2), True, _tol=tol)
                rec(L + "matrix_norm", m(2, 3, 4), order, _tol=tol)
        for order in (None, 1, 2, -2, -1, float("inf"), "fro", "nuc"):
            rec(L + "cond", a, order, _tol=tol)
        rec(L + "norm", m(2, 3, 4))
        rec(L + "norm", m(4), 3)
        rec(L + "vector_norm", m(3, 4), 3, 0)
        rec(L + "cross", m(2, 3), m(2, 3))
        rec(L + "cross", m(3, 2), m(3, 1), dim=0)
        rec("cross", m(2, 3), m(2, 3))
        rec(L + "vecdot", m(2, 3), m(2, 3))
        rec(L + "vander", m(2, 3), N=4)
        rec("vander", m(3), 4, True)
        rec("vander", m(3))
        rec(L + "tensorsolve", m(2, 3, 6), m(2, 3), _tol=tol)
        rec(L + "tensorinv", m(4, 2, 8).reshape(4, 2, 8), 2, _tol=tol)
        rec("nuclear_norm", m(3, 4), _tol=tol)
        rec("pinverse", m(3, 4), _tol=tol)
        rec("cov", m(3, 5), _tol=tol)
        rec("cov", m(5), correction=0, _tol=tol)
        if dtype != c128:
            rec("cov", m(3, 5), fweights=torch.tensor([1, 2, 1, 3, 1]), aweights=m(5).abs(), _tol=tol)
        rec("corrcoef", m(3, 5), _tol=tol)
    singular = torch.ones(2, 2)
    for name in ("linalg_inv", "linalg_cholesky", "linalg_lu_factor"):
        rec(name, torch.tensor([[1.0, 2.0], [2.0, 4.0]]) if name != "linalg_cholesky" else -singular)
        rec(name, r(2, 3))
        rec(name, r(3))
    rec("linalg_solve", singular, r(2, 1))
    rec("linalg_inv", torch.stack([torch.eye(2), singular]))
    rec("linalg_det", singular)
    rec("linalg_slogdet", singular)
    rec("linalg_inv", ints(2, 2))
    rec("linalg_norm", r(2, 3, 4), 2)
    rec("linalg_cross", r(2, 4), r(2, 4))


def quantized(rec):
    x = r(3, 4) * 3
    for dtype in (torch.quint8, torch.qint8, torch.qint32):
        q = torch.quantize_per_tensor(x, 0.05, 10, dtype)
        rec("quantize_per_tensor", x, 0.05, 10, dtype)
        rec("dequantize", q)
        rec("int_repr", q)
        rec("q_scale", q)
        rec("q_zero_point", q)
    rec("quantize_per_tensor.tensor_qparams", x, torch.tensor(0.1), torch.tensor(3), torch.quint8)
    rec("quantize_per_tensor_dynamic", x, torch.quint8, False)
    rec("quantize_per_tensor_dynamic", x, torch.qint8, True)
    scales, zeros = torch.tensor([0.1, 0.05, 0.2, 0.3]), torch.tensor([0, 10, 5, 3])
    c = torch.quantize_per_channel(x, scales, zeros, 1, torch.quint8)
    rec("quantize_per_channel", x, scales, zeros, 1, torch.quint8)
    for name in ("dequantize", "int_repr", "q_per_channel_axis", "q_per_channel_scales", "q_per_channel_zero_points"):
        rec(name, c)
    rec("_make_per_tensor_quantized_tensor", ints(3, 4, dtype=torch.int8), 0.1, 2)
    rec("_make_per_channel_quantized_tensor", ints(3, 4, dtype=torch.int8), scales, zeros, 1)
    rec("fake_quantize_per_tensor_affine", x, 0.05, 10, 0, 255)
    rec("fake_quantize_per_tensor_affine.tensor_qparams", x, torch.tensor(0.05), torch.tensor(10, dtype=torch.int32), 0, 127)
    rec("fake_quantize_per_tensor_affine_cachemask", x, 0.05, 10, 0, 100)
    rec("fake_quantize_per_channel_affine", x, scales, zeros.to(torch.int32), 1, 0, 100)
    rec("fake_quantize_per_channel_affine_cachemask", x, scales, zeros.to(torch.int32), 1, 0, 100)
    rec("quantize_per_tensor", x.double(), 0.05, 10, torch.quint8)
    a, b = torch.quantize_per_tensor(x, 0.05, 128, torch.quint8), torch.quantize_per_tensor(r(3, 4), 0.03, 100, torch.quint8)
    for name in ("add", "add_relu", "mul", "mul_relu"):
        rec("quantized::" + name, a, b, 0.1, 120)
    # where a number falls half way between two integers, fused arithmetic may round it the other way
    rec("quantized::cat", [a, b], 0, 0.1, 120, _tol=[0, 1])
    rec("quantized::hardswish", a, 0.1, 100)
    rec("quantized::sigmoid", a, 1 / 256, 0)
    rec("quantized::leaky_relu", a, 0.1, False, 0.1, 100, _tol=[0, 1])
    rec("quantized::clamp", a, -1.0, 1.0)
    off_by_one = [0, 1]
    weight = torch.quantize_per_tensor(r(5, 4), 0.02, 0, torch.qint8)
    channels = torch.quantize_per_channel(r(5, 4), torch.tensor([0.02, 0.03, 0.01, 0.02, 0.04]), torch.zeros(5).long(), 0, torch.qint8)
    for w in (weight, channels):
        packed = Packed("quantized::linear_prepack", w, r(5))
        rec("quantized::linear", a, packed, 0.2, 100, _tol=off_by_one)
        rec("quantized::linear_relu", a, packed, 0.2, 100, _tol=off_by_one)
        rec("quantized::linear_unpack", packed)
    rec("quantized::linear_dynamic", r(3, 4), Packed("quantized::linear_prepack", weight, r(5)), False, _tol=[1e-3, 1e-3])
    rec("quantized::linear_dynamic_fp16", r(3, 4), Packed("quantized::linear_prepack_fp16", r(5, 4), r(5)), _tol=[1e-3, 1e-3])
    image = torch.quantize_per_tensor(r(1, 2, 5, 5), 0.03, 120, torch.quint8)
    kernel = torch.quantize_per_tensor(r(3, 2, 3, 3), 0.02, 0, torch.qint8)
    for name in ("conv2d.new", "conv2d_relu.new", "conv2d_unpack"):
        # not one object for all: PyTorch keeps the first operator's primitive in it
        packed = Packed("quantized::conv2d_prepack", kernel, r(3), [2, 1], [1, 1], [1, 1], 1)
        rec("quantized::" + name, *((image, packed, 0.3, 100) if name != "conv2d_unpack" else (packed,)), _tol=off_by_one)


def vision(rec):
    """torchvision's compiled operators need not be there: its own Python forms say what they do."""
    from torchvision.ops import box_iou
    from torchvision.ops.roi_align import _roi_align

    def nms(boxes, scores, threshold):
        left = scores.argsort(descending=True, stable=True)
        kept = []
        while len(left):
            kept.append(left[0])
            overlap = box_iou(boxes[left[:1]], boxes[left[1:]])[0] if len(left) > 1 else torch.zeros(0)
            left = left[1:][overlap <= threshold]
        return torch.stack(kept) if kept else torch.zeros(0, dtype=torch.int64)

    corner = torch.rand(12, 2) * 8
    boxes = torch.cat([corner, corner + torch.rand(12, 2) * 6 + 0.5], 1)
    for threshold in (0.1, 0.3, 0.7):
        rec("torchvision::nms", boxes, torch.rand(12), threshold, _by=nms)
    rec("torchvision::nms", torch.zeros(0, 4), torch.zeros(0), 0.5, _by=nms)
    rois = torch.cat([torch.tensor([[0.0], [1.0], [1.0], [0.0]]), boxes[:4]], 1)
    x = r(2, 2, 9, 8)
    for aligned in (False, True):
        for sampling in (-1, 2):
            rec("torchvision::roi_align", x, rois, 0.75, 3, 2, sampling, aligned, _by=_roi_align)


def ordering(rec):
    """Where equal values end up: short and long rows, few distinct values."""
    few = lambda *shape: torch.randint(0, 4, shape)
    for x in (few(40), few(3, 25), (few(300) == 0), few(60).to(torch.float32), few(30).to(torch.int16), few(2, 20).to(torch.bfloat16)):
        for down in (False, True):
            rec("sort.", x, -1, down)
        rec("argsort.", x, 0, False)
        rec("sort.stable", x, stable=True, dim=-1, descending=True)
        rec("mode", x)
        if x.dtype != torch.bool:
            for k in (1, 3, 20):
                rec("topk", x, k)
                rec("topk", x, k, -1, False, False)
                rec("kthvalue", x, k)
    # the partial sort, and a row that drives the quicksort deep
    rec("topk", few(400), 5)
    rec("sort.", torch.arange(200) % 7, 0, False)


def indefinite(rec):
    """LDL factorisations, with pivots of both sizes."""
    for dtype in (torch.float64, torch.float32, torch.complex128):
        for n in (1, 4, 9):
            a = torch.randn(2, n, n, dtype=dtype)
            for hermitian in (False, True):
                sym = a + (a.mH if hermitian else a.mT)
                ld, pivots, _ = torch.linalg.ldl_factor_ex(sym, hermitian=hermitian)
                rec("linalg_ldl_factor_ex", sym, hermitian=hermitian)
                rec("linalg_ldl_solve", ld, pivots, torch.randn(2, n, 3, dtype=dtype), hermitian=hermitian)
    rec("linalg_ldl_factor", torch.tensor([[0.0, 1.0], [1.0, 0.0]]))


def hermitian(rec):
    """Eigenvectors with LAPACK's signs; up to the size (25) from which it divides and conquers."""
    for dtype in (torch.float64, torch.float32, torch.complex128):
        for n in (2, 3, 6, 14):
            for half in ("L", "U"):
                a = torch.randn(n, n, dtype=dtype)
                rec("_linalg_eigh", a + a.mH, half)
    rec("_linalg_eigh", torch.diag(torch.tensor([3.0, 1.0, 2.0])))


def edges(rec):
    """Inputs without elements, negative positions, dtypes that PyTorch treats apart."""
    x = torch.arange(12.0).view(3, 4)
    rec("take_along_dim", x, torch.tensor([[-1, 0], [-4, 2], [5, -7]]), 1)
    rec("take_along_dim", x, torch.tensor([-1, 0]))
    for order in (1, -1, 2, -2, math.inf, -math.inf):
        for shape in ((0, 0), (0, 3), (3, 0), (2, 0, 3)):
            rec("linalg_matrix_norm", torch.zeros(shape), order)
    rec("linalg_matrix_norm.str_ord", torch.zeros(0, 3), "nuc", keepdim=True)
    for mode in ("ij", "xy"):
        rec("meshgrid.indexing", [torch.arange(3), torch.tensor(7), torch.arange(2)], indexing=mode)
    for pad in ([-1, 1, -2, 1], [2, -1, 0, 3], [1, 0, 0, -2]):
        rec("_pad_circular", torch.arange(30.0).view(1, 5, 6), pad)
    rec("index_add", torch.tensor([True, False, False]), 0, torch.tensor([0, 1]), torch.tensor([True, True]), alpha=True)
    rec("histogramdd", torch.zeros(5, 0, 5), [1, 1, 1, 1, 1])
    rec("histogramdd", torch.zeros(0, 2), [2, 3])
    big = torch.complex(torch.tensor([1e6, 1.9e6, 1.2e6]), torch.tensor([1.0, 2.0, 3.0]))
    rec("logsumexp", big, [0])
    rec("logsumexp", torch.view_as_complex(torch.randn(3, 4, 2)), [1], True)
    rec("hash_tensor", torch.tensor([[True, False], [True, True]]), [1])
    rec("hash_tensor", torch.tensor([[3, 5, 9], [1, 1, 7]], dtype=torch.int32), [0], keepdim=True)
    rec("hash_tensor", torch.tensor([1.0, 2.0, 1.0]))
    rec("hash_tensor", torch.zeros(2, 0), [1])
    rec("polygamma_", torch.rand(5) + 0.5, 1)
    image = torch.randn(2, 3, 6, 7)
    for args in (([3, 2], [2, 2], [1, 1], [1, 1], False), ([2, 2], [2, 2], [0, 0], [1, 2], True)):
        out, at = torch.ops.aten.max_pool2d_with_indices(image, *args)
        rec("max_pool2d_with_indices_backward", torch.randn_like(out), image, *args, at)
    rec("nonzero_numpy", torch.zeros(2, 3))
    for dtype in (torch.bfloat16, torch.float16):
        half = lambda *shape: (torch.randn(*shape) * 3).to(dtype)
        # compared: the result; what is saved is only known to one unit in the last place
        rec("native_batch_norm", half(5, 4, 5), half(4), half(4), half(4), half(4).abs(), True, 0.5, 0.6, _only=[0])


def quantized_operands(rec):
    """Operators that are not quantised ones by name."""
    x = torch.quantize_per_tensor(torch.randn(2, 4, 6, 6), 0.05, 100, torch.quint8)
    y = torch.quantize_per_tensor(torch.randn(2, 4, 6, 6), 0.1, 3, torch.qint8)
    for t in (x, y):
        rec("adaptive_avg_pool2d", t, [2, 3])
        rec("avg_pool2d", t, [2, 2], [2, 2])
        rec("mean.dim", t, [2, 3])
        rec("relu", t)
        rec("sigmoid", t)
        rec("tanh", t)
        rec("clone", t)
        rec("index_select", t, 1, torch.tensor([2, 0]))
        rec("hardtanh", t, -1, 1)
    rec("max_pool2d", x, [2, 2], [2, 2])


families = {name: f for name, f in list(globals().items()) if callable(f) and getattr(f, "__code__", None) and f.__code__.co_varnames[:1] == ("rec",)}

if __name__ == "__main__":
    torch.set_num_threads(1)
    for name in sys.argv[1:] or families:
        torch.manual_seed(len(name))
        recorder = Recorder(name.replace("_", "-"))
        families[name](recorder)
        recorder.save()
