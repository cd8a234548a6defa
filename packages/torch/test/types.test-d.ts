/** What the public types take and refuse: checked by `pnpm typecheck`, where an expected error that does not come is an error. */
import * as torch from '../src/index.ts'

function same<T>(_value: T): void {}
type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
function exactly<Expected, Found>(_found: Found, _check: Equal<Expected, Found>): void {}

const x = torch.rand([2, 3])

// results
exactly<torch.Tensor, ReturnType<typeof x.relu>>(x.relu(), true)
exactly<number, ReturnType<typeof x.dim>>(x.dim(), true)
same<torch.Tensor>(x.max(1).values)
same<[torch.Tensor, torch.Tensor]>(x.max(1))
same<torch.Tensor[]>(x.unbind())
same<number>(x.item())
same<boolean>(x.any().item<boolean>())
same<number>(x.size(0))
same<number[]>(x.size())
same<boolean>(x.equal(x))
same<torch.Tensor>(torch.cat([x, x], 1))
same<torch.Tensor>(torch.linalg.norm(x))
same<torch.Tensor>(torch.fft.fft(x))

// overloads, defaults, keyword arguments
x.add(x, { alpha: 2 })
x.add(1)
x.sum()
x.sum({ dtype: 'float64' })
x.sum(1, true)
x.sum([0, 1], { keepdim: true, dtype: 'float64' })
x.view(3, 2)
x.view([3, 2])
x.to('float64')
x.clamp({ min: 0 })
x.clamp(0, 1)
x.index(0, '1:', '...', null, torch.slice(1), x.gt(0), [1, 2])
torch.add(x, x, { out: x })
torch.full([2], 1, { dtype: 'int32' })

// @ts-expect-error an option's name
x.sum(1, { keepdims: true })
// @ts-expect-error an option's type
x.sum(1, { keepdim: 1 })
// @ts-expect-error no text where a number is wanted
x.add('1')
// @ts-expect-error a required argument
x.matmul()
// @ts-expect-error one argument too many
x.relu(1)
// @ts-expect-error no dtype of that name
x.sum({ dtype: 'float33' })
// @ts-expect-error no method of that name
x.reluu()
// @ts-expect-error a mode that div has not is no text at all
x.div(x, { rounding_mode: 1 })
// @ts-expect-error tensors are no numbers
same<number>(x.sum())
// @ts-expect-error a list of tensors
torch.cat(x)
// @ts-expect-error ints, not texts
x.view('2', '3')
// @ts-expect-error a dimension is no tensor
x.transpose(x, 0)
// @ts-expect-error several results are no tensor
same<torch.Tensor>(x.max(1))
// @ts-expect-error no such result
x.max(1).indexes
// @ts-expect-error shapes are read only
x.shape.push(1)
// @ts-expect-error no dtype of that name
torch.zeros([2], { dtype: 'double64' })
// @ts-expect-error a memory format's name
x.contiguous({ memory_format: 'channels_first' })
// @ts-expect-error objects are no index
x.index({ a: 1 })

// nn
const { nn } = torch
const linear = new nn.Linear(3, 4, { bias: false, dtype: 'float64' })
exactly<torch.Tensor, ReturnType<typeof linear.call>>(linear.call(x), true)
same<torch.nn.Parameter>(linear.weight)
const lstm = new nn.LSTM(3, 4, { num_layers: 2 })
same<[torch.Tensor, [torch.Tensor, torch.Tensor]]>(lstm.call(x))
same<Map<string, torch.Tensor>>(linear.stateDict())
class Doubled extends nn.Module {
  forward(input: torch.Tensor, times: number): torch.Tensor {
    return input.mul(2 * times)
  }
}
same<torch.Tensor>(new Doubled().call(x, 3))

// @ts-expect-error sizes are numbers
new nn.Linear('3', 4)
// @ts-expect-error a required size
new nn.Linear(3)
// @ts-expect-error an option's name
new nn.Linear(3, 4, { biases: false })
// @ts-expect-error a padding mode's name
new nn.Conv2d(3, 4, 3, { padding_mode: 'mirror' })
// @ts-expect-error a layer wants a tensor
linear.call(3)
// @ts-expect-error forward's second argument
new Doubled().call(x)
// @ts-expect-error forward's second argument's type
new Doubled().call(x, 'three')
// @ts-expect-error modules are made of classes that have forward
new nn.Module()
// @ts-expect-error no cell state in a GRU
same<[torch.Tensor, [torch.Tensor, torch.Tensor]]>(new nn.GRU(3, 4).call(x))
// @ts-expect-error a reduction's name
new nn.MSELoss({ reduction: 'average' })
// @ts-expect-error a text is no parameter
new nn.Parameter('weight')
// @ts-expect-error sizes only
nn.functional.conv2d(x, x, null, 'one')
// @ts-expect-error an upsampling mode's name
new nn.Upsample({ mode: 'cubic' })
