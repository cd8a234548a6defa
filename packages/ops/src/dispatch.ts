/**
 * The small interface that decompositions are written against; the runtime implements it (eagerly), the tracer wraps it.
 * `T` is the implementer's tensor. Values are the runtime's: number for int and float, `Boxed` for Scalar, null for None,
 * arrays for lists and tuples.
 */
export interface Dispatch<T extends TensorLike = TensorLike> {
  /** Calls the operator with this key (`aten::add.Tensor`); missing trailing arguments take their defaults. */
  call(key: string, ...args: unknown[]): any
  /** A Scalar argument. */
  int(value: number | bigint): unknown
  float(value: number): unknown
  readonly tensorType?: T
}

/** What a decomposition may ask of a tensor without computing. */
export interface TensorLike {
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  readonly dtype: string
  readonly ndim: number
  readonly numel: number
}

/** A composite operator as an ordinary function: positional arguments in schema order, all present. */
export type Decomposition = (op: Dispatch<any>, ...args: any[]) => unknown

/** Rows of a family file: schema key to decomposition. */
export type DecompositionTable = Readonly<Record<string, Decomposition>>
