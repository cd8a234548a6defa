/**
 * Resizes one plane with the triangle filter, which is widened where the picture shrinks: what torchvision's
 * `resize(..., BILINEAR, antialias=True)` does to a float tensor.
 */
export function resamplePlane(plane: Float32Array, height: number, width: number, toHeight: number, toWidth: number): Float32Array {
  return resampleRows(
    transpose(resampleRows(transpose(plane, height, width), width, height, toWidth), toWidth, height),
    height,
    toWidth,
    toHeight,
  )
}

/** `count` rows of `length` elements become `toCount` rows. */
function resampleRows(rows: Float32Array, count: number, length: number, toCount: number): Float32Array {
  if (count === toCount) return rows
  const scale = count / toCount
  const support = Math.max(1, scale)
  const result = new Float32Array(toCount * length)
  for (let to = 0; to < toCount; to++) {
    const center = scale * (to + 0.5)
    const first = Math.max(0, Math.trunc(center - support + 0.5))
    const last = Math.min(count, Math.trunc(center + support + 0.5))
    const weights: number[] = []
    let sum = 0
    for (let from = first; from < last; from++) {
      const weight = Math.max(0, 1 - Math.abs((from + 0.5 - center) / support))
      weights.push(weight)
      sum += weight
    }
    for (let i = 0; i < weights.length; i++) {
      const weight = weights[i] / sum
      const source = (first + i) * length
      for (let x = 0; x < length; x++) result[to * length + x] += weight * rows[source + x]
    }
  }
  return result
}

function transpose(plane: Float32Array, height: number, width: number): Float32Array {
  const result = new Float32Array(plane.length)
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) result[x * height + y] = plane[y * width + x]
  return result
}
