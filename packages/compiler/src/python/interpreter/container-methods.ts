import { iterate } from './expressions.ts'
import type { Interpreter } from './interpreter.ts'
import { equal, order } from './operators.ts'
import { raise } from './python-error.ts'
import { format, str } from './text.ts'
import { type Callee, PyBuiltin, PyDict, PySet, PyTuple } from './values.ts'

/** A method of a list, tuple, text, dict or set. */
export function methodOf(interpreter: Interpreter, value: unknown, name: string): unknown {
  const table =
    typeof value === 'string'
      ? textMethods(interpreter, value)
      : Array.isArray(value)
        ? listMethods(interpreter, value)
        : value instanceof PyTuple
          ? tupleMethods(value)
          : value instanceof PyDict
            ? dictMethods(interpreter, value)
            : value instanceof PySet
              ? setMethods(interpreter, value)
              : {}
  return Object.hasOwn(table, name) ? new PyBuiltin(name, table[name]) : undefined
}

export function sorted(interpreter: Interpreter, items: readonly unknown[], keywords: ReadonlyMap<string, unknown>): unknown[] {
  const key = keywords.get('key') ?? null
  const keyed = items.map((item) => [key === null ? item : interpreter.call(key, [item]), item] as const)
  const sign = keywords.get('reverse') === true ? -1 : 1
  return [...keyed].sort(([a], [b]) => sign * order(a, b, '<', undefined)).map(([, item]) => item)
}

function listMethods(interpreter: Interpreter, list: unknown[]): Record<string, Callee> {
  return {
    append: ([item]) => {
      list.push(item)
      return null
    },
    extend: ([items]) => {
      list.push(...iterate(interpreter, items))
      return null
    },
    insert: ([at, item]) => {
      list.splice(Number(at), 0, item)
      return null
    },
    pop: ([at]) => {
      if (list.length === 0) raise('IndexError', 'pop from empty list')
      return list.splice(at === undefined ? -1 : Number(at), 1)[0]
    },
    remove: ([item]) => {
      const at = list.findIndex((candidate) => equal(candidate, item))
      if (at < 0) raise('ValueError', 'list.remove(x): x not in list')
      list.splice(at, 1)
      return null
    },
    reverse: () => {
      list.reverse()
      return null
    },
    sort: (_, keywords) => {
      list.splice(0, list.length, ...sorted(interpreter, list, keywords))
      return null
    },
    index: ([item]) => indexOf(list, item),
    count: ([item]) => BigInt(list.filter((candidate) => equal(candidate, item)).length),
    copy: () => [...list],
    clear: () => {
      list.length = 0
      return null
    },
  }
}

function indexOf(items: readonly unknown[], item: unknown): bigint {
  const at = items.findIndex((candidate) => equal(candidate, item))
  if (at < 0) raise('ValueError', `${str(item)} is not in list`)
  return BigInt(at)
}

function tupleMethods({ items }: PyTuple): Record<string, Callee> {
  return {
    index: ([item]) => indexOf(items, item),
    count: ([item]) => BigInt(items.filter((candidate) => equal(candidate, item)).length),
  }
}

function dictMethods(interpreter: Interpreter, dict: PyDict): Record<string, Callee> {
  return {
    keys: () => dict.keys(),
    values: () => dict.values(),
    items: () => dict.entries().map((entry) => new PyTuple(entry)),
    get: ([key, fallback]) => (dict.has(key) ? dict.get(key) : (fallback ?? null)),
    pop: ([key, ...fallback]) => {
      if (!dict.has(key)) return fallback.length > 0 ? fallback[0] : raise('KeyError', str(key))
      const value = dict.get(key)
      dict.delete(key)
      return value
    },
    popitem: () => {
      const last = dict.entries().at(-1)
      if (!last) return raise('KeyError', 'popitem(): dictionary is empty')
      dict.delete(last[0])
      return new PyTuple(last)
    },
    setdefault: ([key, value]) => {
      if (!dict.has(key)) dict.set(key, value ?? null)
      return dict.get(key)
    },
    update: ([other], keywords) => {
      if (other instanceof PyDict) for (const [key, value] of other.entries()) dict.set(key, value)
      else if (other !== undefined) {
        for (const pair of iterate(interpreter, other)) {
          const [key, value] = iterate(interpreter, pair)
          dict.set(key, value)
        }
      }
      for (const [key, value] of keywords) dict.set(key, value)
      return null
    },
    copy: () => new PyDict(dict.entries(), dict.typeName, dict.makeDefault),
    clear: () => {
      dict.clear()
      return null
    },
  }
}

