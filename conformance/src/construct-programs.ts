/** Programs of any size, each full of one construct of the language. For the benchmark of the compiler and the tests of its limits. */
import { oneFunction, type ProgramKind } from './large-programs.ts'

/** `part` for 0, 1, 2, … to about `lines` lines of top level, then `f`. */
function topLevel(lines: number, part: (i: number) => readonly string[], last: (parts: number) => readonly string[]): string {
  const text: string[] = []
  let parts = 0
  while (text.length < lines) text.push(...part(parts++))
  return `${[...text, ...last(parts)].join('\n')}\n`
}

export const constructPrograms: readonly ProgramKind[] = [
  {
    name: 'texts',
    what: 'f-strings, str.format, methods of strings',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [`s = f"{n} and ${i} of {t}"`, `t = "{} {}".format(s, ${i})`, `t = t[:8].upper() + "a${i % 90}"`, 'n += len(t) % 3'],
        ['t = "b"'],
        'x + n',
      ),
  },
  {
    name: 'subscripts',
    what: 'subscripts and slices of tensors by many indices',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [`a = y[0, 1:, ..., None, ${i % 2}]`, 'b = y[:, -1, ::2]', 'c = y[idx][:n]', `y2 = y[${i % 2}][0][1]`, 'd = y[[0, 1], idx]'],
        ['y = torch.zeros(2, 2, 2)', 'idx = torch.tensor([0, 1])', 'a = x', 'b = x', 'c = x', 'd = x', 'y2 = x'],
        'x + a.sum() + b.sum() + c.sum() + d.sum() + y2',
      ),
  },
  {
    name: 'slice assignments',
    what: 'assignments to subscripts, slices and dict items',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [`y[0, 1:] = ${i % 9}.0`, 'y[:, n % 2] = x[0]', 'y[idx] += 1.0', `d["k${i % 20}"] = n`, 'xs[0] = n + 1'],
        ['y = torch.zeros(2, 2, 2)', 'idx = torch.tensor([0, 1])', 'd: Dict[str, int] = {}', 'xs = [1, 2]'],
        'x + y.sum() + len(d)',
      ),
  },
  {
    name: 'live variables',
    what: 'if and elif chains among forty live variables',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [
          `if n > ${i % 50}:`,
          `    v${i % 40} = v${(i + 1) % 40} + 1`,
          `    if v${i % 40} > 3:`,
          `        v${(i + 7) % 40} = 2`,
          `elif n > ${i % 11}:`,
          `    v${(i + 2) % 40} = v${i % 40}`,
          `elif n == ${i % 5}:`,
          `    v${(i + 3) % 40} += v${(i + 9) % 40}`,
          'else:',
          `    v${(i + 4) % 40} = 0`,
        ],
        Array.from({ length: 40 }, (_, i) => `v${i} = ${i}`),
        `x + ${Array.from({ length: 40 }, (_, i) => `v${i}`).join(' + ')}`,
      ),
  },
  {
    name: 'early returns',
    what: 'functions that return from nested loops',
    source: (lines) =>
      topLevel(
        lines,
        (i) => [
          `def f${i}(x, n: int):`,
          '    for i in range(n):',
          `        if i == ${i % 9}:`,
          '            return x + i',
          '        while n > i:',
          '            n -= 1',
          `            if n == ${i % 3}:`,
          '                return x - n',
          '            if n == 5:',
          '                continue',
          '    return x',
        ],
        (parts) => [
          'def f(x, n: int):',
          ...Array.from({ length: Math.min(parts, 100) }, (_, i) => `    x = f${i}(x, n)`),
          ...Array.from({ length: parts }, (_, i) => `    if n == ${i + 10}:\n        x = f${i}(x, n)`),
          '    return x',
        ],
      ),
  },
  {
    name: 'withs',
    what: 'with blocks',
    source: (lines) => oneFunction(lines, (i) => ['with torch.no_grad():', `    y = x * ${i % 7}`, '    x = x + y', 'x = x - 1']),
  },
  {
    name: 'literals',
    what: 'tuples, lists and dicts written out',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [
          `t = (x, ${i}, 2.5, "a", True)`,
          `xs = [1, ${i}, n, 4, -5, 6, 7, 8]`,
          `d = {"a": ${i}, "b": n, "c": xs[2]}`,
          `fs = [0.5, ${i}.25, 1e-3]`,
          'y, k, *rest = t',
          'n = k + d["a"] + len(fs)',
        ],
        ['y = x'],
        'y + n',
      ),
  },
  {
    name: 'table',
    what: 'one list literal over all lines, a dict and a call over many',
    source: (lines) =>
      `${head}    xs = [\n${Array.from({ length: lines - 10 }, (_, i) => `        [${i}, n, ${i % 7}],`).join('\n')}\n    ]\n    return x + len(xs)\n`,
  },
  {
    name: 'comprehensions',
    what: 'nested comprehensions, of lists and of dicts',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [
          `ys = [[i * j + ${i % 9} for i in range(2)] for j in xs]`,
          'd = {k: k + 1 for k in xs}',
          'zs = [a + b for a, b in zip(xs, xs)]',
        ],
        ['xs = [n]', 'ys = [[n]]', 'zs = [n]', 'd = {1: 2}'],
        'x + len(ys) + len(zs) + len(d)',
      ),
  },
  {
    name: 'overloads',
    what: 'calls with keywords, of operators with many overloads',
    source: (lines) =>
      oneFunction(lines, (i) => [
        `x = torch.add(x, 2, alpha=${i % 5})`,
        `y = torch.clamp(x, min=0, max=${i % 9})`,
        'y = torch.sum(y, dim=0, keepdim=True)',
        'y = torch.div(y, 2.5, rounding_mode="floor") ** 2',
        'y = torch.where(y > 0, y, 1.0)',
        'x = torch.cat([x[:1], y[:1]], dim=0) % 7',
        'y = torch.max(y, dim=0)[0] + torch.full([2], 1.5, dtype=torch.float)',
        'x = 2 - (x // 3 + 1 / (abs(x) + 1))',
      ]),
  },
  {
    name: 'functionals',
    what: 'torch.nn.functional',
    source: (lines) =>
      `import torch.nn.functional as F\n${oneFunction(lines, (i) => [
        'y = F.relu(x.float(), inplace=False)',
        'y = F.softmax(y, dim=0)',
        `y = F.dropout(y, p=0.${i % 9}, training=False)`,
        'y = F.layer_norm(y, [2])',
        'y = F.gelu(F.leaky_relu(y, 0.2))',
        'x = F.pad(y, [1, 1], mode="constant", value=0.0)[1:3]',
        'y = F.mse_loss(y, x, reduction="mean") + F.linear(x, torch.ones(2, 2))',
      ])}`,
  },
  {
    name: 'named tuples',
    what: 'a NamedTuple made, read and handed on',
    source: (lines) =>
      `class Point(NamedTuple):\n    x: Tensor\n    n: int = 3\n\n${oneFunction(
        lines - 4,
        (i) => [`p = Point(p.x + 1, p.n)`, `q = Point(x, n=${i})`, 'n = q.n - p.n', 'a, k = p'],
        ['p = Point(x)'],
        'p.x + n',
      )}`,
  },
  {
    name: 'small functions',
    what: 'functions of two lines',
    source: (lines) =>
      topLevel(
        lines - 2,
        (i) => [`def f${i}(x, n: int):`, `    return x + n * ${i % 13}`],
        (parts) => ['def f(x, n: int):', `    return f${parts - 1}(x, n)`],
      ),
  },
  {
    name: 'many calls',
    what: 'functions of two lines, all called by one',
    source: (lines) =>
      topLevel(
        (lines * 2) / 3,
        (i) => [`def f${i}(x, n: int = 2):`, `    return x + n * ${i % 13}`],
        (parts) => ['def f(x, n: int):', ...Array.from({ length: parts }, (_, i) => `    x = f${i}(x, n=n) - n`), '    return x'],
      ),
  },
  {
    name: 'methods',
    what: 'a class with many methods',
    source: (lines) => {
      const count = Math.max(1, Math.floor((lines - 10) / 4))
      const methods = Array.from(
        { length: count },
        (_, i) =>
          `    def m${i}(self, x, n: int) -> Tensor:\n        self.n += n\n        y = x + self.n\n        return ${i > 0 && i % 20 ? `self.m${i - 1}(y, n=${i})` : 'y'}\n`,
      )
      return `class Big:\n    def __init__(self, n: int):\n        self.n = n\n${methods.join('')}\n${head}    b = Big(n)\n    return b.m${count - 1}(x, n=3)\n`
    },
  },
  {
    name: 'conditions',
    what: 'and, or, comparisons, conditional expressions',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [
          `b = n > 1 and n < ${i} or not b`,
          `c = 0 < n <= ${i} and n != 3`,
          `b = b or n == ${i % 9} or n % 2 == 0`,
          `n = n + 1 if b and c else n - ${i % 4}`,
        ],
        ['b = True', 'c = False'],
        'x + n',
      ),
  },
  {
    name: 'attributes',
    what: 'attributes of attributes of attributes',
    source: (lines) =>
      `class A:
    def __init__(self, n: int):
        self.n = n
class B:
    def __init__(self, n: int):
        self.a = A(n)
class C:
    def __init__(self, n: int):
        self.b = B(n)
class D:
    def __init__(self, n: int):
        self.c = C(n)

${oneFunction(lines - 14, (i) => [`d.c.b.a.n = d.c.b.a.n + ${i}`, 'a = d.c.b.a', 'n = a.n - d.c.b.a.n', 'x = x.T.real + d.c.b.a.n'], ['d = D(n)'])}`,
  },
  {
    name: 'asserts',
    what: 'asserts with messages, raises',
    source: (lines) =>
      oneFunction(lines, (i) => [
        `assert n > -${i + 1}, f"n is {n} at ${i}"`,
        `assert x.dim() == 1`,
        `if n == -${i + 5}:`,
        `    raise ValueError("no {}".format(n))`,
        'n = n + 1',
      ]),
  },
  {
    name: 'refinements',
    what: 'isinstance, is None and what they refine',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => [
          'if isinstance(u, int):',
          `    n = n + u`,
          'else:',
          '    n = n + len(u)',
          'if o is not None:',
          `    n = n + o - ${i % 3}`,
          'o = n if n > 3 else None',
          `u = ${i % 2 ? '"a"' : 'n'}`,
        ],
        ['u: Union[int, str] = n', 'o: Optional[int] = None'],
        'x + n',
      ),
  },
  {
    name: 'augmented',
    what: 'augmented assignments',
    source: (lines) =>
      oneFunction(
        lines,
        (i) => ['y += x', 'y *= 2.0', `n += ${i % 3}`, 'y -= x[0]', 'xs += [n]', 'y /= n + 1', 'n -= 2', 'y[0] *= n'],
        ['y = torch.zeros(2)', 'xs = [n]'],
        'y',
      ),
  },
  {
    name: 'comments',
    what: 'comments, blank lines, strings and lines that go on',
    source: (lines) =>
      oneFunction(lines, (i) => [
        `# comment ${i} of many, which says nothing at all`,
        '',
        `"""a string of`,
        '    two lines"""',
        `x = (x +  # here`,
        `     ${i} \\`,
        '     - n)',
        'pass',
      ]),
  },
]

const head = 'def f(x, n: int):\n'
