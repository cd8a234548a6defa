import {
  Boxed,
  Complex,
  coercion,
  Device,
  EnumValue,
  enumValue,
  isTagged,
  normInt,
  ScriptFuture,
  ScriptObject,
  Tensor,
} from '@tsjit/runtime'
import {
  AnyType,
  BoolType,
  type ClassType,
  ComplexType,
  DeviceType,
  DictType,
  type EnumType,
  FloatType,
  IntType,
  isSubtype,
  ListType,
  NoneType,
  RuntimeError,
  StringType,
  TensorT,
  type Type,
  type UnionType,
  unifyTypes,
} from '@tsjit/types'

/**
 * A JavaScript value that a user passes, as the runtime value of `type`: numbers for ints (whole) and floats, bigints for ints, arrays for
 * lists and tuples, Maps and plain objects for dicts, null and undefined for None. Throws TSJ_ARGUMENT_TYPE naming expected and found.
 */
export function fromUser(value: unknown, type: Type, at: string): unknown {
  switch (type.kind) {
    case 'Tensor':
      if (value instanceof Tensor) return value
      break
    case 'Optional':
      return value === null || value === undefined ? null : fromUser(value, type.contained()[0], at)
    case 'None':
      if (value === null || value === undefined) return null
      break
    case 'int':
      if (typeof value === 'bigint') return normInt(value)
      if (typeof value === 'number' && Number.isInteger(value)) return normInt(value)
      break
    case 'float':
      if (typeof value === 'number') return value
      break
    case 'bool':
      if (typeof value === 'boolean') return value
      break
    case 'complex':
      if (value instanceof Complex) return value
      if (typeof value === 'number') return new Complex(value, 0)
      break
    case 'str':
      if (typeof value === 'string') return value
      break
    case 'Device':
      if (value instanceof Device) return value
      if (typeof value === 'string') return Device.parse(value)
      break
    case 'List':
      if (Array.isArray(value)) return value.map((item, i) => fromUser(item, type.contained()[0], `${at}[${i}]`))
      break
    case 'Tuple': {
      const elements = type.contained()
      if (Array.isArray(value) && value.length === elements.length)
        return value.map((item, i) => fromUser(item, elements[i], `${at}[${i}]`))
      break
    }
    case 'Dict': {
      const [key, element] = type.contained()
      const entries = value instanceof Map ? [...value] : isPlainObject(value) ? Object.entries(value) : undefined
      if (entries) return new Map(entries.map(([k, v]) => [fromUser(k, key, `${at} key`), fromUser(v, element, `${at}[${String(k)}]`)]))
      break
    }
    case 'Enum':
      if (value instanceof EnumValue && value.type.name === (type as EnumType).name) return value
      // A parameter's default is known by its name alone.
      if (typeof value === 'object' && value !== null && 'name' in value && !(value instanceof EnumValue)) {
        const member = enumValue(type as EnumType, String(value.name))
        if (member) return member
      }
      break
    case 'Class':
    case 'Interface':
      if (value instanceof ScriptObject && isSubtype(value.type, type)) return value
      break
    case 'Union': {
      const inferred = typeOfUser(value, at)
      const member =
        (type as UnionType).members.find((m) => isSubtype(inferred, m)) ?? (type as UnionType).members.find((m) => fits(value, m))
      if (member) return tagged(fromUser(value, member, at), member, type)
      break
    }
    default: {
      if (isTagged(type)) {
        const inferred = typeOfUser(value, at)
        return tagged(fromUser(value, inferred, at), inferred, type)
      }
      if (value !== undefined) return value
    }
  }
  throw new RuntimeError('TSJ_ARGUMENT_TYPE', `expected a value of type '${type.annotation()}' for ${at}, but found ${describeUser(value)}`)
}

function tagged(value: unknown, from: Type, to: Type): unknown {
  const convert = coercion(from, to)
  return convert ? convert(value) : value
}

function fits(value: unknown, type: Type): boolean {
  try {
    fromUser(value, type, '')
    return true
  } catch {
    return false
  }
}

/** The type that a bare JavaScript value has: whole numbers are ints. */
function typeOfUser(value: unknown, at: string): Type {
  if (value === null || value === undefined) return NoneType
  if (value instanceof Tensor) return TensorT
  if (typeof value === 'boolean') return BoolType
  if (typeof value === 'bigint') return IntType
  if (typeof value === 'number') return Number.isInteger(value) ? IntType : FloatType
  if (typeof value === 'string') return StringType
  if (value instanceof Complex) return ComplexType
  if (value instanceof Device) return DeviceType
  if (value instanceof Boxed) return value.type
  if (value instanceof ScriptObject) return value.type as ClassType
  if (value instanceof EnumValue) return value.type
  if (Array.isArray(value)) return new ListType(common(value.map((item) => typeOfUser(item, at))) ?? TensorT)
  if (value instanceof Map) {
    return new DictType(
      common([...value.keys()].map((k) => typeOfUser(k, at))) ?? StringType,
      common([...value.values()].map((v) => typeOfUser(v, at))) ?? TensorT,
    )
  }
  throw new RuntimeError('TSJ_ARGUMENT_TYPE', `no TorchScript type fits ${describeUser(value)} given for ${at}`)
}

function common(types: readonly Type[]): Type | undefined {
  return types.length === 0 ? undefined : types.reduce((a, b) => unifyTypes(a, b) ?? AnyType)
}

/** A runtime value as a user sees it: tags off, futures waited for. */
export function toUser(value: unknown): unknown {
  if (value instanceof Boxed) return toUser(value.value)
  if (value instanceof ScriptFuture) return toUser(value.wait())
  if (Array.isArray(value))
    return value.some((item) => item instanceof Boxed || item instanceof ScriptFuture || Array.isArray(item)) ? value.map(toUser) : value
  return value
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    (Object.getPrototypeOf(value) === Object.prototype || Object.getPrototypeOf(value) === null)
  )
}

function describeUser(value: unknown): string {
  if (value === null || value === undefined) return String(value)
  if (value instanceof Tensor) return `a ${value.dtype} tensor of shape [${value.shape.join(', ')}]`
  if (Array.isArray(value)) return `an array of ${value.length}`
  if (typeof value === 'object') return `an object of class ${value.constructor?.name ?? 'Object'}`
  return `${typeof value} ${String(value).slice(0, 40)}`
}
