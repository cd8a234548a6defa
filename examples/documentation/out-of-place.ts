/** Debugging: the result is built out of place. */
import * as torch from 'tsjit'
import { printWarning } from './print-warning.ts'

torch.manual_seed(0)

function fillRowZero(x: torch.Tensor): torch.Tensor {
  return torch.cat([torch.rand([1, x.shape[1]]), x.index('1:2')], 0)
}

const traced = torch.jit.trace(fillRowZero, [torch.rand([3, 4])], { onWarning: printWarning })
console.log(traced.graph)
