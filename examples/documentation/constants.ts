/** Use of host values: attributes of modules are constants; so are fields that are listed in __constants__. */
import * as torch from 'tsjit'

const circle = torch.jit.script`
def circle(radius):
    return torch.mul(radius, 2 * math.pi)
`
console.log(circle.graph)
console.log(circle(torch.tensor([1, 2])))

class Foo extends torch.jit.ScriptModule {
  static readonly __constants__ = ['a', 'b', 'c', 'd', 'e', 'f']
  a = 1 + 4
  b = true
  c = [2, [3, 4.5]]
  d = 'text'
  e = new torch.nn.ModuleList([new torch.nn.ReLU()])
  f = torch.Device.parse('cpu')

  override forward = this.scriptMethod(`
    def forward(self, input):
        for module in self.e:
            input = module(input)
        if self.b:
            print(self.c, self.d, self.f)
        zeros = torch.zeros([2], dtype=torch.int, layout=torch.strided, device=self.f)
        return self.a + input + zeros
  `)
}

const module = new Foo()
console.log(module.graph)
console.log(module.forward(torch.tensor([-1, 2])))
