/** Creating Torch Script code: what behaves otherwise in training stays as it was while tracing. */
import * as torch from 'tsjit'

torch.manual_seed(0)

const dropout = new torch.nn.Dropout(0.5)
const x = torch.ones([4])

const inTraining = torch.jit.trace(dropout.train(), x, { checkTrace: false })
const inEvaluation = torch.jit.trace(dropout.eval(), x)

console.log(inTraining.graph)
console.log(inTraining.eval().forward(x))
console.log(inEvaluation.train().forward(x))
