import type { Complex, Tensor } from '@tsjit/runtime'
import { BoolType, FloatType, IntType, StringType, type Type } from '@tsjit/types'
import type { BuiltinTable } from './builtin.ts'
import * as cx from './complex-arithmetic.ts'
import { failure } from './failure.ts'
import { formatValue } from './format-value.ts'
import { addInt, type Int } from './int-arithmetic.ts'
import { compareText } from './scalar-arithmetic.ts'

type List = unknown[]

function positionIn(list: List, index: Int): number {
  const at = Number(index)
  const position = at < 0 ? at + list.length : at
  if (!(position >= 0 && position < list.length)) throw failure('TSJ_LIST_INDEX', 'list index out of range', 'IndexError')
  return position
}

export function listItem(list: List, index: Int): unknown {
  return list[positionIn(list, index)]
}
function setItem(list: List, index: Int, value: unknown): List {
  list[positionIn(list, index)] = value
  return list
}
function pop(list: List, index: Int, empty = 'pop from empty list'): unknown {
  if (list.length === 0) throw failure('TSJ_EMPTY_LIST', empty, 'IndexError')
  const at = positionIn(list, index)
  return at === list.length - 1 ? list.pop() : list.splice(at, 1)[0]
}

/** First index, step and count of a Python slice over `length` elements. */
export function sliceRange(length: number, start: Int | null, end: Int | null, step: Int): { from: number; step: number; count: number } {
  const by = Number(step)
  if (by === 0) throw failure('TSJ_SLICE_STEP', 'List slice should have non-zero step')
  const clamp = (value: Int | null, missing: number, low: number, high: number): number => {
    if (value === null) return missing
    let at = Number(value)
    if (at < 0) at += length
    return Math.min(Math.max(at, low), high)
  }
  if (by > 0) {
    const from = clamp(start, 0, 0, length)
    const to = clamp(end, length, 0, length)
    return { from, step: by, count: to > from ? Math.ceil((to - from) / by) : 0 }
  }
  const from = clamp(start, length - 1, -1, length - 1)
  const to = clamp(end, -1, -1, length - 1)
  return { from, step: by, count: from > to ? Math.ceil((to - from) / by) : 0 }
}

export function sliceList(list: List, start: Int | null, end: Int | null, step: Int): List {
  const range = sliceRange(list.length, start, end, step)
  if (range.step === 1) return list.slice(range.from, range.from + range.count)
  return Array.from({ length: range.count }, (_, i) => list[range.from + i * range.step])
}

/** V8 ends the process where an array would grow beyond about 2^27 elements. */
const mostElements = 2 ** 26

function repeat(list: List, times: Int): List {
  if (times < 0 && list.length > 0) throw failure('TSJ_LIST_REPEAT', 'vector::reserve')
  if (Number(times) * list.length > mostElements) throw failure('TSJ_LIST_REPEAT', 'cannot create std::vector larger than max_size()')
  const result: List = []
  for (let i = 0; i < times; i++) for (const element of list) result.push(element)
  return result
}

/** Sets a list's contents in place without spreading (long lists overflow the stack). */
function assign(list: List, values: List): void {
  list.length = values.length
  for (let i = 0; i < values.length; i++) list[i] = values[i]
}

const byValue = (a: any, b: any): number => (a < b ? -1 : a > b ? 1 : 0)
const compare: Record<string, (a: any, b: any) => number> = { int: byValue, float: byValue, bool: byValue, str: compareText }
const types: Record<string, Type> = { int: IntType, float: FloatType, bool: BoolType, str: StringType }

const sameLists = (a: List, b: List): boolean => a.length === b.length && a.every((element, i) => element === b[i])

function perElementType(kind: 'int' | 'float' | 'bool' | 'str'): BuiltinTable {
  const order = compare[kind]
  return {
    [`aten::remove.${kind}`]: (list: List, element: unknown) => {
      const at = list.indexOf(element)
      if (at < 0) throw failure('TSJ_NOT_IN_LIST', 'list.remove(x): x not in list', 'ValueError')
      list.splice(at, 1)
    },
    [`aten::index.list_${kind}`]: (list: List, element: unknown) => {
      const at = list.indexOf(element)
      if (at < 0) throw failure('TSJ_NOT_IN_LIST', `'${formatValue(element, types[kind])}' is not in list`, 'ValueError')
      return at
    },
    [`aten::count.${kind}`]: (list: List, element: unknown) => {
      let count = 0
      for (const have of list) if (have === element) count++
      return count
    },
    [`aten::__contains__.${kind}_list`]: (list: List, element: unknown) => list.indexOf(element) >= 0,
    [`aten::sort.${kind}`]: (list: List, reverse: boolean) => {
      list.sort(reverse ? (a, b) => order(b, a) : order)
    },
    [`aten::sorted.${kind}`]: (list: List) => [...list].sort(order),
    [`aten::eq.${kind}_list`]: sameLists,
    [`aten::ne.${kind}_list`]: (a: List, b: List) => !sameLists(a, b),
    ...(kind !== 'str' && {
      [`prim::min.${kind}_list`]: (l: List, r: List) => pickList(r, l, (a, b) => order(a, b) < 0),
      [`prim::max.${kind}_list`]: (l: List, r: List) => pickList(r, l, (a, b) => order(a, b) > 0),
      [`prim::min.self_${kind}`]: (list: List) => extreme(list, 'min', (a, b) => order(a, b) < 0),
      [`prim::max.self_${kind}`]: (list: List) => extreme(list, 'max', (a, b) => order(a, b) > 0),
      [`aten::all.${kind}`]: (list: List) => list.every((element) => Boolean(element) || Number.isNaN(element)),
    }),
    [`aten::any.${kind}`]: (list: List) => list.some((element) => Boolean(element) || Number.isNaN(element)),
  }
}

