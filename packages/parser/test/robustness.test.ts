import { CompileError, Source } from '@tsjit/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Expression, maxNesting, parseExpression, parseModule } from '../src/index.ts'

const words = [
  'x',
  'y',
  'self',
  'def',
  'class',
  'if',
  'elif',
  'else',
  'for',
  'in',
  'not',
  'is',
  'and',
  'or',
  'while',
  'with',
  'as',
  'try',
  'except',
  'lambda',
  'return',
  'pass',
  'del',
  'import',
  'from',
  'yield',
  'await',
  'async',
  'match',
  'case',
  'type',
  'None',
  'True',
  'global',
  'raise',
  'assert',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  ';',
  '.',
  '...',
  '->',
  '@',
  '=',
  ':=',
  '+',
  '-',
  '*',
  '**',
  '/',
  '//',
  '%',
  '<',
  '>',
  '==',
  '!=',
  '<<',
  '>>=',
  '|',
  '&',
  '^',
  '~',
  '+=',
  '1',
  '0x1f',
  '1.5',
  '2j',
  '012',
  '9007199254740993',
  '"s"',
  "'",
  '"',
  '"""',
  "f'{x",
  "f'{x!r:>{w}}'",
  "}'",
  'rb"x"',
  '\\',
  '\\\n',
  '\n',
  '\n  ',
  '\n    ',
  '\n\t',
  '# type: int',
  '# type: (int) -> int',
  '#',
  '$',
  'é',
  '😀',
  '\0',
  '\r',
  '\f',
  '\ufeff',
  '\ud800',
]

function parses(text: string): boolean {
  const source = new Source(text, 'soup.py')
  try {
    const module = parseModule(source)
    checkRanges(module.body, 0, text.length)
    return true
  } catch (error) {
    expect(error).toBeInstanceOf(CompileError)
    const { code, range } = error as CompileError
    expect(code).toMatch(/^TSJ_PARSE_[A-Z_]+$/)
    expect(range!.start).toBeGreaterThanOrEqual(0)
    expect(range!.end).toBeGreaterThanOrEqual(range!.start)
    expect(range!.end).toBeLessThanOrEqual(text.length)
    return false
  }
}

/** Every node lies within the source, and the parts of a node within it (decorators and type comments aside, which stand outside). */
function checkRanges(value: unknown, start: number, end: number): void {
  if (Array.isArray(value)) {
    for (const child of value) checkRanges(child, start, end)
    return
  }
  if (typeof value !== 'object' || value === null) return
  const { range } = value as { range?: { start: number; end: number } }
  if (range) {
    expect(range.start).toBeGreaterThanOrEqual(start)
    expect(range.end).toBeLessThanOrEqual(end)
    expect(range.end).toBeGreaterThanOrEqual(range.start)
  }
  for (const [key, child] of Object.entries(value)) {
    if (key === 'range' || key.endsWith('Range') || key === 'typeComment' || key === 'decorators') continue
    // the range of a comparison in a chain is that of its operator
    if (range && key !== 'right') checkRanges(child, range.start, range.end)
    else checkRanges(child, start, end)
  }
}

describe('any input', () => {
  it('of tokens gives a tree or a CompileError', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 40 }), fc.constantFrom('', ' '), (tokens, separator) => {
        parses(tokens.join(separator))
      }),
      { numRuns: 3000 },
    )
  })

  it('of characters gives a tree or a CompileError', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => void parses(text)),
      { numRuns: 2000 },
    )
  })

  it('cut off or damaged gives a tree or a CompileError', () => {
    const program =
      'class A(Module):\n  x : int = 1\n  def f(self, x: Tensor=f"{y!r:>{w}}") -> List[int]:\n    return [i for i in x[1:, ::2] if not i][-1]  # type: int\n'
    expect(parses(program)).toBe(true)
    for (let i = 0; i < program.length; i++) parses(program.slice(0, i))
    fc.assert(
      fc.property(fc.nat(program.length), fc.nat(10), fc.constantFrom(...words), (at, remove, word) => {
        parses(program.slice(0, at) + word + program.slice(at + remove))
      }),
      { numRuns: 1000 },
    )
  })
})

const nested: Record<string, (depth: number) => string> = {
  parentheses: (n) => `${'('.repeat(n)}x${')'.repeat(n)}`,
  tuples: (n) => `${'('.repeat(n)}x${',)'.repeat(n)}`,
  lists: (n) => `${'['.repeat(n)}x${']'.repeat(n)}`,
  'starred lists': (n) => `${'[*'.repeat(n)}x${']'.repeat(n)}`,
  dicts: (n) => `${'{1:'.repeat(n)}x${'}'.repeat(n)}`,
  'unpacked dicts': (n) => `${'{**'.repeat(n)}x${'}'.repeat(n)}`,
  calls: (n) => `${'f('.repeat(n)}x${')'.repeat(n)}`,
  'keyword arguments': (n) => `${'f(a='.repeat(n)}x${')'.repeat(n)}`,
  subscripts: (n) => `${'x['.repeat(n)}x${']'.repeat(n)}`,
  slices: (n) => `${'x[:'.repeat(n)}x${']'.repeat(n)}`,
  conditionals: (n) => `${'a if b else '.repeat(n)}x`,
  'conditions of conditionals': (n) => `${'a if ('.repeat(n)}x${') else b'.repeat(n)}`,
  lambdas: (n) => `${'lambda: '.repeat(n)}x`,
  'defaults of lambdas': (n) => `${'lambda x='.repeat(n)}x${': 1'.repeat(n)}`,
  comprehensions: (n) => `${'[x for x in '.repeat(n)}x${']'.repeat(n)}`,
  generators: (n) => `${'f(x for x in '.repeat(n)}x${')'.repeat(n)}`,
  targets: (n) => `[1 for ${'('.repeat(n)}x${',)'.repeat(n)} in x]`,
  walruses: (n) => `${'(x := '.repeat(n)}x${')'.repeat(n)}`,
  yields: (n) => `${'(yield '.repeat(n)}x${')'.repeat(n)}`,
  awaits: (n) => `${'await ('.repeat(n)}x${')'.repeat(n)}`,
  negations: (n) => `${'-'.repeat(n)}x`,
  nots: (n) => `${'not '.repeat(n)}x`,
  powers: (n) => `${'x ** '.repeat(n)}x`,
}

