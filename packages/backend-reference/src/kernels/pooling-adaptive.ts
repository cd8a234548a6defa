/** Pooling to a given size (`adaptive_*`), and fractional max pooling, whose windows are drawn from random samples. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { check, isFloating, notImplemented, output, product, readNumbers, shapeText, spread } from './nn-host.ts'

interface Planes {
  readonly planes: number
  readonly size: readonly number[]
  readonly out: readonly number[]
  readonly shape: readonly number[]
}

function planesOf(input: Tensor, size: readonly number[], spatial: number, name: string): Planes {
  check(size.length === spatial || size.length === 1, () => `${name}: output_size must be ${spatial}`, 'TSJ_SHAPE_WINDOW')
  const wanted = spread(size, spatial)
  check(
    wanted.every((n) => n >= 0),
    () => `${name}: elements of output_size must be greater than or equal to 0 but received {${wanted.join(', ')}}`,
    'TSJ_SHAPE_WINDOW',
  )
  check(
    input.ndim === spatial + 1 || input.ndim === spatial + 2,
    () => `${name}: Expected ${spatial + 1}D or ${spatial + 2}D tensor, but got ${shapeText(input.shape)}`,
    'TSJ_SHAPE_INPUT',
  )
  input.shape.slice(-spatial - 1).forEach((n, i) => {
    if (i > 0)
      check(
        n > 0,
        () =>
          `${name}: Expected input to have non-zero size for non-batch dimensions, but input has sizes ${shapeText(input.shape)} with dimension ${input.ndim - spatial - 1 + i} being empty`,
        'TSJ_SHAPE_INPUT',
      )
  })
  const lead = input.shape.slice(0, -spatial)
  const fill = (list: readonly number[]): number[] => [...new Array<number>(3 - spatial).fill(1), ...list]
  return { planes: product(lead), size: fill(input.shape.slice(-spatial)), out: fill(wanted), shape: [...lead, ...wanted] }
}

const begin = (o: number, out: number, size: number): number => Math.floor((o * size) / out)
const end = (o: number, out: number, size: number): number => Math.ceil(((o + 1) * size) / out)

/** Calls `visit` for every window with its bounds and the offset of its plane. */
function eachWindow({ planes, size, out }: Planes, visit: (to: number, base: number, bounds: Int32Array) => void): void {
  const plane = product(size)
  const bounds = new Int32Array(6)
  let to = 0
  for (let p = 0; p < planes; p++) {
    for (let z = 0; z < out[0]; z++) {
      bounds[0] = begin(z, out[0], size[0])
      bounds[1] = end(z, out[0], size[0])
      for (let y = 0; y < out[1]; y++) {
        bounds[2] = begin(y, out[1], size[1])
        bounds[3] = end(y, out[1], size[1])
        for (let x = 0; x < out[2]; x++, to++) {
          bounds[4] = begin(x, out[2], size[2])
          bounds[5] = end(x, out[2], size[2])
          visit(to, p * plane, bounds)
        }
      }
    }
  }
}

function adaptiveAvg(spatial: number) {
  const name = `adaptive_avg_pool${spatial}d`
  return (d: Dispatcher, input: Tensor, size: number[]): Tensor => {
    const planes = planesOf(input, size, spatial, `${name}()`)
    if (!isFloating(input)) throw notImplemented(name, input.dtype)
    const result = output(d, planes.shape, input.dtype, input.device)
    const values = readNumbers(input)
    const [, height, width] = planes.size
    eachWindow(planes, (to, base, [z0, z1, y0, y1, x0, x1]) => {
      let sum = 0
      for (let z = z0; z < z1; z++) {
        for (let y = y0; y < y1; y++) {
          const line = base + (z * height + y) * width
          for (let x = x0; x < x1; x++) sum += values[line + x]
        }
      }
      result.data[to] = sum / ((z1 - z0) * (y1 - y0) * (x1 - x0))
    })
    return result.finish()
  }
}

function adaptiveMax(spatial: number) {
  const name = `adaptive_max_pool${spatial}d`
  return (d: Dispatcher, input: Tensor, size: number[]): Tensor[] => {
    const planes = planesOf(input, size, spatial, `${name}()`)
    if (!isFloating(input)) throw notImplemented(name, input.dtype)
    const result = output(d, planes.shape, input.dtype, input.device)
    const places = output(d, planes.shape, 'int64', input.device)
    const values = readNumbers(input)
    const [, height, width] = planes.size
    eachWindow(planes, (to, base, [z0, z1, y0, y1, x0, x1]) => {
      let best = Number.NEGATIVE_INFINITY
      let place = (z0 * height + y0) * width + x0
      for (let z = z0; z < z1; z++) {
        for (let y = y0; y < y1; y++) {
          for (let x = x0; x < x1; x++) {
            const at = (z * height + y) * width + x
            const value = values[base + at]
            if (value > best || Number.isNaN(value)) {
              best = value
              place = at
            }
          }
        }
      }
      result.data[to] = best
      places.data[to] = place
    })
    return [result.finish(), places.finish()]
  }
}