/** The list that wins at the first difference; where one is the start of the other, the shorter is the smaller. */
function pickList(a: List, b: List, better: (a: any, b: any) => boolean): List {
  for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i] !== b[i]) return better(a[i], b[i]) ? a : b
  return better(b.length, a.length) ? b : a
}

function extreme(list: List, name: string, better: (a: any, b: any) => boolean): unknown {
  if (list.length === 0) throw failure('TSJ_EMPTY_LIST', `${name}() arg is an empty sequence`, 'ValueError')
  let best = list[0]
  for (let i = 1; i < list.length; i++) if (better(list[i], best)) best = list[i]
  return best
}

export const lists: BuiltinTable = {
  'aten::__getitem__.t': listItem,
  'aten::select.t': listItem,
  'aten::append.t': (list: List, element: unknown) => {
    list.push(element)
    return list
  },
  'aten::_set_item.t': setItem,
  'aten::Delete.t': (list: List, index: Int) => {
    pop(list, index, 'pop index out of range')
  },
  'aten::pop.t': (list: List, index: Int) => pop(list, index),
  'aten::insert.t': (list: List, index: Int, element: unknown) => {
    list.splice(Number(index), 0, element)
  },
  'aten::extend.t': (list: List, other: List) => {
    for (let i = 0, n = other.length; i < n; i++) list.push(other[i])
  },
  'aten::reverse.t': (list: List) => {
    list.reverse()
  },
  'aten::clear.t': (list: List) => {
    list.length = 0
  },
  'aten::copy.t': (list: List) => list.slice(),
  'aten::list.t': (list: List) => list.slice(),
  'aten::add.t': (a: List, b: List) => a.concat(b),
  'aten::add_.t': (a: List, b: List) => {
    for (let i = 0, n = b.length; i < n; i++) a.push(b[i])
    return a
  },
  'aten::mul.left_t': repeat,
  'aten::mul.right_': (times: Int, list: List) => repeat(list, times),
  'aten::mul_.t': (list: List, times: Int) => {
    assign(list, repeat(list, times < 0 ? 0 : times))
    return list
  },
  'aten::slice.t': sliceList,
  'aten::len.t': (list: List) => list.length,
  'aten::len.any': (list: List) => list.length,
  'aten::Size': (sizes: List) => sizes,
  'prim::rangelist': (n: Int) => {
    if (n < 0) throw failure('TSJ_LIST_REPEAT', 'vector::reserve')
    if (n > mostElements) throw failure('TSJ_LIST_REPEAT', 'cannot create std::vector larger than max_size()')
    return Array.from({ length: Number(n) }, (_, i) => i)
  },
  ...perElementType('int'),
  ...perElementType('float'),
  ...perElementType('bool'),
  ...perElementType('str'),
  // PyTorch sums ints in 32 bits here
  'aten::sum.int': (list: Int[]) => Number(BigInt.asIntN(32, BigInt(list.reduce(addInt, 0)))),
  'aten::sum.float': (list: number[]) => list.reduce((sum, value) => sum + value, 0),
  'aten::sum.bool': (list: boolean[]) => list.filter(Boolean).length,
  'aten::sum.complex': (list: Complex[]) => list.reduce(cx.add, cx.complex(0, 0)),
  'aten::__range_length': (low: Int, high: Int, step: Int) => rangeLength(low, high, step),
  'aten::__derive_index': (index: Int, start: Int, step: Int) => {
    const value = Number(start) + Number(index) * Number(step)
    return Number.isSafeInteger(value) && typeof start === 'number'
      ? value + 0
      : addInt(start, Number(BigInt.asIntN(64, BigInt(index) * BigInt(step))))
  },
}

export function rangeLength(low: Int, high: Int, step: Int): Int {
  if (step === 0) throw failure('TSJ_RANGE_STEP', 'range() arg 3 must not be zero', 'ValueError')
  if (typeof low === 'number' && typeof high === 'number' && typeof step === 'number') {
    if (step > 0) return low < high ? 1 + Math.floor((high - 1 - low) / step) : 0
    return low > high ? 1 + Math.floor((low - 1 - high) / -step) : 0
  }
  const [a, b, by] = [BigInt(low), BigInt(high), BigInt(step)]
  const count = by > 0n ? (a < b ? 1n + BigInt.asIntN(64, b - 1n - a) / by : 0n) : a > b ? 1n + BigInt.asIntN(64, a - 1n - b) / -by : 0n
  return addInt(BigInt.asIntN(64, count), 0)
}

export type TensorList = Tensor[]
