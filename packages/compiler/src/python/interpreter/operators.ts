import type { SourceRange } from '@tsjit/types'
import type { PythonHost } from './host.ts'
import { raise } from './python-error.ts'
import { typeNameOf } from './text.ts'
import { PyConstant, PyDict, PySet, PyTuple } from './values.ts'

const tensorOperators: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floor_divide',
  '%': 'remainder',
  '**': 'pow',
  '@': 'matmul',
  '&': '__and__',
  '|': '__or__',
  '^': '__xor__',
  '<': 'lt',
  '>': 'gt',
  '<=': 'le',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
}

const isNumber = (value: unknown): value is number | bigint | boolean =>
  typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
const isInteger = (value: unknown): value is bigint | boolean => typeof value === 'bigint' || typeof value === 'boolean'

function unsupported(operator: string, left: unknown, right: unknown, range: SourceRange): never {
  return raise('TypeError', `unsupported operand type(s) for ${operator}: '${typeNameOf(left)}' and '${typeNameOf(right)}'`, range)
}

export function binary(host: PythonHost, operator: string, left: unknown, right: unknown, range: SourceRange): unknown {
  if (host.isTensor(left) || host.isTensor(right)) {
    const name = tensorOperators[operator]
    if (name === undefined) unsupported(operator, left, right, range)
    if (host.isTensor(left)) return host.callOperator(name, [left, right], new Map())
    return reversed(host, operator, left, right)
  }
  if (isInteger(left) && isInteger(right)) return integers(operator, BigInt(left), BigInt(right), left, right, range)
  if (isNumber(left) && isNumber(right)) return floats(operator, Number(left), Number(right), left, right, range)
  if (operator === '+') {
    if (typeof left === 'string' && typeof right === 'string') return left + right
    if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right]
    if (left instanceof PyTuple && right instanceof PyTuple) return new PyTuple([...left.items, ...right.items])
  }
  if (operator === '*') {
    const repeat = isInteger(left) ? left : isInteger(right) ? right : undefined
    const sequence = isInteger(left) ? right : left
    if (repeat !== undefined) {
      const count = Math.max(0, Number(repeat))
      if (typeof sequence === 'string') return sequence.repeat(count)
      if (Array.isArray(sequence)) return new Array<readonly unknown[]>(count).fill(sequence).flat()
      if (sequence instanceof PyTuple) return new PyTuple(new Array<readonly unknown[]>(count).fill(sequence.items).flat())
    }
  }
  if (operator === '|') {
    if (left instanceof PyDict && right instanceof PyDict) return new PyDict([...left.entries(), ...right.entries()])
    if (left instanceof PySet && right instanceof PySet) return new PySet([...left.values(), ...right.values()])
  }
  if (left instanceof PySet && right instanceof PySet) {
    if (operator === '-') return new PySet(left.values().filter((item) => !right.has(item)))
    if (operator === '&') return new PySet(left.values().filter((item) => right.has(item)))
  }
  return unsupported(operator, left, right, range)
}

/** `1 - x`, `2 / x`: the number first. */
function reversed(host: PythonHost, operator: string, left: unknown, right: unknown): unknown {
  const none = new Map<string, unknown>()
  switch (operator) {
    case '-':
      return host.callOperator('rsub', [right, left], none)
    case '/':
      return host.callOperator('mul', [host.callOperator('reciprocal', [right], none), left], none)
    case '**':
      return host.callOperator('pow', [left, right], none)
    case '<':
    case '>':
    case '<=':
    case '>=': {
      const mirrored = { '<': 'gt', '>': 'lt', '<=': 'ge', '>=': 'le' }[operator]
      return host.callOperator(mirrored, [right, left], none)
    }
    default:
      return host.callOperator(tensorOperators[operator], [right, left], none)
  }
}

function floorDivide(x: bigint, y: bigint): bigint {
  const quotient = x / y
  return x % y !== 0n && x < 0n !== y < 0n ? quotient - 1n : quotient
}

