import { readFileSync } from 'node:fs'
import { callOperator, defaultGenerator, type Tensor } from '@tsjit/runtime'
import { beforeAll, describe, expect, it } from 'vitest'
import * as nn from '../src/index.ts'
import { useReferenceRuntime } from './reference-runtime.ts'

const recorded = JSON.parse(readFileSync(new URL('module-api.json', import.meta.url), 'utf8'))
const zeros = (...shape: number[]): Tensor => callOperator('zeros', [shape])

class Net extends nn.Module {
  features = new nn.Sequential(new nn.Conv2d(3, 4, 3), new nn.BatchNorm2d(4), new nn.ReLU({ inplace: true }))
  layers = new nn.ModuleList([...Array.from({ length: 3 }, () => new nn.Linear(2, 2)), new nn.Linear(2, 3)])
  heads = new nn.ModuleDict({ b: new nn.Linear(4, 1), a: new nn.Identity() })
  scale = new nn.Parameter(callOperator('ones', [[2]]))
  declare steps: Tensor
  inner = new nn.ModuleList()
  constructor() {
    super()
    this.registerBuffer('steps', zeros(1))
    this.registerBuffer('scratch', zeros(1), false)
  }
  forward(x: Tensor): Tensor {
    return this.features.call(x)
  }
}

beforeAll(useReferenceRuntime)

