import { GraphFunction, parseIR } from '@tsjit/ir'
import { Dispatcher, metadataKernels, ScriptObject } from '@tsjit/runtime'
import { BoolType, ClassType, FunctionSchema, FunctionType, FutureType, IntType, ListType, StringType, TensorT } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { Executor } from '../src/index.ts'
import { stubBackend, tensor, values } from './stub-backend.ts'
import { gears } from './support.ts'

function setUp(gear: (typeof gears)[number]) {
  const type = new ClassType('__torch__.Net', true)
  type.addAttribute('training', BoolType)
  type.addAttribute('scale', IntType)
  type.addAttribute('steps', IntType)
  type.addAttribute('weight', TensorT, { isParameter: true })
  type.addAttribute('sizes', new ListType(IntType))
  const types = (name: string) => (name === '__torch__.Net' ? type : undefined)
  const method = (name: string, text: string): GraphFunction => {
    const graph = parseIR(text, { resolveType: types } as never)
    const fn = new GraphFunction(`__torch__.Net.${name}`, new FunctionSchema(name, '', [], []), graph)
    type.methods.set(name, fn)
    return fn
  }
  const self = new ScriptObject(type, [false, 3, 0, tensor([1, 2]), [4, 5]])
  const stub = stubBackend()
  const dispatcher = new Dispatcher({ metadataKernels })
  dispatcher.registerBackend(stub.backend)
  const executor = new Executor({ dispatcher, gear, segments: true, log: () => {} })
  return { type, method, self, executor, stub }
}

