import { CompilationUnit } from '@tsjit/ir'
import {
  BoolType,
  type ClassType,
  type EnumType,
  FloatType,
  IntType,
  ListType,
  OptionalType,
  Source,
  TensorT,
  type TupleType,
} from '@tsjit/types'
import { describe, expect, test } from 'vitest'
import { type ConstantEntry, SourceImporter } from '../src/index.ts'
import { canonical, fixture, normalized } from './canonical.ts'

interface Recorded {
  readonly name: string
  readonly version: number
  readonly code: Readonly<Record<string, string>>
  readonly constants: number
  readonly functions: Readonly<Record<string, string>>
}

function importer(code: Readonly<Record<string, string>>, version = 10, constants: readonly ConstantEntry[] = []): SourceImporter {
  const loadSource = (qualifier: string): Source | undefined => {
    const path = `${qualifier.replaceAll('.', '/')}.py`
    return code[path] === undefined ? undefined : new Source(code[path], `code/${path}`)
  }
  return new SourceImporter({ unit: new CompilationUnit(), loadSource, constants, version })
}

describe('functions of archives compile to the graphs of PyTorch', () => {
  for (const { name, version, code, constants, functions } of JSON.parse(fixture('archives.json')) as Recorded[]) {
    const entries = Array.from({ length: constants }, () => ({ type: TensorT, value: {} }))
    const { unit } = importer(code, version, entries)
    test.each(Object.entries(functions))(`${name}: %s`, (qualifiedName, graph) => {
      unit.class(qualifiedName.slice(0, qualifiedName.lastIndexOf('.')))
      const fn = unit.function(qualifiedName)
      expect(fn).toBeDefined()
      expect(canonical(fn!.graph)).toBe(normalized(graph))
    })
  }
})

const program = `op_version_set = 1
import __torch__.other
class Net(Module):
  __parameters__ = ["weight", ]
  __buffers__ = ["mean", ]
  weight : Tensor
  mean : Tensor
  training : bool
  steps : Final[int] = 3
  names : Final[List[str]] = ["a", "b"]
  __annotations__ = []
  __annotations__["0"] = __torch__.Child
  limit : Optional[float]
  def forward(self: __torch__.Net,
    x: Tensor,
    scale: Tensor=CONSTANTS.c1,
    sizes: List[int]=[1, 2]) -> Tensor:
    child = getattr(self, "0")
    return torch.add((child).forward(x, ), CONSTANTS.c0)
class Child(Module):
  __parameters__ = []
  __buffers__ = []
  def forward(self: __torch__.Child, x: Tensor) -> Tensor:
    return x
class Point(NamedTuple):
  x : int
  y : float = 2.0
class Color(Enum):
  RED = 1
  GREEN = 2
class Shape(Interface):
  def area(self, n: int) -> float:
    pass
def broken(x: Tensor) -> Tensor:
  return torch.nonsense(x)
`

