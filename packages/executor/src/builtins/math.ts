import { Complex, scalarFloat, scalarInt } from '@tsjit/runtime'
import type { Builtin, BuiltinTable } from './builtin.ts'
import * as cx from './complex-arithmetic.ts'
import { failure } from './failure.ts'
import { copysign, erf, erfc, frexp, gamma, ieeeRemainder, ldexp, lgamma, roundHalfEven } from './float-arithmetic.ts'
import { absInt, checkedToInt, factorialInt, gcdInt, type Int, toInt32 } from './int-arithmetic.ts'
import { onScalars, openScalar, type Scalar } from './scalar-arithmetic.ts'

const noComplex = (name: string): never => {
  throw failure('TSJ_SCALAR_TYPE', `${name} is not defined for complex numbers`)
}

/** `name.int`, `.float`, `.Scalar` (and `.complex`), all computed in double. */
function unary(name: string, float: (a: number) => number, complex?: (a: Complex) => Complex | number): BuiltinTable {
  return {
    [`${name}.int`]: (a: Int) => float(Number(a)),
    [`${name}.float`]: float,
    [`${name}.Scalar`]: (a: Scalar) => {
      const x = openScalar(a)
      // PyTorch's overload for Scalars goes through a 32-bit float
      if (x.kind !== 'complex') return scalarFloat(Math.fround(float(Number(x.value))))
      const value = complex ? complex(x.value) : noComplex(name)
      return typeof value === 'number' ? scalarFloat(Math.fround(value)) : value
    },
    ...(complex && { [`${name}.complex`]: complex }),
  }
}

function toWholeInt(name: string, whole: (a: number) => number, ofInt: (a: Int) => Int): BuiltinTable {
  return {
    [`${name}.int`]: ofInt,
    [`${name}.float`]: (a: number) => checkedToInt(whole(a)),
    [`${name}.Scalar`]: (a: Scalar) => {
      const x = openScalar(a)
      if (x.kind === 'complex') return noComplex(name)
      return scalarInt(toInt32(x.kind === 'int' ? ofInt(x.value) : checkedToInt(whole(x.value))))
    },
  }
}

function binaryFloat(name: string, float: (a: number, b: number) => number, scalars = name): BuiltinTable {
  const mixed: Builtin = (a: Int, b: Int) => float(Number(a), Number(b))
  return {
    [`${name}.int`]: mixed,
    [`${name}.float`]: float,
    [`${name}.int_float`]: mixed,
    [`${name}.float_int`]: mixed,
    [scalars]: onScalars({ float }, 'plain'),
  }
}

const quotientOfLogs = (a: Complex, b: Complex): Complex => cx.div(cx.log(a), cx.log(b))
const mixedLog: Builtin = (a: Int, b: Int) => Math.log(Number(a)) / Math.log(Number(b))
/** The real operand's logarithm is real: nan for what is below zero. */
const complexLog: Builtin = (a: Complex | Int, b: Complex | Int) => {
  const divisor = b instanceof Complex ? cx.log(b) : Math.log(Number(b))
  const dividend = a instanceof Complex ? cx.log(a) : cx.complex(Math.log(Number(a)), 0)
  return divisor instanceof Complex ? cx.div(dividend, divisor) : cx.complex(dividend.re / divisor, dividend.im / divisor)
}
const polar: Builtin = (a: Int, b: Int) => cx.polar(Number(a), Number(b))

const isFiniteComplex = (a: Complex): boolean => Number.isFinite(a.re) && Number.isFinite(a.im)
const isInfinite = (a: number): boolean => a === Infinity || a === -Infinity

