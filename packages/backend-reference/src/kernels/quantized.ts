/**
 * Quantised tensors: to integers and back, their parameters, fake quantisation, and the pointwise operators, which are computed on
 * the numbers that the integers stand for and quantised again.
 */

import {
  type Dispatcher,
  fromNumbers,
  type KernelTable,
  quantizerOf,
  readNumbers as readElements,
  setQuantizer,
  type Tensor,
  type TensorQuantizer,
} from '@tsjit/runtime/backend'
import { type DType, dtypeFromCode, RuntimeError } from '@tsjit/types'
import { check, dtypeName, product, readNumbers, wrapDim } from './nn-host.ts'

const ranges: Partial<Record<DType, readonly [number, number]>> = {
  qint8: [-128, 127],
  quint8: [0, 255],
  qint32: [-2147483648, 2147483647],
}
const plainOf: Partial<Record<DType, DType>> = { qint8: 'int8', quint8: 'uint8', qint32: 'int32' }
const quantizedOf: Partial<Record<DType, DType>> = { int8: 'qint8', uint8: 'quint8', int32: 'qint32' }

export function roundHalfEven(x: number): number {
  const floor = Math.floor(x)
  const rest = x - floor
  return rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor
}

const clamp = (x: number, [low, high]: readonly [number, number]): number => Math.min(Math.max(x, low), high)

/** The float32 arithmetic that PyTorch does: multiplied by the inverse of the scale, rounded to even, shifted. */
function quantizeValue(value: number, scale: number, zeroPoint: number, range: readonly [number, number]): number {
  const inverse = Math.fround(1 / Math.fround(scale))
  return clamp(roundHalfEven(Math.fround(value * inverse)) + zeroPoint, range)
}

/** The channel along `axis` of element `i`. */
function channelOf(shape: readonly number[], axis: number): (i: number) => number {
  const inner = product(shape.slice(axis + 1))
  return (i) => Math.floor(i / inner) % shape[axis]
}

function parametersAt(
  shape: readonly number[],
  quantizer: TensorQuantizer,
): { scale: (i: number) => number; zeroPoint: (i: number) => number } {
  if (quantizer.scheme === 'per_tensor_affine') return { scale: () => quantizer.scale, zeroPoint: () => quantizer.zeroPoint }
  const channel = channelOf(shape, quantizer.axis)
  return { scale: (i) => quantizer.scales[channel(i)], zeroPoint: (i) => quantizer.zeroPoints[channel(i)] }
}

function quantizerFor(t: Tensor, what: string): TensorQuantizer {
  const found = quantizerOf(t)
  if (!found || !ranges[t.dtype])
    throw new RuntimeError('TSJ_NOT_QUANTIZED', `${what}: expected a quantized tensor, got ${dtypeName(t.dtype)}`)
  return found
}

function quantize(
  d: Dispatcher,
  values: ArrayLike<number>,
  shape: readonly number[],
  dtype: DType,
  quantizer: TensorQuantizer,
  like: Tensor,
): Tensor {
  const range = ranges[dtype]
  if (!range) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `quantize: ${dtypeName(dtype)} is no quantized dtype (qint8, quint8, qint32)`)
  const { scale, zeroPoint } = parametersAt(shape, quantizer)
  const integers = Float64Array.from({ length: values.length }, (_, i) => quantizeValue(values[i], scale(i), zeroPoint(i), range))
  return setQuantizer(fromNumbers(d, integers, shape, dtype, like.device), quantizer)
}

function quantizeTensor(d: Dispatcher, self: Tensor, scale: number, zeroPoint: number, dtype: DType): Tensor {
  check(self.dtype === 'float32', () => `Quantize only works on Float Tensor, got ${dtypeName(self.dtype)}`, 'TSJ_DTYPE_UNSUPPORTED')
  return quantize(d, readNumbers(self), self.shape, dtype, perTensor(scale, zeroPoint), self)
}

const perTensor = (scale: number, zeroPoint: number): TensorQuantizer => ({ scheme: 'per_tensor_affine', scale, zeroPoint })

function valuesOf(t: Tensor, what: string): Float64Array {
  const { scale, zeroPoint } = parametersAt(t.shape, quantizerFor(t, what))
  return Float64Array.from(readElements(t), (value, i) => Math.fround((value - zeroPoint(i)) * Math.fround(scale(i))))
}

