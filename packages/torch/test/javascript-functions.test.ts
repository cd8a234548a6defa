import { createRequire } from 'node:module'
import { describe, expect, test } from 'vitest'
import * as torch from '../src/index.ts'

const { script } = torch.jit
const require = createRequire(import.meta.url)
const esbuild = createRequire(require.resolve('tsx'))('esbuild') as {
  transformSync(text: string, options: object): { code: string }
}
type Any = any

/** A function of its text alone, so that no tool has changed it. */
const functionOf = (text: string): ((...args: Any[]) => Any) => new Function(`return (${text})`)() as (...args: Any[]) => Any
function minified(text: string): string {
  const { code } = esbuild.transformSync(`export const f = ${text}`, { minify: true, target: 'es2022', format: 'esm' })
  const at = code.indexOf('=')
  return code.slice(at + 1, code.lastIndexOf(';export{')).replace(/^\s*/, '')
}

/** Name, types, text, inputs: the script gives what JavaScript gives. */
const same: readonly (readonly [name: string, types: string, text: string, ...inputs: Any[][]])[] = [
  ['arrow with a value', '(int, int) -> int', '(a, b) => a * b + 1', [2, 3]],
  ['function', '(int) -> int', 'function twice(a) { return a * 2 }', [4]],
  ['function without a name', '(int) -> int', 'function (a) { return a * 2 }', [4]],
  ['default parameters', '(int, int) -> int', '(a, b = 3) => a + b', [1], [1, 2]],
  ['for, upwards', '(int) -> int', '(n) => { let s = 0; for (let i = 0; i < n; i++) { s += i } return s }', [0], [5]],
  ['for, with <=', '(int) -> int', '(n) => { let s = 0; for (let i = 1; i <= n; i += 2) s += i; return s }', [0], [1], [6]],
  [
    'for, downwards',
    '(int) -> int',
    '(n) => { let s = 0; for (let i = n - 1; i >= 0; i--) { if (i === 2) continue; s = s * 2 + i } return s }',
    [0],
    [6],
  ],
  ['for, downwards with >', '(int) -> int', '(n) => { let s = 0; for (let i = n; i > 1; i -= 2) s = s * 3 + i; return s }', [0], [7]],
  [
    'for, with two counters',
    '(int) -> int',
    '(n) => { let s = 0; for (let i = 0, j = n; i < j; i++, j--) s += i * j; return s }',
    [0],
    [9],
  ],
  [
    'for, continued where it is no range',
    '(int) -> int',
    '(n) => { let s = 0; for (let i = 0; i < n; i++) { if (i % 3 === 1) { i += 1; continue } s += i } return s }',
    [0],
    [10],
  ],
  ['for, left early', '(int) -> int', '(n) => { let s = 0; for (;;) { s += 1; if (s > n) break } return s }', [4]],
  ['for … of', '(List[int]) -> int', '(xs) => { let s = 0; for (const x of xs) { if (x < 0) continue; s += x } return s }', [[1, -2, 3]]],
  [
    'for … of, destructured',
    '(List[Tuple[int, int]]) -> int',
    '(xs) => { let s = 0; for (const [a, b] of xs) s += a * b; return s }',
    [
      [
        [1, 2],
        [3, 4],
      ],
    ],
  ],
  ['while', '(int) -> int', '(n) => { let s = 0; while (n > 0) { n = n - 1; if (n === 3) continue; s += n } return s }', [6]],
  ['do … while', '(int) -> int', '(n) => { let s = 0; do { s += n; n-- } while (n > 0); return s }', [3], [-2]],
  [
    'do … while with continue',
    '(int) -> int',
    '(n) => { let s = 0; do { n--; if (n % 2 === 0) continue; s += n } while (n > 0); return s }',
    [7],
    [0],
  ],
  [
    'do … while with break',
    '(int) -> int',
    '(n) => { let s = 0; do { n--; if (n === 4) break; s += n } while (n > 0); return s }',
    [7],
    [2],
  ],
  [
    'switch',
    '(int) -> int',
    '(n) => { let r = 0; switch (n) { case 1: r = 10; break; case 2: case 3: { r = 20; break } default: r = 30 } return r }',
    [1],
    [2],
    [3],
    [4],
  ],
  [
    'switch that returns, default in the middle',
    '(int) -> str',
    "(n) => { switch (n * 2) { case 2: return 'two'; default: return 'other'; case 4: return 'four' } }",
    [1],
    [2],
    [3],
  ],
  [
    'switch of strings in a loop',
    '(List[str]) -> int',
    "(names) => { let s = 0; for (const n of names) { switch (n) { case 'a': s += 1; break; case 'skip': continue; case 'b': s += 10; break; default: s += 100 } s *= 2 } return s }",
    [['a', 'skip', 'b', 'c']],
  ],
  ['ternaries', '(int) -> str', "(n) => n > 0 ? 'plus' : n < 0 ? 'minus' : 'zero'", [1], [-1], [0]],
  ['nullish', '(Optional[int]) -> int', '(n) => n ?? 7', [null], [3]],
  ['nullish assignment', '(Optional[int]) -> int', '(n) => { n ??= 7; return n }', [null], [3]],
  [
    'logical assignment',
    '(bool, bool) -> bool',
    '(a, b) => { a &&= b; b ||= a; return a || b }',
    [true, false],
    [true, true],
    [false, true],
  ],
  [
    'optional chaining',
    '(Optional[str]) -> int',
    '(s) => { const upper = s?.toUpperCase(); if (upper === null || upper === undefined) return -1; return upper.length }',
    [null],
    ['abc'],
  ],
  [
    'optional chaining of an item',
    '(Optional[List[int]]) -> int',
    '(xs) => { const first = xs?.[0]; return first ?? -1 }',
    [[5, 6]],
    [null],
  ],
  ['destructuring of arrays', '(Tuple[int, str]) -> str', '(pair) => { const [n, text] = pair; return `${text}${n}` }', [[3, 'x']]],
  ['destructuring with a hole', '(Tuple[int, str, int]) -> int', '(t) => { const [a, , b] = t; return a - b }', [[3, 'x', 1]]],
  ['destructuring of a parameter', '(Tuple[int, int], int) -> int', '([a, b], c) => a * b + c', [[3, 4], 5]],
  ['swapping', '(int, int) -> int', '(a, b) => { [a, b] = [b, a]; return a * 10 + b }', [1, 2]],
  ['templates', '(int, str) -> str', '(n, s) => `${s}: ${n + 1} of ${`<${s}>`}`', [1, 'a']],
  ['spread', '(List[int], List[int]) -> List[int]', '(a, b) => [0, ...a, 1, ...b]', [[5], [6, 7]]],
  ['a copy', '(List[int]) -> int', '(a) => { const b = [...a]; b.push(9); return a.length * 10 + b.length }', [[5]]],
  [
    'block scope',
    '(int) -> int',
    '(x) => { let y = 1; if (x > 0) { let y = 5; x += y } { const y = x; x = y * 2 } return x + y }',
    [1],
    [-1],
  ],
  [
    'block scope in a loop',
    '(int) -> int',
    '(n) => { let t = 100; for (let i = 0; i < n; i++) { const t = i * 2; n = t > 6 ? 0 : n } return t + n }',
    [2],
  ],
  [
    'one name with two types',
    '(int) -> str',
    "(n) => { let r = ''; { const v = n + 1; r += `${v}` } { const v = 'x'; r += v } return r }",
    [1],
  ],
  [
    'counters of the same name',
    '(int) -> int',
    '(n) => { let s = 0; for (let i = 0; i < n; i++) s += i; for (let i = 0; i < n; i++) s += i * i; return s }',
    [4],
  ],
  [
    'names that Python has',
    '(List[int], int, int) -> int',
    '(len, range, is) => { let None = len.length; for (let max = 0; max < range; max++) None += max; return None + is + Math.max(is, range) }',
    [[1, 2], 3, 1],
  ],
  ['assignments that follow each other', '(int) -> int', '(n) => { let a, b; a = b = n; a += 1; return a * b }', [3]],
  ['comparison with null', '(Optional[int]) -> bool', '(n) => n != null && n > 1', [null], [2]],
  ['bitwise', '(int, int) -> int', '(a, b) => (a & b) | (a ^ b) << 2', [6, 3]],
  ['Math', '(float) -> float', '(x) => Math.sqrt(Math.abs(x)) + Math.PI + Math.floor(x) + Math.min(x, 2.5)', [-3.5]],
  ['assignment in while', '(int) -> int', '(n) => { let m = 0; while ((m = n - 1) > 2) n = m; return n * 10 + m }', [5], [1]],
  [
    'nullish behind calls and attributes',
    '(Dict[str, int], str) -> int',
    "(d, k) => { const v = (d.get(k) ?? 3) + 1; return v * (d.get('a') ?? 5) }",
    [new Map([['a', 2]]), 'a'],
    [new Map([['b', 2]]), 'c'],
  ],
  [
    'optional chaining behind calls',
    '(Dict[str, str], str) -> int',
    '(d, k) => d.get(k)?.toUpperCase().length ?? -1',
    [new Map([['a', 'xyz']]), 'a'],
    [new Map([['b', 'x']]), 'c'],
  ],
  [
    'nullish in arguments and branches',
    '(Dict[str, int], int) -> int',
    "(d, n) => { const v = n > 1 ? Math.max(n, d.get('a') ?? 7) : d.get('b') ?? 2; return v }",
    [new Map([['a', 2]]), 2],
    [new Map([['a', 2]]), 1],
    [new Map([['b', 9]]), 3],
  ],
  [
    'branches that only do something',
    '(List[int], int) -> List[int]',
    '(l, n) => { if (n > 1) l.push(n); if (n > 2) l.push(7); else l.push(8); return l }',
    [[1], 1],
    [[1], 2],
    [[1], 3],
  ],
  [
    'tuples',
    '(int, int) -> Tuple[int, Tuple[str, int]]',
    '(a, b) => { if (a > b) return [a, [`${b}`, b]]; return a === b ? [0, [`same`, a]] : [b, [`${a}`, a]] }',
    [1, 2],
    [2, 1],
    [3, 3],
  ],
  [
    'strings',
    '(str) -> int',
    "(s) => { let n = 0; for (const c of s.trim()) { if (c === 'a') n++ } return n + s.split(',').length }",
    [' banana, '],
  ],
  ['var in branches', '(int) -> int', '(n) => { if (n > 1) { var y = 2 } else { var y = 3 } return y }', [1], [2]],
  [
    'steps and their values',
    '(int) -> int',
    '(n) => { const a = n++; const b = ++n; const c = n--; let s = a * 100 + b * 10 + c; n > 2 && s++; return n-- + s * 10 + n }',
    [3],
    [1],
  ],
  ['recursion of expressions', '(int) -> int', '(n) => ((n + 1) * (n - 1)) % 7', [4]],
]

