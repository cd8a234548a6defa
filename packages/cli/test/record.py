"""Records what PyTorch prints of tensors, and pictures with the tensors that torchvision makes of them.

    python record.py          fixtures/printed.json, fixtures/*.png|jpg, fixtures/resized.json; needs torch, torchvision and pillow
"""
import json
import os

import numpy as np
import torch
import torchvision.transforms.functional as TF
from PIL import Image

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "fixtures")
os.makedirs(HERE, exist_ok=True)
torch.manual_seed(0)
nan, inf = float("nan"), float("inf")
g = torch.randn
tensors = [
    torch.tensor(3), torch.tensor(2.5), torch.tensor(True), torch.tensor(-0.0), torch.tensor(1e-10), torch.tensor(nan),
    torch.tensor([1., 2., 3.]), torch.tensor([1., nan, inf, -inf]), torch.tensor([nan, inf]), torch.tensor([0.5, nan, inf]), torch.tensor([]),
    torch.zeros(0, 3), torch.zeros(2, 0, dtype=torch.int64), torch.zeros(4), torch.tensor([1e-5, 1.]), torch.tensor([1e5, 1.5]), torch.tensor([123456789.]),
    torch.tensor([1e9, 1.]), torch.tensor([1000., 1.]), torch.tensor([1001., 1.]), torch.tensor([0.0001, 0.05]), torch.tensor([-1., 2.]), torch.tensor([-0.0, 1.]),
    g(2, 3), g(2, 2, 3), g(30), g(2, 25), g(1, 1001), g(1200), g(40, 40), g(3, 20, 20), g(2, 3, 4, 5), g(1, 2, 3, 10, 20),
    torch.arange(5), torch.arange(-3, 300), torch.arange(1200).view(30, 40), torch.tensor([[True, False]]), torch.tensor([1, 200], dtype=torch.uint8),
    g(3).double(), g(3).half(), g(3).bfloat16(), torch.tensor([2 ** 60, -1]), torch.tensor([1 + 2j, -0.5 - 1j]), torch.tensor([[1, 2]], dtype=torch.int32),
    torch.full((7, 7), 0.1), torch.full((1001,), 7), g(6, 6, 30),
]
rows = []
for t in tensors:
    c = t.contiguous()
    if c.is_complex():
        raw = torch.view_as_real(c).numpy().tobytes()
    elif c.dtype == torch.bfloat16:
        raw = c.view(torch.int16).numpy().tobytes()
    else:
        raw = c.numpy().tobytes()
    rows.append({"dtype": str(c.dtype).split(".")[1], "shape": list(c.shape), "bytes": raw.hex(), "text": repr(c)})
json.dump(rows, open(os.path.join(HERE, "printed.json"), "w"), indent=0)

y, x = np.mgrid[0:24, 0:32]
picture = np.stack([x * 8, y * 10, (x * y) % 256], -1).astype(np.uint8)
Image.fromarray(picture).save(os.path.join(HERE, "colours.png"))
Image.fromarray(picture).convert("P").save(os.path.join(HERE, "palette.png"))
Image.fromarray(picture[..., 0]).save(os.path.join(HERE, "grey.png"))
Image.fromarray(picture).save(os.path.join(HERE, "colours.jpg"), quality=95, subsampling=0)
resized = []
full = torch.from_numpy(picture).permute(2, 0, 1)[None].float() / 255
for size in [(24, 32), (12, 16), (7, 50), (48, 9)]:
    resized.append({"size": size, "data": [round(v, 6) for v in TF.resize(full, list(size), antialias=True).flatten().tolist()]})
jpeg = torch.from_numpy(np.array(Image.open(os.path.join(HERE, "colours.jpg")))).permute(2, 0, 1)[None].float() / 255
palette = torch.from_numpy(np.array(Image.open(os.path.join(HERE, "palette.png")).convert("RGB"))).permute(2, 0, 1)[None].float() / 255
json.dump({"resized": resized, "jpeg": [round(v, 4) for v in jpeg.flatten().tolist()], "palette": [round(v, 4) for v in palette.flatten().tolist()]}, open(os.path.join(HERE, "resized.json"), "w"))
