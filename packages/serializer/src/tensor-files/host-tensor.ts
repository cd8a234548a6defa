import { ArchiveError, type DType, dtypeInfo } from '@tsjit/types'

/** A tensor in plain memory, as files hold it. */
export interface HostTensor {
  readonly dtype: DType
  readonly shape: readonly number[]
  /** Little-endian, contiguous in row-major order. */
  readonly data: Uint8Array
}

/** Elements of a shape; undefined where it is no shape or overflows. */
export function countElements(shape: readonly unknown[]): number | undefined {
  let count = 1
  for (const size of shape) {
    if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return undefined
    count *= size
  }
  return Number.isSafeInteger(count) ? count : undefined
}

/** Checks that the data of a tensor that is to be written has the size its shape states (TSJ_TENSOR_SIZE). */
export function checkHostTensor({ dtype, shape, data }: HostTensor, name?: string): void {
  const count = countElements(shape)
  const expected = count === undefined ? undefined : count * dtypeInfo(dtype).itemSize
  if (expected !== data.byteLength) {
    throw new ArchiveError(
      'TSJ_TENSOR_SIZE',
      `a ${dtype} tensor of shape [${shape.join(', ')}] needs ${expected} bytes, its data has ${data.byteLength}`,
      {
        location: { record: name },
      },
    )
  }
}

/** Reverses the bytes of every group of `width` bytes, in place. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  if (width === 1) return
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (width === 2) buffer.swap16()
  else if (width === 4) buffer.swap32()
  else buffer.swap64()
}

/** Bytes of what is swapped as one: an element, or a part of a complex one. */
export function swapWidth(dtype: DType): number {
  const { itemSize, isComplex } = dtypeInfo(dtype)
  return isComplex ? itemSize / 2 : itemSize
}
