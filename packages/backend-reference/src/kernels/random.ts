/** Random tensors and dropout. */
import {
  type Device,
  type Dispatcher,
  defaultGenerator,
  dtypeArgument,
  fromNumbers,
  Generator,
  type Kernel,
  type KernelTable,
  memoryFormat,
  preservedStrides,
  readNumbers,
  type ScalarValue,
  stridesForFormat,
  type Tensor,
  writeNumbers,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { numberOf } from '../pointwise.ts'

type Draw = () => number

const generatorOf = (generator: unknown): Generator => (generator instanceof Generator ? generator : defaultGenerator)

/** Uniform in [0, 1) with as many bits as the dtype's tensors get. */
function uniform(generator: Generator, dtype: DType): Draw {
  return dtype === 'float64' || dtype === 'complex128' ? () => generator.uniform53() : () => generator.uniform24()
}

/** Fills a tensor in logical order. */
function fill(self: Tensor, draw: Draw): Tensor {
  const values = new Float64Array(self.numel)
  for (let i = 0; i < values.length; i++) values[i] = draw()
  writeNumbers(self, values)
  return self
}

function empty(d: Dispatcher, size: readonly number[], dtype: DType, device: Device | null): Tensor {
  const bad = size.find((extent) => extent < 0)
  if (bad !== undefined)
    throw new RuntimeError('TSJ_SHAPE_NEGATIVE', `Trying to create tensor with negative dimension ${bad}: [${size.join(', ')}]`)
  return d.empty(size, dtype, device ?? d.defaultDevice)
}

function like(d: Dispatcher, self: Tensor, code: number | null, device: Device | null, format: number | null): Tensor {
  const strides =
    format === null || format === memoryFormat.preserve ? preservedStrides(self.shape, self.strides) : stridesForFormat(self.shape, format)
  return d.empty(self.shape, dtypeArgument(code, self.dtype), device ?? self.device, strides)
}

function rand(target: Tensor, generator: unknown): Tensor {
  return fill(target, uniform(generatorOf(generator), target.dtype))
}

function randn(target: Tensor, generator: unknown, mean = 0, deviation = 1): Tensor {
  const source = generatorOf(generator)
  if (target.numel >= 16 && target.isContiguous)
    return writeAll(target, normalBlocks(target.numel, uniform(source, target.dtype), mean, deviation))
  return fill(target, () => mean + deviation * source.normal())
}

function writeAll(target: Tensor, values: Float64Array): Tensor {
  writeNumbers(target, values)
  return target
}

/** As PyTorch fills large tensors: uniform numbers first, then Box and Muller over blocks of 16; the last block is drawn anew where it overlaps. */
function normalBlocks(count: number, draw: Draw, mean: number, deviation: number): Float64Array {
  const values = Float64Array.from({ length: count }, draw)
  const transform = (start: number) => {
    for (let j = start; j < start + 8; j++) {
      const radius = Math.sqrt(-2 * Math.log(1 - values[j]))
      const angle = 2 * Math.PI * values[j + 8]
      values[j] = radius * Math.cos(angle) * deviation + mean
      values[j + 8] = radius * Math.sin(angle) * deviation + mean
    }
  }
  for (let start = 0; start + 16 <= count; start += 16) transform(start)
  if (count % 16) {
    for (let i = count - 16; i < count; i++) values[i] = draw()
    transform(count - 16)
  }
  return values
}

function randint(target: Tensor, low: number, high: number, generator: unknown): Tensor {
  if (low >= high) throw new RuntimeError('TSJ_RANDINT', `random_ expects 'from' to be less than 'to', but got from=${low} >= to=${high}`)
  const source = generatorOf(generator)
  const span = high - low
  return fill(target, () => low + (span < 4294967296 ? source.random() % span : Number(source.random64() % BigInt(span))))
}

function randperm(d: Dispatcher, n: number, generator: unknown, code: number | null, device: Device | null): Tensor {
  if (n < 0) throw new RuntimeError('TSJ_RANDPERM', `n must be non-negative, got ${n}`)
  const source = generatorOf(generator)
  const order = Float64Array.from({ length: n }, (_, i) => i)
  for (let i = 0; i < n - 1; i++) {
    const j = i + (source.random() % (n - i))
    const kept = order[i]
    order[i] = order[j]
    order[j] = kept
  }
  return fromNumbers(d, order, [n], dtypeArgument(code, 'int64'), device ?? d.defaultDevice)
}

function bernoulliInto(self: Tensor, p: number | Tensor, generator: unknown): Tensor {
  const source = generatorOf(generator)
  const chances = typeof p === 'number' ? undefined : readNumbers(p)
  let i = 0
  const chance = () => (chances ? chances[chances.length === 1 ? 0 : i++] : (p as number))
  const check = (value: number) => {
    if (!(value >= 0 && value <= 1)) throw new RuntimeError('TSJ_PROBABILITY', `bernoulli_ expects p to be in [0, 1], but got p=${value}`)
    return value
  }
  if (!chances) check(p as number)
  // one probability for all is compared in double precision, probabilities in a tensor in the tensor's
  const draw = chances ? uniform(source, (p as Tensor).dtype) : () => source.uniform53()
  return fill(self, () => (draw() < check(chance()) ? 1 : 0))
}

function bernoulliTensor(d: Dispatcher, self: Tensor, p: Tensor, generator: unknown): Tensor {
  return bernoulliInto(self, p.numel === 1 ? p : d.call('aten::expand', p, self.shape), generator)
}

function uniformInto(self: Tensor, from: number, to: number, generator: unknown): Tensor {
  if (!(from <= to))
    throw new RuntimeError('TSJ_UNIFORM', `uniform_ expects to return a [from, to) range, but found from=${from} > to=${to}`)
  const draw = uniform(generatorOf(generator), self.dtype)
  return fill(self, () => from + (to - from) * draw())
}

function normalInto(self: Tensor, mean: number, deviation: number, generator: unknown): Tensor {
  if (!(deviation >= 0)) throw new RuntimeError('TSJ_NORMAL', `normal expects std >= 0.0, but found std ${deviation}`)
  return randn(self, generator, mean, deviation)
}

function normalOf(d: Dispatcher, mean: Tensor | number, deviation: Tensor | number, generator: unknown): Tensor {
  const means = typeof mean === 'number' ? undefined : mean
  const deviations = typeof deviation === 'number' ? undefined : deviation
  const base = (means ?? deviations)!
  const shape = means && deviations ? (d.call('aten::broadcast_tensors', [means, deviations])[0] as Tensor).shape : base.shape
  const noise = randn(d.empty(shape, base.dtype, base.device), generator)
  const scaled = d.call(deviations ? 'aten::mul.Tensor' : 'aten::mul.Scalar', noise, deviations ?? d.float(deviation as number))
  return d.call(means ? 'aten::add.Tensor' : 'aten::add.Scalar', scaled, means ?? d.float(mean as number))
}

function multinomial(d: Dispatcher, self: Tensor, samples: number, replacement: boolean, generator: unknown): Tensor {
  if (self.ndim < 1 || self.ndim > 2) throw new RuntimeError('TSJ_MULTINOMIAL', 'prob_dist must be 1 or 2 dim')
  if (!dtypeInfo(self.dtype).isFloat)
    throw new RuntimeError('TSJ_MULTINOMIAL', `multinomial only supports floating-point dtypes for input, got: ${self.dtype}`)
  if (samples <= 0) throw new RuntimeError('TSJ_MULTINOMIAL', 'cannot sample n_sample <= 0 samples')
  const categories = self.shape[self.ndim - 1]
  if (!replacement && samples > categories)
    throw new RuntimeError('TSJ_MULTINOMIAL', 'cannot sample n_sample > prob_dist.size(-1) samples without replacement')
  const values = readNumbers(self)
  const rows = values.length / categories
  const source = generatorOf(generator)
  const result = new Float64Array(rows * samples)
  for (let row = 0; row < rows; row++) {
    const weights = Array.from(values.subarray(row * categories, (row + 1) * categories) as Float64Array)
    if (weights.some((weight) => !(weight >= 0) || weight === Number.POSITIVE_INFINITY)) {
      throw new RuntimeError('TSJ_MULTINOMIAL', 'probability tensor contains either `inf`, `nan` or element < 0')
    }
    for (let k = 0; k < samples; k++) {
      const total = weights.reduce((sum, weight) => sum + weight, 0)
      if (total <= 0) throw new RuntimeError('TSJ_MULTINOMIAL', 'invalid multinomial distribution (sum of probabilities <= 0)')
      let rest = source.uniform53() * total
      let pick = weights.findIndex((weight) => (rest -= weight) < 0)
      if (pick < 0) pick = weights.findLastIndex((weight) => weight > 0)
      result[row * samples + k] = pick
      if (!replacement) weights[pick] = 0
    }
  }
  return fromNumbers(d, result, self.ndim === 1 ? [samples] : [rows, samples], 'int64', self.device)
}

function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RuntimeError('TSJ_PROBABILITY', `dropout probability has to be between 0 and 1, but got ${p}`)
}

