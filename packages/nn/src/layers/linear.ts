import type { Tensor } from '@tsjit/runtime'
import { kaiming_uniform_, uniform_ } from '../init.ts'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { blank, type FactoryOptions, python } from '../options.ts'
import { Parameter } from '../parameter.ts'

/** Gives its input back; takes any arguments. */
export class Identity extends Module {
  constructor(..._args: unknown[]) {
    super()
  }
  forward(input: Tensor): Tensor {
    return input
  }
}

export interface LinearOptions extends FactoryOptions {
  readonly bias?: boolean
}

/** `input @ weightᵀ + bias`: (*, in_features) to (*, out_features). */
export class Linear extends Module {
  weight: Parameter
  bias: Parameter | null

  constructor(
    readonly in_features: number,
    readonly out_features: number,
    { bias = true, ...factory }: LinearOptions = {},
  ) {
    super()
    this.weight = new Parameter(blank([out_features, in_features], factory))
    this.bias = bias ? new Parameter(blank([out_features], factory)) : null
    this.resetParameters()
  }
  resetParameters(): void {
    kaiming_uniform_(this.weight, { a: Math.sqrt(5) })
    if (!this.bias) return
    const bound = this.in_features > 0 ? 1 / Math.sqrt(this.in_features) : 0
    uniform_(this.bias, -bound, bound)
  }
  forward(input: Tensor): Tensor {
    return op('linear', input, this.weight, this.bias)
  }
  override extraRepr(): string {
    return `in_features=${this.in_features}, out_features=${this.out_features}, bias=${python(this.bias !== null)}`
  }
}

/** The output projection of attention; PyTorch keeps it apart from quantisation, and prints it under this name. */
export class NonDynamicallyQuantizableLinear extends Linear {}

/** `x1ᵀ A x2 + b`: (*, in1_features) and (*, in2_features) to (*, out_features). */
export class Bilinear extends Module {
  weight: Parameter
  bias: Parameter | null

  constructor(
    readonly in1_features: number,
    readonly in2_features: number,
    readonly out_features: number,
    { bias = true, ...factory }: LinearOptions = {},
  ) {
    super()
    this.weight = new Parameter(blank([out_features, in1_features, in2_features], factory))
    this.bias = bias ? new Parameter(blank([out_features], factory)) : null
    this.resetParameters()
  }
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.in1_features)
    uniform_(this.weight, -bound, bound)
    if (this.bias) uniform_(this.bias, -bound, bound)
  }
  forward(input1: Tensor, input2: Tensor): Tensor {
    return op('bilinear', input1, input2, this.weight, this.bias)
  }
  override extraRepr(): string {
    return `in1_features=${this.in1_features}, in2_features=${this.in2_features}, out_features=${this.out_features}, bias=${python(this.bias !== null)}`
  }
}
