import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import * as torch from '../src/index.ts'
import { temporaryFolder } from './temporary-folder.ts'

const { script, scriptFile, hostFunction } = torch.jit
const runtime = torch.createRuntime({ cpu: 'reference' })
const values = (tensor: unknown): unknown => torch.tolist(tensor as torch.Tensor, runtime)
const tensor = (data: number[] | number[][]): torch.Tensor => torch.tensor(data, { runtime, dtype: 'float32' })

describe('templates and source', () => {
  test('a template is a function', () => {
    const pick = script`
      def pick(x, y):
          if x.max() > y.max():
              r = x
          else:
              r = y
          return r
    `
    expect(values(pick(tensor([1, 5]), tensor([3, 4])))).toEqual([1, 5])
    expect(String(pick.schema)).toBe('pick(Tensor x, Tensor y) -> Tensor')
    expect(pick.graphText).toContain('aten::max(%x)')
    expect(pick.code).toContain('def pick(x: Tensor,\n    y: Tensor) -> Tensor:')
    expect(pick.graph.outputs).toHaveLength(1)
  })
  test('values are interpolated', () => {
    const twice = script('def twice(x):\n    return x * 2\n')
    const calls: unknown[] = []
    const seen = hostFunction('(Tensor, int) -> Tensor', ((x: torch.Tensor, n: number) => {
      calls.push(n)
      return x
    }) as never)
    const f = script`
      def f(x, n: int = 3):
          return ${seen}(${twice}(x), n) + ${tensor([10, 20])} * ${0.5}
    `
    expect(values(f(tensor([1, 2])))).toEqual([7, 14])
    expect(values(f(tensor([1, 2]), 4))).toEqual([7, 14])
    expect(calls).toEqual([3, 4])
  })
  test('functions of the source call each other, and PyTorch has its functional ones', async () => {
    const f = script(
      'import torch.nn.functional as F\ndef g(x, n: int):\n    return F.softmax(x, dim=n)\ndef f(x):\n    return g(F.relu(x), 0)\n',
    )
    expect(values(f(tensor([-1, -2])))).toEqual([0.5, 0.5])
    expect(values(await f.run([tensor([-1, -2])]))).toEqual([0.5, 0.5])
    expect(f.inlinedGraph).not.toBe(f.graph)
  })
  test('independent errors come together, each with its place', () => {
    const text = 'def f(x):\n    return y\ndef g(x: int):\n    return x.foo()\ndef h(x):\n    return f(x)\n'
    expect(() => script(text, { filename: 'bad.py' })).toThrow(
      expect.objectContaining({
        code: 'TSJ_COMPILE_ERRORS',
        errors: [expect.objectContaining({ code: 'TSJ_UNDEFINED_NAME' }), expect.objectContaining({ code: 'TSJ_ATTRIBUTE' })],
        message: expect.stringContaining('File "bad.py", line 4'),
      }),
    )
  })
  test('who called what does not compile', () => {
    expect(() => script('def f(x):\n    return nothing\ndef g(x):\n    return f(x)\n', { name: 'g' })).toThrow(/undefined value nothing/)
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'chain.py'), 'def f(x):\n    return nothing\ndef g(x):\n    return f(x)\n')
    expect(() => scriptFile(join(folder, 'chain.py')).function('g')).toThrow(/'f' is being compiled since it was called from 'g'/)
  })
  test('files import files beside them', () => {
    const folder = temporaryFolder()
    writeFileSync(join(folder, 'helpers.py'), 'def half(x):\n    return x / 2\n')
    writeFileSync(join(folder, 'main.py'), 'from helpers import half\nimport helpers\ndef f(x):\n    return half(x) + helpers.half(x)\n')
    const file = scriptFile(join(folder, 'main.py'), { runtime })
    expect(file.names).toEqual(['f'])
    expect(values(file.function('f')(tensor([3])))).toEqual([3])
    expect(() => file.function('nope')).toThrow(expect.objectContaining({ code: 'TSJ_SCRIPT_NAME' }))
  })
  test('arguments are checked', () => {
    const f = script('def f(x: int, y: float = 2.0):\n    return x + y\n')
    expect(f(1)).toBe(3)
    expect(() => f('a')).toThrow(expect.objectContaining({ code: 'TSJ_ARGUMENT_TYPE' }))
    expect(() => f()).toThrow(expect.objectContaining({ code: 'TSJ_ARGUMENT_COUNT' }))
    expect(() => f(1, 2, 3)).toThrow(expect.objectContaining({ code: 'TSJ_ARGUMENT_COUNT' }))
    expect(() => script('x = 1\n')).toThrow(expect.objectContaining({ code: 'TSJ_SCRIPT_EMPTY' }))
    expect(() => script('def f(x): return a\n', { env: { a: Symbol('a') } })).toThrow(expect.objectContaining({ code: 'TSJ_ENVIRONMENT' }))
  })
})

