import { Tensor } from './tensor.ts'
import { Complex } from './value.ts'

/** The name that Python gives the type of a value, for messages that are PyTorch's. */
export function pythonTypeName(value: unknown): string {
  if (value === null || value === undefined) return 'NoneType'
  if (Array.isArray(value)) return 'list'
  switch (typeof value) {
    case 'boolean':
      return 'bool'
    case 'number':
      return Number.isInteger(value) ? 'int' : 'float'
    case 'bigint':
      return 'int'
    case 'string':
      return 'str'
    case 'function':
    case 'symbol':
      return typeof value
  }
  if (value instanceof Tensor) return 'Tensor'
  if (value instanceof Complex) return 'complex'
  const prototype = Object.getPrototypeOf(value)
  if (value instanceof Map || prototype === Object.prototype || prototype === null) return 'dict'
  if (value instanceof Set) return 'set'
  return (value as object).constructor.name
}
