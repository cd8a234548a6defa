/** What the operators of generated tensor programs know of the variables, and what they ask of the program that is written. */
import { type DType, dtypeInfo } from '@tsjit/types'

/** A tensor variable of a program, as far as it is known while the program is written. */
export interface Known {
  readonly name: string
  /** Undefined where it depends on data or on a branch. */
  readonly shape: readonly number[] | undefined
  readonly dtype: DType | undefined
  /** Its elements are small multiples of a quarter, so that comparing and rounding them does not hang on the last bit. */
  readonly exact: boolean
}

/** What an operator gives: its text, and what is known of the result. */
export type Made = { readonly text: string } & Omit<Known, 'name'>

/** What an operator may ask for while it is written. */
export interface Scope {
  below(n: number): number
  chance(p: number): boolean
  pick<T>(values: readonly T[]): T
  /** A variable for which the condition holds, or undefined. */
  find(holds?: (known: Known) => boolean): Known | undefined
  /** An int expression between 0 and n - 1 (or, one time in thirty, any). */
  index(n: number): string
  /** An index as tensors hold them: negative ones are refused by some operators, so one in twenty alone. */
  place(n: number): string
  /** A size as a number, or as a variable's size where one is known to have it. */
  size(n: number): string
}

export type TensorOperator = (scope: Scope) => Made | undefined

export const isFloat = (known: Known): boolean => known.dtype !== undefined && dtypeInfo(known.dtype).isFloat
export const isInt = (known: Known): boolean => known.dtype !== undefined && dtypeInfo(known.dtype).isInteger
export const isBool = (known: Known): boolean => known.dtype === 'bool'
export const hasRank = (rank: number) => (known: Known) => known.shape?.length === rank
export const atLeast = (rank: number) => (known: Known) => known.shape !== undefined && known.shape.length >= rank
export const product = (shape: readonly number[]): number => shape.reduce((a, b) => a * b, 1)
export const replaced = (shape: readonly number[], dim: number, size: number): number[] => shape.map((old, i) => (i === dim ? size : old))
export const without = (shape: readonly number[], dim: number): number[] => shape.filter((_, i) => i !== dim)

export function broadcast(a: readonly number[], b: readonly number[]): number[] | undefined {
  const rank = Math.max(a.length, b.length)
  const shape: number[] = []
  for (let i = 1; i <= rank; i++) {
    const [x, y] = [a[a.length - i] ?? 1, b[b.length - i] ?? 1]
    if (x !== y && x !== 1 && y !== 1) return undefined
    shape.unshift(x === 1 ? y : x)
  }
  return shape
}

const order: readonly DType[] = ['bool', 'uint8', 'int8', 'int16', 'int32', 'int64', 'float16', 'bfloat16', 'float32', 'float64']
export function promote(a: DType | undefined, b: DType | undefined): DType | undefined {
  if (a === undefined || b === undefined) return undefined
  const pair = [a, b]
  if (pair.includes('uint8') && pair.includes('int8')) return 'int16'
  if (pair.includes('float16') && pair.includes('bfloat16')) return 'float32'
  return order.indexOf(a) > order.indexOf(b) ? a : b
}
export const floatOf = (dtype: DType | undefined): DType | undefined => dtype && (dtypeInfo(dtype).isFloat ? dtype : 'float32')
export const sumOf = (dtype: DType | undefined): DType | undefined => dtype && (dtypeInfo(dtype).isFloat ? dtype : 'int64')

/** Two variables of shapes that broadcast. */
export function pair(s: Scope, holds: (known: Known) => boolean = () => true): [Known, Known, readonly number[] | undefined] | undefined {
  const a = s.find(holds)
  if (!a) return undefined
  const b = s.find((other) => holds(other) && (!a.shape || !other.shape || broadcast(a.shape, other.shape) !== undefined))
  return b && [a, b, a.shape && b.shape ? broadcast(a.shape, b.shape) : undefined]
}

export const like = (known: Known, text: string, more: Partial<Made> = {}): Made => ({
  shape: known.shape,
  dtype: known.dtype,
  exact: known.exact,
  ...more,
  text,
})
export const rough = { exact: false } as const
