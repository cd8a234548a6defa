import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { compile } from '../src/commands/compile.ts'
import { diff } from '../src/commands/diff.ts'
import { freeze } from '../src/commands/freeze.ts'
import { lineDiff } from '../src/outputs/line-diff.ts'

const source = `
import torch
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, hidden: int = 4):
        super().__init__()
        self.fc = nn.Linear(3, hidden)
    def forward(self, x):
        return self.fc(x).relu()
`
let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tsjit-'))
  writeFileSync(join(folder, 'net.py'), source)
  writeFileSync(join(folder, 'functions.py'), 'def f(x):\n    return x + 1\ndef g(x):\n    return x.nothing()\n')
})
afterAll(() => rmSync(folder, { recursive: true }))

async function output(run: () => Promise<number>): Promise<{ status: number; text: string }> {
  const lines: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((text) => void lines.push(String(text)))
  const error = vi.spyOn(console, 'error').mockImplementation(() => {})
  try {
    return { status: await run(), text: lines.join('\n') }
  } finally {
    log.mockRestore()
    error.mockRestore()
  }
}

describe('compile, freeze, diff', () => {
  test('a module class becomes an archive', async () => {
    const [net, wide, frozen] = ['net.pt', 'wide.pt', 'frozen.pt'].map((name) => join(folder, name))
    const made = await output(() => compile.run({ output: net, json: true }, [join(folder, 'net.py')]))
    expect(JSON.parse(made.text)).toEqual({ class: '__torch__.net.Net', output: net, methods: ['forward'] })
    await output(() => compile.run({ output: wide, args: '{"hidden": 5}' }, [join(folder, 'net.py')]))
    const result = await output(() => freeze.run({ output: frozen, json: true }, [net]))
    expect(JSON.parse(result.text)).toMatchObject({ output: frozen, attributes: ['training'] })
    expect(await output(() => diff.run({}, [net, net]))).toEqual({ status: 0, text: 'equal' })
    expect(await output(() => diff.run({}, [net, wide]))).toEqual({ status: 0, text: 'equal' })
    const different = await output(() => diff.run({ json: true, method: 'forward' }, [net, frozen]))
    expect(different.status).toBe(1)
    expect(JSON.parse(different.text).differences[0].lines).toContain(
      '-   %2 : __torch__.torch.nn.modules.linear.Linear = prim::GetAttr[name="fc"](%0)',
    )
  })
  test('a file of functions is checked', async () => {
    const { status, text } = await output(() => compile.run({ json: true }, [join(folder, 'functions.py')]))
    expect(status).toBe(1)
    expect(JSON.parse(text).errors.map(({ code }: { code: string }) => code)).toEqual(['TSJ_ATTRIBUTE'])
  })
  test('usage', async () => {
    await expect(compile.run({ args: '{' }, [join(folder, 'net.py')])).rejects.toThrow(/--args is not JSON/)
    await expect(compile.run({ output: 'x.pt' }, [join(folder, 'functions.py')])).rejects.toThrow(/defines no class that extends nn.Module/)
    await expect(freeze.run({}, ['a.pt'])).rejects.toThrow(/-o OUT.pt is missing/)
  })
  test('lines that differ', () => {
    expect(lineDiff(['a', 'b', 'c', 'd'], ['a', 'x', 'c', 'd'])).toEqual(['  a', '- b', '+ x', '  c'])
  })
})
