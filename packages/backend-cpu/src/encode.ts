import {
  Boxed,
  Complex,
  Device,
  SegmentBailout,
  type SegmentBlock,
  type SegmentInstruction,
  type SegmentProgram,
  type SegmentType,
  type Storage,
  Tensor,
} from '@tsjit/runtime/backend'
import { dtypeInfo } from '@tsjit/types'
import type { CpuMemory } from './memory.ts'

/** Kinds of records; the same numbers as `Record` in native/src/segment.h. */
export const record = {
  none: 0,
  tensor: 1,
  int: 2,
  bool: 3,
  runtimeFloat: 4,
  string: 5,
  list: 6,
  tuple: 7,
  device: 8,
  float: 9,
  bigint: 10,
  complex: 11,
  opaque: 12,
} as const

/** A growing Float64Array outside V8's heap. */
export class Doubles {
  array: Float64Array
  length = 0
  constructor(capacity = 64) {
    this.array = new Float64Array(new ArrayBuffer(capacity * 8))
  }
  push(value: number): void {
    if (this.length === this.array.length) this.grow()
    this.array[this.length++] = value
  }
  private grow(): void {
    const larger = new Float64Array(new ArrayBuffer(this.array.length * 16))
    larger.set(this.array)
    this.array = larger
  }
  used(): Float64Array {
    return this.array.subarray(0, this.length)
  }
}

/** Writes values as records: what the plan depends on into `signature`; addresses and floats, which it does not, into tables. */
export class ValueEncoder {
  readonly signature = new Doubles(256)
  readonly addresses = new Doubles(16)
  readonly floats = new Doubles(8)
  readonly leaves: Tensor[] = []
  /** Storages of tensors seen, where aliases matter. */
  private readonly groups = new Map<Storage, number>()
  private shared: Set<Storage> | undefined

  constructor(
    private readonly memory: CpuMemory,
    private readonly trackAliases: boolean,
    /** Constants: floats are part of the record. */
    private readonly fixedFloats = false,
  ) {}

  reset(): void {
    this.signature.length = 0
    this.addresses.length = 0
    this.floats.length = 0
    this.leaves.length = 0
    this.shared = undefined
    if (this.trackAliases) this.groups.clear()
  }

  /** Must precede `value` where aliases matter: finds storages that several tensors share. */
  findAliases(values: readonly unknown[]): void {
    const seen = new Set<Storage>()
    const shared = new Set<Storage>()
    const visit = (value: unknown): void => {
      if (value instanceof Tensor) {
        if (seen.has(value.storage)) shared.add(value.storage)
        seen.add(value.storage)
      } else if (Array.isArray(value)) {
        for (const element of value) visit(element)
      } else if (value instanceof Boxed) visit(value.value)
    }
    for (const value of values) visit(value)
    this.shared = shared
  }

  value(value: unknown, type: SegmentType, frozen = false): void {
    const { signature } = this
    if (value === null || value === undefined) {
      signature.push(record.none)
      return
    }
    if (value instanceof Tensor) return this.tensor(value, frozen)
    switch (typeof value) {
      case 'boolean':
        signature.push(record.bool)
        signature.push(value ? 1 : 0)
        return
      case 'string':
        return this.text(record.string, value)
      case 'bigint':
        return this.int(value)
      case 'number':
        if (type.startsWith('int') || type === 'bool') return this.int(value)
        if (type.startsWith('float')) return this.float(value)
        // a number whose static type does not say whether it is an int
        throw new SegmentBailout(`a number of type ${type}`, true)
      default:
    }
    if (value instanceof Boxed) {
      const kind = value.type.kind
      if (kind === 'int') return this.int(value.value as number | bigint)
      if (kind === 'float') return this.float(value.value as number)
      if (kind === 'List') return this.list(value.value as unknown[], listType(value.type.contained()[0].kind), record.list)
      throw new SegmentBailout(`a boxed ${kind}`)
    }
    if (value instanceof Device) return this.text(record.device, value.toString())
    if (value instanceof Complex) {
      signature.push(record.complex)
      signature.push(value.re)
      signature.push(value.im)
      return
    }
    if (Array.isArray(value)) {
      const element = type.endsWith('[]?') ? type.slice(0, -3) : type.endsWith('[]') ? type.slice(0, -2) : 'other'
      return this.list(value, element as SegmentType, type === 'tuple' ? record.tuple : record.list)
    }
    signature.push(record.opaque)
  }

