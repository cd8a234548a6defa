"""Writes that matter, and writes that do not."""
import torch
from typing import List, Optional, Tuple


def dce_a1():
    a = torch.rand(2)
    l = [a]
    a.add_(1)
    return l


def dce_a2(c: bool):
    a = torch.rand(2)
    b = torch.rand(2)
    l = [a]
    if c:
        l.append(b)
    b.add_(1)
    return l


def dce_a3():
    a = torch.rand(2)
    l = (a, 1)
    a.add_(1)
    return l


def dce_a4():
    l: List[List[int]] = []
    k = [1]
    l.append(k)
    k.append(2)
    return l


def dce_a5():
    a = torch.rand(2)
    d = {"x": a}
    a.add_(1)
    return d


def dce_a6(x):
    l = [torch.rand(2), x]
    y = l[0]
    y.add_(1)
    return x


def dce_a7():
    a = torch.rand(3)
    l = [a]
    a.add_(2)
    return 1


def dce_b1():
    a = torch.rand(2)
    c = torch.cat([a, a])
    a.add_(1)
    return c


def dce_b2():
    a = torch.rand(2)
    n = len([a])
    a.add_(1)
    return n


def dce_b3(c: bool):
    a = torch.rand(2)
    b = torch.rand(2)
    y = a if c else b
    a.add_(1)
    return y


def dce_b4(n: int):
    a = torch.rand(2)
    b = torch.rand(2)
    for i in range(n):
        b = a.view(-1)
        a = torch.rand(3)
        a.add_(1)
    a.mul_(2)
    return b


def dce_b5(n: int):
    k = [1]
    for i in range(n):
        k.append(i)
    return n


def dce_b6(n: int):
    k = [1]
    m = [k, k]
    k.append(2)
    return m


def dce_b7(n: int):
    k = [1]
    m = [k]
    m.append([2])
    k.append(2)
    return m


def dce_b8():
    a = torch.rand(2)
    t = (a, a.view(-1))
    a.add_(1)
    return t, t


def dce_b9(x):
    y = x.view(-1)
    z = torch.zeros_like(x)
    z[0] = 1
    z[1:] += 2
    w = torch.zeros_like(x)
    w[0] = 2
    return w


def dce_c1(n: int):
    a = torch.rand(2)
    while n > 0:
        b = a
        a = torch.rand(3)
        b.add_(1)
        n -= 1
    return n


def dce_c2(x: List[int]):
    y = [a for a in x]
    y.append(1)
    z = sorted(y)
    y.append(2)
    return z


def dce_c3(x: List[int]):
    y = x + x
    y.append(1)
    y.sort()
    return x


def dce_c4(s: str):
    p = s.split()
    p.append("k")
    return s


def dce_c5():
    d = {1: 2}
    d[2] = 3
    e = {1: [2]}
    e[1].append(3)
    return e


def dce_d1():
    a = torch.rand(2)
    n = torch.stack([a])
    a.add_(1)
    return n


def dce_d2():
    a = torch.rand(2)
    n = torch.einsum("i,i->i", [a, a])
    a.add_(1)
    return n


def dce_d3():
    a = torch.rand(2)
    n = torch.block_diag([a])
    a.add_(1)
    return n


def dce_d4(x):
    a = torch.zeros(2, dtype=torch.long)
    n = x[a]
    a.add_(1)
    return n


def dce_d5():
    a = torch.rand(2)
    n = torch.meshgrid([a])
    a.add_(1)
    return n


def dce_d6():
    a = torch.rand(2)
    n = torch.broadcast_tensors([a, a])
    a.add_(1)
    return n


def dce_d7():
    a = torch.rand(2)
    n = torch.hstack([a, a])
    a.add_(1)
    return n


def dce_d8():
    a = torch.rand(2)
    n = torch.concat([a, a])
    a.add_(1)
    return n


def dce_d9():
    a = torch.rand(2)
    n = torch.dstack([a, a])
    a.add_(1)
    return n


def dce_e1():
    a = torch.rand(2)
    n = torch.nn.utils.rnn.pad_sequence([a, a])
    a.add_(1)
    return n


def dce_e2():
    a = torch.rand(2)
    n = "{}".format((a, 1))
    a.add_(1)
    return n


def dce_e3():
    a = torch.rand(2)
    n = (a, 1) == (a, 2)
    a.add_(1)
    return n


def dce_e4():
    a = torch.rand(2)
    n = torch.cartesian_prod([a, a])
    a.add_(1)
    return n


def dce_e5():
    a = torch.rand(2)
    if 1 in [1, 2]:
        a.add_(1)
    print([a])
    a.mul_(1)
    return 1


def dce_e6(x):
    x[torch.tensor([1])] = 2
    y = torch.zeros_like(x)
    y[torch.tensor([1])] = 2
    return x


def dce_e7():
    a = torch.rand(2)
    n = torch.linalg.multi_dot([a, a])
    a.add_(1)
    return n


def dce_f_column_stack():
    a = torch.rand(2)
    n = torch.column_stack([a, a])
    a.add_(1)
    return n


def dce_f_row_stack():
    a = torch.rand(2)
    n = torch.row_stack([a, a])
    a.add_(1)
    return n


def dce_f_vstack():
    a = torch.rand(2)
    n = torch.vstack([a, a])
    a.add_(1)
    return n


def dce_f_concat():
    a = torch.rand(2)
    n = torch.concat([a, a])
    a.add_(1)
    return n


def dce_f_concatenate():
    a = torch.rand(2)
    n = torch.concatenate([a, a])
    a.add_(1)
    return n


def dce_f_stack():
    a = torch.rand(2)
    n = torch.stack([a, a])
    a.add_(1)
    return n


def dce_f_cat():
    a = torch.rand(2)
    n = torch.cat([a, a])
    a.add_(1)
    return n


def dce_f_hstack():
    a = torch.rand(2)
    n = torch.hstack([a, a])
    a.add_(1)
    return n


def dce_f_dstack():
    a = torch.rand(2)
    n = torch.dstack([a, a])
    a.add_(1)
    return n


def dce_f_atleast_1d():
    a = torch.rand(2)
    n = torch.atleast_1d([a, a])
    a.add_(1)
    return n


def dce_f_atleast_2d():
    a = torch.rand(2)
    n = torch.atleast_2d([a, a])
    a.add_(1)
    return n


def dce_f_atleast_3d():
    a = torch.rand(2)
    n = torch.atleast_3d([a, a])
    a.add_(1)
    return n


def dce_f__stack():
    a = torch.rand(2)
    n = torch._stack([a, a])
    a.add_(1)
    return n


def dce_f_result_type():
    a = torch.rand(2)
    n = torch.result_type([a, a])
    a.add_(1)
    return n


def dce_f_chain_matmul():
    a = torch.rand(2)
    n = torch.chain_matmul([a, a])
    a.add_(1)
    return n


def dce_f_align_tensors():
    a = torch.rand(2)
    n = torch.align_tensors([a, a])
    a.add_(1)
    return n
