/** Statements: for over a constant ModuleList, which is unrolled. */
import * as torch from 'tsjit'

const { nn } = torch
torch.manual_seed(0)

class SubModule extends torch.jit.ScriptModule {
  weight = new nn.Parameter(torch.randn([2]))

  override forward = this.scriptMethod(`
    def forward(self, input):
        return self.weight + input
  `)
}
class MyModule extends torch.jit.ScriptModule {
  static readonly __constants__ = ['mods']
  mods = new nn.ModuleList(Array.from({ length: 10 }, () => new SubModule()))

  override forward = this.scriptMethod(`
    def forward(self, v):
        for module in self.mods:
            v = module(v)
        return v
  `)
}

const module = new MyModule()
console.log(module.graph)
console.log(module.forward(torch.zeros([2])))
console.log([...module.stateDict().keys()].join())
