import { callOperator, plainShape, type Tensor } from '@tsjit/runtime'
import { lpPool, maxPool, maxUnpool } from '../functional/pooling.ts'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { python, type Size, tuple } from '../options.ts'

export interface MaxPoolOptions {
  readonly stride?: Size | null
  readonly padding?: Size
  readonly dilation?: Size
  readonly return_indices?: boolean
  readonly ceil_mode?: boolean
}
abstract class MaxPoolNd extends Module {
  readonly stride: Size
  readonly padding: Size
  readonly dilation: Size
  readonly return_indices: boolean
  readonly ceil_mode: boolean
  constructor(
    readonly kernel_size: Size,
    { stride, padding = 0, dilation = 1, return_indices = false, ceil_mode = false }: MaxPoolOptions,
    private readonly spatial: number,
  ) {
    super()
    this.stride = stride ?? kernel_size
    this.padding = padding
    this.dilation = dilation
    this.return_indices = return_indices
    this.ceil_mode = ceil_mode
  }
  /** With `return_indices`: [values, indices]. */
  forward(input: Tensor): any {
    return maxPool(this.spatial, input, this.kernel_size, this)
  }
  override extraRepr(): string {
    return `kernel_size=${python(this.kernel_size)}, stride=${python(this.stride)}, padding=${python(this.padding)}, dilation=${python(this.dilation)}, ceil_mode=${python(this.ceil_mode)}`
  }
}
export class MaxPool1d extends MaxPoolNd {
  constructor(kernel_size: Size, options: MaxPoolOptions = {}) {
    super(kernel_size, options, 1)
  }
}
export class MaxPool2d extends MaxPoolNd {
  constructor(kernel_size: Size, options: MaxPoolOptions = {}) {
    super(kernel_size, options, 2)
  }
}
export class MaxPool3d extends MaxPoolNd {
  constructor(kernel_size: Size, options: MaxPoolOptions = {}) {
    super(kernel_size, options, 3)
  }
}

export interface UnpoolOptions {
  readonly stride?: Size | null
  readonly padding?: Size
}
abstract class MaxUnpoolNd extends Module {
  readonly kernel_size: number[]
  readonly stride: number[]
  readonly padding: number[]
  constructor(
    kernel_size: Size,
    { stride, padding = 0 }: UnpoolOptions,
    private readonly spatial: 1 | 2 | 3,
  ) {
    super()
    this.kernel_size = tuple(kernel_size, spatial)
    this.stride = tuple(stride ?? kernel_size, spatial)
    this.padding = tuple(padding, spatial)
  }
  forward(input: Tensor, indices: Tensor, outputSize?: readonly number[]): Tensor {
    return maxUnpool(this.spatial, input, indices, this.kernel_size, this.stride, this.padding, outputSize)
  }
  override extraRepr(): string {
    return `kernel_size=${python(this.kernel_size)}, stride=${python(this.stride)}, padding=${python(this.padding)}`
  }
}
export class MaxUnpool1d extends MaxUnpoolNd {
  constructor(kernel_size: Size, options: UnpoolOptions = {}) {
    super(kernel_size, options, 1)
  }
}
export class MaxUnpool2d extends MaxUnpoolNd {
  constructor(kernel_size: Size, options: UnpoolOptions = {}) {
    super(kernel_size, options, 2)
  }
}
export class MaxUnpool3d extends MaxUnpoolNd {
  constructor(kernel_size: Size, options: UnpoolOptions = {}) {
    super(kernel_size, options, 3)
  }
}

export interface AvgPoolOptions {
  readonly stride?: Size | null
  readonly padding?: Size
  readonly ceil_mode?: boolean
  readonly count_include_pad?: boolean
  readonly divisor_override?: number | null
}
abstract class AvgPoolNd extends Module {
  readonly kernel_size: Size
  readonly stride: Size
  readonly padding: Size
  readonly ceil_mode: boolean
  readonly count_include_pad: boolean
  readonly divisor_override: number | null
  constructor(
    kernel_size: Size,
    { stride, padding = 0, ceil_mode = false, count_include_pad = true, divisor_override = null }: AvgPoolOptions,
    private readonly spatial: number,
  ) {
    super()
    const single = (size: Size) => (spatial === 1 ? tuple(size, 1) : size)
    this.kernel_size = single(kernel_size)
    this.stride = single(stride ?? kernel_size)
    this.padding = single(padding)
    this.ceil_mode = ceil_mode
    this.count_include_pad = count_include_pad
    this.divisor_override = divisor_override
  }
  forward(input: Tensor): Tensor {
    const args = [input, this.kernel_size, this.stride, this.padding, this.ceil_mode, this.count_include_pad]
    return this.spatial === 1 ? op('avg_pool1d', ...args) : op(`avg_pool${this.spatial}d`, ...args, this.divisor_override)
  }
  override extraRepr(): string {
    return `kernel_size=${python(this.kernel_size)}, stride=${python(this.stride)}, padding=${python(this.padding)}`
  }
}
export class AvgPool1d extends AvgPoolNd {
  constructor(kernel_size: Size, options: Omit<AvgPoolOptions, 'divisor_override'> = {}) {
    super(kernel_size, options, 1)
  }
}
export class AvgPool2d extends AvgPoolNd {
  constructor(kernel_size: Size, options: AvgPoolOptions = {}) {
    super(kernel_size, options, 2)
  }
}
export class AvgPool3d extends AvgPoolNd {
  constructor(kernel_size: Size, options: AvgPoolOptions = {}) {
    super(kernel_size, options, 3)
  }
}

/** null keeps a dimension as it is. */
export type AdaptiveSize = number | null | readonly (number | null)[]

