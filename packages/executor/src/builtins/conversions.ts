import type { Node } from '@tsjit/ir'
import { Complex, canCast, coercion, Device, dtypeArgument, normInt, promoteTypes, type Tensor } from '@tsjit/runtime'
import { dtypeInfo, ScalarType, scalarTypeNames, type Type } from '@tsjit/types'
import type { Builtin, BuiltinTable, Context, NodeBuiltin, NodeBuiltinTable } from './builtin.ts'
import { toComplex } from './complex-arithmetic.ts'
import { failure } from './failure.ts'
import { type Int, toInt32, truncToInt } from './int-arithmetic.ts'
import { openScalar, type Scalar } from './scalar-arithmetic.ts'

/** C's strtoll: leading blanks, a sign, digits; all of the text must be used. */
function parseInteger(text: string): Int {
  if (!/^[ \t\n\v\f\r]*[-+]?\d/.test(text)) throw failure('TSJ_INT_LITERAL', 'stoll', 'ValueError')
  if (!/^[ \t\n\v\f\r]*[-+]?\d+$/.test(text))
    throw failure('TSJ_INT_LITERAL', `invalid literal for int() with base 10: '${text}'`, 'ValueError')
  const value = BigInt(text.trim().replace(/^\+/, ''))
  if (BigInt.asIntN(64, value) !== value) throw failure('TSJ_INT_LITERAL', 'stoll', 'ValueError')
  return normInt(value)
}

function parseFloating(text: string): number {
  const found = /^[ \t\n\v\f\r]*([-+]?)(\d+\.?\d*(?:[eE][-+]?\d+)?|\.\d+(?:[eE][-+]?\d+)?|inf(?:inity)?|nan)/i.exec(text)
  if (!found) throw failure('TSJ_FLOAT_LITERAL', 'stod', 'ValueError')
  if (found[0].length !== text.length) throw failure('TSJ_FLOAT_LITERAL', `could not convert string to float: '${text}'`, 'ValueError')
  const word = found[2].toLowerCase()
  const size = word.startsWith('inf') ? Infinity : word === 'nan' ? Number.NaN : Number(word)
  return found[1] === '-' ? -size : size
}

/** PyTorch takes the int parts as 32-bit ints. */
function complexOf(pair: string): Builtin {
  const [re, im] = pair.split('_').map((kind) => (value: Int | boolean) => (kind === 'int' ? toInt32(value as Int) : Number(value)))
  return (x: Int | boolean, y: Int | boolean) => new Complex(re(x), im(y))
}
const pairs = ['int_bool', 'bool_int', 'float_bool', 'bool_float', 'float_int', 'int_float', 'int_int', 'bool_bool', 'float_float']

export const conversions: BuiltinTable = {
  'aten::Bool.int': (value: Int) => value !== 0,
  'aten::Bool.float': (value: number) => value !== 0,
  'aten::Int.bool': (value: boolean) => (value ? 1 : 0),
  'aten::Int.float': truncToInt,
  'aten::Int.Scalar': (scalar: Scalar) => {
    const x = openScalar(scalar)
    if (x.kind === 'int') return x.value
    const value = x.kind === 'float' ? x.value : realOnly(x.value)
    // PyTorch goes through a 32-bit int and checks it
    if (!(Math.trunc(value) >= -2147483648 && Math.trunc(value) <= 2147483647)) {
      throw failure('TSJ_SCALAR_TO_INT', 'value cannot be converted to type int without overflow')
    }
    return truncToInt(value)
  },
  'aten::Int.str': parseInteger,
  'aten::Float.int': (value: Int) => Number(value),
  'aten::Float.bool': (value: boolean) => Number(value),
  'aten::Float.str': parseFloating,
  'aten::Float.Scalar': (value: Scalar) => {
    const x = openScalar(value)
    return x.kind === 'complex' ? x.value.re : Number(x.value)
  },
  'aten::Complex.Scalar': (value: Scalar) => toComplex(openScalar(value).value),
  ...Object.fromEntries(pairs.map((pair) => [`aten::Complex.${pair}`, complexOf(pair)])),
  'aten::device': (text: string) => Device.parse(text),
  'aten::device.with_index': (type: string, index: Int) => Device.parse(`${type}:${index}`),
  'prim::type': (device: Device) => device.type,
  'prim::index': (device: Device) => device.index ?? null,
  'aten::promote_types': (a: Int, b: Int) =>
    dtypeInfo(promoteTypes(dtypeArgument(a as number, 'float32'), dtypeArgument(b as number, 'float32'))).code,
  'aten::can_cast': (from: Int, to: Int) => canCast(dtypeArgument(from as number, 'float32'), dtypeArgument(to as number, 'float32')),
}

