import { Boxed, type Complex, scalarFloat, scalarInt } from '@tsjit/runtime'
import type { Builtin, BuiltinTable } from './builtin.ts'
import * as cx from './complex-arithmetic.ts'
import { failure } from './failure.ts'
import { powFloat, remainderFloat } from './float-arithmetic.ts'
import {
  addInt,
  andInt,
  checkedToInt,
  divisionByZero,
  floordivInt,
  type Int,
  mulInt,
  negInt,
  orInt,
  powInt,
  remainderInt,
  shiftLeftInt,
  shiftRightInt,
  subInt,
  toInt32,
  truncdivInt,
  xorInt,
} from './int-arithmetic.ts'

export type Scalar = Boxed | boolean | Complex

/** How a Scalar takes part in arithmetic: bools count as ints. */
export function openScalar(
  value: Scalar,
): { kind: 'int'; value: Int } | { kind: 'float'; value: number } | { kind: 'complex'; value: Complex } {
  if (value instanceof Boxed) {
    return value.type.kind === 'float' ? { kind: 'float', value: value.value as number } : { kind: 'int', value: value.value as Int }
  }
  if (typeof value === 'boolean') return { kind: 'int', value: value ? 1 : 0 }
  return { kind: 'complex', value }
}

interface Rows {
  readonly int?: (a: Int, b: Int) => unknown
  readonly float: (a: number, b: number) => unknown
  readonly complex?: (a: Complex, b: Complex) => unknown
}

const none = (): never => {
  throw failure('TSJ_SCALAR_TYPE', 'this operator is not defined for complex numbers')
}

/** Picks the row by the dynamic types of two Scalars and tags the result by `result` (`Scalar`: as computed). */
export function onScalars(rows: Rows, result: 'Scalar' | 'plain'): Builtin {
  return (a: Scalar, b: Scalar) => {
    const x = openScalar(a)
    const y = openScalar(b)
    if (x.kind === 'complex' || y.kind === 'complex') return (rows.complex ?? none)(cx.toComplex(x.value), cx.toComplex(y.value))
    if (x.kind === 'int' && y.kind === 'int' && rows.int) {
      const value = rows.int(x.value, y.value)
      return result === 'Scalar' ? scalarInt(value as Int) : value
    }
    const value = rows.float(Number(x.value), Number(y.value))
    return result === 'Scalar' ? scalarFloat(value as number) : value
  }
}

/** The family `name.int`, `.float`, `.int_float`, `.float_int` and, where there is a complex row, those with complex. */
function arithmetic(name: string, rows: Required<Rows> | Rows, scalars: 'Scalar' | 'plain'): BuiltinTable {
  const { int, float, complex } = rows
  const mixed: Builtin = (a: Int, b: Int) => float(Number(a), Number(b))
  return {
    [`${name}.int`]: int ?? mixed,
    [`${name}.float`]: float,
    [`${name}.int_float`]: mixed,
    [`${name}.float_int`]: mixed,
    [name]: onScalars(rows, scalars),
    ...(complex && {
      [`${name}.complex`]: complex,
      ...Object.fromEntries(
        ['int_complex', 'complex_int', 'float_complex', 'complex_float'].map((pair) => [
          `${name}.${pair}`,
          (a: Complex | Int, b: Complex | Int) => complex(cx.toComplex(a), cx.toComplex(b)),
        ]),
      ),
    }),
  }
}

const order = (name: string, test: (a: any, b: any) => boolean): BuiltinTable => ({
  ...arithmetic(name, { int: test, float: test }, 'plain'),
  [`${name}.str`]: (a: string, b: string) => test(compareText(a, b), 0),
})

