/** Scaled dot product attention, head by head. Scores and softmax are computed in double precision. */

import { type Dispatcher, type KernelTable, readNumbers as readElements, scalarFloat, type Tensor } from '@tsjit/runtime/backend'
import { dtypeInfo, RuntimeError } from '@tsjit/types'
import { gemm } from './nn-gemm.ts'
import { broadcastShapes, check, dtypeName, expandTo, fromNumbers, output, product, readNumbers } from './nn-host.ts'

interface Options {
  readonly mask: Tensor | null
  readonly causal: boolean
  readonly scale: number | null
  readonly gqa: boolean
}

interface Attended {
  readonly out: Tensor
  /** log of the sum of the exponentials of each row's scores. */
  readonly logSumExp: Tensor
}

/** query [..., L, E], key [..., S, E], value [..., S, V]. With `gqa`, groups of query heads share a key head. */
function attend(d: Dispatcher, query: Tensor, key: Tensor, value: Tensor, { mask, causal, scale, gqa }: Options): Attended {
  checkArguments(query, key, value, mask, causal)
  const [rows, depth] = query.shape.slice(-2)
  const [columns, width] = value.shape.slice(-2)
  const share = gqa ? query.shape[query.ndim - 3] / key.shape[key.ndim - 3] : 1
  const leadKey = key.shape.slice(0, -2)
  const grouped = gqa ? [...leadKey.slice(0, -1), leadKey[leadKey.length - 1] * share] : leadKey
  const lead = broadcastShapes(query.shape.slice(0, -2), broadcastShapes(grouped, gqa ? grouped : value.shape.slice(0, -2)))
  const q = readNumbers(expandTo(query, [...lead, rows, depth]))
  const keyLead = gqa ? [...lead.slice(0, -1), leadKey[leadKey.length - 1]] : lead
  const k = readNumbers(expandTo(key, [...keyLead, columns, depth]))
  const v = readNumbers(expandTo(value, [...keyLead, columns, width]))
  const bias = mask && readElements(expandTo(mask, [...lead, rows, columns]))
  const batch = product(lead)
  const result = output(d, [...lead, rows, width], query.dtype, query.device)
  const scores = new Float64Array(rows * columns)
  const sums = new Float64Array(batch * rows)
  const factor = scale ?? 1 / Math.sqrt(depth)
  for (let n = 0; n < batch; n++) {
    const shared = Math.floor(n / share)
    gemm(
      rows,
      columns,
      depth,
      { data: q, offset: n * rows * depth, row: depth, column: 1 },
      { data: k, offset: shared * columns * depth, row: 1, column: depth },
      { data: scores, offset: 0, row: columns, column: 1 },
    )
    const maskAt = n * rows * columns
    for (let i = 0; i < scores.length; i++) {
      const hidden = (causal && i % columns > Math.floor(i / columns)) || (mask?.dtype === 'bool' && bias![maskAt + i] === 0)
      scores[i] = hidden ? Number.NEGATIVE_INFINITY : scores[i] * factor + (bias && mask!.dtype !== 'bool' ? bias[maskAt + i] : 0)
    }
    for (let i = 0; i < rows; i++) sums[n * rows + i] = softmaxRow(scores, i * columns, columns)
    gemm(
      rows,
      width,
      columns,
      { data: scores, offset: 0, row: columns, column: 1 },
      { data: v, offset: shared * columns * width, row: width, column: 1 },
      { data: result.data, offset: n * rows * width, row: width, column: 1 },
    )
  }
  const statistics = query.dtype === 'float64' ? 'float64' : 'float32'
  return { out: result.finish(), logSumExp: fromNumbers(d, sums, [...lead, rows], statistics, query.device) }
}

/** In place; a row in which everything is hidden becomes zeros. Returns the log of the sum of exponentials. */
function softmaxRow(values: Float64Array, at: number, count: number): number {
  let most = Number.NEGATIVE_INFINITY
  for (let i = at; i < at + count; i++) most = Math.max(most, values[i])
  if (most === Number.NEGATIVE_INFINITY) {
    values.fill(0, at, at + count)
    return most
  }
  let sum = 0
  for (let i = at; i < at + count; i++) sum += values[i] = Math.exp(values[i] - most)
  for (let i = at; i < at + count; i++) values[i] /= sum
  return most + Math.log(sum)
}