/** Where the windows of one dimension start, from one random sample in [0, 1). */
function fractionalStarts(sample: number, size: number, out: number, kernel: number): number[] {
  const alpha = out > 1 ? Math.fround((size - kernel) / (out - 1)) : 0
  const shift = Math.trunc(Math.fround(sample * alpha))
  const starts = Array.from({ length: out - 1 }, (_, i) => Math.trunc(Math.fround(Math.fround(i + sample) * alpha)) - shift)
  return [...starts, size - kernel]
}

function fractionalMax(spatial: number) {
  return (d: Dispatcher, input: Tensor, kernel: number[], size: number[], samples: Tensor): Tensor[] => {
    const planes = planesOf(input, size, spatial, `fractional_max_pool${spatial}d()`)
    const k = [...new Array<number>(3 - spatial).fill(1), ...spread(kernel, spatial)]
    planes.out.forEach((n, i) => {
      const what = ['time', 'height', 'width'][i]
      check(
        n + k[i] - 1 <= planes.size[i],
        () => `fractional_max_pool${spatial}d(): pool ${what} ${k[i]} too large relative to input ${what} ${planes.size[i]}`,
        'TSJ_SHAPE_WINDOW',
      )
    })
    const result = output(d, planes.shape, input.dtype, input.device)
    const places = output(d, planes.shape, 'int64', input.device)
    const values = readNumbers(input)
    const random = readNumbers(samples)
    const [, height, width] = planes.size
    const plane = product(planes.size)
    let to = 0
    for (let p = 0; p < planes.planes; p++) {
      const sample = (dim: number): number => random[p * spatial + dim]
      // two dimensions: the first sample is for the width; three: in order
      const startsD = spatial === 3 ? fractionalStarts(sample(0), planes.size[0], planes.out[0], k[0]) : [0]
      const startsH = fractionalStarts(sample(1), planes.size[1], planes.out[1], k[1])
      const startsW = fractionalStarts(sample(spatial === 3 ? 2 : 0), planes.size[2], planes.out[2], k[2])
      for (const z0 of startsD) {
        for (const y0 of startsH) {
          for (const x0 of startsW) {
            let best = Number.NEGATIVE_INFINITY
            let place = (z0 * height + y0) * width + x0
            for (let z = z0; z < z0 + k[0]; z++) {
              for (let y = y0; y < y0 + k[1]; y++) {
                for (let x = x0; x < x0 + k[2]; x++) {
                  const at = (z * height + y) * width + x
                  const value = values[p * plane + at]
                  if (value > best || Number.isNaN(value)) {
                    best = value
                    place = at
                  }
                }
              }
            }
            result.data[to] = best
            places.data[to++] = place
          }
        }
      }
    }
    return [result.finish(), places.finish()]
  }
}

export const poolingAdaptiveKernels: KernelTable = {
  'aten::adaptive_avg_pool1d(Tensor self, int[1] output_size) -> Tensor': adaptiveAvg(1),
  'aten::adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor': adaptiveAvg(2),
  'aten::_adaptive_avg_pool2d(Tensor self, SymInt[2] output_size) -> Tensor': adaptiveAvg(2),
  'aten::adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor': adaptiveAvg(3),
  'aten::_adaptive_avg_pool3d(Tensor self, SymInt[3] output_size) -> Tensor': adaptiveAvg(3),
  'aten::adaptive_max_pool1d(Tensor self, int[1] output_size) -> (Tensor, Tensor)': adaptiveMax(1),
  'aten::adaptive_max_pool2d(Tensor self, int[2] output_size) -> (Tensor, Tensor)': adaptiveMax(2),
  'aten::adaptive_max_pool3d(Tensor self, int[3] output_size) -> (Tensor, Tensor)': adaptiveMax(3),
  'aten::fractional_max_pool2d(Tensor self, int[2] kernel_size, int[2] output_size, Tensor random_samples) -> (Tensor, Tensor)':
    fractionalMax(2),
  'aten::fractional_max_pool3d(Tensor self, int[3] kernel_size, int[3] output_size, Tensor random_samples) -> (Tensor, Tensor)':
    fractionalMax(3),
}
