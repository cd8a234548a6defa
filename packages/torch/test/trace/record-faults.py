"""Traces faulty functions of the kinds that PyTorch's documentation names, and writes what PyTorch says of them to faults.json; faults.ts has their twins.

    python record-faults.py
"""
import json, os
import torch
import torch.nn as nn
import torch.nn.functional as F
from concerns import kinds_of

torch.manual_seed(0)
x = torch.rand(3, 4)
negative = -torch.rand(3, 4)
taller = torch.rand(5, 4)
faults = {}


def case(*inputs, **options):
    def add(f):
        faults[f.__name__] = (f, inputs, options)
        return f
    return add


@case(x)
def branch_on_sum(x): return x * 2 if x.sum() > 0 else -x
@case(x)
def item_in_arithmetic(x): return x * x.mean().item()
@case(x)
def float_of_tensor(x): return x / float(x.max())
@case(x)
def int_as_slice(x): return x[: int(x.sum()) % 3 + 1]
@case(x)
def to_list(x): return x * sum(x.tolist()[0])
@case(x)
def elements(x): return x + float(x.numpy()[0, 0])
@case(x)
def iterates_rows(x): return torch.stack([row * 2 for row in x])
@case(x)
def unpacks_rows(x):
    a, b, c = x
    return a + b * c
@case(x)
def loop_over_size(x):
    total = x[0]
    for i in range(1, x.shape[0]):
        total = total + x[i]
    return total
@case(x)
def frozen_size(x): return x.reshape(int(x.shape[0]) * int(x.shape[1]))
@case(x)
def branch_on_size(x): return x * 2 if x.shape[0] > 2 else x
@case(x)
def constant_tensor(x): return x * torch.tensor(3.0)
@case(x)
def constant_of_size(x): return x * torch.tensor([float(x.shape[0])])
@case(x)
def constant_from_array(x): return x + torch.from_numpy(__import__("numpy").ones(4, dtype="float32"))
@case(x)
def dict_result(x): return {"a": x + 1}
@case(x)
def list_result(x): return [x + 1, x * 2]
@case(x)
def random_noise(x): return x + torch.rand(3, 4)
@case(x)
def dropout_in_training(x): return F.dropout(x, 0.5, True)
@case(x)
def bernoulli_mask(x): return x * torch.bernoulli(torch.full((3, 4), 0.5))


calls = {"count": 0}
@case(x)
def other_graph_each_time(x):
    calls["count"] += 1
    return x + 1 if calls["count"] % 2 else x * 2 - 1


scale = {"value": 0.0}
@case(x)
def other_number_each_time(x):
    scale["value"] += 1.5
    return x * scale["value"]


tables = iter([torch.full((20,), float(i)) for i in range(20)])
@case(torch.rand(20))
def other_constant_each_time(v): return v * next(tables)


constant = torch.ones(3)
@case(x)
def returns_a_constant(x): return constant
@case(x)
def returns_nothing(x): x + 1
@case(x)
def returns_a_number(x): return 3
fc = nn.Linear(4, 2)
@case(x)
def parameters_of_elsewhere(x): return fc(x)
@case(x, _force_outplace=True)
def writes_a_view(x):
    y = x.clone()
    y[0].add_(1)
    return y
@case(x, check_inputs=[(negative,)])
def checked_on_the_other_branch(x): return x * 2 if x.sum() > 0 else x - 1
@case(x, check_inputs=[(taller,)])
def checked_on_another_size(x):
    total = x[0]
    for i in range(1, x.shape[0]):
        total = total + x[i]
    return total
@case(x, check_inputs=[(taller,)])
def fails_on_another_size(x): return x.view(int(x.shape[0]), 2, 2)
@case(x)
def any_as_condition(x): return x + 1 if (x > 0.5).any() else x
@case(x)
def while_loop(x):
    while x.sum() < 100:
        x = x * 2
    return x
@case(x)
def index_by_item(x): return x[x[:, 0].argmax().item()]
@case(x)
def asserts(x):
    assert (x >= 0).all()
    return x.sqrt()
@case(x)
def larger_of_two(x): return max(x[0].sum(), x[1].sum()) * x
@case(x)
def is_nonzero(x): return x * 2 if torch.is_nonzero(x.sum()) else x
@case(x, 3)
def number_as_input(x, n): return x * n
@case(x)
def traces_inside(x): return torch.jit.trace(lambda y: y + 1, x)(x)


def main():
    result = {}
    for name, (f, inputs, options) in faults.items():
        result[name] = kinds_of(lambda: torch.jit.trace(f, inputs, **options))[1]
    with open(os.path.join(os.path.dirname(__file__), "faults.json"), "w") as out:
        json.dump(result, out, indent=2)
        out.write("\n")


main()
