import { callOperator, plainShape, type Tensor } from '@tsjit/runtime'
import { RuntimeError } from '@tsjit/types'
import { uniform_ } from '../init.ts'
import { Module } from '../module.ts'
import { op } from '../operator.ts'
import { blank, type FactoryOptions, python } from '../options.ts'
import { Parameter } from '../parameter.ts'

export interface RecurrentOptions extends FactoryOptions {
  readonly num_layers?: number
  readonly bias?: boolean
  readonly batch_first?: boolean
  readonly dropout?: number
  readonly bidirectional?: boolean
}
type Mode = 'LSTM' | 'GRU' | 'RNN_TANH' | 'RNN_RELU'
const gates: Readonly<Record<Mode, number>> = { LSTM: 4, GRU: 3, RNN_TANH: 1, RNN_RELU: 1 }

/** What the recurrent networks share: weights by layer and direction, in PyTorch's names and order. Throws TSJ_RECURRENT for options and shapes that do not fit. */
export abstract class RNNBase extends Module {
  readonly num_layers: number
  readonly bias: boolean
  readonly batch_first: boolean
  readonly dropout: number
  readonly bidirectional: boolean
  readonly proj_size: number
  private readonly weightNames: string[] = []

  constructor(
    readonly mode: Mode,
    readonly input_size: number,
    readonly hidden_size: number,
    options: RecurrentOptions & { proj_size?: number },
  ) {
    super()
    const { num_layers = 1, bias = true, batch_first = false, dropout = 0, bidirectional = false, proj_size = 0, ...factory } = options
    const refuse = (message: string) => new RuntimeError('TSJ_RECURRENT', message)
    if (!(dropout >= 0 && dropout <= 1))
      throw refuse('dropout should be a number in range [0, 1] representing the probability of an element being zeroed')
    if (!(input_size > 0)) throw refuse('input_size must be greater than zero')
    if (!(hidden_size > 0)) throw refuse('hidden_size must be greater than zero')
    if (!(num_layers > 0)) throw refuse('num_layers must be greater than zero')
    if (proj_size >= hidden_size) throw refuse('proj_size has to be smaller than hidden_size')
    this.num_layers = num_layers
    this.bias = bias
    this.batch_first = batch_first
    this.dropout = dropout
    this.bidirectional = bidirectional
    this.proj_size = proj_size
    const directions = bidirectional ? 2 : 1
    const size = gates[mode] * hidden_size
    const real = proj_size || hidden_size
    for (let layer = 0; layer < num_layers; layer++) {
      for (const suffix of bidirectional ? ['', '_reverse'] : ['']) {
        const add = (name: string, shape: number[]) => {
          const full = `${name}_l${layer}${suffix}`
          this.weightNames.push(full)
          this.setSlot(full, new Parameter(blank(shape, factory)))
        }
        add('weight_ih', [size, layer === 0 ? input_size : real * directions])
        add('weight_hh', [size, real])
        if (bias) {
          add('bias_ih', [size])
          add('bias_hh', [size])
        }
        if (proj_size) add('weight_hr', [proj_size, hidden_size])
      }
    }
    this.resetParameters()
  }
  resetParameters(): void {
    const bound = 1 / Math.sqrt(this.hidden_size)
    for (const weight of this.parameters()) uniform_(weight, -bound, bound)
  }

  protected weights(): Parameter[] {
    return this.weightNames.map((name) => this.slot(name) as Parameter)
  }
  protected checkInput(input: Tensor): void {
    if (input.ndim !== 2 && input.ndim !== 3)
      throw new RuntimeError('TSJ_RECURRENT', `${this.getName()}: Expected input to be 2D or 3D, got ${input.ndim}D instead`)
    const last = plainShape(input)[input.ndim - 1]
    if (last !== this.input_size)
      throw new RuntimeError('TSJ_RECURRENT', `input.size(-1) must be equal to input_size. Expected ${this.input_size}, got ${last}`)
  }
  /** Zeros for states that are not given. */
  protected initial(input: Tensor, ...widths: number[]): Tensor[] {
    const batch = input.shape[this.batch_first ? 0 : 1]
    return widths.map((size) => this.zeros(batch, size, input))
  }
  private zeros(batch: number, size: number, input: Tensor): Tensor {
    return op('zeros', [this.num_layers * (this.bidirectional ? 2 : 1), batch, size], { dtype: input.dtype, device: input.device })
  }
  protected tail(): unknown[] {
    return [this.weights(), this.bias, this.num_layers, this.dropout, this.training, this.bidirectional, this.batch_first]
  }
  protected batchDim(): number {
    return this.batch_first ? 0 : 1
  }
  override extraRepr(): string {
    let text = `${this.input_size}, ${this.hidden_size}`
    if (this.proj_size !== 0) text += `, proj_size=${this.proj_size}`
    if (this.num_layers !== 1) text += `, num_layers=${this.num_layers}`
    if (!this.bias) text += ', bias=False'
    if (this.batch_first) text += ', batch_first=True'
    if (this.dropout !== 0) text += `, dropout=${python(this.dropout)}`
    if (this.bidirectional) text += ', bidirectional=True'
    return text
  }
}

