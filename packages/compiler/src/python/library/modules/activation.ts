import { attentionModuleSource } from './attention.ts'
import { head } from './head.ts'

/** A layer that calls `F.name(input, self.inplace)`. */
const inplace = (cls: string, call: string): string => `
class ${cls}(Module):
    __constants__ = ["inplace"]
    inplace: bool
    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace
    def forward(self, input: Tensor) -> Tensor:
        return ${call}
`
/** A layer without options. */
const plain = (cls: string, call: string): string => `
class ${cls}(Module):
    def forward(self, input: Tensor) -> Tensor:
        return ${call}
`
/** A layer with one option, a constant. */
const one = (cls: string, option: string, type: string, value: string, call: string): string => `
class ${cls}(Module):
    __constants__ = ["${option}"]
    ${option}: ${type}
    def __init__(self, ${option}=${value}):
        super().__init__()
        self.${option} = ${option}
    def forward(self, input: Tensor) -> Tensor:
        return ${call}
`
/** A layer with a slope and an in-place form. */
const slope = (cls: string, option: string, value: string, constants: string, call: string): string => `
class ${cls}(Module):
    __constants__ = ${constants}
    ${option}: float
    inplace: bool
    def __init__(self, ${option}=${value}, inplace=False):
        super().__init__()
        self.${option} = ${option}
        self.inplace = inplace
    def forward(self, input: Tensor) -> Tensor:
        return ${call}
`

/** `torch.nn.modules.activation`. */
export const activationModuleSource = [
  head,
  `from torch.nn.modules.linear import NonDynamicallyQuantizableLinear
class Threshold(Module):
    __constants__ = ["threshold", "value", "inplace"]
    threshold: float
    value: float
    inplace: bool
    def __init__(self, threshold, value, inplace=False):
        super().__init__()
        self.threshold = threshold
        self.value = value
        self.inplace = inplace
    def forward(self, input: Tensor) -> Tensor:
        return F.threshold(input, self.threshold, self.value, self.inplace)

class RReLU(Module):
    __constants__ = ["lower", "upper", "inplace"]
    lower: float
    upper: float
    inplace: bool
    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__()
        self.lower = lower
        self.upper = upper
        self.inplace = inplace
    def forward(self, input: Tensor) -> Tensor:
        return F.rrelu(input, self.lower, self.upper, self.training, self.inplace)

class Hardtanh(Module):
    __constants__ = ["min_val", "max_val", "inplace"]
    min_val: float
    max_val: float
    inplace: bool
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__()
        if min_value is not None:
            min_val = min_value
        if max_value is not None:
            max_val = max_value
        self.min_val = min_val
        self.max_val = max_val
        self.inplace = inplace
        if self.max_val <= self.min_val:
            raise AssertionError(f"max_val must be larger than min_val: {self.max_val} vs {self.min_val}")
    def forward(self, input: Tensor) -> Tensor:
        return F.hardtanh(input, self.min_val, self.max_val, self.inplace)

class ReLU6(Hardtanh):
    def __init__(self, inplace=False):
        super().__init__(0.0, 6.0, inplace)

class PReLU(Module):
    __constants__ = ["num_parameters"]
    num_parameters: int
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        self.num_parameters = num_parameters
        super().__init__()
        self.init = init
        self.weight = Parameter(torch.empty(num_parameters, device=device, dtype=dtype))
        self.reset_parameters()
    def reset_parameters(self):
        torch.nn.init.constant_(self.weight, self.init)
    def forward(self, input: Tensor) -> Tensor:
        return F.prelu(input, self.weight)

class Softplus(Module):
    __constants__ = ["beta", "threshold"]
    beta: float
    threshold: float
    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold
    def forward(self, input: Tensor) -> Tensor:
        return F.softplus(input, self.beta, self.threshold)

class Softmin(Module):
    __constants__ = ["dim"]
    dim: Optional[int]
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim
    def forward(self, input: Tensor) -> Tensor:
        return F.softmin(input, self.dim, _stacklevel=5)

class Softmax(Module):
    __constants__ = ["dim"]
    dim: Optional[int]
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim
    def forward(self, input: Tensor) -> Tensor:
        return F.softmax(input, self.dim, _stacklevel=5)

class Softmax2d(Module):
    def forward(self, input: Tensor) -> Tensor:
        if input.dim() not in (3, 4):
            raise ValueError(f"Softmax2d: expected input to be 3D or 4D, got {input.dim()}D instead")
        return F.softmax(input, -3, _stacklevel=5)

class LogSoftmax(Module):
    __constants__ = ["dim"]
    dim: Optional[int]
    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim
    def forward(self, input: Tensor) -> Tensor:
        return F.log_softmax(input, self.dim, _stacklevel=5)
`,
  inplace('ReLU', 'F.relu(input, inplace=self.inplace)'),
  inplace('SELU', 'F.selu(input, self.inplace)'),
  inplace('SiLU', 'F.silu(input, inplace=self.inplace)'),
  inplace('Mish', 'F.mish(input, inplace=self.inplace)'),
  inplace('Hardswish', 'F.hardswish(input, self.inplace)'),
  inplace('Hardsigmoid', 'F.hardsigmoid(input, self.inplace)'),
  plain('Sigmoid', 'torch.sigmoid(input)'),
  plain('Tanh', 'torch.tanh(input)'),
  plain('LogSigmoid', 'F.logsigmoid(input)'),
  plain('Softsign', 'F.softsign(input)'),
  plain('Tanhshrink', 'F.tanhshrink(input)'),
  slope('ELU', 'alpha', '1.0', '["alpha", "inplace"]', 'F.elu(input, self.alpha, self.inplace)'),
  slope('CELU', 'alpha', '1.0', '["alpha", "inplace"]', 'F.celu(input, self.alpha, self.inplace)'),
  slope('LeakyReLU', 'negative_slope', '1e-2', '["inplace", "negative_slope"]', 'F.leaky_relu(input, self.negative_slope, self.inplace)'),
  one('GLU', 'dim', 'int', '-1', 'F.glu(input, self.dim)'),
  one('GELU', 'approximate', 'str', '"none"', 'F.gelu(input, approximate=self.approximate)'),
  one('Hardshrink', 'lambd', 'float', '0.5', 'F.hardshrink(input, self.lambd)'),
  one('Softshrink', 'lambd', 'float', '0.5', 'F.softshrink(input, self.lambd)'),
  attentionModuleSource,
].join('')
