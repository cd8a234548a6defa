/** Builtin functions: of torch, of torch.nn.functional, and methods of tensors; standard layers by tracing them. */
import * as torch from 'tsjit'

const { nn } = torch
torch.manual_seed(0)

const builtins = torch.jit.script`
def builtins(x):
    y = torch.cat([x, x], dim=1)
    z = F.softmax(y, dim=1)
    return z.sum(dim=1).sqrt()
`
console.log(builtins(torch.rand([2, 3])))

class Net extends torch.jit.ScriptModule {
  linear = torch.jit.trace(new nn.Linear(3, 2), torch.rand([1, 3]))

  override forward = this.scriptMethod(`
    def forward(self, x):
        return self.linear(x).relu()
  `)
}
console.log(new Net().forward(torch.ones([1, 3])))
