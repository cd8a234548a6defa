import type { Device } from './device.ts'
import type { Boxed, Complex } from './value.ts'

/** A 64-bit integer; bigints where a number is not exact. */
export type Int = number | bigint
/** A number of unknown kind: whole numbers count as ints, `scalarFloat(1)` is a float. */
export type Scalar = number | bigint | boolean | Complex | Boxed
/** What a program gets of a Scalar. */
export type ScalarResult = number | bigint | boolean | Complex
export type DeviceLike = Device | string
export type LayoutName = 'strided' | 'sparse_coo' | 'sparse_csr'
export type MemoryFormatName = 'contiguous_format' | 'preserve_format' | 'channels_last' | 'channels_last_3d'
