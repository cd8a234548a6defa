/** Functions of one tensor, element by element. */
import { type Dispatcher, type Kernel, type KernelTable, type Tensor, toValueDType } from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import {
  airyAi,
  besselI0,
  besselI0e,
  besselI1,
  besselI1e,
  besselJ0,
  besselJ1,
  besselK0,
  besselK0e,
  besselK1,
  besselK1e,
  besselY0,
  besselY1,
} from '../bessel-functions.ts'
import * as complex from '../complex-math.ts'
import { floatDType, mapComplex, mapNumbers, type Pair } from '../pointwise.ts'
import { digamma, erf, erfc, erfcx, erfinv, lgamma, logNdtr, ndtr, ndtri, polygamma } from '../special-functions.ts'

type ComplexUnary = (re: number, im: number) => Pair

function refuseComplex(self: Tensor, name = 'this operator'): void {
  if (dtypeInfo(self.dtype).isComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `${name} is not implemented for complex tensors`)
}

function refuseComplexInPlace(self: Tensor): void {
  if (dtypeInfo(self.dtype).isComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', 'In-place abs is not supported for complex tensors.')
}

/** Integers become the default float. */
function toFloat(f: (x: number) => number, onComplex?: ComplexUnary): Kernel {
  return (dispatcher: Dispatcher, self: Tensor) => {
    const dtype = floatDType(dispatcher, [self])
    if (dtypeInfo(dtype).isComplex) {
      if (!onComplex) refuseComplex(self)
      return mapComplex(dispatcher, [self], dtype, onComplex!)
    }
    return mapNumbers(dispatcher, [self], { compute: dtype, output: dtype }, f)
  }
}

/** The dtype stays; `integers` says what integers and bools give where it is not `f`. */
function keeping(
  f: (x: any) => any,
  onComplex?: ComplexUnary,
  { integers, bigint }: { integers?: (x: number) => number; bigint?: (x: bigint) => bigint } = {},
): Kernel {
  return (dispatcher: Dispatcher, self: Tensor) => {
    const { dtype } = self
    if (dtypeInfo(dtype).isComplex) {
      if (!onComplex) refuseComplex(self)
      return mapComplex(dispatcher, [self], dtype, onComplex!)
    }
    const whole = !dtypeInfo(dtype).isFloat
    return mapNumbers(dispatcher, [self], { compute: dtype, output: dtype, bigint }, whole && integers ? integers : f)
  }
}

/** To bool. */
function test(f: (x: number) => boolean, onComplex?: (re: number, im: number) => boolean): Kernel {
  return (dispatcher: Dispatcher, self: Tensor) => {
    if (dtypeInfo(self.dtype).isComplex) {
      if (!onComplex) refuseComplex(self)
      return mapComplex(dispatcher, [self], 'bool', (re, im) => Number(onComplex!(re, im)))
    }
    return mapNumbers(dispatcher, [self], { compute: self.dtype, output: 'bool' }, (x) => Number(f(x)))
  }
}

const same = (x: number) => x
const rounding = (f: (x: number) => number): Kernel => keeping(f, undefined, { integers: same, bigint: (x) => x })

export function roundHalfEven(x: number): number {
  const whole = Math.floor(x)
  const rest = x - whole
  if (rest !== 0.5) return rest < 0.5 ? (whole === 0 && x > 0 ? 0 : whole) : x < 0 && whole === -1 ? -0 : whole + 1
  return whole % 2 === 0 ? (Object.is(whole, 0) ? 0 : whole) : whole + 1 === 0 ? -0 : whole + 1
}

export const sigmoid = (x: number): number => (x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x)))
const sign = (x: number) => (x > 0 ? 1 : x < 0 ? -1 : 0)
const sinc = (x: number) => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))
const isWhole = (self: Tensor) => !dtypeInfo(self.dtype).isFloat && !dtypeInfo(self.dtype).isComplex

