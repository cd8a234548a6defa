/**
 * Operators that PyTorch's CPU kernels refuse for bools or integers although nothing stands against computing them. A call is refused where all its
 * tensors are of a refused kind.
 */
import type { Operator } from '@tsjit/ops'
import { dtypeTitle, type Kernel, Tensor } from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'

interface Refusal {
  /** Integers too, not bools alone. */
  readonly integers?: boolean
  readonly message: (dtype: DType, name: string) => string
}

const unimplemented =
  (kernel: string) =>
  (dtype: DType): string =>
    `"${kernel}" not implemented for '${dtypeTitle(dtype)}'`

const refusals: Readonly<Record<string, Refusal>> = {
  argmax: { message: () => 'argmax(): does not support bool input' },
  argmin: { message: () => 'argmin(): does not support bool input' },
  relu: { message: () => 'Boolean inputs not supported for relu' },
  hardtanh: { message: () => 'Bool inputs not supported for hardtanh' },
  relu6: { message: () => 'Bool inputs not supported for hardtanh' },
  threshold: { message: unimplemented('threshold_cpu') },
  addcmul: { message: unimplemented('addcmul_cpu_out') },
  topk: { message: () => 'topk does not support bool dtypes on CPU' },
  positive: { message: () => 'The `+` operator, on a bool tensor is not supported.' },
  round: { message: unimplemented('round_vml_cpu') },
  floor: { message: unimplemented('floor_vml_cpu') },
  ceil: { message: unimplemented('ceil_vml_cpu') },
  trunc: { message: unimplemented('trunc_vml_cpu') },
  fmod: { message: unimplemented('fmod_cpu') },
  reflection_pad1d: { message: unimplemented('reflection_pad1d') },
  reflection_pad2d: { message: unimplemented('reflection_pad2d') },
  replication_pad1d: { message: unimplemented('replication_pad1d') },
  replication_pad2d: { message: unimplemented('replication_pad2d') },
  median: { message: unimplemented('median_cpu') },
  frac: { integers: true, message: unimplemented('frac_cpu') },
  hypot: { integers: true, message: unimplemented('hypot_cpu') },
  lerp: { integers: true, message: unimplemented('lerp_kernel_scalar') },
  scaled_dot_product_attention: { integers: true, message: (dtype) => `expected scalar type Float but found ${dtypeTitle(dtype)}` },
}

/** The kernel behind the check of its dtypes. Throws TSJ_DTYPE_UNSUPPORTED. */
export function refusing({ schema }: Operator, kernel: Kernel): Kernel {
  const name = schema.name.slice(schema.name.indexOf('::') + 2).replace(/_$/, '')
  const refusal = schema.name.startsWith('aten::') && Object.hasOwn(refusals, name) ? refusals[name] : undefined
  if (!refusal) return kernel
  return (dispatcher, ...args) => {
    let refused: DType | undefined
    for (const value of args) {
      if (!(value instanceof Tensor)) continue
      const { dtype } = value
      if (dtype !== 'bool' && !(refusal.integers && dtypeInfo(dtype).isInteger)) return kernel(dispatcher, ...args)
      refused ??= dtype
    }
    if (refused) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', refusal.message(refused, name))
    return kernel(dispatcher, ...args)
  }
}
