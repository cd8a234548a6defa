import { CompilationUnit, type GraphFunction } from '@tsjit/ir'
import { parseModule } from '@tsjit/parser'
import { Source } from '@tsjit/types'
import { compileFunction } from './compile-function.ts'
import { NativeResolver } from './native-resolver.ts'

/** Operators that PyTorch defines in script, by overloads on the scalar's type: `2 - tensor` is `torch.neg(tensor) + 2`. */
const scalarOperators = (scalar: string): string => `
def mul(a: ${scalar}, b: Tensor) -> Tensor:
  return b * a
def add(a: ${scalar}, b: Tensor) -> Tensor:
  return b + a
def ne(a: ${scalar}, b: Tensor) -> Tensor:
  return b != a
def eq(a: ${scalar}, b: Tensor) -> Tensor:
  return b == a
def sub(a: ${scalar}, b: Tensor) -> Tensor:
  return torch.neg(b) + a
def div(a: ${scalar}, b: Tensor) -> Tensor:
  return torch.reciprocal(b) * a
`
const orderedScalarOperators = (scalar: string): string => `
def lt(a: ${scalar}, b: Tensor) -> Tensor:
  return b > a
def le(a: ${scalar}, b: Tensor) -> Tensor:
  return b >= a
def gt(a: ${scalar}, b: Tensor) -> Tensor:
  return b < a
def ge(a: ${scalar}, b: Tensor) -> Tensor:
  return b <= a
`
const tuples = [
  ['single', 1],
  ['pair', 2],
  ['triple', 3],
  ['quadruple', 4],
] as const
const broadcastLists = (scalar: string): string =>
  tuples.map(([name, length]) => `def _${name}(x: BroadcastingList${length}[${scalar}]) -> List[${scalar}]:\n  return x\n`).join('')
const floorDivide = (right: string): string => `
def floordiv(self: Tensor, other: ${right}) -> Tensor:
  return torch.floor_divide(self, other)
`
const tensorProperties = `
def ndim(a: Tensor) -> int:
  return a.dim()
def T(a: Tensor) -> Tensor:
  return a.numpy_T()
def H(a: Tensor) -> Tensor:
  return a.matrix_H()
def shape(a: Tensor) -> List[int]:
  return a.size()
`
const helpers = `
def __contains__(self: str, key: str) -> bool:
  missing = -1
  return self.find(key, end=len(self)) != missing
def list_with_default(out_size: List[int], defaults: List[int]) -> List[int]:
  assert len(defaults) > len(out_size)
  return out_size
def _assert(condition: bool, message: str) -> None:
  assert condition, message
def _assert(condition: Tensor, message: str) -> None:
  assert bool(condition), message
def _check(condition: bool) -> None:
  assert condition
def _check(condition: bool, message: str) -> None:
  assert condition, message
def type(self: Tensor, dtype: int, non_blocking: bool=False, copy: bool=False) -> Tensor:
  return self.to(dtype, non_blocking, copy)
`

const sources: readonly (readonly [namespace: string, text: string])[] = [
  ...['float', 'int', 'complex'].map((scalar) => ['aten', scalarOperators(scalar)] as const),
  ...['float', 'int'].map((scalar) => ['aten', orderedScalarOperators(scalar)] as const),
  ...['float', 'int'].map((scalar) => ['aten', broadcastLists(scalar)] as const),
  ...['number', 'Tensor'].map((right) => ['aten', floorDivide(right)] as const),
  ['aten', helpers],
  ['prim', tensorProperties],
]

/** The definitions of each operator, which are compiled when a call first names it. */
let texts: Map<string, string[]> | undefined
const functions = new Map<string, readonly GraphFunction[]>()
let compiling = false
const none: readonly GraphFunction[] = []

/** The scripted overloads of an operator. While some are compiled themselves there are none. */
export function builtinFunctionsFor(symbol: string): readonly GraphFunction[] {
  const known = functions.get(symbol)
  if (known) return known
  const definitions = (texts ??= definitionsBySymbol()).get(symbol)
  if (!definitions || compiling) return none
  compiling = true
  try {
    const compiled = definitions.map(compile)
    functions.set(symbol, compiled)
    return compiled
  } finally {
    compiling = false
  }
}

function definitionsBySymbol(): Map<string, string[]> {
  const table = new Map<string, string[]>()
  for (const [namespace, text] of sources) {
    for (const definition of text.trim().split(/^(?=def )/m)) {
      const symbol = `${namespace}::${definition.slice('def '.length, definition.indexOf('('))}`
      const list = table.get(symbol)
      if (list) list.push(definition)
      else table.set(symbol, [definition])
    }
  }
  return table
}

const unit = new CompilationUnit()
const resolver = new NativeResolver()

function compile(text: string): GraphFunction {
  const [definition] = parseModule(new Source(text, '<builtin>')).body
  if (definition?.type !== 'FunctionDef') throw new Error(`a builtin function does not parse: ${text}`)
  return compileFunction(unit, definition, { name: definition.name, resolver })
}
