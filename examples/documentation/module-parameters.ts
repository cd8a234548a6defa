/** Parameters of a module and of its submodules. */
import * as torch from 'tsjit'

torch.manual_seed(0)

class Inner extends torch.jit.ScriptModule {
  my_parameter = new torch.nn.Parameter(torch.rand([2]))

  override forward = this.scriptMethod(`
    def forward(self, x):
        return x * self.my_parameter
  `)
}
class Outer extends torch.jit.ScriptModule {
  my_parameter = new torch.nn.Parameter(torch.rand([2]))
  my_submodule = new Inner()

  override forward = this.scriptMethod(`
    def forward(self, x):
        return self.my_submodule(x) + self.my_parameter + self.my_submodule.my_parameter
  `)
}

const module = new Outer()
console.log(module.graph)
console.log(module.forward(torch.ones([2])))
console.log([...module.stateDict().keys()].join())
