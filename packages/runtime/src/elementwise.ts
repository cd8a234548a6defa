/** How several tensors are walked together: broadcasting, the output's strides, and reading each in the output's memory order. */
import type { Device } from './device.ts'
import type { Layout } from './elements.ts'
import {
  broadcastShapes,
  denseStridesInOrderOf,
  expandStrides,
  isChannelsLastContiguous,
  isNonOverlappingAndDense,
  sameSizes,
} from './shape.ts'
import type { Tensor } from './tensor.ts'

export interface ElementwisePlan {
  readonly shape: number[]
  readonly numel: number
  /** Of the output; undefined where it is contiguous. */
  readonly strides: number[] | undefined
  readonly device: Device
  /** How to read an operand so that its elements come in the order in which the output lies in memory. */
  layoutOf(operand: Tensor): Layout
}

/** Plans an operation over tensors that broadcast. Throws TSJ_SHAPE_BROADCAST. Output strides follow PyTorch's TensorIterator. */
export function planElementwise(operands: readonly Tensor[]): ElementwisePlan {
  const shape = operands.length === 1 ? [...operands[0].shape] : broadcastShapes(operands.map((operand) => operand.shape))
  const strides = outputStrides(operands, shape)
  let numel = 1
  for (const size of shape) numel *= size
  const order = strides ? memoryOrder(shape, strides) : undefined
  const permuted = order ? order.map((dim) => shape[dim]) : shape
  const device = (operands.find((operand) => operand.ndim > 0) ?? operands[0]).device
  return {
    shape,
    numel,
    strides,
    device,
    layoutOf(operand) {
      const own = sameSizes(operand.shape, shape) ? operand.strides : expandStrides(operand.shape, operand.strides, shape)
      return { shape: permuted, strides: order ? order.map((dim) => own[dim]) : own, offset: operand.offset }
    },
  }
}

/** The strides that PyTorch gives to the result of a pointwise operation; undefined means contiguous. */
export function outputStrides(operands: readonly Tensor[], shape: readonly number[]): number[] | undefined {
  const wide = operands.filter((operand) => operand.ndim > 0 || shape.length === 0)
  if (wide.every((operand) => sameSizes(operand.shape, shape))) {
    if (wide.every((operand) => operand.isContiguous)) return undefined
    for (const ndim of [4, 5] as const) {
      if (wide.every((operand) => isChannelsLastContiguous(operand.shape, operand.strides, ndim))) return [...wide[0].strides]
    }
    if (wide.every((operand) => sameSizes(operand.strides, wide[0].strides)) && isNonOverlappingAndDense(shape, wide[0].strides))
      return [...wide[0].strides]
  }
  return denseStridesInOrderOf(
    operands.map((operand) => ({
      strides: sameSizes(operand.shape, shape) ? operand.strides : expandStrides(operand.shape, operand.strides, shape),
    })),
    shape,
  )
}

/** Dimensions from outermost to innermost. */
export function memoryOrder(shape: readonly number[], strides: readonly number[]): number[] {
  // dimensions of size 1 may go anywhere
  return shape.map((_, i) => i).sort((a, b) => strides[b] - strides[a] || (shape[a] === 1 ? -1 : shape[b] === 1 ? 1 : a - b))
}
