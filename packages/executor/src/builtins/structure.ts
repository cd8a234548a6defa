import type { Tensor } from '@tsjit/runtime'
import { Complex, coercion, normInt, readBigInts, readComplex, readNumbers } from '@tsjit/runtime'
import { type DictType, dtypeInfo, isSubtype, type Type } from '@tsjit/types'
import type { BuiltinTable, NodeBuiltinTable } from './builtin.ts'
import { scalarTypeName } from './conversions.ts'
import { failure } from './failure.ts'
import type { Int } from './int-arithmetic.ts'
import { dynamicType } from './types-at-run-time.ts'

type List = unknown[]

/** Converts elements where lists, tuples and dicts hold them under another static type than they come with. */
function converting(types: readonly Type[], wanted: (i: number) => Type): ((values: List) => List) | undefined {
  const converters = types.map((type, i) => coercion(type, wanted(i)))
  if (converters.every((convert) => convert === undefined)) return undefined
  return (values) => values.map((value, i) => (converters[i] ? converters[i]!(value) : value))
}

function tupleIndex(tuple: List, index: Int): unknown {
  const at = Number(index) < 0 ? Number(index) + tuple.length : Number(index)
  if (!(at >= 0 && at < tuple.length)) throw failure('TSJ_TUPLE_INDEX', 'Tuple index out of range', 'IndexError')
  return tuple[at]
}

/** Nested lists of a tensor's elements. `levels` is how deep the result's type nests. */
function toLists(tensor: Tensor, levels: number, element: Type): unknown {
  const info = dtypeInfo(tensor.dtype)
  const fits =
    (element.kind === 'float' && info.isFloat) ||
    (element.kind === 'complex' && info.isComplex) ||
    (element.kind === 'int' && tensor.dtype === 'int64') ||
    (element.kind === 'bool' && tensor.dtype === 'bool')
  if (!fits) {
    throw failure(
      'TSJ_TOLIST',
      `Output annotation element type and runtime tensor element type must match for tolist(): ${element} vs ${scalarTypeName(tensor.dtype)}`,
    )
  }
  if (levels !== tensor.ndim)
    throw failure('TSJ_TOLIST', 'Output annotation list dimension and runtime tensor dimension must match for tolist()')
  const values = elementReader(tensor, element)
  let at = 0
  const build = (dim: number): unknown => {
    if (dim === tensor.ndim) return values(at++)
    const list: List = []
    for (let i = 0; i < tensor.shape[dim]; i++) list.push(build(dim + 1))
    return list
  }
  return build(0)
}

function elementReader(tensor: Tensor, element: Type): (index: number) => unknown {
  if (element.kind === 'int') {
    const values = readBigInts(tensor)
    return (i) => normInt(values[i])
  }
  if (element.kind === 'complex') {
    const values = readComplex(tensor)
    return (i) => new Complex(values[2 * i], values[2 * i + 1])
  }
  const values = readNumbers(tensor)
  return element.kind === 'bool' ? (i) => values[i] !== 0 : (i) => values[i]
}

export const structures: NodeBuiltinTable = {
  'prim::ListConstruct': (node, _context, types) => {
    const element = node.output.type.contained()[0] ?? node.output.type
    const convert = converting(types, () => element)
    return convert ? (...values: List) => convert(values) : (...values: List) => values
  },
  'prim::TupleConstruct': (node, _context, types) => {
    const elements = node.output.type.contained()
    const convert = converting(types, (i) => elements[i])
    return convert ? (...values: List) => convert(values) : (...values: List) => values
  },
  'prim::DictConstruct': (node, _context, types) => {
    const { key, value } = node.output.type as DictType
    const convert = converting(types, (i) => (i % 2 === 0 ? key : value))
    return (...given: List) => {
      const items = convert ? convert(given) : given
      const dict = new Map()
      for (let i = 0; i + 1 < items.length; i += 2) dict.set(items[i], items[i + 1])
      return dict
    }
  },
  'prim::TupleUnpack': (node, _context, [type]) => {
    const elements = type.contained()
    const converters = node.outputs.map((output, i) => (elements[i] ? coercion(elements[i], output.type) : undefined))
    const same = converters.every((convert) => convert === undefined)
    const finish = (values: List): unknown => {
      const list = same ? values : values.map((value, i) => (converters[i] ? converters[i]!(value) : value))
      return node.outputs.length === 1 ? list[0] : list
    }
    return finish as (...args: any[]) => unknown
  },
  'prim::ListUnpack': (node, _context, [type]) => {
    const count = node.outputs.length
    const element = type.contained()[0]
    const converters = node.outputs.map((output) => (element ? coercion(element, output.type) : undefined))
    const same = converters.every((convert) => convert === undefined)
    return (list: List) => {
      if (list.length !== count) throw failure('TSJ_LIST_UNPACK', `Expected ${count} elements in a list but found ${list.length}`)
      const values = same ? list : list.map((value, i) => (converters[i] ? converters[i]!(value) : value))
      return count === 1 ? values[0] : values
    }
  },
  'prim::TupleIndex': (node, _context, [type]) => {
    const index = node.inputs[1].node.attribute('value', 'i')
    const elements = type.contained()
    if (index === undefined || elements.length === 0) return tupleIndex
    const at = Number(index) < 0 ? Number(index) + elements.length : Number(index)
    const convert = elements[at] && coercion(elements[at], node.output.type)
    return convert ? (tuple: List) => convert(tupleIndex(tuple, at)) : (tuple: List) => tupleIndex(tuple, at)
  },
  'prim::TupleSlice': (node) => {
    const begin = Number(node.attribute('beg', 'i') ?? 0)
    const end = Number(node.attribute('end', 'i') ?? 0)
    return (tuple: List) => tuple.slice(begin, end)
  },
  'prim::isinstance': (node, _context, [type]) => {
    const candidates = node.attribute('types', 'tys') ?? []
    return (value: unknown) => {
      const actual = dynamicType(value, type)
      return candidates.some((candidate) => isSubtype(actual, candidate))
    }
  },
  'prim::tolist': (node) => {
    let element = node.output.type
    let levels = 0
    for (; element.kind === 'List'; element = element.contained()[0]) levels++
    const [type, depth] = [element, levels]
    return (tensor: Tensor) => toLists(tensor, depth, type)
  },
  'prim::unchecked_cast': castTo,
  'prim::unchecked_unwrap_optional': castTo,
  'aten::_unwrap_optional': (node, _context, [type]) => {
    const convert = coercion(type, node.output.type)
    return (value: unknown) => {
      if (value === null || value === undefined) throw failure('TSJ_UNWRAP_NONE', 'Unwrapping null optional')
      return convert ? convert(value) : value
    }
  },
  'prim::Uninitialized': () => () => undefined,
  'prim::IfThenElse': (node, _context, types) => {
    const yes = coercion(types[1], node.output.type)
    const no = coercion(types[2], node.output.type)
    return (condition: boolean, a: unknown, b: unknown) => (condition ? (yes ? yes(a) : a) : no ? no(b) : b)
  },
}

function castTo(node: import('@tsjit/ir').Node, _context: unknown, [type]: readonly Type[]): (value: any) => unknown {
  const convert = coercion(type, node.output.type)
  return convert ?? ((value) => value)
}

/** Reference identity for what has one, equality for what has not. */
export const identities: BuiltinTable = {
  'aten::__is__': (a: unknown, b: unknown) => isSame(a, b),
  'aten::__isnot__': (a: unknown, b: unknown) => !isSame(a, b),
}

function isSame(a: unknown, b: unknown): boolean {
  return a === b || ((a === null || a === undefined) && (b === null || b === undefined))
}
