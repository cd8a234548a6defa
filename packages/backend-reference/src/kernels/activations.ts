/** Activation functions. */
import { type Dispatcher, dtypeTitle, type Kernel, type KernelTable, type ScalarValue, type Tensor } from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import * as complex from '../complex-math.ts'
import { mapComplex, mapNumbers, numberOf } from '../pointwise.ts'
import { erf } from '../special-functions.ts'
import { sigmoid } from './unary.ts'

type Real = (x: number) => number

/** A function that its Scalar arguments make; floats only unless `integers`. */
function activation(name: string, make: (...args: number[]) => Real, integers = false): Kernel {
  return (d: Dispatcher, self: Tensor, ...args: ScalarValue[]) => {
    const { isFloat } = dtypeInfo(self.dtype)
    if (!isFloat && !integers) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"${name}" not implemented for '${dtypeTitle(self.dtype)}'`)
    return mapNumbers(d, [self], { compute: self.dtype, output: self.dtype }, make(...args.map((arg) => numberOf(arg))))
  }
}

const softplus: Real = (x) => (x > 20 ? x : Math.log1p(Math.exp(x)))
const relu6: Real = (x) => (x < 0 ? 0 : x > 6 ? 6 : x)
const hardsigmoid: Real = (x) => relu6(x + 3) / 6
const hardswish: Real = (x) => (x * relu6(x + 3)) / 6

const elu =
  (alpha: number, scale = 1, inputScale = 1): Real =>
  (x) =>
    x <= 0 ? Math.expm1(x * inputScale) * alpha * scale : x * scale
const seluAlpha = 1.6732632423543772
const seluScale = 1.0507009873554805

const rootHalf = Math.SQRT1_2
const geluErf: Real = (x) => 0.5 * x * (1 + erf(x * rootHalf))
const tanhFactor = Math.sqrt(2 / Math.PI)
const geluTanh: Real = (x) => 0.5 * x * (1 + Math.tanh(tanhFactor * (x + 0.044715 * x * x * x)))

function gelu(d: Dispatcher, self: Tensor, approximate: string): Tensor {
  if (approximate !== 'none' && approximate !== 'tanh')
    throw new RuntimeError('TSJ_GELU', 'approximate argument must be either none or tanh.')
  if (!dtypeInfo(self.dtype).isFloat)
    throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"GeluKernelImpl" not implemented for '${dtypeTitle(self.dtype)}'`)
  return mapNumbers(d, [self], { compute: self.dtype, output: self.dtype }, approximate === 'tanh' ? geluTanh : geluErf)
}

function silu(d: Dispatcher, self: Tensor): Tensor {
  if (dtypeInfo(self.dtype).isComplex) {
    return mapComplex(d, [self], self.dtype, (re, im) => {
      const [er, ei] = complex.exp(-re, -im)
      return complex.divide(re, im, 1 + er, ei)
    })
  }
  return activation('silu_cpu', () => (x) => x * sigmoid(x))(d, self)
}

const logSigmoid: Real = (x) => Math.min(0, x) - Math.log1p(Math.exp(-Math.abs(x)))

/** One weight for all, or one a channel (dimension 1). */
function prelu(d: Dispatcher, self: Tensor, weight: Tensor): Tensor {
  if (self.dtype !== weight.dtype)
    throw new RuntimeError(
      'TSJ_PRELU',
      `prelu: Type promoting not supported. Got ${dtypeTitle(self.dtype)} and ${dtypeTitle(weight.dtype)}`,
    )
  let shaped = weight
  if (weight.numel !== 1) {
    if (self.ndim === 0) throw new RuntimeError('TSJ_PRELU', 'Not allow zero-dim input tensor.')
    const channels = self.ndim >= 2 ? self.shape[1] : 1
    if (channels !== weight.numel) {
      throw new RuntimeError(
        'TSJ_PRELU',
        `Mismatch of parameter numbers and input channel size. Found parameter numbers = ${weight.numel} and channel size = ${channels}.`,
      )
    }
    shaped = d.call(
      'aten::reshape',
      weight,
      self.shape.map((_, i) => (i === 1 || self.ndim === 1 ? weight.numel : 1)),
    )
  } else if (weight.ndim > 0) shaped = d.call('aten::reshape', weight, [])
  return preluKernel(d, self, shaped)
}

