"""Runs programs in PyTorch: one JSON object a line in ({source, name, calls}), one a line out ({refused} or {observations}); see values.ts."""
import importlib.util, io, json, math, os, re, sys, tempfile, warnings
import torch

warnings.simplefilter("ignore")
torch.set_num_threads(1)
NAMED = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf, "-0": -0.0}


def number(value):
    if isinstance(value, str):
        return NAMED[value] if value in NAMED else int(value)
    return value


def plain_number(value):
    if isinstance(value, (bool, int)):
        return int(value) if abs(int(value)) < 2**53 else str(int(value))
    if math.isnan(value):
        return "nan"
    if math.isinf(value):
        return "inf" if value > 0 else "-inf"
    return "-0" if value == 0 and math.copysign(1, value) < 0 else value


def make_arguments(call):
    memories = [torch.tensor([number(v) for v in s["values"]], dtype=getattr(torch, s["dtype"])) for s in call["storages"]]

    def value(plain):
        kind = plain["kind"]
        if kind == "tensor":
            flat = memories[plain["storage"]]
            return torch.as_strided(flat, plain["shape"], plain["strides"], plain["offset"])
        if kind == "list":
            return [value(item) for item in plain["items"]]
        if kind == "tuple":
            return tuple(value(item) for item in plain["items"])
        if kind == "dict":
            return {value(key): value(item) for key, item in plain["items"]}
        if kind == "none":
            return None
        if kind == "float":
            return float(number(plain["value"]))
        return number(plain["value"]) if kind == "int" else plain["value"]

    return memories, [value(plain) for plain in call["args"]]


class Observer:
    def __init__(self, memories):
        self.kept = list(memories)
        self.storages = [m.untyped_storage()._cdata for m in memories]
        self.begins = [0 for _ in memories]

    def see(self, value):
        if value is None:
            return {"kind": "none"}
        if isinstance(value, torch.Tensor):
            return self.tensor(value)
        if isinstance(value, bool):
            return {"kind": "bool", "value": value}
        if isinstance(value, (int, float)):
            return {"kind": type(value).__name__, "value": plain_number(value)}
        if isinstance(value, str):
            return {"kind": "str", "value": value}
        if isinstance(value, (list, tuple)):
            return {"kind": "list" if isinstance(value, list) else "tuple", "items": [self.see(item) for item in value]}
        if isinstance(value, dict):
            return {"kind": "dict", "items": [[self.see(k), self.see(v)] for k, v in value.items()]}
        return {"kind": "other", "text": type(value).__name__}

    def tensor(self, tensor):
        empty = tensor.numel() == 0
        storage = -1
        if not empty:
            self.kept.append(tensor)
            data = tensor.untyped_storage()._cdata
            if data not in self.storages:
                self.storages.append(data)
                self.begins.append(tensor.storage_offset())
            storage = self.storages.index(data)
        values = [plain_number(v) for v in tensor.detach().flatten().tolist()]
        return {"kind": "tensor", "dtype": str(tensor.dtype)[6:], "shape": list(tensor.shape), "strides": list(tensor.stride()),
                "offset": 0 if empty else tensor.storage_offset() - self.begins[storage], "storage": storage, "values": values}


def error_of(error):
    """The class that the traceback's last line names: what a program raised, and RuntimeError for what operators throw."""
    found = re.search(r"(?ms)^([A-Za-z_][\w.]*): (.*)", str(error).rsplit("<--- HERE", 1)[-1])
    name, message = (found[1], found[2]) if found and "<--- HERE" in str(error) else (type(error).__name__, str(error))
    return {"class": name, "message": message.strip()}


def observe(fn, call):
    memories, args = make_arguments(call)
    observer = Observer(memories)
    out, sys.stdout = sys.stdout, io.StringIO()
    result = error = None
    try:
        torch.manual_seed(1)
        result = fn(*args)
    except Exception as caught:
        error = error_of(caught)
    finally:
        printed, sys.stdout = sys.stdout.getvalue(), out
    seen = {"inputs": [observer.see(arg) for arg in args], "printed": printed}
    if error:
        return {**seen, "error": error}
    return {**seen, "result": observer.see(result)}


def main():
    with tempfile.TemporaryDirectory() as folder:
        for count, line in enumerate(sys.stdin):
            job = json.loads(line)
            path = os.path.join(folder, f"program_{count}.py")
            with open(path, "w") as file:
                file.write(job["source"])
            try:
                spec = importlib.util.spec_from_file_location(f"program_{count}", path)
                module = importlib.util.module_from_spec(spec)
                spec.loader.exec_module(module)
                fn = torch.jit.script(getattr(module, job["name"]))
            except Exception as caught:
                print(json.dumps({"refused": f"{type(caught).__name__}: {caught}"}), flush=True)
                continue
            with torch.jit.optimized_execution(False), torch.no_grad():
                print(json.dumps({"observations": [observe(fn, call) for call in job["calls"]]}), flush=True)
            torch.jit._state._clear_class_state()
            torch._C._jit_clear_class_registry()
            os.unlink(path)


if __name__ == "__main__":
    main()
