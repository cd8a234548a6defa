import type { Expression } from '@tsjit/parser'
import { BoolType, ComplexType, DeviceType, FloatType, IntType, NoneType, StringType, type Type } from '@tsjit/types'
import { typeFromExpression } from '../type-annotations.ts'
import {
  PythonAlias,
  PythonConstant,
  PythonContainer,
  type PythonObject,
  PythonOpaque,
  PythonOperator,
  PythonType,
} from './python-object.ts'

/** Where the names of a module are looked up. */
export interface Scope {
  lookup(name: string): PythonObject | undefined
  resolveType(name: string, range: Expression['range'] | undefined): Type | undefined
  /** What calls and operators give that Python alone can tell; undefined where they must not run. */
  run?(expression: Expression): PythonObject | undefined
}

const constant = (type: Type, value: unknown, name: string): PythonConstant => new PythonConstant({ type, value }, name)

/** What an expression at the top of a file, or a default of a parameter, stands for. Nothing runs: calls give opaque objects. */
export function evaluate(expression: Expression, scope: Scope): PythonObject {
  switch (expression.type) {
    case 'Number':
      if (expression.kind === 'complex') return constant(ComplexType, { re: 0, im: Number(expression.value) }, 'complex')
      if (expression.kind === 'float') return constant(FloatType, Number(expression.value), 'float')
      return constant(IntType, expression.value, 'int')
    case 'String':
      return constant(StringType, expression.value, 'str')
    case 'FString':
      return new PythonOpaque('str')
    case 'Constant':
      if (expression.value === null) return constant(NoneType, null, 'NoneType')
      if (expression.value === 'Ellipsis') return new PythonOpaque('ellipsis')
      return constant(BoolType, expression.value, 'bool')
    case 'Name':
      return scope.lookup(expression.name) ?? new PythonOpaque('object')
    case 'Attribute':
      if (expression.value.type === 'Call') return scope.run?.(expression) ?? new PythonOpaque('object')
      return evaluate(expression.value, scope).attr(expression.name) ?? new PythonOpaque('object')
    case 'Unary':
      return evaluateUnary(expression.operator, evaluate(expression.operand, scope))
    case 'Binary': {
      const left = evaluate(expression.left, scope)
      const right = evaluate(expression.right, scope)
      const computed = evaluateBinary(expression.operator, left, right)
      if (computed) return computed
      if (expression.operator === '|') return annotation(expression, scope)
      return scope.run?.(expression) ?? new PythonOpaque(left.typeName)
    }
    case 'Tuple':
    case 'List':
    case 'Set':
      return new PythonContainer(
        expression.type === 'Tuple' ? 'tuple' : expression.type === 'List' ? 'list' : 'set',
        expression.elements.map((element) => evaluate(element, scope)),
      )
    case 'Dict':
      return new PythonContainer(
        'dict',
        expression.values.map((value) => evaluate(value, scope)),
        expression.keys.map((key) => (key ? evaluate(key, scope) : new PythonOpaque('object'))),
      )
    case 'ListComprehension':
      return new PythonOpaque(expression.kind === 'generator' ? 'generator' : expression.kind)
    case 'DictComprehension':
      return new PythonOpaque('dict')
    case 'Compare':
    case 'BoolOp':
      return new PythonOpaque('bool')
    case 'Lambda':
      return new PythonOpaque('function', '_lambda')
    case 'Conditional':
      return evaluate(expression.then, scope)
    case 'Subscript': {
      const base = evaluate(expression.value, scope)
      const [index] = expression.indices
      if (base instanceof PythonContainer && base.typeName !== 'dict' && index.type !== 'Slice') {
        const at = Number(evaluate(index, scope).constant()?.value)
        return base.items.at(at) ?? new PythonOpaque('object')
      }
      return annotation(expression, scope)
    }
    case 'Call': {
      const callee = evaluate(expression.callee, scope)
      if (callee instanceof PythonOperator) {
        if (callee.symbol === 'aten::device') {
          const name = expression.args.map((arg) => evaluate(arg, scope).constant()?.value)
          if (typeof name[0] === 'string') {
            return constant(DeviceType, name[1] === undefined ? name[0] : `${name[0]}:${name[1]}`, 'device')
          }
          return new PythonOpaque('device')
        }
        if (callee.symbol === 'aten::_TypeVar') return new PythonOpaque('TypeVar')
        const arguments_ = expression.args.map((arg) => evaluate(arg, scope).constant()?.value)
        const computed = evaluateMath(callee.symbol, arguments_)
        return computed ?? scope.run?.(expression) ?? new PythonOpaque('Tensor')
      }
      const [first] = expression.args
      const made = callee.called(() => first && evaluate(first, scope))
      return made ?? scope.run?.(expression) ?? new PythonOpaque(callee instanceof PythonType ? callee.name : 'object')
    }
    default:
      return new PythonOpaque('object')
  }
}

