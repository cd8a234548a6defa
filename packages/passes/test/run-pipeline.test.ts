import { findSchema, type Graph, Graph as GraphClass, parseIR, type Value, verifyGraph } from '@tsjit/ir'
import { BoolType, IntType, TensorT, TupleType } from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import { executionPipeline, type PassContext, type Pipeline, passDebuggingFromEnvironment, runPipeline } from '../src/index.ts'

const graph = (): Graph => parseIR('graph(%x : Tensor):\n  %y : Tensor = aten::neg(%x)\n  return (%x)')
const rename = (name: string): Pipeline[number] => ({ name, run: (g) => g.nameValue(g.inputs[0], name) })

describe('runPipeline', () => {
  it('prints the graph before and after the passes asked for', () => {
    const lines: string[] = []
    runPipeline(graph(), [rename('a'), rename('b')], { name: 'f', log: (text) => lines.push(text), debug: { log: ['b'] } })
    expect(lines.map((text) => text.split('\n').slice(0, 2).join('|'))).toEqual([
      '--- b: before of f|graph(%a : Tensor):',
      '--- b: after of f|graph(%b : Tensor):',
    ])
  })
  it('stops after as many passes as the limit says, over all pipelines of a context', () => {
    const context: PassContext = { passesRun: [], debug: { limit: 3 } }
    const first = graph()
    runPipeline(first, [rename('a'), rename('b')], context)
    const second = graph()
    expect(runPipeline(second, [rename('c'), rename('d')], context)).toEqual(['c'])
    expect(second.inputs[0].debugName).toBe('c')
  })
  it('names the passes run when one breaks the graph', () => {
    const breaks: Pipeline[number] = { name: 'breaker', run: (g) => void (g.block.returnNode.inputs as unknown[]).pop() }
    expect(() => runPipeline(graph(), [rename('a'), breaks, rename('c')], { debug: { verify: true } })).toThrow(
      /lists a use by prim::Return that has another input there; passes run: a, breaker/,
    )
    expect(() => runPipeline(graph(), [rename('a'), breaks, rename('c')], { debug: {} })).not.toThrow()
  })
  it('asks the environment where the context says nothing', () => {
    const names = ['TSJIT_LOG', 'TSJIT_VERIFY', 'TSJIT_PASS_LIMIT']
    const saved = names.map((name) => process.env[name])
    try {
      Object.assign(process.env, { TSJIT_LOG: 'b, peephole', TSJIT_VERIFY: '1', TSJIT_PASS_LIMIT: '1' })
      expect(passDebuggingFromEnvironment()).toEqual({ log: ['b', 'peephole'], verify: true, limit: 1 })
      expect(runPipeline(graph(), [rename('a'), rename('b')], {})).toEqual(['a'])
      const breaks: Pipeline[number] = { name: 'breaker', run: (g) => void (g.block.returnNode.inputs as unknown[]).pop() }
      expect(() => runPipeline(graph(), [breaks], {})).toThrow(/passes run: breaker/)
      for (const name of names) delete process.env[name]
      expect(passDebuggingFromEnvironment()).toEqual({ log: [], verify: false })
    } finally {
      names.forEach((name, i) => {
        if (saved[i] === undefined) delete process.env[name]
        else process.env[name] = saved[i]
      })
    }
  })
  it('leaves out steps that do not apply', () => {
    const skipped: Pipeline[number] = { name: 'no', when: () => false, run: () => expect.fail() }
    expect(runPipeline(graph(), [skipped, rename('a')], { debug: {} })).toEqual(['a'])
  })
})

describe('graphs of 50,000 nodes', () => {
  /** A long chain with shared constants, branches, lists and writes. */
  function large(count: number): Graph {
    const result = new GraphClass()
    const x = result.addInput('x', TensorT)
    const c = result.addInput('c', BoolType)
    let value: Value = x
    for (let i = 0; i < count / 12; i++) {
      const one = result.insertConstant(IntType, { kind: 'i', value: i % 7 })
      const sum = result.insert('aten::add', [value, x, one]).output
      const same = result.insert('aten::add', [value, x, one]).output
      const branch = result.insert('prim::If', [c], [TensorT])
      result.withInsertPoint(branch.addBlock(), () => branch.blocks[0].registerOutput(result.insert('aten::relu', [sum]).output))
      result.withInsertPoint(branch.addBlock(), () => branch.blocks[1].registerOutput(same))
      result.insert('aten::neg', [sum])
      const fresh = result.insert('aten::mul', [branch.output, sum]).output
      result.insert('aten::add_', [fresh, one, one])
      const tuple = result.insert('prim::TupleConstruct', [fresh, sum], [new TupleType([TensorT, TensorT])]).output
      const parts = result.insert('prim::TupleUnpack', [tuple], 2).outputs
      value = result.insert('aten::mul', [parts[0], same]).output
    }
    result.registerOutput(value)
    for (const node of result.nodes())
      for (const each of [node, ...node.blocks.flatMap((block) => [...block.nodes()])]) each.schema = findSchema(each)
    return result
  }

  it('go through the pipeline in about linear time', () => {
    const time = (count: number): number => {
      const g = large(count)
      const start = performance.now()
      runPipeline(g, executionPipeline, { debug: {} })
      const taken = performance.now() - start
      verifyGraph(g)
      return taken
    }
    time(5000)
    const small = Math.max(time(10_000), 20)
    const big = time(50_000)
    expect(big / small).toBeLessThan(20) // linear is 5, quadratic 25; timers and the collector need room
    expect(big).toBeLessThan(20_000)
  })
})
