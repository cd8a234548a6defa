import { parseIR } from '@tsjit/ir'
import { type RuntimeError, Source, SourceRange } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { ScriptError } from '../src/index.ts'
import { gears, runIn } from './support.ts'

const source = new Source('def f(x: List[int]):\n    y = 1\n    return x[10]\n', 'model.py')
const at = (text: string): SourceRange => {
  const start = source.text.indexOf(text)
  return new SourceRange(source, start, start + text.length)
}

describe.each(gears)('%s', (gear) => {
  it('says where an operator failed', () => {
    const graph = parseIR(`graph(%x : int[], %i : int):
  %out : int = aten::__getitem__(%x, %i)
  return (%out)
`)
    for (const node of graph.nodes()) node.sourceRange = at('x[10]')
    const { error } = runIn(gear, graph, [[1], 10])
    expect(error).toBeInstanceOf(ScriptError)
    expect(error!.message).toBe(`The following operation failed in the TorchScript interpreter.
Traceback of TorchScript (most recent call last):
  File "model.py", line 3, in test
def f(x: List[int]):
    y = 1
    return x[10]
           ~~~~~ <--- HERE
RuntimeError: list index out of range`)
    expect((error as RuntimeError).range!.toString()).toBe('model.py:3:11')
    expect((error as RuntimeError).code).toBe('TSJ_LIST_INDEX')
  })

  it('carries the class that the program raised', () => {
    const graph = `graph(%x : int):
  %message : str = prim::Constant[value="no good"]()
  %class : str = prim::Constant[value="builtins.ValueError"]()
   = prim::RaiseException(%message, %class)
  return (%x)
`
    const { error } = runIn(gear, graph, [1])
    expect((error as RuntimeError).pythonClass).toBe('builtins.ValueError')
    expect((error as RuntimeError).reason).toBe('no good')
    expect(error!.message.endsWith('builtins.ValueError: no good')).toBe(true)
  })

  it('names an operator that does not exist when it is reached, not before', () => {
    const graph = `graph(%c : bool, %x : int):
  %out : int = prim::If(%c)
    block0():
      %y : int = nothing::at_all(%x)
      -> (%y)
    block1():
      -> (%x)
  return (%out)
`
    expect(runIn(gear, graph, [false, 1]).result).toBe(1)
    expect((runIn(gear, graph, [true, 1]).error as RuntimeError).code).toBe('TSJ_UNKNOWN_OPERATOR')
  })

  it('refuses division by zero', () => {
    for (const op of ['floordiv', 'remainder']) {
      const graph = `graph(%a : int, %b : int):
  %out : int = aten::${op}(%a, %b)
  return (%out)
`
      expect((runIn(gear, graph, [1, 0]).error as RuntimeError).code).toBe('TSJ_ZERO_DIVISION')
      expect(runIn(gear, graph, [-7, 2]).result).toBe(op === 'floordiv' ? -4 : 1)
    }
  })
})
