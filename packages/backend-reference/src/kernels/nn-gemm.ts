/**
 * General matrix multiplication over JavaScript numbers. Operands are packed into panels of doubles, so that the inner loop reads
 * both contiguously and sums in double precision; results are rounded when they are stored.
 */
export type NumberArray = Float32Array | Float64Array

/** A matrix inside an array: element (i, j) is at `offset + i * row + j * column`. */
export interface Matrix {
  readonly data: NumberArray
  readonly offset: number
  readonly row: number
  readonly column: number
}

const panelRows = 2
const panelColumns = 4
/** Doubles of the right operand that are kept packed at once. */
const blockDoubles = 65536

/** Packs `rows` x `depth` into panels of 2 rows: panel p holds rows 2p and 2p+1 interleaved along the depth, padded with zeros. */
export function packRows(source: Matrix, rows: number, depth: number): Float64Array {
  const { data, row, column } = source
  const packed = new Float64Array(Math.ceil(rows / panelRows) * panelRows * depth)
  for (let i = 0; i < rows; i++) {
    let from = source.offset + i * row
    let to = (i >> 1) * 2 * depth + (i & 1)
    for (let k = 0; k < depth; k++, from += column, to += 2) packed[to] = data[from]
  }
  return packed
}

/** Columns a block may hold for a given depth. */
export function blockColumns(depth: number): number {
  return Math.max(panelColumns * 4, Math.floor(blockDoubles / Math.max(depth, 1)) & ~3)
}

/** Packs columns `first` to `first + count` into panels of 4, padded with zeros. */
export function packColumns(source: Matrix, first: number, count: number, depth: number, packed: Float64Array): void {
  const { data, row, column } = source
  for (let p = 0; p < count; p += 4) {
    const width = Math.min(4, count - p)
    let to = p * depth
    let from = source.offset + (first + p) * column
    if (width === 4) {
      for (let k = 0; k < depth; k++, from += row, to += 4) {
        packed[to] = data[from]
        packed[to + 1] = data[from + column]
        packed[to + 2] = data[from + 2 * column]
        packed[to + 3] = data[from + 3 * column]
      }
    } else {
      for (let k = 0; k < depth; k++, from += row, to += 4) {
        for (let j = 0; j < 4; j++) packed[to + j] = j < width ? data[from + j * column] : 0
      }
    }
  }
}

/** Where products go: element (i, j) at `offset + i * row + j * column`, multiplied by `sign` and added to what is there or not. */
export interface Target extends Matrix {
  readonly accumulate?: boolean
  readonly sign?: number
}

const tile = new Float64Array(8)

/** `rows` x `count` products of packed panels into columns `first`... of the target. */
export function multiplyPacked(
  left: Float64Array,
  right: Float64Array,
  rows: number,
  count: number,
  depth: number,
  target: Target,
  first: number,
): void {
  const { data, row, column } = target
  const plain = !target.accumulate && (target.sign ?? 1) === 1
  const sign = target.sign ?? 1
  for (let i = 0; i < rows; i += 2) {
    const height = Math.min(2, rows - i)
    const start = target.offset + i * row + first * column
    for (let j = 0; j < count; j += 4) {
      multiplyTile(left, i * depth, right, j * depth, depth)
      const width = Math.min(4, count - j)
      for (let di = 0; di < height; di++) {
        let to = start + di * row + j * column
        for (let dj = 0; dj < width; dj++, to += column) {
          const product = tile[di * 4 + dj]
          if (plain) data[to] = product
          else data[to] = (target.accumulate ? data[to] : 0) + sign * product
        }
      }
    }
  }
}

function multiplyTile(left: Float64Array, leftAt: number, right: Float64Array, rightAt: number, depth: number): void {
  let c00 = 0
  let c01 = 0
  let c02 = 0
  let c03 = 0
  let c10 = 0
  let c11 = 0
  let c12 = 0
  let c13 = 0
  for (let k = 0, p = leftAt, q = rightAt; k < depth; k++, p += 2, q += 4) {
    const a0 = left[p]
    const a1 = left[p + 1]
    const b0 = right[q]
    c00 += a0 * b0
    c10 += a1 * b0
    const b1 = right[q + 1]
    c01 += a0 * b1
    c11 += a1 * b1
    const b2 = right[q + 2]
    c02 += a0 * b2
    c12 += a1 * b2
    const b3 = right[q + 3]
    c03 += a0 * b3
    c13 += a1 * b3
  }
  tile[0] = c00
  tile[1] = c01
  tile[2] = c02
  tile[3] = c03
  tile[4] = c10
  tile[5] = c11
  tile[6] = c12
  tile[7] = c13
}

/** target = left (rows x depth) times right (depth x columns). */
export function gemm(rows: number, columns: number, depth: number, left: Matrix, right: Matrix, target: Target): void {
  if (rows === 0 || columns === 0) return
  if (rows === 1 || columns === 1) {
    multiplyVector(rows, columns, depth, left, right, target)
    return
  }
  const packedLeft = packRows(left, rows, depth)
  const block = Math.min(blockColumns(depth), Math.ceil(columns / 4) * 4)
  const packedRight = new Float64Array(block * depth)
  for (let first = 0; first < columns; first += block) {
    const count = Math.min(block, columns - first)
    packColumns(right, first, count, depth, packedRight)
    multiplyPacked(packedLeft, packedRight, rows, count, depth, target, first)
  }
}

/** One row or one column: nothing is reused, so nothing is packed but the vector. */
function multiplyVector(rows: number, columns: number, depth: number, left: Matrix, right: Matrix, target: Target): void {
  const oneRow = rows === 1
  const vector = new Float64Array(depth)
  const of = oneRow ? left : right
  const step = oneRow ? left.column : right.row
  for (let k = 0; k < depth; k++) vector[k] = of.data[of.offset + k * step]
  const matrix = oneRow ? right : left
  const count = oneRow ? columns : rows
  const along = oneRow ? matrix.row : matrix.column
  const across = oneRow ? matrix.column : matrix.row
  const sums = new Float64Array(count)
  const { data } = matrix
  if (along <= across) {
    for (let j = 0; j < count; j++) {
      let at = matrix.offset + j * across
      let sum = 0
      for (let k = 0; k < depth; k++, at += along) sum += vector[k] * data[at]
      sums[j] = sum
    }
  } else {
    for (let k = 0; k < depth; k++) {
      const factor = vector[k]
      let at = matrix.offset + k * along
      for (let j = 0; j < count; j++, at += across) sums[j] += factor * data[at]
    }
  }
  const sign = target.sign ?? 1
  const targetStep = oneRow ? target.column : target.row
  for (let j = 0, to = target.offset; j < count; j++, to += targetStep)
    target.data[to] = (target.accumulate ? target.data[to] : 0) + sign * sums[j]
}
