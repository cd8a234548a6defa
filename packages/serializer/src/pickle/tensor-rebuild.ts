import { type DType, isDType } from '@tsjit/types'
import { describe } from './describe.ts'
import type { PickleContext } from './pickle-global.ts'
import { PyDict, PyFloat, PyTuple } from './python-values.ts'
import {
  checkExtent,
  type Quantizer,
  readCount,
  readSizes,
  type SparseLayout,
  StorageView,
  TensorDescriptor,
  type TensorFields,
} from './tensor-descriptor.ts'
import { TorchConstant } from './torch-values.ts'

/*
 * What torch._utils._rebuild_* make of their arguments, as descriptions. Sources: torch/_utils.py and
 * torch/csrc/jit/serialization/unpickler.cpp, whose argument orders differ for sparse tensors.
 */

type Rebuild = (args: readonly unknown[], context: PickleContext) => TensorDescriptor

/** (storage, offset, size, stride) */
export const rebuildTensor: Rebuild = (args, context) => {
  expectArguments(args, 4, 4, context)
  return strided(args, { requiresGrad: false }, context)
}

/** (storage, offset, size, stride, requires_grad, backward_hooks, metadata?) */
export const rebuildTensorV2: Rebuild = (args, context) => {
  expectArguments(args, 6, 7, context)
  return strided(args, { requiresGrad: readBool(args[4], context), ...readMetadata(args[6], context) }, context)
}

/** (untyped storage, offset, size, stride, requires_grad, backward_hooks, dtype, metadata?) */
export const rebuildTensorV3: Rebuild = (args, context) => {
  expectArguments(args, 7, 8, context)
  const fields = { requiresGrad: readBool(args[4], context), dtype: readDType(args[6], context), ...readMetadata(args[7], context) }
  return strided(args, fields, context)
}

/** (storage, offset, size, stride, quantizer, requires_grad, backward_hooks) */
export const rebuildQTensor: Rebuild = (args, context) => {
  expectArguments(args, 7, 7, context)
  const requiresGrad = readBool(args[5], context)
  const sizes = readSizes(args[2], 'sizes', context)
  return strided(args, { requiresGrad, quantizer: readQuantizer(args[4], sizes, context) }, context)
}

/** (dtype, size, stride, requires_grad): a tensor on the device `meta`. */
export const rebuildMetaTensor: Rebuild = (args, context) => {
  expectArguments(args, 4, 4, context)
  const fields = {
    storage: undefined,
    dtype: readDType(args[0], context),
    offset: 0,
    sizes: readSizes(args[1], 'sizes', context),
    strides: readSizes(args[2], 'strides', context),
    requiresGrad: readBool(args[3], context),
  }
  checkExtent(fields, context)
  return new TensorDescriptor(fields)
}

/** (data, requires_grad, backward_hooks, state?) */
export const rebuildParameter: Rebuild = (args, context) => {
  expectArguments(args, 3, 4, context)
  const parameter = new TensorDescriptor({
    ...fieldsOf(readTensor(args[0], context)),
    requiresGrad: readBool(args[1], context),
    isParameter: true,
  })
  parameter.attributes = args[3]
  return parameter
}

/** `torch.nn.Parameter(data, requires_grad=True)` */
export const makeParameter: Rebuild = (args, context) => {
  expectArguments(args, 1, 2, context)
  const requiresGrad = args.length < 2 || readBool(args[1], context)
  return new TensorDescriptor({ ...fieldsOf(readTensor(args[0], context)), requiresGrad, isParameter: true })
}

const compressedLayouts: readonly string[] = ['sparse_csr', 'sparse_csc', 'sparse_bsr', 'sparse_bsc']
/** c10::Layout's numbers, which TorchScript archives carry. */
const layoutNumbers = new Map<unknown, SparseLayout>([
  [1, 'sparse_coo'],
  [2, 'sparse_csr'],
  [5, 'sparse_csc'],
  [6, 'sparse_bsr'],
  [7, 'sparse_bsc'],
])