/** The one element of a tensor as the dispatcher reads it: a Scalar. */
const item =
  (finish: (value: Scalar, tensor: Tensor) => unknown): NodeBuiltin =>
  (_node, { dispatcher }) =>
  (tensor: Tensor) =>
    finish(dispatcher.call('aten::item', tensor) as Scalar, tensor)

const toFloat = (value: Scalar): number => {
  const x = openScalar(value)
  return x.kind === 'complex' ? realOnly(x.value) : Number(x.value)
}
const toInt = (value: Scalar): Int => {
  const x = openScalar(value)
  if (x.kind === 'int') return x.value
  const real = x.kind === 'float' ? x.value : realOnly(x.value)
  if (!(Math.abs(real) <= 2 ** 63)) throw failure('TSJ_SCALAR_TO_INT', 'value cannot be converted to type int64_t without overflow')
  return truncToInt(real)
}
function realOnly(value: Complex): number {
  if (value.im !== 0) throw failure('TSJ_COMPLEX_TO_REAL', 'value cannot be converted to type double without overflow')
  return value.re
}

/** What may stand for a number without being asked to: no gradient, no dimensions, integral for ints. */
function checkImplicit(tensor: Tensor, wantsInt: boolean): void {
  if (tensor.requiresGrad) throw failure('TSJ_IMPLICIT_NUMBER', 'Cannot input a tensor that requires grad as a scalar argument')
  if (tensor.ndim !== 0) throw failure('TSJ_IMPLICIT_NUMBER', 'Cannot input a tensor of dimension other than 0 as a scalar argument')
  if (wantsInt && !dtypeInfo(tensor.dtype).isInteger) {
    throw failure('TSJ_IMPLICIT_NUMBER', `Cannot input a tensor of type ${scalarTypeName(tensor.dtype)} as an integral argument`)
  }
}

export function scalarTypeName(dtype: string): string {
  return scalarTypeNames[dtype] ?? dtype
}

const implicit =
  (wantsInt: boolean, finish: (value: Scalar) => unknown): NodeBuiltin =>
  (_node, { dispatcher }) =>
  (tensor: Tensor) => {
    checkImplicit(tensor, wantsInt)
    return finish(dispatcher.call('aten::item', tensor) as Scalar)
  }

export function tensorOf(dispatcher: { call(key: string, ...args: unknown[]): unknown }, value: Scalar): unknown {
  const x = openScalar(value)
  const code = typeof value === 'boolean' ? 11 : x.kind === 'int' ? 4 : x.kind === 'float' ? 7 : 10
  return dispatcher.call('aten::scalar_tensor', value, code)
}

const withTensorPart: NodeBuiltin = (_node, { dispatcher }) => {
  const real = (value: unknown): number =>
    typeof value === 'object' ? toFloat(dispatcher.call('aten::item', value) as Scalar) : Number(value as Int)
  return (re: unknown, im: unknown) => new Complex(real(re), real(im))
}

export const tensorConversions: NodeBuiltinTable = {
  'aten::Bool.Tensor':
    (_node, { dispatcher }) =>
    (tensor: Tensor) => {
      if (tensor.numel !== 1) {
        throw failure(
          'TSJ_AMBIGUOUS_BOOL',
          `Boolean value of Tensor with ${tensor.numel === 0 ? 'no values' : 'more than one value'} is ambiguous`,
        )
      }
      const x = openScalar(dispatcher.call('aten::item', tensor) as Scalar)
      return x.kind === 'complex' ? x.value.re !== 0 || x.value.im !== 0 : x.value !== 0
    },
  'aten::Int.Tensor': item(toInt),
  'aten::Float.Tensor': item(toFloat),
  'aten::IntImplicit': implicit(true, toInt),
  'aten::FloatImplicit': implicit(false, toFloat),
  'aten::ScalarImplicit': implicit(false, (value) => value),
  'aten::ComplexImplicit': implicit(false, (value) => toComplex(openScalar(value).value)),
  'aten::Complex.Tensor_Tensor': withTensorPart,
  'aten::Complex.Tensor_float': withTensorPart,
  'aten::Complex.float_Tensor': withTensorPart,
  'aten::Complex.Tensor_int': withTensorPart,
  'aten::Complex.int_Tensor': withTensorPart,
  'aten::Complex.Tensor_bool': withTensorPart,
  'aten::Complex.bool_Tensor': withTensorPart,
  'prim::NumToTensor.bool':
    (_node, { dispatcher }) =>
    (value: boolean) =>
      tensorOf(dispatcher, value),
  'prim::NumToTensor.Scalar': numberToTensor,
  // graphs carry the operator without its overload where types are not known
  'prim::NumToTensor': numberToTensor,
}

function numberToTensor(_node: Node, { dispatcher }: Context, [type]: readonly Type[]): Builtin {
  const toScalar = coercion(type, ScalarType)
  return (value: Scalar) => tensorOf(dispatcher, toScalar ? (toScalar(value) as Scalar) : value)
}
