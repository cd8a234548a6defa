/** Debugging: traces are checked on other inputs. */
import * as torch from 'tsjit'
import { printWarning } from './print-warning.ts'

torch.manual_seed(0)

function loopInTracedFn(x: torch.Tensor): torch.Tensor {
  let result = x.index(0)
  for (let i = 0; i < x.size(0); i++) {
    result = result.mul(x.index(i))
  }
  return result
}

const inputs = [torch.rand([3, 4, 5])]
const checkInputs = [[torch.rand([4, 5, 6])], [torch.rand([2, 3, 4])]]

try {
  torch.jit.trace(loopInTracedFn, inputs, { checkInputs, onWarning: printWarning })
} catch (error) {
  if (error instanceof torch.jit.TracingCheckError) console.log(error.message)
}