function preluKernel(d: Dispatcher, self: Tensor, weight: Tensor): Tensor {
  return mapNumbers(d, [self, weight], { compute: self.dtype, output: self.dtype }, (x, w) => (x > 0 ? x : w * x))
}

function glu(d: Dispatcher, self: Tensor, dim: number): Tensor {
  if (self.ndim === 0) throw new RuntimeError('TSJ_SHAPE_GLU', 'glu does not support 0-dimensional tensors')
  const at = dim < 0 ? dim + self.ndim : dim
  if (self.shape[at] % 2)
    throw new RuntimeError('TSJ_SHAPE_GLU', `Halving dimension must be even, but dimension ${at} is size ${self.shape[at]}`)
  const [a, b] = d.call('aten::split.Tensor', self, self.shape[at] / 2, at) as Tensor[]
  return mapNumbers(d, [a, b], { compute: self.dtype, output: self.dtype }, (x, gate) => x * sigmoid(gate))
}

export const activationKernels: KernelTable = {
  'aten::gelu(Tensor self, *, str approximate="none") -> Tensor': gelu,
  'aten::silu(Tensor self) -> Tensor': silu,
  'aten::mish(Tensor self) -> Tensor': activation('mish_cpu', () => (x) => x * Math.tanh(softplus(x))),
  'aten::relu6(Tensor self) -> Tensor': activation('relu6', () => relu6, true),
  'aten::hardtanh(Tensor self, Scalar min_val=-1, Scalar max_val=1) -> Tensor': activation(
    'hardtanh',
    (low, high) => (x) => (x < low ? low : x > high ? high : x),
    true,
  ),
  'aten::hardsigmoid(Tensor self) -> Tensor': activation('hardsigmoid_cpu', () => hardsigmoid),
  'aten::hardswish(Tensor self) -> Tensor': activation('hardswish_cpu', () => hardswish),
  'aten::leaky_relu(Tensor self, Scalar negative_slope=0.01) -> Tensor': activation(
    'leaky_relu_cpu',
    (slope) => (x) => (x > 0 ? x : x * slope),
  ),
  'aten::elu(Tensor self, Scalar alpha=1, Scalar scale=1, Scalar input_scale=1) -> Tensor': activation(
    'elu_cpu',
    (alpha, scale, inputScale) => elu(alpha, scale, inputScale),
  ),
  'aten::selu(Tensor self) -> Tensor': activation('elu_cpu', () => elu(seluAlpha, seluScale)),
  'aten::celu(Tensor self, Scalar alpha=1.) -> Tensor': activation('elu_cpu', (alpha) => elu(alpha, 1, 1 / alpha)),
  'aten::softplus(Tensor self, Scalar beta=1, Scalar threshold=20) -> Tensor': activation(
    'softplus_cpu',
    (beta, threshold) => (x) => (x * beta > threshold ? x : Math.log1p(Math.exp(x * beta)) / beta),
  ),
  'aten::hardshrink(Tensor self, Scalar lambd=0.5) -> Tensor': activation(
    'hardshrink_cpu',
    (lambda) => (x) => (x >= -lambda && x <= lambda ? 0 : x),
  ),
  'aten::softshrink(Tensor self, Scalar lambd=0.5) -> Tensor': activation(
    'softshrink_cpu',
    (lambda) => (x) => (x > lambda ? x - lambda : x < -lambda ? x + lambda : Number.isNaN(x) ? x : 0),
  ),
  'aten::threshold(Tensor self, Scalar threshold, Scalar value) -> Tensor': activation(
    'threshold_cpu',
    (threshold, value) => (x) => (x <= threshold ? value : x),
    true,
  ),
  // unlike its kin's, its result is row-major
  'aten::log_sigmoid(Tensor self) -> Tensor': (d, self: Tensor) =>
    activation('log_sigmoid_cpu', () => logSigmoid)(d, d.call('aten::contiguous', self)),
  'aten::log_sigmoid_forward(Tensor self) -> (Tensor output, Tensor buffer)': (d, self: Tensor) => [
    activation('log_sigmoid_cpu', () => logSigmoid)(d, self),
    activation('log_sigmoid_cpu', () => (x) => Math.exp(-Math.abs(x)))(d, self),
  ],
  'aten::prelu(Tensor self, Tensor weight) -> Tensor': prelu,
  'aten::_prelu_kernel(Tensor self, Tensor weight) -> Tensor': preluKernel,
  'aten::glu(Tensor self, int dim=-1) -> Tensor': glu,
}
