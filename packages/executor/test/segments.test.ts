import { parseIR } from '@tsjit/ir'
import { Dispatcher, metadataKernels, SegmentBailout, Tensor } from '@tsjit/runtime'
import { describe, expect, it } from 'vitest'
import { Executor } from '../src/index.ts'
import { type Stub, stubBackend, tensor, values } from './stub-backend.ts'
import { gears } from './support.ts'

function executorOn(stub: Stub, gear: (typeof gears)[number]): Executor {
  const dispatcher = new Dispatcher({ metadataKernels })
  dispatcher.registerBackend(stub.backend)
  return new Executor({ dispatcher, gear, segments: true, log: () => {} })
}

const chain = `graph(%x : Tensor, %y : Tensor):
  %1 : int = prim::Constant[value=1]()
  %a : Tensor = aten::relu(%x)
  %b : Tensor = aten::add(%a, %y, %1)
  %c : Tensor = aten::mul(%b, %a)
  return (%c)
`
const dataDependent = `graph(%x : Tensor):
  %1 : int = prim::Constant[value=1]()
  %zero : float = prim::Constant[value=0.]()
  %a : Tensor = aten::relu(%x)
  %f : float = aten::Float(%a)
  %is : bool = aten::gt(%f, %zero)
  %b : Tensor = prim::If(%is)
    block0():
      %p : Tensor = aten::add(%a, %a, %1)
      %q : Tensor = aten::mul(%p, %p)
      -> (%q)
    block1():
      %n : Tensor = aten::neg(%x)
      -> (%n)
  %c : Tensor = aten::mul(%b, %f)
  return (%c)
`
const bySize = `graph(%x : Tensor):
  %0 : int = prim::Constant[value=0]()
  %1 : int = prim::Constant[value=1]()
  %true : bool = prim::Constant[value=1]()
  %n : int = aten::size(%x, %0)
  %big : bool = aten::gt(%n, %1)
  %a : Tensor = prim::If(%big)
    block0():
      %p : Tensor = aten::relu(%x)
      -> (%p)
    block1():
      -> (%x)
  %b : Tensor = prim::Loop(%n, %true, %a)
    block0(%i : int, %s : Tensor):
      %t : Tensor = aten::add(%s, %a, %1)
      -> (%true, %t)
  return (%b)
`

