"""Records what PyTorch makes of the .py files beside this one, in .json files of the same names.

    python record.py            (with PyTorch 2.13)
"""
import importlib.util
import inspect
import json
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
        return {"name": name} if inspect.isclass(thing) else {"name": name, "schema": str(scripted.schema), "graph": canonical(scripted.graph)}
    except Exception as error:
        return {"name": name, "error": first_line(error)}


def main():
    for path in sorted(here.glob("*.py")):
        if path.name == "record.py":
            continue
        spec = importlib.util.spec_from_file_location("program", path)
        module = sys.modules["program"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        rows = [describe(name, thing) for name, thing in list(vars(module).items())
                if getattr(thing, "__module__", None) == "program" and (inspect.isfunction(thing) or inspect.isclass(thing))]
        rows = [row for row in rows if row and "0x" not in row.get("error", "")]
        path.with_suffix(".json").write_text(json.dumps(rows, indent=1) + "\n")


if __name__ == "__main__":
    main()