/** (layout, (indices, values, size, coalesced?)) from Python; (layout number, size, requires_grad, indices…, values) from TorchScript. */
export const rebuildSparseTensor: Rebuild = (args, context) => {
  if (args.length === 2 && args[1] instanceof PyTuple) {
    const layout = readLayout(args[0], context)
    const data = args[1].items
    if (layout === 'sparse_coo') {
      expectArguments(data, 3, 4, context)
      const isCoalesced = data.length > 3 && data[3] !== null ? readBool(data[3], context) : undefined
      return sparse(layout, data.slice(0, 2), data[2], false, isCoalesced, context)
    }
    expectArguments(data, 4, 4, context)
    return sparse(layout, data.slice(0, 3), data[3], false, undefined, context)
  }
  const layout = layoutNumbers.get(args[0])
  if (!layout) throw context.error('TSJ_ARCHIVE_TENSOR', `expected the number of a sparse layout, found ${describe(args[0])}`)
  const parts = layout === 'sparse_coo' ? 2 : 3
  expectArguments(args, 3 + parts, 4 + parts, context)
  return sparse(layout, args.slice(3, 3 + parts), args[1], readBool(args[2], context), undefined, context)
}

function sparse(
  layout: SparseLayout,
  parts: readonly unknown[],
  size: unknown,
  requiresGrad: boolean,
  isCoalesced: boolean | undefined,
  context: PickleContext,
): TensorDescriptor {
  const tensors = parts.map((part) => {
    const tensor = readTensor(part, context)
    if (tensor.sparse) throw context.error('TSJ_ARCHIVE_TENSOR', 'a part of a sparse tensor is sparse itself')
    return tensor
  })
  const values = tensors[tensors.length - 1]
  const sizes = readSizes(size, 'sizes', context)
  checkExtent({ storage: undefined, dtype: values.dtype, offset: 0, sizes, strides: sizes.map(() => 0) }, context)
  return new TensorDescriptor({
    storage: undefined,
    dtype: values.dtype,
    offset: 0,
    sizes,
    strides: [],
    requiresGrad,
    sparse:
      layout === 'sparse_coo'
        ? { layout, indices: tensors[0], values, isCoalesced }
        : { layout, compressedIndices: tensors[0], plainIndices: tensors[1], values },
  })
}

function strided(
  args: readonly unknown[],
  more: Pick<TensorFields, 'requiresGrad'> & Partial<TensorFields>,
  context: PickleContext,
): TensorDescriptor {
  const view = args[0]
  if (!(view instanceof StorageView)) throw context.error('TSJ_ARCHIVE_TENSOR', `expected the storage of a tensor, found ${describe(view)}`)
  const { storage } = view
  const dtype = more.dtype ?? storage.dtype
  if (!dtype) throw context.error('TSJ_ARCHIVE_TENSOR', 'a tensor of an untyped storage states no dtype')
  const fields = {
    ...more,
    storage,
    dtype,
    offset: view.offset + readCount(args[1], 'offset', context),
    sizes: readSizes(args[2], 'sizes', context),
    strides: readSizes(args[3], 'strides', context),
  }
  checkExtent(fields, context)
  return new TensorDescriptor(fields)
}

/** The fields alone, without the attributes. */
function fieldsOf({
  storage,
  dtype,
  offset,
  sizes,
  strides,
  requiresGrad,
  conjugate,
  negative,
  quantizer,
  sparse,
}: TensorDescriptor): TensorFields {
  return { storage, dtype, offset, sizes, strides, requiresGrad, conjugate, negative, quantizer, sparse }
}

