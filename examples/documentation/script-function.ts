/** Creating Torch Script code: a function is scripted, control flow and all. */
import * as torch from 'tsjit'

const foo = torch.jit.script`
def foo(x, y):
    if x.max() > y.max():
        r = x
    else:
        r = y
    return r
`
console.log(foo.graph)
console.log(foo(torch.tensor([1, 5]), torch.tensor([3, 4])))
console.log(foo(torch.tensor([1, 2]), torch.tensor([3, 4])))

// the same function in TypeScript
const same = torch.jit.script((x: torch.Tensor, y: torch.Tensor): torch.Tensor => {
  let r: torch.Tensor
  if (x.max() > y.max()) r = x
  else r = y
  return r
})
console.log(same.graph)
console.log(same(torch.tensor([1, 5]), torch.tensor([3, 4])))

// saved, it is a module with the method forward and no parameters
const module = torch.jit.loadSync(torch.jit.saveToBuffer(foo))
console.log(module.methodNames().join(), [...module.namedParameters()].length)
