"""Records what PyTorch computes for single operators, as JSON lines that check-cases.ts and the tests read.

    from record import case, write
    case("aten::relu", torch.randn(2, 3))          # all overloads by key; keywords by name; inputs are recorded before the call
    write("my-cases.jsonl")
"""
import base64, gzip, json, torch

cases = []


def _tensor(t):
    t = t.detach()
    flat = torch.empty(0, dtype=t.dtype).set_(t.untyped_storage(), 0, (t.untyped_storage().nbytes() // t.element_size(),), (1,))
    raw = flat.view(torch.uint8) if flat.numel() else flat
    data = bytes(raw.numpy().tobytes()) if flat.numel() else b""
    return {"t": "tensor", "dtype": str(t.dtype)[6:], "shape": list(t.shape), "strides": list(t.stride()), "offset": t.storage_offset(), "data": base64.b64encode(data).decode()}


def _value(v, kind):
    if v is None: return None
    if isinstance(v, torch.Tensor): return _tensor(v)
    if isinstance(v, bool): return v
    if isinstance(v, torch.dtype): return {"t": "dtype", "v": str(v)[6:]}
    if isinstance(v, torch.device): return {"t": "device", "v": str(v)}
    if isinstance(v, torch.memory_format): return {"t": "int", "v": {"torch.contiguous_format": 0, "torch.preserve_format": 1, "torch.channels_last": 2, "torch.channels_last_3d": 3}[str(v)]}
    if isinstance(v, torch.layout): return {"t": "int", "v": 0}
    if isinstance(v, int): return {"t": "int", "v": v, "scalar": "Scalar" in kind or "number" in kind}
    if isinstance(v, float): return {"t": "float", "v": repr(v), "scalar": "Scalar" in kind or "number" in kind}
    if isinstance(v, str): return {"t": "str", "v": v}
    if isinstance(v, (list, tuple)): return {"t": "list", "v": [_value(x, kind) for x in v]}
    raise TypeError(type(v))


def case(key, *args, _tolerance=None, **kwargs):
    name, _, overload = key.split("::")[1].partition(".")
    op = getattr(getattr(torch.ops, key.split("::")[0]), name)
    op = getattr(op, overload or "default")
    schema = op._schema
    full = list(args)
    for argument in schema.arguments[len(args):]:
        full.append(kwargs.pop(argument.name) if argument.name in kwargs else argument.default_value)
    assert not kwargs, kwargs
    recorded = [_value(v, str(a.real_type)) for v, a in zip(full, schema.arguments)]
    positional = [v for v, a in zip(full, schema.arguments) if not a.kwarg_only]
    keywords = {a.name: v for v, a in zip(full, schema.arguments) if a.kwarg_only}
    with torch.no_grad():
        try:
            results = op(*positional, **keywords)
        except Exception as error:  # a case that PyTorch refuses: the kernel must bail out
            cases.append({"op": key, "args": recorded, "error": str(error).split("\n")[0][:200]})
            return
    kinds = [str(r.real_type) for r in schema.returns]
    if len(kinds) != 1: results = list(results or [])
    else: results = [results]
    row = {"op": key, "args": recorded, "results": [_value(v, k) for v, k in zip(results, kinds)]}
    written = [i for i, a in enumerate(schema.arguments) if a.alias_info and a.alias_info.is_write]
    if written: row["after"] = {str(i): _value(full[i], "") for i in written}
    if _tolerance is not None: row["tolerance"] = _tolerance
    cases.append(row)


def write(path):
    text = "".join(json.dumps(row) + "\n" for row in cases)
    if str(path).endswith(".gz"):
        with open(path, "wb") as out: out.write(gzip.compress(text.encode(), mtime=0))
    else:
        with open(path, "w") as out: out.write(text)
    print(len(cases), "cases")
