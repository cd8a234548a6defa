/** torch.jit.trace: one tensor may stand for the list of inputs. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const f = (x: torch.Tensor): torch.Tensor => x.mul(2)
const tracedF = torch.jit.trace(f, torch.rand([1]))

console.log(tracedF.graph)
console.log(tracedF(torch.tensor([1.5, 2.5])))
