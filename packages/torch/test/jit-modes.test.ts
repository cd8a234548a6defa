import { describe, expect, test } from 'vitest'
import * as torch from '../src/index.ts'

const { fork, optimizedExecution, script, wait } = torch.jit
const x = torch.tensor([1, 2, 3], { dtype: 'float32' })

describe('optimizedExecution', () => {
  class Net extends torch.nn.Module {
    fc = new torch.nn.Linear(3, 2)
    forward(input: torch.Tensor): torch.Tensor {
      return this.fc.call(input).relu()
    }
  }
  const net = script(new Net())
  const kinds = (module: torch.jit.ScriptModule): string[] => [...module.optimizedGraph.block.nodes()].map(({ kind }) => kind)

  test('off, graphs run as they are written', () => {
    const expected = net.forward(x)
    expect(kinds(net)).not.toContain('prim::CallMethod')
    const off = optimizedExecution(false, () => ({ kinds: kinds(net), result: net.forward(x) }))
    expect(off.kinds).toContain('prim::CallMethod')
    expect(off.kinds).toContain('prim::GetAttr')
    expect((off.result as torch.Tensor).sub(expected).abs().max().item<number>()).toBeLessThan(1e-6)
    expect(kinds(net)).not.toContain('prim::CallMethod')
  })
  test('control flow, lists, futures and errors mean the same', () => {
    const f = script(`
def helper(x, n: int):
    return x * n
def f(x, n: int):
    futures = [torch.jit.fork(helper, x, i) for i in range(n)]
    total = torch.zeros_like(x)
    for future in futures:
        if n > 10:
            raise ValueError("too many")
        total += torch.jit.wait(future)
    return total
`)
    const run = (n: number): unknown => f(x, n).tolist()
    expect(optimizedExecution(false, () => run(3))).toEqual(run(3))
    expect(run(3)).toEqual([3, 6, 9])
    expect(() => optimizedExecution(false, () => run(11))).toThrow('too many')
    expect(() => run(11)).toThrow('too many')
  })
  test('until restored, or until a promise settles', async () => {
    const off = optimizedExecution(false)
    expect(kinds(net)).toContain('prim::CallMethod')
    off.restore()
    expect(kinds(net)).not.toContain('prim::CallMethod')
    const inside = optimizedExecution(false, async () => {
      await net.run(x)
      return kinds(net)
    })
    expect(await inside).toContain('prim::CallMethod')
    expect(kinds(net)).not.toContain('prim::CallMethod')
    await expect(optimizedExecution(false, () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(kinds(net)).not.toContain('prim::CallMethod')
  })
})

describe('fork and wait', () => {
  test('run at once, and wait gives the result', () => {
    const future = fork((a: torch.Tensor, n: number) => a.mul(n), x, 2)
    expect(wait(future).tolist()).toEqual([2, 4, 6])
    expect((future.wait() as torch.Tensor).tolist()).toEqual([2, 4, 6])
  })
  test('of script functions and modules', () => {
    const double = script('def double(x):\n    return x * 2\n')
    expect(wait(fork(double, x)).tolist()).toEqual([2, 4, 6])
    const module = script(new torch.nn.ReLU())
    expect(wait(fork(module.forward, x.neg())).tolist()).toEqual([0, 0, 0])
  })
  test('what the function throws, fork throws, as PyTorch', () => {
    const fails = (): never => {
      throw new Error('later')
    }
    expect(() => fork(fails)).toThrow('later')
  })
})

describe('TSJIT=0', () => {
  const off = <T>(body: () => T): T => {
    process.env.TSJIT = '0'
    try {
      return body()
    } finally {
      delete process.env.TSJIT
    }
  }
  const double = (y: torch.Tensor): torch.Tensor => y.mul(2)
  test('functions, traces and modules of TypeScript are what they were', () => {
    const net = new torch.nn.Linear(3, 2)
    expect(off(() => script(double))).toBe(double)
    expect(off(() => torch.jit.trace(double, x))).toBe(double)
    expect(off(() => script(net))).toBe(net)
    expect(off(() => torch.jit.trace(net, x))).toBe(net)
    expect(off(() => torch.jit.traceModule(net, { forward: x }))).toBe(net)
  })
  test('script methods written in TypeScript run as they are, with their module', () => {
    class Scale extends torch.jit.ScriptModule {
      by = 3
      override forward = this.scriptMethod(
        function (this: Scale, y: torch.Tensor) {
          return this.by === 3 ? y.mul(3) : y
        },
        { types: '(Tensor) -> Tensor', name: 'forward' },
      )
    }
    const scripted = new Scale()
    expect(scripted.forward(x).tolist()).toEqual([3, 6, 9])
    expect(scripted.forward.code).toContain('def forward(self')
    const plain = off(() => new Scale())
    expect(plain.forward(x).tolist()).toEqual([3, 6, 9])
    expect(plain.forward.code).toBeUndefined()
  })
  test('what is Python is compiled all the same', () => {
    expect(off(() => script('def f(x):\n    return x * 2\n'))(x).tolist()).toEqual([2, 4, 6])
  })
})

test('forward shows what other methods do', () => {
  const net = script(new torch.nn.Linear(3, 2))
  expect(net.forward.code).toBe(net.code)
  expect(net.forward.graph).toBe(net.graph)
  expect(String(net.forward.schema)).toContain('forward(')
  expect(net.forward.graphText).toBe(net.graphText)
  expect(net.forward.inlinedGraph.outputs).toHaveLength(1)
})

test('parseIR reads what is printed', () => {
  const f = script('def g(x, n: int):\n    for i in range(n):\n        x = x + i\n    return x\ndef f(x):\n    return g(x, 2)\n')
  for (const graph of [f.graph, f.inlinedGraph]) {
    const text = torch.jit.printGraph(graph)
    expect(torch.jit.printGraph(torch.jit.parseIR(text))).toBe(text)
  }
  expect(() => torch.jit.parseIR('graph(%x : Tensor):\n  return (%y)')).toThrow(expect.objectContaining({ code: 'TSJ_IR_SYNTAX' }))
})
