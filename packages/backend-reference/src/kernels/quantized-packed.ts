/** Quantised linear layers and convolutions with packed weights: computed on the numbers that the integers stand for. */

import {
  type Dispatcher,
  fromNumbers,
  type KernelTable,
  PackedParameters,
  quantizerOf,
  readNumbers,
  setQuantizer,
  type Tensor,
} from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { roundHalfEven } from './quantized.ts'

const float64 = 7

function packedOf(value: unknown, what: string): PackedParameters {
  if (value instanceof PackedParameters) return value
  throw new RuntimeError('TSJ_NOT_PACKED', `${what}: expected packed parameters`, {
    hint: 'make them with quantized::linear_prepack or quantized::conv2d_prepack',
  })
}

const numbersOf = (d: Dispatcher, t: Tensor): Tensor => d.call('aten::dequantize.self', t)

/** A tensor's integers less its zero points, as float64 numbers; exact. */
function centred(d: Dispatcher, t: Tensor): { integers: Tensor; scales: readonly number[] } {
  const quantizer = quantizerOf(t)
  if (!quantizer) throw new RuntimeError('TSJ_NOT_QUANTIZED', `expected a quantized tensor, got ${t.dtype}`)
  const integers: Tensor = d.call('aten::to.dtype', d.call('aten::int_repr', t), float64)
  if (quantizer.scheme === 'per_tensor_affine')
    return { integers: d.call('aten::sub.Scalar', integers, d.float(quantizer.zeroPoint)), scales: [quantizer.scale] }
  const { axis, zeroPoints } = quantizer
  const shape = t.shape.map((_, i) => (i === axis ? zeroPoints.length : 1))
  return {
    integers: d.call('aten::sub.Tensor', integers, fromNumbers(d, zeroPoints, shape, 'float64', t.device)),
    scales: quantizer.scales,
  }
}

/** A sum of products `sum` in units of `unit`, as an integer of the result's scale before the zero point is clamped. */
type Rounding = (sum: number, unit: number, bias: number, scale: number, zeroPoint: number) => number

/** FBGEMM's float32 steps: the bias is brought to the sum's units, one factor a channel, rounded to even, then shifted. */
const roundThenShift: Rounding = (sum, unit, bias, scale, zeroPoint) =>
  roundHalfEven(Math.fround(Math.fround(Math.fround(bias / unit) + sum) * Math.fround(unit / scale))) + zeroPoint

/** oneDNN's, which PyTorch takes for convolutions that are not transposed: to numbers first, shifted before rounding. */
const shiftThenRound: Rounding = (sum, unit, bias, scale, zeroPoint) => {
  const number = Math.fround(Math.fround(sum * unit) + bias)
  return roundHalfEven(Math.fround(Math.fround(number * Math.fround(1 / scale)) + zeroPoint))
}

/** Whole sums of products to quantised results. `axis` holds the channels. */
function rescale(
  d: Dispatcher,
  sums: Tensor,
  axis: number,
  x: Tensor,
  packed: PackedParameters,
  relu: boolean,
  scale: number,
  zeroPoint: number,
  rounding: Rounding,
): Tensor {
  const { scale: inputScale } = quantizerOf(x) as { scale: number }
  const channels = sums.shape[axis]
  const weightScales = centred(d, packed.weight).scales
  const units = Float64Array.from({ length: channels }, (_, c) =>
    Math.fround(Math.fround(inputScale) * Math.fround(weightScales[c % weightScales.length])),
  )
  const bias = packed.bias && readNumbers(packed.bias)
  const [low, high] = x.dtype === 'qint8' ? [-128, 127] : [0, 255]
  const inner = sums.shape.slice(axis + 1).reduce((n, size) => n * size, 1)
  const values = Float64Array.from(readNumbers(sums) as ArrayLike<number>, (sum, i) => {
    const c = Math.floor(i / inner) % channels
    const integer = rounding(Math.fround(sum), units[c], bias ? bias[c] : 0, Math.fround(scale), zeroPoint)
    return Math.min(Math.max(integer, relu ? Math.max(low, zeroPoint) : low), high)
  })
  return setQuantizer(fromNumbers(d, values, sums.shape, x.dtype, x.device), { scheme: 'per_tensor_affine', scale, zeroPoint })
}