describe.each(gears)('%s', (gear) => {
  it('writes attributes of a module into its code, and notices when they change', () => {
    const { method, self, executor } = setUp(gear)
    const forward = method(
      'forward',
      `graph(%self : __torch__.Net, %x : int):
  %training : bool = prim::GetAttr[name="training"](%self)
  %out : int = prim::If(%training)
    block0():
      -> (%x)
    block1():
      %scale : int = prim::GetAttr[name="scale"](%self)
      %y : int = aten::mul(%x, %scale)
      -> (%y)
  return (%out)
`,
    )
    const executable = executor.compile(forward, forward.name, { self })
    expect(executable.run([self, 5])).toBe(15)
    expect([...executable.graph.nodes()].map((node) => node.kind)).toEqual(['prim::Constant', 'aten::mul'])
    self.setAttribute('scale', 4)
    expect(executable.run([self, 5])).toBe(20)
    self.setAttribute('training', true)
    expect(executable.run([self, 5])).toBe(5)
    expect(executor.compile(forward, forward.name, { self })).toBe(executable)
  })

  it('reads attributes anew that another method sets', () => {
    const { method, self, executor } = setUp(gear)
    const read = method(
      'read',
      `graph(%self : __torch__.Net):
  %steps : int = prim::GetAttr[name="steps"](%self)
  return (%steps)
`,
    )
    const step = method(
      'step',
      `graph(%self : __torch__.Net):
  %1 : int = prim::Constant[value=1]()
  %steps : int = prim::GetAttr[name="steps"](%self)
  %next : int = aten::add(%steps, %1)
   = prim::SetAttr[name="steps"](%self, %next)
  return (%next)
`,
    )
    const reader = executor.compile(read, read.name, { self })
    const stepper = executor.compile(step, step.name, { self })
    expect(reader.run([self])).toBe(0)
    for (let i = 1; i <= 3; i++) {
      expect(stepper.run([self])).toBe(i)
      expect(reader.run([self])).toBe(i)
    }
    // no longer part of the code: the same graph serves all values
    const { graph } = reader
    stepper.run([self])
    expect(reader.graph).toBe(graph)
  })

  it('notices what happens inside a list attribute', () => {
    const { method, self, executor } = setUp(gear)
    const count = method(
      'count',
      `graph(%self : __torch__.Net):
  %sizes : int[] = prim::GetAttr[name="sizes"](%self)
  %n : int = aten::len(%sizes)
  return (%n)
`,
    )
    const grow = method(
      'grow',
      `graph(%self : __torch__.Net, %x : int):
  %sizes : int[] = prim::GetAttr[name="sizes"](%self)
  %same : int[] = aten::append(%sizes, %x)
  %n : int = aten::len(%sizes)
  return (%n)
`,
    )
    const counter = executor.compile(count, count.name, { self })
    expect(counter.run([self])).toBe(2)
    expect(executor.compile(grow, grow.name, { self }).run([self, 7])).toBe(3)
    expect(counter.run([self])).toBe(3)
  })

  it('sees in-place writes to parameters, from inside and outside', () => {
    const { method, self, executor } = setUp(gear)
    const train = method(
      'train',
      `graph(%self : __torch__.Net, %x : Tensor):
  %1 : int = prim::Constant[value=1]()
  %w : Tensor = prim::GetAttr[name="weight"](%self)
  %y : Tensor = aten::add_(%w, %x, %1)
  %z : Tensor = aten::mul(%w, %x)
  return (%z)
`,
    )
    const executable = executor.compile(train, train.name, { self })
    expect(values(executable.run([self, tensor([1, 1])]) as never)).toEqual([2, 3])
    expect(values(executable.run([self, tensor([1, 1])]) as never)).toEqual([3, 4])
    const { graph } = executable
    executable.run([self, tensor([1, 1])])
    expect(executable.graph).toBe(graph)
  })

  it('serves another object of the class unspecialised', () => {
    const { type, method, self, executor } = setUp(gear)
    const read = method(
      'read',
      `graph(%self : __torch__.Net):
  %scale : int = prim::GetAttr[name="scale"](%self)
  return (%scale)
`,
    )
    const executable = executor.compile(read, read.name, { self })
    expect(executable.run([self])).toBe(3)
    expect(executable.run([new ScriptObject(type, [false, 8, 0, null, []])])).toBe(8)
  })

  it('runs forked functions, keeps what they throw for wait, and leaves with statements by __exit__', () => {
    const { executor } = setUp(gear)
    const double = new GraphFunction(
      '__torch__.double',
      new FunctionSchema('double', '', [], []),
      parseIR(`graph(%x : int):
  %2 : int = prim::Constant[value=2]()
  %y : int = aten::mul(%x, %2)
  return (%y)
`),
    )
    const graph = parseIR(`graph(%x : int):
  return (%x)
`)
    graph.block.returnNode.removeAllInputs()
    const callee = graph.insertConstant(new FunctionType(double))
    const future = graph.insert('prim::fork', [callee, graph.inputs[0]], [new FutureType(IntType)]).output
    const result = graph.insert('aten::wait', [future], [IntType]).output
    graph.registerOutput(result)
    expect(executor.compile(graph, 'f').run([21])).toBe(42)
  })

  it('leaves a with statement through __exit__ when its body throws', () => {
    const { executor } = setUp(gear)
    const guard = new ClassType('__torch__.Guard', false)
    guard.addAttribute('log', new ListType(StringType))
    const types = (name: string) => (name === '__torch__.Guard' ? guard : undefined)
    const define = (name: string, text: string) =>
      guard.methods.set(
        name,
        new GraphFunction(`__torch__.Guard.${name}`, new FunctionSchema(name, '', [], []), parseIR(text, { resolveType: types } as never)),
      )
    const note = (text: string, inputs: string) => `graph(${inputs}):
  %s : str = prim::Constant[value="${text}"]()
  %log : str[] = prim::GetAttr[name="log"](%self)
  %same : str[] = aten::append(%log, %s)
  %none : NoneType = prim::Constant()
  return (%none)
`
    define('__enter__', note('enter', '%self : __torch__.Guard'))
    define('__exit__', note('exit', '%self : __torch__.Guard, %a : Any, %b : Any, %c : Any'))
    const graph = parseIR(
      `graph(%g : __torch__.Guard, %x : int):
  %0 : int = prim::Constant[value=0]()
  %e : NoneType = prim::Enter(%g)
  %y : int = aten::floordiv(%x, %0)
  %f : NoneType = prim::Exit(%g)
  return (%y)
`,
      { resolveType: types } as never,
    )
    const object = new ScriptObject(guard, [[]])
    expect(() => executor.compile(graph, 'f').run([object, 1])).toThrow('division by 0')
    expect(object.slots[0]).toEqual(['enter', 'exit'])
  })
})
