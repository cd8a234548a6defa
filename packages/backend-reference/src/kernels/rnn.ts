/**
 * LSTM, GRU and plain recurrent layers over padded or packed sequences. Both are runs of steps of some rows each: the first rows of
 * the state take part, the others (sequences that have ended, or not begun when it runs backwards) keep theirs.
 */

import { type Dispatcher, fromNumbers, type KernelTable, type Tensor } from '@tsjit/runtime/backend'
import type { DType } from '@tsjit/types'
import { gemm, type NumberArray } from './nn-gemm.ts'
import { check, product, readIndices, readNumbers, shapeText } from './nn-host.ts'
import { type Cell, type CellName, cells } from './rnn-cell.ts'

interface Sequence {
  /** [sum of counts, features], step after step. */
  readonly data: NumberArray
  readonly features: number
  /** Rows of each step. */
  readonly counts: readonly number[]
}

interface Weights {
  readonly input: Tensor
  readonly hidden: Tensor
  readonly inputBias: Tensor | null
  readonly hiddenBias: Tensor | null
  readonly projection: Tensor | null
}

interface Layers {
  readonly cell: Cell
  readonly count: number
  readonly directions: number
  readonly weights: readonly Weights[]
  readonly dropout: number
}

/** Splits the flat list of parameters by layer and direction. */
function layersOf(
  cell: Cell,
  params: readonly Tensor[],
  hasBiases: boolean,
  count: number,
  bidirectional: boolean,
  dropout: number,
): Layers {
  const directions = bidirectional ? 2 : 1
  const each = params.length / (count * directions)
  const plain = hasBiases ? 4 : 2
  check(
    each === plain || (cell.name === 'lstm' && each === plain + 1),
    () => `${cell.name}: got ${params.length} parameters for ${count} layers of ${directions} directions`,
    'TSJ_RNN_PARAMETERS',
  )
  const weights = Array.from({ length: count * directions }, (_, i) => {
    const own = params.slice(i * each, (i + 1) * each)
    return {
      input: own[0],
      hidden: own[1],
      inputBias: hasBiases ? own[2] : null,
      hiddenBias: hasBiases ? own[3] : null,
      projection: each > plain ? own[each - 1] : null,
    }
  })
  return { cell, count, directions, weights, dropout }
}

/** rows x features times a weight [outputs, features] transposed, plus a bias. */
export function project(values: NumberArray, rows: number, features: number, weight: Tensor, bias: Tensor | null): Float64Array {
  const outputs = weight.shape[0]
  check(
    weight.shape[1] === features,
    () => `input.size(-1) must be equal to input_size. Expected ${weight.shape[1]}, got ${features}`,
    'TSJ_SHAPE_INPUT',
  )
  const result = new Float64Array(rows * outputs)
  gemm(
    rows,
    outputs,
    features,
    { data: values, offset: 0, row: features, column: 1 },
    { data: readNumbers(weight), offset: 0, row: 1, column: features },
    { data: result, offset: 0, row: outputs, column: 1 },
  )
  if (bias) {
    const add = readNumbers(bias)
    for (let i = 0; i < result.length; i++) result[i] += add[i % outputs]
  }
  return result
}

/** One layer in one direction; `hidden` and `carry` are read and left as they are at the end. */
function runDirection(
  cell: Cell,
  { data, features, counts }: Sequence,
  w: Weights,
  hidden: Float64Array,
  carry: Float64Array,
  backwards: boolean,
): Float64Array {
  const total = counts.reduce((sum, n) => sum + n, 0)
  const size = w.hidden.shape[0] / cell.gates
  const width = w.hidden.shape[1]
  const inputs = project(data, total, features, w.input, w.inputBias)
  const gates = cell.gates * size
  const out = new Float64Array(total * width)
  const starts: number[] = []
  let at = 0
  for (const n of counts) {
    starts.push(at)
    at += n
  }
  const fresh = new Float64Array(size)
  for (let step = 0; step < counts.length; step++) {
    const t = backwards ? counts.length - 1 - step : step
    const rows = counts[t]
    const fromHidden = project(hidden.subarray(0, rows * width), rows, width, w.hidden, w.hiddenBias)
    const states = w.projection ? new Float64Array(rows * size) : hidden
    for (let r = 0; r < rows; r++) {
      const own = states.subarray(r * size, (r + 1) * size)
      cell.step(inputs, (starts[t] + r) * gates, fromHidden, r * gates, own, carry.subarray(r * size, (r + 1) * size), size, fresh)
    }
    if (w.projection) hidden.set(project(states, rows, size, w.projection, null))
    out.set(hidden.subarray(0, rows * width), starts[t] * width)
  }
  return out
}

interface Ran {
  readonly sequence: Sequence
  readonly hidden: Tensor
  readonly carry: Tensor | undefined
}

