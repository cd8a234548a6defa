"""Records PyTorch's CPU random streams as JSON lines: python record-random.py > fixtures/random.jsonl

A line is {op, args, dtype, shape, strides?, p?, out}: the operator by its schema key, its arguments (scalars, sizes), and the elements after
`torch.manual_seed(seed)` as base64 bytes. Made on an x86-64 processor that is not Intel's, where PyTorch draws Bernoulli and exponential numbers from
its own generator rather than from MKL's.
"""
import base64
import json
import torch

floats = ['float16', 'bfloat16', 'float32', 'float64']
complexes = ['complex64', 'complex128']
ints = ['uint8', 'int8', 'int16', 'int32', 'int64']
shapes = [[3], [4, 4], [17], [5, 9]]
seed = 0


def raw(tensor):
    t = tensor.detach().contiguous().reshape(-1)
    return base64.b64encode(t.view(torch.uint8).numpy().tobytes() if t.numel() else b'').decode()


def emit(op, dtype, shape, args, result, **more):
    print(json.dumps({'seed': seed, 'op': op, 'dtype': dtype, 'shape': shape, 'args': args, **more, 'out': raw(result), 'outDtype': str(result.dtype)[6:], 'outShape': list(result.shape)}))


def start():
    global seed
    seed += 1
    torch.manual_seed(seed)


for dtype in floats + complexes:
    for shape in shapes:
        dt = getattr(torch, dtype)
        start(); emit('rand', dtype, shape, [], torch.rand(shape, dtype=dt))
        start(); emit('randn', dtype, shape, [], torch.randn(shape, dtype=dt))
for dtype in floats:
    dt = getattr(torch, dtype)
    for shape in shapes:
        for op, args in [('normal_', [1.5, 0.3]), ('uniform_', [-2.0, 3.7]), ('exponential_', [1.3]), ('bernoulli_', [0.3]), ('log_normal_', [0.2, 0.5]),
                         ('cauchy_', [0.5, 2.0]), ('geometric_', [0.2]), ('random_', []), ('random_', [3, 100]), ('dropout', [0.4])]:
            if op == 'random_' and shape in ([3], [4, 4]):
                continue
            if op == 'dropout':
                x = torch.arange(1, 1 + torch.Size(shape).numel()).reshape(shape).to(dt)
                start(); emit(op, dtype, shape, args, torch.dropout(x, args[0], True))
            else:
                start(); emit(op, dtype, shape, args, getattr(torch.empty(shape, dtype=dt), op)(*args))
    start(); emit('multinomial', dtype, [8], [5, True], torch.multinomial(torch.arange(1, 9).to(dt), 5, True))
    start(); emit('multinomial', dtype, [8], [5, False], torch.multinomial(torch.arange(1, 9).to(dt), 5, False))
    start(); emit('multinomial', dtype, [4, 5], [1, False], torch.multinomial(torch.arange(1, 21).reshape(4, 5).to(dt), 1, False))
    start(); emit('bernoulli', dtype, [6, 6], [], torch.bernoulli((torch.arange(36).reshape(6, 6) / 36).to(dt)))
for dtype in ints + ['bool']:
    dt = getattr(torch, dtype)
    for shape in ([3], [5, 9]):
        start(); emit('random_', dtype, shape, [], torch.empty(shape, dtype=dt).random_())
        start(); emit('bernoulli_', dtype, shape, [0.6], torch.empty(shape, dtype=dt).bernoulli_(0.6))
        if dtype != 'bool':
            start(); emit('randint', dtype, shape, [2, 100], torch.randint(2, 100, shape, dtype=dt))
            start(); emit('randperm', dtype, shape, [shape[0] * 20], torch.randperm(shape[0] * 20, dtype=dt))
            start(); emit('geometric_', dtype, shape, [0.3], torch.empty(shape, dtype=dt).geometric_(0.3))
for low, high in [(0, 2**28), (0, 2**28 - 1), (-2**31, 2**31 - 1), (0, 2**40), (-2**62, 2**62), (2**60, 2**60 + 7), (0, 2**63 - 1)]:
    start(); emit('randint', 'int64', [9], [str(low), str(high)], torch.randint(low, high, [9]))
for dtype in floats:
    start(); emit('random_', dtype, [40], [-3000, 3001], torch.empty(40, dtype=getattr(torch, dtype)).random_(-3000, 3001))
# elements are drawn in the order in which they lie in memory
for op, args in [('normal_', [0.0, 1.0]), ('uniform_', [0.0, 1.0]), ('bernoulli_', [0.5])]:
    t = torch.empty(6, 5).t()
    start(); emit(op, 'float32', [5, 6], args, getattr(t, op)(*args), strides=list(t.stride()))
    t = torch.empty(2, 3, 4, 5).to(memory_format=torch.channels_last)
    start(); emit(op, 'float32', [2, 3, 4, 5], args, getattr(t, op)(*args), strides=list(t.stride()))
# one cached normal number is left over
torch.manual_seed(77)
seed = 77
emit('randn-twice', 'float32', [3], [], torch.cat([torch.randn(3), torch.randn(3), torch.randn(20), torch.randn(1, dtype=torch.float64).float()]))
