import { ModuleInstance } from '../modules/module-instance.ts'
import { PythonClass } from '../python-class.ts'
import { PythonException, PythonObject, PythonType } from '../python-object.ts'
import { sorted } from './container-methods.ts'
import { iterate, truth } from './expressions.ts'
import type { Interpreter } from './interpreter.ts'
import { binary, order, unary } from './operators.ts'
import { PythonError, raise, refuse } from './python-error.ts'
import { repr, str, typeNameOf } from './text.ts'
import { PyBuiltin, PyConstant, PyDict, PyFunction, PyInstance, PyMethod, PySet, PySuper, PyTuple } from './values.ts'

const rangeLimit = 10_000_000

/** A name that every Python file knows. */
export function builtinValue(interpreter: Interpreter, name: string): unknown {
  const fn = Object.hasOwn(builtins, name) ? builtins[name] : undefined
  if (fn) return new PyBuiltin(name, (args, keywords) => fn(interpreter, args, keywords))
  const found = interpreter.program.builtin(name)
  if (found instanceof PythonException) {
    const exception = found.qualifiedName.slice(found.qualifiedName.lastIndexOf('.') + 1)
    return new PyBuiltin(name, (args) => new PythonError(exception, args.map(str).join(', ')))
  }
  return found
}

type Builtin = (interpreter: Interpreter, args: readonly unknown[], keywords: ReadonlyMap<string, unknown>) => unknown

const fold =
  (better: (sign: number) => boolean): Builtin =>
  (interpreter, args, keywords) => {
    const items = args.length === 1 ? iterate(interpreter, args[0]) : args
    const key = keywords.get('key') ?? null
    if (items.length === 0) return keywords.has('default') ? keywords.get('default') : raise('ValueError', 'arg is an empty sequence')
    const keyed = (item: unknown): unknown => (key === null ? item : interpreter.call(key, [item]))
    return items.reduce((best, item) => (better(order(keyed(item), keyed(best), '<', undefined)) ? item : best))
  }

