"""Modules of the kinds that PyTorch's language reference and real models have."""
import math
from collections import OrderedDict
from enum import Enum
from functools import partial
from typing import Any, Callable, Dict, Final, List, NamedTuple, Optional, Tuple, Union

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.nn import Parameter


# inputs: "f3,4"
class Simple(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.rand(5, 4))

    def forward(self, x):
        return self.weight.mv(x[0]) + x.sum()


# inputs: "f2,1,28,28"
class LeNet(nn.Module):
    def __init__(self):
        super(LeNet, self).__init__()
        self.conv1 = nn.Conv2d(1, 6, 5, padding=2)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, 10)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), (2, 2))
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(-1, self.num_flat_features(x))
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        x = self.fc3(x)
        return x

    def num_flat_features(self, x):
        # type: (Tensor) -> int
        size = x.size()[1:]
        num_features = 1
        for s in size:
            num_features *= s
        return num_features


# inputs: "f2,3"
class Gate(nn.Module):
    def forward(self, x):
        if x.sum() > 0:
            return x
        else:
            return -x


# inputs: "f3,4", "f3,4"
class MyCell(nn.Module):
    def __init__(self):
        super(MyCell, self).__init__()
        self.dg = Gate()
        self.linear = nn.Linear(4, 4)

    def forward(self, x, h):
        new_h = torch.tanh(self.dg(self.linear(x)) + h)
        return new_h, new_h


# inputs: "f5,3,4"
class MyRNNLoop(nn.Module):
    def __init__(self):
        super(MyRNNLoop, self).__init__()
        self.cell = MyCell()

    def forward(self, xs):
        h, y = torch.zeros(3, 4), torch.zeros(3, 4)
        for i in range(xs.size(0)):
            y, h = self.cell(xs[i], h)
        return y, h


# inputs: "f2,4"
class ListUnrolled(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(3)])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


# inputs: "f2,4"
class ListEnumerated(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4), nn.ReLU(), nn.Linear(4, 4)])
        self.scales = nn.ParameterList([nn.Parameter(torch.ones(1) * i) for i in range(3)])

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x) * i
        for p in self.scales:
            x = x + p
        return x + self.scales[1], len(self.layers)


# inputs: "f2,4"
class ListIndexed(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 3), nn.Linear(3, 2)])

    def forward(self, x):
        return self.layers[-1](self.layers[0](x))


# inputs: "f2,4"
class ListZipped(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.ModuleList([nn.Linear(4, 4), nn.Linear(4, 4)])
        self.b = nn.ModuleList([nn.Tanh(), nn.Sigmoid()])

    def forward(self, x):
        outs = []
        for lin, act in zip(self.a, self.b):
            x = act(lin(x))
            outs.append(x)
        return torch.stack(outs)


# inputs: "f2,4"
class DictModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.choices = nn.ModuleDict({"conv": nn.Linear(4, 4), "pool": nn.Tanh()})
        self.acts = nn.ModuleDict([["lrelu", nn.LeakyReLU()], ["prelu", nn.PReLU()]])

    def forward(self, x):
        for key, value in self.choices.items():
            if key == "conv":
                x = value(x)
        for v in self.acts.values():
            x = v(x)
        names: List[str] = []
        for k in self.acts.keys():
            names.append(k)
        if "conv" in self.choices:
            x = x + 1
        return self.choices["pool"](x), names, len(self.acts)


# inputs: "f2,4"
class ConstantsModule(nn.Module):
    __constants__ = ["scale", "sizes", "name", "flag", "nothing"]

    def __init__(self):
        super().__init__()
        self.scale = 2.5
        self.sizes = [1, 2, 3]
        self.name = "net"
        self.flag = True
        self.nothing = None

    def forward(self, x):
        total = 0
        for s in self.sizes:
            total += s
        if self.flag:
            x = x * self.scale
        if self.nothing is None:
            x = x + total
        return x, self.name


# inputs: "f2,4"
class FinalModule(nn.Module):
    depth: Final[int]
    rate: torch.jit.Final[float]
    mode: Final[str] = "bilinear"
    table: Dict[str, int]

    def __init__(self, depth=3):
        super().__init__()
        self.depth = depth
        self.rate = 0.5
        self.table = {"a": 1, "b": 2}

    def forward(self, x):
        for _ in range(self.depth):
            x = x * self.rate
        if self.mode == "bilinear":
            x = x + self.table["a"]
        return x


# inputs: "f2,4"
class AttributesModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.names = ["a", "b"]
        self.pairs = [(1, 2.0), (3, 4.0)]
        self.lookup = {"x": torch.ones(2), "y": torch.zeros(2)}
        self.words = torch.jit.Attribute({}, Dict[str, int])
        self.empty = torch.jit.annotate(List[int], [1])
        self.maybe: Optional[int] = None
        self.device = torch.device("cpu")
        self.dtype = torch.float64
        self.value = 3 + 4 * 2
        self.half = 1 / 2

    def forward(self, x):
        self.words["k"] = 2
        y = x * self.value + self.half + self.lookup["x"].sum()
        for a, b in self.pairs:
            y = y + a * b
        return y.to(self.dtype), self.names[0], self.words["k"], len(self.empty)


# inputs: "f2,4"
class BufferModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("count", torch.zeros(1, dtype=torch.long))
        self.register_buffer("cache", None)
        self.register_buffer("hidden", torch.arange(4).float(), persistent=False)
        self.step: int = 0

    def forward(self, x):
        self.count += 1
        self.step += 1
        if self.cache is not None:
            x = x + self.cache
        return x + self.count + self.hidden, self.step


# inputs: "f2,4"
class ExportedModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 2)

    def forward(self, x):
        return self.helper(self.fc(x), 2)

    def helper(self, x, n: int):
        return x * n

    @torch.jit.export
    def extra(self, x, flag: bool = True, scale: float = 2.0) -> Tensor:
        if flag:
            return self.fc(x) * scale
        return x

    @torch.jit.unused
    def never(self, x):
        import os
        return os.getcwd()

    @torch.jit.ignore
    def python_only(self, x):
        return x


