import { scalarFloat, type Tensor } from '@tsjit/runtime'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { blank, type FactoryOptions, float, python } from '../options.ts'
import { Parameter } from '../parameter.ts'

export interface InplaceOptions {
  readonly inplace?: boolean
}

/** Activations that may overwrite their input. */
abstract class InplaceActivation extends Module {
  readonly inplace: boolean
  constructor({ inplace = false }: InplaceOptions = {}) {
    super()
    this.inplace = inplace
  }
  protected run(name: string, input: Tensor, ...args: unknown[]): Tensor {
    return op(this.inplace ? `${name}_` : name, input, ...args)
  }
  protected settings(): string {
    return ''
  }
  override extraRepr(): string {
    return [this.settings(), this.inplace ? 'inplace=True' : ''].filter(Boolean).join(', ')
  }
}

export class ReLU extends InplaceActivation {
  forward(input: Tensor): Tensor {
    return this.run('relu', input)
  }
}
export class ReLU6 extends InplaceActivation {
  forward(input: Tensor): Tensor {
    return this.run('hardtanh', input, scalarFloat(0), scalarFloat(6))
  }
}
export class SELU extends InplaceActivation {
  forward(input: Tensor): Tensor {
    return this.run('selu', input)
  }
}
export class SiLU extends InplaceActivation {
  forward(input: Tensor): Tensor {
    return this.run('silu', input)
  }
}
export class Mish extends InplaceActivation {
  forward(input: Tensor): Tensor {
    return this.run('mish', input)
  }
}
export class Hardswish extends InplaceActivation {
  forward(input: Tensor): Tensor {
    return this.run('hardswish', input)
  }
  override extraRepr(): string {
    return ''
  }
}
export class Hardsigmoid extends InplaceActivation {
  forward(input: Tensor): Tensor {
    return this.run('hardsigmoid', input)
  }
  override extraRepr(): string {
    return ''
  }
}
export class ELU extends InplaceActivation {
  constructor(
    readonly alpha = 1,
    options: InplaceOptions = {},
  ) {
    super(options)
  }
  forward(input: Tensor): Tensor {
    return this.run('elu', input, scalarFloat(this.alpha))
  }
  protected override settings(): string {
    return `alpha=${float(this.alpha)}`
  }
}
export class CELU extends InplaceActivation {
  constructor(
    readonly alpha = 1,
    options: InplaceOptions = {},
  ) {
    super(options)
  }
  forward(input: Tensor): Tensor {
    return this.run('celu', input, scalarFloat(this.alpha))
  }
  protected override settings(): string {
    return `alpha=${float(this.alpha)}`
  }
}
export class LeakyReLU extends InplaceActivation {
  constructor(
    readonly negative_slope = 0.01,
    options: InplaceOptions = {},
  ) {
    super(options)
  }
  forward(input: Tensor): Tensor {
    return this.run('leaky_relu', input, this.negative_slope)
  }
  protected override settings(): string {
    return `negative_slope=${python(this.negative_slope)}`
  }
}
export class Threshold extends InplaceActivation {
  constructor(
    readonly threshold: number,
    readonly value: number,
    options: InplaceOptions = {},
  ) {
    super(options)
  }
  forward(input: Tensor): Tensor {
    return this.run('threshold', input, this.threshold, this.value)
  }
  protected override settings(): string {
    return `threshold=${python(this.threshold)}, value=${python(this.value)}`
  }
}
export class Hardtanh extends InplaceActivation {
  constructor(
    readonly min_val = -1,
    readonly max_val = 1,
    options: InplaceOptions = {},
  ) {
    super(options)
  }
  forward(input: Tensor): Tensor {
    return this.run('hardtanh', input, scalarFloat(this.min_val), scalarFloat(this.max_val))
  }
  protected override settings(): string {
    return `min_val=${float(this.min_val)}, max_val=${float(this.max_val)}`
  }
}
/** Slopes are drawn from [lower, upper) in training. */
export class RReLU extends InplaceActivation {
  constructor(
    readonly lower = 1 / 8,
    readonly upper = 1 / 3,
    options: InplaceOptions = {},
  ) {
    super(options)
  }
  forward(input: Tensor): Tensor {
    return this.run('rrelu', input, this.lower, this.upper, this.training)
  }
  protected override settings(): string {
    return `lower=${python(this.lower)}, upper=${python(this.upper)}`
  }
}

