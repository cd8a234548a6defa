import { callOperator, plainShape, sizes, type Tensor } from '@tsjit/runtime'
import { type DType, dtypeInfo, RuntimeError } from '@tsjit/types'
import { op } from '../operator.ts'

export type AttentionMask = Tensor | null | undefined

/** A mask as numbers to add: minus infinity where a boolean mask is true. Throws TSJ_ATTENTION for masks of ints. */
export function canonicalMask(mask: AttentionMask, dtype: DType): Tensor | null {
  if (!mask) return null
  if (dtypeInfo(mask.dtype).isFloat) return mask
  if (mask.dtype !== 'bool') throw new RuntimeError('TSJ_ATTENTION', 'only bool and floating types of a mask are supported')
  return op('zeros_like', mask, { dtype }).masked_fill_(mask, Number.NEGATIVE_INFINITY)
}

/** Minus infinity above the diagonal: each position sees itself and what came before. */
export function squareSubsequentMask(size: number): Tensor {
  return op('triu', op('full', [size, size], Number.NEGATIVE_INFINITY), 1)
}

export interface MultiHeadAttentionOptions {
  readonly numHeads: number
  /** One matrix for query, key and value, or three. */
  readonly projections: Tensor | readonly [Tensor, Tensor, Tensor]
  readonly projectionBias: Tensor | null
  readonly biasK: Tensor | null
  readonly biasV: Tensor | null
  readonly addZeroAttention: boolean
  readonly dropout: number
  readonly outWeight: Tensor
  readonly outBias: Tensor | null
  readonly training: boolean
  readonly keyPaddingMask: Tensor | null
  readonly attentionMask: Tensor | null
  readonly needWeights: boolean
  readonly averageWeights: boolean
}

/** (L, N, E), (S, N, K), (S, N, V), or without N, to [(L, N, E), weights]. */
export function multiHeadAttention(query: Tensor, key: Tensor, value: Tensor, options: MultiHeadAttentionOptions): [Tensor, Tensor | null] {
  if (query.ndim !== 2 && query.ndim !== 3)
    throw new RuntimeError('TSJ_ATTENTION', `query should be unbatched 2D or batched 3D tensor but received ${query.ndim}-D query tensor`)
  if (query.ndim === 2) {
    const lift = (t: Tensor) => t.unsqueeze(1)
    const padding = options.keyPaddingMask?.unsqueeze(0) ?? null
    const [output, weights] = multiHeadAttention(lift(query), lift(key), lift(value), { ...options, keyPaddingMask: padding })
    return [output.squeeze(1), weights?.squeeze(0) ?? null]
  }
  const { numHeads, biasK, biasV, dropout, training, needWeights } = options
  const [length, batch] = query.shape
  const width = plainShape(query)[2]
  const headDim = width / numHeads
  const batchHeads = sizes.mul(batch, numHeads)
  let [q, k, v] = project(query, key, value, options)
  let { attentionMask: mask, keyPaddingMask: padding } = options
  if (mask?.ndim === 2) mask = mask.unsqueeze(0)
  const widen = (count: number) => {
    if (mask) mask = op('pad', mask, [0, count])
    if (padding) padding = op('pad', padding, [0, count])
  }
  if (biasK && biasV) {
    k = op('cat', [k, biasK.repeat([1, batch, 1])])
    v = op('cat', [v, biasV.repeat([1, batch, 1])])
    widen(1)
  }
  const heads = (t: Tensor) => t.view(t.shape[0], batchHeads, headDim).transpose(0, 1)
  q = q.view(length, batchHeads, headDim).transpose(0, 1)
  k = heads(k)
  v = heads(v)
  if (options.addZeroAttention) {
    const zeros = op('zeros', [batchHeads, 1, headDim], { dtype: k.dtype })
    k = op('cat', [k, zeros], 1)
    v = op('cat', [v, zeros], 1)
    widen(1)
  }
  const source = k.shape[1]
  if (padding) {
    const spread: Tensor = padding.view(batch, 1, 1, source).expand([-1, numHeads, -1, -1]).reshape([batchHeads, 1, source])
    mask = mask ? mask.add(spread) : spread
  }
  const p = training ? dropout : 0
  if (needWeights) {
    const scaled = q.mul(Math.sqrt(1 / headDim))
    let weights: Tensor = mask ? op('baddbmm', mask, scaled, k.transpose(-2, -1)) : op('bmm', scaled, k.transpose(-2, -1))
    weights = weights.softmax(-1)
    if (p > 0) weights = op('dropout', weights, p, true)
    const output = joined(op('bmm', weights, v).transpose(0, 1).contiguous().view(sizes.mul(length, batch), width), options, length, batch)
    weights = weights.view(batch, numHeads, length, source)
    return [output, options.averageWeights ? weights.mean([1]) : weights]
  }
  if (mask) mask = plainShape(mask)[0] === 1 ? mask.unsqueeze(0) : mask.view(batch, numHeads, -1, source)
  const split = (t: Tensor) => t.view(batch, numHeads, t.shape[1], headDim)
  const attended = op('scaled_dot_product_attention', split(q), split(k), split(v), mask, p, false)
  return [joined(attended.permute(2, 0, 1, 3).contiguous().view(sizes.mul(batch, length), width), options, length, batch), null]
}

function joined(flat: Tensor, { outWeight, outBias }: MultiHeadAttentionOptions, length: number, batch: number): Tensor {
  const output = op('linear', flat, outWeight, outBias)
  return output.view(length, batch, output.shape[1])
}

function project(query: Tensor, key: Tensor, value: Tensor, { projections, projectionBias }: MultiHeadAttentionOptions): Tensor[] {
  const weights: Tensor[] = Array.isArray(projections) ? [...projections] : (callOperator('chunk', [projections, 3]) as Tensor[])
  const biases: (Tensor | null)[] = projectionBias ? (callOperator('chunk', [projectionBias, 3]) as Tensor[]) : [null, null, null]
  return [query, key, value].map((t, i) => op('linear', t, weights[i], biases[i]))
}
