"""The same in PyTorch, whose import is left out: python torch_peer.py MODEL IO THREADS"""
import json, resource, sys, time
import torch

model, io, threads = sys.argv[1:]
torch.set_num_threads(int(threads))
inputs = torch.load(io, weights_only=False)["calls"][0]["inputs"]
with torch.inference_mode():
    start = time.perf_counter()
    module = torch.jit.load(model)
    loaded = time.perf_counter()
    module(*inputs)
    called = time.perf_counter()
    for _ in range(4):
        module(*inputs)
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"load": (loaded - start) * 1e3, "first": (called - loaded) * 1e3, "peak": peak}))
