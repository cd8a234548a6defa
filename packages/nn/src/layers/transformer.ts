import { plainShape, Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { ModuleList } from '../containers.ts'
import { type AttentionMask, canonicalMask, squareSubsequentMask } from '../functional/attention.ts'
import { xavier_uniform_ } from '../init.ts'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import type { FactoryOptions } from '../options.ts'
import { Parameter } from '../parameter.ts'
import { MultiheadAttention } from './attention.ts'
import { Dropout } from './dropout.ts'
import { Linear } from './linear.ts'
import { LayerNorm } from './normalization.ts'

export type Activation = 'relu' | 'gelu' | ((input: Tensor) => Tensor)
export interface TransformerLayerOptions extends FactoryOptions {
  readonly dim_feedforward?: number
  readonly dropout?: number
  readonly activation?: Activation
  readonly layer_norm_eps?: number
  readonly batch_first?: boolean
  readonly norm_first?: boolean
  readonly bias?: boolean
}
interface Resolved {
  readonly dim_feedforward: number
  readonly dropout: number
  readonly activation: Activation
  readonly layer_norm_eps: number
  readonly norm_first: boolean
  readonly attention: { dropout: number; bias: boolean; batch_first: boolean } & FactoryOptions
  readonly linear: { bias: boolean } & FactoryOptions
}
function resolve(options: TransformerLayerOptions): Resolved {
  const {
    dim_feedforward = 2048,
    dropout = 0.1,
    activation = 'relu',
    layer_norm_eps = 1e-5,
    batch_first = false,
    norm_first = false,
    bias = true,
    ...factory
  } = options
  return {
    dim_feedforward,
    dropout,
    activation,
    layer_norm_eps,
    norm_first,
    attention: { dropout, bias, batch_first, ...factory },
    linear: { bias, ...factory },
  }
}
const activate = (activation: Activation, input: Tensor): Tensor =>
  typeof activation === 'string' ? op(activation, input) : activation(input)

/** Attention to itself, then a perceptron. */
export class TransformerEncoderLayer extends Module {
  self_attn: MultiheadAttention
  linear1: Linear
  dropout: Dropout
  linear2: Linear
  readonly norm_first: boolean
  norm1: LayerNorm
  norm2: LayerNorm
  dropout1: Dropout
  dropout2: Dropout
  private readonly activation: Activation

  constructor(
    readonly d_model: number,
    readonly nhead: number,
    readonly options: TransformerLayerOptions = {},
  ) {
    super()
    const o = resolve(options)
    this.self_attn = new MultiheadAttention(d_model, nhead, o.attention)
    this.linear1 = new Linear(d_model, o.dim_feedforward, o.linear)
    this.dropout = new Dropout(o.dropout)
    this.linear2 = new Linear(o.dim_feedforward, d_model, o.linear)
    this.norm_first = o.norm_first
    this.norm1 = new LayerNorm(d_model, { eps: o.layer_norm_eps, ...o.linear })
    this.norm2 = new LayerNorm(d_model, { eps: o.layer_norm_eps, ...o.linear })
    this.dropout1 = new Dropout(o.dropout)
    this.dropout2 = new Dropout(o.dropout)
    this.activation = o.activation
  }
  forward(
    src: Tensor,
    { src_mask, src_key_padding_mask }: { src_mask?: AttentionMask; src_key_padding_mask?: AttentionMask; is_causal?: boolean } = {},
  ): Tensor {
    const mask = canonicalMask(src_mask, src.dtype)
    const padding = canonicalMask(src_key_padding_mask, src.dtype)
    const attend = (x: Tensor) =>
      this.dropout1.call(this.self_attn.call(x, x, x, { attn_mask: mask, key_padding_mask: padding, need_weights: false })[0])
    const feed = (x: Tensor) => this.dropout2.call(this.linear2.call(this.dropout.call(activate(this.activation, this.linear1.call(x)))))
    if (this.norm_first) {
      const x = src.add(attend(this.norm1.call(src)))
      return x.add(feed(this.norm2.call(x)))
    }
    const x = this.norm1.call(src.add(attend(src)))
    return this.norm2.call(x.add(feed(x)))
  }
}

export interface DecoderArguments {
  readonly tgt_mask?: AttentionMask
  readonly memory_mask?: AttentionMask
  readonly tgt_key_padding_mask?: AttentionMask
  readonly memory_key_padding_mask?: AttentionMask
}
/** Attention to itself, to the encoder's memory, then a perceptron. */
export class TransformerDecoderLayer extends Module {
  self_attn: MultiheadAttention
  multihead_attn: MultiheadAttention
  linear1: Linear
  dropout: Dropout
  linear2: Linear
  readonly norm_first: boolean
  norm1: LayerNorm
  norm2: LayerNorm
  norm3: LayerNorm
  dropout1: Dropout
  dropout2: Dropout
  dropout3: Dropout
  private readonly activation: Activation

  constructor(
    readonly d_model: number,
    readonly nhead: number,
    readonly options: TransformerLayerOptions = {},
  ) {
    super()
    const o = resolve(options)
    this.self_attn = new MultiheadAttention(d_model, nhead, o.attention)
    this.multihead_attn = new MultiheadAttention(d_model, nhead, o.attention)
    this.linear1 = new Linear(d_model, o.dim_feedforward, o.linear)
    this.dropout = new Dropout(o.dropout)
    this.linear2 = new Linear(o.dim_feedforward, d_model, o.linear)
    this.norm_first = o.norm_first
    this.norm1 = new LayerNorm(d_model, { eps: o.layer_norm_eps, ...o.linear })
    this.norm2 = new LayerNorm(d_model, { eps: o.layer_norm_eps, ...o.linear })
    this.norm3 = new LayerNorm(d_model, { eps: o.layer_norm_eps, ...o.linear })
    this.dropout1 = new Dropout(o.dropout)
    this.dropout2 = new Dropout(o.dropout)
    this.dropout3 = new Dropout(o.dropout)
    this.activation = o.activation
  }
  forward(tgt: Tensor, memory: Tensor, masks: DecoderArguments = {}): Tensor {
    const own = (x: Tensor) =>
      this.dropout1.call(
        this.self_attn.call(x, x, x, { attn_mask: masks.tgt_mask, key_padding_mask: masks.tgt_key_padding_mask, need_weights: false })[0],
      )
    const other = (x: Tensor) =>
      this.dropout2.call(
        this.multihead_attn.call(x, memory, memory, {
          attn_mask: masks.memory_mask,
          key_padding_mask: masks.memory_key_padding_mask,
          need_weights: false,
        })[0],
      )
    const feed = (x: Tensor) => this.dropout3.call(this.linear2.call(this.dropout.call(activate(this.activation, this.linear1.call(x)))))
    if (this.norm_first) {
      let x = tgt.add(own(this.norm1.call(tgt)))
      x = x.add(other(this.norm2.call(x)))
      return x.add(feed(this.norm3.call(x)))
    }
    let x = this.norm1.call(tgt.add(own(tgt)))
    x = this.norm2.call(x.add(other(x)))
    return this.norm3.call(x.add(feed(x)))
  }
}

/** The same layer `count` times, each with a copy of the given one's parameters. */
function copies<T extends TransformerEncoderLayer | TransformerDecoderLayer>(layer: T, count: number): ModuleList {
  const list = new ModuleList()
  for (let i = 0; i < count; i++) list.append(cloneModule(layer))
  return list
}

/** A module like the given one with memory of its own. */
export function cloneModule<T extends Module>(module: T): T {
  const copy = Object.create(Object.getPrototypeOf(module)) as Record<string, unknown>
  for (const [name, value] of Object.entries(module)) {
    if (value instanceof Module) copy[name] = cloneModule(value)
    else if (value instanceof Parameter) copy[name] = new Parameter(value.clone(), value.requiresGrad)
    else if (value instanceof Tensor) copy[name] = value.clone()
    else if (value instanceof Map)
      copy[name] = new Map(
        [...value].map(([key, item]) => [
          key,
          item instanceof Module ? cloneModule(item) : item instanceof Parameter ? new Parameter(item.clone(), item.requiresGrad) : item,
        ]),
      )
    else if (value instanceof Set) copy[name] = new Set(value)
    else copy[name] = Array.isArray(value) ? [...value] : value
  }
  return copy as T
}

export class TransformerEncoder extends Module {
  layers: ModuleList
  norm: Module | null
  constructor(
    encoder_layer: TransformerEncoderLayer,
    readonly num_layers: number,
    norm: Module | null = null,
  ) {
    super()
    this.layers = copies(encoder_layer, num_layers)
    this.norm = norm
  }
  forward(src: Tensor, { mask, src_key_padding_mask }: { mask?: AttentionMask; src_key_padding_mask?: AttentionMask } = {}): Tensor {
    let output = src
    for (const layer of this.layers) output = (layer as TransformerEncoderLayer).call(output, { src_mask: mask, src_key_padding_mask })
    return this.norm ? this.norm.call(output) : output
  }
}
export class TransformerDecoder extends Module {
  layers: ModuleList
  norm: Module | null
  constructor(
    decoder_layer: TransformerDecoderLayer,
    readonly num_layers: number,
    norm: Module | null = null,
  ) {
    super()
    this.layers = copies(decoder_layer, num_layers)
    this.norm = norm
  }
  forward(tgt: Tensor, memory: Tensor, masks: DecoderArguments = {}): Tensor {
    let output = tgt
    for (const layer of this.layers) output = (layer as TransformerDecoderLayer).call(output, memory, masks)
    return this.norm ? this.norm.call(output) : output
  }
}

export interface TransformerOptions extends TransformerLayerOptions {
  readonly d_model?: number
  readonly nhead?: number
  readonly num_encoder_layers?: number
  readonly num_decoder_layers?: number
}
export interface TransformerArguments extends DecoderArguments {
  readonly src_mask?: AttentionMask
  readonly src_key_padding_mask?: AttentionMask
}
/** Throws TSJ_ATTENTION for batches and widths that do not fit. */
export class Transformer extends Module {
  encoder: TransformerEncoder
  decoder: TransformerDecoder
  readonly d_model: number
  readonly nhead: number
  readonly batch_first: boolean
  constructor(options: TransformerOptions = {}) {
    super()
    const { d_model = 512, nhead = 8, num_encoder_layers = 6, num_decoder_layers = 6, ...layer } = options
    const { layer_norm_eps: eps, linear } = resolve(layer)
    const encoderLayer = new TransformerEncoderLayer(d_model, nhead, layer)
    this.encoder = new TransformerEncoder(encoderLayer, num_encoder_layers, new LayerNorm(d_model, { eps, ...linear }))
    const decoderLayer = new TransformerDecoderLayer(d_model, nhead, layer)
    this.decoder = new TransformerDecoder(decoderLayer, num_decoder_layers, new LayerNorm(d_model, { eps, ...linear }))
    this.d_model = d_model
    this.nhead = nhead
    this.batch_first = layer.batch_first ?? false
    for (const parameter of this.parameters()) if (parameter.ndim > 1) xavier_uniform_(parameter)
  }
  forward(src: Tensor, tgt: Tensor, { src_mask, src_key_padding_mask, ...masks }: TransformerArguments = {}): Tensor {
    const at = this.batch_first ? 0 : 1
    const sizes = plainShape(src)
    const targetSizes = plainShape(tgt)
    if (src.ndim === 3 && sizes[at] !== targetSizes[at])
      throw new RuntimeError('TSJ_ATTENTION', 'the batch number of src and tgt must be equal')
    if (sizes[src.ndim - 1] !== this.d_model || targetSizes[tgt.ndim - 1] !== this.d_model)
      throw new RuntimeError('TSJ_ATTENTION', 'the feature number of src and tgt must be equal to d_model')
    const memory = this.encoder.call(src, { mask: src_mask, src_key_padding_mask })
    return this.decoder.call(tgt, memory, masks)
  }
  static generateSquareSubsequentMask(size: number): Tensor {
    return squareSubsequentMask(size)
  }
}
