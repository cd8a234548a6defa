/** Values that go in and out of a trace: tensors, and tuples, lists and dicts of them. */
import { Tensor } from '@tsjit/runtime'
import { DictType, ListType, RuntimeError, StringType, TensorT, TupleType, type Type } from '@tsjit/types'
import { tensorType } from './tensor-type.ts'

const lists = new WeakSet<readonly unknown[]>()

/** Marks an array as a list (of any length) of a traced function; other arrays are tuples. */
export function asList<T extends readonly unknown[]>(items: T): T {
  lists.add(items)
  return items
}
export function isMarkedList(items: readonly unknown[]): boolean {
  return lists.has(items)
}

export function isPlainObject(value: unknown): value is Record<string, unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    [Object.prototype, null].includes(Object.getPrototypeOf(value) as typeof Object.prototype)
  )
}

export function dictEntries(value: unknown): [unknown, unknown][] | undefined {
  if (value instanceof Map) return [...value]
  return isPlainObject(value) ? Object.entries(value) : undefined
}

/** The type of an example input. Throws TSJ_TRACE_INPUT for what is no tensor and no container of them. */
export function tracedType(value: unknown, at: string): Type {
  if (value instanceof Tensor) return tensorType(value)
  if (Array.isArray(value)) {
    if (!isMarkedList(value)) return new TupleType(value.map((item, i) => tracedType(item, `${at}[${i}]`)))
    const types = value.map((item, i) => tracedType(item, `${at}[${i}]`))
    return new ListType(unshapedType(types[0] ?? TensorT))
  }
  const entries = dictEntries(value)
  if (entries) {
    const types = entries.map(([key, item]) => tracedType(item, `${at}[${String(key)}]`))
    return new DictType(StringType, unshapedType(types[0] ?? TensorT))
  }
  throw new RuntimeError('TSJ_TRACE_INPUT', `${describe(value)} given for ${at} cannot be traced`, {
    hint: 'only tensors and (possibly nested) lists, dicts and tuples of tensors can be traced; let the function close over other values',
  })
}

/** The type without what a tensor's type says of its dtype, sizes and device. */
export function unshapedType(type: Type): Type {
  switch (type.kind) {
    case 'Tensor':
      return TensorT
    case 'List':
      return new ListType(unshapedType(type.contained()[0]))
    case 'Tuple':
      return (type as TupleType).name === undefined ? new TupleType(type.contained().map(unshapedType)) : type
    case 'Dict':
      return new DictType(type.contained()[0], unshapedType(type.contained()[1]))
    default:
      return type
  }
}

function describe(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'object') return `an object of class ${value.constructor?.name ?? 'Object'}`
  return `the ${typeof value} ${String(value).slice(0, 40)}`
}

/** Copies the tensors of a structure, so that a run cannot change the original. */
export function cloneStructure<T>(value: T, clone: (tensor: Tensor) => Tensor): T {
  return mapTensors(value, clone) as T
}

export function mapTensors(value: unknown, change: (tensor: Tensor) => unknown): unknown {
  if (value instanceof Tensor) return change(value)
  if (Array.isArray(value)) {
    const items = value.map((item) => mapTensors(item, change))
    return isMarkedList(value) ? asList(items) : items
  }
  if (value instanceof Map) return new Map([...value].map(([key, item]) => [key, mapTensors(item, change)]))
  if (isPlainObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, mapTensors(item, change)]))
  return value
}

/** The tensors of a structure in order. */
export function tensorsOf(value: unknown, into: Tensor[] = []): Tensor[] {
  if (value instanceof Tensor) into.push(value)
  else if (Array.isArray(value)) for (const item of value) tensorsOf(item, into)
  else for (const [, item] of dictEntries(value) ?? []) tensorsOf(item, into)
  return into
}
