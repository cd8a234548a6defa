/** Method calls: script methods call each other and submodules. */
import * as torch from 'tsjit'
import { resnet18 } from './resnet18.ts'

torch.manual_seed(0)

class MyScriptModule extends torch.jit.ScriptModule {
  means = new torch.nn.Parameter(torch.tensor([103.939, 116.779, 123.68]).resize_([1, 3, 1, 1]))
  resnet = torch.jit.trace(resnet18(), torch.rand([1, 3, 224, 224]))

  helper = this.scriptMethod(`
    def helper(self, input):
        return self.resnet(input - self.means)
  `)
  // calling a submodule is calling its forward
  sameHelper = this.scriptMethod(`
    def same_helper(self, input):
        return self.resnet.forward(input - self.means)
  `)
  override forward = this.scriptMethod(`
    def forward(self, input):
        return self.helper(input)
  `)
}

const module = new MyScriptModule()
console.log(module.graph)
console.log(module.getMethod('helper').graph)
console.log(module.getMethod('same_helper').graph)
const input = torch.rand([2, 3, 64, 64]).mul(255)
console.log(torch.equal(module.forward(input), module.helper(input)))
console.log(torch.equal(module.forward(input), module.sameHelper(input)))
