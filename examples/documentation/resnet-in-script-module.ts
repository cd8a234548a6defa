/** Mixing: a traced ResNet-18 in a script module. */
import * as torch from 'tsjit'
import { resnet18 } from './resnet18.ts'

torch.manual_seed(0)

class MyScriptModule extends torch.jit.ScriptModule {
  means = new torch.nn.Parameter(torch.tensor([103.939, 116.779, 123.68]).resize_([1, 3, 1, 1]))
  resnet = torch.jit.trace(resnet18(), torch.rand([1, 3, 224, 224]))

  override forward = this.scriptMethod(`
    def forward(self, input):
        return self.resnet(input - self.means)
  `)
}

const module = new MyScriptModule()
console.log(module.graph)
const output = module.forward(torch.rand([2, 3, 64, 64]).mul(255))
console.log(output.shape)
console.log(output.index(0, ':5').mul(100).round())