/** One draw an element, or one a channel of each sample for feature dropout; alpha dropout keeps mean and variance. */
function dropout(feature: boolean, alpha: boolean) {
  return (d: Dispatcher, self: Tensor, p: number, train: boolean): Tensor => {
    checkProbability(p)
    if (p === 0 || !train || self.numel === 0) return self
    if (p === 1) return d.call('aten::mul.Tensor', self, d.call('aten::zeros', [], dtypeInfo(self.dtype).code))
    if (feature && self.ndim < 2) throw new RuntimeError('TSJ_SHAPE_DROPOUT', 'Feature dropout requires at least 2 dimensions in the input')
    const shape = feature ? self.shape.map((size, i) => (i < 2 ? size : 1)) : self.shape
    const noise = bernoulliInto(d.empty(shape, self.dtype, self.device), 1 - p, null)
    if (!alpha) return d.call('aten::mul.Tensor', self, d.call('aten::div.Scalar', noise, d.float(1 - p)))
    const saturated = 1.7580993408473766
    const a = 1 / Math.sqrt((saturated * saturated * p + 1) * (1 - p))
    const shift: Tensor = d.call('aten::mul.Scalar', d.call('aten::add.Scalar', noise, d.float(-1)), d.float(saturated * a))
    const moved = d.call('aten::add.Scalar', shift, d.float(saturated * a * p))
    return d.call('aten::add.Tensor', d.call('aten::mul.Tensor', self, d.call('aten::mul.Scalar', noise, d.float(a))), moved)
  }
}

