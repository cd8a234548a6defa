/**
 * `convolution`, ordinary and transposed, of one to three spatial dimensions. Ordinary ones gather patches of the input into the
 * right operand of a matrix product, block by block; transposed ones scatter the products of such a matrix back. Groups of few
 * channels (depthwise) are summed row by row, since nothing would be reused.
 */
import type { Dispatcher, Kernel, KernelTable, Tensor } from '@tsjit/runtime/backend'
import { blockColumns, gemm, multiplyPacked, type NumberArray, packRows } from './nn-gemm.ts'
import { check, dtypeName, isComplex, isFloating, notImplemented, output, product, readNumbers, shapeText } from './nn-host.ts'

interface Plan {
  readonly batch: number
  readonly channels: number
  readonly outChannels: number
  readonly groups: number
  /** Three entries each: depth, height, width; missing ones are 1 (0 for padding). */
  readonly size: readonly number[]
  readonly kernel: readonly number[]
  readonly out: readonly number[]
  readonly stride: readonly number[]
  readonly padding: readonly number[]
  readonly dilation: readonly number[]
}

const convolution: Kernel = (
  d: Dispatcher,
  input: Tensor,
  weight: Tensor,
  bias: Tensor | null,
  stride: number[],
  padding: number[],
  dilation: number[],
  transposed: boolean,
  outputPadding: number[],
  groups: number,
) => {
  const spatial = weight.ndim - 2
  if (isComplex(input) || isComplex(weight))
    return complexConvolution(d, input, weight, bias, stride, padding, dilation, transposed, outputPadding, groups)
  checkArguments(input, weight, bias, spatial, groups, transposed)
  const unbatched = input.ndim === spatial + 1
  const shape = unbatched ? [1, ...input.shape] : input.shape
  const spread = (what: string, list: readonly number[], fallback: number): number[] => {
    if (list.length < 2) return new Array<number>(spatial).fill(list.length ? list[0] : fallback)
    check(
      list.length === spatial,
      () =>
        `expected ${what} to be a single integer value or a list of ${spatial} values to match the convolution dimensions, but got ${what}=${shapeText(list)}`,
      'TSJ_SHAPE_WINDOW',
    )
    return [...list]
  }
  const [steps, pads, dilations, extra] = [
    spread('stride', stride, 1),
    spread('padding', padding, 0),
    spread('dilation', dilation, 1),
    spread('output_padding', outputPadding, 0),
  ]
  checkWindows(steps, pads, dilations, extra, transposed)
  const size = shape.slice(2)
  const kernel = weight.shape.slice(2)
  if (!transposed) checkKernelFits(size, kernel, pads, dilations)
  const out = size.map((n, i) =>
    transposed
      ? (n - 1) * steps[i] - 2 * pads[i] + dilations[i] * (kernel[i] - 1) + extra[i] + 1
      : Math.floor((n + 2 * pads[i] - dilations[i] * (kernel[i] - 1) - 1) / steps[i]) + 1,
  )
  check(
    out.every((n) => n >= 0),
    () =>
      `Given input size per channel: (${size.join(' x ')}). Calculated output size per channel: (${out.join(' x ')}). Output size is too small`,
    'TSJ_SHAPE_OUTPUT',
  )
  const outChannels = transposed ? weight.shape[1] * groups : weight.shape[0]
  const full = [shape[0], outChannels, ...out]
  const result = output(d, unbatched ? full.slice(1) : full, input.dtype, input.device)
  const pad = (list: readonly number[], filler: number): number[] => [...new Array<number>(3 - spatial).fill(filler), ...list]
  const plan: Plan = {
    batch: shape[0],
    channels: shape[1],
    outChannels,
    groups,
    size: pad(size, 1),
    kernel: pad(kernel, 1),
    out: pad(out, 1),
    stride: pad(steps, 1),
    padding: pad(pads, 0),
    dilation: pad(dilations, 1),
  }
  if (result.data.length) {
    const from = readNumbers(input)
    const filters = readNumbers(weight)
    const start = bias ? readNumbers(bias) : undefined
    if (transposed) scatter(plan, from, filters, start, result.data)
    else if (outChannels / groups < 2) direct(plan, from, filters, start, result.data)
    else gather(plan, from, filters, start, result.data)
  }
  return result.finish()
}

