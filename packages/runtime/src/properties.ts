/** Operators that ask a tensor for what is known without its data. */
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import type { Kernel } from './backend.ts'
import { canCast, dtypeArgument, promoteTypes, resultType } from './promotion.ts'
import { indexError, isChannelsLastContiguous, memoryFormat, normalizeDim, sameSizes } from './shape.ts'
import type { Tensor } from './tensor.ts'

function sizeAt(self: Tensor, dim: number): number {
  if (self.ndim === 0) throw indexError('TSJ_SHAPE_DIM', `Dimension specified as ${dim} but tensor has no dimensions`)
  return self.shape[normalizeDim(dim, self.ndim)]
}

function strideAt(self: Tensor, dim: number): number {
  if (self.ndim === 0) throw indexError('TSJ_SHAPE_DIM', `Dimension specified as ${dim} but tensor has no dimensions`)
  return self.strides[normalizeDim(dim, self.ndim)]
}

/** `is_contiguous` under a memory format. */
export function isContiguousIn(self: Tensor, format: number): boolean {
  if (format === memoryFormat.channelsLast) return isChannelsLastContiguous(self.shape, self.strides, 4)
  if (format === memoryFormat.channelsLast3d) return isChannelsLastContiguous(self.shape, self.strides, 5)
  return self.isContiguous
}

const code = (self: Tensor) => dtypeInfo(self.dtype).code
const info = (self: Tensor) => dtypeInfo(self.dtype)
const always =
  (value: unknown): Kernel =>
  () =>
    value
const onDevice =
  (type: string): Kernel =>
  (_, self: Tensor) =>
    self.device.type === type

export const propertyKernels: Readonly<Record<string, Kernel>> = {
  'aten::size': (_, self) => [...self.shape],
  'aten::size.int': (_, self, dim) => sizeAt(self, dim),
  'aten::sym_size': (_, self) => [...self.shape],
  'aten::sym_size.int': (_, self, dim) => sizeAt(self, dim),
  'aten::stride': (_, self) => [...self.strides],
  'aten::stride.int': (_, self, dim) => strideAt(self, dim),
  'aten::sym_stride': (_, self) => [...self.strides],
  'aten::sym_stride.int': (_, self, dim) => strideAt(self, dim),
  'aten::dim': (_, self) => self.ndim,
  'aten::numel': (_, self) => self.numel,
  'aten::sym_numel': (_, self) => self.numel,
  'aten::storage_offset': (_, self) => self.offset,
  'aten::sym_storage_offset': (_, self) => self.offset,
  'aten::len.Tensor': (_, self) => {
    if (self.ndim === 0) throw new RuntimeError('TSJ_SHAPE_LEN', 'len() of a 0-d tensor')
    return self.shape[0]
  },
  'aten::is_floating_point': (_, self) => info(self).isFloat,
  'aten::is_complex': (_, self) => info(self).isComplex,
  'aten::is_signed': (_, self) => info(self).isSigned,
  'aten::is_conj': always(false),
  'aten::is_neg': always(false),
  'aten::is_inference': (_, self) => self.storage.isInference,
  'aten::is_leaf': always(true),
  'aten::is_distributed': always(false),
  'aten::is_pinned': always(false),
  'aten::output_nr': always(0),
  'aten::_version': (_, self) => self.storage.version,
  'aten::get_device': (_, self) => (self.device.type === 'cpu' ? -1 : (self.device.index ?? 0)),
  'aten::is_contiguous': (_, self) => self.isContiguous,
  'aten::is_contiguous.memory_format': (_, self, format) => isContiguousIn(self, format),
  'aten::is_same_size': (_, self, other) => sameSizes(self.shape, other.shape),
  'aten::is_set_to': (_, self, other) =>
    self.storage === other.storage &&
    self.offset === other.offset &&
    sameSizes(self.shape, other.shape) &&
    sameSizes(self.strides, other.strides),
  'aten::element_size': (_, self) => info(self).itemSize,
  'aten::requires_grad_': (_, self, requires) => {
    if (requires && !info(self).isFloat && !info(self).isComplex) {
      throw new RuntimeError('TSJ_REQUIRES_GRAD', 'only Tensors of floating point and complex dtype can require gradients')
    }
    self.requiresGrad = requires
    return self
  },
  'aten::retain_grad': always(undefined),
  'aten::result_type.Tensor': (dispatcher, a, b) => dtypeInfo(resultType([a, b], dispatcher.defaultDType)).code,
  'aten::result_type.Scalar': (dispatcher, a, b) => dtypeInfo(resultType([a, b], dispatcher.defaultDType)).code,
  'aten::result_type.Scalar_Tensor': (dispatcher, a, b) => dtypeInfo(resultType([a, b], dispatcher.defaultDType)).code,
  'aten::result_type.Scalar_Scalar': (dispatcher, a, b) => dtypeInfo(resultType([a, b], dispatcher.defaultDType)).code,
  'aten::can_cast': (_, from, to) => canCast(dtypeArgument(from, 'float32'), dtypeArgument(to, 'float32')),
  'aten::promote_types': (_, a, b) => dtypeInfo(promoteTypes(dtypeArgument(a, 'float32'), dtypeArgument(b, 'float32'))).code,
  'prim::dtype': (_, self) => code(self),
  'prim::device': (_, self) => self.device,
  'prim::layout': always(0),
  'prim::requires_grad': (_, self) => self.requiresGrad,
  'prim::grad': always(null),
  'prim::name': always(null),
  'prim::itemsize': (_, self) => info(self).itemSize,
  'prim::nbytes': (_, self) => info(self).itemSize * self.numel,
  'prim::is_quantized': (_, self) => info(self).isQuantized,
  'prim::is_sparse': always(false),
  'prim::is_sparse_csr': always(false),
  'prim::is_mkldnn': always(false),
  'prim::is_nested': always(false),
  'prim::is_cuda': onDevice('cuda'),
  'prim::is_meta': onDevice('meta'),
  'prim::is_mps': onDevice('mps'),
  'prim::is_xpu': onDevice('xpu'),
  'prim::is_xla': onDevice('xla'),
  'prim::is_ipu': onDevice('ipu'),
  'prim::is_maia': onDevice('maia'),
  'prim::is_mtia': onDevice('mtia'),
  'prim::is_vulkan': onDevice('vulkan'),
}
