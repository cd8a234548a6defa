/** The functions of `torch` on tensors. Importing gives tensors their methods; the default runtime is made when the first of them is called. */
import { installEagerTensors } from '@tsjit/runtime'
import { defaultRuntime } from '../runtime.ts'

export * as nn from '@tsjit/nn'
export type { DeviceLike, IndexItem, Int, LayoutName, MemoryFormatName, Scalar, ScalarResult } from '@tsjit/runtime'
export { formatTensor, Generator, Slice, scalarFloat, scalarInt, scope, slice } from '@tsjit/runtime'
export * from './construction.ts'
export * as fft from './generated/fft.ts'
export * from './generated/functions.ts'
export * as linalg from './generated/linalg.ts'
export * as special from './generated/special.ts'
export * from './grad-mode.ts'

installEagerTensors(() => defaultRuntime().dispatcher)
