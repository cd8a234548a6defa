/** Lets kernels that know nothing of quantisation take quantised tensors, where PyTorch's own operators do. */
import {
  type Dispatcher,
  type Kernel,
  type KernelTable,
  quantizerOf,
  setQuantizer,
  Tensor,
  type TensorQuantizer,
} from '@tsjit/runtime/backend'

const keys = (...lines: string[]): ReadonlySet<string> => new Set(lines.flatMap((line) => line.split(' ').map((name) => `aten::${name}`)))

/** A scaled input gives the result scaled alike: computed on the integers less their zero point, so that halves stay halves. */
const homogeneous = keys(
  'adaptive_avg_pool2d _adaptive_avg_pool2d adaptive_avg_pool3d _adaptive_avg_pool3d avg_pool2d avg_pool3d',
  'max_pool1d max_pool2d max_pool3d max_pool1d_with_indices max_pool2d_with_indices max_pool3d_with_indices',
  'mean mean.dim upsample_nearest1d upsample_nearest1d.vec upsample_nearest2d upsample_nearest2d.vec upsample_nearest3d upsample_nearest3d.vec',
  'upsample_bilinear2d upsample_bilinear2d.vec relu leaky_relu amax amin reflection_pad1d reflection_pad2d replication_pad1d replication_pad2d',
)

/** Computed on the numbers that the integers stand for; the result is quantised like the input. */
const onNumbers = keys('relu6 hardtanh hardswish elu clamp clamp_min clamp_max threshold constant_pad_nd')

/** Results of known range, whose parameters PyTorch fixes: scale and zero point for unsigned and for signed bytes. */
const fixedRange: Readonly<Record<string, readonly [scale: number, unsigned: number, signed: number]>> = {
  'aten::sigmoid': [1 / 256, 0, -128],
  'aten::hardsigmoid': [1 / 256, 0, -128],
  'aten::tanh': [2 / 256, 128, 0],
}

/** The integers are moved as they are. */
const moving = keys(
  'clone contiguous index_select gather flip roll repeat index.Tensor masked_select take channel_shuffle native_channel_shuffle',
  'pixel_shuffle pixel_unshuffle cat stack sort topk copy_',
)

const isQuantized = (value: unknown): value is Tensor => value instanceof Tensor && /^q/.test(value.dtype)
const float32 = 6
const codes: Readonly<Record<string, number>> = { qint8: 12, quint8: 13, qint32: 14 }

function requantized(d: Dispatcher, result: Tensor, like: Tensor, scale: number, zeroPoint: number): Tensor {
  return d.call('aten::quantize_per_tensor', result, scale, zeroPoint, codes[like.dtype])
}

function numbers(key: string, kernel: Kernel): Kernel {
  return (d, first, ...rest) => {
    if (!isQuantized(first)) return kernel(d, first, ...rest)
    const result = kernel(d, d.call('aten::dequantize.self', first), ...rest) as Tensor
    const fixed = fixedRange[key]
    if (fixed) return requantized(d, result, first, fixed[0], first.dtype === 'qint8' ? fixed[2] : fixed[1])
    return requantized(d, result, first, d.call('aten::q_scale', first), d.call('aten::q_zero_point', first))
  }
}

function scaled(kernel: Kernel): Kernel {
  return (d, first, ...rest) => {
    if (!isQuantized(first)) return kernel(d, first, ...rest)
    const zeroPoint: number = d.call('aten::q_zero_point', first)
    const integers = d.call('aten::to.dtype', d.call('aten::int_repr', first), float32)
    const result = kernel(d, d.call('aten::sub.Scalar', integers, d.float(zeroPoint)), ...rest) as Tensor | [Tensor, Tensor]
    const [values, ...others] = Array.isArray(result) ? result : [result]
    // shifted back before it is rounded to even, as PyTorch does
    const whole = requantized(d, d.call('aten::add.Scalar', values, d.float(zeroPoint)), first, 1, 0)
    setQuantizer(whole, quantizerOf(first) as TensorQuantizer)
    return others.length > 0 ? [whole, ...others] : whole
  }
}

function moved(kernel: Kernel): Kernel {
  return (d, first, ...rest) => {
    const source = Array.isArray(first) ? first[0] : first
    if (!isQuantized(source)) return kernel(d, first, ...rest)
    const quantizer = quantizerOf(source) as TensorQuantizer
    // parts that are quantised otherwise are brought to the first's scale
    const parts = Array.isArray(first) ? first.map((part) => (part === source ? part : alike(d, part, source))) : first
    const result = kernel(d, parts, ...rest)
    for (const tensor of Array.isArray(result) ? result : [result]) if (isQuantized(tensor)) setQuantizer(tensor, quantizer)
    return result
  }
}

function alike(d: Dispatcher, part: Tensor, like: Tensor): Tensor {
  return requantized(d, d.call('aten::dequantize.self', part), like, d.call('aten::q_scale', like), d.call('aten::q_zero_point', like))
}

/** The table with those kernels widened that PyTorch has for quantised tensors as well. */
export function acceptQuantized(table: KernelTable): KernelTable {
  return Object.fromEntries(
    Object.entries(table).map(([schema, kernel]) => {
      const key = schema.slice(0, schema.indexOf('('))
      if (homogeneous.has(key)) return [schema, scaled(kernel)]
      if (onNumbers.has(key) || fixedRange[key]) return [schema, numbers(key, kernel)]
      return [schema, moving.has(key) ? moved(kernel) : kernel]
    }),
  )
}
