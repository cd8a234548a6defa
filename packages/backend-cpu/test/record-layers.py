"""Records convolutions, products, pooling, normalisations, attention, recurrent layers, embedding and interpolation:
    python record-layers.py    (writes fixtures/layers.jsonl.gz; needs torch)
"""
import random, torch
from record import case, write

torch.manual_seed(7)
random.seed(7)
one = random.choice


def R(*sizes, dtype=torch.float32):  # few bits: the fixture compresses
    return ((torch.randn(*sizes) * 8).round() / 8).to(dtype)


CL = torch.channels_last


def convolutions():
    # input, weight, stride, padding, dilation, groups
    table = [
        ((1, 3, 9, 9), (8, 3, 3, 3), 2, 1, 1, 1), ((2, 16, 7, 7), (16, 16, 3, 3), 1, 1, 1, 1), ((1, 32, 10, 10), (32, 32, 3, 3), 1, 1, 1, 1),
        ((1, 8, 6, 5), (12, 8, 1, 1), 1, 0, 1, 1), ((1, 16, 8, 8), (16, 1, 3, 3), 1, 1, 1, 16), ((1, 8, 9, 9), (16, 4, 3, 3), 1, 0, 2, 2),
        ((1, 20, 1, 1), (10, 20, 1, 1), 1, 0, 1, 1), ((1, 5, 7, 9), (6, 5, 2, 3), (2, 1), (1, 0), (1, 2), 1), ((3, 4, 4), (6, 4, 3, 3), 1, 1, 1, 1),
        ((1, 1, 4, 4), (1, 1, 4, 4), 1, 0, 1, 1),
    ]
    for x, w, stride, padding, dilation, groups in table:
        pair = lambda v: list(v) if isinstance(v, tuple) else [v, v]
        bias = one([None, R(w[0])])
        case("aten::conv2d", R(*x), R(*w) * 0.25, bias, pair(stride), pair(padding), pair(dilation), groups, _tolerance=1e-4)
        if len(x) == 4:
            case("aten::_convolution", R(*x), R(*w) * 0.25, bias, pair(stride), pair(padding), pair(dilation), False, [0, 0], groups, False, False, False, False, _tolerance=1e-4)
            case("aten::convolution", R(*x, dtype=torch.float64), R(*w, dtype=torch.float64), None, pair(stride), pair(padding), pair(dilation), False, [0, 0], groups, _tolerance=1e-10)
    case("aten::conv2d", R(1, 8, 6, 6).to(memory_format=CL), R(16, 8, 3, 3) * 0.25, None, [1, 1], [1, 1], [1, 1], 1, _tolerance=1e-4)
    case("aten::conv2d", R(2, 3, 8, 8), R(5, 3, 3, 3).to(memory_format=CL), None, [1, 1], [0, 0], [1, 1], 1, _tolerance=1e-4)
    case("aten::conv2d.padding", R(1, 4, 7, 7), R(6, 4, 4, 3) * 0.25, R(6), [1, 1], "same", [1, 2], 1, _tolerance=1e-4)
    case("aten::conv2d.padding", R(1, 4, 7, 7), R(6, 4, 3, 3) * 0.25, None, [2, 2], "valid", [1, 1], 1, _tolerance=1e-4)
    case("aten::conv1d", R(1, 65, 4), R(48, 65, 3) * 0.125, R(48), [1], [1], [1], 1, _tolerance=1e-4)
    case("aten::conv1d", R(2, 6, 20), R(8, 3, 5) * 0.25, R(8), [2], [2], [1], 2, _tolerance=1e-4)
    case("aten::conv1d.padding", R(1, 3, 11), R(4, 3, 2), None, [1], "same", [2], 1, _tolerance=1e-4)
    case("aten::conv3d", R(1, 3, 4, 5, 6), R(8, 3, 2, 3, 3) * 0.25, R(8), [1, 1, 2], [0, 1, 1], [1, 1, 1], 1, _tolerance=1e-4)
    case("aten::conv_transpose1d", R(1, 4, 6), R(4, 3, 4) * 0.25, R(6), [2], [1], [1], 2, [1], _tolerance=1e-4)
    case("aten::conv_transpose2d.input", R(2, 8, 5, 5), R(8, 6, 3, 3) * 0.25, R(6), [2, 2], [1, 1], [1, 1], 1, [1, 1], _tolerance=1e-4)
    case("aten::conv_transpose2d.input", R(1, 16, 4, 4), R(16, 16, 2, 2) * 0.25, None, [2, 2], [0, 0], [0, 0], 1, [1, 1], _tolerance=1e-4)
    case("aten::conv_transpose3d.input", R(1, 2, 3, 3, 3), R(2, 3, 2, 2, 2), None, [1, 1, 1], [0, 0, 0], [0, 0, 0], 1, [2, 1, 1], _tolerance=1e-4)
    for x, w, groups in [((1, 3, 4, 4), (5, 4, 3, 3), 1), ((1, 3, 2, 2), (5, 3, 3, 3), 1), ((1, 4, 4, 4), (6, 2, 3, 3), 3)]:
        case("aten::conv2d", R(*x), R(*w), None, [1, 1], [0, 0], [1, 1], groups)  # PyTorch refuses


