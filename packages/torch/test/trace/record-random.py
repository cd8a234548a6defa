"""How many random numbers tracing takes: what torch.rand gives after it, in random.json.

    python record-random.py
"""
import json, os, warnings
import torch

warnings.simplefilter("ignore")
x = torch.zeros(2)
programs = {
    "differs": lambda: torch.jit.trace(lambda x: x + torch.rand(2), x),
    "same": lambda: torch.jit.trace(lambda x: x + 0 * torch.rand(2), x),
    "unchecked": lambda: torch.jit.trace(lambda x: x + torch.rand(2), x, check_trace=False),
    "two inputs": lambda: torch.jit.trace(lambda x: x + 0 * torch.rand(2), x, check_inputs=[(x,), (x + 1,)]),
    "module": lambda: torch.jit.trace(torch.nn.Dropout(0.5), x),
}
result = {}
for name, trace in programs.items():
    torch.manual_seed(7)
    trace()
    result[name] = torch.rand(3).tolist()
with open(os.path.join(os.path.dirname(__file__), "random.json"), "w") as out:
    json.dump(result, out, indent=2)
    out.write("\n")
