import { head } from './head.ts'

const three = (make: (n: number) => string): string => [1, 2, 3].map(make).join('')
const many = (n: number): string => ['', '_single', '_pair', '_triple'][n]

/** `torch.nn.modules.pooling`. */
export const poolingModuleSource = `${head}
class _MaxPoolNd(Module):
    __constants__ = ["kernel_size", "stride", "padding", "dilation", "return_indices", "ceil_mode"]
    return_indices: bool
    ceil_mode: bool
    def __init__(self, kernel_size, stride=None, padding=0, dilation=1, return_indices=False, ceil_mode=False):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if (stride is not None) else kernel_size
        self.padding = padding
        self.dilation = dilation
        self.return_indices = return_indices
        self.ceil_mode = ceil_mode
${three(
  (n) => `
class MaxPool${n}d(_MaxPoolNd):
    kernel_size: int
    stride: int
    padding: int
    dilation: int
    def forward(self, input: Tensor):
        return F.max_pool${n}d(input, self.kernel_size, self.stride, self.padding, self.dilation, ceil_mode=self.ceil_mode, return_indices=self.return_indices)
`,
)}
class _MaxUnpoolNd(Module):
    pass
${three(
  (n) => `
class MaxUnpool${n}d(_MaxUnpoolNd):
    kernel_size: Tuple[${new Array(n).fill('int').join(', ')}]
    stride: Tuple[${new Array(n).fill('int').join(', ')}]
    padding: Tuple[${new Array(n).fill('int').join(', ')}]
    def __init__(self, kernel_size, stride=None, padding=0):
        super().__init__()
        self.kernel_size = ${many(n)}(kernel_size)
        self.stride = ${many(n)}(stride if (stride is not None) else kernel_size)
        self.padding = ${many(n)}(padding)
    def forward(self, input: Tensor, indices: Tensor, output_size: Optional[List[int]] = None) -> Tensor:
        return F.max_unpool${n}d(input, indices, self.kernel_size, self.stride, self.padding, output_size)
`,
)}
class _AvgPoolNd(Module):
    __constants__ = ["kernel_size", "stride", "padding", "ceil_mode", "count_include_pad"]

class AvgPool1d(_AvgPoolNd):
    kernel_size: int
    ceil_mode: bool
    count_include_pad: bool
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
        super().__init__()
        self.kernel_size = _single(kernel_size)
        self.stride = _single(stride if stride is not None else kernel_size)
        self.padding = _single(padding)
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
    def forward(self, input: Tensor) -> Tensor:
        return F.avg_pool1d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad)
${[2, 3]
  .map(
    (n) => `
class AvgPool${n}d(_AvgPoolNd):
    __constants__ = ["kernel_size", "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override"]
    ceil_mode: bool
    count_include_pad: bool
    def __init__(self, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
        super().__init__()
        self.kernel_size = kernel_size
        self.stride = stride if (stride is not None) else kernel_size
        self.padding = padding
        self.ceil_mode = ceil_mode
        self.count_include_pad = count_include_pad
        self.divisor_override = divisor_override
    def forward(self, input: Tensor) -> Tensor:
        return F.avg_pool${n}d(input, self.kernel_size, self.stride, self.padding, self.ceil_mode, self.count_include_pad, self.divisor_override)
`,
  )
  .join('')}
${[2, 3]
  .map(
    (n) => `
class FractionalMaxPool${n}d(Module):
    __constants__ = ["kernel_size", "return_indices", "output_size", "output_ratio"]
    return_indices: bool
    def __init__(self, kernel_size, output_size=None, output_ratio=None, return_indices=False, _random_samples=None):
        super().__init__()
        self.kernel_size = ${many(n)}(kernel_size)
        self.return_indices = return_indices
        self.register_buffer("_random_samples", _random_samples)
        self.output_size = ${many(n)}(output_size) if output_size is not None else None
        self.output_ratio = ${many(n)}(output_ratio) if output_ratio is not None else None
        if output_size is None and output_ratio is None:
            raise ValueError("FractionalMaxPool${n}d requires specifying either an output size, or a pooling ratio")
        if output_size is not None and output_ratio is not None:
            raise ValueError("only one of output_size and output_ratio may be specified")
    def forward(self, input: Tensor):
        return F.fractional_max_pool${n}d(input, self.kernel_size, self.output_size, self.output_ratio, self.return_indices, _random_samples=self._random_samples)
`,
  )
  .join('')}
class _LPPoolNd(Module):
    __constants__ = ["norm_type", "kernel_size", "stride", "ceil_mode"]
    norm_type: float
    ceil_mode: bool
    def __init__(self, norm_type, kernel_size, stride=None, ceil_mode=False):
        super().__init__()
        self.norm_type = norm_type
        self.kernel_size = kernel_size
        self.stride = stride
        self.ceil_mode = ceil_mode
${three(
  (n) => `
class LPPool${n}d(_LPPoolNd):
    kernel_size: int
    stride: int
    def forward(self, input: Tensor) -> Tensor:
        return F.lp_pool${n}d(input, float(self.norm_type), self.kernel_size, self.stride, self.ceil_mode)
`,
)}
class _AdaptiveMaxPoolNd(Module):
    __constants__ = ["output_size", "return_indices"]
    return_indices: bool
    def __init__(self, output_size, return_indices=False):
        super().__init__()
        self.output_size = output_size
        self.return_indices = return_indices

class _AdaptiveAvgPoolNd(Module):
    __constants__ = ["output_size"]
    def __init__(self, output_size):
        super().__init__()
        self.output_size = output_size
${three(
  (n) => `
class AdaptiveMaxPool${n}d(_AdaptiveMaxPoolNd):
    output_size: int
    def forward(self, input: Tensor):
        return F.adaptive_max_pool${n}d(input, self.output_size, self.return_indices)

class AdaptiveAvgPool${n}d(_AdaptiveAvgPoolNd):
    output_size: int
    def forward(self, input: Tensor) -> Tensor:
        return F.adaptive_avg_pool${n}d(input, self.output_size)
`,
)}
`