def products():
    for dtype, tolerance in ((torch.float32, 1e-4), (torch.float64, 1e-10)):
        M = lambda *s: R(*s, dtype=dtype)
        for m, k, n in [(1, 7, 5), (3, 16, 33), (15, 40, 20), (2, 1, 3), (4, 0, 3), (17, 65, 31)]:
            a, b = one([M(m, k), M(k, m).t()]), one([M(k, n), M(n, k).t()])
            case("aten::mm", a, b, _tolerance=tolerance)
            case("aten::linear", a, b.t(), one([None, M(n)]), _tolerance=tolerance)
            case("aten::addmm", one([M(n), M(m, n), M(m, 1), M(1)]), a, b, beta=one([1, 0, 0.5]), alpha=one([1, 2]), _tolerance=tolerance)
            case("aten::mv", a, M(k), _tolerance=tolerance)
            case("aten::addmv", M(m), a, M(k), beta=0.5, alpha=2, _tolerance=tolerance)
        case("aten::dot", M(33), M(66)[::2], _tolerance=tolerance)
        for a, b in [((3, 4, 5), (3, 5, 2)), ((2, 3, 4, 5), (5, 6)), ((2, 1, 4, 5), (3, 5, 6)), ((4, 5), (2, 5, 6)), ((5,), (2, 5, 3)), ((2, 4, 5), (5,)), ((5,), (5,)), ((2, 3, 1, 8), (2, 3, 8, 9))]:
            case("aten::matmul", M(*a), M(*b), _tolerance=tolerance)
        case("aten::matmul", M(2, 5, 3, 8).transpose(1, 2), M(2, 7, 3, 8).permute(0, 2, 3, 1), _tolerance=tolerance)
        case("aten::bmm", M(3, 4, 5), M(3, 6, 5).transpose(1, 2), _tolerance=tolerance)
        case("aten::baddbmm", M(3, 1, 6), M(3, 4, 5), M(3, 5, 6), beta=0.5, alpha=2, _tolerance=tolerance)
        case("aten::linear", M(2, 3, 8), M(4, 8), M(4), _tolerance=tolerance)
        case("aten::linear", M(3, 2, 8).transpose(0, 1), M(4, 8), None, _tolerance=tolerance)
        case("aten::linear", M(8), M(4, 8), M(4), _tolerance=tolerance)
    case("aten::mm", R(2, 3), R(4, 2))
    case("aten::matmul", R(2, 3), R(2, 4, 2))
    case("aten::mm", R(2, 3), R(3, 2, dtype=torch.float64))


