import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { CompileError } from '@tsjit/types'
import { describe, expect, test } from 'vitest'
import { normalized } from '../../compiler/test/canonical.ts'
import * as torch from '../src/index.ts'
import { graphsOf, inputsOf, loadModules, type Recorded, replay } from './modules/compare.ts'

const folder = new URL('./modules/', import.meta.url)
const recorded = (name: string): Recorded[] =>
  gunzipSync(readFileSync(new URL(`${name}.jsonl.gz`, folder)))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Recorded)
/** float32 sums in another order in one plan than in several calls. */
function expectClose(found: torch.Tensor, expected: torch.Tensor): void {
  expect(found.shape).toEqual(expected.shape)
  expect(found.sub(expected).abs().max().item<number>()).toBeLessThan(1e-5)
}

const firstLine = (text: string): string =>
  (
    text
      .split('\n')
      .map((line) => line.trim())
      .find(Boolean) ?? ''
  ).replace(/ ?:$/, '')

/** Calls that give something else. */
const otherOutputs: Readonly<Record<string, string>> = {
  make_213_Embedding: 'PyTorch does not apply max_norm in TorchScript',
}
/** PyTorch stops at an internal assertion, or at annotations that it cannot read. */
const accepted = ['make_135_MaxUnpool1d', 'make_136_MaxUnpool2d', 'make_137_MaxUnpool3d', 'make_351_AdaptiveLogSoftmaxWithLoss']

describe.each(['programs', 'layers'])('modules of %s.py', (name) => {
  const { text, make } = loadModules(new URL(`${name}.py`, folder).pathname)
  const rows = recorded(name)
  test.each(rows.filter(({ error }) => error === undefined))('$name', ({ name: of, graphs, outputs }) => {
    const module = make(of)
    const found = graphsOf(module)
    expect([...found.keys()].sort()).toEqual(Object.keys(graphs!).sort())
    for (const [key, graph] of Object.entries(graphs!)) expect(found.get(key), key).toBe(normalized(graph))
    const specs = inputsOf(text, of)
    if (specs && outputs && !otherOutputs[of]) expect(replay(module, specs, outputs)).toEqual(outputs.map(() => undefined))
  })
  test.each(rows.filter(({ error, name: of }) => error !== undefined && !accepted.includes(of)))('$name is refused', ({ name: of }) => {
    expect(() => make(of)).toThrow(CompileError)
  })
})

describe('what PyTorch refuses', () => {
  const { make } = loadModules(new URL('programs.py', folder).pathname)
  const rows = recorded('programs').filter(({ error, name }) => error !== undefined && name.startsWith('Refuses'))
  test.each(rows)('$name', ({ name, error }) => {
    let message = ''
    try {
      make(name)
    } catch (thrown) {
      message = (thrown as CompileError).reason
    }
    expect(firstLine(message)).toBe(firstLine(error!.replace(/^\w+: /, '')))
  })
})

class Scaled extends torch.jit.ScriptModule {
  weight = new torch.nn.Parameter(torch.ones([2, 3]))
  fc = new torch.nn.Linear(3, 3)
  scale = 2
  words = new torch.jit.Attribute({}, 'Dict[str, int]')
  override forward = this.scriptMethod(`
    def forward(self, x):
        self.words["calls"] = 1
        return self.helper(self.fc(x).relu())
  `)
  helper = this.scriptMethod`
    def helper(self, x):
        return self.weight.mm(x.t()) * self.scale + ${0.5}
  `
}

