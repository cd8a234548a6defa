/** One change of an operator's meaning: archives older than `since` mean `schema`, which `upgrader` expresses in today's operators. */
export interface VersionEntry {
  readonly since: number
  readonly upgrader: string
  readonly schema: string
}

const factory = 'ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None'

/** PyTorch's `operator_upgraders/version_map.cpp`, by operator key. */
export const versionMap: Readonly<Record<string, readonly VersionEntry[]>> = {
  'aten::logspace': [
    {
      since: 9,
      upgrader: 'logspace_0_8',
      schema: `aten::logspace(Scalar start, Scalar end, int? steps=None, float base=10.0, *, ${factory}) -> Tensor`,
    },
  ],
  'aten::logspace.out': [
    {
      since: 9,
      upgrader: 'logspace_out_0_8',
      schema: 'aten::logspace.out(Scalar start, Scalar end, int? steps=None, float base=10.0, *, Tensor(a!) out) -> Tensor(a!)',
    },
  ],
  'aten::linspace': [
    { since: 8, upgrader: 'linspace_0_7', schema: `aten::linspace(Scalar start, Scalar end, int? steps=None, *, ${factory}) -> Tensor` },
  ],
  'aten::linspace.out': [
    {
      since: 8,
      upgrader: 'linspace_out_0_7',
      schema: 'aten::linspace.out(Scalar start, Scalar end, int? steps=None, *, Tensor(a!) out) -> Tensor(a!)',
    },
  ],
  'aten::div.Tensor': [{ since: 4, upgrader: 'div_Tensor_0_3', schema: 'aten::div.Tensor(Tensor self, Tensor other) -> Tensor' }],
  'aten::div.Tensor_mode': [
    {
      since: 4,
      upgrader: 'div_Tensor_mode_0_3',
      schema: 'aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor',
    },
  ],
  'aten::div.Scalar': [{ since: 4, upgrader: 'div_Scalar_0_3', schema: 'aten::div.Scalar(Tensor self, Scalar other) -> Tensor' }],
  'aten::div.Scalar_mode': [
    {
      since: 4,
      upgrader: 'div_Scalar_mode_0_3',
      schema: 'aten::div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor',
    },
  ],
  'aten::div.out': [
    { since: 4, upgrader: 'div_out_0_3', schema: 'aten::div.out(Tensor self, Tensor other, *, Tensor(a!) out) -> Tensor(a!)' },
  ],
  'aten::div.out_mode': [
    {
      since: 4,
      upgrader: 'div_out_mode_0_3',
      schema: 'aten::div.out_mode(Tensor self, Tensor other, *, str? rounding_mode, Tensor(a!) out) -> Tensor(a!)',
    },
  ],
  'aten::div_.Tensor': [
    { since: 4, upgrader: 'div__Tensor_0_3', schema: 'aten::div_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)' },
  ],
  'aten::div_.Tensor_mode': [
    {
      since: 4,
      upgrader: 'div__Tensor_mode_0_3',
      schema: 'aten::div_.Tensor_mode(Tensor(a!) self, Tensor other, *, str? rounding_mode) -> Tensor(a!)',
    },
  ],
  'aten::div_.Scalar': [
    { since: 4, upgrader: 'div__Scalar_0_3', schema: 'aten::div_.Scalar(Tensor(a!) self, Scalar other) -> Tensor(a!)' },
  ],
  'aten::div_.Scalar_mode': [
    {
      since: 4,
      upgrader: 'div__Scalar_mode_0_3',
      schema: 'aten::div_.Scalar_mode(Tensor(a!) self, Scalar other, *, str? rounding_mode) -> Tensor(a!)',
    },
  ],
  'aten::full': [{ since: 5, upgrader: 'full_0_4', schema: `aten::full(int[] size, Scalar fill_value, *, ${factory}) -> Tensor` }],
  'aten::full.names': [
    {
      since: 5,
      upgrader: 'full_names_0_4',
      schema: `aten::full.names(int[] size, Scalar fill_value, *, Dimname[]? names, ${factory}) -> Tensor`,
    },
  ],
  'aten::full.out': [
    { since: 5, upgrader: 'full_out_0_4', schema: 'aten::full.out(int[] size, Scalar fill_value, *, Tensor(a!) out) -> Tensor(a!)' },
  ],
  'aten::gelu': [{ since: 10, upgrader: 'gelu_0_9', schema: 'aten::gelu(Tensor self) -> Tensor' }],
  'aten::gelu.out': [{ since: 10, upgrader: 'gelu_out_0_9', schema: 'aten::gelu.out(Tensor self, *, Tensor(a!) out) -> Tensor' }],
}
