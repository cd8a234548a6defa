/** Aliases of annotations. */
export const typesSource = `
from builtins import bool as _bool, bytes as _bytes, complex as _complex, float as _float, int as _int, str as _str
from collections.abc import Sequence
import os
from typing import IO, Union
from torch import SymInt, Size, Tensor, device as _device, dtype as _dtype, layout as _layout, qscheme as _qscheme

_TensorOrTensors = Tensor | Sequence[Tensor]
_TensorOrOptionalTensors = Tensor | Sequence[Tensor | None]
_size = Size | list[int] | tuple[int, ...]
_symsize = Size | Sequence[int | SymInt]
IntLikeType = int | SymInt
Number = int | float | bool
FileLike = str | os.PathLike[str] | IO[bytes]
Device = _device | str | int | None
`
