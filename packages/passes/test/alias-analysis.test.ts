import { type Graph, parseIR, type Value } from '@tsjit/ir'
import { expect, it } from 'vitest'
import { AliasDb, eliminateDeadCode } from '../src/index.ts'

function analyse(text: string, identities?: Readonly<Record<string, unknown>>): { db: AliasDb; v: (name: string) => Value; graph: Graph } {
  const graph = parseIR(text)
  const values = new Map<string, Value>()
  const blocks = [graph.block]
  for (let block = blocks.pop(); block; block = blocks.pop()) {
    for (const value of block.inputs) values.set(value.debugName || String(value.unique), value)
    for (const node of block.nodes()) {
      blocks.push(...node.blocks)
      for (const value of node.outputs) values.set(value.debugName || String(value.unique), value)
    }
  }
  const db = new AliasDb(graph, identities ? { identityOf: (value) => identities[value.debugName] } : {})
  return { db, graph, v: (name) => values.get(name)! }
}

it('views alias, computed tensors do not', () => {
  const { db, v } = analyse(`graph(%x : Tensor, %y : Tensor):
  %0 : int = prim::Constant[value=0]()
  %a : Tensor = aten::relu(%x)
  %b : Tensor = aten::select(%a, %0, %0)
  %c : Tensor = aten::t(%b)
  %w : Tensor = aten::mul_(%c, %0)
  return (%a)`)
  expect(db.mayAlias(v('a'), v('c'))).toBe(true)
  expect(db.mayAlias(v('x'), v('a'))).toBe(false)
  expect(db.mayAlias(v('x'), v('y'))).toBe(true) // a caller may pass one tensor twice
  expect(db.hasWriters(v('a'))).toBe(true)
  expect(db.hasWriters(v('x'))).toBe(false)
  expect(db.writersOf(v('b')).map((node) => node.kind)).toEqual(['aten::mul_'])
  expect(db.mayWrite(v('w').node, v('a'))).toBe(true)
  expect(db.mayWrite(v('w').node, v('x'))).toBe(false)
  expect(db.mayWrite(v('a').node)).toBe(false)
  expect(db.escapes(v('c'))).toBe(true)
})

it('what a list holds is told from the list', () => {
  const { db, v } = analyse(`graph(%x : Tensor):
  %0 : int = prim::Constant[value=0]()
  %a : Tensor = aten::relu(%x)
  %b : Tensor = aten::neg(%x)
  %l : Tensor[] = prim::ListConstruct(%a)
  %m : Tensor[] = aten::append(%l, %b)
  %e : Tensor = aten::__getitem__(%l, %0)
  %k : Tensor[] = prim::ListConstruct()
   = aten::extend(%k, %l)
  %f : Tensor = aten::pop(%k, %0)
  %w : Tensor = aten::mul_(%f, %0)
  %n : Tensor = aten::cat(%l, %0)
  return (%n)`)
  expect(db.hasWriters(v('l'))).toBe(true) // append
  expect(db.hasWriters(v('b'))).toBe(true) // through %k
  expect(db.hasWriters(v('e'))).toBe(true)
  expect(db.hasWriters(v('n'))).toBe(false)
  expect(db.hasWriters(v('x'))).toBe(false)
  expect(db.mayContainAlias(v('k'), v('a'))).toBe(true)
  expect(db.mayAlias(v('k'), v('a'))).toBe(false)
  expect(db.isWildcard(v('a'))).toBe(false)
})

it('pieces of a tensor in a list alias the tensor', () => {
  const { db, v } = analyse(`graph(%x : Tensor):
  %0 : int = prim::Constant[value=0]()
  %2 : int = prim::Constant[value=2]()
  %a : Tensor = aten::relu(%x)
  %l : Tensor[] = aten::chunk(%a, %2, %0)
  %p : Tensor, %q : Tensor = prim::ListUnpack(%l)
  %w : Tensor = aten::mul_(%p, %0)
  return (%a)`)
  expect(db.hasWriters(v('a'))).toBe(true)
  expect(db.hasWriters(v('x'))).toBe(false)
})

it('tuples keep their fields apart', () => {
  const { db, v } = analyse(`graph(%x : Tensor):
  %0 : int = prim::Constant[value=0]()
  %a : Tensor = aten::relu(%x)
  %b : Tensor = aten::neg(%x)
  %t : (Tensor, Tensor) = prim::TupleConstruct(%a, %b)
  %c : Tensor, %d : Tensor = prim::TupleUnpack(%t)
  %w : Tensor = aten::mul_(%d, %0)
  return (%c)`)
  expect(db.hasWriters(v('a'))).toBe(false)
  expect(db.hasWriters(v('b'))).toBe(true)
  expect(db.hasWriters(v('t'))).toBe(false)
  expect(db.hasWritersInside(v('t'))).toBe(true)
})

