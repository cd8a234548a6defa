/** Mixing: a traced function calls a script function, whose control flow is kept. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const foo = torch.jit.script`
def foo(x, y):
    if x.max() > y.max():
        r = x
    else:
        r = y
    return r
`
function bar(x: torch.Tensor, y: torch.Tensor, z: torch.Tensor): torch.Tensor {
  return foo(x, y).add(z)
}
const tracedBar = torch.jit.trace(bar, [torch.rand([3]), torch.rand([3]), torch.rand([3])])

console.log(tracedBar.graph)
console.log(tracedBar.inlinedGraph)
const [small, large, ten] = [torch.tensor([1, 2, 3]), torch.tensor([4, 5, 6]), torch.tensor(10)]
console.log(tracedBar(small, large, ten))
console.log(tracedBar(large, small, ten))
