import type { Tensor } from '@tsjit/runtime'
import { TensorType } from '@tsjit/types'

/** All that is known of a tensor. Read it while the tracer pauses. */
export function tensorType(tensor: Tensor, requiresGrad: boolean = tensor.requiresGrad): TensorType {
  return new TensorType(tensor.dtype, [...tensor.shape], [...tensor.strides], tensor.device.toString(), requiresGrad)
}

/** What the graph knows of a size that became a tensor. */
export const sizeType: TensorType = new TensorType('int64', [], [], 'cpu')