abstract class AdaptivePoolNd extends Module {
  constructor(
    readonly output_size: AdaptiveSize,
    protected readonly spatial: number,
  ) {
    super()
  }
  protected sizes(input: Tensor): number[] {
    const { output_size: size, spatial } = this
    const wanted = Array.isArray(size) ? (size as (number | null)[]) : new Array<number | null>(spatial).fill(size as number | null)
    return wanted.map((extent, i) => extent ?? input.shape[input.ndim - spatial + i])
  }
  override extraRepr(): string {
    return `output_size=${python(this.output_size)}`
  }
}
abstract class AdaptiveAvgPoolNd extends AdaptivePoolNd {
  forward(input: Tensor): Tensor {
    return op(`adaptive_avg_pool${this.spatial}d`, input, this.sizes(input))
  }
}
abstract class AdaptiveMaxPoolNd extends AdaptivePoolNd {
  readonly return_indices: boolean
  constructor(size: AdaptiveSize, { return_indices = false }: { return_indices?: boolean }, spatial: number) {
    super(size, spatial)
    this.return_indices = return_indices
  }
  forward(input: Tensor): any {
    const pair = callOperator(`adaptive_max_pool${this.spatial}d`, [input, this.sizes(input)]) as [Tensor, Tensor]
    return this.return_indices ? pair : pair[0]
  }
}
export class AdaptiveAvgPool1d extends AdaptiveAvgPoolNd {
  constructor(output_size: AdaptiveSize) {
    super(output_size, 1)
  }
}
export class AdaptiveAvgPool2d extends AdaptiveAvgPoolNd {
  constructor(output_size: AdaptiveSize) {
    super(output_size, 2)
  }
}
export class AdaptiveAvgPool3d extends AdaptiveAvgPoolNd {
  constructor(output_size: AdaptiveSize) {
    super(output_size, 3)
  }
}
export class AdaptiveMaxPool1d extends AdaptiveMaxPoolNd {
  constructor(output_size: AdaptiveSize, options: { return_indices?: boolean } = {}) {
    super(output_size, options, 1)
  }
}
export class AdaptiveMaxPool2d extends AdaptiveMaxPoolNd {
  constructor(output_size: AdaptiveSize, options: { return_indices?: boolean } = {}) {
    super(output_size, options, 2)
  }
}
export class AdaptiveMaxPool3d extends AdaptiveMaxPoolNd {
  constructor(output_size: AdaptiveSize, options: { return_indices?: boolean } = {}) {
    super(output_size, options, 3)
  }
}

export interface LPPoolOptions {
  readonly stride?: Size | null
  readonly ceil_mode?: boolean
}
abstract class LPPoolNd extends Module {
  readonly stride: Size | null
  readonly ceil_mode: boolean
  constructor(
    readonly norm_type: number,
    readonly kernel_size: Size,
    { stride = null, ceil_mode = false }: LPPoolOptions,
    private readonly spatial: 1 | 2 | 3,
  ) {
    super()
    this.stride = stride
    this.ceil_mode = ceil_mode
  }
  forward(input: Tensor): Tensor {
    return lpPool(this.spatial, input, this.norm_type, this.kernel_size, this.stride, this.ceil_mode)
  }
  override extraRepr(): string {
    return `norm_type=${python(this.norm_type)}, kernel_size=${python(this.kernel_size)}, stride=${python(this.stride)}, ceil_mode=${python(this.ceil_mode)}`
  }
}
export class LPPool1d extends LPPoolNd {
  constructor(norm_type: number, kernel_size: Size, options: LPPoolOptions = {}) {
    super(norm_type, kernel_size, options, 1)
  }
}
export class LPPool2d extends LPPoolNd {
  constructor(norm_type: number, kernel_size: Size, options: LPPoolOptions = {}) {
    super(norm_type, kernel_size, options, 2)
  }
}
export class LPPool3d extends LPPoolNd {
  constructor(norm_type: number, kernel_size: Size, options: LPPoolOptions = {}) {
    super(norm_type, kernel_size, options, 3)
  }
}

export interface FractionalOptions {
  readonly output_size?: Size | null
  readonly output_ratio?: Size | null
  readonly return_indices?: boolean
}
abstract class FractionalMaxPoolNd extends Module {
  readonly kernel_size: number[]
  readonly output_size: number[] | null
  readonly output_ratio: number[] | null
  readonly return_indices: boolean
  constructor(
    kernel_size: Size,
    { output_size = null, output_ratio = null, return_indices = false }: FractionalOptions,
    private readonly spatial: 2 | 3,
  ) {
    super()
    this.kernel_size = tuple(kernel_size, spatial)
    this.output_size = output_size === null ? null : tuple(output_size, spatial)
    this.output_ratio = output_ratio === null ? null : tuple(output_ratio, spatial)
    this.return_indices = return_indices
  }
  forward(input: Tensor): any {
    const { spatial } = this
    const size =
      this.output_size ??
      plainShape(input)
        .slice(-spatial)
        .map((extent, i) => Math.floor(extent * this.output_ratio![i]))
    const batch = input.ndim === spatial + 1 ? 1 : input.shape[0]
    const samples = op('rand', [batch, input.shape[input.ndim - spatial - 1], spatial], { dtype: input.dtype })
    const pair = callOperator(`fractional_max_pool${spatial}d`, [input, this.kernel_size, size, samples]) as [Tensor, Tensor]
    return this.return_indices ? pair : pair[0]
  }
}
export class FractionalMaxPool2d extends FractionalMaxPoolNd {
  constructor(kernel_size: Size, options: FractionalOptions = {}) {
    super(kernel_size, options, 2)
  }
}
export class FractionalMaxPool3d extends FractionalMaxPoolNd {
  constructor(kernel_size: Size, options: FractionalOptions = {}) {
    super(kernel_size, options, 3)
  }
}
