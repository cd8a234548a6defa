import type { Tensor } from '@tsjit/runtime'
import * as F from '../functional/loss.ts'
import { Module } from '../module.ts'
import { PairwiseDistance } from './shape.ts'

/** Losses keep their options and hand them to the function of the same name. */
abstract class Loss<Options extends F.LossOptions = F.LossOptions> extends Module {
  readonly reduction: F.Reduction
  constructor(readonly options: Options = {} as Options) {
    super()
    this.reduction = options.reduction ?? 'mean'
    F.reductionCode(this.reduction)
    const { weight, pos_weight } = options as { weight?: Tensor | null; pos_weight?: Tensor | null }
    if (weight) this.registerBuffer('weight', weight)
    if (pos_weight) this.registerBuffer('pos_weight', pos_weight)
  }
  /** The options, with the weights that the module's state holds now. */
  protected current(): Options {
    const { weight, pos_weight } = this as { weight?: Tensor; pos_weight?: Tensor }
    return { ...this.options, ...(weight ? { weight } : {}), ...(pos_weight ? { pos_weight } : {}) }
  }
}

export class L1Loss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.l1Loss(input, target, this.options)
  }
}
export class MSELoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.mseLoss(input, target, this.options)
  }
}
export class SmoothL1Loss extends Loss<F.LossOptions & { beta?: number }> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.smoothL1Loss(input, target, this.options)
  }
}
export class HuberLoss extends Loss<F.LossOptions & { delta?: number }> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.huberLoss(input, target, this.options)
  }
}
export class CrossEntropyLoss extends Loss<F.CrossEntropyOptions> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.crossEntropy(input, target, this.current())
  }
}
export class NLLLoss extends Loss<F.WeightedOptions & { ignore_index?: number }> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.nllLoss(input, target, this.current())
  }
}
export class NLLLoss2d extends NLLLoss {}
export class BCELoss extends Loss<F.WeightedOptions> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropy(input, target, this.current())
  }
}
export class BCEWithLogitsLoss extends Loss<F.WeightedOptions & { pos_weight?: Tensor | null }> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.binaryCrossEntropyWithLogits(input, target, this.current())
  }
}
export class KLDivLoss extends Module {
  constructor(readonly options: { reduction?: F.Reduction | 'batchmean'; log_target?: boolean } = {}) {
    super()
  }
  forward(input: Tensor, target: Tensor): Tensor {
    return F.klDiv(input, target, this.options)
  }
}
export class PoissonNLLLoss extends Loss<F.LossOptions & { log_input?: boolean; full?: boolean; eps?: number }> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.poissonNllLoss(input, target, this.options)
  }
}
export class GaussianNLLLoss extends Loss<F.LossOptions & { full?: boolean; eps?: number }> {
  forward(input: Tensor, target: Tensor, variance: Tensor | number): Tensor {
    return F.gaussianNllLoss(input, target, variance, this.options)
  }
}
export class HingeEmbeddingLoss extends Loss<F.LossOptions & { margin?: number }> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.hingeEmbeddingLoss(input, target, this.options)
  }
}
export class MarginRankingLoss extends Loss<F.LossOptions & { margin?: number }> {
  forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return F.marginRankingLoss(input1, input2, target, this.options)
  }
}
export class SoftMarginLoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.softMarginLoss(input, target, this.options)
  }
}
export class MultiLabelMarginLoss extends Loss {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.multiLabelMarginLoss(input, target, this.options)
  }
}
export class MultiLabelSoftMarginLoss extends Loss<F.WeightedOptions> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.multiLabelSoftMarginLoss(input, target, this.current())
  }
}
export class MultiMarginLoss extends Loss<F.WeightedOptions & { p?: number; margin?: number }> {
  forward(input: Tensor, target: Tensor): Tensor {
    return F.multiMarginLoss(input, target, this.current())
  }
}
export class CosineEmbeddingLoss extends Loss<F.LossOptions & { margin?: number }> {
  forward(input1: Tensor, input2: Tensor, target: Tensor): Tensor {
    return F.cosineEmbeddingLoss(input1, input2, target, this.options)
  }
}
export class TripletMarginLoss extends Loss<F.TripletOptions> {
  forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    return F.tripletMarginLoss(anchor, positive, negative, this.options)
  }
}
export class TripletMarginWithDistanceLoss extends Loss<F.TripletDistanceOptions> {
  distance_function: PairwiseDistance | ((a: Tensor, b: Tensor) => Tensor)
  constructor(options: F.TripletDistanceOptions = {}) {
    super(options)
    this.distance_function = options.distance_function ?? new PairwiseDistance()
  }
  forward(anchor: Tensor, positive: Tensor, negative: Tensor): Tensor {
    return F.tripletMarginWithDistanceLoss(anchor, positive, negative, this.options)
  }
}
export class CTCLoss extends Loss<F.CtcOptions> {
  forward(
    logProbabilities: Tensor,
    targets: Tensor,
    inputLengths: Tensor | readonly number[],
    targetLengths: Tensor | readonly number[],
  ): Tensor {
    return F.ctcLoss(logProbabilities, targets, inputLengths, targetLengths, this.options)
  }
}
