/** Packed sequences: steps one after another, each only as wide as there are sequences that reach it. */

import {
  type Dispatcher,
  fromNumbers,
  type KernelTable,
  readRaw,
  type ScalarValue,
  scalarToNumber,
  type Tensor,
  writeNumbers,
} from '@tsjit/runtime/backend'
import { RuntimeError } from '@tsjit/types'
import { check, product, readIndices } from './nn-host.ts'

function pack(d: Dispatcher, input: Tensor, lengths: Tensor, batchFirst: boolean): [Tensor, Tensor] {
  const first: Tensor = batchFirst ? d.call('aten::transpose.int', input, 0, 1) : input
  const sizes = Array.from(readIndices(lengths))
  check(input.numel > 0, () => 'Cannot pack empty tensors.', 'TSJ_SHAPE_INPUT')
  const [time, batch, ...rest] = first.shape
  check(
    sizes.length === batch,
    () => `Expected \`len(lengths)\` to be equal to batch_size, but got ${sizes.length} (batch_size=${batch})`,
    'TSJ_SHAPE_LENGTHS',
  )
  check(
    sizes[batch - 1] > 0,
    () => "Length of all samples has to be greater than 0, but found an element in 'lengths' that is <= 0",
    'TSJ_SHAPE_LENGTHS',
  )
  if (sizes.some((n, i) => i > 0 && n > sizes[i - 1])) {
    throw new RuntimeError(
      'TSJ_SHAPE_LENGTHS',
      '`lengths` array must be sorted in decreasing order when `enforce_sorted` is True. You can pass `enforce_sorted=False` to pack_padded_sequence and/or pack_sequence to sidestep this requirement if you do not need ONNX exportability.',
    )
  }
  check(sizes[0] <= time, () => `Expected all lengths to be at most ${time}, got ${sizes[0]}`, 'TSJ_SHAPE_LENGTHS')
  const counts = Array.from({ length: sizes[0] }, (_, t) => sizes.filter((n) => n > t).length)
  const result = d.empty([counts.reduce((sum, n) => sum + n, 0), ...rest], input.dtype, input.device)
  const from = readRaw(first)
  const to = result.data()
  const width = from.length / (time * batch)
  let at = 0
  counts.forEach((count, t) => {
    to.set(from.subarray(t * batch * width, (t * batch + count) * width) as never, at)
    at += count * width
  })
  return [result, fromNumbers(d, counts, [counts.length], 'int64', lengths.device)]
}

function unpack(
  d: Dispatcher,
  data: Tensor,
  batchSizes: Tensor,
  batchFirst: boolean,
  padding: ScalarValue,
  totalLength: number,
): [Tensor, Tensor] {
  const counts = Array.from(readIndices(batchSizes))
  const steps = counts.length
  check(
    totalLength <= 0 || totalLength >= steps,
    () =>
      `Expected total_length to be at least the length of the longest sequence in input, but got total_length=${totalLength} and max sequence length being ${steps}`,
    'TSJ_SHAPE_LENGTHS',
  )
  const time = totalLength > 0 ? totalLength : steps
  const batch = counts[0]
  const rest = data.shape.slice(1)
  const result = d.empty([time, batch, ...rest], data.dtype, data.device)
  writeNumbers(result, new Float64Array(result.numel).fill(scalarToNumber(padding)))
  const from = readRaw(data)
  const to = result.data()
  const width = (from.length / data.numel) * product(rest)
  let at = 0
  counts.forEach((count, t) => {
    to.set(from.subarray(at, at + count * width) as never, t * batch * width)
    at += count * width
  })
  const lengths = Array.from({ length: batch }, (_, b) => counts.filter((n) => n > b).length)
  return [batchFirst ? d.call('aten::transpose.int', result, 0, 1) : result, fromNumbers(d, lengths, [batch], 'int64', batchSizes.device)]
}

export const rnnPackingKernels: KernelTable = {
  'aten::_pack_padded_sequence(Tensor input, Tensor lengths, bool batch_first) -> (Tensor, Tensor)': pack,
  'aten::_pad_packed_sequence(Tensor data, Tensor batch_sizes, bool batch_first, Scalar padding_value, int total_length) -> (Tensor, Tensor)':
    unpack,
}
