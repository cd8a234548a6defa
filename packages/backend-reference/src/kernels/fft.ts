/** Discrete Fourier transforms: powers of two by splitting in halves, other sizes by Bluestein's convolution. In double precision. */
import type { KernelTable, Tensor } from '@tsjit/runtime/backend'
import { complexDType, fromComplex, fromNumbers, product, readComplex, realDType } from './nn-host.ts'

/** In place over interleaved pairs; the length is a power of two. `sign` -1 is forward. */
function powerOfTwo(data: Float64Array, sign: number): void {
  const n = data.length / 2
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1
    for (; j & bit; bit >>= 1) j ^= bit
    j ^= bit
    if (i < j) {
      for (let part = 0; part < 2; part++) {
        const kept = data[2 * i + part]
        data[2 * i + part] = data[2 * j + part]
        data[2 * j + part] = kept
      }
    }
  }
  for (let size = 2; size <= n; size *= 2) {
    const half = size / 2
    for (let k = 0; k < half; k++) {
      const angle = (sign * 2 * Math.PI * k) / size
      const [c, s] = [Math.cos(angle), Math.sin(angle)]
      for (let i = k; i < n; i += size) {
        const j = i + half
        const re = data[2 * j] * c - data[2 * j + 1] * s
        const im = data[2 * j] * s + data[2 * j + 1] * c
        data[2 * j] = data[2 * i] - re
        data[2 * j + 1] = data[2 * i + 1] - im
        data[2 * i] += re
        data[2 * i + 1] += im
      }
    }
  }
}

/** Any length, as a convolution with a chirp. */
function bluestein(data: Float64Array, sign: number): void {
  const n = data.length / 2
  let m = 1
  while (m < 2 * n - 1) m *= 2
  const chirp = new Float64Array(2 * n)
  for (let i = 0; i < n; i++) {
    // i * i modulo 2n keeps the angle exact for long transforms
    const angle = (sign * Math.PI * Number((BigInt(i) * BigInt(i)) % BigInt(2 * n))) / n
    chirp[2 * i] = Math.cos(angle)
    chirp[2 * i + 1] = Math.sin(angle)
  }
  const a = new Float64Array(2 * m)
  const b = new Float64Array(2 * m)
  for (let i = 0; i < n; i++) {
    a[2 * i] = data[2 * i] * chirp[2 * i] - data[2 * i + 1] * chirp[2 * i + 1]
    a[2 * i + 1] = data[2 * i] * chirp[2 * i + 1] + data[2 * i + 1] * chirp[2 * i]
    for (const at of i === 0 ? [0] : [i, m - i]) {
      b[2 * at] = chirp[2 * i]
      b[2 * at + 1] = -chirp[2 * i + 1]
    }
  }
  powerOfTwo(a, -1)
  powerOfTwo(b, -1)
  for (let i = 0; i < m; i++) {
    const re = a[2 * i] * b[2 * i] - a[2 * i + 1] * b[2 * i + 1]
    a[2 * i + 1] = a[2 * i] * b[2 * i + 1] + a[2 * i + 1] * b[2 * i]
    a[2 * i] = re
  }
  powerOfTwo(a, 1)
  for (let i = 0; i < n; i++) {
    const [re, im] = [a[2 * i] / m, a[2 * i + 1] / m]
    data[2 * i] = re * chirp[2 * i] - im * chirp[2 * i + 1]
    data[2 * i + 1] = re * chirp[2 * i + 1] + im * chirp[2 * i]
  }
}

function transformLine(line: Float64Array, sign: number): void {
  const n = line.length / 2
  if (n <= 1) return
  if ((n & (n - 1)) === 0) powerOfTwo(line, sign)
  else bluestein(line, sign)
}

/** Transforms `values` (interleaved, of `shape`) along one dimension. */
function along(values: Float64Array, shape: readonly number[], dim: number, sign: number): void {
  const size = shape[dim]
  const inner = product(shape.slice(dim + 1))
  const outer = product(shape.slice(0, dim))
  const line = new Float64Array(2 * size)
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      const base = o * size * inner + i
      for (let k = 0; k < size; k++) {
        line[2 * k] = values[2 * (base + k * inner)]
        line[2 * k + 1] = values[2 * (base + k * inner) + 1]
      }
      transformLine(line, sign)
      for (let k = 0; k < size; k++) {
        values[2 * (base + k * inner)] = line[2 * k]
        values[2 * (base + k * inner) + 1] = line[2 * k + 1]
      }
    }
  }
}

