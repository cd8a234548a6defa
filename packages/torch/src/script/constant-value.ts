import type { ConstantValue, FunctionEmitter } from '@tsjit/compiler'
import type { Graph, Value } from '@tsjit/ir'
import { Boxed, Complex, Device, EnumValue, Tensor } from '@tsjit/runtime'
import {
  BoolType,
  CompileError,
  ComplexType,
  DeviceType,
  DictType,
  type DType,
  dtypeInfo,
  type EnumType,
  FloatType,
  IntType,
  ListType,
  NoneType,
  type SourceRange,
  StringType,
  TensorT,
  TupleType,
  type Type,
  typeEquals,
} from '@tsjit/types'
import { fromUser } from '../user-values.ts'
import { parseType } from './function-signature.ts'
import { ScriptAttribute } from './modules/script-attribute.ts'

/** A value of the program as a constant of script: its type, and what makes it in a graph. Lists and dicts are made anew by each call. */
export interface Constant {
  readonly type: Type
  insert(emitter: FunctionEmitter, range: SourceRange): Value
}

/**
 * Numbers (whole ones are ints), texts, booleans, null, tensors, devices, enum members; arrays are lists, or tuples where the elements have no
 * type in common; Maps and plain objects are dicts. `Attribute(value, type)` says a type that the value does not tell. Undefined for anything else.
 * Throws TSJ_ENVIRONMENT for ints that have no 64 bits and for empty containers without a type.
 */
export function constantOfUser(name: string, value: unknown): Constant | undefined {
  if (value instanceof ScriptAttribute) return typedConstant(name, value)
  if (value === null || value === undefined) return plain(NoneType, null)
  if (value instanceof Tensor) return plain(TensorT, value)
  if (typeof value === 'boolean') return plain(BoolType, value)
  if (typeof value === 'string') return plain(StringType, value)
  if (typeof value === 'bigint') return plain(IntType, checkedInt(name, value))
  if (typeof value === 'number')
    return Number.isSafeInteger(value) && !Object.is(value, -0) ? plain(IntType, value) : plain(FloatType, value)
  if (value instanceof Boxed) return plain(value.type, value.value)
  if (value instanceof Complex) return plain(ComplexType, { re: value.re, im: value.im })
  if (value instanceof Device) return plain(DeviceType, String(value))
  if (value instanceof EnumValue) return enumConstant(value)
  if (Array.isArray(value)) return ofArray(name, value)
  if (value instanceof Map) return ofEntries(name, [...value])
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) return ofEntries(name, Object.entries(value))
  return undefined
}

const plain = (type: Type, value: unknown): Constant => ({
  type,
  insert: (emitter, range) => emitter.constant({ type, value } as ConstantValue, range),
})

function enumConstant(value: EnumValue): Constant {
  const { type } = value as { type: EnumType }
  return plain(type, { name: value.name, value: value.value })
}

function checkedInt(name: string, value: bigint): bigint {
  if (BigInt.asIntN(64, value) === value) return value
  throw new CompileError('TSJ_ENVIRONMENT', `the value given for '${name}' is an int of more than 64 bits`)
}

function untyped(name: string, what: string, example: string): never {
  throw new CompileError('TSJ_ENVIRONMENT', `the ${what} given for '${name}' is empty, and does not tell the type of its elements`, {
    hint: `say it: new torch.jit.Attribute(${what === 'array' ? '[]' : 'new Map()'}, '${example}')`,
  })
}

function ofArray(name: string, items: readonly unknown[]): Constant | undefined {
  if (items.length === 0) return untyped(name, 'array', 'List[int]')
  const elements = items.map((item, i) => constantOfUser(`${name}[${i}]`, item))
  if (!elements.every((element) => element !== undefined)) return undefined
  const common = commonType(elements)
  if (!common) return made('prim::TupleConstruct', new TupleType(elements.map(({ type }) => type)), elements)
  const same = common === FloatType ? items.map((item) => plain(FloatType, item)) : elements
  return made('prim::ListConstruct', new ListType(common), same)
}

function ofEntries(name: string, entries: readonly (readonly [unknown, unknown])[]): Constant | undefined {
  if (entries.length === 0) return untyped(name, 'dict', 'Dict[str, int]')
  const keys = entries.map(([key]) => constantOfUser(`a key of ${name}`, key))
  const values = entries.map(([key, value]) => constantOfUser(`${name}[${String(key)}]`, value))
  if (!keys.every((key) => key !== undefined) || !values.every((value) => value !== undefined)) return undefined
  const [keyType, valueType] = [commonType(keys), commonType(values)]
  if (!keyType || !valueType) {
    throw new CompileError('TSJ_ENVIRONMENT', `the ${keyType ? 'values' : 'keys'} of the dict given for '${name}' have no type in common`)
  }
  const typed = valueType === FloatType ? entries.map(([, value]) => plain(FloatType, value)) : values
  return made(
    'prim::DictConstruct',
    new DictType(keyType, valueType),
    keys.flatMap((key, i) => [key, typed[i]]),
  )
}

/** One type for all; ints beside floats are floats. */
function commonType(elements: readonly Constant[]): Type | undefined {
  const [{ type: first }] = elements
  if (elements.every(({ type }) => typeEquals(type, first))) return first
  return elements.every(({ type }) => type === IntType || type === FloatType) ? FloatType : undefined
}

function made(kind: string, type: Type, parts: readonly Constant[]): Constant {
  const known = new WeakMap<Graph, Value>()
  return {
    type,
    insert: (emitter, range) => {
      const { graph } = emitter
      let value = known.get(graph)
      // One for the whole function, where all of it sees it: what is appended stays.
      if (!value) {
        const make = (): Value => {
          const inputs = parts.map((part) => part.insert(emitter, range))
          return graph.insert(kind, inputs, [type], range).output
        }
        known.set(graph, (value = graph.withInsertPoint(graph.block.paramNode.next!, make)))
      }
      return value
    },
  }
}

function typedConstant(name: string, { value, type: text }: ScriptAttribute): Constant {
  const type = parseType(text)
  if (/\bdtype$/.test(text.trim()) && typeof value === 'string') return plain(IntType, dtypeInfo(value as DType).code)
  return ofType(type, fromUser(value, type, `the value given for '${name}'`))
}

function ofType(type: Type, value: unknown): Constant {
  switch (type.kind) {
    case 'Optional':
      return value === null ? plain(NoneType, null) : ofType(type.contained()[0], value)
    case 'List':
      return made(
        'prim::ListConstruct',
        type,
        (value as unknown[]).map((item) => ofType(type.contained()[0], item)),
      )
    case 'Tuple':
      return made(
        'prim::TupleConstruct',
        type,
        (value as unknown[]).map((item, i) => ofType(type.contained()[i], item)),
      )
    case 'Dict': {
      const [key, element] = type.contained()
      const parts = [...(value as Map<unknown, unknown>)].flatMap(([k, v]) => [ofType(key, k), ofType(element, v)])
      return made('prim::DictConstruct', type, parts)
    }
    case 'complex':
      return plain(type, { re: (value as Complex).re, im: (value as Complex).im })
    case 'Device':
      return plain(type, String(value))
    case 'Enum':
      return enumConstant(value as EnumValue)
  }
  return plain(type, value)
}
