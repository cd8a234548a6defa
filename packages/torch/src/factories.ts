import { activeTrace, Complex, cpu, Device, type Dispatcher, escaping, noteMade, Tensor, typedArrayOf } from '@tsjit/runtime'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { defaultRuntime, type Runtime } from './runtime.ts'
import { dtypeOfArray } from './tensor/construction.ts'
import { dtypeOfData, dtypeOfElements, fillWithData, shapeOfData, type TensorData } from './tensor/nested-data.ts'

export interface TensorOptions {
  readonly dtype?: DType
  readonly device?: string | Device
  readonly runtime?: Runtime
}

export interface NewTensorOptions extends TensorOptions {
  /** The elements in row-major order are given these sizes. */
  readonly shape?: readonly number[]
  /** Marks it as a parameter to train; there is no autograd. */
  readonly requires_grad?: boolean
}

/**
 * A tensor with a copy of numbers, nested arrays, a typed array or a tensor. Without `dtype`: the typed array's own, else what PyTorch infers: `bool`, `int64` for
 * whole numbers, `float32`, `complex64`. Throws TSJ_TENSOR_DATA, with PyTorch's messages, for ragged data and for values that the dtype cannot hold.
 */
export function tensor(data: TensorData, options: NewTensorOptions = {}): Tensor {
  return noteMade(bakedIn('torch.tensor', () => makeTensor(data, options)))
}

/** Makes a tensor of a program's own values: a constant to a tracer, which sees what PyTorch does with it afterwards. */
export function bakedIn(what: string, make: () => Tensor): Tensor {
  const trace = activeTrace()
  if (!trace) return make()
  trace.bakesIn(what)
  const { dispatcher } = defaultRuntime()
  const constant = trace.pause(make)
  const placed = dispatcher.call('aten::to.device', constant, constant.device, dtypeInfo(constant.dtype).code, false, false, null)
  return dispatcher.call('aten::detach', placed)
}

function makeTensor(data: TensorData, options: NewTensorOptions): Tensor {
  const { dispatcher } = options.runtime ?? defaultRuntime()
  const made = data instanceof Tensor ? copied(data, options, dispatcher) : fromData(data, options, dispatcher)
  const device = options.device === undefined ? undefined : Device.parse(String(options.device))
  const placed: Tensor =
    device && device !== made.device ? dispatcher.call('aten::to.device', made, device, dtypeInfo(made.dtype).code) : made
  if (options.requires_grad) {
    const { isFloat, isComplex } = dtypeInfo(placed.dtype)
    if (!isFloat && !isComplex)
      throw new RuntimeError('TSJ_REQUIRES_GRAD', 'Only Tensors of floating point and complex dtype can require gradients')
    placed.requiresGrad = true
  }
  return placed
}

function copied(data: Tensor, { dtype, shape }: NewTensorOptions, dispatcher: Dispatcher): Tensor {
  const clone: Tensor = dispatcher.call('aten::clone', dispatcher.call('aten::detach', data), null)
  const cast: Tensor = dtype === undefined ? clone : dispatcher.call('aten::to.dtype', clone, dtypeInfo(dtype).code)
  return shape ? dispatcher.call('aten::reshape', cast, [...shape]) : cast
}

function fromData(data: Exclude<TensorData, Tensor>, options: NewTensorOptions, dispatcher: Dispatcher): Tensor {
  const own = shapeOfData(data)
  const dtype = options.dtype ?? dtypeOfData(data, dispatcher.defaultDType)
  const kept = ArrayBuffer.isView(data) ? dtypeOfArray(data) : dtypeOfElements(dtype)
  const numel = own.reduce((a, b) => a * b, 1)
  const shape = options.shape ?? own
  if (shape.reduce((a, b) => a * b, 1) !== numel) {
    throw new RuntimeError(
      'TSJ_TENSOR_DATA',
      `expected ${shape.reduce((a, b) => a * b, 1)} elements for shape [${shape.join(', ')}], found ${numel}`,
    )
  }
  const host = dispatcher.empty(shape, kept, cpu)
  const target = typedArrayOf(kept, host.storage.buffer, 0, dtypeInfo(kept).isComplex ? 2 * numel : numel)
  if (ArrayBuffer.isView(data)) (target as Float64Array).set(data as Float64Array)
  else fillWithData(data, own, dtype, target)
  return kept === dtype ? host : dispatcher.call('aten::to.dtype', host, dtypeInfo(dtype).code)
}

type Shape = readonly number[]
const factory = (key: string, shape: Shape, { dtype, device, runtime }: TensorOptions): Tensor =>
  noteMade(
    (runtime ?? defaultRuntime()).dispatcher.call(
      key,
      shape,
      dtype === undefined ? null : dtypeInfo(dtype).code,
      null,
      device === undefined ? null : Device.parse(String(device)),
    ),
  )

/** A tensor of zeros of the given shape; `float32` unless `dtype` says otherwise. */
export const zeros = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::zeros', shape, options)
export const ones = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::ones', shape, options)
/** Uniform in [0, 1). */
export const rand = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::rand', shape, options)
/** Standard normal. */
export const randn = (shape: Shape, options: TensorOptions = {}): Tensor => factory('aten::randn', shape, options)

/** The elements as nested arrays (a bare value for 0 dimensions): numbers, bigints for int64, booleans for bool, `Complex`. */
export function tolist(tensor: Tensor, runtime: Runtime = defaultRuntime()): unknown {
  return escaping(tensor, 'list', () => readList(tensor, runtime))
}

function readList(tensor: Tensor, runtime: Runtime): unknown {
  const info = dtypeInfo(tensor.dtype)
  const wide: DType = info.isComplex ? 'complex128' : info.isFloat ? 'float64' : tensor.dtype
  const dense: Tensor = runtime.dispatcher.call(
    'aten::contiguous',
    wide === tensor.dtype ? tensor : runtime.dispatcher.call('aten::to.dtype', tensor, dtypeInfo(wide).code),
  )
  const data = dense.data()
  const element = (i: number): unknown => {
    if (info.isComplex) return new Complex(data[2 * i] as number, data[2 * i + 1] as number)
    return tensor.dtype === 'bool' ? data[i] !== 0 : data[i]
  }
  let next = 0
  const nest = (dim: number): unknown =>
    dim === dense.shape.length ? element(next++) : Array.from({ length: dense.shape[dim] }, () => nest(dim + 1))
  return nest(0)
}
