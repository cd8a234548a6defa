/** Programs of any size, in kinds that a compiler may be slow at. For the benchmark of the compiler and the tests of its limits. */

export interface ProgramKind {
  readonly name: string
  readonly what: string
  /** The text of about `lines` lines; `f` is the function to call, with a tensor and an int. */
  readonly source: (lines: number) => string
}

const head = 'def f(x, n: int):'

/** One function whose body repeats the lines that `part` gives for 0, 1, 2, … */
export function oneFunction(lines: number, part: (i: number) => readonly string[], start: readonly string[] = [], result = 'x'): string {
  const body = [...start]
  for (let i = 0; body.length < lines - 2; i++) body.push(...part(i))
  return `${[head, ...body.map((line) => `    ${line}`), `    return ${result}`].join('\n')}\n`
}

export const largePrograms: readonly ProgramKind[] = [
  {
    name: 'arithmetic',
    what: 'assignments of tensors and ints',
    source: (lines) =>
      oneFunction(lines, (i) => [`a${i} = x + ${i}`, `n = n + ${i % 7}`, 'x = torch.relu(x) * n', `y = a${i} - x.mean(0, keepdim=True)`]),
  },
  {
    name: 'branches',
    what: 'if and else that set variables',
    source: (lines) => oneFunction(lines, (i) => [`if n > ${i % 50}:`, `    x = x + ${i % 9}`, 'else:', '    x = x * n', '    n += 1']),
  },
  {
    name: 'conditional writes',
    what: 'ifs without else that change a list',
    source: (lines) =>
      oneFunction(lines, (i) => [`if n > ${i % 50}:`, `    x = x + ${i % 9}`, `    xs.append(x)`, 'n += 1'], ['xs = [x]'], 'xs[0] + x'),
  },
  {
    name: 'loops',
    what: 'for loops with break',
    source: (lines) => oneFunction(lines, (i) => ['for i in range(n):', '    x = x + i', `    if i > ${i % 3}:`, '        break', 'n = 2']),
  },
  {
    name: 'lists',
    what: 'list literals, items, methods',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [`xs.append(${i % 13})`, 'xs[0] = len(xs) + xs[-1]', 'ys = [i + 1 for i in xs[:2]]'],
        ['xs = [n]'],
        'x + xs[0]',
      ),
  },
  {
    name: 'objects',
    what: 'attributes and methods of a class',
    source: (lines) =>
      `class Counter:
    def __init__(self, n: int):
        self.n = n
        self.total = torch.zeros(2)
    def add(self, x) -> int:
        self.total = self.total + x
        self.n += 1
        return self.n

${oneFunction(lines - 8, () => ['counter.add(x)', 'counter.n = counter.n - 1', 'x = counter.total'], ['counter = Counter(n)'])}`,
  },
  {
    name: 'functions',
    what: 'functions of seven lines that call the one before',
    source: (lines) => {
      const functions: string[] = []
      const count = Math.max(1, Math.floor(lines / 7))
      for (let i = 0; i < count; i++) {
        const name = i === count - 1 ? 'f' : `f${i}`
        const result = i > 0 && i % 20 !== 0 ? `f${i - 1}(y, n)` : 'y'
        functions.push(
          `def ${name}(x, n: int):\n    y = x + n\n    if n > 2:\n        y = torch.relu(y)\n    for i in range(n):\n        y = y * i - ${i % 9}\n    return ${result}\n`,
        )
      }
      return functions.join('')
    },
  },
]

const indent = (depth: number): string => '    '.repeat(depth)

function nestedBlocks(depth: number, open: (i: number) => string, inner: string): string {
  const lines = Array.from({ length: depth }, (_, i) => indent(i + 1) + open(i))
  return [head, ...lines, indent(depth + 1) + inner, '    return x'].join('\n')
}
const expression = (text: string): string => `${head}\n    return ${text}\n`