function dequantize(d: Dispatcher, t: Tensor): Tensor {
  if (!ranges[t.dtype]) return t.dtype === 'float32' ? t : d.call('aten::to.dtype', t, 6)
  return fromNumbers(d, valuesOf(t, 'dequantize'), t.shape, 'float32', t.device)
}

const dtypeOf = (code: number): DType => dtypeFromCode(code) ?? 'quint8'
const item = (t: Tensor): number => Number(readElements(t)[0])

/** Scale and zero point that cover the values, as observers choose them. */
function chooseParameters(values: ArrayLike<number>, dtype: DType, reduceRange: boolean): [scale: number, zeroPoint: number] {
  let [least, most] = [0, 0]
  for (let i = 0; i < values.length; i++) {
    least = Math.min(least, values[i])
    most = Math.max(most, values[i])
  }
  let [low, high] = dtype === 'qint8' ? [-128, 127] : [0, 255]
  if (reduceRange) [low, high] = [Math.trunc(low / 2), Math.trunc(high / 2)]
  let scale = (most - least) / (high - low)
  if (Math.fround(scale) === 0 || !Number.isFinite(1 / scale)) scale = 0.1
  const fromLow = low - least / scale
  const fromHigh = high - most / scale
  const errorLow = Math.abs(low) + Math.abs(least / scale)
  const errorHigh = Math.abs(high) + Math.abs(most / scale)
  const chosen = errorLow < errorHigh ? fromLow : fromHigh
  return [scale, clamp(roundHalfEven(chosen), [low, high])]
}

/** Quantised and back at once; the mask tells where nothing was clamped. */
function fakeQuantize(d: Dispatcher, self: Tensor, quantizer: TensorQuantizer, low: number, high: number): [Tensor, Tensor] {
  check(low <= high, () => '`quant_min` should be less than or equal to `quant_max`.', 'TSJ_QUANTIZE')
  const values = readNumbers(self)
  const { scale, zeroPoint } = parametersAt(self.shape, quantizer)
  const result = new Float64Array(values.length)
  const mask = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const inverse = Math.fround(1 / Math.fround(scale(i)))
    const integer = roundHalfEven(Math.fround(Math.fround(zeroPoint(i)) + Math.fround(values[i] * inverse)))
    mask[i] = integer >= low && integer <= high ? 1 : 0
    result[i] = (clamp(integer, [low, high]) - zeroPoint(i)) * Math.fround(scale(i))
  }
  return [fromNumbers(d, result, self.shape, self.dtype, self.device), fromNumbers(d, mask, self.shape, 'bool', self.device)]
}

function perChannel(self: Tensor, scales: Tensor, zeroPoints: Tensor, axis: number): TensorQuantizer {
  const at = wrapDim(axis, self.ndim)
  check(scales.numel === self.shape[at], () => 'dimensions of scale and input tensor do not match', 'TSJ_QUANTIZE')
  check(zeroPoints.numel === self.shape[at], () => 'dimensions of zero-point and input tensor do not match', 'TSJ_QUANTIZE')
  return {
    scheme: 'per_channel_affine',
    scales: Array.from(readElements(scales)),
    zeroPoints: Array.from(readElements(zeroPoints)),
    axis: at,
  }
}

/** A binary operator on quantised operands of one shape or shapes that broadcast. */
function binary(name: 'add' | 'mul', relu: boolean) {
  return (d: Dispatcher, a: Tensor, b: Tensor, scale: number, zeroPoint: number): Tensor => {
    const result: Tensor = d.call(`aten::${name}.Tensor`, dequantize(d, a), dequantize(d, b))
    return quantizeTensor(d, relu ? d.call('aten::relu', result) : result, scale, zeroPoint, a.dtype)
  }
}

/** An operator whose result keeps the input's parameters, or gets its own. */
function unary(key: string, own: boolean, args: (rest: any[]) => unknown[] = () => []) {
  return (d: Dispatcher, x: Tensor, ...rest: any[]): Tensor => {
    const found = quantizerFor(x, key)
    const result: Tensor = d.call(key, dequantize(d, x), ...args(rest))
    const quantizer = own ? perTensor(rest[rest.length - 2], rest[rest.length - 1]) : found
    return quantize(d, readNumbers(result), result.shape, x.dtype, quantizer, x)
  }
}

