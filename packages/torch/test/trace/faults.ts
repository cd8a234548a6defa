/** The programs of record-faults.py in TypeScript. */
import type { Tensor } from '@tsjit/runtime'
import * as torch from '../../src/index.ts'

const { nn } = torch
torch.manual_seed(0)
const x = torch.rand([3, 4])
const negative = torch.rand([3, 4]).neg()
const taller = torch.rand([5, 4])

interface Fault {
  readonly fn: (...args: any[]) => unknown
  readonly inputs: readonly unknown[]
  readonly options: torch.jit.TraceOptions
}
const on = (inputs: readonly unknown[], fn: (...args: any[]) => unknown, options: torch.jit.TraceOptions = {}): Fault => ({
  fn,
  inputs,
  options,
})

const rowsAdded = (x: Tensor): Tensor => {
  let total = x.index(0)
  for (let i = 1; i < x.shape[0]; i++) total = total.add(x.index(i))
  return total
}

let count = 0
let scale = 0
let table = 0
const tables = Array.from({ length: 20 }, (_, i) => torch.full([20], torch.scalarFloat(i)))
const constant = torch.ones([3])
const fc = new nn.Linear(4, 2)

export const faults: Readonly<Record<string, Fault>> = {
  branch_on_sum: on([x], (x: Tensor) => (x.sum().item() > 0 ? x.mul(2) : x.neg())),
  item_in_arithmetic: on([x], (x: Tensor) => x.mul(x.mean().item())),
  float_of_tensor: on([x], (x: Tensor) => x.div(Number(x.max()))),
  int_as_slice: on([x], (x: Tensor) => x.index(torch.slice(null, (Math.trunc(Number(x.sum())) % 3) + 1))),
  to_list: on([x], (x: Tensor) => x.mul((x.tolist()[0] as number[]).reduce((a, b) => a + b))),
  elements: on([x], (x: Tensor) => x.add(Number(x.data()[0]))),
  iterates_rows: on([x], (x: Tensor) => torch.stack([...x].map((row) => row.mul(2)))),
  unpacks_rows: on([x], (x: Tensor) => {
    const [a, b, c] = x
    return a.add(b.mul(c))
  }),
  loop_over_size: on([x], rowsAdded),
  frozen_size: on([x], (x: Tensor) => x.reshape([x.shape[0] * x.shape[1]])),
  branch_on_size: on([x], (x: Tensor) => (x.shape[0] > 2 ? x.mul(2) : x)),
  constant_tensor: on([x], (x: Tensor) => x.mul(torch.tensor(3))),
  constant_of_size: on([x], (x: Tensor) => x.mul(torch.tensor([Number(x.shape[0])]))),
  constant_from_array: on([x], (x: Tensor) => x.add(torch.fromTypedArray(new Float32Array([1, 1, 1, 1])))),
  dict_result: on([x], (x: Tensor) => ({ a: x.add(1) })),
  list_result: on([x], (x: Tensor) => torch.jit.asList([x.add(1), x.mul(2)])),
  random_noise: on([x], (x: Tensor) => x.add(torch.rand([3, 4]))),
  dropout_in_training: on([x], (x: Tensor) => nn.functional.dropout(x, 0.5, true)),
  bernoulli_mask: on([x], (x: Tensor) => x.mul(torch.bernoulli(torch.full([3, 4], 0.5)))),
  other_graph_each_time: on([x], (x: Tensor) => (++count % 2 ? x.add(1) : x.mul(2).sub(1))),
  other_number_each_time: on([x], (x: Tensor) => x.mul((scale += 1.5))),
  other_constant_each_time: on([torch.rand([20])], (v: Tensor) => v.mul(tables[table++])),
  returns_a_constant: on([x], () => constant),
  returns_nothing: on([x], (x: Tensor) => {
    x.add(1)
  }),
  returns_a_number: on([x], () => 3),
  parameters_of_elsewhere: on([x], (x: Tensor) => fc.call(x)),
  writes_a_view: on(
    [x],
    (x: Tensor) => {
      const y = x.clone()
      y.index(0).add_(1)
      return y
    },
    { forceOutplace: true },
  ),
  checked_on_the_other_branch: on([x], (x: Tensor) => (x.sum().item() > 0 ? x.mul(2) : x.sub(1)), { checkInputs: [[negative]] }),
  checked_on_another_size: on([x], rowsAdded, { checkInputs: [[taller]] }),
  fails_on_another_size: on([x], (x: Tensor) => x.view(Number(x.shape[0]), 2, 2), { checkInputs: [[taller]] }),
  any_as_condition: on([x], (x: Tensor) => (x.gt(0.5).any().item() ? x.add(1) : x)),
  while_loop: on([x], (x: Tensor) => {
    while (Number(x.sum()) < 100) x = x.mul(2)
    return x
  }),
  index_by_item: on([x], (x: Tensor) => x.index(x.index(':', 0).argmax().item<number>())),
  asserts: on([x], (x: Tensor) => {
    if (!x.ge(0).all().item()) throw new Error('negative')
    return x.sqrt()
  }),
  larger_of_two: on([x], (x: Tensor) => x.mul(Math.max(Number(x.index(0).sum()), Number(x.index(1).sum())))),
  is_nonzero: on([x], (x: Tensor) => (torch.is_nonzero(x.sum()) ? x.mul(2) : x)),
  number_as_input: on([x, 3], (x: Tensor, n: number) => x.mul(n)),
  traces_inside: on([x], (x: Tensor) => torch.jit.trace((y: Tensor) => y.add(1), [x])(x)),
}
