/** `torch.sparse`: its Python functions. The dimensions are annotated as PyTorch has them. */
export const sparseSource = `
from typing import Optional, Tuple
import torch
from torch import Tensor

def sum(input: Tensor, dim: Optional[Tuple[int]] = None, dtype: Optional[int] = None) -> Tensor:
    if dtype is None:
        if dim is not None:
            return torch._sparse_sum(input, dim)
        else:
            return torch._sparse_sum(input)
    else:
        if dim is not None:
            return torch._sparse_sum(input, dim, dtype=dtype)
        else:
            return torch._sparse_sum(input, dtype=dtype)
`