function run(d: Dispatcher, layers: Layers, sequence: Sequence, hx: Tensor, cx: Tensor | undefined, dtype: DType): Ran {
  const { cell, count, directions } = layers
  const batch = sequence.counts[0] ?? 0
  const [states, , width] = hx.shape
  check(
    states === count * directions && hx.ndim === 3,
    () => `Expected hidden size ${shapeText([count * directions, batch, width ?? 0])}, got ${shapeText(hx.shape)}`,
    'TSJ_SHAPE_HIDDEN',
  )
  const size = layers.weights[0].hidden.shape[0] / cell.gates
  const hidden = Float64Array.from(readNumbers(hx))
  const carry = cx ? Float64Array.from(readNumbers(cx)) : new Float64Array(states * batch * size)
  let current = sequence
  for (let layer = 0; layer < count; layer++) {
    const rows = current.counts.reduce((sum, n) => sum + n, 0)
    const joined = new Float64Array(rows * width * directions)
    for (let direction = 0; direction < directions; direction++) {
      const i = layer * directions + direction
      const own = hidden.subarray(i * batch * width, (i + 1) * batch * width)
      const out = runDirection(
        cell,
        current,
        layers.weights[i],
        own,
        carry.subarray(i * batch * size, (i + 1) * batch * size),
        direction === 1,
      )
      for (let r = 0; r < rows; r++) joined.set(out.subarray(r * width, (r + 1) * width), (r * directions + direction) * width)
    }
    current = { data: joined, features: width * directions, counts: current.counts }
    if (layers.dropout > 0 && layer < count - 1) {
      const dropped = d.call('aten::dropout', fromNumbers(d, joined, [rows, width * directions], dtype, hx.device), layers.dropout, true)
      current = { ...current, data: readNumbers(dropped) }
    }
  }
  return {
    sequence: current,
    hidden: fromNumbers(d, hidden, hx.shape, dtype, hx.device),
    carry: cx && fromNumbers(d, carry, cx.shape, dtype, hx.device),
  }
}

/** `input` overloads: [time, batch, features], or [batch, time, features]. */
function padded(name: CellName) {
  return (
    d: Dispatcher,
    input: Tensor,
    hx: Tensor | Tensor[],
    params: Tensor[],
    hasBiases: boolean,
    count: number,
    dropout: number,
    train: boolean,
    bidirectional: boolean,
    batchFirst: boolean,
  ): Tensor[] => {
    check(input.ndim === 3, () => `input must have 3 dimensions, got ${input.ndim}`, 'TSJ_SHAPE_INPUT')
    const layers = layersOf(cells[name], params, hasBiases, count, bidirectional, train ? dropout : 0)
    const first: Tensor = batchFirst ? d.call('aten::transpose.int', input, 0, 1) : input
    const [time, batch, features] = first.shape
    const sequence = { data: readNumbers(first), features, counts: new Array<number>(time).fill(batch) }
    const [h, c] = Array.isArray(hx) ? hx : [hx, undefined]
    check(
      h.shape[1] === batch,
      () => `Expected hidden size ${shapeText([h.shape[0], batch, h.shape[2]])}, got ${shapeText(h.shape)}`,
      'TSJ_SHAPE_HIDDEN',
    )
    const ran = run(d, layers, sequence, h, c, input.dtype)
    const out = fromNumbers(d, ran.sequence.data, [time, batch, ran.sequence.features], input.dtype, input.device)
    const turned: Tensor = batchFirst ? d.call('aten::transpose.int', out, 0, 1) : out
    return ran.carry ? [turned, ran.hidden, ran.carry] : [turned, ran.hidden]
  }
}

/** `data` overloads: packed sequences. */
function packed(name: CellName) {
  return (
    d: Dispatcher,
    data: Tensor,
    batchSizes: Tensor,
    hx: Tensor | Tensor[],
    params: Tensor[],
    hasBiases: boolean,
    count: number,
    dropout: number,
    train: boolean,
    bidirectional: boolean,
  ): Tensor[] => {
    const layers = layersOf(cells[name], params, hasBiases, count, bidirectional, train ? dropout : 0)
    const [h, c] = Array.isArray(hx) ? hx : [hx, undefined]
    const sequence = { data: readNumbers(data), features: product(data.shape.slice(1)), counts: Array.from(readIndices(batchSizes)) }
    const ran = run(d, layers, sequence, h, c, data.dtype)
    const out = fromNumbers(d, ran.sequence.data, [data.shape[0], ran.sequence.features], data.dtype, data.device)
    return ran.carry ? [out, ran.hidden, ran.carry] : [out, ran.hidden]
  }
}

export const rnnKernels: KernelTable = {
  'aten::lstm.input(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor, Tensor)':
    padded('lstm'),
  'aten::lstm.data(Tensor data, Tensor batch_sizes, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor, Tensor)':
    packed('lstm'),
  'aten::gru.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)':
    padded('gru'),
  'aten::gru.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)':
    packed('gru'),
  'aten::rnn_tanh.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)':
    padded('tanh'),
  'aten::rnn_tanh.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)':
    packed('tanh'),
  'aten::rnn_relu.input(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first) -> (Tensor, Tensor)':
    padded('relu'),
  'aten::rnn_relu.data(Tensor data, Tensor batch_sizes, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional) -> (Tensor, Tensor)':
    packed('relu'),
}
