/** Mixing: a script function calls a traced function. */
import * as torch from 'tsjit'

torch.manual_seed(0)

function foo(x: torch.Tensor, y: torch.Tensor): torch.Tensor {
  return x.mul(2).add(y)
}
const tracedFoo = torch.jit.trace(foo, [torch.rand([3]), torch.rand([3])])

const bar = torch.jit.script`
def bar(x):
    return ${tracedFoo}(x, x)
`
console.log(bar.graph)
console.log(bar.inlinedGraph)
console.log(bar(torch.tensor([1, 2, 3])))
