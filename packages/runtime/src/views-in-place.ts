/** Operators that change a tensor's own metadata: `t_`, `squeeze_`, `resize_`, `set_`. */
import { dtypeInfo } from '@tsjit/types'
import type { Kernel } from './backend.ts'
import type { Dispatcher } from './dispatcher.ts'
import { memoryFormat, numelOf, sameSizes, shapeError, stridesForFormat, suggestedMemoryFormat } from './shape.ts'
import { contiguousStrides, type Tensor } from './tensor.ts'
import { asStrided, checkBounds, squeeze, transpose, transpose2d, unsqueeze } from './views.ts'

/** Makes `self` look as `view` does. */
function become(self: Tensor, view: Tensor): Tensor {
  self.storage = view.storage
  self.dtype = view.dtype
  self.shape = view.shape
  self.strides = view.strides
  self.offset = view.offset
  return self
}

/** `resize_`: new sizes; the storage grows where it must and keeps its bytes. */
export function resize(dispatcher: Dispatcher, self: Tensor, size: readonly number[], format: number | null): Tensor {
  if (size.some((extent) => extent < 0))
    throw shapeError(
      'TSJ_SHAPE_RESIZE',
      `Trying to create tensor with negative dimension ${size.find((extent) => extent < 0)}: [${size.join(', ')}]`,
    )
  if (format === memoryFormat.preserve) throw shapeError('TSJ_SHAPE_RESIZE', 'Unsupported memory format 1')
  if (!sameSizes(self.shape, size)) {
    self.shape = [...size]
    self.strides = contiguousStrides(size)
    growStorage(dispatcher, self)
  }
  if (format !== null && format !== undefined) self.strides = stridesForFormat(size, format) ?? contiguousStrides(size)
  return self
}

function growStorage(dispatcher: Dispatcher, self: Tensor): void {
  const needed =
    numelOf(self.shape) === 0
      ? 0
      : (self.offset + self.shape.reduce((sum, size, i) => sum + (size - 1) * self.strides[i], 1)) * dtypeInfo(self.dtype).itemSize
  const { storage } = self
  if (needed <= storage.byteLength) return
  const grown = dispatcher.allocate(needed, storage.device)
  const backend = dispatcher.backendFor(storage.device)
  if (backend.hostAccessible) new Uint8Array(grown.buffer).set(new Uint8Array(storage.buffer, 0, storage.byteLength))
  else {
    const bytes = new Uint8Array(storage.byteLength)
    backend.copyToHost?.(storage, 0, bytes)
    backend.copyFromHost?.(bytes, grown, 0)
  }
  storage.replace(backend.hostAccessible ? grown.buffer : undefined, needed, grown.address, grown.handle ?? grown)
}

function setSource(self: Tensor, source: Tensor, offset: number, size: readonly number[], stride: readonly number[]): Tensor {
  // dtypes may differ: self reads the storage's bytes as its own dtype, as in PyTorch
  const strides = stride.length || !size.length ? [...stride] : contiguousStrides(size)
  if (strides.length !== size.length) throw shapeError('TSJ_SHAPE_SET', 'unequal size length and stride length')
  checkBounds(source, size, strides, offset)
  self.storage = source.storage
  self.shape = [...size]
  self.strides = strides
  self.offset = offset
  return self
}

export const inPlaceViewKernels: Readonly<Record<string, Kernel>> = {
  'aten::t_': (_, self) => become(self, transpose2d(self)),
  'aten::transpose_': (_, self, dim0, dim1) => become(self, transpose(self, dim0, dim1)),
  'aten::swapaxes_': (_, self, dim0, dim1) => become(self, transpose(self, dim0, dim1)),
  'aten::swapdims_': (_, self, dim0, dim1) => become(self, transpose(self, dim0, dim1)),
  'aten::squeeze_': (_, self) => become(self, squeeze(self)),
  'aten::squeeze_.dim': (_, self, dim) => become(self, squeeze(self, [dim])),
  'aten::squeeze_.dims': (_, self, dims) => become(self, squeeze(self, dims)),
  'aten::unsqueeze_': (_, self, dim) => become(self, unsqueeze(self, dim)),
  'aten::as_strided_': (_, self, size, stride, offset) => become(self, asStrided(self, size, stride, offset)),
  'aten::detach_': (_, self) => {
    self.requiresGrad = false
    return self
  },
  'aten::resize_': resize,
  'aten::resize_as_': (dispatcher, self, template, format) =>
    resize(
      dispatcher,
      self,
      template.shape,
      format === memoryFormat.preserve ? suggestedMemoryFormat(template.shape, template.strides) : format,
    ),
  'aten::set_': (dispatcher, self) => {
    self.storage = dispatcher.allocate(0, self.device)
    self.shape = [0]
    self.strides = [1]
    self.offset = 0
    return self
  },
  'aten::set_.source_Tensor': (_, self, source) => setSource(self, source, source.offset, source.shape, source.strides),
  'aten::set_.source_Tensor_storage_offset': (_, self, source, offset, size, stride) => setSource(self, source, offset, size, stride),
  'aten::set_data': (_, self, source) => {
    become(self, source)
    return undefined
  },
}
