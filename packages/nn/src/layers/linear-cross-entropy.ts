import type { Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { crossEntropy, type LossOptions } from '../functional/loss.ts'
import { Module } from '../module.ts'
import { type FactoryOptions, float, python } from '../options.ts'
import { Linear } from './linear.ts'

export interface LinearCrossEntropyOptions extends FactoryOptions, LossOptions {
  /** Dimensions after the classes' of the logits. */
  readonly out_features?: readonly number[]
  readonly bias?: boolean
  /** A weight for each class. */
  readonly weight?: Tensor | null
  readonly ignore_index?: number | null
  readonly label_smoothing?: number
}

/** Cross entropy of a linear layer's logits. Throws TSJ_SHAPE_LOSS, TSJ_LOSS_OPTION. */
export class LinearCrossEntropyLoss extends Module {
  declare weight?: Tensor
  readonly num_classes: number
  readonly out_features: readonly number[]
  readonly reduction: NonNullable<LossOptions['reduction']>
  readonly ignore_index: number | null
  readonly label_smoothing: number
  linear: Linear

  constructor(in_features: number, num_classes: number, options: LinearCrossEntropyOptions = {}) {
    super()
    const {
      out_features = [],
      bias = false,
      weight = null,
      reduction = 'mean',
      ignore_index = null,
      label_smoothing = 0,
      ...factory
    } = options
    if (weight && (weight.ndim !== 1 || weight.shape[0] !== num_classes))
      throw new RuntimeError('TSJ_SHAPE_LOSS', `expected weight shape to be (${num_classes},), got (${weight.shape.join(', ')})`)
    if (label_smoothing < 0 || label_smoothing > 1)
      throw new RuntimeError('TSJ_LOSS_OPTION', `expected label_smoothing to be in range [0, 1], got ${label_smoothing}`)
    this.num_classes = num_classes
    this.out_features = out_features
    this.reduction = reduction
    this.ignore_index = ignore_index
    this.label_smoothing = label_smoothing
    if (weight) this.registerBuffer('weight', weight)
    this.linear = new Linear(
      in_features,
      out_features.reduce((a, b) => a * b, num_classes),
      { bias, ...factory },
    )
  }
  forward(input: Tensor, target: Tensor): Tensor {
    const logits = this.linear.call(input)
    return crossEntropy(logits.reshape([...input.shape.slice(0, -1), this.num_classes, ...this.out_features]), target, {
      ...(this.weight ? { weight: this.weight } : {}),
      reduction: this.reduction,
      ignore_index: this.ignore_index ?? -100,
      label_smoothing: this.label_smoothing,
    })
  }
  override extraRepr(): string {
    const { linear, num_classes, reduction, ignore_index, label_smoothing } = this
    return `in_features=${linear.in_features}, num_classes=${num_classes}, out_features=${python(this.out_features)}, bias=${python(linear.bias !== null)}, reduction=${reduction}, ignore_index=${python(ignore_index)}, label_smoothing=${float(label_smoothing)}, options=None`
  }
}
