"""Records how PyTorch prints tensors as JSON lines: python record-printing.py > printing.jsonl"""
import base64
import json
import torch

torch.manual_seed(0)


def emit(t, base=None):
    b = t if base is None else base
    data = bytes(b.untyped_storage().tolist()) if b.numel() else b''
    print(json.dumps({'dtype': str(t.dtype)[6:], 'shape': list(t.shape), 'strides': list(t.stride()), 'offset': t.storage_offset(),
                      'grad': t.requires_grad, 'data': base64.b64encode(data).decode(), 'text': str(t)}))


shapes = [(), (1,), (5,), (3, 4), (2, 3, 4), (2, 1, 2, 3), (0,), (2, 0), (30,)]
for dtype in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
    for shape in shapes:
        emit(torch.randn(shape, dtype=dtype))
    emit(torch.randn(4, 5, dtype=dtype) * 1e3)
    emit(torch.arange(12, dtype=dtype).reshape(3, 4))
    emit(torch.tensor([1.5, float('nan'), float('inf'), -float('inf')], dtype=dtype))
    emit(torch.tensor([1.0, float('nan'), float('inf'), 20.0], dtype=dtype))
    emit(torch.tensor([float('nan'), float('inf')], dtype=dtype))
    emit(torch.tensor([0.0, -0.0], dtype=dtype))
    emit(torch.tensor([1e-3, 30.0], dtype=dtype))
    emit(torch.tensor([1e-3, 0.5, -1e-2], dtype=dtype))
    emit(torch.tensor([0.5, 0.03125, 2.5, 0.00005], dtype=dtype))
    emit(torch.tensor([0.03125, 0.09375, -0.03125, 1.00005], dtype=dtype))
    emit(torch.tensor([1e4, 2.0, -65000.0], dtype=dtype))
    emit(torch.tensor(2.5, dtype=dtype))
    emit(torch.tensor(3.0, dtype=dtype))
for dtype in (torch.float32, torch.float64, torch.bfloat16):
    emit(torch.tensor([1e20, 1.0, 2e-20], dtype=dtype))
    emit(torch.tensor([123456789.0, 1.0], dtype=dtype))
    emit(torch.tensor([1e-10], dtype=dtype))
    emit(torch.tensor([2.5e9, -1.0, 0.0, float('nan')], dtype=dtype))
    emit(torch.tensor(1e30, dtype=dtype))
    emit(torch.tensor([[1e-5, 1.0], [2.0, 1e5]], dtype=dtype))
emit(torch.tensor([1e308, 1e300], dtype=torch.float64))
emit(torch.tensor([5e-324, 1.0], dtype=torch.float64))
emit(torch.tensor([1000050.0, 1.0e9, 1000150.0]))
for dtype in (torch.int8, torch.uint8, torch.int16, torch.int32, torch.int64):
    emit(torch.tensor([1, 100, 7], dtype=dtype))
    emit(torch.arange(24, dtype=dtype).reshape(2, 3, 4))
    emit(torch.tensor(5, dtype=dtype))
    emit(torch.zeros(0, dtype=dtype))
    emit(torch.zeros(3, 0, dtype=dtype))
for dtype in (torch.int8, torch.int16, torch.int32, torch.int64):
    emit(torch.tensor([[-1, 100], [-128, 7]], dtype=dtype))
emit(torch.tensor([9223372036854775807, -9223372036854775808]))
for dtype in (torch.uint16, torch.uint32, torch.uint64):
    emit(torch.tensor([1, 200, 30000], dtype=dtype))
emit(torch.tensor([True, False, True]))
emit(torch.tensor([[True], [True]]))
emit(torch.tensor(False))
emit(torch.zeros(0, dtype=torch.bool))
for dtype in (torch.complex64, torch.complex128):
    emit(torch.randn(3, dtype=dtype))
    emit(torch.randn(2, 2, dtype=dtype) * 1e5)
    emit(torch.tensor([1 + 2j, 3 - 4j, 0j], dtype=dtype))
    emit(torch.tensor([complex(float('nan'), 1), complex(1.5, float('-inf'))], dtype=dtype))
    emit(torch.tensor(1.5 - 2j, dtype=dtype))
    emit(torch.zeros(0, dtype=dtype))
# summarised
emit(torch.arange(1001))
emit(torch.arange(1000))
emit(torch.arange(1200, dtype=torch.float32).reshape(40, 30))
emit(torch.arange(1200, dtype=torch.float32).reshape(3, 400) / 7)
emit(torch.arange(1260, dtype=torch.int32).reshape(7, 9, 20))
emit(torch.arange(1260, dtype=torch.int64).reshape(20, 9, 7))
emit(torch.arange(1296, dtype=torch.int16).reshape(6, 6, 6, 6))
emit(torch.arange(2401, dtype=torch.int16).reshape(7, 7, 7, 7))
emit((torch.arange(1200) % 2 == 0).reshape(60, 20))
emit(torch.randn(1100, dtype=torch.complex64))
emit(torch.randn(1, 1001))
emit(torch.randn(1001, 1))
# views
base = torch.arange(24.0).reshape(4, 6)
emit(base.t(), base)
emit(base[1:3, ::2], base)
emit(base[2], base)
emit(base[:1].expand(3, 6), base)
for width in range(1, 26, 2):
    emit(torch.arange(width) * 1000003)
    emit(torch.randn(width) * 10)
for grad in (torch.randn(2, requires_grad=True), torch.zeros(0, requires_grad=True), torch.randn(6, 7, dtype=torch.float64, requires_grad=True),
             torch.randn(8, dtype=torch.float64, requires_grad=True)):
    emit(grad)
for n in (1, 2, 7, 8, 9, 10, 11):
    emit(torch.randn(3, n, dtype=torch.float64))
