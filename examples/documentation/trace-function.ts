/** Creating Torch Script code: a function is traced. */
import * as torch from 'tsjit'

torch.manual_seed(0)

function foo(x: torch.Tensor, y: torch.Tensor): torch.Tensor {
  return x.mul(2).add(y)
}
const tracedFoo = torch.jit.trace(foo, [torch.rand([3]), torch.rand([3])])

console.log(String(tracedFoo.schema))
console.log(tracedFoo.graph)
console.log(tracedFoo.code)
console.log(tracedFoo(torch.ones([3]), torch.ones([3])))

// saved, it is a module with the method forward and no parameters
const module = torch.jit.loadSync(torch.jit.saveToBuffer(tracedFoo))
console.log(module.methodNames().join(), [...module.namedParameters()].length)
console.log(module.forward(torch.ones([3]), torch.ones([3])))
