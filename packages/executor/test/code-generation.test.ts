import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { parseIR } from '@tsjit/ir'
import { describe, expect, it } from 'vitest'
import { executorFor, runIn } from './support.ts'

describe('generated code', () => {
  it('holds no text of the program', () => {
    const hostile = '`;process.exit(3)//\u2028"\\'
    const graph = parseIR(`graph(%x : str):
  %k : str = prim::Constant[value="placeholder"]()
  %out : str = aten::add(%x, %k)
  return (%out)
`)
    const [constant] = [...graph.nodes()]
    constant.setAttribute('value', { kind: 's', value: hostile })
    const executor = executorFor('codegen')
    const executable = executor.compile(graph, hostile)
    expect(executable.run(['a'])).toBe(`a${hostile}`)
    expect(executable.generatedCode()).not.toContain('process')
  })

  it('writes loops over scalars as loops over local variables', () => {
    const executor = executorFor('codegen')
    const executable = executor.compile(
      parseIR(`graph(%n : int):
  %true : bool = prim::Constant[value=1]()
  %0 : int = prim::Constant[value=0]()
  %7 : int = prim::Constant[value=7]()
  %out : int = prim::Loop(%n, %true, %0)
    block0(%i : int, %s : int):
      %r : int = aten::remainder(%i, %7)
      %t : int = aten::add(%s, %r)
      -> (%true, %t)
  return (%out)
`),
      'f',
    )
    const turns = 3_000_000
    expect(executable.run([turns])).toBe(executable.run([turns]))
    const times = [1, 2, 3].map(() => {
      const start = performance.now()
      executable.run([turns])
      return performance.now() - start
    })
    const nanoseconds = (Math.min(...times) * 1e6) / turns
    // PyTorch's interpreter needs about 140 ns a turn; a call of a function an operator would need more than 20
    expect(nanoseconds).toBeLessThan(20)
    expect(executable.generatedCode()).toContain('for (let')
  })

  it('falls back to the interpreter where code generation is forbidden', () => {
    const script = fileURLToPath(new URL('./fixtures/forbidden-code-generation.ts', import.meta.url))
    const output = execFileSync(
      process.execPath,
      ['--disallow-code-generation-from-strings', '--conditions=tsjit-source', '--import', 'tsx', script],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] },
    )
    expect(output.trim()).toBe('interpreter 42')
  })

  it('agrees with the interpreter on the gear it reports', () => {
    const graph = parseIR('graph(%x : int):\n  return (%x)\n')
    expect(executorFor('codegen').compile(graph, 'f').describe().gear).toBe('codegen')
    expect(executorFor('interpreter').compile(graph, 'f').describe().gear).toBe('interpreter')
    expect(runIn('codegen', graph, [5]).result).toBe(5)
  })
})