describe('Module', () => {
  it('prints as PyTorch', () => {
    expect(new Net().toString()).toBe(recorded.text)
    expect(new nn.ParameterList([zeros(2, 3), new nn.Parameter(zeros(4))]).toString()).toBe(recorded.parameter_list)
    const double = new nn.Parameter(zeros(4).to('float64'))
    expect(new nn.ParameterDict({ x: new nn.Parameter(zeros(2, 3)), y: double }).toString()).toBe(recorded.parameter_dict)
    expect(new nn.Sequential(new nn.Sequential(new nn.Linear(1, 2), new nn.ReLU()), new nn.Sequential()).toString()).toBe(recorded.nested)
    expect(String(new nn.Parameter(zeros(2).setIndex([0], 1).setIndex([1], 2.5)))).toBe(recorded.parameter)
  })
  it('stands in containers of PyTorch that do little here', () => {
    expect(new nn.Container({ a: new nn.Linear(1, 1), b: new nn.ReLU() }).toString()).toBe(recorded.container)
    const inner = new nn.Linear(2, 1)
    const parallel = new nn.DataParallel(inner)
    expect([parallel.toString(), [...parallel.stateDict().keys()]]).toEqual(recorded.parallel)
    const x = callOperator('ones', [[3, 2]])
    expect(parallel.call(x).tolist()).toEqual(inner.call(x).tolist())
  })
  it('lists its parts in order', () => {
    const net = new Net()
    expect([...net.stateDict().keys()]).toEqual(recorded.keys)
    expect([...net.namedModules()].map(([name]) => name)).toEqual(recorded.named_modules)
    expect([...net.namedParameters()].map(([name]) => name)).toEqual(recorded.named_parameters)
    expect([...net.namedBuffers()].map(([name]) => name)).toEqual(recorded.named_buffers)
    const order: string[] = []
    net.apply((module) => order.push(module.getName()))
    expect(order).toEqual(recorded.apply)
    expect(net.getSubmodule('layers.3')).toBe(net.layers.at(3))
    expect(() => net.getSubmodule('layers.8')).toThrow(/has no attribute `8`/)
  })
  it.each(['missing', 'unexpected', 'both', 'size', 'loose', 'loose_size', 'no_count'])('loads a state dict: %s', (kind) => {
    const net = new Net()
    const state = new Map<string, Tensor>([...net.stateDict()].map(([key, value]) => [key, value.clone()]))
    const drop = () => {
      for (const key of ['scale', 'layers.1.bias']) state.delete(key)
    }
    if (['missing', 'both', 'loose', 'loose_size'].includes(kind)) drop()
    if (['unexpected', 'both', 'loose'].includes(kind)) state.set('extra', zeros(1))
    if (kind === 'unexpected') state.set('layers.9.bias', zeros(1))
    if (kind === 'size') state.set('scale', zeros(3)).set('layers.0.weight', zeros(2))
    if (kind === 'loose_size') state.set('heads.b.weight', zeros(2, 4))
    if (kind === 'no_count') for (const key of state.keys()) if (key.endsWith('num_batches_tracked')) state.delete(key)
    let found: unknown
    try {
      const { missingKeys, unexpectedKeys } = net.loadStateDict(state, { strict: !kind.startsWith('loose') })
      found = { missing: missingKeys, unexpected: unexpectedKeys }
    } catch (error) {
      found = (error as Error).message
    }
    expect(found).toEqual(recorded[kind])
  })
  it('names values that are no tensors, and strangers in the order of the modules', () => {
    const net = new Net()
    const good = Object.fromEntries(net.stateDict())
    const message = (state: unknown) => {
      try {
        return net.loadStateDict(state as Record<string, Tensor>)
      } catch (error) {
        return (error as Error).message
      }
    }
    const one = zeros(1)
    const strangers = { ...good, 'layers.9.w': 1, z: one, 'heads.b.weight.x': one, heads: one, 'scale.y': 1 }
    expect(message(strangers)).toBe(recorded.strangers)
    const { scale: _, 'layers.1.bias': __, ...without } = good
    expect(message({ ...without, steps: [1], scratch: 2, 'heads.b.bias': 3 })).toBe(recorded.values)
    expect(message([1])).toBe(recorded.no_dict)
  })
  it('gives tensors that share the memory of the parameters', () => {
    const layer = new nn.Linear(2, 1)
    const state = layer.stateDict({ prefix: 'head.' })
    const weight = state.get('head.weight')!
    expect([weight.storage, weight.requiresGrad, weight instanceof nn.Parameter]).toEqual([layer.weight.storage, false, false])
    expect(layer.stateDict({ keepVars: true }).get('weight')).toBe(layer.weight)
  })
  it('copies loaded values, or takes the tensors with assign', () => {
    const layer = new nn.Linear(2, 1)
    const weight = zeros(1, 2).fill_(3)
    const before = layer.weight
    layer.loadStateDict({ weight, bias: zeros(1) })
    expect(layer.weight).toBe(before)
    expect(layer.weight.tolist()).toEqual([[3, 3]])
    weight.fill_(4)
    expect(layer.weight.tolist()).toEqual([[3, 3]])
    layer.loadStateDict({ weight, bias: zeros(1) }, { assign: true })
    weight.fill_(5)
    expect(layer.weight.tolist()).toEqual([[5, 5]])
  })
  it('runs hooks around forward until they are removed', () => {
    const layer = new nn.Identity()
    const pre = layer.registerForwardPreHook((_, [x]) => [(x as Tensor).add(1)])
    const post = layer.registerForwardHook((_, __, output) => output.mul(10))
    expect(layer.call(zeros(1)).tolist()).toEqual([10])
    pre.remove()
    post.remove()
    expect(layer.call(zeros(1)).tolist()).toEqual([0])
  })
  it('switches modes and casts floats alone', () => {
    const net = new Net().eval()
    expect([...net.modules()].some((module) => module.training)).toBe(false)
    net.double()
    expect(net.scale.dtype).toBe('float64')
    expect((net.getSubmodule('features.1') as nn.BatchNorm2d).num_batches_tracked!.dtype).toBe('int64')
    expect(() => net.to('int32')).toThrow(/only accepts floating point/)
    net.requiresGrad_(false)
    expect([...net.parameters()].some((parameter) => parameter.requiresGrad)).toBe(false)
  })
  it('refuses names that cannot be keys', () => {
    expect(() => new Net().registerBuffer('a.b', null)).toThrow(/can't contain "."/)
    expect(() => new Net().registerParameter('', null)).toThrow(/empty string/)
    expect(() => new Net().addModule('forward', new nn.ReLU())).toThrow(/already exists/)
  })
})

describe('init', () => {
  it.each(Object.keys(recorded.init))('%s', (name) => {
    const { seed, args, shape = [6, 5], values } = recorded.init[name]
    defaultGenerator.manualSeed(seed)
    const fill = (nn.init as unknown as Record<string, (tensor: Tensor, ...args: number[]) => Tensor>)[name]
    const found = fill(callOperator('empty', [shape]), ...args)
      .tolist()
      .flat(3)
    const expected = values.flat(3)
    // the decomposition behind an orthogonal matrix is LAPACK's, and so are its last bits
    if (name === 'orthogonal_') for (const [i, value] of expected.entries()) expect(found[i]).toBeCloseTo(value, 5)
    else expect(found).toEqual(expected)
  })
})
