"""Records which operators PyTorch's Python offers as methods and as functions: python record-tensor-api.py > tensor-api-names.json"""
import json
import torch

public = lambda module: sorted(n for n in dir(module) if not n.startswith('__') and callable(getattr(module, n, None)))
aten = {s.name.split('::')[1] for s in torch._C._jit_get_all_schemas() if s.name.startswith('aten::')}
only = lambda names: [n for n in names if n in aten]
print(json.dumps({
    'methods': only(n for n in public(torch.Tensor) if not n.startswith('_')),
    'functions': only(n for n in public(torch) if not n.startswith('_')),
    'nn': only(sorted(set(public(torch._C._nn)) | set(public(torch.nn.functional)))),
    'linalg': only([f'linalg_{n}' for n in public(torch.linalg)]),
    'fft': only([f'fft_{n}' for n in public(torch.fft)]),
    'special': only([f'special_{n}' for n in public(torch.special)]),
}, indent=1))
