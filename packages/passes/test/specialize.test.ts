import { type Graph, GraphFunction, parseIR, printGraph, verifyGraph } from '@tsjit/ir'
import {
  BoolType,
  ClassType,
  FunctionSchema,
  FunctionType,
  InterfaceType,
  IntType,
  NoneType,
  OptionalType,
  TensorT,
  type Type,
} from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { foldConvBn, inlineCalls, type ResolvedAttribute, runPipeline, specializedPipeline, specializeModule } from '../src/index.ts'
import { scalarEvaluator } from './scalar-evaluator.ts'

/** A stand-in for a module: a class and what its attributes are. */
interface FakeObject {
  readonly type: ClassType
  readonly attributes: Record<string, unknown>
}

function fakeClass(
  name: string,
  attributes: Record<string, Type>,
  methods: Record<string, string>,
  types: Record<string, Type> = {},
): ClassType {
  const type = new ClassType(name, true)
  for (const [attribute, attributeType] of Object.entries(attributes)) type.addAttribute(attribute, attributeType)
  const resolveType = (wanted: string): Type | undefined => (wanted === name ? type : types[wanted])
  for (const [method, text] of Object.entries(methods)) {
    type.methods.set(
      method,
      new GraphFunction(`${name}.${method}`, new FunctionSchema(method, '', [], []), () => parseIR(text, { resolveType })),
    )
  }
  return type
}

const relu = fakeClass(
  '__torch__.Relu',
  {},
  { forward: 'graph(%self : __torch__.Relu, %x : Tensor):\n  %y : Tensor = aten::relu(%x)\n  return (%y)' },
)
const block = new InterfaceType('__torch__.Block', true)
const net = fakeClass(
  '__torch__.Net',
  { act: relu, inner: block, w: TensorT, k: IntType, training: BoolType, bias: new OptionalType(TensorT), state: TensorT, none: NoneType },
  {
    forward: `graph(%self : __torch__.Net, %x : Tensor):
  %one : int = prim::Constant[value=1]()
  %n : NoneType = prim::Constant()
  %act : __torch__.Relu = prim::GetAttr[name="act"](%self)
  %a : Tensor = prim::CallMethod[name="forward"](%act, %x)
  %inner : InterfaceType<Block> = prim::GetAttr[name="inner"](%self)
  %b : Tensor = prim::CallMethod[name="forward"](%inner, %a)
  %training : bool = prim::GetAttr[name="training"](%self)
  %c : Tensor = prim::If(%training)
    block0():
       = prim::Print(%b)
      -> (%b)
    block1():
      %w : Tensor = prim::GetAttr[name="w"](%self)
      %d : Tensor = aten::mul(%b, %w)
      -> (%d)
  %bias : Tensor? = prim::GetAttr[name="bias"](%self)
  %has : bool = aten::__isnot__(%bias, %n)
  %e : Tensor = prim::If(%has)
    block0():
      %u : Tensor = aten::_unwrap_optional(%bias)
      %f : Tensor = aten::add(%c, %u, %one)
      -> (%f)
    block1():
      -> (%c)
  %state : Tensor = prim::GetAttr[name="state"](%self)
   = prim::SetAttr[name="state"](%self, %e)
  %k : int = prim::GetAttr[name="k"](%self)
  %g : Tensor = prim::Loop(%k, %true, %e)
    block0(%i : int, %p : Tensor):
      %q : Tensor = aten::add(%p, %state, %i)
      -> (%true, %q)
  return (%g)`.replace('  %one', '  %true : bool = prim::Constant[value=1]()\n  %one'),
  },
  { '__torch__.Relu': relu, Block: block },
)

function instance(bias: unknown): FakeObject {
  const act: FakeObject = { type: relu, attributes: {} }
  return { type: net, attributes: { act, inner: act, w: { tensor: 'w' }, k: 2, training: false, bias, state: { tensor: 's' } } }
}