describe('functions of TypeScript give what JavaScript gives', () => {
  for (const [name, types, text, ...inputs] of same) {
    test.each([
      ['as written', text],
      ['minified', minified(text)],
    ])(`${name}, %s`, (_, version) => {
      const fn = functionOf(version)
      const scripted = script(fn, { types })
      for (const args of inputs) expect(scripted(...structuredClone(args)), version).toEqual(fn(...structuredClone(args)))
    })
  }
  test('methods of objects and classes', () => {
    const object = {
      twice(n: Any) {
        return n * 2
      },
      'quoted name'(n: Any) {
        return n * 3
      },
      ['com' + 'puted'](n: Any) {
        return n * 4
      },
      async(n: Any) {
        return n * 5
      },
    }
    expect(script(object.twice, { types: '(int) -> int' })(2)).toBe(4)
    expect(script(object['quoted name'], { types: '(int) -> int' })(2)).toBe(6)
    expect(script((object as Any).computed, { types: '(int) -> int' })(2)).toBe(8)
    expect(script(object.async, { types: '(int) -> int' })(2)).toBe(10)
    // biome-ignore lint/complexity/noStaticOnlyClass: what is scripted
    class Static {
      static half(n: Any) {
        return n / 2
      }
    }
    expect(script(Static.half, { types: '(int) -> float' })(3)).toBe(1.5)
  })
  test('types in a comment', () => {
    const f = functionOf('(a, n) => {\n  // type: (Tensor, int) -> Tensor\n  return a * n\n}')
    expect(String(script(f).schema)).toBe('fn(Tensor a, int n) -> Tensor')
    const g = functionOf('function scale(a, n) { /* type: (float, int) -> float */ return a * n }')
    expect(String(script(g).schema)).toBe('scale(float a, int n) -> float')
  })
  test('maps are dicts', () => {
    const f = functionOf(
      "(d) => { d.set('c', d.size === 0 ? 0 : 3); let s = 0; for (const [k, v] of Object.entries(d)) s += v; if (d.has('a')) d.delete('a'); for (const k of Object.keys(d)) s += k.length; return s }",
    )
    const text = String(f).replace('d.size === 0', 'd.length === 0')
    expect(
      script(functionOf(text), { types: '(Dict[str, int]) -> int' })(
        new Map([
          ['a', 1],
          ['b', 2],
        ]),
      ),
    ).toBe(8)
  })
  test('attributes of named tuples are taken apart', () => {
    const f = functionOf('(x) => { const { values, indices: at } = torch.sort(x); return values + at }')
    const loop = functionOf('(xs) => { let s = 0; for (const { values } of [torch.sort(xs)]) s = values.size(0); return s }')
    expect(script(f)(torch.tensor([3, 1])).tolist()).toEqual([2, 3])
    expect(script(loop, { types: '(Tensor) -> int' })(torch.tensor([3, 1]))).toBe(2)
  })
  test('`x += y` makes a new tensor, as in JavaScript, and leaves the argument alone', () => {
    const x = torch.tensor([1, 2])
    expect(script(functionOf('(x) => { x += 1; x *= 2; return x }'))(x).tolist()).toEqual([4, 6])
    expect(x.tolist()).toEqual([1, 2])
    expect(script(functionOf('(x) => { x[0] += 5; return x }'))(x).tolist()).toEqual([6, 2])
    expect(x.tolist()).toEqual([6, 2])
  })
  test('what it closes over: functions, tensors, constants, modules', () => {
    const env = {
      twice: script('def twice(x):\n    return x * 2\n'),
      offset: torch.tensor([1, 2]),
      scale: 0.5,
      layer: script(new torch.nn.Identity()),
      log: torch.jit.hostFunction('(Tensor) -> Tensor', (x: torch.Tensor) => x),
    }
    const f = functionOf('(x) => log(layer(twice(x))) * scale + offset')
    expect(script(f, { env })(torch.tensor([1, 2], { dtype: 'float32' })).tolist()).toEqual([2, 4])
  })
  test('Number() makes a float of what transpilers write as an int', () => {
    expect(
      script(functionOf('(n) => { let s = Number(0); for (let i = 0; i < n; i++) s += 0.5; return s }'), { types: '(int) -> float' })(3),
    ).toBe(1.5)
  })
})

