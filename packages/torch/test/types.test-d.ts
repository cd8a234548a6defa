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

// loading and saving
same<torch.jit.ScriptModule>(torch.jit.loadSync('net.pt', { mapLocation: 'cpu' }))
same<Promise<torch.jit.ScriptModule>>(
  torch.jit.load(new URL('file:///net.pt'), { mapLocation: (storage, location) => (location === 'cpu' ? storage : 'cpu') }),
)
same<Promise<torch.jit.ScriptModule>>(torch.jit.load(new Blob([]), { extraFiles: { 'notes.txt': '' } }))
same<Promise<torch.jit.ScriptModule>>(torch.jit.load(process.stdin))
same<unknown>(torch.load(new Uint8Array(1)))
same<Promise<unknown>>(torch.load(process.stdin))
same<Map<string, torch.Tensor>>(torch.readStateDict('net.pth'))
same<void>(torch.save({ x }, 'x.pth'))
same<Promise<void>>(torch.save([x], process.stdout))
same<Promise<void>>(torch.jit.save(torch.jit.loadSync('net.pt'), new WritableStream<Uint8Array>()))
same<torch.Tensor>(torch.npy.load('x.npy'))
same<Promise<torch.Tensor>>(torch.readImage('x.png', { size: [8, 8] }))
torch.safetensors.save({ x }, 'x.safetensors', { metadata: { format: 'pt' } })
torch.safetensors.save(linear.stateDict(), new URL('file:///x.safetensors'))
linear.loadStateDict(torch.readStateDict('net.pth'), { strict: false, assign: true })
torch.fromTypedArray(new Float32Array(4), { shape: [2, 2] })
same<torch.Tensor>(torch.scope(() => x.add(1)))

// @ts-expect-error a place is no number
torch.jit.loadSync(3)
// @ts-expect-error streams take time
torch.jit.loadSync(process.stdin)
// @ts-expect-error what is loaded may be anything
same<torch.Tensor>(torch.load('x.pth'))
// @ts-expect-error a device is a text or a Device
torch.jit.loadSync('net.pt', { mapLocation: 3 })
// @ts-expect-error a function of the storage and its location
torch.jit.loadSync('net.pt', { mapLocation: (storage: torch.Tensor) => storage })
// @ts-expect-error a module comes first
torch.jit.save('net.pt', torch.jit.loadSync('net.pt'))
// @ts-expect-error an eager module is no script module
torch.jit.save(linear, 'net.pt')
// @ts-expect-error files are texts or bytes
torch.jit.saveToBuffer(torch.jit.loadSync('net.pt'), { extraFiles: { a: 1 } })
// @ts-expect-error tensors by name
torch.safetensors.save({ x: 1 }, 'x.safetensors')
// @ts-expect-error a state dict is a dict
linear.loadStateDict([x])
// @ts-expect-error a mean is numbers
torch.readImage('x.png', { mean: 'imagenet' })
// @ts-expect-error an ordinary array is no typed array
torch.fromTypedArray([1, 2])

// tracing
const scale = (x: torch.Tensor, n: torch.Tensor): torch.Tensor => x.mul(n)
same<torch.jit.TracedFunction>(torch.jit.trace(scale, [x, x]))
same<torch.jit.TracedModule>(torch.jit.trace(linear, x, { checkInputs: [[x]], strict: false }))
same<torch.jit.TracedModule>(torch.jit.traceModule(linear, { forward: x }))
same<readonly torch.jit.TracerWarning[]>(torch.jit.trace(scale, [x, x]).tracerWarnings)
same<number>(torch.jit.sizes.mul(x.shape[0], 2))
same<torch.Tensor>(torch.jit.wait(torch.jit.fork((y: torch.Tensor) => y, x)))

// @ts-expect-error example inputs come with the function
torch.jit.trace(scale)
// @ts-expect-error a number is no example input
torch.jit.trace(scale, 3)
// @ts-expect-error a tolerance is a number
torch.jit.trace(scale, [x, x], { checkTolerance: '1e-5' })
// @ts-expect-error inputs by method
torch.jit.traceModule(linear, x, { checkInputs: [x] })