function linearNumbers(d: Dispatcher, x: Tensor, packed: PackedParameters, relu: boolean): Tensor {
  const result: Tensor = d.call('aten::linear', x, numbersOf(d, packed.weight), packed.bias)
  return relu ? d.call('aten::relu', result) : result
}

function linear(relu: boolean) {
  return (d: Dispatcher, x: Tensor, packed: unknown, scale: number, zeroPoint: number): Tensor =>
    linearIntegers(d, x, packedOf(packed, 'quantized::linear'), relu, scale, zeroPoint)
}

function linearIntegers(d: Dispatcher, x: Tensor, packed: PackedParameters, relu: boolean, scale: number, zeroPoint: number): Tensor {
  const sums: Tensor = d.call('aten::linear', centred(d, x).integers, centred(d, packed.weight).integers, null)
  return rescale(d, sums, sums.ndim - 1, x, packed, relu, scale, zeroPoint, roundThenShift)
}

/** The input is quantised to its own range first, and the result stays float. */
function dynamic(relu: boolean) {
  return (d: Dispatcher, x: Tensor, packed: unknown, reduceRange: boolean): Tensor =>
    linearNumbers(
      d,
      numbersOf(d, d.call('aten::quantize_per_tensor_dynamic', x, 13, reduceRange)),
      packedOf(packed, 'quantized::linear_dynamic'),
      relu,
    )
}

function prepack(transposed: boolean, spatial: number) {
  return (_d: Dispatcher, weight: Tensor, bias: Tensor | null, stride: number[], padding: number[], ...rest: any[]): PackedParameters => {
    const [outputPadding, dilation, groups] = transposed ? rest : [new Array<number>(spatial).fill(0), ...rest]
    return new PackedParameters(weight, bias, { stride, padding, outputPadding, dilation, groups, transposed })
  }
}

function convolutionOf(packed: PackedParameters): NonNullable<PackedParameters['convolution']> {
  if (packed.convolution) return packed.convolution
  throw new RuntimeError('TSJ_NOT_PACKED', 'quantized::conv: the packed parameters are those of a linear layer')
}

function convolutionNumbers(d: Dispatcher, x: Tensor, packed: PackedParameters): Tensor {
  const c = convolutionOf(packed)
  return d.call(
    'aten::convolution',
    x,
    numbersOf(d, packed.weight),
    packed.bias,
    c.stride,
    c.padding,
    c.dilation,
    c.transposed,
    c.outputPadding,
    c.groups,
  )
}

function convolution(relu: boolean) {
  return (d: Dispatcher, x: Tensor, packed: unknown, ...rest: unknown[]): Tensor => {
    // the older overloads repeat stride, padding, dilation and groups before scale and zero point
    const [scale, zeroPoint] = rest.slice(-2) as [number, number]
    const weights = packedOf(packed, 'quantized::conv')
    const c = convolutionOf(weights)
    const integers = centred(d, weights.weight).integers
    const sums: Tensor = d.call(
      'aten::convolution',
      centred(d, x).integers,
      integers,
      null,
      c.stride,
      c.padding,
      c.dilation,
      c.transposed,
      c.outputPadding,
      c.groups,
    )
    return rescale(
      d,
      sums,
      sums.ndim - c.stride.length - 1,
      x,
      weights,
      relu,
      scale,
      zeroPoint,
      c.transposed ? roundThenShift : shiftThenRound,
    )
  }
}

const unpack = (_d: Dispatcher, packed: unknown): [Tensor, Tensor | null] => {
  const { weight, bias } = packedOf(packed, 'unpack')
  return [weight, bias]
}

type Convolution = NonNullable<PackedParameters['convolution']>

