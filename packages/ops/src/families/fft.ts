/** The public Fourier transforms in terms of `_fft_c2c`, `_fft_r2c` and `_fft_c2r`. */
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import type { Decomposition, DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const info = (t: TensorLike): ReturnType<typeof dtypeInfo> => dtypeInfo(t.dtype as DType)

/** 0: nothing, 1: divided by the root of the size, 2: divided by the size. */
function scaling(norm: string | null, forward: boolean): number {
  switch (norm) {
    case null:
    case 'backward':
      return forward ? 0 : 2
    case 'forward':
      return forward ? 2 : 0
    case 'ortho':
      return 1
    default:
      throw new RuntimeError('TSJ_FFT_NORM', `Invalid normalization mode: "${norm}"`)
  }
}

/** Integers become float32; where `complex` is wanted, real becomes complex. */
function promote(op: Dispatch, x: any, complex: boolean, what: string): any {
  const { isComplex, isFloat } = info(x)
  if (isComplex && !complex) throw new RuntimeError('TSJ_FFT_DTYPE', `${what} expects a floating point input tensor, but got ${x.dtype}`)
  const float = isFloat || isComplex ? x : op.call('aten::to.dtype', x, dtypeInfo('float32').code)
  if (!complex || isComplex) return float
  const wide: DType = float.dtype === 'float64' ? 'complex128' : float.dtype === 'float16' ? 'complex32' : 'complex64'
  return op.call('aten::to.dtype', float, dtypeInfo(wide).code)
}

function wrap(dim: number, x: TensorLike): number {
  const rank = Math.max(x.ndim, 1)
  if (dim < -rank || dim >= rank)
    throw new RuntimeError('TSJ_DIM_RANGE', `Dimension out of range (expected to be in range of [${-rank}, ${rank - 1}], but got ${dim})`)
  return dim < 0 ? dim + rank : dim
}

/** Cut or padded with zeros to `sizes` along `dims`. */
function resize(op: Dispatch, x: any, dims: readonly number[], sizes: readonly number[]): any {
  const pads = new Array<number>(2 * x.ndim).fill(0)
  let result = x
  dims.forEach((dim, i) => {
    if (sizes[i] < x.shape[dim]) result = op.call('aten::slice.Tensor', result, dim, 0, sizes[i], 1)
    else pads[2 * (x.ndim - 1 - dim) + 1] = sizes[i] - x.shape[dim]
  })
  return pads.some((n) => n > 0) ? op.call('aten::constant_pad_nd', result, pads, op.int(0)) : result
}

function checkSize(n: number): void {
  if (n < 1) throw new RuntimeError('TSJ_SHAPE_FFT', `Invalid number of data points (${n}) specified`)
}

const c2c =
  (forward: boolean): Decomposition =>
  (op, x: TensorLike, n: number | null, dim: number, norm) => {
    const along = wrap(dim, x)
    const size = n ?? x.shape[along]
    checkSize(size)
    return op.call('aten::_fft_c2c', resize(op, promote(op, x, true, 'fft'), [along], [size]), [along], scaling(norm, forward), forward)
  }

const r2c =
  (what: string, forward: boolean): Decomposition =>
  (op, x: TensorLike, n: number | null, dim: number, norm) => {
    const along = wrap(dim, x)
    const size = n ?? x.shape[along]
    checkSize(size)
    const result = op.call(
      'aten::_fft_r2c',
      resize(op, promote(op, x, false, what), [along], [size]),
      [along],
      scaling(norm, forward),
      true,
    )
    return forward ? result : op.call('aten::conj_physical', result)
  }

const c2r =
  (forward: boolean): Decomposition =>
  (op, x: TensorLike, n: number | null, dim: number, norm) => {
    const along = wrap(dim, x)
    const size = n ?? 2 * (x.shape[along] - 1)
    checkSize(size)
    const half = resize(op, promote(op, x, true, 'irfft'), [along], [Math.floor(size / 2) + 1])
    return op.call('aten::_fft_c2r', forward ? op.call('aten::conj_physical', half) : half, [along], scaling(norm, forward), size)
  }

/** Dimensions and sizes of the n-dimensional transforms. */
function planOf(x: TensorLike, sizes: number[] | null, dims: number[] | null): { dims: number[]; sizes: number[] } {
  const along = dims ? dims.map((dim) => wrap(dim, x)) : sizes ? sizes.map((_, i) => x.ndim - sizes.length + i) : x.shape.map((_, i) => i)
  if (new Set(along).size !== along.length) throw new RuntimeError('TSJ_SHAPE_FFT', 'FFT dims must be unique')
  if (sizes && sizes.length !== along.length)
    throw new RuntimeError('TSJ_SHAPE_FFT', 'When given, dim and shape arguments must have the same length')
  if (sizes && sizes.length > x.ndim)
    throw new RuntimeError('TSJ_SHAPE_FFT', `Got shape with ${sizes.length} values but input tensor only has ${x.ndim} dimensions.`)
  const out = along.map((dim, i) => (sizes && sizes[i] !== -1 ? sizes[i] : x.shape[dim]))
  out.forEach(checkSize)
  return { dims: along, sizes: out }
}

const c2cN =
  (forward: boolean): Decomposition =>
  (op, x: TensorLike, s, dim, norm) => {
    const { dims, sizes } = planOf(x, s, dim)
    const whole = resize(op, promote(op, x, true, 'fftn'), dims, sizes)
    return dims.length ? op.call('aten::_fft_c2c', whole, dims, scaling(norm, forward), forward) : op.call('aten::clone', whole)
  }

const atLeastOne = (dims: number[], what: string): void => {
  if (dims.length === 0) throw new RuntimeError('TSJ_SHAPE_FFT', `${what} must transform at least one axis`)
}

const r2cN =
  (what: string, forward: boolean): Decomposition =>
  (op, x: TensorLike, s, dim, norm) => {
    const { dims, sizes } = planOf(x, s, dim)
    atLeastOne(dims, what)
    const whole = resize(op, promote(op, x, false, what), dims, sizes)
    const mode = scaling(norm, forward)
    if (forward) return op.call('aten::_fft_r2c', whole, dims, mode, true)
    const half = op.call('aten::conj_physical', op.call('aten::_fft_r2c', whole, dims.slice(-1), mode, true))
    return dims.length > 1 ? op.call('aten::_fft_c2c', half, dims.slice(0, -1), mode, false) : half
  }

const c2rN =
  (what: string, forward: boolean): Decomposition =>
  (op, x: TensorLike, s: number[] | null, dim, norm) => {
    const { dims, sizes } = planOf(x, s, dim)
    atLeastOne(dims, what)
    const last = dims.length - 1
    const size = s && s[last] !== -1 ? s[last] : 2 * (x.shape[dims[last]] - 1)
    checkSize(size)
    sizes[last] = Math.floor(size / 2) + 1
    const whole = resize(op, promote(op, x, true, what), dims, sizes)
    const mode = scaling(norm, forward)
    if (!forward) return op.call('aten::_fft_c2r', whole, dims, mode, size)
    const rest = dims.length > 1 ? op.call('aten::_fft_c2c', whole, dims.slice(0, -1), mode, true) : whole
    return op.call('aten::_fft_c2r', op.call('aten::conj_physical', rest), dims.slice(-1), mode, size)
  }

function shift(op: Dispatch, x: TensorLike, dim: number[] | null, amount: (size: number) => number): unknown {
  const dims = dim ? dim.map((n) => wrap(n, x)) : x.shape.map((_, i) => i)
  return op.call(
    'aten::roll',
    x,
    dims.map((n) => amount(x.shape[n])),
    dims,
  )
}

/** Overlapping frames times a window, then their transforms: [..., frequency, frame]. */
function stft(
  op: Dispatch,
  x: any,
  fftSize: number,
  hopLength: number | null,
  winLength: number | null,
  window: any,
  center: boolean,
  padMode: string,
  normalized: boolean,
  onesidedGiven: boolean | null,
  returnComplexGiven: boolean | null,
): unknown {
  const fail = (text: string): never => {
    throw new RuntimeError('TSJ_SHAPE_STFT', text)
  }
  const hop = hopLength ?? Math.floor(fftSize / 4)
  const width = winLength ?? fftSize
  const isComplex = info(x).isComplex || (window !== null && info(window).isComplex)
  const returnComplex =
    returnComplexGiven ??
    (isComplex
      ? true
      : fail(
          'stft requires the return_complex parameter be given for real inputs, and will further require that return_complex=True in a future PyTorch release.',
        ))
  if (x.ndim !== 1 && x.ndim !== 2) fail(`stft(${x.dtype}[${x.shape}]): expected a 1D or 2D tensor`)
  let signal = x.ndim === 1 ? op.call('aten::unsqueeze', x, 0) : x
  if (center) {
    const pad = Math.floor(fftSize / 2)
    const padded = op.call('aten::pad', op.call('aten::unsqueeze', signal, 1), [pad, pad], padMode, null)
    signal = op.call('aten::squeeze.dim', padded, 1)
  }
  const length = signal.shape[1]
  if (fftSize <= 0 || fftSize > length) fail(`stft: expected 0 < n_fft < ${length}, but got n_fft=${fftSize}`)
  if (hop <= 0) fail(`stft: expected hop_length > 0, but got hop_length=${hop}`)
  if (width <= 0 || width > fftSize) fail(`stft: expected 0 < win_length <= n_fft, but got win_length=${width}`)
  if (window !== null && (window.ndim !== 1 || window.shape[0] !== width)) {
    fail(`stft: expected a 1D window tensor of size equal to win_length=${width}, but got window with size [${window.shape}]`)
  }
  let frames = op.call('aten::unfold', signal, -1, fftSize, hop)
  if (width < fftSize || window !== null) frames = op.call('aten::mul.Tensor', frames, centered(op, window, width, fftSize, x))
  const onesided = onesidedGiven ?? !isComplex
  const mode = normalized ? 1 : 0
  const spectrum = info(frames).isComplex
    ? op.call('aten::_fft_c2c', frames, [frames.ndim - 1], mode, true)
    : op.call('aten::_fft_r2c', frames, [frames.ndim - 1], mode, onesided)
  let result = op.call('aten::transpose.int', spectrum, 1, 2)
  if (x.ndim === 1) result = op.call('aten::squeeze.dim', result, 0)
  return returnComplex ? result : op.call('aten::view_as_real', result)
}

/** A window with zeros on both sides, as long as a frame. */
function centered(op: Dispatch, window: any, width: number, size: number, like: any): any {
  const own = window ?? op.call('aten::ones', [width], info(like).isComplex ? null : info(like).code, null, null, null)
  const left = Math.floor((size - width) / 2)
  return op.call('aten::constant_pad_nd', own, [left, size - width - left], op.int(0))
}

/** Frames back from their transforms, added where they overlap, divided by the sum of the squared windows. */
function istft(
  op: Dispatch,
  x: any,
  fftSize: number,
  hopLength: number | null,
  winLength: number | null,
  window: any,
  center: boolean,
  normalized: boolean,
  onesidedGiven: boolean | null,
  length: number | null,
  returnComplex: boolean,
): unknown {
  const fail = (text: string): never => {
    throw new RuntimeError('TSJ_SHAPE_STFT', `istft: ${text}`)
  }
  if (!info(x).isComplex) {
    throw new RuntimeError(
      'TSJ_FFT_DTYPE',
      'istft requires a complex-valued input tensor matching the output from stft with return_complex=True.',
    )
  }
  const hop = hopLength ?? Math.floor(fftSize / 4)
  const width = winLength ?? fftSize
  if (x.ndim !== 2 && x.ndim !== 3) fail(`expected a tensor with 2 or 3 dimensions, but got ${x.ndim}`)
  const spectrum = x.ndim === 2 ? op.call('aten::unsqueeze', x, 0) : x
  const [batch, bins, count] = spectrum.shape
  const onesided = onesidedGiven ?? bins !== fftSize
  const expected = onesided ? Math.floor(fftSize / 2) + 1 : fftSize
  if (bins !== expected)
    fail(
      `expected the frequency dimension (3rd to the last) of the input tensor to match n_fft${onesided ? ' / 2 + 1' : ''} when onesided=${onesided ? 'True' : 'False'}, but got ${bins}`,
    )
  if (hop <= 0 || hop > width) fail('expected 0 < hop_length <= win_length')
  if (width <= 0 || width > fftSize) fail('expected 0 < win_length <= n_fft')
  if (window !== null && (window.ndim !== 1 || window.shape[0] !== width))
    fail('Invalid window shape. window has to be 1D and length of `win_length`')
  const turned = op.call('aten::transpose.int', spectrum, 1, 2)
  const mode = normalized ? 1 : 2
  let frames: any
  if (returnComplex) frames = op.call('aten::_fft_c2c', turned, [2], mode, false)
  else {
    const half = onesided ? turned : op.call('aten::slice.Tensor', turned, -1, 0, Math.floor(fftSize / 2) + 1, 1)
    frames = op.call('aten::_fft_c2r', half, [2], mode, fftSize)
  }
  const real = op.call('aten::real', frames)
  const shape = centered(op, window, width, fftSize, real)
  const total = fftSize + hop * (count - 1)
  const overlap = (columns: any): any => op.call('aten::col2im', columns, [1, total], [1, fftSize], [1, 1], [0, 0], [1, hop])
  const sum = op.call(
    'aten::reshape',
    overlap(op.call('aten::transpose.int', op.call('aten::mul.Tensor', frames, op.call('aten::view', shape, [1, 1, fftSize])), 1, 2)),
    [batch, total],
  )
  const squared = op.call('aten::mul.Tensor', shape, shape)
  const columns = op.call('aten::expand', op.call('aten::view', squared, [1, fftSize, 1]), [1, fftSize, count])
  const envelope = op.call('aten::reshape', overlap(op.call('aten::contiguous', columns)), [1, total])
  const start = center ? Math.floor(fftSize / 2) : 0
  const end = length !== null ? start + length : center ? total - Math.floor(fftSize / 2) : total
  const cut = (t: any): any => op.call('aten::slice.Tensor', t, 1, start, end, 1)
  let result = op.call('aten::div.Tensor', cut(sum), cut(envelope))
  if (x.ndim === 2) result = op.call('aten::squeeze.dim', result, 0)
  const missing = end - total
  return missing > 0 ? op.call('aten::constant_pad_nd', result, [0, missing], op.int(0)) : result
}

export const fftDecompositions: DecompositionTable = {
  'aten::fft_fft': c2c(true),
  'aten::fft_ifft': c2c(false),
  'aten::fft_rfft': r2c('rfft', true),
  'aten::fft_ihfft': r2c('ihfft', false),
  'aten::fft_irfft': c2r(false),
  'aten::fft_hfft': c2r(true),
  'aten::fft_fft2': c2cN(true),
  'aten::fft_ifft2': c2cN(false),
  'aten::fft_fftn': c2cN(true),
  'aten::fft_ifftn': c2cN(false),
  'aten::fft_rfft2': r2cN('rfftn', true),
  'aten::fft_rfftn': r2cN('rfftn', true),
  'aten::fft_ihfft2': r2cN('ihfftn', false),
  'aten::fft_ihfftn': r2cN('ihfftn', false),
  'aten::fft_irfft2': c2rN('irfftn', false),
  'aten::fft_irfftn': c2rN('irfftn', false),
  'aten::fft_hfft2': c2rN('hfftn', true),
  'aten::fft_hfftn': c2rN('hfftn', true),
  'aten::fft_fftshift': (op, x, dim) => shift(op, x, dim, (size) => Math.floor(size / 2)),
  'aten::fft_ifftshift': (op, x, dim) => shift(op, x, dim, (size) => Math.floor((size + 1) / 2)),
  'aten::fft_fftfreq': (op, n: number, d: number, ...options) => {
    const whole = op.call('aten::arange', op.int(n), ...options)
    const half = Math.floor((n + 1) / 2)
    const wrapped = op.call('aten::arange.start', op.int(-Math.floor(n / 2)), op.int(0), ...options)
    const joined = op.call('aten::cat', [op.call('aten::slice.Tensor', whole, 0, 0, half, 1), wrapped], 0)
    return op.call('aten::mul.Scalar', joined, op.float(1 / (n * d)))
  },
  'aten::fft_rfftfreq': (op, n: number, d: number, ...options) =>
    op.call('aten::mul.Scalar', op.call('aten::arange', op.int(Math.floor(n / 2) + 1), ...options), op.float(1 / (n * d))),
  'aten::stft': (op, x, size, hop, width, window, normalized, onesided, returnComplex) =>
    stft(op, x, size, hop, width, window, false, 'reflect', normalized, onesided, returnComplex),
  'aten::stft.center': (op, x, size, hop, width, window, center, padMode, normalized, onesided, returnComplex) =>
    stft(op, x, size, hop, width, window, center, padMode, normalized, onesided, returnComplex),
  'aten::istft': istft,
}
