import { expect, it } from 'vitest'
import * as torch from '../src/index.ts'

const { nn } = torch
const x = torch.tensor([[1, 2, 3]], { dtype: 'float32' })

class Net extends nn.Module {
  layers = new nn.Sequential(torch.jit.trace(new nn.Linear(3, 3), x), new nn.ReLU())
  forward(x: torch.Tensor): torch.Tensor {
    return this.layers.call(x)
  }
}

it('containers of eager modules hold script modules', () => {
  const net = new Net()
  const expected = net.call(x)
  const traced = torch.jit.trace(net, x)
  const scripted = torch.jit.script(net)
  for (const module of [traced, scripted]) {
    expect(torch.allclose(module.forward(x), expected)).toBe(true)
    expect([...module.stateDict().keys()]).toEqual(['layers.0.weight', 'layers.0.bias'])
  }
  // the eager state is that of eager modules
  expect([...net.stateDict().keys()]).toEqual([])
})

it('lists of script modules are unrolled in script', () => {
  class AddOne extends torch.jit.ScriptModule {
    override forward = this.scriptMethod('def forward(self, x):\n    return x + 1\n')
  }
  class All extends torch.jit.ScriptModule {
    items = new nn.ModuleList([new AddOne(), new AddOne()])
    override forward = this.scriptMethod('def forward(self, x):\n    for item in self.items:\n        x = item(x)\n    return x\n')
  }
  expect(new All().forward(torch.tensor([1])).tolist()).toEqual([3])
})
