import { type DType, dtypeInfo } from '@tsjit/types'
import type { PickleContext, Stateful } from './pickle-global.ts'
import { setState } from './pickle-global.ts'
import { PyTuple } from './python-values.ts'

/** Bytes that tensors share: one object for each storage of a file, so that identity tells what is shared. */
export interface StorageDescriptor {
  /** The record's name below its folder (`0` for `data/0`). */
  readonly key: string
  /** `undefined` for an untyped storage, whose elements are bytes. */
  readonly dtype: DType | undefined
  /** Where the tensor was when it was saved: `cpu`, `cuda:0`, `meta`. */
  readonly location: string
  /** Elements of `dtype`, or bytes. */
  readonly numel: number
  readonly byteLength: number
}

/** Part of a storage, as the oldest files share them; offsets count in elements of the storage's dtype. */
export class StorageView {
  constructor(
    readonly storage: StorageDescriptor,
    readonly offset: number,
    readonly numel: number,
  ) {}
}

export type Quantizer =
  | { readonly scheme: 'per_tensor_affine'; readonly scale: number; readonly zeroPoint: number | bigint }
  | {
      readonly scheme: 'per_channel_affine' | 'per_channel_affine_float_qparams'
      readonly scales: TensorDescriptor | readonly number[]
      readonly zeroPoints: TensorDescriptor | readonly number[]
      readonly axis: number
    }

export type SparseLayout = 'sparse_coo' | 'sparse_csr' | 'sparse_csc' | 'sparse_bsr' | 'sparse_bsc'

/** The dense parts of a sparse tensor: COO has `indices`, the compressed layouts have both index tensors. */
export interface SparseParts {
  readonly layout: SparseLayout
  readonly indices?: TensorDescriptor
  readonly compressedIndices?: TensorDescriptor
  readonly plainIndices?: TensorDescriptor
  readonly values: TensorDescriptor
  readonly isCoalesced?: boolean
}

export interface TensorFields {
  /** Undefined for sparse tensors and for meta tensors without data. */
  storage: StorageDescriptor | undefined
  dtype: DType
  offset: number
  sizes: readonly number[]
  strides: readonly number[]
  requiresGrad: boolean
  isParameter?: boolean
  /** Reading gives the complex conjugate of what is stored. */
  conjugate?: boolean
  /** Reading gives the negative of what is stored. */
  negative?: boolean
  quantizer?: Quantizer
  sparse?: SparseParts
}

/** A tensor of a pickle: where its bytes are and how they are laid out. Every number in it has been checked. */
export class TensorDescriptor implements TensorFields, Stateful {
  readonly storage: StorageDescriptor | undefined
  readonly dtype: DType
  /** In elements of `dtype`. */
  readonly offset: number
  readonly sizes: readonly number[]
  readonly strides: readonly number[]
  readonly requiresGrad: boolean
  readonly isParameter: boolean
  readonly conjugate: boolean
  readonly negative: boolean
  readonly quantizer: Quantizer | undefined
  readonly sparse: SparseParts | undefined
  /** Python attributes that were saved with it. */
  attributes: unknown = undefined

  constructor(fields: TensorFields) {
    this.storage = fields.storage
    this.dtype = fields.dtype
    this.offset = fields.offset
    this.sizes = fields.sizes
    this.strides = fields.strides
    this.requiresGrad = fields.requiresGrad
    this.isParameter = fields.isParameter ?? false
    this.conjugate = fields.conjugate ?? false
    this.negative = fields.negative ?? false
    this.quantizer = fields.quantizer
    this.sparse = fields.sparse
  }

  get numel(): number {
    return this.sizes.reduce((product, size) => product * size, 1)
  }

  [setState](state: unknown): void {
    this.attributes = state
  }
}

/** Tensors of more dimensions than this are refused. */
const mostDimensions = 64

/** A list of sizes or strides. Throws TSJ_ARCHIVE_TENSOR_SIZE. */
export function readSizes(value: unknown, what: string, context: PickleContext): number[] {
  const items = value instanceof PyTuple ? value.items : Array.isArray(value) ? value : undefined
  if (!items) throw context.error('TSJ_ARCHIVE_TENSOR', `the ${what} of a tensor are no tuple`)
  if (items.length > mostDimensions) {
    throw context.error('TSJ_ARCHIVE_TENSOR_SIZE', `a tensor has ${items.length} dimensions, the limit is ${mostDimensions}`)
  }
  return items.map((item) => readCount(item, what, context))
}

/** A number of elements or bytes: a non-negative safe integer. Throws TSJ_ARCHIVE_TENSOR_SIZE. */
export function readCount(value: unknown, what: string, context: PickleContext): number {
  if (typeof value === 'number' && value >= 0) return value
  const found = typeof value === 'number' || typeof value === 'bigint' ? `${value}`.slice(0, 40) : 'no int'
  throw context.error('TSJ_ARCHIVE_TENSOR_SIZE', `the ${what} of a tensor must be small non-negative ints, found ${found}`)
}

/**
 * Checks that a strided tensor lies inside its storage. As in PyTorch, a tensor without elements may have any offset. Throws
 * TSJ_ARCHIVE_TENSOR_SIZE (overflow) and TSJ_ARCHIVE_STORAGE_TOO_SHORT.
 */
export function checkExtent(
  { storage, dtype, offset, sizes, strides }: Pick<TensorFields, 'storage' | 'dtype' | 'offset' | 'sizes' | 'strides'>,
  context: PickleContext,
): void {
  if (sizes.length !== strides.length) {
    throw context.error('TSJ_ARCHIVE_TENSOR', `a tensor has ${sizes.length} sizes and ${strides.length} strides`)
  }
  if (sizes.includes(0)) return
  const { itemSize } = dtypeInfo(dtype)
  let numel = 1
  let last = offset
  sizes.forEach((size, i) => {
    numel *= size
    last += (size - 1) * strides[i]
  })
  if (!Number.isSafeInteger(numel * itemSize) || !Number.isSafeInteger((last + 1) * itemSize)) {
    throw context.error('TSJ_ARCHIVE_TENSOR_SIZE', `a tensor of sizes [${sizes.join(', ')}] and strides [${strides.join(', ')}] overflows`)
  }
  if (storage && (last + 1) * itemSize > storage.byteLength) {
    throw context.error(
      'TSJ_ARCHIVE_STORAGE_TOO_SHORT',
      `a ${dtype} tensor of sizes [${sizes.join(', ')}], strides [${strides.join(', ')}] and offset ${offset} needs ${(last + 1) * itemSize} bytes, ` +
        `its storage ${storage.key} has ${storage.byteLength}`,
    )
  }
}
