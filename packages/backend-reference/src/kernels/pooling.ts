/** Max and average pooling over fixed windows, of one to three spatial dimensions, and `max_unpool`. */
import type { Dispatcher, KernelTable, Tensor } from '@tsjit/runtime/backend'
import {
  check,
  dtypeName,
  isComplex,
  isFloating,
  notImplemented,
  output,
  product,
  readIndices,
  readNumbers,
  shapeText,
  spread,
} from './nn-host.ts'

/** Planes of three spatial sizes, and windows over them; missing dimensions have size 1. */
export interface Windows {
  readonly planes: number
  readonly size: readonly number[]
  readonly kernel: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
  readonly out: readonly number[]
  /** The result's shape. */
  readonly shape: readonly number[]
}

const words = ['', 'single int', 'two ints', 'three ints']

/** Sizes of a pooling, or PyTorch's complaint. `spatial` is 1, 2 or 3. */
function windowsOf(
  input: Tensor,
  spatial: number,
  name: string,
  kernel: number[],
  stride: number[],
  padding: number[],
  dilation: number[],
  ceilMode: boolean,
): Windows {
  const tuple = (list: number[], what: string): number[] => {
    check(
      list.length === 1 || list.length === spatial,
      () => `${name}: ${what} must either be a single int, or a tuple of ${words[spatial]}`,
      'TSJ_SHAPE_WINDOW',
    )
    return spread(list, spatial)
  }
  const k = tuple(kernel, 'kernel_size')
  const s = stride.length ? tuple(stride, 'stride') : k
  const p = tuple(padding, 'padding')
  const l = tuple(dilation, 'dilation')
  check(
    input.ndim === spatial + 1 || input.ndim === spatial + 2,
    () =>
      spatial === 1
        ? `${name}() Expected 2D or 3D input tensor, but got ${shapeText(input.shape)}`
        : `non-empty ${spatial + 1}D or ${spatial + 2}D (batch mode) tensor expected for input`,
    'TSJ_SHAPE_INPUT',
  )
  check(
    s.every((n) => n > 0),
    () => 'stride should not be zero',
    'TSJ_SHAPE_WINDOW',
  )
  check(
    k.every((n) => n > 0),
    () => `kernel size should be greater than zero, but got kernel_size=${shapeText(k)}`,
    'TSJ_SHAPE_WINDOW',
  )
  check(
    l.every((n) => n > 0),
    () => `dilation should be greater than zero, but got dilation=${shapeText(l)}`,
    'TSJ_SHAPE_WINDOW',
  )
  p.forEach((pad, i) => {
    check(pad >= 0, () => `pad must be non-negative, but got pad: ${pad}`, 'TSJ_SHAPE_WINDOW')
    check(
      pad <= (l[i] * (k[i] - 1) + 1) / 2,
      () => `pad should be at most half of effective kernel size, but got pad=${pad}, kernel_size=${k[i]} and dilation=${l[i]}`,
      'TSJ_SHAPE_WINDOW',
    )
  })
  const lead = input.shape.slice(0, -spatial)
  const size = input.shape.slice(-spatial)
  const out = size.map((n, i) => pooledSize(n, k[i], s[i], p[i], l[i], ceilMode))
  check(
    out.every((n) => n >= 1),
    () =>
      `Given input size: (${[lead[lead.length - 1], ...size].join('x')}). Calculated output size: (${[lead[lead.length - 1], ...out].join('x')}). Output size is too small`,
    'TSJ_SHAPE_OUTPUT',
  )
  const fill = (list: number[], filler: number): number[] => [...new Array<number>(3 - spatial).fill(filler), ...list]
  return {
    planes: product(lead),
    size: fill(size, 1),
    kernel: fill(k, 1),
    stride: fill(s, 1),
    padding: fill(p, 0),
    dilation: fill(l, 1),
    out: fill(out, 1),
    shape: [...lead, ...out],
  }
}

/** With `ceilMode` a last, partial window counts if it starts inside the input or its left padding. */
function pooledSize(size: number, kernel: number, stride: number, padding: number, dilation: number, ceilMode: boolean): number {
  const n = Math.floor((size + 2 * padding - dilation * (kernel - 1) - 1 + (ceilMode ? stride - 1 : 0)) / stride) + 1
  return ceilMode && (n - 1) * stride >= size + padding ? n - 1 : n
}

function maxPool(spatial: number, wantsIndices: boolean, name: string) {
  return (
    d: Dispatcher,
    input: Tensor,
    kernel: number[],
    stride: number[],
    padding: number[],
    dilation: number[],
    ceilMode: boolean,
  ): Tensor | Tensor[] => {
    const w = windowsOf(input, spatial, name, kernel, stride, padding, dilation, ceilMode)
    if (input.dtype === 'bool' || isComplex(input)) throw notImplemented(name, input.dtype)
    const values = output(d, w.shape, input.dtype, input.device)
    const places = wantsIndices ? output(d, w.shape, 'int64', input.device) : undefined
    maxOfWindows(w, readNumbers(input), values.data, places?.data)
    return places ? [values.finish(), places.finish()] : values.finish()
  }
}

