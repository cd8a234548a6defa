/** Layers whose input size the first input tells; after it they are the layers that they are named after. */
import { plainShape, type Tensor } from '@tsjit/runtime'
import { Module } from '../module.ts'
import { blank, python, type Size } from '../options.ts'
import { UninitializedParameter } from '../parameter.ts'
import {
  Conv1d,
  Conv2d,
  Conv3d,
  type ConvOptions,
  ConvTranspose1d,
  ConvTranspose2d,
  ConvTranspose3d,
  type ConvTransposeOptions,
} from './convolution.ts'
import { Linear, type LinearOptions } from './linear.ts'
import {
  BatchNorm1d,
  BatchNorm2d,
  BatchNorm3d,
  type BatchNormOptions,
  InstanceNorm1d,
  InstanceNorm2d,
  InstanceNorm3d,
} from './normalization.ts'

/** Becomes the module that `make` gives for the first input's feature count: fields and class. */
abstract class Lazy extends Module {
  weight: UninitializedParameter | null = new UninitializedParameter(blank([0]))
  bias: UninitializedParameter | null = new UninitializedParameter(blank([0]))
  constructor(
    private readonly make: (features: number) => Module,
    private readonly featureDim: (input: Tensor) => number,
    private readonly settings: string,
  ) {
    super()
  }
  forward(input: Tensor): any {
    this.materialize(plainShape(input)[this.featureDim(input)])
    return this.forward(input)
  }
  /** Makes the parameters for this many input features, as the first input does. */
  materialize(features: number): void {
    const made = this.make(features)
    made.train(this.training)
    const self = this as unknown as Record<string, unknown>
    for (const name of ['weight', 'bias', 'make', 'featureDim', 'settings']) delete self[name]
    // hooks of the lazy module stay
    const { preHooks, hooks } = self
    Object.assign(self, made, { preHooks, hooks })
    Object.setPrototypeOf(this, Object.getPrototypeOf(made))
  }
  override extraRepr(): string {
    return this.settings
  }
}

export class LazyLinear extends Lazy {
  constructor(out_features: number, options: LinearOptions = {}) {
    const settings = `in_features=0, out_features=${out_features}, bias=${python(options.bias ?? true)}`
    super(
      (features) => new Linear(features, out_features, options),
      (input) => input.ndim - 1,
      settings,
    )
    if (options.bias === false) this.bias = null
  }
}

type ConvClass = new (inChannels: number, outChannels: number, kernel: Size, options: any) => Module
abstract class LazyConv extends Lazy {
  constructor(Class: ConvClass, spatial: number, out: number, kernel: Size, options: ConvOptions) {
    // the other settings print as those of a layer with the fewest channels that the groups allow
    const groups = options.groups ?? 1
    const settings = new Class(groups, out, kernel, options).extraRepr().replace(/^\d+/, '0')
    super(
      (features) => new Class(features, out, kernel, options),
      (input) => input.ndim - spatial - 1,
      settings,
    )
    if (options.bias === false) this.bias = null
  }
}
export class LazyConv1d extends LazyConv {
  constructor(out_channels: number, kernel_size: Size, options: ConvOptions = {}) {
    super(Conv1d, 1, out_channels, kernel_size, options)
  }
}
export class LazyConv2d extends LazyConv {
  constructor(out_channels: number, kernel_size: Size, options: ConvOptions = {}) {
    super(Conv2d, 2, out_channels, kernel_size, options)
  }
}
export class LazyConv3d extends LazyConv {
  constructor(out_channels: number, kernel_size: Size, options: ConvOptions = {}) {
    super(Conv3d, 3, out_channels, kernel_size, options)
  }
}
export class LazyConvTranspose1d extends LazyConv {
  constructor(out_channels: number, kernel_size: Size, options: ConvTransposeOptions = {}) {
    super(ConvTranspose1d, 1, out_channels, kernel_size, options)
  }
}
export class LazyConvTranspose2d extends LazyConv {
  constructor(out_channels: number, kernel_size: Size, options: ConvTransposeOptions = {}) {
    super(ConvTranspose2d, 2, out_channels, kernel_size, options)
  }
}
export class LazyConvTranspose3d extends LazyConv {
  constructor(out_channels: number, kernel_size: Size, options: ConvTransposeOptions = {}) {
    super(ConvTranspose3d, 3, out_channels, kernel_size, options)
  }
}

type NormClass = new (features: number, options: BatchNormOptions) => Module
abstract class LazyNorm extends Lazy {
  constructor(Class: NormClass, given: BatchNormOptions, batched: number | undefined) {
    const options = { affine: true, track_running_stats: true, ...given }
    // (N, C, …); instance norms take (C, …) too
    const featureDim = (input: Tensor) => (batched !== undefined && input.ndim === batched - 1 ? 0 : 1)
    super((features) => new Class(features, options), featureDim, new Class(0, options).extraRepr())
    if (!options.affine) this.weight = null
    if (!options.affine || options.bias === false) this.bias = null
  }
}
export class LazyBatchNorm1d extends LazyNorm {
  constructor(options: BatchNormOptions = {}) {
    super(BatchNorm1d, options, undefined)
  }
}
export class LazyBatchNorm2d extends LazyNorm {
  constructor(options: BatchNormOptions = {}) {
    super(BatchNorm2d, options, undefined)
  }
}
export class LazyBatchNorm3d extends LazyNorm {
  constructor(options: BatchNormOptions = {}) {
    super(BatchNorm3d, options, undefined)
  }
}
export class LazyInstanceNorm1d extends LazyNorm {
  constructor(options: BatchNormOptions = {}) {
    super(InstanceNorm1d, options, 3)
  }
}
export class LazyInstanceNorm2d extends LazyNorm {
  constructor(options: BatchNormOptions = {}) {
    super(InstanceNorm2d, options, 4)
  }
}
export class LazyInstanceNorm3d extends LazyNorm {
  constructor(options: BatchNormOptions = {}) {
    super(InstanceNorm3d, options, 5)
  }
}
