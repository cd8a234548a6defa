"""Functions that stay Python, packed sequences, defaults that are tensors."""
import torch
from typing import List, Optional, Tuple
import torch.nn.functional as F
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence, PackedSequence, pad_sequence, pack_sequence, unpad_sequence, unpack_sequence


def host_r1(x, l):
    p = pack_padded_sequence(x, l)
    return p.data


def host_r2(x, l):
    p = pack_padded_sequence(x, l, enforce_sorted=False)
    return pad_packed_sequence(p, batch_first=True, total_length=10)


def host_r3(p: PackedSequence):
    return p.data, p.batch_sizes, p.sorted_indices


def host_r4(x: List[torch.Tensor]):
    return pad_sequence(x, True), pack_sequence(x), unpack_sequence(pack_sequence(x))


def host_r5(x, l, b: torch.Tensor):
    return PackedSequence(x, b), unpad_sequence(x, l)


def host_r6(q, w, b, ow, ob):
    return F.multi_head_attention_forward(q, q, q, 8, 2, w, b, None, None, False, 0.0, ow, ob)


def host_r7(x):
    return torch.nn.init.xavier_uniform_(x), torch.nn.init.zeros_(x), torch.nn.init.normal_(x, 0, 1)


def host_r8(x):
    return torch.sparse.sum(x), torch.sparse.sum(x, [0])


class MyF(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x
    @staticmethod
    def backward(ctx, g):
        return g


def host_f1(x):
    return MyF.apply(x)


def host_f2(x):
    y, z = MyF.apply(x)
    return y + z


def host_f3(x):
    MyF.apply(x)
    return x


def host_f4(x, n: int):
    return MyF.apply(x, n)


def host_f5(x):
    return MyF.foo(x)


def host_f6(x):
    return MyF()(x)


def host_f7(x):
    return MyF.forward(x, x)


@torch.jit.ignore
def host_g1(x, *args):
    return x


@torch.jit.ignore
def host_g2(x, *args, **kw):
    return x


@torch.jit.ignore
def host_g3(x: int, y: str = "a") -> List[int]:
    return [x]


@torch.jit.ignore
def host_g4(x, y=3):
    return x


@torch.jit.unused
def host_g5(x, *args):
    return x


@torch.jit.unused
def host_g6(x: int):
    return x


def host_h1(x):
    return g1(x)


def host_h2(x):
    return g1(x, x)


def host_h3(x):
    return g1(x, x, x)


def host_h4(x):
    return g2(x, a=x)


def host_h5():
    return g3(1)


def host_h6():
    return g3(1, "b")


def host_h7(x):
    return g4(x)


def host_h8(x):
    return g4(x, 3)


def host_h9(x):
    return g5(x)


def host_i1():
    return g6(1)


def host_i2(x):
    g1(x)
    a, b = g1(x)
    g3(1)
    return a


class Foo:
    def __init__(self):
        self.x = 1
    def foo(self):
        return self.x


def host_j1():
    return hasattr(Foo, "foo"), hasattr(Foo, "x"), hasattr(Foo, "zz")


def host_j2(x: Optional[Foo]):
    return hasattr(x, "foo")


def host_j3(x: Foo):
    return getattr(x, "foo")(), getattr(x, "bar", 3)


def host_j4(x=torch.ones(1)):
    return x


def host_j5(x, y=torch.tensor([1, 2])):
    return x + y


def host_j6(x: Optional[torch.Tensor] = torch.ones(1)):
    return x
