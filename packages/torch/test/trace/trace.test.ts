import { readFileSync } from 'node:fs'
import { printGraph } from '@tsjit/ir'
import type { Tensor } from '@tsjit/runtime'
import { afterEach, describe, expect, it, vi } from 'vitest'
import * as torch from '../../src/index.ts'
import { concernsOf } from './concerns.ts'

const { nn } = torch
const { trace, sizes } = torch.jit
const x = torch.rand([3, 4])
const quiet = { onWarning: () => {} }

const random: Record<string, number[]> = JSON.parse(readFileSync(new URL('random.json', import.meta.url), 'utf8'))

describe('the random numbers that tracing takes are as many as PyTorch’s', () => {
  const zeros = torch.zeros([2])
  const noisy = (x: Tensor) => x.add(torch.rand([2]))
  const silent = (x: Tensor) => x.add(torch.rand([2]).mul(0))
  const programs: Record<string, () => unknown> = {
    differs: () => trace(noisy, zeros, quiet),
    same: () => trace(silent, zeros, quiet),
    unchecked: () => trace(noisy, zeros, { ...quiet, checkTrace: false }),
    'two inputs': () => trace(silent, zeros, { ...quiet, checkInputs: [zeros, zeros.add(1)] }),
    module: () => trace(new nn.Dropout(0.5), zeros, quiet),
  }
  it.each(Object.keys(random))('%s', (name) => {
    torch.manual_seed(7)
    programs[name]()
    expect(torch.rand([3]).tolist()).toEqual(random[name])
  })
})

describe('sizes', () => {
  it('stay sizes where they are arguments', () => {
    const traced = trace((x: Tensor) => torch.zeros([x.shape[1], x.size(0) as number]), x)
    expect([...traced(torch.rand([5, 2])).shape]).toEqual([2, 5])
  })
  it('stay sizes in arithmetic of sizes', () => {
    const traced = trace((x: Tensor) => x.reshape([sizes.mul(x.shape[0], 2), sizes.floorDivide(x.shape[1], 2)]), x)
    expect([...traced(torch.rand([5, 8])).shape]).toEqual([10, 4])
    expect([sizes.add(2, 3), sizes.sub(2, 3), sizes.mul(2, 3), sizes.floorDivide(-7, 2), sizes.remainder(-7, 2)]).toEqual([5, -1, 6, -4, 1])
  })
  it('stay sizes in slices and indices', () => {
    const last = trace((x: Tensor) => x.index(sizes.sub(x.shape[0], 1), torch.slice(null, sizes.sub(x.shape[1], 1))), x)
    const other = torch.rand([6, 7])
    expect(torch.equal(last(other), other.index(-1, ':-1'))).toBe(true)
  })
  it('are constants where they are numbers, with a warning', () => {
    const { warnings } = concernsOf((onWarning) => {
      const traced = trace((x: Tensor) => x.reshape([x.shape[0] * x.shape[1]]), x, { onWarning })
      expect(() => traced(torch.rand([5, 2]))).toThrow()
    })
    expect(warnings).toHaveLength(1)
    expect(warnings[0].message).toContain('Converting a tensor to a JavaScript integer')
    expect(warnings[0].location).toMatchObject({ file: expect.stringMatching(/trace\.test\.ts$/) })
  })
  it('cannot be compared with ===, which the check finds', () => {
    const { kinds, warnings } = concernsOf((onWarning) => trace((x: Tensor) => (x.shape[0] === 3 ? x.mul(2) : x), x, { onWarning }))
    expect(kinds).toEqual(['data-flow', 'output'])
    expect(warnings[0].message).toContain('comparing it with === is always false')
    expect(concernsOf((onWarning) => trace((x: Tensor) => (Number(x.shape[0]) === 3 ? x.mul(2) : x), x, { onWarning })).kinds).toEqual([
      'data-flow',
    ])
  })
  it('are plain again when the trace is over', () => {
    let seen: Tensor | undefined
    trace((x: Tensor) => (seen = x.mul(2)), x)
    expect(seen!.shape).toEqual([3, 4])
    expect([seen!.numel, seen!.ndim, seen!.isContiguous, Object.keys(seen!).includes('shape')]).toEqual([12, 2, true, true])
    expect(x.shape[0] === 3).toBe(true)
  })
})

