import { normInt } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'

/** A program's `int`: a number while it is a safe integer, a bigint beyond; wraps at 64 bits as PyTorch's does. */
export type Int = number | bigint

const max = Number.MAX_SAFE_INTEGER

export function divisionByZero(text: string): RuntimeError {
  return Object.assign(new RuntimeError('TSJ_ZERO_DIVISION', text), { pythonClass: 'ZeroDivisionError' })
}

export function addInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const sum = a + b
    if (sum <= max && sum >= -max) return sum
  }
  return normInt(BigInt(a) + BigInt(b))
}

export function subInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const difference = a - b
    if (difference <= max && difference >= -max) return difference
  }
  return normInt(BigInt(a) - BigInt(b))
}

export function mulInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    const product = a * b
    // + 0: an int has no negative zero
    if (product <= max && product >= -max) return product + 0
  }
  return normInt(BigInt(a) * BigInt(b))
}

export function negInt(a: Int): Int {
  return typeof a === 'number' ? 0 - a : normInt(-a)
}

/** Rounds down. `Math.floor(a / b)` is exact for safe integers: the quotient is at least `1 / b` away from the next integer. */
export function floordivInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) throw divisionByZero('division by 0')
    return Math.floor(a / b) + 0
  }
  const x = BigInt(a)
  const y = BigInt(b)
  if (y === 0n) throw divisionByZero('division by 0')
  const quotient = x / y
  return normInt(x % y !== 0n && x < 0n !== y < 0n ? quotient - 1n : quotient)
}

export function truncdivInt(a: Int, b: Int): Int {
  if (b === 0) throw divisionByZero('division by 0')
  if (typeof a === 'number' && typeof b === 'number') return Math.trunc(a / b) + 0
  return normInt(BigInt(a) / BigInt(b))
}

/** The sign of the divisor, as in Python. */
export function remainderInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    if (b === 0) throw divisionByZero('ZeroDivisionError: integer modulo by zero')
    const remainder = a % b
    return remainder !== 0 && remainder < 0 !== b < 0 ? remainder + b : remainder + 0
  }
  const x = BigInt(a)
  const y = BigInt(b)
  if (y === 0n) throw divisionByZero('ZeroDivisionError: integer modulo by zero')
  return normInt(BigInt.asIntN(64, y + (x % y)) % y)
}

const isInt32 = (value: Int): value is number => typeof value === 'number' && (value | 0) === value

export function andInt(a: Int, b: Int): Int {
  return isInt32(a) && isInt32(b) ? a & b : normInt(BigInt(a) & BigInt(b))
}
export function orInt(a: Int, b: Int): Int {
  return isInt32(a) && isInt32(b) ? a | b : normInt(BigInt(a) | BigInt(b))
}
export function xorInt(a: Int, b: Int): Int {
  return isInt32(a) && isInt32(b) ? a ^ b : normInt(BigInt(a) ^ BigInt(b))
}

/** Shift counts count modulo 64, as x86 shifts do. */
export function shiftLeftInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number' && b >= 0 && b < 64) {
    const shifted = a * 2 ** b
    if (shifted <= max && shifted >= -max) return shifted
  }
  return normInt(BigInt.asIntN(64, BigInt(a)) << BigInt.asUintN(6, BigInt(b)))
}
export function shiftRightInt(a: Int, b: Int): Int {
  if (isInt32(a) && typeof b === 'number' && b >= 0 && b < 32) return a >> b
  return normInt(BigInt.asIntN(64, BigInt(a)) >> BigInt.asUintN(6, BigInt(b)))
}

/** C's cast to a 32-bit int, which some of PyTorch's operators on Scalars go through. */
export function toInt32(value: Int): number {
  return typeof value === 'number' && (value | 0) === value ? value : Number(BigInt.asIntN(32, BigInt(value)))
}

export function absInt(a: Int): Int {
  return typeof a === 'number' ? Math.abs(a) : normInt(a < 0n ? -a : a)
}

export function gcdInt(a: Int, b: Int): Int {
  if (typeof a === 'number' && typeof b === 'number') {
    while (b !== 0) [a, b] = [b, (a as number) % (b as number)]
    return Math.abs(a)
  }
  let x = BigInt(a)
  let y = BigInt(b)
  while (y !== 0n) [x, y] = [y, x % y]
  return normInt(x < 0n ? -x : x)
}

export function compareInt(a: Int, b: Int): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** What C's cast from double to int64 gives on x86: truncation, and the smallest int for everything that does not fit. */
export function truncToInt(value: number): Int {
  const whole = Math.trunc(value)
  if (Number.isSafeInteger(whole)) return whole + 0
  if (!(Math.abs(value) < 2 ** 63)) return -9223372036854775808n
  return normInt(BigInt(whole))
}

/** Exact integers of a double that is known to fit; throws PyTorch's message where it does not. */
export function checkedToInt(value: number): Int {
  if (!Number.isFinite(value) || value > 2 ** 63 || value < -(2 ** 63)) {
    throw new RuntimeError(
      'TSJ_FLOAT_TO_INT',
      `Cannot convert float ${Number.isNaN(value) ? 'nan' : value === Infinity ? 'inf' : value === -Infinity ? '-inf' : value} to integer`,
    )
  }
  return Number.isSafeInteger(value) ? value + 0 : normInt(BigInt(value))
}

export function powInt(base: Int, exponent: Int): Int {
  if (exponent < 0) {
    if (base === 0) throw new RuntimeError('TSJ_ZERO_POWER', '0.0 cannot be raised to a negative power')
  }
  // PyTorch computes in double and casts
  return truncToInt(Number(base) ** Number(exponent))
}

/** PyTorch computes modulo 2^64. */
export function factorialInt(n: Int): Int {
  if (n < 0) throw new RuntimeError('TSJ_NEGATIVE_FACTORIAL', 'factorial() not defined for negative values')
  let product = 1n
  for (let i = 2n; i <= BigInt(n) && product !== 0n; i++) product = BigInt.asIntN(64, product * i)
  return normInt(product)
}
