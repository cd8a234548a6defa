/** Tensors made from sizes and numbers. */
import {
  Boxed,
  Complex,
  type Device,
  type Dispatcher,
  dtypeArgument,
  fromBigInts,
  fromComplex,
  fromNumbers,
  type Kernel,
  type KernelTable,
  memoryFormat,
  numelOf,
  preservedStrides,
  resultType,
  roundTo,
  type ScalarValue,
  scalarDType,
  scalarFloat,
  scalarInt,
  stridesForFormat,
  Tensor,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { copyInto, fillScalar, fullOf, itemOf } from '../conversion.ts'
import { numberOf } from '../pointwise.ts'
import { to } from './copy.ts'

const zero = scalarInt(0)
const one = scalarInt(1)

function checkSizes(size: readonly number[]): void {
  const bad = size.find((extent) => extent < 0)
  if (bad !== undefined)
    throw new RuntimeError('TSJ_SHAPE_NEGATIVE', `Trying to create tensor with negative dimension ${bad}: [${size.join(', ')}]`)
}

function make(
  d: Dispatcher,
  size: readonly number[],
  dtype: DType,
  device: Device | null | undefined,
  format: number | null = null,
): Tensor {
  checkSizes(size)
  return d.empty(
    size,
    dtype,
    device ?? d.defaultDevice,
    format === null || format === memoryFormat.preserve ? undefined : stridesForFormat(size, format),
  )
}

/** A new tensor filled with a Scalar, on whatever device. */
function full(d: Dispatcher, size: readonly number[], value: ScalarValue, dtype: DType, device: Device | null | undefined): Tensor {
  checkSizes(size)
  return fullOf(d, size, value, dtype, device ?? d.defaultDevice)
}

const filled =
  (value: Boxed): Kernel =>
  (d, size, dtype, _layout, device) =>
    full(d, size, value, dtypeArgument(dtype, d.defaultDType), device)

const newFilled =
  (value: Boxed): Kernel =>
  (d, self: Tensor, size, dtype, _layout, device) =>
    full(d, size, value, dtypeArgument(dtype, self.dtype), device ?? self.device)

function like(d: Dispatcher, self: Tensor, dtype: number | null, device: Device | null, format: number | null): Tensor {
  const strides =
    format === null || format === memoryFormat.preserve ? preservedStrides(self.shape, self.strides) : stridesForFormat(self.shape, format)
  return d.empty(self.shape, dtypeArgument(dtype, self.dtype), device ?? self.device, strides)
}

const filledLike =
  (value: Boxed): Kernel =>
  (d, self: Tensor, dtype, _layout, device, _pin, format) => {
    const result = like(d, self, dtype, device, format)
    fillScalar(result, value)
    return result
  }

function isIntegral(value: ScalarValue): boolean {
  return typeof value === 'boolean' || (value instanceof Boxed && value.type.kind === 'int')
}

function arange(
  d: Dispatcher,
  start: ScalarValue,
  end: ScalarValue,
  step: ScalarValue,
  dtypeCode: number | null,
  device: Device | null,
): Tensor {
  const whole = isIntegral(start) && isIntegral(end) && isIntegral(step)
  const dtype = dtypeArgument(dtypeCode, whole ? 'int64' : d.defaultDType)
  const truncate = dtypeInfo(dtype).isInteger ? Math.trunc : (x: number) => x
  const [from, to, by] = [numberOf(start), numberOf(end), numberOf(step)]
  checkRange(from, to, by)
  const count = dtypeInfo(dtype).isInteger ? Math.ceil((truncate(to) - truncate(from)) / truncate(by)) : Math.ceil((to - from) / by)
  const length = whole ? Math.ceil((to - from) / by) : count
  const near = dtype === 'float32' ? Math.fround : (x: number) => x
  const first = near(truncate(from))
  const stride = near(truncate(by))
  return fromNumbers(
    d,
    Float64Array.from({ length: Math.max(length, 0) }, (_, i) => first + stride * i),
    [Math.max(length, 0)],
    dtype,
    device ?? d.defaultDevice,
  )
}

function checkRange(from: number, to: number, by: number): void {
  if (by === 0) throw new RuntimeError('TSJ_RANGE', 'step must be nonzero')
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RuntimeError('TSJ_RANGE', `unsupported range: ${from} -> ${to}`)
  if ((by > 0 && to < from) || (by < 0 && to > from))
    throw new RuntimeError('TSJ_RANGE', 'upper bound and lower bound inconsistent with step sign')
}

function range(
  d: Dispatcher,
  start: ScalarValue,
  end: ScalarValue,
  step: ScalarValue,
  dtypeCode: number | null,
  device: Device | null,
): Tensor {
  const [from, to, by] = [numberOf(start), numberOf(end), numberOf(step)]
  checkRange(from, to, by)
  const length = Math.floor((to - from) / by) + 1
  return fromNumbers(
    d,
    Float64Array.from({ length }, (_, i) => from + by * i),
    [length],
    dtypeArgument(dtypeCode, d.defaultDType),
    device ?? d.defaultDevice,
  )
}

type End = ScalarValue | Tensor

function endValue(end: End): ScalarValue {
  if (!(end instanceof Tensor)) return end
  if (end.ndim !== 0)
    throw new RuntimeError(
      'TSJ_LINSPACE',
      `linspace only supports 0-dimensional start and end tensors, but got end with ${end.ndim} dimension(s).`,
    )
  return itemOf(end)
}

function spaceDType(d: Dispatcher, ends: readonly End[], code: number | null): DType {
  const hasComplex = ends.some((end) => (end instanceof Tensor ? dtypeInfo(end.dtype).isComplex : end instanceof Complex))
  return dtypeArgument(code, hasComplex ? 'complex64' : d.defaultDType)
}

const parts = (value: ScalarValue): [number, number] => (value instanceof Complex ? [value.re, value.im] : [numberOf(value), 0])

/** From both ends to the middle, in the dtype's own precision. */
function spaced(from: number, to: number, steps: number, dtype: DType): Float64Array {
  const near = dtype === 'float32' || dtype === 'complex64' ? Math.fround : (x: number) => x
  const first = dtypeInfo(dtype).isInteger ? Math.trunc(from) : near(from)
  const last = dtypeInfo(dtype).isInteger ? Math.trunc(to) : near(to)
  const step = near((last - first) / (steps - 1))
  return Float64Array.from({ length: steps }, (_, i) =>
    i < Math.floor(steps / 2) || steps === 1 ? first + (steps === 1 ? 0 : step * i) : last - step * (steps - 1 - i),
  )
}

function linspace(
  d: Dispatcher,
  start: End,
  end: End,
  steps: number,
  code: number | null,
  _layout: unknown,
  device: Device | null,
): Tensor {
  if (steps < 0) throw new RuntimeError('TSJ_LINSPACE', 'number of steps must be non-negative')
  const dtype = spaceDType(d, [start, end], code)
  const [from, fromIm] = parts(endValue(start))
  const [to, toIm] = parts(endValue(end))
  const re = spaced(from, to, steps, dtype)
  if (!dtypeInfo(dtype).isComplex) return fromNumbers(d, re, [steps], dtype, device ?? d.defaultDevice)
  const im = spaced(fromIm, toIm, steps, dtype)
  return fromComplex(
    d,
    Float64Array.from({ length: 2 * steps }, (_, i) => (i % 2 ? im : re)[i >> 1]),
    [steps],
    dtype,
    device ?? d.defaultDevice,
  )
}

function logspace(
  d: Dispatcher,
  start: End,
  end: End,
  steps: number,
  base: number,
  code: number | null,
  _layout: unknown,
  device: Device | null,
): Tensor {
  if (steps < 0) throw new RuntimeError('TSJ_LINSPACE', 'number of steps must be non-negative')
  const dtype = spaceDType(d, [start, end], code)
  if (dtypeInfo(dtype).isComplex) {
    const exponents = linspace(d, start, end, steps, dtypeInfo(dtype).code, null, device)
    return d.call('aten::pow.Scalar', d.float(base), exponents)
  }
  const ends = [endValue(start), endValue(end)].map(numberOf)
  const exponents = spaced(ends[0], ends[1], steps, dtypeInfo(dtype).isInteger ? 'float64' : dtype)
  return fromNumbers(
    d,
    exponents.map((x) => base ** roundTo(dtypeInfo(dtype).isInteger ? 'float64' : dtype, x)),
    [steps],
    dtype,
    device ?? d.defaultDevice,
  )
}

function eye(d: Dispatcher, n: number, m: number, code: number | null, device: Device | null): Tensor {
  if (n < 0 || m < 0) throw new RuntimeError('TSJ_SHAPE_NEGATIVE', `n must be greater or equal to 0, got ${n < 0 ? n : m}`)
  const values = new Uint8Array(n * m)
  for (let i = 0; i < Math.min(n, m); i++) values[i * m + i] = 1
  return fromNumbers(d, values, [n, m], dtypeArgument(code, d.defaultDType), device ?? d.defaultDevice)
}

/** Rows and columns of the elements of a triangle. */
function triangleIndices(lower: boolean): Kernel {
  return (d, row: number, col: number, offset: number, code, _layout, device) => {
    const rows: number[] = []
    const cols: number[] = []
    for (let i = 0; i < row; i++) {
      for (let j = 0; j < col; j++) {
        if (lower ? j - i <= offset : j - i >= offset) {
          rows.push(i)
          cols.push(j)
        }
      }
    }
    return fromNumbers(d, [...rows, ...cols], [2, rows.length], dtypeArgument(code, 'int64'), device ?? d.defaultDevice)
  }
}

const numberTensor =
  (scalar: (value: any) => ScalarValue, withGrad: boolean): Kernel =>
  (d, value, code, device, requiresGrad) => {
    const boxed = scalar(value)
    const result = full(d, [], boxed, dtypeArgument(code, scalarDType(boxed, d.defaultDType)), device)
    if (withGrad && requiresGrad) result.requiresGrad = true
    return result
  }

const realItem = (self: Tensor): number => numberOf(itemOf(self))

const identity = (value: ScalarValue) => value

/**
 * A tensor from nested lists. The list's element type decides the dtype: it comes with a `Boxed` list; bare lists of numbers need
 * an explicit dtype. Throws TSJ_LIST_RAGGED, TSJ_LIST_UNTAGGED.
 */
export function tensorFromList(d: Dispatcher, data: unknown, code: number | null, device: Device | null): Tensor {
  const list = data instanceof Boxed ? data.value : data
  const kind = data instanceof Boxed ? elementKind(data) : undefined
  const shape: number[] = []
  for (let level = list; Array.isArray(level); level = level[0]) shape.push(level.length)
  const flat: unknown[] = []
  flatten(list, shape, 0, flat)
  if (flat[0] instanceof Tensor) return tensorFromItems(d, flat as Tensor[], shape, code, device)
  const dtype = dtypeArgument(code, elementDType(d, flat, kind))
  const target = device ?? d.defaultDevice
  if (flat.some((value) => value instanceof Complex)) {
    return fromComplex(
      d,
      (flat as (Complex | number)[]).flatMap((value) => (value instanceof Complex ? [value.re, value.im] : [Number(value), 0])),
      shape,
      dtype,
      target,
    )
  }
  const plain = flat.map((value) => (value instanceof Boxed ? value.value : value))
  if (plain.some((value) => typeof value === 'bigint'))
    return fromBigInts(
      d,
      plain.map((value) => BigInt(value as bigint)),
      shape,
      dtype,
      target,
    )
  return fromNumbers(d, plain.map(Number), shape, dtype, target)
}

function tensorFromItems(d: Dispatcher, items: Tensor[], shape: number[], code: number | null, device: Device | null): Tensor {
  const dtype = dtypeArgument(code, resultType(items, d.defaultDType))
  const stacked = d.call(
    'aten::stack',
    items.map((item) =>
      to(d, item, dtype, device ?? item.device, false, null).shape.length ? item : d.call('aten::to.dtype', item, dtypeInfo(dtype).code),
    ),
    0,
  )
  return d.call('aten::view', stacked, [...shape, ...items[0].shape])
}

function elementKind(data: Boxed): string {
  let { type } = data
  while (type.kind === 'List') type = type.contained()[0]
  return type.kind
}

function elementDType(d: Dispatcher, flat: readonly unknown[], kind: string | undefined): DType {
  if (flat.length === 0) return kind === 'int' ? 'int64' : kind === 'bool' ? 'bool' : d.defaultDType
  const [first] = flat
  if (typeof first === 'boolean' || kind === 'bool') return 'bool'
  if (first instanceof Complex || kind === 'complex') return d.defaultDType === 'float64' ? 'complex128' : 'complex64'
  if (first instanceof Boxed) return scalarDType(first, d.defaultDType)
  if (kind === 'int' || typeof first === 'bigint') return 'int64'
  if (kind === 'float') return d.defaultDType
  throw new RuntimeError('TSJ_LIST_UNTAGGED', 'a list of bare numbers does not tell whether they are ints or floats', {
    hint: 'pass the list boxed with its type, or a dtype',
  })
}

function flatten(list: unknown, shape: readonly number[], level: number, out: unknown[]): void {
  if (level === shape.length) {
    out.push(list)
    return
  }
  if (!Array.isArray(list) || list.length !== shape[level]) {
    throw new RuntimeError(
      'TSJ_LIST_RAGGED',
      `Expected sequence of length ${shape[level]} at dim ${level} (got ${Array.isArray(list) ? list.length : 'a number'})`,
    )
  }
  for (const element of list) flatten(element, shape, level + 1, out)
}

function scalarTensor(d: Dispatcher, value: ScalarValue): Tensor {
  const result = full(d, [], value, scalarDType(value, d.defaultDType), null)
  result.isWrappedNumber = true
  return result
}

export const creationKernels: KernelTable = {
  'aten::empty.memory_format(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (d, size, dtype, _layout, device, _pin, format) => make(d, size, dtypeArgument(dtype, d.defaultDType), device, format),
  'aten::empty_strided(SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, size, stride, dtype, _layout, device) => d.empty(size, dtypeArgument(dtype, d.defaultDType), device ?? d.defaultDevice, stride),
  'aten::empty_permuted(SymInt[] size, int[] physical_layout, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, size: number[], layout: number[], dtype, _layout, device) => {
      const strides = new Array<number>(size.length)
      let step = 1
      for (const dim of [...layout].reverse()) {
        strides[dim] = step
        step *= Math.max(size[dim], 1)
      }
      return d.empty(size, dtypeArgument(dtype, d.defaultDType), device ?? d.defaultDevice, strides)
    },
  'aten::zeros(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    filled(zero),
  'aten::_efficientzerotensor(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    filled(zero),
  'aten::ones(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    filled(one),
  'aten::full(SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, size, value: ScalarValue, dtype, _layout, device) =>
      full(d, size, value, dtypeArgument(dtype, scalarDType(value, d.defaultDType)), device),
  'aten::scalar_tensor(Scalar s, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor': (
    d,
    value: ScalarValue,
    dtype,
    _layout,
    device,
  ) => full(d, [], value, dtypeArgument(dtype, d.defaultDType), device),
  'aten::new_empty(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, self: Tensor, size, dtype, _layout, device) => make(d, size, dtypeArgument(dtype, self.dtype), device ?? self.device),
  'aten::new_empty_strided(Tensor self, SymInt[] size, SymInt[] stride, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, self: Tensor, size, stride, dtype, _layout, device) =>
      d.empty(size, dtypeArgument(dtype, self.dtype), device ?? self.device, stride),
  'aten::new_zeros(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    newFilled(zero),
  'aten::new_ones(Tensor self, SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    newFilled(one),
  'aten::new_full(Tensor self, SymInt[] size, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, self: Tensor, size, value, dtype, _layout, device) => full(d, size, value, dtypeArgument(dtype, self.dtype), device ?? self.device),
  'aten::empty_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (d, self, dtype, _layout, device, _pin, format) => like(d, self, dtype, device, format),
  'aten::zeros_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    filledLike(zero),
  'aten::ones_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    filledLike(one),
  'aten::full_like(Tensor self, Scalar fill_value, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (d, self, value, dtype, _layout, device, _pin, format) => {
      const result = like(d, self, dtype, device, format)
      fillScalar(result, value)
      return result
    },
  'aten::arange(Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor': (
    d,
    end,
    dtype,
    _layout,
    device,
  ) => arange(d, zero, end, one, dtype, device),
  'aten::arange.start(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, start, end, dtype, _layout, device) => arange(d, start, end, one, dtype, device),
  'aten::arange.start_step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, start, end, step, dtype, _layout, device) => arange(d, start, end, step, dtype, device),
  'aten::arange.start_out(Scalar start, Scalar end, Scalar step=1, *, Tensor(a!) out) -> Tensor(a!)': (d, start, end, step, out: Tensor) =>
    writeOut(d, out, arange(d, start, end, step, dtypeInfo(out.dtype).code, out.device)),
  'aten::range(Scalar start, Scalar end, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, start, end, dtype, _layout, device) => range(d, start, end, one, dtype, device),
  'aten::range.step(Scalar start, Scalar end, Scalar step=1, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, start, end, step, dtype, _layout, device) => range(d, start, end, step, dtype, device),
  'aten::linspace(Scalar start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    linspace,
  'aten::linspace.Tensor_Tensor(Tensor start, Tensor end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    linspace,
  'aten::linspace.Tensor_Scalar(Tensor start, Scalar end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    linspace,
  'aten::linspace.Scalar_Tensor(Scalar start, Tensor end, int steps, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    linspace,
  'aten::linspace.out(Scalar start, Scalar end, int steps, *, Tensor(a!) out) -> Tensor(a!)': (d, start, end, steps, out: Tensor) =>
    writeOut(d, out, linspace(d, start, end, steps, dtypeInfo(out.dtype).code, null, out.device)),
  'aten::logspace(Scalar start, Scalar end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    logspace,
  'aten::logspace.Tensor_Tensor(Tensor start, Tensor end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    logspace,
  'aten::logspace.Tensor_Scalar(Tensor start, Scalar end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    logspace,
  'aten::logspace.Scalar_Tensor(Scalar start, Tensor end, int steps, float base=10., *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    logspace,
  'aten::logspace.out(Scalar start, Scalar end, int steps, float base=10., *, Tensor(a!) out) -> Tensor(a!)': (
    d,
    start,
    end,
    steps,
    base,
    out: Tensor,
  ) => writeOut(d, out, logspace(d, start, end, steps, base, dtypeInfo(out.dtype).code, null, out.device)),
  'aten::zeros.out(SymInt[] size, *, Tensor(a!) out) -> Tensor(a!)': (d, size, out: Tensor) =>
    writeOut(d, out, full(d, size, zero, out.dtype, out.device)),
  'aten::ones.out(SymInt[] size, *, Tensor(a!) out) -> Tensor(a!)': (d, size, out: Tensor) =>
    writeOut(d, out, full(d, size, one, out.dtype, out.device)),
  'aten::full.out(SymInt[] size, Scalar fill_value, *, Tensor(a!) out) -> Tensor(a!)': (d, size, value, out: Tensor) =>
    writeOut(d, out, full(d, size, value, out.dtype, out.device)),
  'aten::eye(SymInt n, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor': (
    d,
    n,
    dtype,
    _layout,
    device,
  ) => eye(d, n, n, dtype, device),
  'aten::eye.m(SymInt n, SymInt m, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor': (
    d,
    n,
    m,
    dtype,
    _layout,
    device,
  ) => eye(d, n, m, dtype, device),
  'aten::tril_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    triangleIndices(true),
  'aten::triu_indices(int row, int col, int offset=0, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    triangleIndices(false),
  'aten::tensor.bool(bool t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor': numberTensor(
    identity,
    true,
  ),
  'aten::tensor.int(int t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor': numberTensor(
    scalarInt,
    true,
  ),
  'aten::tensor.float(float t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor': numberTensor(
    scalarFloat,
    true,
  ),
  'aten::tensor.complex(complex t, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor': numberTensor(
    identity,
    true,
  ),
  'aten::tensor(t[] data, *, ScalarType? dtype=None, Device? device=None, bool requires_grad=False) -> Tensor': (
    d,
    data,
    dtype,
    device,
    requiresGrad,
  ) => {
    const result = tensorFromList(d, data, dtype, device)
    if (requiresGrad) result.requiresGrad = true
    return result
  },
  'aten::as_tensor.bool(bool t, *, ScalarType? dtype=None, Device? device=None) -> Tensor': numberTensor(identity, false),
  'aten::as_tensor.int(int t, *, ScalarType? dtype=None, Device? device=None) -> Tensor': numberTensor(scalarInt, false),
  'aten::as_tensor.float(float t, *, ScalarType? dtype=None, Device? device=None) -> Tensor': numberTensor(scalarFloat, false),
  'aten::as_tensor.complex(complex t, *, ScalarType? dtype=None, Device? device=None) -> Tensor': numberTensor(identity, false),
  'aten::as_tensor(Tensor(a) data, *, ScalarType? dtype=None, Device? device=None) -> Tensor(b|a)': (d, data: Tensor, dtype, device) =>
    to(d, data, dtypeArgument(dtype, data.dtype), device ?? data.device, false, null),
  'aten::as_tensor.list(t[] data, *, ScalarType? dtype=None, Device? device=None) -> Tensor': (d, data, dtype, device) =>
    tensorFromList(d, data, dtype, device),
  'prim::NumToTensor.Scalar(Scalar a) -> Tensor': scalarTensor,
  'prim::NumToTensor.bool(bool a) -> Tensor': scalarTensor,
  'aten::Complex.Tensor_Tensor(Tensor a, Tensor b) -> complex': (_, re: Tensor, im: Tensor) => new Complex(realItem(re), realItem(im)),
  'aten::Complex.Tensor_int(Tensor x, int y) -> complex': (_, re: Tensor, im) => new Complex(realItem(re), Number(im)),
  'aten::Complex.Tensor_float(Tensor x, float y) -> complex': (_, re: Tensor, im) => new Complex(realItem(re), im),
  'aten::Complex.Tensor_bool(Tensor x, bool y) -> complex': (_, re: Tensor, im) => new Complex(realItem(re), Number(im)),
  'aten::Complex.int_Tensor(int x, Tensor y) -> complex': (_, re, im: Tensor) => new Complex(Number(re), realItem(im)),
  'aten::Complex.float_Tensor(float x, Tensor y) -> complex': (_, re, im: Tensor) => new Complex(re, realItem(im)),
  'aten::Complex.bool_Tensor(bool x, Tensor y) -> complex': (_, re, im: Tensor) => new Complex(Number(re), realItem(im)),
  'aten::_shape_as_tensor(Tensor self) -> Tensor': (d, self: Tensor) => fromNumbers(d, self.shape, [self.ndim], 'int64'),
}

function writeOut(d: Dispatcher, out: Tensor, result: Tensor): Tensor {
  if (numelOf(out.shape) !== result.numel || out.ndim !== result.ndim) d.call('aten::resize_', out, result.shape)
  copyInto(out, result)
  return out
}
