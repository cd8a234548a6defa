/** Creating Torch Script code: ResNet-18 is traced. */
import * as torch from 'tsjit'
import { resnet18 } from './resnet18.ts'

torch.manual_seed(0)

const tracedNet = torch.jit.trace(resnet18(), torch.rand([1, 3, 224, 224]))

// the submodules and parameters of the original
console.log(tracedNet.graph)
const parameters = [...tracedNet.namedParameters()]
console.log(parameters.length, parameters[0][0], parameters.at(-1)![0])

const scores = tracedNet.forward(torch.rand([2, 3, 64, 64]))
console.log(scores.shape)
console.log(scores.index(0, ':5').mul(100).round())
