/** Loss functions made of pointwise operators and reductions. `reduction` is 0: none, 1: mean, 2: sum. */
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const fail = (code: string, text: string): never => {
  throw new RuntimeError(code, text)
}

export function reduceLoss(op: Dispatch, loss: unknown, reduction: number): any {
  if (reduction === 1) return op.call('aten::mean', loss, null)
  return reduction === 2 ? op.call('aten::sum', loss, null) : loss
}

/** Short names for the operators below. */
function arithmetic(op: Dispatch) {
  const number = (x: unknown): boolean => typeof x === 'number'
  const binary =
    (name: string) =>
    (a: any, b: any): any =>
      number(b) ? op.call(`aten::${name}.Scalar`, a, op.float(b)) : op.call(`aten::${name}.Tensor`, a, b)
  return {
    add: binary('add'),
    sub: binary('sub'),
    mul: binary('mul'),
    div: binary('div'),
    neg: (a: any): any => op.call('aten::neg', a),
    abs: (a: any): any => op.call('aten::abs', a),
    exp: (a: any): any => op.call('aten::exp', a),
    log: (a: any): any => op.call('aten::log', a),
    atLeast: (a: any, low: number): any => op.call('aten::clamp_min', a, op.float(low)),
    where: (condition: any, a: any, b: any): any => op.call('aten::where.self', condition, a, b),
    zerosLike: (a: any): any => op.call('aten::zeros_like', a),
    less: (a: any, b: number): any => op.call('aten::lt.Scalar', a, op.float(b)),
    equals: (a: any, b: number): any => op.call('aten::eq.Scalar', a, op.int(b)),
    sumOf: (a: any, dims: number[], keep = false): any => op.call('aten::sum.dim_IntList', a, dims, keep, null),
  }
}

function smoothL1(op: Dispatch, input: unknown, target: unknown, reduction: number, beta: number): unknown {
  if (beta < 0) fail('TSJ_LOSS', 'smooth_l1_loss does not support negative values for beta.')
  const { sub, abs, mul, where, less } = arithmetic(op)
  const z = abs(sub(input, target))
  if (beta === 0) return reduceLoss(op, z, reduction)
  return reduceLoss(op, where(less(z, beta), mul(mul(z, z), 0.5 / beta), sub(z, 0.5 * beta)), reduction)
}

function huber(op: Dispatch, input: unknown, target: unknown, reduction: number, delta: number): unknown {
  if (delta <= 0) fail('TSJ_LOSS', 'huber_loss does not support non-positive values for delta.')
  const { sub, abs, mul, where } = arithmetic(op)
  const z = abs(sub(input, target))
  const near = op.call('aten::le.Scalar', z, op.float(delta))
  return reduceLoss(op, where(near, mul(mul(z, z), 0.5), mul(sub(z, 0.5 * delta), delta)), reduction)
}

function bceWithLogits(op: Dispatch, input: any, target: any, weight: unknown, posWeight: unknown, reduction: number): unknown {
  const { add, sub, mul, neg } = arithmetic(op)
  const logSigmoid = op.call('aten::log_sigmoid', input)
  const scaled = posWeight === null ? logSigmoid : mul(logSigmoid, add(mul(sub(posWeight, 1), target), 1))
  const rest = mul(add(neg(target), 1), input)
  const loss = sub(rest, scaled)
  return reduceLoss(op, weight === null ? loss : mul(loss, weight), reduction)
}

function klDiv(op: Dispatch, input: any, target: any, reduction: number, logTarget: boolean): unknown {
  const { sub, mul, exp } = arithmetic(op)
  const loss = logTarget ? mul(exp(target), sub(target, input)) : sub(op.call('aten::xlogy.Tensor', target, target), mul(target, input))
  return reduceLoss(op, loss, reduction)
}

function hingeEmbedding(op: Dispatch, input: any, target: any, margin: number, reduction: number): unknown {
  const { add, neg, atLeast, where, zerosLike } = arithmetic(op)
  const zeros = zerosLike(input)
  const not = (value: number): any => op.call('aten::ne.Scalar', target, op.int(value))
  const far = where(not(1), atLeast(add(neg(input), margin), 0), zeros)
  return reduceLoss(op, add(far, where(not(-1), input, zeros)), reduction)
}