function resolveAttribute(object: FakeObject, name: string): ResolvedAttribute<FakeObject> {
  const value = object.attributes[name]
  if (value === null) return { kind: 'constant', value: 'none' }
  if (typeof value === 'number' || typeof value === 'boolean') return { kind: 'constant', value: { kind: 'i', value: Number(value) } }
  if (typeof value === 'object' && 'type' in value) return { kind: 'object', object: value as FakeObject }
  return { kind: 'constant', value: { kind: 't', value } }
}

const hooks = (self: FakeObject) => ({
  objectOfInput: (index: number) => (index === 0 ? self : undefined),
  resolveAttribute,
  classOf: (object: FakeObject) => object.type,
})
const forward = (): Graph => (net.methods.get('forward') as GraphFunction).graph.copy()

describe('specializeModule', () => {
  it('writes a known object into the graph', () => {
    const graph = forward()
    const ran = runPipeline(graph, specializedPipeline, {
      specialize: hooks(instance(null)),
      evaluator: scalarEvaluator,
      debug: { verify: true },
    })
    expect(ran[0]).toBe('freeze-attributes')
    expect(printGraph(graph)).toBe(`graph(%self : __torch__.Net,
      %x : Tensor):
  %33 : int = prim::Constant[value=1]()
  %31 : int = prim::Constant[value=0]()
  %w : Tensor = prim::Constant[value=<Tensor>]()
  %a : Tensor = aten::relu(%x)
  %b : Tensor = aten::relu(%a)
  %d : Tensor = aten::mul(%b, %w)
  %state : Tensor = prim::GetAttr[name="state"](%self)
   = prim::SetAttr[name="state"](%self, %d)
  %q : Tensor = aten::add(%d, %state, %31)
  %q.1 : Tensor = aten::add(%q, %state, %33)
  return (%q.1)
`)
  })
  it('keeps an optional attribute that is there', () => {
    const graph = forward()
    runPipeline(graph, specializedPipeline, {
      specialize: hooks(instance({ tensor: 'b' })),
      evaluator: scalarEvaluator,
      debug: { verify: true },
    })
    const text = printGraph(graph)
    expect(text).toContain('aten::add(%d, %bias')
    expect(text).not.toContain('prim::If')
  })
  it('leaves interfaces of unknown objects alone, and then what such a call may set', () => {
    const graph = forward()
    const { objectOfInput } = hooks(instance(null))
    specializeModule(graph, { objectOfInput, resolveAttribute })
    verifyGraph(graph)
    const text = printGraph(graph)
    expect(text).toContain('prim::CallMethod[name="forward"](%inner')
    expect(text).toContain('prim::GetAttr[name="training"](%self)')
  })
})

describe('inlineCalls', () => {
  const recursive = new ClassType('__torch__.Loop', true)
  const text = 'graph(%self : __torch__.Loop, %x : Tensor):\n  %y : Tensor = prim::CallMethod[name="forward"](%self, %x)\n  return (%y)'
  const loop = new GraphFunction('__torch__.Loop.forward', new FunctionSchema('forward', '', [], []), () =>
    parseIR(text, { resolveType: (name) => (name === recursive.name ? recursive : undefined) }),
  )
  recursive.methods.set('forward', loop)

  it('refuses recursion', () => {
    expect(() => inlineCalls(loop.graph.copy())).toThrow("function '__torch__.Loop.forward' is called recursively")
  })
  it('stops where the graph would grow without bound', () => {
    const unit = new Map<string, GraphFunction>()
    const body = (name: string, callee: string | undefined) => {
      const graph = parseIR('graph(%x : int):\n  return (%x)')
      let value = graph.inputs[0]
      for (let i = 0; i < 10; i++) {
        const constant = callee ? graph.insertConstant(new FunctionType(unit.get(callee)!)) : undefined
        value = constant
          ? graph.insert('prim::CallFunction', [constant, value], [IntType]).output
          : graph.insert('aten::neg', [value], [IntType]).output
      }
      graph.block.returnNode.replaceInput(0, value)
      unit.set(name, new GraphFunction(name, new FunctionSchema(name, '', [], []), graph))
    }
    body('f0', undefined)
    for (let i = 1; i <= 12; i++) body(`f${i}`, `f${i - 1}`) // 10^13 nodes in all
    const graph = unit.get('f12')!.graph.copy()
    inlineCalls(graph, { maxNodes: 20_000 })
    verifyGraph(graph)
    expect(printGraph(graph).split('\n').length).toBeLessThan(25_000)
  })
  it('keeps where nodes come from', () => {
    const outer = parseIR(
      'graph(%r : __torch__.Relu, %x : Tensor):\n  %y : Tensor = prim::CallMethod[name="forward"](%r, %x) # net.py:7:4\n  return (%y)',
      {
        resolveType: () => relu,
      },
    )
    inlineCalls(outer)
    const [node] = outer.nodes()
    expect(node.kind).toBe('aten::relu')
    expect(node.callStack?.map(({ range, callee }) => `${range} ${callee}`)).toEqual(['net.py:7:4 forward'])
  })
})