# inputs: "f2,4"
class UnusedModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.use = False

    @torch.jit.unused
    def memory_efficient(self, x):
        # type: (Tensor) -> Tensor
        return x.detach()

    def forward(self, x):
        if self.use:
            return self.memory_efficient(x)
        return x + 1


# inputs: "f2,4"
class PropertyModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = 3

    @property
    def twice(self) -> int:
        return self.a * 2

    @property
    def attr(self):
        return self.a

    @attr.setter
    def attr(self, value: int):
        self.a = value

    def forward(self, x):
        self.attr = 5
        return x * self.twice + self.attr


# inputs: "f2,4"
class OverloadModule(nn.Module):
    @torch.jit._overload_method
    def pick(self, x: Tensor) -> Tensor:
        pass

    @torch.jit._overload_method
    def pick(self, x: List[Tensor]) -> Tensor:
        pass

    def pick(self, x):
        if isinstance(x, Tensor):
            return x + 1
        else:
            return x[0]

    def forward(self, x):
        return self.pick(x) + self.pick([x, x])


# inputs: "f2,4"
class StaticModule(nn.Module):
    @staticmethod
    def scale(x, n: int):
        return x * n

    def forward(self, x):
        return self.scale(x, 3) + StaticModule.scale(x, 2)


def swish(x):
    return x * torch.sigmoid(x)


# inputs: "f2,4"
class FunctionAttribute(nn.Module):
    def __init__(self, act=F.relu, own=swish, builtin=torch.tanh):
        super().__init__()
        self.act = act
        self.own = own
        self.builtin = builtin

    def forward(self, x):
        return self.builtin(self.own(self.act(x)))


