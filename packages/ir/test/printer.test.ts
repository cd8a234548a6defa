import { readdirSync, readFileSync } from 'node:fs'
import {
  BoolType,
  FloatType,
  IntType,
  ListType,
  NoneType,
  OptionalType,
  Source,
  SourceRange,
  StringType,
  TensorType,
  TsjitError,
  TupleType,
} from '@tsjit/types'
import { describe, expect, it } from 'vitest'
import {
  canonicalGraph,
  canonicalText,
  floatText,
  Graph,
  graphToDot,
  parseIR,
  printGraph,
  quotedText,
  tensorText,
  verifyGraph,
} from '../src/index.ts'

const fixtures = new URL('fixtures/', import.meta.url)
const graphs = readdirSync(new URL('graphs/', fixtures)).map(
  (name) => [name, readFileSync(new URL(`graphs/${name}`, fixtures), 'utf8')] as const,
)

describe('graphs that PyTorch printed', () => {
  it.each(graphs)('%s reads and prints the same', (_, text) => {
    expect(printGraph(parseIR(text))).toBe(text)
  })
  it.each(graphs)('%s is valid', (_, text) => {
    verifyGraph(parseIR(text))
  })
  it.each(graphs)('%s copies to the same graph', (_, text) => {
    const copy = parseIR(text).copy()
    verifyGraph(copy)
    // Groups number their values anew, so that canonical names clash: the main graph compares.
    const main = (canonical: string): string => canonical.split('\nwith ')[0]
    expect(main(canonicalGraph(copy))).toBe(main(canonicalText(text)))
  })
  it.each(graphs)('%s: operators have schemas', (_, text) => {
    const missing = [...parseIR(text).nodes()].filter((node) => node.kind.startsWith('aten::') && !node.schema).map((node) => node.kind)
    expect(missing).toEqual([])
  })
})

describe('constants', () => {
  const rows: { dtype: string; shape: number[]; data: string[]; text: string }[] = JSON.parse(
    readFileSync(new URL('tensor-text.json', fixtures), 'utf8'),
  )
  it.each(rows.map((row) => [row.text, row] as const))('tensor %s', (text, { dtype, shape, data }) => {
    const strides = shape.map((_, i) => shape.slice(i + 1).reduce((a, b) => a * b, 1))
    const numbers = data.map((item) => (item === 'True' ? 1 : item === 'False' ? 0 : item === 'inf' ? Infinity : Number(item)))
    expect(tensorText({ dtype, shape, strides, data: () => numbers })).toBe(text)
  })
  it('floats', () => {
    expect([1, -0, 0.1, 1e20, 1e10, 5e-324, 123456789.123, NaN, -Infinity].map(floatText)).toEqual([
      '1.',
      '-0.',
      '0.10000000000000001',
      '1e+20',
      '10000000000',
      '4.9406564584124654e-324',
      '123456789.123',
      'nan',
      '-inf',
    ])
  })
  it('strings beyond ASCII in the octal of PyTorch', () => {
    expect(quotedText('é\x01')).toBe(String.raw`"\0)+\/.)\001"`)
  })
  it('builds what PyTorch prints', () => {
    const graph = new Graph()
    const x = graph.addInput('x', new TensorType('float32', [2, null], undefined, 'cpu', false))
    const range = new SourceRange(new Source('a\n  b + 1\n', 'net.py', 7), 4, 9)
    const one = graph.insertConstant(IntType, { kind: 'i', value: 1 }, range)
    graph.insertConstant(BoolType, { kind: 'i', value: 1 })
    graph.insertConstant(NoneType)
    graph.insertConstant(new ListType(FloatType), { kind: 'ival', value: [1, 2.5] })
    graph.insertConstant(new ListType(IntType), { kind: 'ival', value: [] })
    graph.insertConstant(new TupleType([StringType, new OptionalType(IntType)]), { kind: 'ival', value: ["it's", null] })
    const sum = graph.insert('aten::add', [x, one, one], 1, range).output
    graph.nameValue(sum, 'x')
    graph.registerOutput(sum)
    expect(printGraph(graph)).toBe(`graph(%x.1 : Float(2, *, requires_grad=0, device=cpu)):
  %1 : int = prim::Constant[value=1]() # net.py:8:2
  %2 : bool = prim::Constant[value=1]()
  %3 : NoneType = prim::Constant()
  %4 : float[] = prim::Constant[value=[1., 2.5]]()
  %5 : int[] = prim::Constant[value=annotate(List[int], [])]()
  %6 : (str, int?) = prim::Constant[value=("it\\'s", None)]()
  %x : Tensor = aten::add(%x.1, %1, %1) # net.py:8:2
  return (%x)
`)
    expect(printGraph(graph, { sourceRanges: false })).not.toContain('#')
    expect(printGraph(parseIR(printGraph(graph)))).toBe(printGraph(graph))
  })
})

