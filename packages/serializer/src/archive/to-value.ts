import { Boxed, Complex, coercion, Device, EnumValue, isTagged, normInt, ScriptObject, Tensor } from '@tsjit/runtime'
import {
  AnyType,
  BoolType,
  type ClassType,
  ComplexType,
  DeviceType,
  DictType,
  dtypeInfo,
  type EnumType,
  FloatType,
  IntType,
  isSubtype,
  ListType,
  NoneType,
  StringType,
  TensorT,
  TsjitError,
  TupleType,
  type Type,
  typeEquals,
  type UnionType,
  unifyTypes,
} from '@tsjit/types'
import { PyComplex, PyDict, PyFloat, PyTuple } from '../pickle/index.ts'

/** How the objects of a pickle that need help become values. */
export interface ValueContext {
  /** A descriptor of a tensor, device, dtype, instance, … (whatever is not plain data) to its value, or undefined where it is none. */
  resolve(object: object, type: Type): unknown
  /** Lists and dicts made so far, with their types: what an archive shares stays shared. */
  readonly shared?: Map<object, { readonly type: Type; readonly value: unknown }[]>
}

/**
 * A pickled object as the runtime value of static type `type`. ints become floats where a float is wanted, tuples lists and lists
 * tuples only where `lenient` (arguments that a user gives). Throws TSJ_VALUE_TYPE naming expected and found.
 */
export function toValue(object: unknown, type: Type, context: ValueContext, lenient = false, at = 'value'): unknown {
  switch (type.kind) {
    case 'Optional':
      return object === null ? null : toValue(object, type.contained()[0], context, lenient, at)
    case 'None':
      if (object === null) return null
      break
    case 'int':
      if (typeof object === 'number' || typeof object === 'bigint') return object
      if (typeof object === 'boolean' && lenient) return Number(object)
      if (lenient) {
        const element = tensorElement(object, context)
        if (typeof element === 'bigint' || Number.isInteger(element)) return normInt(element as number | bigint)
      }
      break
    case 'float':
      if (object instanceof PyFloat) return object.value
      if (typeof object === 'number' || typeof object === 'bigint') return Number(object)
      if (lenient) {
        const element = tensorElement(object, context)
        if (element !== undefined) return Number(element)
      }
      break
    case 'bool':
      if (typeof object === 'boolean') return object
      if (lenient && (typeof object === 'number' || typeof object === 'bigint')) return Number(object) !== 0
      break
    case 'complex':
      if (object instanceof PyComplex) return new Complex(object.real, object.imag)
      if (object instanceof PyFloat) return new Complex(object.value, 0)
      if (typeof object === 'number') return new Complex(object, 0)
      break
    case 'str':
      if (typeof object === 'string') return object
      break
    case 'List': {
      const items = Array.isArray(object) ? object : object instanceof PyTuple && lenient ? object.items : undefined
      const element = type.contained()[0]
      if (items)
        return sharedValue(items, type, context, () => items.map((item, i) => toValue(item, element, context, lenient, `${at}[${i}]`)))
      break
    }
    case 'Tuple': {
      const items = object instanceof PyTuple ? object.items : Array.isArray(object) && lenient ? object : undefined
      const elements = type.contained()
      if (items && items.length === elements.length)
        return items.map((item, i) => toValue(item, elements[i], context, lenient, `${at}[${i}]`))
      break
    }
    case 'Dict': {
      if (!(object instanceof PyDict)) break
      const [key, value] = type.contained()
      return sharedValue(
        object,
        type,
        context,
        () =>
          new Map(
            [...object].map(([k, v]) => [
              toValue(k, key, context, lenient, `${at} key`),
              toValue(v, value, context, lenient, `${at}[${String(k)}]`),
            ]),
          ),
      )
    }
    case 'Enum': {
      const resolved = typeof object === 'object' && object !== null ? context.resolve(object, type) : undefined
      if (resolved instanceof EnumValue) return resolved
      break
    }
    case 'Union': {
      const inferred = inferType(object, context)
      const member =
        (type as UnionType).members.find((m) => isSubtype(inferred, m)) ??
        (type as UnionType).members.find((m) => accepts(object, m, context))
      if (member) return tag(toValue(object, member, context, lenient, at), member, type)
      break
    }
    case 'Any':
    case 'Scalar':
    case 'AnyList':
    case 'AnyTuple': {
      const inferred = inferType(object, context)
      return tag(toValue(object, inferred, context, lenient, at), inferred, type)
    }
    default: {
      if (object === null && (type.kind === 'Generator' || type.kind === 'Tensor')) return null
      if (typeof object === 'object' && object !== null) {
        const resolved = context.resolve(object, type)
        if (resolved !== undefined) return resolved
      }
    }
  }
  throw new TsjitError('TSJ_VALUE_TYPE', `expected a value of type '${type.annotation()}' for ${at}, but found ${describe(object)}`)
}