function poissonNll(op: Dispatch, input: any, target: any, logInput: boolean, full: boolean, eps: number, reduction: number): unknown {
  const { add, sub, mul, exp, log } = arithmetic(op)
  const loss = logInput ? sub(exp(input), mul(target, input)) : sub(input, mul(target, log(add(input, eps))))
  if (!full) return reduceLoss(op, loss, reduction)
  const stirling = add(sub(mul(target, log(target)), target), mul(log(mul(target, 2 * Math.PI)), 0.5))
  const known = op.call('aten::masked_fill.Scalar', stirling, op.call('aten::le.Scalar', target, op.int(1)), op.int(0))
  return reduceLoss(op, add(loss, known), reduction)
}

function cosineEmbedding(op: Dispatch, x1: TensorLike, x2: TensorLike, target: TensorLike, margin: number, reduction: number): unknown {
  if (target.ndim > 1) fail('TSJ_SHAPE_LOSS', `0D or 1D target tensor expected, multi-target not supported`)
  const { add, sub, mul, div, neg, atLeast, where, zerosLike, equals, sumOf } = arithmetic(op)
  const dims = [target.ndim]
  const magnitude = (x: any): any => add(sumOf(mul(x, x), dims), 1e-12)
  const cosine = div(sumOf(mul(x1, x2), dims), op.call('aten::sqrt', mul(magnitude(x1), magnitude(x2))))
  const zeros = zerosLike(cosine)
  const near = where(equals(target, 1), add(neg(cosine), 1), zeros)
  const far = where(equals(target, -1), atLeast(sub(cosine, margin), 0), zeros)
  return reduceLoss(op, add(near, far), reduction)
}

function triplet(
  op: Dispatch,
  anchor: TensorLike,
  positive: TensorLike,
  negative: TensorLike,
  margin: number,
  p: number,
  eps: number,
  swap: boolean,
  reduction: number,
): unknown {
  if (anchor.ndim !== positive.ndim || anchor.ndim !== negative.ndim) {
    fail(
      'TSJ_SHAPE_LOSS',
      `The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: anchor ${anchor.ndim}D, positive ${positive.ndim}D, and negative ${negative.ndim}D inputs`,
    )
  }
  const { add, sub, atLeast } = arithmetic(op)
  const distance = (a: unknown, b: unknown): any => op.call('aten::pairwise_distance', a, b, p, eps, false)
  let far = distance(anchor, negative)
  if (swap) far = op.call('aten::min.other', far, distance(positive, negative))
  return reduceLoss(op, atLeast(add(sub(distance(anchor, positive), far), margin), 0), reduction)
}

function pairwiseDistance(op: Dispatch, x1: TensorLike, x2: TensorLike, p: number, eps: number, keepdim: boolean): unknown {
  const { add, sub } = arithmetic(op)
  const innermost = Math.max(x1.ndim, x2.ndim) - 1
  return op.call('aten::norm.ScalarOpt_dim', add(sub(x1, x2), eps), op.float(p), [innermost], keepdim)
}

function cosineSimilarity(op: Dispatch, x1: TensorLike, x2: TensorLike, dim: number, eps: number): unknown {
  const { mul, div, atLeast, sumOf } = arithmetic(op)
  const sum = sumOf
  // the norms are taken after broadcasting, which they do not notice but for the rank
  const [a, b] = op.call('aten::broadcast_tensors', [x1, x2])
  const dtype = op.call('aten::result_type.Tensor', x1, x2)
  const cast = (t: any): any => op.call('aten::to.dtype', t, dtype)
  const unit = (x: any): any => div(x, atLeast(op.call('aten::linalg_vector_norm', x, op.float(2), [dim], true, null), eps))
  return sum(mul(unit(cast(a)), unit(cast(b))), [dim])
}