/** `math.log(2)` and its like: what defaults of parameters are made of. */
function evaluateMath(symbol: string, values: readonly unknown[]): PythonObject | undefined {
  const name = symbol.slice('aten::'.length)
  const functions: Readonly<Record<string, (...values: number[]) => number>> = {
    log: (x, base) => (base === undefined ? Math.log(x) : Math.log(x) / Math.log(base)),
    sqrt: Math.sqrt,
    exp: Math.exp,
    pow: Math.pow,
    sin: Math.sin,
    cos: Math.cos,
    tan: Math.tan,
    log2: Math.log2,
    log10: Math.log10,
  }
  if (!Object.hasOwn(functions, name) || values.length === 0) return undefined
  if (!values.every((value) => typeof value === 'number' || typeof value === 'bigint')) return undefined
  return constant(FloatType, functions[name](...values.map(Number)), 'float')
}

/** A type written where a value could stand. */
function annotation(expression: Expression, scope: Scope): PythonAlias {
  return new PythonAlias(expression, scope, () => typeFromExpression(expression, scope))
}

function evaluateUnary(operator: string, operand: PythonObject): PythonObject {
  const known = operand.constant()
  if (!known) return new PythonOpaque(operand.typeName)
  const { type, value } = known
  if (operator === 'not') return constant(BoolType, !value, 'bool')
  if (operator === '+') return operand
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (operator === '-') return constant(type, value === 0 && type.kind === 'int' ? 0 : -value, operand.typeName)
    if (operator === '~' && type.kind === 'int') return constant(type, ~BigInt(value), 'int')
  }
  if (operator === '-' && type.kind === 'complex') {
    const { re, im } = value as { re: number; im: number }
    return constant(type, { re: -re, im: -im }, 'complex')
  }
  return new PythonOpaque(operand.typeName)
}

function evaluateBinary(operator: string, left: PythonObject, right: PythonObject): PythonObject | undefined {
  const a = left.constant()
  const b = right.constant()
  if (!a || !b) return undefined
  if (a.type.kind === 'str' && b.type.kind === 'str' && operator === '+') {
    return constant(StringType, `${a.value as string}${b.value as string}`, 'str')
  }
  if (a.type.kind === 'int' && b.type.kind === 'int') {
    const x = BigInt(a.value as number)
    const y = BigInt(b.value as number)
    const exact = { '+': x + y, '-': x - y, '*': x * y, '&': x & y, '|': x | y, '^': x ^ y }[operator]
    if (exact !== undefined) return constant(IntType, exact, 'int')
    if (operator === '**' && y >= 0n && y < 1000n) return constant(IntType, x ** y, 'int')
    if (operator === '<<' && y >= 0n && y < 64n) return constant(IntType, x << y, 'int')
    if (operator === '//' && y !== 0n) return constant(IntType, (x - (((x % y) + y) % y)) / y, 'int')
    if (operator === '%' && y !== 0n) return constant(IntType, ((x % y) + y) % y, 'int')
  }
  if (['int', 'float'].includes(a.type.kind) && ['int', 'float'].includes(b.type.kind)) {
    const x = Number(a.value)
    const y = Number(b.value)
    const value = { '+': x + y, '-': x - y, '*': x * y, '/': x / y, '**': x ** y }[operator]
    if (value !== undefined) return constant(FloatType, value, 'float')
  }
  return undefined
}