def pooling():
    for n in (1, 2, 3):
        for _ in range(6):
            x = R(one([1, 2]), one([1, 3, 16]), *[one([4, 5, 7]) for _ in range(n)], dtype=one([torch.float32, torch.float32, torch.float64]))
            if n == 2 and random.random() < 0.4: x = x.contiguous(memory_format=CL)
            if random.random() < 0.3: x.view(-1)[0] = float("nan") if x.is_contiguous() else x.view(-1)[0]
            k = [one([1, 2, 3]) for _ in range(n)]
            s, p, d, ceil = one([[], [one([1, 2, 3])] * n]), [v // 2 for v in k], one([1, 2]), one([True, False])
            case(f"aten::max_pool{n}d", x, k, s, p, [d] * n, ceil)
            if n > 1: case(f"aten::max_pool{n}d_with_indices", x, k, s, p, [d] * n, ceil)
            case(f"aten::avg_pool{n}d", x, k, s, p, ceil, one([True, False]), *([one([None, 3])] if n > 1 else []), _tolerance=1e-5)
            size = [one([1, 2, 3]) for _ in range(n)]
            case(f"aten::adaptive_avg_pool{n}d", x, size, _tolerance=1e-5)
            case(f"aten::adaptive_max_pool{n}d", x, size)
    case("aten::max_pool2d", R(3, 6, 6), [2, 2])
    case("aten::max_pool2d", R(1, 1, 4, 4), [2, 2], [], [2, 2])
    case("aten::avg_pool2d", R(1, 1, 2, 2), [3, 3])


def normalisations():
    for dtype, tolerance in ((torch.float32, 3e-4), (torch.float64, 1e-9)):
        M = lambda *s: R(*s, dtype=dtype)
        for shape, count in [((2, 3, 8), 1), ((4, 33), 1), ((2, 3, 4), 2), ((5, 200), 1)]:
            last = list(shape[-count:])
            w, b = one([None, M(*last)]), one([None, M(*last)])
            case("aten::layer_norm", M(*shape), last, w, b, _tolerance=tolerance)
            case("aten::native_layer_norm", M(*shape) + 3, last, w, b, 1e-5, _tolerance=tolerance)
            case("aten::rms_norm", M(*shape), last, w, one([None, 1e-6]), _tolerance=tolerance)
        for groups in (1, 2, 4):
            case("aten::group_norm", M(2, 4, 5, 3), groups, M(4), M(4), _tolerance=tolerance)
        case("aten::native_group_norm", M(2, 4, 6), M(4), None, 2, 4, 6, 2, 1e-5, _tolerance=tolerance)
        case("aten::instance_norm", M(2, 3, 4, 4), M(3), M(3), None, None, True, 0.1, 1e-5, True, _tolerance=tolerance)
        case("aten::instance_norm", M(2, 3, 4, 4), None, None, M(3), M(3).abs() + 0.1, False, 0.1, 1e-5, True, _tolerance=tolerance)
        for x in (M(2, 16, 4, 4), M(2, 3, 5), M(4, 3), M(2, 8, 3, 3).contiguous(memory_format=CL)):
            c = x.shape[1]
            case("aten::batch_norm", x, one([None, M(c)]), one([None, M(c)]), M(c), M(c).abs() + 0.1, False, 0.1, 1e-5, True, _tolerance=tolerance)


def attention():
    def sdpa(q, k, v, mask=None, causal=False, scale=None, grouped=False):
        case("aten::scaled_dot_product_attention", q, k, v, mask, 0.0, causal, scale=scale, enable_gqa=grouped, _tolerance=1e-4)
    sdpa(R(1, 2, 5, 8), R(1, 2, 7, 8), R(1, 2, 7, 8))
    sdpa(R(2, 2, 20, 16), R(2, 2, 20, 16), R(2, 2, 20, 16), causal=True)
    sdpa(R(2, 6, 2, 8).transpose(1, 2), R(2, 9, 2, 8).transpose(1, 2), R(2, 9, 2, 8).transpose(1, 2), R(2, 1, 6, 9), scale=0.3)
    sdpa(R(1, 2, 6, 8), R(1, 2, 9, 8), R(1, 2, 9, 8), torch.rand(6, 9) > 0.4)
    sdpa(R(2, 4, 5, 8), R(2, 2, 5, 8), R(2, 2, 5, 8), grouped=True)
    sdpa(R(3, 4, 8), R(3, 5, 8), R(3, 5, 6))
    sdpa(R(1, 1, 1, 64), R(1, 1, 40, 64), R(1, 1, 40, 64))
    x, e = R(2, 7, 16), 16
    case("aten::_native_multi_head_attention", x, x, x, e, 2, R(48, e) * 0.25, R(48), R(e, e) * 0.25, R(e), None, False, _tolerance=1e-4)
    w = lambda *s: R(*s) * 0.25
    for gelu, first in ((True, False), (False, True)):
        case("aten::_transformer_encoder_layer_fwd", x, e, 2, w(48, e), w(48), w(e, e), w(e), gelu, first, 1e-5, w(e), w(e), w(e), w(e), w(32, e), w(32), w(e, 32), w(e), _tolerance=1e-4)


def recurrent():
    for kind, module in (("lstm", torch.nn.LSTM), ("gru", torch.nn.GRU), ("rnn_tanh", torch.nn.RNN), ("rnn_relu", torch.nn.RNN)):
        for layers, both, first, biases, single in ((1, False, False, True, False), (2, True, True, True, False), (1, True, False, False, False), (2, False, True, True, True)):
            gates = {"lstm": 4, "gru": 3}.get(kind, 1)
            i, h, t, b, d = 5, one([3, 17]), 4, 2, 2 if both else 1
            params = []
            for l in range(layers):
                for _ in range(d):
                    params += [R(gates * h, i if l == 0 else h * d) * 0.3, R(gates * h, h) * 0.3] + ([R(gates * h), R(gates * h)] if biases else [])
            x = R(t, i) if single else R(b, t, i) if first else R(t, b, i)
            state = lambda: R(layers * d, *([] if single else [b]), h)
            if single: continue  # modules unsqueeze before they call
            case(f"aten::{kind}.input", x, [state(), state()] if kind == "lstm" else state(), params, biases, layers, 0.0, False, both, first, _tolerance=1e-3)
        w = [R(gates * 6, 5), R(gates * 6, 6)]
        case(f"aten::{kind.replace('rnn_', 'rnn_')}_cell", R(3, 5), [R(3, 6), R(3, 6)] if kind == "lstm" else R(3, 6), *w, R(gates * 6), R(gates * 6), _tolerance=1e-4)
        case(f"aten::{kind}_cell", R(3, 5), [R(3, 6), R(3, 6)] if kind == "lstm" else R(3, 6), *w, None, None, _tolerance=1e-4)


def embeddings():
    w = R(10, 6)
    case("aten::embedding", w, torch.tensor([[1, 0], [9, 3]]))
    case("aten::embedding", w.t(), torch.tensor([5, 0], dtype=torch.int32))
    case("aten::embedding", w.double(), torch.tensor(3))
    case("aten::embedding", w, torch.tensor([1, 10]))
    case("aten::dropout", R(3), 0.5, False)


def interpolations():
    for name, n in (("upsample_nearest1d", 1), ("upsample_nearest2d", 2), ("upsample_nearest3d", 3), ("_upsample_nearest_exact2d", 2), ("upsample_linear1d", 1), ("upsample_bilinear2d", 2),
                    ("upsample_trilinear3d", 3), ("upsample_bicubic2d", 2)):
        aligned = "linear" in name or "cubic" in name
        for dtype in (torch.float32, torch.float64):
            for size, factor in (([7, 3, 5][:n], None), (None, [2.0, 0.6, 1.5][:n])):
                x = R(1, one([2, 16]), *[5, 4, 3][:n], dtype=dtype)
                if n == 2 and random.random() < 0.4: x = x.contiguous(memory_format=CL)
                case(f"aten::{name}.vec", x, size, *([one([True, False])] if aligned else []), factor, _tolerance=1e-3)
            case(f"aten::{name}", R(1, 3, *[5, 4, 3][:n], dtype=dtype), [4, 6, 2][:n], *([one([True, False])] if aligned else []), _tolerance=1e-3)


for part in (convolutions, products, pooling, normalisations, attention, recurrent, embeddings, interpolations):
    part()
write("fixtures/layers.jsonl.gz")
