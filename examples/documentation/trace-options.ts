/** torch.jit.trace: the check, its inputs and its tolerance. */
import * as torch from 'tsjit'
import { printWarning } from './print-warning.ts'

torch.manual_seed(0)

const onWarning = printWarning
const noisy = (x: torch.Tensor): torch.Tensor => x.add(torch.rand([3]).mul(1e-3))
const x = torch.ones([3])

// results that differ are warned of, unless the check is off or tolerant
torch.jit.trace(noisy, x, { onWarning })
torch.jit.trace(noisy, x, { onWarning, checkTrace: false })
torch.jit.trace(noisy, x, { onWarning, checkTolerance: 1e-2 })

// other inputs to check with: each is what the function is called with
const sum = torch.jit.trace((a: torch.Tensor, b: torch.Tensor) => a.add(b), [x, x], { checkInputs: [[torch.ones([2]), torch.zeros([2])]] })
console.log(sum(torch.ones([2, 2]), torch.ones([2])))

// inputs and results may be nested
const swap = torch.jit.trace(([a, b]: [torch.Tensor, torch.Tensor]) => [b, [a.neg()]], [[x, torch.zeros([2])]])
console.log(swap.graph)
