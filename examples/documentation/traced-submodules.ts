/** Creating Torch Script code: the submodules of a script module are traced. */
import * as torch from 'tsjit'

const { nn } = torch
torch.manual_seed(0)

class MyScriptModule extends torch.jit.ScriptModule {
  // trace produces a ScriptModule's conv1 and conv2
  conv1 = torch.jit.trace(new nn.Conv2d(1, 20, 5), torch.rand([1, 1, 16, 16]))
  conv2 = torch.jit.trace(new nn.Conv2d(20, 20, 5), torch.rand([1, 20, 16, 16]))

  override forward = this.scriptMethod(`
    def forward(self, input):
        input = F.relu(self.conv1(input))
        input = F.relu(self.conv2(input))
        return input
  `)
}

const module = new MyScriptModule()
console.log(module.inlinedGraph)
console.log(module)
const output = module.forward(torch.rand([1, 1, 16, 16]))
console.log(output.shape)
console.log(output.index(0, 0, 0).mul(1000).round())