/** NaN wins over everything, the first of equals over the later ones. Places are offsets in the plane. */
function maxOfWindows(
  w: Windows,
  input: ArrayLike<number>,
  values: { [i: number]: number },
  places: { [i: number]: number } | undefined,
): void {
  const [sizeD, sizeH, sizeW] = w.size
  const [outD, outH, outW] = w.out
  const first = (at: number, step: number): number => (at < 0 ? at + Math.ceil(-at / step) * step : at)
  const [stepD, stepH, stepW] = w.dilation
  let to = 0
  for (let plane = 0; plane < w.planes; plane++) {
    const base = plane * sizeD * sizeH * sizeW
    for (let oz = 0; oz < outD; oz++) {
      const z0 = oz * w.stride[0] - w.padding[0]
      const zEnd = Math.min(z0 + (w.kernel[0] - 1) * stepD + 1, sizeD)
      const zBegin = first(z0, stepD)
      for (let oy = 0; oy < outH; oy++) {
        const y0 = oy * w.stride[1] - w.padding[1]
        const yEnd = Math.min(y0 + (w.kernel[1] - 1) * stepH + 1, sizeH)
        const yBegin = first(y0, stepH)
        for (let ox = 0; ox < outW; ox++, to++) {
          const x0 = ox * w.stride[2] - w.padding[2]
          const xEnd = Math.min(x0 + (w.kernel[2] - 1) * stepW + 1, sizeW)
          const xBegin = first(x0, stepW)
          let best = Number.NEGATIVE_INFINITY
          let place = (zBegin * sizeH + yBegin) * sizeW + xBegin
          for (let z = zBegin; z < zEnd; z += stepD) {
            for (let y = yBegin; y < yEnd; y += stepH) {
              const line = (z * sizeH + y) * sizeW
              for (let x = xBegin; x < xEnd; x += stepW) {
                const value = input[base + line + x]
                if (value > best || Number.isNaN(value)) {
                  best = value
                  place = line + x
                }
              }
            }
          }
          values[to] = best
          if (places) places[to] = place
        }
      }
    }
  }
}

/** Window `o` of dimension `i`: the cells inside, and how many there are with the padding. */
function avgBounds(w: Windows, i: number, o: number): { begin: number; end: number; padded: number } {
  const begin = o * w.stride[i] - w.padding[i]
  const end = Math.min(begin + w.kernel[i], w.size[i] + w.padding[i])
  return { begin: Math.max(begin, 0), end: Math.min(end, w.size[i]), padded: end - begin }
}

function avgPool(spatial: number, name: string) {
  return (
    d: Dispatcher,
    input: Tensor,
    kernel: number[],
    stride: number[],
    padding: number[],
    ceilMode: boolean,
    countIncludePad: boolean,
    divisor: number | null = null,
  ): Tensor => {
    const w = windowsOf(input, spatial, name, kernel, stride, padding, [1], ceilMode)
    check(divisor !== 0, () => 'divisor must be not zero', 'TSJ_SHAPE_WINDOW')
    if (!isFloating(input) && input.dtype !== 'int64') throw notImplemented(`${name}_out_frame`, input.dtype)
    const result = output(d, w.shape, input.dtype, input.device)
    const values = readNumbers(input)
    const whole = !isFloating(input)
    const [sizeD, sizeH, sizeW] = w.size
    const bounds = w.out.map((n, i) => Array.from({ length: n }, (_, o) => avgBounds(w, i, o)))
    let to = 0
    for (let plane = 0; plane < w.planes; plane++) {
      const base = plane * sizeD * sizeH * sizeW
      for (const z of bounds[0]) {
        for (const y of bounds[1]) {
          for (const x of bounds[2]) {
            const at = to++
            const cells = (z.end - z.begin) * (y.end - y.begin) * (x.end - x.begin)
            if (z.end <= z.begin || y.end <= y.begin || x.end <= x.begin) continue
            let sum = 0
            for (let i = z.begin; i < z.end; i++) {
              for (let j = y.begin; j < y.end; j++) {
                const line = base + (i * sizeH + j) * sizeW
                for (let k = x.begin; k < x.end; k++) sum += values[line + k]
              }
            }
            const count = divisor ?? (countIncludePad ? z.padded * y.padded * x.padded : cells)
            result.data[at] = whole ? Math.trunc(sum / count) : sum / count
          }
        }
      }
    }
    return result.finish()
  }
}

