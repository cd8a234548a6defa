/** Random tensors and dropout. */
import {
  type Device,
  type Dispatcher,
  defaultGenerator,
  dtypeArgument,
  exactExp,
  exactLog,
  exactLog1p,
  exactTan,
  fillEach,
  fillIntegers,
  fillNormal,
  fillRandom,
  fillUniform,
  fromNumbers,
  fusedMultiplyAdd,
  Generator,
  type Kernel,
  type KernelTable,
  memoryFormat,
  memoryOrder,
  preservedStrides,
  readNumbers,
  type ScalarValue,
  stridesForFormat,
  Tensor,
} from '@tsjit/runtime/backend'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { numberOf } from '../pointwise.ts'

const generatorOf = (generator: unknown): Generator => (generator instanceof Generator ? generator : defaultGenerator)

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

const rand = (target: Tensor, generator: unknown): Tensor => fillUniform(target, generatorOf(generator))
const randn = (target: Tensor, generator: unknown): Tensor => fillNormal(target, generatorOf(generator))
const randint = (target: Tensor, low: number | bigint, high: number | bigint | null, generator: unknown): Tensor =>
  fillIntegers(target, generatorOf(generator), low, high)

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
  const check = (value: number) => {
    if (!(value >= 0 && value <= 1)) throw new RuntimeError('TSJ_PROBABILITY', `bernoulli_ expects p to be in [0, 1], but got p=${value}`)
    return value
  }
  // one probability for all is compared in double precision, probabilities in a tensor in the tensor's
  if (typeof p === 'number') {
    check(p)
    return fillEach(self, () => (source.uniform53() < p ? 1 : 0))
  }
  const order = memoryOrder(self.shape, self.strides)
  const same = order.every((dim, i) => dim === i)
  const chances = readNumbers(
    same || p.numel === 1
      ? p
      : new Tensor(
          p.storage,
          p.dtype,
          order.map((dim) => p.shape[dim]),
          order.map((dim) => p.strides[dim]),
          p.offset,
        ),
  )
  let i = 0
  const chance = () => check(chances[chances.length === 1 ? 0 : i++])
  return p.dtype === 'float64'
    ? fillEach(self, () => (source.uniform53() < chance() ? 1 : 0))
    : fillEach(self, () => (source.uniform24() < chance() ? 1 : 0))
}

function bernoulliTensor(d: Dispatcher, self: Tensor, p: Tensor, generator: unknown): Tensor {
  return bernoulliInto(self, p.numel === 1 ? p : d.call('aten::expand', p, self.shape), generator)
}

function normalOf(d: Dispatcher, mean: Tensor | number, deviation: Tensor | number, generator: unknown): Tensor {
  const means = typeof mean === 'number' ? undefined : mean
  const deviations = typeof deviation === 'number' ? undefined : deviation
  const base = (means ?? deviations)!
  const shape = means && deviations ? (d.call('aten::broadcast_tensors', [means, deviations])[0] as Tensor).shape : base.shape
  if (deviations && readNumbers(deviations).some((value) => value < 0))
    throw new RuntimeError('TSJ_NORMAL', 'normal expects all elements of std >= 0.0')
  const noise = fillNormal(d.empty(shape, base.dtype, base.device), generatorOf(generator), 0, deviations ? 1 : (deviation as number))
  const scaled: Tensor = deviations ? d.call('aten::mul.Tensor', noise, deviations) : noise
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
  if (!replacement) {
    if (values.some((weight) => !(weight >= 0) || weight === Number.POSITIVE_INFINITY))
      throw new RuntimeError('TSJ_MULTINOMIAL', 'probability tensor contains either `inf`, `nan` or element < 0')
    for (let row = 0; row < rows; row++) {
      if (values.subarray(row * categories, (row + 1) * categories).every((weight) => weight === 0))
        throw new RuntimeError('TSJ_MULTINOMIAL', 'invalid multinomial distribution (sum of probabilities <= 0)')
    }
    // the largest of p / e, with e exponentially distributed, is drawn with probability p
    const race = d.call('aten::div.Tensor', self, exponential(d.call('aten::empty_like', self), 1, generatorOf(generator)))
    if (samples === 1) return d.call('aten::argmax', race, -1, true)
    return (d.call('aten::topk', race, samples, -1, true, true) as Tensor[])[1]
  }
  const source = generatorOf(generator)
  const result = new Float64Array(rows * samples)
  const cumulative = self.dtype === 'float64' ? new Float64Array(categories) : new Float32Array(categories)
  for (let row = 0; row < rows; row++) {
    let total = 0
    for (let j = 0; j < categories; j++) {
      const weight = values[row * categories + j]
      if (!(weight >= 0)) throw new RuntimeError('TSJ_MULTINOMIAL', 'invalid multinomial distribution (encountering probability entry < 0)')
      if (weight === Number.POSITIVE_INFINITY)
        throw new RuntimeError('TSJ_MULTINOMIAL', 'invalid multinomial distribution (encountering probability entry = infinity or NaN)')
      cumulative[j] = total + weight
      total = cumulative[j]
    }
    if (!(total > 0)) throw new RuntimeError('TSJ_MULTINOMIAL', 'invalid multinomial distribution (sum of probabilities <= 0)')
    for (let j = 0; j < categories; j++) cumulative[j] /= total
    cumulative[categories - 1] = 1
    for (let k = 0; k < samples; k++) {
      const sample = source.uniform53()
      let left = 0
      let right = categories
      while (right > left) {
        const middle = (left + right) >> 1
        if (cumulative[middle] < sample) left = middle + 1
        else right = middle
      }
      result[row * samples + k] = left
    }
  }
  return fromNumbers(d, result, self.ndim === 1 ? [samples] : [rows, samples], 'int64', self.device)
}