const signKernel = keeping(sign, undefined, { bigint: (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n) })
const conjugate: ComplexUnary = (re, im) => [re, -im]

/** Complex tensors give their parts' dtype. */
const absKernel: Kernel = (dispatcher, self: Tensor) => {
  if (dtypeInfo(self.dtype).isComplex) return mapComplex(dispatcher, [self], toValueDType(self.dtype), complex.abs)
  return mapNumbers(dispatcher, [self], { compute: self.dtype, output: self.dtype, bigint: (x) => (x < 0n ? -x : x) }, Math.abs)
}

const notBool =
  (kernel: Kernel, message: string): Kernel =>
  (dispatcher, self: Tensor) => {
    if (self.dtype === 'bool') throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', message)
    return kernel(dispatcher, self)
  }

const conj: Kernel = (dispatcher, self: Tensor) =>
  dtypeInfo(self.dtype).isComplex ? mapComplex(dispatcher, [self], self.dtype, conjugate) : self

function polygammaOf(dispatcher: Dispatcher, n: number, self: Tensor): Tensor {
  if (n < 0) throw new RuntimeError('TSJ_POLYGAMMA', 'polygamma(n, x) does not support negative n.')
  const dtype = floatDType(dispatcher, [self])
  return mapNumbers(dispatcher, [self], { compute: dtype, output: dtype }, (x) => polygamma(n, x))
}

