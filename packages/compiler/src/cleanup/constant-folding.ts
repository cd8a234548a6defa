import type { Node } from '@tsjit/ir'
import { BoolType, FloatType, IntType, isSubtype, NoneType, StringType, TupleType, type Type } from '@tsjit/types'
import { type ConstantValue, constantOf } from '../constants.ts'
import { foldText } from './fold-text.ts'

type Plain = number | bigint | boolean | string | null | { re: number; im: number } | readonly unknown[]
/** Computes from plain arguments and their types; throws or gives undefined where it cannot. */
type Fold = (args: readonly any[], types: readonly Type[], node: Node) => unknown

const isInt = (type: Type): boolean => type.kind === 'int' || type.kind === 'bool'

function wrap(value: bigint): number | bigint {
  const wrapped = BigInt.asIntN(64, value)
  return wrapped >= -9007199254740991n && wrapped <= 9007199254740991n ? Number(wrapped) : wrapped
}

/** An operator on numbers: exact on ints, JavaScript's on floats. */
function arithmetic(
  ints: (a: bigint, b: bigint) => bigint,
  floats: (a: number, b: number) => number,
  complexes?: (a: ComplexNumber, b: ComplexNumber) => ComplexNumber,
): Fold {
  return ([a, b], [x, y]) => {
    if (isInt(x) && isInt(y)) return wrap(ints(BigInt(a), BigInt(b)))
    if (x.kind === 'complex' || y.kind === 'complex') return complexes?.(toComplex(a), toComplex(b))
    return isNumber(x) && isNumber(y) ? floats(Number(a), Number(b)) : undefined
  }
}
interface ComplexNumber {
  readonly re: number
  readonly im: number
}
const toComplex = (value: unknown): ComplexNumber =>
  typeof value === 'object' && value !== null ? (value as ComplexNumber) : { re: Number(value), im: 0 }
const isNumber = (type: Type): boolean => isInt(type) || type.kind === 'float'

function comparison(compare: (a: any, b: any) => boolean): Fold {
  return ([a, b], [x, y]) => ((isNumber(x) && isNumber(y)) || (x.kind === 'str' && y.kind === 'str') ? compare(a, b) : undefined)
}
function equality(equal: boolean): Fold {
  return ([a, b], [x, y]) => {
    const comparable = (isNumber(x) && isNumber(y)) || (x.kind === y.kind && (x.kind === 'str' || x.kind === 'Device' || x.kind === 'None'))
    // biome-ignore lint/suspicious/noDoubleEquals: a bigint and a number that are the same int are equal.
    return comparable ? (a == b) === equal : undefined
  }
}
function floatFunction(compute: (a: number) => number): Fold {
  return ([a], [x]) => (isNumber(x) ? compute(Number(a)) : undefined)
}
function bits(ints: (a: bigint, b: bigint) => bigint, bools?: (a: boolean, b: boolean) => boolean): Fold {
  return ([a, b], [x, y]) => {
    if (x.kind === 'bool' && y.kind === 'bool') return bools?.(a, b)
    return x.kind === 'int' && y.kind === 'int' ? wrap(ints(BigInt(a), BigInt(b))) : undefined
  }
}
const floorDivide = (a: bigint, b: bigint): bigint => {
  if (b === 0n) throw new RangeError('division by zero')
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}
const modulo = (a: bigint, b: bigint): bigint => a - b * floorDivide(a, b)
const floatModulo = (a: number, b: number): number => (b === 0 ? Number.NaN : a - b * Math.floor(a / b))
const nonzero = (b: number): number => {
  if (b === 0) throw new RangeError('division by zero')
  return b
}
/** What a float that int64 does not hold becomes in C, on the processors that PyTorch runs on. */
const leastInt = -(2n ** 63n)
const truncate = (a: unknown): number | bigint =>
  typeof a !== 'number' ? (a as bigint) : Math.abs(a) < 2 ** 63 ? wrap(BigInt(Math.trunc(a))) : leastInt
const number: Fold = ([a], [x]) => (isNumber(x) ? Number(a) : x.kind === 'str' ? parseFloatStrict(a) : undefined)