/** `target` holds classes: nll of one or two dimensions, others seen as images. */
function nllNd(op: Dispatch, input: TensorLike, target: TensorLike, weight: unknown, reduction: number, ignore: number): unknown {
  if (input.ndim < 1) fail('TSJ_SHAPE_LOSS', `Expected 1 or more dimensions (got ${input.ndim})`)
  if (input.ndim !== 1 && input.shape[0] !== target.shape[0]) {
    fail('TSJ_SHAPE_LOSS', `Expected input batch_size (${input.shape[0]}) to match target batch_size (${target.shape[0]}).`)
  }
  if (input.ndim <= 2) return op.call('aten::nll_loss', input, target, weight, reduction, ignore)
  if (input.ndim === 4) return op.call('aten::nll_loss2d', input, target, weight, reduction, ignore)
  const [n, c, ...rest] = input.shape
  if (target.shape.length !== rest.length + 1 || rest.some((size, i) => size !== target.shape[i + 1])) {
    fail('TSJ_SHAPE_LOSS', `Expected target size [${[n, ...rest].join(', ')}], got [${target.shape.join(', ')}]`)
  }
  const flat = rest.reduce((count, size) => count * size, 1)
  const loss = op.call(
    'aten::nll_loss2d',
    op.call('aten::reshape', input, [n, c, 1, flat]),
    op.call('aten::reshape', target, [n, 1, flat]),
    weight,
    reduction,
    ignore,
  )
  return reduction === 0 ? op.call('aten::reshape', loss, [n, ...rest]) : loss
}

function crossEntropy(
  op: Dispatch,
  input: TensorLike,
  target: TensorLike,
  weight: any,
  reduction: number,
  ignore: number,
  smoothing: number,
): unknown {
  if (smoothing < 0 || smoothing > 1) fail('TSJ_LOSS', `label_smoothing must be between 0.0 and 1.0. Got: ${smoothing}`)
  const dim = input.ndim === 1 ? 0 : 1
  const classes = input.shape[dim]
  const logs = op.call('aten::log_softmax.int', input, dim, null)
  const { add, mul, div, neg, sumOf } = arithmetic(op)
  const perClass = (): any =>
    op.call(
      'aten::view',
      weight,
      input.shape.map((_, i) => (i === dim ? classes : 1)),
    )
  if (target.shape.length === input.shape.length && target.shape.every((size, i) => size === input.shape[i])) {
    const wanted = smoothing > 0 ? add(mul(target, 1 - smoothing), smoothing / classes) : target
    const products = mul(logs, wanted)
    const weighted = weight === null ? products : mul(products, perClass())
    if (reduction === 0) return neg(sumOf(weighted, [dim]))
    const total = neg(op.call('aten::sum', weighted, null))
    return reduction === 2 ? total : div(total, Math.max(input.numel / classes, 0))
  }
  const loss = op.call('aten::nll_loss_nd', logs, target, weight, reduction, ignore)
  if (smoothing === 0) return loss
  const ignored = op.call('aten::eq.Scalar', target, op.int(ignore))
  const smooth = op.call(
    'aten::masked_fill.Scalar',
    neg(sumOf(weight === null ? logs : mul(logs, perClass()), [dim])),
    ignored,
    op.float(0),
  )
  let spread: any
  if (reduction === 0) spread = smooth
  else if (reduction === 2) spread = op.call('aten::sum', smooth, null)
  else if (weight !== null) {
    const safe = op.call('aten::masked_fill.Scalar', target, ignored, op.int(0))
    const factors = op.call(
      'aten::masked_fill.Scalar',
      op.call('aten::reshape', op.call('aten::index_select', weight, 0, op.call('aten::flatten.using_ints', safe, 0, -1)), target.shape),
      ignored,
      op.float(0),
    )
    spread = div(op.call('aten::sum', smooth, null), op.call('aten::sum', factors, null))
  } else {
    const kept = op.call('aten::sum', op.call('aten::logical_not', ignored), null)
    spread = div(op.call('aten::sum', smooth, null), kept)
  }
  return add(mul(loss, 1 - smoothing), mul(spread, smoothing / classes))
}