const inPlace =
  (kernel: (d: Dispatcher, self: Tensor, p: number, train: boolean) => Tensor): Kernel =>
  (d, self, p, train) => {
    const result = kernel(d, self, p, train)
    return result === self ? self : d.call('aten::copy_', self, result)
  }

function nativeDropout(d: Dispatcher, self: Tensor, p: number, train: boolean | null): [Tensor, Tensor] {
  if (train === false || self.numel === 0) return [d.call('aten::clone', self), d.call('aten::ones_like', self, dtypeInfo('bool').code)]
  const mask = bernoulliInto(d.call('aten::empty_like', self, dtypeInfo('bool').code), 1 - p, null)
  const scale = p === 1 ? 0 : 1 / (1 - p)
  return [d.call('aten::mul.Scalar', d.call('aten::mul.Tensor', self, mask), d.float(scale)), mask]
}

function rrelu(d: Dispatcher, self: Tensor, lower: ScalarValue, upper: ScalarValue, training: boolean, generator: unknown): Tensor {
  const low = numberOf(lower)
  const high = numberOf(upper)
  if (!training) return d.call('aten::leaky_relu', self, d.float((low + high) / 2))
  const slopes = uniformInto(d.call('aten::empty_like', self), low, high, generator)
  return d.call('aten::where.self', d.call('aten::le.Scalar', self, d.int(0)), d.call('aten::mul.Tensor', self, slopes), self)
}

const plain = dropout(false, false)
const byFeature = dropout(true, false)
const alphaPlain = dropout(false, true)
const alphaFeature = dropout(true, true)