function integer(args: readonly unknown[]): bigint {
  const [value, base] = args
  if (value === undefined) return 0n
  if (typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value ? 1n : 0n
  if (typeof value === 'number') {
    if (!Number.isFinite(value))
      raise(Number.isNaN(value) ? 'ValueError' : 'OverflowError', `cannot convert float ${repr(value)} to integer`)
    return BigInt(Math.trunc(value))
  }
  if (typeof value === 'string') {
    const text = value.trim().replaceAll('_', '')
    const prefix = { '2': '0b', '8': '0o', '16': '0x' }[String(base ?? 10n)] ?? ''
    if (/^[-+]?\d+$/.test(text) || (prefix && /^[-+]?[0-9a-fA-F]+$/.test(text))) {
      const magnitude = BigInt(prefix + text.replace(/^[-+]/, ''))
      return text.startsWith('-') ? -magnitude : magnitude
    }
    return raise('ValueError', `invalid literal for int() with base ${base ?? 10}: ${repr(value)}`)
  }
  return raise('TypeError', `int() argument must be a string or a real number, not '${typeNameOf(value)}'`)
}

const builtins: Readonly<Record<string, Builtin>> = {
  range: (_, args) => {
    const [start, stop, step] = args.length === 1 ? [0n, args[0], 1n] : [args[0], args[1], args[2] ?? 1n]
    for (const value of [start, stop, step])
      if (typeof value !== 'bigint' && typeof value !== 'boolean')
        raise('TypeError', `'${typeNameOf(value)}' object cannot be interpreted as an integer`)
    const [from, to, by] = [BigInt(start as bigint), BigInt(stop as bigint), BigInt(step as bigint)]
    if (by === 0n) raise('ValueError', 'range() arg 3 must not be zero')
    const count = by > 0n ? (to - from + by - 1n) / by : (from - to - by - 1n) / -by
    if (count > BigInt(rangeLimit)) refuse(`a range of ${count} numbers`)
    return Array.from({ length: Math.max(0, Number(count)) }, (_, i) => from + BigInt(i) * by)
  },
  len: (interpreter, [value]) => {
    if (value instanceof PyDict || value instanceof PySet) return BigInt(value.size)
    if (typeof value === 'string') return BigInt([...value].length)
    if (value instanceof ModuleInstance || value instanceof PyInstance) return interpreter.call(interpreter.attribute(value, '__len__'), [])
    return BigInt(iterate(interpreter, value).length)
  },
  enumerate: (interpreter, [items, start], keywords) => {
    const first = BigInt((start ?? keywords.get('start') ?? 0n) as bigint)
    return iterate(interpreter, items).map((item, i) => new PyTuple([first + BigInt(i), item]))
  },
  zip: (interpreter, args) => {
    const lists = args.map((arg) => iterate(interpreter, arg))
    const length = Math.min(...lists.map((list) => list.length))
    return lists.length === 0 ? [] : Array.from({ length }, (_, i) => new PyTuple(lists.map((list) => list[i])))
  },
  map: (interpreter, [fn, ...lists]) => {
    const items = lists.map((list) => iterate(interpreter, list))
    return Array.from({ length: Math.min(...items.map((list) => list.length)) }, (_, i) =>
      interpreter.call(
        fn,
        items.map((list) => list[i]),
      ),
    )
  },
  filter: (interpreter, [fn, items]) =>
    iterate(interpreter, items).filter((item) => truth(interpreter, fn === null ? item : interpreter.call(fn, [item]))),
  reversed: (interpreter, [items]) => [...iterate(interpreter, items)].reverse(),
  sorted: (interpreter, [items], keywords) => sorted(interpreter, iterate(interpreter, items), keywords),
  list: (interpreter, [items]) => (items === undefined ? [] : [...iterate(interpreter, items)]),
  tuple: (interpreter, [items]) => new PyTuple(items === undefined ? [] : [...iterate(interpreter, items)]),
  set: (interpreter, [items]) => new PySet(items === undefined ? [] : iterate(interpreter, items)),
  frozenset: (interpreter, [items]) => new PySet(items === undefined ? [] : iterate(interpreter, items)),
  iter: (interpreter, [items]) => iterate(interpreter, items),
  dict: (interpreter, [items], keywords) => makeDict(interpreter, items, keywords, 'dict'),
  int: (interpreter, args) =>
    interpreter.host.isTensor(args[0]) ? integer([interpreter.host.callOperator('item', [args[0]], new Map())]) : integer(args),
  float: (interpreter, [value]) => {
    if (value === undefined) return 0
    if (interpreter.host.isTensor(value)) return Number(interpreter.host.callOperator('item', [value], new Map()))
    if (typeof value === 'string') {
      const text = value.trim().toLowerCase()
      const known = { inf: Infinity, '+inf': Infinity, '-inf': -Infinity, infinity: Infinity, nan: Number.NaN }[text]
      if (known !== undefined) return known
      if (text === '' || Number.isNaN(Number(text))) raise('ValueError', `could not convert string to float: ${repr(value)}`)
      return Number(text)
    }
    return Number(value)
  },
  bool: (interpreter, [value]) => value !== undefined && truth(interpreter, value),
  str: (_, [value]) => (value === undefined ? '' : str(value)),
  repr: (_, [value]) => repr(value),
  min: fold((sign) => sign < 0),
  max: fold((sign) => sign > 0),
  sum: (interpreter, [items, start], _keywords) =>
    iterate(interpreter, items).reduce((total, item) => binary(interpreter.host, '+', total, item, undefined as never), start ?? 0n),
  abs: (interpreter, [value]) => {
    if (interpreter.host.isTensor(value)) return interpreter.host.callOperator('abs', [value], new Map())
    return order(value, 0n, '<', undefined) < 0 ? unary(interpreter.host, '-', value, undefined as never) : value
  },
  round: (_, [value, digits]) => {
    const number = Number(value)
    if (digits !== undefined && digits !== null) return Number(number.toFixed(Math.max(0, Number(digits))))
    const floor = Math.floor(number)
    const rest = number - floor
    return BigInt(rest < 0.5 || (rest === 0.5 && floor % 2 === 0) ? floor : floor + 1)
  },
  pow: (interpreter, [x, y]) => binary(interpreter.host, '**', x, y, undefined as never),
  divmod: (interpreter, [x, y]) =>
    new PyTuple([binary(interpreter.host, '//', x, y, undefined as never), binary(interpreter.host, '%', x, y, undefined as never)]),
  any: (interpreter, [items]) => iterate(interpreter, items).some((item) => truth(interpreter, item)),
  all: (interpreter, [items]) => iterate(interpreter, items).every((item) => truth(interpreter, item)),
  callable: (_, [value]) =>
    value instanceof PyFunction ||
    value instanceof PyBuiltin ||
    value instanceof PyMethod ||
    value instanceof PythonClass ||
    value instanceof ModuleInstance,
  isinstance: (interpreter, [value, cls]) => isInstance(interpreter, value, cls),
  issubclass: (interpreter, [cls, base]) =>
    cls instanceof PythonClass && base instanceof PythonClass && interpreter.isInstance(new PyInstance(cls), base),
  hasattr: (interpreter, [value, name]) => interpreter.hasAttribute(value, String(name)),
  getattr: (interpreter, [value, name, ...fallback]) =>
    fallback.length > 0 && !interpreter.hasAttribute(value, String(name)) ? fallback[0] : interpreter.attribute(value, String(name)),
  setattr: (interpreter, [value, name, to]) => {
    interpreter.setAttribute(value, String(name), to)
    return null
  },
  delattr: (_, [value, name]) => {
    if (value instanceof ModuleInstance) value.delete(String(name))
    else if (value instanceof PyInstance) value.attributes.delete(String(name))
    return null
  },
  type: (_, [value]) =>
    value instanceof ModuleInstance || value instanceof PyInstance
      ? value.cls
      : new PyBuiltin(typeNameOf(value), () => refuse('a call of a type')),
  id: (_, [value]) => BigInt(identity(value)),
  print: (interpreter, args) => {
    interpreter.host.print(args.map(str).join(' '))
    return null
  },
  super: (_, [cls, self]) => new PySuper(cls as PythonClass, self),
  object: () => refuse('object()'),
  property: () => refuse('property()'),
}

const identities = new WeakMap<object, number>()
let nextIdentity = 1
function identity(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0
  let found = identities.get(value)
  if (!found) identities.set(value, (found = nextIdentity++))
  return found
}

export function makeDict(
  interpreter: Interpreter,
  items: unknown,
  keywords: ReadonlyMap<string, unknown>,
  typeName: 'dict' | 'OrderedDict',
): PyDict {
  const dict = new PyDict([], typeName)
  if (items instanceof PyDict) for (const [key, value] of items.entries()) dict.set(key, value)
  else if (items !== undefined) {
    for (const pair of iterate(interpreter, items)) {
      const [key, value] = iterate(interpreter, pair)
      dict.set(key, value)
    }
  }
  for (const [key, value] of keywords) dict.set(key, value)
  return dict
}

/** Abstract classes of the standard library, by the types that count as them. */
const abstractTypes: Readonly<Record<string, readonly string[]>> = {
  Iterable: ['list', 'tuple', 'dict', 'OrderedDict', 'set', 'str'],
  Sequence: ['list', 'tuple', 'str'],
  Mapping: ['dict', 'OrderedDict', 'defaultdict'],
  Number: ['int', 'float', 'bool', 'complex'],
  dict: ['dict', 'OrderedDict', 'defaultdict'],
  int: ['int', 'bool'],
  object: [],
}

export function isInstance(interpreter: Interpreter, value: unknown, cls: unknown): boolean {
  if (cls instanceof PyTuple) return cls.items.some((item) => isInstance(interpreter, value, item))
  if (cls instanceof PythonClass) return interpreter.isInstance(value, cls)
  if (cls instanceof PyBuiltin) {
    if (cls.symbol === 'aten::Tensor') return interpreter.host.isTensor(value)
    if (cls.name === 'Parameter') return interpreter.host.isParameter(value)
    if (cls.name === 'object') return true
    const name = typeNameOf(value)
    const wanted = cls.name.slice(cls.name.lastIndexOf('.') + 1)
    return Object.hasOwn(abstractTypes, wanted) ? abstractTypes[wanted].includes(name) : name === wanted
  }
  if (cls instanceof PythonType || cls instanceof PythonObject) {
    const { name } = cls as PythonType
    const type = typeNameOf(value)
    if (name !== undefined && Object.hasOwn(abstractTypes, name)) return abstractTypes[name].includes(type)
    return name !== undefined && (type === name || (value instanceof PyConstant && value.typeName === name))
  }
  return false
}