/** One hidden state: `RNN` and `GRU`. */
abstract class OneState extends RNNBase {
  /** (L, N, input) or (N, L, input) or (L, input); gives [output, last state]. */
  forward(input: Tensor, hx: Tensor | null = null): [Tensor, Tensor] {
    this.checkInput(input)
    const single = input.ndim === 2
    const values = single ? input.unsqueeze(this.batchDim()) : input
    const state = hx ? (single ? hx.unsqueeze(1) : hx) : this.initial(values, this.hidden_size)[0]
    const name = this.mode.toLowerCase()
    const [output, last] = callOperator(name, [values, state, ...this.tail()]) as [Tensor, Tensor]
    return single ? [output.squeeze(this.batchDim()), last.squeeze(1)] : [output, last]
  }
}
export class RNN extends OneState {
  readonly nonlinearity: 'tanh' | 'relu'
  constructor(
    input_size: number,
    hidden_size: number,
    { nonlinearity = 'tanh', ...options }: RecurrentOptions & { nonlinearity?: 'tanh' | 'relu' } = {},
  ) {
    super(nonlinearity === 'tanh' ? 'RNN_TANH' : 'RNN_RELU', input_size, hidden_size, options)
    this.nonlinearity = nonlinearity
  }
}
export class GRU extends OneState {
  constructor(input_size: number, hidden_size: number, options: RecurrentOptions = {}) {
    super('GRU', input_size, hidden_size, options)
  }
}
export class LSTM extends RNNBase {
  constructor(input_size: number, hidden_size: number, options: RecurrentOptions & { proj_size?: number } = {}) {
    super('LSTM', input_size, hidden_size, options)
  }
  /** Gives [output, [last hidden state, last cell state]]. */
  forward(input: Tensor, hx: readonly [Tensor, Tensor] | null = null): [Tensor, [Tensor, Tensor]] {
    this.checkInput(input)
    const single = input.ndim === 2
    const values = single ? input.unsqueeze(this.batchDim()) : input
    const state = hx
      ? single
        ? hx.map((part) => part.unsqueeze(1))
        : [...hx]
      : this.initial(values, this.proj_size || this.hidden_size, this.hidden_size)
    const [output, h, c] = callOperator('lstm', [values, state, ...this.tail()]) as Tensor[]
    return single ? [output.squeeze(this.batchDim()), [h.squeeze(1), c.squeeze(1)]] : [output, [h, c]]
  }
}

export interface CellOptions extends FactoryOptions {
  readonly bias?: boolean
}
export abstract class RNNCellBase extends Module {
  weight_ih: Parameter
  weight_hh: Parameter
  bias_ih: Parameter | null
  bias_hh: Parameter | null
  constructor(
    readonly input_size: number,
    readonly hidden_size: number,
    readonly bias: boolean,
    chunks: number,
    factory: FactoryOptions = {},
  ) {
    super()
    const size = chunks * hidden_size
    this.weight_ih = new Parameter(blank([size, input_size], factory))
    this.weight_hh = new Parameter(blank([size, hidden_size], factory))
    this.bias_ih = bias ? new Parameter(blank([size], factory)) : null
    this.bias_hh = bias ? new Parameter(blank([size], factory)) : null
    const bound = hidden_size > 0 ? 1 / Math.sqrt(hidden_size) : 0
    for (const weight of this.parameters()) uniform_(weight, -bound, bound)
  }
  protected weights(): unknown[] {
    return [this.weight_ih, this.weight_hh, this.bias_ih, this.bias_hh]
  }
  protected zeros(input: Tensor): Tensor {
    return op('zeros', [input.shape[0], this.hidden_size], { dtype: input.dtype, device: input.device })
  }
  /** Adds a batch dimension where there is none, and takes it off the result. */
  protected batched(input: Tensor, hx: Tensor | null, name: string): Tensor {
    if (input.ndim !== 1 && input.ndim !== 2)
      throw new RuntimeError('TSJ_RECURRENT', `${this.getName()}: Expected input to be 1D or 2D, got ${input.ndim}D instead`)
    const single = input.ndim === 1
    const values = single ? input.unsqueeze(0) : input
    const result = op(name, values, hx ? (single ? hx.unsqueeze(0) : hx) : this.zeros(values), ...this.weights())
    return single ? result.squeeze(0) : result
  }
  override extraRepr(): string {
    return `${this.input_size}, ${this.hidden_size}${this.bias ? '' : ', bias=False'}`
  }
}
export class RNNCell extends RNNCellBase {
  readonly nonlinearity: 'tanh' | 'relu'
  constructor(
    input_size: number,
    hidden_size: number,
    { bias = true, nonlinearity = 'tanh', ...factory }: CellOptions & { nonlinearity?: 'tanh' | 'relu' } = {},
  ) {
    super(input_size, hidden_size, bias, 1, factory)
    this.nonlinearity = nonlinearity
  }
  forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this.batched(input, hx, `rnn_${this.nonlinearity}_cell`)
  }
  override extraRepr(): string {
    return super.extraRepr() + (this.nonlinearity === 'tanh' ? '' : `, nonlinearity=${this.nonlinearity}`)
  }
}
export class GRUCell extends RNNCellBase {
  constructor(input_size: number, hidden_size: number, { bias = true, ...factory }: CellOptions = {}) {
    super(input_size, hidden_size, bias, 3, factory)
  }
  forward(input: Tensor, hx: Tensor | null = null): Tensor {
    return this.batched(input, hx, 'gru_cell')
  }
}
export class LSTMCell extends RNNCellBase {
  constructor(input_size: number, hidden_size: number, { bias = true, ...factory }: CellOptions = {}) {
    super(input_size, hidden_size, bias, 4, factory)
  }
  /** Gives [hidden state, cell state]. */
  forward(input: Tensor, hx: readonly [Tensor, Tensor] | null = null): [Tensor, Tensor] {
    const single = input.ndim === 1
    const values = single ? input.unsqueeze(0) : input
    const state = hx ? (single ? hx.map((part) => part.unsqueeze(0)) : [...hx]) : new Array<Tensor>(2).fill(this.zeros(values))
    const [h, c] = callOperator('lstm_cell', [values, state, ...this.weights()]) as Tensor[]
    return single ? [h.squeeze(0), c.squeeze(0)] : [h, c]
  }
}