function setMethods(interpreter: Interpreter, set: PySet): Record<string, Callee> {
  return {
    add: ([item]) => {
      set.add(item)
      return null
    },
    discard: ([item]) => {
      set.delete(item)
      return null
    },
    remove: ([item]) => {
      if (!set.delete(item)) raise('KeyError', str(item))
      return null
    },
    update: ([items]) => {
      for (const item of iterate(interpreter, items)) set.add(item)
      return null
    },
    union: ([items]) => new PySet([...set.values(), ...iterate(interpreter, items)]),
  }
}

function textMethods(interpreter: Interpreter, text: string): Record<string, Callee> {
  return {
    format: (args, keywords) => {
      let next = 0
      return text.replace(/\{\{|\}\}|\{(\w*)(?:!(\w))?(?::([^}]*))?\}/g, (whole, name: string | undefined, _conversion, spec) => {
        if (whole === '{{') return '{'
        if (whole === '}}') return '}'
        const value = name === '' || name === undefined ? args[next++] : /^\d+$/.test(name) ? args[Number(name)] : keywords.get(name)
        return format(value, spec ?? '')
      })
    },
    join: ([items]) => iterate(interpreter, items).map(str).join(text),
    split: ([by, most]) => {
      if (by === undefined || by === null) return text.split(/\s+/).filter(Boolean)
      const parts = text.split(String(by))
      const limit = most === undefined ? -1 : Number(most)
      return limit < 0 || parts.length <= limit + 1 ? parts : [...parts.slice(0, limit), parts.slice(limit).join(String(by))]
    },
    rsplit: ([by, most]) => {
      const parts = text.split(String(by))
      const limit = most === undefined ? parts.length : Number(most)
      const head = parts.slice(0, Math.max(0, parts.length - limit))
      return head.length > 0 ? [head.join(String(by)), ...parts.slice(head.length)] : parts
    },
    strip: ([what]) => trim(text, what, true, true),
    lstrip: ([what]) => trim(text, what, true, false),
    rstrip: ([what]) => trim(text, what, false, true),
    lower: () => text.toLowerCase(),
    upper: () => text.toUpperCase(),
    capitalize: () => text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase(),
    startswith: ([start]) => starts(start, (one) => text.startsWith(one)),
    endswith: ([end]) => starts(end, (one) => text.endsWith(one)),
    replace: ([from, to]) => text.replaceAll(String(from), String(to)),
    find: ([what]) => BigInt(text.indexOf(String(what))),
    count: ([what]) => BigInt(text.split(String(what)).length - 1),
    isdigit: () => /^[0-9]+$/.test(text),
    isalpha: () => /^[A-Za-z]+$/.test(text),
    zfill: ([width]) => text.padStart(Number(width), '0'),
  }
}

function starts(what: unknown, test: (text: string) => boolean): boolean {
  return what instanceof PyTuple ? what.items.some((item) => test(String(item))) : test(String(what))
}

function trim(text: string, what: unknown, left: boolean, right: boolean): string {
  const chars = what === undefined || what === null ? ' \t\n\r\v\f' : String(what)
  let start = 0
  let end = text.length
  while (left && start < end && chars.includes(text[start])) start++
  while (right && end > start && chars.includes(text[end - 1])) end--
  return text.slice(start, end)
}
