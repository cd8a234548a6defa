/**
 * `@tsjit/runtime/backend`: what a backend author imports. A backend is a plain object; optional members have written defaults
 * (see `registerBackend`).
 */
import type { Operator } from '@tsjit/ops'
import type { Device } from './device.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Storage } from './storage.ts'

/** Raised by one with each incompatible change of this file. */
export const backendApiVersion = 1

/**
 * A kernel gets its arguments in schema order, all present, as runtime values (see `value.ts`), and returns the schema's result
 * (an array where the schema returns several). `dispatcher` lets it call other operators and allocate.
 */
export type Kernel = (dispatcher: Dispatcher, ...args: any[]) => any

/** Rows of a kernel file: the operator's whole schema text, so that a change of PyTorch's table is noticed, to the kernel. */
export type KernelTable = Readonly<Record<string, Kernel>>

export interface Backend {
  /** `cpu`, `reference`: for messages. */
  readonly name: string
  readonly apiVersion: number
  /** Device types served: `['cpu']`. */
  readonly deviceTypes: readonly string[]
  /** How many devices of a type there are. Default 1. */
  deviceCount?(type: string): number
  /** Uninitialised memory; at least `byteLength` bytes. Throws TSJ_OUT_OF_MEMORY. */
  allocate(byteLength: number, device: Device): Storage
  /** Takes host bytes over without copying where it can. Default: allocate and copyFromHost. */
  adopt?(buffer: ArrayBuffer | SharedArrayBuffer, device: Device): Storage
  /**
   * Starts to check CRC-32s of parts of an open file (offset, byte length, CRC-32 for each) beside other work. The function it gives must be called once: it
   * waits for the end and gives the index of the first part that is wrong, or -1. Undefined: cannot now. Default: none, the caller checks.
   */
  checkFile?(descriptor: number, parts: Float64Array): (() => number) | undefined
  /**
   * A storage whose bytes are those of an open file, read when they are first needed; the caller has checked them. Undefined: read them now. Default: none.
   */
  fromFile?(descriptor: number, offset: number, byteLength: number, device: Device): Storage | undefined
  /** Whether `storage.buffer` is readable by JavaScript: then host kernels may work on it. Default false. */
  readonly hostAccessible?: boolean
  copyFromHost?(source: Uint8Array, target: Storage, byteOffset: number): void
  copyToHost?(source: Storage, byteOffset: number, target: Uint8Array): void
  /** The kernel for an operator, or undefined: then the decomposition is tried, then the functional form, then the host if allowed. */
  kernel(operator: Operator): Kernel | undefined
  /** Who computes an operator that `kernel` gives, for `tsjit inspect`: `native`, `reference`. Default: the backend's name. */
  kernelOrigin?(operator: Operator): string
  /** Threads that kernels use. Default 1. */
  readonly threads?: number
  /** Compiles a segment. Default: none, operators run one by one. */
  readonly segments?: SegmentCompiler
  /** Waits until all work is done. Default: nothing to wait for. */
  synchronize?(device: Device): void
  /** What `tsjit doctor` prints. */
  describe?(): Readonly<Record<string, unknown>>
}

// --- segments --------------------------------------------------------------------------------------------------

/**
 * A segment is a region of a graph as plain data: instructions over numbered values. It may hold `prim::If` and `prim::Loop` whose
 * conditions depend on sizes, constants and scalar inputs alone (never on tensor data): the backend evaluates those while it
 * plans, so that a plan is a flat list of steps.
 */
export interface SegmentProgram {
  readonly valueCount: number
  readonly inputs: readonly SegmentValue[]
  readonly constants: readonly (SegmentValue & { readonly value: unknown })[]
  readonly body: readonly SegmentInstruction[]
  readonly outputs: readonly SegmentValue[]
  /** For messages and logs. */
  readonly name: string
}

export interface SegmentValue {
  readonly id: number
  readonly type: SegmentType
  /**
   * Constants only: a tensor whose data may be relied on (packed, folded) while its storage's `version` stays the same.
   */
  readonly frozen?: boolean
}

/** How a value crosses into the backend and back. `scalar` is int, float, bool or complex, tagged. */
export type SegmentType =
  | 'tensor'
  | 'int'
  | 'float'
  | 'bool'
  | 'scalar'
  | 'complex'
  | 'str'
  | 'none'
  | 'device'
  | 'generator'
  | 'int[]'
  | 'float[]'
  | 'bool[]'
  | 'tensor[]'
  | 'tensor?[]'
  | 'scalar[]'
  | 'str[]'
  | 'tuple'
  | 'other'
  | 'tensor?'
  | 'int?'
  | 'float?'
  | 'bool?'
  | 'scalar?'
  | 'str?'
  | 'device?'
  | 'int[]?'
  | 'float[]?'
  | 'tensor[]?'
  | 'generator?'

export interface SegmentInstruction {
  /** An operator's key (`aten::add.Tensor`) or a `prim::` kind. */
  readonly op: string
  readonly inputs: readonly number[]
  readonly outputs: readonly number[]
  /** prim::If: then, else. prim::Loop: body (parameters: trip count, carried…; results: condition, carried…). */
  readonly blocks?: readonly SegmentBlock[]
  /** Index of the graph node that this came from, for messages and profiles. */
  readonly node?: number
}

export interface SegmentBlock {
  readonly inputs: readonly number[]
  readonly body: readonly SegmentInstruction[]
  readonly outputs: readonly number[]
}

export interface SegmentCompiler {
  /** Whether the operator (or prim kind) may stand in a segment. */
  supports(op: string): boolean
  compile(program: SegmentProgram): CompiledSegment
}

export interface CompiledSegment {
  /**
   * Runs on inputs in the program's order and returns its outputs in order. Throws `SegmentBailout` before any effect where these
   * inputs cannot be planned; the caller then runs the region operator by operator (which gives the exact error, if it is one).
   */
  run(inputs: readonly unknown[]): unknown[]
  /** The same on a worker thread. */
  runAsync?(inputs: readonly unknown[], signal?: AbortSignal): Promise<unknown[]>
  /** Plans made so far, steps of the last one: for `TSJIT_LOG=segments` and tests. */
  statistics?(): Readonly<Record<string, number>>
  dispose?(): void
}

export class SegmentBailout extends Error {
  override name = 'SegmentBailout'
  constructor(
    readonly reason: string,
    /** True where no input will ever do: the caller should not try again. */
    readonly permanent = false,
  ) {
    super(`segment not planned: ${reason}`)
  }
}

export type { Operator } from '@tsjit/ops'
export { cpu, Device } from './device.ts'
export { Dispatcher } from './dispatcher.ts'
export * from './element-codec.ts'
export * from './elements.ts'
export * from './elementwise.ts'
export * from './generator.ts'
export * from './promotion.ts'
export * from './quantizer.ts'
export * from './random-fills.ts'
export { exactExp, exactLog, exactLog1p, exactTan, fusedMultiplyAdd } from './random-math.ts'
export * from './shape.ts'
export { Storage } from './storage.ts'
export * from './strided-copy.ts'
export * from './tensor.ts'
export * from './value.ts'