describe('deep nesting', () => {
  it.each(Object.keys(nested))('of %s parses 400 deep and is refused beyond the limit', (form) => {
    expect(() => parseExpression(new Source(nested[form](400), 'deep.py'))).not.toThrow()
    for (const depth of [maxNesting + 2, 100_000]) {
      expect(() => parseExpression(new Source(nested[form](depth), 'deep.py'))).toThrow(
        expect.objectContaining({ name: 'CompileError', code: 'TSJ_PARSE_TOO_DEEP' }),
      )
    }
  })

  const blocks = (n: number, header: string): string =>
    `${Array.from({ length: n }, (_, i) => `${' '.repeat(i)}${header}:\n`).join('')}${' '.repeat(n)}pass\n`

  it.each(['if x', 'for x in y', 'while x', 'with x', 'def f(x)', 'class A', 'else'])('of blocks of %s', (header) => {
    const text = (n: number) =>
      header === 'else'
        ? blocks(n, 'while x').replaceAll(/^( *)while x:\n(?= *while x:\n)/gm, '$1while x: pass\n$1else:\n')
        : blocks(n, header)
    expect(() => parseModule(new Source(text(400), 'deep.py'))).not.toThrow()
    expect(() => parseModule(new Source(text(maxNesting + 2), 'deep.py'))).toThrow(expect.objectContaining({ code: 'TSJ_PARSE_TOO_DEEP' }))
  })

  it('of f-strings', () => {
    const text = (n: number) => `${"f'{".repeat(n)}x${"}'".repeat(n)}`
    expect(() => parseExpression(new Source(text(10), 'deep.py'))).not.toThrow()
    expect(() => parseExpression(new Source(text(50_000), 'deep.py'))).toThrow('f-string: nested too deeply')
    const specs = (n: number) => `f'${'{x:'.repeat(n)}y${'}'.repeat(n)}'`
    expect(() => parseExpression(new Source(specs(10), 'deep.py'))).not.toThrow()
    expect(() => parseExpression(new Source(specs(50_000), 'deep.py'))).toThrow('f-string: nested too deeply')
  })

  it('is refused where the caller left no stack', () => {
    const source = new Source(nested.generators(700), 'deep.py')
    const deeper = (): unknown => {
      try {
        return deeper()
      } catch (error) {
        if (error instanceof CompileError) throw error
        return parseExpression(source)
      }
    }
    // somewhere on the way back up there is enough stack to start parsing, but not to finish
    expect(deeper).toThrow(expect.objectContaining({ code: 'TSJ_PARSE_TOO_DEEP' }))
  })
})

describe('long programs', () => {
  it('parse chains of 50,000 operators', () => {
    for (const operator of ['+', '*', '|', 'and', 'or', '<', 'not in']) {
      const tree = parseExpression(new Source(Array.from({ length: 50_000 }, (_, i) => `x${i}`).join(` ${operator} `), 'long.py'))
      let depth = 0
      let node: Expression = tree
      while (node.type === 'Binary' || node.type === 'BoolOp') {
        depth++
        node = node.left
      }
      expect(tree.type === 'Compare' ? tree.rest.length : depth).toBe(49_999)
    }
  })

  it('parse chains of 50,000 attributes, calls, elifs, elements, targets and joined strings', () => {
    const n = 50_000
    for (const text of [
      `x${'.y'.repeat(n)}`,
      `x${'(1)'.repeat(n)}`,
      `x${'[1]'.repeat(n)}`,
      `if a: b\n${'elif a: b\n'.repeat(n)}`,
      `[${'1, '.repeat(n)}]`,
      `f(${Array.from({ length: n }, (_, i) => `a${i}=1`).join(', ')})`,
      `def f(${Array.from({ length: n }, (_, i) => `a${i}`).join(', ')}): pass`,
      `${'x = '.repeat(n)}1`,
      `${'"s" '.repeat(n)}`,
      `f"${'{x}'.repeat(n)}"`,
      `${'x;'.repeat(n)}`,
      `${'\\\n'.repeat(n)}x`,
      `${'\n'.repeat(n)}x`,
      `${'@d\n'.repeat(n)}def f(): pass`,
      `[${'for x in y '.repeat(n).replace('for', '1 for')}]`,
      `try: x\n${'except: x\n'.repeat(n)}`,
      `"${'\\n'.repeat(n)}"`,
      `await ${'await '.repeat(n)}x`,
    ]) {
      expect(() => parseModule(new Source(text, 'long.py'))).not.toThrow()
    }
  })

  it('take time in proportion to their length', () => {
    const program = (lines: number) => new Source('x = torch.add(a, b, alpha=1)\n'.repeat(lines), 'long.py')
    const time = (source: Source): number => {
      let best = Infinity
      for (let i = 0; i < 5; i++) {
        const start = performance.now()
        parseModule(source)
        best = Math.min(best, performance.now() - start)
      }
      return best
    }
    const small = time(program(5_000))
    // a quadratic parser would take 64 times as long
    expect(time(program(40_000))).toBeLessThan(Math.max(small, 2) * 8 * 4)
  })
})
