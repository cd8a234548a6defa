import { Device, type DeviceLike, eagerDispatcher, pythonFloat, pythonTuple, type Tensor } from '@tsjit/runtime'
import type { DType } from '@tsjit/types'

/** Where and as what a layer's parameters are made. */
export interface FactoryOptions {
  readonly device?: DeviceLike
  readonly dtype?: DType
}

/** Uninitialised. */
export function blank(shape: readonly number[], { device, dtype }: FactoryOptions = {}): Tensor {
  const dispatcher = eagerDispatcher()
  const where = device === undefined ? undefined : typeof device === 'string' ? Device.parse(device) : device
  return dispatcher.empty(shape, dtype ?? dispatcher.defaultDType, where)
}

/** A value as Python prints it in a module's line: tuples for arrays, `1e-05`, True, None. */
export function python(value: unknown): string {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : pythonFloat(value)
  if (Array.isArray(value)) return pythonTuple(value.map(python))
  return String(value)
}

/** A number that is a float in PyTorch: `1.0`. */
export const float = (value: number): string => pythonFloat(value)

/** An int for each of `count` dimensions. */
export function tuple(value: number | readonly number[], count: number): number[] {
  return Array.isArray(value) ? [...value] : new Array<number>(count).fill(value as number)
}
export type Size = number | readonly number[]