export const unaryKernels: KernelTable = {
  'aten::abs(Tensor self) -> Tensor': notBool(absKernel, 'abs: unsupported for bool tensors'),
  'prim::abs(Tensor x) -> Tensor': notBool(absKernel, 'abs: unsupported for bool tensors'),
  'aten::abs_(Tensor(a!) self) -> Tensor(a!)': (dispatcher, self: Tensor) => {
    refuseComplexInPlace(self)
    return dispatcher.call('aten::copy_', self, dispatcher.call('aten::abs', self))
  },
  'aten::neg(Tensor self) -> Tensor': notBool(
    keeping(
      (x) => -x,
      (re, im) => [-re, -im],
      { bigint: (x) => -x },
    ),
    'Negation, the `-` operator, on a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
  ),
  'aten::positive(Tensor(a) self) -> Tensor(a)': (_, self) => self,
  'aten::square(Tensor self) -> Tensor': (dispatcher, self) => dispatcher.call('aten::pow.Tensor_Scalar', self, dispatcher.int(2)),
  'aten::ceil(Tensor self) -> Tensor': rounding(Math.ceil),
  'aten::floor(Tensor self) -> Tensor': rounding(Math.floor),
  'aten::trunc(Tensor self) -> Tensor': rounding(Math.trunc),
  'aten::frac(Tensor self) -> Tensor': keeping((x) => x - Math.trunc(x)),
  'aten::round(Tensor self) -> Tensor': rounding(roundHalfEven),
  'aten::round.decimals(Tensor self, *, int decimals) -> Tensor': (dispatcher, self: Tensor, decimals: number) => {
    if (isWhole(self)) return dispatcher.call('aten::clone', self)
    const scale = 10 ** Math.abs(decimals)
    // the scaling is in the tensor's own precision, as PyTorch's
    const near = self.dtype === 'float64' ? (x: number) => x : Math.fround
    const f = decimals >= 0 ? (x: number) => roundHalfEven(near(x * scale)) / scale : (x: number) => roundHalfEven(near(x / scale)) * scale
    return mapNumbers(dispatcher, [self], { compute: self.dtype, output: self.dtype }, f)
  },
  'aten::sign(Tensor self) -> Tensor': signKernel,
  'aten::sgn(Tensor self) -> Tensor': (dispatcher, self: Tensor) =>
    dtypeInfo(self.dtype).isComplex ? mapComplex(dispatcher, [self], self.dtype, complex.sign) : signKernel(dispatcher, self),
  'aten::relu(Tensor self) -> Tensor': keeping((x) => (x > 0 || Number.isNaN(x) ? x : 0), undefined, { bigint: (x) => (x > 0n ? x : 0n) }),
  'aten::reciprocal(Tensor self) -> Tensor': toFloat((x) => 1 / x, complex.reciprocal),
  'aten::sqrt(Tensor self) -> Tensor': toFloat(Math.sqrt, complex.sqrt),
  'aten::rsqrt(Tensor self) -> Tensor': toFloat(
    (x) => 1 / Math.sqrt(x),
    (re, im) => complex.reciprocal(...complex.sqrt(re, im)),
  ),
  'aten::exp(Tensor self) -> Tensor': toFloat(Math.exp, complex.exp),
  'aten::exp2(Tensor self) -> Tensor': toFloat(
    (x) => 2 ** x,
    (re, im) => complex.exp(re * Math.LN2, im * Math.LN2),
  ),
  'aten::expm1(Tensor self) -> Tensor': toFloat(Math.expm1, complex.expm1),
  'aten::log(Tensor self) -> Tensor': toFloat(Math.log, complex.log),
  'aten::log2(Tensor self) -> Tensor': toFloat(Math.log2, scaledLog(Math.LN2)),
  'aten::log10(Tensor self) -> Tensor': toFloat(Math.log10, scaledLog(Math.LN10)),
  'aten::log1p(Tensor self) -> Tensor': toFloat(Math.log1p, complex.log1p),
  'aten::sin(Tensor self) -> Tensor': toFloat(Math.sin, complex.sin),
  'aten::cos(Tensor self) -> Tensor': toFloat(Math.cos, complex.cos),
  'aten::tan(Tensor self) -> Tensor': toFloat(Math.tan, complex.tan),
  'aten::asin(Tensor self) -> Tensor': toFloat(Math.asin, complex.asin),
  'aten::acos(Tensor self) -> Tensor': toFloat(Math.acos, complex.acos),
  'aten::atan(Tensor self) -> Tensor': toFloat(Math.atan, complex.atan),
  'aten::sinh(Tensor self) -> Tensor': toFloat(Math.sinh, complex.sinh),
  'aten::cosh(Tensor self) -> Tensor': toFloat(Math.cosh, complex.cosh),
  'aten::tanh(Tensor self) -> Tensor': toFloat(Math.tanh, complex.tanh),
  'aten::asinh(Tensor self) -> Tensor': toFloat(Math.asinh, complex.asinh),
  'aten::acosh(Tensor self) -> Tensor': toFloat(Math.acosh, complex.acosh),
  'aten::atanh(Tensor self) -> Tensor': toFloat(Math.atanh, complex.atanh),
  'aten::sigmoid(Tensor self) -> Tensor': toFloat(sigmoid, complex.sigmoid),
  'aten::sinc(Tensor self) -> Tensor': toFloat(sinc, (re, im) => {
    if (re === 0 && im === 0) return [1, 0]
    const [sr, si] = complex.sin(Math.PI * re, Math.PI * im)
    return complex.divide(sr, si, Math.PI * re, Math.PI * im)
  }),
  'aten::deg2rad(Tensor self) -> Tensor': toFloat((x) => x * (Math.PI / 180)),
  'aten::rad2deg(Tensor self) -> Tensor': toFloat((x) => x * (180 / Math.PI)),
  'aten::erf(Tensor self) -> Tensor': toFloat(erf),
  'aten::erfc(Tensor self) -> Tensor': toFloat(erfc),
  'aten::erfinv(Tensor self) -> Tensor': toFloat(erfinv),
  'aten::special_erfcx(Tensor self) -> Tensor': toFloat(erfcx),
  'aten::special_ndtr(Tensor self) -> Tensor': toFloat(ndtr),
  'aten::special_ndtri(Tensor self) -> Tensor': toFloat(ndtri),
  'aten::special_log_ndtr(Tensor self) -> Tensor': toFloat(logNdtr),
  'aten::special_entr(Tensor self) -> Tensor': toFloat((x) =>
    x > 0 ? -x * Math.log(x) : x === 0 ? 0 : Number.isNaN(x) ? x : Number.NEGATIVE_INFINITY,
  ),
  'aten::lgamma(Tensor self) -> Tensor': toFloat(lgamma),
  'aten::digamma(Tensor self) -> Tensor': toFloat(digamma),
  'aten::polygamma(int n, Tensor self) -> Tensor': polygammaOf,
  // the two take their arguments in another order
  'aten::polygamma_(Tensor(a!) self, int n) -> Tensor(a!)': (dispatcher, self: Tensor, n: number) =>
    dispatcher.call('aten::copy_', self, polygammaOf(dispatcher, n, self)),
  'aten::i0(Tensor self) -> Tensor': toFloat(besselI0),
  'aten::special_i0e(Tensor self) -> Tensor': toFloat(besselI0e),
  'aten::special_i1(Tensor self) -> Tensor': toFloat(besselI1),
  'aten::special_i1e(Tensor self) -> Tensor': toFloat(besselI1e),
  'aten::special_bessel_j0(Tensor self) -> Tensor': toFloat(besselJ0),
  'aten::special_bessel_j1(Tensor self) -> Tensor': toFloat(besselJ1),
  'aten::special_bessel_y0(Tensor self) -> Tensor': toFloat(besselY0),
  'aten::special_bessel_y1(Tensor self) -> Tensor': toFloat(besselY1),
  'aten::special_modified_bessel_i0(Tensor self) -> Tensor': toFloat(besselI0),
  'aten::special_modified_bessel_i1(Tensor self) -> Tensor': toFloat(besselI1),
  'aten::special_modified_bessel_k0(Tensor self) -> Tensor': toFloat(besselK0),
  'aten::special_modified_bessel_k1(Tensor self) -> Tensor': toFloat(besselK1),
  'aten::special_scaled_modified_bessel_k0(Tensor x) -> Tensor': toFloat(besselK0e),
  'aten::special_scaled_modified_bessel_k1(Tensor x) -> Tensor': toFloat(besselK1e),
  'aten::special_spherical_bessel_j0(Tensor x) -> Tensor': toFloat((x) =>
    Number.isFinite(x) ? (x === 0 ? 1 : Math.sin(x) / x) : Number.isNaN(x) ? x : 0,
  ),
  'aten::special_airy_ai(Tensor x) -> Tensor': toFloat(airyAi),
  'aten::isnan(Tensor self) -> Tensor': test(Number.isNaN, (re, im) => Number.isNaN(re) || Number.isNaN(im)),
  'aten::isinf(Tensor self) -> Tensor': test(
    (x) => Math.abs(x) === Number.POSITIVE_INFINITY,
    (re, im) => Math.abs(re) === Number.POSITIVE_INFINITY || Math.abs(im) === Number.POSITIVE_INFINITY,
  ),
  'aten::isfinite(Tensor self) -> Tensor': test(Number.isFinite, (re, im) => Number.isFinite(re) && Number.isFinite(im)),
  'aten::isposinf(Tensor self) -> Tensor': test((x) => x === Number.POSITIVE_INFINITY),
  'aten::isneginf(Tensor self) -> Tensor': test((x) => x === Number.NEGATIVE_INFINITY),
  'aten::isreal(Tensor self) -> Tensor': test(
    () => true,
    (_, im) => im === 0,
  ),
  'aten::signbit(Tensor self) -> Tensor': test((x) => x < 0 || Object.is(x, -0)),
  'aten::logical_not(Tensor self) -> Tensor': test(
    (x) => x === 0,
    (re, im) => re === 0 && im === 0,
  ),
  'aten::bitwise_not(Tensor self) -> Tensor': (dispatcher, self: Tensor) => {
    if (self.dtype === 'bool') return mapNumbers(dispatcher, [self], { compute: 'bool', output: 'bool' }, (x) => 1 - x)
    if (!dtypeInfo(self.dtype).isInteger)
      throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"bitwise_not_cpu" not implemented for '${self.dtype}'`)
    return mapNumbers(dispatcher, [self], { compute: self.dtype, output: self.dtype, bigint: (x) => ~x }, (x) => -x - 1)
  },
  'aten::conj_physical(Tensor self) -> Tensor': conj,
  'aten::_conj_physical(Tensor self) -> Tensor': conj,
  'aten::_conj(Tensor(a) self) -> Tensor(a)': conj,
  'aten::conj(Tensor(a) self) -> Tensor(a)': conj,
  'aten::_neg_view(Tensor(a) self) -> Tensor(a)': (dispatcher, self) => dispatcher.call('aten::neg', self),
  'aten::angle(Tensor self) -> Tensor': (dispatcher, self: Tensor) => {
    if (dtypeInfo(self.dtype).isComplex) return mapComplex(dispatcher, [self], toValueDType(self.dtype), complex.angle)
    const dtype = floatDType(dispatcher, [self])
    return mapNumbers(dispatcher, [self], { compute: dtype, output: dtype }, (x) => (x < 0 ? Math.PI : Number.isNaN(x) ? x : 0))
  },
  'aten::logit(Tensor self, float? eps=None) -> Tensor': (dispatcher, self: Tensor, eps: number | null) => {
    const dtype = floatDType(dispatcher, [self])
    return mapNumbers(dispatcher, [self], { compute: dtype, output: dtype }, (x) => {
      const p = eps === null ? x : x < eps ? eps : x > 1 - eps ? 1 - eps : x
      return Math.log(p / (1 - p))
    })
  },
  'aten::nan_to_num(Tensor self, float? nan=None, float? posinf=None, float? neginf=None) -> Tensor': nanToNum,
  'aten::frexp.Tensor(Tensor self) -> (Tensor mantissa, Tensor exponent)': (dispatcher, self: Tensor) => [
    mapNumbers(dispatcher, [self], { compute: self.dtype, output: self.dtype }, (x) => frexp(x)[0]),
    mapNumbers(dispatcher, [self], { compute: self.dtype, output: 'int32' }, (x) => frexp(x)[1]),
  ],
}

function scaledLog(base: number): ComplexUnary {
  return (re, im) => {
    const [x, y] = complex.log(re, im)
    return [x / base, y / base]
  }
}

export function frexp(x: number): [number, number] {
  if (x === 0 || !Number.isFinite(x)) return [x, 0]
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1)
  let mantissa = x * 2 ** -exponent
  while (Math.abs(mantissa) < 0.5) {
    mantissa *= 2
    exponent--
  }
  while (Math.abs(mantissa) >= 1) {
    mantissa /= 2
    exponent++
  }
  return [mantissa, exponent]
}

const largest: Readonly<Record<string, number>> = {
  float16: 65504,
  bfloat16: 3.3895313892515355e38,
  float32: 3.4028234663852886e38,
  float64: Number.MAX_VALUE,
}

function nanToNum(dispatcher: Dispatcher, self: Tensor, nan: number | null, posinf: number | null, neginf: number | null): Tensor {
  if (isWhole(self)) return dispatcher.call('aten::clone', self)
  const part = toValueDType(self.dtype)
  const high = posinf ?? largest[part]
  const low = neginf ?? -largest[part]
  const fix = (x: number) =>
    Number.isNaN(x) ? (nan ?? 0) : x === Number.POSITIVE_INFINITY ? high : x === Number.NEGATIVE_INFINITY ? low : x
  if (dtypeInfo(self.dtype).isComplex) return mapComplex(dispatcher, [self], self.dtype, (re, im) => [fix(re), fix(im)])
  return mapNumbers(dispatcher, [self], { compute: self.dtype, output: self.dtype }, fix)
}
