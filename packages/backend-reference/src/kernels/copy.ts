/** Copies, conversions of dtype, device and memory format, and tensors to numbers. */
import {
  Boxed,
  Complex,
  type Device,
  type Dispatcher,
  dtypeArgument,
  type Kernel,
  type KernelTable,
  memoryFormat,
  preservedStrides,
  type ScalarValue,
  stridesForFormat,
  suggestedMemoryFormat,
  type Tensor,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { convertTensor, copyInto, fillScalar, itemOf, moveTo } from '../conversion.ts'

/** The strides that a copy in this memory format gets (None counts as preserve). */
export function copyStrides(self: Tensor, format: number | null): readonly number[] | undefined {
  return format === null || format === undefined || format === memoryFormat.preserve
    ? preservedStrides(self.shape, self.strides)
    : stridesForFormat(self.shape, format)
}

export function sameDevice(a: Device, b: Device): boolean {
  return a === b || (a.type === b.type && (a.index ?? 0) === (b.index ?? 0))
}

export function toCopy(dispatcher: Dispatcher, self: Tensor, dtype: DType, device: Device, format: number | null): Tensor {
  const strides = copyStrides(self, format)
  const converted = sameDevice(device, self.device) || dtype !== self.dtype ? convertTensor(dispatcher, self, dtype, strides) : self
  return sameDevice(device, self.device) ? converted : moveTo(dispatcher, converted, device, strides)
}

/** `to`: the tensor itself where nothing changes and no copy is asked for. */
export function to(dispatcher: Dispatcher, self: Tensor, dtype: DType, device: Device, copy: boolean, format: number | null): Tensor {
  const formatFits =
    format === null ||
    format === undefined ||
    format === memoryFormat.preserve ||
    suggestedMemoryFormat(self.shape, self.strides) === format
  if (!copy && dtype === self.dtype && sameDevice(device, self.device) && formatFits) return self
  return toCopy(dispatcher, self, dtype, device, format)
}

const cast =
  (dtype: DType): Kernel =>
  (dispatcher, self: Tensor) =>
    to(dispatcher, self, dtype, self.device, false, null)

const fillKernel: Kernel = (_, self: Tensor, value: ScalarValue) => {
  fillScalar(self, value)
  return self
}

function fillTensor(_: Dispatcher, self: Tensor, value: Tensor): Tensor {
  if (value.ndim !== 0) {
    throw new RuntimeError('TSJ_FILL', `fill_ only supports 0-dimension value tensor but got tensor with ${value.ndim} dimensions.`)
  }
  copyInto(self, value)
  return self
}

function numberItem(self: Tensor): number | bigint {
  const item = itemOf(self)
  if (item instanceof Complex) throw new RuntimeError('TSJ_ITEM', 'value cannot be converted to type double without overflow')
  return item instanceof Boxed ? (item.value as number | bigint) : Number(item)
}

function intItem(self: Tensor): number | bigint {
  const value = numberItem(self)
  return typeof value === 'bigint' ? value : Math.trunc(value)
}

function boolItem(self: Tensor): boolean {
  const item = itemOf(self)
  return item instanceof Complex ? item.re !== 0 || item.im !== 0 : item instanceof Boxed ? Number(item.value) !== 0 : (item as boolean)
}

function isNonzero(_: Dispatcher, self: Tensor): boolean {
  if (self.numel === 0) throw new RuntimeError('TSJ_ITEM', 'Boolean value of Tensor with no values is ambiguous')
  if (self.numel > 1) throw new RuntimeError('TSJ_ITEM', 'Boolean value of Tensor with more than one value is ambiguous')
  return boolItem(self)
}

function implicit(name: string, self: Tensor): void {
  if (self.ndim !== 0) throw new RuntimeError('TSJ_ITEM', `Cannot input a tensor of dimension other than 0 as ${name} argument`)
  if (self.requiresGrad) throw new RuntimeError('TSJ_ITEM', 'Cannot input a tensor that requires grad as a scalar argument')
}

function clone(dispatcher: Dispatcher, self: Tensor, format: number | null): Tensor {
  return convertTensor(dispatcher, self, self.dtype, copyStrides(self, format))
}

function copyKernel(dispatcher: Dispatcher, self: Tensor, source: Tensor): Tensor {
  // the source may be on a device whose bytes are not ours
  const local = dispatcher.backendFor(source.device).hostAccessible
    ? source
    : (dispatcher.call('aten::to.prim_Device', source, self.device) as Tensor)
  copyInto(self, local)
  return self
}

export const copyKernels: KernelTable = {
  'aten::copy_(Tensor(a!) self, Tensor src, bool non_blocking=False) -> Tensor(a!)': copyKernel,
  'aten::copy_.Tensor(Tensor(a!) self, Tensor other) -> Tensor(a!)': copyKernel,
  'aten::copy_.int(Tensor(a!) self, int other) -> Tensor(a!)': (d, self, other: number | bigint) => fillKernel(d, self, d.int(other)),
  'aten::copy_.float(Tensor(a!) self, float other) -> Tensor(a!)': (d, self, other: number) => fillKernel(d, self, d.float(other)),
  'aten::copy(Tensor self, Tensor src, bool non_blocking=False) -> Tensor': (d, self: Tensor, source: Tensor) => {
    const result = d.empty(self.shape, self.dtype, self.device, preservedStrides(self.shape, self.strides))
    copyInto(result, source)
    return result
  },
  'aten::clone(Tensor self, *, MemoryFormat? memory_format=None) -> Tensor': clone,
  'aten::contiguous(Tensor(a) self, *, MemoryFormat memory_format=0) -> Tensor(a)': (d, self: Tensor, format: number) => {
    if (format === memoryFormat.preserve)
      throw new RuntimeError('TSJ_SHAPE_MEMORY_FORMAT', 'preserve memory format is unsupported by the contiguous operator')
    if (d.call('aten::is_contiguous.memory_format', self, format)) return self
    return clone(d, self, format)
  },
  'aten::_to_copy(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None) -> Tensor':
    (d, self: Tensor, dtype, _layout, device, _pin, _nonBlocking, format) =>
      toCopy(d, self, dtypeArgument(dtype, self.dtype), device ?? self.device, format),
  'aten::to.device(Tensor(a) self, Device device, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)':
    (d, self: Tensor, device, dtype, _nonBlocking, copy, format) => to(d, self, dtypeArgument(dtype, self.dtype), device, copy, format),
  'aten::to.dtype(Tensor(a) self, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)':
    (d, self: Tensor, dtype, _nonBlocking, copy, format) => to(d, self, dtypeArgument(dtype, self.dtype), self.device, copy, format),
  'aten::to.other(Tensor(a) self, Tensor other, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)': (
    d,
    self: Tensor,
    other: Tensor,
    _nonBlocking,
    copy,
    format,
  ) => to(d, self, other.dtype, other.device, copy, format),
  'aten::to.dtype_layout(Tensor(a) self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None) -> Tensor(a)':
    (d, self: Tensor, dtype, _layout, device, _pin, _nonBlocking, copy, format) =>
      to(d, self, dtypeArgument(dtype, self.dtype), device ?? self.device, copy, format),
  'aten::to.prim_Device(Tensor(a) self, Device? device, int? dtype=None, bool non_blocking=False, bool copy=False) -> Tensor(b|a)': (
    d,
    self: Tensor,
    device,
    dtype,
    _nonBlocking,
    copy,
  ) => to(d, self, dtypeArgument(dtype, self.dtype), device ?? self.device, copy, null),
  'aten::to.prim_dtype(Tensor(a) self, int? dtype=None, bool non_blocking=False, bool copy=False) -> Tensor(b|a)': (
    d,
    self: Tensor,
    dtype,
    _nonBlocking,
    copy,
  ) => to(d, self, dtypeArgument(dtype, self.dtype), self.device, copy, null),
  'aten::to.prim_other(Tensor(a) self, bool non_blocking=False, bool copy=False) -> Tensor(b|a)': (d, self: Tensor, _nonBlocking, copy) =>
    to(d, self, self.dtype, self.device, copy, null),
  'aten::cpu(Tensor(a) self) -> Tensor(b|a)': (d, self: Tensor) =>
    self.device.type === 'cpu' || !d.deviceTypes.includes('cpu') ? self : to(d, self, self.dtype, d.defaultDevice, false, null),
  'aten::type_as(Tensor self, Tensor other) -> Tensor': (d, self: Tensor, other: Tensor) =>
    to(d, self, other.dtype, other.device, false, null),
  'aten::_cast_Byte(Tensor self, bool non_blocking=False) -> Tensor': cast('uint8'),
  'aten::_cast_Char(Tensor self, bool non_blocking=False) -> Tensor': cast('int8'),
  'aten::_cast_Short(Tensor self, bool non_blocking=False) -> Tensor': cast('int16'),
  'aten::_cast_Int(Tensor self, bool non_blocking=False) -> Tensor': cast('int32'),
  'aten::_cast_Long(Tensor self, bool non_blocking=False) -> Tensor': cast('int64'),
  'aten::_cast_Half(Tensor self, bool non_blocking=False) -> Tensor': cast('float16'),
  'aten::_cast_Float(Tensor self, bool non_blocking=False) -> Tensor': cast('float32'),
  'aten::_cast_Double(Tensor self, bool non_blocking=False) -> Tensor': cast('float64'),
  'aten::fill_.Scalar(Tensor(a!) self, Scalar value) -> Tensor(a!)': fillKernel,
  'aten::fill_.Tensor(Tensor(a!) self, Tensor value) -> Tensor(a!)': fillTensor,
  'aten::fill.Scalar(Tensor self, Scalar value) -> Tensor': (d, self, value) => fillKernel(d, d.call('aten::empty_like', self), value),
  'aten::fill.Tensor(Tensor self, Tensor value) -> Tensor': (d, self, value) => fillTensor(d, d.call('aten::empty_like', self), value),
  'aten::zero_(Tensor(a!) self) -> Tensor(a!)': (d, self) => fillKernel(d, self, d.int(0)),
  'aten::zero(Tensor self) -> Tensor': (d, self) => d.call('aten::zeros_like', self),
  'aten::_no_grad_fill_(Tensor(a!) tensor, float val) -> Tensor(a!)': (d, self, value: number) => fillKernel(d, self, d.float(value)),
  'aten::_no_grad_zero_(Tensor(a!) tensor) -> Tensor(a!)': (d, self) => fillKernel(d, self, d.int(0)),
  'aten::item(Tensor self) -> Scalar': (_, self: Tensor) => itemOf(self),
  'aten::_local_scalar_dense(Tensor self) -> Scalar': (_, self: Tensor) => itemOf(self),
  'aten::is_nonzero(Tensor self) -> bool': isNonzero,
  'aten::Bool.Tensor(Tensor a) -> bool': isNonzero,
  'aten::Int.Tensor(Tensor a) -> int': (_, self: Tensor) => intItem(self),
  'aten::Float.Tensor(Tensor a) -> float': (_, self: Tensor) => Number(numberItem(self)),
  'aten::IntImplicit(Tensor a) -> int': (_, self: Tensor) => {
    implicit('integer', self)
    if (!dtypeInfo(self.dtype).isInteger && self.dtype !== 'bool') {
      throw new RuntimeError('TSJ_ITEM', 'Cannot input a tensor of a dtype that is not integral as an integral argument')
    }
    return intItem(self)
  },
  'aten::FloatImplicit(Tensor a) -> float': (_, self: Tensor) => {
    implicit('float', self)
    return Number(numberItem(self))
  },
  'aten::ScalarImplicit(Tensor a) -> Scalar': (_, self: Tensor) => {
    implicit('scalar', self)
    return itemOf(self)
  },
}
