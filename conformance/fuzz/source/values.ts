/** Arguments and what came of a call as plain data: this process and PyTorch's make values of the one and compare the other. */
import { Boxed, cpu, readBigInts, readNumbers, Storage, Tensor, writeBigInts, writeNumbers } from '@tsjit/runtime'
import { type DType, dtypeInfo, type Type } from '@tsjit/types'

/** A number as JSON can say it: NaN, the infinities, -0 and integers beyond 2^53 are texts. */
export type PlainNumber = number | string

export interface PlainTensor {
  readonly kind: 'tensor'
  readonly dtype: DType
  readonly shape: readonly number[]
  readonly strides: readonly number[]
  /** Of an observed tensor in memory of its own: from the first tensor seen there. */
  readonly offset: number
  /** Tensors of one number share memory. Those of the arguments come first, then others in order of appearance; -1: an empty tensor. */
  readonly storage: number
  /** What an observed tensor holds, in row-major order. */
  readonly values?: readonly PlainNumber[]
}

export type Plain =
  | PlainTensor
  | { readonly kind: 'int' | 'float'; readonly value: PlainNumber }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'str'; readonly value: string }
  | { readonly kind: 'none' }
  | { readonly kind: 'list' | 'tuple'; readonly items: readonly Plain[] }
  | { readonly kind: 'dict'; readonly items: readonly (readonly [Plain, Plain])[] }
  | { readonly kind: 'other'; readonly text: string }

/** One call of a program. */
export interface Call {
  /** What is special about it, for reports. */
  readonly what: string
  readonly storages: readonly { readonly dtype: DType; readonly values: readonly PlainNumber[] }[]
  readonly args: readonly Plain[]
}

/** What can be seen of a call from outside. */
export interface Observation {
  readonly result?: Plain
  readonly error?: { readonly class: string; readonly code?: string; readonly message: string }
  /** The arguments after the call. */
  readonly inputs: readonly Plain[]
  readonly printed: string
}

const named: Readonly<Record<string, number>> = { nan: Number.NaN, inf: Number.POSITIVE_INFINITY, '-inf': Number.NEGATIVE_INFINITY }

export function numberOf(value: PlainNumber): number {
  return typeof value === 'number' ? value : (named[value] ?? Number(value))
}

function plainNumber(value: unknown): PlainNumber {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value)
  const number = Number(value)
  if (Number.isFinite(number)) return Object.is(number, -0) ? '-0' : number
  return Number.isNaN(number) ? 'nan' : number > 0 ? 'inf' : '-inf'
}

/** Fresh values for a call; the storages come too, since arguments need not hold all of them. */
export function makeArguments({ storages, args }: Call): { readonly values: unknown[]; readonly storages: readonly Storage[] } {
  const memories = storages.map(({ dtype, values }) => {
    const bytes = values.length * dtypeInfo(dtype).itemSize
    const flat = new Tensor(new Storage(cpu, bytes, new ArrayBuffer(bytes)), dtype, [values.length], [1])
    if (dtype === 'int64') writeBigInts(flat, BigInt64Array.from(values, BigInt) as unknown as bigint[])
    else writeNumbers(flat, Float64Array.from(values, numberOf))
    return flat.storage
  })
  const value = (plain: Plain): unknown => {
    switch (plain.kind) {
      case 'tensor':
        return new Tensor(memories[plain.storage], plain.dtype, plain.shape, plain.strides, plain.offset)
      case 'list':
      case 'tuple':
        return plain.items.map(value)
      case 'dict':
        return new Map(plain.items.map(([key, item]) => [value(key), value(item)]))
      case 'none':
        return null
      case 'int':
        return typeof plain.value === 'string' ? BigInt(plain.value) : plain.value
      case 'float':
        return numberOf(plain.value)
      case 'bool':
      case 'str':
        return plain.value
      case 'other':
        throw new Error(`no value of ${plain.text}`)
    }
  }
  return { values: args.map(value), storages: memories }
}

/** Values of known types as plain data. One observer looks at the arguments and then at the result of one call. */
export class Observer {
  private readonly storages: Storage[]
  /** Where the first tensor seen of a storage begins; 0 for the arguments' storages. */
  private readonly begins: number[]

  constructor(storages: readonly Storage[]) {
    this.storages = [...storages]
    this.begins = storages.map(() => 0)
  }