export const math: BuiltinTable = {
  ...unary('aten::log', Math.log, cx.log),
  ...unary('aten::log10', Math.log10, cx.log10),
  ...unary('aten::log1p', Math.log1p),
  ...unary('aten::exp', Math.exp, cx.exp),
  ...unary('aten::expm1', Math.expm1),
  ...unary('aten::sqrt', Math.sqrt, cx.sqrt),
  ...unary('aten::sin', Math.sin, cx.sin),
  ...unary('aten::cos', Math.cos, cx.cos),
  ...unary('aten::tan', Math.tan, cx.tan),
  ...unary('aten::asin', Math.asin, cx.asin),
  ...unary('aten::acos', Math.acos, cx.acos),
  ...unary('aten::atan', Math.atan, cx.atan),
  ...unary('aten::sinh', Math.sinh, cx.sinh),
  ...unary('aten::cosh', Math.cosh, cx.cosh),
  ...unary('aten::tanh', Math.tanh, cx.tanh),
  ...unary('aten::asinh', Math.asinh, cx.asinh),
  ...unary('aten::acosh', Math.acosh, cx.acosh),
  ...unary('aten::atanh', Math.atanh, cx.atanh),
  ...unary('aten::angle', (a) => (a < 0 || Object.is(a, -0) ? Math.PI : 0), cx.angle),
  ...unary('aten::degrees', (a) => a * (180 / Math.PI)),
  ...unary('aten::radians', (a) => a * (Math.PI / 180)),
  ...unary('aten::gamma', gamma),
  ...unary('aten::lgamma', lgamma),
  ...unary('aten::erf', erf),
  ...unary('aten::erfc', erfc),
  ...unary('aten::fabs', Math.abs),
  ...unary('aten::round', roundHalfEven),
  // floor goes by way of double, ceil does not
  ...toWholeInt('aten::floor', Math.floor, (a) => checkedToInt(Number(a))),
  ...toWholeInt('aten::ceil', Math.ceil, (a) => a),
  ...binaryFloat('aten::atan2', Math.atan2, 'aten::atan2.Scalar_Scalar'),
  ...binaryFloat('aten::fmod', (a, b) => a % b),
  ...binaryFloat('aten::mathremainder', ieeeRemainder),
  ...binaryFloat('aten::copysign', copysign),
  'aten::log.int_int': mixedLog,
  'aten::log.float_float': mixedLog,
  'aten::log.int_float': mixedLog,
  'aten::log.float_int': mixedLog,
  'aten::log.complex_complex': quotientOfLogs,
  'aten::log.int_complex': complexLog,
  'aten::log.complex_int': complexLog,
  'aten::log.float_complex': complexLog,
  'aten::log.complex_float': complexLog,
  'aten::log.Scalar_Scalar': onScalars({ float: (a, b) => Math.log(a) / Math.log(b), complex: quotientOfLogs }, 'plain'),
  'aten::polar.int': polar,
  'aten::polar.float': polar,
  'aten::polar.int_float': polar,
  'aten::polar.float_int': polar,
  'aten::polar.Scalar_Scalar': onScalars({ float: cx.polar }, 'plain'),
  'aten::gcd.int': gcdInt,
  'aten::factorial.int': factorialInt,
  'aten::isnan.float': (a: number) => Number.isNaN(a),
  'aten::isnan.complex': (a: Complex) => Number.isNaN(a.re) || Number.isNaN(a.im),
  'aten::isfinite.float': (a: number) => Number.isFinite(a),
  'aten::isfinite.complex': isFiniteComplex,
  'aten::isinf.float': isInfinite,
  'aten::isinf.complex': (a: Complex) => isInfinite(a.re) || isInfinite(a.im),
  'aten::modf': (a: number) => {
    const whole = Math.trunc(a)
    return [Number.isFinite(a) ? copysign(a - whole, a) : Number.isNaN(a) ? a : copysign(0, a), whole]
  },
  'aten::frexp': frexp,
  'aten::ldexp': (x: number, i: Int) => ldexp(x, Number(i)),
  'prim::abs.int': absInt,
  'prim::abs.float': (a: number) => Math.abs(a),
  'prim::abs.complex': cx.abs,
  'prim::abs.Scalar': (a: Scalar) => {
    const x = openScalar(a)
    return x.kind === 'int'
      ? scalarInt(toInt32(absInt(x.value)))
      : scalarFloat(Math.fround(x.kind === 'float' ? Math.abs(x.value) : cx.abs(x.value)))
  },
}