/** Programs that nest `depth` deep. */
export const deepPrograms: Readonly<Record<string, (depth: number) => string>> = {
  ifs: (depth) => nestedBlocks(depth, (i) => `if n > ${i - 1000}:`, 'x = x + 1'),
  'ifs with else': (depth) =>
    [
      head,
      ...Array.from({ length: depth }, (_, i) => `${indent(i + 1)}if n > ${i - 1000}:`),
      `${indent(depth + 1)}x = x + 1`,
      ...Array.from({ length: depth }, (_, i) => `${indent(depth - i)}else:\n${indent(depth - i + 1)}x = x - 1`),
      '    return x',
    ].join('\n'),
  'ifs that return': (depth) => nestedBlocks(depth, (i) => `if n > ${i - 1000}:`, 'return x + 1'),
  elifs: (depth) =>
    [
      head,
      '    if n == -1:',
      '        x = x - 1',
      ...Array.from({ length: depth }, (_, i) => `    elif n == ${i}:\n        x = x + ${i}`),
      '    return x',
    ].join('\n'),
  'early returns': (depth) =>
    [head, ...Array.from({ length: depth }, (_, i) => `    if n == ${i + 5}:\n        return x + ${i}`), '    return x'].join('\n'),
  'for loops': (depth) => nestedBlocks(depth, () => 'for i in range(1):', 'x = x + 1'),
  'for loops that break': (depth) => nestedBlocks(depth, () => 'for i in range(2):', 'break'),
  'for loops that return': (depth) => nestedBlocks(depth, () => 'for i in range(2):', 'return x + 1'),
  'while loops': (depth) => nestedBlocks(depth, () => 'while n < 3:', 'n += 3'),
  withs: (depth) => nestedBlocks(depth, () => 'with torch.no_grad():', 'x = x + 1'),
  'loops and ifs around expressions': (depth) =>
    nestedBlocks(depth, (i) => (i % 2 ? 'for i in range(1):' : 'if n > -5:'), `x = ${'(x + '.repeat(20)}x${')'.repeat(20)}`),
  parentheses: (depth) => expression(`${'('.repeat(depth)}x${')'.repeat(depth)}`),
  additions: (depth) => expression(`${'(x + '.repeat(depth)}x${')'.repeat(depth)}`),
  'a chain of additions': (depth) => expression(`${'x + '.repeat(depth)}x`),
  calls: (depth) => expression(`${'torch.abs('.repeat(depth)}x${')'.repeat(depth)}`),
  methods: (depth) => expression(`x${'.abs()'.repeat(depth)}`),
  subscripts: (depth) => expression(`x${'[:]'.repeat(depth)}`),
  nots: (depth) => expression(`${'not '.repeat(depth)}n > 2`),
  minuses: (depth) => expression(`${'-'.repeat(depth)}x`),
  ands: (depth) => expression(`${'n > 2 and '.repeat(depth)}n > 2`),
  ors: (depth) => expression(`${'(n > 2 or '.repeat(depth)}n > 2${')'.repeat(depth)}`),
  'chained comparisons': (depth) => expression(`${'n < '.repeat(depth)}5`),
  'conditional expressions': (depth) => expression(`${Array.from({ length: depth }, (_, i) => `x + 1 if n == ${i} else `).join('')}x`),
  lists: (depth) => expression(`${'['.repeat(depth)}x${']'.repeat(depth)}`),
  tuples: (depth) => expression(`${'('.repeat(depth)}x${',)'.repeat(depth)}`),
  dicts: (depth) => expression(`${'{1: '.repeat(depth)}x${'}'.repeat(depth)}`),
  comprehensions: (depth) => expression(`${'['.repeat(depth)}n${' for i in range(1)]'.repeat(depth)}`),
  types: (depth) => `def f(x, n: int, xs: Optional[${'List['.repeat(depth)}int${']'.repeat(depth)}] = None):\n    return x\n`,
  'functions that call functions': (depth) =>
    [
      ...Array.from({ length: depth }, (_, i) => `def f${i}(x, n: int):\n    return ${i ? `f${i - 1}(x, n) + 1` : 'x'}`),
      `def f(x, n: int):\n    return f${depth - 1}(x, n)`,
    ].join('\n'),
}
