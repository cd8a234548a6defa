/** One step of a recurrent layer. */
import { type Dispatcher, fromNumbers, type KernelTable, type Tensor } from '@tsjit/runtime/backend'
import { check, readNumbers, shapeText } from './nn-host.ts'
import { project } from './rnn.ts'

export type CellName = 'lstm' | 'gru' | 'tanh' | 'relu'

export interface Cell {
  readonly name: CellName
  /** How many times as many rows as the state is wide the weights have. */
  readonly gates: number
  /**
   * The state of one row after one step. `x` and `h` hold what the input and the former state give to the gates (with their biases),
   * from `xAt` and `hAt`. `hidden` and `carry` are overwritten; `scratch` is as long as they are.
   */
  step(
    x: Float64Array,
    xAt: number,
    h: Float64Array,
    hAt: number,
    hidden: Float64Array,
    carry: Float64Array,
    size: number,
    scratch: Float64Array,
  ): void
}

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v))

const lstm: Cell = {
  name: 'lstm',
  gates: 4,
  step(x, xAt, h, hAt, hidden, carry, size) {
    const gate = (which: number, i: number): number => x[xAt + which * size + i] + h[hAt + which * size + i]
    for (let i = 0; i < size; i++) {
      carry[i] = sigmoid(gate(1, i)) * carry[i] + sigmoid(gate(0, i)) * Math.tanh(gate(2, i))
      hidden[i] = sigmoid(gate(3, i)) * Math.tanh(carry[i])
    }
  },
}

const gru: Cell = {
  name: 'gru',
  gates: 3,
  step(x, xAt, h, hAt, hidden, _carry, size) {
    for (let i = 0; i < size; i++) {
      const reset = sigmoid(x[xAt + i] + h[hAt + i])
      const update = sigmoid(x[xAt + size + i] + h[hAt + size + i])
      const fresh = Math.tanh(x[xAt + 2 * size + i] + reset * h[hAt + 2 * size + i])
      hidden[i] = (hidden[i] - fresh) * update + fresh
    }
  },
}

const plain = (name: CellName, activation: (v: number) => number): Cell => ({
  name,
  gates: 1,
  step(x, xAt, h, hAt, hidden, _carry, size) {
    for (let i = 0; i < size; i++) hidden[i] = activation(x[xAt + i] + h[hAt + i])
  },
})

export const cells: Readonly<Record<CellName, Cell>> = {
  lstm,
  gru,
  tanh: plain('tanh', Math.tanh),
  relu: plain('relu', (v) => Math.max(v, 0)),
}

function stepOnce(
  d: Dispatcher,
  cell: Cell,
  input: Tensor,
  hx: Tensor,
  cx: Tensor | undefined,
  weights: (Tensor | null)[],
): [Tensor, Tensor] {
  const [wInput, wHidden, inputBias, hiddenBias] = weights
  const rows = input.ndim === 1 ? 1 : input.shape[0]
  const size = hx.shape[hx.ndim - 1]
  check(
    hx.ndim === 1 || hx.shape[0] === rows,
    () => `Input batch size ${rows} doesn't match hidden0 batch size ${hx.shape[0]}: ${shapeText(hx.shape)}`,
    'TSJ_SHAPE_HIDDEN',
  )
  const hidden = Float64Array.from(readNumbers(hx))
  const carry = cx ? Float64Array.from(readNumbers(cx)) : new Float64Array(hidden.length)
  const x = project(readNumbers(input), rows, input.shape[input.ndim - 1], wInput!, inputBias)
  const h = project(hidden, rows, size, wHidden!, hiddenBias)
  const scratch = new Float64Array(size)
  for (let r = 0; r < rows; r++) {
    cell.step(
      x,
      r * cell.gates * size,
      h,
      r * cell.gates * size,
      hidden.subarray(r * size, (r + 1) * size),
      carry.subarray(r * size, (r + 1) * size),
      size,
      scratch,
    )
  }
  return [fromNumbers(d, hidden, hx.shape, input.dtype, input.device), fromNumbers(d, carry, hx.shape, input.dtype, input.device)]
}

export const rnnCellKernels: KernelTable = {
  'aten::lstm_cell(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> (Tensor, Tensor)': (
    d,
    input,
    hx,
    ...weights
  ) => stepOnce(d, cells.lstm, input, hx[0], hx[1], weights),
  'aten::gru_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor': (
    d,
    input,
    hx,
    ...weights
  ) => stepOnce(d, cells.gru, input, hx, undefined, weights)[0],
  'aten::rnn_tanh_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor': (
    d,
    input,
    hx,
    ...weights
  ) => stepOnce(d, cells.tanh, input, hx, undefined, weights)[0],
  'aten::rnn_relu_cell(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None) -> Tensor': (
    d,
    input,
    hx,
    ...weights
  ) => stepOnce(d, cells.relu, input, hx, undefined, weights)[0],
}
