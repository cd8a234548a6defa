/** `torch.nn.init`: fills tensors in place, with PyTorch's numbers under one seed. */
import { callOperator, type Generator, noGrad, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'

export type Nonlinearity =
  | 'linear'
  | 'conv1d'
  | 'conv2d'
  | 'conv3d'
  | 'conv_transpose1d'
  | 'conv_transpose2d'
  | 'conv_transpose3d'
  | 'sigmoid'
  | 'tanh'
  | 'relu'
  | 'leaky_relu'
  | 'selu'

/** The gain recommended for a nonlinearity. */
export function calculateGain(nonlinearity: Nonlinearity, param?: number): number {
  switch (nonlinearity) {
    case 'tanh':
      return 5 / 3
    case 'relu':
      return Math.sqrt(2)
    case 'leaky_relu': {
      const slope = param ?? 0.01
      return Math.sqrt(2 / (1 + slope * slope))
    }
    case 'selu':
      return 3 / 4
    default:
      return 1
  }
}

/** Inputs and outputs of one unit. Throws TSJ_INIT for fewer than 2 dimensions. */
export function fans(tensor: Tensor): { fanIn: number; fanOut: number } {
  if (tensor.ndim < 2) throw new RuntimeError('TSJ_INIT', 'Fan in and fan out can not be computed for tensor with fewer than 2 dimensions')
  const field = tensor.shape.slice(2).reduce((a, b) => a * b, 1)
  return { fanIn: tensor.shape[1] * field, fanOut: tensor.shape[0] * field }
}

export interface RandomOptions {
  readonly generator?: Generator
}
const by = ({ generator }: RandomOptions) => (generator ? { generator } : {})

export const uniform_ = (tensor: Tensor, a = 0, b = 1, options: RandomOptions = {}): Tensor =>
  noGrad(() => tensor.uniform_(a, b, by(options)))
export const normal_ = (tensor: Tensor, mean = 0, std = 1, options: RandomOptions = {}): Tensor =>
  noGrad(() => tensor.normal_(mean, std, by(options)))
export const constant_ = (tensor: Tensor, value: number): Tensor => noGrad(() => tensor.fill_(value))
export const ones_ = (tensor: Tensor): Tensor => noGrad(() => tensor.fill_(1))
export const zeros_ = (tensor: Tensor): Tensor => noGrad(() => tensor.zero_())

/** The identity matrix. */
export function eye_(tensor: Tensor): Tensor {
  if (tensor.ndim !== 2) throw new RuntimeError('TSJ_INIT', 'Only tensors with 2 dimensions are supported')
  return noGrad(() => tensor.copy_(callOperator('eye', [tensor.shape[0], tensor.shape[1]])))
}

/** Keeps as many input channels as it can, in each group. */
export function dirac_(tensor: Tensor, groups = 1): Tensor {
  const { shape } = tensor
  if (tensor.ndim < 3 || tensor.ndim > 5) throw new RuntimeError('TSJ_INIT', 'Only tensors with 3, 4, or 5 dimensions are supported')
  if (shape[0] % groups) throw new RuntimeError('TSJ_INIT', 'dim 0 must be divisible by groups')
  const perGroup = shape[0] / groups
  zeros_(tensor)
  const middle = shape.slice(2).map((size) => Math.floor(size / 2))
  for (let group = 0; group < groups; group++)
    for (let d = 0; d < Math.min(perGroup, shape[1]); d++) noGrad(() => tensor.setIndex([group * perGroup + d, d, ...middle], 1))
  return tensor
}

export function xavier_uniform_(tensor: Tensor, gain = 1, options: RandomOptions = {}): Tensor {
  const { fanIn, fanOut } = fans(tensor)
  const a = Math.sqrt(3) * (gain * Math.sqrt(2 / (fanIn + fanOut)))
  return uniform_(tensor, -a, a, options)
}
export function xavier_normal_(tensor: Tensor, gain = 1, options: RandomOptions = {}): Tensor {
  const { fanIn, fanOut } = fans(tensor)
  return normal_(tensor, 0, gain * Math.sqrt(2 / (fanIn + fanOut)), options)
}

export interface KaimingOptions extends RandomOptions {
  /** Slope of the rectifier, for `leaky_relu`. */
  readonly a?: number
  readonly mode?: 'fan_in' | 'fan_out'
  readonly nonlinearity?: Nonlinearity
}
function kaimingDeviation(tensor: Tensor, { a = 0, mode = 'fan_in', nonlinearity = 'leaky_relu' }: KaimingOptions): number {
  const { fanIn, fanOut } = fans(tensor)
  return calculateGain(nonlinearity, a) / Math.sqrt(mode === 'fan_in' ? fanIn : fanOut)
}
export function kaiming_uniform_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  if (tensor.numel === 0) return tensor
  const bound = Math.sqrt(3) * kaimingDeviation(tensor, options)
  return uniform_(tensor, -bound, bound, options)
}
export function kaiming_normal_(tensor: Tensor, options: KaimingOptions = {}): Tensor {
  if (tensor.numel === 0) return tensor
  return normal_(tensor, 0, kaimingDeviation(tensor, options), options)
}

