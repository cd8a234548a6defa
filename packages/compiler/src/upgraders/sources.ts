const scalar = 'Union[int, float, complex]'
const factory = 'dtype: Optional[int], layout: Optional[int], device: Optional[Device], pin_memory: Optional[bool]'
const passFactory = 'dtype=dtype, layout=layout, device=device, pin_memory=pin_memory'
const spaced = (name: string, extra: string, more: string, declared: string, passed: string): string => `
def ${name}(start: ${scalar}, end: ${scalar}, steps: Optional[int], ${extra}*, ${declared}) -> Tensor:
  if (steps is None):
    return torch.${name.split('_')[0]}(start=start, end=end, steps=100, ${more}${passed})
  return torch.${name.split('_')[0]}(start=start, end=end, steps=steps, ${more}${passed})
`
const trueOrTruncated = (name: string, suffix: string, other: string, isFloat: string): string => `
def ${name}(self: Tensor, other: ${other}) -> Tensor:
  if (self.is_floating_point() or ${isFloat}):
    return self.true_divide${suffix}(other)
  return self.divide${suffix}(other, rounding_mode='trunc')
`
const withMode = (name: string, suffix: string, other: string): string => `
def ${name}(self: Tensor, other: ${other}, *, rounding_mode: Optional[str]=None) -> Tensor:
  return self.divide${suffix}(other, rounding_mode=rounding_mode)
`
const anyTensorFloat = 'other.is_floating_point()'
const isFloat = 'isinstance(other, float)'

/** What old operators mean in today's (`operator_upgraders/upgraders_entry.cpp`), by upgrader name. */
export const upgraderSources: Readonly<Record<string, string>> = {
  logspace_0_8: spaced('logspace_0_8', 'base: float, ', 'base=base, ', factory, passFactory),
  logspace_out_0_8: spaced('logspace_out_0_8', 'base: float, ', 'base=base, ', 'out: Tensor', 'out=out'),
  linspace_0_7: spaced('linspace_0_7', '', '', factory, passFactory),
  linspace_out_0_7: spaced('linspace_out_0_7', '', '', 'out: Tensor', 'out=out'),
  div_Tensor_0_3: trueOrTruncated('div_Tensor_0_3', '', 'Tensor', anyTensorFloat),
  div_Scalar_0_3: trueOrTruncated('div_Scalar_0_3', '', 'number', isFloat),
  div__Tensor_0_3: trueOrTruncated('div__Tensor_0_3', '_', 'Tensor', anyTensorFloat),
  div__Scalar_0_3: trueOrTruncated('div__Scalar_0_3', '_', 'number', isFloat),
  div_Tensor_mode_0_3: withMode('div_Tensor_mode_0_3', '', 'Tensor'),
  div_Scalar_mode_0_3: withMode('div_Scalar_mode_0_3', '', 'number'),
  div__Tensor_mode_0_3: withMode('div__Tensor_mode_0_3', '_', 'Tensor'),
  div__Scalar_mode_0_3: withMode('div__Scalar_mode_0_3', '_', 'number'),
  div_out_0_3: `
def div_out_0_3(self: Tensor, other: Tensor, *, out: Tensor) -> Tensor:
  if (self.is_floating_point() or other.is_floating_point() or out.is_floating_point()):
    return self.true_divide(other, out=out)
  return self.divide(other, rounding_mode='trunc', out=out)
`,
  div_out_mode_0_3: `
def div_out_mode_0_3(self: Tensor, other: Tensor, *, rounding_mode: Optional[str]=None, out: Tensor) -> Tensor:
  return self.divide(other, rounding_mode=rounding_mode, out=out)
`,
  full_names_0_4: `
def full_names_0_4(size: List[int], fill_value: number, *, names: Optional[List[str]]=None, dtype: Optional[int]=None, layout: Optional[int]=None, device: Optional[Device]=None, pin_memory: Optional[bool]=None) -> Tensor:
  return torch.full(size, fill_value, names=names, ${passFactory})
`,
  full_0_4: `
def full_0_4(size: List[int], fill_value: number, *, dtype: Optional[int]=None, layout: Optional[int]=None, device: Optional[Device]=None, pin_memory: Optional[bool]=None) -> Tensor:
  if dtype is None:
    fill_value = float(fill_value)
  return torch.full(size, fill_value, ${passFactory})
`,
  full_out_0_4: `
def full_out_0_4(size: List[int], fill_value: number, *, out: Tensor) -> Tensor:
  return torch.full(size, fill_value, out=out)
`,
  gelu_0_9: `
def gelu_0_9(self: Tensor) -> Tensor:
  return torch.gelu(self, approximate='none')
`,
  gelu_out_0_9: `
def gelu_out_0_9(self: Tensor, *, out: Tensor) -> Tensor:
  return torch.gelu(self, approximate='none', out=out)
`,
}
