/** `torch.nn.init`: the functions that TorchScript can call. */
export const initSource = `
import math
from typing import Optional
import torch
from torch import Tensor, _VF

def uniform_(tensor: Tensor, a: float = 0.0, b: float = 1.0, generator: Optional[torch.Generator] = None) -> Tensor:
    return _VF._no_grad_uniform_(tensor, a, b, generator)

def normal_(tensor: Tensor, mean: float = 0.0, std: float = 1.0, generator: Optional[torch.Generator] = None) -> Tensor:
    return _VF._no_grad_normal_(tensor, mean, std, generator)

def constant_(tensor: Tensor, val: float) -> Tensor:
    return _VF._no_grad_fill_(tensor, val)

def ones_(tensor: Tensor) -> Tensor:
    return _VF._no_grad_fill_(tensor, 1.0)

def zeros_(tensor: Tensor) -> Tensor:
    return _VF._no_grad_zero_(tensor)

def _calculate_fan_in_and_fan_out(tensor: Tensor) -> tuple[int, int]:
    if tensor.dim() < 2:
        raise ValueError("Fan in and fan out can not be computed for tensor with fewer than 2 dimensions")
    area = 1
    for s in tensor.shape[2:]:
        area *= s
    return tensor.size(1) * area, tensor.size(0) * area

def xavier_uniform_(tensor: Tensor, gain: float = 1.0, generator: Optional[torch.Generator] = None) -> Tensor:
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    a = math.sqrt(3.0) * gain * math.sqrt(2.0 / float(fan_in + fan_out))
    return _VF._no_grad_uniform_(tensor, -a, a, generator)

def xavier_normal_(tensor: Tensor, gain: float = 1.0, generator: Optional[torch.Generator] = None) -> Tensor:
    fan_in, fan_out = _calculate_fan_in_and_fan_out(tensor)
    std = gain * math.sqrt(2.0 / float(fan_in + fan_out))
    return _VF._no_grad_normal_(tensor, 0.0, std, generator)
`