function checkArguments(query: Tensor, key: Tensor, value: Tensor, mask: Tensor | null, causal: boolean): void {
  check(
    query.dtype === key.dtype && query.dtype === value.dtype,
    () =>
      `Expected query, key, and value to have the same dtype, but got query.dtype: ${spoken(query)} key.dtype: ${spoken(key)} and value.dtype: ${spoken(value)} instead.`,
    'TSJ_DTYPE_MISMATCH',
  )
  check(
    query.ndim >= 2 && key.ndim >= 2 && value.ndim >= 2,
    () =>
      `Expected query, key, and value to all be  at least 2 dimensional, but got query.dim: ${query.ndim}, key.dim: ${key.ndim} and value.dim: ${value.ndim} instead.`,
    'TSJ_SHAPE_ATTENTION',
  )
  check(
    mask === null || mask.dtype === 'bool' || mask.dtype === query.dtype || mask.dtype === 'float32',
    () =>
      `Expected attn_mask dtype to be bool or float or to match query dtype, but got attn_mask.dtype: ${spoken(mask!)} and  query.dtype: ${spoken(query)} instead.`,
    'TSJ_DTYPE_MISMATCH',
  )
  check(
    !(mask && causal),
    () => '_scaled_dot_product_attention: Explicit attn_mask should not be set when is_causal=True',
    'TSJ_SHAPE_ATTENTION',
  )
  check(
    query.shape[query.ndim - 1] === key.shape[key.ndim - 1],
    () =>
      `mat1 and mat2 shapes cannot be multiplied (${query.shape.slice(-2).join('x')} and ${[...key.shape.slice(-2)].reverse().join('x')})`,
    'TSJ_SHAPE_ATTENTION',
  )
  check(
    key.shape[key.ndim - 2] === value.shape[value.ndim - 2],
    () =>
      `mat1 and mat2 shapes cannot be multiplied (${query.shape[query.ndim - 2]}x${key.shape[key.ndim - 2]} and ${value.shape.slice(-2).join('x')})`,
    'TSJ_SHAPE_ATTENTION',
  )
}

function spoken(t: Tensor): string {
  return (
    { Float: 'float', Double: 'double', Long: 'long int', Int: 'int', Bool: 'bool', Half: 'c10::Half', BFloat16: 'c10::BFloat16' }[
      dtypeName(t.dtype)
    ] ?? dtypeName(t.dtype)
  )
}

function scaledDotProductAttention(
  d: Dispatcher,
  query: Tensor,
  key: Tensor,
  value: Tensor,
  mask: Tensor | null,
  dropout: number,
  causal: boolean,
  scale: number | null,
  gqa: boolean,
): Tensor {
  if (dropout > 0) {
    const hidden = scalarFloat(Number.NEGATIVE_INFINITY)
    const added =
      mask?.dtype === 'bool'
        ? d.call(
            'aten::masked_fill.Scalar',
            d.call('aten::zeros_like', mask, dtypeInfo(query.dtype).code),
            d.call('aten::logical_not', mask),
            hidden,
          )
        : mask
    return d.call('aten::_scaled_dot_product_attention_math', query, key, value, added, dropout, causal, null, scale, gqa)[0]
  }
  return likeQuery(d, attend(d, query, key, value, { mask, causal, scale, gqa }).out, query)
}

/** PyTorch's kernel for four dimensions leaves its result in the memory order of the queries. */
function likeQuery(d: Dispatcher, out: Tensor, query: Tensor): Tensor {
  if (query.ndim !== 4 || out.shape[3] !== query.shape[3]) return out
  const laid = d.call('aten::empty_like', query, null, null, null, null, null) as Tensor
  return laid.strides.every((stride, i) => stride === out.strides[i]) ? out : d.call('aten::copy_', laid, out, false)
}

export const attentionKernels: KernelTable = {
  'aten::scaled_dot_product_attention(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float dropout_p=0., bool is_causal=False, *, float? scale=None, bool enable_gqa=False) -> Tensor':
    scaledDotProductAttention,
  'aten::_scaled_dot_product_flash_attention_for_cpu(Tensor query, Tensor key, Tensor value, float dropout_p=0., bool is_causal=False, *, Tensor? attn_mask=None, float? scale=None) -> (Tensor output, Tensor logsumexp)':
    (d, query, key, value, dropout, causal, mask, scale) => {
      if (dropout > 0)
        throw new RuntimeError('TSJ_DROPOUT', 'scaled_dot_product_attention_flash_attention: Currently do not support dropout > 0')
      const { out, logSumExp } = attend(d, query, key, value, { mask, causal, scale, gqa: false })
      return [likeQuery(d, out, query), logSumExp]
    },
}
