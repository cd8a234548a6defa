/** Functions of two operands, element by element: arithmetic, comparison, logic. */
import {
  Boxed,
  Complex,
  type Dispatcher,
  dtypeTitle,
  type Kernel,
  type KernelTable,
  roundTo,
  type ScalarValue,
  scalarInt,
  Tensor,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import * as complex from '../complex-math.ts'
import { commonDType, floatDType, mapComplex, mapNumbers, numberOf, type Operand, type Pair } from '../pointwise.ts'
import { igamma, igammac, zeta } from '../special-functions.ts'

type Generic = (a: any, b: any) => any
type ComplexBinary = (ar: number, ai: number, br: number, bi: number) => Pair

interface Arithmetic {
  /** Works on numbers and bigints alike, or give `bigint`. */
  readonly f: Generic
  readonly integers?: Generic
  readonly bigint?: Generic
  readonly complex?: ComplexBinary
}

/** In the common dtype. */
function arithmetic({ f, integers = f, bigint = integers, complex: onComplex }: Arithmetic, name = 'this operator') {
  return (dispatcher: Dispatcher, a: Operand, b: Operand): Tensor => {
    const dtype = commonDType(dispatcher, [a, b])
    if (dtypeInfo(dtype).isComplex) {
      if (!onComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `${name} is not implemented for complex tensors`)
      return mapComplex(dispatcher, [a, b], dtype, onComplex)
    }
    return mapNumbers(dispatcher, [a, b], { compute: dtype, output: dtype, bigint }, dtypeInfo(dtype).isFloat ? f : integers)
  }
}

/** In the common dtype, integers becoming the default float. */
function floating(f: (a: number, b: number) => number, onComplex?: ComplexBinary, name = 'this operator') {
  return (dispatcher: Dispatcher, a: Operand, b: Operand): Tensor => {
    const dtype = floatDType(dispatcher, [a, b])
    if (dtypeInfo(dtype).isComplex) {
      if (!onComplex) throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `${name} is not implemented for complex tensors`)
      return mapComplex(dispatcher, [a, b], dtype, onComplex)
    }
    return mapNumbers(dispatcher, [a, b], { compute: dtype, output: dtype }, f)
  }
}

function comparison(f: Generic, onComplex?: (ar: number, ai: number, br: number, bi: number) => boolean): Kernel {
  return (dispatcher: Dispatcher, a: Operand, b: Operand) => {
    const compute = commonDType(dispatcher, [a, b])
    if (dtypeInfo(compute).isComplex) {
      if (!onComplex)
        throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', 'comparison of complex tensors is not supported: complex numbers have no order')
      return mapComplex(dispatcher, [a, b], 'bool', (ar, ai, br, bi) => Number(onComplex(ar, ai, br, bi)))
    }
    return mapNumbers(dispatcher, [a, b], { compute, output: 'bool', bigint: f }, (x, y) => (f(x, y) ? 1 : 0))
  }
}

function logical(f: (a: boolean, b: boolean) => boolean): Kernel {
  return (dispatcher: Dispatcher, a: Tensor, b: Tensor) => {
    if (dtypeInfo(a.dtype).isComplex || dtypeInfo(b.dtype).isComplex) {
      return mapComplex(dispatcher, [a, b], 'bool', (ar, ai, br, bi) => Number(f(ar !== 0 || ai !== 0, br !== 0 || bi !== 0)))
    }
    return mapNumbers(dispatcher, [a, b], { compute: 'float64', output: 'bool' }, (x: number, y: number) => Number(f(x !== 0, y !== 0)))
  }
}

