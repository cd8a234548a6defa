/** Debugging: control flow that depends on data is scripted instead. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const source = `
def fn(x):
    result = x[0]
    for i in range(x.size(0)):
        result = result * x[i]
    return result
`
function fn(x: torch.Tensor): torch.Tensor {
  let result = x.index(0)
  for (let i = 0; i < x.size(0); i++) result = result.mul(x.index(i))
  return result
}

const inputs = torch.rand([3, 4, 5])
const checkInputs = [torch.rand([4, 5, 6]), torch.rand([2, 3, 4])]

const scriptedFn = torch.jit.script(source)
console.log(scriptedFn.graph)

for (const input of [inputs, ...checkInputs]) console.log(torch.allclose(fn(input), scriptedFn(input)))
