/** Poolings in terms of the two-dimensional ones and of those that also return indices. */
import type { DecompositionTable, Dispatch } from '../dispatch.ts'

const first = (result: unknown): unknown => (result as unknown[])[0]

/** A window argument of one dimension as one of two. */
const flat = (list: readonly number[], filler: number): number[] => (list.length ? [filler, list[0]] : [])

/** Runs a two-dimensional pooling on a tensor with a height of 1. */
function asPlane(op: Dispatch, input: unknown, run: (plane: unknown) => unknown): unknown {
  const shrink = (t: unknown): unknown => op.call('aten::squeeze.dim', t, -2)
  const result = run(op.call('aten::unsqueeze', input, -2))
  return Array.isArray(result) ? result.map(shrink) : shrink(result)
}

export const poolingDecompositions: DecompositionTable = {
  'aten::max_pool1d': (op, ...args) => first(op.call('aten::max_pool1d_with_indices', ...args)),
  'aten::max_pool2d': (op, ...args) => first(op.call('aten::max_pool2d_with_indices', ...args)),
  'aten::max_pool3d': (op, ...args) => first(op.call('aten::max_pool3d_with_indices', ...args)),
  'aten::max_pool1d_with_indices': (op, input, kernel, stride, padding, dilation, ceilMode) =>
    asPlane(op, input, (plane) =>
      op.call('aten::max_pool2d_with_indices', plane, flat(kernel, 1), flat(stride, 1), flat(padding, 0), flat(dilation, 1), ceilMode),
    ),
  'aten::avg_pool1d': (op, input, kernel, stride, padding, ceilMode, countIncludePad) =>
    asPlane(op, input, (plane) =>
      op.call('aten::avg_pool2d', plane, flat(kernel, 1), flat(stride, 1), flat(padding, 0), ceilMode, countIncludePad, null),
    ),
  'aten::adaptive_avg_pool1d': (op, input, size) =>
    asPlane(op, input, (plane) => op.call('aten::_adaptive_avg_pool2d', plane, flat(size, 1))),
  'aten::adaptive_max_pool1d': (op, input, size) =>
    asPlane(op, input, (plane) => op.call('aten::adaptive_max_pool2d', plane, flat(size, 1))),
  'aten::adaptive_avg_pool2d': (op, input, size) => op.call('aten::_adaptive_avg_pool2d', input, size),
  'aten::adaptive_avg_pool3d': (op, input, size) => op.call('aten::_adaptive_avg_pool3d', input, size),
}
