import { Boxed, Complex, Device, EnumValue, ScriptFuture, ScriptObject, Tensor } from '@tsjit/runtime'
import { type Runtime, tolist } from '@tsjit/torch'

/**
 * A value as JSON: tensors `{dtype, shape, data}` with nested arrays, dicts as objects where all keys are strings (else pairs),
 * complex numbers as pairs. What JSON has no number for (`nan`, `inf`, ints beyond 2^53) becomes a string.
 */
export function valueJson(value: unknown, runtime: Runtime): unknown {
  if (value instanceof Boxed) return valueJson(value.value, runtime)
  if (value instanceof ScriptFuture) return valueJson(value.wait(), runtime)
  if (value instanceof Tensor) return { dtype: value.dtype, shape: value.shape, data: valueJson(tolist(value, runtime), runtime) }
  if (value instanceof Complex) return [valueJson(value.re, runtime), valueJson(value.im, runtime)]
  if (value instanceof Device) return value.toString()
  if (value instanceof EnumValue) return `${value.type.name.split('.').at(-1)}.${value.name}`
  if (value instanceof ScriptObject) {
    return Object.fromEntries([
      ['class', value.type.name],
      ...value.type.attributes.map((attribute, slot) => [attribute.name, valueJson(value.slots[slot], runtime)]),
    ])
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf'
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  if (Array.isArray(value)) return value.map((item) => valueJson(item, runtime))
  if (value instanceof Map) {
    const keys = [...value.keys()]
    if (keys.every((key) => typeof key === 'string'))
      return Object.fromEntries([...value].map(([key, item]) => [key, valueJson(item, runtime)]))
    return [...value].map(([key, item]) => [valueJson(key, runtime), valueJson(item, runtime)])
  }
  return value ?? null
}
