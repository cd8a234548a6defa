"""`torch.distributed.rpc`."""
import torch
import torch.distributed.rpc as rpc
from torch import Tensor
from torch.distributed.rpc import RRef, remote, rpc_async, rpc_sync
from typing import Dict, List, Optional, Tuple


def no_arg():
    return 0


def one_arg(value):
    return value + 1


def two_args_two_kwargs(first_arg, second_arg, first_kwarg=torch.tensor([3, 3]), second_kwarg=torch.tensor([4, 4])):
    return first_arg + second_arg + first_kwarg + second_kwarg


def assorted(tensor_arg: Tensor, str_arg: str, int_arg: int, tensor_kwarg: Tensor = torch.tensor([2, 2]), str_kwarg: str = "str_kwarg", int_kwarg: int = 2):
    return tensor_arg + tensor_kwarg, str_arg + str_kwarg, int_arg + int_kwarg


@torch.jit.script
def script_fork_wait_udf(tensor):
    fut = torch.jit._fork(one_arg, tensor)
    x = torch.jit._wait(fut)
    return x


def remote_a1(dst: str):
    fut = rpc.rpc_async(dst, no_arg)
    return fut.wait()


def remote_a2(dst: str, x: Tensor):
    fut = rpc.rpc_async(dst, one_arg, (x,))
    return fut.wait()


def remote_a3(dst: str, args: Tuple[Tensor, Tensor], kwargs: Dict[str, Tensor]):
    fut = rpc.rpc_async(dst, two_args_two_kwargs, args, kwargs)
    return fut.wait()


def remote_a4(dst: str, args: Tuple[Tensor, Tensor], kwargs: Dict[str, Tensor]):
    return rpc.rpc_sync(dst, two_args_two_kwargs, args, kwargs)


def remote_a5(dst: str, args: Tuple[Tensor, Tensor], kwargs: Dict[str, Tensor]):
    rref = rpc.remote(dst, two_args_two_kwargs, args, kwargs)
    return rref.to_here()


def remote_a6(dst: str, x: Tensor):
    return rpc.rpc_sync(dst, one_arg, (x,), timeout=0.5)


def remote_a7(dst: str, x: Tensor):
    return rpc.rpc_async(dst, one_arg, args=(x,), kwargs={}, timeout=1.0)


def remote_a8(dst: str, x: Tensor):
    return rpc_sync(dst, one_arg, (x,), {}, 0.5)


def remote_a9(dst: str, x: Tensor):
    return remote(dst, one_arg, (x,))


def remote_a10(dst: str, x: Tensor, s: str, n: int):
    fut = rpc_async(dst, assorted, (x, s, n), {"tensor_kwarg": x, "str_kwarg": s})
    ret = fut.wait()
    return ret


def remote_a11(dst: str, x: Tensor, kwargs: Dict[str, Tensor]):
    return rpc_sync(dst, two_args_two_kwargs, (x, x), kwargs)


def remote_b1(dst: str):
    return rpc_async(dst)


def remote_b2():
    return rpc_async()


def remote_b3(dst: str, x: Tensor):
    return rpc_async(dst, one_arg, (x,), {}, 1.0, 2)


def remote_b4(dst: str, x: Tensor):
    return rpc_async(dst, one_arg, (x, x, x))


def remote_b5(dst: str, x: Tensor):
    return rpc_async(dst, one_arg, [x])


def remote_b6(dst: str, x: Tensor):
    return rpc_async(dst, one_arg, (x,), {"nope": x})


def remote_b7(dst: str, x: Tensor):
    return rpc_async(dst, torch.relu, (x,))


def remote_b8(dst: int, x: Tensor):
    return rpc_async(dst, one_arg, (x,))


def remote_b9(dst: str, x: Tensor):
    return rpc_async(dst, lambda y: y, (x,))


def remote_b10(to: str, x: Tensor):
    return rpc_async(to=to, func=one_arg, args=(x,))


def remote_b11(dst: str, x: Tensor):
    return rpc_async(dst, one_arg, (x,), nope=1)


def remote_b12(dst: str, x: Tensor):
    return rpc_async(dst, one_arg, args=(x,), timeout=1)


def remote_b13(dst: str, x: Tensor):
    return rpc_async(dst, one_arg)


def remote_b14(dst: str, x: str):
    return rpc_async(dst, one_arg, (x,))


def remote_b15(dst: str, x: Tensor):
    return rpc_async(dst, script_fork_wait_udf, (x,))


def remote_c1(r: RRef[Tensor]):
    return r.to_here()


def remote_c2(r: RRef[Tensor]) -> RRef[Tensor]:
    return r


def remote_c3(r: RRef[Tensor], t: float):
    return r.to_here(t)


def remote_c4(r: RRef[Tensor]):
    return r.is_owner()


def remote_c5(r: RRef[Tensor]):
    return r.owner()


def remote_c6(r: RRef[Tensor]):
    return r.owner_name()


def remote_c7(r: RRef[Tensor]):
    return r.local_value()


def remote_c8(r: RRef[Tensor]):
    return r.confirmed_by_owner()


def remote_c9(r: List[RRef[Tensor]]):
    return [x.to_here() for x in r]


def remote_c10(r: RRef):
    return r.to_here()


def remote_c11(r: "RRef[Tuple[int, str]]", k: Optional[RRef[int]]):
    return r.to_here()[0]


def remote_c12(r: RRef[Tensor]):
    return r.foo()


def remote_c13(t: Tensor):
    return RRef(t)


def remote_c14(r: RRef[Tensor]):
    print(r)
    return str(r)


def remote_c16(r: RRef[Tensor]):
    return r.rpc_sync()


def remote_c17(r: RRef[Tensor], q: RRef[Tensor]):
    return r == q


def remote_c18(r: RRef[Tensor]):
    return isinstance(r, RRef)


def remote_c19(r: RRef[Tensor]):
    return isinstance(r, RRef[Tensor])


def remote_c20(r: torch.futures.Future[int]):
    return r.wait()


def remote_c21(r: rpc.RRef[int]):
    return r.to_here(timeout=1.0)
