import { readFileSync } from 'node:fs'
import { canonicalText, type Graph, type GraphFunction, printGraph } from '@tsjit/ir'
import type { Tensor } from '@tsjit/runtime'
import { describe, expect, it } from 'vitest'
import * as torch from '../../src/index.ts'

const { nn } = torch
const expected: { methods: Record<string, string>; mixing: Record<string, string> } = JSON.parse(
  readFileSync(new URL('graphs.json', import.meta.url), 'utf8'),
)
const plain = (text: string): string => text.replace(/___torch_mangle_\d+\./g, '')
/** Values are numbered in each graph on its own. */
const canonicalGraph = (graph: Graph): string =>
  printGraph(graph)
    .split(/^(?=with )/m)
    .map(canonicalText)
    .join('')

const pick = torch.jit.script`
def pick(x, y):
    if bool(x.max() > y.max()):
        r = x
    else:
        r = y
    return r
`
const both = torch.jit.script`
def both(x, items: List[Tensor]) -> Tuple[Tensor, List[Tensor]]:
    return x + items[0], [x, items[1]]
`
const addOften = torch.jit.script`
def add_often(x, n: int):
    for i in range(n):
        x = x + 1
    return x
`

class Scale extends nn.Module {
  w = new nn.Parameter(torch.ones([4]))
  forward(x: Tensor): Tensor {
    return x.mul(this.w)
  }
}

class Methods extends nn.Module {
  conv = new nn.Conv2d(1, 1, 3)
  inner = new Scale()
  forward(x: Tensor): Tensor {
    return this.conv.call(x)
  }
  weighted_kernel_sum(weight: Tensor): Tensor {
    return weight.mul(this.conv.weight)
  }
  twice(x: Tensor): Tensor {
    return this.inner.call(x).add(this.inner.call(x.add(1)))
  }
}

const x = torch.rand([3, 4])
const v = torch.tensor([1, 2, 3, 4], { dtype: 'float32' })

describe('traced code calls script', () => {
  it('functions keep their control flow', () => {
    const traced = torch.jit.trace((x: Tensor, y: Tensor, z: Tensor) => pick(x, y).add(z), [v, v, v])
    expect(canonicalGraph(traced.graph)).toBe(expected.mixing.calls_pick)
    expect(traced(v, v.mul(2), v).tolist()).toEqual([3, 6, 9, 12])
    expect(traced(v, v.sub(9), v).tolist()).toEqual([2, 4, 6, 8])
  })
  it('with lists in and tuples out', () => {
    const run = (x: Tensor) => {
      const [a, [b, c]] = both(x, [x, x.mul(2)])
      return a.add(b).add(c)
    }
    expect(canonicalGraph(torch.jit.trace(run, x).graph)).toBe(expected.mixing.calls_both)
  })
  // PyTorch makes a constant of the size
  it('with sizes that stay sizes', () => {
    const traced = torch.jit.trace((x: Tensor) => addOften(x, x.shape[0]), x)
    expect(traced(torch.zeros([5, 1])).tolist()).toEqual([[5], [5], [5], [5], [5]])
  })
  it('modules that are fields', async () => {
    const inner = await torch.jit.load(torch.jit.saveToBuffer(torch.jit.trace(new Scale(), x)))
    class UsesScript extends nn.Module {
      inner = inner
      fc = new nn.Linear(4, 4)
      forward(x: Tensor): Tensor {
        return this.fc.call(this.inner.forward(x))
      }
    }
    const module = new UsesScript()
    const traced = torch.jit.trace(module, x)
    expect(plain(canonicalGraph(traced.graph))).toBe(expected.mixing.UsesScript)
    const loaded = await torch.jit.load(torch.jit.saveToBuffer(traced))
    expect(torch.allclose(loaded.forward(x), module.call(x))).toBe(true)
    expect([...loaded.namedParameters()].map(([name]) => name)).toEqual(['inner.w', 'fc.weight', 'fc.bias'])
  })
  it('but no modules from elsewhere', () => {
    const other = torch.jit.trace(new Scale(), x)
    expect(() => torch.jit.trace((x: Tensor) => other.forward(x), x)).toThrow('not part of the active trace')
  })
})

describe('script calls traced code', () => {
  it('functions', () => {
    const twice = torch.jit.trace((x: Tensor) => x.mul(2), x)
    const script = torch.jit.script`
def script(x):
    if bool(x.sum() > 0):
        x = ${twice}(x)
    return x
`
    expect(script(v).tolist()).toEqual([2, 4, 6, 8])
    expect(script(v.neg()).tolist()).toEqual([-1, -2, -3, -4])
  })
  it('modules', () => {
    const scale = torch.jit.trace(new Scale(), x)
    const script = torch.jit.script`
def script(x):
    return ${scale}.forward(x) + 1
`
    expect(script(v).tolist()).toEqual([2, 3, 4, 5])
  })
})

describe('fork and wait', () => {
  const { fork, wait } = torch.jit
  const forks = (x: Tensor) => {
    const c = x.mul(2)
    const future = fork((y: Tensor) => y.add(1).mul(c), x)
    return wait(future).mul(2)
  }
  const forksTuples = (x: Tensor) => {
    const [a, b] = wait(fork((y: Tensor): [Tensor, Tensor] => [y.add(1), y], x))
    return a.mul(b)
  }
  it('are recorded', () => {
    const traced = torch.jit.trace(forks, x)
    expect(canonicalGraph(traced.graph)).toBe(expected.mixing.forks)
    expect(torch.equal(traced(x), forks(x))).toBe(true)
    expect(canonicalGraph(torch.jit.trace(forksTuples, x).graph)).toBe(expected.mixing.forks_tuples)
  })
  it('are saved', async () => {
    class Forks extends nn.Module {
      l = new nn.Linear(4, 4)
      forward(x: Tensor): Tensor {
        const future = fork((y: Tensor) => this.l.call(y), x)
        const b = x.add(1)
        return wait(future).add(b)
      }
    }
    const module = new Forks()
    const traced = torch.jit.trace(module, x)
    expect(plain(canonicalGraph(traced.graph))).toBe(expected.mixing.Forks)
    const loaded = await torch.jit.load(torch.jit.saveToBuffer(traced))
    expect(torch.allclose(loaded.forward(x), module.call(x))).toBe(true)
  })
  it('want a future', () => {
    expect(() => wait(3 as never)).toThrow('expected a future')
  })
})

describe('traceModule', () => {
  const module = new Methods()
  const traced = torch.jit.traceModule(module, {
    forward: torch.rand([1, 1, 4, 4]),
    weighted_kernel_sum: torch.rand([1, 1, 3, 3]),
    twice: x,
  })

  it('traces several methods, with PyTorch’s graphs', () => {
    const graphs: Record<string, string> = {}
    for (const [path, { type }] of traced.namedModules())
      for (const [method, fn] of type.methods) graphs[`${path}:${method}`] = plain(canonicalGraph((fn as GraphFunction).graph))
    expect(graphs).toEqual(expected.methods)
  })
  it('calls them by name', () => {
    const kernel = torch.rand([1, 1, 3, 3])
    expect(torch.equal(traced.call('weighted_kernel_sum', kernel), module.weighted_kernel_sum(kernel))).toBe(true)
    expect(torch.equal(traced.call('twice', x), module.twice(x))).toBe(true)
  })
  it('says which method is missing', () => {
    expect(() => torch.jit.traceModule(module, { nothing: x })).toThrow("has no method 'nothing' to trace")
  })
})
