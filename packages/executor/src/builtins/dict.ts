import { Complex, Tensor } from '@tsjit/runtime'
import { type DictType, TensorT } from '@tsjit/types'
import type { BuiltinTable, NodeBuiltin, NodeBuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'
import { formatValue } from './format-value.ts'

type Dict = Map<unknown, unknown>

/**
 * The key under which a Map holds `key`: itself, but for complex numbers, which a Map would tell apart by identity: those are looked
 * up among the keys. Floats follow C++ (`-0.` equals `0.`, as in a Map); nan never equals itself there, but a Map finds it.
 */
function keyIn(dict: Dict, key: unknown): unknown {
  if (!(key instanceof Complex)) return key
  for (const have of dict.keys()) if (have instanceof Complex && have.equals(key)) return have
  return key
}

function keyError(key: unknown, dictType: DictType): Error {
  return failure('TSJ_KEY', `KeyError: ${key instanceof Tensor ? formatValue(key, TensorT) : formatValue(key, dictType.key)}`, 'KeyError')
}

const keyTypes = ['str', 'int', 'bool', 'float', 'complex', 'Tensor'] as const

/** Operators that need no static types. */
function plainRows(kind: string): BuiltinTable {
  const get = (dict: Dict, key: unknown): unknown => {
    const value = dict.get(kind === 'complex' ? keyIn(dict, key) : key)
    return value === undefined ? null : value
  }
  const has = (dict: Dict, key: unknown): boolean => dict.has(kind === 'complex' ? keyIn(dict, key) : key)
  const set = (dict: Dict, key: unknown, value: unknown): void => {
    dict.set(kind === 'complex' ? keyIn(dict, key) : key, value)
  }
  const copy = (dict: Dict): Dict => new Map(dict)
  return {
    [`aten::len.Dict_${kind}`]: (dict: Dict) => dict.size,
    [`aten::keys.${kind}`]: (dict: Dict) => [...dict.keys()],
    [`aten::values.${kind}`]: (dict: Dict) => [...dict.values()],
    [`aten::items.${kind}`]: (dict: Dict) => [...dict.entries()],
    [`aten::get.${kind}`]: get,
    [`aten::get.default_${kind}`]: (dict: Dict, key: unknown, missing: unknown) => (has(dict, key) ? get(dict, key) : missing),
    [`aten::setdefault.${kind}`]: (dict: Dict, key: unknown, missing: unknown) => {
      if (has(dict, key)) return get(dict, key)
      dict.set(key, missing)
      return missing
    },
    [`aten::pop.Dict_default_${kind}`]: (dict: Dict, key: unknown, missing: unknown) => {
      if (!has(dict, key)) return missing
      const value = get(dict, key)
      dict.delete(keyIn(dict, key))
      return value
    },
    [`aten::popitem.${kind}`]: (dict: Dict) => {
      // PyTorch takes the first item, where Python takes the last
      const first = dict.entries().next()
      if (first.done) throw failure('TSJ_EMPTY_DICT', 'popitem(): dictionary is empty', 'KeyError')
      dict.delete(first.value[0])
      return first.value
    },
    [`aten::clear.${kind}`]: (dict: Dict) => dict.clear(),
    [`aten::update.${kind}`]: (dict: Dict, other: Dict) => {
      for (const [key, value] of other) set(dict, key, value)
    },
    [`aten::copy.Dict_${kind}`]: copy,
    [`aten::dict.Dict_${kind}`]: copy,
    [`aten::__contains__.${kind}`]: has,
    [`aten::_set_item.${kind}`]: set,
    [`aten::dict.${kind}`]: (pairs: [unknown, unknown][]) => {
      const dict: Dict = new Map()
      for (const [key, value] of pairs) set(dict, key, value)
      return dict
    },
  }
}

export const dicts: BuiltinTable = {
  'aten::dict': () => new Map(),
  ...Object.assign({}, ...keyTypes.map(plainRows)),
}

const lookup =
  (remove: boolean, give: boolean): NodeBuiltin =>
  (_node, _context, [type]) =>
  (dict: Dict, wanted: unknown) => {
    const key = wanted instanceof Complex ? keyIn(dict, wanted) : wanted
    const value = dict.get(key)
    if (value === undefined && !dict.has(key)) throw keyError(key, type as DictType)
    if (remove) dict.delete(key)
    return give ? value : undefined
  }

/** Look-ups that fail with the key's text, which needs the dict's type. */
export const dictLookups: NodeBuiltinTable = Object.fromEntries(
  keyTypes.flatMap((kind): [string, NodeBuiltin][] => [
    [`aten::__getitem__.Dict_${kind}`, lookup(false, true)],
    [`aten::pop.Dict_${kind}`, lookup(true, true)],
    [`aten::Delete.Dict_${kind}`, lookup(true, false)],
  ]),
)
