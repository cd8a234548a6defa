/** Saving and loading: to a file, from a file and from bytes, and onto other devices. */
import { createReadStream, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as torch from 'tsjit'

torch.manual_seed(0)

class MyModule extends torch.jit.ScriptModule {
  weight = new torch.nn.Parameter(torch.rand([2, 3]))

  override forward = this.scriptMethod(`
    def forward(self, input):
        return self.weight.mv(input)
  `)
}

const folder = mkdtempSync(join(tmpdir(), 'tsjit-'))
const file = join(folder, 'scriptmodule.pt')
try {
  torch.jit.save(new MyModule(), file)

  const module = await torch.jit.load(file)
  console.log(module.forward(torch.ones([3])))
  // ScriptModule from bytes and from a stream
  const buffer = readFileSync(file)
  console.log((await torch.jit.load(buffer)).forward(torch.ones([3])))
  console.log((await torch.jit.load(createReadStream(file))).forward(torch.ones([3])))
  // all tensors onto the CPU, by a device and by its name
  const device = torch.Device.parse('cpu')
  console.log((await torch.jit.load(buffer, { mapLocation: device })).forward(torch.ones([3])))
  console.log((await torch.jit.load(buffer, { mapLocation: 'cpu' })).forward(torch.ones([3])))
} finally {
  rmSync(folder, { recursive: true })
}
