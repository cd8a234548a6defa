"""Writes src/python/python-names.ts: what each name of Python's and PyTorch's modules is to TorchScript.

    python record-names.py            (with PyTorch 2.13)
"""
import builtins
import importlib
import inspect
import json
import pathlib
import tempfile
import types
import warnings

warnings.simplefilter("ignore")
import torch
from torch._jit_internal import _is_exception, _try_get_dispatched_fn
from torch.jit._builtins import _find_builtin

MODULES = """builtins torch torch.nn.functional torch.linalg torch.fft torch.special torch.functional torch.nn.init math cmath torch.jit
torch.nn torch.nested torch.sparse torch.autograd torch._C torch._C._nn torch.nn.modules.utils warnings torch.cuda torch.distributed
torch._jit_internal torch.backends torch.backends.cudnn torch.backends.mkldnn torch.overrides torch.utils torch.random torch.nn.utils
torch.nn.modules torch.utils.checkpoint numpy itertools functools operator random os sys time copy collections abc typing enum dataclasses
torch.ao.quantization torch.autograd.profiler torch.profiler""".split()


def literal(kind, values):
    """The number that TorchScript gives to each dtype, layout or memory format: the frontend has them as ints."""
    text = "import torch\n" + "".join(f"def f{i}():\n    return {v}\n" for i, v in enumerate(values))
    path = pathlib.Path(tempfile.mkdtemp()) / f"{kind}.py"
    path.write_text(text)
    spec = importlib.util.spec_from_file_location(kind, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    result = {}
    for i, v in enumerate(values):
        try:
            result[v] = torch.jit.script(getattr(module, f"f{i}"))()
        except Exception:
            pass
    return result


def describe(name, o):
    if isinstance(o, types.ModuleType):
        return "module", o.__name__
    try:
        symbol = _find_builtin(o)
    except Exception:
        symbol = None
    try:
        dispatched = _try_get_dispatched_fn(o)
    except TypeError:
        dispatched = None
    for kind in (bool, int, float, complex, str):
        if type(o) is kind:
            return kind.__name__, str(o).lower() if kind is bool else str(o)
    if o is None:
        return "NoneType", ""
    for kind in (torch.dtype, torch.layout, torch.memory_format, torch.qscheme):
        if isinstance(o, kind):
            return kind.__name__, str(o)
    if symbol is not None:
        return "op", "" if symbol == f"aten::{name}" else symbol
    if _is_exception(o):
        return "exception", f"{o.__module__}.{o.__qualname__}"
    if type(o).__name__ == "builtin_function_or_method":
        return "builtin", "" if str(o) == f"<built-in function {name}>" else str(o)
    if dispatched is not None:
        d = dispatched
        return "dispatch", f"{d['if_true'].__name__} {d['if_false'].__name__} {d['arg_name']} {d['index']}"
    if inspect.isclass(o):
        return "class", f"{o.__module__}.{o.__qualname__}"
    if inspect.isfunction(o):
        return "function", f"{o.__module__}.{o.__qualname__}"
    return "object", type(o).__name__


def main():
    table, numbers = {}, []
    for path in MODULES:
        try:
            module = importlib.import_module(path)
        except ImportError:
            continue
        rows = table.setdefault(path, {})
        for name in dir(module):
            if name.startswith("__") and path != "builtins":
                continue
            try:
                o = getattr(module, name)
            except Exception:
                continue
            kind, text = describe(name, o)
            if path == "numpy" and kind not in ("module", "class", "float", "int"):
                continue
            if "\n" in text or len(text) > 150 or " at 0x" in text or (kind == "str" and "/" in text):
                continue
            if kind in ("dtype", "layout", "memory_format", "qscheme"):
                numbers.append(text)
            rows.setdefault(kind, []).append((name, text))
    values = literal("numbers", sorted(set(numbers)))
    out = [
        "// Written by scripts/record-names.py; do not edit.",
        "",
        "/**",
        " * What the names of Python's and PyTorch's modules are to TorchScript, by module and kind. One name a line; behind a tab what it",
        " * stands for, where that is not its own name: the operator of an `op`, the number of a dtype, the qualified name of a function.",
        " */",
        "export const pythonNames: Readonly<Record<string, Readonly<Record<string, string>>>> = {",
    ]
    for path, rows in table.items():
        out.append(f"  {json.dumps(path)}: {{")
        for kind, names in rows.items():
            lines = []
            for name, text in names:
                if kind in ("dtype", "layout", "memory_format", "qscheme"):
                    if text not in values:
                        continue
                    text = str(values[text])
                lines.append(f"{name}\t{text}" if text else name)
            out.append(f"    {kind}: {json.dumps(chr(10).join(lines))},")
        out.append("  },")
    out.append("}")
    target = pathlib.Path(__file__).parent.parent / "src" / "python" / "python-names.ts"
    target.write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