/** Normal, drawn from the part between a and b: numbers outside are drawn anew. */
export function trunc_normal_(tensor: Tensor, mean = 0, std = 1, a = -2, b = 2, options: RandomOptions = {}): Tensor {
  const at = (x: number) =>
    callOperator('special_ndtr', [callOperator('full', [[], (x - mean) / std, { dtype: 'float64' }])]).item() as number
  const redraw = at(b) - at(a) > 0.3 ? redrawNormal : redrawUniform
  return noGrad(() => redraw(tensor, mean, std, a, b, options))
}

/** Most of a normal distribution lies between the bounds. */
function redrawNormal(tensor: Tensor, mean: number, std: number, a: number, b: number, options: RandomOptions): Tensor {
  let result: Tensor = tensor.normal_(mean, std, by(options))
  for (;;) {
    const [low, high] = [a, b].map((bound) => callOperator('full', [[], bound, { dtype: tensor.dtype }]) as Tensor)
    const outside = result.lt(low).logical_or(result.gt(high))
    if (!outside.any().item<boolean>()) break
    result = callOperator('where', [outside, callOperator('empty_like', [result]).normal_(mean, std, by(options)), result])
  }
  return tensor === result ? tensor : tensor.copy_(result)
}

/** Uniform candidates between the bounds, each kept with the probability of its density. */
function redrawUniform(tensor: Tensor, mean: number, std: number, a: number, b: number, options: RandomOptions): Tensor {
  const mode = Math.max(a, Math.min(mean, b))
  const peak = -0.5 * ((mode - mean) / std) ** 2
  const density = (candidates: Tensor) => candidates.sub_(mean).div_(std).pow_(2).mul_(-0.5).sub_(peak)
  const accept: Tensor = callOperator('empty_like', [tensor])
  const refused = (candidates: Tensor) => accept.uniform_(0, 1, by(options)).log_().gt(density(candidates))
  let result: Tensor = tensor.uniform_(a, b, by(options))
  let pending = refused(result.clone())
  while (pending.any().item<boolean>()) {
    const candidates: Tensor = callOperator('empty_like', [tensor]).uniform_(a, b, by(options))
    result = callOperator('where', [pending, candidates, result])
    pending = pending.logical_and(refused(candidates))
  }
  return tensor === result ? tensor : tensor.copy_(result)
}

/** A (semi-)orthogonal matrix. */
export function orthogonal_(tensor: Tensor, gain = 1, options: RandomOptions = {}): Tensor {
  if (tensor.ndim < 2) throw new RuntimeError('TSJ_INIT', 'Only tensors with 2 or more dimensions are supported')
  if (tensor.numel === 0) return tensor
  const rows = tensor.shape[0]
  const columns = tensor.numel / rows
  let flat: Tensor = callOperator('empty', [[rows, columns]])
  normal_(flat, 0, 1, options)
  if (rows < columns) flat = flat.t()
  let [q, r] = callOperator('linalg_qr', [flat]) as [Tensor, Tensor]
  q = q.mul(r.diag().sign())
  if (rows < columns) q = q.t()
  return noGrad(() => {
    tensor.view_as(q).copy_(q)
    return tensor.mul_(gain)
  })
}

/** Normal, with a share of every column set to zero. */
export function sparse_(tensor: Tensor, sparsity: number, std = 0.01, options: RandomOptions = {}): Tensor {
  if (tensor.ndim !== 2) throw new RuntimeError('TSJ_INIT', 'Only tensors with 2 dimensions are supported')
  const [rows, columns] = tensor.shape
  const zeros = Math.ceil(sparsity * rows)
  normal_(tensor, 0, std, options)
  for (let column = 0; column < columns; column++) {
    const order: Tensor = callOperator('randperm', [rows, by(options)])
    noGrad(() => tensor.setIndex([order.index(slicePart(zeros)), column], 0))
  }
  return tensor
}
const slicePart = (stop: number): string => `:${stop}`