function checkArguments(input: Tensor, weight: Tensor, bias: Tensor | null, spatial: number, groups: number, transposed: boolean): void {
  check(spatial >= 1 && spatial <= 3, () => `weight should have at least three dimensions`, 'TSJ_SHAPE_WEIGHT')
  if (input.dtype !== weight.dtype) {
    check(
      false,
      () => `Input type (${dtypeName(input.dtype)}) and weight type (${dtypeName(weight.dtype)}) should be the same`,
      'TSJ_DTYPE_MISMATCH',
    )
  }
  if (!isFloating(input) && input.dtype === 'bool') throw notImplemented('slow_conv2d_cpu', input.dtype)
  check(
    bias === null || bias.dtype === input.dtype,
    () => `Input type (${dtypeName(input.dtype)}) and bias type (${dtypeName(bias!.dtype)}) should be the same`,
    'TSJ_DTYPE_MISMATCH',
  )
  check(
    input.ndim === spatial + 2 || input.ndim === spatial + 1,
    () =>
      `Expected ${spatial + 1}D (unbatched) or ${spatial + 2}D (batched) input to conv${transposed ? '_transpose' : ''}${spatial}d, but got input of size: ${shapeText(input.shape)}`,
    'TSJ_SHAPE_INPUT',
  )
  check(groups > 0, () => 'non-positive groups is not supported', 'TSJ_SHAPE_GROUPS')
  const channels = input.shape[input.ndim - spatial - 1]
  const expected = transposed ? weight.shape[0] : weight.shape[1] * groups
  const head = `Given ${transposed ? 'transposed=1' : `groups=${groups}`}, weight of size ${shapeText(weight.shape)}`
  check(
    transposed || weight.shape[0] >= groups,
    () =>
      `Given groups=${groups}, expected weight to be at least ${groups} at dimension 0, but got weight of size [${shapeText(weight.shape)}] instead`,
    'TSJ_SHAPE_GROUPS',
  )
  check(
    weight.shape[0] % groups === 0,
    () =>
      `Given groups=${groups}, expected weight to be divisible by ${groups} at dimension 0, but got weight of size [${shapeText(weight.shape)}] instead`,
    'TSJ_SHAPE_GROUPS',
  )
  check(
    channels === expected,
    () => `${head}, expected input${shapeText(input.shape)} to have ${expected} channels, but got ${channels} channels instead`,
    'TSJ_SHAPE_CHANNELS',
  )
  const outChannels = transposed ? weight.shape[1] * groups : weight.shape[0]
  check(
    bias === null || (bias.ndim === 1 && bias.shape[0] === outChannels),
    () =>
      `Given weight of size ${shapeText(weight.shape)}, expected bias to be 1-dimensional with ${outChannels} elements, but got bias of size ${shapeText(bias!.shape)} instead`,
    'TSJ_SHAPE_BIAS',
  )
}

function checkWindows(stride: number[], padding: number[], dilation: number[], outputPadding: number[], transposed: boolean): void {
  check(
    padding.every((n) => n >= 0),
    () => 'negative padding is not supported',
    'TSJ_SHAPE_PADDING',
  )
  check(
    stride.every((n) => n > 0),
    () => 'non-positive stride is not supported',
    'TSJ_SHAPE_STRIDE',
  )
  check(
    dilation.every((n) => n > 0),
    () => `dilation should be greater than zero, but got ${shapeText(dilation)}`,
    'TSJ_SHAPE_DILATION',
  )
  check(
    outputPadding.every((n) => n >= 0),
    () => 'negative output_padding is not supported',
    'TSJ_SHAPE_PADDING',
  )
  if (transposed) {
    check(
      outputPadding.every((n, i) => n < stride[i] || n < dilation[i]),
      () =>
        `output padding must be smaller than either stride or dilation, but got ${names('output_padding', outputPadding)} ${names('stride', stride)} ${names('dilation', dilation)}`,
      'TSJ_SHAPE_PADDING',
    )
  }
}

