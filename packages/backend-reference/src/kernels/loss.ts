/** Losses that look up classes or walk alignments: negative log likelihood, multi-class margins, CTC, and binary cross entropy. */

import { type Dispatcher, type KernelTable, type ScalarValue, scalarToNumber, type Tensor } from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { broadcastShapes, check, expandTo, fromNumbers, readIndices, readNumbers, shapeText } from './nn-host.ts'

const none = 0
const mean = 1

/** [batch, classes, plane] against [batch, plane]. Returns the loss and the sum of the weights. */
function nll(
  d: Dispatcher,
  input: Tensor,
  target: Tensor,
  weight: Tensor | null,
  reduction: number,
  ignore: number,
  batch: number,
  classes: number,
  plane: number,
): [Tensor, Tensor] {
  check(
    weight === null || (weight.ndim === 1 && weight.numel === classes),
    () =>
      `weight tensor should be defined either for all ${classes} classes or no classes but got weight tensor of shape: ${shapeText(weight!.shape)}`,
    'TSJ_SHAPE_LOSS',
  )
  const values = readNumbers(input)
  const wanted = readIndices(target)
  const weights = weight && readNumbers(weight)
  const losses = new Float64Array(batch * plane)
  let [sum, total] = [0, 0]
  for (let n = 0; n < batch; n++) {
    for (let i = 0; i < plane; i++) {
      const c = wanted[n * plane + i]
      if (c === ignore) continue
      if (!(c >= 0 && c < classes)) throw new RuntimeError('TSJ_INDEX_RANGE', `Target ${c} is out of bounds.`)
      const factor = weights ? weights[c] : 1
      const loss = -values[(n * classes + c) * plane + i] * factor
      losses[n * plane + i] = loss
      sum += loss
      total += factor
    }
  }
  const scalar = (value: number): Tensor => fromNumbers(d, [value], [], input.dtype, input.device)
  if (reduction === none) return [fromNumbers(d, losses, target.shape, input.dtype, input.device), scalar(0)]
  return [scalar(reduction === mean ? sum / total : sum), scalar(total)]
}

function nll1d(d: Dispatcher, input: Tensor, target: Tensor, weight: Tensor | null, reduction: number, ignore: number): [Tensor, Tensor] {
  check(input.ndim > 0 && input.ndim <= 2, () => 'input tensor should be 1D or 2D', 'TSJ_SHAPE_LOSS')
  check(target.ndim <= 1, () => `0D or 1D target tensor expected, multi-target not supported`, 'TSJ_SHAPE_LOSS')
  const batched = input.ndim === 2
  check(
    !batched || input.shape[0] === target.shape[0],
    () => `size mismatch (got input: ${shapeText(input.shape)}, target: ${shapeText(target.shape)})`,
    'TSJ_SHAPE_LOSS',
  )
  return nll(d, input, target, weight, reduction, ignore, batched ? input.shape[0] : 1, input.shape[input.ndim - 1], 1)
}

function nll2d(d: Dispatcher, input: Tensor, target: Tensor, weight: Tensor | null, reduction: number, ignore: number): [Tensor, Tensor] {
  check(
    target.ndim === 3,
    () => `only batches of spatial targets supported (3D tensors) but got targets of dimension: ${target.ndim}`,
    'TSJ_SHAPE_LOSS',
  )
  check(
    input.ndim === 4,
    () => `only batches of spatial inputs supported (4D tensors), but got input of dimension: ${input.ndim}`,
    'TSJ_SHAPE_LOSS',
  )
  const [batch, classes, height, width] = input.shape
  check(
    target.shape[0] === batch && target.shape[1] === height && target.shape[2] === width,
    () => `size mismatch (got input: ${shapeText(input.shape)} , target: ${shapeText(target.shape)}`,
    'TSJ_SHAPE_LOSS',
  )
  return nll(d, input, target, weight, reduction, ignore, batch, classes, height * width)
}

function reduce(d: Dispatcher, losses: Float64Array, shape: readonly number[], reduction: number, like: Tensor): Tensor {
  if (reduction === none) return fromNumbers(d, losses, shape, like.dtype, like.device)
  const sum = losses.reduce((total, loss) => total + loss, 0)
  return fromNumbers(d, [reduction === mean ? sum / losses.length : sum], [], like.dtype, like.device)
}