function maxUnpool(d: Dispatcher, input: Tensor, indices: Tensor, size: number[], spatial: number): Tensor {
  check(
    indices.dtype === 'int64',
    () => `elements in indices should be type int64 but got: ${dtypeName(indices.dtype)}`,
    'TSJ_DTYPE_MISMATCH',
  )
  check(
    input.shape.length === indices.shape.length && input.shape.every((n, i) => n === indices.shape[i]),
    () =>
      `Expected shape of indices to be same as that of the input tensor (${shapeText(input.shape)}) but got indices tensor with shape: ${shapeText(indices.shape)}`,
    'TSJ_SHAPE_MISMATCH',
  )
  check(
    size.length === spatial,
    () =>
      `There should be exactly ${spatial === 2 ? 'two' : 'three'} elements (${spatial === 2 ? 'height, width' : 'depth, height, width'}) in output_size, but got ${size.length} elements.`,
    'TSJ_SHAPE_WINDOW',
  )
  const lead = input.shape.slice(0, -spatial)
  const plane = product(size)
  const each = product(input.shape.slice(-spatial))
  const result = output(d, [...lead, ...size], input.dtype, input.device)
  const values = readNumbers(input)
  const places = readIndices(indices)
  for (let i = 0; i < values.length; i++) {
    const place = places[i]
    check(
      place >= 0 && place < plane,
      () => `Found an invalid max index: ${place} (output volumes are of size ${size.join('x')}`,
      'TSJ_INDEX_RANGE',
    )
    result.data[Math.floor(i / each) * plane + place] = values[i]
  }
  return result.finish()
}

/** What each cell gets back: the gradients of the windows whose largest it was. */
function maxPoolBackward(d: Dispatcher, grad: Tensor, input: Tensor, indices: Tensor, spatial: number): Tensor {
  check(
    grad.ndim === indices.ndim && grad.shape.every((n, i) => n === indices.shape[i]),
    () => `Expected grad_output of shape ${shapeText(indices.shape)}, as the indices have, but got ${shapeText(grad.shape)}`,
    'TSJ_SHAPE_MISMATCH',
  )
  const plane = product(input.shape.slice(-spatial))
  const each = product(grad.shape.slice(-spatial))
  const result = output(d, input.shape, input.dtype, input.device)
  const places = readIndices(indices)
  const sums = new Float64Array(input.numel)
  readNumbers(grad).forEach((value: number, i: number) => {
    const place = places[i]
    check(place >= 0 && place < plane, () => `Found an invalid max index: ${place} (planes have ${plane} cells)`, 'TSJ_INDEX_RANGE')
    sums[Math.floor(i / each) * plane + place] += value
  })
  for (let i = 0; i < sums.length; i++) result.data[i] = sums[i]
  return result.finish()
}

export const poolingKernels: KernelTable = {
  'aten::max_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> Tensor':
    maxPool(1, false, 'max_pool1d'),
  'aten::max_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> Tensor':
    maxPool(2, false, 'max_pool2d'),
  'aten::max_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> Tensor':
    maxPool(3, false, 'max_pool3d'),
  'aten::max_pool1d_with_indices(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], int[1] dilation=[1], bool ceil_mode=False) -> (Tensor, Tensor)':
    maxPool(1, true, 'max_pool1d'),
  'aten::max_pool2d_with_indices(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)':
    maxPool(2, true, 'max_pool2d'),
  'aten::max_pool2d_with_indices_backward(Tensor grad_output, Tensor self, int[2] kernel_size, int[2] stride, int[2] padding, int[2] dilation, bool ceil_mode, Tensor indices) -> Tensor':
    (d, grad, input, _kernel, _stride, _padding, _dilation, _ceil, indices) => maxPoolBackward(d, grad, input, indices, 2),
  'aten::max_pool3d_with_indices(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False) -> (Tensor, Tensor)':
    maxPool(3, true, 'max_pool3d'),
  'aten::avg_pool1d(Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=[0], bool ceil_mode=False, bool count_include_pad=True) -> Tensor':
    avgPool(1, 'avg_pool1d'),
  'aten::avg_pool2d(Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor':
    avgPool(2, 'avg_pool2d'),
  'aten::avg_pool3d(Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None) -> Tensor':
    avgPool(3, 'avg_pool3d'),
  'aten::max_unpool2d(Tensor self, Tensor indices, SymInt[2] output_size) -> Tensor': (d, input, indices, size) =>
    maxUnpool(d, input, indices, size, 2),
  'aten::max_unpool3d(Tensor self, Tensor indices, SymInt[3] output_size, int[3] stride, int[3] padding) -> Tensor': (
    d,
    input,
    indices,
    size,
  ) => maxUnpool(d, input, indices, size, 3),
}