describe('foldConvBn', () => {
  const text = (training: number, extra = '') => `graph(%x : Tensor):
  %w : Tensor = prim::Constant[value=<Tensor>]()
  %n : NoneType = prim::Constant()
  %v : Tensor = prim::Constant[value=<Tensor>]()
  %f : bool = prim::Constant[value=${training}]()
  %m : float = prim::Constant[value=0.1]()
  %e : float = prim::Constant[value=0.5]()
  %1 : int = prim::Constant[value=1]()
  %s : int[] = prim::Constant[value=[1, 1]]()
  %y : Tensor = aten::conv2d(%x, %w, %n, %s, %s, %s, %1)
  %z : Tensor = aten::batch_norm(%y, %v, %v, %v, %v, %f, %m, %e, %f)${extra}
  return (%z)`
  /** One channel, tensors as numbers. */
  const number = (value: number, shape = [1]) => ({ value, shape, dtype: 'float32' })
  const run = (training: number, extra = '', tensors = [3, 2]): { text: string; values: number[] } => {
    const graph = parseIR(text(training, extra))
    for (const node of graph.nodes()) {
      if (node.attributes.get('value')?.kind === 't')
        node.setAttribute('value', {
          kind: 't',
          value: node.output.debugName === 'w' ? number(tensors[0], [1, 1, 1, 1]) : number(tensors[1]),
        })
    }
    const calls: Record<string, (a: any, b: any) => number> = {
      'aten::sqrt': (a) => Math.sqrt(a.value),
      'aten::add.Scalar': (a, b) => a.value + b,
      'aten::div.Tensor': (a, b) => a.value / b.value,
      'aten::mul.Tensor': (a, b) => a.value * b.value,
      'aten::reshape': (a) => a.value,
      'aten::neg': (a) => -a.value,
      'aten::add.Tensor': (a, b) => a.value + b.value,
    }
    foldConvBn(graph, { dispatch: { call: (key, ...args) => number(calls[key](args[0], args[1])), int: Number, float: (value) => value } })
    verifyGraph(graph)
    const conv = [...graph.nodes()].find((node) => node.kind === 'aten::conv2d')!
    return {
      text: printGraph(graph),
      values: [1, 2].map((i) => (conv.inputs[i].node.attribute('value', 't') as { value: number } | undefined)?.value ?? Number.NaN),
    }
  }
  it('takes constant statistics into weight and bias', () => {
    const { text: after, values } = run(0)
    expect(after).not.toContain('batch_norm')
    const scale = 2 / Math.sqrt(2.5)
    expect(values[0]).toBeCloseTo(3 * scale, 12)
    expect(values[1]).toBeCloseTo(-2 * scale + 2, 12)
  })
  it('not while training, nor where the convolution is used twice', () => {
    expect(run(1).text).toContain('batch_norm')
    expect(run(0, '\n   = prim::Print(%y)').text).toContain('batch_norm')
  })
})
