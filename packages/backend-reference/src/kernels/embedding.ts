/** Rows of a table by index: `embedding`, and their sums, means and maxima by bag. */

import { type Dispatcher, fromNumbers, indexError, type KernelTable, readRaw, type Tensor, writeNumbers } from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { check, dtypeName, output, readIndices, readNumbers } from './nn-host.ts'

function checkIndices(indices: Tensor, what: string): void {
  if (indices.dtype === 'int64' || indices.dtype === 'int32') return
  throw new RuntimeError(
    'TSJ_DTYPE_MISMATCH',
    `Expected tensor for argument #1 'indices' to have one of the following scalar types: Long, Int; but got torch.${dtypeName(indices.dtype)}Tensor instead (while checking arguments for ${what})`,
  )
}

function embedding(d: Dispatcher, weight: Tensor, indices: Tensor): Tensor {
  check(weight.ndim === 2, () => `'weight' must be 2-D`, 'TSJ_SHAPE_WEIGHT')
  checkIndices(indices, 'embedding')
  const [rows, width] = weight.shape
  const result = d.empty([...indices.shape, width], weight.dtype, weight.device)
  const pair = weight.dtype.startsWith('complex') ? 2 : 1
  const from = readRaw(weight)
  const to = result.data()
  const places = readIndices(indices)
  for (let i = 0; i < places.length; i++) {
    const row = places[i]
    if (row < 0 || row >= rows) throw indexError('TSJ_INDEX_RANGE', 'index out of range in self')
    to.set(from.subarray(row * width * pair, (row + 1) * width * pair) as never, i * width * pair)
  }
  return result
}

/** `mode` 0: sum, 1: mean, 2: max. Rows with index `padding` do not count. */
function embeddingBag(
  d: Dispatcher,
  weight: Tensor,
  indices: Tensor,
  offsets: Tensor,
  mode: number,
  perSample: Tensor | null,
  includeLast: boolean,
  padding: number,
): Tensor[] {
  check(weight.ndim === 2, () => `'weight' must be 2-D`, 'TSJ_SHAPE_WEIGHT')
  check(indices.ndim === 1, () => `input has to be a 1D Tensor, but got Tensor of dimension ${indices.ndim}`, 'TSJ_SHAPE_INPUT')
  check(offsets.ndim === 1, () => `offsets has to be a 1D Tensor, but got Tensor of dimension ${offsets.ndim}`, 'TSJ_SHAPE_INPUT')
  checkIndices(indices, 'embedding_bag')
  check(
    perSample === null || mode === 0,
    () =>
      `embedding_bag: per_sample_weights was not None. per_sample_weights is only supported for mode='sum' (got mode='${['sum', 'mean', 'max'][mode]}').`,
    'TSJ_MODE',
  )
  const [rows, width] = weight.shape
  const starts = readIndices(offsets)
  const places = readIndices(indices)
  check(
    starts.length === 0 || starts[0] === 0,
    () => `offsets[0] has to be 0, i.e., the first sequence in the mini-batch has to start from position 0. However, got ${starts[0]}`,
    'TSJ_INDEX_RANGE',
  )
  const bags = includeLast ? starts.length - 1 : starts.length
  const table = readNumbers(weight)
  const factors = perSample && readNumbers(perSample)
  const result = output(d, [bags, width], weight.dtype, weight.device)
  const bagOf = new Float64Array(places.length)
  const bagSize = new Float64Array(bags)
  const largest = new Float64Array(mode === 2 ? bags * width : 0).fill(mode === 2 ? -1 : 0)
  const sums = new Float64Array(width)
  const wrapped = padding < 0 ? padding + rows : padding
  for (let b = 0; b < bags; b++) {
    const end = b + 1 < starts.length ? starts[b + 1] : places.length
    sums.fill(0)
    let count = 0
    for (let i = starts[b]; i < end; i++) {
      const row = places[i]
      bagOf[i] = b
      check(
        row >= 0 && row < rows,
        () => `embedding_bag: Expected idx >= 0 && idx < num_embeddings but found idx to be ${row}`,
        'TSJ_INDEX_RANGE',
      )
      if (padding !== -1 && row === wrapped) continue
      for (let j = 0; j < width; j++) {
        const value = table[row * width + j]
        if (mode !== 2) sums[j] += value * (factors ? factors[i] : 1)
        else if (count === 0 || value > sums[j]) {
          sums[j] = value
          largest[b * width + j] = row
        }
      }
      count++
    }
    bagSize[b] = count
    for (let j = 0; j < width; j++) result.data[b * width + j] = mode === 1 && count ? sums[j] / count : sums[j]
  }
  const whole = (values: Float64Array, shape: number[]): Tensor => fromNumbers(d, values, shape, indices.dtype, weight.device)
  return [result.finish(), whole(bagOf, [places.length]), whole(bagSize, [bags]), whole(largest, mode === 2 ? [bags, width] : [0])]
}

/** Shrinks the rows that are looked up to a norm of at most `maxNorm`, in place. */
function renorm(weight: Tensor, indices: Tensor, maxNorm: number, p: number): Tensor {
  checkIndices(indices, 'embedding_renorm_')
  const values = Float64Array.from(readNumbers(weight))
  const width = weight.shape[1]
  for (const row of new Set(readIndices(indices))) {
    if (row < 0 || row >= weight.shape[0]) throw indexError('TSJ_INDEX_RANGE', 'index out of range in self')
    const line = values.subarray(row * width, (row + 1) * width)
    const norm = rowNorm(line, p)
    if (norm > maxNorm) for (let i = 0; i < width; i++) line[i] *= maxNorm / (norm + 1e-7)
  }
  writeNumbers(weight, values)
  return weight
}

function rowNorm(row: Float64Array, p: number): number {
  if (p === Number.POSITIVE_INFINITY) return row.reduce((most, x) => Math.max(most, Math.abs(x)), 0)
  return row.reduce((sum, x) => sum + Math.abs(x) ** p, 0) ** (1 / p)
}

export const embeddingKernels: KernelTable = {
  'aten::embedding(Tensor weight, Tensor indices, SymInt padding_idx=-1, bool scale_grad_by_freq=False, bool sparse=False) -> Tensor':
    embedding,
  'aten::_embedding_bag(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor)':
    (d, weight, indices, offsets, _scale, mode, _sparse, perSample, includeLast, padding) =>
      embeddingBag(d, weight, indices, offsets, mode, perSample, includeLast, padding),
  'aten::_embedding_bag_forward_only(Tensor weight, Tensor indices, Tensor offsets, bool scale_grad_by_freq=False, int mode=0, bool sparse=False, Tensor? per_sample_weights=None, bool include_last_offset=False, int padding_idx=-1) -> (Tensor, Tensor, Tensor, Tensor)':
    (d, weight, indices, offsets, _scale, mode, _sparse, perSample, includeLast, padding) =>
      embeddingBag(d, weight, indices, offsets, mode, perSample, includeLast, padding),
  'aten::embedding_renorm_(Tensor(a!) self, Tensor indices, float max_norm, float norm_type) -> Tensor(a!)': (
    _d,
    weight,
    indices,
    maxNorm,
    p,
  ) => renorm(weight, indices, maxNorm, p),
}
