import { TensorType } from '@tsjit/types'

/** The type of a parameter that is not annotated: a Tensor, of which errors say that nobody asked for it. */
class InferredTensorType extends TensorType {
  override annotation(): string {
    return 'Tensor (inferred)'
  }
}
export const InferredTensorT: TensorType = new InferredTensorType()