it('control flow joins what it may give', () => {
  const { db, v } = analyse(`graph(%x : Tensor, %c : bool, %n : int):
  %0 : int = prim::Constant[value=0]()
  %t : bool = prim::Constant[value=1]()
  %a : Tensor = aten::relu(%x)
  %b : Tensor = aten::neg(%x)
  %d : Tensor = aten::neg(%x)
  %e : Tensor = prim::If(%c)
    block0():
      -> (%a)
    block1():
      -> (%b)
  %f : Tensor = prim::Loop(%n, %t, %d)
    block0(%i : int, %p : Tensor):
      %q : Tensor = aten::neg(%p)
      -> (%t, %q)
  %w : Tensor = aten::mul_(%e, %0)
  %u : Tensor = aten::mul_(%f, %0)
  return (%0)`)
  expect(['a', 'b', 'd', 'q', 'x'].map((name) => db.hasWriters(v(name)))).toEqual([true, true, true, true, false])
})

it('calls that cannot be seen through may write everything from outside', () => {
  const { db, v } = analyse(`graph(%self : __torch__.Net, %x : Tensor):
  %w : Tensor = prim::GetAttr[name="w"](%self)
  %a : Tensor = aten::relu(%x)
  %y : Tensor = prim::CallMethod[name="f"](%self, %x)
  return (%y)`)
  expect(['w', 'x', 'y', 'self'].map((name) => db.hasWriters(v(name)))).toEqual([true, true, true, true])
  expect(db.hasWriters(v('a'))).toBe(false)
})

it('attributes are told apart where the caller knows them', () => {
  const text = `graph(%self : __torch__.Net, %x : Tensor):
  %1 : int = prim::Constant[value=1]()
  %n : Tensor = prim::GetAttr[name="n"](%self)
  %m : Tensor = prim::GetAttr[name="m"](%self)
  %w : Tensor = prim::GetAttr[name="w"](%self)
  %a : Tensor = aten::add_(%n, %1, %1)
  return (%a)`
  const blind = analyse(text)
  expect(['n', 'm', 'w', 'x'].map((name) => blind.db.hasWriters(blind.v(name)))).toEqual([true, true, true, true])
  const known = analyse(text, { n: 1, m: 1, w: 2, x: 3 })
  expect(['n', 'm', 'w', 'x'].map((name) => known.db.hasWriters(known.v(name)))).toEqual([true, true, false, false])
  const input = analyse(text.replace('add_(%n', 'add_(%x'), { n: 1, m: 1, w: 2 })
  expect(['n', 'w', 'x'].map((name) => input.db.hasWriters(input.v(name)))).toEqual([true, true, true]) // %x may be any of them
  const checked = analyse(text.replace('add_(%n', 'add_(%x'), { n: 1, m: 1, w: 2, x: 3 })
  expect(['n', 'w', 'x'].map((name) => checked.db.hasWriters(checked.v(name)))).toEqual([false, false, true])
})

it('a value of any type may be anything from outside', () => {
  const { db, v } = analyse(`graph(%x : Tensor, %any : Any):
  %1 : int = prim::Constant[value=1]()
  %t : Tensor = prim::unchecked_cast(%any)
  %w : Tensor = aten::add_(%t, %1, %1)
  return (%1)`)
  expect(db.hasWriters(v('x'))).toBe(true)
})

it('dropout may give its input back', () => {
  const { db, v } = analyse(
    `graph(%x : Tensor, %t : bool):
  %p : float = prim::Constant[value=0.5]()
  %a : Tensor = aten::relu(%x)
  %d : Tensor = aten::dropout(%a, %p, %t)
  %w : Tensor = aten::mul_(%d, %p)
  return (%1)`.replace('return (%1)', 'return (%a)'),
  )
  expect(db.hasWriters(v('a'))).toBe(true)
})

it('constants live on, and are told apart by their storage', () => {
  const graph = parseIR(`graph(%x : Tensor):
  %a : Tensor = prim::Constant[value=<Tensor>]()
  %b : Tensor = prim::Constant[value=<Tensor>]()
  %c : Tensor = prim::Constant[value=<Tensor>]()
  %1 : int = prim::Constant[value=1]()
  %v : Tensor = aten::t(%a)
  %w : Tensor = aten::add_(%v, %1, %1)
  %u : Tensor = aten::add_(%x, %1, %1)
  return (%1)`)
  const storage = {}
  const [a, b, c] = [...graph.nodes()].slice(0, 3).map((node) => node.output)
  for (const value of [a, b]) value.node.setAttribute('value', { kind: 't', value: { storage } })
  const db = new AliasDb(graph)
  expect([a, b, c].map((value) => db.hasWriters(value))).toEqual([true, true, false])
  eliminateDeadCode(graph)
  expect([...graph.nodes()].map((node) => node.kind)).toContain('aten::t') // the write outlives the run
})
