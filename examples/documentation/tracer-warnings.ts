/** Debugging: the tracer warns of what it cannot stand for, here a write to a view. */
import * as torch from 'tsjit'
import { printWarning } from './print-warning.ts'

torch.manual_seed(0)

function fillRowZero(x: torch.Tensor): torch.Tensor {
  x.setIndex([0], torch.rand([x.shape[1]]))
  return x
}

const traced = torch.jit.trace(fillRowZero, [torch.rand([3, 4])], { onWarning: printWarning })
console.log(traced.graph)

// as the tracer of PyTorch 1.0 recorded it
torch.jit.trace(fillRowZero, [torch.rand([3, 4])], { onWarning: printWarning, forceOutplace: true })