describe('options', () => {
  afterEach(() => vi.unstubAllEnvs())

  it('TSJIT=0 gives back what it was given', () => {
    vi.stubEnv('TSJIT', '0')
    const fn = (x: Tensor) => x
    const module = new nn.Linear(4, 2)
    expect(trace(fn, x)).toBe(fn)
    expect(trace(module, x)).toBe(module)
    expect(torch.jit.traceModule(module, { forward: x })).toBe(module)
  })
  it('a script module is given back', () => {
    const traced = trace(new nn.Linear(4, 2), x)
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    expect(trace(traced, x)).toBe(traced)
    expect(warning.mock.calls[0][0]).toContain('tracing it is a no-op')
    warning.mockRestore()
  })
  it('warnings go to the process, and are kept', () => {
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(() => {})
    const traced = trace((x: Tensor) => x.mul(x.max().item()), x)
    expect(warning.mock.calls.map(([given]) => given)).toEqual(traced.tracerWarnings)
    expect(traced.tracerWarnings[0]).toBeInstanceOf(torch.jit.TracerWarning)
    warning.mockRestore()
  })
  it('checkTolerance', () => {
    let runs = 0
    const drifting = (x: Tensor) => x.mul(runs++ === 0 ? 1 : 1).add(torch.full([3, 4], torch.scalarFloat(0)))
    expect(concernsOf((onWarning) => trace(drifting, x, { onWarning })).kinds).toEqual([])
    const noisy = (x: Tensor) => x.add(torch.rand([3, 4]).mul(1e-3))
    expect(concernsOf((onWarning) => trace(noisy, x.add(1), { onWarning })).kinds).toContain('output')
    expect(concernsOf((onWarning) => trace(noisy, x.add(1), { onWarning, checkTolerance: 1e-2 })).kinds).toEqual([])
  })
  it('isTracing', () => {
    const seen: boolean[] = []
    const program = (x: Tensor) => {
      seen.push(torch.jit.isTracing())
      return x.add(1)
    }
    trace(program, x, { checkTrace: false })
    expect([...seen, torch.jit.isTracing()]).toEqual([true, false])
  })
  it('an error of the program ends the trace', () => {
    const failing = (x: Tensor) => x.matmul(x)
    expect(() => trace(failing, x)).toThrow('mat1 and mat2 shapes cannot be multiplied')
    expect(torch.jit.isTracing()).toBe(false)
    expect(x.shape).toEqual([3, 4])
  })
})

describe('traced modules', () => {
  class Net extends nn.Module {
    drop = new nn.Dropout(0.5)
    bn = new nn.BatchNorm1d(4)
    forward(x: Tensor): Tensor {
      return this.bn.call(this.drop.call(x))
    }
  }
  it('stay in the mode that they were traced in', () => {
    const net = new Net().eval()
    const traced = trace(net, x)
    const expected = traced.forward(x)
    expect(torch.equal(traced.train().forward(x), expected)).toBe(true)
    expect(printGraph(traced.inlinedGraph)).toContain('aten::dropout')
    const training = trace(new Net(), x, { ...quiet, checkTrace: false }).eval()
    expect(torch.equal(training.forward(x), training.forward(x))).toBe(false)
  })
  it('share parameters with the original, and have its names', () => {
    const net = new Net().eval()
    const traced = trace(net, x)
    expect([...traced.stateDict().keys()]).toEqual([...net.stateDict().keys()])
    net.loadStateDict({ ...Object.fromEntries(net.stateDict()), 'bn.bias': torch.full([4], torch.scalarFloat(5)) })
    expect(torch.allclose(traced.forward(x), net.call(x))).toBe(true)
    expect(traced.originalName).toBe('Net')
    expect(traced.className).toBe('__torch__.Net')
  })
  it('read as TorchScript', () => {
    class Net extends nn.Module {
      fc = new nn.Linear(4, 2)
      act = new nn.ReLU()
      forward(values: Tensor): Tensor {
        return this.act.call(this.fc.call(values))
      }
    }
    const traced = trace(new Net(), x)
    expect(traced.code).toBe(`def forward(self,
    values: Tensor) -> Tensor:
  act = self.act
  fc = self.fc
  _0 = (act).forward((fc).forward(values, ), )
  return _0
`)
  })
  it('leave the original as it was', () => {
    const net = new Net().eval()
    const { forward } = net.bn
    trace(net, x)
    expect(net.bn.forward).toBe(forward)
    expect(Object.keys(net)).toEqual(['training', 'bufferNames', 'preHooks', 'hooks', 'drop', 'bn'].filter((key) => key in net))
  })
})

describe('errors', () => {
  it('a trace that differs comes with both places', () => {
    let turn = 0
    const fickle = (x: Tensor) => (turn++ % 2 ? x.sub(1) : x.add(1))
    const { error } = concernsOf((onWarning) => trace(fickle, x, { onWarning }))
    expect(error).toBeInstanceOf(torch.jit.TracingCheckError)
    expect(error!.message).toMatch(/- {3}%3 : Tensor = aten::add.*\n\s+\? +\^\^\^\n\s+\+ {3}%3 : Tensor = aten::sub/)
    expect(error!.message.match(/trace\.test\.ts\(\d+\): fickle/g)).toHaveLength(2)
  })
  it('inputs that are no tensors', () => {
    expect(() => trace((x: Tensor) => x, ['text'])).toThrow('the string text given for argument 1 cannot be traced')
  })
  it('programs that are no functions', () => {
    expect(() => trace(3 as never, x)).toThrow('expected a function or a module to trace')
  })
})
