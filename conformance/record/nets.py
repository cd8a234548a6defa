"""Records the small nets of conformance/archives and the operators that they call, with the real PyTorch.

    python nets.py [DIR]          DIR/NAME/model.pt and io.pt; DIR is ../archives where absent

Seeded: the same version of PyTorch gives the same numbers.
"""
import os
import sys
from typing import Dict, List, Optional, Tuple

import torch
import torch._sources
import torch.nn as nn
import torch.nn.functional as F

OUT = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "archives")


def shorten(lines_of):
    """Source locations without this machine's folders."""
    def shortened(*args, **kwargs):
        lines, number, path = lines_of(*args, **kwargs)
        return lines, number, path and (path.split("site-packages/")[-1] if "site-packages/" in path else os.path.basename(path))
    return shortened


torch._sources.get_source_lines_and_file = shorten(torch._sources.get_source_lines_and_file)


class Mlp(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(12, 32), nn.ReLU(), nn.LayerNorm(32), nn.Linear(32, 5))

    def forward(self, x):
        return F.log_softmax(self.layers(x), dim=-1)


class ConvNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.stem = nn.Sequential(nn.Conv2d(3, 8, 3, stride=2, padding=1, bias=False), nn.BatchNorm2d(8), nn.SiLU())
        self.depth = nn.Conv2d(8, 8, 3, padding=2, dilation=2, groups=8)
        self.point = nn.Conv2d(8, 16, 1)
        self.norm = nn.GroupNorm(4, 16)
        self.up = nn.ConvTranspose2d(16, 4, 2, stride=2)

    def forward(self, x):
        x = self.stem(x)
        y = self.norm(self.point(self.depth(x)))
        pooled = F.adaptive_avg_pool2d(F.max_pool2d(y, 2), 1).flatten(1)
        return F.interpolate(self.up(F.hardswish(y)), scale_factor=2.0, mode="bilinear", align_corners=False), pooled


