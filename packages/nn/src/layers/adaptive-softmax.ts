import { callOperator, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { ModuleList, Sequential } from '../containers.ts'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import type { FactoryOptions } from '../options.ts'
import { Linear } from './linear.ts'

export interface AdaptiveSoftmaxOptions extends FactoryOptions {
  readonly div_value?: number
  readonly head_bias?: boolean
}

/** An approximation of softmax for many classes: the frequent ones in the head, the others in clusters. Throws TSJ_ADAPTIVE_SOFTMAX. */
export class AdaptiveLogSoftmaxWithLoss extends Module {
  head: Linear
  tail: ModuleList
  readonly cutoffs: number[]
  readonly shortlist_size: number
  readonly div_value: number

  constructor(
    readonly in_features: number,
    readonly n_classes: number,
    cutoffs: readonly number[],
    { div_value = 4, head_bias = false, ...factory }: AdaptiveSoftmaxOptions = {},
  ) {
    super()
    const rising = cutoffs.every((c, i) => Number.isInteger(c) && c > 0 && c <= n_classes - 1 && (i === 0 || c > cutoffs[i - 1]))
    if (cutoffs.length === 0 || !rising) {
      throw new RuntimeError(
        'TSJ_ADAPTIVE_SOFTMAX',
        'cutoffs should be a sequence of unique, positive integers sorted in an increasing order, where each value is between 1 and n_classes-1',
      )
    }
    this.cutoffs = [...cutoffs, n_classes]
    this.div_value = div_value
    this.shortlist_size = cutoffs[0]
    const clusters = cutoffs.length
    this.head = new Linear(in_features, this.shortlist_size + clusters, { bias: head_bias, ...factory })
    this.tail = new ModuleList()
    for (let i = 0; i < clusters; i++) {
      const hidden = Math.floor(in_features / div_value ** (i + 1))
      this.tail.append(
        new Sequential(
          new Linear(in_features, hidden, { bias: false, ...factory }),
          new Linear(hidden, this.cutoffs[i + 1] - this.cutoffs[i], { bias: false, ...factory }),
        ),
      )
    }
  }
  /** (N, in_features) and (N): [log-probabilities of the targets, their mean negated]. */
  forward(input: Tensor, target: Tensor): [output: Tensor, loss: Tensor] {
    const batched = target.ndim === 1
    const rows = batched ? input : input.unsqueeze(0)
    const wanted = batched ? target : target.unsqueeze(0)
    const all = this.log_prob(rows)
    let output = all.gather(1, wanted.unsqueeze(1)).squeeze(1)
    const loss = output.neg().mean()
    if (!batched) output = output.squeeze(0)
    return [output, loss]
  }
  /** Log-probabilities of all classes. */
  log_prob(input: Tensor): Tensor {
    const head = this.head.call(input).log_softmax(1)
    const parts = [head.narrow(1, 0, this.shortlist_size)]
    let i = 0
    for (const cluster of this.tail)
      parts.push((cluster.call(input as never) as Tensor).log_softmax(1).add(head.narrow(1, this.shortlist_size + i++, 1)))
    return op('cat', parts, 1)
  }
  /** The most likely class of each row. */
  predict(input: Tensor): Tensor {
    return callOperator('argmax', [this.log_prob(input), 1])
  }
}