/** `stride_height: 1 stride_width: 1` */
function names(what: string, values: readonly number[]): string {
  return values.map((value, i) => `${what}_${['depth', 'height', 'width'][3 - values.length + i]}: ${value}`).join(' ')
}

function checkKernelFits(size: readonly number[], kernel: readonly number[], padding: number[], dilation: number[]): void {
  const padded = size.map((n, i) => n + 2 * padding[i])
  const extent = kernel.map((n, i) => dilation[i] * (n - 1) + 1)
  check(
    padded.every((n, i) => n >= extent[i]),
    () =>
      `Calculated padded input size per channel: (${padded.join(' x ')}). Kernel size: (${extent.join(' x ')}). Kernel size can't be greater than actual input size`,
    'TSJ_SHAPE_KERNEL',
  )
}

/** Patches into packed columns, then one matrix product a block. */
function gather(plan: Plan, input: NumberArray, weight: NumberArray, bias: NumberArray | undefined, out: NumberArray): void {
  const { batch, groups } = plan
  const channels = plan.channels / groups
  const outChannels = plan.outChannels / groups
  const plane = product(plan.size)
  const outPlane = product(plan.out)
  const depth = channels * product(plan.kernel)
  const block = Math.min(blockColumns(depth), Math.ceil(outPlane / 4) * 4)
  const packed = new Float64Array(block * depth)
  const offsets = patchOffsets(plan, channels)
  for (let g = 0; g < groups; g++) {
    const filters = packRows({ data: weight, offset: g * outChannels * depth, row: depth, column: 1 }, outChannels, depth)
    for (let n = 0; n < batch; n++) {
      const from = (n * plan.channels + g * channels) * plane
      const target = { data: out, offset: (n * plan.outChannels + g * outChannels) * outPlane, row: outPlane, column: 1 }
      for (let first = 0; first < outPlane; first += block) {
        const count = Math.min(block, outPlane - first)
        packPatches(plan, input, from, first, count, depth, offsets, packed)
        multiplyPacked(filters, packed, outChannels, count, depth, target, first)
      }
    }
  }
  if (bias) addBias(plan, bias, out)
}

function addBias(plan: Plan, bias: NumberArray, out: NumberArray): void {
  const outPlane = product(plan.out)
  for (let row = 0, at = 0; row < plan.batch * plan.outChannels; row++) {
    const value = bias[row % plan.outChannels]
    for (let i = 0; i < outPlane; i++, at++) out[at] += value
  }
}

/** For every row of the patch matrix: its offset from the window's origin, and its place in the window. */
function patchOffsets(plan: Plan, channels: number): { offset: Int32Array; z: Int32Array; y: Int32Array; x: Int32Array } {
  const [kd, kh, kw] = plan.kernel
  const [, height, width] = plan.size
  const rows = channels * kd * kh * kw
  const [offset, z, y, x] = [new Int32Array(rows), new Int32Array(rows), new Int32Array(rows), new Int32Array(rows)]
  let k = 0
  for (let c = 0; c < channels; c++) {
    for (let a = 0; a < kd; a++) {
      for (let b = 0; b < kh; b++) {
        for (let e = 0; e < kw; e++, k++) {
          z[k] = a * plan.dilation[0]
          y[k] = b * plan.dilation[1]
          x[k] = e * plan.dilation[2]
          offset[k] = ((c * plan.size[0] + z[k]) * height + y[k]) * width + x[k]
        }
      }
    }
  }
  return { offset, z, y, x }
}

