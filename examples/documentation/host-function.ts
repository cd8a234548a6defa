/** Use of host values: script calls a JavaScript function, which a debugger can stop in; such a script cannot be saved. */
import * as torch from 'tsjit'

function foo(x: torch.Tensor): torch.Tensor {
  console.log(`I am called with ${x}`)
  // debugger
  return x
}
const bar = torch.jit.script`
def bar(x):
    return ${foo}(x + 1)
`
console.log(bar(torch.tensor([1, 2])))

try {
  torch.jit.saveToBuffer(bar)
} catch (error) {
  if (error instanceof torch.TsjitError) console.log('cannot be saved:', /'\w+'/.exec(error.message)![0])
}