class Tagger(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(20, 8, padding_idx=0)
        self.lstm = nn.LSTM(8, 6, num_layers=2, bidirectional=True, batch_first=True)
        self.gru = nn.GRU(12, 5, batch_first=True)
        self.out = nn.Linear(5, 3)

    def forward(self, ids, state: Optional[Tuple[torch.Tensor, torch.Tensor]] = None):
        y, state = self.lstm(self.embed(ids), state)
        z, last = self.gru(y)
        return self.out(z), state, last


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.TransformerEncoderLayer(16, 4, 32, batch_first=True, activation="gelu")
        self.query, self.key, self.value = nn.Linear(16, 16), nn.Linear(16, 16), nn.Linear(16, 16)

    def forward(self, x):
        x = self.layer(x)
        b, t, d = x.shape
        q, k, v = [y.view(b, t, 4, 4).transpose(1, 2) for y in [self.query(x), self.key(x), self.value(x)]]
        return F.scaled_dot_product_attention(q, k, v, is_causal=True).transpose(1, 2).reshape(b, t, d)


class Counter(nn.Module):
    """State that calls change, several methods, exceptions, dicts, strings, loops."""
    seen: Dict[str, int]

    def __init__(self):
        super().__init__()
        self.register_buffer("total", torch.zeros(3))
        self.seen = torch.jit.annotate(Dict[str, int], {})
        self.calls = 0

    @torch.jit.export
    def count(self, words: List[str]) -> Dict[str, int]:
        for word in words:
            if len(word) == 0:
                raise ValueError("an empty word")
            self.seen[word] = self.seen.get(word, 0) + 1
        return self.seen

    def forward(self, x, steps: int):
        self.calls += 1
        i = 0
        while i < steps:
            self.total += x
            if bool((self.total > 5).any()):
                break
            i += 1
        return self.total.clone(), i, self.calls, f"{self.calls} calls"


class Scalars(nn.Module):
    """Numbers beside integers: traced, they are constant tensors, whose dtypes the executor leaves out of promotion; those of buffers count."""
    def __init__(self):
        super().__init__()
        self.register_buffer("fraction", torch.tensor(0.5, dtype=torch.float64))

    def forward(self, x):
        constant = torch.tensor(0.5, dtype=torch.float64)
        return x * 0.5, x + 1.5, 2.5 - x, x / 3.0, x - 2, x * self.fraction, x * constant.to(torch.float64).detach(), x.float() * 0.1


class Windows(nn.Module):
    """Window functions, and row pointers of sorted row indices."""
    def forward(self, n: int, rows: torch.Tensor, size: int):
        windows = [torch.hann_window(n), torch.hann_window(n, False), torch.hamming_window(n), torch.hamming_window(n, False, 0.5),
                   torch.hamming_window(n, True, 0.5, 0.4), torch.blackman_window(n), torch.bartlett_window(n), torch.bartlett_window(n, periodic=False),
                   torch.kaiser_window(n), torch.kaiser_window(n, True, 3.5), torch.kaiser_window(n, periodic=False, beta=2.0),
                   torch.hann_window(n, dtype=torch.float64)]
        pointers = torch._convert_indices_from_coo_to_csr(rows, size), torch._convert_indices_from_coo_to_csr(rows, size, out_int32=True)
        return windows, pointers


def record(name, module, calls, trace=False, freeze=False, rtol=1e-4, atol=1e-5):
    torch.manual_seed(0)
    module.eval()
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    script = torch.jit.trace(module, calls[0][1]) if trace else torch.jit.script(module)
    if freeze:
        script = torch.jit.freeze(script)
    folder = os.path.join(OUT, name)
    os.makedirs(folder, exist_ok=True)
    draft = os.path.join(folder, "draft.pt")
    torch.jit.save(script, draft)
    # A trace's locations name this machine's folders: copied without them.
    reader, writer = torch._C.PyTorchFileReader(draft), torch._C.PyTorchFileWriter(os.path.join(folder, "model.pt"))
    for record_name in reader.get_all_records():
        if record_name in ("version", "byteorder", ".data/serialization_id") or (trace and record_name.endswith(".debug_pkl")):
            continue
        content = reader.get_record(record_name)
        writer.write_record(record_name, content, len(content))
    writer.write_end_of_file()
    os.remove(draft)
    loaded = torch.jit.load(os.path.join(folder, "model.pt"))
    recorded = []
    with torch.no_grad():
        for method, inputs in calls:
            outputs = getattr(loaded, method)(*inputs)
            recorded.append({"method": method, "inputs": inputs, "outputs": plain(outputs), "rtol": rtol, "atol": atol})
    torch.save({"calls": recorded}, os.path.join(folder, "io.pt"))


def plain(value):
    if isinstance(value, torch.Tensor):
        return value.clone()
    if isinstance(value, (tuple, list)):
        return type(value)(plain(item) for item in value)
    if hasattr(value, "items"):
        return {key: plain(item) for key, item in value.items()}
    return value


def main():
    torch.manual_seed(0)
    mlp, conv, tagger, attention = Mlp(), ConvNet(), Tagger(), Attention()
    x = torch.randn(4, 12)
    record("net-mlp-script", mlp, [("forward", (x,)), ("forward", (x[:1],))])
    record("net-mlp-trace", mlp, [("forward", (x,)), ("forward", (torch.randn(2, 7, 12),))], trace=True)
    image = torch.randn(2, 3, 16, 16)
    record("net-conv-script", conv, [("forward", (image,)), ("forward", (torch.randn(1, 3, 20, 12),))])
    record("net-conv-trace", conv, [("forward", (image,))], trace=True)
    record("net-conv-frozen", conv, [("forward", (image,))], freeze=True)
    ids = torch.randint(0, 20, (2, 7))
    h, c = torch.randn(4, 2, 6), torch.randn(4, 2, 6)
    record("net-lstm-script", tagger, [("forward", (ids,)), ("forward", (ids[:, :3], (h, c)))])
    record("net-attention-script", attention, [("forward", (torch.randn(2, 9, 16),)), ("forward", (torch.randn(1, 4, 16),))])
    record("net-attention-trace", attention, [("forward", (torch.randn(2, 9, 16),))], trace=True)
    numbers = torch.arange(6).reshape(2, 3)
    record("scalar-operands", Scalars(), [("forward", (numbers,)), ("forward", (torch.tensor(3),)), ("forward", (numbers.to(torch.float16),))], trace=True)
    rows = [torch.tensor(row, dtype=torch.int64) for row in ([0, 0, 2, 2, 5], [], [1, 3], [2])]
    record("windows", Windows(), [("forward", (n, row, size)) for n, row, size in zip((5, 0, 1, 32), rows, (6, 3, 4, 3))], rtol=1e-5, atol=1e-6)
    record("state-counter", Counter(), [("forward", (torch.tensor([1.0, 2.0, 0.5]), 2)), ("count", (["a", "b", "a"],)), ("forward", (torch.ones(3), 9)), ("count", (["b"],))])


if __name__ == "__main__":
    main()