# inputs: "f2,4"
class HasAttr(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = 1

    def forward(self, x):
        if hasattr(self, "one"):
            x = x + self.one
        if hasattr(self, "two"):
            x = x + self.two
        return x + getattr(self, "three", 3)


# inputs: "f2,4"
class NoneSubmodule(nn.Module):
    def __init__(self, down=None):
        super().__init__()
        self.down = down
        self.norm: Optional[nn.Module] = None
        self.fc = nn.Linear(4, 4)
        self.add_module("nothing", None)

    def forward(self, x):
        identity = x
        if self.down is not None:
            identity = self.down(x)
        if self.nothing is not None:
            identity = self.nothing(x)
        return self.fc(x) + identity


# inputs: "f2,4"
class TrainingModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        if self.training:
            x = self.drop(x)
        return F.dropout(x, 0.2, self.training)


class BaseNet(nn.Module):
    def __init__(self, n: int = 4):
        super().__init__()
        self.n = n
        self.fc = nn.Linear(n, n)

    def features(self, x):
        return self.fc(x)

    def forward(self, x):
        return self.features(x) * self.n


# inputs: "f2,4"
class DerivedNet(BaseNet):
    def __init__(self):
        super().__init__(4)
        self.fc2 = nn.Linear(4, 2)

    def features(self, x):
        return self.fc2(self.fc(x))


# inputs: "f2,4"
class DerivedTwice(DerivedNet):
    SCALE = 2

    def __init__(self):
        super(DerivedTwice, self).__init__()
        self.scale = self.SCALE * 3

    def forward(self, x):
        return self.features(x) + self.scale


# inputs: "f2,4"
class SequentialNamed(nn.Sequential):
    def __init__(self):
        super().__init__(OrderedDict([("fc", nn.Linear(4, 3)), ("act", nn.ReLU()), ("out", nn.Linear(3, 1))]))


class ConvBNReLU(nn.Sequential):
    def __init__(self, inp, oup, kernel=3, stride=1, groups=1):
        padding = (kernel - 1) // 2
        super(ConvBNReLU, self).__init__(
            nn.Conv2d(inp, oup, kernel, stride, padding, groups=groups, bias=False),
            nn.BatchNorm2d(oup),
            nn.ReLU6(inplace=True),
        )


class InvertedResidual(nn.Module):
    def __init__(self, inp, oup, stride, expand):
        super().__init__()
        self.stride = stride
        assert stride in [1, 2]
        hidden = int(round(inp * expand))
        self.use_res = self.stride == 1 and inp == oup
        layers: List[nn.Module] = []
        if expand != 1:
            layers.append(ConvBNReLU(inp, hidden, kernel=1))
        layers.extend([
            ConvBNReLU(hidden, hidden, stride=stride, groups=hidden),
            nn.Conv2d(hidden, oup, 1, 1, 0, bias=False),
            nn.BatchNorm2d(oup),
        ])
        self.conv = nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        if self.use_res:
            return x + self.conv(x)
        else:
            return self.conv(x)


def _make_divisible(v: float, divisor: int, min_value: Optional[int] = None) -> int:
    if min_value is None:
        min_value = divisor
    new_v = max(min_value, int(v + divisor / 2) // divisor * divisor)
    if new_v < 0.9 * v:
        new_v += divisor
    return new_v


# inputs: "f2,3,32,32"
class MobileNetSmall(nn.Module):
    def __init__(self, num_classes=7, width_mult=0.25):
        super().__init__()
        block = InvertedResidual
        input_channel = _make_divisible(32 * width_mult, 8)
        settings = [[1, 16, 1, 1], [6, 24, 2, 2]]
        features = [ConvBNReLU(3, input_channel, stride=2)]
        for t, c, n, s in settings:
            output_channel = _make_divisible(c * width_mult, 8)
            for i in range(n):
                stride = s if i == 0 else 1
                features.append(block(input_channel, output_channel, stride, expand=t))
                input_channel = output_channel
        self.features = nn.Sequential(*features)
        self.classifier = nn.Sequential(nn.Dropout(0.2), nn.Linear(input_channel, num_classes))
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out")
                if m.bias is not None:
                    nn.init.zeros_(m.bias)
            elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.ones_(m.weight)
                nn.init.zeros_(m.bias)
            elif isinstance(m, nn.Linear):
                nn.init.normal_(m.weight, 0, 0.01)
                nn.init.zeros_(m.bias)

    def _forward_impl(self, x: Tensor) -> Tensor:
        x = self.features(x)
        x = F.adaptive_avg_pool2d(x, (1, 1))
        x = torch.flatten(x, 1)
        return self.classifier(x)

    def forward(self, x: Tensor) -> Tensor:
        return self._forward_impl(x)


# inputs: "f6,2,8"
class PositionalEncoding(nn.Module):
    def __init__(self, d_model=8, dropout=0.1, max_len=50):
        super().__init__()
        self.dropout = nn.Dropout(p=dropout)
        position = torch.arange(max_len).unsqueeze(1)
        div_term = torch.exp(torch.arange(0, d_model, 2) * (-math.log(10000.0) / d_model))
        pe = torch.zeros(max_len, 1, d_model)
        pe[:, 0, 0::2] = torch.sin(position * div_term)
        pe[:, 0, 1::2] = torch.cos(position * div_term)
        self.register_buffer("pe", pe)

    def forward(self, x: Tensor) -> Tensor:
        x = x + self.pe[: x.size(0)]
        return self.dropout(x)


# inputs: "i20:7,2"
class TransformerModel(nn.Module):
    def __init__(self, ntoken=20, d_model=8, nhead=2, d_hid=16, nlayers=2, dropout=0.2):
        super().__init__()
        self.model_type = "Transformer"
        self.pos_encoder = PositionalEncoding(d_model, dropout)
        encoder_layers = nn.TransformerEncoderLayer(d_model, nhead, d_hid, dropout)
        self.transformer_encoder = nn.TransformerEncoder(encoder_layers, nlayers)
        self.embedding = nn.Embedding(ntoken, d_model)
        self.d_model = d_model
        self.linear = nn.Linear(d_model, ntoken)
        self.init_weights()

    def init_weights(self) -> None:
        initrange = 0.1
        self.embedding.weight.data.uniform_(-initrange, initrange)
        self.linear.bias.data.zero_()
        self.linear.weight.data.uniform_(-initrange, initrange)

    def forward(self, src: Tensor, src_mask: Optional[Tensor] = None) -> Tensor:
        src = self.embedding(src) * math.sqrt(self.d_model)
        src = self.pos_encoder(src)
        output = self.transformer_encoder(src, src_mask)
        output = self.linear(output)
        return output


# inputs: "i20:5,3"
class LanguageModel(nn.Module):
    def __init__(self, vocab=20, dim=6, layers=2):
        super().__init__()
        self.drop = nn.Dropout(0.1)
        self.encoder = nn.Embedding(vocab, dim)
        self.rnn = nn.LSTM(dim, dim, layers, dropout=0.1)
        self.decoder = nn.Linear(dim, vocab)
        self.decoder.weight = self.encoder.weight
        self.dim = dim
        self.layers = layers

    def forward(self, input, hidden: Optional[Tuple[Tensor, Tensor]] = None):
        emb = self.drop(self.encoder(input))
        output, hidden_out = self.rnn(emb, hidden)
        decoded = self.decoder(self.drop(output))
        return F.log_softmax(decoded, dim=1), hidden_out


# inputs: "f4,2,3"
class GRUNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.gru = nn.GRU(3, 5, num_layers=2, bidirectional=True, batch_first=True)
        self.cell = nn.GRUCell(10, 4)

    def forward(self, x):
        out, h = self.gru(x)
        state = torch.zeros(x.size(0), 4)
        for t in range(out.size(1)):
            state = self.cell(out[:, t], state)
        return state, h


class BasicBlock(nn.Module):
    expansion: int = 1

    def __init__(self, inplanes: int, planes: int, stride: int = 1, downsample: Optional[nn.Module] = None, norm_layer: Optional[Callable[..., nn.Module]] = None) -> None:
        super().__init__()
        if norm_layer is None:
            norm_layer = nn.BatchNorm2d
        self.conv1 = nn.Conv2d(inplanes, planes, 3, stride, 1, bias=False)
        self.bn1 = norm_layer(planes)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(planes, planes, 3, 1, 1, bias=False)
        self.bn2 = norm_layer(planes)
        self.downsample = downsample
        self.stride = stride

    def forward(self, x: Tensor) -> Tensor:
        identity = x
        out = self.conv1(x)
        out = self.bn1(out)
        out = self.relu(out)
        out = self.conv2(out)
        out = self.bn2(out)
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        out = self.relu(out)
        return out


# inputs: "f2,3,16,16"
class ResNetTiny(nn.Module):
    def __init__(self, num_classes=5, norm_layer=None, zero_init_residual=True):
        super().__init__()
        if norm_layer is None:
            norm_layer = partial(nn.BatchNorm2d, eps=1e-3)
        self._norm_layer = norm_layer
        self.inplanes = 4
        self.conv1 = nn.Conv2d(3, self.inplanes, kernel_size=7, stride=2, padding=3, bias=False)
        self.bn1 = norm_layer(self.inplanes)
        self.relu = nn.ReLU(inplace=True)
        self.maxpool = nn.MaxPool2d(kernel_size=3, stride=2, padding=1)
        self.layer1 = self._make_layer(BasicBlock, 4, 2)
        self.layer2 = self._make_layer(BasicBlock, 8, 2, stride=2)
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(8 * BasicBlock.expansion, num_classes)
        for m in self.modules():
            if isinstance(m, nn.Conv2d):
                nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            elif isinstance(m, (nn.BatchNorm2d, nn.GroupNorm)):
                nn.init.constant_(m.weight, 1)
                nn.init.constant_(m.bias, 0)
        if zero_init_residual:
            for m in self.modules():
                if isinstance(m, BasicBlock) and m.bn2.weight is not None:
                    nn.init.constant_(m.bn2.weight, 0)

    def _make_layer(self, block, planes: int, blocks: int, stride: int = 1) -> nn.Sequential:
        norm_layer = self._norm_layer
        downsample = None
        if stride != 1 or self.inplanes != planes * block.expansion:
            downsample = nn.Sequential(
                nn.Conv2d(self.inplanes, planes * block.expansion, 1, stride, bias=False),
                norm_layer(planes * block.expansion),
            )
        layers = []
        layers.append(block(self.inplanes, planes, stride, downsample, norm_layer))
        self.inplanes = planes * block.expansion
        for _ in range(1, blocks):
            layers.append(block(self.inplanes, planes, norm_layer=norm_layer))
        return nn.Sequential(*layers)

    def forward(self, x: Tensor) -> Tensor:
        x = self.maxpool(self.relu(self.bn1(self.conv1(x))))
        x = self.layer2(self.layer1(x))
        x = torch.flatten(self.avgpool(x), 1)
        return self.fc(x)


class SEBlock(nn.Module):
    def __init__(self, c, r=4):
        super().__init__()
        self.fc1, self.fc2 = nn.Conv2d(c, c // r, 1), nn.Conv2d(c // r, c, 1)

    def _scale(self, input: Tensor, inplace: bool) -> Tensor:
        scale = F.adaptive_avg_pool2d(input, 1)
        scale = F.relu(self.fc1(scale), inplace=True)
        return F.hardsigmoid(self.fc2(scale), inplace=inplace)

    def forward(self, input: Tensor) -> Tensor:
        return self._scale(input, True) * input


# inputs: "f2,8,6,6"
class SENet(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(SEBlock(8), SEBlock(8, 2))

    def forward(self, x):
        return self.blocks(x)


class DenseLayer(nn.Module):
    def __init__(self, num_input: int, growth: int, bn_size: int, drop_rate: float):
        super().__init__()
        self.norm1 = nn.BatchNorm2d(num_input)
        self.relu1 = nn.ReLU(inplace=True)
        self.conv1 = nn.Conv2d(num_input, bn_size * growth, kernel_size=1, bias=False)
        self.drop_rate = float(drop_rate)

    def bn_function(self, inputs: List[Tensor]) -> Tensor:
        concated = torch.cat(inputs, 1)
        return self.conv1(self.relu1(self.norm1(concated)))

    def any_requires_grad(self, input: List[Tensor]) -> bool:
        for tensor in input:
            if tensor.requires_grad:
                return True
        return False

    @torch.jit._overload_method
    def forward(self, input: List[Tensor]) -> Tensor:
        pass

    @torch.jit._overload_method
    def forward(self, input: Tensor) -> Tensor:
        pass

    def forward(self, input: Tensor) -> Tensor:
        if isinstance(input, Tensor):
            prev_features = [input]
        else:
            prev_features = input
        out = self.bn_function(prev_features)
        if self.drop_rate > 0:
            out = F.dropout(out, p=self.drop_rate, training=self.training)
        return out


class DenseBlock(nn.ModuleDict):
    _version = 2

    def __init__(self, num_layers: int, num_input: int, bn_size: int, growth: int, drop_rate: float):
        super().__init__()
        for i in range(num_layers):
            layer = DenseLayer(num_input + i * growth * bn_size, growth, bn_size, drop_rate)
            self.add_module("denselayer%d" % (i + 1), layer)

    def forward(self, init_features: Tensor) -> Tensor:
        features = [init_features]
        for name, layer in self.items():
            new_features = layer(features)
            features.append(new_features)
        return torch.cat(features, 1)


# inputs: "f2,4,5,5"
class DenseNetTiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Sequential(OrderedDict([("conv0", nn.Conv2d(4, 4, 1))]))
        self.features.add_module("block1", DenseBlock(2, 4, 2, 2, 0.1))
        self.features.add_module("norm", nn.BatchNorm2d(12))

    def forward(self, x):
        return F.relu(self.features(x), inplace=True)


class Point(NamedTuple):
    x: Tensor
    y: int


# inputs: "f2,4"
class NamedTupleModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.point = Point(torch.ones(2), 3)

    def forward(self, x) -> Point:
        p = Point(x, self.point.y)
        return Point(p.x + 1, p.y * 2)


class Color(Enum):
    RED = 1
    BLUE = 2


# inputs: "f2,4"
class EnumModule(nn.Module):
    def __init__(self, color: Color = Color.BLUE):
        super().__init__()
        self.color = color

    def forward(self, x):
        if self.color == Color.BLUE:
            return x * self.color.value
        return x


@torch.jit.script
class Counter:
    def __init__(self, start: int):
        self.value = start

    def bump(self, by: int) -> int:
        self.value += by
        return self.value


# inputs: "f2,4"
class ScriptClassModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.start = 3

    def forward(self, x):
        c = Counter(self.start)
        for i in range(3):
            c.bump(i)
        return x + c.value


@torch.jit.interface
class Transform(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        pass

    def scale(self, x: Tensor, by: int) -> Tensor:
        pass


class Doubler(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x * 2

    def scale(self, x: Tensor, by: int) -> Tensor:
        return x * by


# inputs: "f2,4"
class InterfaceModule(nn.Module):
    proxy: Transform

    def __init__(self):
        super().__init__()
        self.proxy = Doubler()

    def forward(self, x: Tensor) -> Tensor:
        return self.proxy.forward(x) + self.proxy.scale(x, 3)


def pre_hook(self, input: Tuple[Tensor]) -> Tuple[Tensor]:
    return (input[0] + 1,)


def post_hook(self, input: Tuple[Tensor], output: Tensor):
    return output * 2


def observe(self, input: Tuple[Tensor], output: Tensor) -> None:
    assert output.size(0) > 0


# inputs: "f2,4"
class HookedModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.fc.register_forward_pre_hook(pre_hook)
        self.fc.register_forward_hook(post_hook)
        self.fc.register_forward_hook(observe)

    def forward(self, x):
        return self.fc(x)


# inputs: "f2,4"
def make_hooked_root():
    m = Simple2()
    m.register_forward_hook(post_hook)
    return m


class Simple2(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        return x + 1


# inputs: "f2,4"
class ForkModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        future = torch.jit.fork(self.fc, x)
        other = self.fc(x * 2)
        return torch.jit.wait(future) + other


# inputs: "f2,4"
class SharedWeights(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = self.a
        self.c = nn.Linear(4, 4)
        self.c.weight = self.a.weight

    def forward(self, x):
        return self.b(self.a(x)) + self.c(x)


# inputs: "f2,4"
class DifferentTypes(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Linear(4, 4, bias=False)
        self.c = nn.Dropout(0.1)
        self.d = nn.Dropout(0.2)
        self.e = nn.Dropout(0.2)

    def forward(self, x):
        return self.e(self.d(self.c(self.b(self.a(x)))))


# inputs: "f2,4"
class GlobalFunctions(nn.Module):
    def __init__(self):
        super().__init__()
        self.k = 2

    def forward(self, x):
        return swish(x) + _pow(x, self.k) + math.pi


def _pow(x, k: int = 2):
    return x ** k


# inputs: "f2,4"
class SubmoduleMethods(nn.Module):
    def __init__(self):
        super().__init__()
        self.sub = ExportedModule()
        self.lin = nn.Linear(4, 4)

    def forward(self, x):
        y = self.sub.extra(x) + self.sub.helper(self.sub.fc(x), 3)
        return y + F.linear(x, self.sub.fc.weight, self.lin.bias[:2])


# inputs: "f2,4"
class IterateModules(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 4)
        self.b = nn.Sequential(nn.Linear(4, 4), nn.Tanh())
        self.register_buffer("buf", torch.ones(4))

    def forward(self, x):
        names: List[str] = []
        for n, m in self.named_children():
            names.append(n)
            x = m(x)
        for n, m in self.named_modules():
            names.append(n)
        for m in self.children():
            x = m(x)
        for n, b in self.named_buffers():
            x = x + b
        return x, names


# inputs: "f2,4"
class ParameterDictModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.p = nn.ParameterDict({"left": nn.Parameter(torch.ones(4)), "right": nn.Parameter(torch.zeros(4))})

    def forward(self, x):
        return x * self.p["left"] + self.p["right"]


# inputs: "f2,4"
class SetAttrModule(nn.Module):
    def __init__(self):
        super().__init__()
        self.hist: List[Tensor] = []
        self.last = torch.zeros(2, 4)
        self.n = 0

    def forward(self, x):
        self.hist.append(x)
        self.last = x * 2
        self.n = self.n + 1
        return self.last + len(self.hist) + self.n


# inputs: "f2,4"
class OptionalFlow(nn.Module):
    def forward(self, x: Tensor, y: Optional[Tensor] = None, n: int = 2, names: Optional[List[str]] = None) -> Dict[str, Tensor]:
        out: Dict[str, Tensor] = {}
        if y is None:
            y = x
        assert y is not None
        out["sum"] = x + y * n
        if names is not None:
            for name in names:
                out[name] = x
        return out


# inputs: "f2,3,8,8"
class UNetTiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.ModuleList()
        self.up = nn.ModuleList()
        features = [4, 8]
        c = 3
        for f in features:
            self.down.append(self.block(c, f))
            c = f
        for f in reversed(features):
            self.up.append(nn.ConvTranspose2d(f * 2, f, kernel_size=2, stride=2))
            self.up.append(self.block(f * 2, f))
        self.bottleneck = self.block(features[-1], features[-1] * 2)
        self.pool = nn.MaxPool2d(2, 2)
        self.final = nn.Conv2d(features[0], 1, kernel_size=1)

    @staticmethod
    def block(i, o):
        return nn.Sequential(nn.Conv2d(i, o, 3, 1, 1, bias=False), nn.BatchNorm2d(o), nn.ReLU(inplace=True))

    def forward(self, x):
        skips = []
        for d in self.down:
            x = d(x)
            skips.append(x)
            x = self.pool(x)
        x = self.bottleneck(x)
        i = 0
        for idx, u in enumerate(self.up):
            if idx % 2 == 0:
                x = u(x)
                i += 1
                x = torch.cat((skips[len(skips) - i], x), dim=1)
            else:
                x = u(x)
        return self.final(x)


class MultiHead(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.scale = (dim // heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3, bias=False)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        B, N, C = x.shape
        qkv = self.qkv(x).reshape(B, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv.unbind(0)
        attn = (q @ k.transpose(-2, -1)) * self.scale
        attn = attn.softmax(dim=-1)
        x = (attn @ v).transpose(1, 2).reshape(B, N, C)
        return self.proj(x)


class Mlp(nn.Module):
    def __init__(self, in_features, hidden_features=None, act_layer=nn.GELU, drop=0.0):
        super().__init__()
        hidden_features = hidden_features or in_features
        self.fc1 = nn.Linear(in_features, hidden_features)
        self.act = act_layer()
        self.fc2 = nn.Linear(hidden_features, in_features)
        self.drop = nn.Dropout(drop)

    def forward(self, x):
        return self.drop(self.fc2(self.drop(self.act(self.fc1(x)))))


class ViTBlock(nn.Module):
    def __init__(self, dim, heads, norm_layer=nn.LayerNorm):
        super().__init__()
        self.norm1 = norm_layer(dim)
        self.attn = MultiHead(dim, heads)
        self.norm2 = norm_layer(dim)
        self.mlp = Mlp(dim, int(dim * 2.0))

    def forward(self, x):
        x = x + self.attn(self.norm1(x))
        x = x + self.mlp(self.norm2(x))
        return x


# inputs: "f2,3,8,8"
class ViTTiny(nn.Module):
    def __init__(self, img=8, patch=4, dim=12, depth=2, heads=3, classes=4):
        super().__init__()
        self.patch_embed = nn.Conv2d(3, dim, kernel_size=patch, stride=patch)
        n = (img // patch) ** 2
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.zeros(1, n + 1, dim))
        norm_layer = partial(nn.LayerNorm, eps=1e-6)
        self.blocks = nn.Sequential(*[ViTBlock(dim, heads, norm_layer) for _ in range(depth)])
        self.norm = norm_layer(dim)
        self.head = nn.Linear(dim, classes) if classes > 0 else nn.Identity()
        nn.init.trunc_normal_(self.pos_embed, std=0.02)
        nn.init.trunc_normal_(self.cls_token, std=0.02)
        self.apply(self._init)

    def _init(self, m):
        if isinstance(m, nn.Linear):
            nn.init.xavier_uniform_(m.weight)
            if m.bias is not None:
                nn.init.constant_(m.bias, 0)

    def forward(self, x):
        x = self.patch_embed(x).flatten(2).transpose(1, 2)
        cls = self.cls_token.expand(x.shape[0], -1, -1)
        x = torch.cat((cls, x), dim=1) + self.pos_embed
        x = self.norm(self.blocks(x))
        return self.head(x[:, 0])


# inputs: "f2,6"
class VAE(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc1 = nn.Linear(6, 4)
        self.fc21 = nn.Linear(4, 2)
        self.fc22 = nn.Linear(4, 2)
        self.fc3 = nn.Linear(2, 4)
        self.fc4 = nn.Linear(4, 6)

    def encode(self, x):
        h1 = F.relu(self.fc1(x))
        return self.fc21(h1), self.fc22(h1)

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        eps = torch.randn_like(std)
        return mu + eps * std

    def decode(self, z):
        return torch.sigmoid(self.fc4(F.relu(self.fc3(z))))

    def forward(self, x):
        mu, logvar = self.encode(x.view(-1, 6))
        z = self.reparameterize(mu, logvar)
        return self.decode(z), mu, logvar


# inputs: "f2,3,8,8"
class DynamicNet(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = nn.Parameter(torch.randn(()))
        self.b = nn.Parameter(torch.randn(()))

    def forward(self, x):
        y = self.a + self.b * x
        for i in range(int(x.size(0))):
            y = y + self.b * x ** i
        return y


class WeightStd(nn.Conv2d):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.extra = 1e-5

    def forward(self, x):
        w = self.weight
        w = w - w.mean(dim=(1, 2, 3), keepdim=True)
        return self._conv_forward(x, w / (w.std() + self.extra), self.bias)


# inputs: "f2,3,6,6"
def make_weight_std():
    return nn.Sequential(WeightStd(3, 4, 3, padding=1), nn.GroupNorm(2, 4))


# inputs: "f2,3,4,4"
class FrozenBN(nn.Module):
    def __init__(self, n=3, eps=1e-5):
        super().__init__()
        self.eps = eps
        self.register_buffer("weight", torch.ones(n))
        self.register_buffer("bias", torch.zeros(n))
        self.register_buffer("running_mean", torch.zeros(n))
        self.register_buffer("running_var", torch.ones(n) - eps)

    def forward(self, x: Tensor) -> Tensor:
        scale = self.weight.reshape(1, -1, 1, 1) * (self.running_var + self.eps).rsqrt().reshape(1, -1, 1, 1)
        return x * scale + (self.bias.reshape(1, -1, 1, 1) - self.running_mean.reshape(1, -1, 1, 1) * scale)


# inputs: "f1,4,4,3"
class LayerNorm2d(nn.LayerNorm):
    def __init__(self):
        super().__init__(4)

    def forward(self, x: Tensor) -> Tensor:
        x = x.permute(0, 2, 3, 1)
        x = F.layer_norm(x, self.normalized_shape, self.weight, self.bias, self.eps)
        return x.permute(0, 3, 1, 2)


# inputs: "f3,5"
class UnionModule(nn.Module):
    def forward(self, x: Tensor, mode: Union[int, str] = 2) -> Tensor:
        if isinstance(mode, int):
            return x * mode
        else:
            return x + len(mode)


# inputs: "f3,5"
class RefineAttr(nn.Module):
    bias: Optional[Tensor]

    def __init__(self, use=True):
        super().__init__()
        if use:
            self.bias = nn.Parameter(torch.ones(5))
        else:
            self.register_parameter("bias", None)

    def forward(self, x):
        bias = self.bias
        if bias is not None:
            x = x + bias
        return x


# inputs: "f3,5"
class NoParamBias(RefineAttr):
    def __init__(self):
        super().__init__(False)


# inputs: "f3,5"
class ChainedCalls(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Sequential(nn.Linear(5, 4), nn.ReLU()), nn.Sequential(nn.Linear(4, 3)))

    def forward(self, x):
        return self.net[1](self.net[0](x)) + self.net[0][0].bias.sum()


# inputs: "f3,5"
class WithNoGrad(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(5, 5)

    def forward(self, x):
        with torch.no_grad():
            y = self.fc(x)
        return y + x


# inputs: "f3,5"
class ReturnModuleConstants(nn.Module):
    __constants__ = ["pair"]

    def __init__(self):
        super().__init__()
        self.pair = (3, 0.5)
        self.layers = nn.Sequential()
        self.layers.append(nn.Linear(5, 5))
        for i in range(2):
            self.layers.add_module(f"act{i}", nn.ELU(alpha=0.5 + i))

    def forward(self, x):
        n, f = self.pair
        return self.layers(x) * n + f


# inputs: "f2,3,8,8"
def make_vgg():
    cfg = [4, "M", 8]
    layers: List[nn.Module] = []
    in_channels = 3
    for v in cfg:
        if v == "M":
            layers += [nn.MaxPool2d(kernel_size=2, stride=2)]
        else:
            layers += [nn.Conv2d(in_channels, v, kernel_size=3, padding=1), nn.BatchNorm2d(v), nn.ReLU(inplace=True)]
            in_channels = v
    return nn.Sequential(*layers)


class Inception(nn.Module):
    def __init__(self, cin: int, conv_block: Optional[Callable[..., nn.Module]] = None):
        super().__init__()
        if conv_block is None:
            conv_block = BasicConv2d
        self.b1 = conv_block(cin, 2, kernel_size=1)
        self.b2 = conv_block(cin, 2, kernel_size=3, padding=1)

    def _forward(self, x: Tensor) -> List[Tensor]:
        return [self.b1(x), self.b2(x)]

    def forward(self, x: Tensor) -> Tensor:
        outputs = self._forward(x)
        return torch.cat(outputs, 1)


class BasicConv2d(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, **kwargs: Any) -> None:
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, bias=False, **kwargs)
        self.bn = nn.BatchNorm2d(out_channels, eps=0.001)

    def forward(self, x: Tensor) -> Tensor:
        x = self.conv(x)
        x = self.bn(x)
        return F.relu(x, inplace=True)


class Outputs(NamedTuple):
    logits: Tensor
    aux: Optional[Tensor]


# inputs: "f2,3,6,6"
class GoogLeNetTiny(nn.Module):
    __constants__ = ["aux_logits", "transform_input"]

    def __init__(self, aux_logits=True):
        super().__init__()
        self.aux_logits = aux_logits
        self.transform_input = True
        self.inc = Inception(3)
        self.aux = nn.Linear(4, 2) if aux_logits else None
        self.fc = nn.Linear(4, 2)

    def _transform_input(self, x: Tensor) -> Tensor:
        if self.transform_input:
            x_ch0 = torch.unsqueeze(x[:, 0], 1) * (0.229 / 0.5) + (0.485 - 0.5) / 0.5
            x = torch.cat((x_ch0, x[:, 1:]), 1)
        return x

    def _forward(self, x: Tensor) -> Tuple[Tensor, Optional[Tensor]]:
        x = self.inc(x).mean([2, 3])
        aux: Optional[Tensor] = None
        if self.aux is not None:
            if self.training:
                aux = self.aux(x)
        return self.fc(x), aux

    @torch.jit.unused
    def eager_outputs(self, x: Tensor, aux: Optional[Tensor]) -> Outputs:
        if self.training and self.aux_logits:
            return Outputs(x, aux)
        else:
            return x

    def forward(self, x: Tensor) -> Outputs:
        x = self._transform_input(x)
        x, aux = self._forward(x)
        aux_defined = self.training and self.aux_logits
        if torch.jit.is_scripting():
            if not aux_defined:
                print("Scripted GoogleNet always returns GoogleNetOutputs Tuple")
            return Outputs(x, aux)
        else:
            return self.eager_outputs(x, aux)


# --- refusals


class RefusesMissing(nn.Module):
    def forward(self, x):
        return self.nothing + x


class RefusesEmptyList(nn.Module):
    def __init__(self):
        super().__init__()
        self.items = []

    def forward(self, x):
        return x + len(self.items)


class RefusesNotInitialized(nn.Module):
    def __init__(self):
        pass

    def forward(self, x):
        return x


class RefusesTypeMix(nn.Module):
    def __init__(self):
        super().__init__()
        self.mixed = [1, "a"]

    def forward(self, x):
        return self.mixed


class RefusesIndex(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2)])

    def forward(self, x, i: int):
        return self.layers[i](x)


class RefusesConstant(nn.Module):
    __constants__ = ["bad"]

    def __init__(self):
        super().__init__()
        self.bad = {"a": 1}

    def forward(self, x):
        return x


class RefusesDictKey(nn.Module):
    def __init__(self):
        super().__init__()
        self.d = nn.ModuleDict({"a": nn.Linear(2, 2)})

    def forward(self, x):
        return self.d["b"](x)


class RefusesSubErr(nn.Module):
    def __init__(self):
        super().__init__()
        self.sub = RefusesMissing()

    def forward(self, x):
        return self.helper(x)

    def helper(self, x):
        return x.nope()


class RefusesSetNew(nn.Module):
    def forward(self, x):
        self.fresh = x
        return x


class RefusesIterate(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 2)

    def forward(self, x):
        for m in self.fc:
            x = m(x)
        return x


class RefusesClassAttribute(nn.Module):
    SCALE = 3

    def forward(self, x):
        return x * self.SCALE