/** Sum over the other classes of max(0, margin - x[target] + x[i])^p, divided by the number of classes. */
function multiMargin(
  d: Dispatcher,
  input: Tensor,
  target: Tensor,
  p: ScalarValue,
  margin: ScalarValue,
  weight: Tensor | null,
  reduction: number,
): Tensor {
  const power = scalarToNumber(p)
  check(power === 1 || power === 2, () => 'only p == 1 and p == 2 supported', 'TSJ_LOSS')
  const classes = input.shape[input.ndim - 1] ?? 1
  const batch = input.ndim === 2 ? input.shape[0] : 1
  check(
    target.ndim <= 1 && target.numel === batch,
    () => `inconsistent target size, expected ${batch} but got ${shapeText(target.shape)}`,
    'TSJ_SHAPE_LOSS',
  )
  const values = readNumbers(input)
  const wanted = readIndices(target)
  const weights = weight && readNumbers(weight)
  const losses = new Float64Array(batch)
  for (let n = 0; n < batch; n++) {
    const own = wanted[n]
    check(own >= 0 && own < classes, () => 'target out of range', 'TSJ_INDEX_RANGE')
    for (let c = 0; c < classes; c++) {
      const z = scalarToNumber(margin) - values[n * classes + own] + values[n * classes + c]
      if (c !== own && z > 0) losses[n] += (power === 1 ? z : z * z) * (weights ? weights[own] : 1)
    }
    losses[n] /= classes
  }
  return reduce(d, losses, target.shape, reduction, input)
}

/** Targets are listed up to the first -1. */
function multilabelMargin(d: Dispatcher, input: Tensor, target: Tensor, reduction: number): [Tensor, Tensor] {
  check(
    input.shape.join() === target.shape.join(),
    () => `inconsistent target size: ${shapeText(target.shape)} for input of size: ${shapeText(input.shape)}`,
    'TSJ_SHAPE_LOSS',
  )
  const classes = input.shape[input.ndim - 1] ?? 1
  const batch = input.ndim === 2 ? input.shape[0] : 1
  const values = readNumbers(input)
  const wanted = readIndices(target)
  const losses = new Float64Array(batch)
  const isTarget = new Float64Array(values.length)
  for (let n = 0; n < batch; n++) {
    const own: number[] = []
    for (let i = 0; i < classes && wanted[n * classes + i] >= 0; i++) own.push(wanted[n * classes + i])
    for (const c of own) {
      check(c < classes, () => 'target argument out of range', 'TSJ_INDEX_RANGE')
      isTarget[n * classes + c] = 1
    }
    for (const t of own) {
      for (let c = 0; c < classes; c++) {
        const z = 1 - values[n * classes + t] + values[n * classes + c]
        if (!isTarget[n * classes + c] && z > 0) losses[n] += z
      }
    }
    losses[n] /= classes
  }
  return [
    reduce(d, losses, input.ndim === 2 ? [batch] : [], reduction, input),
    fromNumbers(d, isTarget, target.shape, input.dtype, input.device),
  ]
}

function binaryCrossEntropy(d: Dispatcher, input: Tensor, target: Tensor, weight: Tensor | null, reduction: number): Tensor {
  const values = readNumbers(input)
  const wanted = readNumbers(expandTo(target, broadcastShapes(input.shape, target.shape)))
  const weights = weight && readNumbers(expandTo(weight, input.shape))
  const losses = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) {
    const x = values[i]
    check(x >= 0 && x <= 1, () => 'all elements of input should be between 0 and 1', 'TSJ_LOSS')
    losses[i] = ((wanted[i] - 1) * Math.max(Math.log1p(-x), -100) - wanted[i] * Math.max(Math.log(x), -100)) * (weights ? weights[i] : 1)
  }
  return reduce(d, losses, input.shape, reduction, input)
}

function logAdd(a: number, b: number): number {
  const most = Math.max(a, b)
  return most === Number.NEGATIVE_INFINITY ? most : most + Math.log1p(Math.exp(Math.min(a, b) - most))
}

