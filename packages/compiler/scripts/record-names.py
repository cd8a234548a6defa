"""Writes src/python/python-names.ts: what each name of Python's and PyTorch's modules is to TorchScript.

    python record-names.py            (with PyTorch 2.13)
"""
import builtins
import importlib
import inspect
import json
import pathlib
import tempfile
import os
import types
import warnings
import weakref

warnings.simplefilter("ignore")
import torch
from torch._jit_internal import _is_exception, _try_get_dispatched_fn
from torch.jit._builtins import _find_builtin

MODULES = """builtins torch torch.nn.functional torch.linalg torch.fft torch.special torch.functional torch.nn.init math cmath torch.jit
torch.nn torch.nested torch.sparse torch.autograd torch._C torch._C._nn torch.nn.modules.utils warnings torch.cuda torch.distributed
torch._jit_internal torch.backends torch.backends.cudnn torch.backends.mkldnn torch.overrides torch.utils torch.random torch.nn.utils
torch.nn.modules torch.utils.checkpoint numpy itertools functools operator random os sys time copy collections abc typing enum dataclasses
torch.ao.quantization torch.autograd.profiler torch.profiler torch.amp torch.cpu torch.cpu.amp torch.cuda.amp torch.backends.cuda
torch.nn.utils.rnn numbers re torch.distributed.rpc torch.distributed.rpc.api torch.futures torch.nn.parameter
torch.nn.attention torch.hub torch.version os.path collections.abc contextlib inspect types string typing_extensions json logging
pathlib torch.optim torch.optim.optimizer torch.optim.lr_scheduler torch.utils.data argparse""".split()


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
        try:
            inspect.getsource(o)
            kind = "class"
        except (OSError, TypeError):
            # Written in C: a call of it leaves TorchScript.
            kind = "class" if o.__module__ == "builtins" else "native"
        return kind, f"{o.__module__}.{o.__qualname__}"
    if inspect.ismethod(o):
        return "method", " ".join([o.__qualname__, *inspect.getfullargspec(o.__func__).args])
    if inspect.isfunction(o):
        return "function", f"{o.__module__}.{o.__qualname__}"
    return "object", type(o).__name__


def refusal(o):
    """The first line of what scripting the function, or a call of the class, fails with; in a process of its own."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reader)
        try:
            if inspect.isclass(o):
                folder = pathlib.Path(tempfile.mkdtemp())
                (folder / "call.py").write_text("def call():\n    return target()\n")
                spec = importlib.util.spec_from_file_location("call", folder / "call.py")
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                module.target = o
                o = module.call
            torch.jit.script(o)
        except Exception as error:
            line = next((line.strip() for line in str(error).split("\n") if line.strip()), "").rstrip(":")
            os.write(writer, line.encode()[:500])
        finally:
            os._exit(0)
    os.close(writer)
    line = b""
    while chunk := os.read(reader, 4096):
        line += chunk
    os.close(reader)
    os.waitpid(pid, 0)
    line = line.decode(errors="replace")
    usual = line.startswith("Cannot instantiate class") or " -> " in line or "INTERNAL ASSERT" in line
    return "" if usual or "0x" in line or "/" in line.replace("py files", "") else line


def main():
    table, numbers, asked = {}, [], {}
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
            if path == "numpy" and kind == "object":
                # Values that Python cannot refer to weakly: PyTorch stumbles over each mention of one.
                kind, text = "unreferable", f"{type(o).__module__}.{type(o).__name__}"
                try:
                    weakref.ref(o)
                    continue
                except TypeError:
                    pass
            elif path == "numpy" and kind not in ("module", "class", "native", "float", "int", "builtin"):
                continue
            if "\n" in text or len(text) > 150 or " at 0x" in text or (kind == "str" and "/" in text and len(text) > 1):
                continue
            if kind in ("dtype", "layout", "memory_format", "qscheme"):
                numbers.append(text)
            rows.setdefault(kind, []).append((name, text))
            if kind in ("function", "class", "native") and not path.startswith(("typing", "builtins")):
                asked.setdefault(text, o)
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
    folder = pathlib.Path(__file__).parent.parent / "src" / "python"
    (folder / "python-names.ts").write_text("\n".join(out) + "\n")
    lines = {}
    for name, o in sorted(asked.items()):
        line = refusal(o)
        if line:
            lines.setdefault(line, []).append(name)
    out = [
        "// Written by scripts/record-names.py; do not edit.",
        "",
        "/** Functions and classes of PyTorch's that TorchScript refuses: by what it says of them, one a line. */",
        "export const pythonRefusals: Readonly<Record<string, string>> = {",
        *(f"  {json.dumps(line)}: {json.dumps(chr(10).join(names))}," for line, names in sorted(lines.items())),
        "}",
    ]
    (folder / "python-refusals.ts").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
