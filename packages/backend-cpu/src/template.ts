import { Boxed, Complex, Device, type SegmentType } from '@tsjit/runtime/backend'
import { type DType, dtypeFromCode, dtypeInfo, FloatType, IntType } from '@tsjit/types'
import { record } from './encode.ts'

/** What a plan's results look like: everything but the addresses. */
export interface PlanTemplate {
  readonly id: number
  /** Bytes of each freshly allocated output. */
  readonly outputBytes: readonly number[]
  /** Input leaves written in place; -1 - k: constant tensor k. */
  readonly written: readonly number[]
  /** Floats that the plan relies on: pairs of input number and value. */
  readonly guards: readonly number[]
  readonly results: readonly ResultTemplate[]
}

export type ResultTemplate =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'float'; readonly input: number; readonly boxed: boolean }
  | { readonly kind: 'list'; readonly items: readonly ResultTemplate[] }
  | TensorTemplate

export interface TensorTemplate {
  readonly kind: 'tensor'
  readonly dtype: DType
  readonly itemSize: number
  /** Whose memory: a fresh output, an input leaf, a constant tensor. */
  readonly source: 'output' | 'input' | 'constant'
  readonly index: number
  /** In elements, from the source's first element (an aliased input: from its storage's start). */
  readonly offset: number
  /** The input leaf that this very tensor object is, or -1. */
  readonly same: number
  readonly wrapped: boolean
  readonly shape: readonly number[]
  readonly strides: readonly number[]
}

export function parseTemplate(id: number, data: Float64Array, types: readonly SegmentType[]): PlanTemplate {
  let at = 0
  const next = (): number => data[at++]
  const list = (width: number): number[] => {
    const count = next() * width
    return Array.from({ length: count }, next)
  }
  const outputBytes = list(1)
  const written = list(1)
  const guards = list(2)
  const result = (boxed: boolean): ResultTemplate => {
    const kind = next()
    switch (kind) {
      case record.none:
        return { kind: 'value', value: null }
      case record.int: {
        const value = next()
        return { kind: 'value', value: boxed ? new Boxed(IntType, value) : value }
      }
      case record.bigint: {
        const high = BigInt(next())
        const value = (high << 32n) | BigInt(next())
        return { kind: 'value', value: boxed ? new Boxed(IntType, value) : value }
      }
      case record.bool:
        return { kind: 'value', value: next() !== 0 }
      case record.float: {
        const value = next()
        return { kind: 'value', value: boxed ? new Boxed(FloatType, value) : value }
      }
      case record.runtimeFloat:
        return { kind: 'float', input: next(), boxed }
      case record.complex: {
        const re = next()
        return { kind: 'value', value: new Complex(re, next()) }
      }
      case record.string:
      case record.device: {
        const text = Buffer.from(list(1)).toString('utf8')
        return { kind: 'value', value: kind === record.string ? text : Device.parse(text) }
      }
      case record.list:
      case record.tuple: {
        const count = next()
        return { kind: 'list', items: Array.from({ length: count }, () => result(false)) }
      }
      case record.tensor: {
        const dtype = dtypeFromCode(next())!
        const rank = next()
        const source = (['output', 'input', 'constant'] as const)[next()]
        const index = next()
        const offset = next()
        const same = next()
        const wrapped = next() === 1
        const shape = Array.from({ length: rank }, next)
        const strides = Array.from({ length: rank }, next)
        return { kind: 'tensor', dtype, itemSize: dtypeInfo(dtype).itemSize, source, index, offset, same, wrapped, shape, strides }
      }
      default:
        throw new RangeError(`unknown record ${kind}`)
    }
  }
  const results = types.map((type) => result(type.startsWith('scalar') || type === 'other'))
  return { id, outputBytes, written, guards, results }
}