/** What the methods of packed convolutions ask: `quantized::conv2d_stride` and the like. */
const settings: readonly (readonly [name: string, result: string, read: (convolution: Convolution) => unknown])[] = [
  ['stride', 'int[]', ({ stride }) => [...stride]],
  ['padding', 'int[]', ({ padding }) => [...padding]],
  ['output_padding', 'int[]', ({ outputPadding }) => [...outputPadding]],
  ['dilation', 'int[]', ({ dilation }) => [...dilation]],
  ['groups', 'int', ({ groups }) => groups],
  ['transpose', 'int', ({ transposed }) => Number(transposed)],
]
const settingKernels: KernelTable = Object.fromEntries(
  ['conv2d', 'conv3d', 'conv_transpose2d', 'conv_transpose3d'].flatMap((kind) =>
    settings.map(([name, result, read]) => [
      `quantized::${kind}_${name}(__torch__.torch.classes.quantized.Conv${kind.at(-2)}dPackedParamsBase packed_weights) -> ${result}`,
      (_d: Dispatcher, packed: unknown) => read(convolutionOf(packedOf(packed, `quantized::${kind}_${name}`))),
    ]),
  ),
)

export const quantizedPackedKernels: KernelTable = {
  ...settingKernels,
  'quantized::linear_prepack(Tensor W, Tensor? B=None) -> __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack': (
    _d,
    weight,
    bias,
  ) => new PackedParameters(weight, bias),
  'quantized::linear_prepack_fp16(Tensor W, Tensor? B=None) -> __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack': (
    d,
    weight,
    bias,
  ) => new PackedParameters(d.call('aten::to.dtype', weight, 5), bias),
  'quantized::linear_unpack(__torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> (Tensor W_origin, Tensor? B_origin)':
    unpack,
  'quantized::linear_unpack_fp16(__torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> (Tensor W_origin, Tensor? B_origin)':
    (d, packed) => {
      const [weight, bias] = unpack(d, packed)
      return [numbersOf(d, weight), bias]
    },
  'quantized::linear(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, int Y_zero_point_i) -> Tensor Y':
    linear(false),
  'quantized::linear_relu(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, int Y_zero_point_i) -> Tensor Y':
    linear(true),
  'quantized::linear_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool reduce_range=False) -> Tensor Y':
    dynamic(false),
  'quantized::linear_relu_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool reduce_range=False) -> Tensor Y':
    dynamic(true),
  'quantized::linear_dynamic_fp16(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> Tensor Y': (
    d,
    x,
    packed,
  ) => linearNumbers(d, x, packedOf(packed, 'quantized::linear_dynamic_fp16'), false),
  'quantized::conv1d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase':
    prepack(false, 1),
  'quantized::conv2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase':
    prepack(false, 2),
  'quantized::conv3d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv3dPackedParamsBase':
    prepack(false, 3),
  'quantized::conv_transpose1d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] output_padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase':
    prepack(true, 1),
  'quantized::conv_transpose2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] output_padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase':
    prepack(true, 2),
  'quantized::conv1d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)':
    unpack,
  'quantized::conv2d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)':
    unpack,
  'quantized::conv3d_unpack(__torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)':
    unpack,
  'quantized::conv_transpose1d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)':
    unpack,
  'quantized::conv_transpose2d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)':
    unpack,
  'quantized::conv1d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(false),
  'quantized::conv1d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(true),
  'quantized::conv2d.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(false),
  'quantized::conv2d_relu.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(true),
  'quantized::conv2d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase weight, int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int output_zero_point) -> Tensor':
    convolution(false),
  'quantized::conv2d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase weight, int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int output_zero_point) -> Tensor':
    convolution(true),
  'quantized::conv3d.new(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(false),
  'quantized::conv3d_relu.new(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(true),
  'quantized::conv_transpose1d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(false),
  'quantized::conv_transpose2d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor':
    convolution(false),
  'quantized::conv2d_dynamic(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, bool reduce_range=False) -> Tensor':
    (d, x, packed, reduceRange) =>
      convolutionNumbers(
        d,
        numbersOf(d, d.call('aten::quantize_per_tensor_dynamic', x, 13, reduceRange)),
        packedOf(packed, 'quantized::conv2d_dynamic'),
      ),
}
