import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { jit, type Tensor, tensor } from '../src/index.ts'

const folder = mkdtempSync(join(tmpdir(), 'tsjit-method-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const source = `
import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()

    def helper(self, x):
        return x + 1

    def forward(self, x):
        return self.helper(x) * 2

    @torch.jit.export
    def twice(self, x):
        return x * 2
`

it('has a schema, graphs and source for each method, as PyTorch does', () => {
  const path = join(folder, 'net.py')
  writeFileSync(path, source)
  const net = new (jit.scriptFile(path) as any).Net() as jit.ScriptModule
  expect(net.code).toBe(`def forward(self,
    x: Tensor) -> Tensor:
  return torch.mul((self).helper(x, ), 2)
`)
  expect(String(net.graph)).toContain('prim::CallMethod[name="helper"]')
  expect(String(net.inlinedGraph)).not.toContain('prim::CallMethod')
  expect(String(net.schema)).toContain('Tensor x) -> Tensor')
  const twice = net.getMethod('twice')
  expect(twice.code).toBe(`def twice(self,
    x: Tensor) -> Tensor:
  return torch.mul(x, 2)
`)
  expect(Array.from((twice(tensor([1, 2])) as Tensor).data() as BigInt64Array, Number)).toEqual([2, 4])
  expect(() => net.getMethod('thrice')).toThrow(expect.objectContaining({ code: 'TSJ_NO_METHOD' }))
})
