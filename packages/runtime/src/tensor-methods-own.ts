/** Methods of tensors that are no operators of the table, or that read better than these. */
import { type DType, dtypeAliases, dtypeInfo, RuntimeError } from '@tsjit/types'
import type { Dispatcher } from './dispatcher.ts'
import { readBigInts, readComplex, readNumbers } from './elements.ts'
import { tensorMethodNames } from './generated/tensor-method-names.ts'
import { isInferenceModeEnabled } from './grad-mode.ts'
import { formatTensor } from './printing.ts'
import { Tensor } from './tensor.ts'
import { callOperator, operatorMethods, useEagerDispatcher } from './tensor-methods.ts'
import { assignIndex, type IndexItem, indexTensor } from './tensor-methods-indexing.ts'
import type { DeviceLike } from './tensor-methods-types.ts'
import { activeTrace, escaping } from './tracing.ts'
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
  /**
   * Marks it as a parameter to train; there is no autograd, but as in PyTorch it cannot be written in place outside of `no_grad`.
   * Throws TSJ_REQUIRES_GRAD for integers and for views of tensors that are marked.
   */
  requires_grad_(requiresGrad?: boolean): this
  /** How often its memory was written by operators; views count together. Throws TSJ_INFERENCE_VERSION for inference tensors. */
  readonly _version: number
  /** What it is a view of. */
  readonly _base: Tensor | undefined
  _is_view(): boolean
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

function itemOf(tensor: Tensor): unknown {
  if (tensor.numel !== 1) throw new RuntimeError('TSJ_ITEM', `a Tensor with ${tensor.numel} elements cannot be converted to Scalar`)
  let value = tensorToList(tensor)
  while (Array.isArray(value)) value = value[0]
  return value
}

/** `Number(t)`, `t > 0`: the only element; text where a text is asked for, or where there are several elements. */
function toPrimitive(this: Tensor, hint: string): unknown {
  if (hint === 'string' || (hint === 'default' && this.numel !== 1)) return this.toString()
  return escaping(this, this.dtype === 'bool' ? 'boolean' : 'number', () => itemOf(this))
}

const casts: Readonly<Record<string, DType>> = { ...dtypeAliases, bfloat16: 'bfloat16', char: 'int8', byte: 'uint8', bool: 'bool' }

const own: Record<string, (this: Tensor, ...args: any[]) => unknown> = {
  item() {
    return escaping(this, this.dtype === 'bool' ? 'boolean' : 'number', () => itemOf(this))
  },
  tolist() {
    return escaping(this, 'list', () => tensorToList(this))
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
    const { isFloat, isComplex } = dtypeInfo(this.dtype)
    if (requiresGrad && !isFloat && !isComplex)
      throw new RuntimeError('TSJ_REQUIRES_GRAD', 'only Tensors of floating point dtype can require gradients')
    if (requiresGrad && this.storage.isInference && !isInferenceModeEnabled())
      throw new RuntimeError('TSJ_REQUIRES_GRAD', 'Setting requires_grad=True on inference tensor outside InferenceMode is not allowed.')
    if (!requiresGrad && this.viewOf?.base.requiresGrad) {
      throw new RuntimeError('TSJ_REQUIRES_GRAD', 'you can only change requires_grad flags of leaf variables.', { hint: 'use detach()' })
    }
    this.requiresGrad = requiresGrad
    return this
  },
  _is_view() {
    return this.viewOf !== undefined
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
  _version() {
    if (this.storage.isInference) throw new RuntimeError('TSJ_INFERENCE_VERSION', 'Inference tensors do not track version counter.')
    return this.storage.version
  },
  _base() {
    return this.viewOf?.base
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
    const format = () => formatTensor(this.device.type === 'cpu' ? this : callOperator('to', [this, 'cpu']))
    const trace = activeTrace()
    return trace ? trace.pause(format) : format()
  }
  methods[Symbol.toPrimitive] = toPrimitive
  methods[Symbol.iterator] = function (this: Tensor) {
    if (this.ndim === 0) throw new RuntimeError('TSJ_ITERATION', 'iteration over a 0-d tensor')
    activeTrace()?.iterates(this)
    return (callOperator('unbind', [this, 0]) as Tensor[])[Symbol.iterator]()
  }
  // one more step of the prototype chain: hundreds of properties on the class itself would take milliseconds to define
  Object.setPrototypeOf(Tensor.prototype, methods)
}
