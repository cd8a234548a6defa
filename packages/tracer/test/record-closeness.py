"""What PyTorch's trace checker says of tensors that differ, in closeness.json.

    python record-closeness.py
"""
import json, os
import torch
from torch.testing._comparison import default_tolerances

inf, nan = float("inf"), float("nan")
pairs = [
    ([1.0, 2.0], [1.0, 2.0], "float32", 1e-5),
    ([1.0, 2.0], [1.0, 2.5], "float32", 1e-5),
    ([[1.0, 2.0, 4.0], [0.0, -1.0, 3.5]], [[1.0, 3.0, 4.0], [0.5, -1.0, 3.0]], "float32", 1e-5),
    ([1.0, 2.0], [1.0, 2.000001], "float32", 1e-5),
    ([1.0, 2.0], [1.0, 2.001], "float64", 1e-3),
    ([1.0, nan], [1.0, nan], "float32", 1e-5),
    ([inf, -inf], [inf, -inf], "float32", 1e-5),
    ([1, 2, 3], [1, 2, 4], "int64", 1e-5),
    (3.0, 4.0, "float32", 1e-5),
    ([1.0, 2.0, 3.0], [1.0, 2.0], "float32", 1e-5),
    ([1.0, 0.0], [0.0, 0.0], "float32", 1e-5),
]
result = []
for actual, expected, dtype, rtol in pairs:
    a, b = (torch.tensor(v, dtype=getattr(torch, dtype)) for v in (actual, expected))
    try:
        torch.testing.assert_close(a.double(), b.double(), rtol=rtol, atol=default_tolerances(a, b)[1], equal_nan=True)
        message = None
    except AssertionError as error:
        message = str(error)
    result.append({"actual": str(actual), "expected": str(expected), "dtype": dtype, "rtol": rtol, "message": message})
with open(os.path.join(os.path.dirname(__file__), "closeness.json"), "w") as out:
    json.dump(result, out, indent=2)
    out.write("\n")