function integers(operator: string, x: bigint, y: bigint, left: unknown, right: unknown, range: SourceRange): unknown {
  switch (operator) {
    case '+':
      return x + y
    case '-':
      return x - y
    case '*':
      return x * y
    case '/':
      if (y === 0n) raise('ZeroDivisionError', 'division by zero', range)
      return Number(x) / Number(y)
    case '//':
      if (y === 0n) raise('ZeroDivisionError', 'integer division or modulo by zero', range)
      return floorDivide(x, y)
    case '%':
      if (y === 0n) raise('ZeroDivisionError', 'integer division or modulo by zero', range)
      return x - floorDivide(x, y) * y
    case '**':
      if (y > 4096n) raise('OverflowError', 'exponent too large', range)
      return y >= 0n ? x ** y : Number(x) ** Number(y)
    case '<<':
      if (y > 4096n) raise('OverflowError', 'shift count too large', range)
      return x << y
    case '>>':
      return x >> y
    case '&':
      return bothBooleans(left, right) ? (x & y) === 1n : x & y
    case '|':
      return bothBooleans(left, right) ? (x | y) === 1n : x | y
    case '^':
      return bothBooleans(left, right) ? (x ^ y) === 1n : x ^ y
    default:
      return unsupported(operator, left, right, range)
  }
}

const bothBooleans = (left: unknown, right: unknown): boolean => typeof left === 'boolean' && typeof right === 'boolean'

function floats(operator: string, x: number, y: number, left: unknown, right: unknown, range: SourceRange): number {
  switch (operator) {
    case '+':
      return x + y
    case '-':
      return x - y
    case '*':
      return x * y
    case '/':
      if (y === 0) raise('ZeroDivisionError', 'float division by zero', range)
      return x / y
    case '//':
      if (y === 0) raise('ZeroDivisionError', 'float floor division by zero', range)
      return Math.floor(x / y)
    case '%':
      if (y === 0) raise('ZeroDivisionError', 'float modulo', range)
      return x - Math.floor(x / y) * y
    case '**':
      return x ** y
    default:
      return unsupported(operator, left, right, range)
  }
}

export function unary(host: PythonHost, operator: string, value: unknown, range: SourceRange): unknown {
  if (host.isTensor(value)) {
    if (operator === '-') return host.callOperator('neg', [value], new Map())
    if (operator === '~') return host.callOperator('bitwise_not', [value], new Map())
    return value
  }
  if (typeof value === 'boolean') value = value ? 1n : 0n
  if (operator === '-' && typeof value === 'bigint') return -value
  if (operator === '-' && typeof value === 'number') return -value
  if (operator === '+' && isNumber(value)) return value
  if (operator === '~' && typeof value === 'bigint') return ~value
  return raise('TypeError', `bad operand type for unary ${operator}: '${typeNameOf(value)}'`, range)
}

export function equal(left: unknown, right: unknown): boolean {
  if (isNumber(left) && isNumber(right))
    return isInteger(left) && isInteger(right) ? BigInt(left) === BigInt(right) : Number(left) === Number(right)
  if (Array.isArray(left) && Array.isArray(right)) return sameItems(left, right)
  if (left instanceof PyTuple && right instanceof PyTuple) return sameItems(left.items, right.items)
  if (left instanceof PyDict && right instanceof PyDict) {
    return left.size === right.size && left.entries().every(([key, value]) => right.has(key) && equal(value, right.get(key)))
  }
  if (left instanceof PySet && right instanceof PySet) return left.size === right.size && left.values().every((item) => right.has(item))
  if (left instanceof PyConstant && right instanceof PyConstant) {
    return left.typeName === right.typeName && JSON.stringify(left.value) === JSON.stringify(right.value)
  }
  return left === right
}

function sameItems(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((item, i) => equal(item, right[i]))
}

/** Negative, zero or positive, as `left` is less than, equal to or greater than `right`. */
export function order(left: unknown, right: unknown, operator: string, range: SourceRange | undefined): number {
  if (isNumber(left) && isNumber(right)) return left < right ? -1 : left > right ? 1 : Number(left) === Number(right) ? 0 : Number.NaN
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0
  const [a, b] = [left, right].map((value) => (value instanceof PyTuple ? value.items : Array.isArray(value) ? value : undefined))
  if (a && b) {
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (!equal(a[i], b[i])) return order(a[i], b[i], operator, range)
    return a.length - b.length
  }
  return raise('TypeError', `'${operator}' not supported between instances of '${typeNameOf(left)}' and '${typeNameOf(right)}'`, range)
}