/** What `random_` without bounds draws from: the integers that the dtype holds exactly. */
const randomLimits: Partial<Record<DType, number>> = {
  bool: 2,
  uint8: 256,
  int8: 128,
  int16: 32768,
  int32: 2147483648,
  int64: 2 ** 53,
  float16: 2049,
  bfloat16: 257,
  float32: 16777217,
  float64: 2 ** 53,
}

export const randomKernels: KernelTable = {
  'aten::rand(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor': (
    d,
    size,
    dtype,
    _layout,
    device,
  ) => rand(empty(d, size, dtypeArgument(dtype, d.defaultDType), device), null),
  'aten::rand.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, size, generator, dtype, _layout, device) => rand(empty(d, size, dtypeArgument(dtype, d.defaultDType), device), generator),
  'aten::rand_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (d, self, dtype, _layout, device, _pin, format) => rand(like(d, self, dtype, device, format), null),
  'aten::randn(SymInt[] size, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor': (
    d,
    size,
    dtype,
    _layout,
    device,
  ) => randn(empty(d, size, dtypeArgument(dtype, d.defaultDType), device), null),
  'aten::randn.generator(SymInt[] size, *, Generator? generator, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, size, generator, dtype, _layout, device) => randn(empty(d, size, dtypeArgument(dtype, d.defaultDType), device), generator),
  'aten::randn_like(Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (d, self, dtype, _layout, device, _pin, format) => randn(like(d, self, dtype, device, format), null),
  'aten::randint(SymInt high, SymInt[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, high, size, dtype, _layout, device) => randint(empty(d, size, dtypeArgument(dtype, 'int64'), device), 0, high, null),
  'aten::randint.generator(SymInt high, SymInt[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, high, size, generator, dtype, _layout, device) =>
      randint(empty(d, size, dtypeArgument(dtype, 'int64'), device), 0, high, generator),
  'aten::randint.low(SymInt low, SymInt high, SymInt[] size, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, low, high, size, dtype, _layout, device) => randint(empty(d, size, dtypeArgument(dtype, 'int64'), device), low, high, null),
  'aten::randint.low_generator(SymInt low, SymInt high, SymInt[] size, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, low, high, size, generator, dtype, _layout, device) =>
      randint(empty(d, size, dtypeArgument(dtype, 'int64'), device), low, high, generator),
  'aten::randint_like(Tensor self, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (d, self, high, dtype, _layout, device, _pin, format) => randint(like(d, self, dtype, device, format), 0, high, null),
  'aten::randint_like.low_dtype(Tensor self, SymInt low, SymInt high, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, MemoryFormat? memory_format=None) -> Tensor':
    (d, self, low, high, dtype, _layout, device, _pin, format) => randint(like(d, self, dtype, device, format), low, high, null),
  'aten::randperm(SymInt n, *, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor': (
    d,
    n,
    dtype,
    _layout,
    device,
  ) => randperm(d, n, null, dtype, device),
  'aten::randperm.generator(SymInt n, *, Generator? generator, ScalarType? dtype=4, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, n, generator, dtype, _layout, device) => randperm(d, n, generator, dtype, device),
  'aten::bernoulli(Tensor self, *, Generator? generator=None) -> Tensor': (d, self: Tensor, generator) =>
    bernoulliInto(d.call('aten::empty_like', self), self, generator),
  'aten::bernoulli.p(Tensor self, float p, *, Generator? generator=None) -> Tensor': (d, self: Tensor, p, generator) =>
    bernoulliInto(d.call('aten::empty_like', self), p, generator),
  'aten::bernoulli.Tensor(Tensor self, Tensor p, *, Generator? generator=None) -> Tensor': (d, self: Tensor, p, generator) =>
    bernoulliTensor(d, d.call('aten::empty_like', self), p, generator),
  'aten::bernoulli_.float(Tensor(a!) self, float p=0.5, *, Generator? generator=None) -> Tensor(a!)': (_, self, p, generator) =>
    bernoulliInto(self, p, generator),
  'aten::bernoulli_.Tensor(Tensor(a!) self, Tensor p, *, Generator? generator=None) -> Tensor(a!)': bernoulliTensor,
  'aten::uniform_(Tensor(a!) self, float from=0., float to=1., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self,
    from,
    to,
    generator,
  ) => uniformInto(self, from, to, generator),
  'aten::_no_grad_uniform_(Tensor(a!) tensor, float a, float b, Generator? generator=None) -> Tensor(a!)': (_, self, from, to, generator) =>
    uniformInto(self, from, to, generator),
  'aten::normal_(Tensor(a!) self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self,
    mean,
    std,
    generator,
  ) => normalInto(self, mean, std, generator),
  'aten::_no_grad_normal_(Tensor(a!) tensor, float mean, float std, Generator? generator=None) -> Tensor(a!)': (
    _,
    self,
    mean,
    std,
    generator,
  ) => normalInto(self, mean, std, generator),
  'aten::normal.float_float(float mean, float std, SymInt[] size, *, Generator? generator=None, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, mean, std, size, generator, dtype, _layout, device) =>
      normalInto(empty(d, size, dtypeArgument(dtype, d.defaultDType), device), mean, std, generator),
  'aten::normal.Tensor_float(Tensor mean, float std=1., *, Generator? generator=None) -> Tensor': normalOf,
  'aten::normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor': normalOf,
  'aten::normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor': normalOf,
  'aten::exponential_(Tensor(a!) self, float lambd=1., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self: Tensor,
    lambda,
    generator,
  ) => {
    const source = generatorOf(generator)
    return fill(self, () => -Math.log1p(-source.uniform53()) / lambda)
  },
  'aten::cauchy_(Tensor(a!) self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self: Tensor,
    median,
    sigma,
    generator,
  ) => {
    const source = generatorOf(generator)
    return fill(self, () => median + sigma * Math.tan(Math.PI * (source.uniform53() - 0.5)))
  },
  'aten::geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!)': (_, self: Tensor, p, generator) => {
    const source = generatorOf(generator)
    return fill(self, () => Math.ceil(Math.log1p(-source.uniform53()) / Math.log1p(-p)) || 1)
  },
  'aten::log_normal_(Tensor(a!) self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self: Tensor,
    mean,
    std,
    generator,
  ) => {
    const source = generatorOf(generator)
    return fill(self, () => Math.exp(mean + std * source.normal()))
  },
  'aten::random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)': (_, self: Tensor, generator) =>
    randint(self, 0, randomLimits[self.dtype] ?? 2 ** 53, generator),
  'aten::random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!)': (_, self, to, generator) =>
    randint(self, 0, to, generator),
  'aten::random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self: Tensor,
    from,
    to,
    generator,
  ) => randint(self, from, to ?? randomLimits[self.dtype] ?? 2 ** 53, generator),
  'aten::multinomial(Tensor self, SymInt num_samples, bool replacement=False, *, Generator? generator=None) -> Tensor': multinomial,
  'aten::manual_seed(int seed) -> ()': (_, seed) => {
    defaultGenerator.manualSeed(seed)
    return undefined
  },
  'aten::manual_seed.generator(Generator(a!) self, int seed) -> Generator(a!)': (_, generator: Generator, seed) =>
    generator.manualSeed(seed),
  'aten::dropout(Tensor input, float p, bool train) -> Tensor': plain,
  'aten::dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)': inPlace(plain),
  'aten::feature_dropout(Tensor input, float p, bool train) -> Tensor': byFeature,
  'aten::feature_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)': inPlace(byFeature),
  'aten::alpha_dropout(Tensor input, float p, bool train) -> Tensor': alphaPlain,
  'aten::alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)': inPlace(alphaPlain),
  'aten::feature_alpha_dropout(Tensor input, float p, bool train) -> Tensor': alphaFeature,
  'aten::feature_alpha_dropout_(Tensor(a!) self, float p, bool train) -> Tensor(a!)': inPlace(alphaFeature),
  'aten::native_dropout(Tensor input, float p, bool? train) -> (Tensor, Tensor)': nativeDropout,
  'aten::rrelu(Tensor self, Scalar lower=0.125, Scalar upper=0.33333333333333331, bool training=False, Generator? generator=None) -> Tensor':
    rrelu,
}