/** log_probs [time, batch, classes]; targets joined to one list, or one row a sample. Returns losses and the forward variables. */
function ctc(
  d: Dispatcher,
  logProbs: Tensor,
  targets: Tensor,
  inputLengths: readonly number[],
  targetLengths: readonly number[],
  blank: number,
): [Tensor, Tensor] {
  const [time, batch, classes] = logProbs.shape
  check(blank >= 0 && blank < classes, () => 'blank must be in label range', 'TSJ_LOSS')
  check(inputLengths.length === batch, () => 'input_lengths must be of size batch_size', 'TSJ_SHAPE_LOSS')
  check(targetLengths.length === batch, () => 'target_lengths must be of size batch_size', 'TSJ_SHAPE_LOSS')
  const longest = Math.max(0, ...targetLengths)
  const states = 2 * longest + 1
  const labels = readIndices(targets)
  const probs = readNumbers(logProbs)
  const losses = new Float64Array(batch)
  const alphas = new Float64Array(batch * time * states).fill(Number.NEGATIVE_INFINITY)
  let joined = 0
  for (let n = 0; n < batch; n++) {
    const length = targetLengths[n]
    const start = targets.ndim === 1 ? joined : n * targets.shape[1]
    joined += length
    const steps = inputLengths[n]
    check(
      steps <= time,
      () => `Expected input_lengths to have value at most ${time}, but got value ${steps} (while checking arguments for ctc_loss_cpu)`,
      'TSJ_SHAPE_LOSS',
    )
    const label = (s: number): number => (s % 2 === 0 ? blank : labels[start + (s >> 1)])
    const at = (t: number, s: number): number => (n * time + t) * states + s
    const emit = (t: number, s: number): number => probs[(t * batch + n) * classes + label(s)]
    if (steps === 0) {
      losses[n] = length === 0 ? 0 : Number.POSITIVE_INFINITY
      continue
    }
    alphas[at(0, 0)] = emit(0, 0)
    if (length > 0) alphas[at(0, 1)] = emit(0, 1)
    for (let t = 1; t < steps; t++) {
      for (let s = 0; s <= 2 * length; s++) {
        let sum = alphas[at(t - 1, s)]
        if (s > 0) sum = logAdd(sum, alphas[at(t - 1, s - 1)])
        if (s > 1 && label(s) !== label(s - 2)) sum = logAdd(sum, alphas[at(t - 1, s - 2)])
        alphas[at(t, s)] = sum + emit(t, s)
      }
    }
    const last = alphas[at(steps - 1, 2 * length)]
    losses[n] = -(length > 0 ? logAdd(last, alphas[at(steps - 1, 2 * length - 1)]) : last)
  }
  return [
    fromNumbers(d, losses, [batch], logProbs.dtype, logProbs.device),
    fromNumbers(d, alphas, [batch, time, states], logProbs.dtype, logProbs.device),
  ]
}

export const lossKernels: KernelTable = {
  'aten::nll_loss_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)':
    nll1d,
  'aten::nll_loss2d_forward(Tensor self, Tensor target, Tensor? weight, int reduction, SymInt ignore_index) -> (Tensor output, Tensor total_weight)':
    nll2d,
  'aten::multi_margin_loss(Tensor self, Tensor target, Scalar p=1, Scalar margin=1, Tensor? weight=None, int reduction=1) -> Tensor':
    multiMargin,
  'aten::multilabel_margin_loss_forward(Tensor self, Tensor target, int reduction) -> (Tensor output, Tensor is_target)': multilabelMargin,
  'aten::binary_cross_entropy(Tensor self, Tensor target, Tensor? weight=None, int reduction=1) -> Tensor': binaryCrossEntropy,
  'aten::_ctc_loss(Tensor log_probs, Tensor targets, int[] input_lengths, int[] target_lengths, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)':
    ctc,
  'aten::_ctc_loss.Tensor(Tensor log_probs, Tensor targets, Tensor input_lengths, Tensor target_lengths, int blank=0, bool zero_infinity=False) -> (Tensor, Tensor)':
    (d, logProbs, targets, inputLengths, targetLengths, blank) =>
      ctc(d, logProbs, targets, Array.from(readIndices(inputLengths)), Array.from(readIndices(targetLengths)), blank),
}
