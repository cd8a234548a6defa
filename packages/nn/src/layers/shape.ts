import type { Tensor } from '@tsjit/runtime'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { python, type Size } from '../options.ts'

export class Flatten extends Module {
  constructor(
    readonly start_dim = 1,
    readonly end_dim = -1,
  ) {
    super()
  }
  forward(input: Tensor): Tensor {
    return input.flatten(this.start_dim, this.end_dim)
  }
  override extraRepr(): string {
    return `start_dim=${this.start_dim}, end_dim=${this.end_dim}`
  }
}
export class Unflatten extends Module {
  constructor(
    readonly dim: number,
    readonly unflattened_size: readonly number[],
  ) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('unflatten', input, this.dim, this.unflattened_size)
  }
  override extraRepr(): string {
    return `dim=${this.dim}, unflattened_size=${python(this.unflattened_size)}`
  }
}

export interface WindowOptions {
  readonly dilation?: Size
  readonly padding?: Size
  readonly stride?: Size
}
abstract class Windows extends Module {
  readonly dilation: Size
  readonly padding: Size
  readonly stride: Size
  constructor(
    readonly kernel_size: Size,
    { dilation = 1, padding = 0, stride = 1 }: WindowOptions,
  ) {
    super()
    this.dilation = dilation
    this.padding = padding
    this.stride = stride
  }
  override extraRepr(): string {
    return `kernel_size=${python(this.kernel_size)}, dilation=${python(this.dilation)}, padding=${python(this.padding)}, stride=${python(this.stride)}`
  }
}
/** Sliding windows as columns: (N, C, H, W) to (N, C * window, L). */
export class Unfold extends Windows {
  constructor(kernel_size: Size, options: WindowOptions = {}) {
    super(kernel_size, options)
  }
  forward(input: Tensor): Tensor {
    return op('im2col', input, this.kernel_size, this.dilation, this.padding, this.stride)
  }
}
/** Sums columns back into an image. */
export class Fold extends Windows {
  constructor(
    readonly output_size: Size,
    kernel_size: Size,
    options: WindowOptions = {},
  ) {
    super(kernel_size, options)
  }
  forward(input: Tensor): Tensor {
    return op('col2im', input, this.output_size, this.kernel_size, this.dilation, this.padding, this.stride)
  }
  override extraRepr(): string {
    return `output_size=${python(this.output_size)}, ${super.extraRepr()}`
  }
}
export class PixelShuffle extends Module {
  constructor(readonly upscale_factor: number) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('pixel_shuffle', input, this.upscale_factor)
  }
  override extraRepr(): string {
    return `upscale_factor=${this.upscale_factor}`
  }
}
export class PixelUnshuffle extends Module {
  constructor(readonly downscale_factor: number) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('pixel_unshuffle', input, this.downscale_factor)
  }
  override extraRepr(): string {
    return `downscale_factor=${this.downscale_factor}`
  }
}
export class ChannelShuffle extends Module {
  constructor(readonly groups: number) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('channel_shuffle', input, this.groups)
  }
  override extraRepr(): string {
    return `groups=${this.groups}`
  }
}
export class CosineSimilarity extends Module {
  readonly dim: number
  readonly eps: number
  constructor({ dim = 1, eps = 1e-8 }: { dim?: number; eps?: number } = {}) {
    super()
    this.dim = dim
    this.eps = eps
  }
  forward(x1: Tensor, x2: Tensor): Tensor {
    return op('cosine_similarity', x1, x2, this.dim, this.eps)
  }
}
export class PairwiseDistance extends Module {
  readonly norm: number
  readonly eps: number
  readonly keepdim: boolean
  constructor({ p = 2, eps = 1e-6, keepdim = false }: { p?: number; eps?: number; keepdim?: boolean } = {}) {
    super()
    this.norm = p
    this.eps = eps
    this.keepdim = keepdim
  }
  forward(x1: Tensor, x2: Tensor): Tensor {
    return op('pairwise_distance', x1, x2, this.norm, this.eps, this.keepdim)
  }
}
