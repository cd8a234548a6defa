import type { Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { python } from '../options.ts'

abstract class DropoutNd extends Module {
  readonly inplace: boolean
  constructor(
    readonly p = 0.5,
    { inplace = false }: { inplace?: boolean } = {},
  ) {
    super()
    if (!(p >= 0 && p <= 1)) throw new RuntimeError('TSJ_PROBABILITY', `dropout probability has to be between 0 and 1, but got ${p}`)
    this.inplace = inplace
  }
  protected drop(name: string, input: Tensor): Tensor {
    return op(this.inplace ? `${name}_` : name, input, this.p, this.training)
  }
  override extraRepr(): string {
    return `p=${python(this.p)}, inplace=${python(this.inplace)}`
  }
}
/** Zeroes elements with probability p and scales the rest, in training. */
export class Dropout extends DropoutNd {
  forward(input: Tensor): Tensor {
    return this.drop('dropout', input)
  }
}
/** Zeroes whole channels; input without a batch dimension gets one. */
abstract class ChannelDropout extends DropoutNd {
  protected dropChannels(input: Tensor, batched: number): Tensor {
    const single = input.ndim === batched - 1
    const result = this.drop('feature_dropout', single ? input.unsqueeze(0) : input)
    return single ? result.squeeze(0) : result
  }
}
export class Dropout1d extends ChannelDropout {
  forward(input: Tensor): Tensor {
    return this.dropChannels(input, 3)
  }
}
export class Dropout2d extends ChannelDropout {
  forward(input: Tensor): Tensor {
    return this.drop('feature_dropout', input)
  }
}
export class Dropout3d extends ChannelDropout {
  forward(input: Tensor): Tensor {
    return this.dropChannels(input, 5)
  }
}
/** Keeps mean and variance of its input, for `SELU`. */
export class AlphaDropout extends DropoutNd {
  forward(input: Tensor): Tensor {
    return op('alpha_dropout', input, this.p, this.training)
  }
}
export class FeatureAlphaDropout extends DropoutNd {
  forward(input: Tensor): Tensor {
    return op('feature_alpha_dropout', input, this.p, this.training)
  }
}
