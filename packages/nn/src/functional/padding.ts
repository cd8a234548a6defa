import type { Tensor } from '@tsjit/runtime'
import { op } from '../operator.ts'

export type PaddingMode = 'reflect' | 'replicate' | 'circular'

/** Pads the last dimensions: [left, right, top, bottom, …], last dimension first. */
export function pad(
  input: Tensor,
  padding: readonly number[],
  mode: 'constant' | PaddingMode = 'constant',
  value: number | null = null,
): Tensor {
  return op('pad', input, padding, mode, value)
}