describe('refusals show the line and the place in the function’s own text', () => {
  test.each<[string, string, string, string]>([
    ['async arrow', 'async (x) => x', 'an async function', '~~~~~ <--- HERE'],
    ['async function', 'async function f(x) { return x }', 'an async function', '~~~~~ <--- HERE'],
    ['generator', 'function* f(x) { return x }', 'a generator', '~'],
    ['class', 'class Net { forward(x) { return x } }', 'a class cannot be scripted', 'torch.jit.ScriptModule'],
    ['class inside', '(x) => {\n  class A {}\n  return x\n}', "'class'", '  class A {}\n  ~~~~~ <--- HERE'],
    ['function inside', '(x) => {\n  function g(y) { return y }\n  return g(x)\n}', "'function' inside a function", '  ~~~~~~~~ <--- HERE'],
    ['closure', '(x) => {\n  const g = (y) => y\n  return g(x)\n}', 'a function inside a function', '            ~~~~~~ <--- HERE'],
    ['try', '(x) => {\n  try { return x } catch { return x }\n}', "'try'", '  ~~~ <--- HERE'],
    ['for in', '(x) => {\n  for (const k in x) {}\n  return x\n}', "'for … in'", "use 'for … of'"],
    ['rest', '(...x) => x', 'a rest parameter', '~~~ <--- HERE'],
    ['regular expression', '(x) => x.match(/a/)', 'a regular expression', '~'],
    ['typeof', "(x) => typeof x === 'number'", "'typeof'", '~~~~~~'],
    ['await', '(x) => {\n  let y = 1\n  return y + await\n}', "'await'", '~~~~~'],
    ['label', '(x) => {\n  outer: while (true) { break outer }\n  return x\n}', 'a label', '  ~~~~~'],
    [
      'fall-through',
      '(x) => {\n  switch (x) {\n    case 1: x = 2\n    case 2: x = 3\n  }\n  return x\n}',
      "a 'case' that goes on with the next one",
      'case 1: x = 2',
    ],
    [
      'break in a branch',
      '(n) => { switch (n) { case 1: if (n > 0) break; n = 3; break }\n return n }',
      "'break' inside of a branch",
      'its only',
    ],
    ['a step inside', '(n) => [n, n++]', 'an assignment inside of an expression', '~~~ <--- HERE'],
    ['assignment inside', '(n) => n + (n = 2)', 'an assignment inside of an expression', '~~~~~ <--- HERE'],
    ['nullish behind a call', '(x) => x.max() + [x.min() ?? 1]', "'??' here", 'const v'],
    ['>>>', '(n) => n >>> 1', "'>>>'", '64-bit'],
    ['delete', '(n) => { delete n.a\n return n }', "'delete'", '~~~~~~'],
  ])('%s', (_, text, reason, part) => {
    const fn = functionOf(text)
    let error: Any
    try {
      script(fn)
    } catch (thrown) {
      error = thrown
    }
    expect(error).toBeInstanceOf(torch.CompileError)
    expect(error.code).toBe('TSJ_JS_UNSUPPORTED')
    expect(error.message).toContain(reason)
    expect(error.message).toContain(part)
    expect(error.message).toMatch(/File "<function( \w+)?>", line \d+\n/)
  })
  test('native and bound functions', () => {
    expect(() => script(Math.max)).toThrow(
      expect.objectContaining({ code: 'TSJ_JS_UNSUPPORTED', message: expect.stringContaining('native or bound') }),
    )
    expect(() => script(((x: Any) => x).bind(null))).toThrow('native or bound')
  })
  test('errors of types are at the place in the text too', () => {
    const f = functionOf('(x) => {\n  const y = x + 1\n  return y.nothing(2)\n}')
    expect(() => script(f)).toThrow(/line 3\n.*\n.*\n {2}return y\.nothing\(2\)\n {9}~~~~~~~~~ <--- HERE/s)
    expect(() => script(functionOf('(x) => x + missing'))).toThrow('undefined value missing')
    expect(() => script(functionOf('(x, n) => x'), { types: '(Tensor) -> Tensor' })).toThrow(
      expect.objectContaining({ code: 'TSJ_JS_TYPES' }),
    )
    expect(() => script(functionOf('(x) => x'), { types: 'Tensor' })).toThrow(expect.objectContaining({ code: 'TSJ_SIGNATURE' }))
  })
})
