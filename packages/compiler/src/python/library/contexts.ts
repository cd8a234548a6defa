/** Contexts that script enters as objects. None changes what operators compute here; an autocast that would says so. */
export const autocastSource = `
from typing import Any, Optional
import warnings
import torch

class autocast:
    def __init__(self, device_type: str, dtype: Optional[int] = None, enabled: bool = True, cache_enabled: Optional[bool] = None) -> None:
        self._enabled = enabled
        self.device = device_type
        self.fast_dtype = dtype
    def __enter__(self):
        if self._enabled:
            warnings.warn("autocast changes no dtypes here: operators run in the dtypes of their arguments")
        return self
    def __exit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        pass
`

/** \`torch.cpu.amp.autocast\` and its like: the device is in the name. */
export const deviceAutocastSource = (device: string, dtype: string): string => `
from typing import Any
import warnings
import torch

class autocast:
    def __init__(self, enabled: bool = True, dtype: int = ${dtype}, cache_enabled: bool = True) -> None:
        self._enabled = enabled
        self.device = "${device}"
        self.fast_dtype = dtype
    def __enter__(self):
        if self._enabled:
            warnings.warn("autocast changes no dtypes here: operators run in the dtypes of their arguments")
        return self
    def __exit__(self, exc_type: Any, exc_val: Any, exc_tb: Any) -> None:
        pass
`

export const profilerSource = `
from typing import Any, Optional

class record_function:
    def __init__(self, name: str, args: Optional[str] = None) -> None:
        self.name: str = name
        self.args: Optional[str] = args
    def __enter__(self):
        return self
    def __exit__(self, exc_type: Any, exc_value: Any, traceback: Any) -> None:
        pass
`

export const fusionSource = `
from typing import Any

class strict_fusion:
    def __init__(self) -> None:
        pass
    def __enter__(self) -> None:
        pass
    def __exit__(self, type: Any, value: Any, tb: Any) -> None:
        pass
`
