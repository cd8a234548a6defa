/** Pooling: each of the maxima has a form with indices and one without, which `boolean_dispatch` chooses between. */
const maxPools = [1, 2, 3]
  .map((n) => {
    const list = `BroadcastingList${n}[int]`
    const parameters = `input: Tensor, kernel_size: ${list}, stride: Optional[${list}] = None, padding: ${list} = 0, dilation: ${list} = 1, ceil_mode: bool = False, return_indices: bool = False`
    return `
def max_pool${n}d_with_indices(${parameters}) -> Tuple[Tensor, Tensor]:
    if stride is None:
        stride = torch.jit.annotate(List[int], [])
    return ${n === 1 ? 'torch.max_pool1d_with_indices' : `torch._C._nn.max_pool${n}d_with_indices`}(input, kernel_size, stride, padding, dilation, ceil_mode)

def _max_pool${n}d(${parameters}) -> Tensor:
    if stride is None:
        stride = torch.jit.annotate(List[int], [])
    return torch.max_pool${n}d(input, kernel_size, stride, padding, dilation, ceil_mode)
`
  })
  .join('')

const adaptiveMaxPools = [1, 2, 3]
  .map((n) => {
    const parameters = `input: Tensor, output_size: BroadcastingList${n}[int], return_indices: bool = False`
    const resized = n === 1 ? '' : '\n    output_size = _list_with_default(output_size, input.size())'
    const operator = n === 1 ? 'torch.adaptive_max_pool1d' : `torch._C._nn.adaptive_max_pool${n}d`
    return `
def adaptive_max_pool${n}d_with_indices(${parameters}) -> Tuple[Tensor, Tensor]:${resized}
    return ${operator}(input, output_size)

def _adaptive_max_pool${n}d(${parameters}) -> Tensor:
    return adaptive_max_pool${n}d_with_indices(input, output_size)[0]
`
  })
  .join('')

const fractionalMaxPools = [2, 3]
  .map((n) => {
    const ints = `BroadcastingList${n}[int]`
    const parameters = `input: Tensor, kernel_size: ${ints}, output_size: Optional[${ints}] = None, output_ratio: Optional[BroadcastingList${n}[float]] = None, return_indices: bool = False, _random_samples: Optional[Tensor] = None`
    const pair = n === 2 ? '_pair' : '_triple'
    const sizes = Array.from({ length: n }, (_, i) => `int(input.size(-${n - i}) * _output_ratio[${i}])`).join(', ')
    return `
def fractional_max_pool${n}d_with_indices(${parameters}) -> Tuple[Tensor, Tensor]:
    if output_size is None and output_ratio is None:
        raise ValueError("fractional_max_pool${n}d requires specifying either an output_size or an output_ratio")
    if output_size is None:
        if output_ratio is None:
            raise AssertionError("output_ratio is None")
        _output_ratio = ${pair}(output_ratio)
        output_size = [${sizes}]
    if _random_samples is None:
        n_batch = 1 if input.dim() == ${n + 1} else input.size(0)
        _random_samples = torch.rand(n_batch, input.size(-${n + 1}), ${n}, dtype=input.dtype, device=input.device)
    return torch._C._nn.fractional_max_pool${n}d(input, kernel_size, output_size, _random_samples)

def _fractional_max_pool${n}d(${parameters}) -> Tensor:
    return fractional_max_pool${n}d_with_indices(input, kernel_size, output_size, output_ratio, return_indices, _random_samples)[0]
`
  })
  .join('')

const maxUnpools = [1, 2, 3]
  .map((n) => {
    const list = `BroadcastingList${n}[int]`
    const each = ['_single', '_pair', '_triple'][n - 1]
    const body =
      n === 1
        ? `    if isinstance(output_size, list):
        output_size = output_size + [1]
    else:
        output_size = output_size + (1,)
    return torch._C._nn.max_unpool2d(input.unsqueeze(-1), indices.unsqueeze(-1), output_size).squeeze(-1)`
        : n === 2
          ? '    return torch._C._nn.max_unpool2d(input, indices, output_size)'
          : '    return torch._C._nn.max_unpool3d(input, indices, output_size, _stride, padding)'
    return `
def max_unpool${n}d(input: Tensor, indices: Tensor, kernel_size: ${list}, stride: Optional[${list}] = None, padding: ${list} = 0, output_size: Optional[${list}] = None) -> Tensor:
    kernel_size = ${each}(kernel_size)
    if stride is not None:
        _stride = ${each}(stride)
    else:
        _stride = kernel_size
    padding = ${each}(padding)
    output_size = _unpool_output_size(input, kernel_size, _stride, padding, output_size)
${body}
`
  })
  .join('')

const lpPools = [1, 2, 3]
  .map((n) => {
    const kernel = n === 1 ? 'int' : `BroadcastingList${n}[int]`
    const names = ['kd', 'kw', 'kh'].slice(-n).join(', ')
    const setup = n === 1 ? '' : `    ${n === 2 ? 'kw, kh' : names} = torch.nn.functional.${n === 2 ? '_pair' : '_triple'}(kernel_size)\n`
    const scale = n === 1 ? 'kernel_size' : n === 2 ? '(kw * kh)' : '(kd * kw * kh)'
    return `
def lp_pool${n}d(input: Tensor, norm_type: Union[int, float], kernel_size: ${kernel}, stride: Optional[BroadcastingList${n}[int]] = None, ceil_mode: bool = False) -> Tensor:
${setup}    if stride is not None:
        out = torch._C._nn.avg_pool${n}d(input.pow(norm_type), kernel_size, stride, 0, ceil_mode)
    else:
        out = torch._C._nn.avg_pool${n}d(input.pow(norm_type), kernel_size, padding=0, ceil_mode=ceil_mode)
    return (torch.sign(out) * relu(torch.abs(out))).mul(${scale}).pow(1.0 / norm_type)
`.replaceAll('torch._C._nn.avg_pool1d', 'torch.avg_pool1d')
  })
  .join('')

const adaptiveAverages = [2, 3]
  .map(
    (n) => `
def adaptive_avg_pool${n}d(input: Tensor, output_size: BroadcastingList${n}[int]) -> Tensor:
    _output_size = _list_with_default(output_size, input.size())
    return torch._C._nn.adaptive_avg_pool${n}d(input, _output_size)
`,
  )
  .join('')

export const poolingSource = `
def _unpool_output_size(input: Tensor, kernel_size: List[int], stride: List[int], padding: List[int], output_size: Optional[List[int]]) -> List[int]:
    input_size = input.size()
    default_size = torch.jit.annotate(List[int], [])
    for d in range(len(kernel_size)):
        default_size.append((input_size[-len(kernel_size) + d] - 1) * stride[d] + kernel_size[d] - 2 * padding[d])
    if output_size is None:
        ret = default_size
    else:
        if len(output_size) == len(kernel_size) + 2:
            output_size = output_size[2:]
        if len(output_size) != len(kernel_size):
            raise ValueError(f"output_size should be a sequence containing {len(kernel_size)} or {len(kernel_size) + 2} elements, but it has a length of '{len(output_size)}'")
        for d in range(len(kernel_size)):
            min_size = default_size[d] - stride[d]
            max_size = default_size[d] + stride[d]
            if not (min_size < output_size[d] < max_size):
                raise ValueError(f'invalid output_size "{output_size}" (dim {d} must be between {min_size} and {max_size})')
        ret = output_size
    return ret
${maxPools}${adaptiveMaxPools}${fractionalMaxPools}${maxUnpools}${lpPools}${adaptiveAverages}`
