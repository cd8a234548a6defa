import { callOperator, plainShape, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { op } from '../operator.ts'

export type Reduction = 'none' | 'mean' | 'sum'
const codes = { none: 0, mean: 1, sum: 2 } as const

/** Throws TSJ_REDUCTION. */
export function reductionCode(reduction: Reduction): number {
  const code = codes[reduction]
  if (code === undefined) throw new RuntimeError('TSJ_REDUCTION', `${reduction} is not a valid value for reduction`)
  return code
}
function reduce(loss: Tensor, reduction: Reduction): Tensor {
  return reduction === 'none' ? loss : reduction === 'mean' ? loss.mean() : loss.sum()
}

export interface LossOptions {
  readonly reduction?: Reduction
}
export interface WeightedOptions extends LossOptions {
  readonly weight?: Tensor | null
}
const broadcast = (input: Tensor, target: Tensor): Tensor[] => callOperator('broadcast_tensors', [[input, target]]) as Tensor[]

export function l1Loss(input: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  const [a, b] = broadcast(input, target)
  return op('l1_loss', a, b, reductionCode(reduction))
}
export function mseLoss(input: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  const [a, b] = broadcast(input, target)
  return op('mse_loss', a, b, reductionCode(reduction))
}
export function smoothL1Loss(
  input: Tensor,
  target: Tensor,
  { reduction = 'mean', beta = 1 }: LossOptions & { beta?: number } = {},
): Tensor {
  const [a, b] = broadcast(input, target)
  return beta === 0 ? op('l1_loss', a, b, reductionCode(reduction)) : op('smooth_l1_loss', a, b, reductionCode(reduction), beta)
}
export function huberLoss(input: Tensor, target: Tensor, { reduction = 'mean', delta = 1 }: LossOptions & { delta?: number } = {}): Tensor {
  const [a, b] = broadcast(input, target)
  return op('huber_loss', a, b, reductionCode(reduction), delta)
}
export interface CrossEntropyOptions extends WeightedOptions {
  readonly ignore_index?: number
  readonly label_smoothing?: number
}
/** Targets are class indices, or probabilities of the input's shape. */
export function crossEntropy(input: Tensor, target: Tensor, options: CrossEntropyOptions = {}): Tensor {
  const { weight = null, reduction = 'mean', ignore_index = -100, label_smoothing = 0 } = options
  return op('cross_entropy_loss', input, target, weight, reductionCode(reduction), ignore_index, label_smoothing)
}
export function nllLoss(
  input: Tensor,
  target: Tensor,
  { weight = null, reduction = 'mean', ignore_index = -100 }: WeightedOptions & { ignore_index?: number } = {},
): Tensor {
  return op('nll_loss_nd', input, target, weight, reductionCode(reduction), ignore_index)
}
export function binaryCrossEntropy(input: Tensor, target: Tensor, { weight = null, reduction = 'mean' }: WeightedOptions = {}): Tensor {
  return op('binary_cross_entropy', input, target, weight, reductionCode(reduction))
}
export function binaryCrossEntropyWithLogits(
  input: Tensor,
  target: Tensor,
  { weight = null, pos_weight = null, reduction = 'mean' }: WeightedOptions & { pos_weight?: Tensor | null } = {},
): Tensor {
  return op('binary_cross_entropy_with_logits', input, target, weight, pos_weight, reductionCode(reduction))
}
export function klDiv(
  input: Tensor,
  target: Tensor,
  { reduction = 'mean', log_target = false }: { reduction?: Reduction | 'batchmean'; log_target?: boolean } = {},
): Tensor {
  const batch = reduction === 'batchmean'
  const result = op('kl_div', input, target, reductionCode(batch ? 'sum' : reduction), { log_target })
  return batch && input.ndim !== 0 ? result.div(input.shape[0]) : result
}
export function poissonNllLoss(
  input: Tensor,
  target: Tensor,
  {
    log_input = true,
    full = false,
    eps = 1e-8,
    reduction = 'mean',
  }: LossOptions & { log_input?: boolean; full?: boolean; eps?: number } = {},
): Tensor {
  return op('poisson_nll_loss', input, target, log_input, full, eps, reductionCode(reduction))
}
export function gaussianNllLoss(
  input: Tensor,
  target: Tensor,
  variance: Tensor | number,
  { full = false, eps = 1e-6, reduction = 'mean' }: LossOptions & { full?: boolean; eps?: number } = {},
): Tensor {
  let spread: Tensor = typeof variance === 'number' ? op('full', [], variance, { dtype: input.dtype }).expand_as(input) : variance
  const sizes = plainShape(input)
  if (spread.ndim === input.ndim - 1 && product(plainShape(spread)) * sizes[input.ndim - 1] === product(sizes))
    spread = spread.unsqueeze(-1)
  spread = spread.clone().clamp_(eps)
  const loss = spread.log().add(input.sub(target).pow(2).div(spread)).mul(0.5)
  return reduce(full ? loss.add(0.5 * Math.log(2 * Math.PI)) : loss, reduction)
}
export function hingeEmbeddingLoss(
  input: Tensor,
  target: Tensor,
  { margin = 1, reduction = 'mean' }: LossOptions & { margin?: number } = {},
): Tensor {
  return op('hinge_embedding_loss', input, target, margin, reductionCode(reduction))
}
export function marginRankingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, reduction = 'mean' }: LossOptions & { margin?: number } = {},
): Tensor {
  return op('margin_ranking_loss', input1, input2, target, margin, reductionCode(reduction))
}
export function softMarginLoss(input: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  return op('soft_margin_loss', input, target, reductionCode(reduction))
}
export function multiLabelMarginLoss(input: Tensor, target: Tensor, { reduction = 'mean' }: LossOptions = {}): Tensor {
  return op('multilabel_margin_loss', input, target, reductionCode(reduction))
}
export function multiLabelSoftMarginLoss(
  input: Tensor,
  target: Tensor,
  { weight = null, reduction = 'mean' }: WeightedOptions = {},
): Tensor {
  const inside = op('log_sigmoid', input)
  const outside = op('log_sigmoid', input.neg())
  let loss = target.mul(inside).add(target.neg().add(1).mul(outside)).neg()
  if (weight) loss = loss.mul(weight)
  const classes = input.shape[input.ndim - 1]
  return reduce(loss.sum([input.ndim - 1]).div(classes), reduction)
}
export function multiMarginLoss(
  input: Tensor,
  target: Tensor,
  { p = 1, margin = 1, weight = null, reduction = 'mean' }: WeightedOptions & { p?: number; margin?: number } = {},
): Tensor {
  return op('multi_margin_loss', input, target, p, margin, weight, reductionCode(reduction))
}
export function cosineEmbeddingLoss(
  input1: Tensor,
  input2: Tensor,
  target: Tensor,
  { margin = 0, reduction = 'mean' }: LossOptions & { margin?: number } = {},
): Tensor {
  return op('cosine_embedding_loss', input1, input2, target, margin, reductionCode(reduction))
}
export interface TripletOptions extends LossOptions {
  readonly margin?: number
  readonly p?: number
  readonly eps?: number
  readonly swap?: boolean
}
export function tripletMarginLoss(anchor: Tensor, positive: Tensor, negative: Tensor, options: TripletOptions = {}): Tensor {
  const { margin = 1, p = 2, eps = 1e-6, swap = false, reduction = 'mean' } = options
  return op('triplet_margin_loss', anchor, positive, negative, margin, p, eps, swap, reductionCode(reduction))
}
export interface TripletDistanceOptions extends LossOptions {
  readonly distance_function?: ((a: Tensor, b: Tensor) => Tensor) | null
  readonly margin?: number
  readonly swap?: boolean
}
export function tripletMarginWithDistanceLoss(
  anchor: Tensor,
  positive: Tensor,
  negative: Tensor,
  options: TripletDistanceOptions = {},
): Tensor {
  const { margin = 1, swap = false, reduction = 'mean' } = options
  const distance = options.distance_function ?? ((a: Tensor, b: Tensor) => op('pairwise_distance', a, b))
  const near = distance(anchor, positive)
  let far = distance(anchor, negative)
  if (swap) far = op('minimum', far, distance(positive, negative))
  return reduce(op('clamp_min', near.add(margin).sub(far), 0), reduction)
}
export interface CtcOptions extends LossOptions {
  readonly blank?: number
  readonly zero_infinity?: boolean
}
/** Log-probabilities (T, N, C), targets and lengths. */
export function ctcLoss(
  logProbabilities: Tensor,
  targets: Tensor,
  inputLengths: Tensor | readonly number[],
  targetLengths: Tensor | readonly number[],
  { blank = 0, reduction = 'mean', zero_infinity = false }: CtcOptions = {},
): Tensor {
  return op('ctc_loss', logProbabilities, targets, inputLengths, targetLengths, blank, reductionCode(reduction), zero_infinity)
}

const product = (values: readonly number[]): number => values.reduce((a, b) => a * b, 1)