function tensorParameter<K extends 'scale' | 'zeroPoint'>(t: Tensor, what: K): number {
  const found = quantizerFor(t, what)
  check(
    found.scheme === 'per_tensor_affine',
    () => `q_${what === 'scale' ? 'scale' : 'zero_point'}: expected a tensor quantized per tensor`,
    'TSJ_NOT_QUANTIZED',
  )
  return found[what]
}

function channelParameters(t: Tensor): TensorQuantizer & { scheme: 'per_channel_affine' } {
  const found = quantizerFor(t, 'q_per_channel')
  check(found.scheme === 'per_channel_affine', () => 'expected a tensor quantized per channel', 'TSJ_NOT_QUANTIZED')
  return found
}

export const quantizedKernels: KernelTable = {
  'aten::quantize_per_tensor(Tensor self, float scale, int zero_point, ScalarType dtype) -> Tensor': (d, self, scale, zeroPoint, code) =>
    quantizeTensor(d, self, scale, zeroPoint, dtypeOf(code)),
  'aten::quantize_per_tensor.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, ScalarType dtype) -> Tensor': (
    d,
    self,
    scale,
    zeroPoint,
    code,
  ) => quantizeTensor(d, self, item(scale), item(zeroPoint), dtypeOf(code)),
  'aten::quantize_per_tensor.tensors(Tensor[] tensors, Tensor scales, Tensor zero_points, ScalarType dtype) -> Tensor[]': (
    d,
    list: Tensor[],
    scales,
    zeroPoints,
    code,
  ) => {
    const [s, z] = [readElements(scales), readElements(zeroPoints)]
    return list.map((t, i) => quantizeTensor(d, t, s[i], z[i], dtypeOf(code)))
  },
  'aten::quantize_per_channel(Tensor self, Tensor scales, Tensor zero_points, int axis, ScalarType dtype) -> Tensor': (
    d,
    self: Tensor,
    scales,
    zeroPoints,
    axis,
    code,
  ) => quantize(d, readNumbers(self), self.shape, dtypeOf(code), perChannel(self, scales, zeroPoints, axis), self),
  'aten::quantize_per_tensor_dynamic(Tensor self, ScalarType dtype, bool reduce_range) -> Tensor': (d, self: Tensor, code, reduceRange) => {
    const [scale, zeroPoint] = chooseParameters(readNumbers(self), dtypeOf(code), reduceRange)
    return quantizeTensor(d, self, scale, zeroPoint, dtypeOf(code))
  },
  'aten::dequantize.self(Tensor self) -> Tensor': (d, self) => dequantize(d, self),
  'aten::dequantize.tensor(Tensor qtensor) -> Tensor': (d, self) => dequantize(d, self),
  'aten::dequantize.tensors(Tensor[] tensors) -> Tensor[]': (d, list: Tensor[]) => list.map((t) => dequantize(d, t)),
  'aten::dequantize.list(Tensor[] qtensors) -> Tensor[]': (d, list: Tensor[]) => list.map((t) => dequantize(d, t)),
  'aten::int_repr(Tensor self) -> Tensor': (d, self: Tensor) =>
    fromNumbers(d, readElements(self), self.shape, plainOf[self.dtype] ?? self.dtype, self.device),
  'aten::q_scale(Tensor self) -> float': (_d, self) => tensorParameter(self, 'scale'),
  'aten::q_zero_point(Tensor self) -> int': (_d, self) => tensorParameter(self, 'zeroPoint'),
  'aten::q_per_channel_axis(Tensor self) -> int': (_d, self) => channelParameters(self).axis,
  'aten::q_per_channel_scales(Tensor self) -> Tensor': (d, self: Tensor) =>
    fromNumbers(d, channelParameters(self).scales, [self.shape[channelParameters(self).axis]], 'float64', self.device),
  'aten::q_per_channel_zero_points(Tensor self) -> Tensor': (d, self: Tensor) =>
    fromNumbers(d, channelParameters(self).zeroPoints, [self.shape[channelParameters(self).axis]], 'int64', self.device),
  'aten::_make_per_tensor_quantized_tensor(Tensor self, float scale, int zero_point) -> Tensor': (d, self: Tensor, scale, zeroPoint) =>
    setQuantizer(
      fromNumbers(d, readElements(self), self.shape, quantizedOf[self.dtype] ?? 'quint8', self.device),
      perTensor(scale, zeroPoint),
    ),
  'aten::_make_per_channel_quantized_tensor(Tensor self, Tensor scale, Tensor zero_point, int axis) -> Tensor': (
    d,
    self: Tensor,
    scales,
    zeroPoints,
    axis,
  ) =>
    setQuantizer(
      fromNumbers(d, readElements(self), self.shape, quantizedOf[self.dtype] ?? 'quint8', self.device),
      perChannel(self, scales, zeroPoints, axis),
    ),
  'aten::fake_quantize_per_tensor_affine(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> Tensor': (
    d,
    self,
    scale,
    zeroPoint,
    low,
    high,
  ) => fakeQuantize(d, self, perTensor(scale, zeroPoint), low, high)[0],
  'aten::fake_quantize_per_tensor_affine.tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, int quant_min, int quant_max) -> Tensor':
    (d, self, scale, zeroPoint, low, high) => fakeQuantize(d, self, perTensor(item(scale), item(zeroPoint)), low, high)[0],
  'aten::fake_quantize_per_tensor_affine_cachemask(Tensor self, float scale, int zero_point, int quant_min, int quant_max) -> (Tensor output, Tensor mask)':
    (d, self, scale, zeroPoint, low, high) => fakeQuantize(d, self, perTensor(scale, zeroPoint), low, high),
  'aten::_fake_quantize_per_tensor_affine_cachemask_tensor_qparams(Tensor self, Tensor scale, Tensor zero_point, Tensor fake_quant_enabled, int quant_min, int quant_max) -> (Tensor output, Tensor mask)':
    (d, self: Tensor, scale, zeroPoint, enabled, low, high) =>
      item(enabled)
        ? fakeQuantize(d, self, perTensor(item(scale), item(zeroPoint)), low, high)
        : [d.call('aten::clone', self), d.call('aten::ones_like', self, 11)],
  'aten::fake_quantize_per_channel_affine(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> Tensor':
    (d, self, scales, zeroPoints, axis, low, high) => fakeQuantize(d, self, perChannel(self, scales, zeroPoints, axis), low, high)[0],
  'aten::fake_quantize_per_channel_affine_cachemask(Tensor self, Tensor scale, Tensor zero_point, int axis, int quant_min, int quant_max) -> (Tensor output, Tensor mask)':
    (d, self, scales, zeroPoints, axis, low, high) => fakeQuantize(d, self, perChannel(self, scales, zeroPoints, axis), low, high),
  'quantized::add(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc': binary('add', false),
  'quantized::add_relu(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc': binary('add', true),
  'quantized::mul(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc': binary('mul', false),
  'quantized::mul_relu(Tensor qa, Tensor qb, float scale, int zero_point) -> Tensor qc': binary('mul', true),
  'quantized::cat(Tensor[] qx, int dim, float? scale, int? zero_point) -> Tensor': (d, list: Tensor[], dim, scale, zeroPoint) => {
    const first = list[0]
    const joined: Tensor = d.call(
      'aten::cat',
      list.map((t) => dequantize(d, t)),
      dim,
    )
    return quantizeTensor(
      d,
      joined,
      scale ?? tensorParameter(first, 'scale'),
      zeroPoint ?? tensorParameter(first, 'zeroPoint'),
      first.dtype,
    )
  },
  'quantized::hardswish(Tensor input, float output_scale, int output_zero_point) -> Tensor': unary('aten::hardswish', true),
  'quantized::sigmoid(Tensor qx, float output_scale, int output_zero_point) -> Tensor': unary('aten::sigmoid', true),
  'quantized::leaky_relu(Tensor qx, Scalar negative_slope, bool inplace, float output_scale, int output_zero_point) -> Tensor': unary(
    'aten::leaky_relu',
    true,
    ([slope]) => [slope],
  ),
  'quantized::relu6(Tensor qx, bool inplace=False) -> Tensor': unary('aten::relu6', false),
  'quantized::clamp(Tensor qx, Scalar? min=None, Scalar? max=None) -> Tensor qy': unary('aten::clamp', false, ([low, high]) => [low, high]),
  'quantized::max_pool2d(Tensor qx, int[] kernel_size, int[] stride, int[] padding, int[] dilation, bool ceil_mode) -> Tensor': unary(
    'aten::max_pool2d',
    false,
    (rest) => rest,
  ),
  'aten::quantized_max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor':
    unary('aten::max_pool2d', false, (rest) => rest),
}