function bitwise(name: string, f: (a: bigint, b: bigint) => bigint, small: (a: number, b: number) => number): Kernel {
  return (dispatcher: Dispatcher, a: Operand, b: Operand) => {
    const dtype = commonDType(dispatcher, [a, b])
    if (!dtypeInfo(dtype).isInteger && dtype !== 'bool')
      throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"${name}_cpu" not implemented for '${dtype}'`)
    const within = (x: number) => x >= -2147483648 && x <= 2147483647
    return mapNumbers(dispatcher, [a, b], { compute: dtype, output: dtype, bigint: f }, (x: number, y: number) =>
      within(x) && within(y) ? small(x, y) : Number(f(BigInt(x), BigInt(y))),
    )
  }
}

const shiftBits = (dtype: DType) => BigInt(dtypeInfo(dtype).itemSize * 8)

function shift(left: boolean): Kernel {
  return (dispatcher: Dispatcher, a: Operand, b: Operand) => {
    const dtype = commonDType(dispatcher, [a, b])
    if (!dtypeInfo(dtype).isInteger) {
      throw new RuntimeError('TSJ_DTYPE_UNSUPPORTED', `"${left ? 'lshift' : 'rshift'}_cpu" not implemented for '${dtype}'`)
    }
    const bits = shiftBits(dtype)
    const f = (x: bigint, by: bigint) => {
      if (by < 0n || by >= bits) return left ? 0n : x < 0n ? -1n : 0n
      return left ? x << by : x >> by
    }
    return mapNumbers(dispatcher, [a, b], { compute: dtype, output: dtype, bigint: f }, (x: number, y: number) => {
      if (y < 0 || y >= Number(bits)) return left ? 0 : x < 0 ? -1 : 0
      return left ? x * 2 ** y : Math.floor(x / 2 ** y)
    })
  }
}

const divisionByZero = () => new RuntimeError('TSJ_ZERO_DIVISION', 'ZeroDivisionError')

const addRow: Arithmetic = { f: (a, b) => a + b, complex: (ar, ai, br, bi) => [ar + br, ai + bi] }
const subRow: Arithmetic = { f: (a, b) => a - b, complex: (ar, ai, br, bi) => [ar - br, ai - bi] }
const add2 = arithmetic(addRow)
const sub2 = arithmetic(subRow)
const mul2 = arithmetic({ f: (a, b) => a * b, complex: complex.multiply })
const boolOr = arithmetic({ f: (a, b) => a + b })

const isOne = (alpha: ScalarValue) => !(alpha instanceof Complex) && numberOf(alpha) === 1

function checkAlpha(dtype: DType, alpha: ScalarValue): void {
  const info = dtypeInfo(dtype)
  if (typeof alpha === 'boolean' && dtype !== 'bool')
    throw new RuntimeError('TSJ_ALPHA', 'Boolean alpha only supported for Boolean results.')
  if (!info.isFloat && !info.isComplex && alpha instanceof Boxed && alpha.type.kind === 'float') {
    throw new RuntimeError('TSJ_ALPHA', 'For integral input tensors, argument alpha must not be a floating point number.')
  }
}

/** a ± alpha b in one rounding, as PyTorch's fused multiply-add does for float32. */
function scaled(subtract: boolean) {
  const plain = subtract ? sub2 : add2
  return (dispatcher: Dispatcher, a: Operand, b: Operand, alpha: ScalarValue = scalarInt(1)): Tensor => {
    const dtype = commonDType(dispatcher, [a, b])
    checkAlpha(dtype, alpha)
    if (subtract && (dtypeOf(a) === 'bool' || dtypeOf(b) === 'bool')) {
      const both = dtypeOf(a) === 'bool' && dtypeOf(b) === 'bool'
      throw new RuntimeError(
        'TSJ_BOOL_SUBTRACT',
        both
          ? 'Subtraction, the `-` operator, with two bool tensors is not supported. Use the `^` or `logical_xor()` operator instead.'
          : 'Subtraction, the `-` operator, with a bool tensor is not supported. If you are trying to invert a mask, use the `~` or `logical_not()` operator instead.',
      )
    }
    if (isOne(alpha)) return dtype === 'bool' ? boolOr(dispatcher, a, b) : plain(dispatcher, a, b)
    if (dtypeInfo(dtype).isComplex) {
      const [sr, si] = alpha instanceof Complex ? [alpha.re, alpha.im] : [numberOf(alpha), 0]
      const sign = subtract ? -1 : 1
      return mapComplex(dispatcher, [a, b], dtype, (ar, ai, br, bi) => {
        const [pr, pi] = complex.multiply(br, bi, sr, si)
        return [ar + sign * pr, ai + sign * pi]
      })
    }
    const factor = (subtract ? -1 : 1) * numberOf(alpha)
    const big = alpha instanceof Boxed && alpha.type.kind === 'int' ? BigInt(alpha.value as number) * (subtract ? -1n : 1n) : 0n
    return mapNumbers(
      dispatcher,
      [a, b],
      { compute: dtype, output: dtype, bigint: (x, y) => x + y * big },
      (x: number, y: number) => x + y * factor,
    )
  }
}

function dtypeOf(operand: Operand): DType | undefined {
  return operand instanceof Tensor ? operand.dtype : typeof operand === 'boolean' ? 'bool' : undefined
}

const add = scaled(false)
const sub = scaled(true)
const div = floating((a, b) => a / b, complex.divide)

/** Python's floor division of floats. */
export function floorDivide(a: number, b: number): number {
  if (b === 0) return a / b
  const mod = a % b
  let quotient = (a - mod) / b
  if (mod !== 0 && b < 0 !== mod < 0) quotient -= 1
  if (quotient === 0) return a / b < 0 ? -0 : 0
  const floor = Math.floor(quotient)
  return quotient - floor > 0.5 ? floor + 1 : floor
}

const floorBig = (a: bigint, b: bigint): bigint => {
  if (b === 0n) throw divisionByZero()
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

const floor2 = arithmetic({
  f: floorDivide,
  integers: (a: number, b: number) => {
    if (b === 0) throw divisionByZero()
    // exact: the operands are safe integers, and the remainder is exact
    const rest = a % b
    const quotient = (a - rest) / b
    return rest !== 0 && rest < 0 !== b < 0 ? quotient - 1 : quotient
  },
  bigint: floorBig,
})

const truncating = (near: (x: number) => number) => ({
  f: (a: number, b: number) => Math.trunc(near(a / b)),
  integers: (a: number, b: number) => {
    if (b === 0) throw divisionByZero()
    return (a - (a % b)) / b
  },
  bigint: (a: bigint, b: bigint) => {
    if (b === 0n) throw divisionByZero()
    return a / b
  },
})
const plainTrunc = arithmetic(truncating((x) => x))

/** Half precision rounds the quotient before it is cut. */
function trunc2(dispatcher: Dispatcher, a: Operand, b: Operand): Tensor {
  const dtype = commonDType(dispatcher, [a, b])
  if (dtype !== 'float16' && dtype !== 'bfloat16') return plainTrunc(dispatcher, a, b)
  return arithmetic(truncating((x) => roundTo(dtype, x)))(dispatcher, a, b)
}

const remainder2 = arithmetic({
  f: (a: number, b: number) => {
    const rest = a % b
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
  },
  integers: (a: number, b: number) => {
    if (b === 0) throw divisionByZero()
    const rest = a % b
    return rest !== 0 && rest < 0 !== b < 0 ? rest + b : rest
  },
  bigint: (a: bigint, b: bigint) => {
    if (b === 0n) throw divisionByZero()
    const rest = a % b
    return rest !== 0n && rest < 0n !== b < 0n ? rest + b : rest
  },
})

const fmod2 = arithmetic({
  f: (a: number, b: number) => a % b,
  integers: (a: number, b: number) => {
    if (b === 0) throw divisionByZero()
    return a % b
  },
  bigint: (a: bigint, b: bigint) => {
    if (b === 0n) throw divisionByZero()
    return a % b
  },
})

function divMode(dispatcher: Dispatcher, a: Operand, b: Operand, mode: string | null): Tensor {
  if (mode === null) return div(dispatcher, a, b)
  if (mode === 'floor') return floor2(dispatcher, a, b)
  if (mode === 'trunc') return trunc2(dispatcher, a, b)
  throw new RuntimeError('TSJ_ROUNDING_MODE', `div expected rounding_mode to be one of None, 'trunc', or 'floor' but found '${mode}'`)
}

function bigPow(base: bigint, exponent: bigint): bigint {
  if (exponent < 0n) return base === 1n ? 1n : base === -1n ? (exponent % 2n ? -1n : 1n) : 0n
  let result = 1n
  let factor = base
  for (let n = exponent; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asIntN(64, result * factor)
    factor = BigInt.asIntN(64, factor * factor)
  }
  return result
}

/** C's pow: 1 to any power is 1, and -1 to an infinite one. */
const floatPow = (a: number, b: number): number =>
  a === 1 ? 1 : a === -1 && Math.abs(b) === Number.POSITIVE_INFINITY ? 1 : b === 0.5 ? Math.sqrt(a) : a ** b

const pow2 = arithmetic({
  f: floatPow,
  integers: (a: number, b: number) => (b < 0 ? (a === 1 ? 1 : a === -1 ? (b % 2 ? -1 : 1) : 0) : a ** b),
  bigint: bigPow,
  complex: complex.pow,
})

const nanMax: Generic = (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : a > b ? a : b)
const nanMin: Generic = (a, b) => (Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : a < b ? a : b)
const maximum = arithmetic({ f: nanMax, integers: (a, b) => (a > b ? a : b) }, 'maximum')
const minimum = arithmetic({ f: nanMin, integers: (a, b) => (a < b ? a : b) }, 'minimum')

const gcdBig = (a: bigint, b: bigint): bigint => {
  let x = a < 0n ? -a : a
  let y = b < 0n ? -b : b
  while (y) [x, y] = [y, x % y]
  return x
}
const gcdNumber = (a: number, b: number): number => {
  let x = Math.abs(a)
  let y = Math.abs(b)
  while (y) [x, y] = [y, x % y]
  return x
}

function logAddExp(base: 'e' | '2') {
  const exp = base === 'e' ? Math.exp : (x: number) => 2 ** x
  const log1p = base === 'e' ? Math.log1p : (x: number) => Math.log1p(x) / Math.LN2
  return (a: number, b: number): number => {
    if (a === b && Math.abs(a) === Number.POSITIVE_INFINITY) return a
    const top = a > b ? a : b
    return Number.isNaN(a) || Number.isNaN(b) ? Number.NaN : top + log1p(exp(-Math.abs(a - b)))
  }
}

/** The next number of a dtype's precision from a towards b. */
function nextAfter(dispatcher: Dispatcher, a: Tensor, b: Tensor): Tensor {
  const dtype = commonDType(dispatcher, [a, b])
  const wide = dtype === 'float64'
  const f64 = new Float64Array(1)
  const i64 = new BigInt64Array(f64.buffer)
  const f32 = new Float32Array(1)
  const i32 = new Int32Array(f32.buffer)
  const tiny = wide ? Number.MIN_VALUE : 2 ** -149
  return mapNumbers(dispatcher, [a, b], { compute: dtype, output: dtype }, (x, y) => {
    if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN
    if (x === y) return y
    if (x === 0) return y > 0 ? tiny : -tiny
    const up = y > x === x > 0
    if (wide) {
      f64[0] = x
      i64[0] += up ? 1n : -1n
      return f64[0]
    }
    f32[0] = x
    i32[0] += up ? 1 : -1
    return f32[0]
  })
}

const xlogy = floating((a, b) => (Number.isNaN(b) ? Number.NaN : a === 0 ? 0 : a * Math.log(b)))
const xlog1py = floating((a, b) => (Number.isNaN(b) ? Number.NaN : a === 0 ? 0 : a * Math.log1p(b)))
const copysign = floating((a, b) => (b < 0 || Object.is(b, -0) ? -Math.abs(a) : Math.abs(a)))
const zeta2 = floating(zeta)
const sameComplex = (ar: number, ai: number, br: number, bi: number) => ar === br && ai === bi
const eq = comparison((a, b) => a === b, sameComplex)
const ne = comparison(
  (a, b) => a !== b,
  (ar, ai, br, bi) => !sameComplex(ar, ai, br, bi),
)
const lt = comparison((a, b) => a < b)
const le = comparison((a, b) => a <= b)
const gt = comparison((a, b) => a > b)
const ge = comparison((a, b) => a >= b)
const bitAnd = bitwise(
  'bitwise_and',
  (a, b) => a & b,
  (a, b) => a & b,
)
const bitOr = bitwise(
  'bitwise_or',
  (a, b) => a | b,
  (a, b) => a | b,
)
const bitXor = bitwise(
  'bitwise_xor',
  (a, b) => a ^ b,
  (a, b) => a ^ b,
)

function pow(dispatcher: Dispatcher, a: Operand, b: Operand): Tensor {
  const dtype = commonDType(dispatcher, [a, b])
  if (b instanceof Boxed && dtypeInfo(dtype).isInteger && Number(b.value) < 0) {
    throw new RuntimeError('TSJ_POW_NEGATIVE', 'Integers to negative integer powers are not allowed.')
  }
  return pow2(dispatcher, a, b)
}

/** PyTorch's results of a number to the power of a tensor are contiguous, however the tensor lies. */
function powOfNumber(dispatcher: Dispatcher, a: Operand, b: Tensor): Tensor {
  return dispatcher.call('aten::contiguous', pow(dispatcher, a, b)) as Tensor
}

function floatPower(dispatcher: Dispatcher, a: Operand, b: Operand): Tensor {
  const isComplex = (operand: Operand) => (operand instanceof Tensor ? dtypeInfo(operand.dtype).isComplex : operand instanceof Complex)
  const dtype = isComplex(a) || isComplex(b) ? 'complex128' : 'float64'
  const code = dtypeInfo(dtype).code
  const widen = (operand: Operand): Operand =>
    operand instanceof Tensor ? (dispatcher.call('aten::to.dtype', operand, code) as Tensor) : operand
  return pow2(dispatcher, widen(a), widen(b))
}

function floatPowerInPlace(dispatcher: Dispatcher, a: Tensor, b: Operand): Tensor {
  const result = floatPower(dispatcher, a, b)
  if (result.dtype !== a.dtype) {
    throw new RuntimeError(
      'TSJ_RESULT_CAST',
      `the base given to float_power_ has dtype ${dtypeTitle(a.dtype)} but the operation's result requires dtype ${dtypeTitle(result.dtype)}`,
    )
  }
  return dispatcher.call('aten::copy_', a, result)
}

