"""Records what PyTorch makes of the .py files beside this one, in .json files of the same names.

    python record.py            (with PyTorch 2.13)
"""
import importlib.util
import inspect
import json
import os
import pathlib
import re
import sys
import warnings

import torch

warnings.simplefilter("ignore")
here = pathlib.Path(__file__).parent


def canonical(graph):
    numbers = {}
    text = re.sub(r" +# [^\n]*:\d+:\d+$", "", str(graph), flags=re.M)
    return re.sub(r"%[A-Za-z0-9_.]+", lambda m: numbers.setdefault(m[0], f"%{len(numbers)}"), text)


def first_line(error):
    return next((line.strip() for line in str(error).split("\n") if line.strip()), "").rstrip(":")


def describe(name, thing):
    try:
        if inspect.isclass(thing) and issubclass(thing, torch.nn.Module):
            return None
        scripted = torch.jit.script(thing)
        if inspect.isclass(thing):
            return {"name": name}
        # A default that is a tensor is printed with its elements, on lines of their own.
        schema = {} if "\n" in str(scripted.schema) else {"schema": str(scripted.schema)}
        return {"name": name, **schema, "graph": canonical(scripted.graph)}
    except Exception as error:
        return {"name": name, "error": first_line(error)}


def record(path):
    spec = importlib.util.spec_from_file_location("program", path)
    module = sys.modules["program"] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rows = [describe(name, thing) for name, thing in list(vars(module).items())
            if getattr(thing, "__module__", None) == "program" and (inspect.isfunction(thing) or inspect.isclass(thing))]
    rows = [row for row in rows if row and not re.search(r'0x|File "', row.get("error", ""))]
    path.with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")


def main():
    for path in sorted(here.glob("*.py")):
        # In a process of its own: names of types are PyTorch's to give once.
        if path.name != "record.py" and (child := os.fork()) == 0:
            record(path)
            os._exit(0)
        elif path.name != "record.py":
            os.waitpid(child, 0)


if __name__ == "__main__":
    main()
