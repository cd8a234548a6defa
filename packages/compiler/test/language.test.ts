import { CompilationUnit, type GraphFunction } from '@tsjit/ir'
import { type FunctionDef, parseModule } from '@tsjit/parser'
import { CompileError, Source, TsjitError } from '@tsjit/types'
import { describe, expect, test } from 'vitest'
import { compileFunction, ExceptionValue, FunctionValue, NativeResolver, type SugaredValue } from '../src/index.ts'
import { canonical, fixture, normalized } from './canonical.ts'

interface Recorded {
  readonly name: string
  readonly graph?: string
  readonly returns?: string
  readonly error?: string
}

/** Knows Python's exception classes, as the frontend for scripted source will. */
class TestResolver extends NativeResolver {
  override resolveValue(name: string): SugaredValue | undefined {
    return name.endsWith('Error') ? new ExceptionValue(name, `builtins.${name}`) : super.resolveValue(name)
  }
}

const resolver = new TestResolver()
const definitions = (text: string): FunctionDef[] =>
  parseModule(new Source(text, 'program.py')).body.filter((statement) => statement.type === 'FunctionDef')
const byName = new Map(definitions(fixture('language.py')).map((def) => [def.name, def]))
const recorded = JSON.parse(fixture('language.json')) as Recorded[]
const compile = (def: FunctionDef): GraphFunction => compileFunction(new CompilationUnit(), def, { name: def.name, resolver })

describe('graphs are those of PyTorch', () => {
  test.each(recorded.filter(({ graph }) => graph !== undefined))('$name', ({ name, graph }) => {
    expect(canonical(compile(byName.get(name)!).graph)).toBe(normalized(graph!))
  })
})

function errorOf(def: FunctionDef): TsjitError {
  try {
    void compile(def).graph
  } catch (error) {
    if (error instanceof TsjitError) return error
    throw error
  }
  throw new Error(`${def.name} compiled`)
}

describe('errors are those of PyTorch', () => {
  // Attributes of `torch` are Python's there and operators here.
  const own = new Set(['error_unknown_op', 'error_close_op'])
  test.each(recorded.filter(({ name, error }) => error !== undefined && !own.has(name)))('$name', ({ name, error }) => {
    const found = errorOf(byName.get(name)!)
    expect(found).toBeInstanceOf(CompileError)
    expect(found.reason.split(/:?\n? +File "/)[0].trim()).toBe(error)
    expect(found.message).toContain('<--- HERE')
  })
  test('an unknown operator is named, with close names', () => {
    expect(errorOf(byName.get('error_unknown_op')!)).toMatchObject({
      code: 'TSJ_UNKNOWN_OPERATOR',
      reason: expect.stringContaining('Unknown builtin op: aten::no_such_operator.\nCould not find any similar ops'),
    })
    expect(errorOf(byName.get('error_close_op')!).reason).toContain('\taten::relu\n')
  })
})

const single = (text: string): FunctionDef => definitions(text)[0]

describe('what is refused', () => {
  test.each([
    ['break outside a loop', 'def f(n: int):\n  break\n', 'TSJ_SYNTAX_USE', "SyntaxError: 'break' outside loop"],
    ['lambda', 'def f(n: int):\n  g = lambda x: x\n  return n\n', 'TSJ_UNSUPPORTED', 'lambda expressions are not supported'],
    ['try', 'def f(n: int):\n  try:\n    n = 1\n  except:\n    n = 2\n  return n\n', 'TSJ_UNSUPPORTED', 'try statements are not supported'],
    ['sets', 'def f(n: int):\n  return {n}\n', 'TSJ_UNSUPPORTED', 'sets are not supported'],
    ['varargs', 'def f(*n: int):\n  return n\n', 'TSJ_UNSUPPORTED', "Compiled functions can't take variable number of arguments"],
  ])('%s', (_, text, code, reason) => {
    let error: unknown
    try {
      void compile(single(text)).graph
    } catch (caught) {
      error = caught
    }
    expect(error).toMatchObject({ code, reason: expect.stringContaining(reason) })
  })
})

describe('size', () => {
  const nested = (head: (i: number) => string, depth: number, body: string): string => {
    const lines = Array.from({ length: depth }, (_, i) => `${' '.repeat(i + 2)}${head(i)}\n`).join('')
    return `def f(x: int):\n  y = 0\n${lines}${' '.repeat(depth + 2)}${body}\n  return y\n`
  }
  const depth = 400
  test.each([
    ['parentheses', `def f(x: int):\n  return ${'('.repeat(depth)}x${' + 1)'.repeat(depth)}\n`],
    ['calls', `def f(x: Tensor):\n  return ${'torch.relu('.repeat(depth)}x${')'.repeat(depth)}\n`],
    ['methods', `def f(x: Tensor):\n  return x${'.relu()'.repeat(depth)}\n`],
    ['ifs', nested((i) => `if x > ${i}:`, depth, 'y = 1')],
    ['loops', nested((i) => `for i${i} in range(x):`, depth, 'y += 1')],
    ['returns', nested((i) => `if x > ${i}:`, depth, 'return 1')],
    ['breaks', nested((i) => `for i${i} in range(x):`, depth, 'break')],
  ])('%s nest 400 deep', (_, text) => {
    expect(() => compile(single(text)).graph).not.toThrow()
  })
  test('a long sum needs no stack', () => {
    const text = `def f(x: Tensor):\n  return ${new Array(5000).fill('x').join(' + ')}\n`
    expect([...compile(single(text)).graph.nodes()].filter(({ kind }) => kind === 'aten::add')).toHaveLength(4999)
  })
  test('time grows with the number of lines', () => {
    const time = (lines: number): number => {
      const body = Array.from({ length: lines }, (_, i) => `  x = torch.add(torch.relu(x), ${i % 97})\n`).join('')
      const def = single(`def f(x: Tensor):\n${body}  return x\n`)
      const start = performance.now()
      void compile(def).graph
      return performance.now() - start
    }
    time(1000)
    const small = time(2500)
    expect(time(20_000)).toBeLessThan(small * 8 * 6)
  })
  test('nesting beyond the stack is an error', () => {
    const text = `def f(x: int):\n${Array.from({ length: 10_000 }, (_, i) => `  if x == ${i}:\n    return ${i}\n`).join('')}  return 5\n`
    expect(() => compile(single(text)).graph).toThrow(expect.objectContaining({ code: 'TSJ_NESTING' }))
  })
})

test('recursion is refused where the result has to be inferred', () => {
  const unit = new CompilationUnit()
  const def = single('def f(n: int):\n  return g(n)\n')
  class Recursive extends NativeResolver {
    override resolveValue(name: string): SugaredValue | undefined {
      return name === 'g' ? new FunctionValue(fn) : super.resolveValue(name)
    }
  }
  const fn: GraphFunction = compileFunction(unit, def, { name: 'f', resolver: new Recursive() })
  expect(() => fn.graph).toThrow(expect.objectContaining({ code: 'TSJ_RECURSIVE_FUNCTION' }))
})