function addRelu(dispatcher: Dispatcher, a: Tensor, b: Operand, alpha: ScalarValue): Tensor {
  return dispatcher.call('aten::relu', add(dispatcher, a, b, alpha))
}

export const binaryKernels: KernelTable = {
  'aten::add.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor': add,
  'aten::add.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor': add,
  'aten::sub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor': sub,
  'aten::sub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor': sub,
  'aten::rsub.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor': (d, a, b, alpha) => sub(d, b, a, alpha),
  'aten::rsub.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor': (d, a, b, alpha) => sub(d, b, a, alpha),
  'aten::mul.Tensor(Tensor self, Tensor other) -> Tensor': mul2,
  'aten::mul.Scalar(Tensor self, Scalar other) -> Tensor': mul2,
  'aten::div.Tensor(Tensor self, Tensor other) -> Tensor': div,
  'aten::div.Scalar(Tensor self, Scalar other) -> Tensor': div,
  'aten::div.Tensor_mode(Tensor self, Tensor other, *, str? rounding_mode) -> Tensor': divMode,
  'aten::div.Scalar_mode(Tensor self, Scalar other, *, str? rounding_mode) -> Tensor': divMode,
  'aten::floor_divide(Tensor self, Tensor other) -> Tensor': floor2,
  'aten::floor_divide.Scalar(Tensor self, Scalar other) -> Tensor': floor2,
  'aten::remainder.Tensor(Tensor self, Tensor other) -> Tensor': remainder2,
  'aten::remainder.Scalar(Tensor self, Scalar other) -> Tensor': remainder2,
  'aten::remainder.Scalar_Tensor(Scalar self, Tensor other) -> Tensor': remainder2,
  'aten::fmod.Tensor(Tensor self, Tensor other) -> Tensor': fmod2,
  'aten::fmod.Scalar(Tensor self, Scalar other) -> Tensor': fmod2,
  'aten::pow.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor': pow,
  'aten::pow.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor': pow,
  'aten::pow.Scalar(Scalar self, Tensor exponent) -> Tensor': powOfNumber,
  'aten::float_power.Tensor_Tensor(Tensor self, Tensor exponent) -> Tensor': floatPower,
  'aten::float_power.Tensor_Scalar(Tensor self, Scalar exponent) -> Tensor': floatPower,
  'aten::float_power.Scalar(Scalar self, Tensor exponent) -> Tensor': floatPower,
  'aten::float_power_.Tensor(Tensor(a!) self, Tensor exponent) -> Tensor(a!)': floatPowerInPlace,
  'aten::float_power_.Scalar(Tensor(a!) self, Scalar exponent) -> Tensor(a!)': floatPowerInPlace,
  'aten::_add_relu.Tensor(Tensor self, Tensor other, *, Scalar alpha=1) -> Tensor': addRelu,
  'aten::_add_relu.Scalar(Tensor self, Scalar other, Scalar alpha=1) -> Tensor': addRelu,
  'aten::maximum(Tensor self, Tensor other) -> Tensor': maximum,
  'aten::minimum(Tensor self, Tensor other) -> Tensor': minimum,
  'aten::fmax(Tensor self, Tensor other) -> Tensor': arithmetic({
    f: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : a > b ? a : b),
  }),
  'aten::fmin(Tensor self, Tensor other) -> Tensor': arithmetic({
    f: (a, b) => (Number.isNaN(a) ? b : Number.isNaN(b) ? a : a < b ? a : b),
  }),
  'aten::atan2(Tensor self, Tensor other) -> Tensor': floating(Math.atan2),
  'aten::hypot(Tensor self, Tensor other) -> Tensor': floating(Math.hypot),
  'aten::copysign.Tensor(Tensor self, Tensor other) -> Tensor': copysign,
  'aten::copysign.Scalar(Tensor self, Scalar other) -> Tensor': copysign,
  'aten::nextafter(Tensor self, Tensor other) -> Tensor': nextAfter,
  'aten::xlogy.Tensor(Tensor self, Tensor other) -> Tensor': xlogy,
  'aten::xlogy.Scalar_Self(Scalar self, Tensor other) -> Tensor': xlogy,
  'aten::xlogy.Scalar_Other(Tensor self, Scalar other) -> Tensor': xlogy,
  'aten::special_xlog1py(Tensor self, Tensor other) -> Tensor': xlog1py,
  'aten::special_xlog1py.self_scalar(Scalar self, Tensor other) -> Tensor': xlog1py,
  'aten::special_xlog1py.other_scalar(Tensor self, Scalar other) -> Tensor': xlog1py,
  'aten::special_zeta(Tensor self, Tensor other) -> Tensor': zeta2,
  'aten::special_zeta.self_scalar(Scalar self, Tensor other) -> Tensor': zeta2,
  'aten::special_zeta.other_scalar(Tensor self, Scalar other) -> Tensor': zeta2,
  'aten::igamma(Tensor self, Tensor other) -> Tensor': floating(igamma),
  'aten::igammac(Tensor self, Tensor other) -> Tensor': floating(igammac),
  'aten::logaddexp(Tensor self, Tensor other) -> Tensor': floating(logAddExp('e'), (ar, ai, br, bi) => {
    const [xr, xi, yr, yi] = ar >= br ? [ar, ai, br, bi] : [br, bi, ar, ai]
    const [er, ei] = complex.exp(yr - xr, yi - xi)
    const [lr, li] = complex.log1p(er, ei)
    return [xr + lr, xi + li]
  }),
  'aten::logaddexp2(Tensor self, Tensor other) -> Tensor': floating(logAddExp('2')),
  'aten::ldexp.Tensor(Tensor self, Tensor other) -> Tensor': (d, self, other) =>
    d.call('aten::mul.Tensor', self, d.call('aten::pow.Scalar', d.float(2), other)),
  'aten::heaviside(Tensor self, Tensor values) -> Tensor': (d, self: Tensor, values: Tensor) => {
    if (self.dtype !== values.dtype)
      throw new RuntimeError('TSJ_HEAVISIDE', 'heaviside is not yet implemented for tensors with different dtypes.')
    return arithmetic({ f: (a: number, b: number) => (Number.isNaN(a) ? a : a > 0 ? 1 : a < 0 ? 0 : b) })(d, self, values)
  },
  'aten::gcd(Tensor self, Tensor other) -> Tensor': arithmetic({ f: gcdNumber, bigint: gcdBig }),
  'aten::lcm(Tensor self, Tensor other) -> Tensor': arithmetic({
    f: (a: number, b: number) => (a === 0 || b === 0 ? 0 : Math.abs((a / gcdNumber(a, b)) * b)),
    bigint: (a: bigint, b: bigint) => {
      const divisor = gcdBig(a, b)
      const value = divisor === 0n ? 0n : BigInt.asIntN(64, (a / divisor) * b)
      return value < 0n ? -value : value
    },
  }),
  'aten::eq.Tensor(Tensor self, Tensor other) -> Tensor': eq,
  'aten::eq.Scalar(Tensor self, Scalar other) -> Tensor': eq,
  'aten::ne.Tensor(Tensor self, Tensor other) -> Tensor': ne,
  'aten::ne.Scalar(Tensor self, Scalar other) -> Tensor': ne,
  'aten::lt.Tensor(Tensor self, Tensor other) -> Tensor': lt,
  'aten::lt.Scalar(Tensor self, Scalar other) -> Tensor': lt,
  'aten::le.Tensor(Tensor self, Tensor other) -> Tensor': le,
  'aten::le.Scalar(Tensor self, Scalar other) -> Tensor': le,
  'aten::gt.Tensor(Tensor self, Tensor other) -> Tensor': gt,
  'aten::gt.Scalar(Tensor self, Scalar other) -> Tensor': gt,
  'aten::ge.Tensor(Tensor self, Tensor other) -> Tensor': ge,
  'aten::ge.Scalar(Tensor self, Scalar other) -> Tensor': ge,
  'aten::logical_and(Tensor self, Tensor other) -> Tensor': logical((a, b) => a && b),
  'aten::logical_or(Tensor self, Tensor other) -> Tensor': logical((a, b) => a || b),
  'aten::logical_xor(Tensor self, Tensor other) -> Tensor': logical((a, b) => a !== b),
  'aten::bitwise_and.Tensor(Tensor self, Tensor other) -> Tensor': bitAnd,
  'aten::bitwise_and.Scalar(Tensor self, Scalar other) -> Tensor': bitAnd,
  'aten::bitwise_and.Scalar_Tensor(Scalar self, Tensor other) -> Tensor': bitAnd,
  'aten::bitwise_or.Tensor(Tensor self, Tensor other) -> Tensor': bitOr,
  'aten::bitwise_or.Scalar(Tensor self, Scalar other) -> Tensor': bitOr,
  'aten::bitwise_or.Scalar_Tensor(Scalar self, Tensor other) -> Tensor': bitOr,
  'aten::bitwise_xor.Tensor(Tensor self, Tensor other) -> Tensor': bitXor,
  'aten::bitwise_xor.Scalar(Tensor self, Scalar other) -> Tensor': bitXor,
  'aten::bitwise_xor.Scalar_Tensor(Scalar self, Tensor other) -> Tensor': bitXor,
  'aten::__and__.Tensor(Tensor self, Tensor other) -> Tensor': bitAnd,
  'aten::__and__.Scalar(Tensor self, Scalar other) -> Tensor': bitAnd,
  'aten::__or__.Tensor(Tensor self, Tensor other) -> Tensor': bitOr,
  'aten::__or__.Scalar(Tensor self, Scalar other) -> Tensor': bitOr,
  'aten::__xor__.Tensor(Tensor self, Tensor other) -> Tensor': bitXor,
  'aten::__xor__.Scalar(Tensor self, Scalar other) -> Tensor': bitXor,
  'aten::bitwise_left_shift.Tensor(Tensor self, Tensor other) -> Tensor': shift(true),
  'aten::bitwise_left_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor': shift(true),
  'aten::bitwise_left_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor': shift(true),
  'aten::bitwise_right_shift.Tensor(Tensor self, Tensor other) -> Tensor': shift(false),
  'aten::bitwise_right_shift.Tensor_Scalar(Tensor self, Scalar other) -> Tensor': shift(false),
  'aten::bitwise_right_shift.Scalar_Tensor(Scalar self, Tensor other) -> Tensor': shift(false),
  'aten::__lshift__.Tensor(Tensor self, Tensor other) -> Tensor': shift(true),
  'aten::__lshift__.Scalar(Tensor self, Scalar other) -> Tensor': shift(true),
  'aten::__rshift__.Tensor(Tensor self, Tensor other) -> Tensor': shift(false),
  'aten::__rshift__.Scalar(Tensor self, Scalar other) -> Tensor': shift(false),
  'aten::complex(Tensor real, Tensor imag) -> Tensor': (d, re: Tensor, im: Tensor) =>
    mapComplex(d, [re, im], complexOf(re), (a, _, b) => [a, b]),
  'aten::polar(Tensor abs, Tensor angle) -> Tensor': (d, abs: Tensor, angle: Tensor) =>
    mapComplex(d, [abs, angle], complexOf(abs), (a, _, b) => [a * Math.cos(b), a * Math.sin(b)]),
}

function complexOf(part: Tensor): DType {
  return part.dtype === 'float64' ? 'complex128' : part.dtype === 'float16' ? 'complex32' : 'complex64'
}
