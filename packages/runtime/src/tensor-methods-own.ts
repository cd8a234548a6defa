/** Methods of tensors that are no operators of the table, or that read better than these. */
import { type DType, dtypeAliases, dtypeInfo, RuntimeError } from '@tsjit/types'
import type { Dispatcher } from './dispatcher.ts'
import { readBigInts, readComplex, readNumbers } from './elements.ts'
import { tensorMethodNames } from './generated/tensor-method-names.ts'
import { formatTensor } from './printing.ts'
import { Tensor } from './tensor.ts'
import { callOperator, operatorMethods, useEagerDispatcher } from './tensor-methods.ts'
import { assignIndex, type IndexItem, indexTensor } from './tensor-methods-indexing.ts'
import type { DeviceLike } from './tensor-methods-types.ts'
import { Complex, normInt } from './value.ts'

export interface OwnTensorMethods extends Iterable<Tensor> {
  /** The only element: a number, a bigint where an int is beyond 2^53, a boolean, a `Complex`. Throws TSJ_ITEM for several elements. */
  item<T extends number | bigint | boolean | Complex = number>(): T
  /** The elements as nested arrays (a bare value for 0 dimensions): ints as numbers, or as bigints beyond 2^53. */
  tolist(): any
  /** As PyTorch prints tensors. */
  toString(): string
  /** Dimensions reversed. */
  readonly T: Tensor
  /** The last two dimensions swapped. */
  readonly mT: Tensor
  /** Transposed and conjugated matrix. */
  readonly H: Tensor
  readonly mH: Tensor
  /** `x[i, 1:3, ..., None]` is `x.index(i, '1:3', '...', null)`; tensors and arrays of ints pick elements. Throws TSJ_INDEX_*. */
  index(...items: IndexItem[]): Tensor
  /** `x[items] = value`. */
  setIndex(items: readonly IndexItem[], value: Tensor | number | boolean): this
  is_contiguous(options?: { memory_format?: 'contiguous_format' | 'channels_last' | 'channels_last_3d' }): boolean
  cpu(): Tensor
  cuda(device?: DeviceLike): Tensor
  float(): Tensor
  double(): Tensor
  half(): Tensor
  bfloat16(): Tensor
  int(): Tensor
  long(): Tensor
  short(): Tensor
  char(): Tensor
  byte(): Tensor
  bool(): Tensor
  cfloat(): Tensor
  cdouble(): Tensor
  /** Marks it as a parameter to train; there is no autograd. */
  requires_grad_(requiresGrad?: boolean): this
  /** Bytes of all elements. */
  readonly nbytes: number
}

/** The elements as nested arrays. Host tensors only. */
export function tensorToList(tensor: Tensor): unknown {
  const info = dtypeInfo(tensor.dtype)
  const { shape } = tensor
  let element: (i: number) => unknown
  if (info.isComplex) {
    const pairs = readComplex(tensor)
    element = (i) => new Complex(pairs[2 * i], pairs[2 * i + 1])
  } else if (tensor.dtype === 'int64' || tensor.dtype === 'uint64') {
    const values = readBigInts(tensor)
    element = tensor.dtype === 'int64' ? (i) => normInt(values[i]) : (i) => (values[i] <= 9007199254740991n ? Number(values[i]) : values[i])
  } else {
    const values = readNumbers(tensor)
    element = tensor.dtype === 'bool' ? (i) => values[i] !== 0 : (i) => values[i]
  }
  let next = 0
  const nest = (dim: number): unknown => (dim === shape.length ? element(next++) : Array.from({ length: shape[dim] }, () => nest(dim + 1)))
  return nest(0)
}

const casts: Readonly<Record<string, DType>> = { ...dtypeAliases, bfloat16: 'bfloat16', char: 'int8', byte: 'uint8', bool: 'bool' }

const own: Record<string, (this: Tensor, ...args: any[]) => unknown> = {
  item() {
    if (this.numel !== 1) throw new RuntimeError('TSJ_ITEM', `a Tensor with ${this.numel} elements cannot be converted to Scalar`)
    let value = tensorToList(this)
    while (Array.isArray(value)) value = value[0]
    return value
  },
  tolist() {
    return tensorToList(this)
  },
  index(...items: IndexItem[]) {
    // `index.Tensor(indices)` of the operator table
    const [first] = items
    if (items.length === 1 && Array.isArray(first) && first.some((item) => item === null || item instanceof Tensor))
      return callOperator('index', [this, first])
    return indexTensor(this, items)
  },
  setIndex(items: readonly IndexItem[], value: Tensor | number | boolean) {
    return assignIndex(this, items, value)
  },
  cpu() {
    return callOperator('to', [this, 'cpu'])
  },
  cuda(device: DeviceLike = 'cuda') {
    return callOperator('to', [this, device])
  },
  requires_grad_(requiresGrad = true) {
    this.requiresGrad = requiresGrad
    return this
  },
}

const getters: Record<string, (this: Tensor) => unknown> = {
  T() {
    return callOperator('numpy_T', [this])
  },
  mT() {
    return callOperator('transpose', [this, -2, -1])
  },
  H() {
    return callOperator('matrix_H', [this])
  },
  mH() {
    return callOperator('conj', [callOperator('transpose', [this, -2, -1])])
  },
  nbytes() {
    return this.numel * this.itemSize
  },
}

let installed = false

/** Gives tensors their methods, which run on the dispatcher that `provide` gives. The methods are installed once. */
export function installEagerTensors(provide: () => Dispatcher): void {
  useEagerDispatcher(provide)
  if (installed) return
  installed = true
  const methods = operatorMethods(tensorMethodNames)
  for (const [name, dtype] of Object.entries(casts)) {
    methods[name] = function (this: Tensor) {
      return callOperator('to', [this, dtype])
    }
  }
  Object.assign(methods, own)
  for (const [name, get] of Object.entries(getters)) Object.defineProperty(methods, name, { get, configurable: true })
  methods.toString = methods[Symbol.for('nodejs.util.inspect.custom')] = function (this: Tensor) {
    return formatTensor(this.device.type === 'cpu' ? this : callOperator('to', [this, 'cpu']))
  }
  methods[Symbol.iterator] = function (this: Tensor) {
    if (this.ndim === 0) throw new RuntimeError('TSJ_ITERATION', 'iteration over a 0-d tensor')
    return (callOperator('unbind', [this, 0]) as Tensor[])[Symbol.iterator]()
  }
  // one more step of the prototype chain: hundreds of properties on the class itself would take milliseconds to define
  Object.setPrototypeOf(Tensor.prototype, methods)
}