describe('modules written in TypeScript', () => {
  test('a class with script methods', () => {
    const net = new Scaled()
    const x = torch.rand([4, 3])
    const expected = net.weight.mm(net.fc.call(x).relu().t()).mul(2).add(0.5)
    expectClose(net.forward(x), expected)
    expect(net.className).toBe('__torch__.Scaled')
    expect([...net.namedParameters()].map(([name]) => name)).toEqual(['weight', 'fc.weight', 'fc.bias'])
    net.define('def double(self, x):\n    return self.forward(x) * 2')
    expectClose(net.call('double', x), expected.mul(2))
    const loaded = torch.jit.loadSync(torch.jit.saveToBuffer(net))
    expectClose(loaded.forward(x), expected)
  })
  test('script modules and layers below a script module', () => {
    class Outer extends torch.jit.ScriptModule {
      inner = new Scaled()
      seq = new torch.nn.Sequential(new torch.nn.Linear(4, 2), new torch.nn.Tanh())
      override forward = this.scriptMethod('def forward(self, x):\n    return self.seq(self.inner(x))')
    }
    const outer = new Outer()
    const x = torch.rand([4, 3])
    expectClose(outer.forward(x), outer.seq.call(outer.inner.forward(x)))
    expect(outer.inner.unit).toBe(outer.unit)
    expect([...outer.namedModules()].map(([path, { type }]) => `${path}: ${type.name}`)).toEqual([
      ': __torch__.Outer',
      'inner: __torch__.Scaled',
      'inner.fc: __torch__.torch.nn.modules.linear.Linear',
      'seq: __torch__.torch.nn.modules.container.Sequential',
      'seq.0: __torch__.torch.nn.modules.linear.___torch_mangle_0.Linear',
      'seq.1: __torch__.torch.nn.modules.activation.Tanh',
    ])
  })
  test('an eager module by the text of its methods', () => {
    class Net extends torch.nn.Module {
      fc = new torch.nn.Linear(4, 3)
      act = new torch.nn.LeakyReLU(0.2)
      forward(x: torch.Tensor): torch.Tensor {
        let y = this.fc.call(x)
        if (y.sum().item() > 0) y = this.act.call(y)
        return this.twice(y)
      }
      twice(x: torch.Tensor): torch.Tensor {
        return x.mul(2)
      }
    }
    const net = new Net()
    const scripted = torch.jit.script(net)
    for (const x of [torch.ones([2, 4]), torch.ones([2, 4]).mul(-1)]) expectClose(scripted.forward(x), net.call(x))
  })
  test('errors', () => {
    class Empty extends torch.jit.ScriptModule {}
    expect(() => new Empty().object).toThrow(/has no script methods/)
    class Bad extends torch.jit.ScriptModule {
      when = new Date()
      override forward = this.scriptMethod('def forward(self, x):\n    return x')
    }
    expect(() => new Bad().object).toThrow(/field 'when' of Bad has a value that TorchScript has no counterpart of/)
    class Wrong extends torch.jit.ScriptModule {
      override forward = this.scriptMethod('def forward(self, x):\n    return self.nothing(x)')
    }
    expect(() => new Wrong().object).toThrow(/Module 'Wrong' has no attribute 'nothing'/)
  })
})

describe('module classes of Python source', () => {
  const source = `
import torch.nn as nn
class Net(nn.Module):
    def __init__(self, size: int, hidden: int = 4, act=None):
        super().__init__()
        self.fc = nn.Linear(size, hidden)
        self.act = act if act is not None else nn.ReLU()

    def forward(self, x):
        return self.act(self.fc(x))
`
  test('are constructed from TypeScript', () => {
    const Net = torch.jit.script(source) as unknown as torch.jit.ScriptModuleClass
    torch.manual_seed(3)
    const net = new Net(3, { hidden: 5, act: new torch.nn.Tanh() })
    torch.manual_seed(3)
    const fc = new torch.nn.Linear(3, 5)
    const x = torch.rand([2, 3])
    expectClose(net.forward(x), fc.call(x).tanh())
    expect(() => new Net()).toThrow("TypeError: Net.__init__() missing 1 required positional argument: 'size'")
  })
  test('files', () => {
    const file = torch.jit.scriptFile(new URL('programs.py', folder).pathname)
    expect(new file.LeNet().forward(torch.rand([1, 1, 28, 28])).shape).toEqual([1, 10])
    expect(file.newModule('ListUnrolled').forward(torch.rand([2, 4])).shape).toEqual([2, 4])
    expect(() => file.newModule('swish')).toThrow(/defines no module class 'swish'/)
  })
})

describe('freeze', () => {
  const { make } = loadModules(new URL('programs.py', folder).pathname)
  test('makes constants of attributes, and folds batch normalisation', () => {
    const module = make('ResNetTiny').eval()
    const frozen = torch.jit.freeze(module)
    expect([...frozen.namedParameters()]).toEqual([])
    expect(frozen.graphText).not.toContain('aten::batch_norm')
    const x = torch.randn([2, 3, 16, 16])
    expectClose(frozen.forward(x), module.forward(x))
    expectClose(torch.jit.loadSync(torch.jit.saveToBuffer(frozen)).forward(x), module.forward(x))
    expect(torch.jit.freeze(module, { optimizeNumerics: false }).graphText).toContain('aten::batch_norm')
  })
  test('keeps what is written, and what is asked for', () => {
    const module = make('BufferModule').eval()
    const frozen = torch.jit.freeze(module, { preservedAttrs: ['hidden'] })
    expect(frozen.object.type.attributes.map(({ name }) => name)).toEqual(['count', 'hidden', 'training', 'step'])
    const exported = torch.jit.freeze(make('ExportedModule').eval(), { preservedAttrs: ['extra'] })
    expect(exported.methodNames()).toEqual(['forward', 'extra'])
    expect(() => torch.jit.freeze(make('BufferModule'))).toThrow(/only implemented for modules in eval mode/)
    expect(() => torch.jit.freeze(module, { preservedAttrs: ['nothing'] })).toThrow('Preserved attribute nothing is not found')
  })
})
