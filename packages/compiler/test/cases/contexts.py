"""What `with` takes."""
import torch
from typing import List, Optional, Tuple


def context_a1(x):
    with torch.autocast("cpu"):
        x = x + 1
    return x


def context_a2(x):
    with torch.autocast(device_type="cuda", dtype=torch.float16, enabled=False, cache_enabled=True) as a:
        x = x + 1
    return x


def context_a3(x, e: bool):
    with torch.cuda.amp.autocast(enabled=e):
        x = x + 1
    return x


def context_a5(x):
    with torch.amp.autocast("cpu", dtype=torch.bfloat16):
        x = x + 1
    return x


def context_a6(x):
    with torch.no_grad():
        x = x + 1
    return x


def context_a7(x):
    with torch.enable_grad():
        x = x + 1
    return x


def context_a8(x):
    with torch.inference_mode():
        x = x + 1
    return x


def context_a9(x):
    with torch.set_grad_enabled(False):
        x = x + 1
    return x


def context_b1(x):
    with torch.profiler.record_function("a") as r:
        x = x + 1
    return x


def context_b2(x, n: str):
    with torch.autograd.profiler.record_function(n, "arg"):
        return x + 1


def context_b3(x):
    with torch.jit.strict_fusion():
        return x + 1


def context_b4(x):
    with torch.autograd.profiler.profile():
        return x + 1


def context_b5(x):
    with torch.autograd.no_grad():
        return x + 1


def context_b6(x, y: int):
    torch._check(y > 2)
    torch._check(y > 2, "hello")
    return x


def context_b8(x):
    with open("f") as f:
        return x


def context_b9(x):
    with torch.autograd.set_detect_anomaly(True):
        return x


def context_c1(x):
    with torch.cpu.amp.autocast(dtype=torch.bfloat16):
        with torch.autocast("cpu", enabled=False):
            return x


def context_c2(x):
    return torch.autocast("cpu")


def context_c3(x):
    return torch._check_is_size(x)