/** One value for each pickled list or dict of one type: programs may write to it through every place that holds it. */
function sharedValue<T>(object: object, type: Type, { shared }: ValueContext, make: () => T): T {
  if (!shared) return make()
  const known = shared.get(object) ?? []
  const found = known.find((entry) => typeEquals(entry.type, type))
  if (found) return found.value as T
  const value = make()
  shared.set(object, [...known, { type, value }])
  return value
}

/** The number in a tensor of one element: what Python's `int(tensor)` gives where a program wants a number. */
function tensorElement(object: unknown, context: ValueContext): number | bigint | undefined {
  if (typeof object !== 'object' || object === null) return undefined
  const value = context.resolve(object, TensorT)
  if (!(value instanceof Tensor) || value.numel !== 1) return undefined
  const { isFloat, isComplex, itemSize } = dtypeInfo(value.dtype)
  return isComplex || (isFloat && itemSize < 4) ? undefined : value.data()[0]
}

function tag(value: unknown, from: Type, to: Type): unknown {
  if (!isTagged(to)) return value
  const convert = coercion(from, to)
  return convert ? convert(value) : value
}

function accepts(object: unknown, type: Type, context: ValueContext): boolean {
  try {
    toValue(object, type, context)
    return true
  } catch {
    return false
  }
}

/** The type that PyTorch's `tryToInferType` gives a Python value. */
export function inferType(object: unknown, context: ValueContext): Type {
  if (object === null) return NoneType
  switch (typeof object) {
    case 'boolean':
      return BoolType
    case 'number':
    case 'bigint':
      return IntType
    case 'string':
      return StringType
  }
  if (object instanceof PyFloat) return FloatType
  if (object instanceof PyComplex) return ComplexType
  if (object instanceof PyTuple) return new TupleType(object.items.map((item) => inferType(item, context)))
  if (Array.isArray(object)) return new ListType(unifyAll(object, context) ?? TensorT)
  if (object instanceof PyDict) {
    return new DictType(unifyAll([...object.keys()], context) ?? StringType, unifyAll([...object.values()], context) ?? TensorT)
  }
  const value = context.resolve(object as object, AnyType)
  if (value instanceof Tensor) return TensorT
  if (value instanceof Device) return DeviceType
  if (value instanceof ScriptObject || value instanceof EnumValue) return value.type as ClassType | EnumType
  if (value instanceof Boxed) return value.type
  if (typeof value === 'number') return IntType
  if (Array.isArray(value)) return new ListType(IntType)
  throw new TsjitError('TSJ_VALUE_TYPE', `no TorchScript type fits ${describe(object)}`)
}

function unifyAll(items: readonly unknown[], context: ValueContext): Type | undefined {
  let type: Type | undefined
  for (const item of items) {
    const next = inferType(item, context)
    type = type ? (unifyTypes(type, next) ?? AnyType) : next
  }
  return type
}

/** A short description of a pickled object for messages. */
export function describe(object: unknown): string {
  if (object === null) return 'None'
  if (object instanceof PyFloat) return `float ${object.value}`
  if (typeof object === 'number' || typeof object === 'bigint') return `int ${object}`
  if (typeof object === 'boolean') return `bool ${object ? 'True' : 'False'}`
  if (typeof object === 'string') return `str ${JSON.stringify(object.length > 40 ? `${object.slice(0, 40)}…` : object)}`
  if (object instanceof PyTuple) return `a tuple of ${object.items.length}`
  if (Array.isArray(object)) return `a list of ${object.length}`
  if (object instanceof PyDict) return `a dict of ${object.size}`
  return `an object of class ${(object as object).constructor.name}`
}
