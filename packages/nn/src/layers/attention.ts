import type { Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { type AttentionMask, canonicalMask, multiHeadAttention } from '../functional/attention.ts'
import { constant_, xavier_normal_, xavier_uniform_ } from '../init.ts'
import { Module } from '../module.ts'
import { blank, type FactoryOptions } from '../options.ts'
import { Parameter } from '../parameter.ts'
import { NonDynamicallyQuantizableLinear } from './linear.ts'

export interface AttentionOptions extends FactoryOptions {
  readonly dropout?: number
  readonly bias?: boolean
  readonly add_bias_kv?: boolean
  readonly add_zero_attn?: boolean
  readonly kdim?: number | null
  readonly vdim?: number | null
  readonly batch_first?: boolean
}
export interface AttentionArguments {
  /** (N, S): true, or minus infinity, where keys are to be ignored. */
  readonly key_padding_mask?: AttentionMask
  readonly need_weights?: boolean
  /** (L, S) or (N * heads, L, S): true where attention is not allowed, or numbers to add. */
  readonly attn_mask?: AttentionMask
  readonly average_attn_weights?: boolean
  readonly is_causal?: boolean
}

/** Attention with several heads. (L, N, E), or (N, L, E) with `batch_first`, or (L, E). */
export class MultiheadAttention extends Module {
  in_proj_weight: Parameter | null = null
  q_proj_weight: Parameter | null = null
  k_proj_weight: Parameter | null = null
  v_proj_weight: Parameter | null = null
  in_proj_bias: Parameter | null = null
  bias_k: Parameter | null = null
  bias_v: Parameter | null = null
  out_proj: NonDynamicallyQuantizableLinear
  readonly kdim: number
  readonly vdim: number
  readonly dropout: number
  readonly batch_first: boolean
  readonly head_dim: number
  readonly add_zero_attn: boolean

  constructor(
    readonly embed_dim: number,
    readonly num_heads: number,
    options: AttentionOptions = {},
  ) {
    super()
    const { dropout = 0, bias = true, add_bias_kv = false, add_zero_attn = false, kdim, vdim, batch_first = false, ...factory } = options
    if (embed_dim <= 0 || num_heads <= 0)
      throw new RuntimeError(
        'TSJ_ATTENTION',
        `embed_dim and num_heads must be greater than 0, got embed_dim=${embed_dim} and num_heads=${num_heads} instead`,
      )
    this.kdim = kdim ?? embed_dim
    this.vdim = vdim ?? embed_dim
    this.dropout = dropout
    this.batch_first = batch_first
    this.head_dim = Math.floor(embed_dim / num_heads)
    if (this.head_dim * num_heads !== embed_dim) throw new RuntimeError('TSJ_ATTENTION', 'embed_dim must be divisible by num_heads')
    const parameter = (...shape: number[]) => new Parameter(blank(shape, factory))
    if (this.kdim === embed_dim && this.vdim === embed_dim) this.in_proj_weight = parameter(3 * embed_dim, embed_dim)
    else {
      this.q_proj_weight = parameter(embed_dim, embed_dim)
      this.k_proj_weight = parameter(embed_dim, this.kdim)
      this.v_proj_weight = parameter(embed_dim, this.vdim)
    }
    if (bias) this.in_proj_bias = parameter(3 * embed_dim)
    this.out_proj = new NonDynamicallyQuantizableLinear(embed_dim, embed_dim, { bias, ...factory })
    if (add_bias_kv) {
      this.bias_k = parameter(1, 1, embed_dim)
      this.bias_v = parameter(1, 1, embed_dim)
    }
    this.add_zero_attn = add_zero_attn
    this.resetParameters()
  }
  resetParameters(): void {
    for (const weight of [this.in_proj_weight, this.q_proj_weight, this.k_proj_weight, this.v_proj_weight])
      if (weight) xavier_uniform_(weight)
    if (this.in_proj_bias) {
      constant_(this.in_proj_bias, 0)
      constant_(this.out_proj.bias!, 0)
    }
    if (this.bias_k) xavier_normal_(this.bias_k)
    if (this.bias_v) xavier_normal_(this.bias_v)
  }
  /** Gives [output, attention weights or null]. */
  forward(query: Tensor, key: Tensor, value: Tensor, options: AttentionArguments = {}): [Tensor, Tensor | null] {
    const batched = query.ndim === 3
    const swap = this.batch_first && batched
    const turn = (t: Tensor) => (swap ? t.transpose(0, 1) : t)
    const [output, weights] = multiHeadAttention(turn(query), turn(key), turn(value), {
      numHeads: this.num_heads,
      projections: this.in_proj_weight ?? [this.q_proj_weight!, this.k_proj_weight!, this.v_proj_weight!],
      projectionBias: this.in_proj_bias,
      biasK: this.bias_k,
      biasV: this.bias_v,
      addZeroAttention: this.add_zero_attn,
      dropout: this.dropout,
      outWeight: this.out_proj.weight,
      outBias: this.out_proj.bias,
      training: this.training,
      keyPaddingMask: canonicalMask(options.key_padding_mask, query.dtype),
      attentionMask: canonicalMask(options.attn_mask, query.dtype),
      needWeights: options.need_weights ?? true,
      averageWeights: options.average_attn_weights ?? true,
    })
    return [turn(output), weights]
  }
}
