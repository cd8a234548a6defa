/** Activations, softmax and dropout. The in-place forms write into their input. */
const inPlaceActivations = (
  [
    ['relu', '', ''],
    ['selu', '', ''],
    ['relu6', '', ''],
    ['hardswish', '', ''],
    ['silu', '', ''],
    ['mish', '', ''],
    ['hardsigmoid', '', ''],
    ['elu', 'alpha: float = 1.0', 'alpha'],
    ['celu', 'alpha: float = 1.0', 'alpha'],
    ['leaky_relu', 'negative_slope: float = 0.01', 'negative_slope'],
  ] as const
)
  .map(([name, parameter, argument]) => {
    const namespace = ['relu', 'selu', 'celu'].includes(name) ? 'torch' : 'torch._C._nn'
    const rest = argument && `, ${argument}`
    return `
def ${name}(input: Tensor, ${parameter && `${parameter}, `}inplace: bool = False) -> Tensor:
    if inplace:
        result = ${namespace}.${name}_(input${rest})
    else:
        result = ${namespace}.${name}(input${rest})
    return result
`.replace(/torch\._C\._nn\.(hardsigmoid|hardswish|silu|mish|elu|leaky_relu|relu6)(_?)\(input/g, 'torch._C._nn.$1$2(input')
  })
  .join('')

const dropouts = [1, 2, 3]
  .map(
    (dim) => `
def dropout${dim}d(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if inplace:
        result = _VF.feature_dropout_(input, p, training)
    else:
        result = _VF.feature_dropout(input, p, training)
    return result
`,
  )
  .join('')

export const activationSource = `
${inPlaceActivations}
def hardtanh(input: Tensor, min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor:
    if min_val > max_val:
        raise ValueError("min_val cannot be greater than max_val")
    if inplace:
        result = torch._C._nn.hardtanh_(input, min_val, max_val)
    else:
        result = torch._C._nn.hardtanh(input, min_val, max_val)
    return result

def _threshold(input: Tensor, threshold: float, value: float, inplace: bool = False) -> Tensor:
    if inplace:
        result = _VF.threshold_(input, threshold, value)
    else:
        result = _VF.threshold(input, threshold, value)
    return result

def rrelu(input: Tensor, lower: float = 1.0 / 8, upper: float = 1.0 / 3, training: bool = False, inplace: bool = False) -> Tensor:
    if inplace:
        result = torch.rrelu_(input, lower, upper, training)
    else:
        result = torch.rrelu(input, lower, upper, training)
    return result

def glu(input: Tensor, dim: int = -1) -> Tensor:
    if input.dim() == 0:
        raise RuntimeError("glu does not support scalars because halving size must be even")
    return torch._C._nn.glu(input, dim)

def tanhshrink(input):
    return input - input.tanh()

def softsign(input):
    return input / (input.abs() + 1)

def tanh(input):
    return input.tanh()

def sigmoid(input):
    return input.sigmoid()

def _get_softmax_dim(name: str, ndim: int, stacklevel: int) -> int:
    warnings.warn(
        f"Implicit dimension choice for {name} has been deprecated. Change the call to include dim=X as an argument.",
        stacklevel=stacklevel,
    )
    if ndim == 0 or ndim == 1 or ndim == 3:
        ret = 0
    else:
        ret = 1
    return ret

def softmax(input: Tensor, dim: Optional[int] = None, _stacklevel: int = 3, dtype: Optional[int] = None) -> Tensor:
    if dim is None:
        dim = _get_softmax_dim("softmax", input.dim(), _stacklevel)
    if dtype is None:
        ret = input.softmax(dim)
    else:
        ret = input.softmax(dim, dtype=dtype)
    return ret

def softmin(input: Tensor, dim: Optional[int] = None, _stacklevel: int = 3, dtype: Optional[int] = None) -> Tensor:
    if dim is None:
        dim = _get_softmax_dim("softmin", input.dim(), _stacklevel)
    if dtype is None:
        ret = (-input).softmax(dim)
    else:
        ret = (-input).softmax(dim, dtype=dtype)
    return ret

def log_softmax(input: Tensor, dim: Optional[int] = None, _stacklevel: int = 3, dtype: Optional[int] = None) -> Tensor:
    if dim is None:
        dim = _get_softmax_dim("log_softmax", input.dim(), _stacklevel)
    if dtype is None:
        ret = input.log_softmax(dim)
    else:
        ret = input.log_softmax(dim, dtype=dtype)
    return ret

def gumbel_softmax(logits: Tensor, tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: int = -1) -> Tensor:
    if eps != 1e-10:
        warnings.warn("\`eps\` parameter is deprecated and has no effect.")
    gumbels = -torch.empty_like(logits, memory_format=torch.legacy_contiguous_format).exponential_().log()
    gumbels = (logits + gumbels) / tau
    y_soft = gumbels.softmax(dim)
    if hard:
        index = y_soft.max(dim, keepdim=True)[1]
        y_hard = torch.zeros_like(logits, memory_format=torch.legacy_contiguous_format).scatter_(dim, index, 1.0)
        ret = y_hard - y_soft.detach() + y_soft
    else:
        ret = y_soft
    return ret

def dropout(input: Tensor, p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor:
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if inplace:
        result = _VF.dropout_(input, p, training)
    else:
        result = _VF.dropout(input, p, training)
    return result

def alpha_dropout(input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor:
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if inplace:
        result = _VF.alpha_dropout_(input, p, training)
    else:
        result = _VF.alpha_dropout(input, p, training)
    return result

def feature_alpha_dropout(input: Tensor, p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor:
    if p < 0.0 or p > 1.0:
        raise ValueError(f"dropout probability has to be between 0 and 1, but got {p}")
    if inplace:
        result = _VF.feature_alpha_dropout_(input, p, training)
    else:
        result = _VF.feature_alpha_dropout(input, p, training)
    return result
${dropouts}`
