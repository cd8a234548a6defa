import { callOperator, noGrad, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { normal_ } from '../init.ts'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { blank, type FactoryOptions, float, python } from '../options.ts'
import { Parameter } from '../parameter.ts'

export interface EmbeddingOptions extends FactoryOptions {
  readonly padding_idx?: number | null
  readonly max_norm?: number | null
  readonly norm_type?: number
  readonly scale_grad_by_freq?: boolean
  readonly sparse?: boolean
}

abstract class Table extends Module {
  weight: Parameter
  readonly padding_idx: number | null
  readonly max_norm: number | null
  readonly norm_type: number
  readonly scale_grad_by_freq: boolean
  readonly sparse: boolean
  constructor(
    readonly num_embeddings: number,
    readonly embedding_dim: number,
    options: EmbeddingOptions,
  ) {
    super()
    const { padding_idx = null, max_norm = null, norm_type = 2, scale_grad_by_freq = false, sparse = false, ...factory } = options
    if (padding_idx !== null && (padding_idx >= num_embeddings || padding_idx < -num_embeddings))
      throw new RuntimeError('TSJ_EMBEDDING', 'Padding_idx must be within num_embeddings')
    this.padding_idx = padding_idx !== null && padding_idx < 0 ? num_embeddings + padding_idx : padding_idx
    this.max_norm = max_norm
    this.norm_type = norm_type
    this.scale_grad_by_freq = scale_grad_by_freq
    this.sparse = sparse
    this.weight = new Parameter(blank([num_embeddings, embedding_dim], factory))
    this.resetParameters()
  }
  resetParameters(): void {
    normal_(this.weight)
    if (this.padding_idx !== null) noGrad(() => this.weight.index(this.padding_idx!).zero_())
  }
}

/** Rows of a table by their indices: (*) of ints to (*, embedding_dim). */
export class Embedding extends Table {
  constructor(num_embeddings: number, embedding_dim: number, options: EmbeddingOptions = {}) {
    super(num_embeddings, embedding_dim, options)
  }
  /** A table with these rows. */
  static fromPretrained(embeddings: Tensor, { freeze = true, ...options }: EmbeddingOptions & { freeze?: boolean } = {}): Embedding {
    const made = new Embedding(embeddings.shape[0], embeddings.shape[1], options)
    made.weight = new Parameter(embeddings, !freeze)
    return made
  }
  forward(input: Tensor): Tensor {
    let indices = input
    if (this.max_norm !== null) {
      indices = input.contiguous()
      callOperator('embedding_renorm_', [this.weight.detach(), indices, this.max_norm, this.norm_type])
    }
    return op('embedding', this.weight, indices, this.padding_idx ?? -1, this.scale_grad_by_freq, this.sparse)
  }
  override extraRepr(): string {
    let text = `${this.num_embeddings}, ${this.embedding_dim}`
    if (this.padding_idx !== null) text += `, padding_idx=${this.padding_idx}`
    if (this.max_norm !== null) text += `, max_norm=${python(this.max_norm)}`
    if (this.norm_type !== 2) text += `, norm_type=${python(this.norm_type)}`
    if (this.scale_grad_by_freq) text += ', scale_grad_by_freq=True'
    if (this.sparse) text += ', sparse=True'
    return text
  }
}

export interface EmbeddingBagOptions extends EmbeddingOptions {
  readonly mode?: 'sum' | 'mean' | 'max'
  readonly include_last_offset?: boolean
}
const modes = { sum: 0, mean: 1, max: 2 } as const

/** Sums, means or maxima of bags of rows. */
export class EmbeddingBag extends Table {
  readonly mode: 'sum' | 'mean' | 'max'
  readonly include_last_offset: boolean
  constructor(
    num_embeddings: number,
    embedding_dim: number,
    { mode = 'mean', include_last_offset = false, ...options }: EmbeddingBagOptions = {},
  ) {
    super(num_embeddings, embedding_dim, options)
    this.mode = mode
    this.include_last_offset = include_last_offset
  }
  /** A bag a row of a 2-dim input, or from each offset into a 1-dim input. */
  forward(input: Tensor, offsets: Tensor | null = null, per_sample_weights: Tensor | null = null): Tensor {
    let indices = input
    let starts = offsets
    let weights = per_sample_weights
    if (input.ndim === 2) {
      if (offsets)
        throw new RuntimeError(
          'TSJ_EMBEDDING',
          'if input is 2D, then offsets has to be None, as input is treated is a mini-batch of fixed length sequences',
        )
      starts = op('arange', 0, input.numel, input.shape[1], { dtype: input.dtype })
      indices = input.reshape([-1])
      weights = weights?.reshape([-1]) ?? null
    } else if (!starts) throw new RuntimeError('TSJ_EMBEDDING', 'offsets has to be a 1D Tensor but got None')
    if (this.max_norm !== null) callOperator('embedding_renorm_', [this.weight.detach(), indices, this.max_norm, this.norm_type])
    const args = [
      this.weight,
      indices,
      starts,
      this.scale_grad_by_freq,
      modes[this.mode],
      this.sparse,
      weights,
      this.include_last_offset,
      this.padding_idx,
    ]
    return (callOperator('embedding_bag', args) as Tensor[])[0]
  }
  override extraRepr(): string {
    let text = `${this.num_embeddings}, ${this.embedding_dim}`
    if (this.max_norm !== null) text += `, max_norm=${python(this.max_norm)}`
    if (this.norm_type !== 2) text += `, norm_type=${float(this.norm_type)}`
    if (this.scale_grad_by_freq) text += ', scale_grad_by_freq=True'
    text += `, mode='${this.mode}'`
    if (this.padding_idx !== null) text += `, padding_idx=${this.padding_idx}`
    return text
  }
}