function parseFloatStrict(text: string): number | undefined {
  const trimmed = text.trim().toLowerCase()
  const special: Record<string, number> = {
    inf: Infinity,
    '+inf': Infinity,
    '-inf': -Infinity,
    infinity: Infinity,
    '-infinity': -Infinity,
    nan: Number.NaN,
  }
  if (trimmed in special) return special[trimmed]
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/.test(trimmed) ? Number(trimmed) : undefined
}
const pick =
  (better: (a: any, b: any) => boolean): Fold =>
  ([a, b], types) =>
    types.length === 2 && types.every(isNumber) ? (better(a, b) ? a : b) : undefined

const plus = arithmetic(
  (a, b) => a + b,
  (a, b) => a + b,
  (a, b) => ({ re: a.re + b.re, im: a.im + b.im }),
)

/** Scalar operators by kind. What is missing here is computed when the program runs. */
const folds: Readonly<Record<string, Fold>> = {
  'aten::add': (args, types, node) => (types[0].kind === 'str' ? (args[0] as string) + args[1] : plus(args, types, node)),
  'aten::sub': arithmetic(
    (a, b) => a - b,
    (a, b) => a - b,
    (a, b) => ({ re: a.re - b.re, im: a.im - b.im }),
  ),
  'aten::mul': arithmetic(
    (a, b) => a * b,
    (a, b) => a * b,
    (a, b) => ({ re: a.re * b.re - a.im * b.im, im: a.re * b.im + a.im * b.re }),
  ),
  'aten::div': ([a, b], [x, y]) => (isNumber(x) && isNumber(y) ? Number(a) / nonzero(Number(b)) : undefined),
  'aten::floordiv': arithmetic(floorDivide, (a, b) => Math.floor(a / nonzero(b))),
  'aten::remainder': arithmetic(modulo, floatModulo),
  'aten::pow': ([a, b], [x, y], node) => {
    if (!isNumber(x) || !isNumber(y)) return undefined
    if (node.output.type.kind === 'int') return BigInt(b) >= 0n ? wrap(BigInt(a) ** BigInt(b)) : undefined
    return Number(a) ** Number(b)
  },
  'aten::neg': ([a], [x]) =>
    x.kind === 'int' ? wrap(-BigInt(a)) : x.kind === 'float' ? -a : x.kind === 'complex' ? { re: -a.re, im: -a.im } : undefined,
  'aten::bitwise_not': ([a], [x]) => (x.kind === 'int' ? wrap(~BigInt(a)) : undefined),
  'aten::lt': comparison((a, b) => a < b),
  'aten::le': comparison((a, b) => a <= b),
  'aten::gt': comparison((a, b) => a > b),
  'aten::ge': comparison((a, b) => a >= b),
  'aten::eq': equality(true),
  'aten::ne': equality(false),
  'aten::__and__': bits(
    (a, b) => a & b,
    (a, b) => a && b,
  ),
  'aten::__or__': bits(
    (a, b) => a | b,
    (a, b) => a || b,
  ),
  'aten::__xor__': bits(
    (a, b) => a ^ b,
    (a, b) => a !== b,
  ),
  'aten::__lshift__': bits((a, b) => a << b),
  'aten::__rshift__': bits((a, b) => a >> b),
  'aten::__not__': ([a]) => (typeof a === 'boolean' ? !a : undefined),
  'aten::__is__': ([a, b], types) =>
    types.some(({ kind }) => kind === 'None') || a === null || b === null ? (a === null) === (b === null) : undefined,
  'aten::__isnot__': ([a, b], types) =>
    types.some(({ kind }) => kind === 'None') || a === null || b === null ? (a === null) !== (b === null) : undefined,
  'aten::Bool': ([a], [x]) => (isNumber(x) ? Boolean(Number(a)) : undefined),
  'aten::Int': ([a], [x]) =>
    x.kind === 'bool'
      ? Number(a)
      : isNumber(x)
        ? truncate(a)
        : x.kind === 'str' && /^\s*[-+]?\d+\s*$/.test(a)
          ? wrap(BigInt(a.trim().replace(/^\+/, '')))
          : undefined,
  'aten::Float': number,
  'aten::str': ([a], [x]) =>
    x.kind === 'str'
      ? a
      : x.kind === 'int'
        ? String(a)
        : x.kind === 'bool'
          ? a
            ? 'True'
            : 'False'
          : x.kind === 'None'
            ? 'None'
            : x.kind === 'Tuple'
              ? tupleText(a as readonly unknown[], x as TupleType)
              : undefined,
  'aten::len': ([a], [x]) => (x.kind === 'str' ? [...(a as string)].length : undefined),
  // With an index PyTorch leaves it to run time.
  'aten::device': (args) => (args.length === 1 ? args[0] : undefined),
  'aten::factorial': ([a]) => factorial(BigInt(a)),
  'aten::gcd': ([a, b], [x, y]) => (x.kind === 'int' && y.kind === 'int' ? wrap(gcd(BigInt(a), BigInt(b))) : undefined),
  'aten::floor': ([a], [x]) => (x.kind === 'float' ? truncate(Math.floor(a)) : x.kind === 'int' ? a : undefined),
  'aten::ceil': ([a], [x]) => (x.kind === 'float' ? truncate(Math.ceil(a)) : x.kind === 'int' ? a : undefined),
  'aten::sqrt': floatFunction(Math.sqrt),
  'aten::exp': floatFunction(Math.exp),
  'aten::sin': floatFunction(Math.sin),
  'aten::cos': floatFunction(Math.cos),
  'aten::tan': floatFunction(Math.tan),
  'aten::log': (args, types) => (args.length === 1 && isNumber(types[0]) && Number(args[0]) >= 0 ? Math.log(Number(args[0])) : undefined),
  'prim::min': pick((a, b) => a <= b),
  'prim::max': pick((a, b) => a >= b),
  'prim::abs': ([a], [x]) =>
    x.kind === 'int' ? wrap(BigInt(a) < 0n ? -BigInt(a) : BigInt(a)) : x.kind === 'float' ? Math.abs(a) : undefined,
  'aten::__range_length': ([start, end, step]) => {
    const [from, to, by] = [BigInt(start), BigInt(end), BigInt(step)]
    if (by === 0n) return undefined
    const span = by > 0n ? to - from : from - to
    const stride = by > 0n ? by : -by
    return span <= 0n ? 0 : wrap((span + stride - 1n) / stride)
  },
  'aten::__derive_index': ([index, start, step]) => wrap(BigInt(start) + BigInt(index) * BigInt(step)),
  'aten::Complex': ([a, b], [x, y]) => {
    if (x.kind === 'complex') return b === undefined ? a : undefined
    return isNumber(x) && (y === undefined || isNumber(y)) ? { re: Number(a), im: b === undefined ? 0 : Number(b) } : undefined
  },
  'prim::id': ([a]) => (a === null ? 0 : undefined),
  'aten::ord': ([a], [x]) => (x.kind === 'str' && [...a].length === 1 ? a.codePointAt(0) : undefined),
  'aten::chr': ([a]) => String.fromCodePoint(Number(a)),
  'aten::__contains__': ([a, b], [x, y]) => (x.kind === 'str' && y.kind === 'str' ? a.includes(b) : undefined),
  'prim::unchecked_cast': ([a]) => a,
  'prim::unchecked_unwrap_optional': ([a]) => (a === null ? undefined : a),
  'aten::_unwrap_optional': ([a]) => (a === null ? undefined : a),
  'aten::is_scripting': () => true,
  // Nothing is traced while a graph is made.
  'aten::_get_tracing_state': () => false,
}

