/** Debugging: traces that do not stand for the function, with the tracer's warnings. */
import * as torch from 'tsjit'
import { printWarning } from './print-warning.ts'

const options = { onWarning: printWarning }
torch.manual_seed(0)

// control flow that depends on inputs
function halfOrDouble(x: torch.Tensor): torch.Tensor {
  if (x.sum().item() > 0) return x.div(2)
  return x.mul(2)
}
const traced = torch.jit.trace(halfOrDouble, torch.ones([3]), options)
console.log(traced.graph)
console.log(traced(torch.ones([3])))
console.log(traced(torch.ones([3]).neg()), 'where the function gives', halfOrDouble(torch.ones([3]).neg()))

// in-place operations on views
function addToRow(x: torch.Tensor): torch.Tensor {
  const y = x.clone()
  y.index(0).add_(1)
  return y
}
const outOfPlace = torch.jit.trace(addToRow, torch.zeros([2, 2]), { ...options, forceOutplace: true })
console.log(outOfPlace(torch.zeros([2, 2])))
