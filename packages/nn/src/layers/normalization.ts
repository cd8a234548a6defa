import { callOperator, plainShape, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { localResponseNorm } from '../functional/normalization.ts'
import { Module } from '../module.ts'
import type { LoadReport } from '../module-state.ts'
import { op } from '../operator.ts'
import { blank, type FactoryOptions, float, python } from '../options.ts'
import { Parameter } from '../parameter.ts'

const filled = (shape: readonly number[], value: number, factory: FactoryOptions): Tensor => blank(shape, factory).fill_(value)

export interface BatchNormOptions extends FactoryOptions {
  readonly eps?: number
  /** null: a cumulative average. */
  readonly momentum?: number | null
  readonly affine?: boolean
  readonly track_running_stats?: boolean
  readonly bias?: boolean
}

/** Statistics and affine parameters by channel. */
abstract class NormBase extends Module {
  weight: Parameter | null
  bias: Parameter | null
  declare running_mean: Tensor | null
  declare running_var: Tensor | null
  declare num_batches_tracked: Tensor | null
  readonly eps: number
  readonly momentum: number | null
  readonly affine: boolean
  readonly track_running_stats: boolean

  constructor(
    readonly num_features: number,
    options: BatchNormOptions,
  ) {
    super()
    const { eps = 1e-5, momentum = 0.1, affine = true, track_running_stats = true, bias = true, ...factory } = options
    this.eps = eps
    this.momentum = momentum
    this.affine = affine
    this.track_running_stats = track_running_stats
    this.weight = affine ? new Parameter(filled([num_features], 1, factory)) : null
    this.bias = affine && bias ? new Parameter(filled([num_features], 0, factory)) : null
    this.registerBuffer('running_mean', track_running_stats ? filled([num_features], 0, factory) : null)
    this.registerBuffer('running_var', track_running_stats ? filled([num_features], 1, factory) : null)
    this.registerBuffer('num_batches_tracked', track_running_stats ? filled([], 0, { ...factory, dtype: 'int64' }) : null)
  }
  protected abstract checkInput(input: Tensor): void
  protected override loadInto(report: LoadReport, prefix: string, assign: boolean): void {
    // written before PyTorch 0.4.1, a state dict has no count
    const key = `${prefix}num_batches_tracked`
    if (this.num_batches_tracked && !report.has(key)) report.entries.set(key, this.num_batches_tracked)
    super.loadInto(report, prefix, assign)
  }
  protected wrongDimensions(expected: string, input: Tensor): RuntimeError {
    return new RuntimeError('TSJ_SHAPE_NORM', `expected ${expected} input (got ${input.ndim}D input)`)
  }
  override extraRepr(): string {
    return `${this.num_features}, eps=${float(this.eps)}, momentum=${python(this.momentum)}, affine=${python(this.affine)}, bias=${python(this.bias !== null)}, track_running_stats=${python(this.track_running_stats)}`
  }
}

abstract class BatchNorm extends NormBase {
  forward(input: Tensor): Tensor {
    this.checkInput(input)
    let factor = this.momentum ?? 0
    if (this.training && this.track_running_stats && this.num_batches_tracked) {
      this.num_batches_tracked.add_(1)
      if (this.momentum === null) factor = 1 / Number(this.num_batches_tracked.item())
    }
    const fromBatch = this.training || (!this.running_mean && !this.running_var)
    const tracked = !this.training || this.track_running_stats
    return op(
      'batch_norm',
      input,
      this.weight,
      this.bias,
      tracked ? this.running_mean : null,
      tracked ? this.running_var : null,
      fromBatch,
      factor,
      this.eps,
      true,
    )
  }
}
/** (N, C) or (N, C, L). */
export class BatchNorm1d extends BatchNorm {
  constructor(num_features: number, options: BatchNormOptions = {}) {
    super(num_features, options)
  }
  protected checkInput(input: Tensor): void {
    if (input.ndim !== 2 && input.ndim !== 3) throw this.wrongDimensions('2D or 3D', input)
  }
}
/** (N, C, H, W). */
export class BatchNorm2d extends BatchNorm {
  constructor(num_features: number, options: BatchNormOptions = {}) {
    super(num_features, options)
  }
  protected checkInput(input: Tensor): void {
    if (input.ndim !== 4) throw this.wrongDimensions('4D', input)
  }
}
/** (N, C, D, H, W). */
export class BatchNorm3d extends BatchNorm {
  constructor(num_features: number, options: BatchNormOptions = {}) {
    super(num_features, options)
  }
  protected checkInput(input: Tensor): void {
    if (input.ndim !== 5) throw this.wrongDimensions('5D', input)
  }
}
/** On one device, as everywhere here, it is batch normalisation. */
export class SyncBatchNorm extends BatchNorm {
  constructor(num_features: number, options: BatchNormOptions = {}) {
    super(num_features, options)
  }
  protected checkInput(input: Tensor): void {
    if (input.ndim < 2) throw this.wrongDimensions('at least 2D', input)
  }
}

abstract class InstanceNorm extends NormBase {
  constructor(
    num_features: number,
    options: BatchNormOptions,
    private readonly batched: number,
  ) {
    super(num_features, { affine: false, track_running_stats: false, ...options })
  }
  protected checkInput(input: Tensor): void {
    if (input.ndim !== this.batched && input.ndim !== this.batched - 1)
      throw this.wrongDimensions(`${this.batched - 1}D or ${this.batched}D`, input)
  }
  forward(input: Tensor): Tensor {
    this.checkInput(input)
    const single = input.ndim === this.batched - 1
    const fromInput = this.training || !this.track_running_stats
    const result = op(
      'instance_norm',
      single ? input.unsqueeze(0) : input,
      this.weight,
      this.bias,
      this.running_mean,
      this.running_var,
      fromInput,
      this.momentum ?? 0,
      this.eps,
      true,
    )
    return single ? result.squeeze(0) : result
  }
}
export class InstanceNorm1d extends InstanceNorm {
  constructor(num_features: number, options: BatchNormOptions = {}) {
    super(num_features, options, 3)
  }
}
export class InstanceNorm2d extends InstanceNorm {
  constructor(num_features: number, options: BatchNormOptions = {}) {
    super(num_features, options, 4)
  }
}
export class InstanceNorm3d extends InstanceNorm {
  constructor(num_features: number, options: BatchNormOptions = {}) {
    super(num_features, options, 5)
  }
}

export interface LayerNormOptions extends FactoryOptions {
  readonly eps?: number
  readonly elementwise_affine?: boolean
  readonly bias?: boolean
}
/** Over the last dimensions. */
export class LayerNorm extends Module {
  weight: Parameter | null
  bias: Parameter | null
  readonly normalized_shape: number[]
  readonly eps: number
  readonly elementwise_affine: boolean

  constructor(
    normalized_shape: number | readonly number[],
    { eps = 1e-5, elementwise_affine = true, bias = true, ...factory }: LayerNormOptions = {},
  ) {
    super()
    this.normalized_shape = typeof normalized_shape === 'number' ? [normalized_shape] : [...normalized_shape]
    this.eps = eps
    this.elementwise_affine = elementwise_affine
    this.weight = elementwise_affine ? new Parameter(filled(this.normalized_shape, 1, factory)) : null
    this.bias = elementwise_affine && bias ? new Parameter(filled(this.normalized_shape, 0, factory)) : null
  }
  forward(input: Tensor): Tensor {
    return op('layer_norm', input, this.normalized_shape, this.weight, this.bias, this.eps)
  }
  override extraRepr(): string {
    return `${python(this.normalized_shape)}, eps=${float(this.eps)}, elementwise_affine=${python(this.elementwise_affine)}, bias=${python(this.bias !== null)}`
  }
}

export class RMSNorm extends Module {
  weight: Parameter | null
  readonly normalized_shape: number[]
  readonly eps: number | null
  readonly elementwise_affine: boolean

  constructor(
    normalized_shape: number | readonly number[],
    { eps = null, elementwise_affine = true, ...factory }: FactoryOptions & { eps?: number | null; elementwise_affine?: boolean } = {},
  ) {
    super()
    this.normalized_shape = typeof normalized_shape === 'number' ? [normalized_shape] : [...normalized_shape]
    this.eps = eps
    this.elementwise_affine = elementwise_affine
    this.weight = elementwise_affine ? new Parameter(filled(this.normalized_shape, 1, factory)) : null
  }
  forward(input: Tensor): Tensor {
    return op('rms_norm', input, this.normalized_shape, this.weight, this.eps)
  }
  override extraRepr(): string {
    return `${python(this.normalized_shape)}, eps=${python(this.eps)}, elementwise_affine=${python(this.elementwise_affine)}`
  }
}

export class GroupNorm extends Module {
  weight: Parameter | null
  bias: Parameter | null
  readonly eps: number
  readonly affine: boolean

  constructor(
    readonly num_groups: number,
    readonly num_channels: number,
    { eps = 1e-5, affine = true, bias = true, ...factory }: FactoryOptions & { eps?: number; affine?: boolean; bias?: boolean } = {},
  ) {
    super()
    if (num_channels % num_groups)
      throw new RuntimeError('TSJ_SHAPE_NORM', `num_channels (${num_channels}) must be divisible by num_groups (${num_groups})`)
    this.eps = eps
    this.affine = affine
    this.weight = affine ? new Parameter(filled([num_channels], 1, factory)) : null
    this.bias = affine && bias ? new Parameter(filled([num_channels], 0, factory)) : null
  }
  forward(input: Tensor): Tensor {
    return op('group_norm', input, this.num_groups, this.weight, this.bias, this.eps)
  }
  override extraRepr(): string {
    return `${this.num_groups}, ${this.num_channels}, eps=${float(this.eps)}, affine=${python(this.affine)}, bias=${python(this.bias !== null)}`
  }
}

export interface ResponseNormOptions {
  readonly alpha?: number
  readonly beta?: number
  readonly k?: number
}
export class LocalResponseNorm extends Module {
  readonly alpha: number
  readonly beta: number
  readonly k: number
  constructor(
    readonly size: number,
    { alpha = 1e-4, beta = 0.75, k = 1 }: ResponseNormOptions = {},
  ) {
    super()
    this.alpha = alpha
    this.beta = beta
    this.k = k
  }
  forward(input: Tensor): Tensor {
    return localResponseNorm(input, this.size, this.alpha, this.beta, this.k)
  }
  override extraRepr(): string {
    return `${this.size}, alpha=${python(this.alpha)}, beta=${python(this.beta)}, k=${float(this.k)}`
  }
}

/** As `LocalResponseNorm`, with a window of channels that starts in the middle as Caffe's does. (N, C, H, W). */
export class CrossMapLRN2d extends LocalResponseNorm {
  override forward(input: Tensor): Tensor {
    const channels = plainShape(input)[1]
    const squares: Tensor = callOperator('pow', [input, 2])
    const before = Math.min(Math.floor((this.size - 1) / 2) + 1, channels)
    const sums: Tensor[] = []
    let running = squares.narrow(1, 0, before).sum(1, true)
    sums.push(running)
    for (let c = 1; c < channels; c++) {
      if (c < channels - before + 1) running = running.add(squares.narrow(1, c + before - 1, 1))
      if (c > before) running = running.sub(squares.narrow(1, c - before, 1))
      sums.push(running)
    }
    const scale: Tensor = callOperator('cat', [sums, 1])
    return input.mul(
      scale
        .mul(this.alpha / this.size)
        .add(this.k)
        .pow(-this.beta),
    )
  }
  override extraRepr(): string {
    return `${this.size}, alpha=${python(this.alpha)}, beta=${python(this.beta)}, k=${python(this.k)}`
  }
}
