/** Distances between the rows of matrices. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { broadcastShapes, check, expandTo, isFloating, output, product, readNumbers } from './nn-host.ts'

/** ||x - y||_p of two rows; p 0 counts the places where they differ. */
function rowDistance(a: ArrayLike<number>, from: number, b: ArrayLike<number>, to: number, width: number, p: number): number {
  let sum = 0
  for (let k = 0; k < width; k++) {
    const z = Math.abs(a[from + k] - b[to + k])
    if (p === Number.POSITIVE_INFINITY) sum = z > sum || Number.isNaN(z) ? z : sum
    else if (p === 2) sum += z * z
    else if (p === 1) sum += z
    else if (p === 0) sum += z === 0 ? 0 : 1
    else sum += z ** p
  }
  return p === 2 ? Math.sqrt(sum) : p === 0 || p === 1 || p === Number.POSITIVE_INFINITY ? sum : sum ** (1 / p)
}

function cdist(d: Dispatcher, x1: Tensor, x2: Tensor, p: number): Tensor {
  check(isFloating(x1) && isFloating(x2), () => `cdist only supports floating-point dtypes, X1 got: ${x1.dtype}`, 'TSJ_DTYPE_UNSUPPORTED')
  check(
    x1.ndim >= 2 && x2.ndim >= 2,
    () => `cdist only supports at least 2D tensors, X${x1.ndim < 2 ? 1 : 2} got: ${x1.ndim < 2 ? x1.ndim : x2.ndim}D`,
    'TSJ_SHAPE_DISTANCE',
  )
  const width = x1.shape[x1.ndim - 1]
  check(
    width === x2.shape[x2.ndim - 1],
    () => `X1 and X2 must have the same number of columns. X1: ${width} X2: ${x2.shape[x2.ndim - 1]}`,
    'TSJ_SHAPE_DISTANCE',
  )
  check(p >= 0, () => 'cdist only supports non-negative p values', 'TSJ_SHAPE_DISTANCE')
  const lead = broadcastShapes(x1.shape.slice(0, -2), x2.shape.slice(0, -2))
  const [rows, columns] = [x1.shape[x1.ndim - 2], x2.shape[x2.ndim - 2]]
  const a = readNumbers(expandTo(x1, [...lead, rows, width]))
  const b = readNumbers(expandTo(x2, [...lead, columns, width]))
  const result = output(d, [...lead, rows, columns], x1.dtype, x1.device)
  let to = 0
  for (let n = 0; n < product(lead); n++) {
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++) result.data[to++] = rowDistance(a, (n * rows + i) * width, b, (n * columns + j) * width, width, p)
  }
  return result.finish()
}

/** The upper triangle of the distances of a matrix's rows from each other. */
function pdist(d: Dispatcher, self: Tensor, p: number): Tensor {
  check(self.ndim === 2, () => `pdist only supports 2D tensors, got: ${self.ndim}D`, 'TSJ_SHAPE_DISTANCE')
  check(isFloating(self), () => `pdist only supports floating-point dtypes`, 'TSJ_DTYPE_UNSUPPORTED')
  check(p >= 0, () => 'pdist only supports non-negative p values', 'TSJ_SHAPE_DISTANCE')
  const [rows, width] = self.shape
  const values = readNumbers(self)
  const result = output(d, [(rows * (rows - 1)) / 2], self.dtype, self.device)
  let to = 0
  for (let i = 0; i < rows; i++)
    for (let j = i + 1; j < rows; j++) result.data[to++] = rowDistance(values, i * width, values, j * width, width, p)
  return result.finish()
}

export const linalgDistanceKernels: KernelTable = {
  'aten::cdist(Tensor x1, Tensor x2, float p=2., int? compute_mode=None) -> Tensor': (d, x1, x2, p) => cdist(d, x1, x2, p),
  'aten::_cdist_forward(Tensor x1, Tensor x2, float p, int? compute_mode) -> Tensor': (d, x1, x2, p) => cdist(d, x1, x2, p),
  'aten::_euclidean_dist(Tensor x1, Tensor x2) -> Tensor': (d, x1, x2) => cdist(d, x1, x2, 2),
  'aten::pdist(Tensor self, float p=2.) -> Tensor': (d, self, p) => pdist(d, self, p),
  'aten::_pdist_forward(Tensor self, float p=2.) -> Tensor': (d, self, p) => pdist(d, self, p),
}