/** `lengths` as a tensor or as a list. */
function ctc(
  op: Dispatch,
  logProbs: any,
  targets: any,
  inputLengths: any,
  targetLengths: any,
  blank: number,
  reduction: number,
  zeroInfinity: boolean,
): unknown {
  const key = Array.isArray(inputLengths) ? 'aten::_ctc_loss' : 'aten::_ctc_loss.Tensor'
  const batched = logProbs.ndim === 3
  const shaped = batched ? logProbs : op.call('aten::unsqueeze', logProbs, 1)
  let [loss] = op.call(
    key,
    shaped,
    batched || targets.ndim !== 1 ? targets : op.call('aten::unsqueeze', targets, 0),
    inputLengths,
    targetLengths,
    blank,
    zeroInfinity,
  )
  const { div, where, zerosLike } = arithmetic(op)
  if (zeroInfinity) loss = where(op.call('aten::eq.Scalar', loss, op.float(Number.POSITIVE_INFINITY)), zerosLike(loss), loss)
  if (reduction === 1) {
    const each = (n: number): any => op.call('aten::scalar_tensor', op.int(Math.max(n, 1)), dtypeInfo(loss.dtype).code)
    const lengths = Array.isArray(targetLengths)
      ? op.call('aten::stack', targetLengths.map(each), 0)
      : op.call('aten::clamp_min', targetLengths, op.int(1))
    return op.call('aten::mean', div(loss, lengths), null)
  }
  if (reduction === 2) return op.call('aten::sum', loss, null)
  return batched ? loss : op.call('aten::squeeze.dim', loss, 0)
}

export const lossDecompositions: DecompositionTable = {
  'aten::mse_loss': (op, input, target, reduction) => {
    const difference = op.call('aten::sub.Tensor', input, target)
    return reduceLoss(op, op.call('aten::mul.Tensor', difference, difference), reduction)
  },
  'aten::l1_loss': (op, input, target, reduction) =>
    reduceLoss(op, op.call('aten::abs', op.call('aten::sub.Tensor', input, target)), reduction),
  'aten::smooth_l1_loss': smoothL1,
  'aten::huber_loss': huber,
  'aten::binary_cross_entropy_with_logits': bceWithLogits,
  'aten::kl_div': klDiv,
  'aten::hinge_embedding_loss': hingeEmbedding,
  'aten::margin_ranking_loss': (op, x1, x2, target, margin, reduction) => {
    const { add, sub, mul, neg, atLeast } = arithmetic(op)
    return reduceLoss(op, atLeast(add(mul(neg(target), sub(x1, x2)), margin), 0), reduction)
  },
  'aten::soft_margin_loss': (op, input, target, reduction) => {
    const { mul, neg, exp } = arithmetic(op)
    return reduceLoss(op, op.call('aten::log1p', exp(mul(neg(input), target))), reduction)
  },
  'aten::multilabel_margin_loss': (op, input, target, reduction) =>
    op.call('aten::multilabel_margin_loss_forward', input, target, reduction)[0],
  'aten::poisson_nll_loss': poissonNll,
  'aten::cosine_embedding_loss': cosineEmbedding,
  'aten::triplet_margin_loss': triplet,
  'aten::pairwise_distance': pairwiseDistance,
  'aten::cosine_similarity': cosineSimilarity,
  'aten::nll_loss': (op, input, target, weight, reduction, ignore) =>
    op.call('aten::nll_loss_forward', input, target, weight, reduction, ignore)[0],
  'aten::nll_loss2d': (op, input, target, weight, reduction, ignore) =>
    op.call('aten::nll_loss2d_forward', input, target, weight, reduction, ignore)[0],
  'aten::nll_loss_nd': nllNd,
  'aten::cross_entropy_loss': crossEntropy,
  'aten::ctc_loss.IntList': ctc,
  'aten::ctc_loss.Tensor': ctc,
  'aten::dist': (op, a, b, p) => op.call('aten::norm.Scalar', op.call('aten::sub.Tensor', a, b), p),
}