function readQuantizer(value: unknown, sizes: readonly number[], context: PickleContext): Quantizer {
  const bad = (): Error => context.error('TSJ_ARCHIVE_TENSOR', 'a quantised tensor has no usable quantiser')
  if (!(value instanceof PyTuple)) throw bad()
  const [scheme, first, second, third] = value.items
  if (!(scheme instanceof TorchConstant) || scheme.kind !== 'qscheme') throw bad()
  if (scheme.name === 'per_tensor_affine') {
    if (!(first instanceof PyFloat) || (typeof second !== 'number' && typeof second !== 'bigint')) throw bad()
    return { scheme: scheme.name, scale: first.value, zeroPoint: second }
  }
  if (scheme.name !== 'per_channel_affine' && scheme.name !== 'per_channel_affine_float_qparams') {
    throw context.error('TSJ_ARCHIVE_TENSOR', `tensors of the quantisation scheme ${scheme.name} cannot be loaded`)
  }
  const axis = readCount(third, 'channel axis', context)
  const scales = readChannels(first, context)
  const zeroPoints = readChannels(second, context)
  const channels = axis < sizes.length ? sizes[axis] : -1
  if (lengthOf(scales) !== channels || lengthOf(zeroPoints) !== channels) {
    throw context.error(
      'TSJ_ARCHIVE_TENSOR',
      `the scales and zero points of a quantised tensor do not fit axis ${axis} of [${sizes.join(', ')}]`,
    )
  }
  return { scheme: scheme.name, scales, zeroPoints, axis }
}

function readChannels(value: unknown, context: PickleContext): TensorDescriptor | readonly number[] {
  if (!Array.isArray(value)) {
    const tensor = readTensor(value, context)
    if (tensor.sparse || tensor.quantizer) throw context.error('TSJ_ARCHIVE_TENSOR', 'scales and zero points must be plain tensors')
    return tensor
  }
  context.charge(value.length)
  return value.map((item) => {
    if (item instanceof PyFloat) return item.value
    if (typeof item === 'number') return item
    throw context.error('TSJ_ARCHIVE_TENSOR', `expected a number, found ${describe(item)}`)
  })
}

function lengthOf(channels: TensorDescriptor | readonly number[]): number {
  return channels instanceof TensorDescriptor ? channels.numel : channels.length
}

function readMetadata(value: unknown, context: PickleContext): Pick<TensorFields, 'conjugate' | 'negative'> {
  if (value === undefined || value === null) return {}
  if (!(value instanceof PyDict)) throw context.error('TSJ_ARCHIVE_TENSOR', `expected a dict of tensor flags, found ${describe(value)}`)
  for (const key of value.keys()) {
    if (key !== 'conj' && key !== 'neg') throw context.error('TSJ_ARCHIVE_TENSOR', `a tensor has the unknown flag ${describe(key)}`)
  }
  return { conjugate: value.get('conj') === true, negative: value.get('neg') === true }
}

export function readTensor(value: unknown, context: PickleContext): TensorDescriptor {
  if (value instanceof TensorDescriptor) return value
  throw context.error('TSJ_ARCHIVE_TENSOR', `expected a tensor, found ${describe(value)}`)
}

function readBool(value: unknown, context: PickleContext): boolean {
  if (typeof value === 'boolean') return value
  throw context.error('TSJ_ARCHIVE_TENSOR', `expected a bool, found ${describe(value)}`)
}

function readDType(value: unknown, context: PickleContext): DType {
  if (value instanceof TorchConstant && value.kind === 'dtype') {
    if (isDType(value.name)) return value.name
    throw context.error('TSJ_ARCHIVE_DTYPE', `tensors of dtype ${value.name} are not supported`)
  }
  throw context.error('TSJ_ARCHIVE_TENSOR', `expected a dtype, found ${describe(value)}`)
}

function readLayout(value: unknown, context: PickleContext): SparseLayout {
  const name = value instanceof TorchConstant && value.kind === 'layout' ? value.name : undefined
  if (name === 'sparse_coo' || (name && compressedLayouts.includes(name))) return name as SparseLayout
  throw context.error('TSJ_ARCHIVE_TENSOR', `expected a sparse layout, found ${name ?? describe(value)}`)
}

export function expectArguments(args: readonly unknown[], least: number, most: number, context: PickleContext): void {
  if (args.length >= least && args.length <= most) return
  const expected = least === most ? `${least}` : `${least} to ${most}`
  throw context.error('TSJ_PICKLE_ARGUMENTS', `expected ${expected} arguments, found ${args.length}`, 'the record is damaged')
}
