import { parseIR } from '@tsjit/ir'
import { describe, expect, it } from 'vitest'
import { executorFor, gears, runIn } from './support.ts'

const nested = `graph(%n : int, %limit : int):
  %true : bool = prim::Constant[value=1]()
  %0 : int = prim::Constant[value=0]()
  %1 : int = prim::Constant[value=1]()
  %3 : int = prim::Constant[value=3]()
  %total : int, %last : int = prim::Loop(%n, %true, %0, %1)
    block0(%i : int, %sum : int, %previous : int):
      %r : int = aten::remainder(%i, %3)
      %is : bool = aten::eq(%r, %0)
      %next : int = prim::If(%is)
        block0():
          %inner : int = prim::Loop(%i, %true, %sum)
            block0(%k : int, %s : int):
              %s2 : int = aten::add(%s, %k)
              %go : bool = aten::lt(%s2, %limit)
              -> (%go, %s2)
          -> (%inner)
        block1():
          %less : int = aten::sub(%sum, %previous)
          -> (%less)
      -> (%true, %next, %sum)
  %out : (int, int) = prim::TupleConstruct(%total, %last)
  return (%out)
`

/** The same in plain JavaScript. */
function reference(n: number, limit: number): [number, number] {
  let sum = 0
  let previous = 1
  for (let i = 0; i < n; i++) {
    let next = sum
    if (i % 3 === 0) {
      for (let k = 0; k < i; k++) {
        next += k
        if (!(next < limit)) break
      }
    } else next = sum - previous
    ;[sum, previous] = [next, sum]
  }
  return [sum, previous]
}

describe.each(gears)('%s', (gear) => {
  it('runs nested loops and branches, and swaps carried values at once', () => {
    for (const [n, limit] of [
      [0, 5],
      [1, 5],
      [7, 10],
      [40, 1000],
      [40, -5],
    ])
      expect(runIn(gear, nested, [n, limit]).result).toEqual(reference(n, limit))
  })

  it('swaps two carried values', () => {
    const graph = `graph(%n : int, %a : str, %b : str):
  %true : bool = prim::Constant[value=1]()
  %x : str, %y : str = prim::Loop(%n, %true, %a, %b)
    block0(%i : int, %p : str, %q : str):
      -> (%true, %q, %p)
  %out : (str, str) = prim::TupleConstruct(%x, %y)
  return (%out)
`
    expect(runIn(gear, graph, [3, 'a', 'b']).result).toEqual(['b', 'a'])
    expect(runIn(gear, graph, [4, 'a', 'b']).result).toEqual(['a', 'b'])
  })

  it('keeps ints exact beyond 2^53 and wraps at 64 bits', () => {
    const graph = `graph(%n : int, %start : int):
  %true : bool = prim::Constant[value=1]()
  %3 : int = prim::Constant[value=3]()
  %out : int = prim::Loop(%n, %true, %start)
    block0(%i : int, %x : int):
      %y : int = aten::mul(%x, %3)
      %z : int = aten::add(%y, %i)
      -> (%true, %z)
  return (%out)
`
    let wanted = 1n
    for (let i = 0n; i < 60n; i++) {
      wanted = BigInt.asIntN(64, wanted * 3n + i)
      expect(BigInt(runIn(gear, graph, [Number(i) + 1, 1]).result as number)).toBe(wanted)
    }
  })

  it('runs a while loop whose trip count is the largest int', () => {
    const graph = `graph(%x : int):
  %max : int = prim::Constant[value=9223372036854775807]()
  %2 : int = prim::Constant[value=2]()
  %100 : int = prim::Constant[value=100]()
  %first : bool = aten::lt(%x, %100)
  %out : int = prim::Loop(%max, %first, %x)
    block0(%i : int, %y : int):
      %z : int = aten::mul(%y, %2)
      %go : bool = aten::lt(%z, %100)
      -> (%go, %z)
  return (%out)
`
    expect(runIn(gear, graph, [3]).result).toBe(192)
    expect(runIn(gear, graph, [101]).result).toBe(101)
  })

  it('tags ints and floats that become Scalars or Any, and untags them', () => {
    const graph = `graph(%c : bool, %i : int, %f : float):
  %s : Scalar = prim::If(%c)
    block0():
      -> (%i)
    block1():
      -> (%f)
  %sum : Scalar = aten::add(%s, %i)
  %text : str = aten::str(%sum)
  return (%text)
`
    expect(runIn(gear, graph, [true, 2, 2]).result).toBe('4')
    expect(runIn(gear, graph, [false, 2, 2]).result).toBe('4.')
  })

  it('prints as PyTorch prints', () => {
    const graph = `graph(%i : int, %f : float, %s : str, %l : float[], %d : Dict(str, int), %t : (int, bool), %n : int?):
   = prim::Print(%i, %f, %s, %l, %d, %t, %n)
  %out : int = prim::Constant[value=0]()
  return (%out)
`
    expect(runIn(gear, graph, [1, 1, 'a', [1, 0.1], new Map([['k', 2]]), [1, true], null]).printed).toBe(
      '1 1. a [1., 0.10000000000000001] {k: 2} (1, True) None\n',
    )
  })

  it('runs again inside a run of itself', () => {
    const executor = executorFor(gear)
    const graph = parseIR(`graph(%n : int):
  %1 : int = prim::Constant[value=1]()
  %out : int = aten::add(%n, %1)
  return (%out)
`)
    const executable = executor.compile(graph, 'f')
    expect(executor.compile(graph, 'f')).toBe(executable)
    expect(executable.run([executable.run([1])])).toBe(3)
  })
})
