/** Creating Torch Script code: a module with a script method. */
import * as torch from 'tsjit'

torch.manual_seed(0)

class MyModule extends torch.jit.ScriptModule {
  weight: torch.nn.Parameter

  constructor(N: number, M: number) {
    super()
    this.weight = new torch.nn.Parameter(torch.rand([N, M]))
  }

  override forward = this.scriptMethod(`
    def forward(self, input):
        return self.weight.mv(input)
  `)
}

const module = new MyModule(4, 3)
console.log(module.graph)
console.log(module.forward(torch.ones([3])))
console.log([...module.stateDict().keys()].join())
