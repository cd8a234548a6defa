import { expect, it } from 'vitest'
import * as torch from '../src/index.ts'

const { nn } = torch

class Net extends nn.Module {
  l = new nn.Linear(2, 2)
  s = new nn.Sequential(new nn.Linear(2, 2), new nn.ReLU())
  forward(x: torch.Tensor): torch.Tensor {
    return this.s.call(this.l.call(x))
  }
}

// what PyTorch 2.13 prints for the same modules
const scripted = `RecursiveScriptModule(
  original_name=Net
  (l): RecursiveScriptModule(original_name=Linear)
  (s): RecursiveScriptModule(
    original_name=Sequential
    (0): RecursiveScriptModule(original_name=Linear)
    (1): RecursiveScriptModule(original_name=ReLU)
  )
)`

it('script modules', () => {
  expect(String(torch.jit.script(new Net()))).toBe(scripted)
  expect(String(torch.jit.script(new nn.Linear(2, 2)))).toBe('RecursiveScriptModule(original_name=Linear)')
})

it('traced modules, and the same loaded', () => {
  const traced = torch.jit.trace(new Net(), torch.rand([1, 2]))
  expect(String(traced)).toBe(`Net(
  original_name=Net
  (l): Linear(original_name=Linear)
  (s): Sequential(
    original_name=Sequential
    (0): Linear(original_name=Linear)
    (1): ReLU(original_name=ReLU)
  )
)`)
  expect(String(torch.jit.loadSync(torch.jit.saveToBuffer(traced)))).toBe(scripted)
})

it('classes of the program', () => {
  class Written extends torch.jit.ScriptModule {
    c = torch.jit.trace(new nn.Linear(2, 2), torch.rand([1, 2]))
    m = new nn.ModuleList([new nn.ReLU()])
    override forward = this.scriptMethod('def forward(self, x):\n    return self.c(x)\n')
  }
  const written = new Written()
  expect(String(written)).toBe('Written()')
  written.forward(torch.rand([1, 2]))
  expect(String(written)).toBe(`Written(
  (c): Linear(original_name=Linear)
  (m): RecursiveScriptModule(
    original_name=ModuleList
    (0): RecursiveScriptModule(original_name=ReLU)
  )
)`)
})
