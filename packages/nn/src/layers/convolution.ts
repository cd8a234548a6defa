import { plainShape, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { type PaddingMode, pad } from '../functional/padding.ts'
import { fans, kaiming_uniform_, uniform_ } from '../init.ts'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { blank, type FactoryOptions, python, type Size, tuple } from '../options.ts'
import { Parameter } from '../parameter.ts'

interface CommonOptions extends FactoryOptions {
  readonly stride?: Size
  readonly dilation?: Size
  readonly groups?: number
  readonly bias?: boolean
  readonly padding_mode?: 'zeros' | PaddingMode
}
export interface ConvOptions extends CommonOptions {
  readonly padding?: Size | 'same' | 'valid'
}
export interface ConvTransposeOptions extends CommonOptions {
  readonly padding?: Size
  readonly output_padding?: Size
  readonly padding_mode?: 'zeros'
}

/** What the convolutions share. Throws TSJ_CONVOLUTION_OPTIONS for channels that the groups do not divide and for paddings that do not fit. */
abstract class ConvNd extends Module {
  weight: Parameter
  bias: Parameter | null
  readonly kernel_size: number[]
  readonly stride: number[]
  readonly padding: number[] | 'same' | 'valid'
  readonly dilation: number[]
  readonly output_padding: number[]
  readonly groups: number
  readonly padding_mode: 'zeros' | PaddingMode

  constructor(
    protected readonly spatial: 1 | 2 | 3,
    readonly transposed: boolean,
    readonly in_channels: number,
    readonly out_channels: number,
    kernel_size: Size,
    options: ConvOptions & { output_padding?: Size },
  ) {
    super()
    const {
      stride = 1,
      padding = 0,
      dilation = 1,
      output_padding = 0,
      groups = 1,
      bias = true,
      padding_mode = 'zeros',
      ...factory
    } = options
    const refuse = (message: string) => new RuntimeError('TSJ_CONVOLUTION_OPTIONS', message)
    if (groups <= 0) throw refuse('groups must be a positive integer')
    if (in_channels % groups) throw refuse('in_channels must be divisible by groups')
    if (out_channels % groups) throw refuse('out_channels must be divisible by groups')
    this.kernel_size = tuple(kernel_size, spatial)
    this.stride = tuple(stride, spatial)
    this.padding = typeof padding === 'string' ? padding : tuple(padding, spatial)
    this.dilation = tuple(dilation, spatial)
    this.output_padding = tuple(output_padding, spatial)
    this.groups = groups
    this.padding_mode = padding_mode
    if (padding === 'same' && this.stride.some((step) => step !== 1))
      throw refuse("padding='same' is not supported for strided convolutions")
    const shape = transposed ? [in_channels, out_channels / groups] : [out_channels, in_channels / groups]
    this.weight = new Parameter(blank([...shape, ...this.kernel_size], factory))
    this.bias = bias ? new Parameter(blank([out_channels], factory)) : null
    this.resetParameters()
  }
  resetParameters(): void {
    kaiming_uniform_(this.weight, { a: Math.sqrt(5) })
    if (!this.bias) return
    const { fanIn } = fans(this.weight)
    if (fanIn === 0) return
    const bound = 1 / Math.sqrt(fanIn)
    uniform_(this.bias, -bound, bound)
  }

  protected convolve(input: Tensor): Tensor {
    const name = `conv${this.spatial}d`
    if (this.padding_mode === 'zeros') return op(name, input, this.weight, this.bias, this.stride, this.padding, this.dilation, this.groups)
    const around = pad(input, this.reversedPadding(), this.padding_mode)
    return op(name, around, this.weight, this.bias, this.stride, new Array(this.spatial).fill(0), this.dilation, this.groups)
  }
  /** Before and after each dimension, last dimension first, as `pad` takes it. */
  private reversedPadding(): number[] {
    const result: number[] = []
    for (let i = this.spatial - 1; i >= 0; i--) {
      if (this.padding === 'valid') result.push(0, 0)
      else if (this.padding === 'same') {
        const total = this.dilation[i] * (this.kernel_size[i] - 1)
        const left = Math.floor(total / 2)
        result.push(left, total - left)
      } else result.push(this.padding[i], this.padding[i])
    }
    return result
  }

  protected convolveTransposed(input: Tensor, outputSize?: readonly number[]): Tensor {
    const padding = this.padding as number[]
    const outputPadding = outputSize ? this.outputPaddingFor(input, outputSize, padding) : this.output_padding
    return op(
      `conv_transpose${this.spatial}d`,
      input,
      this.weight,
      this.bias,
      this.stride,
      padding,
      outputPadding,
      this.groups,
      this.dilation,
    )
  }
  private outputPaddingFor(input: Tensor, outputSize: readonly number[], padding: readonly number[]): number[] {
    const wanted = outputSize.slice(-this.spatial)
    const sizes = plainShape(input).slice(-this.spatial)
    const least = sizes.map((size, i) => (size - 1) * this.stride[i] - 2 * padding[i] + this.dilation[i] * (this.kernel_size[i] - 1) + 1)
    const most = least.map((size, i) => size + this.stride[i] - 1)
    if (wanted.some((size, i) => size < least[i] || size > most[i])) {
      throw new RuntimeError(
        'TSJ_CONVOLUTION_OPTIONS',
        `requested an output size of [${wanted.join(', ')}], but valid sizes range from [${least.join(', ')}] to [${most.join(', ')}] (for an input of [${sizes.join(', ')}])`,
      )
    }
    return wanted.map((size, i) => size - least[i])
  }

  override extraRepr(): string {
    let text = `${this.in_channels}, ${this.out_channels}, kernel_size=${python(this.kernel_size)}, stride=${python(this.stride)}`
    const all = (values: readonly number[] | string, value: number) => typeof values !== 'string' && values.every((v) => v === value)
    if (!all(this.padding, 0)) text += `, padding=${python(this.padding)}`
    if (!all(this.dilation, 1)) text += `, dilation=${python(this.dilation)}`
    if (!all(this.output_padding, 0)) text += `, output_padding=${python(this.output_padding)}`
    if (this.groups !== 1) text += `, groups=${this.groups}`
    if (!this.bias) text += ', bias=False'
    if (this.padding_mode !== 'zeros') text += `, padding_mode=${this.padding_mode}`
    return text
  }
}

/** (N, C, L) to (N, out_channels, L'). */
export class Conv1d extends ConvNd {
  constructor(in_channels: number, out_channels: number, kernel_size: Size, options: ConvOptions = {}) {
    super(1, false, in_channels, out_channels, kernel_size, options)
  }
  forward(input: Tensor): Tensor {
    return this.convolve(input)
  }
}
/** (N, C, H, W) to (N, out_channels, H', W'). */
export class Conv2d extends ConvNd {
  constructor(in_channels: number, out_channels: number, kernel_size: Size, options: ConvOptions = {}) {
    super(2, false, in_channels, out_channels, kernel_size, options)
  }
  forward(input: Tensor): Tensor {
    return this.convolve(input)
  }
}
/** (N, C, D, H, W) to (N, out_channels, D', H', W'). */
export class Conv3d extends ConvNd {
  constructor(in_channels: number, out_channels: number, kernel_size: Size, options: ConvOptions = {}) {
    super(3, false, in_channels, out_channels, kernel_size, options)
  }
  forward(input: Tensor): Tensor {
    return this.convolve(input)
  }
}
export class ConvTranspose1d extends ConvNd {
  constructor(in_channels: number, out_channels: number, kernel_size: Size, options: ConvTransposeOptions = {}) {
    super(1, true, in_channels, out_channels, kernel_size, options)
  }
  forward(input: Tensor, outputSize?: readonly number[]): Tensor {
    return this.convolveTransposed(input, outputSize)
  }
}
export class ConvTranspose2d extends ConvNd {
  constructor(in_channels: number, out_channels: number, kernel_size: Size, options: ConvTransposeOptions = {}) {
    super(2, true, in_channels, out_channels, kernel_size, options)
  }
  forward(input: Tensor, outputSize?: readonly number[]): Tensor {
    return this.convolveTransposed(input, outputSize)
  }
}
export class ConvTranspose3d extends ConvNd {
  constructor(in_channels: number, out_channels: number, kernel_size: Size, options: ConvTransposeOptions = {}) {
    super(3, true, in_channels, out_channels, kernel_size, options)
  }
  forward(input: Tensor, outputSize?: readonly number[]): Tensor {
    return this.convolveTransposed(input, outputSize)
  }
}
