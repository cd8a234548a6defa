import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { canonicalGraph, canonicalText, parseIR, printGraph } from '@tsjit/ir'
import { describe, expect, test } from 'vitest'
import * as torch from '../src/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

const { script, scriptFile } = torch.jit
const x = torch.tensor([1, 2], { dtype: 'float32' })
const hasCode = (code: string, text: string | RegExp) =>
  expect.objectContaining({
    code,
    message: expect.stringMatching(typeof text === 'string' ? text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') : text),
  })

function file(text: string): string {
  const path = join(temporaryFolder(), 'net.py')
  writeFileSync(path, text)
  return path
}

const source = `import torch
import torch.nn as nn
@torch.jit.ignore
def log(x, n: int) -> int:
    import sys
    return sys.maxsize
@torch.jit.unused
def unused(x):
    return x
def f(x):
    n = log(x, 3)
    if n < 0:
        x = unused(x)
    return x * n
class Net(nn.Module):
    def __init__(self, scale: int):
        super().__init__()
        self.scale = scale
    def forward(self, x):
        a, b = self.parts(x, "k")
        return a + b * log(a, self.scale)
    @torch.jit.ignore
    def parts(self, x: torch.Tensor, key: str) -> tuple[torch.Tensor, float]:
        return {"k": x}[key], 0.5
`

describe('functions that stay Python’s', () => {
  test('without a function in their place, the call fails and nothing else', () => {
    const { f } = scriptFile(file(source))
    expect(f.graphText).toContain('%n : int = ^log[]()(%x.1, %2)')
    expect(() => f(x)).toThrow(hasCode('TSJ_HOST_UNBOUND', 'line 11, in f\n'))
    expect(() => f(x)).toThrow(hasCode('TSJ_HOST_UNBOUND', '{ log: (x, n) => … }'))
  })
  test('with one they run, and do not save', () => {
    const calls: number[] = []
    const log = (_: torch.Tensor, n: number): number => {
      calls.push(n)
      return 4
    }
    const { f } = scriptFile(file(source), { host: { log } })
    expect(f(x).tolist()).toEqual([4, 8])
    expect(calls).toEqual([3])
    expect(torch.jit.optimizedExecution(false, () => f(x)).tolist()).toEqual([4, 8])
    expect(() => torch.jit.saveToBuffer(f)).toThrow(hasCode('TSJ_SAVE_HOST_CALLS', /'log', called by \S+forward at \S+net\.py:11:8/))
  })
  test('methods get their module; all calls are named by save', () => {
    const opened = scriptFile(file(source))
    const net = new opened.Net(5)
    opened.bindHost({ log: (_: torch.Tensor, n: number) => n })
    expect(() => net.forward(x)).toThrow(hasCode('TSJ_HOST_UNBOUND', "'parts' is a function of Python"))
    opened.bindHost({
      'Net.parts': (self: torch.jit.ScriptModule, given: torch.Tensor, key: string) => [
        given,
        self.object.getAttribute('scale') === 5 && key === 'k' ? 0.5 : 0,
      ],
    })
    expect(net.forward(x).tolist()).toEqual([3.5, 4.5])
    expect(() => torch.jit.saveToBuffer(net)).toThrow(
      hasCode(
        'TSJ_SAVE_HOST_CALLS',
        /calls 2 functions of JavaScript.*\n {2}'parts', called by \S+Net\.forward at \S+:20:15\n {2}'log', called by \S+Net\.forward at \S+:21:23/,
      ),
    )
  })
  test('what the function gives is checked, and its errors come through', () => {
    const opened = scriptFile(file(source), { host: { log: () => 'four' } })
    expect(() => opened.f(x)).toThrow(
      hasCode('TSJ_ARGUMENT_TYPE', "expected a value of type 'int' for the result of 'log', but found string four"),
    )
    opened.bindHost({
      log: () => {
        throw new TypeError('broken')
      },
    })
    expect(() => opened.f(x)).toThrow('broken')
    expect(() => opened.bindHost({ log: 4 as never })).toThrow(hasCode('TSJ_ENVIRONMENT', "'log' is no function"))
  })
  test('unused ones raise where they are reached', () => {
    const { f } = scriptFile(file(source), { host: { log: () => -1 } })
    expect(() => f(x)).toThrow(hasCode('TSJ_RAISED', 'This Python function is annotated to be ignored and cannot be run'))
  })
  test.each(['interpreter', 'codegen'] as const)('in branches, loops and calls, at once and asynchronously: %s', async (gear) => {
    const text = `
@torch.jit.ignore
def next(x, i: int):
    return x
def turn(x, i: int):
    return next(x, i)
def f(x, n: int):
    for i in range(n):
        if i > 0:
            x = turn(x, i)
    return x
`
    const runtime = torch.createRuntime({ executor: { gear } })
    const f = script(text, { runtime, host: { next: (y: torch.Tensor, i: number) => y.add(i) } })
    expect(f(x, 4).tolist()).toEqual([7, 8])
    expect(((await f.run([x, 4])) as torch.Tensor).tolist()).toEqual([7, 8])
  })
  test('in a source and in a class of the program, from the environment', () => {
    const text = '@torch.jit.ignore\ndef twice(x):\n    return x * 2\ndef f(x):\n    return twice(x) + 1\n'
    expect(script(text, { env: { twice: (y: torch.Tensor) => y.mul(2) } })(x).tolist()).toEqual([3, 5])
    class Net extends torch.jit.ScriptModule {
      override forward = this.scriptMethod('def forward(self, x):\n    return self.half(x)\n')
      half = this.scriptMethod('@torch.jit.ignore\ndef half(self, x):\n    return x / 2\n', {
        env: { half: (_: unknown, y: torch.Tensor) => y.div(2) },
      })
    }
    expect(new Net().forward(x).tolist()).toEqual([0.5, 1])
  })
})

describe('modules that a script closes over', () => {
  const layer = new torch.nn.Linear(2, 2)
  const expected = layer.call(x).tolist() as number[]

  test('an eager one is called as it is, with the graph that PyTorch gives it', () => {
    const f = script`
      def f(x):
          return ${layer}(x)
    `
    expect(f.graphText.replace(/ #.*/g, '')).toBe('graph(%x : Tensor):\n  %2 : Tensor = ^<python_value>[]()(%x)\n  return (%2)\n')
    expect(f(x).tolist()).toEqual(expected)
    expect(torch.jit.optimizedExecution(false, () => f(x)).tolist()).toEqual(expected)
    const named = script('def f(x):\n    return layer(x)\n', { env: { layer } })
    expect(() => torch.jit.saveToBuffer(named)).toThrow(hasCode('TSJ_SAVE_HOST_CALLS', "'layer: Linear', called by"))
    expect(() => script('def f(x):\n    return layer.weight + x\n', { env: { layer } })).toThrow(
      "attribute lookup is not defined on python value of type 'Linear'",
    )
  })
  test.each([
    ['scripted', () => script(layer)],
    ['traced', () => torch.jit.trace(layer, x)],
    ['written', () => new Written()],
  ])('a %s one is called, looked into, and saved with what calls it', (_, make) => {
    const module = make()
    const f = script(
      'def f(x):\n    y = m(x)\n    if bool(y.sum() > 1e9):\n        y = m.forward(y)\n    return y + 0 * m.weight.sum()\n',
      { env: { m: module } },
    )
    const wanted = module.forward(x).tolist()
    expect(f(x).tolist()).toEqual(wanted)
    const loaded = torch.jit.loadSync(torch.jit.saveToBuffer(f))
    for (const [i, value] of loaded.forward(x).tolist().entries()) expect(value).toBeCloseTo(wanted[i], 5)
    expect([...loaded.namedParameters()].map(([name]) => name)).toEqual([...module.namedParameters()].map(([name]) => `module_0.${name}`))
    expect(() => script('def f(x):\n    return m.nothing(x)\n', { env: { m: module } })).toThrow("has no attribute 'nothing'")
  })
  test('changes of its state are seen', () => {
    const module = script(new torch.nn.Sequential(new torch.nn.Dropout(1)))
    const f = script('def f(x):\n    return m(x)\n', { env: { m: module } })
    expect(f(x).tolist()).toEqual([0, 0])
    module.eval()
    expect(f(x).tolist()).toEqual([1, 2])
  })
  test('inside a module it cannot be saved', () => {
    const inner = script(layer)
    class Net extends torch.jit.ScriptModule {
      override forward = this.scriptMethod('def forward(self, x):\n    return inner(x)\n', { env: { inner } })
    }
    const net = new Net()
    expect(net.forward(x).tolist()).toEqual(expected)
    expect(() => torch.jit.saveToBuffer(net)).toThrow(hasCode('TSJ_SAVE_VALUE', 'not part of the module that is saved'))
  })
  test('those of a Python file are as PyTorch has them', () => {
    const opened = scriptFile(
      file(`import torch
layer = torch.nn.Linear(2, 2)
scripted = torch.jit.script(torch.nn.Linear(2, 2))
traced = torch.jit.trace(layer, torch.ones(2))
def plain(x):
    return x + 1
function = torch.jit.script(plain)
def f(x):
    return layer(x)
def g(x):
    return scripted(x)
def h(x):
    return traced.forward(x)
def k(x):
    return function(x)
`),
    )
    expect(opened.f.graphText).toContain('Tensor = ^<python_value>[]()(%x)')
    expect(opened.f(x).tolist()).toEqual(opened.layer.forward(x).tolist())
    opened.bindHost({ layer: (y: torch.Tensor) => y.add(1) })
    expect(opened.f(x).tolist()).toEqual([2, 3])
    expect(() => torch.jit.saveToBuffer(opened.f)).toThrow(hasCode('TSJ_SAVE_HOST_CALLS', "'Linear', called by"))
    for (const name of ['g', 'h'])
      expect(() => opened.function(name)).toThrow('Cannot call a ScriptModule that is not a submodule of the caller')
    expect(opened.k(x).tolist()).toEqual([2, 3])
  })
})

describe('what PyTorch makes of closures (fixtures/closures.py)', () => {
  const path = fileURLToPath(new URL('./fixtures/closures.py', import.meta.url))
  const recorded = JSON.parse(readFileSync(path.replace('.py', '.json'), 'utf8')) as Record<string, { graph?: string; error?: string }>
  const opened = scriptFile(path)
  test.each(Object.entries(recorded))('%s', (name, { graph, error }) => {
    if (graph === undefined)
      expect(() => opened.function(name)).toThrow(expect.objectContaining({ message: expect.stringContaining(error!) }))
    else {
      const made = opened.function(name)
      expect(canonicalGraph(made.graph).trimEnd()).toBe(canonicalText(graph).trimEnd())
      expect(printGraph(parseIR(made.graphText))).toBe(made.graphText)
    }
  })
})

class Written extends torch.jit.ScriptModule {
  weight = new torch.nn.Parameter(torch.ones([2]))
  override forward = this.scriptMethod('def forward(self, x):\n    return x * self.weight\n')
}
