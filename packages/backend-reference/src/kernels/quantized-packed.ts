/** Quantised linear layers and convolutions with packed weights: computed on the numbers that the integers stand for. */
import { RuntimeError } from '@tsjit/types'
import { type Dispatcher, type KernelTable, PackedParameters, type Tensor } from '@tsjit/runtime/backend'

function packedOf(value: unknown, what: string): PackedParameters {
  if (value instanceof PackedParameters) return value
  throw new RuntimeError('TSJ_NOT_PACKED', `${what}: expected packed parameters`, { hint: 'make them with quantized::linear_prepack or quantized::conv2d_prepack' })
}

const numbersOf = (d: Dispatcher, t: Tensor): Tensor => d.call('aten::dequantize.self', t)

function requantize(d: Dispatcher, result: Tensor, relu: boolean, scale: number, zeroPoint: number, like: Tensor): Tensor {
  const code = like.dtype === 'qint8' ? 12 : 13
  return d.call('aten::quantize_per_tensor', relu ? d.call('aten::relu', result) : result, scale, zeroPoint, code)
}

function linearNumbers(d: Dispatcher, x: Tensor, packed: PackedParameters, relu: boolean): Tensor {
  const result: Tensor = d.call('aten::linear', x, numbersOf(d, packed.weight), packed.bias)
  return relu ? d.call('aten::relu', result) : result
}

function linear(relu: boolean) {
  return (d: Dispatcher, x: Tensor, packed: unknown, scale: number, zeroPoint: number): Tensor =>
    requantize(d, linearNumbers(d, numbersOf(d, x), packedOf(packed, 'quantized::linear'), relu), false, scale, zeroPoint, x)
}

/** The input is quantised to its own range first, and the result stays float. */
function dynamic(relu: boolean) {
  return (d: Dispatcher, x: Tensor, packed: unknown, reduceRange: boolean): Tensor =>
    linearNumbers(d, numbersOf(d, d.call('aten::quantize_per_tensor_dynamic', x, 13, reduceRange)), packedOf(packed, 'quantized::linear_dynamic'), relu)
}

function prepack(transposed: boolean, spatial: number) {
  return (_d: Dispatcher, weight: Tensor, bias: Tensor | null, stride: number[], padding: number[], ...rest: any[]): PackedParameters => {
    const [outputPadding, dilation, groups] = transposed ? rest : [new Array<number>(spatial).fill(0), ...rest]
    return new PackedParameters(weight, bias, { stride, padding, outputPadding, dilation, groups, transposed })
  }
}

function convolutionNumbers(d: Dispatcher, x: Tensor, packed: PackedParameters): Tensor {
  const c = packed.convolution
  if (!c) throw new RuntimeError('TSJ_NOT_PACKED', 'quantized::conv: the packed parameters are those of a linear layer')
  return d.call('aten::convolution', x, numbersOf(d, packed.weight), packed.bias, c.stride, c.padding, c.dilation, c.transposed, c.outputPadding, c.groups)
}

function convolution(relu: boolean) {
  return (d: Dispatcher, x: Tensor, packed: unknown, ...rest: unknown[]): Tensor => {
    // the older overloads repeat stride, padding, dilation and groups before scale and zero point
    const [scale, zeroPoint] = rest.slice(-2) as [number, number]
    return requantize(d, convolutionNumbers(d, numbersOf(d, x), packedOf(packed, 'quantized::conv')), relu, scale, zeroPoint, x)
  }
}

const unpack = (_d: Dispatcher, packed: unknown): [Tensor, Tensor | null] => {
  const { weight, bias } = packedOf(packed, 'unpack')
  return [weight, bias]
}

export const quantizedPackedKernels: KernelTable = {
  'quantized::linear_prepack(Tensor W, Tensor? B=None) -> __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack': (_d, weight, bias) => new PackedParameters(weight, bias),
  'quantized::linear_prepack_fp16(Tensor W, Tensor? B=None) -> __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack': (d, weight, bias) => new PackedParameters(d.call('aten::to.dtype', weight, 5), bias),
  'quantized::linear_unpack(__torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> (Tensor W_origin, Tensor? B_origin)': unpack,
  'quantized::linear_unpack_fp16(__torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> (Tensor W_origin, Tensor? B_origin)': (d, packed) => {
    const [weight, bias] = unpack(d, packed)
    return [numbersOf(d, weight), bias]
  },
  'quantized::linear(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, int Y_zero_point_i) -> Tensor Y': linear(false),
  'quantized::linear_relu(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, float Y_scale_i, int Y_zero_point_i) -> Tensor Y': linear(true),
  'quantized::linear_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool reduce_range=False) -> Tensor Y': dynamic(false),
  'quantized::linear_relu_dynamic(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack, bool reduce_range=False) -> Tensor Y': dynamic(true),
  'quantized::linear_dynamic_fp16(Tensor X, __torch__.torch.classes.quantized.LinearPackedParamsBase W_prepack) -> Tensor Y': (d, x, packed) => linearNumbers(d, x, packedOf(packed, 'quantized::linear_dynamic_fp16'), false),
  'quantized::conv1d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase': prepack(false, 1),
  'quantized::conv2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase': prepack(false, 2),
  'quantized::conv3d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv3dPackedParamsBase': prepack(false, 3),
  'quantized::conv_transpose1d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] output_padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase': prepack(true, 1),
  'quantized::conv_transpose2d_prepack(Tensor weight, Tensor? bias, int[] stride, int[] padding, int[] output_padding, int[] dilation, int groups) -> __torch__.torch.classes.quantized.Conv2dPackedParamsBase': prepack(true, 2),
  'quantized::conv1d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)': unpack,
  'quantized::conv2d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)': unpack,
  'quantized::conv3d_unpack(__torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)': unpack,
  'quantized::conv_transpose1d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)': unpack,
  'quantized::conv_transpose2d_unpack(__torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weights) -> (Tensor unpacked_weights, Tensor? B_origin)': unpack,
  'quantized::conv1d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(false),
  'quantized::conv1d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(true),
  'quantized::conv2d.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(false),
  'quantized::conv2d_relu.new(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(true),
  'quantized::conv2d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase weight, int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int output_zero_point) -> Tensor': convolution(false),
  'quantized::conv2d_relu(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase weight, int[] stride, int[] padding, int[] dilation, int groups, float output_scale, int output_zero_point) -> Tensor': convolution(true),
  'quantized::conv3d.new(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(false),
  'quantized::conv3d_relu.new(Tensor qx, __torch__.torch.classes.quantized.Conv3dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(true),
  'quantized::conv_transpose1d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(false),
  'quantized::conv_transpose2d(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, float output_scale, int output_zero_point) -> Tensor': convolution(false),
  'quantized::conv2d_dynamic(Tensor qx, __torch__.torch.classes.quantized.Conv2dPackedParamsBase packed_weight, bool reduce_range=False) -> Tensor': (d, x, packed, reduceRange) =>
    convolutionNumbers(d, numbersOf(d, d.call('aten::quantize_per_tensor_dynamic', x, 13, reduceRange)), packedOf(packed, 'quantized::conv2d_dynamic')),
}