it('reads and prints constants that hold tensors, objects and empty containers', () => {
  const text = `graph():
  %1 : Tensor?[] = prim::Constant[value=annotate(List[Optional[Tensor]], [None,  0  1 [ CPULongType{2} ]])]()
  %2 : (Float(2, strides=[1], requires_grad=0, device=cpu), Tensor) = prim::Constant[value=( 2  1 [ CPUFloatType{2} ], {3})]()
  %3 : Dict(str, str) = prim::Constant[value=annotate(Dict[str, str],{})]()
  %4 : __torch__.Foo = prim::Constant[value=object(0x559d342b1f50)]()
  %5 : Tensor = prim::Uninitialized() # :0:0
  return (%1, %2, %3, %4, %5)
`
  expect(printGraph(parseIR(text))).toBe(text)
})

describe('names', () => {
  it('the newest value keeps the bare name', () => {
    const graph = new Graph()
    const [a, b, c] = ['x', 'x', 'x.1'].map((name) => graph.addInput(name))
    expect([a, b, c].map((value) => value.debugName)).toEqual(['x.3', 'x', 'x.1'])
    graph.nameValue(a, '12')
    expect(a.debugName).toBe('_12')
    expect(graph.hasName('x.3')).toBe(false)
  })
})

describe('the reader', () => {
  const bad: [string, string, string][] = [
    [
      'an unknown value',
      'graph(%a : int):\n  %b : int = aten::neg(%c)\n  return (%b)',
      "expected a value that is defined above but found '%c)' at line 2, column 23",
    ],
    ['a name taken', 'graph(%a : int):\n  %a : int = aten::neg(%a)\n  return (%a)', 'a name that is not taken yet'],
    ['no return', 'graph(%a : int):\n', 'found the end of the line at line 2'],
    ['more text', 'graph():\n  return ()\nhello', "expected the end of the text but found 'hello' at line 3"],
    ['a bad type', 'graph(%a : 3):\n  return ()', 'expected a type'],
    ['a missing bracket', 'graph(%a : int[):\n  return ()', "expected ','"],
    ['an open string', 'graph():\n  %1 : str = prim::Constant[value="abc]()\n  return ()', 'expected a string'],
  ]
  it.each(bad)('says what it finds: %s', (_, text, message) => {
    expect(() => parseIR(text)).toThrow(message)
    expect(() => parseIR(text)).toThrow(TsjitError)
  })
  it('refuses endless nesting', () => {
    let text = 'graph(%a : bool):\n'
    for (let i = 0; i < 100_000; i++) text += ' = prim::If(%a)\nblock0():\n'
    expect(() => parseIR(text)).toThrow('at most 500 blocks')
  })
})

describe('the verifier', () => {
  const text = `graph(%a : Tensor, %c : bool):
  %x : Tensor = prim::If(%c)
    block0():
      %y : Tensor = aten::relu(%a)
      -> (%y)
    block1():
      -> (%a)
  %z : Tensor = aten::neg(%x)
  return (%z)
`
  const nodes = (graph: Graph) => [...graph.nodes()]
  const cases: [string, (graph: Graph) => void, string][] = [
    ['use before definition', (graph) => nodes(graph)[1].moveBefore(nodes(graph)[0]), 'input 0, %x, is not defined before it'],
    ['use out of scope', (graph) => nodes(graph)[1].replaceInput(0, nodes(graph)[0].blocks[0].outputs[0]), 'is not defined before it'],
    ['a use list', (graph) => (nodes(graph)[0].output.uses as unknown[]).pop(), 'lists 0 uses but 1 inputs'],
    [
      'a stale use',
      (graph) => void ((nodes(graph)[1].inputs as unknown[])[0] = graph.inputs[0]),
      '%x lists a use by aten::neg that has another input there',
    ],
    ['results of a block', (graph) => nodes(graph)[0].blocks[1].registerOutput(graph.inputs[0]), "a block's results: expected 1, found 2"],
    [
      'types of results',
      (graph) => void nodes(graph)[0].blocks[1].returnNode.replaceInput(0, graph.inputs[1]),
      '%c of type bool flows into %x of type Tensor',
    ],
    ['links', (graph) => void (nodes(graph)[1].prev = undefined), 'not linked back'],
    ['names', (graph) => void (nodes(graph)[1].output.debugName = 'x'), 'two values are called %x'],
    ['arity', (graph) => void nodes(graph)[1].addInput(graph.inputs[0]), 'inputs: expected 1, found 2'],
  ]
  it.each(cases)('finds %s', (_, damage, message) => {
    const graph = parseIR(text)
    verifyGraph(graph)
    damage(graph)
    expect(() => verifyGraph(graph, { passesRun: ['dead-code-elimination', 'peephole'] })).toThrow(message)
    expect(() => verifyGraph(graph, { passesRun: ['dead-code-elimination', 'peephole'] })).toThrow(
      'passes run: dead-code-elimination, peephole',
    )
  })
})

it('writes DOT', () => {
  const dot = graphToDot(
    parseIR(
      'graph(%a : Tensor):\n  %s : str = prim::Constant[value="a\\"b"]()\n  %1 : Tensor = aten::relu(%a)\n   = prim::Print(%s, %1)\n  return (%1)',
    ),
  )
  expect(dot).toContain('n0 -> n1 [label="%a : Tensor"]')
  expect(dot).toContain('prim::Print\\n0=\\"a\\\\\\"b\\"')
})
