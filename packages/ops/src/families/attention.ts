/** Attention and the transformer layer in terms of matrix products and softmax. */
import { type DType, dtypeInfo } from '@tsjit/types'
import type { DecompositionTable, Dispatch, TensorLike } from '../dispatch.ts'

const negativeInfinity = (op: Dispatch): unknown => op.float(Number.NEGATIVE_INFINITY)

/** softmax(query @ keyᵀ * scale + mask) @ value; rows in which everything is masked give zeros. */
function attentionMath(
  op: Dispatch,
  query: TensorLike,
  key: any,
  value: any,
  mask: any,
  dropout: number,
  causal: boolean,
  dropoutMask: any,
  scale: number | null,
  gqa: boolean,
): unknown[] {
  if (gqa) {
    const heads = (t: TensorLike): number => t.shape[t.ndim - 3]
    const [forKey, forValue] = [heads(query) / heads(key), heads(query) / heads(value)]
    key = op.call('aten::repeat_interleave.self_int', key, forKey, -3)
    value = op.call('aten::repeat_interleave.self_int', value, forValue, -3)
  }
  const [rows, columns] = [query.shape[query.ndim - 2], key.shape[key.ndim - 2]]
  const factor = scale ?? 1 / Math.sqrt(query.shape[query.ndim - 1])
  let scores = op.call('aten::mul.Scalar', op.call('aten::matmul', query, op.call('aten::transpose.int', key, -2, -1)), op.float(factor))
  if (causal) {
    const ones = op.call('aten::ones', [rows, columns], 11, null, null, null)
    scores = op.call('aten::masked_fill.Scalar', scores, op.call('aten::logical_not', op.call('aten::tril', ones)), negativeInfinity(op))
  }
  if (mask !== null) {
    // a bool mask is added as 0 and 1 here: the public operator turns it into 0 and -inf first
    scores = op.call('aten::add.Tensor', scores, mask)
  }
  let weights = op.call('aten::_safe_softmax', scores, -1)
  const result = (w: unknown): unknown => op.call('aten::matmul', w, value)
  if (dropout > 0) {
    if (dropoutMask !== null) {
      const kept = op.call('aten::masked_fill.Scalar', weights, op.call('aten::logical_not', dropoutMask), op.float(0))
      return [op.call('aten::mul.Scalar', result(kept), op.float(1 / (1 - dropout))), kept]
    }
    weights = op.call('aten::dropout', weights, dropout, true)
  }
  return [result(weights), weights]
}

/** Where a bool mask is false: -inf, else 0. */
function floatMask(op: Dispatch, mask: any, query: TensorLike): any {
  if (mask === null || mask.dtype !== 'bool') return mask
  return op.call(
    'aten::masked_fill.Scalar',
    op.call('aten::zeros_like', mask, dtypeInfo(query.dtype as DType).code),
    op.call('aten::logical_not', mask),
    negativeInfinity(op),
  )
}

/** Mask types of the fused layers: 0 is [T, T], 1 is [batch, T] of keys to leave out, 2 is the whole score's shape. */
function maskScores(op: Dispatch, scores: any, mask: any, maskType: number | null): any {
  if (mask === null) return scores
  const [batch, heads, rows, columns] = scores.shape
  const shaped =
    maskType === 1
      ? op.call('aten::view', mask, [batch, 1, 1, columns])
      : mask.ndim === 2
        ? op.call('aten::view', mask, [1, 1, rows, columns])
        : mask
  const whole = op.call('aten::expand', shaped, [batch, heads, rows, columns])
  return mask.dtype === 'bool'
    ? op.call('aten::masked_fill.Scalar', scores, whole, negativeInfinity(op))
    : op.call('aten::add.Tensor', scores, whole)
}

function multiHead(
  op: Dispatch,
  query: any,
  key: any,
  value: any,
  embedDim: number,
  heads: number,
  qkvWeight: any,
  qkvBias: any,
  projWeight: any,
  projBias: any,
  mask: any,
  needWeights: boolean,
  average: boolean,
  maskType: number | null,
): unknown[] {
  const weights = op.call('aten::chunk', qkvWeight, 3, 0)
  const biases = op.call('aten::chunk', qkvBias, 3, 0)
  const headDim = embedDim / heads
  const split = (x: any, i: number): any => {
    const projected = op.call('aten::linear', x, weights[i], biases[i])
    const [batch, length] = x.shape
    return op.call('aten::transpose.int', op.call('aten::reshape', projected, [batch, length, heads, headDim]), 1, 2)
  }
  const q = op.call('aten::mul.Scalar', split(query, 0), op.float(1 / Math.sqrt(headDim)))
  const scores = maskScores(op, op.call('aten::matmul', q, op.call('aten::transpose.int', split(key, 1), -2, -1)), mask, maskType)
  const attention = op.call('aten::softmax.int', scores, -1, null)
  const mixed = op.call('aten::transpose.int', op.call('aten::matmul', attention, split(value, 2)), 1, 2)
  const [batch, length] = query.shape
  const out = op.call('aten::linear', op.call('aten::reshape', mixed, [batch, length, embedDim]), projWeight, projBias)
  if (!needWeights) return [out, null]
  return [out, average ? op.call('aten::mean.dim', attention, [1], false, null) : attention]
}

function encoderLayer(
  op: Dispatch,
  source: any,
  embedDim: number,
  heads: number,
  qkvWeight: any,
  qkvBias: any,
  projWeight: any,
  projBias: any,
  useGelu: boolean,
  normFirst: boolean,
  eps: number,
  norm1: any,
  normBias1: any,
  norm2: any,
  normBias2: any,
  weight1: any,
  bias1: any,
  weight2: any,
  bias2: any,
  mask: any,
  maskType: number | null,
): unknown {
  const normalize = (x: any, weight: any, bias: any): any => op.call('aten::layer_norm', x, [embedDim], weight, bias, eps, true)
  const attend = (x: any): any =>
    multiHead(op, x, x, x, embedDim, heads, qkvWeight, qkvBias, projWeight, projBias, mask, false, true, maskType)[0]
  const feed = (x: any): any => {
    const inner = op.call('aten::linear', x, weight1, bias1)
    return op.call('aten::linear', useGelu ? op.call('aten::gelu', inner, 'none') : op.call('aten::relu', inner), weight2, bias2)
  }
  const add = (a: any, b: any): any => op.call('aten::add.Tensor', a, b)
  if (normFirst) {
    const first = add(source, attend(normalize(source, norm1, normBias1)))
    return add(first, feed(normalize(first, norm2, normBias2)))
  }
  const first = normalize(add(source, attend(source)), norm1, normBias1)
  return normalize(add(first, feed(first)), norm2, normBias2)
}

export const attentionDecompositions: DecompositionTable = {
  'aten::_scaled_dot_product_attention_math': attentionMath,
  'aten::scaled_dot_product_attention': (op, query, key, value, mask, dropout, causal, scale, gqa) =>
    attentionMath(op, query, key, value, floatMask(op, mask, query), dropout, causal, null, scale, gqa)[0],
  'aten::_fused_sdp_choice': () => 0,
  'aten::_native_multi_head_attention': multiHead as DecompositionTable[string],
  'aten::_transformer_encoder_layer_fwd': encoderLayer as DecompositionTable[string],
}