function exponential(self: Tensor, lambda: number, generator: Generator): Tensor {
  if (!dtypeInfo(self.dtype).isFloat)
    throw new RuntimeError(
      'TSJ_RANDOM_DTYPE',
      `Exponential distribution is a continuous probability distribution. dtype must be a floating point but you specified ${self.dtype}`,
    )
  if (!(lambda > 0)) throw new RuntimeError('TSJ_EXPONENTIAL', `exponential_ expects lambda > 0.0, but found lambda=${lambda}`)
  return fillEach(self, () => (-1 / lambda) * exactLog1p(-generator.uniform53()))
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
    const blank: Tensor = feature
      ? d.empty(
          self.shape.map((size, i) => (i < 2 ? size : 1)),
          self.dtype,
          self.device,
        )
      : d.call('aten::empty_like', self)
    const noise = bernoulliInto(blank, 1 - p, null)
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
  if (low > high) throw new RuntimeError('TSJ_UNIFORM', `Lower bound should be less than or equal to the upper bound`)
  // only elements that are not positive draw a slope
  const source = generatorOf(generator)
  const values = readNumbers(self)
  const result: Tensor = d.empty(self.shape, self.dtype, self.device)
  let i = 0
  return fillEach(result, () => {
    const value = values[i++]
    return value <= 0 ? value * (source.uniform53() * (high - low) + low) : value
  })
}

const plain = dropout(false, false)
const byFeature = dropout(true, false)
const alphaPlain = dropout(false, true)
const alphaFeature = dropout(true, true)

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
  ) => fillUniform(self, generatorOf(generator), from, to),
  'aten::_no_grad_uniform_(Tensor(a!) tensor, float a, float b, Generator? generator=None) -> Tensor(a!)': (_, self, from, to, generator) =>
    fillUniform(self, generatorOf(generator), from, to),
  'aten::normal_(Tensor(a!) self, float mean=0., float std=1., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self,
    mean,
    std,
    generator,
  ) => fillNormal(self, generatorOf(generator), mean, std),
  'aten::_no_grad_normal_(Tensor(a!) tensor, float mean, float std, Generator? generator=None) -> Tensor(a!)': (
    _,
    self,
    mean,
    std,
    generator,
  ) => fillNormal(self, generatorOf(generator), mean, std),
  'aten::normal.float_float(float mean, float std, SymInt[] size, *, Generator? generator=None, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None) -> Tensor':
    (d, mean, std, size, generator, dtype, _layout, device) =>
      fillNormal(empty(d, size, dtypeArgument(dtype, d.defaultDType), device), generatorOf(generator), mean, std),
  'aten::normal.Tensor_float(Tensor mean, float std=1., *, Generator? generator=None) -> Tensor': normalOf,
  'aten::normal.float_Tensor(float mean, Tensor std, *, Generator? generator=None) -> Tensor': normalOf,
  'aten::normal.Tensor_Tensor(Tensor mean, Tensor std, *, Generator? generator=None) -> Tensor': normalOf,
  'aten::exponential_(Tensor(a!) self, float lambd=1., *, Generator? generator=None) -> Tensor(a!)': (_, self, lambda, generator) =>
    exponential(self, lambda, generatorOf(generator)),
  'aten::cauchy_(Tensor(a!) self, float median=0., float sigma=1., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self: Tensor,
    median,
    sigma,
    generator,
  ) => {
    const source = generatorOf(generator)
    if (!(sigma > 0)) throw new RuntimeError('TSJ_CAUCHY', `cauchy_ expects sigma > 0.0, but found sigma=${sigma}`)
    return fillEach(self, () => fusedMultiplyAdd(sigma, exactTan(Math.PI * (source.uniform53() - 0.5)), median))
  },
  'aten::geometric_(Tensor(a!) self, float p, *, Generator? generator=None) -> Tensor(a!)': (_, self: Tensor, p, generator) => {
    const source = generatorOf(generator)
    if (!(p > 0 && p < 1)) throw new RuntimeError('TSJ_PROBABILITY', `geometric_ expects p to be in (0, 1), but got p=${p}`)
    const scale = exactLog1p(-p)
    return fillEach(self, () => Math.ceil(exactLog(source.uniform53()) / scale))
  },
  'aten::log_normal_(Tensor(a!) self, float mean=1., float std=2., *, Generator? generator=None) -> Tensor(a!)': (
    _,
    self: Tensor,
    mean,
    std,
    generator,
  ) => {
    const source = generatorOf(generator)
    if (!(std > 0)) throw new RuntimeError('TSJ_NORMAL', `log_normal_ expects std > 0.0, but found std=${std}`)
    return fillEach(self, () => exactExp(fusedMultiplyAdd(source.normal(), std, mean)))
  },
  'aten::random_(Tensor(a!) self, *, Generator? generator=None) -> Tensor(a!)': (_, self: Tensor, generator) =>
    fillRandom(self, generatorOf(generator)),
  'aten::random_.to(Tensor(a!) self, int to, *, Generator? generator=None) -> Tensor(a!)': (_, self, to, generator) =>
    randint(self, 0, to, generator),
  'aten::random_.from(Tensor(a!) self, int from, int? to, *, Generator? generator=None) -> Tensor(a!)': (_, self, from, to, generator) =>
    randint(self, from, to, generator),
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
