/** `embedding_bag` in its public spellings. */
import type { DecompositionTable } from '../dispatch.ts'

export const embeddingDecompositions: DecompositionTable = {
  'aten::embedding_bag': (op, ...args) => op.call('aten::_embedding_bag', ...args, -1),
  'aten::embedding_bag.padding_idx': (
    op,
    weight,
    indices,
    offsets,
    scale,
    mode,
    sparse,
    perSample,
    includeLast,
    padding: number | null,
  ) => {
    // -1 means none to _embedding_bag, so a negative index is counted from the start here
    const index = padding === null ? -1 : padding < 0 ? padding + weight.shape[0] : padding
    return op.call('aten::_embedding_bag', weight, indices, offsets, scale, mode, sparse, perSample, includeLast, index)
  },
  'aten::_embedding_bag_forward_only': (op, ...args) => op.call('aten::_embedding_bag', ...args),
}