/** Columns `first`... of the patch matrix of the image at `from`, in panels of 4. */
function packPatches(
  plan: Plan,
  input: NumberArray,
  from: number,
  first: number,
  count: number,
  depth: number,
  offsets: ReturnType<typeof patchOffsets>,
  packed: Float64Array,
): void {
  const [sizeD, sizeH, sizeW] = plan.size
  const [, outH, outW] = plan.out
  const { offset, z, y, x } = offsets
  const [extentD, extentH, extentW] = plan.kernel.map((n, i) => (n - 1) * plan.dilation[i])
  for (let p = 0; p < count; p += 4) {
    for (let j = 0; j < 4; j++) {
      let to = p * depth + j
      if (p + j >= count) {
        for (let k = 0; k < depth; k++, to += 4) packed[to] = 0
        continue
      }
      const position = first + p + j
      const ox = position % outW
      const oy = Math.floor(position / outW) % outH
      const oz = Math.floor(position / (outW * outH))
      const startZ = oz * plan.stride[0] - plan.padding[0]
      const startY = oy * plan.stride[1] - plan.padding[1]
      const startX = ox * plan.stride[2] - plan.padding[2]
      const origin = from + (startZ * sizeH + startY) * sizeW + startX
      const inside =
        startZ >= 0 && startZ + extentD < sizeD && startY >= 0 && startY + extentH < sizeH && startX >= 0 && startX + extentW < sizeW
      if (inside) {
        for (let k = 0; k < depth; k++, to += 4) packed[to] = input[origin + offset[k]]
      } else {
        for (let k = 0; k < depth; k++, to += 4) {
          const iz = startZ + z[k]
          const iy = startY + y[k]
          const ix = startX + x[k]
          packed[to] = iz >= 0 && iz < sizeD && iy >= 0 && iy < sizeH && ix >= 0 && ix < sizeW ? input[origin + offset[k]] : 0
        }
      }
    }
  }
}

/** Window by window, row by row: for groups of a channel or two. */
function direct(plan: Plan, input: NumberArray, weight: NumberArray, bias: NumberArray | undefined, out: NumberArray): void {
  const { batch, groups } = plan
  const channels = plan.channels / groups
  const outChannels = plan.outChannels / groups
  const [sizeD, sizeH, sizeW] = plan.size
  const [kd, kh, kw] = plan.kernel
  const [outD, outH, outW] = plan.out
  const [strideD, strideH, strideW] = plan.stride
  const row = new Float64Array(outW)
  const window = kd * kh * kw
  let to = 0
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < plan.outChannels; o++) {
      const group = Math.floor(o / outChannels)
      for (let oz = 0; oz < outD; oz++) {
        for (let oy = 0; oy < outH; oy++) {
          row.fill(bias ? bias[o] : 0)
          for (let c = 0; c < channels; c++) {
            const plane = (n * plan.channels + group * channels + c) * sizeD
            const filter = (o * channels + c) * window
            for (let a = 0; a < kd; a++) {
              const iz = oz * strideD - plan.padding[0] + a * plan.dilation[0]
              if (iz < 0 || iz >= sizeD) continue
              for (let b = 0; b < kh; b++) {
                const iy = oy * strideH - plan.padding[1] + b * plan.dilation[1]
                if (iy < 0 || iy >= sizeH) continue
                const line = ((plane + iz) * sizeH + iy) * sizeW
                for (let e = 0; e < kw; e++) {
                  const factor = weight[filter + (a * kh + b) * kw + e]
                  const shift = e * plan.dilation[2] - plan.padding[2]
                  const begin = shift < 0 ? Math.ceil(-shift / strideW) : 0
                  const end = Math.min(outW, Math.floor((sizeW - 1 - shift) / strideW) + 1)
                  for (let ox = begin, at = line + begin * strideW + shift; ox < end; ox++, at += strideW) row[ox] += factor * input[at]
                }
              }
            }
          }
          out.set(row, to)
          to += outW
        }
      }
    }
  }
}

