"""ResNet-18, a ViT and a GPT under one seed: outputs and traced graphs of PyTorch's, written to models.json; models.ts has them in TypeScript.

    python record-models.py
"""
import json, os, re, warnings
import torch
import torch.nn as nn
import torch.nn.functional as F
import torchvision

warnings.simplefilter("ignore")


def canonical(graph):
    numbers = {}
    text = re.sub(r" +# [^\n]*:\d+:\d+$", "", str(graph), flags=re.M)
    text = re.sub(r"___torch_mangle_\d+\.", "", text).replace("torchvision.models.resnet.", "")
    return re.sub(r"%[A-Za-z0-9_.]+", lambda m: numbers.setdefault(m[0], f"%{len(numbers)}"), text)


class EncoderBlock(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(dim, eps=1e-6)
        self.attention = nn.MultiheadAttention(dim, heads, batch_first=True)
        self.dropout = nn.Dropout(0.1)
        self.ln_2 = nn.LayerNorm(dim, eps=1e-6)
        self.mlp = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))

    def forward(self, x):
        h = self.ln_1(x)
        h, _ = self.attention(h, h, h, need_weights=False)
        x = x + self.dropout(h)
        return x + self.mlp(self.ln_2(x))


class VisionTransformer(nn.Module):
    def __init__(self, image=32, patch=8, dim=64, heads=4, depth=2, classes=10):
        super().__init__()
        self.patches = nn.Conv2d(3, dim, patch, stride=patch)
        self.class_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.positions = nn.Parameter(torch.empty(1, (image // patch) ** 2 + 1, dim).normal_(std=0.02))
        self.blocks = nn.Sequential(*[EncoderBlock(dim, heads) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, classes)

    def forward(self, x):
        n = x.shape[0]
        x = self.patches(x).flatten(2).permute(0, 2, 1)
        x = torch.cat([self.class_token.expand(n, -1, -1), x], dim=1) + self.positions
        x = self.norm(self.blocks(x))
        return self.head(x[:, 0])


class SelfAttention(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.c_attn = nn.Linear(dim, 3 * dim)
        self.c_proj = nn.Linear(dim, dim)
        self.heads = heads
        self.dim = dim

    def forward(self, x):
        b, t, c = x.shape
        q, k, v = self.c_attn(x).split(self.dim, 2)
        k = k.view(b, t, self.heads, c // self.heads).transpose(1, 2)
        q = q.view(b, t, self.heads, c // self.heads).transpose(1, 2)
        v = v.view(b, t, self.heads, c // self.heads).transpose(1, 2)
        y = F.scaled_dot_product_attention(q, k, v, is_causal=True)
        y = y.transpose(1, 2).contiguous().view(b, t, c)
        return self.c_proj(y)


class MLP(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.c_fc = nn.Linear(dim, 4 * dim)
        self.gelu = nn.GELU()
        self.c_proj = nn.Linear(4 * dim, dim)
        self.dropout = nn.Dropout(0.1)

    def forward(self, x):
        return self.dropout(self.c_proj(self.gelu(self.c_fc(x))))


class Block(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.ln_1 = nn.LayerNorm(dim)
        self.attn = SelfAttention(dim, heads)
        self.ln_2 = nn.LayerNorm(dim)
        self.mlp = MLP(dim)

    def forward(self, x):
        x = x + self.attn(self.ln_1(x))
        return x + self.mlp(self.ln_2(x))


class GPT(nn.Module):
    def __init__(self, vocabulary=65, context=32, dim=64, heads=4, depth=2):
        super().__init__()
        self.transformer = nn.ModuleDict(dict(
            wte=nn.Embedding(vocabulary, dim),
            wpe=nn.Embedding(context, dim),
            drop=nn.Dropout(0.1),
            h=nn.ModuleList([Block(dim, heads) for _ in range(depth)]),
            ln_f=nn.LayerNorm(dim),
        ))
        self.lm_head = nn.Linear(dim, vocabulary, bias=False)
        self.transformer.wte.weight = self.lm_head.weight

    def forward(self, idx):
        b, t = idx.shape
        pos = torch.arange(0, t, dtype=torch.int64)
        x = self.transformer.drop(self.transformer.wte(idx) + self.transformer.wpe(pos))
        for block in self.transformer.h:
            x = block(x)
        return self.lm_head(self.transformer.ln_f(x))


models = {
    "resnet18": (torchvision.models.resnet18, [torch.linspace(-1, 1, 2 * 3 * 64 * 64).view(2, 3, 64, 64)]),
    "vit": (VisionTransformer, [torch.linspace(-1, 1, 2 * 3 * 32 * 32).view(2, 3, 32, 32)]),
    "gpt": (GPT, [torch.arange(0, 20).view(2, 10) % 65]),
}


def main():
    result = {}
    for name, (make, inputs) in models.items():
        torch.manual_seed(0)
        module = make().eval()
        traced = torch.jit.trace(module, inputs, check_trace=False)
        with torch.no_grad():
            output = module(*inputs)
        graphs = {}
        for path, child in traced.named_modules():
            for method in child._c._method_names():
                graphs[f"{path}:{method}"] = canonical(child._c._get_method(method).graph)
        result[name] = {
            "shape": list(output.shape),
            "output": [float(f"{v:.8g}") for v in output.flatten().tolist()],
            "parameters": {key: float(value.double().sum()) for key, value in module.state_dict().items()},
            "graphs": {k: g for k, g in graphs.items() if "attention" not in k},
        }
    with open(os.path.join(os.path.dirname(__file__), "models.json"), "w") as out:
        json.dump(result, out, indent=2)
        out.write("\n")


main()
