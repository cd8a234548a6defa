/** How the integers of a quantised tensor stand for numbers: value = (integer - zero point) * scale. */
import type { Storage } from './storage.ts'
import type { Tensor } from './tensor.ts'

export type TensorQuantizer =
  | { readonly scheme: 'per_tensor_affine'; readonly scale: number; readonly zeroPoint: number }
  | {
      readonly scheme: 'per_channel_affine'
      readonly scales: readonly number[]
      readonly zeroPoints: readonly number[]
      readonly axis: number
    }

/** Kept by storage, so that views of a tensor have their base's. */
const quantizers = new WeakMap<Storage, TensorQuantizer>()

export function setQuantizer(tensor: Tensor, quantizer: TensorQuantizer): Tensor {
  quantizers.set(tensor.storage, quantizer)
  return tensor
}

export function quantizerOf(tensor: Tensor): TensorQuantizer | undefined {
  return quantizers.get(tensor.storage)
}

/** What `quantized::*_prepack` return and archives hold as `__torch__.torch.classes.quantized.*PackedParamsBase`. */
export class PackedParameters {
  constructor(
    /** Quantised; float16 in `linear_prepack_fp16`'s. */
    readonly weight: Tensor,
    readonly bias: Tensor | null,
    /** Convolutions only. */
    readonly convolution?: {
      readonly stride: readonly number[]
      readonly padding: readonly number[]
      readonly outputPadding: readonly number[]
      readonly dilation: readonly number[]
      readonly groups: number
      readonly transposed: boolean
    },
  ) {}
}