  private list(values: readonly unknown[], element: SegmentType, kind: number): void {
    this.signature.push(kind)
    this.signature.push(values.length)
    for (const value of values) {
      if (typeof value === 'number' && element.startsWith('float')) {
        this.signature.push(record.float)
        this.signature.push(value)
      } else this.value(value, element)
    }
  }
  private int(value: number | bigint): void {
    const { signature } = this
    if (typeof value === 'number' && Number.isSafeInteger(value)) {
      signature.push(record.int)
      signature.push(value)
      return
    }
    const wide = BigInt(value)
    signature.push(record.bigint)
    signature.push(Number(BigInt.asIntN(32, wide >> 32n)))
    signature.push(Number(BigInt.asUintN(32, wide)))
  }
  private float(value: number): void {
    if (this.fixedFloats) {
      this.signature.push(record.float)
      this.signature.push(value)
      return
    }
    this.signature.push(record.runtimeFloat)
    this.floats.push(value)
  }
  private text(kind: number, text: string): void {
    const bytes = Buffer.from(text, 'utf8')
    this.signature.push(kind)
    this.signature.push(bytes.length)
    for (const byte of bytes) this.signature.push(byte)
  }
  private tensor(tensor: Tensor, frozen: boolean): void {
    const { signature } = this
    const info = dtypeInfo(tensor.dtype)
    const rank = tensor.shape.length
    if (rank > 12) throw new SegmentBailout('more than 12 dimensions', true)
    const grouped = this.shared?.has(tensor.storage) ?? false
    let group = -1
    if (grouped) {
      group = this.groups.get(tensor.storage) ?? this.groups.size
      this.groups.set(tensor.storage, group)
    }
    signature.push(record.tensor)
    signature.push(info.code)
    signature.push(rank)
    signature.push(group)
    signature.push(grouped ? tensor.offset : 0)
    signature.push((tensor.isWrappedNumber ? 1 : 0) | (frozen ? 2 : 0) | (grouped ? 4 : 0))
    for (let i = 0; i < rank; i++) signature.push(tensor.shape[i])
    for (let i = 0; i < rank; i++) signature.push(tensor.strides[i])
    if (grouped) signature.push(tensor.storage.byteLength)
    const address = frozen ? this.memory.addressOfConstant(tensor.storage) : this.memory.addressOfStorage(tensor.storage)
    this.addresses.push(address + (grouped ? 0 : tensor.offset * info.itemSize))
    this.leaves.push(tensor)
  }
}

function listType(kind: string): SegmentType {
  return kind === 'int' ? 'int' : kind === 'float' ? 'float' : 'other'
}

/** A program as numbers; see `Decoder` in native/src/bridge.cc. */
export function encodeProgram(program: SegmentProgram): { words: Int32Array; strings: string } {
  const words: number[] = []
  const strings = new Map<string, number>()
  const list = (values: readonly number[]): void => {
    words.push(values.length, ...values)
  }
  const instruction = ({ op, node, inputs, outputs, blocks }: SegmentInstruction): void => {
    let id = strings.get(op)
    if (id === undefined) strings.set(op, (id = strings.size))
    words.push(id, node ?? -1)
    list(inputs)
    list(outputs)
    words.push(blocks?.length ?? 0)
    for (const inner of blocks ?? []) block(inner)
  }
  const block = ({ inputs, body, outputs }: SegmentBlock): void => {
    list(inputs)
    words.push(body.length)
    for (const inner of body) instruction(inner)
    list(outputs)
  }
  words.push(program.valueCount)
  list(program.inputs.map((value) => value.id))
  list(program.constants.map((value) => value.id))
  list(program.outputs.map((value) => value.id))
  block({ inputs: [], body: program.body, outputs: [] })
  return { words: Int32Array.from(words), strings: [...strings.keys()].join('\n') }
}