  see(value: unknown, type: Type): Plain {
    if (value === null || value === undefined) return { kind: 'none' }
    if (value instanceof Tensor) return this.tensor(value)
    if (value instanceof Boxed) return this.see(value.value, value.type)
    if (value instanceof Map) {
      const [key, item] = type.contained()
      return { kind: 'dict', items: [...value].map(([k, v]) => [this.see(k, key), this.see(v, item)] as const) }
    }
    const types = type.contained()
    switch (type.kind) {
      case 'int':
      case 'float':
        return { kind: type.kind, value: plainNumber(value) }
      case 'bool':
        return { kind: 'bool', value: value as boolean }
      case 'str':
        return { kind: 'str', value: value as string }
      case 'Optional':
        return this.see(value, types[0])
      case 'List':
        return { kind: 'list', items: (value as unknown[]).map((item) => this.see(item, types[0])) }
      case 'Tuple':
        return { kind: 'tuple', items: (value as unknown[]).map((item, i) => this.see(item, types[i])) }
      default:
        return { kind: 'other', text: `${type}` }
    }
  }

  private tensor(tensor: Tensor): PlainTensor {
    const { dtype, shape, strides, offset } = tensor
    const empty = tensor.numel === 0
    let storage = empty ? -1 : this.storages.indexOf(tensor.storage)
    if (!empty && storage < 0) {
      storage = this.storages.push(tensor.storage) - 1
      this.begins.push(offset)
    }
    const values = dtype === 'int64' ? [...readBigInts(tensor)].map(plainNumber) : Array.from(readNumbers(tensor), plainNumber)
    return { kind: 'tensor', dtype, shape, strides, offset: empty ? 0 : offset - this.begins[storage], storage, values }
  }
}

/**
 * Relative error allowed to a tensor's elements, measured against the largest of them: backends add in other orders and their elementary
 * functions end a few units in the last place apart, which a program of twenty operators carries on and its subtractions magnify. A double may have been
 * a float32 before.
 */
const tolerances: Partial<Record<DType, number>> = { float16: 2e-2, bfloat16: 1e-1, float32: 1e-4, float64: 1e-4 }

/**
 * Where two values first differ, or undefined. Integers, bools, dtypes, shapes and who shares memory with whom are exact. So are strides, where they lead
 * somewhere: PyTorch's own strides of dimensions of size 1 and of empty tensors hang on the way its kernels took.
 */
export function difference(a: Plain, b: Plain, place: string): string | undefined {
  if (a.kind === 'tensor' && b.kind === 'tensor') return tensorDifference(a, b, place)
  if (a.kind !== b.kind) return `${place}: ${brief(a)} and ${brief(b)}`
  if ('items' in a && 'items' in b) {
    if (a.items.length !== b.items.length) return `${place}: ${a.items.length} and ${b.items.length} items`
    const [left, right] = [a.items.flat() as Plain[], b.items.flat() as Plain[]]
    for (let i = 0; i < left.length; i++) {
      const found = difference(left[i], right[i], `${place}[${i}]`)
      if (found) return found
    }
    return undefined
  }
  if (a.kind === 'float' && b.kind === 'float') {
    const [x, y] = [numberOf(a.value), numberOf(b.value)]
    // most floats of the programs come out of float32 tensors
    return close(x, y, 1e-4, Math.max(1e-2, Math.abs(x))) ? undefined : `${place}: ${a.value} and ${b.value}`
  }
  return JSON.stringify(a) === JSON.stringify(b) ? undefined : `${place}: ${brief(a)} and ${brief(b)}`
}

function tensorDifference(a: PlainTensor, b: PlainTensor, place: string): string | undefined {
  for (const key of ['dtype', 'shape', 'storage', 'offset'] as const) {
    if (String(a[key]) !== String(b[key])) return `${place}: ${key} ${a[key]} and ${b[key]}`
  }
  const leads = a.storage >= 0 && a.strides.some((stride, i) => a.shape[i] > 1 && stride !== b.strides[i])
  if (leads) return `${place}: strides ${a.strides} and ${b.strides} of [${a.shape}]`
  const [left, right] = [a.values ?? [], b.values ?? []]
  const allowed = tolerances[a.dtype]
  let largest = 1e-2
  for (const value of left) if (Number.isFinite(numberOf(value))) largest = Math.max(largest, Math.abs(numberOf(value)))
  for (let i = 0; i < left.length; i++) {
    const same = allowed === undefined ? left[i] === right[i] : close(numberOf(left[i]), numberOf(right[i]), allowed, largest)
    if (!same) return `${place}: ${a.dtype}[${a.shape}] element ${i}: ${left[i]} and ${right[i]}`
  }
  return undefined
}

function close(a: number, b: number, allowed: number, scale: number): boolean {
  return Object.is(a, b) || a === b || Math.abs(a - b) <= allowed * scale
}

function brief(value: Plain): string {
  return JSON.stringify(value).slice(0, 200)
}
