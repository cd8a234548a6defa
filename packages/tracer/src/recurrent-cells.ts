/**
 * The cells of recurrent networks by the operators that PyTorch makes them of (RNN.cpp): its tracer records those, and not the cell. Arguments are those of
 * the operators.
 */
import type { Dispatcher, Tensor } from '@tsjit/runtime'

type Cell = (d: Dispatcher, ...args: any[]) => unknown

const linear = (d: Dispatcher, input: Tensor, weight: Tensor, bias: Tensor | null): Tensor => d.call('aten::linear', input, weight, bias)
const addTo = (d: Dispatcher, target: Tensor, other: Tensor): Tensor => d.call('aten::add_.Tensor', target, other)

const simple =
  (activation: string): Cell =>
  (d, input, hx, wih, whh, bih = null, bhh = null) =>
    d.call(activation, addTo(d, linear(d, hx, whh, bhh), linear(d, input, wih, bih)))

function lstm(
  d: Dispatcher,
  input: Tensor,
  [hx, cx]: Tensor[],
  wih: Tensor,
  whh: Tensor,
  bih: Tensor | null,
  bhh: Tensor | null,
): Tensor[] {
  const hidden = linear(d, hx, whh, bhh)
  const gates = addTo(d, hidden, linear(d, input, wih, bih))
  const [i, f, g, o]: Tensor[] = d.call('aten::unsafe_chunk', gates, 4, 1)
  const inGate = d.call('aten::sigmoid_', i)
  const forgetGate = d.call('aten::sigmoid_', f)
  const cellGate = d.call('aten::tanh_', g)
  const outGate = d.call('aten::sigmoid_', o)
  const kept = d.call('aten::mul.Tensor', forgetGate, cx)
  const cell = addTo(d, kept, d.call('aten::mul.Tensor', inGate, cellGate))
  return [d.call('aten::mul.Tensor', outGate, d.call('aten::tanh', cell)), cell]
}

function gru(d: Dispatcher, input: Tensor, hx: Tensor, wih: Tensor, whh: Tensor, bih: Tensor | null, bhh: Tensor | null): Tensor {
  const i: Tensor[] = d.call('aten::unsafe_chunk', linear(d, input, wih, bih), 3, 1)
  const h: Tensor[] = d.call('aten::unsafe_chunk', linear(d, hx, whh, bhh), 3, 1)
  const resetGate = d.call('aten::sigmoid_', addTo(d, h[0], i[0]))
  const inputGate = d.call('aten::sigmoid_', addTo(d, h[1], i[1]))
  const newGate = d.call('aten::tanh_', d.call('aten::add.Tensor', i[2], d.call('aten::mul_.Tensor', h[2], resetGate)))
  return addTo(d, d.call('aten::mul_.Tensor', d.call('aten::sub.Tensor', hx, newGate), inputGate), newGate)
}

export const recurrentCells: Readonly<Record<string, Cell>> = {
  'aten::lstm_cell': lstm as Cell,
  'aten::gru_cell': gru as Cell,
  'aten::rnn_tanh_cell': simple('aten::tanh'),
  'aten::rnn_relu_cell': simple('aten::relu'),
}