/** A tuple as `str` writes it: texts in it have no quotes. Floats are left to run time. */
function tupleText(values: readonly unknown[], type: TupleType): string | undefined {
  const parts = values.map((value, i) => {
    const { kind } = type.elements[i]
    if (kind === 'str') return value as string
    if (kind === 'int') return String(value)
    return kind === 'None' ? 'None' : kind === 'bool' ? (value ? 'True' : 'False') : undefined
  })
  return parts.includes(undefined) ? undefined : `(${parts.join(', ')}${parts.length === 1 ? ',' : ''})`
}
function factorial(n: bigint): number | bigint | undefined {
  if (n < 0n || n > 20n) return undefined
  let result = 1n
  for (let i = 2n; i <= n; i++) result *= i
  return wrap(result)
}
function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a < 0n ? -a : a, b < 0n ? -b : b]
  while (y !== 0n) [x, y] = [y, x % y]
  return x
}

/** The constants that a node of constant inputs gives, or undefined where they are not known at compile time. */
export function foldNode(node: Node): ConstantValue[] | undefined {
  const inputs: ConstantValue[] = []
  for (const input of node.inputs) {
    const constant = constantOf(input)
    if (!constant) return undefined
    inputs.push(constant.value === null ? { type: NoneType, value: null } : constant)
  }
  switch (node.kind) {
    case 'prim::TupleConstruct': {
      // A NamedTuple stays what it was declared as.
      const declared = node.output.type as TupleType
      const type =
        declared.name === undefined
          ? new TupleType(
              inputs.map((input) => input.type),
              undefined,
              declared.fields,
            )
          : declared
      return [{ type, value: inputs.map(({ value }) => value) }]
    }
    case 'prim::TupleUnpack': {
      const [{ type, value }] = inputs
      return (value as unknown[]).map((element, i) => ({ type: (type as TupleType).elements[i], value: element }))
    }
    case 'prim::TupleIndex': {
      const [tuple, index] = inputs
      const elements = tuple.value as unknown[]
      const at = Number(index.value) < 0 ? elements.length + Number(index.value) : Number(index.value)
      return at >= 0 && at < elements.length ? [{ type: (tuple.type as TupleType).elements[at], value: elements[at] }] : undefined
    }
    case 'prim::EnumName':
      return [{ type: StringType, value: (inputs[0].value as { name: string }).name }]
    case 'prim::EnumValue':
      return [{ type: node.output.type, value: (inputs[0].value as { value: unknown }).value }]
    case 'prim::isinstance': {
      const types = node.attribute('types', 'tys') ?? []
      return [{ type: BoolType, value: types.some((type) => isSubtype(inputs[0].type, type)) }]
    }
  }
  const text = foldText(
    node.kind,
    inputs.map(({ value }) => value),
  )
  if (text !== undefined) return textResults(node, text)
  const fold = Object.hasOwn(folds, node.kind) ? folds[node.kind] : undefined
  if (!fold || node.outputs.length !== 1) return undefined
  let value: unknown
  try {
    value = fold(
      inputs.map((input) => input.value),
      inputs.map((input) => input.type),
      node,
    )
  } catch {
    return undefined
  }
  if (value === undefined) return undefined
  const type = resultType(node, inputs, value as Plain)
  return type && [{ type, value }]
}

/** `partition` gives three texts, other operators one result of the declared type. */
function textResults(node: Node, value: string | number | boolean | readonly string[]): ConstantValue[] | undefined {
  const values = Array.isArray(value) ? (value as readonly string[]) : [value]
  return values.length === node.outputs.length ? values.map((each, i) => ({ type: node.outputs[i].type, value: each })) : undefined
}

function resultType(node: Node, inputs: readonly ConstantValue[], value: Plain): Type | undefined {
  const declared = node.output.type
  switch (declared.kind) {
    case 'int':
    case 'float':
    case 'bool':
    case 'str':
    case 'complex':
    case 'Device':
      return declared
  }
  if (value === null) return NoneType
  if (node.kind === 'prim::unchecked_cast' || node.kind.includes('unwrap_optional')) return inputs[0].type
  if (typeof value === 'boolean') return BoolType
  if (typeof value === 'string') return StringType
  if (typeof value === 'bigint') return IntType
  if (typeof value === 'number') return inputs.some(({ type }) => type.kind === 'float') ? FloatType : IntType
  return undefined
}
