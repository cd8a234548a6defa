"""Writes fixtures/quantized/*/{model,io}.pt: quantised models as PyTorch saves them, with recorded calls. Run with a Python that has PyTorch 2.13."""
import os

import torch
import torch.ao.quantization as quantization
from torch import nn

here = os.path.dirname(os.path.abspath(__file__))


def save(name, module, inputs):
    folder = os.path.join(here, "fixtures", "quantized", name)
    os.makedirs(folder, exist_ok=True)
    module.save(f"{folder}/model.pt")
    outputs = torch.jit.load(f"{folder}/model.pt")(*inputs)
    torch.save({"calls": [{"method": "forward", "inputs": inputs, "outputs": outputs, "rtol": 1e-4, "atol": 1e-5}]}, f"{folder}/io.pt")


class Network(nn.Module):
    def __init__(self):
        super().__init__()
        self.quant, self.dequant = quantization.QuantStub(), quantization.DeQuantStub()
        self.conv, self.relu, self.fc = nn.Conv2d(3, 8, 3, padding=1, stride=2), nn.ReLU(), nn.Linear(8, 4)

    def forward(self, x):
        x = self.relu(self.conv(self.quant(x)))
        x = torch.flatten(nn.functional.adaptive_avg_pool2d(x, 1), 1)
        return self.dequant(self.fc(x))


class Recurrent(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.l = nn.Linear(6, 5), nn.LSTM(5, 4)

    def forward(self, x):
        return self.l(self.a(x))[0]


class Transposed(nn.Module):
    def __init__(self):
        super().__init__()
        weight = torch.quantize_per_tensor(torch.randn(3, 4, 3, 2), 0.1, 0, torch.qint8)
        self.p = torch.ops.quantized.conv_transpose2d_prepack(weight, None, [1, 2], [1, 0], [0, 1], [1, 1], 1)

    def forward(self, x):
        return torch.ops.quantized.conv_transpose2d(torch.quantize_per_tensor(x, 0.05, 60, torch.quint8), self.p, 0.2, 50).dequantize()


torch.manual_seed(0)
torch.backends.quantized.engine = "x86"
model = Network().eval()
model.qconfig = quantization.get_default_qconfig("x86")
quantization.fuse_modules(model, [["conv", "relu"]], inplace=True)
prepared = quantization.prepare(model)
x = torch.randn(2, 3, 8, 8)
prepared(x)
converted = quantization.convert(prepared)
save("static", torch.jit.script(converted), (x,))
save("static-traced", torch.jit.trace(converted, x), (x,))
save("dynamic-linear", torch.jit.script(quantization.quantize_dynamic(Recurrent().eval(), {nn.Linear}, dtype=torch.qint8)), (torch.randn(3, 2, 6),))
# its weights stand in the archive as a native packed object
torch.backends.quantized.engine = "qnnpack"
save("packed-conv-transpose", torch.jit.script(Transposed()), (torch.randn(2, 3, 6, 7),))
