/** Moves elements between strided layouts without looking at them: the base of clone, contiguous, copy_ and of reading. */

export interface StridedSide {
  readonly buffer: ArrayBuffer | SharedArrayBuffer
  /** In elements. */
  readonly offset: number
  readonly strides: readonly number[]
}

/** Copies `shape` elements of `itemSize` bytes (1, 2, 4, 8 or 16). Source strides may be 0. The sides must not overlap. */
export function copyStrided(shape: readonly number[], itemSize: number, source: StridedSide, target: StridedSide): void {
  const dims = coalesce(shape, source.strides, target.strides)
  if (!dims) return
  const { sizes, a, b } = dims
  if (sizes.length === 1 && a[0] === 1 && b[0] === 1) {
    const bytes = sizes[0] * itemSize
    new Uint8Array(target.buffer, target.offset * itemSize, bytes).set(new Uint8Array(source.buffer, source.offset * itemSize, bytes))
    return
  }
  // wide elements move as several 32-bit words
  const words = itemSize > 4 ? itemSize / 4 : 1
  const unit = itemSize / words
  const Class = unit === 4 ? Uint32Array : unit === 2 ? Uint16Array : Uint8Array
  const from = new Class(source.buffer as ArrayBuffer, 0, Math.floor(source.buffer.byteLength / unit))
  const to = new Class(target.buffer as ArrayBuffer, 0, Math.floor(target.buffer.byteLength / unit))
  const last = sizes.length - 1
  const inner = sizes[last]
  const stepA = a[last] * words
  const stepB = b[last] * words
  const index = new Array<number>(sizes.length).fill(0)
  let p = source.offset * words
  let q = target.offset * words
  for (;;) {
    if (words === 1) {
      if (stepA === 1 && stepB === 1 && inner > 32) to.set(from.subarray(p, p + inner), q)
      else for (let i = 0, x = p, y = q; i < inner; i++, x += stepA, y += stepB) to[y] = from[x]
    } else if (words === 2) {
      for (let i = 0, x = p, y = q; i < inner; i++, x += stepA, y += stepB) {
        to[y] = from[x]
        to[y + 1] = from[x + 1]
      }
    } else {
      for (let i = 0, x = p, y = q; i < inner; i++, x += stepA, y += stepB) for (let w = 0; w < words; w++) to[y + w] = from[x + w]
    }
    let dim = last - 1
    for (; dim >= 0; dim--) {
      p += a[dim] * words
      q += b[dim] * words
      if (++index[dim] < sizes[dim]) break
      p -= a[dim] * words * sizes[dim]
      q -= b[dim] * words * sizes[dim]
      index[dim] = 0
    }
    if (dim < 0) return
  }
}

/** Merges dimensions that both sides walk in one stride; undefined where there are no elements. */
function coalesce(shape: readonly number[], first: readonly number[], second: readonly number[]) {
  const sizes: number[] = []
  const a: number[] = []
  const b: number[] = []
  for (let i = 0; i < shape.length; i++) {
    const size = shape[i]
    if (size === 0) return undefined
    if (size === 1) continue
    const last = sizes.length - 1
    if (last >= 0 && a[last] === first[i] * size && b[last] === second[i] * size) {
      sizes[last] *= size
      a[last] = first[i]
      b[last] = second[i]
    } else {
      sizes.push(size)
      a.push(first[i])
      b.push(second[i])
    }
  }
  if (sizes.length === 0) {
    sizes.push(1)
    a.push(1)
    b.push(1)
  }
  return { sizes, a, b }
}
