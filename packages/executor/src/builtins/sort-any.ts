import type { ScriptObject } from '@tsjit/runtime'
import type { ClassType, Type } from '@tsjit/types'
import type { Context, NodeBuiltin, NodeBuiltinTable } from './builtin.ts'
import { failure } from './failure.ts'
import { compareText } from './scalar-arithmetic.ts'

type Less = (a: any, b: any) => boolean

/** `<` for elements of a type: numbers, text, tuples of such, classes with `__lt__`. */
function lessFor(type: Type, context: Context): Less {
  switch (type.kind) {
    case 'int':
    case 'float':
    case 'bool':
      return (a, b) => a < b
    case 'str':
      return (a, b) => compareText(a, b) < 0
    case 'Tensor':
      return (a, b) => context.dispatcher.call('aten::is_nonzero', context.dispatcher.call('aten::lt.Tensor', a, b)) as boolean
    case 'Tuple': {
      const parts = type.contained().map((part) => lessFor(part, context))
      return (a: unknown[], b: unknown[]) => {
        for (let i = 0; i < parts.length; i++) {
          if (parts[i](a[i], b[i])) return true
          if (parts[i](b[i], a[i])) return false
        }
        return false
      }
    }
    case 'Class': {
      const method = (type as ClassType).methods.get('__lt__')
      if (method) return (a: ScriptObject, b: ScriptObject) => context.call(method, [a, b]) as boolean
    }
  }
  throw failure(
    'TSJ_SORT',
    `Only list of Tensors, ints, floats, bools, strs, a User Defined Class that defines the __lt__ compare method or Tuple of such types can be sorted, got list of ${type} instead`,
  )
}

const sort = (list: unknown[], less: Less, reverse: boolean): unknown[] =>
  list.sort((a, b) => {
    if (a === b) return 0
    const direction = reverse ? -1 : 1
    return less(a, b) ? -direction : less(b, a) ? direction : 0
  })

const sortInPlace: NodeBuiltin = (_node, context, [type]) => {
  const less = lessFor(type.contained()[0], context)
  return (list: unknown[], reverse: boolean) => {
    sort(list, less, reverse)
  }
}
const sorted: NodeBuiltin = (_node, context, [type]) => {
  const less = lessFor(type.contained()[0], context)
  return (list: unknown[]) => sort([...list], less, false)
}

export const anySorting: NodeBuiltinTable = { 'aten::sort.any': sortInPlace, 'aten::sorted.any': sorted }