describe.each(gears)('%s', (gear) => {
  it('hands a chain to the backend in one piece', () => {
    const stub = stubBackend()
    const executable = executorOn(stub, gear).compile(parseIR(chain), 'f')
    expect(values(executable.run([tensor([1, -2]), tensor([3, 4])]) as never)).toEqual([4, 0])
    expect(stub).toMatchObject({ runs: 1, calls: 0 })
    expect(stub.programs[0].body.map(({ op }) => op)).toEqual(['aten::relu', 'aten::add.Tensor', 'aten::mul.Tensor'])
    expect(executable.describe()).toMatchObject({ segments: 1, instructions: 3, breaks: {} })
  })

  it('keeps control flow on data on the host, with regions around and inside', () => {
    const stub = stubBackend()
    const executable = executorOn(stub, gear).compile(parseIR(dataDependent), 'f')
    expect(values(executable.run([tensor([2])]) as never)).toEqual([32])
    expect(values(executable.run([tensor([-2])]) as never)).toEqual([0])
    const { segments, breaks } = executable.describe()
    expect(segments).toBe(4)
    expect(Object.keys(breaks)).toContain('aten::Float.Tensor')
  })

  it('takes branches and loops on sizes into a region', () => {
    const stub = stubBackend()
    const executable = executorOn(stub, gear).compile(parseIR(bySize), 'f')
    expect(values(executable.run([tensor([1, -1])]) as never)).toEqual([3, 0])
    expect(values(executable.run([tensor([-1])]) as never)).toEqual([-2])
    expect(executable.describe().segments).toBe(1)
    expect(stub.calls).toBe(0)
  })

  it('breaks a region at an operator that the backend lacks', () => {
    const stub = stubBackend(['aten::add.Tensor'])
    const executable = executorOn(stub, gear).compile(parseIR(chain), 'f')
    expect(values(executable.run([tensor([1, -2]), tensor([3, 4])]) as never)).toEqual([4, 0])
    expect(executable.describe()).toMatchObject({ segments: 2, breaks: { 'aten::add.Tensor': 1 } })
    expect(stub.calls).toBe(1)
  })

  it('runs a region on the host after a bailout and tries again', () => {
    const stub = stubBackend()
    const executable = executorOn(stub, gear).compile(parseIR(chain), 'f')
    stub.bailouts.push(new SegmentBailout('not today'))
    const args = [tensor([1, -2]), tensor([3, 4])]
    expect(values(executable.run(args) as never)).toEqual([4, 0])
    expect(stub).toMatchObject({ runs: 0, calls: 3 })
    expect(values(executable.run(args) as never)).toEqual([4, 0])
    expect(stub).toMatchObject({ runs: 1, calls: 3 })
  })

  it('takes a region apart that can never be planned', () => {
    const stub = stubBackend()
    const executable = executorOn(stub, gear).compile(parseIR(chain), 'f')
    const args = [tensor([1, -2]), tensor([3, 4])]
    stub.bailouts.push(new SegmentBailout('never', true))
    expect(values(executable.run(args) as never)).toEqual([4, 0])
    // two halves run on the backend from then on
    expect(stub).toMatchObject({ runs: 2, calls: 0 })
    expect(executable.describe().regions[0].onHost).toBe('never')
  })

  it('keeps a loop on the host that is too long to unroll, with a region inside', () => {
    const stub = stubBackend()
    const executable = executorOn(stub, gear).compile(parseIR(bySize), 'f')
    stub.bailouts.push(new SegmentBailout('budget'))
    expect(values(executable.run([tensor([1, -1])]) as never)).toEqual([3, 0])
    expect(stub.calls).toBe(0)
    // the branch before the loop, and the body twice
    expect(stub.runs).toBe(3)
  })

  it('hands constants in as inputs that share memory with one that is written', () => {
    const stub = stubBackend()
    const graph = parseIR(`graph(%x : Tensor):
  %1 : int = prim::Constant[value=1]()
  %w : Tensor = prim::Constant[value=<Tensor>]()
  %v : Tensor = prim::Constant[value=<Tensor>]()
  %other : Tensor = prim::Constant[value=<Tensor>]()
  %y : Tensor = aten::add_(%w, %x, %1)
  %z : Tensor = aten::mul(%v, %other)
  return (%z)
`)
    const shared = tensor([1, 2])
    const alias = new Tensor(shared.storage, 'float32', [2], [1])
    const constants = [shared, alias, tensor([10, 10])]
    for (const node of graph.nodes())
      if (node.kind === 'prim::Constant' && node.output.type.kind === 'Tensor')
        node.setAttribute('value', { kind: 't', value: constants.shift() })
    const executable = executorOn(stub, gear).compile(graph, 'f')
    expect(values(executable.run([tensor([1, 1])]) as never)).toEqual([20, 30])
    expect(stub.programs[0].inputs.length).toBe(3)
    expect(stub.programs[0].constants.filter(({ value }) => value instanceof Tensor).length).toBe(1)
  })

  it('runs off the event loop and can be aborted', async () => {
    const stub = stubBackend()
    const executable = executorOn(stub, gear).compile(parseIR(dataDependent), 'f')
    expect(values((await executable.runAsync([tensor([2])])) as never)).toEqual([32])
    const controller = new AbortController()
    const running = executable.runAsync([tensor([2])], { signal: controller.signal })
    controller.abort()
    await expect(running).rejects.toMatchObject({ name: 'AbortError' })
    await expect(executable.runAsync([tensor([2])], { signal: AbortSignal.abort() })).rejects.toMatchObject({ name: 'AbortError' })
  })
})