/** 0: nothing, 1: divided by the root of the size, 2: by the size. */
function normalize(values: Float64Array, count: number, mode: number): void {
  const factor = mode === 1 ? 1 / Math.sqrt(count) : mode === 2 ? 1 / count : 1
  if (factor !== 1) for (let i = 0; i < values.length; i++) values[i] *= factor
}

/** Another size along one dimension: cut, or filled by `index` (which may mirror and conjugate). */
function rearrange(
  values: Float64Array,
  shape: readonly number[],
  dim: number,
  size: number,
  index: (k: number) => { at: number; conjugate: boolean },
): Float64Array {
  const out = [...shape]
  out[dim] = size
  const result = new Float64Array(2 * product(out))
  const coordinates = new Array<number>(out.length).fill(0)
  const strides = shape.map((_, i) => product(shape.slice(i + 1)))
  for (let to = 0; to < result.length / 2; to++) {
    const { at, conjugate } = index(coordinates[dim])
    const place = [...coordinates]
    place[dim] = at
    const from = place.reduce((sum, n, i) => sum + n * strides[i], 0)
    result[2 * to] = values[2 * from]
    result[2 * to + 1] = conjugate ? -values[2 * from + 1] : values[2 * from + 1]
    for (let i = out.length - 1; i >= 0; i--) {
      if (++coordinates[i] < out[i]) break
      coordinates[i] = 0
    }
  }
  return result
}

const keep = (k: number): { at: number; conjugate: boolean } => ({ at: k, conjugate: false })
const wrapped = (t: Tensor, dims: readonly number[]): number[] => dims.map((dim) => (dim < 0 ? dim + t.ndim : dim))

export const fftKernels: KernelTable = {
  'aten::_fft_c2c(Tensor self, SymInt[] dim, int normalization, bool forward) -> Tensor': (
    d,
    self: Tensor,
    dim: number[],
    mode: number,
    forward: boolean,
  ) => {
    const dims = wrapped(self, dim)
    const values = Float64Array.from(readComplex(self))
    for (const i of dims) along(values, self.shape, i, forward ? -1 : 1)
    normalize(values, product(dims.map((i) => self.shape[i])), mode)
    return fromComplex(d, values, self.shape, self.dtype, self.device)
  },
  'aten::_fft_r2c(Tensor self, int[] dim, int normalization, bool onesided) -> Tensor': (
    d,
    self: Tensor,
    dim: number[],
    mode: number,
    onesided: boolean,
  ) => {
    const dims = wrapped(self, dim)
    const last = dims[dims.length - 1]
    const values = Float64Array.from(readComplex(self))
    for (const i of dims) along(values, self.shape, i, -1)
    normalize(values, product(dims.map((i) => self.shape[i])), mode)
    const dtype = complexDType(self.dtype)
    if (!onesided) return fromComplex(d, values, self.shape, dtype, self.device)
    const half = Math.floor(self.shape[last] / 2) + 1
    const shape = self.shape.map((n, i) => (i === last ? half : n))
    return fromComplex(d, rearrange(values, self.shape, last, half, keep), shape, dtype, self.device)
  },
  // only the first half along the last of `dim` is looked at: the rest is its mirror image
  'aten::_fft_c2r(Tensor self, int[] dim, int normalization, SymInt last_dim_size) -> Tensor': (
    d,
    self: Tensor,
    dim: number[],
    mode: number,
    size: number,
  ) => {
    const dims = wrapped(self, dim)
    const last = dims[dims.length - 1]
    const values = Float64Array.from(readComplex(self))
    for (const i of dims.slice(0, -1)) along(values, self.shape, i, 1)
    const half = Math.floor(size / 2) + 1
    const shape = self.shape.map((n, i) => (i === last ? size : n))
    const whole = rearrange(values, self.shape, last, size, (k) =>
      k < half ? { at: k, conjugate: false } : { at: size - k, conjugate: true },
    )
    clearImaginary(whole, shape, last, size)
    along(whole, shape, last, 1)
    normalize(whole, product(dims.map((i) => shape[i])), mode)
    const real = Float64Array.from({ length: whole.length / 2 }, (_, i) => whole[2 * i])
    return fromNumbers(d, real, shape, realDType(self.dtype), self.device)
  },
}

/** The zero frequency and, for even sizes, the middle one are taken to be real. */
function clearImaginary(values: Float64Array, shape: readonly number[], dim: number, size: number): void {
  const inner = product(shape.slice(dim + 1))
  for (let i = 0; i < values.length / 2; i++) {
    const k = Math.floor(i / inner) % size
    if (k === 0 || 2 * k === size) values[2 * i + 1] = 0
  }
}