/** Transposed: weightᵀ times input gives every patch; patches add up where windows overlap. */
function scatter(plan: Plan, input: NumberArray, weight: NumberArray, bias: NumberArray | undefined, out: NumberArray): void {
  const { batch, groups } = plan
  const channels = plan.channels / groups
  const outChannels = plan.outChannels / groups
  const [sizeD, sizeH, sizeW] = plan.size
  const [kd, kh, kw] = plan.kernel
  const [outD, outH, outW] = plan.out
  const window = kd * kh * kw
  const plane = sizeD * sizeH * sizeW
  const outPlane = outD * outH * outW
  const sums = new Float64Array(outPlane)
  // as many output channels at once as a few million doubles hold
  const chunk = Math.max(1, Math.min(outChannels, Math.floor(2 ** 21 / (window * plane))))
  const patches = new Float64Array(chunk * window * plane)
  for (let n = 0; n < batch; n++) {
    for (let o = 0; o < plan.outChannels; o++) {
      const g = Math.floor(o / outChannels)
      const within = o % outChannels
      if (within % chunk === 0) {
        gemm(
          window * Math.min(chunk, outChannels - within),
          plane,
          channels,
          { data: weight, offset: (g * channels * outChannels + within) * window, row: 1, column: outChannels * window },
          { data: input, offset: (n * plan.channels + g * channels) * plane, row: plane, column: 1 },
          { data: patches, offset: 0, row: plane, column: 1 },
        )
      }
      sums.fill(bias ? bias[o] : 0)
      let at = (within % chunk) * window * plane
      for (let a = 0; a < kd; a++) {
        for (let b = 0; b < kh; b++) {
          for (let e = 0; e < kw; e++) {
            for (let iz = 0; iz < sizeD; iz++) {
              const oz = iz * plan.stride[0] - plan.padding[0] + a * plan.dilation[0]
              for (let iy = 0; iy < sizeH; iy++) {
                const oy = iy * plan.stride[1] - plan.padding[1] + b * plan.dilation[1]
                if (oz < 0 || oz >= outD || oy < 0 || oy >= outH) {
                  at += sizeW
                  continue
                }
                const line = (oz * outH + oy) * outW
                let ox = e * plan.dilation[2] - plan.padding[2]
                for (let ix = 0; ix < sizeW; ix++, ox += plan.stride[2], at++) if (ox >= 0 && ox < outW) sums[line + ox] += patches[at]
              }
            }
          }
        }
      }
      out.set(sums, (n * plan.outChannels + o) * outPlane)
    }
  }
}

/** (a + bi) * (c + di) from three real convolutions, as PyTorch does it. */
function complexConvolution(d: Dispatcher, input: Tensor, weight: Tensor, bias: Tensor | null, ...rest: unknown[]): Tensor {
  const part = (t: Tensor, which: 'real' | 'imag'): Tensor => (isComplex(t) ? d.call(`aten::${which}`, t) : t)
  const run = (x: Tensor, w: Tensor, b: Tensor | null): Tensor => d.call('aten::convolution', x, w, b, ...rest)
  const a = run(part(input, 'real'), part(weight, 'real'), null)
  const b = run(part(input, 'imag'), part(weight, 'imag'), null)
  const sum = run(
    d.call('aten::add.Tensor', part(input, 'real'), part(input, 'imag')),
    d.call('aten::add.Tensor', part(weight, 'real'), part(weight, 'imag')),
    null,
  )
  const real = d.call('aten::sub.Tensor', a, b)
  const imaginary = d.call('aten::sub.Tensor', d.call('aten::sub.Tensor', sum, a), b)
  const result = d.call('aten::complex', real, imaginary)
  if (!bias) return result
  const spatial = weight.ndim - 2
  return d.call('aten::add.Tensor', result, d.call('aten::view', bias, [bias.shape[0], ...new Array<number>(spatial).fill(1)]))
}

export const convolutionKernels: KernelTable = {
  'aten::convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups) -> Tensor':
    convolution,
  'aten::_convolution(Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] dilation, bool transposed, SymInt[] output_padding, SymInt groups, bool benchmark, bool deterministic, bool cudnn_enabled, bool allow_tf32) -> Tensor':
    convolution,
}