describe('what an archive defines', () => {
  const tensors = [{ id: 'c0' }, { id: 'c1' }]
  const { unit } = importer(
    { '__torch__.py': program },
    3,
    tensors.map((value) => ({ type: TensorT, value })),
  )

  test('attributes in order, parameters, buffers and constants', () => {
    const net = unit.class('__torch__.Net')!
    expect(net.isModule).toBe(true)
    expect(net.attributes.map(({ name, isParameter, isBuffer }) => [name, isParameter, isBuffer])).toEqual([
      ['weight', true, false],
      ['mean', false, true],
      ['training', false, false],
      ['0', false, false],
      ['limit', false, false],
    ])
    expect(net.attribute('0')!.type).toBe(unit.class('__torch__.Child'))
    expect(net.attribute('training')!.type).toBe(BoolType)
    expect(net.attribute('limit')!.type).toEqual(new OptionalType(FloatType))
    expect(net.constants.get('steps')).toEqual({ type: IntType, value: 3 })
    expect(net.constants.get('names')!.value).toEqual(['a', 'b'])
  })
  test('defaults of parameters, from the constant table too', () => {
    const { schema } = unit.class('__torch__.Net')!.methods.get('forward')!
    expect(schema.args.map(({ name, hasDefault, defaultValue }) => [name, hasDefault, defaultValue])).toEqual([
      ['self', false, undefined],
      ['x', false, undefined],
      ['scale', true, tensors[1]],
      ['sizes', true, [1, 2]],
    ])
  })
  test('constants are put into graphs as they are', () => {
    const constants = [...unit.function('__torch__.Net.forward')!.graph.nodes()].filter(({ kind }) => kind === 'prim::Constant')
    expect(constants.map((node) => node.attribute('value', 't')).filter(Boolean)).toEqual([tensors[0]])
  })
  test('named tuples, enums and interfaces', () => {
    const point = unit.type('__torch__.Point') as TupleType
    expect([point.fields, point.elements, point.defaults]).toEqual([['x', 'y'], [IntType, FloatType], [2]])
    expect((unit.type('__torch__.Color') as EnumType).members).toEqual([
      ['RED', 1],
      ['GREEN', 2],
    ])
    const shape = unit.type('__torch__.Shape') as unknown as ClassType
    expect([...shape.methods.keys()]).toEqual(['area'])
  })
  test('bodies are compiled on first use: a broken one harms nobody else', () => {
    const broken = unit.function('__torch__.broken')!
    expect(broken.isCompiled).toBe(false)
    expect(() => broken.graph).toThrow(
      expect.objectContaining({ code: 'TSJ_UNKNOWN_OPERATOR', message: expect.stringContaining('code/__torch__.py') }),
    )
  })
  test('classes that extensions bind are passed around by name', () => {
    expect(unit.class('__torch__.torch.classes.quantized.LinearPackedParamsBase')?.name).toBe(
      '__torch__.torch.classes.quantized.LinearPackedParamsBase',
    )
  })
  test('what is not there', () => {
    expect(unit.class('__torch__.Nothing')).toBeUndefined()
    expect(unit.function('__torch__.nowhere.f')).toBeUndefined()
  })
})

describe('code that PyTorch would not have written', () => {
  const errorOf = (text: string, ask: (unit: CompilationUnit) => unknown): unknown => {
    try {
      return ask(importer({ '__torch__.py': text }).unit)
    } catch (error) {
      return error
    }
  }
  test.each([
    ['a statement between classes', 'x + 1\n', (u: CompilationUnit) => u.class('__torch__.A'), 'Unexpected statement in code import'],
    ['inheritance', 'class A(B):\n  x : int\n', (u: CompilationUnit) => u.class('__torch__.A'), 'does not support class inheritance'],
    ['an unknown type', 'class A(Module):\n  x : Foo\n', (u: CompilationUnit) => u.class('__torch__.A'), "Unknown type name 'Foo'"],
    [
      'a constant that is not there',
      'def f() -> Tensor:\n  return CONSTANTS.c7\n',
      (u: CompilationUnit) => u.function('__torch__.f')!.graph,
      'constant index 7 is out of bounds',
    ],
    [
      'a constant that is none',
      'def f() -> Tensor:\n  return CONSTANTS.x\n',
      (u: CompilationUnit) => u.function('__torch__.f')!.graph,
      'invalid constant specifier: x',
    ],
    ['an empty enum', 'class A(Enum):\n  pass\n', (u: CompilationUnit) => u.type('__torch__.A'), 'only enum attribute definitions'],
    [
      'a hook that is not defined',
      'class A(Module):\n  __forward_hooks__ = ["h", ]\n  x : int\n',
      (u: CompilationUnit) => u.class('__torch__.A'),
      "hook 'h' of class __torch__.A is not defined",
    ],
  ])('%s', (_, text, ask, reason) => {
    expect(errorOf(text, ask)).toMatchObject({ reason: expect.stringContaining(reason), code: expect.stringMatching(/^TSJ_/) })
  })
  test('lists of ints in the constant table are lists', () => {
    const { unit } = importer({ '__torch__.py': 'def f() -> List[int]:\n  return CONSTANTS.c0\n' }, 3, [
      { type: new ListType(IntType), value: [1, 2] },
    ])
    expect(canonical(unit.function('__torch__.f')!.graph)).toContain('int[] = prim::Constant[value=[1, 2]]()')
  })
})