/** Text compares by its UTF-8 bytes, that is by code points. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i)
    const y = b.charCodeAt(i)
    if (x === y) continue
    // surrogates sort behind the rest of the basic plane
    const xs = x >= 0xd800 && x < 0xe000
    const ys = y >= 0xd800 && y < 0xe000
    return xs !== ys ? (xs ? 1 : -1) : x - y
  }
  return a.length - b.length
}

const sameComplex = (a: Complex, b: Complex): boolean => a.re === b.re && a.im === b.im
const equal = (name: string, negate: boolean): BuiltinTable => {
  const plain = (a: unknown, b: unknown): boolean => (a === b) !== negate
  return {
    ...arithmetic(name, { int: plain, float: plain, complex: (a, b) => sameComplex(a, b) !== negate }, 'plain'),
    [`${name}.bool`]: plain,
    [`${name}.str`]: plain,
    [`${name}.device`]: plain,
    [`${name}.enum`]: plain,
  }
}

function powChecked(a: number, b: number): number {
  if (a === 0 && b < 0) throw failure('TSJ_ZERO_POWER', '0.0 cannot be raised to a negative power')
  return powFloat(a, b)
}

const maxOf = (a: Int, b: Int): Int => (a > b ? a : b)
const minOf = (a: Int, b: Int): Int => (a < b ? a : b)

// not Math.max: a nan on the left loses, as in C++'s `a > b ? a : b`
const larger = (a: number, b: number): number => (a > b ? a : b)
const smaller = (a: number, b: number): number => (a < b ? a : b)

export const scalarArithmetic: BuiltinTable = {
  ...arithmetic('aten::add', { int: addInt, float: (a, b) => a + b, complex: cx.add }, 'Scalar'),
  ...arithmetic('aten::sub', { int: subInt, float: (a, b) => a - b, complex: cx.sub }, 'Scalar'),
  ...arithmetic('aten::mul', { int: mulInt, float: (a, b) => a * b, complex: cx.mul }, 'Scalar'),
  ...arithmetic('aten::div', { float: (a, b) => a / b, complex: cx.div }, 'plain'),
  ...arithmetic('aten::floordiv', { int: floordivInt, float: (a, b) => Math.floor(a / b) }, 'Scalar'),
  ...arithmetic('aten::remainder', { int: remainderInt, float: remainderFloat }, 'Scalar'),
  ...arithmetic('aten::pow', { float: powChecked, complex: cx.pow }, 'plain'),
  'aten::pow.Scalar_Scalar': onScalars({ float: powFloat, complex: cx.pow }, 'plain'),
  'aten::pow.int_to_int': powInt,
  ...order('aten::lt', (a, b) => a < b),
  ...order('aten::gt', (a, b) => a > b),
  ...order('aten::le', (a, b) => a <= b),
  ...order('aten::ge', (a, b) => a >= b),
  ...equal('aten::eq', false),
  ...equal('aten::ne', true),
  ...arithmetic('prim::max', { int: maxOf, float: larger }, 'Scalar'),
  ...arithmetic('prim::min', { int: minOf, float: smaller }, 'Scalar'),
  'aten::add.str': (a: string, b: string) => a + b,
  'aten::__and__.int': andInt,
  'aten::__or__.int': orInt,
  'aten::__xor__.int': xorInt,
  'aten::__lshift__.int': shiftLeftInt,
  'aten::__rshift__.int': shiftRightInt,
  'aten::__and__.bool': (a: boolean, b: boolean) => a && b,
  'aten::__or__.bool': (a: boolean, b: boolean) => a || b,
  'aten::__xor__.bool': (a: boolean, b: boolean) => a !== b,
  'aten::__not__': (a: boolean) => !a,
  'aten::__round_to_zero_floordiv.int': truncdivInt,
  'aten::neg.int': negInt,
  'aten::neg.float': (a: number) => -a,
  'aten::neg.complex': cx.neg,
  'aten::neg.Scalar': (a: Scalar) => {
    const x = openScalar(a)
    return x.kind === 'int'
      ? scalarInt(toInt32(negInt(x.value)))
      : x.kind === 'float'
        ? scalarFloat(-Math.fround(x.value))
        : cx.neg(x.value)
  },
  'aten::divmod.int': (a: Int, b: Int) => {
    if (b === 0) throw divisionByZero('ZeroDivisionError: integer division or modulo by zero')
    const quotient = floordivInt(a, b)
    return [quotient, subInt(a, mulInt(quotient, b))]
  },
  'aten::divmod.float': (a: number, b: number) => {
    if (b === 0) throw divisionByZero('ZeroDivisionError: float divmod()')
    let remainder = a % b
    if (remainder && a < 0 !== b < 0) remainder += b
    return [(a - remainder) / b, remainder]
  },
  ...Object.fromEntries(
    ['int_float', 'float_int'].map((pair) => [
      `aten::divmod.${pair}`,
      (x: Int, y: Int) => {
        // PyTorch computes the mixed forms in 32-bit ints and floats
        const [a, b] = pair === 'int_float' ? [toInt32(x), Math.fround(y as number)] : [Math.fround(x as number), toInt32(y)]
        if (b === 0) throw divisionByZero('ZeroDivisionError: float divmod()')
        const quotient = Number(checkedToInt(Math.floor(Math.fround(Math.fround(a) / Math.fround(b)))))
        return [quotient, a - quotient * b]
      },
    ]),
  ),
}