export class Sigmoid extends Module {
  forward(input: Tensor): Tensor {
    return input.sigmoid()
  }
}
export class Tanh extends Module {
  forward(input: Tensor): Tensor {
    return input.tanh()
  }
}
export class LogSigmoid extends Module {
  forward(input: Tensor): Tensor {
    return op('log_sigmoid', input)
  }
}
export class Softsign extends Module {
  forward(input: Tensor): Tensor {
    return input.div(input.abs().add(1))
  }
}
export class Tanhshrink extends Module {
  forward(input: Tensor): Tensor {
    return input.sub(input.tanh())
  }
}
export class GELU extends Module {
  readonly approximate: 'none' | 'tanh'
  constructor({ approximate = 'none' }: { approximate?: 'none' | 'tanh' } = {}) {
    super()
    this.approximate = approximate
  }
  forward(input: Tensor): Tensor {
    return op('gelu', input, { approximate: this.approximate })
  }
  override extraRepr(): string {
    return `approximate='${this.approximate}'`
  }
}
export class GLU extends Module {
  constructor(readonly dim = -1) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('glu', input, this.dim)
  }
  override extraRepr(): string {
    return `dim=${this.dim}`
  }
}
export class Hardshrink extends Module {
  constructor(readonly lambd = 0.5) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('hardshrink', input, this.lambd)
  }
  override extraRepr(): string {
    return python(this.lambd)
  }
}
export class Softshrink extends Module {
  constructor(readonly lambd = 0.5) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('softshrink', input, this.lambd)
  }
  override extraRepr(): string {
    return python(this.lambd)
  }
}
export class Softplus extends Module {
  constructor(
    readonly beta = 1,
    readonly threshold = 20,
  ) {
    super()
  }
  forward(input: Tensor): Tensor {
    return op('softplus', input, scalarFloat(this.beta), scalarFloat(this.threshold))
  }
  override extraRepr(): string {
    return `beta=${float(this.beta)}, threshold=${float(this.threshold)}`
  }
}
/** A learned slope for each channel, or one for all. */
export class PReLU extends Module {
  weight: Parameter
  constructor(
    readonly num_parameters = 1,
    { init = 0.25, ...factory }: FactoryOptions & { init?: number } = {},
  ) {
    super()
    this.weight = new Parameter(blank([num_parameters], factory).fill_(init))
  }
  forward(input: Tensor): Tensor {
    return op('prelu', input, this.weight)
  }
  override extraRepr(): string {
    return `num_parameters=${this.num_parameters}`
  }
}

/** Which dimension PyTorch takes where none is given. */
export const implicitDim = (ndim: number): number => (ndim === 0 || ndim === 1 || ndim === 3 ? 0 : 1)

abstract class AlongDimension extends Module {
  constructor(readonly dim: number | null = null) {
    super()
  }
  protected dimension(input: Tensor): number {
    return this.dim ?? implicitDim(input.ndim)
  }
  override extraRepr(): string {
    return `dim=${python(this.dim)}`
  }
}
export class Softmax extends AlongDimension {
  forward(input: Tensor): Tensor {
    return input.softmax(this.dimension(input))
  }
}
export class Softmin extends AlongDimension {
  forward(input: Tensor): Tensor {
    return input.neg().softmax(this.dimension(input))
  }
}
export class LogSoftmax extends AlongDimension {
  forward(input: Tensor): Tensor {
    return input.log_softmax(this.dimension(input))
  }
}
/** Over the channels of (N, C, H, W) or (C, H, W). */
export class Softmax2d extends Module {
  forward(input: Tensor): Tensor {
    return input.softmax(-3)
  }
}