describe('functions written in JavaScript', () => {
  type Any = any
  test('control flow and ints', () => {
    const fibonacci = (n: Any): Any => {
      let a = 0
      let b = 1
      for (let i = 0; i < n; i++) {
        const next = a + b
        a = b
        b = next
      }
      if (a === 5) return -1
      else if (a > 1000) return 1000
      return a
    }
    const scripted = script(fibonacci, { types: '(int) -> int' })
    for (const n of [0, 1, 5, 10, 40]) expect(scripted(n)).toBe(fibonacci(n))
    expect(scripted.graphText).toContain('prim::Loop')
  })
  test('tensors, lists, keywords, null, templates', () => {
    const f = script(
      (x: Any, w: Any, l: Any, s: Any, d: Any) => {
        let y: Any = x * 2
        if (w !== null) y = y + w
        for (const i of l) {
          if (i > 3) break
          y = y + i
        }
        while (l.length < 5) l.push(1)
        const [a, b] = [s ?? 1.5, l.length]
        return y.sum({ dim: 0 }) + Math.sqrt(a * 4.5) * 0 + b + d['k']
      },
      { types: '(Tensor, Optional[Tensor], List[int], Optional[float], Dict[str, int]) -> Tensor' },
    )
    expect(
      values(
        f(
          tensor([
            [1, 2],
            [3, 4],
          ]),
          null,
          [1, 2, 7],
          4,
          { k: 1 },
        ),
      ),
    ).toEqual([20, 24])
  })
  test('what it closes over is passed', () => {
    const scale = 3
    const f = script((x: Any) => x * scale, { env: { scale } })
    expect(values(f(tensor([2])))).toEqual([6])
    expect(() => script((x: Any) => x * scale)).toThrow(expect.objectContaining({ code: 'TSJ_UNDEFINED_NAME' }))
  })
  test('a loop whose counter is changed stays a while', () => {
    const f = (n: Any): Any => {
      let s = 0
      for (let i = 0; i < n; i += 1) {
        if (i === 2) i += 3
        s += i
      }
      return s
    }
    expect(script(f, { types: '(int) -> int' })(10)).toBe(f(10))
  })
  test.each([
    [
      'try',
      (x: Any) => {
        try {
          return x
        } catch {
          return x
        }
      },
      "'try' cannot be scripted",
    ],
    ['a closure', (x: Any) => [x].map((y: Any) => y), 'cannot be scripted'],
    ['async', async (x: Any) => x, 'an async function cannot be scripted'],
    ['typeof', (x: Any) => typeof x, "'typeof' cannot be scripted"],
    ['a rest parameter', (...x: Any[]) => x, 'a rest parameter cannot be scripted'],
  ])('%s is refused', (_, fn, reason) => {
    expect(() => script(fn as never)).toThrow(
      expect.objectContaining({ code: 'TSJ_JS_UNSUPPORTED', message: expect.stringContaining(reason) }),
    )
  })
  test('a variable may be declared before it has a value', () => {
    const f = script((x: Any, y: Any) => {
      let r: Any
      if (x.max() > y.max()) r = x
      else r = y
      return r
    })
    expect(values(f(tensor([1, 5]), tensor([3, 4])))).toEqual([1, 5])
    const sometimes = (x: Any) => {
      let r: Any
      if (x.max() > 0) r = x
      return r!
    }
    expect(() => script(sometimes)).toThrow('r is not defined in the false branch')
  })
  test('TSJIT=0 leaves it as it is', () => {
    const f = (x: Any): Any => x
    process.env.TSJIT = '0'
    try {
      expect(script(f)).toBe(f)
    } finally {
      delete process.env.TSJIT
    }
  })
})

describe('parameters without types', () => {
  type Any = any
  const hint = "give the types as an option, script(fn, { types: '(Tensor, "
  test.each<[string, (x: Any, n: Any) => Any, string]>([
    [
      'a bound of a loop',
      (x, n) => {
        for (let i = 0; i < n; i++) x = x + i
        return x
      },
      'TSJ_TYPE',
    ],
    ['a dimension', (x, n) => x.sum({ dim: n }), 'TSJ_ARGUMENTS'],
    ['an object', (x, n) => x + n.scale, 'TSJ_ATTRIBUTE'],
  ])('%s: the error says how to give them', (_, fn, code) => {
    expect(() => script(fn)).toThrow(
      expect.objectContaining({ code, hint: expect.stringContaining(hint), message: expect.stringContaining(hint) }),
    )
  })
  test('so does the call', () => {
    const scale = script((x: Any, n: Any) => x * n)
    expect(() => scale(tensor([1]), 1.5)).toThrow(
      expect.objectContaining({ code: 'TSJ_ARGUMENT_TYPE', message: expect.stringContaining("types: '(Tensor, float) -> Tensor'") }),
    )
    expect(() => scale(tensor([1]), [1])).toThrow("types: '(Tensor, List[int]) -> Tensor'")
    const python = script('def f(x, n):\n    return x * n\n')
    expect(() => python(tensor([1]), 2)).toThrow('write `x, n: int`')
    expect(values(script((x: Any, n: Any) => x * n, { types: '(Tensor, float) -> Tensor' })(tensor([1, 2]), 1.5))).toEqual([1.5, 3])
  })
  test('other errors are left alone', () => {
    expect(() => script((x: Any) => x.nothing(), { types: '(Tensor) -> Tensor' })).toThrow(expect.objectContaining({ hint: undefined }))
    const typed = script((x: Any) => x, { types: '(Tensor) -> Tensor' })
    expect(() => typed(2)).toThrow(expect.objectContaining({ code: 'TSJ_ARGUMENT_TYPE', hint: undefined }))
  })
})
